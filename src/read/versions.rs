//! `content/versions/*.tsv` → the wordings that records were published with.
//!
//! One line a version, as `union.rs` says, the text last; a tab, line end or backslash in a cell has a backslash before it.
//! Lines are only added, so that a difference between two states of a file is what changed.

use super::date::is_day;
use super::union::{Standing, UnionTables};
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::span::Span;
use crate::model::state::Iso3;
use crate::model::wording::{COLUMNS, FOLDER, Version, Versions, Wording, unescaped};
use std::path::Path;

const TABLES: UnionTables = UnionTables {
    folder: FOLDER,
    contents: "versions stand",
    first_column: COLUMNS[0],
    code: code::BAD_VERSION,
    writers: "`depositary ledger accept` and `depositary release` write",
};

/// Reads the versions of the site at `root`.
pub(crate) fn read_versions(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Versions {
    let mut versions = Versions::new();
    TABLES.read(root, diagnostics, |line, at| take(&mut versions, version(line, at)?));
    for (id, of_record) in &mut versions {
        of_record.sort_by_key(|version| version.number);
        diagnostics.extend(gap(id, of_record));
    }
    versions
}

fn take(versions: &mut Versions, (id, version): (String, Version)) -> Result<(), String> {
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

/// The version that `line` is.
///
/// # Errors
/// With what is wrong with it.
fn version(line: &str, at: Standing<'_>) -> Result<(String, Version), String> {
    let cells: Vec<&str> = line.split('\t').collect();
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
        file: at.file.to_owned(),
        line: at.line,
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
    Some(Diagnostic::error(code::BAD_VERSION, message).at(place).hint(TABLES.hint(id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Versions, Vec<String>) {
        let mut versions = Versions::new();
        let found = TABLES.read_lines("a.tsv", "a", text, &mut |line, at| take(&mut versions, version(line, at)?));
        (versions, found.into_iter().map(|found| found.message).collect())
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
