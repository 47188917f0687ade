//! Templates and files that are copied as they are.

use super::decode::decode;
use super::walk::{in_file, read_bytes, walk};
use crate::base::code;
use crate::base::diagnostic::Diagnostic;
use crate::base::limits::{MAX_STATIC_BYTES, MAX_WRITTEN_BYTES};
use crate::base::path::SitePath;
use std::collections::BTreeMap;
use std::path::Path;

/// The templates of the site at `root`, by their path under `templates/`.
pub(crate) fn read_templates(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    let mut templates = BTreeMap::new();
    for file in walk(root, "templates", diagnostics) {
        let text = read_bytes(&file.path, &file.shown, MAX_WRITTEN_BYTES).and_then(|bytes| decode(&bytes, &file.shown));
        match text {
            Ok((text, _)) => drop(templates.insert(file.name, text)),
            Err(fault) => diagnostics.push(*fault),
        }
    }
    templates
}

/// The files under `static/` of the site at `root`, by their path in the built site.
pub(crate) fn read_static_files(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for file in walk(root, "static", diagnostics) {
        if SitePath::new(file.name.as_str()).is_err() {
            let bad = Diagnostic::error(code::BAD_NAME, format!("`{}` cannot be an address", file.name));
            let hint = "use lower-case ASCII letters, digits, `-`, `_` and `.`";
            diagnostics.push(bad.at(in_file(&file.shown)).hint(hint));
            continue;
        }
        match read_bytes(&file.path, &file.shown, MAX_STATIC_BYTES) {
            Ok(bytes) => drop(files.insert(file.name, bytes)),
            Err(fault) => diagnostics.push(*fault),
        }
    }
    files
}
