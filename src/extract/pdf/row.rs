//! A table's lines → its rows.
//!
//! Input: a [`Grid`] and the lines in it. Output: [`Item`]s: rows, and between them the lines of sections across all
//! columns. A row is what stands between two rules; where there are none, it begins with an entry in one of the first
//! columns.

use super::continuation::{goes_on_small, is_unfinished};
use super::grid::Grid;
use super::join::{Part, Printed};
use super::line::Line;
use super::page::Page;
use super::paragraph::{self, printed};

/// A piece of a page's body.
#[derive(Debug, Clone)]
pub(super) enum Item {
    /// A line of running text.
    Line(Printed),
    /// What follows does not go on with the paragraph before.
    Break,
    /// A table begins, or goes on from the page before.
    Table,
    /// A row of a table: for each column its text.
    Row(Vec<Vec<Part>>),
}

/// What of a table that goes on is known from the page before.
#[derive(Default)]
pub(super) struct Before<'a> {
    /// The text of its head.
    pub head: Option<&'a str>,
    /// The last line in the first cell of its last row.
    pub name: Option<&'a Printed>,
}

/// The rows of `grid` on `page`.
pub(super) fn rows(page: &Page, grid: &Grid, lines: &[Line], before: Before<'_>) -> Vec<Item> {
    let Before { head, mut name } = before;
    let inside = &lines[grid.first..grid.end];
    let mut items = Vec::new();
    let pitch = pitch(grid, inside);
    let mut begun = vec![None; grid.edges.len()];
    for band in bands(grid, inside) {
        // The rest of a row from the page before follows its head as if it were part of it.
        let is_head = |lines: &[Line]| head == Some(text(&cells(page, grid, lines, pitch)).as_str());
        let ends_head = |end: &usize| band.get(..*end).is_some_and(is_head);
        let head_lines =
            if items.is_empty() && head.is_some() { (1..band.len().min(HEAD_LINES)).find(ends_head) } else { None };
        let (head_lines, rest) = band.split_at(head_lines.unwrap_or_default());
        if !head_lines.is_empty() {
            push_group(page, grid, head_lines, pitch, &mut items);
        }
        if !rest.is_empty() && !is_head(rest) && name.take().is_some_and(|name| is_rest_of_name(page, grid, rest, name))
        {
            items.push(Item::Row(cells(page, grid, rest, pitch)));
            continue;
        }
        if grid.is_ruled {
            // No rule stands between the head and the rest of a row, as one does above a section.
            if !head_lines.is_empty() && rest.first().is_some_and(|line| !begins_section(line)) {
                begun.fill(Some(items.len()));
                items.push(Item::Row(cells(page, grid, rest, pitch)));
            } else {
                push_band(page, grid, rest, pitch, &mut begun, &mut items);
            }
            continue;
        }
        for group in groups(page, grid, rest, pitch).into_iter().filter(|group| !group.is_empty()) {
            push_group(page, grid, group, pitch, &mut items);
        }
    }
    items
}

/// Whether `lines` are the rest of a name above them that ends with `name`, as their first word had no room there.
fn is_rest_of_name(page: &Page, grid: &Grid, lines: &[Line], name: &Printed) -> bool {
    let (Some(first), Some(end)) = (lines.first(), grid.edges.get(1)) else { return false };
    let is_name = !begins_section(first) && lines.iter().all(|line| is_in_first(grid, line));
    is_name && !paragraph::has_room(name, &printed(page, first, &first.words), *end)
}

/// Whether a line has nothing but in the first column.
fn is_in_first(grid: &Grid, line: &Line) -> bool {
    columns_used(grid, line).iter().skip(1).all(|used| !used)
}

/// Whether a line begins with the number of a section.
fn begins_section(line: &Line) -> bool {
    let text = line.words.first().map_or("", |word| word.text.as_str());
    text.starts_with(char::is_numeric) || paragraph::is_label(text)
}

/// Most lines of a table's head.
const HEAD_LINES: usize = 8;

/// The characters of a row without blanks and marks.
pub(super) fn text(cells: &[Vec<Part>]) -> String {
    let mut text = String::new();
    for part in cells.iter().flatten() {
        if let Part::Line(line) = part {
            text.extend(line.plain().chars().filter(|character| !character.is_whitespace()));
        }
    }
    text
}

/// The lines between rules.
fn bands<'l>(grid: &Grid, lines: &'l [Line]) -> Vec<&'l [Line]> {
    let part = |line: &Line| grid.parts.partition_point(|part| *part < line.y);
    lines.chunk_by(|one, other| part(one) == part(other)).collect()
}

/// The least distance of lines below each other in one column.
fn pitch(grid: &Grid, lines: &[Line]) -> f32 {
    let mut last: Vec<Option<f32>> = vec![None; grid.edges.len()];
    let mut least = f32::MAX;
    for line in lines {
        for word in &line.words {
            let Some(last) = last.get_mut(grid.column(word)) else { continue };
            if let Some(last) = *last
                && line.y - last > 0.7 * line.size
            {
                least = least.min(line.y - last);
            }
            *last = Some(line.y);
        }
    }
    least
}

