//! `content/versions/*.tsv` → the wordings that records were published with.
//!
//! One line a version, cells parted by tabs, the text last; a tab, line end or backslash in a cell has a backslash
//! before it. Lines are only added, so that a difference between two states of a file is what changed, and two branches
//! merge line by line. The order of the lines means nothing here; `write` puts them in order.

use super::date::is_day;
use super::decode::decode;
use super::walk::{in_file, read_bytes, walk};
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::limits::MAX_TABLE_BYTES;
use crate::base::source::line_spans;
use crate::base::span::Span;
use crate::model::state::Iso3;
use crate::model::wording::{COLUMNS, FOLDER, Version, Versions, Wording, unescaped};
use std::path::Path;

/// What to do about a line that is wrong.
const HINT: &str = "take the line from an earlier version of the file; `depositary ledger accept` and `depositary \
                    release` write new ones";

/// Reads the versions of the site at `root`.
pub(crate) fn read_versions(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Versions {
    let mut versions = Versions::new();
    for file in walk(root, FOLDER, diagnostics) {
        let Some(name) = file.name.strip_suffix(".tsv") else {
            let unread = Diagnostic::warning(code::UNREAD_FILE, "not read: versions stand in `<report>.tsv`");
            diagnostics.push(unread.at(in_file(&file.shown)).hint("remove it, or keep it outside `content/`"));
            continue;
        };
        let bytes = read_bytes(&file.path, &file.shown, MAX_TABLE_BYTES);
        match bytes.and_then(|bytes| decode(&bytes, &file.shown)) {
            Ok((text, _)) => read_lines(&file.shown, name, &text, &mut versions, diagnostics),
            Err(fault) => diagnostics.push(*fault),
        }
    }
    for (id, of_record) in &mut versions {
        of_record.sort_by_key(|version| version.number);
        diagnostics.extend(gap(id, of_record));
    }
    versions
}

fn read_lines(shown: &str, name: &str, text: &str, versions: &mut Versions, diagnostics: &mut Vec<Diagnostic>) {
    for (range, number) in line_spans(text).into_iter().zip(1_u64..) {
        let line = text[range.start..range.end].trim_start_matches('\u{feff}');
        // A merge of two branches may leave the head of a file standing twice.
        if line.trim().is_empty() || line.starts_with('#') || line.starts_with(&format!("{}\t", COLUMNS[0])) {
            continue;
        }
        let taken = version(line, name, number).and_then(|(id, version)| take(versions, id, version));
        if let Err(message) = taken {
            let offset = Some(range.end - line.len());
            let span = Span::new(0, line.len());
            let place = Place::InTable {
                path: shown.to_owned(),
                row: number,
                offset,
                column: None,
                text: line.to_owned(),
                span,
            };
            diagnostics.push(Diagnostic::error(code::BAD_VERSION, message).at(place).hint(HINT));
        }
    }
}

fn take(versions: &mut Versions, id: String, version: Version) -> Result<(), String> {
    let of_record = versions.entry(id.clone()).or_default();
    match of_record.iter().find(|other| other.number == version.number) {
        // Two branches may have published the same.
        Some(other) if *other == Version { line: other.line, ..version.clone() } => {}
        Some(other) => {
            let Version { number, file, line, .. } = other;
            return Err(format!("version {number} of `{id}` stands in `{FOLDER}/{file}.tsv` already, in line {line}"));
        }
        None => of_record.push(version),
    }
    Ok(())
}

/// One line of the file `file`.
///
/// # Errors
/// With what is wrong with it.
fn version(line: &str, file: &str, number: u64) -> Result<(String, Version), String> {
    let cells: Vec<&str> = line.trim_end_matches('\r').split('\t').collect();
    let Ok([id, version, date, reason, state, when, section, language, text]) =
        <[&str; COLUMNS.len()]>::try_from(cells)
    else {
        return Err(format!("not a line of versions: it has not {} cells parted by tabs", COLUMNS.len()));
    };
    if id.is_empty() || id.contains('/') {
        return Err(format!("`{id}` is not the identifier of a record"));
    }
    let cell = |cell: &str| unescaped(cell).ok_or_else(|| format!("a backslash in `{cell}` stands for nothing"));
    let known = |text: &str| cell(text).map(|text| Some(text).filter(|text| !text.is_empty()));
    let number_of = version.parse::<u32>().ok().filter(|number| *number > 0);
    let state = match state {
        "" => None,
        code => Some(Iso3::new(code).ok_or_else(|| format!("`{code}` is not the code of a State"))?),
    };
    if !date.is_empty() && !is_day(date) {
        return Err("the date is no day of the calendar".to_owned());
    }
    let version = Version {
        number: number_of.ok_or_else(|| format!("`{version}` is not the number of a version"))?,
        date: known(date)?,
        reason: known(reason)?,
        wording: Wording { state, date: known(when)?, section: known(section)?, text: cell(text)? },
        language: language.to_owned(),
        file: file.to_owned(),
        line: number,
    };
    Ok((id.to_owned(), version))
}

/// The error on a record whose versions are not numbered from 1.
fn gap(id: &str, versions: &[Version]) -> Option<Diagnostic> {
    let (version, expected) = versions.iter().zip(1..).find(|(version, expected)| version.number != *expected)?;
    let message = format!("version {expected} of `{id}` is missing, as version {} is there", version.number);
    let (path, text) = (format!("{FOLDER}/{}.tsv", version.file), version.cells(id).join("\t"));
    let span = Span::new(0, id.len());
    let place = Place::InTable { path, row: version.line, offset: None, column: None, text, span };
    Some(Diagnostic::error(code::BAD_VERSION, message).at(place).hint(HINT))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Versions, Vec<String>) {
        let (mut versions, mut diagnostics) = (Versions::new(), Vec::new());
        read_lines("content/versions/a.tsv", "a", text, &mut versions, &mut diagnostics);
        (versions, diagnostics.into_iter().map(|found| found.message).collect())
    }

    #[test]
    fn a_line_is_read_as_it_is_written() {
        let line = "a-1\t2\t2026-07-30\twhy\tAUT\t2008-09\t1a\tzh-Hans\t一\\n二\\\\";
        let (versions, faults) = read(&format!("# about\n{}\n{line}\r\n{line}\n", COLUMNS.join("\t")));
        assert_eq!(faults, [""; 0]);
        let version = &versions["a-1"][0];
        assert_eq!((version.wording.text.as_str(), version.line, versions["a-1"].len()), ("一\n二\\", 3, 1));
        assert_eq!(version.cells("a-1").join("\t"), line);
        assert!(gap("a-1", &versions["a-1"]).is_some_and(|fault| fault.message.contains("version 1")));
    }

    #[test]
    fn form_is_checked() {
        let lines = [
            "a-1\t1\t\t\t\t\t\tzh",
            "a-1\t0\t\t\t\t\t\tzh\tx",
            "a-1\t1\t2026-02-30\t\t\t\t\tzh\tx",
            "a-1\t1\t\t\tat\t\t\tzh\tx",
            "a-1\t1\t\t\t\t\t\tzh\t\\x",
            "years/2008\t1\t\t\t\t\t\tzh\tx",
            "<<<<<<< HEAD",
        ];
        for line in lines {
            assert_eq!(read(line).1.len(), 1, "{line}");
        }
        let (_, faults) = read("a-1\t1\t\t\t\t\t\tzh\tx\na-1\t1\t\t\t\t\t\tzh\ty\n");
        assert!(faults.len() == 1 && faults[0].contains("in line 1"), "{faults:?}");
    }
}
