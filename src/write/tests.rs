//! The old site stays until a sound new one takes its place, and no foreign folder is touched.

use super::*;
use crate::base::code;
use crate::base::path::SitePath;
use crate::config::{Config, Publish};
use crate::render::Sink;
use std::collections::BTreeMap;
use std::fs;

/// A folder with a site's root in it.
fn workshop() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("content")).unwrap();
    folder
}

/// Settings of a site without an archive of itself.
fn plain() -> Config {
    Config { publish: Publish::default(), ..Config::neutral() }
}

/// A page with this text that passes the gate.
fn page(text: &str) -> Vec<u8> {
    let policy = "default-src 'self'; base-uri 'none'; form-action 'none'";
    format!("<meta http-equiv=Content-Security-Policy content=\"{policy}\">{text}").into_bytes()
}

fn build(root: &Path, output: &Path, files: &[(&str, &str)]) -> Result<Published, WriteError> {
    let staging = Staging::open(root, output, &plain())?;
    for (path, text) in files {
        let bytes = if path.ends_with(".html") { page(text) } else { text.as_bytes().to_vec() };
        staging.put(SitePath::new(*path).unwrap(), bytes).unwrap();
    }
    staging.finish()?.publish()
}

/// Every file under `folder` with its bytes.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files =
        walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().to_owned(), fs::read(entry.path()).unwrap())).collect()
}

fn refusal(result: Result<Published, WriteError>) -> &'static str {
    match result {
        Err(WriteError::Refused(found)) => found[0].code,
        other => panic!("{other:?}"),
    }
}

const GOOD: [(&str, &str); 2] = [("index.html", "<a href=a/index.html>"), ("a/index.html", "甲")];

#[test]
fn a_second_build_replaces_the_first_and_is_the_same() {
    let folder = workshop();
    let output = folder.path().join("public");
    let first = build(folder.path(), &output, &[GOOD[0], GOOD[1], ("old.html", "")]).unwrap();
    let second = build(folder.path(), &output, &GOOD).unwrap();
    let before = contents(folder.path());
    let third = build(folder.path(), &output, &[GOOD[1], GOOD[0]]).unwrap();
    assert_ne!(first.sha256, second.sha256);
    assert_eq!((second, before), (third, contents(folder.path())));
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(output.join(".nojekyll").exists() && !output.join("old.html").exists());
}

#[test]
fn a_fault_leaves_the_old_site_and_nothing_else() {
    let folder = workshop();
    let output = folder.path().join("public");
    build(folder.path(), &output, &GOOD).unwrap();
    let before = contents(folder.path());
    let broken = [("index.html", "<a href=b.html>")];
    assert_eq!(refusal(build(folder.path(), &output, &broken)), code::BROKEN_LINK);
    assert_eq!(before, contents(folder.path()));
}

#[test]
fn a_panic_leaves_the_old_site_and_nothing_else() {
    let folder = workshop();
    let output = folder.path().join("public");
    build(folder.path(), &output, &GOOD).unwrap();
    let before = contents(folder.path());
    let run = std::panic::catch_unwind(|| {
        let staging = Staging::open(folder.path(), &output, &plain()).unwrap();
        staging.put(SitePath::new("x.html").unwrap(), vec![]).unwrap();
        panic!("in the middle of rendering");
    });
    assert!(run.is_err());
    assert_eq!(before, contents(folder.path()));
}

#[test]
fn a_foreign_folder_is_never_replaced() {
    let folder = workshop();
    let output = folder.path().join("mine");
    fs::create_dir(&output).unwrap();
    build(folder.path(), &output, &GOOD).unwrap();
    let foreign = folder.path().join("foreign");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("letter.txt"), "dear").unwrap();
    assert_eq!(refusal(build(folder.path(), &foreign, &GOOD)), code::OUTPUT_REFUSED);
    assert_eq!(fs::read_dir(&foreign).unwrap().count(), 1);
    assert_eq!(refusal(build(folder.path(), &foreign.join("letter.txt"), &GOOD)), code::OUTPUT_REFUSED);
}

/// Publishing from a branch keeps version control, and the name of the site, in the folder itself.
#[test]
fn what_is_the_hosts_goes_over_into_each_new_site_and_nothing_else_is_lost() {
    let folder = workshop();
    let output = folder.path().join("public");
    fs::create_dir_all(output.join(".git/refs")).unwrap();
    fs::write(output.join(".git/HEAD"), "ref").unwrap();
    build(folder.path(), &output, &GOOD).unwrap();
    fs::write(output.join("CNAME"), "example.org\n").unwrap();
    let published = build(folder.path(), &output, &[GOOD[0], GOOD[1], ("b.html", "")]).unwrap();
    let hosted = Published::new(output.clone(), &[], String::new(), 0).hosted;
    assert_eq!((hosted, published.n_files), (vec![".git", "CNAME"], 4));
    assert_eq!(fs::read_to_string(output.join(".git/HEAD")).unwrap(), "ref");
    assert_eq!(fs::read_to_string(output.join("CNAME")).unwrap(), "example.org\n");
    assert!(verify(&output).unwrap().diagnostics.is_empty());
    fs::write(output.join("a/mine.txt"), "dear").unwrap();
    let Err(WriteError::Refused(found)) = build(folder.path(), &output, &GOOD) else { panic!("it is lost") };
    assert!(found[0].code == code::OUTPUT_REFUSED && found[0].message.contains("`a/mine.txt`"), "{found:?}");
    assert!(output.join("a/mine.txt").exists() && output.join("b.html").exists());
}

