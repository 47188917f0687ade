//! The tables besides the records: each a walk over the archive, a row a thing.

use super::column::Column;
use super::table::{Table, date, days, joined, optional, written};
use crate::model::citation::CitationKind;
use crate::model::edtf::Edtf;
use crate::model::record::Record;
use crate::model::report::Report;
use crate::model::wording::Version;
use crate::render::address;
use crate::render::input::Input;
use crate::render::json::word;
use crate::resolve::work::Difference;
use std::borrow::Cow;

const CITATIONS: &[Column] = &[
    Column::text("record", "the record that cites").required().of("records", "id"),
    Column::text("symbol", "symbol of what is cited, in its canonical spelling").required(),
    Column::text("kind", "resolution or document").required(),
    Column::text("printed", "the words that cite it").required(),
    Column::integer("start", "first byte of these words in the record's text, UTF-8").required(),
    Column::integer("end", "the byte after the last").required(),
    Column::integer("start_character", "the same places in characters (Unicode code points)").required(),
    Column::integer("end_character", "the character after the last").required(),
    Column::text("title", "title printed before the number"),
];

const MENTIONS: &[Column] = &[
    Column::text("record", "the record that names the State").required().of("records", "id"),
    Column::text("state", "the State named, ISO 3166-1 alpha-3").required().of("states", "iso3"),
    Column::text("printed", "the name as printed").required(),
    Column::integer("start", "first byte of the name in the record's text, UTF-8").required(),
    Column::integer("end", "the byte after the last").required(),
    Column::integer("start_character", "the same places in characters (Unicode code points)").required(),
    Column::integer("end_character", "the character after the last").required(),
    Column::boolean("own", "whether it is the State whose record it is").required(),
];

const FACTS: &[Column] = &[
    Column::text("record", "the record that states it").required().of("records", "id"),
    Column::text(
        "kind",
        "what was done: ratified, voted-for, voted-against, abstained, sponsored, hosted, received, contributed",
    )
    .required(),
    Column::text("state", "by which State, ISO 3166-1 alpha-3").required().of("states", "iso3"),
    Column::text("resolution", "the resolution voted on or sponsored"),
    Column::text("date", "when, as EDTF, where the text says so"),
    Column::date("date_start", "its first day"),
    Column::date("date_end", "its last day"),
    Column::text("footnote", "label of the footnote that says it; empty if the text itself does"),
    Column::text("words", "the words that say it").required(),
];

const CORRECTIONS: &[Column] = &[
    Column::text("record", "the record corrected").required().of("records", "id"),
    Column::text("field", "its field").required(),
    Column::text("printed", "as printed; empty where nothing was"),
    Column::text("corrected", "as corrected").required(),
    Column::text("why", "the reason").required(),
    Column::text("by", "rule or editor").required(),
    Column::date("date", "the day on which an editor made it"),
];

const TRANSLATIONS: &[Column] = &[
    Column::text("record", "the record whose text it translates").required().of("records", "id"),
    Column::text("language", "into which language, BCP 47").required(),
    Column::text("text", "the translation, which is unofficial").required(),
];

const EXPRESSIONS: &[Column] = &[
    Column::text("record", "the record").required().of("records", "id"),
    Column::text("language", "the language of the text, BCP 47").required(),
    Column::text("report", "the report with the text in that language").required().of("reports", "id"),
    Column::text("text", "the text of the record in that language").required(),
    Column::text("date_printed", "the date of its row or reply as printed in that language"),
    Column::text("pairing", "own: the record's own report; paired, or doubtful: another language of it").required(),
    Column::list("differences", "what it has otherwise than the record's own report: field: own > other"),
];

const LEDGER: &[Column] = &[
    Column::text("id", "a record's identifier, or with / a page's address").key(),
    Column::text("fingerprint", "fingerprint of the text it stands for"),
    Column::text("status", "published, corrected, moved, split, merged or withdrawn").required(),
    Column::text("now", "identifiers that lead on from it, blanks between them"),
    Column::text("date", "day of the change"),
    Column::text("reason", "why it was changed"),
    Column::text("file", "the file of the ledger it stands in").required(),
];

