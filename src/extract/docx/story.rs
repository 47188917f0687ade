//! A stream of paragraphs and tables: the body of a document, its notes, a header, a footer, its comments.

use super::note::NoteSeries;
use super::numbering::Numbering;
use super::property::{Properties, Section, properties};
use super::style::Styles;
use super::symbol;
use crate::base::diagnostic::Diagnostic;
use crate::extract::document::{Block, LeftOut, Text};
use crate::extract::grid::{Cell, Grid, flatten};
use crate::extract::label;
use crate::extract::xml::{Element, Event, Name, Reader};

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

/// What blocks are gathered in.
enum Holder {
    Story,
    Cell,
    TextBox,
    /// A note or comment.
    Entry(String),
}

/// Blocks that are being gathered.
struct Container {
    holder: Holder,
    blocks: Vec<Block>,
    /// A paragraph whose mark is deleted: the next one goes on with it.
    carried: Option<Paragraph>,
    /// For each field that is open, whether its code or its result is being read.
    fields: Vec<FieldPart>,
    cell: Properties,
}

impl Container {
    fn new(holder: Holder) -> Self {
        Self { holder, blocks: Vec::new(), carried: None, fields: Vec::new(), cell: Properties::default() }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum FieldPart {
    Code,
    Result,
}

/// A paragraph that is being read.
#[derive(Default)]
struct Paragraph {
    text: Text,
    properties: Properties,
    /// Pages that end before it.
    page_breaks: usize,
    notes: Vec<Block>,
    /// What stands in text boxes that are anchored in it.
    boxes: Vec<Block>,
    run: Run,
}

/// A run that is being read.
#[derive(Default)]
struct Run {
    is_hidden: bool,
    font: Option<String>,
    /// The note it refers to by a mark of its own, whose characters follow.
    marks: Option<(NoteKind, String)>,
    mark: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum NoteKind {
    Footnote,
    Endnote,
}

#[derive(Default)]
struct Table {
    grid: Grid,
    row: Vec<Cell>,
    column: usize,
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
            ("mc", "Fallback") => self.repeated += 1,
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
                if let Some(table) = self.tables.last_mut() {
                    table.column = row.columns_before;
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
                    let character = symbol::character(stored, element.attribute("w", "font"));
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
            ("w", "del" | "moveFrom") => self.deleted = self.deleted.saturating_sub(1),
            ("w", "p") => self.end_paragraph(),
            ("w", "r") => self.end_run(),
            ("w", "tr") => self.end_row(),
            ("w", "tbl") => {
                if let Some(table) = self.tables.pop() {
                    self.extend(table.grid.into_blocks());
                }
            }
            ("w", "tc" | "txbxContent" | "footnote" | "endnote" | "comment") => self.end_container(),
            _ => {}
        }
    }

    /// Takes characters of the paragraph that is being read.
    fn push(&mut self, text: &str) {
        let is_code = self.containers.last().is_some_and(|container| container.fields.contains(&FieldPart::Code));
        let what = match self.paragraphs.last_mut() {
            _ if self.repeated > 0 => Some("text repeated for older programs"),
            _ if self.deleted > 0 => Some(DELETED),
            None => Some("text outside of paragraphs"),
            _ if is_code => Some("field code"),
            Some(paragraph) if paragraph.run.is_hidden => Some("hidden text"),
            Some(paragraph) => {
                let is_blank = text.trim().is_empty();
                let (target, font) = (&mut paragraph.text, paragraph.run.font.as_deref());
                let shown: String = text.chars().map(|stored| symbol::character(stored, font)).collect();
                if paragraph.run.marks.is_some() {
                    paragraph.run.mark.push_str(&shown);
                } else {
                    target.push(&shown.replace(SOFT_HYPHEN, ""));
                }
                self.page_is_new &= is_blank;
                if !text.contains(SOFT_HYPHEN) {
                    return;
                }
                let hyphens = text.chars().filter(|character| *character == SOFT_HYPHEN).collect::<String>();
                self.leave_out("soft hyphen", &hyphens);
                return;
            }
        };
        if let Some(what) = what {
            self.leave_out(what, text);
        }
    }

    /// Keeps characters that are not printed, together with what was left out before for the same reason.
    fn leave_out(&mut self, what: &'static str, text: &str) {
        match self.context.left_out.last_mut() {
            Some(last) if last.what == what => last.text.push_str(text),
            _ => self.context.left_out.push(LeftOut { what, text: text.to_owned() }),
        }
    }

    /// Leaves out all text of the element that was opened last.
    fn read_left_out(&mut self, what: &'static str) -> Result<bool, Box<Diagnostic>> {
        let outside = self.reader.depth().saturating_sub(1);
        while self.reader.depth() > outside {
            match self.reader.next()? {
                Some(Event::Text(text)) => self.leave_out(what, &text),
                Some(_) => {}
                None => break,
            }
        }
        self.context.is_tracked |= what == DELETED;
        Ok(false)
    }

    fn begin_paragraph(&mut self) {
        let carried = self.containers.last_mut().and_then(|container| container.carried.take());
        let mut paragraph = carried.unwrap_or_default();
        paragraph.properties = Properties::default();
        self.paragraphs.push(paragraph);
    }

    fn take_paragraph_properties(&mut self) -> Result<(), Box<Diagnostic>> {
        let properties = properties(&mut self.reader)?;
        self.context.is_tracked |= properties.is_tracked;
        let breaks_page = properties.breaks_page && !self.page_is_new;
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.properties = properties;
        }
        if breaks_page {
            self.end_page(false);
        }
        Ok(())
    }

    fn begin_run(&mut self) {
        let styles = self.context.styles;
        if let Some(paragraph) = self.paragraphs.last_mut() {
            let style = paragraph.properties.paragraph_style.as_deref();
            let is_hidden = style.and_then(|style| styles.is_hidden(style)).unwrap_or(false);
            paragraph.run = Run { is_hidden, ..Run::default() };
        }
    }

    fn take_run_properties(&mut self) -> Result<(), Box<Diagnostic>> {
        let properties = properties(&mut self.reader)?;
        self.context.is_tracked |= properties.is_tracked;
        let styles = self.context.styles;
        if let Some(paragraph) = self.paragraphs.last_mut() {
            let of_style = properties.run_style.as_deref().and_then(|style| styles.is_hidden(style));
            if let Some(is_hidden) = properties.is_hidden.or(of_style) {
                paragraph.run.is_hidden = is_hidden;
            }
            paragraph.run.font = properties.font;
        }
        Ok(())
    }

    fn end_run(&mut self) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        let run = std::mem::take(&mut paragraph.run);
        if let Some((kind, id)) = run.marks {
            self.mark(kind, &id, run.mark.trim());
        }
    }

