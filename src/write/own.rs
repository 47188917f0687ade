//! Files that the program keeps for itself, each told from others by what it begins with.
//!
//! Invariants: nothing but a plain file is opened, so that no link is followed and no pipe waited for; what is somebody
//! else's is read no further than its beginning and never written; a file is whole at every moment, as a new one takes
//! the place of the old one by renaming.

use super::place::beside;
use crate::base::code;
use crate::base::diagnostic::Diagnostic;
use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// The text of the file at `path`; none unless it is a plain file that begins with `beginning`, and text.
///
/// # Errors
/// If there is nothing, or it cannot be read.
pub(super) fn text(path: &Path, beginning: &str) -> io::Result<Option<String>> {
    let Some((mut bytes, mut rest)) = opened(path, beginning.len())? else { return Ok(None) };
    if bytes != beginning.as_bytes() {
        return Ok(None);
    }
    rest.read_to_end(&mut bytes)?;
    Ok(String::from_utf8(bytes).ok())
}

/// Whether a plain file that begins with `beginning` stands at `path`.
pub(super) fn begins(path: &Path, beginning: &str) -> bool {
    opened(path, beginning.len()).is_ok_and(|found| found.is_some_and(|(bytes, _)| bytes == beginning.as_bytes()))
}

/// The first bytes, `n_bytes` at most, of the plain file at `path`, and the rest.
fn opened(path: &Path, n_bytes: usize) -> io::Result<Option<(Vec<u8>, File)>> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Ok(None);
    }
    let (mut file, mut first) = (File::open(path)?, Vec::new());
    Read::by_ref(&mut file).take(n_bytes as u64).read_to_end(&mut first)?;
    Ok(Some((first, file)))
}

/// A file that is kept beside the output folder, under a name of its own.
pub(super) struct KeptFile {
    /// What its name ends with.
    pub(super) purpose: &'static str,
    /// What it begins with, in every version of its form.
    pub(super) beginning: &'static str,
}

impl KeptFile {
    /// Where it stands, and the file that it is written as first.
    fn paths(&self, output: &Path) -> [PathBuf; 2] {
        [beside(output, self.purpose), beside(output, &format!("{}.new", self.purpose))]
    }

    /// Whether one stands beside `output`, whole or not.
    pub(super) fn is_beside(&self, output: &Path) -> bool {
        begins(&beside(output, self.purpose), self.beginning)
    }

    /// What was kept beside `output`.
    pub(super) fn read(&self, output: &Path) -> Option<String> {
        text(&beside(output, self.purpose), self.beginning).ok()?
    }

    /// Keeps what `write` writes beside `output`, unless something of somebody else's stands there.
    ///
    /// # Errors
    /// If the file system refuses. What was kept before is then kept still.
    pub(super) fn replace(
        &self,
        output: &Path,
        write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
    ) -> io::Result<()> {
        if self.strangers(output).next().is_some() {
            return Ok(());
        }
        let [path, new] = self.paths(output);
        // What a build left that was killed while it wrote.
        match fs::remove_file(&new) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = BufWriter::new(File::create_new(&new)?);
        let written = write(&mut file).and_then(|()| file.flush()).and_then(|()| fs::rename(&new, &path));
        if written.is_err() {
            // On a full disk half of it is only in the way.
            let _ = fs::remove_file(&new);
        }
        written
    }

    /// What stands in its place beside `output` and is somebody else's.
    fn strangers(&self, output: &Path) -> impl Iterator<Item = PathBuf> {
        self.paths(output).into_iter().filter(|path| self.is_stranger(path))
    }

    /// Whether what stands at `path` is somebody else's. A file that was cut off while it was written is ours.
    fn is_stranger(&self, path: &Path) -> bool {
        match opened(path, self.beginning.len()) {
            Err(error) => error.kind() != ErrorKind::NotFound,
            Ok(found) => !found.is_some_and(|(first, _)| self.beginning.as_bytes().starts_with(&first)),
        }
    }

    /// Says what stands in its place beside `output` and is somebody else's.
    pub(super) fn remarks(&self, output: &Path) -> Vec<Diagnostic> {
        self.strangers(output).map(|path| stranger(&path)).collect()
    }
}

fn stranger(path: &Path) -> Diagnostic {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let message =
        format!("`{name}` beside the output folder was not made by this program, so less is kept for the next build");
    Diagnostic::note(code::KEPT_NOTHING, message).hint("move it, and builds take over what did not change")
}
