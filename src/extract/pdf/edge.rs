//! Where the columns of a table without upright rules begin.
//!
//! Input: the lines of the table. Output: the places of its columns, from left to right. Texts that begin one below the
//! other show them; where texts are centred, the places that they leave free do. The last words of justified lines, which
//! end one below the other, and what running text crosses, are none.

use super::line::{Line, Word};
use std::collections::HashSet;

/// Places closer than this, in points, are one.
pub(super) const NEAR: f32 = 2.0;

/// Lines begin nearer to one place than this, in points.
const BEGINS_AT: f32 = 0.1;
/// Justified lines end nearer to one place than this, in points.
const ENDS_AT: f32 = 0.5;

/// Blanks of a justified line differ by no more, in parts of its size.
const EVEN: f32 = 0.05;

/// Widest blank of text that is not stretched, in parts of its size.
pub(super) const BLANK: f32 = 0.4;

/// Most places at which columns may begin.
pub(super) const MOST_COLUMNS: usize = 100;

/// Words of a line that stand together.
#[derive(Clone, Copy)]
struct Run {
    begin: f32,
    end: f32,
    /// Whether they are of the table's head, and parted from others by a wide gap.
    is_head: bool,
}

/// Where columns begin in lines of a table, the first first: places where words of several lines begin behind a gap, or
/// of the head behind a wide one, and which only lines from the first column on cross.
pub(super) fn edges(lines: &[Line]) -> Vec<f32> {
    let Some(left) = lines.iter().map(Line::x0).min_by(f32::total_cmp) else { return Vec::new() };
    let mut all = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let stretched = stretched(line);
        let runs = line.runs(BLANK).filter(|(begin, _)| !stretched.contains(&begin.to_bits()));
        all.extend(runs.map(|(begin, end)| Run { begin, end, is_head: false }));
        if index == 0 {
            all.extend(line.runs(1.0).map(|(begin, end)| Run { begin, end, is_head: true }));
        }
    }
    all.sort_by(|one, other| one.begin.total_cmp(&other.begin));
    let mut ends: Vec<f32> = all.iter().map(|run| run.end).collect();
    ends.sort_by(f32::total_cmp);
    let begin_of_each = begin_of_each(lines);
    let mut edges = vec![left];
    let mut index = 0;
    while let Some(Run { begin, .. }) = all.get(index).copied() {
        let count = all.iter().skip(index).take_while(|other| other.begin - begin <= NEAR).count();
        let near = &all[index..index + count];
        let is_head = near.iter().any(|run| run.is_head);
        index += count;
        let last = edges.last().copied().unwrap_or(left);
        // Words of headings and names begin one below the other too, where more lines have a word across.
        let is_kept = || lines.iter().filter(|line| straddles(line, begin)).count() <= count;
        if (is_head || count >= 2 && !is_set_right(near, &ends) && is_kept())
            && begin - last > 12.0
            && !is_crossed(lines, begin, &begin_of_each)
        {
            edges.push(begin);
        }
    }
    edges
}

/// Where words of letters begin whose blank is as wide as the one before it, in the bits of their places: those of a
/// justified line.
fn stretched(line: &Line) -> HashSet<u32> {
    let is_stretched = |words: &&[Word]| match words {
        [one, other, last] => {
            let same = (last.x0 - other.x1) - (other.x0 - one.x1);
            same.abs() < EVEN * line.size && last.text.contains(char::is_alphabetic)
        }
        _ => false,
    };
    line.words.windows(3).filter(is_stretched).map(|words| words[2].x0.to_bits()).collect()
}

/// Whether more of all words end where these do than begin where these do: they are the last of justified lines in a
/// cell. `ends` is where words end, in order.
fn is_set_right(near: &[Run], ends: &[f32]) -> bool {
    let begins = near.chunk_by(|one, other| other.begin - one.begin < BEGINS_AT).map(<[_]>::len).max();
    let ends_before = |place: f32| ends.partition_point(|end| *end < place);
    let ends_at = |end: f32| ends_before(end + ENDS_AT) - ends_before(end - ENDS_AT);
    near.iter().map(|run| ends_at(run.end)).min() > begins
}

