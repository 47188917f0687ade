//! What holds whatever the input.
//!
//! Cases are made by `proptest` from a fixed seed, so that every run is the same. `PROPTEST_CASES=20000
//! PROPTEST_RNG_SEED=7 cargo test --test it property::` tries more and others. A case that fails is written to
//! `tests/property.regressions`, which is tried first ever after.

#![allow(clippy::unwrap_used)]

use crate::reader::account::fault;
use crate::reader::{Reader, Reading};
use depositary::base::location::{LineTable, Locator};
use depositary::base::path::{SitePath, is_slug, slug};
use depositary::config::SubjectWords;
use depositary::model::edtf::Moment;
use depositary::parse::Lexicons;
use depositary::parse::citation::{canonical, find};
use depositary::parse::date::read_cell;
use depositary::parse::lexicon::citation::CitationWords;
use depositary::read::built_in_reference;
use depositary::render::escaped;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{FileFailurePersistence, RngSeed};
use scraper::{Html, Selector};
use std::path::{Component, Path};
use std::sync::OnceLock;

/// `cases` cases from the fixed seed, unless the environment asks for others; those in `regressions` first.
pub(crate) fn config(cases: u32, regressions: &'static str) -> ProptestConfig {
    let asked = ProptestConfig::default();
    let is_asked = |name: &str| std::env::var_os(name).is_some();
    ProptestConfig {
        cases: if is_asked("PROPTEST_CASES") { asked.cases } else { cases },
        rng_seed: if is_asked("PROPTEST_RNG_SEED") { asked.rng_seed } else { RngSeed::Fixed(1945) },
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(regressions))),
        ..asked
    }
}

/// What reports are made of, and what would be markup elsewhere.
const WORDS: [&str; 64] = [
    "第",
    "号",
    "决议",
    "/",
    "(",
    ")",
    "（",
    "）",
    "[",
    "]",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "\u{3000}",
    "。",
    "，",
    "、",
    "；",
    "：",
    "“",
    "”",
    "《",
    "》",
    "国家",
    "日期/期间",
    "活动和内容",
    "备注",
    "国家 日期/期间 活动和内容 备注\n",
    "1(a) 与附件 2 国家有关的活动\n",
    "2(b)区域",
    "1. 双边",
    "澳大利亚",
    "俄罗斯联邦",
    "大不列颠及北爱尔兰联合王国",
    "2014年6月",
    "2014 年 6 月 9 日和 11 日-",
    "2100年",
    "1.",
    "8(a)",
    "一. ",
    "• ",
    "- ",
    "*",
    "^a",
    "\u{f02a}",
    "___________",
    "10-12345 (C) 5",
    "A/70/50",
    "A/RES/62/59",
    "S/RES/1718 (2006)",
    "第70/1号决议",
    "[原件：英文]",
    "[2015 年 4 月 30 日]",
    "（续）",
    "会议决定休会。",
    "批准了条约",
    "Austria",
    "resolution 62/59 of 13 December 2007",
    "\u{c}",
    "\u{feff}",
    "\u{200b}",
    "\u{202e}",
];

/// A few characters of one kind.
fn piece() -> impl Strategy<Value = String> {
    let one = |characters: std::ops::RangeInclusive<char>| proptest::char::ranges(vec![characters].into());
    prop_oneof![
        24 => select(&WORDS[..]).prop_map(str::to_owned),
        5 => "[0-9]{1,4}",
        4 => one('\u{4e00}'..='\u{9fff}').prop_map(String::from),
        2 => one('\u{ff01}'..='\u{ff5e}').prop_map(String::from),
        2 => "[ -~]{1,3}",
        1 => one('\u{20000}'..='\u{2a6df}').prop_map(String::from),
        1 => one('\u{1f300}'..='\u{1faff}').prop_map(String::from),
        1 => one('\u{300}'..='\u{36f}').prop_map(String::from),
        1 => one('\u{0}'..='\u{9f}').prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ]
}

fn text(n_pieces: usize) -> impl Strategy<Value = String> {
    vec(piece(), 0..n_pieces).prop_map(|pieces| pieces.concat())
}

fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(|| Reader::new().unwrap())
}

fn lexicons() -> &'static Lexicons {
    static LEXICONS: OnceLock<Lexicons> = OnceLock::new();
    LEXICONS.get_or_init(|| Lexicons::new(&built_in_reference().states, &SubjectWords::default()).unwrap())
}

