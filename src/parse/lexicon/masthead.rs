//! Words of the first page of a document, in all languages at once.
//!
//! Input: the files `masthead.toml`. Output: [`Mastheads`]. Invariant: a first page is read in every language, as those
//! of one language print some lines in another (`Distr.: General` in Chinese and Arabic).

use super::files::MASTHEADS;
use crate::model::edtf::Edtf;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Words of a first page in one language. All of them are compared in their [`plain`] form.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MastheadWords {
    /// A session, at the start of a line.
    sessions: Vec<String>,
    /// An agenda item, at the start of a line.
    agenda_items: Vec<String>,
    /// What stands between two agenda items.
    and_words: Vec<String>,
    /// A meeting, as it is printed below a resolution.
    meetings: Vec<String>,
    /// What stands before the distribution.
    distributions: Vec<String>,
    /// What stands before the language of the original.
    originals: Vec<String>,
    /// Organs and committees, each a line.
    bodies: Vec<String>,
    /// What a document calls itself; more may follow.
    kinds: Vec<String>,
    /// What tells that a resolution or decision was adopted; the date follows, or stands before.
    decisions: Vec<String>,
    /// Names of the months, January first, each with its forms; empty where months are numbered.
    months: Vec<Vec<String>>,
    /// What may stand between the parts of a date.
    date_joints: Vec<String>,
    /// What may stand behind the year of a date.
    year_units: Vec<String>,
    /// Languages of originals, as BCP 47 tags.
    languages: BTreeMap<String, String>,
    /// Numbers in words, which are added: seventy = 70, sixth = 6.
    numbers: BTreeMap<String, u32>,
}

/// The words of all languages.
#[derive(Debug, Clone)]
pub struct Mastheads(Vec<MastheadWords>);

/// A line of more characters says nothing of the document.
const LONGEST_LINE: usize = 300;

/// `text` as it is compared: in small letters, without blanks, tatweel and vowel signs.
#[must_use]
pub fn plain(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|character| !crate::parse::text::is_blank(*character) && !crate::parse::text::is_silent(*character));
    kept.flat_map(char::to_lowercase).map(|character| if character == '\'' { '’' } else { character }).collect()
}