const VERSIONS: &[Column] = &[
    Column::text("record", "the record, which may have been given up: ledger.csv says what became of it").key(),
    Column::integer("version", "number of the wording among those of the record, from 1").key(),
    Column::date("date", "the day on which it was published, where that is known"),
    Column::text("reason", "why it took the place of the one before"),
    Column::text("state", "the State that it had").of("states", "iso3"),
    Column::text("date_edtf", "the date that it had, as EDTF"),
    Column::date("date_start", "its first day"),
    Column::date("date_end", "its last day"),
    Column::text("section", "the section that it stood in"),
    Column::text("language", "language of the text, BCP 47").required(),
    Column::text("text", "the text that it had").required(),
    Column::text("sha256", "hash of the wording, by which the manifests of editions name it").required(),
    Column::list("editions", "the editions in which it stood: first/last"),
];

/// How many characters of a record's text stand before a byte of it.
fn characters_before(record: &Record, offset: usize) -> Cow<'static, str> {
    written(record.text.text[..offset].chars().count())
}

fn kind_name(kind: CitationKind) -> &'static str {
    match kind {
        CitationKind::Resolution => "resolution",
        CitationKind::Document => "document",
    }
}

/// Every record, in order, with its report.
fn records<'a>(input: &Input<'a>) -> impl Iterator<Item = (&'a Report, &'a Record)> {
    input.corpus.records().map(|(_, report, record)| (report, record))
}

/// `citations.csv`: an edge from a record to a symbol for each place where it is cited.
pub(super) fn citations(input: &Input<'_>) -> Table {
    let mut table = Table::new(CITATIONS);
    for (_, record) in records(input) {
        for citation in &record.citations {
            table.push([
                Cow::Borrowed(record.id.0.as_str()),
                Cow::Borrowed(citation.symbol.as_str()),
                Cow::Borrowed(kind_name(citation.kind)),
                optional(record.text.text.get(citation.range.clone())),
                written(citation.range.start),
                written(citation.range.end),
                characters_before(record, citation.range.start),
                characters_before(record, citation.range.end),
                optional(citation.title.as_deref()),
            ]);
        }
    }
    table
}

/// `mentions.csv`: every place where a State is named.
pub(super) fn mentions(input: &Input<'_>) -> Table {
    let mut table = Table::new(MENTIONS);
    for (_, record) in records(input) {
        for mention in &record.states_named {
            table.push([
                Cow::Borrowed(record.id.0.as_str()),
                Cow::Borrowed(mention.state.as_str()),
                optional(record.text.text.get(mention.range.clone())),
                written(mention.range.start),
                written(mention.range.end),
                characters_before(record, mention.range.start),
                characters_before(record, mention.range.end),
                written(record.state == Some(mention.state)),
            ]);
        }
    }
    table
}

/// `facts.csv`: what records say that States did.
pub(super) fn facts(input: &Input<'_>) -> Table {
    let mut table = Table::new(FACTS);
    for (_, record) in records(input) {
        for fact in &record.facts {
            let [start, end] = days(fact.date.as_ref());
            table.push([
                Cow::Borrowed(record.id.0.as_str()),
                Cow::Owned(word(&fact.kind)),
                Cow::Borrowed(fact.state.as_str()),
                optional(fact.resolution.as_ref().map(|symbol| symbol.as_str())),
                date(fact.date.as_ref()),
                start,
                end,
                optional(fact.footnote.as_deref()),
                Cow::Borrowed(&*fact.words),
            ]);
        }
    }
    table
}

/// `corrections.csv`: every correction, as printed and as corrected.
pub(super) fn corrections(input: &Input<'_>) -> Table {
    let mut table = Table::new(CORRECTIONS);
    for (_, record) in records(input) {
        for correction in &record.corrections {
            table.push([
                Cow::Borrowed(record.id.0.as_str()),
                Cow::Owned(word(&correction.field)),
                optional(correction.printed.as_deref()),
                Cow::Borrowed(correction.corrected.as_str()),
                written(&correction.why),
                Cow::Owned(word(&correction.by)),
                optional(correction.date.as_deref()),
            ]);
        }
    }
    table
}

