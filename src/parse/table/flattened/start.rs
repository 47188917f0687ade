//! Places where a row may begin, and what speaks for each.

use super::compact::{ByteRange, Compact};
use super::copied::Copied;
use crate::model::state::Iso3;
use crate::parse::Lexicon;
use crate::parse::date;
use std::ops::Range;

/// A place where a row may begin.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    /// First byte of the row.
    pub at: usize,
    /// The State's name, where it stands before the text as a cell.
    pub cell: Option<ByteRange>,
    /// The State the cell names.
    pub cell_state: Option<Iso3>,
    /// The date cell.
    pub date: Option<ByteRange>,
    /// First byte of the text.
    pub text: usize,
    /// How the text begins.
    pub opening: Opening,
    /// How the text above ends.
    pub above: PrecedingEnd,
    /// Whether the text goes on from a sentence above: 在这些讨论中, 澳大利亚还.
    pub is_sequel: bool,
    /// Whether the words on both sides stand around another place too, as in a text that two sections have.
    pub is_copied: bool,
}

/// How the text of a row begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// With a State's name.
    State(Iso3),
    /// With a phrase after which the named State follows.
    PhraseThenState(Iso3),
    /// With a phrase or a date after which an office-holder or organ follows.
    PhraseThenSubject,
    /// With a phrase after which something else follows.
    Phrase,
    /// With an office-holder, an organ, a group or an institution.
    Subject,
    /// With a date after which the named State follows.
    DateThenState(Iso3),
    /// With a date.
    Date,
    /// With a title or a person's name.
    TitleOrPerson,
    /// With anything else.
    Other,
}

impl Opening {
    /// Whether a row without cells may begin so behind a text that ends as `above`.
    #[must_use]
    pub fn begins_row(self, above: PrecedingEnd) -> bool {
        match self {
            Self::Other => false,
            Self::TitleOrPerson => above.ends_sentence(),
            _ => true,
        }
    }

    /// The State it names.
    #[must_use]
    pub fn names(self) -> Option<Iso3> {
        match self {
            Self::State(state) | Self::PhraseThenState(state) | Self::DateThenState(state) => Some(state),
            _ => None,
        }
    }

    /// Whether the text begins with a phrase before the subject, a date among them.
    #[must_use]
    pub fn is_phrase(self) -> bool {
        matches!(
            self,
            Self::PhraseThenState(_) | Self::PhraseThenSubject | Self::Phrase | Self::DateThenState(_) | Self::Date
        )
    }
}

/// How the text above a place ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrecedingEnd {
    /// There is none: the section begins here.
    Nothing,
    /// Without a mark.
    Open,
    /// With a word that seldom ends a text.
    Unlikely,
    /// With the end of a sentence inside a closing mark: 。”
    Quoted,
    /// With the end of a sentence behind a closing mark: ”。
    QuotedThenStop,
    /// With the end of a sentence.
    Sentence,
}

impl PrecedingEnd {
    /// Whether the text above ends with a sentence.
    #[must_use]
    pub fn ends_sentence(self) -> bool {
        matches!(self, Self::Quoted | Self::QuotedThenStop | Self::Sentence)
    }
}

/// All places of the section at `start..end` where a row may begin, in order; `names` are the States' names in the text.
#[must_use]
pub fn starts(
    compact: &Compact,
    names: &[Range<usize>],
    copied: &Copied<'_>,
    (start, end): ByteRange,
    lexicon: &Lexicon,
) -> Vec<Start> {
    let first = names.partition_point(|name| name.end <= start);
    let names = &names[first..names.partition_point(|name| name.start < end)];
    let quotes = compact.slice(start, end).match_indices('"').map(|(at, _)| start + at).collect();
    let finder = Finder { compact, names, copied, lexicon, section: start, end, quotes };
    let places: Vec<usize> = compact.words(start, end).collect();
    places.into_iter().flat_map(|at| finder.starts_at(at)).collect()
}

/// No name of a State is longer, in bytes.
const LONGEST_NAME: usize = 60;

/// No phrase before the subject has more characters.
const LONGEST_PHRASE: usize = 50;
/// A date that begins a sentence has a comma within so many characters: 2010年9月24日至2011年9月期间，
const LONGEST_DATE_PHRASE: usize = 26;

/// No more phrases than one and these follow one another before the subject.
const MOST_PHRASES: usize = 8;

/// How far back an opening mark is looked for, in characters.
const MARK_WINDOW: usize = 120;
/// How far on the comma behind a phrase with brackets is looked for, in characters.
const PHRASE_WINDOW: usize = 480;