impl Mastheads {
    /// Reads the data files.
    ///
    /// # Errors
    /// If a file is not what it should be.
    pub fn new() -> Result<Self, toml::de::Error> {
        let read = |file: &&str| {
            let mut words: MastheadWords = toml::from_str(file)?;
            let MastheadWords {
                sessions,
                agenda_items,
                and_words,
                meetings,
                distributions,
                originals,
                bodies,
                kinds,
                ..
            } = &mut words;
            for list in [sessions, agenda_items, and_words, meetings, distributions, originals, bodies, kinds] {
                list.iter_mut().for_each(|word| *word = plain(word));
            }
            for list in
                words.months.iter_mut().chain([&mut words.decisions, &mut words.date_joints, &mut words.year_units])
            {
                list.iter_mut().for_each(|word| *word = plain(word));
            }
            words.languages = words.languages.into_iter().map(|(name, tag)| (plain(&name), tag)).collect();
            words.numbers = words.numbers.into_iter().map(|(name, value)| (plain(&name), value)).collect();
            Ok(words)
        };
        MASTHEADS.iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// The session that `line` begins with.
    #[must_use]
    pub fn session(&self, line: &str) -> Option<u32> {
        let line = short(line)?;
        self.0.iter().find_map(|words| {
            words.sessions.iter().find_map(|pattern| words.numbered(pattern, &line)).map(|(number, _)| number)
        })
    }

    /// The agenda items that `line` begins with: `98(z)`, `68, 117`.
    #[must_use]
    pub fn agenda_items(&self, line: &str) -> Option<String> {
        let line = short(line)?;
        self.0.iter().find_map(|words| {
            let found = words.agenda_items.iter().find_map(|pattern| {
                let pattern = pattern.split_inclusive('}').next().unwrap_or(pattern);
                words.numbered(pattern, &line)
            });
            found.map(|(number, len)| words.items(number, &line[len..]))
        })
    }

    /// Whether `line` is the meeting below a resolution.
    #[must_use]
    pub fn is_meeting(&self, line: &str) -> bool {
        let Some(line) = short(line).filter(|line| line.chars().count() <= LONGEST_MEETING) else { return false };
        self.0.iter().any(|words| words.meetings.iter().any(|pattern| words.numbered(pattern, &line).is_some()))
    }

    /// What `line` says of the distribution, as printed.
    #[must_use]
    pub fn distribution<'a>(&self, line: &'a str) -> Option<&'a str> {
        let lower = line.to_lowercase();
        let words = self.0.iter().flat_map(|words| &words.distributions);
        let end = words.filter_map(|word| Some(lower.find(word.as_str())? + word.len())).max()?;
        let value = line.get(end..)?.trim_start_matches([':', '：', ' ', '\u{a0}']);
        let value = value.split(['\t', '\u{3000}']).next().unwrap_or(value).trim();
        (value.chars().count() <= LONGEST_MEETING).then_some(value)
    }

    /// The language of the original that `line` names, BCP 47; `und` for one that is not known.
    #[must_use]
    pub fn original(&self, line: &str) -> Option<String> {
        let line = short(line)?;
        let named = self.0.iter().find_map(|words| {
            let at = words.originals.iter().filter_map(|word| Some(line.find(word.as_str())? + word.len())).min()?;
            line.get(at..)
        })?;
        let known = self.0.iter().flat_map(|words| &words.languages);
        let first = known.filter_map(|(name, tag)| named.starts_with(name.as_str()).then_some((name.len(), tag))).max();
        Some(first.map_or_else(|| "und".to_owned(), |(_, tag)| tag.clone()))
    }

    /// Whether `line` is the name of an organ or committee and nothing else.
    #[must_use]
    pub fn is_body(&self, line: &str) -> bool {
        short(line).is_some_and(|line| self.0.iter().any(|words| words.bodies.contains(&line)))
    }

    /// Whether `line` tells what kind of document this is.
    #[must_use]
    pub fn is_kind(&self, line: &str) -> bool {
        let begins = |line: &str| {
            let kinds = self.0.iter().flat_map(|words| &words.kinds);
            kinds.into_iter().any(|kind| line.starts_with(kind.as_str()))
        };
        short(line).is_some_and(|line| begins(&line))
    }

    /// Whether `line` tells that a resolution or decision was adopted.
    #[must_use]
    pub fn is_decision(&self, line: &str) -> bool {
        let Some(line) = short(line) else { return false };
        let decisions = self.0.iter().flat_map(|words| &words.decisions);
        decisions.into_iter().any(|word| {
            line.starts_with(word.as_str()) || (line.ends_with(word.as_str()) && first_date(self, &line).is_some())
        })
    }

    /// The first day that `line` names, and whether nothing else is in it.
    #[must_use]
    pub fn day(&self, line: &str) -> Option<(Edtf, bool)> {
        let line = short(line)?;
        let (edtf, range) = first_date(self, &line)?;
        Some((edtf, range.start == 0 && range.end == line.len()))
    }
}

/// More characters are no meeting.
const LONGEST_MEETING: usize = 80;

/// The plain form of a line that may say something.
fn short(line: &str) -> Option<String> {
    let is_short = line.chars().take(LONGEST_LINE + 1).count() <= LONGEST_LINE;
    is_short.then(|| plain(line)).filter(|line| !line.is_empty())
}

fn first_date(mastheads: &Mastheads, line: &str) -> Option<(Edtf, std::ops::Range<usize>)> {
    let starts = line.char_indices().filter(|(_, character)| character.is_ascii_digit());
    let first_of_run =
        starts.filter(|(at, _)| !line.get(..*at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit())));
    first_of_run.into_iter().find_map(|(at, _)| {
        let rest = line.get(at..)?;
        let (edtf, len) = numbered_date(rest).or_else(|| mastheads.0.iter().find_map(|words| words.date(rest)))?;
        Some((edtf, at..at + len))
    })
}

