//! Glyphs → printed lines of words.
//!
//! Input: the glyphs of a page. Output: [`Line`]s from top to bottom, their words in reading order. Invariants: each
//! glyph that is no blank is in one word, or among what was left out; a word is text as printed from left to right,
//! until [`super::direction`] turns it.

use super::content::Glyph;
use super::direction;
use super::font::is_combining;
use std::rc::Rc;

/// A printed word: glyphs without a blank between them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    /// Where it begins and ends in reading direction, from the side where lines begin.
    pub x0: f32,
    /// See `x0`.
    pub x1: f32,
    /// Its text from left to right.
    pub text: String,
    /// Where each of its glyphs begins, from where it does itself: as printed from left to right, and in its text.
    pub glyphs: Vec<(f32, usize)>,
    /// Whether it is raised and smaller than its line, as marks of footnotes are.
    pub is_raised: bool,
    /// Whether it is bold.
    pub is_bold: bool,
    /// Whether a blank is printed before it, or room for one left.
    pub after_blank: bool,
}

/// A printed line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Its base line, from the top.
    pub y: f32,
    /// The size of most of its text.
    pub size: f32,
    /// Its words in reading direction.
    pub words: Vec<Word>,
}

impl Line {
    pub(super) fn x0(&self) -> f32 {
        self.words.first().map_or(0.0, |word| word.x0)
    }

    pub(super) fn x1(&self) -> f32 {
        self.words.last().map_or(0.0, |word| word.x1)
    }

    /// Where words begin behind a gap of more than `gap` times its size, and where the first does.
    pub(super) fn begins(&self, gap: f32) -> Vec<f32> {
        self.runs(gap).map(|(begin, _)| begin).collect()
    }

    /// Where its words begin and end that no gap of more than `gap` times its size parts.
    pub(super) fn runs(&self, gap: f32) -> impl Iterator<Item = (f32, f32)> {
        runs(&self.words, gap * self.size)
    }

    /// How wide the blanks between its words are.
    pub(super) fn blanks(&self) -> impl Iterator<Item = f32> {
        self.words.windows(2).filter_map(|pair| match pair {
            [one, other] if other.after_blank => Some(other.x0 - one.x1),
            _ => None,
        })
    }

    /// Whether its blanks are of one width, as in a justified line.
    pub(super) fn is_even(&self) -> bool {
        let bounds = |(least, most): (f32, f32), blank: f32| (least.min(blank), most.max(blank));
        let (least, most) = self.blanks().fold((f32::MAX, 0.0), bounds);
        most - least < 0.15 * self.size
    }

    /// Its words with blanks between them.
    pub(super) fn text(&self) -> String {
        self.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Whether most of it is bold.
    pub(super) fn is_bold(&self) -> bool {
        let bold: f32 = self.words.iter().filter(|word| word.is_bold).map(|word| word.x1 - word.x0).sum();
        let all: f32 = self.words.iter().map(|word| word.x1 - word.x0).sum();
        bold > 0.6 * all
    }
}

/// Where those of `words` begin and end that no gap of more than `gap` parts.
pub(super) fn runs(words: &[Word], gap: f32) -> impl Iterator<Item = (f32, f32)> {
    let runs = words.chunk_by(move |one, other| other.x0 - one.x1 <= gap);
    runs.filter_map(|words| Some((words.first()?.x0, words.last()?.x1)))
}

/// The lines of a page in one direction.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub lines: Vec<Line>,
    /// Strokes that stretch Arabic words, and glyphs printed twice at one place to look bold.
    pub strokes: usize,
    pub doubled: String,
    /// How many glyphs have no map to Unicode.
    pub unmapped: usize,
}

/// Two glyphs whose base lines differ by less than this part of their size stand on one line.
const SAME_BASE: f64 = 0.2;
/// Glyphs farther apart than this part of their size are parted by a blank, though none is printed.
const GAP: f64 = 0.17;
/// The same before a mark that has no blank before it, where it does not begin a cell.
const WIDE_GAP: f64 = 1.0;
/// A raised mark has at most this part of the size of the text it stands at.
const RAISED_SIZE: f64 = 0.85;
/// How far a mark is raised, in parts of the size of the text.
const RAISED: std::ops::Range<f64> = 0.15..0.75;