proptest! {
    #![proptest_config(config(600, "tests/property.regressions"))]

    /// Every character that is no white space belongs to one piece, spans lie on characters, and none overlap.
    #[test]
    fn parsing_loses_nothing(text in text(120)) {
        let reading = reader().read(&text);
        prop_assert_eq!(fault(&reading), None);
        let sources = [reading.source];
        let mut locator = Locator::new(&sources);
        for told in &reading.diagnostics {
            let location = told.place.as_ref().and_then(|place| locator.location(place)).unwrap();
            let (start, end) = location.bytes.unwrap();
            prop_assert!(text.get(start..end.unwrap()).is_some(), "{:?}", told);
        }
    }

    /// Citations lie on characters, in order, apart from each other, and their symbols are canonical.
    #[test]
    fn citations_stand_apart_in_order(text in text(80)) {
        let mut end = 0;
        for citation in find(&text, CitationWords::for_text(&text)) {
            prop_assert!(citation.range.start >= end, "{:?} before {}", citation, end);
            prop_assert!(text.get(citation.range.clone()).is_some_and(|printed| !printed.is_empty()), "{:?}", citation);
            prop_assert_eq!(canonical(citation.symbol.as_str()), citation.symbol);
            end = citation.range.end;
        }
    }

    /// Lines and columns of any byte are within the text.
    #[test]
    fn points_lie_in_the_text(text in text(40), offset in 0_usize..2000) {
        let point = LineTable::new(&text).point(offset);
        prop_assert!(point.line >= 1 && point.line <= 1 + text.matches('\n').count());
        prop_assert!(point.column >= 1 && point.column <= 1 + text.chars().count());
    }

    /// A reading of text as HTML gives the same text, in an element and in an attribute, and no element beside.
    #[test]
    fn escaped_text_is_read_back_as_text(text in text(60)) {
        let markup = escaped(&text);
        let page = Html::parse_fragment(&format!("<p title=\"{markup}\">{markup}</p>"));
        let paragraphs: Vec<_> = page.select(&Selector::parse("*").unwrap()).filter(|node| node.value().name() != "html").collect();
        prop_assert_eq!(paragraphs.len(), 1, "{}", markup);
        prop_assert_eq!(paragraphs[0].text().collect::<String>(), printable(&text));
        prop_assert_eq!(paragraphs[0].value().attr("title").unwrap(), printable(&text));
        prop_assert_eq!(paragraphs[0].value().attrs().count(), 1);
    }

    /// A path that is taken for one inside the site is one.
    #[test]
    fn no_path_leaves_the_site(path in prop_oneof![text(12), "[a-z./\\\\]{0,12}", "([a-z.]{0,3}/){0,4}[a-z.]{0,3}"]) {
        prop_assert!(SitePath::new(slug(&path)).is_ok() || !is_slug(&slug(&path)));
        let Ok(path) = SitePath::new(path) else { return Ok(()) };
        let below = Path::new("/site").join(path.as_str());
        prop_assert!(below.starts_with("/site") && below != Path::new("/site"));
        prop_assert!(below.components().skip(2).all(|part| matches!(part, Component::Normal(_))), "{}", path);
        prop_assert!(path.as_str().is_ascii() && !path.as_str().contains('\\'));
    }

    /// A relative address leads from any page to any other.
    #[test]
    fn relative_addresses_lead_to_their_target(from in site_path(), to in site_path()) {
        let (from, to) = (SitePath::new(from).unwrap(), SitePath::new(to).unwrap());
        let mut folders: Vec<&str> = from.as_str().split('/').collect();
        folders.pop();
        let address = from.relative(&to);
        for part in address.split('/') {
            if part == ".." { prop_assert!(folders.pop().is_some()) } else { folders.push(part) }
        }
        prop_assert_eq!(folders.join("/"), to.as_str());
    }

    /// A symbol as printed is read as itself, whatever stands around it.
    #[test]
    fn symbols_survive_print_and_parse(symbol in symbol(), before in select(&["", "见", "（", "see "][..]), after in select(&["", "。", "）", ", ", "\n"][..])) {
        let printed = canonical(&symbol);
        prop_assert_eq!(&canonical(printed.as_str()), &printed);
        let text = format!("{before}{printed}{after}");
        let found = find(&text, CitationWords::for_text(&text));
        prop_assert_eq!(found.first().map(|citation| citation.symbol.clone()), Some(printed), "{}", text);
    }

    /// A day, month or year is read from its EDTF as itself, and whatever is read is printed as it was written.
    #[test]
    fn moments_survive_print_and_parse(moment in moment(), written in "[0-9+-]{4}(-[0-9+]{1,2}){0,2}") {
        prop_assert_eq!(Moment::read(&moment.to_edtf()), Some(moment));
        if let Some(read) = Moment::read(&written) {
            prop_assert_eq!(read.to_edtf(), written);
        }
    }

    /// A date or period as Chinese reports print it is parsed to EDTF that is read as the same.
    #[test]
    fn dates_survive_print_and_parse(start in day(), end in proptest::option::of(day())) {
        let (printed, words) = (printed(start, end), &lexicons().for_text("国").dates);
        let Some(found) = read_cell(&printed, words) else { return Err(TestCaseError::fail(printed)) };
        let read = found.edtf.stretches();
        prop_assert_eq!(read.len(), 1, "{} {}", printed, found.edtf);
        prop_assert_eq!(read[0].start, Some(start), "{} {}", printed, found.edtf);
        prop_assert_eq!(read[0].end, Some(end.unwrap_or(start)), "{} {}", printed, found.edtf);
        prop_assert_eq!(read[0].interval, end.is_some());
    }

    /// A row more in a table gives no other row another identifier.
    #[test]
    fn an_unrelated_record_changes_no_other_identifier(rows in vec(row(&STATES[..4]), 1..12), new in row(&STATES[4..]), at in 0_usize..12) {
        let (alone, mut more) = (table(&rows), rows.clone());
        more.insert(at.min(rows.len()), new);
        let (alone, more) = (identified(&reader().read(&alone)), identified(&reader().read(&table(&more))));
        let is_old = |pair: &&(String, String)| !pair.0.contains(&format!("-{}-", new.0.1));
        prop_assert_eq!(more.iter().filter(is_old).cloned().collect::<Vec<_>>(), alone);
    }
}