/// A clause that refers back does so within so many characters.
const LONGEST_CLAUSE: usize = 40;

/// The name of a person and the office behind it have no more characters.
const LONGEST_PERSON: usize = 8;

/// Whether a start without a name's cell belongs to the State's name `before` it: 爱沙尼亚 外交部长 is one phrase, and
/// so is a cell with the name that begins its text. Another State's name begins a row.
fn goes_with_name(start: &Start, before: Option<Iso3>) -> bool {
    match (before, start.opening) {
        (Some(before), Opening::State(state)) => start.cell.is_none() && (start.date.is_some() || before == state),
        (Some(_), _) => start.cell.is_none(),
        (None, _) => false,
    }
}

/// Opening marks, each with the one that closes it.
const PAIRS: [(char, char); 4] = [('(', ')'), ('（', '）'), ('《', '》'), ('“', '”')];

/// Whether an opening mark before the end of `text` is still open: no row begins inside a title or bracket.
fn is_unclosed(text: &str) -> bool {
    let mut decided = [false; PAIRS.len()];
    for character in text.chars().rev().take(MARK_WINDOW) {
        for ((opening, closing), decided) in PAIRS.iter().zip(&mut decided).filter(|(_, decided)| !**decided) {
            if character == *opening {
                return true;
            }
            *decided = character == *closing;
        }
    }
    false
}

/// Whether a person's name with a middle dot ends `text`: 巴拉克·奥巴马, behind which an office follows.
fn follows_person(text: &str) -> bool {
    let tail = text.chars().rev().take(6).take_while(|character| character.is_alphanumeric() || *character == '·');
    tail.collect::<Vec<_>>().contains(&'·')
}

/// Whether one of `words` ends `text`, whose last word is `last`; one of a single character is that whole word.
fn ends_with_word(text: &str, last: &str, words: &[String]) -> bool {
    words.iter().any(|word| last == word || (word.chars().count() > 1 && text.ends_with(word.as_str())))
}

struct Finder<'a> {
    compact: &'a Compact,
    names: &'a [Range<usize>],
    copied: &'a Copied<'a>,
    lexicon: &'a Lexicon,
    section: usize,
    end: usize,
    /// Bytes at which straight quotation marks stand, which open and close in turn.
    quotes: Vec<usize>,
}

