//! Gives the program a name for what it is built from, `DEPOSITARY_BUILD`: two commits may have one version, and parts of
//! a site that one of them made are not for the other.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What goes into the program.
const INPUTS: [&str; 6] = ["Cargo.lock", "Cargo.toml", "src", "starter", "static", "templates"];

fn main() -> io::Result<()> {
    let mut files = Vec::new();
    for input in INPUTS {
        println!("cargo:rerun-if-changed={input}");
        collect(Path::new(input), &mut files)?;
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in &files {
        (file, fs::read(file)?).hash(&mut hasher);
    }
    let version = env::var("CARGO_PKG_VERSION").map_err(io::Error::other)?;
    println!("cargo:rustc-env=DEPOSITARY_BUILD={version}+{:016x}", hasher.finish());
    Ok(())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}
