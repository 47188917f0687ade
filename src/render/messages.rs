//! The words of the interface, one table per language.
//!
//! Input: `messages/<tag>.toml`. Output: [`Messages`]. Invariant: a table that lacks a message, or has
//! one that nobody knows, is refused; so every page can be made in every language.

mod value;

pub(super) use self::value::{Count, Direction, Months, Words};
use self::value::{Message, Wrong, check_names, message};
use super::numbers::Numbers;
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::span::Span;
use crate::read::{MESSAGES, Template};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

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
    let built_in = MESSAGES.iter().find(|(tag, _)| *tag == language).map(|(_, text)| (path.as_str(), *text));
    let Some((shown, text)) = own.or(built_in) else { return Err(Box::new(no_table(language, &path))) };
    let numbers = Numbers::of(language)?;
    let categories: Vec<&str> = numbers.categories().collect();
    let messages = read(text, &categories).map_err(|wrong| fault(&wrong.message, wrong.span, (shown, text)))?;
    if own.is_some() {
        check_words((shown, text))?;
    }
    Ok(messages)
}

/// The table in a text, for a language whose numbers are of these categories.
fn read(text: &str, categories: &[&str]) -> Result<Messages, Wrong> {
    let table = DeTable::parse(text).map_err(|error| Wrong::new(error.message(), error.span().unwrap_or_default()))?;
    let span = table.span();
    Messages::read(&Spanned::new(span, DeValue::Table(table.into_inner())), categories)
}

/// Refuses a table of a site's own that lacks words for something that the built-in tables have words for.
fn check_words((shown, text): (&str, &str)) -> Result<(), Box<Diagnostic>> {
    let (_, built_in) = MESSAGES[0];
    let names_in = |text: &str| toml::from_str(text).map(|table| names(&table, "")).unwrap_or_default();
    let (known, own) = (names_in(built_in), names_in(text));
    let missing = known.difference(&own).next();
    missing.map_or(Ok(()), |name| Err(fault(&format!("missing message `{}`", &name[1..]), 0..0, (shown, text))))
}

/// The names of all messages. The forms of a number have none of their own, and some languages do without a few.
fn names(table: &toml::Value, path: &str) -> BTreeSet<String> {
    const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
    const OPTIONAL: [&str; 2] = [".dates.first", ".dates.months_alone"];
    let inner = table.as_table().filter(|table| !table.keys().all(|name| FORMS.contains(&name.as_str())));
    match inner {
        _ if OPTIONAL.contains(&path) => BTreeSet::new(),
        None => BTreeSet::from([path.to_owned()]),
        Some(inner) => inner.iter().flat_map(|(name, value)| names(value, &format!("{path}.{name}"))).collect(),
    }
}

fn no_table(language: &str, path: &str) -> Diagnostic {
    Diagnostic::error(code::BAD_MESSAGES, format!("there are no interface messages in `{language}`"))
        .hint(format!("add `templates/{path}`, or take the language out of `languages` in site.toml"))
}

fn fault(message: &str, span: Range<usize>, (path, text): (&str, &str)) -> Box<Diagnostic> {
    let place = Place::InText { path: path.to_owned(), text: text.into(), span: Span::new(span.start, span.end) };
    let fault = Diagnostic::error(code::BAD_MESSAGES, format!("interface messages: {message}")).at(place);
    Box::new(fault.hint("compare it with the table of another language: `src/render/messages/en.toml` of the program"))
}

