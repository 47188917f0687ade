//! The alphabetical order of a language, by the Unicode Collation Algorithm with the rules of that language: that of
//! Chinese is by pinyin.

use super::locale::{locale, refused};
use crate::base::diagnostic::Diagnostic;
use crate::model::state::Iso3;
use icu_collator::Collator;
use icu_collator::options::CollatorOptions;

/// The States of `names` in the alphabetical order of the language `tag`.
///
/// # Errors
/// If the tag is none of BCP 47.
pub(super) fn alphabetical(tag: &str, mut names: Vec<(Iso3, &str)>) -> Result<Vec<Iso3>, Box<Diagnostic>> {
    let collator = Collator::try_new((&locale(tag)?).into(), CollatorOptions::default());
    let collator = collator.map_err(|error| refused(tag, error))?;
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

    #[test]
    fn every_alphabet_has_its_own_order() {
        assert_eq!(ordered("fr", &[("ETH", "Éthiopie"), ("FJI", "Fidji"), ("EST", "Estonie")]), ["EST", "ETH", "FJI"]);
        assert_eq!(ordered("es", &[("OMN", "Omán"), ("NIU", "Niue"), ("XXX", "Ñ"), ("NOR", "Noruega")])[2], "XXX");
        assert_eq!(ordered("ru", &[("YEM", "Йемен"), ("IRN", "Иран"), ("ITA", "Италия")]), ["IRN", "ITA", "YEM"]);
        assert_eq!(ordered("ar", &[("JPN", "اليابان"), ("BHR", "البحرين"), ("OMN", "عمان")]), ["BHR", "JPN", "OMN"]);
    }
}