    fn take_reference(&mut self, element: &Element, kind: NoteKind) {
        let id = element.attribute("w", "id").unwrap_or_default().to_owned();
        if self.deleted > 0 || self.repeated > 0 {
            let note = self.series(kind).take(&id).map(flatten);
            if let Some((text, _)) = note.filter(|_| self.deleted > 0) {
                self.leave_out(DELETED, text.as_str());
            }
            return;
        }
        let has_own_mark = matches!(element.attribute("w", "customMarkFollows"), Some("1" | "true" | "on"));
        match self.paragraphs.last_mut() {
            Some(paragraph) if has_own_mark => paragraph.run.marks = Some((kind, id)),
            Some(_) => self.mark(kind, &id, ""),
            None => {}
        }
    }

    /// Marks that the note `id` belongs here, by the mark `own` or, if that is empty, by the next number.
    fn mark(&mut self, kind: NoteKind, id: &str, own: &str) {
        let series = self.series(kind);
        let label = if own.is_empty() { series.next_label() } else { own.to_owned() };
        let note = series.take(id);
        self.page_is_new = false;
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        paragraph.text.push_mark(&label);
        if let Some(blocks) = note {
            let (mut text, nested) = flatten(blocks);
            label::remove(&mut text, &label);
            paragraph.notes.push(Block::Footnote { label, text });
            paragraph.notes.extend(nested);
        }
    }

    fn series(&mut self, kind: NoteKind) -> &mut NoteSeries {
        match kind {
            NoteKind::Footnote => &mut self.context.footnotes,
            NoteKind::Endnote => &mut self.context.endnotes,
        }
    }

    fn take_field_part(&mut self, part: Option<&str>) {
        let Some(container) = self.containers.last_mut() else { return };
        match part {
            Some("begin") => container.fields.push(FieldPart::Code),
            Some("separate") => {
                container.fields.pop();
                container.fields.push(FieldPart::Result);
            }
            Some("end") => _ = container.fields.pop(),
            _ => {}
        }
    }

    fn end_line(&mut self) {
        if self.deleted > 0 || self.repeated > 0 {
            return;
        }
        if let Some(paragraph) = self.paragraphs.last_mut().filter(|paragraph| !paragraph.text.is_blank()) {
            paragraph.text.break_line();
        }
    }

