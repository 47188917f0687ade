//! Footnotes at the foot of a page or the end of a text.

use super::bracket::bracketed;
use super::foot;
use super::furniture::is_rule;
use super::{Definition, LineRole};
use crate::base::language::is_unspaced;
use crate::base::span::Span;
use crate::parse::lexicon::Lexicon;
use crate::parse::lexicon::layout::LayoutWords;
use crate::parse::line::Lines;
use crate::parse::text::is_blank;

/// The notes at the foot of a page without a rule take no more lines.
const MOST_FOOT_LINES: usize = 8;

/// Finds the footnotes among the body lines and marks their lines.
pub fn find(lines: &Lines<'_>, roles: &mut [LineRole], lexicon: &Lexicon) -> Vec<Definition> {
    let mut feet = foot::find(lines, roles, lexicon);
    let mut footnotes: Vec<Definition> = Vec::new();
    let mut index = 0;
    while index < roles.len() {
        if let Some(foot) = feet.remove(&index) {
            for line in foot.lines {
                roles.iter_mut().skip(line).take(1).for_each(|role| *role = LineRole::Footnote(footnotes.len()));
            }
            footnotes.push(foot.definition);
        }
        let opened = (roles.get(index) == Some(&LineRole::Body)).then(|| open(lines, roles, index)).flatten();
        let Some((mut definition, mut next)) = opened else {
            index += 1;
            continue;
        };
        while !definition.bracketed && continues(lines, roles, next, &definition, &lexicon.layout) {
            definition.text.extend(lines.get(next).map(|line| line.span));
            next += 1;
        }
        roles.iter_mut().take(next).skip(index).for_each(|role| *role = LineRole::Footnote(footnotes.len()));
        footnotes.push(definition);
        index = next;
    }
    footnotes
}

/// A footnote that begins at the line `index`, and the line after its first.
fn open(lines: &Lines<'_>, roles: &[LineRole], index: usize) -> Option<(Definition, usize)> {
    bracketed_line(lines, index)
        .or_else(|| label_line(lines, roles, index))
        .or_else(|| caret_line(lines, index))
        .or_else(|| marked_line(lines, roles, index))
        .or_else(|| foot_line(lines, roles, index))
}

/// A label and its text at the foot of a page without a rule above: both on one line, or the label on a line of its
/// own. Nothing but furniture and further notes stands below.
fn foot_line(lines: &Lines<'_>, roles: &[LineRole], index: usize) -> Option<(Definition, usize)> {
    let line = lines.get(index).filter(|line| line.gap > lines.pitch)?;
    // A row whose first cell is empty: a date may follow that looks like the label of a note.
    if lines.text[line.full.start..].starts_with('\t') {
        return None;
    }
    let text = lines.text_of(line);
    let next = index + 1;
    if let Some(label) = label(text).filter(|_| !is_paragraph_number(text)) {
        let note =
            lines.get(next).filter(|note| note.gap <= lines.pitch + 1 && roles.get(next) == Some(&LineRole::Body))?;
        let is_foot = has_words(lines.text_of(note)) && ends_page(lines, roles, next + 1);
        let (label_span, text) = (line.span, vec![note.span]);
        return is_foot.then(|| (Definition { label, label_span, text, bracketed: false }, next + 1));
    }
    let end = text.find(char::is_whitespace)?;
    // `1.` and `(a)` begin paragraphs.
    let token = text.get(..end).filter(|token| !token.contains(['.', ')']))?;
    let label = label(token)?;
    let rest = text.get(end..)?;
    // A number one blank before a capital: `4 See A/59/119.`
    let begins =
        rest.chars().find(|next| !next.is_whitespace()).is_some_and(|next| next.is_uppercase() || is_unspaced(next));
    let numbered = begins && label.bytes().all(|byte| byte.is_ascii_digit());
    let is_apart = numbered || rest.chars().take_while(|blank| blank.is_whitespace()).count() >= 2;
    let is_tight = |line: &usize| *line == next || !lines.after_gap(line - 1);
    let is_foot =
        is_apart && (next..next + MOST_FOOT_LINES).take_while(is_tight).any(|line| ends_page(lines, roles, line));
    is_foot.then_some(())?;
    definition_in_line(line.span, text, end, &label).map(|definition| (definition, next))
}

/// Whether furniture or a new page stands at the line `index`.
fn ends_page(lines: &Lines<'_>, roles: &[LineRole], index: usize) -> bool {
    matches!(roles.get(index), Some(LineRole::Furniture | LineRole::TableHead)) || lines.begins_page(index)
}

/// `[^1]: text`, all of it on one line: the form that text taken out of a document gives a footnote.
fn bracketed_line(lines: &Lines<'_>, index: usize) -> Option<(Definition, usize)> {
    let line = lines.get(index)?;
    let text = lines.text_of(line);
    let (label, len) = bracketed(text)?;
    let rest = text.get(len..)?.strip_prefix(':')?;
    let start = line.span.end - rest.trim_start().len();
    let label_span = Span::new(line.span.start, line.span.start + len + 1);
    Some((Definition { label, label_span, text: vec![Span::new(start, line.span.end)], bracketed: true }, index + 1))
}

fn is_bracketed(lines: &Lines<'_>, index: usize) -> bool {
    bracketed_line(lines, index).is_some()
}

/// The label on a line of its own, the text on the next: in PDF text the label is raised. A raised
/// mark inside a text looks alike, but follows its line without distance.
fn label_line(lines: &Lines<'_>, roles: &[LineRole], index: usize) -> Option<(Definition, usize)> {
    let line = lines.get(index)?;
    let text = lines.text_of(line);
    let label = label(printed_once(text)).filter(|_| !is_paragraph_number(text))?;
    let below_note = index > 0 && matches!(roles.get(index - 1), Some(LineRole::Footnote(_)));
    let set_off = line.gap >= 1 || index == 0 || below_note || is_rule(lines.at(index - 1));
    let text = lines.get(index + 1)?;
    let joined = text.gap < lines.pitch.max(1) && has_words(lines.text_of(text));
    (set_off && joined)
        .then(|| (Definition { label, label_span: line.span, text: vec![text.span], bracketed: false }, index + 2))
}

