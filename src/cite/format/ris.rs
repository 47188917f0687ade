//! RIS.
//!
//! Source: RIS Format Specifications (Research Information Systems): a tag of two characters, two blanks, hyphen,
//! blank, value; lines end in CR LF; `TY` comes first and `ER` last. An author is `last, first, suffix`: one without a
//! comma is whole.

use super::super::citable::CitableKind;
use super::Entry;
use crate::base::printed::on_one_line;

/// One entry.
pub(super) fn entry(entry: &Entry<'_>) -> String {
    let citable = entry.citable;
    let mut lines = vec![line("TY", kind(citable.kind)), line("ID", &citable.key)];
    lines.extend(entry.author().map(|author| line("AU", &name(author))));
    lines.push(line("TI", &entry.title));
    lines.extend(entry.kind_name.map(|name| line("M3", name)));
    lines.extend(entry.publisher().map(|archive| line("PB", archive)));
    // A report's number; in M1 as well it would be read twice.
    lines.extend(entry.number().map(|number| line("SN", number)));
    if let Some((first, last)) = citable.pinpoint.as_ref().and_then(|pinpoint| pinpoint.pages) {
        lines.extend([line("SP", &first.to_string()), line("EP", &last.to_string())]);
    }
    lines.extend(dates(entry));
    lines.push(line("LA", entry.language));
    lines.extend(citable.url.as_deref().map(|url| line("UR", url)));
    lines.extend(Some(&entry.note).filter(|note| !note.is_empty()).map(|note| line("N1", note)));
    lines.push(line("ER", ""));
    lines.concat()
}

/// A corporate name. A comma inside it would part it, and the format has no way to escape it, so that another sign
/// stands for it which looks the same (U+201A).
fn name(author: &str) -> String {
    author.replace(',', "\u{201a}")
}

fn kind(kind: CitableKind) -> &'static str {
    match kind {
        CitableKind::Record | CitableKind::Report | CitableKind::Resolution => "RPRT",
        CitableKind::State => "ELEC",
        CitableKind::Archive => "DATA",
    }
}

/// `PY` is the year, `DA` is `YYYY/MM/DD/` with what is not known left empty. A missing date has no line, for which
/// styles print n.d. in the reader's language.
fn dates(entry: &Entry<'_>) -> Vec<String> {
    let Some(moment) = entry.citable.issued() else { return Vec::new() };
    let part = |part: Option<u8>| part.map(|part| format!("{part:02}")).unwrap_or_default();
    let date = format!("{:04}/{}/{}/", moment.year, part(moment.month), part(moment.day));
    vec![line("PY", &format!("{:04}", moment.year)), line("DA", &date)]
}

fn line(tag: &str, value: &str) -> String {
    format!("{tag}  - {}\r\n", on_one_line(value))
}
