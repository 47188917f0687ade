//! A stream of paragraphs and tables: the body of a document, its notes, a header, a footer, its comments.
//!
//! Its elements come in order; [`open`] is what is open at each, [`run`], [`paragraph`] and [`container`] take what
//! belongs to each kind.

mod container;
mod open;
mod paragraph;
mod run;

use super::note::NoteSeries;
use super::numbering::Numbering;
use super::property::{Section, properties};
use super::style::Styles;
use super::symbol;
use crate::base::diagnostic::Diagnostic;
use crate::extract::document::{Block, DELETED, LeftOut};
use crate::extract::xml::{Element, Event, Name, Reader};
use open::{Container, Holder, NoteKind, Paragraph, Table};

/// What all stories of a document share, and what has been found in them.
pub(super) struct Context<'c> {
    styles: &'c Styles,
    numbering: Numbering,
    sections: &'c [Section],
    /// Its footnotes that were not referred to yet.
    pub(super) footnotes: NoteSeries,
    /// Its endnotes that were not referred to yet.
    pub(super) endnotes: NoteSeries,
    /// Characters that are in no block.
    pub(super) left_out: Vec<LeftOut>,
    /// Whether changes were tracked.
    pub(super) is_tracked: bool,
    /// Whether the program that saved the document told where its pages ended.
    pub(super) is_laid_out: bool,
    /// Ends of pages in the body.
    pub(super) page_breaks: usize,
}

impl<'c> Context<'c> {
    /// Nothing found yet.
    pub(super) fn new(styles: &'c Styles, numbering: Numbering, sections: &'c [Section]) -> Self {
        Self {
            styles,
            numbering,
            sections,
            footnotes: NoteSeries::default(),
            endnotes: NoteSeries::default(),
            left_out: Vec::new(),
            is_tracked: false,
            is_laid_out: false,
            page_breaks: 0,
        }
    }
}

/// What was read of a story.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// What stands in it outside of entries.
    pub(super) blocks: Vec<Block>,
    /// Notes or comments by id.
    pub(super) entries: Vec<(String, Vec<Block>)>,
    /// The block with which each section begins, and the section.
    pub(super) sections: Vec<(usize, Section)>,
}

/// Reads one story.
pub(super) struct Story<'r, 'c, 's> {
    reader: Reader<'r>,
    context: &'c mut Context<'s>,
    is_body: bool,
    containers: Vec<Container>,
    paragraphs: Vec<Paragraph>,
    tables: Vec<Table>,
    /// How many elements are open whose text was deleted or moved away.
    deleted: usize,
    /// How many elements are open that say once more what another has said.
    repeated: usize,
    /// For each choice between alternatives that is open, whether one was chosen; for each alternative, whether it is.
    choices: Vec<bool>,
    /// A page was ended by the author, and nothing was printed since.
    page_is_new: bool,
    section_start: usize,
    contents: Contents,
}

impl<'r, 'c, 's> Story<'r, 'c, 's> {
    /// A story that is not the body.
    pub(super) fn new(reader: Reader<'r>, context: &'c mut Context<'s>) -> Self {
        Self {
            reader,
            context,
            is_body: false,
            containers: vec![Container::new(Holder::Story)],
            paragraphs: Vec::new(),
            tables: Vec::new(),
            deleted: 0,
            repeated: 0,
            choices: Vec::new(),
            page_is_new: true,
            section_start: 0,
            contents: Contents::default(),
        }
    }

    /// The body of the document.
    pub(super) fn of_body(reader: Reader<'r>, context: &'c mut Context<'s>) -> Self {
        Self { is_body: true, ..Self::new(reader, context) }
    }

    /// Reads it to its end.
    ///
    /// # Errors
    /// If the document is damaged.
    pub(super) fn read(mut self) -> Result<Contents, Box<Diagnostic>> {
        let mut holds_text = false;
        while let Some(event) = self.reader.next()? {
            match event {
                Event::Open(element) => {
                    holds_text = self.open(&element)?;
                }
                Event::Text(text) if holds_text => self.push(&text),
                Event::Text(_) => {}
                Event::Close(name) => {
                    holds_text = false;
                    self.close(&name);
                }
            }
        }
        while let Some(container) = self.containers.pop() {
            self.contents.blocks.extend(container.blocks);
        }
        Ok(self.contents)
    }

    /// Takes the start of an element; whether its text is the document's.
    fn open(&mut self, element: &Element) -> Result<bool, Box<Diagnostic>> {
        match element.name.parts() {
            ("w" | "m" | "a", "t") => return Ok(true),
            ("mc", "AlternateContent") => self.choices.push(false),
            ("mc", "Fallback") => self.repeated += 1,
            ("mc", "Choice") => {
                // The first alternative that a program knows is shown, and Word knows its own.
                let is_first = self.choices.last_mut().is_none_or(|chosen| !std::mem::replace(chosen, true));
                self.repeated += usize::from(!is_first);
                self.choices.push(is_first);
            }
            ("w", name) => return self.open_word(name, element),
            _ => {}
        }
        Ok(false)
    }