/// One of two equal words with a distance between them: a label may be printed in the margin and before its text, `b   b`.
fn printed_once(text: &str) -> &str {
    let mut words = text.split(is_blank);
    let (first, last) = (words.next().unwrap_or_default(), words.next_back().unwrap_or_default());
    let is_twice = first == last && words.clone().next().is_some() && words.all(str::is_empty);
    if is_twice { first } else { text }
}

/// `1.` on a line of its own, as text without its columns has it.
fn is_paragraph_number(text: &str) -> bool {
    text.strip_suffix('.').is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `^a text`: a raised label in plain text.
fn caret_line(lines: &Lines<'_>, index: usize) -> Option<(Definition, usize)> {
    let line = lines.get(index)?;
    let text = lines.text_of(line);
    let rest = text.strip_prefix('^')?;
    let end = rest.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(rest.len());
    definition_in_line(line.span, text, end + 1, &label(rest.get(..end)?)?).map(|definition| (definition, index + 1))
}

/// `* text`, or `a text` below a rule or below another footnote.
fn marked_line(lines: &Lines<'_>, roles: &[LineRole], index: usize) -> Option<(Definition, usize)> {
    let line = lines.get(index)?;
    let text = lines.text_of(line);
    let end = text.find(char::is_whitespace)?;
    let label = label(text.get(..end)?)?;
    let above = index.checked_sub(1).and_then(|above| roles.get(above));
    let below_note = matches!(above, Some(LineRole::Footnote(_))) && !is_bracketed(lines, index - 1);
    let below_rule = below_note || (above == Some(&LineRole::Furniture) && is_rule(lines.at(index - 1)));
    let set_off = line.gap >= 1 || (is_tabbed(lines, index.wrapping_sub(1)) && !is_tabbed(lines, index));
    let sign = label.starts_with(['*', '†', '‡']) && set_off;
    (sign || below_rule).then_some(())?;
    definition_in_line(line.span, text, end, &label).map(|definition| (definition, index + 1))
}

fn definition_in_line(line: Span, text: &str, label_end: usize, label: &str) -> Option<Definition> {
    let rest = text.get(label_end..)?;
    let start = line.start + label_end + (rest.len() - rest.trim_start().len());
    has_words(rest).then(|| Definition {
        label: label.to_owned(),
        label_span: Span::new(line.start, line.start + label_end),
        text: vec![Span::new(start, line.end)],
        bracketed: false,
    })
}

/// Whether the line at `index` still belongs to the footnote above it.
fn continues(lines: &Lines<'_>, roles: &[LineRole], index: usize, footnote: &Definition, words: &LayoutWords) -> bool {
    let Some(line) = lines.get(index) else { return false };
    let so_far = footnote.text.last().map_or("", |span| &lines.text[span.start..span.end]);
    roles.get(index) == Some(&LineRole::Body)
        && line.gap <= lines.pitch
        && !lines.begins_page(index)
        && (!words.ends_sentence(so_far) || is_wrapped(lines, index, footnote))
        && !is_tabbed(lines, index)
        && open(lines, roles, index).is_none()
}

/// Whether the line at `index` stands above the note with the next number, so that a full stop above it is that of
/// an abbreviation: `sect.`
fn is_wrapped(lines: &Lines<'_>, index: usize, footnote: &Definition) -> bool {
    let Some(next) = footnote.label.parse::<u32>().ok().map(|number| (number + 1).to_string()) else { return false };
    let is_tight = |line: usize| lines.get(line).is_some_and(|line| line.gap <= lines.pitch);
    let mut following = (index + 1..index + 1 + MOST_FOOT_LINES).take_while(|line| is_tight(*line));
    following.any(|line| lines.at(line).split_whitespace().next() == Some(next.as_str()))
}

/// Whether the line at `index` is a row of a table with tabs.
fn is_tabbed(lines: &Lines<'_>, index: usize) -> bool {
    let full = lines.get(index).and_then(|line| lines.text.get(line.full.start..line.full.end));
    full.is_some_and(|full| full.contains('\t'))
}

/// A footnote's label: a letter, a number of one or two digits, or a sign; a symbol-font character
/// before it (U+F02A is the asterisk of the Symbol font) belongs to it.
pub fn label(text: &str) -> Option<String> {
    let text = text.trim_matches(['(', ')', '/', '.', '[', ']']);
    let bare = text.trim_start_matches(is_symbol_font);
    let mut characters = bare.chars();
    let letter = matches!((characters.next(), characters.next()), (Some(letter), None) if letter.is_ascii_alphabetic());
    let number = !bare.is_empty() && bare.len() <= 2 && bare.bytes().all(|byte| byte.is_ascii_digit());
    let sign =
        !bare.is_empty() && bare.chars().count() <= 3 && bare.chars().all(|sign| matches!(sign, '*' | '†' | '‡' | '§'));
    if letter || number || sign {
        Some(bare.to_lowercase())
    } else {
        (bare.is_empty() && !text.is_empty()).then(|| "*".to_owned())
    }
}

/// A private-use character, as PDF text has for signs of the Symbol font.
pub fn is_symbol_font(character: char) -> bool {
    matches!(character, '\u{f000}'..='\u{f0ff}')
}

fn has_words(text: &str) -> bool {
    text.chars().filter(|character| character.is_alphanumeric()).count() >= 2
}
