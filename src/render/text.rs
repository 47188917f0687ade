//! A report's text as HTML: States, symbols, dates and footnote marks are links, bullets a list.
//!
//! Report text is text: it reaches markup only through [`HtmlWriter`], never through Markdown or a template.

use super::address;
use super::html::{HtmlWriter, SafeHtml};
use super::site::Local;
use crate::index::Index;
use crate::model::citation::{Citation, CitationKind};
use crate::model::date::TextDate;
use crate::model::excerpt::{Excerpt, FootnoteMark};
use crate::model::passage::Passage;
use crate::model::record::Record;
use crate::model::report::Report;
use crate::model::state::Mention;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The way from any page that shows record texts up to the root of its language. They all stand two
/// folders deep, so that a text is made once and shown on all of them.
pub(super) const TEXT_ROOT: &str = "../../";

/// The beginning of a line that is a bullet.
const BULLET: &str = "- ";

/// Where footnote marks lead.
pub(super) enum Footnotes<'a> {
    /// To the report's edition.
    InEdition,
    /// To this page; the map counts the references to each footnote.
    Here(&'a mut BTreeMap<String, usize>),
    /// To this page, those of `anchors` to their own place beside the text.
    Beside {
        /// The references to each footnote.
        counts: &'a mut BTreeMap<String, usize>,
        /// Where footnotes by their labels stand beside the text.
        anchors: &'a BTreeMap<&'a str, &'a str>,
    },
}

/// What a text says in the language of the page, by no official body.
#[derive(Clone, Copy)]
pub(super) struct Translation<'a> {
    /// The words.
    pub(super) words: &'a str,
    /// Their language, as pages say it.
    pub(super) language: &'a str,
    /// That it is unofficial, in words; none where the page says that of all its translations.
    mark: Option<&'a str>,
}

impl Translation<'_> {
    /// The same for a page that says once of all its translations that they are unofficial.
    pub(super) fn unmarked(self) -> Self {
        Self { mark: None, ..self }
    }
}

impl<'a> Local<'a> {
    /// What `text` of `report` says in the language of the page, where that is not the report's and somebody translated it.
    pub(super) fn translation(self, report: &Report, text: &str) -> Option<Translation<'a>> {
        let words = self.corpus().translations.find(&self.language.tag, &report.id, text)?;
        Some(Translation { words, language: &self.words().language.html, mark: Some(&self.words().record.unofficial) })
    }

    /// Whether anything of `report` is translated into the language of the page.
    pub(super) fn is_translated(self, report: &Report) -> bool {
        let translations = self.corpus().translations.0.get(&self.language.tag);
        translations.is_some_and(|reports| reports.contains_key(&report.id))
    }
}

/// A range of a text that is a link.
pub(super) struct Marked {
    range: Range<usize>,
    href: String,
}

/// The links in a record's text.
pub(super) fn record_links(index: &Index, record: &Record) -> Vec<Marked> {
    links(index, &record.citations, &record.states_named, &record.dates)
}

/// The links in a line of front matter or a footnote.
pub(super) fn passage_links(index: &Index, passage: &Passage) -> Vec<Marked> {
    links(index, &passage.citations, &passage.states_named, &passage.dates)
}

/// Citations first, then States, then dates where nothing else stands. A State or year is a link where it stands first:
/// a text that names one ten times leads there once.
fn links(index: &Index, citations: &[Citation], states: &[Mention], dates: &[TextDate]) -> Vec<Marked> {
    let mut links: Vec<Marked> = citations.iter().map(|citation| citation_link(index, citation)).collect();
    let states = states.iter().map(|mention| (&mention.range, address::state(mention.state)));
    let dates = dates.iter().filter(|date| index.years.contains_key(&date.moment.year));
    let dates = dates.map(|date| (&date.range, address::year(date.moment.year)));
    let mut known = BTreeSet::new();
    for (range, address) in states.chain(dates) {
        let is_free = links.iter().all(|link| link.range.end <= range.start || range.end <= link.range.start);
        if is_free && known.insert(address.clone()) {
            links.push(Marked { range: range.clone(), href: format!("{TEXT_ROOT}{address}") });
        }
    }
    links.sort_by_key(|link| link.range.start);
    links
}

