//! The world as equal squares: one a State, so that no border is drawn and no small State is lost.

use super::super::super::address;
use super::super::super::chart::{Area, Canvas, Caption, Cell, Key, Part, Parts, Shades, Step, Table, figure};
use super::super::super::html::SafeHtml;
use super::super::super::messages::fill;
use super::super::super::site::Local;
use super::super::super::standing::{as_of, is_ratified};
use super::{from_reports, from_treaty_table, length, parts, root_of};
use crate::model::reference::{Tile, TreatyStatus};
use crate::model::state::Iso3;
use std::ops::Range;

/// Distance from one square to the next.
const PITCH: i32 = 32;

/// Side of a square: just room for a code.
const SIDE: i32 = 30;

/// Columns of squares in a part: the squares of as many are large enough for a finger on a telephone.
const PART_COLUMNS: usize = 11;

/// Signs for ratified, signed, neither: the square says in letters what its colour says.
pub(super) const SIGNS: [&str; 3] = ["●", "◐", "○"];

/// What is measured of a State.
struct Measured {
    state: Iso3,
    name: String,
    records: usize,
    mentions: usize,
    /// Its standing as an index into [`SIGNS`]; none without a table.
    treaty: Option<usize>,
}

/// Shades of the two numbers.
struct Scales {
    records: Shades,
    mentions: Shades,
    has_treaty: bool,
}

/// The map on the page at `path`; none where there is no table of squares.
pub(in super::super) fn picture(local: Local<'_>, path: &str) -> Option<SafeHtml> {
    let tiles = &local.corpus().reference.tiles;
    let corner = corner(tiles)?;
    let columns = tiles.iter().map(|tile| i32::from(tile.column) + 1 - corner.1).max()?;
    let scales = scales(local);
    let words = &local.words().picture;
    let caption = Caption {
        id: "map".to_owned(),
        title: words.map.clone(),
        finding: finding(local, tiles),
        text: words.map_text.clone(),
        notes: Vec::new(),
        keys: keys(local, &scales),
        is_linked: true,
        source: if scales.has_treaty { from_treaty_table(local) } else { from_reports(local) },
    };
    let states = local.in_order(tiles.iter().map(|tile| tile.iso3));
    let table = table(local, &states, scales.has_treaty);
    let all: Vec<i32> = (0..columns).collect();
    let part = |columns: &[i32]| {
        let (first, width) = (columns.first().copied().unwrap_or(0), length(columns.len()));
        let columns = first..first + width;
        let here = tiles.iter().filter(|tile| columns.contains(&(i32::from(tile.column) - corner.1)));
        // Side by side the parts share their top; what is empty below would only be in the way one below another.
        let rows = here.map(|tile| i32::from(tile.row) + 1 - corner.0).max().unwrap_or(0);
        Part { size: (width * PITCH, rows * PITCH), of: columns }
    };
    let drawn: Vec<Part<Range<i32>>> = parts(&all, PART_COLUMNS).into_iter().map(part).collect();
    Some(figure(&caption, (&drawn, Parts::Joined), &root_of(path), &table, words, |canvas, columns| {
        for tile in tiles {
            let place = (i32::from(tile.row) - corner.0, i32::from(tile.column) - corner.1);
            if columns.contains(&place.1) {
                square(local, canvas, tile.iso3, (place.0, place.1 - columns.start), &scales);
            }
        }
    }))
}

/// How many States have ratified, have signed only, have done neither; without a table of that, how many have records.
fn finding(local: Local<'_>, tiles: &[Tile]) -> String {
    let words = &local.words().picture;
    let states: Vec<Measured> = tiles.iter().map(|tile| measured(local, tile.iso3)).collect();
    let number = |standing: usize| local.grouped(states.iter().filter(|state| state.treaty == Some(standing)).count());
    match local.corpus().reference.treaty_status.is_empty() {
        false => fill(&words.map_finding, &[("ratified", &number(0)), ("signed", &number(1)), ("neither", &number(2))]),
        true => {
            let acting = states.iter().filter(|state| state.records > 0).count();
            local.count(&local.words().counts.states, acting)
        }
    }
}

/// The first row and the first column with a square.
fn corner(tiles: &[Tile]) -> Option<(i32, i32)> {
    let row = tiles.iter().map(|tile| tile.row).min()?;
    let column = tiles.iter().map(|tile| tile.column).min()?;
    Some((i32::from(row), i32::from(column)))
}

fn scales(local: Local<'_>) -> Scales {
    let states = || local.index().states.values();
    Scales {
        records: Shades::up_to(states().map(|state| state.records.len()).max().unwrap_or(0)),
        mentions: Shades::up_to(states().map(|state| state.mentioned_by.len()).max().unwrap_or(0)),
        has_treaty: !local.corpus().reference.treaty_status.is_empty(),
    }
}

