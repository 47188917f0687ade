//! The rules that keep the house in order, checked on the sources: who may import whom, who may print, who may
//! touch files, and how long things may grow.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

/// Each part of the program and the parts that it may import besides itself. Data flows down: a stage knows the
/// ground (`base`, `model`, `config`) and the type of its input, and neither its neighbours nor what comes later.
const MAY_IMPORT: [(&str, &[&str]); 23] = [
    ("base", &[]),
    ("model", &["base"]),
    ("config", &["base", "model"]),
    ("extract", &["base"]),
    ("read", &["base", "model", "config", "extract"]),
    ("parse", &["base", "model", "config"]),
    ("resolve", &["base", "model", "config", "read", "parse"]),
    ("index", &["base", "model", "config", "resolve"]),
    ("cite", &["base", "model", "config", "resolve", "index"]),
    ("linkify", &["base", "model", "config", "index"]),
    ("render", &["base", "model", "config", "read", "resolve", "index", "cite"]),
    ("write", &["base", "model", "config", "render"]),
    ("serve", &["base", "render"]),
    ("stages", &["base", "model", "config", "read", "parse", "resolve", "index", "cite", "linkify", "render", "write"]),
    ("addition", &["base", "model", "extract", "read", "parse", "stages"]),
    ("deposit", &["base", "read", "write"]),
    ("preview", &["base", "render", "write", "stages"]),
    ("shard", &["base", "model", "read", "render", "resolve", "write", "stages"]),
    ("publication", &["base", "model", "resolve", "cite", "write", "stages"]),
    ("terminal", &[]),
    ("command", &["terminal"]),
    ("cli", &["command", "terminal"]),
    ("main", &["cli", "command", "terminal"]),
];

/// Names that say nothing of what a module is for.
const FORBIDDEN_NAMES: [&str; 9] =
    ["util", "utils", "common", "helper", "helpers", "types", "manager", "misc", "shared"];

const MAX_FILE_LINES: usize = 450;

/// A source file without its tests.
struct SourceFile {
    /// The path under `src/`, with `/` as separator.
    name: String,
    text: String,
}

impl SourceFile {
    /// The part of the program: the folder or file right under `src/`.
    fn part(&self) -> &str {
        let first = self.name.split('/').next().unwrap_or("");
        first.strip_suffix(".rs").unwrap_or(first)
    }

    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

/// All files of `src/` but tests.
fn sources() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let entries = walkdir::WalkDir::new(&root).sort_by_file_name();
    let is_source = |name: &str| name.ends_with(".rs") && !name.ends_with("/tests.rs") && !name.contains("/tests/");
    let file = |entry: walkdir::DirEntry| {
        let name = entry.path().strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        let text = is_source(&name).then(|| fs::read_to_string(entry.path()).unwrap())?;
        let end = text.find("\n#[cfg(test)]\nmod tests").map_or(text.len(), |offset| offset + 1);
        Some(SourceFile { name, text: text[..end].to_owned() })
    };
    entries.into_iter().filter_map(|entry| file(entry.unwrap())).collect()
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// Fails with all faults at once.
fn assert_none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// The parts of the crate that `text` names after `crate::`, in lists too.
fn imports(text: &str) -> Vec<String> {
    let code: String = text.lines().filter(|line| !is_comment(line)).flat_map(|line| [line, "\n"]).collect();
    let mut found = Vec::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(list) => found.extend(list_heads(list)),
            None => found.push(head(rest)),
        }
    }
    found
}

/// The first names of the items of a list in braces.
fn list_heads(list: &str) -> Vec<String> {
    let (mut depth, mut heads, mut is_start) = (0, Vec::new(), true);
    for (offset, character) in list.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => is_start = true,
            _ if is_start && !character.is_whitespace() => {
                heads.push(head(&list[offset..]));
                is_start = false;
            }
            _ => {}
        }
    }
    heads
}

fn head(text: &str) -> String {
    text.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
}

#[test]
fn no_part_imports_upward_or_sideways() {
    let mut faults = Vec::new();
    for file in sources() {
        let part = file.part();
        if part == "lib" {
            continue;
        }
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == part) else {
            faults.push(format!("src/{}: `{part}` has no place in the order; give it one in MAY_IMPORT", file.name));
            continue;
        };
        let is_part = |name: &String| MAY_IMPORT.iter().any(|(part, _)| part == name);
        let upward = imports(&file.text).into_iter().filter(|name| is_part(name) && name != part);
        let upward = upward.filter(|name| !allowed.contains(&name.as_str()));
        faults.extend(upward.map(|name| format!("src/{}: `{part}` must not import `{name}`", file.name)));
    }
    assert_none(faults);
}

#[test]
fn no_module_has_an_empty_name() {
    let stems = |name: &str| name.trim_end_matches(".rs").split('/').map(str::to_owned).collect::<Vec<_>>();
    let is_empty = |file: &SourceFile| stems(&file.name).iter().any(|stem| FORBIDDEN_NAMES.contains(&stem.as_str()));
    let faults = sources().into_iter().filter(is_empty).map(|file| format!("src/{}: what is it for?", file.name));
    assert_none(faults.collect());
}

/// Every line of code outside `exempt` parts that has one of `words`.
fn lines_with(words: &[&str], exempt: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in sources().into_iter().filter(|file| !exempt.contains(&file.part())) {
        let hits = file.lines().filter(|(_, line)| !is_comment(line) && words.iter().any(|word| line.contains(word)));
        faults.extend(hits.map(|(number, line)| format!("src/{}:{number}: {}", file.name, line.trim())));
    }
    faults
}

