//! Automatic numbers as word processors and browsers print them.
//!
//! Input: a counter and the format that a document names. Output: the number without the characters around it.

/// How a number is written. Sources: ECMA-376 part 1, 17.18.59 (`ST_NumberFormat`); ODF 1.3 part 3, 19.508
/// (`style:num-format`); HTML, 4.4.5 (`type` of `ol`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum NumberFormat {
    /// 1, 2, 3.
    #[default]
    Decimal,
    /// 01, 02, 03.
    DecimalZero,
    /// 1, 2, 3 in full-width digits.
    DecimalFullWidth,
    /// ①, ②, ③.
    Circled,
    /// ⑴, ⑵, ⑶.
    Bracketed,
    /// ⒈, ⒉, ⒊.
    Stopped,
    /// The letters of an alphabet, and after the last the first one twice, as Word and `style:num-letter-sync` do.
    Letters(&'static str),
    /// The letters of an alphabet, and after the last `aa`, `ab`, as browsers do.
    LetterPairs(&'static str),
    /// i, ii, iii.
    LowerRoman,
    /// I, II, III.
    UpperRoman,
    /// 一, 二, 三, 十, 十一, 一百.
    Chinese,
    /// 一, 二, 三, 一〇, 一一.
    ChineseDigits,
    /// 壹, 贰, 叁, 壹拾, the signs that cannot be altered.
    ChineseLegal,
    /// *, †, ‡, §, **, ††.
    Symbols,
    /// Nothing is printed for the counter.
    None,
    /// The item has a bullet instead of a number.
    Bullet,
}

const LATIN_LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
const LATIN_UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
// Letters that open no word, й, ъ and ь, are not counted with; nor is ё.
const RUSSIAN_LOWER: &str = "абвгдежзиклмнопрстуфхцчшщыэюя";
const RUSSIAN_UPPER: &str = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ";
const ARABIC_ALPHABET: &str = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي";
const ARABIC_ABJAD: &str = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ";
const HEAVENLY_STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const EARTHLY_BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
const SYMBOLS: &str = "*†‡§";

/// Most letters or symbols of a number that repeats them: Word's counters for such formats end at 780, 30 times `z`.
const MOST_REPEATED: u32 = 30;

impl NumberFormat {
    /// The format that a DOCX names. One that is none of ours is printed in digits.
    pub(super) fn of_docx(name: &str) -> Self {
        match name {
            "decimalZero" => Self::DecimalZero,
            "decimalFullWidth" | "decimalFullWidth2" => Self::DecimalFullWidth,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" | "ideographEnclosedCircle" => Self::Circled,
            "decimalEnclosedParen" => Self::Bracketed,
            "decimalEnclosedFullstop" => Self::Stopped,
            "lowerLetter" => Self::Letters(LATIN_LOWER),
            "upperLetter" => Self::Letters(LATIN_UPPER),
            "russianLower" => Self::Letters(RUSSIAN_LOWER),
            "russianUpper" => Self::Letters(RUSSIAN_UPPER),
            "arabicAlpha" => Self::Letters(ARABIC_ALPHABET),
            "arabicAbjad" => Self::Letters(ARABIC_ABJAD),
            "ideographTraditional" => Self::Letters(HEAVENLY_STEMS),
            "ideographZodiac" => Self::Letters(EARTHLY_BRANCHES),
            "lowerRoman" => Self::LowerRoman,
            "upperRoman" => Self::UpperRoman,
            "chineseCounting"
            | "chineseCountingThousand"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
            | "japaneseCounting" => Self::Chinese,
            "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => Self::ChineseDigits,
            "chineseLegalSimplified" => Self::ChineseLegal,
            "chicago" => Self::Symbols,
            "none" => Self::None,
            "bullet" => Self::Bullet,
            _ => Self::Decimal,
        }
    }

    /// The format that an ODT names by an example, `synchronous` if its letters repeat. One that is none of ours is
    /// printed in digits.
    pub(super) fn of_odt(example: &str, synchronous: bool) -> Self {
        let letters = if synchronous { Self::Letters } else { Self::LetterPairs };
        match example.chars().next() {
            None => Self::None,
            Some('a') => letters(LATIN_LOWER),
            Some('A') => letters(LATIN_UPPER),
            Some('i') => Self::LowerRoman,
            Some('I') => Self::UpperRoman,
            Some('一') => Self::Chinese,
            Some('甲') => Self::Letters(HEAVENLY_STEMS),
            Some('子') => Self::Letters(EARTHLY_BRANCHES),
            Some('①') => Self::Circled,
            Some('１') => Self::DecimalFullWidth,
            Some('а') => Self::Letters(RUSSIAN_LOWER),
            Some('А') => Self::Letters(RUSSIAN_UPPER),
            Some('أ' | 'ا') if example.contains('ج') && !example.contains('ت') => Self::Letters(ARABIC_ABJAD),
            Some('أ' | 'ا') => Self::Letters(ARABIC_ALPHABET),
            Some(_) if example.starts_with("01") => Self::DecimalZero,
            Some(_) => Self::Decimal,
        }
    }

    /// The format of an HTML list's `type`.
    pub(super) fn of_html(kind: &str) -> Self {
        match kind {
            "a" => Self::LetterPairs(LATIN_LOWER),
            "A" => Self::LetterPairs(LATIN_UPPER),
            "i" => Self::LowerRoman,
            "I" => Self::UpperRoman,
            _ => Self::Decimal,
        }
    }

    /// The format that a CSS `list-style-type` names; none for a keyword that is no number's.
    pub(super) fn of_css(name: &str) -> Option<Self> {
        Some(match name {
            "decimal" => Self::Decimal,
            "decimal-leading-zero" => Self::DecimalZero,
            "lower-alpha" | "lower-latin" => Self::LetterPairs(LATIN_LOWER),
            "upper-alpha" | "upper-latin" => Self::LetterPairs(LATIN_UPPER),
            "lower-roman" => Self::LowerRoman,
            "upper-roman" => Self::UpperRoman,
            "cjk-ideographic" | "simp-chinese-informal" | "trad-chinese-informal" => Self::Chinese,
            "cjk-decimal" => Self::ChineseDigits,
            "none" => Self::None,
            _ => return None,
        })
    }

    /// The number `value` in this format. What the format has no form for is written in digits.
    pub(super) fn write(self, value: u32) -> String {
        let written = match self {
            Self::Decimal => None,
            Self::DecimalZero => Some(format!("{value:02}")),
            Self::DecimalFullWidth => Some(digits(value, "０１２３４５６７８９")),
            Self::Circled => circled(value),
            Self::Bracketed => enclosed(value, 0x2474),
            Self::Stopped => enclosed(value, 0x2488),
            Self::Letters(alphabet) => repeated(value, alphabet),
            Self::LetterPairs(alphabet) => Some(paired(value, alphabet)).filter(|_| value > 0),
            Self::LowerRoman => roman(value).map(|roman| roman.to_ascii_lowercase()),
            Self::UpperRoman => roman(value),
            Self::Chinese => chinese(value, INFORMAL),
            Self::ChineseLegal => chinese(value, LEGAL),
            Self::ChineseDigits => Some(digits(value, "〇一二三四五六七八九")),
            Self::Symbols => repeated(value, SYMBOLS),
            Self::None | Self::Bullet => Some(String::new()),
        };
        written.unwrap_or_else(|| value.to_string())
    }
}

/// `value` with the ten characters of `digits`.
fn digits(value: u32, digits: &str) -> String {
    let digit = |digit: char| digit.to_digit(10).and_then(|digit| digits.chars().nth(digit as usize));
    value.to_string().chars().filter_map(digit).collect()
}

/// ① to ⑳, ㉑ to ㉟, ㊱ to ㊿.
fn circled(value: u32) -> Option<String> {
    let code = match value {
        1..=20 => 0x2460 + value - 1,
        21..=35 => 0x3251 + value - 21,
        36..=50 => 0x32b1 + value - 36,
        _ => return None,
    };
    char::from_u32(code).map(String::from)
}

/// The signs from `first` on, which are 20.
fn enclosed(value: u32, first: u32) -> Option<String> {
    (1..=20).contains(&value).then(|| char::from_u32(first + value - 1)).flatten().map(String::from)
}

/// a to z, aa, bb.
fn repeated(value: u32, alphabet: &str) -> Option<String> {
    let length = alphabet.chars().count() as u32;
    let index = value.checked_sub(1)?;
    let times = index / length + 1;
    let letter = alphabet.chars().nth((index % length) as usize)?;
    (times <= MOST_REPEATED).then(|| std::iter::repeat_n(letter, times as usize).collect())
}

/// a to z, aa, ab.
fn paired(value: u32, alphabet: &str) -> String {
    let length = alphabet.chars().count() as u32;
    let mut letters = Vec::new();
    let mut rest = value;
    while rest > 0 {
        letters.extend(alphabet.chars().nth(((rest - 1) % length) as usize));
        rest = (rest - 1) / length;
    }
    letters.iter().rev().collect()
}

fn roman(value: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&value) {
        return None;
    }
    let mut rest = value;
    let mut written = String::new();
    for (worth, sign) in SIGNS {
        while rest >= worth {
            written.push_str(sign);
            rest -= worth;
        }
    }
    Some(written)
}

