//! A stream of paragraphs and tables: the body of a document, or its headers and footers.

mod open;

use super::list::Lists;
use super::style::{OUTLINE, Styles};
use crate::base::diagnostic::Diagnostic;
use crate::extract::document::{Block, DELETED, LeftOut};
use crate::extract::grid::{Cell, flatten};
use crate::extract::xml::{Element, Event, Name, Reader};
use open::{Container, Holder, List, Paragraph, Table};

/// What all stories of a document share, and what has been found in them.
pub(super) struct Context<'c> {
    styles: &'c Styles,
    lists: Lists,
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
    pub(super) fn new(styles: &'c Styles, lists: Lists) -> Self {
        Self { styles, lists, left_out: Vec::new(), is_tracked: false, is_laid_out: false, page_breaks: 0 }
    }
}

/// Reads one story.
pub(super) struct Story<'r, 'c, 's> {
    reader: Reader<'r>,
    context: &'c mut Context<'s>,
    is_body: bool,
    /// How many elements are open whose text is the story's.
    shown: usize,
    containers: Vec<Container>,
    paragraphs: Vec<Paragraph>,
    tables: Vec<Table>,
    lists: Vec<List>,
    /// For each section that is open, whether it is hidden.
    sections: Vec<bool>,
    in_citation: bool,
    page_is_new: bool,
}

impl<'r, 'c, 's> Story<'r, 'c, 's> {
    /// The headers and footers of all pages.
    pub(super) fn of_pages(reader: Reader<'r>, context: &'c mut Context<'s>) -> Self {
        Self {
            reader,
            context,
            is_body: false,
            shown: 0,
            containers: vec![Container { holder: Holder::Story, blocks: Vec::new() }],
            paragraphs: Vec::new(),
            tables: Vec::new(),
            lists: Vec::new(),
            sections: Vec::new(),
            in_citation: false,
            page_is_new: true,
        }
    }

    /// The text of the document.
    pub(super) fn of_body(reader: Reader<'r>, context: &'c mut Context<'s>) -> Self {
        Self { is_body: true, ..Self::of_pages(reader, context) }
    }

    /// Reads it to its end.
    ///
    /// # Errors
    /// If the document is damaged.
    pub(super) fn read(mut self) -> Result<Vec<Block>, Box<Diagnostic>> {
        while let Some(event) = self.reader.next()? {
            match event {
                Event::Open(element) if self.shown > 0 || self.begins(&element) => self.open(&element)?,
                Event::Text(text) => self.push(&text),
                Event::Close(name) if self.shown > 0 => self.close(&name),
                Event::Open(_) | Event::Close(_) => {}
            }
        }
        Ok(self.containers.into_iter().flat_map(|container| container.blocks).collect())
    }

    /// Whether the story, or a part of it, begins with `element`.
    fn begins(&self, element: &Element) -> bool {
        match element.name.parts() {
            ("office", "text") => self.is_body,
            ("style", name) => {
                !self.is_body && (name.starts_with("header") || name.starts_with("footer")) && !name.ends_with("style")
            }
            _ => false,
        }
    }

