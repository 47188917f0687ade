//! `content/ledger/*.tsv` → the ledger.
//!
//! One line an identifier, as `union.rs` says.

use super::date::date;
use super::union::{Standing, UnionTables};
use crate::base::code;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SitePath;
use crate::model::ledger::{COLUMNS, Entry, Ledger, Status, address};
use std::path::Path;

const TABLES: UnionTables = UnionTables {
    folder: "content/ledger",
    contents: "the ledger stands",
    first_column: COLUMNS[0],
    code: code::BAD_LEDGER,
    writers: "`depositary ledger accept` writes",
};

/// Hexadecimal digits of a fingerprint.
const FINGERPRINT_DIGITS: usize = 16;

/// Reads the ledger of the site at `root`; none if there is no folder for it.
pub(crate) fn read_ledger(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Option<Ledger> {
    root.join(TABLES.folder).symlink_metadata().ok()?;
    let mut ledger = Ledger::new();
    TABLES.read(root, diagnostics, |line, at| take(&mut ledger, entry(line, at)?));
    Some(ledger)
}

fn take(ledger: &mut Ledger, (id, entry): (String, Entry)) -> Result<(), String> {
    match ledger.get(&id) {
        // Two branches may have published the same.
        Some(other) if *other == Entry { line: other.line, ..entry.clone() } => Ok(()),
        Some(other) => {
            Err(format!("`{id}` stands in `{}/{}.tsv` already, in line {}", TABLES.folder, other.file, other.line))
        }
        None => {
            ledger.insert(id, entry);
            Ok(())
        }
    }
}

/// The entry that `line` is.
///
/// # Errors
/// With what is wrong with it.
fn entry(line: &str, at: Standing<'_>) -> Result<(String, Entry), String> {
    let mut cells = line.split('\t').map(str::trim);
    let mut cell = || cells.next().unwrap_or_default();
    let [id, fingerprint, status, successors, date, reason] = [cell(), cell(), cell(), cell(), cell(), cell()];
    if !line.contains('\t') {
        return Err("not a line of a ledger: its cells are parted by tabs".to_owned());
    }
    let known = Status::from_name(status).ok_or_else(|| format!("unknown status `{status}`"))?;
    let entry = Entry {
        fingerprint: Some(fingerprint.to_owned()).filter(|cell| !cell.is_empty()),
        status: known,
        successors: successors.split_whitespace().map(str::to_owned).collect(),
        date: Some(date.to_owned()).filter(|cell| !cell.is_empty()),
        reason: Some(reason.to_owned()).filter(|cell| !cell.is_empty()),
        file: at.file.to_owned(),
        line: at.line,
    };
    let is_over = cells.next().is_some();
    if is_over { Err(format!("more than {} cells", COLUMNS.len())) } else { checked(id, entry) }
}

fn checked(id: &str, entry: Entry) -> Result<(String, Entry), String> {
    let is_id = |id: &str| !id.is_empty() && SitePath::new(address(id)).is_ok();
    if let Some(bad) = std::iter::once(id).chain(entry.successors.iter().map(String::as_str)).find(|id| !is_id(id)) {
        return Err(format!("`{bad}` is not an identifier"));
    }
    if entry.fingerprint.as_deref().is_some_and(|cell| !is_fingerprint(cell)) {
        return Err(format!("the fingerprint is not {FINGERPRINT_DIGITS} hexadecimal digits"));
    }
    if entry.date.as_deref().is_some_and(|day| date(day).is_none()) {
        return Err("the date is none, or no day of the calendar".to_owned());
    }
    if entry.status != Status::Published && entry.reason.is_none() {
        return Err(format!("`{}` needs its reason", entry.status));
    }
    let leads_on = matches!(entry.status, Status::Moved | Status::Split | Status::Merged);
    if leads_on && entry.successors.is_empty() {
        return Err(format!("`{}` needs the identifier that leads on from it", entry.status));
    }
    Ok((id.to_owned(), entry))
}

fn is_fingerprint(cell: &str) -> bool {
    cell.len() == FINGERPRINT_DIGITS && cell.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Ledger, Vec<String>) {
        let mut ledger = Ledger::new();
        let found = TABLES.read_lines("a.tsv", "a", text, &mut |line, at| take(&mut ledger, entry(line, at)?));
        (ledger, found.into_iter().map(|found| found.message).collect())
    }

    #[test]
    fn reads_what_a_merge_leaves() {
        let head = "# about\nid\tfingerprint\tstatus\tnow\tdate\treason\n";
        let text = format!("{head}a-2\t00000000000000ff\tpublished\r\n{head}a-1\t\tmoved\ta-2 a-3\t2026-07-30\twhy\n");
        let (ledger, faults) = read(&text);
        assert_eq!(faults, [""; 0]);
        let moved = &ledger["a-1"];
        assert_eq!(
            (moved.successors.join(","), moved.reason.as_deref(), moved.line),
            ("a-2,a-3".into(), Some("why"), 6)
        );
        assert_eq!(ledger["a-2"], Entry { line: 3, ..Entry::published(Some("00000000000000ff".into()), "a") });
    }

    #[test]
    fn equal_lines_of_two_branches_are_one() {
        let line = "a-1\t00000000000000ff\tpublished\n";
        let (ledger, faults) = read(&line.repeat(2));
        assert_eq!((ledger.len(), faults), (1, Vec::new()));
    }

    #[test]
    fn form_is_checked() {
        let lines = [
            "a\t\tlost",
            "../a\t\tpublished",
            "a\tff\tpublished",
            "a\t\tmoved\t\t\twhy",
            "a\t\twithdrawn",
            "a\t\twithdrawn\t\t2026-02-30\twhy",
            "a\t\tpublished\t\t\t\tx",
        ];
        for line in lines {
            assert_eq!(read(line).1.len(), 1, "{line}");
        }
        let (_, faults) = read("a-1\t\tpublished\n<<<<<<< HEAD\na-1\t00000000000000ff\tpublished\n");
        assert_eq!(faults.len(), 2);
        assert!(faults[1].contains("content/ledger/a.tsv") && faults[1].contains("line 1"), "{faults:?}");
    }
}
