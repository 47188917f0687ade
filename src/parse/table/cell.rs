//! Where a cell ends within a line that holds those of several columns, told by what the cells say.
//!
//! Input: the text of a line from where the cell begins. Output: how many bytes of it belong to the cell. Invariant: a
//! cell ends before a blank or with the line.

use super::printed_date;
use crate::parse::Lexicon;
use crate::parse::date;
use crate::parse::paragraph::strip_blanks;
use crate::parse::text::is_blank;

/// The length of the date, or of what the line holds of it, with which `text` begins.
#[must_use]
pub fn date(text: &str, lexicon: &Lexicon) -> Option<usize> {
    let len = date::parts(text, &lexicon.dates).filter(|len| ends_cell(text, *len))?;
    text.starts_with(char::is_alphanumeric).then_some(len)
}

/// The length of the date at the start of `text` whose last hyphen is lost, so that the text beside it follows without a
/// blank: `June 2012Mexico recalled`.
#[must_use]
pub fn torn_date(text: &str, lexicon: &Lexicon) -> Option<usize> {
    let len = date::parts(text, &lexicon.dates)?;
    let (date, rest) = (text.get(..len)?, text.get(len..)?);
    let jammed = date.ends_with(|last: char| last.is_ascii_digit()) && rest.starts_with(char::is_uppercase);
    (jammed && is_whole_date(date, lexicon)).then_some(len)
}

/// Whether `cell` is two dates between which a hyphen is lost.
#[must_use]
pub fn is_torn_date(cell: &str, lexicon: &Lexicon) -> bool {
    date::read_torn_cell(cell, &lexicon.dates).is_some()
}

/// The length of what goes on at the start of `text` from the date in `above`.
#[must_use]
pub fn date_goes_on(above: &str, text: &str, lexicon: &Lexicon) -> Option<usize> {
    let mut joined = if lexicon.layout.unspaced { strip_blanks(above) } else { format!("{} ", above.trim_end()) };
    let start = joined.len();
    joined.push_str(text);
    let len = date::parts(&joined, &lexicon.dates)?.checked_sub(start)?;
    (len > 0 && ends_cell(text, len)).then_some(len)
}

/// Whether `cell` is a date with a year that lacks nothing.
#[must_use]
pub fn is_whole_date(cell: &str, lexicon: &Lexicon) -> bool {
    let found = date::read_cell(&printed_date(cell, lexicon), &lexicon.dates);
    found.is_some_and(|found| found.is_whole())
}

/// The length of the longest State's name at the start of `text`, or else of the words with which one begins.
#[must_use]
pub fn name(text: &str, lexicon: &Lexicon) -> Option<usize> {
    let whole = lexicon.states.match_at_spaced(text, 0).map(|(_, len)| len);
    whole.filter(|len| ends_cell(text, *len)).or_else(|| name_goes_on("", text, lexicon))
}

/// The length of what goes on at the start of `text` from the name in `above`, as far as a name reaches.
#[must_use]
pub fn name_goes_on(above: &str, text: &str, lexicon: &Lexicon) -> Option<usize> {
    let joined = |len: usize| {
        let part = &text[..len];
        if lexicon.layout.unspaced || above.is_empty() { format!("{above}{part}") } else { format!("{above} {part}") }
    };
    let is_part = |name: &str| lexicon.whole_state(name).is_some() || lexicon.states.is_beginning(name);
    let ends = text.char_indices().filter(|(_, character)| is_blank(*character)).map(|(at, _)| at);
    let ends = ends.chain(std::iter::once(text.len())).filter(|end| *end > 0).take(MOST_WORDS);
    ends.take_while(|end| *end <= LONGEST_NAME).filter(|end| is_part(&joined(*end))).last()
}

/// A name has no more words,
const MOST_WORDS: usize = 12;
/// and no more bytes.
const LONGEST_NAME: usize = 160;

fn ends_cell(text: &str, len: usize) -> bool {
    text.get(len..).is_some_and(|rest| rest.is_empty() || rest.starts_with(is_blank))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::Lexicons;

    #[test]
    fn a_date_ends_where_its_parts_do() {
        let lexicons =
            Lexicons::new(&[], &crate::config::SubjectWords::default()).unwrap_or_else(|error| panic!("{error}"));
        let (english, chinese) = (lexicons.by_language("en"), lexicons.by_language("zh-Hans"));
        assert_eq!(date("19-20 November Italy issued", english), Some("19-20 November".len()));
        assert_eq!(date("November 2012 and published it", english), Some("November 2012".len()));
        assert_eq!(date("2008 年 5 月 9 澳大利亚接待", chinese), Some("2008 年 5 月 9".len()));
        assert_eq!(date("2009 年 9 月的第 14 条会议", chinese), None);
        assert_eq!(date_goes_on("2008 年 5 月 9", "日和 11 日-13 促使", chinese), Some("日和 11 日-13".len()));
        assert_eq!(torn_date("June 2012Mexico recalled", english), Some("June 2012".len()));
        assert!(is_torn_date("2008 年 4 月 13 日18 日", chinese));
        assert!(!is_torn_date("16 February 2013 March 2013", english));
    }
}
