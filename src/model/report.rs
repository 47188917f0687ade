//! A report: what is known of it, and its content in reading order.

use super::adoption::Adoption;
use super::date::DateReading;
use super::edtf::Edtf;
use super::excerpt::Excerpt;
use super::passage::Passage;
use super::record::Body;
use super::record::{Record, SectionCode};
use super::state::Iso3;
use crate::base::lazy::{Lazy, LazyList};
use crate::base::source::SourceId;
use crate::base::span::Span;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A report's id: the name of its files in `content/reports/` and the last part of its address. One of a work in
/// another language has that behind the work's: `a-65-137.en`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ReportId(pub String);

impl ReportId {
    /// The id of the expression of `work` in `language`, BCP 47.
    #[must_use]
    pub fn of_expression(work: &str, language: &str) -> Self {
        Self(format!("{work}.{}", language.to_lowercase()))
    }

    /// The work: what its records' identifiers begin with, in whatever language they are read.
    #[must_use]
    pub fn work(&self) -> &str {
        self.0.split_once('.').map_or(&self.0, |(work, _)| work)
    }

    /// Whether it is an expression of a work that another report gives its records their places.
    #[must_use]
    pub fn is_other_expression(&self) -> bool {
        self.0.contains('.')
    }
}

impl fmt::Display for ReportId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// How a report is printed; told apart by evidence in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// A table as PDF text: hard-wrapped, cells on a line or on lines of their own.
    WrappedTable,
    /// A table with tabs between cells.
    TabbedTable,
    /// A table flattened to one run of words, repeated cells gone.
    FlattenedTable,
    /// Numbered paragraphs followed by one reply a State.
    Replies,
    /// Numbered paragraphs.
    Paragraphs,
    /// None of these: the text is kept, unparsed.
    Unparsed,
}

/// What the front matter says of the report. A field is none where it is not printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrontMatter {
    /// Symbol printed on the document, `A/68/108`.
    pub symbol: Option<String>,
    /// Session of the General Assembly, `63`.
    pub session: Option<u32>,
    /// Agenda item, `97`, `98(z)`; several with a comma between.
    pub agenda_item: Option<String>,
    /// Title of the document, not of its agenda item, whole: lines joined.
    pub title: Option<String>,
    /// Organ or committee as printed, the last of several: `General Assembly`.
    pub organ: Option<String>,
    /// Distribution as printed: `General`, `Limited`.
    pub distribution: Option<String>,
    /// Date of issue.
    pub date: Option<Edtf>,
    /// Date of adoption of a resolution or decision.
    pub adopted: Option<Edtf>,
    /// Language of the original, BCP 47; `und` for one that is not known.
    pub original_language: Option<String>,
    /// Job number as printed: `21-18250 (E)`.
    pub job_number: Option<String>,
    /// Kind of document as printed, 秘书长的报告.
    pub kind: Option<String>,
    /// Resolutions and their paragraphs that asked for the report, in the order of its first paragraph.
    pub mandates: Vec<Mandate>,
    /// Reporting period.
    pub period: Option<DateReading>,
}

/// The resolution paragraph that asked for a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// Symbol of the resolution.
    pub resolution: super::citation::Symbol,
    /// Number of its operative paragraph.
    pub paragraph: Option<u32>,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Footnote {
    /// Its letter, number or sign, lower case, unique in the report.
    pub label: String,
    /// Its text and what it names.
    pub passage: Passage,
}

/// What a part of the source is. Together the pieces of a report cover every character that is not
/// white space, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Front matter: session, item, title, introductory paragraphs; and what closes a resolution: its meeting and date.
    FrontMatter,
    /// A heading of a section or reply.
    Heading,
    /// The text of a record.
    RecordText,
    /// A record's State cell, date cell, remarks cell or printed number.
    RecordCell,
    /// A footnote, with its label.
    Footnote,
    /// A reference to a footnote.
    FootnoteMark,
    /// Page furniture: page numbers, running heads, repeated table heads.
    Furniture,
    /// What no rule understood.
    Leftover,
}

/// A part of the source and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Piece {
    /// The bytes.
    pub span: Span,
    /// What they are.
    pub role: Role,
    /// The record they belong to, as an index into the report's records.
    pub record: Option<usize>,
}

/// Content of a report in reading order. Nearly all of it is records, so that what is large in other content is boxed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// A line of front matter that is no numbered paragraph, or one that closes a resolution.
    FrontLine(Box<Passage>),
    /// A numbered paragraph of the front matter: its number and text.
    FrontParagraph(String, Box<Passage>),
    /// A heading, its depth counted from 1.
    Heading(u8, Box<Excerpt>),
    /// The heading of a section of an activity table.
    Section(SectionCode, Box<Excerpt>),
    /// The head of a government's reply.
    ReplyHead(Box<ReplyHead>),
    /// A record, as an index into the report's records.
    Record(usize),
    /// A footnote, as an index into the report's footnotes, at the place where it is printed.
    Footnote(usize),
    /// What no rule understood.
    Leftover(Box<Excerpt>),
}

/// Head of a government's reply: the State's name, and below it language and date in brackets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyHead {
    /// The State, where its name is known.
    pub state: Option<Iso3>,
    /// The name as printed.
    pub name: Excerpt,
    /// Language and date lines as printed.
    pub lines: Vec<Excerpt>,
    /// Language of the original, BCP 47.
    pub original_language: Option<String>,
    /// Date of the reply.
    pub date: Option<DateReading>,
}

