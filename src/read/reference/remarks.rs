//! What editors say in English, in other languages: `remarks.csv`.

use super::{Layout, Row};
use crate::model::reference::Remarks;

/// The languages of the United Nations besides English.
const LANGUAGES: [&str; 5] = ["zh", "fr", "es", "ru", "ar"];

/// Columns of `remarks.csv`.
pub(super) const LAYOUT: Layout = Layout { required: &["en"], optional: &LANGUAGES };

/// One row of `remarks.csv`: the English words, and the same in other languages.
type Remark = (String, Vec<(&'static str, String)>);

/// One row of `remarks.csv`.
pub(super) fn remark(row: &mut Row<'_, '_>) -> Option<Remark> {
    let english = row.required("en")?;
    row.unique("en", &english);
    let others = LANGUAGES.into_iter().filter_map(|language| Some((language, row.text(language)?))).collect();
    Some((english, others))
}

/// The rows by language.
pub(super) fn by_language(rows: Vec<Remark>) -> Remarks {
    let mut remarks = Remarks::default();
    for (english, others) in rows {
        for (language, words) in others {
            remarks.0.entry(language.to_owned()).or_default().insert(english.clone(), words);
        }
    }
    remarks
}
