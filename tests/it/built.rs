//! A site built by the library.

use depositary::base::progress::Silent;
use depositary::{Request, build};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A built site in a folder that goes with it.
pub struct Built {
    folder: TempDir,
}

impl Built {
    /// Builds the site at `root`, which must be sound.
    pub fn new(root: &Path, base_url: Option<&str>) -> Self {
        let folder = TempDir::new().unwrap();
        let request = Request { root: root.to_owned(), base_url: base_url.map(str::to_owned), is_strict: false };
        // The folder itself may not be there before, unless this program made it.
        let run = build(&request, &folder.path().join("site"), &Silent).unwrap();
        let errors: Vec<_> = run.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).collect();
        assert!(run.product.is_some(), "{errors:#?}");
        Self { folder }
    }

    /// Where a file of the site lies.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join("site").join(path)
    }

    /// A file of the site.
    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Its records, as the data have them.
    pub fn records(&self) -> Vec<serde_json::Value> {
        self.text("data/records.ndjson").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}
