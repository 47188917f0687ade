//! The list of resolutions, and where there are too many for a page those of a session or organ.

use super::overview::{OnHome, Overview, citing, list_page, natural_key, titled};
use super::subject::{Head, Input, Local, Page, Subject, Subjects, address, subjects};
use super::{citation, resolution};
use crate::index::Index;
use crate::model::citation::Symbol;
use crate::render::view::{Label, Link, Row};
use std::collections::BTreeMap;

/// Most resolutions on one page: some 200 kB with what reference managers read.
const MAX_RESOLUTIONS: usize = 300;

/// The list of resolutions.
pub(super) const LIST: Overview = Overview {
    name: "resolutions",
    title: |words| &words.nav.resolutions,
    description: |words| &words.list.resolutions,
    on_home: Some(OnHome { text: |words| &words.home.resolutions_text, count: |index| index.resolutions.len() }),
    is_in_navigation: true,
    page: |local, head| {
        let own = local.index().resolutions.keys().filter(|_| groups(local.index()).is_none());
        list_page(Head { listed: listed(local, own), ..head }, rows(local))
    },
};

/// The resolutions of a session or organ.
struct GroupPage<'a> {
    group: &'a str,
    symbols: &'a [Symbol],
}

/// The pages of sessions and organs.
pub(super) fn pages<'a>(input: &Input<'a>) -> Subjects<'a> {
    let groups = groups(input.index).into_iter().flatten();
    subjects(groups.map(|(group, symbols)| GroupPage { group, symbols }))
}

/// The sessions and organs whose resolutions have a page. None where all stand on one.
fn groups(index: &Index) -> Option<&BTreeMap<String, Vec<Symbol>>> {
    (index.resolutions.len() > MAX_RESOLUTIONS).then_some(&index.resolution_groups)
}

impl Subject for GroupPage<'_> {
    fn address(&self) -> String {
        address::resolutions_of(self.group)
    }

    fn page(&self, local: Local<'_>) -> Page {
        let head = Head {
            title: self.group.to_owned(),
            description: local.words().list.resolutions.clone(),
            trail: vec![LIST.link(local)],
            listed: listed(local, self.symbols.iter().take(MAX_RESOLUTIONS)),
            ..Head::default()
        };
        list_page(head, rows_of_resolutions(local, self.symbols.iter().collect()))
    }
}

/// What they are, for reference managers.
fn listed<'a>(local: Local<'_>, symbols: impl Iterator<Item = &'a Symbol>) -> Vec<String> {
    let citations = local.site.citations();
    let citables = symbols.filter_map(|symbol| citations.resolution(symbol));
    citables.map(|citable| citation::listed(local, &citable)).collect()
}

/// The resolutions, or where there are too many for a page the sessions and organs that have pages of theirs.
fn rows(local: Local<'_>) -> Vec<Row> {
    let Some(groups) = groups(local.index()) else {
        return rows_of_resolutions(local, local.index().resolutions.keys().collect());
    };
    let mut groups: Vec<_> = groups.iter().collect();
    groups.sort_by_cached_key(|(group, _)| natural_key(group));
    let count = |symbols: &[Symbol]| local.count(&local.words().counts.resolutions, symbols.len());
    groups
        .into_iter()
        .map(|(group, symbols)| Row::new(&Link::new(address::resolutions_of(group), group), count(symbols)))
        .collect()
}

fn rows_of_resolutions(local: Local<'_>, mut symbols: Vec<&Symbol>) -> Vec<Row> {
    symbols.sort_by_cached_key(|symbol| natural_key(symbol.as_str()));
    symbols.into_iter().map(|symbol| row(local, symbol)).collect()
}

fn row(local: Local<'_>, symbol: &Symbol) -> Row {
    let entry = &local.index().resolutions[symbol];
    let row = Row::new(&local.resolution(symbol), citing(local, &entry.cited_by, &entry.cited_beside));
    match resolution::title(local, entry) {
        Some(title) if title.candidate => Row {
            label: Some(Label::new("candidate", &local.words().site.candidate)),
            ..row.text(title.text, Some(&title.lang))
        },
        Some(title) => titled(local, row, title.text, &title.lang),
        None => Row { label: Some(Label::new("candidate", &local.words().resolution.untitled)), ..row },
    }
}
