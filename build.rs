//! Makes a number of everything the program is made of, so that what one program kept of a build is not taken for the
//! work of another.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// What the program is made of, besides the compiler.
const SOURCES: [&str; 7] =
    ["Cargo.lock", "content/reference", "docs/diagnostics.md", "site.toml", "src", "static", "templates"];

fn main() -> std::io::Result<()> {
    let mut hasher = DefaultHasher::new();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        for file in files(Path::new(source))? {
            file.hash(&mut hasher);
            fs::read(&file)?.hash(&mut hasher);
        }
    }
    println!("cargo::rustc-env=DEPOSITARY_SOURCES={:016x}", hasher.finish());
    Ok(())
}

/// The files under `path`, or that file, in order; none if there is nothing.
fn files(path: &Path) -> std::io::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(path.exists().then(|| path.to_owned()).into_iter().collect());
    }
    let mut entries: Vec<PathBuf> =
        fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    entries.sort();
    Ok(entries.iter().map(|entry| files(entry)).collect::<std::io::Result<Vec<_>>>()?.concat())
}
