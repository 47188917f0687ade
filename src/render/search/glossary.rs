//! Words that say the same in two languages, from `glossary.tsv`, which tells where each comes from.

use super::fold::fold;
use std::collections::BTreeSet;

/// Fewest letters of a word in an alphabet that is looked for in the place of another: a shorter one stands in many.
const FEWEST_LETTERS: usize = 5;

const TABLE: &str = include_str!("glossary.tsv");

/// One line of the table.
struct Line<'a> {
    forms: Vec<&'a str>,
    /// Whether it is a name or a term, whose forms all mean the same, rather than an ordinary word.
    is_term: bool,
}

/// Every form, folded, each once.
pub(super) fn forms() -> Vec<String> {
    let forms: BTreeSet<String> = lines().flat_map(|line| line.forms).map(fold).collect();
    forms.into_iter().collect()
}

/// Each form with those that are looked for with it, itself among them.
pub(super) fn meanings() -> Vec<(&'static str, Vec<&'static str>)> {
    lines().flat_map(|line| line.meanings()).collect()
}

fn lines() -> impl Iterator<Item = Line<'static>> {
    TABLE.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| {
        let (words, source) = line.rsplit_once('\t').unwrap_or((line, ""));
        Line { forms: words.split(['\t', '|']).collect(), is_term: source != "word" }
    })
}

impl<'a> Line<'a> {
    fn meanings(self) -> Vec<(&'a str, Vec<&'a str>)> {
        let others = |form: &str| {
            let is_other = |other: &&str| {
                let says_the_same = self.is_term || is_latin(form) || is_latin(other);
                **other == *form || (says_the_same && is_told_apart(other) && !contains(other, form))
            };
            self.forms.iter().copied().filter(is_other).collect()
        };
        self.forms.iter().map(|form| (*form, others(form))).collect()
    }
}

fn is_latin(form: &str) -> bool {
    form.starts_with(|first: char| first.is_ascii())
}

/// Whether a form stands for nothing else where it is part of another word.
fn is_told_apart(form: &str) -> bool {
    !is_latin(form) || form.len() >= FEWEST_LETTERS
}

/// Whether what finds `form` finds `longer` as well.
fn contains(longer: &str, form: &str) -> bool {
    longer.to_lowercase().contains(&form.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_both_languages_and_a_source() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
        for line in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 3, "{line}");
            assert!(["treaty", "un", "word"].contains(&cells[2]), "{line}");
            assert!(cells[1].split('|').all(|form| !form.is_ascii()), "{line}");
        }
    }

    #[test]
    fn a_word_stands_for_the_other_language_and_never_for_part_of_itself() {
        let of = |form: &str| meanings().into_iter().find(|(own, _)| *own == form).map(|(_, others)| others);
        assert_eq!(of("IMS"), Some(vec!["IMS", "International Monitoring System", "国际监测系统"]));
        assert_eq!(of("workshop"), Some(vec!["workshop", "讲习班", "研讨班"]));
        assert_eq!(of("国际监测系统"), Some(vec!["International Monitoring System", "国际监测系统"]));
        assert_eq!(of("欧盟"), Some(vec!["European Union", "欧盟", "欧洲联盟"]));
        assert_eq!(of("研讨会"), Some(vec!["seminar", "seminars", "研讨会"]));
    }
}
