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
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::{Arc, LazyLock};
use std::{env, fs, io, net};
use tempfile::TempDir;

/// The names under which browsers of the Chromium family are installed. The shell has no window and takes half the time.
const BROWSERS: [&str; 4] = ["chromium-headless-shell", "chromium", "google-chrome", "chromium-browser"];

/// What a script looks at.
#[derive(Clone, Copy)]
enum Subject {
    Archive,
    /// With a report that tries to be more than a text.
    Hostile,
    /// A small work in six languages, on pages in Arabic and English.
    Arabic,
}

/// Name of a test, its script, and what that is given: the sites it looks at, and a file of `tests/`. They are begun in
/// this order, so that those that wait most do so while others run.
const TESTS: [(&str, &str, Option<Subject>, Option<&str>); 8] = [
    ("tokens", "search/tokens.mjs", None, None),
    ("hostile", "browser/hostile.mjs", Some(Subject::Hostile), None),
    ("reading", "browser/reading.mjs", Some(Subject::Archive), None),
    ("finding", "browser/finding.mjs", Some(Subject::Archive), Some("search/answers.tsv")),
    ("search", "browser/search.mjs", Some(Subject::Archive), Some("search/queries.json")),
    ("pages_open", "browser/check.mjs", Some(Subject::Archive), None),
    ("answers", "search/answers.mjs", Some(Subject::Archive), Some("search/answers.tsv")),
    ("arabic", "browser/arabic.mjs", Some(Subject::Arabic), None),
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
    let sites = Arc::new([Subject::Archive, Subject::Hostile, Subject::Arabic].map(|subject| {
        let tools = tools.clone();
        LazyLock::new(Box::new(move || Sites::build(&tools?, subject).map_err(|error| error.to_string())) as Building)
    }));
    let trial = |(name, script, subject, file): (_, _, Option<Subject>, _)| {
        let (tools, sites) = (tools.clone(), Arc::clone(&sites));
        let run = move || {
            let sites = subject.map(|subject| sites[subject as usize].as_ref().map_err(String::clone)).transpose()?;
            run(&tools?, script, sites, file)
        };
        Trial::test(name, run).with_ignored_flag(is_left_out)
    };
    libtest_mimic::run(&arguments, TESTS.into_iter().map(trial).collect()).exit_code()
}

type Building = Box<dyn FnOnce() -> Result<Sites, String> + Send>;

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

/// A site built without an address, and built for the address at which it is served until this is dropped. Tests of the
/// same subject share it.
struct Sites {
    folder: TempDir,
    address: String,
    server: Child,
}

impl Sites {
    fn build(tools: &Tools, subject: Subject) -> io::Result<Sites> {
        let folder = TempDir::new()?;
        let root = folder.path().join("root");
        match subject {
            Subject::Archive => copy_site(&root)?,
            Subject::Hostile => {
                copy_site(&root)?;
                fs::copy(tests().join("browser/hostile.txt"), root.join("content/reports/hostile.txt"))?;
            }
            Subject::Arabic => copy_work(&root)?,
        }
        // A free port, held until the server starts, as building takes long enough for another process to be given it.
        let held = net::TcpListener::bind(("127.0.0.1", 0))?;
        let port = held.local_addr()?.port();
        let address = format!("http://127.0.0.1:{port}/archive/");
        build(&root, &folder.path().join("plain"), &[])?;
        build(&root, &folder.path().join("served"), &["--base-url", &address])?;
        drop(held);
        let server = serve(tools, &folder.path().join("served"), port)?;
        Ok(Sites { folder, address, server })
    }
}

impl Drop for Sites {
    fn drop(&mut self) {
        let _ = self.server.kill().and_then(|()| self.server.wait());
    }
}

/// Starts the server and waits until it can be asked.
fn serve(tools: &Tools, folder: &Path, port: u16) -> io::Result<Child> {
    let mut command = Command::new(&tools.node);
    command.arg(tests().join("browser/serve.mjs")).arg(folder).arg(port.to_string()).stdout(Stdio::piped());
    let mut server = command.spawn()?;
    let mut line = String::new();
    io::BufReader::new(server.stdout.take().unwrap()).read_line(&mut line)?;
    if line.is_empty() { Err(io::Error::other(format!("the server ended: {}", server.wait()?))) } else { Ok(server) }
}

/// Runs a script; what it prints is the failure.
fn run(tools: &Tools, script: &str, sites: Option<&Sites>, file: Option<&str>) -> Result<(), Failed> {
    let copied = tools.folder.join(Path::new(script).file_name().unwrap_or_default());
    let path = if copied.is_file() { copied } else { tests().join(script) };
    let mut command = Command::new(&tools.node);
    command.arg(path);
    if let Some(Sites { folder, address, .. }) = sites {
        command.arg(&tools.browser).args(["plain", "served"].map(|name| folder.path().join(name))).arg(address);
    }
    if let Some(file) = file {
        command.arg(tests().join(file));
    }
    Ok(finish(&mut command)?)
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

fn build(root: &Path, output: &Path, more: &[&str]) -> io::Result<()> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_depositary"));
    command.current_dir(root).args(["build", "--quiet", "--output"]).arg(output).args(more);
    finish(&mut command)
}

/// Fails with all that was said.
fn finish(command: &mut Command) -> io::Result<()> {
    let done = command.output()?;
    let said = [done.stderr, done.stdout].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    if done.status.success() { Ok(()) } else { Err(io::Error::other(said)) }
}