/// Puts glyphs into lines. Those of one turn are given, see [`Glyph::turn`].
pub(super) fn read(mut glyphs: Vec<Glyph>) -> Lines {
    let mut found = Lines::default();
    glyphs.retain(|glyph| glyph.size > 0.01);
    let (marks, mut glyphs): (Vec<Glyph>, Vec<Glyph>) = glyphs.into_iter().partition(combines);
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    let mut base = f64::NEG_INFINITY;
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row) if glyph.y - base <= SAME_BASE * glyph.size.min(row.first().map_or(0.0, |first| first.size)) => {
                row.push(glyph);
            }
            _ => {
                base = glyph.y;
                rows.push(vec![glyph]);
            }
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    }
    for mark in marks {
        put_on_letter(&mut rows, mark);
    }
    let rows = rows.into_iter().flat_map(parted_by_size).collect();
    for row in with_raised(rows) {
        if let Some(line) = line(row, &mut found) {
            found.lines.push(line);
        }
    }
    found.lines.sort_by(|a, b| a.y.total_cmp(&b.y));
    found
}

/// A line being put together: its glyphs, and those raised above it.
struct Row {
    y: f64,
    size: f64,
    glyphs: Vec<(Glyph, bool)>,
}

fn combines(glyph: &Glyph) -> bool {
    glyph.text.as_deref().is_some_and(|text| !text.is_empty() && text.chars().all(is_combining))
}

/// Puts a mark that has no place of its own behind the letter that it stands on.
fn put_on_letter(rows: &mut Vec<Vec<Glyph>>, mark: Glyph) {
    let reach = ON_LETTER * mark.size;
    let begin = rows.partition_point(|row| row.first().is_none_or(|first| first.y < mark.y - reach));
    let near = rows.iter().enumerate().skip(begin).take(NEAR);
    let near = near.take_while(|(_, row)| row.first().is_some_and(|first| first.y <= mark.y + reach));
    let hosts = near.filter_map(|(at, row)| {
        let end = row.partition_point(|glyph| glyph.x0 <= mark.middle);
        let glyphs = row.get(end.saturating_sub(NEAR)..end)?.iter().enumerate();
        let mut on = glyphs
            .filter(|(_, glyph)| !is_blank(glyph) && glyph.text.is_some() && glyph.x1 + 0.1 * mark.size > mark.middle);
        let (back, glyph) = on.next_back()?;
        Some((at, end.saturating_sub(NEAR) + back, (glyph.y - mark.y).abs()))
    });
    let host = hosts.min_by(|a, b| a.2.total_cmp(&b.2));
    match host.and_then(|(row, at, _)| rows.get_mut(row)?.get_mut(at)) {
        Some(letter) => {
            let whole =
                format!("{}{}", letter.text.as_deref().unwrap_or_default(), mark.text.as_deref().unwrap_or_default());
            letter.text = Some(Rc::from(whole));
        }
        None => rows.push(vec![mark]),
    }
}

/// How far the origin of a mark may be from the base line of its letter, in parts of its size.
const ON_LETTER: f64 = 0.8;

/// A row, and apart from it the small glyphs that stand by themselves in it: marks of a text beside, whose base line is
/// another.
fn parted_by_size(glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    let size = median_size(&glyphs);
    let is_small = |glyph: &Glyph| glyph.size <= RAISED_SIZE * size;
    if !glyphs.iter().any(is_small) {
        return vec![glyphs];
    }
    let (mut whole, mut marks) = (Vec::new(), Vec::new());
    let mut ended = f64::NEG_INFINITY;
    let mut rest = glyphs.into_iter().peekable();
    while let Some(first) = rest.next() {
        let small = is_small(&first);
        let mut run = vec![first];
        while let Some(glyph) = rest.next_if(|glyph| is_small(glyph) == small) {
            run.push(glyph);
        }
        let begin = run.first().map_or(0.0, |glyph| glyph.x0);
        let end = run.iter().fold(f64::NEG_INFINITY, |end, glyph| end.max(glyph.x1));
        let is_apart = begin - ended > size && rest.peek().is_none_or(|next| next.x0 - end > size);
        ended = end;
        if small && is_apart { marks.push(run) } else { whole.append(&mut run) }
    }
    marks.push(whole);
    marks
}

