//! Tokens → dates and periods.

use super::token::Token;
use crate::model::edtf::{Edtf, NO_YEAR};
use crate::parse::lexicon::date::{DateOrder, DateWords};
use std::ops::Range;

/// A day, month or year, with what is printed of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Point {
    /// The year.
    pub year: Option<u32>,
    /// The month.
    pub month: Option<u32>,
    /// The day.
    pub day: Option<u32>,
}

/// A date, or a period with both ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Value {
    /// The date or the beginning.
    pub start: Point,
    /// The end.
    pub end: Option<Point>,
}

type Tokens = [(Token, Range<usize>)];

/// The values at the start of `tokens` and the number of tokens they take.
///
/// A list whose last member is no date (2008年5月和 10 国) ends before it.
pub fn read(tokens: &Tokens, words: &DateWords) -> Option<(Vec<Value>, usize)> {
    let list = list(tokens, words.order);
    (1..=list.len()).rev().find_map(|count| {
        let members = list.get(..count)?;
        let mut values: Vec<Value> = members.iter().map(|(value, _)| *value).collect();
        let is_pair = words.pairs_are_periods && is_pair(&values);
        inherit(&mut values, words.order);
        if let ([first, second], true) = (values.as_slice(), is_pair) {
            values = vec![Value { start: first.start, end: Some(second.start) }];
        }
        let is_whole = values.iter().all(|value| whole(value.start) && value.end.is_none_or(whole));
        is_whole.then_some((values, members.last()?.1))
    })
}

/// Whether these are two days that follow one another, of which only the second has its month.
fn is_pair(values: &[Value]) -> bool {
    let [Value { start: first, end: None }, Value { start: second, end: None }] = values else { return false };
    let follow = first.day.zip(second.day).is_some_and(|(day, next)| day + 1 == next);
    follow && first.month.is_none() && first.year.is_none() && second.month.is_some()
}

/// The values at the start of `tokens` that are joined to one another, each with the number of tokens up to its end.
fn list(tokens: &Tokens, order: DateOrder) -> Vec<(Value, usize)> {
    let (mut list, mut at) = (Vec::new(), 0);
    while let Some((value, end)) = read_value(tokens, at, order) {
        list.push((value, end));
        match tokens.get(end) {
            Some((Token::And, _)) => at = end + 1,
            _ => break,
        }
    }
    list
}

fn read_value(tokens: &Tokens, at: usize, order: DateOrder) -> Option<(Value, usize)> {
    let (start, after) = read_point(tokens, at, order)?;
    if let Some((Token::Range, _)) = tokens.get(after)
        && let Some((end, after_end)) = read_point(tokens, after + 1, order)
    {
        let start = with_unit_of(start, tokens.get(after.checked_sub(1)?)?.0, end);
        return Some((Value { start, end: Some(end) }, after_end));
    }
    Some((Value { start, end: None }, after))
}

/// The bare number before a range word has the unit of the number after it: 10月6-10日, 6-9月.
fn with_unit_of(mut start: Point, last: Token, end: Point) -> Point {
    if let Token::Bare(number) = last {
        if end.day.is_some() {
            start.day = Some(number);
        } else if end.month.is_some() {
            start.month = Some(number);
        } else {
            start.year = Some(number);
        }
    }
    start
}

/// Consecutive tokens that name different parts of one date.
///
/// Where the largest part stands first, a larger part behind a smaller one begins another date.
fn read_point(tokens: &Tokens, at: usize, order: DateOrder) -> Option<(Point, usize)> {
    let mut point = Point::default();
    let mut next = at;
    while let Some((token, _)) = tokens.get(next) {
        let ordered = order == DateOrder::LargestFirst;
        let part = match token {
            Token::Year(_) if ordered && (point.month.is_some() || point.day.is_some()) => false,
            Token::Month(_) if ordered && point.day.is_some() => false,
            // `May 2013 3`: where the smallest part stands first, a day behind the year is another cell's.
            Token::Day(_) if !ordered && point.year.is_some() => false,
            Token::Year(year) => fill(&mut point.year, *year),
            Token::Month(month) => fill(&mut point.month, *month),
            Token::Day(day) => fill(&mut point.day, *day),
            Token::Bare(_) => matches!(tokens.get(next + 1), Some((Token::Range, _))) && point.day.is_none(),
            Token::Range | Token::And => false,
        };
        if !part {
            break;
        }
        next += 1;
        if matches!(token, Token::Bare(_)) {
            break;
        }
    }
    (next > at).then_some((point, next))
}

fn fill(part: &mut Option<u32>, value: u32) -> bool {
    let free = part.is_none();
    if free {
        *part = Some(value);
    }
    free
}

/// Gives each date the larger parts that only a neighbour prints.
fn inherit(values: &mut [Value], order: DateOrder) {
    let mut points: Vec<&mut Point> = Vec::new();
    for value in values {
        points.push(&mut value.start);
        points.extend(value.end.as_mut());
    }
    if order == DateOrder::SmallestFirst {
        points.reverse();
    }
    let mut known = Point::default();
    for point in points {
        if point.year.is_none() {
            point.year = known.year;
            if point.month.is_none() {
                point.month = known.month;
            }
        }
        known = *point;
    }
}

fn whole(point: Point) -> bool {
    (point.year.is_some() && (point.day.is_none() || point.month.is_some())) || point.month.is_some()
}

/// The values as EDTF; with `open`, the last is the beginning of a period whose end is lost.
pub fn edtf(values: &[Value], open: bool) -> Edtf {
    let texts: Vec<String> = values.iter().map(|value| text(*value)).collect();
    Edtf::as_printed(&format!("{}{}", texts.join(";"), if open { "/" } else { "" }))
}

fn text(value: Value) -> String {
    match value.end {
        Some(end) => format!("{}/{}", point_text(value.start), point_text(end)),
        None => point_text(value.start),
    }
}

fn point_text(point: Point) -> String {
    let mut text = point.year.map_or_else(|| NO_YEAR.to_owned(), |year| format!("{year:04}"));
    for part in [point.month, point.day].into_iter().flatten() {
        text.push_str(&format!("-{part:02}"));
    }
    text
}
