//! The alphabetical order of a language, by the Unicode Collation Algorithm with the rules of that language: that of
//! Chinese is by pinyin.

use crate::base::code;
use crate::base::diagnostic::Diagnostic;
use crate::model::state::Iso3;
use icu_collator::Collator;
use icu_collator::options::CollatorOptions;
use icu_locale_core::Locale;

/// The States of `names` in the alphabetical order of the language `tag`.
///
/// # Errors
/// If the tag is none of BCP 47.
pub(super) fn alphabetical(tag: &str, mut names: Vec<(Iso3, &str)>) -> Result<Vec<Iso3>, Box<Diagnostic>> {
    let refused = |why: String| {
        Box::new(Diagnostic::error(code::BAD_MESSAGES, format!("`{tag}` has no alphabetical order: {why}")))
    };
    let locale: Locale = tag.parse().map_err(|error| refused(format!("{error}")))?;
    let collator =
        Collator::try_new((&locale).into(), CollatorOptions::default()).map_err(|error| refused(format!("{error}")))?;
    names.sort_by(|(_, left), (_, right)| collator.compare(left, right));
    Ok(names.into_iter().map(|(state, _)| state).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(tag: &str, names: &[(&str, &'static str)]) -> Vec<String> {
        let names = names.iter().map(|(code, name)| (Iso3::new(code).unwrap(), *name)).collect();
        alphabetical(tag, names).unwrap().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn english_passes_over_marks_on_letters() {
        let names = [("CUB", "Cuba"), ("CIV", "Côte d'Ivoire"), ("HRV", "Croatia"), ("CRI", "Costa Rica")];
        assert_eq!(ordered("en", &names), ["CRI", "CIV", "HRV", "CUB"]);
    }

    #[test]
    fn chinese_is_by_pinyin() {
        let names = [("CHN", "中国"), ("AUS", "澳大利亚"), ("JPN", "日本"), ("ALB", "阿尔巴尼亚"), ("FRA", "法国")];
        assert_eq!(ordered("zh", &names), ["ALB", "AUS", "FRA", "JPN", "CHN"]);
    }
}
