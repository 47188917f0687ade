//! Who mentions which of the States whose ratification the treaty needs.

use super::super::super::address;
use super::super::super::chart::{Area, Canvas, Caption, Cell, Shades, Table, figure_in_parts};
use super::super::super::html::SafeHtml;
use super::super::super::messages::fill;
use super::super::super::site::Local;
use super::super::annex;
use super::{clipped, length, noted, number_cell, parts, record_key, root_of};
use crate::model::state::Iso3;
use std::collections::{BTreeMap, BTreeSet};

/// Room for the names of the States mentioned.
const NAMES: i32 = 210;

/// Letters of a name that fit there.
const NAME_LETTERS: usize = 30;

/// Room for the codes of the States that mention them.
const HEAD: i32 = 24;

/// Width of a column with its gap: just room for a code, as there may be many.
const COLUMN: i32 = 29;

/// Height of a row with its gap.
const ROW: i32 = 24;

/// Most rows in a part of the picture, so that it fits on paper across, below a heading.
const PART_ROWS: usize = 28;

/// A State and how many records of which States mention it.
type Row = (Iso3, BTreeMap<Iso3, usize>);

/// The numbers behind the picture: for each State mentioned, how many records of which States do so.
struct Matrix {
    speakers: Vec<Iso3>,
    rows: Vec<Row>,
    /// Records of no State that mention one; a record counts once for each State it mentions.
    left_out: usize,
}

/// The picture on the page at `path`; none where there is no such list or nobody is mentioned.
pub(in super::super) fn picture(local: Local<'_>, path: &str) -> Option<SafeHtml> {
    let annex = annex::name(local)?;
    let matrix = matrix(local);
    let most = matrix.rows.iter().flat_map(|(_, numbers)| numbers.values()).max().copied()?;
    let shades = Shades::up_to(most);
    let words = &local.words().picture;
    let shown = matrix.rows.iter().flat_map(|(_, numbers)| numbers.values()).sum();
    let silent = local.index().annex.len() - matrix.rows.len();
    let caption = Caption {
        id: "addressed".to_owned(),
        title: words.addressed.clone(),
        text: fill(&words.addressed_text, &[("annex", &annex)]),
        notes: noted([
            Some(local.count(&words.mentions_shown, shown)),
            local.count_any(&words.mentions_left_out, matrix.left_out),
            local.count_any(&words.not_mentioned, silent),
        ]),
        keys: vec![record_key(local, &shades)],
        is_linked: true,
    };
    let parts = parts(&matrix.rows, PART_ROWS);
    let parts: Vec<_> = parts.into_iter().map(|rows| (HEAD + ROW * length(rows.len()), rows)).collect();
    let size = (NAMES + COLUMN * length(matrix.speakers.len()) + 4, parts.as_slice());
    let table = table(local, &matrix);
    Some(figure_in_parts(&caption, size, &root_of(path), &table, words, |canvas, rows| {
        draw(local, canvas, &matrix, (rows, &shades));
    }))
}

fn matrix(local: Local<'_>) -> Matrix {
    let (mut rows, mut speakers, mut left_out) = (Vec::new(), BTreeSet::new(), 0);
    for state in local.in_order(local.index().annex.iter().copied()) {
        let records = &local.index().states[&state].mentioned_by;
        let mut numbers = BTreeMap::new();
        for (_, record) in records.iter().filter_map(|at| at.get(local.corpus())) {
            match record.state {
                Some(speaker) => *numbers.entry(speaker).or_default() += 1,
                None => left_out += 1,
            }
        }
        speakers.extend(numbers.keys().copied());
        if !numbers.is_empty() {
            rows.push((state, numbers));
        }
    }
    Matrix { speakers: local.in_order(speakers), rows, left_out }
}

fn target(state: Iso3) -> String {
    format!("{}#{}", address::state(state), address::MENTIONED)
}

fn draw(local: Local<'_>, canvas: &mut Canvas, matrix: &Matrix, (rows, shades): (&[Row], &Shades)) {
    for (column, speaker) in matrix.speakers.iter().enumerate() {
        let x = NAMES + COLUMN * length(column) + COLUMN / 2;
        canvas.part("", Some(&address::state(*speaker)), &local.state_name(*speaker), |canvas| {
            canvas.text("middle", x, 16, speaker.as_str());
        });
    }
    for (number, (state, numbers)) in rows.iter().enumerate() {
        let y = HEAD + ROW * length(number);
        let name = local.state_name(*state);
        canvas.part("", Some(&target(*state)), &name, |canvas| {
            canvas.text("end", NAMES - 8, y + 16, &clipped(&name, NAME_LETTERS));
        });
        for (column, speaker) in matrix.speakers.iter().enumerate() {
            let area = Area { x: NAMES + COLUMN * length(column), y, width: COLUMN - 2, height: ROW - 2 };
            let number = numbers.get(speaker).copied().unwrap_or(0);
            let words = fill(
                &local.words().picture.addressed_cell,
                &[("speaker", &local.state_name(*speaker)), ("state", &name), ("n", &local.grouped(number))],
            );
            match number {
                0 => number_cell(local, canvas, shades, (0, area)),
                _ => canvas.part("", Some(&target(*state)), &words, |canvas| {
                    number_cell(local, canvas, shades, (number, area))
                }),
            }
        }
    }
}

fn table(local: Local<'_>, matrix: &Matrix) -> Table {
    let words = local.words();
    let row = |(state, numbers): &(Iso3, BTreeMap<Iso3, usize>)| {
        let speakers = matrix.speakers.iter().filter_map(|speaker| Some((speaker, numbers.get(speaker)?)));
        let speakers: Vec<String> = speakers
            .map(|(speaker, number)| format!("{} {}", local.state_name(*speaker), local.grouped(*number)))
            .collect();
        vec![
            Cell::link(target(*state), local.state_name(*state)),
            Cell::text(local.grouped(numbers.values().sum())),
            Cell::text(speakers.join(&words.dates.join)),
        ]
    };
    let heads = [&words.picture.addressed_state, &words.picture.total, &words.picture.addressed_by];
    Table { heads: heads.map(String::clone).to_vec(), rows: matrix.rows.iter().map(row).collect() }
}