/// `translations.csv`: the unofficial translations of records.
pub(super) fn translations(input: &Input<'_>) -> Table {
    let mut table = Table::new(TRANSLATIONS);
    for (report, record) in records(input) {
        for (language, text) in input.corpus.translations.all(&report.id, &record.text.text) {
            table.push([Cow::Borrowed(record.id.0.as_str()), Cow::Borrowed(language), Cow::Borrowed(text)]);
        }
    }
    table
}

/// `expressions.csv`: the records of works in several languages, a row for each language.
pub(super) fn expressions(input: &Input<'_>) -> Table {
    let mut table = Table::new(EXPRESSIONS);
    let corpus = input.corpus;
    let records = corpus.records().filter(|(at, _, _)| corpus.works.expressions(at.report).len() > 1);
    for (at, _, record) in records {
        for version in std::iter::once(&at).chain(corpus.works.versions(at)) {
            let Some((report, said)) = version.get(corpus) else { continue };
            let pair = corpus.works.pair(*version);
            let differences = pair.map(|pair| pair.differences.iter().map(difference).collect::<Vec<_>>());
            table.push([
                Cow::Borrowed(record.id.0.as_str()),
                Cow::Borrowed(report.language.as_str()),
                Cow::Borrowed(report.id.0.as_str()),
                Cow::Borrowed(said.text.text.as_str()),
                optional(said.date_printed()),
                Cow::Borrowed(pair.map_or("own", |pair| if pair.is_doubtful { "doubtful" } else { "paired" })),
                joined(differences.unwrap_or_default().iter().map(String::as_str)),
            ]);
        }
    }
    table
}

fn difference(Difference { field, work, expression }: &Difference) -> String {
    let value = |value: &Option<String>| value.clone().unwrap_or_default();
    format!("{}: {} > {}", word(field), value(work), value(expression))
}

/// `ledger.csv`: every identifier that was ever published; no row for a site without a ledger.
pub(super) fn ledger(input: &Input<'_>) -> Table {
    let mut table = Table::new(LEDGER);
    for (id, entry) in input.ledger.into_iter().flatten() {
        let cells = entry.cells(id).into_iter().map(Cow::Owned);
        table.push(cells.chain([Cow::Borrowed(entry.file.as_str())]));
    }
    table
}

/// `versions.csv`: the wordings of records that were published with several, and of those that were given up.
pub(super) fn versions(input: &Input<'_>) -> Table {
    let mut table = Table::new(VERSIONS);
    for id in input.versions.keys() {
        for Version { number, date, reason, wording, language, .. } in input.history(id) {
            let sha256 = wording.sha256();
            let [date_start, date_end] = days(wording.date.as_deref().map(Edtf::as_printed).as_ref());
            let stood = input.releases.stood(id, &sha256);
            let editions: Vec<String> =
                stood.iter().map(|stretch| format!("{}/{}", stretch.first.date, stretch.last.date)).collect();
            table.push([
                Cow::Borrowed(id.as_str()),
                written(number),
                optional(date.as_deref()),
                optional(reason.as_deref()),
                wording.state.map_or(Cow::Borrowed(""), written),
                optional(wording.date.as_deref()),
                date_start,
                date_end,
                optional(wording.section.as_deref()),
                Cow::Borrowed(language.as_str()),
                Cow::Borrowed(wording.text.as_str()),
                Cow::Owned(sha256),
                joined(editions.iter().map(String::as_str)),
            ]);
        }
    }
    table
}

/// `reports.csv`: the reports and what is known of each.
pub(super) fn reports(input: &Input<'_>) -> Table {
    let mut table = Table::new(REPORTS);
    for report in &input.corpus.reports {
        let source = input.corpus.sources.get(report.source.0);
        let issued = input.index.issued(input.corpus, report);
        let [period_start, period_end] = days(report.period());
        let [start, end] = days(issued.as_ref().map(|issued| &*issued.date));
        let file = address::source_text(&report.id);
        table.push([
            Cow::Borrowed(report.id.0.as_str()),
            optional(report.symbol()),
            Cow::Borrowed(report.title()),
            optional(report.meta.title_en.as_deref()),
            report.session().map_or(Cow::Borrowed(""), written),
            date(report.period()),
            period_start,
            period_end,
            date(issued.as_ref().map(|issued| &*issued.date)),
            start,
            end,
            issued.as_ref().map_or(Cow::Borrowed(""), |issued| Cow::Owned(word(&issued.basis))),
            optional(report.meta.issuer.as_deref()),
            Cow::Borrowed(report.language.as_str()),
            Cow::Owned(word(&report.layout)),
            written(report.records.len()),
            written(file.trim_start_matches("data/")),
            optional(source.map(|source| source.path.as_str())),
            optional(source.map(|source| source.sha256.as_str())),
            optional(report.meta.origin.as_deref()),
            optional(report.meta.licence.as_deref()),
            optional(report.meta.note.as_deref()),
            Cow::Borrowed(report.id.work()),
        ]);
    }
    table
}

