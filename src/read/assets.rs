//! Templates and files that are copied as they are: a site's own, and the program's where the site has none.
//!
//! Input: the root of a site. Output: templates and static files by name. Invariant: a file of the site goes before
//! the built-in one of the same name, file by file.

use super::Template;
use super::built_in::{STATIC_FILES, TEMPLATES};
use super::decode::decode;
use super::walk::{in_file, passed_over, read_bytes, walk};
use crate::base::code;
use crate::base::diagnostic::Diagnostic;
use crate::base::limits::{MAX_STATIC_BYTES, MAX_WRITTEN_BYTES};
use crate::base::path::SitePath;
use std::collections::BTreeMap;
use std::path::Path;

/// The templates of the site at `root`, by their path under `templates/`.
pub(crate) fn read_templates(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, Template> {
    let mut templates: BTreeMap<String, Template> = TEMPLATES.iter().map(|(name, text)| built_in(name, text)).collect();
    for file in walk(root, "templates", diagnostics) {
        let text = read_bytes(&file.path, &file.shown, MAX_WRITTEN_BYTES).and_then(|bytes| decode(&bytes, &file.shown));
        match text {
            Ok((text, _)) => drop(templates.insert(file.name, Template { shown: file.shown, text })),
            Err(fault) => diagnostics.push(*fault),
        }
    }
    templates
}

/// A template of the program, whose path tells people that they need not look for the file.
fn built_in(name: &str, text: &str) -> (String, Template) {
    (name.to_owned(), Template { shown: format!("templates/{name} (built in)"), text: text.to_owned() })
}

/// The files under `static/` of the site at `root`, by their path in the built site.
pub(crate) fn read_static_files(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, Vec<u8>> {
    let mut files: BTreeMap<String, Vec<u8>> =
        STATIC_FILES.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    diagnostics.extend(passed_over(root, "static"));
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
