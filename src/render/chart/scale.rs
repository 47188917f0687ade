//! Scales: numbers to shades.

use super::super::numbers::Numbers;

/// A colour or mark and what it stands for.
pub(in super::super) struct Step {
    /// Class of the colour; none for a mark in words.
    pub(super) class: Option<String>,
    /// The words.
    pub(super) words: String,
}

impl Step {
    /// A colour.
    pub(in super::super) fn colour(class: impl Into<String>, words: impl Into<String>) -> Self {
        Self { class: Some(class.into()), words: words.into() }
    }

    /// A mark, which stands in its words.
    pub(in super::super) fn mark(words: impl Into<String>) -> Self {
        Self { class: None, words: words.into() }
    }
}

/// Shades for numbers from none to the greatest.
pub(in super::super) struct Shades {
    /// Least number of each shade above the palest.
    least: Vec<usize>,
}

impl Shades {
    /// Shades for numbers up to `most`: one for each doubling beneath it, and one for nothing.
    pub(in super::super) fn up_to(most: usize) -> Self {
        let mut least = vec![1, most / 8 + 1, most / 4 + 1, most / 2 + 1];
        least.dedup();
        Self { least: least.into_iter().filter(|least| *least <= most.max(1)).collect() }
    }

    /// The shade of `number`.
    pub(in super::super) fn of(&self, number: usize) -> usize {
        self.least.iter().filter(|least| number >= **least).count()
    }

    /// What each shade stands for.
    pub(in super::super) fn steps(&self, numbers: &Numbers) -> Vec<Step> {
        let step = |shade| Step::colour(format!("shade-{shade}"), self.words(shade, numbers));
        (0..=self.least.len()).map(step).collect()
    }

    fn words(&self, shade: usize, numbers: &Numbers) -> String {
        let grouped = |number| numbers.grouped(number);
        let least = shade.checked_sub(1).and_then(|below| self.least.get(below)).copied().unwrap_or(0);
        match self.least.get(shade) {
            Some(next) if next - 1 > least => format!("{}–{}", grouped(least), grouped(next - 1)),
            Some(_) => grouped(least),
            None => format!("≥ {}", grouped(least)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english() -> Numbers {
        Numbers::of("en").unwrap()
    }

    #[test]
    fn every_number_has_the_shade_whose_words_hold_it() {
        let shades = Shades::up_to(16);
        let words: Vec<String> = (0..=4).map(|shade| shades.words(shade, &english())).collect();
        assert_eq!(words, ["0", "1–2", "3–4", "5–8", "≥ 9"]);
        assert_eq!([0, 1, 2, 3, 8, 9, 16].map(|number| shades.of(number)), [0, 1, 1, 2, 3, 4, 4]);
    }

    #[test]
    fn few_different_numbers_need_few_shades() {
        assert_eq!(Shades::up_to(1).steps(&english()).len(), 2);
        assert_eq!(Shades::up_to(0).of(0), 0);
    }
}
