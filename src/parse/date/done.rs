//! Which of the dates in a text say when what it tells was done.
//!
//! Input: a cleaned text and the dates written in it. Output: [`Done`], in order. A day or month dates an act unless
//! the words beside it make it part of a name, of a plan or of what is only looked back upon; a year alone is mostly part
//! of a name (2010年审议大会), and dates an act only where the words beside it say so. The words are data (`done` in the
//! `date.toml` of a language).

use super::match_start;
use super::token::skip_joints;
use crate::model::date::{Done, TextDate};
use crate::parse::Lexicon;
use crate::parse::lexicon::date::{DateOrder, DoneWords};
use crate::parse::text::is_blank;
use std::ops::Range;

/// How many bytes before a date the words stand that make it planned.
const NEAR: usize = 30;

/// How many bytes behind a year the occasion may end that it dates.
const OCCASION: usize = 120;

/// When the acts that `text` tells were done, as far as its own words say; `dates` are those written in it.
#[must_use]
pub fn done(text: &str, dates: &[TextDate], lexicon: &Lexicon) -> Vec<Done> {
    let words = &lexicon.dates.done;
    let mut found: Vec<Done> = Vec::new();
    for date in dates {
        if found.last().is_some_and(|last| date.range.start < last.range.end) {
            continue;
        }
        let expression = expression(text, date, lexicon);
        let place = Place::new(text, &expression.range, lexicon);
        let is_act = if date.moment.month.is_some() { place.is_dated(words) } else { place.is_dated_by_year(words) };
        if is_act {
            found.push(expression);
        }
    }
    found
}

/// The whole expression that `date` is in: the two days or the period of which it is the first or, where it alone has
/// its year, the last.
fn expression(text: &str, date: &TextDate, lexicon: &Lexicon) -> Done {
    let from = |start: usize| {
        let found = match_start(text.get(start..)?, &lexicon.dates, false)?;
        let is_whole = found.has_year && start + found.len >= date.range.end;
        is_whole.then(|| Done { range: start..start + found.len, edtf: found.edtf })
    };
    let earlier = || begins_before(text, date, lexicon).filter_map(from).find(|done| done.edtf.is_possible());
    let longer = if lexicon.dates.order == DateOrder::SmallestFirst { earlier() } else { None };
    let plain = || Done { range: date.range.clone(), edtf: date.moment.into() };
    longer.or_else(|| from(date.range.start)).unwrap_or_else(plain)
}

/// Where days and months begin near before `date`, to which they may be joined: `3 to 5 May 2010`, `May and June 2010`.
/// A number before a comma is another one: `paragraph 4, 5 May 2010`.
fn begins_before<'a>(text: &'a str, date: &TextDate, lexicon: &'a Lexicon) -> impl Iterator<Item = usize> + 'a {
    let before = &text[..date.range.start];
    let is_apart = before.trim_end_matches(is_blank).ends_with([',', '،']);
    let reach = if is_apart { 0 } else { JOINED };
    let near = before.floor_char_boundary(before.len().saturating_sub(reach));
    let words = before[near..].char_indices().map(move |(at, character)| (near + at, character));
    let begins =
        words.filter(|(at, character)| character.is_alphanumeric() && !before[..*at].ends_with(char::is_alphanumeric));
    begins.map(|(at, _)| at).filter(|at| {
        let word: String = before[*at..].chars().take_while(|character| character.is_alphanumeric()).collect();
        let is_year = word.chars().count() == 4 && word.chars().all(char::is_numeric);
        !is_year && skip_joints(text, *at, &lexicon.dates) == *at
    })
}

/// How many bytes before a date the days and months stand that are joined to it.
const JOINED: usize = 60;

/// What stands around a date.
struct Place<'a> {
    /// The sentence before it, from its start.
    sentence_before: &'a str,
    /// The clause before it, from its start.
    clause_before: &'a str,
    /// What follows it.
    behind: &'a str,
    /// What follows it in its clause.
    clause_behind: &'a str,
    /// What follows it in its sentence.
    sentence_behind: &'a str,
}

impl<'a> Place<'a> {
    fn new(text: &'a str, range: &Range<usize>, lexicon: &Lexicon) -> Self {
        let sentence = lexicon.layout.sentence_around(text, range);
        let sentence_before = &text[sentence.start..range.start];
        let sentence_behind = &text[range.end..sentence.end];
        let clause_before = sentence_before.rsplit_once(ends_clause).map_or(sentence_before, |(_, clause)| clause);
        let clause_behind = sentence_behind.split_once(ends_clause).map_or(sentence_behind, |(clause, _)| clause);
        let behind = &text[range.end..];
        Self { sentence_before, clause_before, behind, clause_behind, sentence_behind }
    }

