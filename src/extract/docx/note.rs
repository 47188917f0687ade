//! Footnotes and endnotes and their numbers (ECMA-376 part 1, 17.11).

use super::property;
use crate::base::diagnostic::Diagnostic;
use crate::extract::document::Block;
use crate::extract::numeral::NumberFormat;
use crate::extract::xml::{Event, Reader};
use std::collections::HashMap;

/// Where the numbers of notes begin anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Restart {
    /// Nowhere.
    Continuous,
    /// With every section.
    Section,
    /// With every page.
    Page,
}

impl Restart {
    /// What a `numRestart` names.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "continuous" => Some(Self::Continuous),
            "eachSect" => Some(Self::Section),
            "eachPage" => Some(Self::Page),
            _ => None,
        }
    }
}

/// How notes are numbered, as far as it is said.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct NoteNumbering {
    /// How a number is written.
    pub(super) format: Option<NumberFormat>,
    /// The first number.
    pub(super) start: Option<u32>,
    /// Where numbers begin anew.
    pub(super) restart: Option<Restart>,
}

impl NoteNumbering {
    /// What this says, and what `other` says where this is silent.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            format: self.format.or(other.format),
            start: self.start.or(other.start),
            restart: self.restart.or(other.restart),
        }
    }
}

/// How the settings of a document number its footnotes and its endnotes. Endnotes have small Roman numbers if nothing
/// is said (17.11.17).
///
/// # Errors
/// If the document is damaged.
pub(super) fn settings(mut reader: Reader) -> Result<(NoteNumbering, NoteNumbering), Box<Diagnostic>> {
    let mut footnotes = NoteNumbering::default();
    let mut endnotes = NoteNumbering::default();
    while let Some(event) = reader.next()? {
        let Event::Open(element) = event else { continue };
        match element.name.parts() {
            ("w", "footnotePr") => footnotes = property::note_numbering(&mut reader)?,
            ("w", "endnotePr") => endnotes = property::note_numbering(&mut reader)?,
            _ => {}
        }
    }
    Ok((footnotes, endnotes.or(NoteNumbering { format: Some(NumberFormat::LowerRoman), ..Default::default() })))
}

/// The footnotes or the endnotes of a document, taken as they are referred to.
#[derive(Debug, Default)]
pub(super) struct NoteSeries {
    order: Vec<String>,
    entries: HashMap<String, Vec<Block>>,
    sections: Vec<NoteNumbering>,
    section: usize,
    numbered: u32,
}

impl NoteSeries {
    /// The notes `entries` by id, numbered in each section as `sections` says.
    pub(super) fn new(entries: Vec<(String, Vec<Block>)>, sections: Vec<NoteNumbering>) -> Self {
        let order = entries.iter().map(|(id, _)| id.clone()).collect();
        Self { order, entries: entries.into_iter().collect(), sections, section: 0, numbered: 0 }
    }

    /// The number of the next note that has no mark of its own.
    pub(super) fn next_label(&mut self) -> String {
        let numbering = self.numbering();
        let value = numbering.start.unwrap_or(1).saturating_add(self.numbered);
        self.numbered = self.numbered.saturating_add(1);
        numbering.format.unwrap_or_default().write(value)
    }

    /// The text of the note `id`, once.
    pub(super) fn take(&mut self, id: &str) -> Option<Vec<Block>> {
        self.entries.remove(id)
    }

    /// A page ends.
    pub(super) fn end_page(&mut self) {
        if self.numbering().restart == Some(Restart::Page) {
            self.numbered = 0;
        }
    }

    /// A section ends.
    pub(super) fn end_section(&mut self) {
        self.section += 1;
        if matches!(self.numbering().restart, Some(Restart::Section | Restart::Page)) {
            self.numbered = 0;
        }
    }

    /// The notes that nothing referred to, in order.
    pub(super) fn unmarked(&mut self) -> Vec<Vec<Block>> {
        self.order.iter().filter_map(|id| self.entries.remove(id)).collect()
    }

    fn numbering(&self) -> NoteNumbering {
        self.sections.get(self.section).or(self.sections.last()).copied().unwrap_or_default()
    }
}
