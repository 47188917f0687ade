//! Whether a paragraph or row goes on over the end of a page.
//!
//! Input: what is open at the end of a page or column, and what the next begins with.

use super::join::{Part, Printed, lines};
use super::paragraph::{self, Measure};

/// Whether a paragraph goes on with the first line of a page.
pub(super) fn paragraph_goes_on(parts: &[Part], line: &Printed, measure: Measure) -> bool {
    let (Some(first), Some(last)) = (lines(parts).next(), lines(parts).next_back()) else { return false };
    if (line.size - last.size).abs() > 0.08 * last.size
        || line.is_bold != last.is_bold
        || paragraph::is_label(&line.plain())
    {
        return false;
    }
    let is_full =
        !paragraph::has_room(last, line, measure.right) && last.x0 < f32::midpoint(measure.left, measure.right);
    if !paragraph::is_ended(&last.plain()) {
        return is_full;
    }
    let begins_apart = (first.x0 - last.x0).abs() > 0.8 * last.size || paragraph::is_label(&first.plain());
    measure.has_sentences
        && is_full
        && begins_apart
        && lines(parts).count() > 1
        && (line.x0 - last.x0).abs() < 0.8 * last.size
}

/// Whether the first row of a page goes on with the last of the page before.
pub(super) fn row_goes_on(open: &[Vec<Part>], cells: &[Vec<Part>]) -> bool {
    let pairs = || open.iter().zip(cells);
    let dates = open.len().saturating_sub(1).min(2);
    let text_goes_on = pairs().skip(dates).any(|(above, below)| !below.is_empty() && !is_ended(above));
    let new_date = cells.iter().take(dates).skip(1).any(|below| !below.is_empty());
    let date_goes_on = pairs().take(dates).skip(1).any(|(above, below)| {
        let (above, below) = (last_text(above), last_text(below));
        !below.is_empty() && !above.is_empty() && (is_unfinished(&above) || !has_year(&below) || goes_on_small(&below))
    });
    if cells.first().is_some_and(|first| !first.is_empty()) {
        let has_state = open.first().is_some_and(|first| !first.is_empty());
        let only_state = cells.iter().skip(1).all(Vec::is_empty);
        let no_date = !new_date || open.iter().take(dates).skip(1).all(Vec::is_empty);
        return has_state && (only_state || text_goes_on && (date_goes_on || no_date));
    }
    let apart = pairs().all(|(above, below)| above.is_empty() || below.is_empty());
    let only_date = cells.iter().skip(dates).all(Vec::is_empty);
    apart || only_date || date_goes_on || text_goes_on && !new_date
}

fn last_text(cell: &[Part]) -> String {
    lines(cell).map(Printed::plain).collect::<Vec<_>>().join(" ")
}

/// Whether the text of a cell ends as a sentence does; one that has none goes on nowhere.
fn is_ended(cell: &[Part]) -> bool {
    cell.is_empty() || paragraph::is_ended(&last_text(cell))
}

/// Whether a text begins as the rest of one does: with a small letter or a dash.
pub(super) fn goes_on_small(text: &str) -> bool {
    text.chars().next().is_some_and(|first| first.is_lowercase() || matches!(first, '-' | '–' | '—' | '－'))
}

/// Whether a date goes on: it has no year, or ends in a dash or a short word such as to, and, au, до, or behind a dash or in
/// its last two words it has no number.
pub(super) fn is_unfinished(date: &str) -> bool {
    let is_dash = |character: char| matches!(character, '-' | '–' | '—' | '/' | '至' | '－');
    let behind_dash = date.rsplit_once(is_dash).map_or(date, |(_, last)| last);
    let mut words = date.split_whitespace().rev();
    let last_words = [words.next().unwrap_or_default(), words.next().unwrap_or_default()];
    let has_number = |text: &str| text.chars().any(char::is_numeric);
    let is_joint = last_words[0].chars().all(char::is_lowercase) && (1..=3).contains(&last_words[0].chars().count());
    is_joint || !has_year(date) || !has_number(behind_dash) || !last_words.into_iter().any(has_number)
}

fn has_year(date: &str) -> bool {
    let mut digits = 0;
    date.chars().any(|character| {
        digits = if character.is_numeric() { digits + 1 } else { 0 };
        digits == 4
    })
}
