//! Full document symbols: `A/57/124`, `NPT/CONF.2010/50(Vol.I)`, `A/79/722-S/2025/27`.
//!
//! Input: a text and the position of a capital. Output: the canonical spelling and where the symbol
//! ends. Invariant: what is read is a run of segments joined by strokes, at least one with a digit,
//! so that HIV/AIDS, A/H1N1 and addresses are none.
//! Source: research.un.org/en/docs/symbols (organ, body, session, nature, number, change), and 366
//! shapes counted in 98,680 links set by editors.

use super::look_alike::{char_at, fold, peek, skip_letters};
use super::number::{begins_here, read_brackets, read_part, read_session};
use super::reading::{between, match_any, read_digits, skip_blanks};
use crate::base::limits::MAX_SYMBOL_BYTES;
use crate::parse::lexicon::citation::CitationWords;

/// Series that number their documents without session or year: `CD/1864`, `INFCIRC/153`.
const PLAIN_SERIES: [&str; 14] =
    ["CD", "SPLOS", "CLCS", "TD", "DP", "INFCIRC", "CERD", "CAT", "CCPR", "CEDAW", "HRI", "IDB", "GOV", "T"];

/// Organs with one letter.
const ORGANS: [&str; 4] = ["A", "S", "E", "T"];

/// Words of a segment whose spelling is fixed, whatever the case they are printed in.
const LABELS: [&str; 12] =
    ["Add", "Corr", "Rev", "Amend", "Res", "Agenda", "Annex", "Summary", "Corrigendum", "Sub", "Hg", "Dec"];

/// Changes of a document, which may be named without it: `A/60/88 and Corr.2`.
const CHANGES: [&str; 4] = ["Add", "Corr", "Rev", "Amend"];

/// What brackets after a symbol may begin with; other brackets belong to the sentence.
const BRACKETS: [&str; 10] =
    ["PART", "VOL", "SECT", "SUPP", "RESUMPTION", "SUMMARY", "INTRODUCTION", "INCOMESECT", "PLANOUTLINE", "PROG"];

/// How the commonest of them are spelled, the plurals first.
const BRACKET_LABELS: [&str; 6] = ["Parts", "Part", "Vols", "Vol", "Sect", "Supp"];

/// Records of meetings.
const RECORDS: [&str; 2] = ["SR", "PV"];

/// No symbol is longer; the longest of 98,680 has nine segments.
const MOST_SEGMENTS: usize = 12;

/// No document has more symbols than one and these; joint ones have two.
const MOST_JOINTS: usize = 3;

/// A symbol read from a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SymbolRead {
    /// The canonical spelling.
    pub symbol: String,
    /// Where it ends in the text.
    pub end: usize,
}

/// The symbol at a position, with the ones joined to it by a hyphen.
pub(super) fn read_symbol(text: &str, position: usize, words: &CitationWords) -> Option<SymbolRead> {
    if !begins_here(text, position) {
        return None;
    }
    let mut whole = read_single(text, position, words)?;
    for _ in 0..MOST_JOINTS {
        let Some(next) = read_joint(text, whole.end, words) else { break };
        whole = SymbolRead { symbol: format!("{}-{}", whole.symbol, next.symbol), end: next.end };
    }
    (whole.symbol.len() <= MAX_SYMBOL_BYTES).then_some(whole)
}

/// Two symbols of one document are joined by a hyphen.
fn read_joint(text: &str, end: usize, words: &CitationWords) -> Option<SymbolRead> {
    let ('-', after) = char_at(text, end)? else { return None };
    let start = skip_blanks(text, after);
    peek(text, start).is_ascii_uppercase().then(|| read_single(text, start, words)).flatten()
}

/// One symbol, being read.
struct Reader<'text> {
    text: &'text str,
    words: &'text CitationWords,
    segments: Vec<String>,
    end: usize,
}

fn read_single(text: &str, position: usize, words: &CitationWords) -> Option<SymbolRead> {
    // Most capitals begin a word and no symbol: look for the first stroke before anything is built.
    if !has_stroke_soon(text, position) {
        return None;
    }
    let mut reader = Reader { text, words, segments: Vec::new(), end: position };
    let (first, end) = reader.read_segment(position)?;
    reader.accept(first, end);
    while reader.segments.len() < MOST_SEGMENTS && reader.read_next().is_some() {}
    reader.finish()
}

