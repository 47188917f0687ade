//! The translations of this repository's reports: complete, and with every State, number and symbol of the original.

use crate::built::Built;
use crate::folder::{copy_site, repository};
use crate::support::MONTHS;
use depositary::base::diagnostic::Diagnostic;
use depositary::base::progress::Silent;
use depositary::config::SubjectWords;
use depositary::parse::Lexicons;
use depositary::read::built_in_reference;
use depositary::{Request, check, untranslated};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use tempfile::TempDir;

fn request(root: &Path) -> Request {
    Request { root: root.to_owned(), base_url: None, is_strict: false }
}

/// This repository's site, built once for all tests.
fn site() -> &'static Built {
    static SITE: OnceLock<Built> = OnceLock::new();
    SITE.get_or_init(|| Built::new(repository(), None))
}

/// Each record's text, and its translation into English.
fn pairs() -> Vec<(String, String, String)> {
    let site = site();
    let mut reader = csv::Reader::from_path(site.path("data/translations.csv")).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
    let translation = |id: &str| rows.iter().find(|row| &row[0] == id && &row[1] == "en").map(|row| row[2].to_owned());
    let pair = |record: serde_json::Value| {
        let id = record["id"].as_str().unwrap().to_owned();
        let words = translation(&id).unwrap_or_else(|| panic!("{id} is not translated"));
        (id, record["text"].as_str().unwrap().to_owned(), words)
    };
    site.records().into_iter().map(pair).collect()
}

/// The Arabic numbers of a text, those with commas or blanks between thousands without them.
fn numbers(text: &str) -> BTreeSet<String> {
    let characters: Vec<char> = text.chars().collect();
    let is_digit = |at: usize| characters.get(at).is_some_and(char::is_ascii_digit);
    let parts_thousands = |at: usize| at > 0 && is_digit(at - 1) && (1..=3).all(|next| is_digit(at + next));
    let kept = characters.iter().enumerate().filter(|(at, one)| !matches!(one, ',' | ' ') || !parts_thousands(*at));
    let joined: String = kept.map(|(_, one)| *one).collect();
    joined.split(|one: char| !one.is_ascii_digit()).filter(|run| !run.is_empty()).map(str::to_owned).collect()
}

/// Whether `text` has `number` as English writes it: in figures, as a month, as the Roman number of an article, or as a
/// number of hundred millions (亿) in millions.
fn is_written(number: &str, original: &str, text: &str) -> bool {
    let month = number.parse().ok().and_then(|month: usize| MONTHS.get(month.checked_sub(1)?));
    let is_article = number == "14" && original.contains("第14条") && text.contains("article XIV");
    let millions = original.contains(&format!("{number}亿")) && text.contains(&format!("{number}00 million"));
    numbers(text).contains(number) || month.is_some_and(|month| text.contains(month)) || is_article || millions
}

#[test]
fn every_text_is_translated() {
    let run = untranslated(&request(repository()), "en", &Silent);
    let left = run.product.unwrap();
    assert!(left.is_empty(), "{left:#?}");
    // The reports are in Chinese; of a language without translations every text is left.
    let run = untranslated(&request(repository()), "zh", &Silent);
    assert!(run.product.unwrap().is_empty());
    let root = TempDir::new().unwrap();
    copy_site(root.path(), &["content/reference", "content/reports"]);
    let settings = fs::read_to_string(root.path().join("site.toml")).unwrap();
    let settings = settings.replace("languages = [\"zh\", \"en\"]", "languages = [\"zh\", \"fr\"]");
    fs::write(root.path().join("site.toml"), settings).unwrap();
    let run = untranslated(&request(root.path()), "fr", &Silent);
    assert_eq!(run.product.unwrap().len(), 5);
}