/// Where the parts of lines begin, in order.
pub(super) fn begin_of_each(lines: &[Line]) -> Vec<f32> {
    let mut all: Vec<f32> = lines.iter().flat_map(|line| line.begins(1.2)).collect();
    all.sort_by(f32::total_cmp);
    all
}

/// Whether running text crosses `edge`: a line that does not begin in the first column, or too many that do. `begins` is
/// where parts of lines begin. A line that begins where few others do is a heading in the middle.
fn is_crossed(lines: &[Line], edge: f32, begins: &[f32]) -> bool {
    let left = begins.first().copied().unwrap_or_default();
    let crossing: Vec<&Line> = lines.iter().filter(|line| straddles(line, edge)).collect();
    let mut in_middle = 0;
    for line in &crossing {
        let begin = begin_of_crossing(line, edge);
        if begin > left + 2.0 * line.size {
            let near = begins.partition_point(|other| *other < begin + NEAR)
                - begins.partition_point(|other| *other < begin - NEAR);
            if near >= MOST_HEADINGS {
                return true;
            }
            in_middle += 1;
        }
    }
    in_middle * 5 > lines.len() || crossing.len() * 2 > lines.len()
}

/// Fewer headings in the middle than this begin at one place, on one page.
const MOST_HEADINGS: usize = 3;

/// Where the text that crosses `edge` begins: behind the last wide gap before it.
fn begin_of_crossing(line: &Line, edge: f32) -> f32 {
    let mut begin = line.x0();
    let mut ended = line.x0();
    for word in line.words.iter().take_while(|word| word.x0 < edge) {
        if word.x0 - ended > 1.2 * line.size {
            begin = word.x0;
        }
        ended = word.x1;
    }
    begin
}

/// Whether `lines` keep to the columns `edges`.
pub(super) fn is_kept(lines: &[Line], edges: &[f32]) -> bool {
    let (Some(left), Some(begin)) = (lines.iter().map(Line::x0).min_by(f32::total_cmp), edges.first()) else {
        return false;
    };
    let begins = begin_of_each(lines);
    left > begin - NEAR && edges.iter().skip(1).all(|edge| !is_crossed(lines, *edge, &begins))
}

/// Columns between whose texts few lines have one: as many as the first line has heads. The first begins at `left`.
pub(super) fn between_texts(lines: &[Line], left: f32) -> Option<Vec<f32>> {
    let most = (lines.len() / HEADINGS_IN) as isize;
    let (head, rest) = lines.split_first()?;
    // How many texts more there are behind a place. A column may have a head only.
    let mut bounds: Vec<(f32, isize)> = Vec::new();
    bounds.extend(head.runs(1.0).flat_map(|(begin, end)| [(begin, most + 1), (end, -most - 1)]));
    bounds.extend(rest.iter().flat_map(|line| line.runs(BLANK)).flat_map(|(begin, end)| [(begin, 1), (end, -1)]));
    bounds.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut n_open = 0;
    let mut edges = Vec::new();
    // Since a text of most lines ended: the place that fewest cross, of these the widest.
    let mut between: Option<(isize, f32, f32)> = None;
    for pair in bounds.windows(2) {
        let [(at, more), (next, _)] = pair else { continue };
        n_open += more;
        let width = next - at;
        if n_open > most {
            let middle = between.take().map(|(.., middle)| middle);
            edges.extend(middle.or_else(|| edges.is_empty().then_some(left)));
        } else if !edges.is_empty()
            && width > NEAR
            && between.is_none_or(|(least, widest, _)| n_open < least || n_open == least && width > widest)
        {
            between = Some((n_open, width, f32::midpoint(*at, *next)));
        }
    }
    let n_heads = head.runs(1.0).count();
    (n_heads > 2 && edges.len() == n_heads).then_some(edges)
}

/// One line of so many in a table may be a heading across its columns.
const HEADINGS_IN: usize = 5;

/// Whether a word of `line` goes across `edge`.
pub(super) fn straddles(line: &Line, edge: f32) -> bool {
    line.words.iter().any(|word| word.x0 < edge - NEAR && word.x1 > edge + NEAR)
}
