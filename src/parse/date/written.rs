//! Dates written in running text, for links to years and meetings.
//!
//! Input: a cleaned text. Output: byte ranges and EDTF. The forms are data (`written` in the `date.toml` of a language).

use super::token::starts_with;
use crate::base::language::is_unspaced;
use crate::base::settings;
use crate::model::date::TextDate;
use crate::model::edtf::Moment;
use crate::parse::citation::fold;
use crate::parse::lexicon::date::DateWords;
use crate::parse::lexicon::files::LANGUAGES;
use std::sync::LazyLock;

enum Part {
    Year,
    Month,
    Day,
    Name,
    Literal(String),
}

/// The forms of one language, compiled.
#[derive(Default)]
struct DateForms {
    forms: Vec<Vec<Part>>,
    names: Vec<Vec<String>>,
}

/// The forms of all languages.
static FORMS: LazyLock<Vec<DateForms>> =
    LazyLock::new(|| LANGUAGES.iter().map(|files| DateForms::load(files.date)).collect());

/// The dates in `text`, in order, none inside another.
#[must_use]
pub fn written(text: &str) -> Vec<TextDate> {
    let mut dates: Vec<TextDate> = Vec::new();
    let mut before = ' ';
    for (at, character) in text.char_indices() {
        let is_letter = |letter: char| {
            letter.is_ascii_alphanumeric() || (!letter.is_ascii() && !is_unspaced(letter) && letter.is_alphanumeric())
        };
        let begins_word = is_letter(character) && !is_letter(before);
        before = character;
        if begins_word && dates.last().is_none_or(|last| last.range.end <= at) {
            dates.extend(FORMS.iter().find_map(|forms| forms.date_at(text, at, character)));
        }
    }
    dates
}

#[derive(Default)]
struct Found {
    year: Option<i32>,
    month: Option<u8>,
    day: Option<u8>,
}

impl DateForms {
    /// The forms of a `date.toml` that is built in.
    fn load(file: &str) -> Self {
        let words: DateWords = settings::built_in(file);
        Self { forms: words.written.iter().map(|form| compile(form)).collect(), names: words.month_names }
    }

    /// The date whose first character is the letter or digit `first` at `at`.
    fn date_at(&self, text: &str, at: usize, first: char) -> Option<TextDate> {
        let begins_so = |form: &&Vec<Part>| match form.first() {
            Some(Part::Name) => first.is_alphabetic(),
            Some(Part::Year | Part::Month | Part::Day) => fold(first).is_ascii_digit(),
            Some(Part::Literal(_)) | None => true,
        };
        self.forms.iter().filter(begins_so).find_map(|form| self.match_form(form, text, at))
    }

    fn match_form(&self, form: &[Part], text: &str, start: usize) -> Option<TextDate> {
        let mut found = Found::default();
        let mut at = start;
        for part in form {
            at += self.match_part(part, text.get(at..)?, &mut found)?;
        }
        let moment = Moment { year: found.year?, month: found.month, day: found.day };
        Some(TextDate { range: start..at, moment })
    }

    /// Length of what `part` matches at the beginning of `rest`.
    fn match_part(&self, part: &Part, rest: &str, found: &mut Found) -> Option<usize> {
        match part {
            Part::Literal(literal) => starts_with(rest, literal),
            Part::Year => number(rest, 4, 4, 1800..=2199).map(|(value, length)| found.set_year(value, length)),
            Part::Month => number(rest, 1, 2, 1..=12).map(|(value, length)| found.set_month(value, length)),
            Part::Day => number(rest, 1, 2, 1..=31).map(|(value, length)| found.set_day(value, length)),
            Part::Name => self.match_name(rest, found),
        }
    }

    fn match_name(&self, rest: &str, found: &mut Found) -> Option<usize> {
        let months = self.names.iter().zip(1..).flat_map(|(names, month)| names.iter().map(move |name| (name, month)));
        let (length, month) = months.filter_map(|(name, month)| Some((starts_with(rest, name)?, month))).max()?;
        Some(found.set_month(month, length))
    }
}

impl Found {
    fn set_year(&mut self, value: u16, length: usize) -> usize {
        self.year = Some(i32::from(value));
        length
    }

    fn set_month(&mut self, value: u16, length: usize) -> usize {
        self.month = u8::try_from(value).ok();
        length
    }

    fn set_day(&mut self, value: u16, length: usize) -> usize {
        self.day = u8::try_from(value).ok();
        length
    }
}

fn number(rest: &str, least: usize, most: usize, limits: std::ops::RangeInclusive<u16>) -> Option<(u16, usize)> {
    let digits: Vec<char> = rest.chars().take(most + 1).take_while(|digit| fold(*digit).is_ascii_digit()).collect();
    let value = digits.iter().filter_map(|digit| fold(*digit).to_digit(10)).fold(0, |value, digit| value * 10 + digit);
    let value = u16::try_from(value).ok()?;
    let length = digits.iter().map(|digit| digit.len_utf8()).sum();
    ((least..=most).contains(&digits.len()) && limits.contains(&value)).then_some((value, length))
}

fn compile(form: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = form;
    while let Some((literal, after)) = rest.split_once('{') {
        push_literal(&mut parts, literal);
        let Some((name, after)) = after.split_once('}') else { break };
        parts.push(part_named(name));
        rest = after;
    }
    push_literal(&mut parts, rest);
    parts
}

fn part_named(name: &str) -> Part {
    match name {
        "year" => Part::Year,
        "month" => Part::Month,
        "day" => Part::Day,
        _ => Part::Name,
    }
}

fn push_literal(parts: &mut Vec<Part>, literal: &str) {
    if !literal.is_empty() {
        parts.push(Part::Literal(literal.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(text: &str) -> Vec<String> {
        written(text).iter().map(|date| date.moment.to_edtf()).collect()
    }

    #[test]
    fn finds_dates_in_chinese_and_english_text() {
        assert_eq!(dates("2007年9月17日至18日在维也纳，2010年审议大会"), ["2007-09-17", "2010"]);
        assert_eq!(dates("on 24 September 2008 and in May 2009"), ["2008-09-24", "2009-05"]);
    }

    #[test]
    fn takes_no_symbol_for_a_date() {
        assert!(dates("S/RES/1718(2006) 第12008年").is_empty());
    }
}