/// What the file beside a report's text (`<id>.toml`) says of it, by its keys. Everything may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReportMeta {
    /// Document symbol; none means that it is printed nowhere and not known.
    pub symbol: Option<String>,
    /// Title in the language of the report.
    pub title: Option<String>,
    /// Title in English.
    pub title_en: Option<String>,
    /// Session of the General Assembly.
    pub session: Option<u32>,
    /// Agenda item.
    pub agenda_item: Option<String>,
    /// Reporting period.
    pub period: Option<Edtf>,
    /// Date of the document; `2009~` for one that is inferred.
    pub date: Option<Edtf>,
    /// Date of adoption of a resolution or decision.
    pub adopted: Option<Edtf>,
    /// Body that issued it, in English.
    pub issuer: Option<String>,
    /// Where the text came from.
    pub origin: Option<String>,
    /// Licence or legal standing of the text.
    pub licence: Option<String>,
    /// A remark for readers.
    pub note: Option<String>,
    /// Language of the text, BCP 47, where it is told by hand.
    pub language: Option<String>,
    /// Language in which the document was written first, BCP 47.
    pub original_language: Option<String>,
    /// Job number of the document at the United Nations: `10-45350 (C)`.
    pub job_number: Option<String>,
    /// How a resolution was adopted, where its publisher says so beside the text.
    pub adoption: Option<Adoption>,
    /// The published document that the text was extracted from.
    pub original: Option<Original>,
}

/// The published document that a report's text was extracted from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Original {
    /// Its name in `content/originals/`.
    pub file: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// How many pages it has; none where its format has no pages.
    pub pages: Option<usize>,
    /// Version of the extraction that made the text.
    pub extraction: u32,
}

/// A report with its records.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Report {
    /// Its id.
    pub id: ReportId,
    /// The source it was read from.
    pub source: SourceId,
    /// How it is printed.
    pub layout: Layout,
    /// Language of its text, BCP 47: `zh-Hans`, `en`.
    pub language: String,
    /// What its `.toml` says.
    pub meta: ReportMeta,
    /// What its front matter says.
    pub front: FrontMatter,
    /// Its content in reading order.
    pub blocks: Lazy<Vec<Block>>,
    /// Its records in source order.
    pub records: LazyList<Record>,
    /// Its footnotes in source order.
    pub footnotes: Lazy<Vec<Footnote>>,
    /// The account of every character of the source, in source order.
    pub pieces: Lazy<Vec<Piece>>,
}

impl Report {
    /// Every text of it that is printed in words, in reading order: front matter, headings, records with their remarks,
    /// and footnotes.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        self.blocks.iter().flat_map(|block| self.block_texts(block)).filter(|text| !text.is_empty()).collect()
    }

    fn block_texts<'a>(&'a self, block: &'a Block) -> Vec<&'a str> {
        match block {
            Block::FrontLine(passage) | Block::FrontParagraph(_, passage) => vec![passage.text.text.as_str()],
            Block::Heading(_, text) | Block::Section(_, text) => vec![text.text.as_str()],
            Block::Record(at) => record_texts(&self.records[*at]),
            Block::Footnote(at) => vec![self.footnotes[*at].passage.text.text.as_str()],
            // States and languages have names of their own in each language; what no rule understood is no sentence.
            Block::ReplyHead(_) | Block::Leftover(_) => Vec::new(),
        }
    }

    /// Unpacks everything.
    pub fn unpack(&mut self) {
        self.blocks.unpack();
        self.records.unpack();
        self.footnotes.unpack();
        self.pieces.unpack();
    }

    /// Gives up what can be unpacked again.
    pub fn release(&mut self) {
        self.blocks.release();
        self.records.release();
        self.footnotes.release();
        self.pieces.release();
    }

    /// When `record` was reported: the date of the government's reply, else the period that the report covers,
    /// else the date of the report.
    #[must_use]
    pub fn reported<'a>(&'a self, record: &'a Record) -> Option<&'a Edtf> {
        let reply = match &record.body {
            Body::Reply(reply) => reply.date.as_ref(),
            Body::Activity(_) | Body::Paragraph(_) => None,
        };
        reply.or_else(|| self.period()).or(self.meta.date.as_ref())
    }

    /// Its symbol: what the `.toml` says, else what is printed.
    #[must_use]
    pub fn symbol(&self) -> Option<&str> {
        self.meta.symbol.as_deref().or(self.front.symbol.as_deref())
    }

    /// Whether a title of it is known.
    #[must_use]
    pub fn is_titled(&self) -> bool {
        self.meta.title.is_some() || self.front.title.is_some()
    }

    /// Its title: what the `.toml` says, else what is printed, else its id.
    #[must_use]
    pub fn title(&self) -> &str {
        self.meta.title.as_deref().or(self.front.title.as_deref()).unwrap_or(&self.id.0)
    }

    /// Its session: what the `.toml` says, else what is printed.
    #[must_use]
    pub fn session(&self) -> Option<u32> {
        self.meta.session.or(self.front.session)
    }

    /// Its period as EDTF: what the `.toml` says, else what is printed.
    #[must_use]
    pub fn period(&self) -> Option<&Edtf> {
        self.meta.period.as_ref().or(self.front.period.as_ref().map(|period| &period.edtf))
    }
}

fn record_texts(record: &Record) -> Vec<&str> {
    let remarks = record.activity().and_then(|activity| activity.remarks.as_deref());
    std::iter::once(record.text.text.as_str()).chain(remarks).collect()
}
