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
const RELICS: [&str; 5] =
    [".public.lock", ".public.staging", ".public.old", ".public.receipt.new", ".public.pages.new"];

/// What stands beside the output folder and is no relic.
const KNOWN: [&str; 8] = [
    "site.toml",
    "content",
    "public-2",
    ".public.staging-mine",
    ".public",
    "public",
    ".public.pages",
    ".public.receipt",
];

/// What differs between the old site and the new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The title: every page is another, and nothing is known of how the old site was built.
    Title,
    /// One of two reports: the rest is taken over from the old site, also from its ZIP file.
    Report,
}

/// The small site before and after a change, as built.
pub struct Sites {
    pub old: Tree,
    pub new: Tree,
    /// The old site with the sources of the new one.
    begun: TempDir,
}

static BY_TITLE: LazyLock<Sites> = LazyLock::new(|| Sites::of(Change::Title));
static BY_REPORT: LazyLock<Sites> = LazyLock::new(|| Sites::of(Change::Report));

impl Sites {
    fn of(change: Change) -> Self {
        let built = |is_new| {
            let place = Workplace::begin(change);
            place.turn(is_new);
            place.assert_builds();
            place
        };
        let (place, new) = (built(false), built(true).site());
        let old = place.site();
        assert!(old.len() > 50 && old != new);
        place.turn(true);
        if change == Change::Title {
            for kept in [".public.receipt", ".public.pages"] {
                fs::remove_file(place.folder.path().join(kept)).unwrap();
            }
        }
        Self { old, new, begun: place.folder }
    }
}

/// A folder with the sources of the small site, and files of somebody else's.
pub struct Workplace {
    pub folder: TempDir,
    change: Change,
}

impl Workplace {
    /// Without an old site.
    pub fn new() -> Self {
        let place = Self::begin(Change::Title);
        place.turn(true);
        place
    }

    /// With the old site in its place, and sources of the new one.
    pub fn with_old_site(change: Change) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Times too, as an old site is taken over only while it is as it was left.
        let copied = Command::new("cp").arg("-a").arg(sites(change).begun.path().join(".")).arg(folder.path()).status();
        assert!(copied.unwrap().success());
        Self { folder, change }
    }

    fn begin(change: Change) -> Self {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), &tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/failures/site")));
        for name in ["public-2", ".public.staging-mine", ".public"] {
            fs::create_dir(folder.path().join(name)).unwrap();
            fs::write(folder.path().join(name).join("letter"), "dear").unwrap();
        }
        Self { folder, change }
    }

    /// Gives it the sources of the new site or the old one.
    fn turn(&self, is_new: bool) {
        let put = |path: &str, text: &str| fs::write(self.folder.path().join(path), text).unwrap();
        let settings = include_str!("site/site.toml");
        let report = include_str!("report.txt");
        match self.change {
            Change::Title => {
                let title = if is_new { "New" } else { "Old" };
                put("site.toml", &settings.replace("Disarmament Reports Archive", title));
            }
            Change::Report => {
                put("site.toml", &format!("{settings}\n[publish]\nzip = true\n"));
                put("content/reports/a-69-1.txt", report);
                let month = if is_new { "2015年7月" } else { "2015年8月" };
                put("content/reports/a-70-1.txt", &report.replace("2014年6月", month));
            }
        }
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
        sites(self.change)
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
        if !beside.is_empty() || !is_kept {
            return Some(format!("{case}: the next build leaves {beside:?}, letters {is_kept}"));
        }
        if self.change == Change::Title {
            return None;
        }
        // What the builds kept is believed by one that has less to make.
        self.turn(false);
        let back = self.build();
        let is_old = back.status.success() && self.site() == self.sites().old;
        (!is_old).then(|| format!("{case}: the build after the next is not as a new one: {}", told(&back)))
    }
}

fn sites(change: Change) -> &'static Sites {
    match change {
        Change::Title => &BY_TITLE,
        Change::Report => &BY_REPORT,
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
