//! Paragraphs and where pages and sections end between and in them.

use super::open::{FieldPart, Paragraph};
use super::{Context, Story};
use crate::base::diagnostic::Diagnostic;
use crate::extract::document::{Block, Text};
use crate::extract::docx::property::{Properties, Section, properties};

impl Story<'_, '_, '_> {
    pub(super) fn begin_paragraph(&mut self) {
        let carried = self.containers.last_mut().and_then(|container| container.carried.take());
        let mut paragraph = carried.unwrap_or_default();
        paragraph.properties = Properties::default();
        self.paragraphs.push(paragraph);
    }

    pub(super) fn take_paragraph_properties(&mut self) -> Result<(), Box<Diagnostic>> {
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

    /// A page ends: because the author said so, or, as the program that saved the document found, because it was full.
    pub(super) fn end_page(&mut self, is_found: bool) {
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

    pub(super) fn end_paragraph(&mut self) {
        self.end_awaiting();
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
    pub(super) fn finish(&mut self, paragraph: Paragraph) {
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
    pub(super) fn number(&mut self, properties: &Properties) -> Option<String> {
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

    pub(super) fn finish_carried(&mut self) {
        if let Some(paragraph) = self.containers.last_mut().and_then(|container| container.carried.take()) {
            self.finish(paragraph);
        }
    }

    /// A section ends in the body; the next one, if there is one, begins here.
    pub(super) fn end_section(&mut self, section: Section) {
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