    /// A page ends: because the author said so, or, as the program that saved the document found, because it was full.
    fn end_page(&mut self, is_found: bool) {
        if !self.is_body || self.deleted > 0 || self.repeated > 0 {
            return;
        }
        self.context.is_laid_out |= is_found;
        if is_found && std::mem::take(&mut self.page_is_new) && self.context.page_breaks > 0 {
            // The program found the page on which the author's break puts this.
            return;
        }
        self.page_is_new = !is_found;
        self.context.page_breaks += 1;
        self.context.footnotes.end_page();
        self.context.endnotes.end_page();
        match self.paragraphs.last_mut() {
            Some(paragraph) if paragraph.text.as_str().trim().is_empty() => paragraph.page_breaks += 1,
            Some(paragraph) => paragraph.text.break_page(),
            None => self.extend(vec![Block::PageBreak]),
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut paragraph) = self.paragraphs.pop() else { return };
        if let Some(container) = self.containers.last_mut() {
            // A code that does not end in its paragraph is a code that lacks its end.
            container.fields.retain(|part| *part == FieldPart::Result);
        }
        let section = paragraph.properties.section.take();
        if paragraph.properties.is_deleted && section.is_none() {
            if let Some(container) = self.containers.last_mut() {
                container.carried = Some(paragraph);
            }
            return;
        }
        self.finish(paragraph);
        if let Some(section) = section {
            self.end_section(section);
        }
    }

    /// Adds a paragraph that is read to the blocks around it.
    fn finish(&mut self, paragraph: Paragraph) {
        let mut text = Text::default();
        let is_hidden = paragraph.properties.is_hidden == Some(true);
        let is_printed = !paragraph.text.is_blank() || !(is_hidden || paragraph.properties.is_deleted);
        if is_printed && self.repeated == 0 && self.deleted == 0 {
            text.push(&self.number(&paragraph.properties).unwrap_or_default());
        }
        text.append(&paragraph.text);
        let mut blocks = vec![Block::PageBreak; paragraph.page_breaks];
        if !text.as_str().trim_matches(' ').is_empty() {
            blocks.push(Block::Paragraph(text));
        }
        blocks.extend(paragraph.notes);
        blocks.extend(paragraph.boxes);
        self.extend(blocks);
    }

    /// The automatic number of a paragraph.
    fn number(&mut self, properties: &Properties) -> Option<String> {
        let Context { styles, numbering, .. } = &mut *self.context;
        let style = properties.paragraph_style.as_deref();
        let (list, level) = match properties.list {
            Some(list) => (list, properties.level.unwrap_or(0)),
            None => {
                let style = style?;
                let (list, level) = styles.list(style)?;
                let tied = styles.bases(style).find_map(|style| numbering.level_of_style(list, style));
                (list, properties.level.or(tied).or(level).unwrap_or(0))
            }
        };
        numbering.count(list, level)
    }

    fn finish_carried(&mut self) {
        if let Some(paragraph) = self.containers.last_mut().and_then(|container| container.carried.take()) {
            self.finish(paragraph);
        }
    }

    fn extend(&mut self, blocks: Vec<Block>) {
        if let Some(container) = self.containers.last_mut() {
            container.blocks.extend(blocks);
        }
    }

    fn begin_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            (table.row, table.column) = (Vec::new(), 0);
        }
    }

    fn end_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            let row = std::mem::take(&mut table.row);
            table.grid.push(row);
        }
    }

    fn end_container(&mut self) {
        self.finish_carried();
        if self.containers.len() < 2 {
            return;
        }
        let Some(Container { holder, blocks, cell, .. }) = self.containers.pop() else { return };
        match holder {
            Holder::Story => self.extend(blocks),
            Holder::Cell => self.end_cell(blocks, &cell),
            Holder::TextBox => match self.paragraphs.last_mut() {
                Some(paragraph) => paragraph.boxes.extend(blocks),
                None => self.extend(blocks),
            },
            Holder::Entry(id) => self.contents.entries.push((id, blocks)),
        }
    }

    fn end_cell(&mut self, blocks: Vec<Block>, properties: &Properties) {
        let Some(table) = self.tables.last_mut() else { return self.extend(blocks) };
        let (start, span) = (table.column, properties.span.unwrap_or(1).max(1));
        table.column = start.saturating_add(span);
        if !properties.continues || !blocks.is_empty() {
            table.row.push(Cell { start, span, blocks });
        }
    }

    /// A section ends in the body; the next one, if there is one, begins here.
    fn end_section(&mut self, section: Section) {
        if !self.is_body || self.containers.len() > 1 {
            return;
        }
        self.finish_carried();
        self.contents.sections.push((self.section_start, section));
        self.context.footnotes.end_section();
        self.context.endnotes.end_section();
        let next = self.context.sections.get(self.contents.sections.len());
        if next.is_some_and(|next| !next.is_continuous) {
            self.end_page(false);
        }
        self.section_start = self.containers.first().map_or(0, |container| container.blocks.len());
    }
}

const DELETED: &str = "deleted text (tracked change)";
const SOFT_HYPHEN: char = '\u{ad}';
