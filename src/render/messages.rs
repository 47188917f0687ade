//! The words of the interface, one table per language.
//!
//! Input: `messages/<tag>.toml`. Output: [`Messages`]. Invariant: a table that lacks a message, or has
//! one that nobody knows, is refused; so every page can be made in every language.

use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::span::Span;
use crate::read::Template;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The tables that come with the program; one in the templates folder (`messages/<tag>.toml`) goes first.
const TABLES: [(&str, &str); 2] = [("zh", include_str!("messages/zh.toml")), ("en", include_str!("messages/en.toml"))];

/// The built-in tables by their place in a site.
pub fn built_in() -> impl Iterator<Item = (String, &'static [u8])> {
    TABLES.iter().map(|(language, text)| (format!("templates/messages/{language}.toml"), text.as_bytes()))
}

/// A message with a number in it: `{n}`.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Count {
    one: String,
    other: String,
}

impl Count {
    /// The message for `number`.
    pub(super) fn of(&self, number: usize) -> String {
        let form = if number == 1 { &self.one } else { &self.other };
        form.replace("{n}", &grouped(number))
    }

    /// The message for `number`, where there is anything to be said: none of nothing.
    pub(super) fn of_any(&self, number: usize) -> Option<String> {
        (number > 0).then(|| self.of(number))
    }
}

/// A number with a comma before every three digits, as both languages write it.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `message` with `{name}` replaced, for each pair; what no pair names stays.
pub(super) fn fill(message: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(message.len() + values.iter().map(|(_, value)| value.len()).sum::<usize>());
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let found = after.split_once('}').and_then(|(name, after)| Some((value_of(name, values)?, after)));
        match found {
            Some((value, after)) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

fn value_of<'a>(name: &str, values: &[(&str, &'a str)]) -> Option<&'a str> {
    values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

/// The table of one language.
///
/// # Errors
/// If there is none, or it lacks a message, or has an unknown one.
pub(super) fn load(language: &str, templates: &BTreeMap<String, Template>) -> Result<Messages, Box<Diagnostic>> {
    let path = format!("messages/{language}.toml");
    let own = templates.get(&path).map(|template| (template.shown.as_str(), template.text.as_str()));
    let built_in = TABLES.iter().find(|(tag, _)| *tag == language).map(|(_, text)| (path.as_str(), *text));
    let Some((shown, text)) = own.or(built_in) else { return Err(Box::new(no_table(language, &path))) };
    toml::from_str(text).map_err(|error| Box::new(diagnostic(&error, shown, text)))
}

fn no_table(language: &str, path: &str) -> Diagnostic {
    Diagnostic::error(code::BAD_MESSAGES, format!("there are no interface messages in `{language}`"))
        .hint(format!("add `templates/{path}`, or take the language out of `languages` in site.toml"))
}

fn diagnostic(error: &toml::de::Error, path: &str, text: &str) -> Diagnostic {
    let span = error.span().map_or(Span::default(), |range| Span::new(range.start, range.end));
    let place = Place::InText { path: path.to_owned(), text: text.into(), span };
    let message =
        error.message().replace("missing field", "missing message").replace("unknown field", "unknown message");
    Diagnostic::error(code::BAD_MESSAGES, format!("interface messages: {message}"))
        .at(place)
        .hint("compare it with the table of another language: `src/render/messages/en.toml` of the program")
}