#[test]
fn a_translation_names_what_its_original_names() {
    let lexicons = Lexicons::new(&built_in_reference().states, &SubjectWords::default()).unwrap();
    let (chinese, english) = (lexicons.by_language("zh-Hans"), lexicons.by_language("en"));
    let mut faults = Vec::new();
    for (id, original, translation) in pairs() {
        let named = |lexicon: &depositary::parse::Lexicon, text: &str| -> BTreeSet<String> {
            lexicon.states.mentions(text).into_iter().map(|mention| mention.state.to_string()).collect()
        };
        let cited = |lexicon: &depositary::parse::Lexicon, text: &str| -> BTreeSet<String> {
            lexicon.citations_in(text).into_iter().map(|citation| citation.symbol.to_string()).collect()
        };
        let (states, translated) = (named(chinese, &original), named(english, &translation));
        if states != translated {
            let missing: Vec<_> = states.symmetric_difference(&translated).collect();
            faults.push(format!("{id}: States {missing:?}\n  {original}\n  {translation}"));
        }
        let (symbols, translated) = (cited(chinese, &original), cited(english, &translation));
        if symbols != translated {
            faults.push(format!("{id}: symbols {symbols:?}, {translated:?}\n  {original}\n  {translation}"));
        }
        let missing = numbers(&original).into_iter().filter(|number| !is_written(number, &original, &translation));
        faults.extend(missing.map(|number| format!("{id}: number {number}\n  {original}\n  {translation}")));
    }
    assert!(faults.is_empty(), "{}\n{} faults", faults.join("\n"), faults.len());
}

#[test]
fn a_term_is_translated_alike() {
    let glossary = fs::read_to_string(repository().join("content/translations/en/glossary.tsv")).unwrap();
    let rows = glossary.lines().filter(|line| !line.starts_with('#')).skip(1);
    let terms: Vec<Vec<&str>> = rows.map(|row| row.split('\t').collect()).collect();
    assert!(terms.len() > 100 && terms.iter().all(|term| term.len() == 3), "{terms:?}");
    let pairs = pairs();
    let has = |text: &str, term: &str| text.to_lowercase().contains(&term.to_lowercase());
    for term in &terms {
        let with: Vec<_> = pairs.iter().filter(|(_, original, _)| original.contains(term[0])).collect();
        let without: Vec<_> = with.iter().filter(|(.., words)| !has(words, term[1])).collect();
        assert!(without.is_empty(), "{term:?}: {without:#?}");
    }
}

#[test]
fn pages_show_translations_and_say_what_they_are() {
    let site = site();
    let id = "a-63-ctbt-1b-fra-2";
    let page = site.text(&format!("en/records/{id}/index.html"));
    let translation = page.find("\"translation\"").unwrap_or_else(|| panic!("{page}"));
    assert!(translation < page.find("在欢迎").unwrap());
    assert!(page.contains("Unofficial translation"));
    let chinese = site.text(&format!("records/{id}/index.html"));
    assert!(!chinese.contains("translation"));
    // The row of a list has its first words, marked.
    let list = site.text("en/states/fra/index.html");
    assert!(list.contains("transl."));
    // No citation is of a translation.
    let cited = site.text("en/how-to-cite/index.html");
    assert!(!cited.contains("translation by"));
}

#[test]
fn a_translation_of_a_text_that_changed_is_not_shown() {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    copy_site(root, &["content"]);
    let report = root.join("content/reports/a-63-ctbt.txt");
    let text = fs::read_to_string(&report).unwrap();
    let changed = text.replacen("哥伦比亚于 2008 年 1 月 29 日", "哥伦比亚于 2008 年 1 月 28 日", 1);
    assert_ne!(text, changed);
    fs::write(&report, changed).unwrap();
    let run = check(&request(root), &Silent).unwrap();
    let of = |code: &str| -> Vec<&Diagnostic> { run.diagnostics.iter().filter(|found| found.code == code).collect() };
    assert_eq!(of("W0519").len(), 1, "{:#?}", run.diagnostics);
    assert_eq!(of("W0520").len(), 1, "{:#?}", run.diagnostics);
}
