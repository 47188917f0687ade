//! Properties of runs, paragraphs, cells, rows and sections: the elements whose names end with `Pr`.

use super::note::NoteNumbering;
use crate::base::diagnostic::Diagnostic;
use crate::extract::numeral::NumberFormat;
use crate::extract::xml::{Element, Event, Reader};

/// What is said of a run, paragraph, cell or row; only what matters for its text.
#[derive(Debug, Default)]
pub(super) struct Properties {
    /// Style of a paragraph.
    pub(super) paragraph_style: Option<String>,
    /// Style of a run.
    pub(super) run_style: Option<String>,
    /// List that a paragraph is numbered in; 0 for none.
    pub(super) list: Option<i64>,
    /// Level of that list, from 0.
    pub(super) level: Option<usize>,
    /// Whether a run or a paragraph's mark is hidden.
    pub(super) is_hidden: Option<bool>,
    /// Whether a paragraph's mark or a row is deleted.
    pub(super) is_deleted: bool,
    /// Whether a paragraph's mark or a row was inserted or deleted while changes were tracked.
    pub(super) is_tracked: bool,
    /// Whether a page ends before a paragraph.
    pub(super) breaks_page: bool,
    /// Whether a run stands above the line.
    pub(super) is_raised: Option<bool>,
    /// Font of a run.
    pub(super) font: Option<String>,
    /// Number of columns that a cell covers.
    pub(super) span: Option<usize>,
    /// Whether a cell continues the one above or before it.
    pub(super) continues: bool,
    /// Number of columns before a row's first cell.
    pub(super) columns_before: usize,
    /// The section that ends with a paragraph.
    pub(super) section: Option<Section>,
}

/// Whether a part is a header or a footer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReferenceKind {
    /// Above the text of a page.
    Header,
    /// Below the text of a page.
    Footer,
}

impl ReferenceKind {
    /// What such a part is called.
    pub(super) fn part(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Footer => "footer",
        }
    }
}

/// A header or footer of a section.
#[derive(Debug, Clone)]
pub(super) struct Reference {
    /// Which of both.
    pub(super) kind: ReferenceKind,
    /// The id by which the document refers to its part.
    pub(super) id: String,
}

/// A section: pages with the same headers and footers.
#[derive(Debug, Clone, Default)]
pub(super) struct Section {
    /// Its headers and footers.
    pub(super) references: Vec<Reference>,
    /// Whether it goes on where the section before it ends, without a new page.
    pub(super) is_continuous: bool,
    /// How its footnotes are numbered.
    pub(super) footnotes: NoteNumbering,
    /// How its endnotes are numbered.
    pub(super) endnotes: NoteNumbering,
}

/// The value of the element's `w:val`.
pub(super) fn value(element: &Element) -> Option<&str> {
    element.attribute("w", "val")
}

/// The number in the element's `w:val`.
pub(super) fn number<N: std::str::FromStr>(element: &Element) -> Option<N> {
    value(element).and_then(|value| value.trim().parse().ok())
}

/// Whether an element that turns something on does; without a value it does.
pub(super) fn is_on(element: &Element) -> bool {
    !matches!(value(element), Some("0" | "false" | "off"))
}

/// Reads the properties in the element that was opened last, to its end.
///
/// # Errors
/// If the document is damaged.
pub(super) fn properties(reader: &mut Reader) -> Result<Properties, Box<Diagnostic>> {
    let outside = reader.depth().saturating_sub(1);
    let mut properties = Properties::default();
    while reader.depth() > outside {
        let Some(event) = reader.next()? else { break };
        let Event::Open(element) = event else { continue };
        let ("w", name) = element.name.parts() else { continue };
        match name {
            "pPrChange" | "rPrChange" | "tcPrChange" | "trPrChange" | "sectPrChange" => reader.skip()?,
            "sectPr" => properties.section = Some(section(reader)?),
            "pStyle" => properties.paragraph_style = value(&element).map(str::to_owned),
            "rStyle" => properties.run_style = value(&element).map(str::to_owned),
            "numId" => properties.list = number(&element),
            "ilvl" => properties.level = number(&element),
            "vanish" => properties.is_hidden = Some(is_on(&element)),
            "del" | "moveFrom" => (properties.is_deleted, properties.is_tracked) = (true, true),
            "ins" | "moveTo" => properties.is_tracked = true,
            "pageBreakBefore" => properties.breaks_page = is_on(&element),
            "vertAlign" => properties.is_raised = Some(value(&element) == Some("superscript")),
            "rFonts" => properties.font = font(&element),
            "gridSpan" => properties.span = number(&element),
            "vMerge" | "hMerge" => properties.continues |= value(&element) != Some("restart"),
            "gridBefore" => properties.columns_before = number(&element).unwrap_or(0),
            _ => {}
        }
    }
    Ok(properties)
}

/// The font that an `rFonts` names.
pub(super) fn font(element: &Element) -> Option<String> {
    ["hAnsi", "ascii", "cs", "eastAsia"].iter().find_map(|script| element.attribute("w", script)).map(str::to_owned)
}

/// Reads the section in the element that was opened last, to its end.
///
/// # Errors
/// If the document is damaged.
pub(super) fn section(reader: &mut Reader) -> Result<Section, Box<Diagnostic>> {
    let outside = reader.depth().saturating_sub(1);
    let mut section = Section::default();
    while reader.depth() > outside {
        let Some(event) = reader.next()? else { break };
        let Event::Open(element) = event else { continue };
        let ("w", name) = element.name.parts() else { continue };
        match name {
            "sectPrChange" => reader.skip()?,
            "headerReference" => section.references.extend(reference(&element, ReferenceKind::Header)),
            "footerReference" => section.references.extend(reference(&element, ReferenceKind::Footer)),
            "type" => section.is_continuous = matches!(value(&element), Some("continuous" | "nextColumn")),
            "footnotePr" => section.footnotes = note_numbering(reader)?,
            "endnotePr" => section.endnotes = note_numbering(reader)?,
            _ => {}
        }
    }
    Ok(section)
}

fn reference(element: &Element, kind: ReferenceKind) -> Option<Reference> {
    element.attribute("r", "id").map(|id| Reference { kind, id: id.to_owned() })
}

/// Reads how notes are numbered in the element that was opened last, to its end.
///
/// # Errors
/// If the document is damaged.
pub(super) fn note_numbering(reader: &mut Reader) -> Result<NoteNumbering, Box<Diagnostic>> {
    let outside = reader.depth().saturating_sub(1);
    let mut numbering = NoteNumbering::default();
    while reader.depth() > outside {
        let Some(event) = reader.next()? else { break };
        let Event::Open(element) = event else { continue };
        match element.name.parts() {
            ("w", "numFmt") => numbering.format = value(&element).map(NumberFormat::of_docx),
            ("w", "numStart") => numbering.start = number(&element),
            ("w", "numRestart") => numbering.restart = value(&element).and_then(super::note::Restart::named),
            _ => {}
        }
    }
    Ok(numbering)
}
