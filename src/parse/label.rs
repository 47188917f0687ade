//! The label at the start of a paragraph: its number, letter or roman numeral, in the shapes of all six languages.
//!
//! Input: the start of a line. Output: what the label may mean, and its length. Invariant: no word of a language is
//! needed; whether a label is one is told by its turn, which [`Outline`] keeps.
//!
//! | printed | is |
//! |---|---|
//! | `1.` `1．` `1、` `1 -` `1–` `1)` `١ -` `１．` | a number |
//! | `- 1` before Arabic | a number whose mark was turned |
//! | `(a)` `a)` `（a）` `с)` `(أ)` `(ه)` `(هـ)` | a letter; Latin ones are typed in Cyrillic now and then |
//! | `(i)` `iv)` | a roman numeral, or a letter where that has its turn |

use super::text::{digit, is_blank};

/// What stands behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A full stop: `1.`
    Stop,
    /// A dash: `1 -`
    Dash,
    /// A bracket: `1)`
    Bracket,
}

/// A label of a subparagraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label<'a> {
    /// What stands between the brackets.
    pub printed: &'a str,
    /// Its bytes, brackets included.
    pub len: usize,
}

/// A series of labels, each a level of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Series {
    /// a, b, c.
    Latin,
    /// а, б, в.
    Cyrillic,
    /// أ, ب, ج: the order of the abjad.
    Arabic,
    /// i, ii, iii.
    Roman,
}

/// The letters of subparagraphs in their order: Russian leaves out ё and й, Arabic counts by the abjad.
const ALPHABETS: [(Series, &str); 3] = [
    (Series::Latin, "abcdefghijklmnopqrstuvwxyz"),
    (Series::Cyrillic, "абвгдежзиклмнопрстуфхцчшщэюя"),
    (Series::Arabic, "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"),
];

/// Cyrillic letters that look like Latin ones and are typed for them.
const LOOK_ALIKES: [(char, char); 10] = [
    ('а', 'a'),
    ('с', 'c'),
    ('е', 'e'),
    ('і', 'i'),
    ('ј', 'j'),
    ('о', 'o'),
    ('р', 'p'),
    ('ѕ', 's'),
    ('х', 'x'),
    ('у', 'y'),
];

/// How many characters before a number show the script of its line.
const LOOKED_BACK: usize = 12;

/// Most levels of subparagraphs: `3(a)(i)`.
const MAX_LEVELS: usize = 2;

/// The number `expected` at the start of `text` with what follows it: the shape and the bytes of both.
///
/// Digits behind the stop make it a decimal number, but for four of them, which are a year. Behind a dash or bracket
/// stands a blank: `9-11 May` is no number.
#[must_use]
pub fn number(text: &str, expected: u32) -> Option<(Shape, usize)> {
    let Some((value, digits)) = leading_number(text) else { return turned_number(text, expected) };
    if value != expected {
        return None;
    }
    let rest = text.get(digits..)?;
    let lead = rest.len() - rest.trim_start_matches(is_blank).len();
    let mark = rest.get(lead..)?.chars().next()?;
    let after = digits + lead + mark.len_utf8();
    let behind = text.get(after..)?;
    let shape = shape(mark).filter(|shape| *shape != Shape::Bracket || lead == 0)?;
    let is_number = match shape {
        Shape::Stop => matches!(behind.chars().take(5).take_while(|next| digit(*next).is_some()).count(), 0 | 4),
        Shape::Dash | Shape::Bracket => behind.starts_with(is_blank) || (mark == '）' && !behind.is_empty()),
    };
    is_number.then_some((shape, after))
}

/// What `mark` behind a number shows.
fn shape(mark: char) -> Option<Shape> {
    match mark {
        '.' | '．' | '、' => Some(Shape::Stop),
        '-' | '–' | '—' | '−' => Some(Shape::Dash),
        ')' | '）' => Some(Shape::Bracket),
        _ => None,
    }
}

/// A number whose mark has come to stand before it, `- 1 نص`, as in Arabic text out of a PDF: a word of Arabic follows.
fn turned_number(text: &str, expected: u32) -> Option<(Shape, usize)> {
    let mark = text.chars().next()?;
    let shape = shape(mark)?;
    let rest = text.get(mark.len_utf8()..)?.trim_start_matches(is_blank);
    let (_, digits) = leading_number(rest).filter(|(value, _)| *value == expected)?;
    let behind = rest.get(digits..)?;
    let next = behind.trim_start_matches(is_blank).chars().next();
    let is_number = behind.starts_with(is_blank) && next.is_some_and(|next| matches!(next, '\u{600}'..='\u{6ff}'));
    is_number.then_some((shape, text.len() - behind.len()))
}