#[test]
fn only_the_command_prints_and_exits() {
    let words = ["println!", "eprintln!", "print!(", "eprint!(", "dbg!", "process::exit", "io::stdout", "io::stderr"];
    assert_none(lines_with(&words, &["main", "terminal"]));
}

#[test]
fn only_read_and_write_touch_files() {
    let words = ["std::fs", "fs::File", "File::open", "File::create", "read_to_string(", "env::var", "SystemTime"];
    assert_none(lines_with(&words, &["read", "write"]));
}

#[test]
fn nothing_reads_clock_network_or_environment() {
    let words = ["SystemTime", "Timestamp::now", "Zoned::now", "env::var", "Command::new"];
    assert_none(lines_with(&words, &[]));
    // What `--timings` prints is no part of a build.
    assert_none(lines_with(&["Instant::now"], &["terminal"]));
}

#[test]
fn only_serve_opens_connections_waits_and_watches() {
    let words = ["std::net", "tokio::", "hyper::", "notify::", "thread::Builder", "thread::spawn"];
    assert_none(lines_with(&words, &["serve"]));
    assert_none(lines_with(&["Duration"], &["serve", "terminal"]));
}

#[test]
fn serve_binds_loopback_addresses_alone() {
    let words = ["UNSPECIFIED", "0.0.0.0", "Ipv4Addr::new", "Ipv6Addr::new", "connect("];
    assert_none(lines_with(&words, &[]));
    let bound = lines_with(&["::bind("], &[]);
    assert!(bound.iter().all(|line| line.contains("LOCALHOST") || line.contains("Sockets::bind")), "{bound:#?}");
}

#[test]
fn a_file_holds_one_subject() {
    let long = sources().into_iter().filter(|file| file.text.lines().count() > MAX_FILE_LINES);
    assert_none(long.map(|file| format!("src/{}: divide it by what it is about", file.name)).collect());
}

#[test]
fn codes_of_diagnostics_are_unique_and_come_from_the_table() {
    let table = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/base/code.rs")).unwrap();
    let mut codes: Vec<&str> = table.split('"').skip(1).step_by(2).collect();
    codes.sort_unstable();
    assert!(codes.windows(2).all(|pair| pair[0] != pair[1]), "{codes:?}");
    let is_code = |word: &str| {
        word.len() == 5 && word.starts_with(['E', 'W']) && word[1..].bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut faults = Vec::new();
    for file in sources().into_iter().filter(|file| file.name != "base/code.rs") {
        let hits =
            file.lines().filter(|(_, line)| !is_comment(line) && line.split('"').skip(1).step_by(2).any(is_code));
        faults.extend(hits.map(|(number, line)| format!("src/{}:{number}: {}", file.name, line.trim())));
    }
    assert_none(faults);
}

#[test]
fn nothing_but_the_one_trusted_type_passes_unescaped() {
    let makes_markup = |file: &&SourceFile| file.name != "render/html.rs" && file.text.contains("safe_string");
    assert_none(sources().iter().filter(makes_markup).map(|file| file.name.clone()).collect());
    let mut faults = Vec::new();
    for folder in ["templates", "starter"] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in walkdir::WalkDir::new(root).into_iter().map(Result::unwrap).filter(|at| at.file_type().is_file()) {
            let text = fs::read_to_string(entry.path()).unwrap();
            let is_word = |word: &str| ["safe", "autoescape", "raw"].contains(&word);
            let mut code = text.split(['{', '}']).filter(|part| !part.contains('<'));
            let unsafe_code = code.find(|part| part.split(|letter: char| !letter.is_alphanumeric()).any(is_word));
            faults.extend(unsafe_code.map(|part| format!("{}: {part}", entry.path().display())));
        }
    }
    assert_none(faults);
}

/// Words of one treaty, its organs and the people of this repository's reports.
const SUBJECT_WORDS: [&str; 14] = [
    "CTBT",
    "Nuclear-Test-Ban",
    "禁核试",
    "禁试条约",
    "禁止核试验",
    "附件2",
    "附件 2",
    "附件二",
    "Annex 2",
    "Annex2",
    "执行秘书",
    "第14条",
    "第十四条",
    "拉马克",
];

/// What is written for readers of the sample, or names what a reader may look for and stands in no rule.
const OF_A_SUBJECT: [&str; 2] = ["starter/content/", "src/render/search/glossary.tsv"];

#[test]
fn the_program_names_no_treaty() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["src", "templates", "starter"].map(|folder| walkdir::WalkDir::new(root.join(folder)));
    let (mut n_files, mut faults) = (0, Vec::new());
    for entry in folders.into_iter().flatten().map(Result::unwrap).filter(|entry| entry.file_type().is_file()) {
        let name = entry.path().strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        let is_exempt = name.ends_with("/tests.rs") || OF_A_SUBJECT.iter().any(|exempt| name.starts_with(exempt));
        let Ok(text) = fs::read_to_string(entry.path()) else { continue };
        let end = text.find("\n#[cfg(test)]\nmod tests").unwrap_or(text.len());
        n_files += 1;
        let lines =
            text[..end].lines().filter(|line| !is_exempt && SUBJECT_WORDS.iter().any(|word| line.contains(word)));
        faults.extend(lines.map(|line| format!("{name}: {}", line.trim())));
    }
    assert!(n_files > 300, "{n_files} files");
    assert_none(faults);
}