/// Whether a stroke follows before anything that no first segment holds.
fn has_stroke_soon(text: &str, position: usize) -> bool {
    let mut end = position;
    for _ in 0..40 {
        match char_at(text, end) {
            Some(('/', _)) => return true,
            Some((character, next)) if is_segment_char(character) || "()".contains(character) => end = next,
            _ => return peek(text, skip_blanks(text, end)) == '/',
        }
    }
    false
}

fn is_segment_char(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '.' | '-')
}

impl Reader<'_> {
    fn accept(&mut self, segment: String, end: usize) {
        self.segments.push(segment);
        self.end = end;
        self.read_tail();
    }

    /// The next segment after a stroke; wraps and segmentation may leave blanks on one side of it.
    fn read_next(&mut self) -> Option<()> {
        let stroke = skip_blanks(self.text, self.end);
        let ('/', after) = char_at(self.text, stroke)? else { return self.read_glued_change() };
        let start = skip_blanks(self.text, after);
        if stroke > self.end && start > after {
            return None;
        }
        let (segment, end) = self.read_segment(start)?;
        if start > after && !segment.starts_with(|first: char| first.is_ascii_digit()) && !segment.contains('.') {
            return None;
        }
        self.accept(segment, end);
        Some(())
    }

    /// `A/74/7Add.1`: the stroke before a change is sometimes lost.
    fn read_glued_change(&mut self) -> Option<()> {
        let label_end = skip_letters(self.text, self.end);
        let is_change = CHANGES.contains(&between(self.text, self.end, label_end));
        if self.segments.len() < 2 || !is_change || peek(self.text, label_end) != '.' {
            return None;
        }
        let (segment, end) = self.read_segment(self.end)?;
        self.accept(segment, end);
        Some(())
    }

    /// One segment, if it is of a form that symbols have.
    fn read_segment(&self, position: usize) -> Option<(String, usize)> {
        let mut segment = String::new();
        let mut end = position;
        while let Some(next) = self.read_piece(&mut segment, end) {
            end = next;
        }
        if self.segments.is_empty() && peek(self.text, end) == '(' {
            end = read_inner_brackets(self.text, end, &mut segment).unwrap_or(end);
        }
        let segment = spell(&segment, &self.segments);
        let is_valid = if self.segments.is_empty() { is_first(&segment) } else { is_later(&segment) };
        is_valid.then_some((segment, end))
    }

    /// Letters, digits, or a dot or hyphen that holds two of them together.
    fn read_piece(&self, segment: &mut String, position: usize) -> Option<usize> {
        let (character, next) = char_at(self.text, position)?;
        match character {
            digit if digit.is_ascii_digit() => self.read_digit_run(segment, position),
            letter if letter.is_ascii_alphabetic() => self.read_letter_run(segment, position),
            '.' if !segment.is_empty() => self.read_dot(segment, next),
            '-' if !segment.is_empty() && !self.is_joint(segment, next) => {
                let follows = peek(self.text, next).is_ascii_alphanumeric();
                follows.then(|| segment.push('-'))?;
                Some(next)
            }
            _ => None,
        }
    }

    /// A run of digits; word segmentation tears the year off `NPT/CONF.201 0/ WP.55`.
    fn read_digit_run(&self, segment: &mut String, position: usize) -> Option<usize> {
        let (_, end) = read_digits(self.text, position, 6)?;
        segment.extend(between(self.text, position, end).chars().map(fold));
        let torn = segment.rsplit_once('.').is_some_and(|(label, year)| label == "CONF" && year.len() < 4);
        let rest = if torn { read_torn_year(self.text, end, segment) } else { None };
        Some(rest.unwrap_or(end))
    }

    /// Letters after digits are one part letter at most, or a change that lost its stroke.
    fn read_letter_run(&self, segment: &mut String, position: usize) -> Option<usize> {
        let end = skip_letters(self.text, position);
        let letters: String = between(self.text, position, end).chars().map(fold).collect();
        let after_digit = segment.ends_with(|last: char| last.is_ascii_digit());
        if after_digit && !(letters.len() == 1 && letters.starts_with(|first: char| first.is_ascii_uppercase())) {
            return None;
        }
        segment.push_str(&letters);
        Some(end)
    }

    /// A dot holds a label and its number together; after a label a blank may follow it.
    fn read_dot(&self, segment: &mut String, after: usize) -> Option<usize> {
        let start = skip_blanks(self.text, after);
        let follows = peek(self.text, start);
        let is_label = segment.ends_with(|last: char| last.is_ascii_uppercase()) || LABELS.contains(&segment.as_str());
        let holds = if start > after { follows.is_ascii_digit() && is_label } else { follows.is_ascii_alphanumeric() };
        // `A/C.6/79.SR.37` is printed, `A/57/124.The` is a sentence's end.
        let after_digit = segment.ends_with(|last: char| last.is_ascii_digit());
        let is_new_label = peek(self.text, skip_letters(self.text, start)) == '.';
        if !holds || (after_digit && !is_new_label && !self.segments.is_empty()) {
            return None;
        }
        segment.push('.');
        Some(start)
    }

    /// Whether a hyphen joins a second symbol to this one rather than two pieces of a segment.
    fn is_joint(&self, segment: &str, after: usize) -> bool {
        let ends_one = segment.ends_with(|last: char| last.is_ascii_digit()) && !self.segments.is_empty();
        ends_one && peek(self.text, skip_blanks(self.text, after)).is_ascii_uppercase()
    }

    /// What stands behind a segment without a stroke: brackets and a resolution's part letter.
    fn read_tail(&mut self) {
        if self.ends_in_digit()
            && self.segments.iter().any(|segment| is_resolution_series(segment) || is_decision_series(segment))
        {
            self.read_resolution_tail();
        } else if let Some((inside, end)) = self.read_tail_brackets() {
            self.push_brackets(&inside);
            self.end = end;
        }
    }

    fn push_brackets(&mut self, inside: &str) {
        if let Some(last) = self.segments.last_mut() {
            last.push_str(&format!("({inside})"));
        }
    }

    /// `(Part I)`, `(Vol. I)`, `(Sect. 29A)`, and the number of a session: `ICCD/COP(14)`.
    fn read_tail_brackets(&self) -> Option<(String, usize)> {
        let (inside, end) = read_brackets(self.text, self.end)?;
        let capitals = inside.to_ascii_uppercase();
        let is_tight = peek(self.text, self.end) == '(';
        let is_session = is_tight && inside.bytes().all(|digit| digit.is_ascii_digit()) && inside.len() < 3;
        let is_known = BRACKETS.iter().any(|known| capitals.starts_with(known));
        (is_known || is_session && !inside.is_empty() && !self.ends_in_digit())
            .then(|| (self.spell_brackets(&inside), end))
    }

    fn ends_in_digit(&self) -> bool {
        self.segments.last().is_some_and(|last| last.ends_with(|digit: char| digit.is_ascii_digit()))
    }

    /// `Parts I和II` is `PartsIandII` in every language, `(VOL. I)` is `(Vol.I)`. A dash says a range, and stays.
    fn spell_brackets(&self, inside: &str) -> String {
        let is_word = |joiner: &&String| joiner.len() > 1 && joiner.contains(char::is_alphabetic);
        let joiners = self.words.joiners.iter().chain(&CitationWords::en().joiners).filter(is_word);
        // A symbol by itself is read with English words. 以及 holds 及, which joins by itself.
        let longest = joiners.filter(|joiner| inside.contains(*joiner)).max_by_key(|joiner| joiner.len());
        let inside = longest.map_or_else(|| inside.to_owned(), |joiner| inside.replace(joiner.as_str(), "and"));
        let inside = spell_parts(&inside).unwrap_or(inside);
        let known = BRACKET_LABELS.iter().find(|label| starts_with_ignoring_case(&inside, label));
        known.map_or(inside.clone(), |label| format!("{label}{}", &inside[label.len()..]))
    }

    /// `S/RES/1718 (2006)`, `A/RES/217 A (III)`, `A/RES/43/78 H`.
    fn read_resolution_tail(&mut self) {
        let is_pair = self.segments.iter().rev().take_while(|segment| !is_resolution_series(segment)).count() > 1;
        let part = read_part(self.text, self.end, self.words);
        let bracketed = part.as_ref().map_or(self.end, |(_, end)| *end);
        let brackets =
            read_brackets(self.text, bracketed).and_then(|(inside, end)| Some((session(&inside, self.words)?, end)));
        if let Some((inside, end)) = brackets {
            self.push_brackets(&inside);
            self.end = end;
        } else if let (true, Some((part, end)), Some(last)) = (is_pair, part, self.segments.last_mut()) {
            last.push_str(&part);
            self.end = end;
        }
    }

    /// The symbol, if its segments together make one.
    fn finish(self) -> Option<SymbolRead> {
        let later = self.segments.get(1..)?;
        let first = self.segments.first()?;
        let has_digit = later.iter().any(|segment| segment.contains(|digit: char| digit.is_ascii_digit()));
        let is_whole = match later {
            [] => false,
            [only] => is_complete_pair(first, only),
            _ => has_digit,
        };
        is_whole.then(|| SymbolRead { symbol: self.segments.join("/"), end: self.end })
    }
}