macro_rules! table {
    ($($(#[$about:meta])* $name:ident { $($field:ident: $kind:ty),* $(,)? })*) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, Deserialize, Serialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name { $(pub(super) $field: $kind),* }
    )*};
}

/// Words of the kinds that data have: `Printed` and the like, by their name in the records contract.
pub(super) type Words = BTreeMap<String, String>;

table! {
    /// Every message.
    Messages {
        language: Language, nav: Nav, site: Site, counts: Counts, dates: Dates, labels: Labels,
        basis: Basis, reason: Reasons, field: Field, home: Home, list: List, report: ReportWords, source: SourceWords,
        record: RecordWords, version: VersionWords, original: OriginalWords, listing: ListingWords, cite: CiteWords, corrections: CorrectionsWords, state: StateWords, year: YearWords, resolution: ResolutionWords,
        standing: StandingWords, document: DocumentWords, meeting: MeetingWords, section: SectionWords, annex: AnnexWords,
        superseded: SupersededWords, data: DataWords, picture: PictureWords, filter: FilterWords, compare: CompareWords, search: SearchWords, lost: Lost,
    }
    /// The language itself.
    Language { html: String, name: String, switch: String }
    /// Navigation.
    Nav {
        skip: String, main: String, here: String, home: String, reports: String, states: String, years: String,
        periods: String, resolutions: String, documents: String, meetings: String, sections: String, next: String, order: String,
        contents: String,
    }
    /// What every page says of the site.
    Site {
        unofficial: String, of_archive: String, file: String, edition: String,
        licence: String, public_domain: String, order: String, not_translated: String, address: String, copy: String, copied: String,
        candidate: String, unknown: String, none: String, external: String, source: String, colon: String,
    }
    /// Messages with numbers.
    Counts {
        records: Count, reports: Count, states: Count, resolutions: Count, mentions: Count, corrections: Count,
        leftovers: Count, undated: Count, lines: Count, citing: Count, beside: Count, ratified: Count,
    }
    /// How dates are written.
    Dates {
        year: String, month: String, day: String, range: String, open_end: String, open_start: String, join: String,
        months: Vec<String>,
    }
    /// Warnings beside a value.
    Labels {
        inferred: String, corrected: String, missing: String, bounded: String, partial: String, typo: String, symbol: String,
        leftover: String, editor: String, rule: String,
    }
    /// Where a value comes from, in a sentence, by the word of the records contract.
    Basis { state: Words, date: Words, layout: Words, role: Words, kind: Words, encoding: Words, status: Words }
    /// Why a rule corrected something.
    Reasons { name_too_high: String, digits_exchanged: String }
    /// Names of fields.
    Field {
        state: String, date: String, reported: String, period: String, section: String, report: String, resolutions: String,
        documents: String, mentions: String, meetings: String, remarks: String, footnotes: String, number: String,
        headings: String, language: String, symbol: String, session: String, item: String, mandate: String,
        title: String, kind: String, layout: String, records: String, file: String, hash: String, encoding: String,
        line: String, lines: String, bytes: String, identifier: String, name: String, note: String, paragraph: String,
    }
    /// The home page.
    Home {
        reports: String, browse: String, cite: String, cite_text: String, map: String, about: String,
        states_text: String, years_text: String, resolutions_text: String, sections_text: String,
        meetings_text: String, annex_text: String, documents_text: String, periods_text: String,
        pictures_text: String,
    }
    /// One line on each list.
    List {
        reports: String, states: String, years: String, periods: String, resolutions: String, documents: String,
        meetings: String, sections: String,
    }
    /// A report's edition.
    ReportWords {
        edition: String, source_view: String, contents: String, corrections: String, leftovers: String,
        description: String, back: String, untitled: String, date_inferred: String, date_of_session: String, front: String, front_paragraph: String, footnote: String, beside: String, unparsed: String,
    }
    /// A report's source view.
    SourceWords { title: String, description: String, legend: String, line: String, to_record: String, text: String }
    /// A record.
    RecordWords {
        title: String, description: String, text: String, about: String, corrections: String, printed: String,
        corrected: String, why: String, by: String, basis: String, source: String,
        previous: String, following: String, in_report: String, in_state: String, facts: String,
        field: String, nothing_printed: String, to_edition: String, to_source: String, in_words: String,
        unofficial: String, translated: String,
    }
    /// A work in several languages.
    VersionWords {
        title: String, of_report: String, above: String, doubtful: String, here: String, differences: String,
        different: Count, alone: Count, alone_title: String, nothing: String, own: String, other: String,
    }
    /// The published document that a report's text was extracted from.
    OriginalWords {
        title: String, whole: String, page: String, pages: String, begins: String, job_number: String, of_report: String,
    }
    /// Lists of records.
    ListingWords { left_out: String, more: String, part: String, part_description: String }
    /// How to cite a page.
    CiteWords {
        title: String, more: String, permanent: String, no_address: String, files: String, of_report: String,
        lists: String, data: String,
    }
    /// The page of all corrections.
    CorrectionsWords { title: String, description: String }
    /// States.
    StateWords {
        description: String, names: String, short: String, official: String, other: String, standing: String,
        treaty: String, annex: String, not_annex: String, signed: String, ratified: String,
        timeline: String, by_report: String, mentioned: String, votes: String,
        map: String, region: String, language: String, no_records: String,
        names_in: Words,
    }
    /// A State's standing towards the treaty.
    StandingWords {
        signed_undated: String, not_signed: String, not_ratified: String, as_of: String, withdrawn: String,
        after_reports: String, none: String, others: String, withdrew: String,
    }
    /// Years and periods.
    YearWords {
        title: String, description: String, period_title: String, period_description: String, touching: String,
        bounded: String, events: String,
    }
    /// Resolutions.
    ResolutionWords {
        description: String, full_symbol: String, adopted: String, body: String, meeting: String, votes: String, vote_type: String,
        totals: String, by_state: String, said: String, said_text: String, citing: String, series: String,
        previous: String, following: String, official: String, mandate: String, printed_titles: String, untitled: String,
        vote: Words, fact: Words, body_name: Words, vote_kind: Words, agrees: String, differs: String, no_row: String, in_table: String, in_text: String,
    }
    /// Documents.
    DocumentWords { description: String, evidence: String, this_archive: String, citing: String, date: String }
    /// Meetings.
    MeetingWords {
        description: String, series: String, ordinal: String, dates: String, place: String, venue: String, chair: String,
        conveners: String, records: String, caution: String,
    }
    /// Sections.
    SectionWords { description: String, records: String }
    /// The list of States whose ratification is needed.
    AnnexWords { description: String, table: String, standing: String, named: String, named_text: String, named_by: String }
    /// A page at the address of an identifier that was given up.
    SupersededWords {
        moved: String, split: String, merged: String, withdrawn: String, reason: String, date: String, now: String,
        kept: String, identifier: String, corrected: String, survived: String, rest: String,
    }
    /// The page of data files: what is said of all, and by its name of each.
    DataWords {
        title: String, description: String, reading: String, formulas: String, lists: String, checks: String,
        spreadsheet: String, no_licence: String, table: String, file: String, rows: String, bytes: String,
        format: String, load: String, folder: String, whole: String, files: Words,
    }
    /// The search, on its page and in the head of every page.
    SearchWords {
        title: String, description: String, field: String, hint: String, submit: String, clear: String, help: String,
        without_script: String, results: String, results_one: String, none: String, at_most: String, at_most_one: String, check: String,
        working: String, failed: String, more: String, filters: String, all_values: String,
        start: String, key: String, keys: String, facets: Words, kinds: Words, also: Words,
        nothing: String, left_out: String, meant: String, without: String, between: String,
        voted: String, votes: Words, unofficial: String,
    }
    /// Pictures: titles, how to read them, what they leave out.
    PictureWords {
        title: String, description: String, table: String, total: String, scale: String, join: String, until: String,
        sideways: String, shown: Count, undated: Count, hatched: Count,
        bounded: Count, bounded_figure: String, bounded_key: String,
        heat: String, heat_text: String, heat_left_out: Count, no_period: String, earlier: String,
        line: String, line_text: String, line_own: String, line_others: String,
        map: String, map_text: String, map_records: String, map_mentions: String, map_treaty: String,
        ratified: String, signed: String, not_signed: String,
        addressed: String, addressed_text: String, addressed_state: String, addressed_by: String,
        addressed_cell: String, mentions_shown: Count, mentions_left_out: Count, not_mentioned: Count,
        votes: String, votes_text: String, votes_shown: Count, votes_unknown: Count,
        treaty: String, treaty_text: String, treaty_totals: String, signatures: Count, ratifications: Count, period_end: String,
        ratified_shown: Count, signed_shown: Count, not_ratified: Count,
        sections: String, sections_text: String,
    }
    /// The filter of a list of records.
    FilterWords {
        title: String, all: String, from: String, until: String, basis: String, sort: String, archive: String, archive_back: String,
        date: String, date_back: String, state: String, state_back: String, shown: String, undated: String, unbounded: String, reset: String, csv: String,
        keys: String,
    }
    /// States side by side.
    CompareWords {
        title: String, description: String, with: String, script: String, choose: String, first: String,
        second: String, third: String, nobody: String, names: String, records: String, mentions: String,
        other: String, code: String, value: String, failed: String, unsectioned: String,
    }
    /// The page for what is not there.
    Lost { title: String, text: String, found: String, home: String }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_table_is_complete() {
        for (language, _) in TABLES {
            let loaded = load(language, &BTreeMap::new());
            assert!(loaded.is_ok(), "{language}: {:?}", loaded.err());
        }
    }

    #[test]
    fn every_built_in_table_has_words_for_the_same_data_files() {
        let names = TABLES
            .map(|(language, _)| load(language, &BTreeMap::new()).unwrap().data.files.into_keys().collect::<Vec<_>>());
        assert_eq!(names[0], names[1]);
    }

    #[test]
    fn a_missing_message_is_an_error() {
        let name = "messages/fr.toml";
        let table = Template { shown: format!("templates/{name}"), text: "[language]\nhtml = \"fr\"\n".to_owned() };
        let templates = BTreeMap::from([(name.to_owned(), table)]);
        assert_eq!(load("fr", &templates).err().map(|error| error.code), Some(code::BAD_MESSAGES));
    }

    #[test]
    fn groups_digits_by_three() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(12), "12");
    }
}