const REPORTS: &[Column] = &[
    Column::text("id", "the report's id, the last part of its address").key(),
    Column::text("symbol", "document symbol; empty where it is printed nowhere and not known"),
    Column::text("title", "title in the language of the report").required(),
    Column::text("title_en", "title in English"),
    Column::integer("session", "session of the General Assembly"),
    Column::text("period", "reporting period as EDTF"),
    Column::date("period_start", "its first day"),
    Column::date("period_end", "its last day"),
    Column::text("date", "date of the document as EDTF, with ~ behind one that is inferred"),
    Column::date("date_start", "its first day"),
    Column::date("date_end", "its last day"),
    Column::text(
        "date_basis",
        "where the date comes from: given or inferred by the editors, printed, table (of documents) or session (the year in which it began)",
    ),
    Column::text("issuer", "body that issued it"),
    Column::text("language", "language of its text, BCP 47").required(),
    Column::text("layout", "how it is printed").required(),
    Column::integer("records", "number of its records").required(),
    Column::text("source_file", "its text, below the folder of this table").required(),
    Column::text("source_path", "the file it was read from").required(),
    Column::text("source_sha256", "SHA-256 of that file, as it was received").required(),
    Column::text("origin", "where the text came from"),
    Column::text("licence", "legal standing of the text"),
    Column::text("note", "remark"),
    Column::text("work", "the report that it is the text of in a language; for most the report itself")
        .required()
        .of("reports", "id"),
];

/// `meetings.csv`: the table of meetings with the records that speak of each.
pub(super) fn meetings(input: &Input<'_>) -> Table {
    let mut table = Table::new(MEETINGS);
    for meeting in &input.corpus.reference.meetings {
        let records = input.index.meetings.get(&meeting.id).into_iter().flatten();
        let ids = records.filter_map(|at| Some(at.get(input.corpus)?.1.id.0.as_str()));
        let [start, _] = days(meeting.start_date.as_ref());
        let [_, end] = days(meeting.end_date.as_ref().or(meeting.start_date.as_ref()));
        table.push([
            Cow::Borrowed(meeting.id.as_str()),
            optional(meeting.series.as_deref()),
            optional(meeting.ordinal.as_deref()),
            optional(meeting.name_en.as_deref()),
            optional(meeting.name_zh.as_deref()),
            date(meeting.start_date.as_ref()),
            date(meeting.end_date.as_ref()),
            start,
            end,
            optional(meeting.place.as_deref()),
            optional(meeting.venue.as_deref()),
            optional(meeting.chair.as_deref()),
            optional(meeting.conveners.as_deref()),
            joined(ids),
            optional(meeting.source.as_deref()),
            optional(meeting.note.as_deref()),
        ]);
    }
    table
}

const MEETINGS: &[Column] = &[
    Column::text("id", "the meeting's id, the last part of its address").key(),
    Column::text("series", "the series it belongs to"),
    Column::text("ordinal", "its number in the series"),
    Column::text("name_en", "name in English"),
    Column::text("name_zh", "name in Chinese"),
    Column::text("start_date", "first day, month or year"),
    Column::text("end_date", "last day"),
    Column::date("date_start", "its first day"),
    Column::date("date_end", "its last day"),
    Column::text("place", "city"),
    Column::text("venue", "building"),
    Column::text("chair", "president or chair"),
    Column::text("conveners", "who convened it"),
    Column::list("records", "records that speak of it"),
    Column::text("source", "where this comes from"),
    Column::text("note", "remark"),
];
