//! One report's text → its content in reading order, with every character accounted for.
//!
//! Input: one [`Source`] and the lexicons. Output: [`Parsed`]. Invariants: parsing cannot fail;
//! nothing is lost: what no rule understood is a leftover; a file is parsed without the others.
//!
//! 1. [`page`] tells furniture, footnotes and marks from the text.
//! 2. [`layout`] finds out how the report is printed.
//! 3. [`front`] reads what stands above a table, [`masthead`] what the first page says of the document, and [`mandate`]
//!    who asked for it; [`table`], [`paragraph`] and [`reply`] read the rest.
//! 4. [`language`] tells the language of the text.
//! 5. [`ideograph`] lets all of these read radicals as the characters that they stand for.
//! 6. [`account`] sees to it that no character is missing.

pub mod account;
pub mod citation;
pub mod date;
pub mod fact;
pub mod front;
pub mod gist;
pub mod ideograph;
pub mod inline;
pub mod item;
pub mod label;
pub mod language;
pub mod layout;
pub mod lexicon;
pub mod line;
pub mod mandate;
pub mod masthead;
pub mod page;
pub mod paragraph;
pub mod reply;
pub mod table;
pub mod text;

pub use item::Item;
pub use lexicon::{Lexicon, Lexicons};

use crate::base::code;
use crate::base::diagnostic::Diagnostic;
use crate::base::source::{Source, SourceId};
use crate::model::edtf::Edtf;
use crate::model::report::{FrontMatter, Layout};
use layout::Evidence;
use page::{LineRole, Page};
use std::borrow::Cow;
use text::Blanks;

/// A report as its layout gives it.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// The source.
    pub source: SourceId,
    /// How it is printed.
    pub layout: Layout,
    /// The language of its text, BCP 47; `und` where the text shows none.
    pub language: String,
    /// What its front matter says.
    pub front: FrontMatter,
    /// Its content in source order.
    pub items: Vec<Item>,
    /// Remarks on what was not understood.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses `source`.
#[must_use]
pub fn parse(source: &Source, lexicon: &Lexicon) -> Parsed {
    let text = ideograph::unified(&source.text);
    let page = Page::new(&text, lexicon);
    let evidence = layout::look(&page, lexicon);
    let (mut items, front) = content(&page, &evidence, lexicon);
    items.extend(printed_beside(&page, evidence.blanks));
    items.sort_by_cached_key(Item::start);
    let language = language::of(&text, lexicon);
    if matches!(text, Cow::Owned(_)) {
        ideograph::restore(&mut items, &source.text);
    }
    let unknown = (language == language::UNDETERMINED).then(|| unknown_language(source));
    let mut parsed = Parsed {
        source: source.id,
        layout: evidence.layout,
        language,
        front,
        items,
        diagnostics: unknown.into_iter().collect(),
    };
    account::complete(&mut parsed, source);
    parsed
}

fn unknown_language(source: &Source) -> Diagnostic {
    let fault = Diagnostic::warning(code::UNKNOWN_LANGUAGE, "the text does not show which language it is in");
    fault.at(language::place(source)).hint("its pages are marked with no language")
}

fn content(page: &Page<'_>, evidence: &Evidence, lexicon: &Lexicon) -> (Vec<Item>, FrontMatter) {
    let blanks = evidence.blanks;
    match (evidence.layout, &evidence.flattened) {
        (Layout::FlattenedTable, Some((compact, body))) => {
            let parts = front::parts_of_compact(compact, body.start, lexicon);
            with_front(page, &parts, blanks, lexicon, table::flattened::rows(page, compact, body, lexicon))
        }
        (Layout::TabbedTable, _) => {
            let parts = front::parts_of_lines(page, evidence.table_line, lexicon);
            with_front(page, &parts, blanks, lexicon, table::tabbed::rows(page, evidence.table_line, lexicon))
        }
        (Layout::WrappedTable, _) => {
            let parts = front::parts_of_lines(page, evidence.table_line, lexicon);
            with_front(page, &parts, blanks, lexicon, printed_rows(page, evidence.table_line, lexicon))
        }
        (Layout::Replies | Layout::Paragraphs, _) => paragraphs(page, blanks, lexicon),
        _ => (Vec::new(), FrontMatter::default()),
    }
}

/// The rows of a table as PDF text, whether it keeps its columns or not.
fn printed_rows(page: &Page<'_>, first: usize, lexicon: &Lexicon) -> Vec<Item> {
    match table::columned::columns(page, first, lexicon) {
        Some(columns) => table::columned::rows(page, first, columns, lexicon),
        None if page.lines.lines.iter().any(|line| line.form_feed) => table::stacked::rows(page, first, lexicon),
        None => table::wrapped::rows(page, first, lexicon),
    }
}

fn with_front(
    page: &Page<'_>,
    parts: &[front::FrontPart],
    blanks: Blanks,
    lexicon: &Lexicon,
    table: Vec<Item>,
) -> (Vec<Item>, FrontMatter) {
    let (mut items, front) = front::read(page, parts, blanks, lexicon);
    items.extend(table);
    (items, front)
}

/// Paragraphs from the first line on; the front matter is what stands above the first of them.
fn paragraphs(page: &Page<'_>, blanks: Blanks, lexicon: &Lexicon) -> (Vec<Item>, FrontMatter) {
    let items = paragraph::read(page, 0, blanks, lexicon);
    let lines: Vec<masthead::Line<'_>> = items.iter().map_while(|item| masthead::line(page, item)).collect();
    let mut front = masthead::read(&lines, lexicon);
    front.adopted = closing_day(&items, lexicon).or(front.adopted);
    masthead::complete(&mut front, page);
    let own = items.iter().take_while(|item| !matches!(item, Item::Reply(_)));
    let numbered: Vec<&str> = own.filter_map(numbered_text).take(mandate::PARAGRAPHS).collect();
    front.mandates = mandate::read(&numbered, lexicon);
    (items, front)
}

fn numbered_text(item: &Item) -> Option<&str> {
    match item {
        Item::Paragraph(paragraph) if !paragraph.number.is_empty() => Some(paragraph.text.text.as_str()),
        _ => None,
    }
}

/// The day that the closing lines of a resolution name: that of its adoption.
fn closing_day(items: &[Item], lexicon: &Lexicon) -> Option<Edtf> {
    let mut closing = items.iter().rev().filter_map(|item| match item {
        Item::ClosingLine(text) => lexicon.mastheads.day(&text.text).map(|(day, _)| day),
        _ => None,
    });
    closing.next()
}

/// Footnotes, furniture and table heads.
fn printed_beside(page: &Page<'_>, blanks: Blanks) -> Vec<Item> {
    let lines = page.lines.lines.iter().zip(&page.roles);
    let furniture = lines.filter(|(_, role)| matches!(role, LineRole::Furniture | LineRole::TableHead));
    let furniture = furniture.map(|(line, _)| Item::Furniture(page.plain(line.span, blanks)));
    let footnotes = page.footnotes.iter().map(|footnote| Item::Footnote {
        label: footnote.label.clone(),
        printed: page.plain(footnote.label_span, blanks),
        text: page.excerpt(&footnote.text, blanks),
    });
    furniture.chain(footnotes).collect()
}