/// `PartesIyII` as `PartsIandII`: parts as other languages name and join them.
fn spell_parts(inside: &str) -> Option<String> {
    let is_number = |character: char| character.is_uppercase() || character.is_ascii_digit();
    let (at, _) = inside.char_indices().skip(1).find(|(_, character)| is_number(*character))?;
    let (label, numbers) = inside.split_at_checked(at)?;
    let ending = label.strip_prefix("Part").filter(|ending| ending.chars().all(char::is_lowercase))?;
    let mut spelled = if ending.ends_with('s') { "Parts".to_owned() } else { "Part".to_owned() };
    let mut is_joined = false;
    for character in numbers.chars() {
        let joins = character.is_lowercase();
        match (joins, is_joined) {
            (true, false) => spelled.push_str("and"),
            (true, true) => {}
            (false, _) => spelled.push(character),
        }
        is_joined = joins;
    }
    Some(spelled)
}

/// The year or session in a resolution's brackets.
fn session(inside: &str, words: &CitationWords) -> Option<String> {
    let is_year = inside.len() == 4 && inside.bytes().all(|digit| digit.is_ascii_digit());
    if is_year { Some(inside.to_owned()) } else { read_session(inside, words) }
}

/// Brackets inside a first segment: `UNEP(DTIE)`, `GC(63)`.
fn read_inner_brackets(text: &str, position: usize, segment: &mut String) -> Option<usize> {
    let (inside, end) = read_brackets(text, position)?;
    let is_inner = inside.len() < 8 && inside.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if !is_inner || !matches!(peek(text, end), '/' | ' ') {
        return None;
    }
    segment.push_str(&format!("({inside})"));
    Some(end)
}

