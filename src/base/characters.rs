//! Places of a text in characters (Unicode code points), as most languages count them, for those in bytes of UTF-8.

/// Bytes between two places whose number is kept.
const STEP: usize = 1024;

/// How many characters of a text stand before any of its bytes.
#[derive(Debug, Clone)]
pub struct Characters {
    /// How many stand before each multiple of [`STEP`].
    before: Vec<usize>,
}

impl Characters {
    /// Counts the characters of `text`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut count = 0;
        let before = text.as_bytes().chunks(STEP).map(|chunk| {
            let before = count;
            count += begun_in(chunk);
            before
        });
        Self { before: before.collect() }
    }

    /// How many characters of `text`, which is the text that was counted, begin before byte `offset`.
    #[must_use]
    pub fn before(&self, text: &str, offset: usize) -> usize {
        let offset = offset.min(text.len());
        let step = (offset / STEP).min(self.before.len().saturating_sub(1));
        let known = self.before.get(step).copied().unwrap_or_default();
        known + text.as_bytes().get(step * STEP..offset).map_or(0, begun_in)
    }
}

/// How many characters begin in a part of a text.
fn begun_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters() {
        for text in [String::new(), "第一行\n第二行，奥地利\n".to_owned(), "aé核𠀀".repeat(500), "x".repeat(2 * STEP)]
        {
            let characters = Characters::of(&text);
            for (count, (offset, _)) in text.char_indices().enumerate() {
                assert_eq!(characters.before(&text, offset), count);
            }
            assert_eq!(characters.before(&text, text.len()), text.chars().count());
            assert_eq!(characters.before(&text, text.len() + 1), text.chars().count());
        }
    }
}
