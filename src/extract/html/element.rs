//! What the elements of a page say of their text: whether it is a block, raised, an item with a number.

use crate::extract::document::Block;
use crate::extract::grid::Cell;
use crate::extract::numeral::NumberFormat;
use scraper::node::Element;

/// A list that is open.
pub(super) struct List {
    format: Option<NumberFormat>,
    next: i64,
    step: i64,
}

/// The list that `element` is.
pub(super) fn list(element: &Element) -> List {
    let of_style = style_of_list(element);
    if element.name() != "ol" {
        return List { format: of_style.or(Some(NumberFormat::Bullet)), next: 1, step: 1 };
    }
    let format = of_style.unwrap_or_else(|| NumberFormat::of_html(element.attr("type").unwrap_or_default()));
    let next = element.attr("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
    List { format: Some(format), next, step: if element.attr("reversed").is_some() { -1 } else { 1 } }
}

/// The number of the next item of `list`, which `element` begins, with the blank behind it.
pub(super) fn number_of_item(list: &mut List, element: &Element) -> Option<String> {
    if let Some(value) = element.attr("value").and_then(|value| value.trim().parse().ok()) {
        list.next = value;
    }
    let value = list.next;
    list.next = value.saturating_add(list.step);
    let of_type = element.attr("type").filter(|kind| matches!(*kind, "1" | "a" | "A" | "i" | "I"));
    let format = style_of_list(element).or(of_type.map(NumberFormat::of_html)).or(list.format)?;
    match (format, u32::try_from(value)) {
        (NumberFormat::Bullet, _) => Some("- ".to_owned()),
        (NumberFormat::None, _) => None,
        (format, Ok(value)) => Some(format!("{}. ", format.write(value))),
        (_, Err(_)) => Some(format!("{value}. ")),
    }
}

/// The numbers that the style of a list or item names.
fn style_of_list(element: &Element) -> Option<NumberFormat> {
    let style = element.attr("style")?.to_ascii_lowercase();
    let values = style.split(';').filter_map(|part| part.split_once(':'));
    let mut values = values.filter(|(name, _)| matches!(name.trim(), "list-style" | "list-style-type"));
    values.find_map(|(_, value)| value.split_whitespace().find_map(NumberFormat::of_css))
}

/// Whether a table that holds another one is there for the looks of a page: most of its text is in the other.
pub(super) fn is_around_a_table(grid: &[Vec<Cell>]) -> bool {
    let (mut inner, mut all) = (0, 0);
    for block in grid.iter().flatten().flat_map(|cell| &cell.blocks) {
        match block {
            Block::Row(texts) => {
                let length: usize = texts.iter().map(|text| text.as_str().len()).sum();
                (inner, all) = (inner + length, all + length);
            }
            Block::Paragraph(text) | Block::Furniture(text) => all += text.as_str().len(),
            Block::Footnote { .. } | Block::PageBreak => {}
        }
    }
    inner * 2 > all
}

/// Whether the text of `element` stands above the line.
pub(super) fn is_raised(element: &Element) -> bool {
    let style = element.attr("style").unwrap_or_default();
    element.name() == "sup" || style.replace(' ', "").to_ascii_lowercase().contains("vertical-align:super")
}

/// Whether `element` ends the paragraph around it.
pub(super) fn is_block(element: &Element) -> bool {
    let style = element.attr("style").unwrap_or_default();
    is_block_name(element.name()) || style.replace(' ', "").to_ascii_lowercase().contains("display:block")
}

fn is_block_name(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// `text` without the ends of its source lines between two Han characters, where nobody meant a blank.
pub(super) fn join_han(text: &str) -> String {
    let is_han = |character: char| matches!(character as u32, 0x3000..=0x30ff | 0x3400..=0x9fff | 0xff00..=0xffef);
    let mut joined = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|character: char| character.is_ascii_whitespace()) {
        let (before, behind) = rest.split_at(start);
        joined.push_str(before);
        let after = behind.trim_start_matches(|character: char| character.is_ascii_whitespace());
        let blanks = &behind[..behind.len() - after.len()];
        let joins = blanks.contains('\n')
            && joined.chars().next_back().is_some_and(is_han)
            && after.chars().next().is_some_and(is_han);
        if !joins {
            joined.push(' ');
        }
        rest = after;
    }
    joined.push_str(rest);
    joined
}
