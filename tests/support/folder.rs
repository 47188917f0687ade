//! Folders of this repository, copied for tests that change them.

use std::fs;
use std::path::Path;

/// The repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Copies the files of a folder and of the folders in it.
pub fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let goal = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(goal).unwrap();
        } else {
            fs::copy(entry.path(), goal).unwrap();
        }
    }
}

/// A site like this repository's, with these of its folders of content and no report.
pub fn copy_site(to: &Path, content: &[&str]) {
    for name in ["templates", "static"].iter().chain(content) {
        copy(&repository().join(name), &to.join(name));
    }
    fs::copy(repository().join("site.toml"), to.join("site.toml")).unwrap();
    fs::create_dir_all(to.join("content/reports")).unwrap();
}
