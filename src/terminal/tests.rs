//! The caret stands under what is meant.

use super::*;
use codespan_reporting::term::termcolor::NoColor;
use depositary::base::span::Span;
use unicode_width::UnicodeWidthStr;

/// What is printed for an error at `marked` in `text`.
fn printed(text: &str, marked: &str) -> String {
    let start = text.find(marked).unwrap();
    let span = Span::new(start, start + marked.len());
    let place = Place::InText { path: "报告.txt".to_owned(), text: text.into(), span };
    let mut stream = NoColor::new(Vec::new());
    let diagnostic = Diagnostic::error("E0000", "a fault").at(place).hint("mend it");
    write_diagnostic(&mut stream, &diagnostic, &mut Locator::new(&[])).unwrap();
    String::from_utf8(stream.into_inner()).unwrap()
}

/// The text above the carets, found by display columns.
fn above_carets(printed: &str) -> String {
    let lines: Vec<&str> = printed.lines().collect();
    let index = lines.iter().position(|line| line.contains('^')).unwrap();
    let (before, _) = lines[index].split_once('^').unwrap();
    let (from, n_columns) = (before.width(), lines[index].matches('^').count());
    let mut column = 0;
    let is_marked = |character: &char| {
        let is_inside = column >= from && column < from + n_columns;
        column += character.to_string().width();
        is_inside
    };
    lines[index - 1].chars().filter(is_marked).collect()
}

#[test]
fn caret_is_right_under_wide_characters() {
    let text = "第一行\n国家\t日期/期间 活动和内容 备注\n第三行\n";
    let shown = printed(text, "活动");
    assert_eq!(above_carets(&shown.replace('\t', " ")), "活动", "{shown}");
    assert!(shown.contains("报告.txt:2:10"), "{shown}");
    assert!(shown.contains("hint: mend it"), "{shown}");
}

#[test]
fn a_long_line_is_cut_to_a_window() {
    let text = format!("{}目标{}", "甲".repeat(9000), "乙 ".repeat(9000));
    let shown = printed(&text, "目标");
    assert_eq!(above_carets(&shown), "目标");
    assert!(shown.contains(":1:9001"), "{shown}");
    assert!(shown.lines().all(|line| line.width() < 130), "{shown}");
}

#[test]
fn a_long_range_is_cut_too() {
    let text = "乙".repeat(9000);
    let shown = printed(&text, &text);
    assert!(shown.lines().all(|line| line.width() < 130), "{shown}");
}

#[test]
fn what_would_act_on_the_terminal_is_shown_as_signs() {
    let shown = printed("a\u{1b}[31m国\u{202e}b\n", "国");
    assert!(shown.contains("a␛[31m国\u{fffd}b"), "{shown}");
    assert_eq!(above_carets(&shown), "国");
}

#[test]
fn a_long_message_loses_its_middle() {
    let message = format!("`{}` is not a date", "日".repeat(9000));
    let mut stream = NoColor::new(Vec::new());
    write_diagnostic(&mut stream, &Diagnostic::error("E0000", message), &mut Locator::new(&[])).unwrap();
    let shown = String::from_utf8(stream.into_inner()).unwrap();
    assert!(shown.chars().count() < 700 && shown.contains("日…日") && shown.contains("is not a date"), "{shown}");
}

#[test]
fn a_cell_of_a_table_names_line_and_column() {
    let place = Place::InTable {
        path: "t.csv".to_owned(),
        row: 7,
        offset: None,
        column: Some("vote".to_owned()),
        text: "A/RES/62/59,\"两\n行\",maybe".to_owned(),
        span: Span::new(22, 27),
    };
    let mut stream = NoColor::new(Vec::new());
    write_diagnostic(&mut stream, &Diagnostic::warning("W0000", "a fault").at(place), &mut Locator::new(&[])).unwrap();
    let shown = String::from_utf8(stream.into_inner()).unwrap();
    assert!(shown.contains("t.csv:8:4") && shown.contains("^^^^^ column `vote`"), "{shown}");
}