fn citation_link(index: &Index, citation: &Citation) -> Marked {
    let address = match citation.kind {
        CitationKind::Resolution => address::resolution(index.page_symbol(&citation.symbol)),
        CitationKind::Document => address::document(&citation.symbol),
    };
    Marked { range: citation.range.clone(), href: format!("{TEXT_ROOT}{address}") }
}

/// A text of `report` with its links, below its translation.
pub(super) fn text_html(
    report: &Report,
    excerpt: &Excerpt,
    links: &[Marked],
    footnotes: Footnotes<'_>,
    translation: Option<Translation<'_>>,
) -> SafeHtml {
    let (text, marks) = (excerpt.text.as_str(), excerpt.marks.as_slice());
    let mut writer = TextWriter { html: HtmlWriter::default(), report, text, footnotes, links, marks };
    if let Some(translation) = translation {
        writer.translation(translation);
    }
    let mut in_list = false;
    for line in line_ranges(text) {
        let bullet = text.get(line.clone()).is_some_and(|line| line.starts_with(BULLET));
        if bullet != in_list {
            writer.list(bullet);
            in_list = bullet;
        }
        writer.block(line, bullet);
    }
    if in_list {
        writer.list(false);
    }
    writer.html.finish()
}

fn line_ranges(text: &str) -> Vec<Range<usize>> {
    let lines = crate::base::source::line_spans(text);
    lines.into_iter().map(|line| line.start..line.end).collect()
}

struct TextWriter<'a, 'b> {
    html: HtmlWriter,
    report: &'a Report,
    text: &'a str,
    footnotes: Footnotes<'b>,
    /// Links not written yet.
    links: &'a [Marked],
    /// Marks not written yet.
    marks: &'a [FootnoteMark],
}

impl<'a> TextWriter<'a, '_> {
    /// The words as they are: what they name is linked in the original below.
    fn translation(&mut self, translation: Translation<'_>) {
        self.html.start("div", &[("class", Some("translation")), ("lang", Some(translation.language))]);
        for line in translation.words.lines().filter(|line| !line.trim().is_empty()) {
            self.html.start("p", &[]);
            self.html.text(line);
            self.html.end("p");
        }
        if let Some(mark) = translation.mark {
            self.html.start("p", &[("class", Some("unofficial"))]);
            self.html.text(mark);
            self.html.end("p");
        }
        self.html.end("div");
    }

    fn list(&mut self, open: bool) {
        if open {
            self.html.start("ul", &[("lang", Some(&self.report.language))]);
        } else {
            self.html.end("ul");
        }
    }

    fn block(&mut self, line: Range<usize>, bullet: bool) {
        let language = Some(self.report.language.as_str());
        let (tag, language, skip) = if bullet { ("li", None, BULLET.len()) } else { ("p", language, 0) };
        self.html.start(tag, &[("lang", language)]);
        self.inline(line.start + skip..line.end);
        self.html.end(tag);
    }

    /// The inside of a line: plain text up to the next link, then that, and so on.
    fn inline(&mut self, line: Range<usize>) {
        let mut at = line.start;
        while let Some(link) = self.next_link(at, line.end) {
            self.plain(at, link.range.start);
            self.html.start("a", &[("href", Some(&link.href))]);
            self.html.text(&self.text[link.range.clone()]);
            self.html.end("a");
            at = link.range.end;
        }
        self.plain(at, line.end);
        self.marks_up_to(line.end);
    }

    /// The next link of this line; those that begin before `at` are passed over.
    fn next_link(&mut self, at: usize, end: usize) -> Option<&'a Marked> {
        let passed = self.links.iter().take_while(|link| link.range.start < at).count();
        let links = &self.links[passed..];
        let (first, rest) = links.split_first().filter(|(first, _)| first.range.end <= end)?;
        self.links = rest;
        Some(first)
    }

    /// Text without links; marks stand where they stood.
    fn plain(&mut self, from: usize, to: usize) {
        let mut at = from;
        while let Some(mark) = self.marks.first().filter(|mark| mark.at < to) {
            self.text_between(at, mark.at);
            at = at.max(mark.at);
            self.marks_up_to(mark.at);
        }
        self.text_between(at, to);
    }

    /// What stands between; nothing where the mark before is farther on.
    fn text_between(&mut self, from: usize, to: usize) {
        self.html.text(self.text.get(from..to).unwrap_or_default());
    }

    fn marks_up_to(&mut self, end: usize) {
        while let Some((mark, rest)) = self.marks.split_first().filter(|(mark, _)| mark.at <= end) {
            self.marks = rest;
            self.mark(&mark.label);
        }
    }

    /// A footnote mark; a link where the report has the footnote.
    fn mark(&mut self, label: &str) {
        let is_printed = self.report.footnotes.iter().any(|footnote| footnote.label == label);
        if !is_printed {
            self.html.start("sup", &[]);
            self.html.text(label);
            return self.html.end("sup");
        }
        let (href, id) = self.mark_link(label);
        self.html.start("sup", &[("id", id.as_deref())]);
        self.html.start("a", &[("class", Some("mark")), ("href", Some(&href))]);
        self.html.text(label);
        self.html.end("a");
        self.html.end("sup");
    }

    /// Where a mark leads, and its own anchor.
    fn mark_link(&mut self, label: &str) -> (String, Option<String>) {
        let anchor = address::footnote_anchor(label);
        match &mut self.footnotes {
            Footnotes::InEdition => (format!("{TEXT_ROOT}{}#{anchor}", address::report(&self.report.id)), None),
            Footnotes::Here(counts) => (format!("#{anchor}"), Some(counted(counts, label))),
            Footnotes::Beside { counts, anchors } => {
                let anchor = anchors.get(label).copied().unwrap_or(&anchor);
                (format!("#{anchor}"), Some(counted(counts, label)))
            }
        }
    }
}