/// Where a column ends, as far as lines show it.
fn columns_used(grid: &Grid, line: &Line) -> Vec<bool> {
    let mut used = vec![false; grid.edges.len()];
    for word in &line.words {
        if let Some(used) = used.get_mut(grid.column(word)) {
            *used = true;
        }
    }
    used
}

/// Parts the lines of a table without rules into rows and section lines.
fn groups<'l>(page: &Page, grid: &Grid, lines: &'l [Line], pitch: f32) -> Vec<&'l [Line]> {
    let mut groups = Vec::new();
    let mut begin = 0;
    let is_list = is_list(page, grid, lines, pitch);
    for index in 1..lines.len() {
        if is_list && fills(grid, &lines[index]) || begins_row(page, grid, &lines[begin..=index], pitch) {
            groups.extend(lines.get(begin..index));
            begin = index;
        }
    }
    groups.extend(lines.get(begin..));
    groups
}

/// Fewest lines of a list.
const FEWEST_OF_LIST: usize = 3;

/// Whether each of the lines is a row, as in a list of States and dates: all that stand below the first row are as near
/// as lines of one cell, and each has an entry in one of the first columns and in that of texts.
fn is_list(page: &Page, grid: &Grid, lines: &[Line], pitch: f32) -> bool {
    let begin = lines.iter().position(|line| fills(grid, line)).unwrap_or(lines.len());
    let rows = &lines[begin..];
    let goes_on = |pair: &[Line]| match pair {
        [last, line] => {
            is_section(page, grid, line)
                || is_section(page, grid, last)
                || fills(grid, line) && line.y - last.y < near(pitch)
        }
        _ => false,
    };
    rows.len() >= FEWEST_OF_LIST && rows.windows(2).all(goes_on)
}

/// Whether a line has an entry in one of the first columns and in that of texts.
fn fills(grid: &Grid, line: &Line) -> bool {
    let used = columns_used(grid, line);
    let text = text_column(grid);
    used.iter().take(text).any(|used| *used) && used.get(text) == Some(&true)
}

/// The column of texts; those before it are of entries with which rows begin.
fn text_column(grid: &Grid) -> usize {
    grid.edges.len().min(3) - 1
}

/// Lines of one cell are nearer than this.
fn near(pitch: f32) -> f32 {
    pitch * 1.15 + 0.2
}

/// Whether the last of `lines` begins a row of its own, and does not go on with that of the lines before it.
fn begins_row(page: &Page, grid: &Grid, lines: &[Line], pitch: f32) -> bool {
    let Some((line, before)) = lines.split_last() else { return false };
    let Some(last) = before.last() else { return false };
    let near = near(pitch);
    let is_section = |line: &Line| is_section(page, grid, line);
    if is_section(line) || is_section(last) {
        // A section's heading over several lines is one.
        return !(is_section(line) && is_section(last) && line.y - last.y < near);
    }
    let used = columns_used(grid, line);
    let text = text_column(grid);
    let above = |column: usize| before.iter().rev().find(|line| columns_used(grid, line).get(column) == Some(&true));
    if line.is_bold() != last.is_bold() && line.y - last.y > 0.7 * line.size {
        return true;
    }
    let enters = used.iter().take(text).any(|used| *used);
    let has_text = used.get(text) == Some(&true);
    if !enters {
        return false;
    }
    // Every column has room above it: rows are set apart.
    let all_apart = used
        .iter()
        .enumerate()
        .filter(|(_, used)| **used)
        .all(|(column, _)| above(column).is_none_or(|above| line.y - above.y > near));
    if all_apart && line.y - last.y > near {
        return true;
    }
    if !has_text {
        return false;
    }
    let fresh = used
        .iter()
        .take(text)
        .enumerate()
        .filter(|(_, used)| **used)
        .all(|(column, _)| above(column).is_none_or(|above| line.y - above.y > near));
    let ended = above(text).is_none_or(|above| paragraph::is_ended(&column_text(grid, above, text)));
    fresh && (all_apart || ended) || ended && has_next_date(grid, line, before)
}

/// Whether the date in `line` is another than that in the lines of the row `above`, though no distance says so.
fn has_next_date(grid: &Grid, line: &Line, above: &[Line]) -> bool {
    let column = text_column(grid).saturating_sub(1);
    let date = column_text(grid, line, column);
    let above: Vec<String> = above.iter().take(DATE_LINES).map(|line| column_text(grid, line, column)).collect();
    column > 0 && !date.is_empty() && !goes_on_small(&date) && !is_unfinished(above.join(" ").trim())
}

/// A date has no more lines.
const DATE_LINES: usize = 8;

