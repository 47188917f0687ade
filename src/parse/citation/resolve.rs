//! Which body a bare number belongs to.
//!
//! Input: tokens, claims and a text. Output: for each claimed number, its body. The order of trust:
//!
//! 1. the number's shape: `1718(2006)` is the Security Council's;
//! 2. the date printed with it: session 37 was the Assembly's in 1982 and the Human Rights Council's in 2018;
//! 3. the body named nearest before it in the sentence, or right after it;
//! 4. the body that the same number has elsewhere in the text;
//! 5. the General Assembly, as its editors write: other bodies are named; for numbers that cannot be
//!    the Assembly's, the body that the text names anywhere.

use super::body::{Body, fitting, sitting};
use super::date::years;
use super::list::Claim;
use super::number::{Number, Shape};
use super::reading::{between, match_any, skip_blanks};
use super::scan::{Piece, Token};
use crate::parse::lexicon::citation::CitationWords;
use std::collections::{HashMap, HashSet};

/// A sentence of a preamble seldom names a body farther back than this.
const MOST_SENTENCE: usize = 2400;

/// A bound on the names and numbers of one sentence, so that no text takes more than linear time.
const MOST_TOKENS: usize = 128;

/// Marks between clauses.
const CLAUSE_BREAKS: [char; 6] = ['，', ',', '،', ';', '；', '؛'];

/// A date stands at most this far before its number, the resolution's subject between them.
const MOST_DATE_GAP: usize = 360;

/// A body's name this near to a number leads to nothing else. A letter of an alphabet counts one, a Han character its bytes.
const ADJACENT: usize = 40;

/// Alphabets end here: Latin, Greek, Cyrillic, Hebrew, Arabic.
const LAST_OF_ALPHABETS: char = '\u{6ff}';

/// How much of a text a character takes, whichever alphabet it is of.
fn extent_of(character: char) -> usize {
    if character <= LAST_OF_ALPHABETS { 1 } else { character.len_utf8() }
}

/// How much a stretch of a text takes, whichever alphabet it is in.
fn extent(stretch: &str) -> usize {
    stretch.chars().map(extent_of).sum()
}

/// Bodies that are meant without being named, the likeliest first.
const USUAL: [Body; 5] = [
    Body::GeneralAssembly,
    Body::SecurityCouncil,
    Body::EconomicAndSocialCouncil,
    Body::HumanRightsCouncil,
    Body::EnvironmentAssembly,
];

/// All that the bodies are judged from.
pub(super) struct Context<'text> {
    text: &'text str,
    words: &'text CitationWords,
    tokens: &'text [Token],
    claims: &'text [Option<Claim>],
    /// Every body that the text names.
    named: HashSet<Body>,
}

impl<'text> Context<'text> {
    /// The context of a text whose numbers have been claimed.
    pub(super) fn new(
        text: &'text str,
        words: &'text CitationWords,
        tokens: &'text [Token],
        claims: &'text [Option<Claim>],
    ) -> Self {
        let names =
            tokens.iter().filter_map(|token| if let Piece::Body(body) = token.piece { Some(body) } else { None });
        Self { text, words, tokens, claims, named: names.collect() }
    }
}

/// A bare number as it is to be spelled, and the body it belongs to.
#[derive(Debug, Clone)]
pub(super) struct Resolved {
    /// The body.
    pub body: Body,
    /// The number, a Security Council number with its year if the text tells it.
    pub number: Number,
}

/// A body and how it was found.
#[derive(Debug, Clone, Copy)]
struct Finding {
    body: Body,
    is_certain: bool,
}

