//! One file outside the site.

use super::WriteError;
use std::fs;
use std::io::Write;
use std::path::Path;
use tempfile::NamedTempFile;

/// Puts `bytes` in the place of the file at `path`, which keeps its permissions and is whole at every moment.
///
/// # Errors
/// If the file system refuses; the file is then as it was.
pub fn replace_file(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    // A link is followed, so that the file it leads to is changed and not the link.
    let path = path.canonicalize().map_err(WriteError::at(path))?;
    let folder = path.parent().unwrap_or(&path);
    let permissions = fs::metadata(&path).map_err(WriteError::at(&path))?.permissions();
    let mut file = NamedTempFile::new_in(folder).map_err(WriteError::at(folder))?;
    file.write_all(bytes).map_err(WriteError::at(&path))?;
    file.as_file().set_permissions(permissions).map_err(WriteError::at(&path))?;
    file.as_file().sync_all().map_err(WriteError::at(&path))?;
    file.persist(&path).map_err(|error| WriteError::at(&path)(error.error))?;
    Ok(())
}

/// Permissions of a file that everyone may read, as content and ledger are.
#[cfg(unix)]
pub(super) fn public_permissions() -> Option<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
pub(super) fn public_permissions() -> Option<fs::Permissions> {
    None
}