/// Whether a line is a heading across all columns, or one with its number that no other column stands beside.
fn is_section(page: &Page, grid: &Grid, line: &Line) -> bool {
    grid.is_across(line) || is_in_middle(page, grid, line) || is_in_first(grid, line) && has_section_number(line)
}

/// Whether a line begins with the number of a section and goes on: `2. Multilateral`, `2 (a) Global`.
fn has_section_number(line: &Line) -> bool {
    let text: String = line.words.iter().flat_map(|word| word.text.chars()).collect();
    let behind = text.trim_start_matches(|character: char| character.is_ascii_digit());
    let number = text.len() - behind.len();
    let letter = behind.trim_start_matches(['(', '（']);
    let is_lettered = letter.chars().nth(1).is_some_and(|second| matches!(second, ')' | '）'));
    (1..=2).contains(&number) && line.words.len() > 1 && (behind.starts_with('.') || is_lettered)
}

/// Whether a line stands alone in the middle of the page, bold or not where its column begins.
fn is_in_middle(page: &Page, grid: &Grid, line: &Line) -> bool {
    let column = line.words.first().map_or(0, |word| grid.column(word));
    let is_alone = column > 0 && line.words.last().is_some_and(|word| grid.column(word) == column);
    let is_set_in = grid.edges.get(column).is_some_and(|edge| line.x0() - edge > line.size);
    let middle = f32::midpoint(line.x0(), line.x1());
    is_alone && (is_set_in || line.is_bold()) && (middle - page.width / 2.0).abs() < line.size
}

fn column_text(grid: &Grid, line: &Line, column: usize) -> String {
    line.words
        .iter()
        .filter(|word| grid.column(word) == column && !word.is_raised)
        .map(|word| word.text.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Adds a row, or the lines of a section.
fn push_group(page: &Page, grid: &Grid, lines: &[Line], pitch: f32, items: &mut Vec<Item>) {
    let only_first = !grid.is_boxed && lines.iter().all(|line| is_in_first(grid, line));
    let is_run = lines.iter().any(|line| grid.runs_on(line))
        && lines.iter().all(|line| grid.runs_on(line) || is_in_first(grid, line));
    let in_middle = lines.iter().all(|line| is_in_middle(page, grid, line));
    if only_first || is_run || in_middle || lines.iter().any(|line| grid.is_crossed_by(line)) {
        items.push(Item::Break);
        items.extend(lines.iter().map(|line| Item::Line(printed(page, line, &line.words))));
        items.push(Item::Break);
        return;
    }
    items.push(Item::Row(cells(page, grid, lines, pitch)));
}

/// Adds what stands between two rules: what is in cells that go on from above goes there. `begun` is for each column
/// the item at which its cell begins.
fn push_band(page: &Page, grid: &Grid, lines: &[Line], pitch: f32, begun: &mut [Option<usize>], items: &mut Vec<Item>) {
    let first = lines.first().map_or(0.0, |line| line.y);
    let above = grid.parts.partition_point(|part| *part < first).checked_sub(1).and_then(|index| grid.parts.get(index));
    let goes_on = |column: usize| above.is_some_and(|above| !grid.is_parted(column, *above));
    if (0..begun.len()).all(|column| !goes_on(column)) || lines.iter().any(|line| is_section(page, grid, line)) {
        push_group(page, grid, lines, pitch, items);
        let row = items.len().checked_sub(1).filter(|row| matches!(items.get(*row), Some(Item::Row(_))));
        begun.fill(row);
        return;
    }
    let mut cells = cells(page, grid, lines, pitch);
    for (column, cell) in cells.iter_mut().enumerate() {
        let Some(begin) = begun.get(column).copied().flatten().filter(|_| goes_on(column)) else {
            if let Some(begun) = begun.get_mut(column) {
                *begun = Some(items.len());
            }
            continue;
        };
        if let Some(Item::Row(row)) = items.get_mut(begin)
            && let Some(whole) = row.get_mut(column)
        {
            whole.append(cell);
        }
    }
    if cells.iter().any(|cell| !cell.is_empty()) {
        items.push(Item::Row(cells));
    }
}

/// The lines of a row, parted into its cells.
fn cells(page: &Page, grid: &Grid, lines: &[Line], pitch: f32) -> Vec<Vec<Part>> {
    let mut cells: Vec<Vec<Part>> = vec![Vec::new(); grid.edges.len()];
    for line in lines {
        for words in line.words.chunk_by(|one, other| grid.column(one) == grid.column(other)) {
            let Some(cell) = words.first().and_then(|word| cells.get_mut(grid.column(word))) else { continue };
            let line = printed(page, line, words);
            if let Some(Part::Line(last)) = cell.last()
                && paragraph::begins_in_cell(last, &line, pitch)
            {
                cell.push(Part::Paragraph);
            }
            cell.push(Part::Line(line));
        }
    }
    cells
}
