//! Which meetings of the reference table a text names.
//!
//! A name alone is the name of a series. A text names one of its meetings when beside the name there is an ordinal, a
//! year, a day or month on which the meeting was held, or the place where no other meeting of the series was held; so does the
//! date cell of a row that names a day or month. Where a text leaves it open, it names none.

use crate::base::language::is_unspaced;
use crate::base::unique::unique;
use crate::config::{Config, MeetingSeries};
use crate::model::date::TextDate;
use crate::model::edtf::{Edtf, Moment, Stretch};
use crate::model::reference::{Meeting, Reference};
use crate::parse::Lexicon;
use std::ops::Range;

/// How many bytes may stand where a keyword has an asterisk.
const LONGEST_GAP: usize = 90;

/// How many bytes before and behind a name its ordinal may stand.
const NEAR: usize = 36;

/// The meetings of the reference table by the words that name them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Meetings {
    series: Vec<Series>,
}

#[derive(Debug, Clone, Default, PartialEq)]
struct Series {
    /// Keywords in pieces, between which other words may stand.
    names: Vec<Vec<String>>,
    /// Words behind a name that make it part of another.
    not_before: Vec<String>,
    meetings: Vec<Held>,
}

#[derive(Debug, Clone, PartialEq)]
struct Held {
    id: String,
    ordinal: Option<u32>,
    first: Moment,
    last: Moment,
    /// Names of its place in any language.
    places: Vec<String>,
}

/// A name of a series in a text.
struct Name<'a> {
    series: &'a Series,
    range: Range<usize>,
}

impl Meetings {
    /// The meetings of `reference`, with the words of `config` for their series.
    #[must_use]
    pub fn new(reference: &Reference, config: &Config) -> Self {
        let of_series = |(name, words): (&String, &MeetingSeries)| {
            let own = |meeting: &&Meeting| meeting.series.as_ref() == Some(name);
            Series {
                names: words.keywords.iter().map(|word| word.split('*').map(str::to_owned).collect()).collect(),
                not_before: words.not_before.clone(),
                meetings: reference.meetings.iter().filter(own).filter_map(|meeting| held(meeting, config)).collect(),
            }
        };
        Self { series: config.meeting_series.iter().map(of_series).collect() }
    }

    /// The ids of the meetings that `text` names, in the order of their names; `dates` are those written in it, and
    /// `cell` is the date cell of the row that it is the text of.
    #[must_use]
    pub fn named_in(&self, text: &str, dates: &[TextDate], cell: Option<&Edtf>, lexicon: &Lexicon) -> Vec<String> {
        let cell = cell.map_or(&[][..], Edtf::stretches);
        let names = self.names_in(text, lexicon);
        let meant = names.iter().flat_map(|name| {
            let near = Near { text, name: &name.range, dates, cell, lexicon };
            name.series.meant(&near)
        });
        unique(meant).into_iter().map(str::to_owned).collect()
    }

    /// The names in `text`, none of which lies on another.
    fn names_in(&self, text: &str, lexicon: &Lexicon) -> Vec<Name<'_>> {
        let in_series = |series: &'_ Series| -> Vec<Range<usize>> {
            series.names.iter().flat_map(|pieces| occurrences(text, pieces, lexicon)).collect()
        };
        let mut names: Vec<Name<'_>> = self
            .series
            .iter()
            .flat_map(|series| in_series(series).into_iter().map(move |range| Name { series, range }))
            .collect();
        // Of names that lie on each other the one that reaches farthest counts: 审议大会筹备委员会 is a committee.
        names.sort_by_key(|name| (std::cmp::Reverse(name.range.end), name.range.start));
        let mut begun = usize::MAX;
        names.retain(|name| {
            let is_apart = name.range.end <= begun;
            begun = if is_apart { name.range.start } else { begun };
            is_apart
        });
        names.reverse();
        let follows = |name: &Name<'_>, word: &String| {
            text.get(name.range.end..).is_some_and(|behind| behind.starts_with(word.as_str()))
        };
        names.retain(|name| !name.series.not_before.iter().any(|word| follows(name, word)));
        names
    }
}

fn held(meeting: &Meeting, config: &Config) -> Option<Held> {
    let first = meeting.start_date.as_ref()?.single()?.start?;
    let last = meeting.end_date.as_ref().and_then(|end| end.single()?.end).unwrap_or(first);
    let place = meeting.place.as_ref();
    let others = place.and_then(|place| config.places.get(place)).into_iter().flatten();
    Some(Held {
        id: meeting.id.clone(),
        ordinal: meeting.ordinal.as_deref().and_then(|ordinal| ordinal.parse().ok()),
        first,
        last,
        places: place.into_iter().chain(others).cloned().collect(),
    })
}

