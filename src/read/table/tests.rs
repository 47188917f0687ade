//! What is told of a table, and where.

use super::*;

const LAYOUT: Layout = Layout { required: &["iso3", "name"], optional: &["date", "vote"] };

/// Code, line, column and marked bytes of every fault.
fn faults(text: &str) -> Vec<(&'static str, u64, Option<String>, String)> {
    let mut table = Table::read("t.csv", text, LAYOUT);
    table.map_rows(|row| {
        let code = row.iso3("iso3")?;
        row.unique("iso3", code.as_str());
        row.required("name");
        row.date("date");
        row.text("vote").and_then(|_| row.choice("vote", &[("yes", true), ("no", false)]))
    });
    let place = |found: Diagnostic| match found.place {
        Some(Place::InTable { row, column, text, span, .. }) => {
            (found.code, row, column, text[span.start..span.end].to_owned())
        }
        _ => (found.code, 0, None, String::new()),
    };
    table.finish().into_iter().map(place).collect()
}

fn cell(code: &'static str, line: u64, column: &str, text: &str) -> (&'static str, u64, Option<String>, String) {
    (code, line, Some(column.to_owned()), text.to_owned())
}

#[test]
fn each_fault_names_line_and_column_and_hides_no_other() {
    let text = "iso3,name,date,vote\r\n\r\nAut,Austria,,\r\nAUT,,,\r\nBEL,\"Bel,\"\"g\r\nium\",2008-02-30,\r\nDEU,Germany,,Yes\r\n";
    assert_eq!(
        faults(text),
        [
            cell(code::BAD_ISO3, 3, "iso3", "Aut"),
            cell(code::BLANK_CELL, 4, "name", ""),
            cell(code::BAD_DATE, 5, "date", "2008-02-30"),
            cell(code::BAD_CELL, 7, "vote", "Yes"),
        ]
    );
}

#[test]
fn ragged_rows_and_double_keys_are_found() {
    let text = "\u{feff}iso3,name\nAUT\nBEL,Belgium\nBEL,Belgium\n";
    assert_eq!(
        faults(text),
        [(code::RAGGED_ROW, 2, None, "AUT".to_owned()), cell(code::DUPLICATE_KEY, 4, "iso3", "BEL")]
    );
}

#[test]
fn what_a_spreadsheet_leaves_empty_is_passed_over() {
    assert!(faults("iso3,name,,\nAUT,Austria,,\n,,,\n,,\nBEL,Belgium,,\n").is_empty());
    assert_eq!(faults("iso3,name,,\nAUT,Austria,,x\n")[0].0, code::RAGGED_ROW);
}

#[test]
fn a_wrong_separator_is_the_only_thing_told() {
    for text in ["iso3;name;date\nAUT;Austria, the;\n", "iso3\tname\nx\ty\n", "\"iso3\"|\"name\"\n"] {
        let mut told = Table::read("t.csv", text, LAYOUT).finish();
        let told = told.pop().filter(|_| told.is_empty()).unwrap();
        assert!(told.code == code::BAD_TABLE && told.message.contains("parted by"), "{told:?}");
    }
}

#[test]
fn header_is_checked_before_the_rows() {
    assert_eq!(
        faults("iso3,nam\nx,y\n").iter().map(|fault| fault.0).collect::<Vec<_>>(),
        [code::UNKNOWN_COLUMN, code::MISSING_COLUMN]
    );
    assert_eq!(faults("").first().map(|fault| fault.0), Some(code::BAD_TABLE));
}

#[test]
fn faults_beyond_the_limit_are_counted() {
    let rows = "x,y\n".repeat(MAX_TABLE_DIAGNOSTICS + 5);
    let found = faults(&format!("iso3,name\n{rows}"));
    assert_eq!((found.len(), found.last().map(|fault| fault.0)), (MAX_TABLE_DIAGNOSTICS + 1, Some(code::BAD_TABLE)));
}
