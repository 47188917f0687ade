//! What the layouts make of a report: its content in reading order, as printed.

use crate::model::date::DateReading;
use crate::model::excerpt::Excerpt;
use crate::model::record::{SectionCode, StateBasis};
use crate::model::state::Iso3;

/// A part of a report's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A line of front matter.
    FrontLine(Excerpt),
    /// A numbered paragraph of the front matter.
    FrontParagraph {
        /// Its number as printed.
        number: Excerpt,
        /// Its text.
        text: Excerpt,
    },
    /// A heading, its depth counted from 1.
    Heading {
        /// How deep it lies.
        depth: u8,
        /// Its text.
        text: Excerpt,
    },
    /// The heading of a section of an activity table.
    Section {
        /// The section.
        code: SectionCode,
        /// Its text.
        text: Excerpt,
    },
    /// A row of an activity table.
    Row(Row),
    /// The head of a government's reply.
    Reply(ReplyStart),
    /// A numbered paragraph.
    Paragraph(NumberedParagraph),
    /// A line below the last paragraph of a resolution: its meeting, its date.
    ClosingLine(Excerpt),
    /// A footnote.
    Footnote {
        /// Its label, lower case.
        label: String,
        /// The label as printed.
        printed: Excerpt,
        /// Its text.
        text: Excerpt,
    },
    /// Page furniture.
    Furniture(Excerpt),
    /// What no rule understood.
    Leftover(Excerpt),
}

/// A row of an activity table as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The section it stands in.
    pub section: SectionCode,
    /// Its State cell.
    pub state: StateCell,
    /// Its date cell; empty where it is lost.
    pub date: Excerpt,
    /// What the date cell says.
    pub date_reading: Option<DateReading>,
    /// Its text.
    pub text: Excerpt,
    /// Its remarks; empty where there are none.
    pub remarks: Excerpt,
}

/// The State cell of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StateCell {
    /// The cell as printed, empty or not; what it means is for a later stage.
    AsPrinted {
        /// The cell.
        cell: Excerpt,
        /// The State it names, if its name is known.
        state: Option<Iso3>,
    },
    /// The row was cut out of a flattened table, and its State found with it.
    Segmented {
        /// The name, where it stands before the text.
        cell: Excerpt,
        /// The State.
        state: Option<Iso3>,
        /// How it was found.
        basis: StateBasis,
    },
}

/// The head of a government's reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyStart {
    /// The State's name as printed.
    pub name: Excerpt,
    /// The State, if its name is known.
    pub state: Option<Iso3>,
    /// The lines in brackets below it.
    pub lines: Vec<Excerpt>,
    /// Language of the original, as a BCP 47 tag.
    pub original_language: Option<String>,
    /// Date of the reply.
    pub date: Option<DateReading>,
}

/// A numbered paragraph or lettered subparagraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberedParagraph {
    /// The number as a citation gives it: `8`, `8(a)`.
    pub number: String,
    /// The number as printed, with its full stop or brackets.
    pub printed: Excerpt,
    /// Its text, each bullet on a line of its own.
    pub text: Excerpt,
    /// The headings it stands under, outermost first.
    pub headings: Vec<String>,
}

impl Item {
    /// Every excerpt of the item, for the account of the source.
    pub fn excerpts(&self) -> Vec<&Excerpt> {
        match self {
            Self::FrontLine(text) | Self::ClosingLine(text) | Self::Furniture(text) | Self::Leftover(text) => {
                vec![text]
            }
            Self::Heading { text, .. } | Self::Section { text, .. } => vec![text],
            Self::FrontParagraph { number, text } => vec![number, text],
            Self::Row(row) => vec![row.state.cell(), &row.date, &row.text, &row.remarks],
            Self::Reply(reply) => std::iter::once(&reply.name).chain(&reply.lines).collect(),
            Self::Paragraph(paragraph) => vec![&paragraph.printed, &paragraph.text],
            Self::Footnote { printed, text, .. } => vec![printed, text],
        }
    }

    /// The same, to change.
    pub fn excerpts_mut(&mut self) -> Vec<&mut Excerpt> {
        match self {
            Self::FrontLine(text) | Self::ClosingLine(text) | Self::Furniture(text) | Self::Leftover(text) => {
                vec![text]
            }
            Self::Heading { text, .. } | Self::Section { text, .. } => vec![text],
            Self::FrontParagraph { number, text } => vec![number, text],
            Self::Row(row) => vec![row.state.cell_mut(), &mut row.date, &mut row.text, &mut row.remarks],
            Self::Reply(reply) => std::iter::once(&mut reply.name).chain(&mut reply.lines).collect(),
            Self::Paragraph(paragraph) => vec![&mut paragraph.printed, &mut paragraph.text],
            Self::Footnote { printed, text, .. } => vec![printed, text],
        }
    }

    /// Where the item stands in the source: its first byte. A row stands where its date and text do, as its State may be
    /// printed elsewhere.
    #[must_use]
    pub fn start(&self) -> usize {
        let first = |excerpts: Vec<&Excerpt>| {
            let runs = excerpts.into_iter().flat_map(|excerpt| excerpt.runs.iter());
            runs.map(|run| run.source.start).min()
        };
        let row = match self {
            Self::Row(row) => first(vec![&row.date, &row.text]),
            _ => None,
        };
        row.or_else(|| first(self.excerpts())).unwrap_or(usize::MAX)
    }
}

impl StateCell {
    /// The cell as printed.
    #[must_use]
    pub fn cell(&self) -> &Excerpt {
        match self {
            Self::AsPrinted { cell, .. } | Self::Segmented { cell, .. } => cell,
        }
    }
    /// The same, to change.
    fn cell_mut(&mut self) -> &mut Excerpt {
        match self {
            Self::AsPrinted { cell, .. } | Self::Segmented { cell, .. } => cell,
        }
    }
}
