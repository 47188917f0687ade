//! Bytes → text.
//!
//! Input: the bytes of a file. Output: its text and the encoding it was found in. Invariant: never lossy: what
//! cannot be decoded is an error with the offset of the first bad byte.
//!
//! UTF-8 is tried first, as text in another encoding is practically never valid UTF-8. GB 18030 accepts nearly
//! any bytes, so it is taken only where the frequency of characters says Chinese.

use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::source::Encoding;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, GB18030, GBK, UTF_16BE, UTF_16LE};

/// Reads `bytes` as text; `shown` is the file's path for people.
///
/// A UTF-8 byte order mark stays in the text as U+FEFF, so that offsets are those of the file.
///
/// # Errors
/// If a byte is NUL, or the bytes are in no encoding that is recognised.
pub fn decode(bytes: &[u8], shown: &str) -> Result<(String, Encoding), Box<Diagnostic>> {
    let (text, encoding) = match bytes {
        [0xff, 0xfe, rest @ ..] => (decode_with(UTF_16LE, rest, 2, shown)?, Encoding::Utf16),
        [0xfe, 0xff, rest @ ..] => (decode_with(UTF_16BE, rest, 2, shown)?, Encoding::Utf16),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), Encoding::Utf8),
            Err(error) => (decode_chinese(bytes, error.valid_up_to(), shown)?, Encoding::Gb18030),
        },
    };
    refuse_nul(text.as_bytes(), shown)?;
    Ok((text, encoding))
}

/// Reads bytes that are not UTF-8 at `offset`.
fn decode_chinese(bytes: &[u8], offset: usize, shown: &str) -> Result<String, Box<Diagnostic>> {
    refuse_nul(bytes, shown)?;
    if is_damaged_utf8(bytes) {
        let message = format!("not valid UTF-8: byte 0x{:02x}", byte_at(bytes, offset));
        return Err(Box::new(not_text(message, shown, offset).hint("the file was cut or damaged; fetch it again")));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess != GBK && guess != GB18030 {
        let message = format!("not text in an encoding that is recognised: byte 0x{:02x}", byte_at(bytes, offset));
        let hint = format!("the file looks like {}; save it as UTF-8", guess.name());
        return Err(Box::new(not_text(message, shown, offset).hint(hint)));
    }
    let text = decode_with(GB18030, bytes, 0, shown)?;
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}

/// Whether most characters of `bytes` are UTF-8, so that the others are damage and not another encoding.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut n_good, mut n_bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        n_good += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        n_bad += usize::from(!chunk.invalid().is_empty());
    }
    n_good > n_bad
}

/// Decodes all of `bytes`, which begin at `start` in the file.
fn decode_with(
    encoding: &'static encoding_rs::Encoding,
    bytes: &[u8],
    start: usize,
    shown: &str,
) -> Result<String, Box<Diagnostic>> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    // No character takes more than three bytes of UTF-8 for each byte of these encodings.
    let mut text = String::with_capacity(bytes.len() * 3 + 16);
    let (result, n_read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    match result {
        DecoderResult::InputEmpty => Ok(text),
        DecoderResult::OutputFull => Err(Box::new(not_text("too large to decode".to_owned(), shown, start))),
        DecoderResult::Malformed(n_bad, n_after) => {
            let offset = n_read.saturating_sub(usize::from(n_bad) + usize::from(n_after));
            let message = format!("not valid {}: byte 0x{:02x}", encoding.name(), byte_at(bytes, offset));
            Err(Box::new(not_text(message, shown, start + offset).hint("save the file as UTF-8")))
        }
    }
}

fn refuse_nul(bytes: &[u8], shown: &str) -> Result<(), Box<Diagnostic>> {
    match bytes.iter().position(|byte| *byte == 0) {
        Some(offset) => {
            let hint = "if this is UTF-16 without a byte order mark, save it as UTF-8";
            Err(Box::new(not_text("not text: byte 0x00".to_owned(), shown, offset).hint(hint)))
        }
        None => Ok(()),
    }
}