/// Where `pieces` stand in `text` one behind the other, in one sentence.
fn occurrences(text: &str, pieces: &[String], lexicon: &Lexicon) -> Vec<Range<usize>> {
    let Some((first, others)) = pieces.split_first() else { return Vec::new() };
    let whole = |start: usize| {
        let mut end = start + first.len();
        for piece in others {
            let near = text.floor_char_boundary(end + LONGEST_GAP + piece.len());
            let at = text.get(end..near)?.find(piece.as_str())?;
            end += at + piece.len();
        }
        let sentence = lexicon.layout.sentence_around(text, &(start..start + first.len()));
        (end <= sentence.end).then_some(start..end)
    };
    text.match_indices(first.as_str()).filter_map(|(start, _)| whole(start)).collect()
}

/// Whether an ordinal stands from `start` to `end`: no plain number, as in `24 September`, and not the end of a longer one,
/// as in `twenty-fifth`.
fn is_ordinal(text: &str, start: usize, end: usize) -> bool {
    let is_of_word = |character: char| character.is_alphanumeric() && !is_unspaced(character);
    let ordinal = text[start..end].trim_end_matches([' ', '-']);
    let is_plain = ordinal.bytes().all(|byte| byte.is_ascii_digit());
    let goes_on =
        ordinal.starts_with(is_of_word) && text[..start].ends_with(|before| before == '-' || is_of_word(before));
    !is_plain && !goes_on
}

/// A name with what may tell which meeting is meant.
struct Near<'a> {
    text: &'a str,
    name: &'a Range<usize>,
    dates: &'a [TextDate],
    cell: &'a [Stretch],
    lexicon: &'a Lexicon,
}

impl Series {
    /// The meetings that a name of the series means: the first kind of evidence that there is decides.
    fn meant(&self, near: &Near<'_>) -> Vec<&str> {
        let with = |fits: &dyn Fn(&Held) -> bool| -> Vec<&str> {
            self.meetings.iter().filter(|meeting| fits(meeting)).map(|meeting| meeting.id.as_str()).collect()
        };
        let numbers = near.ordinals();
        let by_ordinal = with(&|meeting| meeting.ordinal.is_some_and(|ordinal| numbers.contains(&ordinal)));
        if !by_ordinal.is_empty() {
            return by_ordinal;
        }
        if let Some(year) = near.year_before() {
            return with(&|meeting| meeting.first.year == year);
        }
        let written = near.stretches_in_sentence();
        let by_date = with(&|meeting| written.iter().any(|stretch| meeting.was_held(*stretch)));
        if !by_date.is_empty() {
            return if by_date.len() == 1 { by_date } else { Vec::new() };
        }
        let by_cell = with(&|meeting| near.cell.iter().any(|stretch| meeting.was_held(*stretch)));
        if !by_cell.is_empty() {
            return if by_cell.len() == 1 { by_cell } else { Vec::new() };
        }
        let by_place = with(&|meeting| meeting.places.iter().any(|place| near.sentence().contains(place.as_str())));
        if by_place.len() == 1 && self.meetings.len() > 1 { by_place } else { Vec::new() }
    }
}

impl Held {
    /// Whether `when` is a day or month, or a few days, on which the meeting was held.
    fn was_held(&self, when: Stretch) -> bool {
        let (Some(start), Some(end)) = (when.start, when.end) else { return false };
        match (start.day, end.day) {
            (Some(_), Some(_)) => self.first <= start && end <= self.last,
            _ => {
                let is_month = start.month.is_some() && start.first_month() == end.last_month();
                is_month && start.first_month() == self.first.first_month()
            }
        }
    }
}

impl Near<'_> {
    /// The ordinals in the name and right before and behind it.
    fn ordinals(&self) -> Vec<u32> {
        let start = self.text.floor_char_boundary(self.name.start.saturating_sub(NEAR));
        let end = self.text.floor_char_boundary(self.name.end + NEAR);
        let around = &self.text[start..end];
        let layout = &self.lexicon.layout;
        let found = layout.ordinals.iter().flat_map(|pattern| layout.numbered(pattern, around));
        let is_whole = |range: &Range<usize>| is_ordinal(self.text, start + range.start, start + range.end);
        found.filter(|(_, range)| is_whole(range)).map(|(number, _)| number).collect()
    }

    /// The year right before the name: `2010年审议大会`, `2010 Review Conference`.
    fn year_before(&self) -> Option<i32> {
        let before = self.text.get(..self.name.start)?.trim_end().trim_end_matches('年');
        let digits = before.get(before.len().checked_sub(4)?..)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
    }

    /// The bytes of the sentence of the name.
    fn sentence_range(&self) -> Range<usize> {
        self.lexicon.layout.sentence_around(self.text, self.name)
    }

    fn sentence(&self) -> &str {
        &self.text[self.sentence_range()]
    }

    /// The dates in the sentence of the name that name a day or month.
    fn stretches_in_sentence(&self) -> Vec<Stretch> {
        let Range { start, end } = self.sentence_range();
        let first = self.dates.partition_point(|date| date.range.start < start);
        let inside = self.dates.iter().skip(first).take_while(|date| date.range.end <= end);
        let stretch = |moment: Moment| Stretch { start: Some(moment), end: Some(moment), interval: false };
        inside.filter(|date| date.moment.month.is_some()).map(|date| stretch(date.moment)).collect()
    }
}
