//! Words that show how a report is laid out in a language.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;

/// Words of a language by what they show of the layout. `{number}` stands for a number in digits or
/// in the language's own words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayoutWords {
    /// BCP 47 tag of the language.
    pub language: String,
    /// Whether the language is written without blanks between words.
    pub unspaced: bool,
    /// Marks that end a sentence.
    pub sentence_ends: Vec<String>,
    /// Marks that may follow the end of a sentence.
    pub closing_marks: Vec<String>,
    /// Heads of the four columns of an activity table, each with its forms: State, date, activity, remarks.
    pub table_heads: [Vec<String>; 4],
    /// What is put behind a name that is repeated after a page break.
    pub continued: Vec<String>,
    /// Heads of an annex.
    pub annex: Vec<String>,
    /// A session of the General Assembly.
    pub sessions: Vec<String>,
    /// The number of a meeting in its series.
    pub ordinals: Vec<String>,
    /// An agenda item, blanks and marks left out.
    pub agenda_items: Vec<String>,
    /// What a document calls itself.
    pub document_kinds: Vec<String>,
    /// A paragraph of a resolution, where it stands before the resolution.
    pub paragraphs_before: Vec<String>,
    /// A paragraph of a resolution, where it stands behind the resolution.
    pub paragraphs_behind: Vec<String>,
    /// Words that ask for a report or tell that it was asked for, in lower case.
    pub requests: Vec<String>,
    /// What stands before the language of a reply.
    pub originals: Vec<String>,
    /// Numerals before headings, in order.
    pub heading_numerals: Vec<String>,
    /// Page numbers printed with words.
    pub page_numbers: Vec<String>,
    /// Languages of replies, as BCP 47 tags.
    pub languages: BTreeMap<String, String>,
    /// Words of numbers that are added: 六 = 6, sixty = 60.
    pub number_words: BTreeMap<String, u32>,
    /// Words of numbers that multiply the number before them: 十 = 10.
    pub multipliers: BTreeMap<String, u32>,
    /// Titles of sections and groups of sections; for a `*` a few words stand.
    pub section_titles: Vec<String>,
    /// Where the rows of a flattened table begin and end.
    pub rows: RowWords,
}

/// Words that show where a row of a flattened table may begin and end.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowWords {
    /// Words of a phrase before the subject.
    pub prepositions: Vec<String>,
    /// Those of them that also join two nouns, so that a row without cells does not begin with them.
    pub conjunctions: Vec<String>,
    /// Subjects that are no State: office-holders and organs.
    pub subjects: Vec<String>,
    /// Words with which the name of an institution begins.
    pub institution_begins: Vec<String>,
    /// Words with which the name of an institution ends.
    pub institution_ends: Vec<String>,
    /// Words after which no row begins.
    pub not_last: Vec<String>,
    /// Words that seldom end a text, because an object follows them.
    pub hardly_last: Vec<String>,
    /// Words after which the next word is a noun, whatever it looks like.
    pub noun_marks: Vec<String>,
    /// Beginnings of a sentence that goes on from the one above.
    pub sequels: Vec<String>,
    /// Words behind a name that show the same: 还.
    pub sequel_adverbs: Vec<String>,
    /// Words of a first clause that refer to what was told above: 这次会议.
    pub back_references: Vec<String>,
    /// Offices that stand behind a person's name.
    pub offices: Vec<String>,
    /// Separators after which no row begins.
    pub joints: Vec<String>,
    /// What ends a clause before the subject.
    pub commas: Vec<String>,
    /// What after a name shows that the name is no subject.
    pub not_subject: Vec<String>,
}

/// How many bytes of a sentence are looked at on either side of a place in it.
const SENTENCE_AROUND: usize = 2_000;

/// Most closing marks behind one sentence.
const MAX_CLOSING_MARKS: usize = 8;

/// Most bytes of a number in words.
const MAX_WORD_BYTES: usize = 120;

/// Most digits of a number.
const MAX_DIGITS: usize = 10;

impl LayoutWords {
    /// Whether `text` ends a sentence, closing quotation marks and brackets apart.
    #[must_use]
    pub fn ends_sentence(&self, text: &str) -> bool {
        let mut text = text.trim_end();
        for _ in 0..MAX_CLOSING_MARKS {
            let closed = self.closing_marks.iter().find_map(|mark| text.strip_suffix(mark.as_str()));
            let Some(rest) = closed else { break };
            text = rest;
        }
        self.sentence_ends.iter().any(|end| text.ends_with(end.as_str()))
    }

