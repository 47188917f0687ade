//! The list of resolutions, and where there are too many for a page those of a session or organ.

use super::directory::{self, Cell, Column, Directory, Group};
use super::dissent::in_table;
use super::overview::{OnHome, Overview, citing, list_page, natural_key};
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
    page: |local, head| match groups(local.index()) {
        Some(groups) => list_page(head, rows(local, groups)),
        None => {
            let symbols: Vec<&Symbol> = local.index().resolutions.keys().collect();
            let listed = listed(local, symbols.iter().copied());
            directory(local, symbols).page(Head { listed, ..head })
        }
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
        directory(local, self.symbols.iter().collect()).page(head)
    }
}

/// What they are, for reference managers.
fn listed<'a>(local: Local<'_>, symbols: impl Iterator<Item = &'a Symbol>) -> Vec<String> {
    let citations = local.site.citations();
    let citables = symbols.filter_map(|symbol| citations.resolution(symbol));
    citables.map(|citable| citation::listed(local, &citable)).collect()
}

/// The sessions and organs that have pages of theirs.
fn rows(local: Local<'_>, groups: &BTreeMap<String, Vec<Symbol>>) -> Vec<Row> {
    let mut groups: Vec<_> = groups.iter().collect();
    groups.sort_by_cached_key(|(group, _)| natural_key(group));
    let count = |symbols: &[Symbol]| local.count(&local.words().counts.resolutions, symbols.len());
    groups
        .into_iter()
        .map(|(group, symbols)| Row::new(&Link::new(address::resolutions_of(group), group), count(symbols)))
        .collect()
}

/// The resolutions of each yearly series, then the others of each body.
fn directory(local: Local<'_>, mut symbols: Vec<&Symbol>) -> Directory {
    let words = local.words();
    symbols.sort_by_cached_key(|symbol| natural_key(symbol.as_str()));
    let mut together: Vec<(Option<String>, Vec<&Symbol>)> = Vec::new();
    for series in &local.site.input.config.series {
        let (own, others) = symbols.into_iter().partition(|symbol| series.symbols.contains(&symbol.0));
        together.push((Some(local.text(&series.name).to_owned()), own));
        symbols = others;
    }
    for symbol in symbols {
        let body = body(local, symbol);
        match together.iter_mut().find(|(heading, _)| *heading == body) {
            Some((_, known)) => known.push(symbol),
            None => together.push((body, vec![symbol])),
        }
    }
    let group = |(heading, symbols): (Option<String>, Vec<&Symbol>)| Group {
        heading: Some(heading.unwrap_or_else(|| words.list.others.clone())),
        count: local.count(&words.counts.resolutions, symbols.len()),
        rows: symbols.into_iter().map(|symbol| row(local, symbol)).collect(),
    };
    let columns = [
        Column::long(&words.field.title),
        Column::day(&words.resolution.adopted),
        Column::number(&words.list.votes),
        Column::words(&words.list.cited_by),
    ];
    Directory {
        head: words.search.kinds["resolution"].clone(),
        columns: columns.into(),
        groups: together.into_iter().filter(|(_, symbols)| !symbols.is_empty()).map(group).collect(),
        note: Some(words.list.by_number.clone()),
        map: None,
    }
}

/// The body that adopted it, in words where there are some.
fn body(local: Local<'_>, symbol: &Symbol) -> Option<String> {
    let body = in_table(local, symbol)?.body.as_ref()?;
    Some(local.words().resolution.body_name.get(body).unwrap_or(body).clone())
}

fn row(local: Local<'_>, symbol: &Symbol) -> directory::Row {
    let (words, entry) = (local.words(), &local.index().resolutions[symbol]);
    let title = match resolution::title(local, entry) {
        Some(title) => Cell::title(local, title),
        None => Cell::label(Label::new("candidate", &words.resolution.untitled)),
    };
    let row = in_table(local, symbol);
    let adopted = row.and_then(|row| row.adoption_date.as_ref()).map(|date| local.date(date));
    let totals = row.and_then(|row| row.votes).map(|(yes, no, abstain)| format!("{yes}–{no}–{abstain}"));
    let kind = || row.and_then(|row| words.resolution.vote_kind.get(row.vote_type.as_ref()?)).cloned();
    let unknown = || words.site.unknown.clone();
    directory::Row {
        link: local.resolution(symbol).value(),
        also: String::new(),
        cells: vec![
            title,
            Cell::text(adopted.unwrap_or_else(unknown)),
            Cell::text(totals.or_else(kind).unwrap_or_else(unknown)),
            Cell::text(citing(local, &entry.cited_by, &entry.cited_beside).unwrap_or_default()),
        ],
    }
}