/// Puts each row of small glyphs that is raised above a line, and touches its text, into that line.
fn with_raised(rows: Vec<Vec<Glyph>>) -> Vec<Row> {
    let mut lines: Vec<Option<Row>> = rows.into_iter().map(|glyphs| Some(row(glyphs))).collect();
    for index in 0..lines.len() {
        let Some(small) = lines.get_mut(index).and_then(Option::take) else { continue };
        let after = lines.iter_mut().skip(index + 1).take(NEAR).flatten();
        let host = after.filter(|line| stands_at(&small, line)).min_by(|a, b| a.y.total_cmp(&b.y));
        match host {
            Some(line) => line.glyphs.extend(small.glyphs.into_iter().map(|(glyph, _)| (glyph, true))),
            None => {
                if let Some(place) = lines.get_mut(index) {
                    *place = Some(small);
                }
            }
        }
    }
    lines.into_iter().flatten().collect()
}

/// How many base lines below a mark are looked at for the line it stands at: one for each column and mark.
const NEAR: usize = 12;

/// Most glyphs that are raised at one height above a line.
const LONGEST_MARK: usize = 200;

fn median_size(glyphs: &[Glyph]) -> f64 {
    let mut sizes: Vec<f64> = glyphs.iter().map(|glyph| glyph.size).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or_default()
}

fn row(glyphs: Vec<Glyph>) -> Row {
    let size = median_size(&glyphs);
    let y = glyphs.first().map_or(0.0, |glyph| glyph.y);
    Row { y, size, glyphs: glyphs.into_iter().map(|glyph| (glyph, false)).collect() }
}

fn stands_at(small: &Row, line: &Row) -> bool {
    let raised = (line.y - small.y) / line.size;
    small.glyphs.len() <= LONGEST_MARK
        && small.size <= RAISED_SIZE * line.size
        && RAISED.contains(&raised)
        && small.glyphs.iter().filter(|(glyph, _)| !is_blank(glyph)).all(|(glyph, _)| touches(glyph, line))
}

fn touches(glyph: &Glyph, line: &Row) -> bool {
    let near = line.size;
    line.glyphs.iter().any(|(other, _)| glyph.x0 < other.x1 + near && other.x0 - near < glyph.x1 && !is_blank(other))
}

fn is_blank(glyph: &Glyph) -> bool {
    glyph
        .text
        .as_deref()
        .is_some_and(|text| text.chars().all(|character| character.is_whitespace() || is_invisible(character)))
}

/// Characters that part or join letters and show nothing.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn line(mut row: Row, found: &mut Lines) -> Option<Line> {
    // By their middle: a mark of full width that is set in half of it begins before the one it follows.
    let middle = |glyph: &Glyph| f64::midpoint(glyph.x0, glyph.x1);
    row.glyphs.sort_by(|(a, _), (b, _)| middle(a).total_cmp(&middle(b)));
    let mut words: Vec<Word> = Vec::new();
    let mut blank = true;
    let mut last: Option<Glyph> = None;
    let mut ended = f64::NEG_INFINITY;
    let count = row.glyphs.len();
    for index in 0..count {
        let Some((glyph, is_raised)) = row.glyphs.get(index) else { break };
        if is_blank(glyph) {
            blank = blank || glyph.text.as_deref().is_some_and(|text| text.chars().any(char::is_whitespace));
            continue;
        }
        if last.as_ref().is_some_and(|last| is_double(last, glyph)) {
            found.doubled.push_str(glyph.text.as_deref().unwrap_or_default());
            continue;
        }
        if is_stretching(&row.glyphs, index) {
            found.strokes += 1;
            ended = ended.max(glyph.x1);
            continue;
        }
        let gap = if is_closing(glyph) { WIDE_GAP } else { GAP };
        let apart = glyph.x0 - ended > gap * row.size;
        let text = glyph.text.as_deref().unwrap_or(UNMAPPED);
        found.unmapped += usize::from(glyph.text.is_none());
        let text = direction::as_printed(text);
        match words.last_mut() {
            Some(word) if !blank && !apart && word.is_raised == *is_raised && word.is_bold == glyph.is_bold => {
                word.glyphs.push((glyph.x0 as f32 - word.x0, word.text.len()));
                word.text.push_str(&text);
                word.x1 = word.x1.max(glyph.x1 as f32);
            }
            _ => words.push(Word {
                x0: glyph.x0 as f32,
                x1: glyph.x1 as f32,
                text: text.into_owned(),
                glyphs: vec![(0.0, 0)],
                is_raised: *is_raised,
                is_bold: glyph.is_bold,
                after_blank: blank || apart,
            }),
        }
        ended = ended.max(glyph.x1);
        blank = false;
        last = Some(glyph.clone());
    }
    (!words.is_empty()).then_some(Line { y: row.y as f32, size: row.size as f32, words })
}