fn byte_at(bytes: &[u8], offset: usize) -> u8 {
    bytes.get(offset).copied().unwrap_or_default()
}

fn not_text(message: String, shown: &str, offset: usize) -> Diagnostic {
    Diagnostic::error(code::NOT_TEXT, message).at(Place::InFile { path: shown.to_owned(), offset: Some(offset) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "第六十三届会议\n全面禁止核试验条约：秘书长的报告。各国为批准《条约》作出的努力，见 A/63/50。\n";

    fn fault(bytes: &[u8]) -> (&'static str, Option<usize>) {
        let fault = decode(bytes, "x.txt").unwrap_err();
        let Some(Place::InFile { offset, .. }) = fault.place else { panic!("no place") };
        (fault.code, offset)
    }

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        format!("\u{feff}{text}").encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let chinese = GB18030.encode(TEXT).0.into_owned();
        let cases = [
            (TEXT.as_bytes().to_vec(), Encoding::Utf8),
            (utf16(TEXT, u16::to_le_bytes), Encoding::Utf16),
            (utf16(TEXT, u16::to_be_bytes), Encoding::Utf16),
            (chinese, Encoding::Gb18030),
        ];
        for (bytes, encoding) in cases {
            assert_eq!(decode(&bytes, "x.txt").unwrap(), (TEXT.to_owned(), encoding));
        }
    }

    #[test]
    fn utf8_byte_order_mark_stays() {
        let text = format!("\u{feff}{TEXT}");
        assert_eq!(decode(text.as_bytes(), "x.txt").unwrap().0, text);
    }

    #[test]
    fn characters_beyond_gbk_are_read() {
        let text = format!("{TEXT}𠮷㐀ẁ");
        assert_eq!(decode(&GB18030.encode(&text).0, "x.txt").unwrap().0, text);
    }

    #[test]
    fn a_few_words_are_enough_to_tell_chinese() {
        for text in ["秘书长的报告", "国家 日期/期间 活动和内容 备注", "A/63/50。中国", "澳大利亚\t2008年6月"]
        {
            assert_eq!(decode(&GB18030.encode(text).0, "x.txt").unwrap().0, text);
        }
    }

    #[test]
    fn nul_and_binary_are_refused_with_the_offset() {
        assert_eq!(fault(b"ab\0c"), (code::NOT_TEXT, Some(2)));
        assert_eq!(fault(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), (code::NOT_TEXT, Some(8)));
        assert_eq!(fault(&[0xff, 0xfe, 0x61, 0x00, 0x00, 0xd8, 0x61, 0x00]), (code::NOT_TEXT, Some(4)));
    }

    #[test]
    fn damaged_utf8_is_not_taken_for_another_encoding() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.remove(1);
        assert_eq!(fault(&bytes), (code::NOT_TEXT, Some(0)));
        bytes = TEXT.as_bytes().to_vec();
        bytes.truncate(bytes.len() - 2);
        assert_eq!(fault(&bytes), (code::NOT_TEXT, Some(bytes.len() - 2)));
    }

    #[test]
    fn other_encodings_are_refused_with_the_offset() {
        let french = "La délégation a présenté un rapport très détaillé sur la ratification du Traité.";
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(french);
        assert_eq!(fault(&latin), (code::NOT_TEXT, Some(4)));
        let russian = "Доклад Генерального секретаря о Договоре о всеобъемлющем запрещении ядерных испытаний.";
        for encoding in [encoding_rs::WINDOWS_1251, encoding_rs::KOI8_R] {
            assert_eq!(fault(&encoding.encode(russian).0), (code::NOT_TEXT, Some(0)));
        }
        let traditional = "聯合國大會第六十三屆會議全面禁止核試驗條約秘書長的報告各國為批准條約作出的努力";
        assert_eq!(fault(&encoding_rs::BIG5.encode(traditional).0), (code::NOT_TEXT, Some(0)));
        let japanese = "包括的核実験禁止条約に関する事務総長の報告。各国は条約の早期発効のために努力している。";
        assert_eq!(fault(&encoding_rs::EUC_JP.encode(japanese).0), (code::NOT_TEXT, Some(0)));
    }
}