/// How Chinese numbers are written: digits, units, whether ten is 一十 where nothing stands before it.
type ChineseSigns = (&'static str, [&'static str; 4], bool);

const INFORMAL: ChineseSigns = ("〇一二三四五六七八九", ["千", "百", "十", ""], false);
const LEGAL: ChineseSigns = ("零壹贰叁肆伍陆柒捌玖", ["仟", "佰", "拾", ""], true);

/// 一 to 九千九百九十九.
fn chinese(value: u32, (signs, units, counts_ten): ChineseSigns) -> Option<String> {
    if !(1..10_000).contains(&value) {
        return None;
    }
    let mut written = String::new();
    let mut gap = false;
    for (worth, unit) in [1000, 100, 10, 1].into_iter().zip(units) {
        let digit = value / worth % 10;
        if digit == 0 {
            gap = !written.is_empty();
            continue;
        }
        if gap {
            written.push('零');
            gap = false;
        }
        if counts_ten || !(worth == 10 && digit == 1 && written.is_empty()) {
            written.push_str(&digits(digit, signs));
        }
        written.push_str(unit);
    }
    Some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_their_format_says() {
        let cases = [
            ("decimal", 12, "12"),
            ("decimalZero", 7, "07"),
            ("lowerLetter", 1, "a"),
            ("lowerLetter", 27, "aa"),
            ("lowerLetter", 28, "bb"),
            ("lowerLetter", 0, "0"),
            ("lowerLetter", 4_000_000_000, "4000000000"),
            ("upperRoman", 1994, "MCMXCIV"),
            ("lowerRoman", 4, "iv"),
            ("lowerRoman", 4000, "4000"),
            ("chineseCounting", 10, "十"),
            ("chineseCounting", 21, "二十一"),
            ("chineseCountingThousand", 110, "一百一十"),
            ("chineseCountingThousand", 1005, "一千零五"),
            ("ideographDigital", 10, "一〇"),
            ("decimalEnclosedCircle", 20, "⑳"),
            ("decimalEnclosedParen", 3, "⑶"),
            ("decimalEnclosedFullstop", 21, "21"),
            ("chineseLegalSimplified", 12, "壹拾贰"),
            ("russianLower", 10, "к"),
            ("arabicAlpha", 3, "ت"),
            ("arabicAbjad", 3, "ج"),
            ("chicago", 6, "††"),
            ("none", 6, ""),
        ];
        for (format, value, expected) in cases {
            assert_eq!(NumberFormat::of_docx(format).write(value), expected, "{format} {value}");
        }
        assert_eq!(NumberFormat::of_html("a").write(28), "ab");
        assert_eq!(NumberFormat::of_odt("a", false).write(703), "aaa");
        assert_eq!(NumberFormat::of_odt("一, 二, 三, ...", false).write(11), "十一");
    }
}