/// The rest of a year that segmentation cut in two: digits, then the stroke of the next segment.
fn read_torn_year(text: &str, end: usize, segment: &mut String) -> Option<usize> {
    let start = skip_blanks(text, end);
    let (_, rest_end) = read_digits(text, start, 3)?;
    let rest = between(text, start, rest_end);
    let year_length = segment.rsplit_once('.').map_or(0, |(_, year)| year.len());
    let completes = start > end && year_length + rest.len() == 4 && peek(text, skip_blanks(text, rest_end)) == '/';
    completes.then(|| segment.push_str(rest)).map(|()| rest_end)
}

/// Whether a text begins with a label, in any case.
fn starts_with_ignoring_case(text: &str, label: &str) -> bool {
    text.get(..label.len()).is_some_and(|head| head.eq_ignore_ascii_case(label))
}

/// Fixed spellings: the segment RES, and labels such as Add. and Res.
fn spell(segment: &str, before: &[String]) -> String {
    if segment.eq_ignore_ascii_case("RES") {
        return "RES".to_owned();
    }
    let (label, rest) = segment.split_at(segment.find('.').unwrap_or(segment.len()));
    let is_american = before.first().is_some_and(|first| first == "AG");
    let fixed =
        LABELS.iter().find(|fixed| fixed.eq_ignore_ascii_case(label)).filter(|_| !rest.is_empty() && !is_american);
    match fixed {
        Some(&"Dec") | None => segment.to_owned(),
        Some(fixed) => format!("{fixed}{rest}"),
    }
}

/// Whether a segment holds the number of a decision: `EX.CL/Dec.263(VIII)` of the African Union.
fn is_decision_series(segment: &str) -> bool {
    segment.starts_with("DEC.") || segment.starts_with("Dec.")
}

