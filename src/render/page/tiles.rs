//! The world as equal squares: one a State, so that no border is drawn and no small State is lost.

use super::super::address;
use super::super::messages::grouped;
use super::super::site::Local;
use crate::model::reference::Tile;
use serde::Serialize;

/// Side of a square with its gap, in SVG units.
const PITCH: u32 = 30;

/// Side of a square.
const SIDE: u32 = 28;

/// Least number of records for each shade above the palest.
const SHADES: [usize; 4] = [1, 4, 8, 16];

/// What `tiles.html` shows.
#[derive(Serialize)]
pub(super) struct Map {
    width: u32,
    height: u32,
    side: u32,
    middle: u32,
    tiles: Vec<Square>,
    scale: Vec<Step>,
}

#[derive(Serialize)]
struct Square {
    x: u32,
    y: u32,
    path: String,
    code: String,
    name: String,
    shade: usize,
}

/// A shade and the numbers it stands for.
#[derive(Serialize)]
struct Step {
    shade: usize,
    words: String,
}

/// The map of records by State; empty where there is no table of squares.
pub(super) fn map(local: Local<'_>) -> Map {
    let tiles = &local.corpus().reference.tiles;
    let rows = tiles.iter().map(|tile| u32::from(tile.row) + 1).max().unwrap_or(0);
    let columns = tiles.iter().map(|tile| u32::from(tile.column) + 1).max().unwrap_or(0);
    Map {
        width: columns * PITCH,
        height: rows * PITCH,
        side: SIDE,
        middle: SIDE / 2,
        tiles: tiles.iter().map(|tile| square(local, tile)).collect(),
        scale: (0..=SHADES.len()).map(step).collect(),
    }
}

fn square(local: Local<'_>, tile: &Tile) -> Square {
    let records = local.index().state(tile.iso3).map_or(0, |state| state.records.len());
    Square {
        x: u32::from(tile.column) * PITCH + 1,
        y: u32::from(tile.row) * PITCH + 1,
        path: address::state(tile.iso3),
        code: tile.iso3.to_string(),
        name: format!("{}{}{}", local.state_name(tile.iso3), local.words().site.colon, local.record_count(records)),
        shade: SHADES.iter().filter(|least| records >= **least).count(),
    }
}

fn step(shade: usize) -> Step {
    let least = shade.checked_sub(1).and_then(|below| SHADES.get(below)).copied().unwrap_or(0);
    let words = match SHADES.get(shade) {
        Some(next) if next - 1 > least => format!("{}–{}", grouped(least), grouped(next - 1)),
        Some(_) => grouped(least),
        None => format!("≥ {}", grouped(least)),
    };
    Step { shade, words }
}
