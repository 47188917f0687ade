//! The records contract: one row, reply paragraph or paragraph each.

use super::citation::{Citation, Symbol};
use super::date::{DateBasis, Done, TextDate};
use super::edtf::Edtf;
use super::excerpt::Excerpt;
use super::fact::Fact;
use super::gist::Gist;
use super::state::{Iso3, Mention};
use crate::base::source::Source;
use crate::base::unique::unique;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// A record's permanent identifier, unique in the archive and the last part of its address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordId(pub String);

impl RecordId {
    /// The running number at its end; of a row the one that is promised never to change, unlike a count made anew.
    #[must_use]
    pub fn last_number(&self) -> Option<&str> {
        let (_, last) = self.0.rsplit_once('-')?;
        last.bytes().all(|byte| byte.is_ascii_digit()).then_some(last)
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A section of an activity table, `1a`: the printed number and letter, lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SectionCode(pub String);

impl SectionCode {
    /// The number of the group of sections that `1a` is one of; none for a letter or a number alone.
    #[must_use]
    pub fn group(&self) -> Option<u32> {
        let end = self.0.find(|character: char| !character.is_ascii_digit())?;
        self.0[..end].parse().ok()
    }
}

impl fmt::Display for SectionCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RecordKind {
    /// A row of an activity table.
    Activity,
    /// A numbered paragraph of a government's reply.
    Reply,
    /// A numbered paragraph, or lettered subparagraph, of the document's own text.
    Paragraph,
}

/// Where a row's State comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StateBasis {
    /// The cell is printed.
    Printed,
    /// The cell is empty and the State of the row above holds.
    Carried,
    /// The cell is lost, or empty although the State changes.
    Inferred,
    /// The printed cell contradicts the row's own text.
    Corrected,
}

/// Who made a correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CorrectedBy {
    /// A rule of the parser.
    Rule,
    /// An editor, in `content/corrections/`.
    Editor,
}

/// Why something was corrected. Rules have their reasons as data, so that every language can word them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// A State's name is printed one row too high.
    NameTooHigh {
        /// The State of the row above, which the text is about.
        above: Iso3,
        /// The State whose name is printed.
        printed: Iso3,
    },
    /// Two neighbouring digits of a year are exchanged.
    DigitsExchanged {
        /// The year as printed.
        wrong: i32,
        /// The year that was meant.
        right: i32,
    },
    /// An editor's own words.
    Editor(String),
}

/// A plain English sentence, or the editor's words.
impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NameTooHigh { above, printed } => write!(
                formatter,
                "the name is printed one row too high: the text of this row is about {above}, the State of the row \
                 above, and the next row, whose cell is empty, is about {printed}"
            ),
            Self::DigitsExchanged { wrong, right } => {
                write!(formatter, "{wrong} is impossible; two digits exchanged, {right} lies in the reporting period")
            }
            Self::Editor(words) => formatter.write_str(words),
        }
    }
}

/// What says when something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DoneBasis {
    /// The date cell of the row.
    Cell,
    /// The words of the text.
    Text,
}

/// What of a record can be corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CorrectedField {
    /// Whose activity or reply it is, by its code.
    State,
    /// The date of the row or reply.
    DateEdtf,
    /// Words of the text, which keeps what is printed.
    Text,
    /// The identifier, which it keeps where the print would give it another by now.
    Id,
}

/// An editorial correction: as printed, as corrected, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The field of the record.
    pub field: CorrectedField,
    /// Its value as printed; none where nothing was printed.
    pub printed: Option<String>,
    /// Its value as corrected.
    pub corrected: String,
    /// The reason.
    pub why: Reason,
    /// Who corrected it.
    pub by: CorrectedBy,
    /// The day on which an editor did, as ISO 8601, where it is given.
    pub date: Option<String>,
}

/// What only a row of an activity table has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// The section of the table.
    pub section: SectionCode,
    /// The State cell as printed.
    pub state_printed: Option<String>,
    /// Where the State comes from.
    pub state_basis: StateBasis,
    /// The date cell as printed, without the blanks that the layout put in.
    pub date_printed: Option<String>,
    /// The date cell's value; of an impossible one what it probably meant, where that is known.
    pub date: Option<Edtf>,
    /// How far the date can be trusted.
    pub date_basis: DateBasis,
    /// The remarks cell.
    pub remarks: Option<String>,
    /// Labels of the footnotes that its cells other than the text refer to.
    pub marks: Vec<String>,
}

/// What only a numbered paragraph has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Its printed number: `8`, `8(a)`.
    pub number: String,
    /// The headings it stands under, outermost first.
    pub headings: Vec<String>,
}

/// What only a paragraph of a government's reply has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// Its number and headings within the reply.
    pub paragraph: Paragraph,
    /// The language in which the reply was received, as a BCP 47 tag.
    pub original_language: Option<String>,
    /// The date of the reply as printed, without the blanks that the layout put in.
    pub date_printed: Option<String>,
    /// The date of the reply.
    pub date: Option<Edtf>,
}

/// What a record of each kind has of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Body {
    /// A row of an activity table.
    Activity(Activity),
    /// A paragraph of a reply.
    Reply(Reply),
    /// A paragraph of the document.
    Paragraph(Paragraph),
}

