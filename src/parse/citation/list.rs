//! Lists of numbers that share one noun, one body, one title: 第1718(2006)、1874(2009)号决议.
//!
//! Input: a text and its tokens. Output: for each bare number, the noun that claims it and the
//! number that begins its list. Invariant: a number that no noun claims is no citation.

use super::date::years;
use super::reading::{
    between, match_any, match_any_back, read_digits, skip_blanks, skip_blanks_back, skip_footnote_mark,
};
use super::scan::{Piece, Token};
use crate::parse::lexicon::citation::{CitationWords, Noun};

/// Between two members of a list stand a date, a subject and footnote marks, hardly more.
const MOST_LIST_GAP: usize = 420;

/// Marks and blanks around one number: a bound, as no text has more of them.
const MOST_MARKS: usize = 8;

/// What a noun makes of a bare number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Claim {
    /// The noun.
    pub noun: Noun,
    /// The token of the number that begins the list.
    pub head: usize,
    /// Where the number's closing marks and noun end.
    pub tail: usize,
}

/// What follows a number: its closing mark, its noun, or a joiner.
#[derive(Debug, Clone, Copy)]
struct Tail {
    end: usize,
    is_closed: bool,
    is_joined: bool,
}

/// The claim on each token; only numbers have one.
pub(super) fn claim_numbers(text: &str, tokens: &[Token], words: &CitationWords) -> Vec<Option<Claim>> {
    let mut claims = claim_by_following_noun(text, tokens, words);
    claim_by_preceding_noun(text, tokens, words, &mut claims);
    claims
}

/// 第…号、第…号和第…号决议: the noun follows, so the text is read backwards.
fn claim_by_following_noun(text: &str, tokens: &[Token], words: &CitationWords) -> Vec<Option<Claim>> {
    let mut claims: Vec<Option<Claim>> = vec![None; tokens.len()];
    for idx in (0..tokens.len()).rev() {
        let Some(Token { end, piece: Piece::Number(_), .. }) = tokens.get(idx) else { continue };
        let tail = read_tail(text, *end, words);
        let claim = following_claim(text, tokens, words, &claims, idx, tail);
        if let Some(slot) = claims.get_mut(idx) {
            *slot = claim;
        }
    }
    adopt_heads(&mut claims, tokens);
    claims
}

/// The noun right after a number, or the noun of the next member of its list.
///
/// The body's name may stand between the number and the noun: 第65/91号大会决议.
fn following_claim(
    text: &str,
    tokens: &[Token],
    words: &CitationWords,
    claims: &[Option<Claim>],
    idx: usize,
    tail: Tail,
) -> Option<Claim> {
    let following = tokens.get(idx + 1..)?.iter().enumerate();
    let mut end = tail.end;
    for (offset, token) in following.take_while(|(_, token)| token.start < tail.end + MOST_LIST_GAP) {
        let is_adjacent = between(text, end, token.start).trim().is_empty();
        match &token.piece {
            Piece::Noun(noun) if is_adjacent => return Some(Claim { noun: *noun, head: idx, tail: token.end }),
            Piece::Noun(noun) if tail.is_closed && tail.is_joined => {
                return Some(Claim { noun: *noun, head: idx, tail: tail.end });
            }
            Piece::Number(_) if tail.is_joined || is_led_by_date(text, tail, token.start, words) => {
                let next = claims.get(idx + 1 + offset).copied().flatten()?;
                return Some(Claim { head: idx, tail: tail.end, ..next });
            }
            Piece::Body(_) if is_adjacent => end = token.end,
            Piece::Body(_) | Piece::Title(..) if tail.is_joined => {}
            _ => return None,
        }
    }
    None
}

/// Where dates stand before their numbers, one may stand right behind a closed number, the comma between being lost:
/// 第70/57号2018年12月5日第73/57号.
fn is_led_by_date(text: &str, tail: Tail, number: usize, words: &CitationWords) -> bool {
    let is_year = matches!(read_digits(text, tail.end, 5), Some((_, end)) if end == tail.end + 4);
    let is_dated = words.dates_stand_before_numbers && tail.is_closed && is_year;
    is_dated && !years(text, tail.end, number, words).is_empty()
}

/// The members of a list take its first member as their head.
fn adopt_heads(claims: &mut [Option<Claim>], tokens: &[Token]) {
    let mut open: Option<usize> = None;
    for (idx, claim) in claims.iter_mut().enumerate() {
        let is_end = matches!(tokens.get(idx).map(|token| &token.piece), Some(Piece::Stop | Piece::Noun(_)));
        if let Some(claim) = claim {
            let head = *open.get_or_insert(idx);
            claim.head = head;
        } else if is_end {
            open = None;
        }
    }
}

