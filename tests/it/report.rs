//! How reports are read: each folder of `tests/cases/report/` is a case for one rule.
//!
//! A case has the text `in.txt` and what is to be made of it, `expected.toml`. With `UPDATE_CASES=1` the latter is
//! written anew; look at what changed.
//!
//! Whole texts, of the site's reports and of printed documents, are read in the same way; what is to be made of them is
//! in `tests/readings/`. `tests/cases/edited/` has texts of those cases in which one line is edited.

use crate::reader::{Reader, Reading};
use crate::support::changes;
use depositary::base::diagnostic::{Diagnostic, Place};
use depositary::base::span::Span;
use depositary::model::citation::Symbol;
use depositary::model::edtf::Edtf;
use depositary::model::fact::Fact;
use depositary::model::gist::Gist;
use depositary::model::record::{Body, CorrectedBy, CorrectedField, Correction, Reason, Record, RecordId};
use depositary::model::report::{Block, FrontMatter, Report, Role};
use depositary::read::EditorCorrection;
use depositary::resolve::check_corpus;
use serde::{Deserialize, Serialize};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a report says, in few words. What is absent or empty is left out.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Outline {
    layout: String,
    language: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    furniture: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    leftovers: Vec<String>,
    /// Code and message of each, and the words that it points at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    diagnostics: Vec<String>,
    /// Everything that is no record and no footnote, in order: `# heading`, `§ section`, `= reply`, `1 paragraph`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    structure: Vec<String>,
    #[serde(skip_serializing_if = "Front::is_empty")]
    front: Front,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    footnote: Vec<FootnoteOutline>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    record: Vec<RecordOutline>,
}

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Front {
    #[serde(skip_serializing_if = "Option::is_none")]
    symbol: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agenda_item: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    /// Resolutions and paragraphs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mandates: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organ: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    distribution: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    adopted: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    original_language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    job_number: Option<String>,
}

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FootnoteOutline {
    label: String,
    text: String,
}

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RecordOutline {
    id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    state: String,
    /// Basis of the State, and the cell as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    state_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    /// Basis of the date, and the cell as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    date_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    original_language: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    headings: Vec<String>,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    remarks: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    footnotes: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    symbols: Vec<String>,
    /// `kind STATE resolution date`, `-` for none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    facts: Vec<String>,
    /// The States that its words name, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    named: Vec<String>,
    /// When what it tells was done.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    done: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    meetings: Vec<String>,
    /// What it tells above all: `act STATE … resolution …: words`.
    #[serde(skip_serializing_if = "Option::is_none")]
    gist: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<String>,
}

impl Front {
    fn new(front: &FrontMatter) -> Self {
        let paragraph = |number: Option<u32>| number.map_or(String::new(), |number| format!(", {number}"));
        Self {
            symbol: front.symbol.clone(),
            session: front.session,
            agenda_item: front.agenda_item.clone(),
            title: front.title.clone(),
            kind: front.kind.clone(),
            mandates: front
                .mandates
                .iter()
                .map(|mandate| format!("{}{}", mandate.resolution, paragraph(mandate.paragraph)))
                .collect(),
            period: front.period.as_ref().map(|period| period.edtf.to_string()),
            organ: front.organ.clone(),
            distribution: front.distribution.clone(),
            date: front.date.as_ref().map(Edtf::to_string),
            adopted: front.adopted.as_ref().map(Edtf::to_string),
            original_language: front.original_language.clone(),
            job_number: front.job_number.clone(),
        }
    }

    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn outline(reading: &Reading) -> Outline {
    let report = &reading.report;
    Outline {
        layout: kebab(&report.layout),
        language: report.language.clone(),
        furniture: texts_of(reading, Role::Furniture),
        leftovers: texts_of(reading, Role::Leftover),
        diagnostics: reading.diagnostics.iter().map(|diagnostic| told(diagnostic, reading)).collect(),
        structure: report.blocks.iter().filter_map(|block| structure(report, block)).collect(),
        front: Front::new(&report.front),
        footnote: report
            .footnotes
            .iter()
            .map(|footnote| FootnoteOutline { label: footnote.label.clone(), text: footnote.passage.text.text.clone() })
            .collect(),
        record: report.records.iter().map(record).collect(),
    }
}

fn told(diagnostic: &Diagnostic, reading: &Reading) -> String {
    let place = match diagnostic.place {
        Some(Place::InSource(_, span)) => reading.source.slice(span),
        _ => "",
    };
    let words: Vec<&str> = place.split_whitespace().collect();
    format!("{} {}: {}", diagnostic.code, diagnostic.message, words.join(" "))
}

/// A value as it is written in the records contract.
fn kebab(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| Some(value.as_str()?.to_owned())).unwrap_or_default()
}

