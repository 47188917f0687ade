//! Text as printed from left to right → text in logical order.
//!
//! Input: the glyphs of a line's part from left to right. Output: their text in the order in which it is read. What is
//! printed of the Unicode Bidirectional Algorithm is undone: Arabic runs from right to left, numbers and Latin words
//! inside it from left to right, and a bracket faces the way it is printed.

use std::borrow::Cow;

/// Whether a character is of a script that is written from right to left.
pub(super) fn is_arabic(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
        && !is_arabic_digit(character)
}

/// Digits of Arabic script are written from left to right.
fn is_arabic_digit(character: char) -> bool {
    matches!(character, '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}')
}

/// The text of one glyph as it would be printed from left to right, so that turning a line turns it back.
pub(super) fn as_printed(text: &str) -> Cow<'_, str> {
    if text.chars().nth(1).is_some() && text.chars().any(is_arabic) {
        Cow::Owned(text.chars().rev().collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// A piece of a line, from left to right: a character, or a mark of a footnote that stays one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Character(char),
    Mark(String),
}

/// The pieces of a line in logical order. `is_right_to_left` tells how its paragraph runs, `mirrors` whether its fonts
/// name brackets by their printed shape.
pub(super) fn logical(printed: Vec<Piece>, is_right_to_left: bool, mirrors: bool) -> Vec<Piece> {
    let has_arabic = printed.iter().any(|piece| matches!(piece, Piece::Character(character) if is_arabic(*character)));
    // A line without Arabic in an Arabic text is set from right to left too, unless its last sign stands on the right.
    let ends_right = matches!(printed.last(), Some(Piece::Character('.' | ',' | ':' | ';' | '?' | '!')));
    if !has_arabic && (!is_right_to_left || ends_right) {
        return printed;
    }
    let levels = levels(&printed, is_right_to_left);
    reorder(printed, &levels, is_right_to_left, mirrors)
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Class {
    Left,
    Right,
    Number,
    /// A sign that is part of a number between two digits.
    Separator,
    Blank,
    Neutral,
}

fn class(piece: &Piece) -> Class {
    let Piece::Character(character) = piece else { return Class::Neutral };
    match *character {
        character if is_arabic(character) && !is_combining_arabic(character) && character.is_alphabetic() => {
            Class::Right
        }
        character if is_combining_arabic(character) => Class::Right,
        ' ' => Class::Blank,
        '0'..='9' | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' | '%' | '‰' | '$' | '€' | '°' => Class::Number,
        '/' | '.' | ',' | ':' | '-' | '\u{2011}' | '\u{2010}' | '\u{2013}' | '+' | '\u{a0}' => Class::Separator,
        character if character.is_alphabetic() => Class::Left,
        _ => Class::Neutral,
    }
}

fn is_combining_arabic(character: char) -> bool {
    matches!(character, '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{610}'..='\u{61a}' | '\u{6d6}'..='\u{6ed}')
}

/// Whether each piece runs from left to right.
fn levels(printed: &[Piece], is_right_to_left: bool) -> Vec<bool> {
    let classes: Vec<Class> = printed.iter().map(class).collect();
    let mut runs_left = vec![false; classes.len()];
    let mut index = 0;
    while index < classes.len() {
        let (end, runs) = run(&classes, index, is_right_to_left);
        for place in &mut runs_left[index..end] {
            *place = runs;
        }
        index = end;
    }
    runs_left
}

/// The end of the run of pieces that begins at `index`, and whether it runs from left to right.
fn run(classes: &[Class], index: usize, is_right_to_left: bool) -> (usize, bool) {
    let at = |index: usize| classes.get(index).copied();
    match at(index) {
        Some(Class::Left | Class::Number) => {
            let mut end = index + 1;
            loop {
                let mut next = end;
                while matches!(at(next), Some(Class::Blank | Class::Neutral | Class::Separator)) {
                    next += 1;
                }
                let between = &classes[end..next];
                if !joins(at(end - 1), between, at(next)) {
                    break;
                }
                end = next + 1;
            }
            (end, true)
        }
        _ if !is_right_to_left => neutral_in_left(classes, index),
        _ => (index + 1, false),
    }
}

/// Whether letters and numbers with something between them are one run from left to right: Latin words are whatever
/// stands between them, a number and a Latin word with a blank, and two numbers with one sign.
fn joins(before: Option<Class>, between: &[Class], next: Option<Class>) -> bool {
    let only = |class: Class| between.iter().all(|other| *other == class);
    match (before, next) {
        (Some(Class::Left), Some(Class::Left)) => true,
        (Some(Class::Number), Some(Class::Number)) => between.is_empty() || between == [Class::Separator],
        (Some(Class::Left | Class::Number), Some(Class::Left | Class::Number)) => {
            only(Class::Separator) || only(Class::Blank)
        }
        _ => false,
    }
}

/// In a paragraph from left to right: a run of Arabic words with what stands between them.
fn neutral_in_left(classes: &[Class], index: usize) -> (usize, bool) {
    if classes.get(index) != Some(&Class::Right) {
        return (index + 1, true);
    }
    let rest = &classes[index..];
    let until = rest.iter().position(|class| *class == Class::Left).unwrap_or(rest.len());
    let last = rest[..until].iter().rposition(|class| *class == Class::Right).unwrap_or(0);
    (index + last + 1, false)
}

fn reorder(printed: Vec<Piece>, runs_left: &[bool], is_right_to_left: bool, mirrors: bool) -> Vec<Piece> {
    let mut runs: Vec<(bool, Vec<Piece>)> = Vec::new();
    for (piece, left) in printed.into_iter().zip(runs_left) {
        match runs.last_mut() {
            Some((last, pieces)) if last == left => pieces.push(piece),
            _ => runs.push((*left, vec![piece])),
        }
    }
    if is_right_to_left {
        runs.reverse();
    }
    let turned = runs.into_iter().flat_map(|(left, mut pieces)| {
        if left {
            return pieces;
        }
        if !is_right_to_left {
            // Numbers among Arabic words run from left to right.
            return logical(pieces, true, mirrors);
        }
        pieces.reverse();
        if mirrors {
            pieces.iter_mut().for_each(mirror);
        }
        pieces
    });
    turned.collect()
}

fn mirror(piece: &mut Piece) {
    if let Piece::Character(character) = piece
        && let Some((_, other)) = MIRRORED.iter().find(|(one, _)| one == character)
    {
        *character = *other;
    }
}

/// Characters that face the other way in a line from right to left (Unicode, BidiMirroring.txt).
const MIRRORED: [(char, char); 12] = [
    ('(', ')'),
    (')', '('),
    ('[', ']'),
    (']', '['),
    ('{', '}'),
    ('}', '{'),
    ('<', '>'),
    ('>', '<'),
    ('«', '»'),
    ('»', '«'),
    ('‹', '›'),
    ('›', '‹'),
];

/// The text of a raised mark in logical order.
pub(super) fn logical_mark(printed: &str, is_right_to_left: bool, mirrors: bool) -> String {
    let pieces = logical(printed.chars().map(Piece::Character).collect(), is_right_to_left, mirrors);
    let characters = pieces.into_iter().filter_map(|piece| match piece {
        Piece::Character(character) => Some(character),
        Piece::Mark(_) => None,
    });
    characters.collect()
}