    fn open_word(&mut self, name: &str, element: &Element) -> Result<bool, Box<Diagnostic>> {
        match name {
            "instrText" | "delInstrText" | "delText" => {
                return self.read_left_out(if name == "delText" { DELETED } else { "field code" });
            }
            "p" => self.begin_paragraph(),
            "pPr" => self.take_paragraph_properties()?,
            "r" => self.begin_run(),
            "rPr" => self.take_run_properties()?,
            "tbl" => {
                self.finish_carried();
                self.tables.push(Table::default());
            }
            "tr" => self.begin_row(),
            "trPr" => {
                let row = properties(&mut self.reader)?;
                self.context.is_tracked |= row.is_tracked;
                if let Some(table) = self.tables.last_mut().filter(|table| !table.row_is_deleted) {
                    (table.column, table.row_is_deleted) = (row.columns_before, row.is_deleted);
                    self.deleted += usize::from(row.is_deleted);
                }
            }
            "tc" => self.containers.push(Container::new(Holder::Cell)),
            "tcPr" => {
                let cell = properties(&mut self.reader)?;
                if let Some(container) = self.containers.last_mut() {
                    container.cell = cell;
                }
            }
            "txbxContent" => self.containers.push(Container::new(Holder::TextBox)),
            "footnote" | "endnote" | "comment" => {
                let id = element.attribute("w", "id").unwrap_or_default().to_owned();
                self.containers.push(Container::new(Holder::Entry(id)));
            }
            "del" | "moveFrom" => {
                self.context.is_tracked = true;
                self.deleted += 1;
            }
            "ins" | "moveTo" => self.context.is_tracked = true,
            "altChunk" | "subDoc" => {
                let id = element.attribute("r", "id").unwrap_or(name);
                self.leave_out("another document inside this one, which is not read", id);
            }
            "sectPr" => {
                let section = super::property::section(&mut self.reader)?;
                self.end_section(section);
            }
            "sdtPr" | "sdtEndPr" | "tblPr" | "tblPrEx" | "tblGrid" | "customXmlPr" | "smartTagPr" => {
                self.reader.skip()?;
            }
            "rubyPr" | "pPrChange" | "rPrChange" | "sectPrChange" | "tblPrChange" => self.reader.skip()?,
            _ => self.take_sign(name, element),
        }
        Ok(false)
    }

    /// Takes an empty element that stands for a character or a break.
    fn take_sign(&mut self, name: &str, element: &Element) {
        match name {
            "tab" | "ptab" => self.push(" "),
            "br" | "cr" => match element.attribute("w", "type") {
                Some("page") => self.end_page(false),
                Some("column") => self.push(" "),
                _ => self.end_line(),
            },
            "lastRenderedPageBreak" => self.end_page(true),
            "noBreakHyphen" => self.push("\u{2011}"),
            "softHyphen" => self.push("\u{ad}"),
            "sym" => {
                let code = element.attribute("w", "char").and_then(|code| u32::from_str_radix(code, 16).ok());
                if let Some(stored) = code.and_then(char::from_u32) {
                    let character = symbol::named(stored, element.attribute("w", "font"));
                    self.push(character.encode_utf8(&mut [0; 4]));
                }
            }
            "fldChar" => self.take_field_part(element.attribute("w", "fldCharType")),
            "footnoteReference" => self.take_reference(element, NoteKind::Footnote),
            "endnoteReference" => self.take_reference(element, NoteKind::Endnote),
            _ => {}
        }
    }

    fn close(&mut self, name: &Name) {
        match name.parts() {
            ("mc", "Fallback") => self.repeated = self.repeated.saturating_sub(1),
            ("mc", "AlternateContent") => _ = self.choices.pop(),
            ("mc", "Choice") => {
                let is_first = self.choices.pop().unwrap_or(true);
                self.repeated -= usize::from(!is_first).min(self.repeated);
            }
            ("w", "del" | "moveFrom") => self.deleted = self.deleted.saturating_sub(1),
            ("w", "p") => self.end_paragraph(),
            ("w", "r") => self.end_run(),
            ("w", "tr") => self.end_row(),
            ("w", "tbl") => {
                self.end_row();
                if let Some(table) = self.tables.pop() {
                    self.extend(table.grid.into_blocks());
                }
            }
            ("w", "tc" | "txbxContent" | "footnote" | "endnote" | "comment") => self.end_container(),
            _ => {}
        }
    }
}