fn keys(local: Local<'_>, scales: &Scales) -> Vec<Key> {
    let words = &local.words().picture;
    let counts = [
        Key { title: words.map_records.clone(), steps: scales.records.steps(&local.language.numbers) },
        Key { title: words.map_mentions.clone(), steps: scales.mentions.steps(&local.language.numbers) },
    ];
    let treaty = scales.has_treaty.then(|| {
        let step = |standing: usize| {
            let words = format!("{} {}", SIGNS[standing], standing_words(local, standing));
            Step::colour(format!("shade-{}", treaty_shade(standing)), words)
        };
        Key { title: words.map_treaty.clone(), steps: (0..SIGNS.len()).map(step).collect() }
    });
    treaty.into_iter().chain(counts).collect()
}

fn treaty_shade(standing: usize) -> usize {
    [4, 2, 0][standing]
}

fn standing_words(local: Local<'_>, standing: usize) -> String {
    let words = &local.words().picture;
    match standing {
        0 => words.ratified.clone(),
        1 => words.signed.clone(),
        _ => as_of(local, &words.not_signed),
    }
}

fn measured(local: Local<'_>, state: Iso3) -> Measured {
    let entry = local.index().state(state);
    let table = &local.corpus().reference.treaty_status;
    let status = entry.and_then(|entry| table.get(entry.status?));
    Measured {
        state,
        name: local.state_name(state),
        records: entry.map_or(0, |entry| entry.records.len()),
        mentions: entry.map_or(0, |entry| entry.mentioned_by.len()),
        treaty: (!table.is_empty()).then(|| status.map_or(2, standing)),
    }
}

pub(super) fn standing(status: &TreatyStatus) -> usize {
    match (is_ratified(status), &status.signature_date) {
        (true, _) => 0,
        (false, Some(_)) => 1,
        (false, None) => 2,
    }
}

fn words_of(local: Local<'_>, state: &Measured) -> String {
    let counts = &local.words().counts;
    let mut parts = vec![local.record_count(state.records), local.count(&counts.mentions, state.mentions)];
    parts.extend(state.treaty.map(|standing| standing_words(local, standing)));
    format!("{}{}{}", state.name, local.words().site.colon, parts.join(&local.words().dates.join))
}

/// A square: the style sheet gives it the colour and the figure of the measure that is chosen.
fn square(local: Local<'_>, canvas: &mut Canvas, iso3: Iso3, (row, column): (i32, i32), scales: &Scales) {
    let state = measured(local, iso3);
    let (x, y) = (column * PITCH, row * PITCH);
    // As the keys stand: the treaty first, where there is one.
    let figure = |number: usize| if number > 0 { local.grouped(number) } else { "–".to_owned() };
    let treaty = state
        .treaty
        .map(|standing| (treaty_shade(standing), SIGNS.get(standing).copied().unwrap_or_default().to_owned()));
    let counts = [
        (scales.records.of(state.records), figure(state.records)),
        (scales.mentions.of(state.mentions), figure(state.mentions)),
    ];
    let measures: Vec<(usize, String)> = treaty.into_iter().chain(counts).collect();
    let shades = measures.iter().enumerate().map(|(number, (shade, _))| format!(" in{number}-{shade}"));
    let class = format!("tile{}", shades.collect::<String>());
    canvas.part(&class, Some(&address::state(state.state)), &words_of(local, &state), |canvas| {
        canvas.rect("", Area { x: x + 1, y: y + 1, width: SIDE, height: SIDE });
        canvas.text("middle", x + PITCH / 2, y + 14, state.state.as_str());
        for (number, (_, sign)) in measures.iter().enumerate() {
            canvas.text(&format!("middle of-{number}"), x + PITCH / 2, y + 28, sign);
        }
    });
}

fn table(local: Local<'_>, states: &[Iso3], has_treaty: bool) -> Table {
    let words = &local.words().picture;
    let mut heads = vec![local.words().field.state.clone(), words.map_records.clone(), words.map_mentions.clone()];
    heads.extend(has_treaty.then(|| words.map_treaty.clone()));
    let row = |state: &Iso3| {
        let state = measured(local, *state);
        let name = Cell::link(address::state(state.state), &state.name);
        let mut cells = vec![name, Cell::text(local.grouped(state.records)), Cell::text(local.grouped(state.mentions))];
        cells.extend(state.treaty.map(|standing| Cell::text(standing_words(local, standing))));
        cells
    };
    Table { heads, rows: states.iter().map(row).collect() }
}