    fn open(&mut self, element: &Element) -> Result<(), Box<Diagnostic>> {
        match element.name.parts() {
            ("text", "tracked-changes") => self.hold(Holder::LeftOut(DELETED)),
            ("text", "changed-region") => self.context.is_tracked = true,
            ("text", "number") => self.hold(Holder::LeftOut("number as it was last counted")),
            ("text", "section") => self.begin_section(element),
            ("office", "annotation") => self.hold(Holder::LeftOut("comment")),
            ("office", "forms") | ("text", "sequence-decls" | "variable-decls" | "user-field-decls") => {
                return self.reader.skip();
            }
            ("svg", "title" | "desc") => self.hold(Holder::LeftOut("description of a picture")),
            ("text", "p" | "h") | ("dc", "creator" | "date") | ("text", "meta-initials") => {
                self.begin_paragraph(element)
            }
            ("text", "span" | "a") => self.begin_span(element),
            ("text", "hidden-text" | "hidden-paragraph") => {
                let hidden = element.attribute("text", "string-value").unwrap_or_default();
                self.leave_out("hidden text", hidden);
                self.begin_hidden(element.attribute("text", "is-hidden") == Some("true"));
            }
            ("text", "s") => self.push_blanks(element),
            ("text", "tab") => self.push(" "),
            ("text", "line-break") => self.end_line(),
            ("text", "soft-page-break") => self.end_page(true),
            ("text", "list") => self.begin_list(element),
            ("text", "list-item") => self.begin_item(element),
            ("text", "note") => self.hold(Holder::Note { label: None, citation: String::new() }),
            ("text", "note-citation") => {
                self.in_citation = true;
                if let Some(Container { holder: Holder::Note { label, .. }, .. }) = self.containers.last_mut() {
                    *label = element.attribute("text", "label").map(str::to_owned);
                }
            }
            ("table", "table") => self.tables.push(Table::default()),
            ("table", "table-row") => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_row();
                }
            }
            ("table", "table-cell" | "covered-table-cell") => self.begin_cell(element),
            ("draw", "text-box") => self.hold(Holder::TextBox),
            _ => {}
        }
        self.shown += 1;
        Ok(())
    }

    fn close(&mut self, name: &Name) {
        self.shown -= 1;
        match name.parts() {
            ("text", "p" | "h") | ("dc", "creator" | "date") | ("text", "meta-initials") => self.end_paragraph(),
            ("text", "section") => self.end_section(),
            ("text", "span" | "a" | "hidden-text" | "hidden-paragraph") => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.spans.pop();
                }
            }
            ("text", "list") => _ = self.lists.pop(),
            ("text", "note-citation") => self.in_citation = false,
            ("text", "note" | "tracked-changes" | "number")
            | ("office", "annotation")
            | ("svg", "title" | "desc")
            | ("draw", "text-box")
            | ("table", "table-cell" | "covered-table-cell") => self.end_container(),
            ("table", "table-row") => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_row();
                }
            }
            ("table", "table") => {
                if let Some(mut table) = self.tables.pop() {
                    table.end_row();
                    self.extend(table.grid.into_blocks());
                    self.extend(vec![Block::PageBreak; table.page_breaks]);
                }
            }
            _ => {}
        }
    }

    fn hold(&mut self, holder: Holder) {
        self.containers.push(Container { holder, blocks: Vec::new() });
    }

    /// Takes characters, in which ODF collapses white space.
    fn push(&mut self, text: &str) {
        if self.shown == 0 {
            return;
        }
        if let Some(what) = self.left_out() {
            return self.leave_out(what, text);
        }
        if self.in_citation {
            if let Some(Container { holder: Holder::Note { citation, .. }, .. }) = self.containers.last_mut() {
                citation.push_str(text);
            }
            return;
        }
        match self.paragraphs.last_mut() {
            Some(paragraph) if paragraph.is_hidden || paragraph.spans.iter().any(|(hidden, _)| *hidden) => {
                self.leave_out("hidden text", text);
            }
            Some(paragraph) => {
                let shown = text.replace('\u{ad}', "");
                if paragraph.spans.last().is_some_and(|(_, raised)| *raised) {
                    paragraph.text.push_raised(&shown);
                } else {
                    paragraph.text.push(&shown);
                }
                self.page_is_new &= text.trim().is_empty();
                let hyphens: String = text.chars().filter(|character| *character == '\u{ad}').collect();
                if !hyphens.is_empty() {
                    self.leave_out("soft hyphen", &hyphens);
                }
            }
            None if text.trim().is_empty() => {}
            None => self.leave_out("text outside of paragraphs", text),
        }
    }

    /// Why what is being read is left out, if it is.
    fn left_out(&self) -> Option<&'static str> {
        self.containers.iter().find_map(|container| match container.holder {
            Holder::LeftOut(what) => Some(what),
            _ => None,
        })
    }

    fn leave_out(&mut self, what: &'static str, text: &str) {
        match self.context.left_out.last_mut() {
            Some(last) if last.what == what => last.text.push_str(text),
            _ => self.context.left_out.push(LeftOut { what, text: text.to_owned() }),
        }
    }

    /// Several blanks, of which no more than one is kept.
    fn push_blanks(&mut self, element: &Element) {
        if element.attribute("text", "c") != Some("0") {
            self.push(" ");
        }
    }

    fn begin_paragraph(&mut self, element: &Element) {
        let style = element.attribute("text", "style-name").unwrap_or_default();
        let styles = self.context.styles;
        let is_hidden = styles.is_hidden(style);
        let (breaks_after, depth) = (styles.breaks_after(style), self.containers.len());
        let paragraph = Paragraph { is_hidden, breaks_after, depth, ..Paragraph::default() };
        self.paragraphs.push(paragraph);
        if styles.breaks_before(style) && !self.page_is_new {
            self.end_page(false);
        }
        if is_hidden || self.left_out().is_some() {
            return;
        }
        let number = self.item_number(element, style);
        if let (Some(number), Some(paragraph)) = (number, self.paragraphs.last_mut()) {
            paragraph.text.push(&number);
        }
    }

    /// The number printed before a paragraph that begins an item of a list, or before a heading.
    fn item_number(&mut self, element: &Element, style: &str) -> Option<String> {
        let Context { styles, lists, .. } = &mut *self.context;
        if let Some(list) = self.lists.last_mut() {
            let start = list.pending.take()?;
            let named = self.lists.iter().rev().find_map(|list| list.style.as_deref());
            let named = named.or_else(|| styles.list(style))?.to_owned();
            return lists.count(styles, &named, self.lists.len(), start);
        }
        let is_heading = element.name.local == "h" && element.attribute("text", "is-list-header") != Some("true");
        let level = element.attribute("text", "outline-level").and_then(|level| level.parse().ok()).unwrap_or(1);
        is_heading.then(|| lists.count(styles, OUTLINE, level, None)).flatten()
    }

    fn begin_span(&mut self, element: &Element) {
        let style = element.attribute("text", "style-name").unwrap_or_default();
        let styles = self.context.styles;
        if let Some(paragraph) = self.paragraphs.last_mut() {
            let around = paragraph.spans.last().is_some_and(|(_, raised)| *raised);
            paragraph.spans.push((styles.is_hidden(style), styles.is_raised(style).unwrap_or(around)));
        }
    }

    fn begin_hidden(&mut self, is_hidden: bool) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.spans.push((is_hidden, false));
        }
    }

    fn begin_section(&mut self, element: &Element) {
        let is_hidden = element.attribute("text", "display") == Some("none");
        self.sections.push(is_hidden);
        if is_hidden {
            self.hold(Holder::LeftOut("hidden text"));
        }
    }

    fn end_section(&mut self) {
        if self.sections.pop() == Some(true) {
            self.end_container();
        }
    }

    fn begin_list(&mut self, element: &Element) {
        let style = element.attribute("text", "style-name").map(str::to_owned);
        let around = self.lists.iter().rev().find_map(|list| list.style.as_deref());
        if let Some(style) = style.as_deref().filter(|style| around != Some(*style)) {
            let continued = element.attribute("text", "continue-list");
            let goes_on = element.attribute("text", "continue-numbering") == Some("true");
            let id = element.attribute("xml", "id");
            self.context.lists.begin(style, id, continued, goes_on);
        }
        self.lists.push(List { style, pending: None });
    }

    fn begin_item(&mut self, element: &Element) {
        let start = element.attribute("text", "start-value").and_then(|start| start.parse().ok());
        if let Some(list) = self.lists.last_mut() {
            list.pending = Some(start);
        }
    }

    fn begin_cell(&mut self, element: &Element) {
        let number = |name| element.attribute("table", name).and_then(|value| value.parse().ok()).unwrap_or(1).max(1);
        // A covered cell is counted with the cell that covers it, if that is in its row; it has a place of its own.
        let span = number("number-columns-spanned");
        let repeated = number("number-columns-repeated");
        self.hold(Holder::Cell { span, repeated });
        let page_breaks = self.tables.last_mut().map_or(0, |table| std::mem::take(&mut table.page_breaks));
        self.extend(vec![Block::PageBreak; page_breaks]);
    }

    fn end_line(&mut self) {
        if let Some(paragraph) = self.paragraphs.last_mut().filter(|paragraph| !paragraph.text.is_blank()) {
            paragraph.text.break_line();
        }
    }

    /// A page ends: because the author said so, or, as the program that saved the document found, because it was full.
    fn end_page(&mut self, is_found: bool) {
        if !self.is_body || self.left_out().is_some() {
            return;
        }
        self.context.is_laid_out |= is_found;
        self.context.page_breaks += 1;
        self.page_is_new = !is_found;
        let is_in_cell = matches!(self.containers.last(), Some(Container { holder: Holder::Cell { .. }, .. }));
        match self.paragraphs.last_mut() {
            Some(paragraph) if paragraph.text.is_blank() => paragraph.page_breaks += 1,
            Some(paragraph) => paragraph.text.break_page(),
            None => match self.tables.last_mut() {
                Some(table) if !is_in_cell => table.page_breaks += 1,
                _ => self.extend(vec![Block::PageBreak]),
            },
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        let mut blocks = vec![Block::PageBreak; paragraph.page_breaks];
        if !paragraph.text.as_str().trim_matches(' ').is_empty() {
            blocks.push(Block::Paragraph(paragraph.text));
        }
        blocks.extend(paragraph.notes);
        blocks.extend(paragraph.boxes);
        match self.paragraphs.last_mut() {
            // A paragraph of a shape that is anchored in another one.
            Some(around) if around.depth == paragraph.depth => around.boxes.extend(blocks),
            _ => self.extend(blocks),
        }
        if paragraph.breaks_after {
            self.end_page(false);
        }
    }

    fn extend(&mut self, blocks: Vec<Block>) {
        if let Some(container) = self.containers.last_mut() {
            container.blocks.extend(blocks);
        }
    }

    fn end_container(&mut self) {
        if self.containers.len() < 2 {
            return;
        }
        let Some(Container { holder, blocks }) = self.containers.pop() else { return };
        match holder {
            Holder::Story => self.extend(blocks),
            Holder::LeftOut(what) => self.leave_out(what, "\n"),
            Holder::Cell { span, repeated } => self.end_cell(blocks, span, repeated),
            Holder::TextBox => match self.paragraphs.last_mut() {
                Some(paragraph) => paragraph.boxes.extend(blocks),
                None => self.extend(blocks),
            },
            Holder::Note { label: Some(label), citation } => {
                if citation.trim() != label.trim() {
                    self.leave_out("mark of a note as it was last counted", &citation);
                }
                self.end_note(label, blocks);
            }
            Holder::Note { label: None, citation } => self.end_note(citation, blocks),
        }
    }

    fn end_note(&mut self, label: String, blocks: Vec<Block>) {
        let (text, nested) = flatten(blocks);
        let note = std::iter::once(Block::Footnote { label: label.clone(), text }).chain(nested);
        match self.paragraphs.last_mut() {
            Some(paragraph) => {
                paragraph.text.push_mark(&label);
                paragraph.notes.extend(note);
            }
            None => self.extend(note.collect()),
        }
    }

    fn end_cell(&mut self, blocks: Vec<Block>, span: usize, repeated: usize) {
        let Some(table) = self.tables.last_mut() else { return self.extend(blocks) };
        let start = table.column;
        table.column = start.saturating_add(repeated);
        // What a cell covers follows as covered cells, which are empty.
        if !blocks.is_empty()
            || repeated == 1 && span == 1 && table.row.iter().all(|cell| cell.start + cell.span <= start)
        {
            table.row.push(Cell { start, span, blocks });
        }
    }
}