impl Finder<'_> {
    fn starts_at(&self, at: usize) -> Vec<Start> {
        let Some(above) = self.above(at) else { return Vec::new() };
        let is_copied = above.ends_sentence() && self.copied.has(self.compact, at);
        let bare = Start {
            at,
            cell: None,
            cell_state: None,
            date: None,
            text: at,
            opening: Opening::Other,
            above,
            is_sequel: false,
            is_copied,
        };
        let name = self.name_at(at);
        let mut starts = Vec::new();
        if let Some((state, after)) = name.filter(|(state, _)| self.name_before(at) != Some(*state)) {
            let named = Start { cell: Some((at, after)), cell_state: Some(state), text: after, ..bare.clone() };
            starts.extend(self.with_date(&named, after));
            starts.push(named);
        }
        starts.extend(self.with_date(&bare, at));
        starts.push(bare);
        for start in &mut starts {
            start.opening = self.opening(start.text);
            start.is_sequel = self.is_sequel(start.text);
        }
        let before = self.name_before(at);
        starts.retain(|start| self.is_possible(start) && !goes_with_name(start, before));
        starts
    }

    /// A row without cells must begin with a name, a phrase or a subject, unless the section begins with it.
    fn is_possible(&self, start: &Start) -> bool {
        let shown = start.cell.is_some() || start.date.is_some() || start.above == PrecedingEnd::Nothing;
        let bare = start.opening.begins_row(start.above) && !self.begins_conjunction(start.text);
        start.text < self.end && (shown || bare)
    }

    /// Whether the text at `at` goes on from a sentence above: in its first words, or in what its first clause refers to.
    fn is_sequel(&self, at: usize) -> bool {
        let words = &self.lexicon.layout.rows;
        let begins = |text: &str, words: &[String]| words.iter().any(|word| text.starts_with(word.as_str()));
        let rest = self.compact.slice(at, self.end);
        let name = self.lexicon.states.match_at(&self.compact.text, at).map_or(0, |(_, len)| len);
        let near = rest.char_indices().nth(LONGEST_CLAUSE).map_or(rest, |(end, _)| rest.split_at(end).0);
        let clause = near.split(|character| "，,。；".contains(character)).next().unwrap_or(near);
        begins(rest, &words.sequels)
            || (name > 0 && begins(self.compact.slice(at + name, self.end), &words.sequel_adverbs))
            || words.back_references.iter().any(|word| clause.contains(word.as_str()))
    }

    /// 与 and 同 join two nouns as often as they begin a phrase.
    fn begins_conjunction(&self, at: usize) -> bool {
        let rest = self.compact.slice(at, self.end);
        self.lexicon.layout.rows.conjunctions.iter().any(|word| rest.starts_with(word.as_str()))
    }

    fn with_date(&self, start: &Start, at: usize) -> Option<Start> {
        let rest = self.compact.slice(at, self.end);
        let found = date::match_start(rest, &self.lexicon.dates, true).filter(|found| found.has_year)?;
        let after = at + found.len;
        self.compact.begins_word(after).then(|| Start { date: Some((at, after)), text: after, ..start.clone() })
    }

    /// The name of a State that begins at `at` and ends with a word.
    fn name_at(&self, at: usize) -> Option<(Iso3, usize)> {
        let (state, len) = self.lexicon.states.match_at(&self.compact.text, at)?;
        self.compact.begins_word(at + len).then_some((state, at + len))
    }

    /// The State whose name ends right before `at`: 爱沙尼亚 外交部长 is one phrase.
    fn name_before(&self, at: usize) -> Option<Iso3> {
        let from = at.saturating_sub(LONGEST_NAME).max(self.section);
        let mut names = self.compact.words(from, at).filter_map(|start| self.name_at(start));
        names.find(|(_, end)| *end == at).map(|(state, _)| state)
    }

    /// How the text above `at` ends; none if no row can begin there.
    fn above(&self, at: usize) -> Option<PrecedingEnd> {
        if at == self.section {
            return Some(PrecedingEnd::Nothing);
        }
        let text = self.compact.slice(self.section, at);
        let last = self.compact.word_before(at);
        if self.goes_on(at, text, last) || self.is_inside_name(at) {
            return None;
        }
        let layout = &self.lexicon.layout;
        let stop = layout.sentence_ends.iter().find_map(|end| text.strip_suffix(end.as_str()));
        Some(match stop {
            Some(body) if body.ends_with(['"', '”', '’']) => PrecedingEnd::QuotedThenStop,
            Some(_) => PrecedingEnd::Sentence,
            None if layout.ends_sentence(text) => PrecedingEnd::Quoted,
            None if ends_with_word(text, last, &layout.rows.hardly_last) && !self.is_noun(at, last) => {
                PrecedingEnd::Unlikely
            }
            None => PrecedingEnd::Open,
        })
    }

    /// Whether `text`, whose last word is `last`, cannot end here, at byte `at`.
    fn goes_on(&self, at: usize, text: &str, last: &str) -> bool {
        let words = &self.lexicon.layout.rows;
        words.joints.iter().any(|joint| text.ends_with(joint.as_str()))
            || ends_with_word(text, last, &words.not_last)
            || last.ends_with('的')
            || self.is_quoting(at, last)
            || is_unclosed(text)
            || follows_person(text)
    }

    /// Whether the straight quotation mark that ends the word `last` before byte `at` opens a quotation.
    fn is_quoting(&self, at: usize, last: &str) -> bool {
        last.ends_with('"') && self.quotes.partition_point(|quote| *quote < at) % 2 == 1
    }

    /// Whether `at` lies inside a State's name that segmentation has cut.
    fn is_inside_name(&self, at: usize) -> bool {
        let begun = self.names.partition_point(|name| name.start < at);
        begun.checked_sub(1).and_then(|last| self.names.get(last)).is_some_and(|name| at < name.end)
    }

    /// Whether the word `last` before `at` is used as a noun: 的呼吁, 一项呼吁, 表示支持.
    fn is_noun(&self, at: usize, last: &str) -> bool {
        let before = self.compact.word_before(at - last.len());
        self.lexicon.layout.rows.noun_marks.iter().any(|mark| mark == before)
    }

    fn opening(&self, at: usize) -> Opening {
        let rest = self.compact.slice(at, self.end);
        if let Some((state, len)) = self.lexicon.states.match_at(&self.compact.text, at) {
            let after = self.compact.slice(at + len, self.end);
            let subject = !self.lexicon.layout.rows.not_subject.iter().any(|word| after.starts_with(word.as_str()));
            return if subject { Opening::State(state) } else { Opening::Other };
        }
        if self.begins_subject(rest) {
            return Opening::Subject;
        }
        if self.begins_date(rest) {
            let has_subject = self.subject_after_comma(at, LONGEST_DATE_PHRASE);
            let other = if has_subject { Opening::PhraseThenSubject } else { Opening::Date };
            return self.state_after_comma(at, LONGEST_DATE_PHRASE).map_or(other, Opening::DateThenState);
        }
        if self.begins_phrase(at, rest) {
            let has_subject = self.subject_after_comma(at, LONGEST_PHRASE);
            let other = if has_subject { Opening::PhraseThenSubject } else { Opening::Phrase };
            return self.state_after_comma(at, LONGEST_PHRASE).map_or(other, Opening::PhraseThenState);
        }
        if self.begins_title_or_person(rest) { Opening::TitleOrPerson } else { Opening::Other }
    }

    fn begins_subject(&self, rest: &str) -> bool {
        let words = &self.lexicon.layout.rows;
        let owns = |after: &str| words.not_subject.iter().any(|mark| after.starts_with(mark.as_str()));
        let subject = |word: &String| rest.strip_prefix(word.as_str()).is_some_and(|after| !owns(after));
        words.subjects.iter().any(subject) || self.begins_institution(rest)
    }

    /// A title, or a person: a name with a middle dot, or with an office behind it.
    fn begins_title_or_person(&self, rest: &str) -> bool {
        let head: String = rest.chars().take(LONGEST_PERSON).collect();
        let offices = &self.lexicon.layout.rows.offices;
        rest.starts_with(['《', '“'])
            || rest.chars().take(5).any(|character| character == '·')
            || offices.iter().any(|office| head.contains(office.as_str()))
    }

    /// 国家地理研究所: a first word of institutions, and within a few characters a last one.
    fn begins_institution(&self, rest: &str) -> bool {
        let words = &self.lexicon.layout.rows;
        let head: String = rest.chars().take(14).collect();
        let is_joint = |character: char| character.is_ascii_punctuation() || "，。、；：".contains(character);
        let head = head.split_once(is_joint).map_or(head.as_str(), |(head, _)| head);
        words.institution_begins.iter().any(|begin| head.starts_with(begin.as_str()))
            && words.institution_ends.iter().any(|end| head.get(3..).is_some_and(|tail| tail.contains(end.as_str())))
    }

    /// A preposition that is no verb: 通过的 is one.
    fn begins_phrase(&self, at: usize, rest: &str) -> bool {
        let words = &self.lexicon.layout.rows;
        words.prepositions.iter().any(|word| {
            let after = rest.strip_prefix(word.as_str());
            let verb = after.is_some_and(|after| words.not_subject.iter().any(|mark| after.starts_with(mark.as_str())));
            after.is_some() && !verb && self.compact.begins_word(at + word.len())
        })
    }

    fn begins_date(&self, rest: &str) -> bool {
        date::match_start(rest, &self.lexicon.dates, false).is_some_and(|found| found.has_year)
    }

    /// The State named right after the phrase, which has no more than `longest` characters.
    fn state_after_comma(&self, at: usize, longest: usize) -> Option<Iso3> {
        let place = self.after_phrases(at, longest)?;
        self.lexicon.states.match_at(&self.compact.text, place).map(|(state, _)| state)
    }

    fn subject_after_comma(&self, at: usize, longest: usize) -> bool {
        let place = self.after_phrases(at, longest);
        place.is_some_and(|place| self.begins_subject(self.compact.slice(place, self.end)))
    }

    /// The place behind the comma that ends the phrase at `at`, and further phrases behind it.
    fn after_phrases(&self, at: usize, longest: usize) -> Option<usize> {
        let mut place = self.after_phrase(at, longest)?;
        for _ in 0..MOST_PHRASES {
            if !self.begins_phrase(place, self.compact.slice(place, self.end)) {
                break;
            }
            place = self.after_phrase(place, longest)?;
        }
        Some(place)
    }

    /// The place behind the comma that ends the phrase at `at`; what stands in brackets ends nothing.
    fn after_phrase(&self, at: usize, longest: usize) -> Option<usize> {
        let layout = &self.lexicon.layout;
        let is_one_of = |marks: &[String], character: char| marks.iter().any(|mark| mark.starts_with(character));
        let near = self.compact.slice(at, self.end).char_indices().take(PHRASE_WINDOW);
        let sentence = near.take_while(|(_, character)| !is_one_of(&layout.sentence_ends, *character));
        let mut depth = 0usize;
        let outside = sentence.filter(|(_, character)| {
            let before = depth;
            depth = (depth + usize::from("（(".contains(*character)))
                .saturating_sub(usize::from("）)".contains(*character)));
            before == 0
        });
        let (comma, character) =
            outside.take(longest).find(|(_, character)| is_one_of(&layout.rows.commas, *character))?;
        Some(at + comma + character.len_utf8())
    }
}