/// The parts of the source with this role, those joined between which only blanks stand.
fn texts_of(reading: &Reading, role: Role) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    let mut end = None;
    for piece in reading.report.pieces.iter().filter(|piece| piece.role == role) {
        let text = reading.source.slice(piece.span);
        let between = end.and_then(|end| reading.source.text.get(end..piece.span.start));
        match texts.last_mut() {
            Some(last)
                if between.is_some_and(|between| between.chars().all(|blank| matches!(blank, ' ' | '\u{a0}'))) =>
            {
                last.push_str(text);
            }
            _ => texts.push(text.to_owned()),
        }
        end = Some(piece.span.end);
    }
    texts
}

fn structure(report: &Report, block: &Block) -> Option<String> {
    match block {
        Block::FrontLine(line) => Some(line.text.text.clone()),
        Block::FrontParagraph(number, paragraph) => Some(format!("{number} {}", paragraph.text.text)),
        Block::Heading(depth, text) => Some(format!("{} {}", "#".repeat(usize::from(*depth)), text.text)),
        Block::Section(code, text) => Some(format!("§ {code} {}", text.text)),
        Block::ReplyHead(head) => {
            let lines: Vec<&str> = head.lines.iter().map(|line| line.text.as_str()).collect();
            Some(format!("= {} {}", head.name.text, lines.join(" ")))
        }
        Block::Record(index) => report.records.get(*index).map(|record| format!("-> {}", record.id)),
        Block::Footnote(index) => report.footnotes.get(*index).map(|footnote| format!("^{}", footnote.label)),
        Block::Leftover(text) => Some(format!("? {}", text.text)),
    }
}

fn record(record: &Record) -> RecordOutline {
    let symbols = record.resolutions().into_iter().chain(record.documents());
    let common = RecordOutline {
        id: record.id.to_string(),
        state: record.state.map(|state| state.to_string()).unwrap_or_default(),
        date: record.date().map(ToString::to_string),
        headings: record.paragraph().map(|paragraph| paragraph.headings.clone()).unwrap_or_default(),
        text: record.text.text.clone(),
        footnotes: record.footnotes().into_iter().map(str::to_owned).collect(),
        symbols: symbols.map(ToString::to_string).collect(),
        facts: record.facts.iter().map(fact).collect(),
        named: record.states_named.iter().map(|mention| mention.state.to_string()).collect(),
        done: record.done.iter().map(|done| done.edtf.to_string()).collect(),
        meetings: record.meetings.clone(),
        gist: record.gist.as_ref().map(|gist| told_above_all(gist, &record.text.text)),
        corrections: record.corrections.iter().map(correction).collect(),
        ..RecordOutline::default()
    };
    match &record.body {
        Body::Activity(activity) => RecordOutline {
            state_from: Some(basis(&activity.state_basis, activity.state_printed.as_deref())),
            date_from: Some(basis(&activity.date_basis, activity.date_printed.as_deref())),
            remarks: activity.remarks.clone(),
            ..common
        },
        Body::Reply(reply) => RecordOutline {
            date_from: reply.date_printed.clone(),
            original_language: reply.original_language.clone(),
            ..common
        },
        Body::Paragraph(_) => common,
    }
}

