//! The blocks of a report's edition, in reading order.

use super::super::address;
use super::super::html::SafeHtml;
use super::super::site::Local;
use super::super::text::{Footnotes, Translation, passage_links, record_links, text_html};
use super::super::view::{Date, Label};
use super::{passage, source};
use crate::index::RecordRef;
use crate::model::excerpt::Excerpt;
use crate::model::passage::Passage;
use crate::model::record::Record;
use crate::model::report::{Block, Footnote, ReplyHead, Report};
use crate::model::state::Iso3;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use tera::Value;

/// One block as `report.html` shows it.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum BlockView {
    /// A line of front matter.
    Line { anchor: String, text: SafeHtml },
    /// A numbered paragraph of the front matter.
    Paragraph { anchor: String, number: String, text: SafeHtml },
    /// A heading of any kind.
    Heading {
        level: u8,
        anchor: String,
        text: SafeHtml,
        state: Option<Value>,
        lines: Vec<SafeHtml>,
        date: Option<String>,
    },
    /// A record.
    Record(Box<EntryView>),
    /// A footnote.
    Footnote(FootnoteView),
    /// What no rule understood.
    Leftover { anchor: String, text: String },
}

/// A record in an edition.
#[derive(Serialize)]
pub(super) struct EntryView {
    id: String,
    facets: String,
    path: String,
    /// The anchor in the source view where it begins.
    source: Option<String>,
    number: Option<String>,
    state: Option<Value>,
    /// Whether the row above has the same State, so that the name is not repeated to the eye.
    same_state: bool,
    date: Option<Date>,
    /// What bounds it where nothing says when it was.
    bounds: Option<String>,
    labels: Vec<Label>,
    text: SafeHtml,
    /// Its footnotes, where they are printed farther down.
    notes: Vec<NoteView>,
    remarks: Option<String>,
    /// Whether it is a row of a table.
    activity: bool,
    /// Whether it is not translated in an edition of which the rest is.
    is_untranslated: bool,
}

/// A footnote with the ways back to its marks.
#[derive(Serialize)]
pub(super) struct FootnoteView {
    anchor: String,
    label: String,
    text: SafeHtml,
    back: Vec<String>,
}

/// A footnote shown with the record that refers to it.
#[derive(Serialize)]
pub(super) struct NoteView {
    anchor: String,
    label: String,
    text: SafeHtml,
    /// Anchors of the record's marks.
    back: Vec<String>,
    /// Anchor of the footnote where it is printed.
    place: String,
}

/// A line of an edition's contents.
#[derive(Serialize)]
pub(super) struct Content {
    level: u8,
    anchor: String,
    text: String,
    /// Its language, where it is not the report's.
    lang: Option<String>,
    /// The States under it, each with its first record there.
    states: Vec<StateContent>,
}

/// A State in an edition's contents.
#[derive(Serialize)]
pub(super) struct StateContent {
    anchor: String,
    name: String,
}

/// An edition: blocks and their contents.
#[derive(Default)]
pub(super) struct Edition {
    /// The blocks.
    pub(super) blocks: Vec<BlockView>,
    /// The headings.
    pub(super) contents: Vec<Content>,
    /// How many pieces no rule understood.
    pub(super) leftovers: usize,
}

/// The edition of the report at `position`.
pub(super) fn edition(local: Local<'_>, position: usize, report: &Report) -> Edition {
    let top = report.blocks.iter().filter_map(depth).min().unwrap_or(1);
    let mut writer = Writer {
        local,
        report,
        position,
        edition: Edition::default(),
        marks: BTreeMap::new(),
        anchors: BTreeSet::new(),
        top,
        level: 1,
        state: None,
    };
    for (index, block) in report.blocks.iter().enumerate() {
        writer.block(index, block);
    }
    let totals = std::mem::take(&mut writer.marks);
    link_back(&mut writer.edition.blocks, &totals);
    writer.edition
}

/// How deep a heading stands in the document; a section stands under its group, a reply under the
/// heading of all replies.
fn depth(block: &Block) -> Option<u8> {
    match block {
        Block::Heading(depth, _) => Some(*depth),
        Block::Section(..) => Some(3),
        Block::ReplyHead(_) => Some(2),
        _ => None,
    }
}

/// Footnotes may be printed before their last mark, so the ways back are added at the end.
fn link_back(blocks: &mut [BlockView], marks: &BTreeMap<String, usize>) {
    for block in blocks {
        if let BlockView::Footnote(footnote) = block {
            footnote.back = back(&footnote.label, marks.get(&footnote.label).copied().unwrap_or(0));
        }
    }
}

fn back(label: &str, marks: usize) -> Vec<String> {
    (1..=marks).map(|count| address::mark_anchor(label, count)).collect()
}

