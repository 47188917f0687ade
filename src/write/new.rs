//! New files in a site's `content/`, none in the place of another.

use super::WriteError;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Writes `files`, by their path below `root`; either all are there afterwards, or none.
///
/// # Errors
/// If a file is there already, or the file system refuses.
pub fn put_new_files(root: &Path, files: &[&(PathBuf, Vec<u8>)]) -> Result<(), WriteError> {
    let mut written: Vec<PathBuf> = Vec::with_capacity(files.len());
    for (name, bytes) in files {
        let path = root.join(name);
        if let Err(error) = put(&path, bytes) {
            // What was written is useless without the rest; the error that is told is the first one.
            written.iter().for_each(|path| drop(fs::remove_file(path)));
            return Err(error);
        }
        written.push(path);
    }
    Ok(())
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(WriteError::at(folder))?;
    let mut builder = tempfile::Builder::new();
    // Temporary files are for their owner only; content is for everyone who may read the site.
    if let Some(permissions) = super::file::public_permissions() {
        builder.permissions(permissions);
    }
    let mut file: NamedTempFile = builder.prefix(".new-").tempfile_in(folder).map_err(WriteError::at(folder))?;
    file.write_all(bytes).map_err(WriteError::at(path))?;
    file.as_file().sync_all().map_err(WriteError::at(path))?;
    match file.persist_noclobber(path) {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {
            Err(WriteError::at(path)(std::io::Error::new(ErrorKind::AlreadyExists, "the file is there already")))
        }
        Err(error) => Err(WriteError::at(path)(error.error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_files_are_written_or_none_and_none_is_written_over() {
        let root = tempfile::tempdir().unwrap();
        let files =
            |names: &[&str]| names.iter().map(|name| (PathBuf::from(name), b"new".to_vec())).collect::<Vec<_>>();
        let put_new_files =
            |root: &Path, files: &[(PathBuf, Vec<u8>)]| put_new_files(root, &files.iter().collect::<Vec<_>>());
        put_new_files(root.path(), &files(&["a/1.txt", "b/1.txt"])).unwrap();
        fs::write(root.path().join("b/2.txt"), "old").unwrap();
        assert!(put_new_files(root.path(), &files(&["a/2.txt", "b/2.txt"])).is_err());
        assert!(!root.path().join("a/2.txt").exists());
        assert_eq!(fs::read_to_string(root.path().join("b/2.txt")).unwrap(), "old");
        assert_eq!(fs::read_dir(root.path().join("a")).unwrap().count(), 1);
    }
}
