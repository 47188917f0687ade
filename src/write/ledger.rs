//! The ledger → its files, each replaced as a whole.
//!
//! Only files whose lines changed are written, and every file is whole at any moment: a new one takes the place of
//! the old one by renaming. Lines are in natural order, so that the same ledger has the same bytes.

use super::WriteError;
use super::file::public_permissions;
use crate::model::ledger::{ADDRESSES, COLUMNS, Entry, Ledger, natural_key};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

/// Writes `ledger` into the folder `content/ledger` of the site at `root`, and says how many files changed.
///
/// # Errors
/// If the file system refuses.
pub fn put_ledger(root: &Path, ledger: &Ledger) -> Result<usize, WriteError> {
    let folder = root.join("content").join("ledger");
    fs::create_dir_all(&folder).map_err(WriteError::at(&folder))?;
    let mut files: BTreeMap<&str, Vec<(&str, &Entry)>> = BTreeMap::new();
    for (id, entry) in ledger {
        files.entry(&entry.file).or_default().push((id, entry));
    }
    let mut n_changed = 0;
    for (file, entries) in files {
        let path = folder.join(format!("{file}.tsv"));
        n_changed += usize::from(replace(&path, text(file, entries).as_bytes()).map_err(WriteError::at(&path))?);
    }
    Ok(n_changed)
}

/// Puts `bytes` in the place of the file at `path`, unless it has them already.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<bool> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    let folder = path.parent().unwrap_or(path);
    let mut builder = tempfile::Builder::new();
    // Temporary files are for their owner only; the ledger is for everyone who may read the site.
    let permissions = fs::metadata(path).ok().map(|metadata| metadata.permissions()).or_else(public_permissions);
    if let Some(permissions) = permissions {
        builder.permissions(permissions);
    }
    let mut file = builder.prefix(".ledger-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(true)
}

/// The text of one file.
fn text(file: &str, mut entries: Vec<(&str, &Entry)>) -> String {
    entries.sort_by_cached_key(|(id, _)| natural_key(id));
    let what = if file == ADDRESSES { "Published addresses of pages" } else { "Published identifiers of one report" };
    let mut text =
        format!("# {what}, kept for ever: no line goes, `depositary ledger accept` adds and changes them.\n");
    text.push_str(&COLUMNS.join("\t"));
    text.push('\n');
    for (id, entry) in entries {
        text.push_str(entry.cells(id).join("\t").trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_in_natural_order_and_written_once() {
        let folder = tempfile::tempdir().unwrap();
        let entry = |file| Entry::published(Some("00000000000000ff".to_owned()), file);
        let ids = [("a-1-10", "a-1"), ("a-1-2", "a-1"), ("years/2008", ADDRESSES)];
        let ledger: Ledger = ids.into_iter().map(|(id, file)| (id.to_owned(), entry(file))).collect();
        assert_eq!(put_ledger(folder.path(), &ledger).unwrap(), 2);
        assert_eq!(put_ledger(folder.path(), &ledger).unwrap(), 0);
        let text = fs::read_to_string(folder.path().join("content/ledger/a-1.tsv")).unwrap();
        let lines: Vec<&str> = text.lines().skip(1).collect();
        let expected = [
            "id\tfingerprint\tstatus\tnow\tdate\treason",
            "a-1-2\t00000000000000ff\tpublished",
            "a-1-10\t00000000000000ff\tpublished",
        ];
        assert_eq!(lines, expected);
        assert_eq!(fs::read_dir(folder.path().join("content/ledger")).unwrap().count(), 2);
    }
}
