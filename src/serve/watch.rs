//! Notices when a file of the site changes.
//!
//! Input: events of the file system. Output: one call for all that come together. Invariant: what the program itself
//! does (reading, writing the output folder) is no change.

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, DebouncedEvent, Debouncer, RecommendedCache, new_debouncer};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// The folders that are watched, and the file beside them.
const FOLDERS: [&str; 3] = ["content", "templates", "static"];
const SETTINGS: &str = "site.toml";

/// How long events are gathered: editors save in several steps (a new file, renames), all within some milliseconds.
const PAUSE: Duration = Duration::from_millis(25);

/// The watch over a site.
pub struct Watch {
    debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
    events: Receiver<DebounceEventResult>,
    root: PathBuf,
}

impl Watch {
    /// Begins to watch the site at `root`. What changes from now on is told once there is somebody to be told.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn begin(root: &Path) -> io::Result<Self> {
        let (sender, events) = channel();
        let debouncer = new_debouncer(PAUSE, None, sender).map_err(io::Error::other)?;
        let mut watch = Self { debouncer, events, root: root.canonicalize()? };
        watch.debouncer.watch(&watch.root, RecursiveMode::NonRecursive).map_err(io::Error::other)?;
        watch.watch_folders();
        Ok(watch)
    }

    /// Calls `changed` after every change, one call at a time, from a thread of its own.
    pub(super) fn tell(self, changed: impl FnMut() + Send + 'static) -> io::Result<()> {
        std::thread::Builder::new().name("watch".to_owned()).spawn(move || self.run(changed))?;
        Ok(())
    }

    fn run(mut self, mut changed: impl FnMut()) {
        while let Ok(first) = self.events.recv() {
            // What came while the last site was built makes one more build, not several.
            let batches: Vec<DebounceEventResult> = std::iter::once(first).chain(self.events.try_iter()).collect();
            if batches.iter().flatten().flatten().any(|event| self.is_folder_itself(event)) {
                self.watch_folders();
            }
            if batches.iter().any(|batch| self.is_change(batch)) {
                changed();
            }
        }
    }

    /// Watches the folders that are there. One that was made or moved here is watched from now on.
    fn watch_folders(&mut self) {
        for folder in FOLDERS.map(|folder| self.root.join(folder)).iter().filter(|folder| folder.is_dir()) {
            // The watch of a folder that was removed and made again ended with the first.
            let _ = self.debouncer.unwatch(folder);
            let _ = self.debouncer.watch(folder, RecursiveMode::Recursive);
        }
    }

    fn is_folder_itself(&self, event: &DebouncedEvent) -> bool {
        let is_folder = |path: &PathBuf| FOLDERS.iter().any(|folder| *path == self.root.join(folder));
        !is_reading(event.kind) && event.paths.iter().any(is_folder)
    }

    fn is_change(&self, batch: &DebounceEventResult) -> bool {
        match batch {
            Ok(events) => events.iter().any(|event| {
                event.need_rescan()
                    || (!is_reading(event.kind) && event.paths.iter().any(|path| is_input(&self.root, path)))
            }),
            // Events were lost, so anything may have changed.
            Err(_) => true,
        }
    }
}

fn is_reading(kind: EventKind) -> bool {
    matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}

/// Whether a build reads the file at `path`. Names that begin with a dot are no content; some editors make such.
fn is_input(root: &Path, path: &Path) -> bool {
    let parts = path.strip_prefix(root).map(|inside| inside.components().map(Component::as_os_str));
    let Ok(mut parts) = parts else { return false };
    let Some(first) = parts.next() else { return false };
    let is_hidden = |part: &std::ffi::OsStr| part.as_encoded_bytes().starts_with(b".");
    first == SETTINGS || (FOLDERS.iter().any(|folder| first == *folder) && !parts.any(is_hidden))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_build_reads_is_a_change() {
        let root = Path::new("/archive");
        let cases = [
            ("/archive/site.toml", true),
            ("/archive/content/reports/a.txt", true),
            ("/archive/static", true),
            ("/archive/templates/.base.html.swp", false),
            ("/archive/public/index.html", false),
            ("/archive/.git/index", false),
            ("/elsewhere/site.toml", false),
        ];
        for (path, expected) in cases {
            assert_eq!(is_input(root, Path::new(path)), expected, "{path}");
        }
    }
}