/// Whether a segment says that a resolution's number follows or is in it.
pub(super) fn is_resolution_series(segment: &str) -> bool {
    segment == "RES" || segment.starts_with("RES.") || segment.starts_with("Res.")
}

/// A first segment: an organ, or a series in capitals, with dots, hyphens and brackets.
fn is_first(segment: &str) -> bool {
    let capitals = segment.bytes().filter(u8::is_ascii_uppercase).count();
    let series = segment.split_once(['.', '-', '(']).map_or(segment, |(series, _)| series);
    let is_series = capitals >= 2 && series.len() > 1 && series.bytes().all(|letter| letter.is_ascii_uppercase());
    let is_roman = series.bytes().all(|letter| b"IVX".contains(&letter));
    ORGANS.contains(&segment) || (is_series && !is_roman && !has_glued_digits(segment))
}

/// A later segment: a number, a word in capitals, a known label, or a label with its number.
fn is_later(segment: &str) -> bool {
    let first = segment.chars().next().unwrap_or(' ');
    let is_capitals = segment.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
    let is_number = first.is_ascii_digit() && !has_glued_digits(segment);
    let is_compound = segment.contains(['.', '-']) && first.is_ascii_alphabetic() && !has_glued_digits(segment);
    let known = LABELS.contains(&segment);
    (is_capitals && !segment.is_empty())
        || is_number
        || known
        || (is_compound && segment.contains(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase()))
}

/// Whether letters run straight into digits, as in H1N1: symbols put a dot or hyphen between.
fn has_glued_digits(segment: &str) -> bool {
    let bytes = segment.as_bytes();
    bytes
        .windows(2)
        .any(|pair| matches!(pair, [letter, digit] if letter.is_ascii_alphabetic() && digit.is_ascii_digit()))
}

/// Whether two segments are a symbol: `CD/1864`, `A/2170`, `S/PV.7813`, `AG/RES.2359`.
fn is_complete_pair(first: &str, second: &str) -> bool {
    let is_number = second.bytes().all(|digit| digit.is_ascii_digit());
    let is_label = second.split_once('.').is_some_and(|(label, number)| {
        !label.is_empty() && !number.is_empty() && second.contains(|c: char| c.is_ascii_digit())
    });
    let is_plain_series = PLAIN_SERIES.contains(&first);
    let is_organ_number = ORGANS.contains(&first) && second.len() > 2;
    let is_session_series = first.contains(|digit: char| digit.is_ascii_digit());
    is_label || (is_number && (is_plain_series || is_organ_number || is_session_series))
}

/// The record of another meeting named by its number alone: `47` after A/C.3/57/SR.39. Nothing that it may count follows.
pub(super) fn read_record(text: &str, position: usize, document: &str, words: &CitationWords) -> Option<SymbolRead> {
    let (stem, last) = document.rsplit_once('/')?;
    let (label, _) = last.split_once('.').filter(|(label, _)| RECORDS.contains(label))?;
    let (number, end) = read_digits(text, position, 4)?;
    let next = skip_blanks(text, end);
    let ends = matches!(peek(text, next), ',' | ';' | ')' | ']' | '，' | '、' | '；' | '）' | '。')
        || (peek(text, next) == '.' && !peek(text, next + 1).is_alphanumeric())
        || next >= text.len()
        || match_any(text, next, &words.joiners).is_some();
    ends.then(|| SymbolRead { symbol: format!("{stem}/{label}.{number}"), end })
}

/// A change named without its document: `Corr.2` after `A/60/88 and`.
pub(super) fn read_change(text: &str, position: usize, document: &str) -> Option<SymbolRead> {
    let label_end = skip_letters(text, position);
    let label = between(text, position, label_end);
    let ('.', after) = char_at(text, label_end)? else { return None };
    let (number, end) = read_digits(text, skip_blanks(text, after), 3)?;
    if !CHANGES.contains(&label) {
        return None;
    }
    // Add.2 after Add.1 is another addendum, Corr.1 after it corrects the addendum.
    let (stem, last) = document.rsplit_once('/')?;
    let stem = if last.starts_with(label) { stem } else { document };
    Some(SymbolRead { symbol: format!("{stem}/{label}.{number}"), end })
}
