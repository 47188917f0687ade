//! The language of a text, told by evidence in it.
//!
//! Input: a text and the grammar it is read with. Output: a BCP 47 tag. Invariant: a language is told by the text, never
//! by the grammar alone, as a text in a language without a grammar of its own is read with another's; what shows no
//! language is `und`.

use super::Lexicon;
use super::lexicon::citation::CitationWords;
use super::text::is_blank;
use crate::base::diagnostic::Place;
use crate::base::language::is_one_language;
use crate::base::language::is_unspaced;
use crate::base::source::Source;
use crate::base::span::Span;
use whatlang::{Detector, Lang};

/// How many letters are looked at: a page.
const LETTERS: usize = 3000;
/// With fewer letters than this a text shows no language, unless its script does.
const FEWEST_LETTERS: usize = 24;
/// Below this confidence two languages are as likely.
const LEAST_CONFIDENCE: f64 = 0.02;

/// The tag of a language that a text does not show.
pub const UNDETERMINED: &str = "und";

/// Languages that are told apart, with their tags: those of the United Nations, and others in which States reply.
const LANGUAGES: [(Lang, &str); 11] = [
    (Lang::Eng, "en"),
    (Lang::Fra, "fr"),
    (Lang::Spa, "es"),
    (Lang::Rus, "ru"),
    (Lang::Ara, "ar"),
    (Lang::Deu, "de"),
    (Lang::Por, "pt"),
    (Lang::Ita, "it"),
    (Lang::Ukr, "uk"),
    (Lang::Jpn, "ja"),
    (Lang::Kor, "ko"),
];

/// The language of `text`, which is read with the grammar of `lexicon`.
#[must_use]
pub fn of(text: &str, lexicon: &Lexicon) -> String {
    if lexicon.layout.unspaced {
        return lexicon.layout.language.clone();
    }
    let sample = sample(text);
    let languages = LANGUAGES.iter().map(|(language, _)| *language).collect();
    let found = Detector::with_allowlist(languages).detect(&sample);
    let found = found.filter(|found| {
        sample.chars().filter(|letter| letter.is_alphabetic()).take(FEWEST_LETTERS).count() == FEWEST_LETTERS
            && found.confidence() >= LEAST_CONFIDENCE
    });
    let tag = found.and_then(|found| LANGUAGES.iter().find(|(language, _)| *language == found.lang()));
    tag.map_or(UNDETERMINED, |(_, tag)| tag).to_owned()
}

/// Where a remark on the language of `source` points: at its first character.
#[must_use]
pub fn place(source: &Source) -> Place {
    let first = source.text.trim_start_matches(is_blank);
    let start = source.text.len() - first.len();
    let end = start + first.chars().next().map_or(0, char::len_utf8);
    Place::InSource(source.id, Span::new(start, end))
}

/// Whether the language of `tag` is one that a text can be told to be in.
#[must_use]
pub fn is_told_apart(tag: &str) -> bool {
    let with_words = CitationWords::all().iter().map(|words| words.language.as_str());
    LANGUAGES.iter().map(|(_, known)| *known).chain(with_words).any(|known| is_one_language(known, tag))
}

/// Words from the middle of the text, where the document speaks and not its first page: letters and the blanks between.
///
/// Words in capitals, symbols and numbers show no language.
fn sample(text: &str) -> String {
    let mut middle = text.len().saturating_sub(4 * LETTERS) / 2;
    while !text.is_char_boundary(middle) {
        middle -= 1;
    }
    let words = text[middle..].split(|character: char| {
        !character.is_alphabetic() && !matches!(character, '’' | '\'' | '\u{64b}'..='\u{652}')
    });
    let mut sample = String::new();
    for word in words.filter(|word| !word.is_empty() && !word.contains(is_unspaced)) {
        if word.chars().nth(1).is_some_and(char::is_uppercase) {
            continue;
        }
        sample.push_str(word);
        sample.push(' ');
        if sample.len() > 4 * LETTERS {
            break;
        }
    }
    sample
}