macro_rules! table {
    ($($(#[$about:meta])* $name:ident { $($field:ident: $kind:ty),* $(,)? })*) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, Serialize)]
        pub(super) struct $name { $(pub(super) $field: $kind),* }

        impl Message for $name {
            fn read(value: &Spanned<DeValue<'_>>, categories: &[&str]) -> Result<Self, Wrong> {
                check_names(value, &[$(stringify!($field)),*])?;
                Ok(Self { $($field: message(value, stringify!($field), categories)?),* })
            }
        }
    )*};
}

table! {
    /// Every message.
    Messages {
        language: Language, nav: Nav, site: Site, counts: Counts, dates: Dates, labels: Labels,
        basis: Basis, reason: Reasons, field: Field, home: Home, list: List, report: ReportWords, source: SourceWords,
        record: RecordWords, history: HistoryWords, gist: GistWords, version: VersionWords, original: OriginalWords, listing: ListingWords, cite: CiteWords, corrections: CorrectionsWords, state: StateWords, year: YearWords, resolution: ResolutionWords,
        standing: StandingWords, document: DocumentWords, meeting: MeetingWords, section: SectionWords, annex: AnnexWords,
        superseded: SupersededWords, data: DataWords, picture: PictureWords, filter: FilterWords, compare: CompareWords, search: SearchWords, lost: Lost,
    }
    /// The language itself.
    Language { html: String, direction: Direction, name: String, switch: String }
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
        candidate: String, unknown: String, none: String, external: String, source: String, colon: String, stop: String,
    }
    /// Messages with numbers.
    Counts {
        records: Count, reports: Count, states: Count, acting: Count, resolutions: Count, mentions: Count, corrections: Count,
        leftovers: Count, undated: Count, lines: Count, citing: Count, beside: Count, ratified: Count,
    }
    /// How dates are written: `days` stands for the day where there is a first and a last one in a month, `first` is the
    /// number of the first day of a month where it is no plain one, `months_alone` are the names of months without a day
    /// where they are others.
    Dates {
        year: String, month: String, day: String, first: Option<String>, days: String, range: String, open_end: String,
        open_start: String, join: String, months: Months, months_alone: Option<Months>,
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
        identifier: String, name: String, note: String, paragraph: String,
    }
    /// The home page.
    Home {
        ask: String, try_asking: String, reports: String, browse: String, cite: String, cite_text: String, map: String, about: String,
        states_text: String, years_text: String, resolutions_text: String, sections_text: String,
        meetings_text: String, annex_text: String, documents_text: String, periods_text: String,
        pictures_text: String,
    }
    /// One line on each list.
    List {
        reports: String, states: String, years: String, periods: String, resolutions: String, documents: String,
        meetings: String, sections: String, narrow: String, narrowed: String, mentions: String, votes: String,
        with_records: String, mentioned: String, without_records: String, as_of: String, cited_by: String, cited: String,
        cited_beside: String, uncited: String, others: String, by_number: String, by_time: String, when: String,
    }
    /// A report's edition.
    ReportWords {
        edition: String, source_view: String, contents: String, corrections: String, leftovers: String,
        description: String, back: String, untitled: String, date_inferred: String, date_of_session: String, front: String, front_paragraph: String, footnote: String, beside: String, unparsed: String, translated: String, untranslated: String, about: String,
    }
    /// A report's source view.
    SourceWords { title: String, description: String, legend: String, line: String, lines: String, within: String, to_record: String, text: String }
    /// A record.
    RecordWords {
        what: String, proof: String, description: String, text: String, corrections: String, printed: String,
        corrected: String, why: String, by: String, basis: String, source: String,
        previous: String, following: String, in_report: String, in_state: String, same_act: String, same_urged: String, same_meeting: String, facts: String,
        field: String, nothing_printed: String, to_edition: String, to_source: String, in_words: String,
        unofficial: String, translated: String,
    }
    /// The wordings with which a record was published, and the editions of the archive.
    HistoryWords {
        title: String, version: String, description: String, since: String, in_edition: String, in_editions: String,
        in_none: String, stood: String, published: String, change: String, before: String, after: String, words: String,
        when: String, why: String, no_reason: String, unkept: String, to_record: String, of_report: String,
        editions: String, editions_description: String, edition: String, edition_description: String, named: String,
        follows: String, manifest: String, manifest_hash: String, rewritten: String, gone: String, nothing: String,
        new: Count, changed: Count, given_up: Count,
    }
    /// What records tell above all: how names are listed, and each act.
    GistWords {
        by_rule: String, first_words: String, between: String, last: String, more: String,
        urged: ActWords, called: ActWords, raised: ActWords, stressed: ActWords, promoted: ActWords, welcomed: ActWords,
        hosted: ActWords, received: ActWords, visited: ActWords, met: ActWords, took_part: ActWords, chaired: ActWords,
        supported: ActWords, contributed: ActWords, trained: ActWords, sponsored: ActWords, voted_for: ActWords,
        voted_against: ActWords, abstained: ActWords, stated: ActWords, published: ActWords, helped: ActWords,
        ratified: ActWords, refrained: ActWords,
    }
    /// An act in words: `alone` where nothing more is known, and `with` those to or with whom it was done or what it was
    /// about, which are `{to}`.
    ActWords { alone: String, with: Option<String> }
    /// A work in several languages.
    VersionWords {
        title: String, of_report: String, above: String, doubtful: String, differences: String,
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
        lists: String,
    }
    /// The page of all corrections.
    CorrectionsWords { title: String, description: String }
    /// States.
    StateWords {
        description: String, names: String, short: String, official: String, other: String, standing: String,
        treaty: String, annex: String, not_annex: String, signed: String, ratified: String,
        timeline: String, by_report: String, mentioned: String, votes: String,
        map: String, region: String, language: String, no_records: String, acts: String,
        lane_treaty: String, lane_acts: String, lane_urged: String, lane_others: String, newest: String,
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
        totals: String, dissent: String, by_state: String, said: String, said_text: String, citing: String, series: String,
        previous: String, following: String, official: String, mandate: String, printed_titles: String, untitled: String,
        vote: Words, fact: Words, body_name: Words, vote_kind: Words, agrees: String, differs: String, no_row: String, in_table: String, in_text: String,
        draft: String, sponsors: String, further_sponsors: String, sort: String, said_sponsors: String, plenary: String, sitting: String,
    }
    /// Documents.
    DocumentWords { description: String, evidence: String, this_archive: String, citing: String, date: String }
    /// Meetings.
    MeetingWords {
        description: String, series: String, ordinal: String, dates: String, place: String, venue: String, chair: String,
        conveners: String, records: String, caution: String, unknown: String, in_year: String,
    }
    /// Sections.
    SectionWords { description: String, records: String }
    /// The list of States whose ratification is needed.
    AnnexWords { description: String, lacking: String, table: String, of_all: String, named: String, named_text: String, named_by: String }
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
        without_script: String, results: Count, none: String, at_most: Count, check: String,
        working: String, failed: String, more: String, filters: String, all_values: String,
        start: String, key: String, keys: String, facets: Words, kinds: Words, also: Words,
        nothing: String, left_out: String, meant: String, without: String, quoted: String, between: String,
        voted: String, votes: Words, unofficial: String,
    }
    /// Pictures: titles, how to read them, what they leave out.
    PictureWords {
        title: String, description: String, table: String, total: String, scale: String, join: String, until: String,
        source: String, data: String, from_reports: String, from_treaty_table: String, from_votes: String, shown: Count,
        heat: String, heat_finding: String, heat_text: String, heat_left_out: Count, no_period: String, earlier: String,
        acts: String, acts_finding: String, acts_text: String, acts_left_out: Count, act: String,
        map: String, map_finding: String, map_text: String, map_records: String, map_mentions: String, map_treaty: String,
        ratified: String, signed: String, not_signed: String,
        urged: String, urged_finding: String, urged_text: String, urged_by: String, urgings_shown: Count, urged_silent: Count,
        votes: String, votes_text: String, votes_shown: Count, votes_unknown: Count,
        treaty: String, treaty_finding: String, event: String, treaty_text: String, treaty_totals: String, signatures: Count, ratifications: Count, period_end: String,
        ratified_shown: Count, signed_shown: Count, not_ratified: Count,
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
        other: String, code: String, value: String, differs: String, failed: String, unsectioned: String,
    }
    /// The page for what is not there.
    Lost { title: String, text: String, found: String, home: String }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_table_is_complete() {
        for (language, _) in MESSAGES {
            let loaded = load(language, &BTreeMap::new());
            assert!(loaded.is_ok(), "{language}: {:?}", loaded.err());
        }
    }

    #[test]
    fn every_built_in_table_has_words_for_the_same_things() {
        let tables = MESSAGES.iter().map(|(_, text)| toml::from_str(text).map(|table| names(&table, "")).unwrap());
        let tables: Vec<_> = tables.collect();
        MESSAGES.iter().zip(&tables).for_each(|((language, _), table)| assert_eq!(table, &tables[0], "{language}"));
    }

    #[test]
    fn a_missing_message_is_an_error() {
        let name = "messages/pt.toml";
        let table = Template { shown: format!("templates/{name}"), text: "[language]\nhtml = \"pt\"\n".to_owned() };
        let templates = BTreeMap::from([(name.to_owned(), table)]);
        assert_eq!(load("pt", &templates).err().map(|error| error.code), Some(code::BAD_MESSAGES));
    }

    #[test]
    fn what_a_table_has_wrong_is_told_at_its_place() {
        let english = MESSAGES.iter().find(|(language, _)| *language == "en").map_or("", |(_, text)| *text);
        let cases = [
            ("skip = ", "slip = ", "unknown message `slip`"),
            ("direction = \"ltr\"", "direction = \"up\"", "unknown direction `up`, expected `ltr` or `rtl`"),
            ("range = \"{start} to {end}\"", "range = 3", "expected a text, found a value of type integer"),
            ("range = \"{start} to {end}\"\n", "", "missing message `range`"),
            ("months = [\"January\", ", "months = [", "11 months, not 12"),
            ("months = [", "months = 1 # [", "expected the names of the months, found a value of type integer"),
        ];
        for (one, other, message) in cases {
            assert!(english.contains(one), "{one}");
            let name = "messages/en.toml";
            let table = Template { shown: name.to_owned(), text: english.replacen(one, other, 1) };
            let fault = load("en", &BTreeMap::from([(name.to_owned(), table)])).err();
            assert_eq!(fault.map(|fault| fault.message), Some(format!("interface messages: {message}")));
        }
    }

    #[test]
    fn a_number_has_every_form_of_its_language_and_no_other() {
        let russian = MESSAGES.iter().find(|(language, _)| *language == "ru").map_or("", |(_, text)| *text);
        let fault = |one: &str, other: &str| {
            let name = "messages/ru.toml";
            let table = Template { shown: name.to_owned(), text: russian.replacen(one, other, 1) };
            load("ru", &BTreeMap::from([(name.to_owned(), table)])).err().map(|fault| fault.message)
        };
        assert_eq!(fault("", ""), None);
        let missing = fault(r#"few = "{n} записи", "#, "");
        assert_eq!(missing.as_deref(), Some("interface messages: missing form `few` of a number"));
        let unknown = fault(r#"few = "{n} записи", "#, r#"few = "{n} записи", two = "{n} записи", "#);
        let expected = "unknown form `two` of a number, expected `one`, `few`, `many`, `other`";
        assert_eq!(unknown, Some(format!("interface messages: {expected}")));
    }
}