fn basis(basis: &impl Serialize, printed: Option<&str>) -> String {
    let basis = kebab(basis);
    printed.map_or_else(|| basis.clone(), |printed| format!("{basis}: {printed}"))
}

fn fact(fact: &Fact) -> String {
    let resolution = fact.resolution.as_ref().map_or("-", Symbol::as_str);
    format!("{} {} {resolution} {}", kebab(&fact.kind), fact.state, fact.date.as_ref().map_or("-", Edtf::as_str))
}

fn told_above_all(gist: &Gist, text: &str) -> String {
    let states = gist.to.iter().map(ToString::to_string);
    let about: String = states.chain(gist.resolutions.iter().map(ToString::to_string)).map(|one| one + " ").collect();
    format!("{} {about}- {}", kebab(&gist.act), &text[gist.words.clone()])
}

fn correction(correction: &Correction) -> String {
    let printed = correction.printed.as_deref().unwrap_or("nothing");
    format!("{}: {printed} -> {}", correction.field, correction.corrected)
}

/// Compares what is made of the text at `path` with what is expected, or writes the latter.
fn check(reader: &Reader, path: &Path, expected: &Path) -> Result<(), Box<dyn Error>> {
    let found = outline(&reader.read(&std::fs::read_to_string(path)?));
    if std::env::var_os("UPDATE_CASES").is_some() {
        std::fs::write(expected, toml::to_string(&found)?)?;
    }
    let expected: Outline = toml::from_str(&std::fs::read_to_string(expected)?)?;
    let (found_text, expected_text) = (toml::to_string(&found)?, toml::to_string(&expected)?);
    let same = found == expected;
    if same { Ok(()) } else { Err(format!("--- expected\n{expected_text}\n--- found\n{found_text}").into()) }
}

#[test]
fn reads_every_case_as_expected() -> Result<(), Box<dyn Error>> {
    let reader = Reader::new()?;
    let cases = crate::reader::cases()?;
    assert!(cases.len() > 30, "the cases are missing");
    let mut faults = String::new();
    for case in cases {
        if let Err(fault) = check(&reader, &case.join("in.txt"), &case.join("expected.toml")) {
            faults += &format!("\n{}\n{fault}\n", case.display());
        }
    }
    assert!(faults.is_empty(), "{faults}");
    Ok(())
}

/// The reports of this repository's site, and printed documents as they become text.
fn whole_texts() -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let folders = [("content/reports", ".txt"), ("tests/prints", ".txt"), ("tests/prints/extracted", ".pdf.txt")];
    let mut texts = Vec::new();
    for (folder, ending) in folders {
        for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))? {
            let path = entry?.path();
            if path.to_string_lossy().ends_with(ending) {
                texts.push(path);
            }
        }
    }
    Ok(texts)
}

#[test]
fn reads_whole_texts_as_expected() -> Result<(), Box<dyn Error>> {
    let reader = Reader::new()?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readings");
    let texts = whole_texts()?;
    assert!(texts.len() >= 20, "the texts are missing");
    let mut faults = String::new();
    for path in texts {
        let name = path.file_stem().ok_or("no name")?;
        if let Err(fault) = check(&reader, &path, &folder.join(name).with_added_extension("toml")) {
            faults += &format!("\n{}\n{fault}\n", path.display());
        }
    }
    assert!(faults.is_empty(), "{faults}");
    Ok(())
}