#[test]
fn a_name_of_the_site_that_a_build_made_goes_with_its_source() {
    let folder = workshop();
    let output = folder.path().join("public");
    build(folder.path(), &output, &[GOOD[0], GOOD[1], ("CNAME", "example.org")]).unwrap();
    build(folder.path(), &output, &GOOD).unwrap();
    assert!(!output.join("CNAME").exists());
}

#[test]
fn what_a_broken_off_exchange_left_of_the_hosts_is_brought_back() {
    let folder = workshop();
    let output = folder.path().join("public");
    build(folder.path(), &output, &GOOD).unwrap();
    let relic = folder.path().join(".public.staging");
    fs::create_dir_all(relic.join(".git")).unwrap();
    fs::write(relic.join(MARKER), "depositary 1\n").unwrap();
    build(folder.path(), &output, &GOOD).unwrap();
    assert!(output.join(".git").is_dir() && !relic.exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_no_site_can_be_moved_onto_is_told_before_any_work() {
    for (output, told) in [("/proc", "mount point"), ("/sys/site", "nothing can be written to `/sys`")] {
        let Err(WriteError::Refused(found)) = check_exchange(Path::new(output)) else { panic!("{output}") };
        assert!(found[0].message.contains(told), "{found:?}");
    }
}

#[test]
fn inputs_and_the_root_are_never_replaced() {
    let folder = workshop();
    let root = folder.path().join("site");
    fs::create_dir_all(root.join("content/reports")).unwrap();
    for output in ["content", "content/new/public", "static/x", ".", "..", "../site", "public/../templates"] {
        assert_eq!(refusal(build(&root, &root.join(output), &GOOD)), code::OUTPUT_REFUSED, "{output}");
    }
    assert!(build(&root, &root.join("new/public"), &GOOD).is_ok());
}

#[cfg(unix)]
#[test]
fn links_are_no_way_round_the_rules() {
    let folder = workshop();
    let root = folder.path();
    std::os::unix::fs::symlink(root.join("content"), root.join("link")).unwrap();
    assert_eq!(refusal(build(root, &root.join("link/public"), &GOOD)), code::OUTPUT_REFUSED);
    fs::create_dir(root.join("elsewhere")).unwrap();
    std::os::unix::fs::symlink(root.join("elsewhere"), root.join("public")).unwrap();
    assert_eq!(refusal(build(root, &root.join("public"), &GOOD)), code::OUTPUT_REFUSED);
}

#[test]
fn what_a_broken_off_run_left_is_mended() {
    let folder = workshop();
    let output = folder.path().join("public");
    build(folder.path(), &output, &GOOD).unwrap();
    let site = contents(&output);
    fs::rename(&output, folder.path().join(".public.old")).unwrap();
    let relic = folder.path().join(".public.staging");
    fs::create_dir(&relic).unwrap();
    fs::write(relic.join(MARKER), "depositary 1 unfinished\n").unwrap();
    let foreign = folder.path().join(".public.staging-mine");
    fs::create_dir(&foreign).unwrap();
    drop(Staging::open(folder.path(), &output, &plain()).unwrap());
    assert_eq!(contents(&output), site);
    assert!(!relic.exists() && foreign.exists());
}

#[test]
fn a_running_build_is_left_alone() {
    let folder = workshop();
    let output = folder.path().join("public");
    let first = Staging::open(folder.path(), &output, &plain()).unwrap();
    first.put(SitePath::new("index.html").unwrap(), page("")).unwrap();
    assert_eq!(refusal(build(folder.path(), &output, &GOOD)), code::BUILD_RUNNING);
    assert_eq!(first.finish().unwrap().publish().unwrap().n_files, 2);
    assert_eq!(build(folder.path(), &output, &GOOD).unwrap().n_files, 3);
}

#[test]
fn a_path_that_is_file_and_folder_is_told() {
    let folder = workshop();
    let output = folder.path().join("public");
    for files in [[("a", "x"), ("a/b", "y")], [("a/b", "y"), ("a", "x")]] {
        assert_eq!(refusal(build(folder.path(), &output, &files)), code::DUPLICATE_PATH);
    }
}

#[test]
fn files_come_from_many_threads() {
    use rayon::prelude::*;
    let folder = workshop();
    let output = folder.path().join("public");
    let staging = Staging::open(folder.path(), &output, &plain()).unwrap();
    (0..500).into_par_iter().for_each(|number| {
        let path = SitePath::new(format!("records/r-{}/p-{number}.html", number % 7)).unwrap();
        staging
            .put(path, page(&format!("<a href=../r-{}/p-{}.html>", (number + 1) % 500 % 7, (number + 1) % 500)))
            .unwrap();
    });
    assert_eq!(staging.finish().unwrap().publish().unwrap().n_files, 501);
}

#[test]
fn check_judges_without_writing() {
    let sink = CheckSink::new(&plain());
    sink.put(SitePath::new("index.html").unwrap(), b"<a href=x.html>".to_vec()).unwrap();
    assert_eq!(sink.judge()[0].code, code::BROKEN_LINK);
}
