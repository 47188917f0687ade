//! Which of the States whose ratification the treaty needs were urged to sign or ratify, and by whom: a square for each
//! record that says so, under the name of the State.

use super::super::super::address;
use super::super::super::chart::{Area, Canvas, Caption, Cell, Key, PART_WIDTH, Part, Parts, Step, Table, figure};
use super::super::super::html::SafeHtml;
use super::super::super::messages::fill;
use super::super::super::site::Local;
use super::super::super::standing::{self, is_ratified};
use super::super::annex;
use super::map::{SIGNS, standing as standing_of};
use super::{clipped, from_reports, length, most, noted, parts, root_of};
use crate::index::RecordRef;
use crate::model::reference::TreatyStatus;
use crate::model::state::Iso3;
use std::collections::BTreeMap;

/// Height of a State's name.
const NAME: i32 = 24;

/// Letters of a name that fit into a part.
const NAME_LETTERS: usize = 44;

/// Distance from one square to the next.
const PITCH: i32 = 32;

/// Height of a line of squares.
const LINE: i32 = 28;

/// Squares in a line.
const IN_LINE: usize = 10;

/// Most squares of a State, the newest, and most States in its row of the table: with 44 States some 250 kB.
const MAX_SQUARES: usize = 20;

/// States in a part.
const PART_ROWS: usize = 6;

/// A State and the records of others that urge it.
struct Row<'a> {
    state: Iso3,
    status: &'a TreatyStatus,
    urgings: Vec<(Iso3, RecordRef)>,
}

impl Row<'_> {
    fn shown(&self) -> &[(Iso3, RecordRef)] {
        &self.urgings[self.urgings.len().saturating_sub(MAX_SQUARES)..]
    }

    fn height(&self) -> i32 {
        NAME + LINE * length(self.shown().len().div_ceil(IN_LINE))
    }
}

/// The picture on the page at `path`; none where there is no such list or nobody is urged.
pub(in super::super) fn picture(local: Local<'_>, path: &str) -> Option<SafeHtml> {
    let annex = annex::name(local)?;
    let rows = rows(local);
    let shown: usize = rows.iter().map(|row| row.urgings.len()).sum();
    let words = &local.words().picture;
    let (n, states) = most(local, rows.iter().map(|row| (row.urgings.len(), local.state_name(row.state))))?;
    let silent = local.index().annex.len() - rows.len();
    let sign = |standing: usize, words: &str| Step::mark(format!("{} {words}", SIGNS[standing]));
    let caption = Caption {
        id: "urged".to_owned(),
        title: words.urged.clone(),
        finding: fill(&words.urged_finding, &[("states", &states), ("n", &local.grouped(n))]),
        text: fill(&words.urged_text, &[("annex", &annex)]),
        notes: noted([Some(local.count(&words.urgings_shown, shown)), local.count_any(&words.urged_silent, silent)]),
        keys: vec![Key {
            title: String::new(),
            steps: vec![
                sign(0, &words.ratified),
                sign(1, &words.signed),
                sign(2, &standing::as_of(local, &words.not_signed)),
            ],
        }],
        is_linked: true,
        source: from_reports(local),
    };
    let part = |rows| {
        let height = Iterator::map(<[Row<'_>]>::iter(rows), Row::height).sum();
        Part { size: (PART_WIDTH, height), of: rows }
    };
    let drawn: Vec<Part<&[Row<'_>]>> = parts(&rows, PART_ROWS).into_iter().map(part).collect();
    let table = table(local, &rows);
    Some(figure(&caption, (&drawn, Parts::Apart), &root_of(path), &table, words, |canvas, rows| {
        let mut y = 0;
        for row in *rows {
            draw(local, canvas, row, y);
            y += row.height();
        }
    }))
}

/// The States of the list that have not ratified or are urged, those that are urged most first.
fn rows(local: Local<'_>) -> Vec<Row<'_>> {
    let states = local.in_order(local.index().annex.iter().copied()).into_iter();
    let known = states.filter_map(|state| {
        let entry = local.index().state(state)?;
        let status = local.corpus().reference.treaty_status.get(entry.status?)?;
        let urgings = local.index().urgings.get(&state).into_iter().flatten();
        let urgings = urgings.filter_map(|at| Some((local.at(*at).1.state?, *at))).collect();
        Some(Row { state, status, urgings })
    });
    let mut rows: Vec<Row<'_>> = known.filter(|row| !row.urgings.is_empty() || !is_ratified(row.status)).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.urgings.len()));
    rows
}

fn draw(local: Local<'_>, canvas: &mut Canvas, row: &Row<'_>, y: i32) {
    let name = local.state_name(row.state);
    let address = address::state(row.state);
    canvas.part("", Some(&address), &name, |canvas| {
        let words = format!("{} {}", SIGNS[standing_of(row.status)], clipped(&name, NAME_LETTERS));
        canvas.text("", 0, y + 17, &words);
    });
    canvas.text("end", PART_WIDTH - 2, y + 17, &local.grouped(row.urgings.len()));
    for (number, (speaker, at)) in row.shown().iter().enumerate() {
        let (column, line) = (length(number % IN_LINE), length(number / IN_LINE));
        let (x, y) = (PITCH * column, y + NAME + LINE * line);
        let link = local.record_link(*at);
        canvas.part("", Some(&link.path), &link.label, |canvas| {
            canvas.rect("shade-1", Area { x, y, width: PITCH - 2, height: LINE - 3 });
            canvas.text("middle on-1", x + PITCH / 2 - 1, y + 17, speaker.as_str());
        });
    }
}

fn table(local: Local<'_>, rows: &[Row<'_>]) -> Table {
    let words = local.words();
    let row = |row: &Row<'_>| {
        let mut numbers: BTreeMap<Iso3, usize> = BTreeMap::new();
        for (speaker, _) in &row.urgings {
            *numbers.entry(*speaker).or_default() += 1;
        }
        let speakers = local.in_order(numbers.keys().copied()).into_iter();
        let speakers: Vec<String> = speakers
            .map(|speaker| format!("{} {}", local.state_name(speaker), local.grouped(numbers[&speaker])))
            .collect();
        let (named, others) = speakers.split_at(speakers.len().min(MAX_SQUARES));
        let mut named = named.join(&words.dates.join);
        if !others.is_empty() {
            let numbers = [local.grouped(others.len()), local.grouped(speakers.len())];
            let [n, all] = numbers.each_ref().map(String::as_str);
            named = fill(&words.gist.more, &[("names", &named), ("n", n), ("all", all)]);
        }
        vec![
            Cell::link(address::state(row.state), local.state_name(row.state)),
            Cell::text(standing::ratified(local, row.status)),
            Cell::text(local.grouped(row.urgings.len())),
            Cell::text(named),
        ]
    };
    let heads = [&words.field.state, &words.state.ratified, &words.picture.total, &words.picture.urged_by];
    Table { heads: heads.map(String::clone).to_vec(), rows: rows.iter().map(row).collect() }
}
