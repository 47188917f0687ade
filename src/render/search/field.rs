//! The texts of what can be found, each with its language.

use crate::model::citation::Symbol;
use crate::model::passage::Passage;
use crate::model::record::{Body, Record};
use crate::model::reference::{DocumentEntry, Meeting, Resolution, State};
use crate::model::report::{Block, Report};
use crate::read::{EditorialPage, MARKDOWN};
use crate::resolve::{Corpus, RecordRef};
use pulldown_cmark::{Event, Parser};
use std::borrow::Cow;

/// A text of a document and its language.
pub(super) struct Field<'a> {
    /// BCP 47.
    pub(super) language: Cow<'a, str>,
    /// As shown.
    pub(super) text: Cow<'a, str>,
    /// Whether it is an unofficial translation.
    pub(super) is_translation: bool,
}

/// A text in a language.
pub(super) fn field<'a>(language: &'a str, text: impl Into<Cow<'a, str>>) -> Field<'a> {
    Field { language: Cow::Borrowed(language), text: text.into(), is_translation: false }
}

/// A text in a language, where there is one.
pub(super) fn optional<'a>(language: &'a str, text: &'a Option<String>) -> Option<Field<'a>> {
    text.as_deref().filter(|text| !text.is_empty()).map(|text| field(language, text))
}

/// A State's names.
pub(super) fn state_fields(state: &State) -> Vec<Field<'_>> {
    let names = state.short_names.iter().chain(&state.official_names).map(|(tag, name)| (tag.as_str(), name.as_str()));
    let aliases = state.aliases.iter().map(|alias| (alias.language.as_str(), alias.name.as_str()));
    let mut seen = std::collections::BTreeSet::new();
    names.chain(aliases).filter(|(_, name)| seen.insert(*name)).map(|(tag, name)| field(tag, name)).collect()
}

/// A resolution's symbol and titles.
pub(super) fn resolution_fields<'a>(symbol: &'a Symbol, row: Option<&'a Resolution>) -> Vec<Field<'a>> {
    let mut fields = vec![field("en", symbol.as_str())];
    if let Some(row) = row {
        fields.extend(optional("zh-Hans", &row.title_zh).or_else(|| optional("zh-Hans", &row.title_zh_candidate)));
        fields.extend(optional("en", &row.title_en).or_else(|| optional("en", &row.title_en_candidate)));
        fields.extend(optional("en", &row.body));
        fields.extend(optional("en", &row.note));
    }
    fields
}

/// A document's symbol and titles.
pub(super) fn document_fields<'a>(symbol: &'a Symbol, row: Option<&'a DocumentEntry>) -> Vec<Field<'a>> {
    let mut fields = vec![field("en", symbol.as_str())];
    if let Some(row) = row {
        fields.extend(optional("zh-Hans", &row.title_zh));
        fields.extend(optional("en", &row.title_en));
    }
    fields
}

/// What is known of a meeting.
pub(super) fn meeting_fields(meeting: &Meeting) -> Vec<Field<'_>> {
    let chinese = optional("zh-Hans", &meeting.name_zh).into_iter();
    let english =
        [&meeting.series, &meeting.name_en, &meeting.place, &meeting.venue, &meeting.chair, &meeting.conveners];
    chinese.chain(english.into_iter().filter_map(|text| optional("en", text))).collect()
}

/// What is printed of a report outside its records.
pub(super) fn report_fields(report: &Report) -> Vec<Field<'_>> {
    let language = report.language.as_str();
    let mut fields: Vec<Field<'_>> = report.symbol().map(|symbol| field("en", symbol)).into_iter().collect();
    fields.push(field(language, report.title()));
    fields.extend(optional("en", &report.meta.title_en));
    let passage = |passage: &'_ Passage| !passage.text.text.is_empty();
    for block in &report.blocks {
        match block {
            Block::FrontLine(text) | Block::FrontParagraph(_, text) if passage(text) => {
                fields.push(field(language, text.text.text.as_str()));
            }
            Block::Heading(_, text) | Block::Leftover(text) if !text.is_empty() => {
                fields.push(field(language, text.text.as_str()));
            }
            _ => {}
        }
    }
    fields.extend(report.footnotes.iter().map(|footnote| field(language, footnote.passage.text.text.as_str())));
    fields
}

/// What is printed of the record at `at` in every language, and its translations.
pub(super) fn record_fields<'a>(
    corpus: &'a Corpus,
    at: RecordRef,
    (report, record): (&'a Report, &'a Record),
) -> Vec<Field<'a>> {
    let mut fields = printed_fields(report, record);
    let text = record.text.text.as_str();
    fields.extend(
        corpus
            .translations
            .all(&report.id, text)
            .map(|(language, words)| Field { is_translation: true, ..field(language, words) }),
    );
    let versions = corpus.works.versions(at).iter().filter_map(|version| version.get(corpus));
    fields.extend(versions.flat_map(|(report, record)| printed_fields(report, record)));
    fields
}

/// What is printed of a record: its text, its remarks, the headings above it.
fn printed_fields<'a>(report: &'a Report, record: &'a Record) -> Vec<Field<'a>> {
    let language = report.language.as_str();
    let mut fields = vec![field(language, record.text.text.as_str())];
    match &record.body {
        Body::Activity(activity) => fields.extend(optional(language, &activity.remarks)),
        Body::Reply(reply) => fields.extend(reply.paragraph.headings.iter().map(|text| field(language, text.as_str()))),
        Body::Paragraph(paragraph) => {
            fields.extend(paragraph.headings.iter().map(|text| field(language, text.as_str())))
        }
    }
    fields
}

/// The title and the text of an editorial page, a field a block.
pub(super) fn page_fields(page: &EditorialPage) -> Vec<Field<'_>> {
    let language = if page.language == "zh" { "zh-Hans" } else { page.language.as_str() };
    let mut fields = vec![field(language, page.title.as_str())];
    let mut text = String::new();
    for event in Parser::new_ext(page.markdown(), MARKDOWN) {
        match event {
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => {
                text.push_str(&words);
            }
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::End(tag) if is_block(tag) => {
                let block = std::mem::take(&mut text);
                fields.extend((!block.trim().is_empty()).then(|| field(language, block)));
            }
            _ => {}
        }
    }
    fields
}

fn is_block(tag: pulldown_cmark::TagEnd) -> bool {
    use pulldown_cmark::TagEnd;
    !matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
}