/// The number `expected` at the end of a line of Arabic, `نص      -1`, as it stands on paper: the shape, and the byte at
/// which the number begins. Two blanks part it from the text.
#[must_use]
pub fn number_at_end(text: &str, expected: u32) -> Option<(Shape, usize)> {
    let is_dash = |mark: char| shape(mark) == Some(Shape::Dash);
    let before = text.trim_end_matches(|last: char| digit(last).is_some() || is_blank(last) || is_dash(last));
    let beside = text.get(before.len()..)?;
    let label = beside.trim_matches(is_blank);
    let gap = beside.chars().take_while(|blank| is_blank(*blank)).filter(|blank| blank.is_whitespace()).count();
    let number = label.trim_start_matches(is_dash).trim_start_matches(is_blank);
    let (_, digits) = leading_number(number).filter(|(value, _)| *value == expected)?;
    let behind = number.get(digits..)?.trim_start_matches(is_blank);
    let dashes = label.chars().filter(|mark| is_dash(*mark)).count();
    let is_number = dashes == 1 && behind.chars().all(is_dash);
    let is_arabic = before.chars().rev().take(LOOKED_BACK).any(|last| matches!(last, '\u{600}'..='\u{6ff}'));
    let start = text.len() - beside.trim_start_matches(is_blank).len();
    (gap >= 2 && is_number && is_arabic).then_some((Shape::Dash, start))
}

/// The number in digits at the start of `text` without leading zeros, and its bytes.
fn leading_number(text: &str) -> Option<(u32, usize)> {
    let mut value = 0_u32;
    let mut len = 0;
    for character in text.chars() {
        let Some(digit) = digit(character) else { break };
        if value == 0 && (digit == 0 || len > 0) {
            return None;
        }
        value = value.checked_mul(10)?.checked_add(digit)?;
        len += character.len_utf8();
    }
    (len > 0).then_some((value, len))
}

/// The label of a subparagraph at the start of `text`; blanks inside its brackets count.
#[must_use]
pub fn letter(text: &str) -> Option<Label<'_>> {
    let opened = text.strip_prefix(['(', '（']);
    let inside = opened.unwrap_or(text).trim_start_matches(is_blank);
    let end = inside.find(|character: char| !character.is_alphabetic() && character != 'ـ')?;
    let printed = inside.get(..end)?;
    let rest = inside.get(end..)?;
    let close = if opened.is_some() { rest.trim_start_matches(is_blank) } else { rest };
    let rest = close.strip_prefix([')', '）'])?;
    // Without an opening bracket, what stands behind shows that this is no end of a bracket.
    let label = Label { printed, len: text.len() - rest.len() };
    (!readings(printed).is_empty() && (opened.is_some() || rest.starts_with(is_blank))).then_some(label)
}

/// The label in two brackets at the start of `text`, or with the closing one alone: `(b)`, `b)`.
#[must_use]
pub fn bracketed_letter(text: &str) -> Option<Label<'_>> {
    let opened = text.strip_prefix(['(', '（']);
    let inside = opened.unwrap_or(text);
    let end = inside.find([')', '）'])?;
    let printed = inside.get(..end)?;
    let close = inside.get(end..)?.chars().next().map_or(0, char::len_utf8);
    let len = text.len() - inside.len() + end + close;
    (printed.chars().count() <= 2 && printed.chars().all(char::is_alphabetic)).then_some(Label { printed, len })
}

/// What a label may mean: its series and its place in it, from 0.
fn readings(printed: &str) -> Vec<(Series, u32)> {
    let mut found = Vec::new();
    let plain = printed.trim_end_matches('ـ');
    let mut characters = plain.chars();
    if let (Some(letter), None) = (characters.next(), characters.next()) {
        let latin = LOOK_ALIKES.iter().find(|(typed, _)| *typed == letter).map(|(_, latin)| *latin);
        for meant in latin.into_iter().chain([letter, if letter == 'ا' { 'أ' } else { letter }]) {
            let places = ALPHABETS.iter().filter_map(|(series, letters)| {
                let at = letters.chars().position(|known| known == meant)?;
                Some((*series, u32::try_from(at).ok()?))
            });
            found.extend(places);
        }
    }
    found.extend(roman(plain).map(|value| (Series::Roman, value - 1)));
    found.dedup();
    found
}

/// The value of a roman numeral in small letters, up to 39.
fn roman(text: &str) -> Option<u32> {
    let tens = text.bytes().take_while(|byte| *byte == b'x').count();
    let ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let one = ones.iter().position(|one| text.get(tens..) == Some(*one))?;
    let value = tens * 10 + one;
    u32::try_from(value).ok().filter(|value| (1..40).contains(value))
}

/// A label as identifiers spell it: `b` for `ب`, `c` for a `с` in Cyrillic, `iv` for `iv`.
#[must_use]
pub fn in_latin(printed: &str) -> String {
    let first = readings(printed).into_iter().find(|(series, _)| *series != Series::Roman);
    let latin = first.and_then(|(_, at)| ALPHABETS.first()?.1.chars().nth(at as usize));
    latin.map_or_else(|| printed.to_owned(), String::from)
}