/// Ways to write one text in a file that no reader sees a difference in.
fn same_text_otherwise(text: &str) -> [(&'static str, String); 4] {
    [
        ("lines end with CRLF", text.replace('\n', "\r\n")),
        ("the last line has no end", text.trim_end_matches('\n').to_owned()),
        ("a byte order mark comes first", format!("\u{feff}{text}")),
        ("blanks do not break", text.replace(' ', "\u{a0}")),
    ]
}

/// Furniture is told by its pieces, and a blank that does not break is in none of them.
fn without_blanks_of_furniture(mut outline: Outline) -> Outline {
    outline.furniture.iter_mut().for_each(|line| line.retain(|character| !character.is_whitespace()));
    outline
}

#[test]
fn how_a_file_is_written_changes_nothing() -> Result<(), Box<dyn Error>> {
    let reader = Reader::new()?;
    let mut faults = String::new();
    for case in crate::reader::cases()? {
        let text = std::fs::read_to_string(case.join("in.txt"))?;
        let expected = toml::to_string(&without_blanks_of_furniture(outline(&reader.read(&text))))?;
        for (way, variant) in same_text_otherwise(&text) {
            let found = toml::to_string(&without_blanks_of_furniture(outline(&reader.read(&variant))))?;
            if found.replace('\u{a0}', " ") != expected.replace('\u{a0}', " ") {
                faults += &format!("\n{}: {way}\n--- expected\n{expected}\n--- found\n{found}\n", case.display());
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
    Ok(())
}

#[test]
fn records_of_each_kind_are_numbered_from_one() -> Result<(), Box<dyn Error>> {
    let reader = Reader::new()?;
    let text = "1. 本报告是依照大会第70/51号决议提出的。\n2. 收到的答复载于下文。\n\n葡萄牙\n\n[原件：英文]\n[2015年4月30日]\n\n\
                1. 葡萄牙支持条约。\n2. 葡萄牙修订了法律。\n";
    let records = reader.read(text).report.records;
    let numbers: Vec<(&str, usize)> = records.iter().map(|record| (record.id.0.as_str(), record.n)).collect();
    assert_eq!(numbers, [("case-1", 1), ("case-2", 2), ("case-prt-1", 1), ("case-prt-2", 2)]);
    Ok(())
}

/// A table, what an editor corrects in it, and what comes of that.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CorrectedTable {
    name: String,
    text: String,
    correction: Vec<EditorsEntry>,
    /// Identifier, State and its basis, date, field and value of each correction.
    #[serde(default)]
    records: Vec<String>,
    /// What does not fit.
    #[serde(default)]
    refused: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EditorsEntry {
    record: String,
    field: CorrectedField,
    printed: Option<String>,
    corrected: String,
}

impl EditorsEntry {
    fn correction(self, file: &str) -> EditorCorrection {
        let Self { record, field, printed, corrected } = self;
        let (why, by) = (Reason::Editor("so says the State".to_owned()), CorrectedBy::Editor);
        let correction = Correction { field, printed, corrected, why, by, date: None };
        let file = (Arc::from(file), Arc::from(""));
        EditorCorrection { record: RecordId(record), correction, file, span: Span::default() }
    }
}

#[test]
fn corrections_fit_or_are_refused_as_in_the_cases() -> Result<(), Box<dyn Error>> {
    let reader = Reader::new()?;
    for (file, case) in crate::support::cases::<CorrectedTable>("correction")? {
        let name = file.display().to_string();
        let entries: Vec<_> = case.correction.into_iter().map(|entry| entry.correction(&name)).collect();
        let mut reports = [Arc::new(reader.read(&case.text).report)];
        let (_, diagnostics) = check_corpus(&mut reports, &entries);
        let refused: Vec<String> =
            diagnostics.iter().map(|found| format!("{} {}", found.code, found.message)).collect();
        let records: Vec<String> = reports[0].records.iter().map(corrected).collect();
        assert_eq!(refused, case.refused, "{name}: {}", case.name);
        assert_eq!(records, case.records, "{name}: {}", case.name);
    }
    Ok(())
}

fn corrected(record: &Record) -> String {
    let state = record.state.map_or_else(|| "-".to_owned(), |state| state.to_string());
    let basis = record.activity().map(|activity| kebab(&activity.state_basis)).unwrap_or_default();
    let date = record.date().map_or("-", Edtf::as_str);
    let corrections: String =
        record.corrections.iter().map(|one| format!(" {}={}", one.field, one.corrected)).collect();
    format!("{} {state} {basis} {date}{corrections}", record.id)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EditedFile {
    text: Vec<EditedText>,
}

/// A text, and what becomes of its reading if one line is edited.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EditedText {
    case: String,
    edits: Vec<Edited>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edited {
    /// Which line, counted from 1.
    line: usize,
    edit: Edit,
    /// See [`changes`].
    #[serde(default)]
    changes: Vec<String>,
}

/// What is done with a line.
#[derive(Debug, Clone, Copy, Deserialize)]
enum Edit {
    #[serde(rename = "blank line above")]
    BlankAbove,
    #[serde(rename = "no blank line above")]
    NoBlankAbove,
    #[serde(rename = "page begins")]
    PageBegins,
    #[serde(rename = "first character gone")]
    FirstGone,
    #[serde(rename = "last character gone")]
    LastGone,
    #[serde(rename = "full stop behind")]
    StopBehind,
    #[serde(rename = "one blank more")]
    BlankMore,
    #[serde(rename = "twice")]
    Twice,
    #[serde(rename = "gone")]
    Gone,
}

impl Edited {
    fn text(&self, text: &str) -> String {
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let at = self.line - 1;
        let line = lines[at].clone();
        let bare = line.trim_end().to_owned();
        let begin = line.len() - line.trim_start().len();
        match self.edit {
            Edit::BlankAbove => lines.insert(at, String::new()),
            Edit::NoBlankAbove => assert_eq!(lines.remove(at - 1).trim(), ""),
            Edit::PageBegins => lines[at].insert(0, '\u{c}'),
            Edit::FirstGone => {
                lines[at] = line.trim_start().chars().skip(1).collect::<String>().trim_start().to_owned()
            }
            Edit::LastGone => lines[at] = bare.chars().take(bare.chars().count() - 1).collect(),
            Edit::StopBehind => lines[at] = bare + ".",
            Edit::BlankMore => lines[at].insert(begin + line[begin..].find(' ').unwrap(), ' '),
            Edit::Twice => lines.insert(at, line),
            Edit::Gone => drop(lines.remove(at)),
        }
        lines.join("\n")
    }
}

/// An outline with an item a line.
fn items(outline: &Outline) -> Result<Vec<String>, toml::ser::Error> {
    let mut items = Vec::new();
    add_items("", &toml::Value::try_from(outline)?, &mut items);
    Ok(items)
}

fn add_items(name: &str, value: &toml::Value, items: &mut Vec<String>) {
    match value {
        toml::Value::Table(fields) => {
            for (field, value) in fields {
                let name = if name.is_empty() { field.clone() } else { format!("{name}.{field}") };
                add_items(&name, value, items);
            }
        }
        toml::Value::Array(values) => {
            for value in values {
                match value {
                    toml::Value::String(text) => items.push(format!("{name}: {text}")),
                    value => add_items(name, value, items),
                }
            }
        }
        toml::Value::String(text) => items.push(format!("{name} = {text}")),
        value => items.push(format!("{name} = {value}")),
    }
}

#[test]
fn an_edited_line_changes_what_it_should() -> Result<(), Box<dyn Error>> {
    let reader = Reader::new()?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let file: EditedFile = toml::from_str(&std::fs::read_to_string(folder.join("edited/texts.toml"))?)?;
    let mut wrong = String::new();
    for text in &file.text {
        let plain = std::fs::read_to_string(folder.join("report").join(&text.case).join("in.txt"))?;
        let before = items(&outline(&reader.read(&plain)))?;
        for edited in &text.edits {
            let after = items(&outline(&reader.read(&edited.text(&plain))))?;
            let found = changes(before.iter().map(String::as_str), after.iter().map(String::as_str));
            if found != edited.changes {
                wrong += &format!("{}, line {}, {:?}: {found:#?}\n", text.case, edited.line, edited.edit);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    Ok(())
}