/// The footnotes a record refers to, with the ways back to the marks in it.
pub(super) fn footnotes_of(local: Local<'_>, report: &Report, record: &Record) -> Vec<FootnoteView> {
    let labels = record.footnotes();
    let found = labels.iter().filter_map(|label| report.footnotes.iter().find(|footnote| footnote.label == *label));
    found
        .map(|footnote| {
            let marks = record.text.marks.iter().filter(|mark| mark.label == footnote.label).count();
            let links = passage_links(local.index(), &footnote.passage);
            let text = text_html(
                report,
                &footnote.passage.text,
                &links,
                Footnotes::InEdition,
                local.translation(report, &footnote.passage.text.text),
            );
            footnote_view(footnote, text, back(&footnote.label, marks))
        })
        .collect()
}

fn footnote_view(footnote: &Footnote, text: SafeHtml, back: Vec<String>) -> FootnoteView {
    FootnoteView { anchor: address::footnote_anchor(&footnote.label), label: footnote.label.clone(), text, back }
}

struct Writer<'a> {
    local: Local<'a>,
    report: &'a Report,
    position: usize,
    edition: Edition,
    /// References to each footnote so far.
    marks: BTreeMap<String, usize>,
    /// Anchors given so far.
    anchors: BTreeSet<String>,
    /// Depth of the document's highest headings, which become level 2.
    top: u8,
    /// Level of the last heading; the next may be one deeper at most.
    level: u8,
    /// State of the row above.
    state: Option<Iso3>,
}

impl<'a> Writer<'a> {
    fn block(&mut self, index: usize, block: &'a Block) {
        let view = match block {
            Block::FrontLine(line) => self.front_line(index, line),
            Block::FrontParagraph(number, text) => self.front_paragraph(number, text),
            Block::Heading(depth, text) => self.heading(*depth, "h", text),
            Block::Section(code, text) => {
                self.heading(3, &format!("section-{}", crate::base::path::slug(&code.0)), text)
            }
            Block::ReplyHead(head) => self.reply_head(head),
            Block::Record(index_of) => match self.report.records.get(*index_of) {
                Some(record) => self.record(index, *index_of, record),
                None => return,
            },
            Block::Footnote(index) => match self.report.footnotes.get(*index) {
                Some(footnote) => self.footnote(footnote),
                None => return,
            },
            Block::Leftover(text) => self.leftover(text),
        };
        if !matches!(view, BlockView::Record(_) | BlockView::Footnote(_)) {
            self.state = None;
        }
        self.edition.blocks.push(view);
    }