/// What each token's number belongs to; `None` for other tokens and for numbers of no known series.
pub(super) fn resolve_bodies(context: &Context) -> Vec<Option<Resolved>> {
    let dates = context.dates();
    let findings: Vec<Option<Finding>> =
        dates.iter().enumerate().map(|(idx, date)| context.find_body(idx, *date)).collect();
    let known = context.remember(&findings);
    let council_years = context.council_years(&dates);
    let resolve = |(idx, finding): (usize, &Option<Finding>)| {
        let finding = (*finding)?;
        let mut number = context.number(idx)?.clone();
        let remembered = known.get(&number.shape).copied().filter(|_| !finding.is_certain);
        let body = remembered.unwrap_or(finding.body);
        if let (Shape::Plain(plain), Body::SecurityCouncil) = (&number.shape, body) {
            let year = dates.get(idx).copied().flatten().or_else(|| council_years.get(plain).copied());
            number.shape = year.map_or(number.shape.clone(), |year| Shape::Year(*plain, year));
        }
        Some(Resolved { body, number })
    };
    findings.iter().enumerate().map(resolve).collect()
}

impl Context<'_> {
    /// The claimed number of a token.
    pub(super) fn number(&self, idx: usize) -> Option<&Number> {
        let token = self.tokens.get(idx)?;
        let Piece::Number(number) = &token.piece else { return None };
        self.claims.get(idx).copied().flatten().map(|_| number)
    }

    /// The year printed with each number.
    fn dates(&self) -> Vec<Option<u32>> {
        let mut dates: Vec<Option<u32>> = (0..self.tokens.len()).map(|idx| self.own_date(idx)).collect();
        self.share_dates(&mut dates);
        dates
    }

    fn own_date(&self, idx: usize) -> Option<u32> {
        self.number(idx)?;
        let token = self.tokens.get(idx)?;
        if self.words.dates_stand_before_numbers {
            let farthest = self.text.floor_char_boundary(token.start.saturating_sub(MOST_DATE_GAP));
            let start = self.previous_end(idx).max(farthest);
            return years(self.text, start, token.start, self.words).last().copied();
        }
        // Resolution 1887 (2009) of the Security Council of 24 September 2009: the body may stand between.
        let mut behind = self.tokens[idx + 1..].iter();
        let next =
            behind.find(|token| !matches!(token.piece, Piece::Body(_))).map_or(self.text.len(), |next| next.start);
        let start = match self.tokens.get(idx + 1) {
            Some(Token { piece: Piece::Body(_), end, .. }) if self.named_behind(idx).is_some() => *end,
            _ => token.end,
        };
        let mut left = ADJACENT;
        let near = between(self.text, start, next).char_indices().find(|(_, character)| {
            let fits = left.checked_sub(extent_of(*character));
            left = fits.unwrap_or(0);
            fits.is_none()
        });
        let end = near.map_or(next, |(offset, _)| start + offset);
        years(self.text, start, end, self.words).first().copied()
    }

    /// Where the number, noun or sentence before a token ends; bodies and titles may stand between.
    fn previous_end(&self, idx: usize) -> usize {
        let before = self.tokens[..idx].iter().rev();
        let mut skipped =
            before.take(MOST_TOKENS).skip_while(|token| matches!(token.piece, Piece::Body(_) | Piece::Title(..)));
        skipped.next().map_or(0, |token| token.end)
    }

    /// 2019年12月12日第74/28号和第74/29号: members joined without a date of their own share one.
    fn share_dates(&self, dates: &mut [Option<u32>]) {
        let order: Vec<usize> = if self.words.dates_stand_before_numbers {
            (1..dates.len()).collect()
        } else {
            (1..dates.len()).rev().collect()
        };
        for idx in order {
            let (to, from) = if self.words.dates_stand_before_numbers { (idx, idx - 1) } else { (idx - 1, idx) };
            let is_joined = matches!((self.tokens.get(idx - 1), self.tokens.get(idx)),
                (Some(left), Some(right)) if right.start < left.end + ADJACENT / 2);
            let date = dates.get(from).copied().flatten();
            if let Some(slot @ None) = dates.get_mut(to).filter(|_| is_joined && self.number(to).is_some()) {
                *slot = date;
            }
        }
    }

    fn find_body(&self, idx: usize, date: Option<u32>) -> Option<Finding> {
        let number = self.number(idx)?;
        let fitting = fitting(&number.shape);
        let mut dated = date.map(|year| sitting(&fitting, &number.shape, year)).unwrap_or_default();
        if !dated.iter().any(|body| USUAL.contains(body)) && self.named_before(idx, &dated, false).is_none() {
            dated.clear();
        }
        let bodies = if dated.is_empty() { &fitting } else { &dated };
        let is_contradicted = date.is_some() && dated.is_empty();
        let behind =
            self.named_behind(idx).and_then(|body| self.meant(body, bodies).or((body == Body::Other).then_some(body)));
        let before = || self.named_before(idx, bodies, is_contradicted);
        let named = behind.or_else(before).or_else(|| self.named_after(idx, bodies));
        let certain = |body| Some(Finding { body, is_certain: true });
        match named {
            Some(Body::Other) if dated.len() == 1 && dated.contains(&Body::GeneralAssembly) => {
                certain(Body::GeneralAssembly)
            }
            // Some other organization's Council, if the date fits none of the three.
            Some(_) if is_contradicted && self.names_a_council(idx) => certain(Body::Other),
            Some(body) => certain(body),
            None => self.guess(number, bodies, !dated.is_empty()),
        }
    }

    /// Without a name, a date may leave one body; otherwise the Assembly is meant if it can be.
    fn guess(&self, number: &Number, bodies: &[Body], is_dated: bool) -> Option<Finding> {
        let mut usual = USUAL.into_iter().filter(|body| bodies.contains(body));
        let first = usual.next()?;
        let is_open = first == Body::HumanRightsCouncil && !self.named.contains(&first);
        let body = if is_open { usual.find(|body| self.named.contains(body)).unwrap_or(first) } else { first };
        let is_plain = matches!(number.shape, Shape::Plain(_));
        (!is_plain).then_some(Finding { body, is_certain: is_dated })
    }

    /// The body named nearest before a number in its sentence that the number fits.
    fn named_before(&self, idx: usize, bodies: &[Body], is_contradicted: bool) -> Option<Body> {
        let token = self.tokens.get(idx)?;
        let claim = self.claims.get(idx).copied().flatten();
        let head = claim.and_then(|claim| self.tokens.get(claim.head)).unwrap_or(token).start;
        let last_break = self.last_break(head);
        let with_year = self.number(idx).is_some_and(|number| !matches!(number.shape, Shape::Plain(_)));
        let is_usual =
            bodies.contains(&Body::GeneralAssembly) || (with_year && bodies.contains(&Body::SecurityCouncil));
        self.names_before(idx).find_map(|(body, end)| {
            let gap = between(self.text, end, head.max(end));
            let may_govern = extent(gap) < ADJACENT || last_break.is_none_or(|last_break| last_break < end);
            match body {
                Body::Other if is_usual && !is_contradicted => self.is_direct(gap).then_some(Body::Other),
                Body::Other => may_govern.then_some(Body::Other),
                _ => self.meant(body, bodies).filter(|meant| may_govern || !is_easily_confused(*meant, bodies)),
            }
        })
    }

    /// The bodies named before a number in its sentence, the nearest first, and where each name ends.
    fn names_before(&self, idx: usize) -> impl Iterator<Item = (Body, usize)> {
        let farthest = self.tokens[idx].start.saturating_sub(MOST_SENTENCE);
        let before = self.tokens[..idx].iter().rev().take(MOST_TOKENS);
        let sentence = before.take_while(move |token| token.piece != Piece::Stop && token.start >= farthest);
        sentence.filter_map(|token| if let Piece::Body(body) = token.piece { Some((body, token.end)) } else { None })
    }

    /// The last comma before a position: a name before it stands in another clause.
    fn last_break(&self, position: usize) -> Option<usize> {
        let farthest = self.text.floor_char_boundary(position.saturating_sub(MOST_SENTENCE));
        between(self.text, farthest, position).rfind(CLAUSE_BREAKS).map(|offset| farthest + offset)
    }

    /// Whether only a noun or 第 stands between a name and a number: in 审议大会的第61/70号决议 the
    /// conference is the subject, in 麻醉药品委员会第51/12号决议 the commission is the author.
    fn is_direct(&self, gap: &str) -> bool {
        let words = self.words;
        let lists = [&words.resolutions, &words.ordinal_marks, &words.list_words, &words.number_marks];
        let mut position = skip_blanks(gap, 0);
        while position < gap.len() {
            match lists.iter().find_map(|words| match_any(gap, position, words)) {
                Some(end) => position = skip_blanks(gap, end.max(position + 1)),
                None => return false,
            }
        }
        true
    }

    /// The body right behind a number or behind the last of its list, in a language that prints it there: les résolutions
    /// 24/35 et 41/20 du Conseil des droits de l’homme.
    fn named_behind(&self, idx: usize) -> Option<Body> {
        if self.words.of_words.is_empty() {
            return None;
        }
        let claim = self.claims.get(idx).copied().flatten()?;
        let behind = self.tokens.iter().enumerate().skip(idx).take(MOST_TOKENS);
        let is_of_list =
            |at: usize| self.claims.get(at).copied().flatten().is_some_and(|other| other.head == claim.head);
        let (last, number) = behind.take_while(|(at, _)| is_of_list(*at)).last()?;
        let Token { start, piece: Piece::Body(body), .. } = self.tokens.get(last + 1)? else { return None };
        let gap = between(self.text, number.end, *start).trim();
        let leads = |word: &String| match_any(gap, 0, std::slice::from_ref(word)) == Some(gap.len());
        (gap.is_empty() && self.words.of_words.iter().any(String::is_empty) || self.words.of_words.iter().any(leads))
            .then_some(*body)
    }

    /// "Resolution 65/91 of the General Assembly", 第65/91号大会决议.
    fn named_after(&self, idx: usize, bodies: &[Body]) -> Option<Body> {
        let token = self.tokens.get(idx)?;
        let next = self.tokens.get(idx + 1)?;
        let Piece::Body(body) = next.piece else { return None };
        let gap = between(self.text, token.end, next.start);
        (gap.len() < ADJACENT / 2 && !gap.contains(['，', ',', ';', '；', '和']))
            .then(|| self.meant(body, bodies))
            .flatten()
    }

    /// Which of the bodies a name means.
    fn meant(&self, name: Body, bodies: &[Body]) -> Option<Body> {
        bodies.iter().copied().find(|body| name.may_mean(*body))
    }

    /// Whether the nearest name before a number is "the Council", without saying which.
    fn names_a_council(&self, idx: usize) -> bool {
        self.names_before(idx).next().is_some_and(|(body, _)| body == Body::Council)
    }

    /// The years of the Security Council's numbers that are printed with one, or with a date.
    fn council_years(&self, dates: &[Option<u32>]) -> HashMap<u32, u32> {
        let numbers = dates.iter().enumerate().filter_map(|(idx, date)| Some((self.number(idx)?, *date)));
        let years = numbers.filter_map(|(number, date)| match number.shape {
            Shape::Year(plain, year) => Some((plain, year)),
            Shape::Plain(plain) => Some((plain, date?)),
            _ => None,
        });
        years.collect()
    }

    /// The bodies that numbers have where the text is certain of them.
    fn remember(&self, findings: &[Option<Finding>]) -> HashMap<Shape, Body> {
        let mut known = HashMap::new();
        for (idx, finding) in findings.iter().enumerate() {
            if let (Some(Finding { body, is_certain: true }), Some(number)) = (finding, self.number(idx)) {
                known.entry(number.shape.clone()).or_insert(*body);
            }
        }
        known
    }
}

/// A name in another clause says little where the Assembly has such numbers too.
fn is_easily_confused(body: Body, bodies: &[Body]) -> bool {
    body != Body::GeneralAssembly && bodies.contains(&Body::GeneralAssembly)
}