/// Whether a glyph is a mark that stands behind a Han character without a blank, though a line that is justified may part
/// the two.
fn is_closing(glyph: &Glyph) -> bool {
    let closes =
        |c| matches!(c, '、' | '，' | '。' | '；' | '：' | '！' | '？' | '）' | '》' | '〉' | '」' | '』' | '】');
    glyph.text.as_deref().is_some_and(|text| text.starts_with(closes))
}

/// Stands for a glyph whose font has no map to Unicode.
pub(super) const UNMAPPED: &str = "\u{fffd}";

/// Whether `glyph` is `last` printed again, a little beside, to look bold.
fn is_double(last: &Glyph, glyph: &Glyph) -> bool {
    last.text == glyph.text
        && glyph.text.is_some()
        && (glyph.x0 - last.x0).abs() < (0.1 * glyph.size).min(0.5 * (last.x1 - last.x0))
}

/// Whether the glyph at `index` only stretches an Arabic word: a stroke between two letters that join, which either has
/// no text or is U+0640.
fn is_stretching(glyphs: &[(Glyph, bool)], index: usize) -> bool {
    // One that is typed stands in its own place, among its letters; those that fill a line are set apart from them, or
    // over each other.
    let over = |one: usize, other: usize| match (glyphs.get(one), glyphs.get(other)) {
        (Some((one, _)), Some((other, _))) => one.text == other.text && one.x1 - other.x0 > 0.1 * (one.x1 - one.x0),
        _ => false,
    };
    let overlaps = over(index, index + 1) || index > 0 && over(index - 1, index);
    let stretches = |glyph: &Glyph| glyph.is_stroke || glyph.text.as_deref() == Some("\u{640}");
    let Some((glyph, _)) = glyphs.get(index) else { return false };
    if !stretches(glyph) || !glyph.is_stroke && !overlaps {
        return false;
    }
    let near = 0.3 * glyph.size;
    let is_letter = |other: &&(Glyph, bool)| !stretches(&other.0);
    let arabic =
        |other: &(Glyph, bool)| other.0.text.as_deref().is_some_and(|text| text.chars().any(direction::is_arabic));
    let before = glyphs.get(..index).and_then(|glyphs| glyphs.iter().rev().take(MOST_STROKES).find(is_letter));
    let after = glyphs.get(index + 1..).and_then(|glyphs| glyphs.iter().take(MOST_STROKES).find(is_letter));
    let (Some(before), Some(after)) = (before, after) else { return false };
    let strokes = &glyphs[index.saturating_sub(MOST_STROKES)..(index + MOST_STROKES).min(glyphs.len())];
    let reach = |from: f64, to: f64| {
        to - from < near || strokes.iter().any(|(glyph, _)| stretches(glyph) && glyph.x0 - from < near)
    };
    arabic(before) && arabic(after) && reach(before.0.x1, glyph.x0) && reach(glyph.x1, after.0.x0)
}

/// Most strokes in a row that are looked at.
const MOST_STROKES: usize = 64;
