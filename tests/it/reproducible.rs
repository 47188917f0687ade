//! The same content gives the same bytes, wherever, whenever and by whom it is built.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// The files of this repository's small site, in the order of a walk.
fn sources() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/security/site");
    let entries = walkdir::WalkDir::new(&folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned();
    files.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap())).collect()
}

/// A folder with these files, written in this order, under a folder of this name.
fn place(name: &str, files: &[(String, Vec<u8>)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (file, bytes) in files {
        let path = folder.path().join(name).join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// The manifest of what is built of these files: two sites are the same exactly if their manifests are.
fn manifest(name: &str, files: &[(String, Vec<u8>)], prepare: impl Fn(&mut Command, &Path)) -> String {
    let folder = place(name, files);
    let root = folder.path().join(name);
    let mut command = Command::new(env!("CARGO_BIN_EXE_depositary"));
    command.args(["build", "--quiet", "--root"]).arg(&root);
    prepare(&mut command, &root);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    fs::read_to_string(root.join("public/.depositary")).unwrap()
}

#[test]
fn nothing_around_a_build_changes_a_byte() {
    let files = sources();
    let once = manifest("site", &files, |_, _| {});
    assert!(once.lines().count() > 80);
    let variables = [
        ("TZ", "Pacific/Kiritimati"),
        ("TZ", "America/Adak"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LANG", "zh_CN.GB18030"),
        ("USER", "somebody"),
        ("HOME", "/nonexistent"),
        ("TMPDIR", "/nonexistent"),
        ("SOURCE_DATE_EPOCH", "1"),
        ("RUST_BACKTRACE", "full"),
        ("RAYON_NUM_THREADS", "1"),
        ("RAYON_NUM_THREADS", "2"),
        ("RAYON_NUM_THREADS", "13"),
    ];
    for (name, value) in variables {
        let other = manifest("site", &files, |command, _| {
            command.env(name, value);
        });
        assert!(once == other, "{name}={value}");
    }
    assert!(
        once == manifest("site", &files, |command, _| {
            command.env_clear();
        }),
        "no environment"
    );
    assert!(once == manifest("a place/with blanks/国", &files, |_, _| {}), "another folder");
    assert!(
        once == manifest("site", &files, |command, root| {
            command.current_dir(root);
        }),
        "from within"
    );
}

#[test]
fn the_order_in_which_files_were_made_changes_no_byte() {
    let mut files = sources();
    let once = manifest("site", &files, |_, _| {});
    files.reverse();
    assert!(once == manifest("site", &files, |_, _| {}));
    let middle = files.len() / 2;
    files.rotate_left(middle);
    assert!(once == manifest("site", &files, |_, _| {}));
}

#[test]
fn permissions_and_times_of_files_change_no_byte() {
    use std::os::unix::fs::PermissionsExt;
    use std::time::{Duration, SystemTime};
    let files = sources();
    let once = manifest("site", &files, |_, _| {});
    let other = manifest("site", &files, |_, root| {
        for entry in walkdir::WalkDir::new(root).into_iter().map(Result::unwrap).filter(|at| at.file_type().is_file()) {
            fs::set_permissions(entry.path(), fs::Permissions::from_mode(0o600)).unwrap();
            let file = fs::File::options().write(true).open(entry.path()).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(86_400)).unwrap();
        }
    });
    assert!(once == other);
}
