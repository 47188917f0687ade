//! A folder with a small site of which an old edition stands, and what may be there after a build of the new one was
//! broken off.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;
use tempfile::TempDir;

/// Files by their path under a folder.
pub type Tree = BTreeMap<PathBuf, Vec<u8>>;

/// What the program may leave beside the output folder when it is killed.
const RELICS: [&str; 3] = [".public.lock", ".public.staging", ".public.old"];

/// What stands beside the output folder and is no relic.
const KNOWN: [&str; 6] = ["site.toml", "content", "public-2", ".public.staging-mine", ".public", "public"];

/// The small site before and after a change of its title, which is on every page, as built.
pub struct Sites {
    pub old: Tree,
    pub new: Tree,
    /// The old site with the sources of the new one.
    begun: TempDir,
}

static SITES: LazyLock<Sites> = LazyLock::new(|| {
    let built = |title| {
        let place = Workplace::begin();
        place.set_title(title);
        place.assert_builds();
        place
    };
    let (place, new) = (built("Old"), built("New").site());
    let old = place.site();
    assert!(old.len() > 50 && old != new);
    place.set_title("New");
    Sites { old, new, begun: place.folder }
});

/// A folder with the sources of the small site, and files of somebody else's.
pub struct Workplace {
    pub folder: TempDir,
}

impl Workplace {
    /// Without an old site.
    pub fn new() -> Self {
        let place = Self::begin();
        place.set_title("New");
        place
    }

    /// With the old site in its place, and sources of the new one.
    pub fn with_old_site() -> Self {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), &tree(SITES.begun.path()));
        Self { folder }
    }

    fn begin() -> Self {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), &tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/failures/site")));
        for name in ["public-2", ".public.staging-mine", ".public"] {
            fs::create_dir(folder.path().join(name)).unwrap();
            fs::write(folder.path().join(name).join("letter"), "dear").unwrap();
        }
        Self { folder }
    }

    /// Calls the site so, and has it packed into a ZIP file.
    fn set_title(&self, title: &str) {
        let settings = include_str!("site/site.toml").replace("Disarmament Reports Archive", title);
        fs::write(self.folder.path().join("site.toml"), format!("{settings}\n[publish]\nzip = true\n")).unwrap();
    }

    pub fn output(&self) -> PathBuf {
        self.folder.path().join("public")
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_depositary"));
        command.args(["build", "--quiet"]).current_dir(self.folder.path());
        command
    }

    pub fn build(&self) -> Output {
        self.command().output().unwrap()
    }

    pub fn assert_builds(&self) {
        let output = self.build();
        assert!(output.status.success(), "{}", told(&output));
    }

    pub fn site(&self) -> Tree {
        tree(&self.output())
    }

    pub fn sites(&self) -> &'static Sites {
        &SITES
    }

    /// The names in the folder that were neither there before nor are the output.
    pub fn names_beside(&self) -> Vec<String> {
        let names = fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
        names.map(|name| name.into_string().unwrap()).filter(|name| !KNOWN.contains(&name.as_str())).collect()
    }

    /// What is wrong after a build that was broken off in the way `case`; none if all is well.
    pub fn fault(&self, case: &str) -> Option<String> {
        let (site, Sites { old, new, .. }) = (self.site(), self.sites());
        if site != *old && site != *new {
            return Some(format!("{case}: half a site, {} of {} files", site.len(), old.len()));
        }
        let beside = self.names_beside();
        if beside.iter().any(|name| !RELICS.contains(&name.as_str())) {
            return Some(format!("{case}: leaves {beside:?}"));
        }
        self.fault_of_next_build(case)
    }

    /// What is wrong after the next builds, which nothing breaks off.
    pub fn fault_of_next_build(&self, case: &str) -> Option<String> {
        let next = self.build();
        if !next.status.success() || self.site() != self.sites().new {
            return Some(format!("{case}: the next build fails: {}", told(&next)));
        }
        let beside = self.names_beside();
        let letters = ["public-2", ".public.staging-mine", ".public"].map(|name| self.folder.path().join(name));
        let is_kept = letters.iter().all(|folder| tree(folder).len() == 1);
        (!beside.is_empty() || !is_kept).then(|| format!("{case}: the next build leaves {beside:?}, letters {is_kept}"))
    }
}

fn put(folder: &Path, files: &Tree) {
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// The files under `folder`; none if it is not there.
pub fn tree(folder: &Path) -> Tree {
    if fs::symlink_metadata(folder).is_err() {
        return Tree::new();
    }
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| (entry.path().strip_prefix(folder).unwrap().to_owned(), fs::read(entry.path()).unwrap()))
        .collect()
}

pub fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