/// Skips the closing mark, footnote marks and blanks after a number.
fn read_tail(text: &str, position: usize, words: &CitationWords) -> Tail {
    let mut end = position;
    let mut is_closed = false;
    for _ in 0..MOST_MARKS {
        let start = skip_blanks(text, end);
        if let Some(next) = skip_footnote_mark(text, start) {
            end = next;
        } else if let Some(next) = match_any(text, start, &words.closing_marks).filter(|_| !is_closed) {
            (end, is_closed) = (next, true);
        } else {
            end = start;
            break;
        }
    }
    Tail { end, is_closed, is_joined: match_any(text, end, &words.joiners).is_some() }
}

/// Resolutions 62/30, 63/54 and 65/55; 决议：63/87: the noun comes first.
fn claim_by_preceding_noun(text: &str, tokens: &[Token], words: &CitationWords, claims: &mut [Option<Claim>]) {
    let mut open: Option<(Claim, usize)> = None;
    for (idx, token) in tokens.iter().enumerate() {
        match &token.piece {
            Piece::Stop => open = None,
            Piece::Number(_) => {
                let claim = preceding_claim(text, tokens, words, idx, open);
                open = claim.map(|claim| (claim, token.end));
                // The noun before wins over one that merely follows: resolution 65/91, document A/65/1.
                let is_closed = read_tail(text, token.end, words).is_closed;
                if let Some(slot) = claims.get_mut(idx).filter(|slot| claim.is_some() && (slot.is_none() || !is_closed))
                {
                    *slot = claim;
                }
            }
            Piece::Title(..) => open = open.map(|(claim, _)| (claim, token.end)),
            _ => {}
        }
    }
}

/// The claim of the noun right before a number, or of the list that goes on with it.
fn preceding_claim(
    text: &str,
    tokens: &[Token],
    words: &CitationWords,
    idx: usize,
    open: Option<(Claim, usize)>,
) -> Option<Claim> {
    let token = tokens.get(idx)?;
    let tail = read_tail(text, token.end, words).end;
    let before = tokens.get(..idx)?;
    if let Some((noun, _)) = noun_before(text, before).filter(|(_, end)| is_led_to(text, *end, token.start, words)) {
        return Some(Claim { noun, head: idx, tail });
    }
    let (claim, end) = open?;
    let is_near = token.start < end + MOST_LIST_GAP;
    (is_near && is_joined_to(text, end, token.start, words)).then_some(Claim { tail, ..claim })
}

/// How far a noun and its body's name may be apart: resolutions of the General Assembly.
const MOST_OF: usize = 12;

/// The last noun before a number, and where it ends, with the name of a body after it.
fn noun_before(text: &str, before: &[Token]) -> Option<(Noun, usize)> {
    match before {
        [.., Token { piece: Piece::Noun(noun), end, .. }] => Some((*noun, *end)),
        [.., Token { piece: Piece::Noun(noun), end: noun_end, .. }, Token { piece: Piece::Body(_), start, end }] => {
            (between(text, *noun_end, *start).len() < MOST_OF).then_some((*noun, *end))
        }
        _ => None,
    }
}

/// Whether nothing but "No.", a colon or a bracket stands between a noun and a number.
fn is_led_to(text: &str, noun: usize, number: usize, words: &CitationWords) -> bool {
    let mut position = skip_blanks(text, noun);
    for _ in 0..MOST_MARKS {
        if position >= number {
            return position == number;
        }
        match match_any(text, position, &words.number_marks) {
            Some(next) => position = skip_blanks(text, next),
            None => return false,
        }
    }
    false
}

/// Whether a joiner stands right before a member of a list, perhaps with "its" or "No." after it.
fn is_joined_to(text: &str, previous: usize, number: usize, words: &CitationWords) -> bool {
    let mut position = skip_blanks_back(text, number);
    for _ in 0..MOST_MARKS {
        if position <= previous {
            return false;
        }
        if match_any_back(text, position, &words.joiners).is_some_and(|start| start >= previous) {
            return true;
        }
        let lead = [&words.list_words, &words.number_marks].map(|words| match_any_back(text, position, words));
        match lead.into_iter().flatten().min() {
            Some(start) => position = skip_blanks_back(text, start),
            None => return is_mark_end(text, position) || ends_date(text, previous, position, words),
        }
    }
    false
}

/// Where dates follow their numbers, one may stand between, the comma behind it being lost: 69/43 of 2 December 2014 70/56.
fn ends_date(text: &str, previous: usize, position: usize, words: &CitationWords) -> bool {
    let year = position.saturating_sub(4);
    let is_year = matches!(read_digits(text, year, 4), Some((_, end)) if end == position);
    !words.dates_stand_before_numbers && is_year && !years(text, previous, position, words).is_empty()
}

/// A footnote mark may stand between the joiner and the number: `65/55,[^4] 67/36`.
fn is_mark_end(text: &str, position: usize) -> bool {
    let before = between(text, 0, position);
    before.ends_with(']') || before.ends_with("])")
}