/// Digits at the start of `text`: their value and the rest.
fn digits(text: &str, most: usize) -> Option<(u32, &str)> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    let value = (1..=most).contains(&len).then(|| text.get(..len)).flatten()?;
    Some((value.parse().ok()?, text.get(len..)?))
}

/// A date in numbers at the start of `text`: `2021年12月8日`.
fn numbered_date(text: &str) -> Option<(Edtf, usize)> {
    let (year, rest) = digits(text, 4)?;
    let (month, rest) = digits(rest.strip_prefix('年')?, 2)?;
    let (day, rest) = digits(rest.strip_prefix('月')?, 2)?;
    let rest = rest.strip_prefix('日')?;
    Some((edtf(year, month, day)?, text.len() - rest.len()))
}

fn edtf(year: u32, month: u32, day: u32) -> Option<Edtf> {
    let is_date = (1900..2200).contains(&year);
    is_date.then(|| Edtf::parse(&format!("{year:04}-{month:02}-{day:02}"))).flatten()
}

impl MastheadWords {
    /// The number that stands in `pattern` at the start of `line`, and the bytes of the whole.
    fn numbered(&self, pattern: &str, line: &str) -> Option<(u32, usize)> {
        let (before, after) = pattern.split_once("{number}")?;
        let rest = line.strip_prefix(before)?;
        let (number, rest) = digits(rest, 4).or_else(|| self.number_in_words(rest))?;
        let rest = rest.strip_prefix(after)?;
        Some((number, line.len() - rest.len()))
    }

    /// A number in words at the start of `text`, and the rest.
    fn number_in_words<'a>(&self, text: &'a str) -> Option<(u32, &'a str)> {
        let mut sum = 0;
        let mut rest = text;
        // No number of a session has more words.
        for _ in 0..4 {
            let after = rest.strip_prefix('-').unwrap_or(rest);
            let words = self.numbers.iter().filter(|(word, _)| after.starts_with(word.as_str()));
            let Some((word, value)) = words.max_by_key(|(word, _)| word.len()) else { break };
            sum += value;
            rest = after.get(word.len()..)?;
        }
        (sum > 0).then_some((sum, rest))
    }

    /// Agenda items from the first on, whose letters and followers stand in `rest`.
    fn items(&self, first: u32, rest: &str) -> String {
        let mut items = vec![first.to_string()];
        let mut rest = rest;
        // A document stands under few items.
        for _ in 0..8 {
            if let Some(label) = crate::parse::label::bracketed_letter(rest) {
                if let Some(last) = items.last_mut() {
                    last.push_str(&format!("({})", label.printed));
                }
                rest = &rest[label.len..];
            }
            let and =
                self.and_words.iter().filter_map(|word| rest.strip_prefix(word.as_str())).min_by_key(|rest| rest.len());
            let Some((number, after)) = and.and_then(|rest| digits(rest, 3)) else { break };
            items.push(number.to_string());
            rest = after;
        }
        items.join(", ")
    }

    /// A date at the start of `text`, which has no blanks: `8december2021`, `6dediciembrede2021`, `6декабря2021года`.
    fn date(&self, text: &str) -> Option<(Edtf, usize)> {
        let (day, rest) = digits(text, 2)?;
        let rest = self.without_joint(rest);
        let named = self.months.iter().zip(1..).flat_map(|(names, month)| names.iter().map(move |name| (name, month)));
        let (name, month) =
            named.filter(|(name, _)| rest.starts_with(name.as_str())).max_by_key(|(name, _)| name.len())?;
        let (year, rest) = digits(self.without_joint(rest.get(name.len()..)?), 4)?;
        let ends = self.year_units.iter().filter_map(|unit| rest.strip_prefix(unit.as_str()));
        let rest = ends.min_by_key(|rest| rest.len()).unwrap_or(rest);
        Some((edtf(year, month, day)?, text.len() - rest.len()))
    }

    fn without_joint<'a>(&self, text: &'a str) -> &'a str {
        let joints = self.date_joints.iter().filter_map(|joint| text.strip_prefix(joint.as_str()));
        joints.min_by_key(|rest| rest.len()).unwrap_or(text)
    }
}