    /// The sentence of `text` that holds `range`, from the end of the one before to its own mark. A line ends one too. Of a
    /// very long one, what stands near.
    #[must_use]
    pub fn sentence_around(&self, text: &str, range: &Range<usize>) -> Range<usize> {
        let first = text.floor_char_boundary(range.start.saturating_sub(SENTENCE_AROUND));
        let last = text.floor_char_boundary(range.end + SENTENCE_AROUND);
        let before = text[first..range.start].char_indices().rev();
        let start = before.map(|(at, _)| first + at).find_map(|at| self.sentence_end_at(text, at));
        let behind = text[range.end..last].char_indices();
        let end = behind.map(|(at, _)| range.end + at).find(|at| self.sentence_end_at(text, *at).is_some());
        start.unwrap_or(first)..end.unwrap_or(last)
    }

    /// Where the next sentence begins, if a mark at `at` ends one. Where words are parted by blanks, one stands behind it.
    fn sentence_end_at(&self, text: &str, at: usize) -> Option<usize> {
        let rest = text.get(at..)?;
        if rest.starts_with('\n') {
            return Some(at + 1);
        }
        let mark = self.sentence_ends.iter().find(|mark| rest.starts_with(mark.as_str()))?;
        let behind = rest.get(mark.len()..)?;
        let ends = self.unspaced || behind.is_empty() || behind.starts_with(char::is_whitespace);
        ends.then_some(at + mark.len())
    }

    /// The number at the start of `text`, in digits or words, and its length in bytes.
    #[must_use]
    pub fn number(&self, text: &str) -> Option<(u32, usize)> {
        // One digit more than any number has is enough to tell that this is none.
        let digits = text.bytes().take(MAX_DIGITS + 1).take_while(u8::is_ascii_digit).count();
        if digits > MAX_DIGITS {
            return None;
        }
        if digits > 0 {
            return Some((text.get(..digits)?.parse().ok()?, digits));
        }
        self.number_in_words(text)
    }

    fn number_in_words(&self, text: &str) -> Option<(u32, usize)> {
        let (mut total, mut last, mut used) = (0u32, 0u32, 0usize);
        while used <= MAX_WORD_BYTES {
            let rest = text.get(used..)?;
            let rest = if used > 0 { rest.trim_start_matches(['-', ' ']) } else { rest };
            let at = text.len() - rest.len();
            if let Some((len, factor)) = longest(rest, &self.multipliers) {
                total += last.max(1).saturating_mul(factor);
                (last, used) = (0, at + len);
            } else if let Some((len, value)) = longest(rest, &self.number_words) {
                total += last;
                (last, used) = (value, at + len);
            } else {
                return (used > 0).then_some((total + last, used));
            }
        }
        None
    }

    /// Finds `pattern` in `text`: the number and the bytes of the whole match.
    #[must_use]
    pub fn find_numbered(&self, pattern: &str, text: &str) -> Option<(u32, Range<usize>)> {
        self.numbered(pattern, text).next()
    }

    /// Finds `pattern` wherever it stands in `text`.
    pub fn numbered(&self, pattern: &str, text: &str) -> impl Iterator<Item = (u32, Range<usize>)> {
        let parts = pattern.split_once("{number}");
        parts.into_iter().flat_map(move |(before, after)| {
            text.match_indices(before).filter_map(move |(start, _)| {
                let (number, len) = self.number(text.get(start + before.len()..)?)?;
                let end = start + before.len() + len;
                text.get(end..)?.starts_with(after).then_some((number, start..end + after.len()))
            })
        })
    }
}

fn longest(text: &str, words: &BTreeMap<String, u32>) -> Option<(usize, u32)> {
    let lower = |word: &str| text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    words.iter().filter(|(word, _)| lower(word)).map(|(word, value)| (word.len(), *value)).max()
}

impl LayoutWords {
    /// `name` without what is put behind it when it is repeated after a page break.
    #[must_use]
    pub fn without_continued<'a>(&self, name: &'a str) -> &'a str {
        self.continued.iter().find_map(|mark| name.strip_suffix(mark.as_str())).unwrap_or(name).trim_end()
    }
}
