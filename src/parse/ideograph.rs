//! Radicals and compatibility ideographs, which fonts of PDF files map to in place of the characters that people type.
//!
//! Input: text as printed. Output: the same with the characters that those stand for. Invariant: no offset changes, so
//! that what is found in one is found in the other.

use super::Item;
use crate::model::excerpt::Excerpt;
use std::borrow::Cow;
use unicode_normalization::char::decompose_compatible;

/// Each radical of the CJK Radicals Supplement with the ideograph it looks like (`EquivalentUnifiedIdeograph.txt` of the
/// Unicode Character Database), where that has as many bytes.
const RADICALS: &str = "\
     ⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺖忄⺗心⺘扌⺙攵⺛旡⺜日\
     ⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺫目⺬示⺭礻⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺶羊⺹耂\
     ⺺肀⺻聿⺼肉⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门\
     ⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜\
     ⻰龙⻱龜⻲亀⻳龟";

/// `text` with unified ideographs in place of radicals and compatibility ideographs.
#[must_use]
pub fn unified(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find(is_compatibility) else { return Cow::Borrowed(text) };
    let (before, behind) = text.split_at(first);
    Cow::Owned(before.chars().chain(behind.chars().map(ideograph)).collect())
}

/// Puts the characters that `printed` has into `items`, which were read in [`unified`] text.
pub fn restore(items: &mut [Item], printed: &str) {
    for excerpt in items.iter_mut().flat_map(Item::excerpts_mut) {
        restore_excerpt(excerpt, printed);
    }
}

fn restore_excerpt(excerpt: &mut Excerpt, printed: &str) {
    for run in &excerpt.runs {
        let range = run.at..run.at + run.source.len();
        let Some(original) = printed.get(run.source.start..run.source.end) else { continue };
        if original.contains(is_compatibility) && excerpt.text.get(range.clone()).is_some() {
            excerpt.text.replace_range(range, original);
        }
    }
}

fn is_compatibility(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}')
}

/// The ideograph that `character` stands for, if it takes as many bytes.
fn ideograph(character: char) -> char {
    let found = match character {
        '\u{2e80}'..='\u{2eff}' => radical(character),
        '\u{2f00}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' => compatible(character),
        _ => None,
    };
    found.filter(|found| found.len_utf8() == character.len_utf8()).unwrap_or(character)
}

fn radical(character: char) -> Option<char> {
    let mut characters = RADICALS.chars();
    while let (Some(radical), Some(ideograph)) = (characters.next(), characters.next()) {
        if radical == character {
            return Some(ideograph);
        }
    }
    None
}

fn compatible(character: char) -> Option<char> {
    let mut decomposed = Vec::new();
    decompose_compatible(character, |part| decomposed.push(part));
    match decomposed[..] {
        [single] => Some(single),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn no_offset_changes() {
        let all = ('\u{2e80}'..='\u{2fdf}').chain('\u{f900}'..='\u{faff}');
        let changed = all.filter(|character| {
            let text = character.to_string();
            let read = unified(&text);
            assert_eq!(read.len(), text.len(), "{text}");
            read != text
        });
        assert_eq!(changed.count(), 767);
    }

    #[test]
    fn every_radical_of_the_table_is_one_and_has_its_ideograph() {
        let characters: Vec<char> = RADICALS.chars().collect();
        for pair in characters.chunks(2) {
            let [radical, ideograph] = pair else { panic!("{pair:?}") };
            assert!(('\u{2e80}'..='\u{2eff}').contains(radical) && radical < ideograph, "{radical} {ideograph}");
        }
    }
}
