//! Characters of symbol fonts, which Word stores in the private area U+F000 to U+F0FF.

/// Adobe's Symbol encoding from 0x20 to 0x7E, as its table of mappings to Unicode has it.
const SYMBOL_LOWER: &str =
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
/// The same from 0xA0 to 0xFE.
const SYMBOL_UPPER: &str =
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\u{f8ff}〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";

/// Signs of Wingdings that stand in texts: bullets, boxes, ticks, arrows.
const WINGDINGS: [(u32, char); 16] = [
    (0x6c, '●'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x71, '❑'),
    (0x76, '❖'),
    (0x9f, '•'),
    (0xa7, '▪'),
    (0xa8, '◻'),
    (0xd8, '➢'),
    (0xdf, '←'),
    (0xe0, '→'),
    (0xe8, '➔'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfd, '☒'),
    (0xfe, '☑'),
];

/// What a `w:sym` stands for, whose code may also be given without the private area (ECMA-376 part 1, 17.3.3.30).
pub(super) fn named(stored: char, font: Option<&str>) -> char {
    let is_known =
        font.is_some_and(|font| ["Symbol", "Wingdings"].iter().any(|known| font.eq_ignore_ascii_case(known)));
    let private = (stored as u32).checked_add(0xf000).filter(|code| *code <= 0xf0ff && is_known);
    character(private.and_then(char::from_u32).unwrap_or(stored), font)
}

/// What `stored` stands for in `font`; itself if that is not known.
pub(super) fn character(stored: char, font: Option<&str>) -> char {
    let code = match stored as u32 {
        code @ 0xf020..=0xf0ff => code - 0xf000,
        _ => return stored,
    };
    let known = match font {
        Some(font) if font.eq_ignore_ascii_case("Symbol") => match code {
            0x20..=0x7e => SYMBOL_LOWER.chars().nth(code as usize - 0x20),
            0xa0..=0xfe => SYMBOL_UPPER.chars().nth(code as usize - 0xa0),
            _ => None,
        },
        Some(font) if font.eq_ignore_ascii_case("Wingdings") => {
            WINGDINGS.iter().find(|(place, _)| *place == code).map(|(_, character)| *character)
        }
        _ => None,
    };
    known.unwrap_or(stored)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_characters_are_told_by_their_font() {
        let cases = [
            ('\u{f0b7}', Some("Symbol"), '•'),
            ('\u{f061}', Some("Symbol"), 'α'),
            ('\u{f0fe}', Some("symbol"), '⎭'),
            ('\u{f0fc}', Some("Wingdings"), '✓'),
            ('\u{f0fc}', Some("Another"), '\u{f0fc}'),
            ('\u{f0b7}', None, '\u{f0b7}'),
            ('a', Some("Symbol"), 'a'),
        ];
        for (stored, font, expected) in cases {
            assert_eq!(character(stored, font), expected, "{stored:?} {font:?}");
        }
    }
}