/// Text as HTML can hold it and a reader should see it: controls and non-characters are shown as U+FFFD, a carriage
/// return as a blank, and what would reorder the text by its name.
fn printable(text: &str) -> String {
    let shown = |character: char| match character {
        '\r' => " ".to_owned(),
        '\t' | '\n' => character.to_string(),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => format!("[U+{:04X}]", u32::from(character)),
        other if other.is_control() || matches!(other, '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}') => {
            '\u{fffd}'.to_string()
        }
        other => other.to_string(),
    };
    text.chars().map(shown).collect()
}

fn site_path() -> impl Strategy<Value = String> {
    // `nul` and the like are device names, which no path may have.
    "([a-z]{1,3}/){0,4}[a-z]{1,3}\\.html".prop_filter("a device name", |path| SitePath::new(path.as_str()).is_ok())
}

/// Symbols of the kinds that reports cite.
fn symbol() -> impl Strategy<Value = String> {
    let number = 1_u32..400;
    prop_oneof![
        (1_u32..90, number.clone()).prop_map(|(session, number)| format!("A/RES/{session}/{number}")),
        (1_u32..90, number.clone()).prop_map(|(session, number)| format!("A/{session}/{number}")),
        (1_u32..90, number.clone(), 1_u32..9)
            .prop_map(|(session, number, add)| format!("A/{session}/{number}/Add.{add}")),
        (1_u32..2800, 1946_u32..2026).prop_map(|(number, year)| format!("S/RES/{number} ({year})")),
        (1946_u32..2026, number.clone()).prop_map(|(year, number)| format!("S/{year}/{number}")),
        number.prop_map(|number| format!("NPT/CONF.2010/PC.I/WP.{number}")),
    ]
}

fn moment() -> impl Strategy<Value = Moment> {
    let part = |limit: u8| 1..=limit;
    prop_oneof![
        (0_i32..10_000).prop_map(|year| Moment { year, month: None, day: None }),
        (0_i32..10_000, part(12)).prop_map(|(year, month)| Moment { year, month: Some(month), day: None }),
        (0_i32..10_000, part(12), part(31)).prop_map(|(year, month, day)| Moment {
            year,
            month: Some(month),
            day: Some(day)
        }),
    ]
}

/// A moment of the years of the United Nations, which is a day of every calendar year if it is one.
fn day() -> impl Strategy<Value = Moment> {
    let part = |limit: u8| 1..=limit;
    (1946_i32..2046, proptest::option::of((part(12), proptest::option::of(part(28))))).prop_map(|(year, rest)| Moment {
        year,
        month: rest.map(|(month, _)| month),
        day: rest.and_then(|(_, day)| day),
    })
}

/// A date or period as Chinese reports print it.
fn printed(start: Moment, end: Option<Moment>) -> String {
    let one = |moment: Moment| {
        let part = |number: Option<u8>, noun: &str| number.map(|number| format!("{number}{noun}")).unwrap_or_default();
        format!("{}年{}{}", moment.year, part(moment.month, "月"), part(moment.day, "日"))
    };
    end.map_or_else(|| one(start), |end| format!("{}至{}", one(start), one(end)))
}

/// Names of States and their codes in identifiers; the last one is for rows that are put in.
const STATES: [(&str, &str); 5] =
    [("澳大利亚", "aus"), ("奥地利", "aut"), ("新西兰", "nzl"), ("墨西哥", "mex"), ("日本", "jpn")];

type TableRow = ((&'static str, &'static str), u32, u32);

/// State, year and month of a row.
fn row(states: &'static [(&'static str, &'static str)]) -> impl Strategy<Value = TableRow> + Clone {
    (select(states), 2000_u32..2020, 1_u32..13)
}

fn table(rows: &[TableRow]) -> String {
    let head = "国家\t日期/期间\t活动和内容\t备注\n1(a) 与附件 2 国家有关的活动\t\t\t\n".to_owned();
    let lines = rows
        .iter()
        .map(|((name, _), year, month)| format!("{name}\t{year}年{month}月\t该国举办了第{month}次讲座。\t\n"));
    head + &lines.collect::<String>()
}

/// Identifier and text of every record.
fn identified(reading: &Reading) -> Vec<(String, String)> {
    reading.report.records.iter().map(|record| (record.id.0.clone(), record.text.text.clone())).collect()
}