/// The anchor of a further reference to a footnote.
fn counted(counts: &mut BTreeMap<String, usize>, label: &str) -> String {
    let count = counts.entry(label.to_owned()).or_default();
    *count += 1;
    address::mark_anchor(label, *count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::lazy::LazyList;
    use crate::base::source::SourceId;
    use crate::base::span::Span;
    use crate::model::report::{Footnote, FrontMatter, Layout, ReportId, ReportMeta};

    fn report(footnotes: &[&str]) -> Report {
        let footnote = |label: &&str| Footnote { label: (*label).to_owned(), passage: Passage::default() };
        Report {
            id: ReportId("r".to_owned()),
            source: SourceId(0),
            layout: Layout::Paragraphs,
            language: "zh-Hans".to_owned(),
            meta: ReportMeta::default(),
            front: FrontMatter::default(),
            blocks: Vec::new().into(),
            records: LazyList::from_iter([]),
            footnotes: footnotes.iter().map(footnote).collect::<Vec<_>>().into(),
            pieces: Vec::new().into(),
        }
    }

    fn excerpt(text: &str, marks: &[(usize, &str)]) -> Excerpt {
        let mark =
            |(at, label): &(usize, &str)| FootnoteMark { at: *at, label: (*label).to_owned(), source: Span::default() };
        Excerpt { text: text.to_owned(), runs: Vec::new(), marks: marks.iter().map(mark).collect() }
    }

    fn html(excerpt: &Excerpt, links: &[Marked]) -> String {
        let html = text_html(&report(&["a", "b"]), excerpt, links, Footnotes::InEdition, None);
        serde_json::to_value(html).unwrap().as_str().unwrap_or_default().to_owned()
    }

    #[test]
    fn links_names_and_keeps_text_escaped() {
        let link = Marked { range: 1..2, href: "../../x".to_owned() };
        let out = html(&excerpt("<b>", &[]), &[link]);
        assert_eq!(out, "<p lang=\"zh-Hans\">&lt;<a href=\"../../x\">b</a>&gt;</p>");
    }

    #[test]
    fn puts_marks_where_they_stood_and_bullets_in_a_list() {
        let out = html(&excerpt("ab\n- cd", &[(1, "a"), (7, "b")]), &[]);
        assert!(out.starts_with("<p lang=\"zh-Hans\">a<sup><a class=\"mark\""), "{out}");
        assert!(out.contains("<ul lang=\"zh-Hans\"><li>cd<sup>"), "{out}");
        assert!(out.ends_with("</sup></li></ul>"), "{out}");
    }

    #[test]
    fn a_mark_without_a_footnote_is_no_link() {
        assert_eq!(html(&excerpt("x", &[(1, "z")]), &[]), "<p lang=\"zh-Hans\">x<sup>z</sup></p>");
    }
}
