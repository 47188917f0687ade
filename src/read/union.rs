//! Folders of tables that two branches add lines to and that Git joins by itself (`merge=union`): the ledger and the
//! versions.
//!
//! `<report>.tsv` each, one line an entry, cells parted by tabs. The order of the lines means nothing; `write` puts
//! them in order. A line that both branches added is one, and a head that stands twice is no fault.

use super::decode::decode;
use super::walk::{in_file, read_bytes, walk};
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::limits::MAX_TABLE_BYTES;
use crate::base::source::line_spans;
use crate::base::span::Span;
use std::path::Path;

/// What is said of such a folder.
pub(super) struct UnionTables {
    /// Where it is, below the site's root: `content/ledger`.
    pub(super) folder: &'static str,
    /// What stands in it, at the start of a sentence: `the ledger stands`.
    pub(super) contents: &'static str,
    /// The name of the first column, by which a head is told from an entry.
    pub(super) first_column: &'static str,
    /// The code of a line that is wrong.
    pub(super) code: &'static str,
    /// The commands that write such lines.
    pub(super) writers: &'static str,
}

/// Where an entry stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing<'a> {
    /// The file, without its ending: the report.
    pub(super) file: &'a str,
    /// The line, from 1.
    pub(super) line: u64,
}

impl UnionTables {
    /// Hands each entry of the files at `root` to `take`, which says what is wrong with it.
    pub(super) fn read(
        &self,
        root: &Path,
        diagnostics: &mut Vec<Diagnostic>,
        mut take: impl FnMut(&str, Standing<'_>) -> Result<(), String>,
    ) {
        for file in walk(root, self.folder, diagnostics) {
            let Some(name) = file.name.strip_suffix(".tsv") else {
                let message = format!("not read: {} in `<report>.tsv`", self.contents);
                let unread = Diagnostic::warning(code::UNREAD_FILE, message).at(in_file(&file.shown));
                diagnostics.push(unread.hint("remove it, or keep it outside `content/`"));
                continue;
            };
            let bytes = read_bytes(&file.path, &file.shown, MAX_TABLE_BYTES);
            match bytes.and_then(|bytes| decode(&bytes, &file.shown)) {
                Ok((text, _)) => diagnostics.extend(self.read_lines(&file.shown, name, &text, &mut take)),
                Err(fault) => diagnostics.push(*fault),
            }
        }
    }

    /// Hands each entry of the text of the file `name` to `take`, and gives what is wrong.
    pub(super) fn read_lines(
        &self,
        shown: &str,
        name: &str,
        text: &str,
        take: &mut impl FnMut(&str, Standing<'_>) -> Result<(), String>,
    ) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (range, number) in line_spans(text).into_iter().zip(1_u64..) {
            let line = text[range.start..range.end].trim_start_matches('\u{feff}');
            let is_head = line.strip_prefix(self.first_column).is_some_and(|rest| rest.starts_with('\t'));
            if line.trim().is_empty() || line.starts_with('#') || is_head {
                continue;
            }
            if let Err(message) = take(line.trim_end_matches('\r'), Standing { file: name, line: number }) {
                let place = Place::InTable {
                    path: shown.to_owned(),
                    row: number,
                    offset: Some(range.end - line.len()),
                    column: None,
                    text: line.to_owned(),
                    span: Span::new(0, line.len()),
                };
                found.push(Diagnostic::error(self.code, message).at(place).hint(self.hint(line)));
            }
        }
        found
    }

    pub(super) fn hint(&self, line: &str) -> String {
        // What Git puts between the sides of a conflict.
        let is_conflict = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark));
        if is_conflict {
            let pattern = format!("{}/*.tsv merge=union", self.folder);
            return format!(
                "remove this line and keep those of both sides; `{pattern}` in `.gitattributes` lets Git join them by \
                 itself"
            );
        }
        format!("take the line from an earlier version of the file; {} new ones", self.writers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLES: UnionTables = UnionTables {
        folder: "content/x",
        contents: "x stands",
        first_column: "id",
        code: "E0",
        writers: "`x` writes",
    };

    #[test]
    fn passes_over_what_a_merge_leaves_twice() {
        let mut seen = Vec::new();
        let text = "\u{feff}# about\nid\tnow\na\t1\r\n\nid\tnow\nid-2\t2\n";
        let faults = TABLES.read_lines("a.tsv", "a", text, &mut |line, at| {
            seen.push((line.to_owned(), at.line));
            Ok(())
        });
        assert_eq!((faults, seen), (Vec::new(), vec![("a\t1".to_owned(), 3), ("id-2\t2".to_owned(), 6)]));
    }

    #[test]
    fn the_hint_at_a_conflict_leads_to_its_end() {
        let text = "<<<<<<< HEAD\n=======\n>>>>>>> b\n";
        let found = TABLES.read_lines("a.tsv", "a", text, &mut |_, _| Err("no".to_owned()));
        let hints = found.iter().filter_map(|fault| fault.hint.as_deref());
        assert!(found.len() == 3 && hints.into_iter().all(|hint| hint.contains("x/*.tsv merge=union")), "{found:?}");
    }
}
