//! The built pages in a browser: the scripts of `tests/browser/` and `tests/search/`, each a test.
//!
//! They need Node.js, npm and a browser of the Chromium family. Where one is missing the tests are ignored, never
//! passed, and it is said why; `DEPOSITARY_BROWSER=required` makes that a failure, `DEPOSITARY_BROWSER=off` leaves them
//! out. The packages of `tests/browser/package.json` are installed below `target/` when the list has changed.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

#[allow(dead_code)]
#[path = "support/folder.rs"]
mod folder;

use libtest_mimic::{Arguments, Failed, Trial};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs, io, net};
use tempfile::TempDir;

/// The names under which browsers of the Chromium family are installed. The shell has no window and takes half the time.
const BROWSERS: [&str; 4] = ["chromium-headless-shell", "chromium", "google-chrome", "chromium-browser"];

/// What a script is given after its name.
#[derive(Clone, Copy)]
enum Given {
    Nothing,
    Sites,
    /// With a report that tries to be more than a text.
    HostileSites,
    /// A small work in six languages, on pages in Arabic and English.
    ArabicSites,
    SitesAnd(&'static str),
}

/// Name of a test, its script, and what that is given.
const TESTS: [(&str, &str, Given); 8] = [
    ("tokens", "search/tokens.mjs", Given::Nothing),
    ("pages_open", "browser/check.mjs", Given::Sites),
    ("reading", "browser/reading.mjs", Given::Sites),
    ("hostile", "browser/hostile.mjs", Given::HostileSites),
    ("arabic", "browser/arabic.mjs", Given::ArabicSites),
    ("search", "browser/search.mjs", Given::SitesAnd("search/queries.json")),
    ("answers", "search/answers.mjs", Given::SitesAnd("search/answers.tsv")),
    ("finding", "browser/finding.mjs", Given::SitesAnd("search/answers.tsv")),
];

/// What the tests run with.
#[derive(Clone)]
struct Tools {
    node: PathBuf,
    browser: PathBuf,
    /// Where the scripts lie beside the packages that they import.
    folder: PathBuf,
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let wish = env::var("DEPOSITARY_BROWSER").unwrap_or_default();
    let tools = match wish.as_str() {
        "off" => Err("DEPOSITARY_BROWSER is `off`".to_owned()),
        _ if arguments.list => Err("only listed".to_owned()),
        _ => tools(),
    };
    let is_left_out = tools.is_err() && wish != "required";
    if let Err(reason) = &tools {
        eprintln!("not run: tests in a browser, as {reason}");
    }
    let trial = |(name, script, given)| {
        let tools = tools.clone();
        Trial::test(name, move || run(&tools?, script, given)).with_ignored_flag(is_left_out)
    };
    libtest_mimic::run(&arguments, TESTS.into_iter().map(trial).collect()).exit_code()
}

/// What the tests run with, or what is missing for it.
fn tools() -> Result<Tools, String> {
    let node = program("node").ok_or("there is no Node.js (`node`)")?;
    let npm = program("npm").ok_or("there is no `npm`")?;
    let browser = BROWSERS.into_iter().find_map(program).ok_or("there is no Chromium")?;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
    copy_scripts(&folder).map_err(|error| format!("{} cannot be written: {error}", folder.display()))?;
    install(&npm, &folder)?;
    Ok(Tools { node, browser, folder })
}

fn program(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// A module finds packages in the folders above it, and `tests/` has none.
fn copy_scripts(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for entry in fs::read_dir(tests().join("browser"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "mjs") || path.ends_with("walks.json") {
            fs::copy(&path, folder.join(path.file_name().unwrap_or_default()))?;
        }
    }
    Ok(())
}

/// Installs the packages, unless those of the same list are there.
fn install(npm: &Path, folder: &Path) -> Result<(), String> {
    let (wanted, installed) = (tests().join("browser/package.json"), folder.join("package.json"));
    let is_same = fs::read(&wanted).ok() == fs::read(&installed).ok();
    if is_same && folder.join("node_modules/playwright-core").is_dir() {
        return Ok(());
    }
    let _ = fs::remove_dir_all(folder.join("node_modules"));
    fs::copy(&wanted, &installed).map_err(|error| format!("{} cannot be written: {error}", installed.display()))?;
    let arguments = ["install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    let done = Command::new(npm).args(arguments).current_dir(folder).output();
    let done = done.map_err(|error| format!("npm does not start: {error}"))?;
    let said = String::from_utf8_lossy(&done.stderr);
    if done.status.success() { Ok(()) } else { Err(format!("npm cannot install their packages: {}", said.trim())) }
}

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// Builds what the script looks at and runs it; what it prints is the failure.
fn run(tools: &Tools, script: &str, given: Given) -> Result<(), Failed> {
    let sites = TempDir::new()?;
    let copied = tools.folder.join(Path::new(script).file_name().unwrap_or_default());
    let path = if copied.is_file() { copied } else { tests().join(script) };
    let mut command = Command::new(&tools.node);
    command.arg(path);
    if !matches!(given, Given::Nothing) {
        // A free port, held until the script starts, as building takes long enough for another process to be given it.
        let held = net::TcpListener::bind(("127.0.0.1", 0))?;
        let port = held.local_addr()?.port().to_string();
        let [root, plain, served] = ["root", "plain", "served"].map(|name| sites.path().join(name));
        match given {
            Given::ArabicSites => copy_work(&root)?,
            _ => copy_site(&root)?,
        }
        if matches!(given, Given::HostileSites) {
            fs::copy(tests().join("browser/hostile.txt"), root.join("content/reports/hostile.txt"))?;
        }
        build(&root, &plain, &[])?;
        build(&root, &served, &["--base-url", &format!("http://127.0.0.1:{port}/archive/")])?;
        command.arg(&tools.browser).args([plain, served]).arg(port);
        drop(held);
    }
    if let Given::SitesAnd(file) = given {
        command.arg(tests().join(file));
    }
    finish(&mut command)
}

/// The site of this repository, with some identifiers that were given up and a record that said something else: so there
/// is a page of every kind.
fn copy_site(root: &Path) -> io::Result<()> {
    folder::copy_site(root, &["content"]);
    for (table, lines) in [("ledger", "given-up.tsv"), ("versions", "reworded.tsv")] {
        let path = root.join("content").join(table).join("a-63-ctbt.tsv");
        let mut table = fs::OpenOptions::new().append(true).open(path)?;
        table.write_all(&fs::read(tests().join("browser").join(lines))?)?;
    }
    Ok(())
}

/// The work in six languages, with Arabic at the root.
fn copy_work(root: &Path) -> io::Result<()> {
    folder::copy(&tests().join("works/activities"), root);
    let settings = root.join("site.toml");
    let text = fs::read_to_string(&settings)?;
    let text = text.replace(r#"["en", "zh"]"#, r#"["ar", "en"]"#);
    fs::write(settings, text.replace("[title]", "[title]\nar = \"أعمال\""))
}

fn build(root: &Path, output: &Path, more: &[&str]) -> Result<(), Failed> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_depositary"));
    command.current_dir(root).args(["build", "--quiet", "--output"]).arg(output).args(more);
    finish(&mut command)
}

/// Fails with all that was said.
fn finish(command: &mut Command) -> Result<(), Failed> {
    let done = command.output()?;
    let said = [done.stderr, done.stdout].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    if done.status.success() { Ok(()) } else { Err(said.into()) }
}
