//! Runs: characters, what is left out of them, marks of notes, parts of fields.

use super::Story;
use super::open::{FieldPart, NoteKind, Run};
use crate::base::diagnostic::Diagnostic;
use crate::extract::document::{Block, DELETED, LeftOut};
use crate::extract::docx::note::NoteSeries;
use crate::extract::docx::property::properties;
use crate::extract::docx::symbol;
use crate::extract::grid::flatten;
use crate::extract::label;
use crate::extract::xml::{Element, Event};

const SOFT_HYPHEN: char = '\u{ad}';

impl Story<'_, '_, '_> {
    /// Takes characters of the paragraph that is being read.
    pub(super) fn push(&mut self, text: &str) {
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
                } else if paragraph.run.is_raised {
                    target.push_raised(&shown.replace(SOFT_HYPHEN, ""));
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
    pub(super) fn leave_out(&mut self, what: &'static str, text: &str) {
        match self.context.left_out.last_mut() {
            Some(last) if last.what == what => last.text.push_str(text),
            _ => self.context.left_out.push(LeftOut { what, text: text.to_owned() }),
        }
    }

    /// Leaves out all text of the element that was opened last.
    pub(super) fn read_left_out(&mut self, what: &'static str) -> Result<bool, Box<Diagnostic>> {
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

    pub(super) fn begin_run(&mut self) {
        let styles = self.context.styles;
        if let Some(paragraph) = self.paragraphs.last_mut() {
            let style = paragraph.properties.paragraph_style.as_deref();
            let is_hidden = style.and_then(|style| styles.is_hidden(style)).unwrap_or(false);
            paragraph.run = Run { is_hidden, marks: paragraph.awaited.take(), ..Run::default() };
        }
    }

    pub(super) fn take_run_properties(&mut self) -> Result<(), Box<Diagnostic>> {
        let properties = properties(&mut self.reader)?;
        self.context.is_tracked |= properties.is_tracked;
        let styles = self.context.styles;
        if let Some(paragraph) = self.paragraphs.last_mut() {
            let of_style = properties.run_style.as_deref().and_then(|style| styles.is_hidden(style));
            if let Some(is_hidden) = properties.is_hidden.or(of_style) {
                paragraph.run.is_hidden = is_hidden;
            }
            let of_style = properties.run_style.as_deref().and_then(|style| styles.is_raised(style));
            paragraph.run.is_raised = properties.is_raised.or(of_style).unwrap_or(false);
            paragraph.run.font = properties.font;
        }
        Ok(())
    }

    pub(super) fn end_run(&mut self) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        let run = std::mem::take(&mut paragraph.run);
        let Some((kind, id)) = run.marks else { return };
        if run.mark.trim().is_empty() {
            // The mark's characters stand in the next run.
            paragraph.awaited = Some((kind, id));
        } else {
            self.mark(kind, &id, run.mark.trim());
        }
    }

    /// A paragraph ends: the mark that was awaited has no characters.
    pub(super) fn end_awaiting(&mut self) {
        if let Some((kind, id)) = self.paragraphs.last_mut().and_then(|paragraph| paragraph.awaited.take()) {
            self.mark(kind, &id, "");
        }
    }

    pub(super) fn take_reference(&mut self, element: &Element, kind: NoteKind) {
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
    pub(super) fn mark(&mut self, kind: NoteKind, id: &str, own: &str) {
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

    pub(super) fn series(&mut self, kind: NoteKind) -> &mut NoteSeries {
        match kind {
            NoteKind::Footnote => &mut self.context.footnotes,
            NoteKind::Endnote => &mut self.context.endnotes,
        }
    }

    pub(super) fn take_field_part(&mut self, part: Option<&str>) {
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

    pub(super) fn end_line(&mut self) {
        if self.deleted > 0 || self.repeated > 0 {
            return;
        }
        if let Some(paragraph) = self.paragraphs.last_mut().filter(|paragraph| !paragraph.text.is_blank()) {
            paragraph.text.break_line();
        }
    }
}