    /// The page says of all of them together that they are unofficial.
    fn translation(&self, text: &str) -> Option<Translation<'a>> {
        self.local.translation(self.report, text).map(Translation::unmarked)
    }

    fn text(&mut self, text: &Excerpt) -> SafeHtml {
        let translation = self.translation(&text.text);
        text_html(self.report, text, &[], Footnotes::Here(&mut self.marks), translation)
    }

    /// A text that is no record, with its links.
    fn passage(&mut self, passage: &Passage) -> SafeHtml {
        let links = passage_links(self.local.index(), passage);
        let translation = self.translation(&passage.text.text);
        text_html(self.report, &passage.text, &links, Footnotes::Here(&mut self.marks), translation)
    }

    fn front_line(&mut self, index: usize, line: &Passage) -> BlockView {
        let anchor = address::line_anchor(passage::lines_up_to(self.report, index));
        BlockView::Line { anchor, text: self.passage(line) }
    }

    fn front_paragraph(&mut self, number: &str, text: &Passage) -> BlockView {
        let anchor = address::paragraph_anchor(number);
        BlockView::Paragraph { anchor, number: number.to_owned(), text: self.passage(text) }
    }

    fn heading(&mut self, depth: u8, name: &str, text: &Excerpt) -> BlockView {
        let anchor = self.anchor(name);
        self.add_content(depth, &anchor, &text.text, None);
        BlockView::Heading {
            level: self.level,
            anchor,
            text: self.text(text),
            state: None,
            lines: Vec::new(),
            date: None,
        }
    }

    /// A line of the contents: a State's name, or the heading, in the language of the page where it is known in it.
    fn add_content(&mut self, depth: u8, anchor: &str, text: &str, state: Option<Iso3>) {
        let translated = || self.translation(text).map(|translation| translation.words.to_owned());
        let in_language = state.map(|state| self.local.state_name(state)).or_else(translated);
        let level = depth.saturating_sub(self.top) + 2;
        self.level = level.min(self.level + 1).clamp(2, 6);
        let above = self.edition.contents.iter().rev().find(|content| content.level <= self.level);
        let lang = in_language.is_some().then(|| self.local.words().language.html.clone());
        let text = in_language.unwrap_or_else(|| text.to_owned());
        // A heading that a page repeats says once where its parts are.
        if above.is_some_and(|above| above.level == self.level && above.text == text) {
            return;
        }
        let content = Content { level: self.level, anchor: anchor.to_owned(), text, lang, states: Vec::new() };
        self.edition.contents.push(content);
    }

    fn reply_head(&mut self, head: &ReplyHead) -> BlockView {
        let name = head.state.map_or_else(|| "reply".to_owned(), |state| format!("reply-{}", state.to_lower()));
        let anchor = self.anchor(&name);
        self.add_content(2, &anchor, &head.name.text, head.state);
        BlockView::Heading {
            level: self.level,
            anchor,
            text: self.text(&head.name),
            state: head.state.map(|state| self.local.state(state)),
            lines: head.lines.iter().map(|line| self.text(line)).collect(),
            date: head.date.as_ref().map(|date| self.local.date(&date.edtf)),
        }
    }

    fn record(&mut self, block: usize, index: usize, record: &'a Record) -> BlockView {
        let at = RecordRef { report: self.position, record: index };
        let same_state = record.state.is_some() && record.state == self.state;
        self.state = record.state;
        self.anchors.insert(record.id.0.clone());
        if !same_state {
            self.add_state(record);
        }
        let (text, notes) = self.annotated(block, record);
        BlockView::Record(Box::new(EntryView {
            id: record.id.0.clone(),
            facets: self.local.facets(at).to_owned(),
            path: address::record(&record.id),
            source: source::beginning(self.local, at, self.report, record),
            number: record.paragraph().map(|paragraph| paragraph.number.clone()),
            state: record.activity().and(record.state).map(|state| self.local.state(state)),
            same_state,
            date: record.activity().and_then(|_| self.local.record_date(record)),
            bounds: record.activity().and_then(|_| self.local.bounds(self.report, record)),
            labels: self.local.labels(record),
            text,
            notes,
            remarks: record.activity().and_then(|activity| activity.remarks.clone()),
            activity: record.activity().is_some(),
            is_untranslated: self.local.is_translated(self.report) && self.translation(&record.text.text).is_none(),
        }))
    }

    /// A row's State under the last heading of the contents.
    fn add_state(&mut self, record: &Record) {
        let state = record.activity().and(record.state);
        if let Some((state, content)) = state.zip(self.edition.contents.last_mut()) {
            let name = self.local.state_name(state);
            content.states.push(StateContent { anchor: record.id.0.clone(), name });
        }
    }

    /// A record's text, and those of its footnotes that do not follow it anyway.
    fn annotated(&mut self, block: usize, record: &Record) -> (SafeHtml, Vec<NoteView>) {
        let following = self.report.blocks.iter().skip(block + 1).map_while(|block| match block {
            Block::Footnote(footnote) => Some(*footnote),
            _ => None,
        });
        let following: BTreeSet<usize> = following.collect();
        let labels: BTreeSet<&str> = record.footnotes().into_iter().collect();
        let footnotes = self.report.footnotes.iter().enumerate();
        let notes =
            footnotes.filter(|(index, note)| labels.contains(note.label.as_str()) && !following.contains(index));
        let mut notes: Vec<NoteView> = notes.map(|(_, note)| self.note(note, record)).collect();
        let beside: BTreeMap<&str, &str> =
            notes.iter().map(|note| (note.label.as_str(), note.anchor.as_str())).collect();
        let before = self.marks.clone();
        let links = record_links(self.local.index(), record);
        let translation = self.translation(&record.text.text);
        let footnotes = Footnotes::Beside { counts: &mut self.marks, anchors: &beside };
        let text = text_html(self.report, &record.text, &links, footnotes, translation);
        for note in &mut notes {
            let count = |marks: &BTreeMap<String, usize>| marks.get(&note.label).copied().unwrap_or(0);
            let own = count(&before) + 1..=count(&self.marks);
            note.back = own.map(|mark| address::mark_anchor(&note.label, mark)).collect();
        }
        (text, notes)
    }

    fn note(&self, footnote: &Footnote, record: &Record) -> NoteView {
        let links = passage_links(self.local.index(), &footnote.passage);
        let place = address::footnote_anchor(&footnote.label);
        let translation = self.translation(&footnote.passage.text.text);
        NoteView {
            anchor: format!("{}-{place}", record.id),
            label: footnote.label.clone(),
            text: text_html(self.report, &footnote.passage.text, &links, Footnotes::InEdition, translation),
            back: Vec::new(),
            place,
        }
    }

    fn footnote(&mut self, footnote: &Footnote) -> BlockView {
        let text = self.passage(&footnote.passage);
        BlockView::Footnote(footnote_view(footnote, text, Vec::new()))
    }

    fn leftover(&mut self, text: &Excerpt) -> BlockView {
        self.edition.leftovers += 1;
        BlockView::Leftover { anchor: self.anchor("leftover"), text: text.text.clone() }
    }

    /// `name`, or `name-2` and so on where it is taken.
    fn anchor(&mut self, name: &str) -> String {
        let mut anchor = name.to_owned();
        let mut count = 1;
        while !self.anchors.insert(anchor.clone()) {
            count += 1;
            anchor = format!("{name}-{count}");
        }
        anchor
    }
}
