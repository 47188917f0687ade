//! States, their names and their squares on the map: `states.csv`, `states-aliases.csv`, `tile-grid.csv`.

use super::{Layout, Row};
use crate::model::reference::{Alias, State, Tile};
use crate::model::state::Iso3;
use std::collections::{BTreeMap, BTreeSet};

/// Columns of `states.csv`.
pub(super) const LAYOUT: Layout = Layout {
    required: &["iso3", "un_status", "en_short"],
    optional: &[
        "iso2",
        "m49",
        "en_official",
        "zh_short",
        "zh_official",
        "zh_m49",
        "en_m49",
        "fr_short",
        "es_short",
        "ru_short",
        "ar_short",
        "m49_region",
        "m49_subregion",
        "m49_intermediate",
        "m49_region_zh",
        "m49_subregion_zh",
        "names_source",
        "zh_aliases",
        "en_aliases",
    ],
};

/// Columns of `states-aliases.csv`.
pub(super) const ALIAS_LAYOUT: Layout =
    Layout { required: &["iso3", "lang", "alias", "kind"], optional: &["source", "evidence"] };

/// Columns of `tile-grid.csv`.
pub(super) const TILE_LAYOUT: Layout = Layout { required: &["iso3", "row", "col"], optional: &[] };

/// Languages of the United Nations in the order of the table, in which names are kept.
const LANGUAGES: [&str; 6] = ["en", "zh", "fr", "es", "ru", "ar"];

/// One row of `states.csv`.
pub(super) fn state(row: &mut Row<'_, '_>) -> Option<State> {
    let iso3 = row.iso3("iso3")?;
    row.unique("iso3", iso3.as_str());
    row.required("en_short");
    let mut state = State {
        iso3,
        un_status: row.required("un_status")?,
        short_names: names(row, "short"),
        official_names: names(row, "official"),
        aliases: Vec::new(),
        region: pair(row, "m49_region"),
        subregion: pair(row, "m49_subregion"),
        names_source: row.text("names_source"),
    };
    for language in ["zh", "en"] {
        for alias in own_aliases(row, language, &state.names_source) {
            add_alias(&mut state, alias);
        }
    }
    Some(state)
}

fn names(row: &Row<'_, '_>, kind: &str) -> Vec<(String, String)> {
    let name = |language: &&str| Some(((*language).to_owned(), row.text(&format!("{language}_{kind}"))?));
    LANGUAGES.iter().filter_map(name).collect()
}

/// The English and Chinese name in `column` and `column_zh`; the English one stands in where the Chinese is blank.
fn pair(row: &Row<'_, '_>, column: &str) -> Option<(String, String)> {
    let english = row.text(column)?;
    let chinese = row.text(&format!("{column}_zh")).unwrap_or_else(|| english.clone());
    Some((english, chinese))
}

/// The M49 name and the aliases parted by `|` that stand in the row itself.
fn own_aliases(row: &Row<'_, '_>, language: &str, source: &Option<String>) -> Vec<Alias> {
    let alias = |name: &str, kind: &str| Alias {
        language: language.to_owned(),
        name: name.trim().to_owned(),
        kind: kind.to_owned(),
        source: source.clone(),
    };
    let m49 = row.text(&format!("{language}_m49")).map(|name| alias(&name, "M49 name"));
    let others = row.text(&format!("{language}_aliases")).unwrap_or_default();
    let others = others.split('|').filter(|name| !name.trim().is_empty());
    m49.into_iter().chain(others.map(|name| alias(name, "other name"))).collect()
}

/// One row of `states-aliases.csv`.
pub(super) fn alias(row: &mut Row<'_, '_>, states: &BTreeSet<Iso3>) -> Option<(Iso3, Alias)> {
    let iso3 = row.state("iso3", states)?;
    let language = row.required("lang")?;
    let name = row.required("alias")?;
    row.unique("alias", &format!("{iso3} {language} {name}"));
    Some((iso3, Alias { language, name, kind: row.required("kind")?, source: source(row) }))
}

/// The source with what supports it: `derived`, `unverified`, unless it was simply seen there.
fn source(row: &Row<'_, '_>) -> Option<String> {
    let source = row.text("source")?;
    match row.text("evidence") {
        Some(evidence) if evidence != "seen" && evidence != source => Some(format!("{source} ({evidence})")),
        _ => Some(source),
    }
}

/// Gives each State its aliases. A row of the table of aliases says more of a name than the States table does.
pub(super) fn add_aliases(states: &mut [State], aliases: Vec<(Iso3, Alias)>) {
    let mut by_state: BTreeMap<Iso3, Vec<Alias>> = BTreeMap::new();
    for (iso3, alias) in aliases {
        by_state.entry(iso3).or_default().push(alias);
    }
    for state in states {
        for alias in by_state.remove(&state.iso3).unwrap_or_default() {
            state.aliases.retain(|other| (&other.language, &other.name) != (&alias.language, &alias.name));
            add_alias(state, alias);
        }
    }
}

/// Adds a name that the State does not have yet.
fn add_alias(state: &mut State, alias: Alias) {
    let is_name = |(language, name): &(String, String)| (language, name) == (&alias.language, &alias.name);
    let is_known = state.short_names.iter().chain(&state.official_names).any(is_name)
        || state.aliases.iter().any(|other| (&other.language, &other.name) == (&alias.language, &alias.name));
    if !is_known {
        state.aliases.push(alias);
    }
}

/// One row of `tile-grid.csv`. No two States have one square.
pub(super) fn tile(row: &mut Row<'_, '_>, states: &BTreeSet<Iso3>) -> Option<Tile> {
    let iso3 = row.state("iso3", states)?;
    row.unique("iso3", iso3.as_str());
    row.required("row")?;
    row.required("col")?;
    let (number, column) = (row.number::<u16>("row")?, row.number::<u16>("col")?);
    row.unique("row", &format!("row {number}, column {column}"));
    Some(Tile { iso3, row: number, column })
}