/// One record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its permanent identifier.
    pub id: RecordId,
    /// Running number of its kind in the report, from 1.
    pub n: usize,
    /// The State whose activity or reply it is.
    pub state: Option<Iso3>,
    /// The text as a reader wants it, with the map to the source.
    pub text: Excerpt,
    /// Citations in the text, in order.
    pub citations: Vec<Citation>,
    /// Every place in the text where a State is named, in order, the record's own State among them.
    pub states_named: Vec<Mention>,
    /// Dates written in the text, in order.
    pub dates: Vec<TextDate>,
    /// When the acts that the text tells were done, as far as its own words say, in order.
    pub done: Vec<Done>,
    /// Ids of the meetings of the reference table that the text names, in order.
    pub meetings: Vec<String>,
    /// Facts the text or its footnotes state.
    pub facts: Vec<Fact>,
    /// What it tells above all, where a rule is sure.
    pub gist: Option<Gist>,
    /// Corrections applied.
    pub corrections: Vec<Correction>,
    /// What its kind has of its own.
    pub body: Body,
}

impl Record {
    /// What the record is.
    #[must_use]
    pub fn kind(&self) -> RecordKind {
        match self.body {
            Body::Activity(_) => RecordKind::Activity,
            Body::Reply(_) => RecordKind::Reply,
            Body::Paragraph(_) => RecordKind::Paragraph,
        }
    }

    /// The first and the last page of the original that its text is printed on, from 1; none where the source has no
    /// pages.
    #[must_use]
    pub fn pages(&self, source: &Source) -> Option<(usize, usize)> {
        let pages = source.pages.as_ref()?;
        let first = self.text.spans().map(|span| span.start).min()?;
        let last = self.text.spans().map(|span| span.end).max()?;
        Some((pages.at(first), pages.at(last.saturating_sub(1))))
    }

    /// The row's own fields, if it is one.
    #[must_use]
    pub fn activity(&self) -> Option<&Activity> {
        match &self.body {
            Body::Activity(activity) => Some(activity),
            _ => None,
        }
    }

    /// The section, for a row of an activity table.
    #[must_use]
    pub fn section(&self) -> Option<&SectionCode> {
        self.activity().map(|activity| &activity.section).filter(|section| !section.0.is_empty())
    }

    /// The printed number, for a paragraph.
    #[must_use]
    pub fn paragraph(&self) -> Option<&Paragraph> {
        match &self.body {
            Body::Reply(reply) => Some(&reply.paragraph),
            Body::Paragraph(paragraph) => Some(paragraph),
            Body::Activity(_) => None,
        }
    }

    /// The date, whatever the kind.
    #[must_use]
    pub fn date(&self) -> Option<&Edtf> {
        match &self.body {
            Body::Activity(activity) => activity.date.as_ref(),
            Body::Reply(reply) => reply.date.as_ref(),
            Body::Paragraph(_) => None,
        }
    }

    /// When what it tells was done: its date cell, or what an impossible one probably meant; without one, the words of its
    /// text.
    #[must_use]
    pub fn done(&self) -> Option<(Cow<'_, Edtf>, DoneBasis)> {
        if let Some(cell) = self.done_by_cell() {
            return Some((Cow::Borrowed(cell), DoneBasis::Cell));
        }
        let written = match unique(self.done.iter().map(|done| &done.edtf)).as_slice() {
            [] => return None,
            [one] => Cow::Borrowed(*one),
            several => Cow::Owned(Edtf::list(several)),
        };
        Some((written, DoneBasis::Text))
    }

    fn done_by_cell(&self) -> Option<&Edtf> {
        let activity = self.activity()?;
        let is_corrected = self.corrections.iter().any(|correction| correction.field == CorrectedField::DateEdtf);
        let is_known = is_corrected || activity.date_basis != DateBasis::Typo;
        activity.date.as_ref().filter(|_| is_known)
    }

    /// The date as printed, whatever the kind.
    #[must_use]
    pub fn date_printed(&self) -> Option<&str> {
        match &self.body {
            Body::Activity(activity) => activity.date_printed.as_deref(),
            Body::Reply(reply) => reply.date_printed.as_deref(),
            Body::Paragraph(_) => None,
        }
    }

    /// Symbols of the resolutions named, unique, in order of first appearance.
    #[must_use]
    pub fn resolutions(&self) -> Vec<&Symbol> {
        self.symbols(super::citation::CitationKind::Resolution)
    }

    /// Symbols of the other documents named, unique, in order of first appearance.
    #[must_use]
    pub fn documents(&self) -> Vec<&Symbol> {
        self.symbols(super::citation::CitationKind::Document)
    }

    /// States named in the text other than the record's own, unique, in order of first appearance.
    #[must_use]
    pub fn mentions(&self) -> Vec<Iso3> {
        let named = self.states_named.iter().map(|mention| mention.state);
        unique(named.filter(|state| Some(*state) != self.state))
    }

    /// Labels of the footnotes referred to, unique, in the order of the cells and in them of the marks.
    #[must_use]
    pub fn footnotes(&self) -> Vec<&str> {
        let cells = match &self.body {
            Body::Activity(activity) => activity.marks.as_slice(),
            Body::Reply(_) | Body::Paragraph(_) => &[],
        };
        let texts = self.text.marks.iter().map(|mark| &mark.label);
        unique(cells.iter().chain(texts).map(String::as_str))
    }

    fn symbols(&self, kind: super::citation::CitationKind) -> Vec<&Symbol> {
        unique(self.citations.iter().filter(|citation| citation.kind == kind).map(|citation| &citation.symbol))
    }
}

/// Each is shown by the name that it has in the contract.
macro_rules! shown_as_serialized {
    ($($type:ty),*) => {
        $(impl fmt::Display for $type {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.serialize(formatter)
            }
        })*
    };
}

shown_as_serialized!(RecordKind, StateBasis, CorrectedField, CorrectedBy, DateBasis);
