//! Bodies as authors.

use super::citable::Author;
use crate::base::settings;
use crate::config::Localized;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BodyFile {
    body: Vec<BodyRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BodyRow {
    issuer: String,
    prefix: Option<String>,
    name: Localized,
    un: Option<String>,
    oscola: Option<String>,
    bluebook: Option<String>,
}

/// The table.
static BODIES: LazyLock<Vec<BodyRow>> =
    LazyLock::new(|| settings::built_in::<BodyFile>(include_str!("bodies.toml")).body);

/// The name under which the table has the United Nations as a whole.
const UNITED_NATIONS: &str = "United Nations";

/// The body that a report's settings name; the words themselves where the table does not have it, and the United
/// Nations where they name none.
pub(super) fn issuer(name: Option<&str>) -> Author {
    let name = name.unwrap_or(UNITED_NATIONS);
    let row = BODIES.iter().find(|row| row.issuer == name);
    row.map_or_else(|| named(name), BodyRow::author)
}

/// The body that adopts resolutions with such a symbol; `named_as` where the table does not have it.
pub(super) fn adopter(symbol: &str, named_as: Option<&str>) -> Author {
    let row = BODIES.iter().find(|row| number(row, symbol).is_some());
    row.map_or_else(|| named_as.map_or_else(|| issuer(None), named), BodyRow::author)
}

/// The number that the body itself gives the resolution: `62/59` of `A/RES/62/59`; none for another body's symbol.
pub(super) fn resolution_number(symbol: &str) -> Option<&str> {
    BODIES.iter().find_map(|row| number(row, symbol))
}

fn number<'a>(row: &BodyRow, symbol: &'a str) -> Option<&'a str> {
    symbol.strip_prefix(row.prefix.as_deref()?)
}

fn named(name: &str) -> Author {
    Author { name: Localized::from([("en".to_owned(), name.to_owned())]), ..Author::default() }
}

impl BodyRow {
    fn author(&self) -> Author {
        Author {
            name: self.name.clone(),
            un: self.un.clone(),
            oscola: self.oscola.clone(),
            bluebook: self.bluebook.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound() {
        assert!(toml::from_str::<BodyFile>(include_str!("bodies.toml")).is_ok());
    }

    #[test]
    fn numbers_are_those_of_the_body() {
        assert_eq!(resolution_number("A/RES/62/59"), Some("62/59"));
        assert_eq!(resolution_number("UNEP/EA.3/Res.8"), None);
        assert_eq!(adopter("S/RES/1718(2006)", None).oscola.as_deref(), Some("UNSC"));
        assert_eq!(adopter("GC(52)/RES/1", None).name, issuer(None).name);
    }
}