/// The labels above a subparagraph: which level they are on, and which is next.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    levels: Vec<Level>,
}

/// The last label of a level.
#[derive(Debug, Clone)]
struct Level {
    /// What it may mean, after all labels of the level: an а may begin two alphabets.
    readings: Vec<(Series, u32)>,
    printed: String,
}

impl Outline {
    /// Takes `printed` if it has its turn: the next of a level, or the first of a new one. Tells whether it does.
    pub fn take(&mut self, printed: &str) -> bool {
        let readings = readings(printed);
        for depth in (0..self.levels.len()).rev() {
            let level = self.levels.get(depth).map_or(&[][..], |level| &level.readings);
            let follows =
                |(series, at): &(Series, u32)| level.iter().any(|(known, last)| known == series && last + 1 == *at);
            let next: Vec<(Series, u32)> = readings.iter().copied().filter(follows).collect();
            if !next.is_empty() {
                self.levels.truncate(depth);
                self.levels.push(Level { readings: next, printed: printed.to_owned() });
                return true;
            }
        }
        let is_new =
            |series: Series| self.levels.iter().flat_map(|level| &level.readings).all(|(known, _)| *known != series);
        let first: Vec<(Series, u32)> =
            readings.into_iter().filter(|(series, at)| *at == 0 && is_new(*series)).collect();
        let begins = !first.is_empty() && self.levels.len() < MAX_LEVELS;
        if begins {
            self.levels.push(Level { readings: first, printed: printed.to_owned() });
        }
        begins
    }

    /// The labels, outermost first: `(a)(i)`.
    #[must_use]
    pub fn number(&self) -> String {
        self.levels.iter().map(|level| format!("({})", level.printed)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_many_shapes() {
        let cases = [
            ("1. Text", Some(2)),
            ("1.Text", Some(2)),
            ("1.5 million", None),
            ("1. 2005", Some(2)),
            ("1.2005年", Some(2)),
            ("1 - نص", Some(3)),
            ("١ - نص", Some(4)),
            ("1– text", Some(4)),
            ("1-2 May", None),
            ("1) text", Some(2)),
            ("１．文本", Some(6)),
            ("1、文本", Some(4)),
            ("- 1\u{202c}نص", Some(3)),
            ("- 1 text", None),
            ("10. Text", None),
            ("01. Text", None),
            ("1 text", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(number(text, 1).map(|(_, len)| len), expected, "{text}");
        }
    }

    #[test]
    fn numbers_stand_on_the_right_of_arabic() {
        let cases = [
            ("نص      \u{202a}-1\u{202c}", Some("نص      \u{202a}".len())),
            ("نص   1-", Some("نص   ".len())),
            ("نص   - 1", Some("نص   ".len())),
            ("(نص)،   -1", Some("(نص)،   ".len())),
            ("نص -1", None),
            ("نص   1", None),
            ("نص   -2", None),
            ("text   -1", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(number_at_end(text, 1).map(|(_, start)| start), expected, "{text}");
        }
    }

    #[test]
    fn labels_are_told_by_their_turn() {
        let cases: [(&[&str], &str); 8] = [
            (&["a", "b", "c"], "(c)"),
            (&["а", "b", "с", "d", "е"], "(е)"),
            (&["а", "б", "в"], "(в)"),
            (&["أ", "ب", "ج", "د", "هـ", "و"], "(و)"),
            (&["a", "i", "ii", "b", "i"], "(b)(i)"),
            (&["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"], "(j)"),
            (&["i", "ii", "iii", "iv"], "(iv)"),
            (&["أ", "ب", "i"], "(ب)(i)"),
        ];
        for (labels, expected) in cases {
            let mut outline = Outline::default();
            for label in labels {
                assert!(outline.take(label), "{label} of {labels:?}");
            }
            assert_eq!(outline.number(), expected);
        }
        for label in ["b", "ii", "و", "ab", ""] {
            assert!(!Outline::default().take(label), "{label}");
        }
    }

    #[test]
    fn letters_stand_in_brackets() {
        let cases = [
            ("(a) text", Some(("a", 3))),
            ("( a ) text", Some(("a", 5))),
            ("a) text", Some(("a", 2))),
            ("a)text", None),
            ("（a）文本", Some(("a", 7))),
            ("(أ) نص", Some(("أ", 4))),
            ("(هـ) نص", Some(("هـ", 6))),
            ("(iv) text", Some(("iv", 4))),
            ("(see) text", None),
            ("(a text", None),
            ("a", None),
        ];
        for (text, expected) in cases {
            assert_eq!(letter(text).map(|label| (label.printed, label.len)), expected, "{text}");
        }
    }

    #[test]
    fn identifiers_are_spelled_in_latin() {
        let cases = [("a", "a"), ("с", "c"), ("ب", "b"), ("هـ", "e"), ("б", "b"), ("iv", "iv")];
        for (printed, expected) in cases {
            assert_eq!(in_latin(printed), expected);
        }
    }
}