    /// Whether a day or month here dates what the text tells.
    fn is_dated(&self, words: &DoneWords) -> bool {
        !self.is_name(words) && !self.is_planned(words) && !contains_any(self.clause_before, &words.background)
    }

    /// Whether a year alone dates what the text tells.
    fn is_dated_by_year(&self, words: &DoneWords) -> bool {
        let wished = contains_any(self.sentence_before, &words.wished) || self.is_planned(words);
        if wished || self.is_name(words) || starts_with_any(self.behind, &words.cycles) {
            return false;
        }
        let lasts = words.since.is_empty() || contains_any(self.sentence_behind, &words.since);
        let is_since = lasts && ends_with_any(self.clause_before, &words.from);
        let of_meeting = words.meetings.iter().any(|meeting| self.names_first(meeting));
        (is_since && !of_meeting)
            || starts_with_any(self.behind, &words.parts)
            || starts_with_any(self.behind, &words.verbs)
            || self.is_occasion(words)
            || (self.clause_before.trim().is_empty() && starts_with_any(self.behind, &words.ends))
            || (self.names_any(&words.meetings) && contains_any(self.clause_before, &words.attended))
    }

    /// Whether what follows makes the date part of a name or of what is named.
    fn is_name(&self, words: &DoneWords) -> bool {
        starts_with_any(self.behind, &words.names) && !starts_with_any(self.behind, &words.not_names)
    }

    fn is_planned(&self, words: &DoneWords) -> bool {
        let start = self.sentence_before.floor_char_boundary(self.sentence_before.len().saturating_sub(NEAR));
        contains_any(&self.sentence_before[start..], &words.planned)
    }

    /// Whether an occasion of the year follows on which something was done: `2009年会议上`.
    fn is_occasion(&self, words: &DoneWords) -> bool {
        let end = self.clause_behind.floor_char_boundary(OCCASION.min(self.clause_behind.len()));
        let near = &self.clause_behind[..end];
        words.occasions.iter().any(|occasion| {
            let behind = near.find(occasion.as_str()).and_then(|at| near.get(at + occasion.len()..));
            behind.is_some_and(|behind| !starts_with_any(behind, &words.attributes))
        })
    }

    fn names_any(&self, meetings: &[String]) -> bool {
        meetings.iter().any(|meeting| self.clause_behind.contains(meeting.as_str()))
    }

    /// Whether `meeting` is the first thing named, a treaty before it allowed.
    fn names_first(&self, meeting: &str) -> bool {
        self.clause_behind.find(meeting).is_some_and(|at| at <= NEAR)
    }
}

fn ends_clause(character: char) -> bool {
    matches!(character, '，' | ',' | '：' | ';')
}

fn contains_any(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

fn starts_with_any(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.starts_with(word.as_str()))
}

fn ends_with_any(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.ends_with(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::written;
    use super::*;
    use crate::parse::Lexicons;

    #[test]
    fn a_date_is_that_of_an_act_unless_its_words_say_otherwise() {
        let lexicons =
            Lexicons::new(&[], &crate::config::SubjectWords::default()).unwrap_or_else(|error| panic!("{error}"));
        let cases = [
            ("en", "On 24 September 2008 Japan hosted a meeting.", vec!["2008-09-24"]),
            ("en", "Japan will host a meeting on 3 May 2011.", vec![]),
            ("en", "Norway recalled the statement of 3 May 2010. It paid on 4 June 2010.", vec!["2010-06-04"]),
            ("zh-Hans", "日本于2009年9月24日和25日主办了会议。", vec!["2009-09-24;2009-09-25"]),
            ("zh-Hans", "日本将于2011年9月主办会议。", vec![]),
            ("zh-Hans", "日本支持2010年审议大会最后文件。", vec![]),
            ("zh-Hans", "日本在2010年审议大会上发言。", vec!["2010"]),
            ("zh-Hans", "自2003年以来，日本一直提供捐款。", vec!["2003"]),
        ];
        for (language, text, expected) in cases {
            let found = done(text, &written(text), lexicons.by_language(language));
            assert_eq!(found.iter().map(|done| done.edtf.as_str()).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
