//! The archive in pictures, on one page; most also stand where they belong. The map does only there, with the States.

mod acts;
mod columns;
mod grid;
mod heat;
pub(super) mod map;
pub(super) mod treaty;
pub(super) mod urged;
mod votes;

use super::super::address;
use super::super::chart::{Area, Canvas, Key, Shades, Source};
use super::super::html::SafeHtml;
use super::super::site::Local;
use super::super::standing::as_of;
use super::overview::Overview;
use super::state;
use super::subject::{Head, Page};
use serde::Serialize;
use unicode_width::UnicodeWidthChar;

/// The page of pictures.
pub(super) const OVERVIEW: Overview = Overview {
    name: "pictures",
    title: |words| &words.picture.title,
    description: |words| &words.picture.description,
    on_home: None,
    is_in_navigation: true,
    page: |local, head| {
        let next = vec![state::LIST.link(local).value()];
        let view = PicturesView { pictures: pictures(local, address::PICTURES) };
        Page::new("pictures.html", Head { next, ..head }, &view)
    },
};

/// What `pictures.html` shows.
#[derive(Serialize)]
struct PicturesView {
    pictures: Vec<Picture>,
}

#[derive(Serialize)]
struct Picture {
    title: String,
    figure: SafeHtml,
}

/// Those that there is something to show of, each with its title.
fn pictures(local: Local<'_>, at: &str) -> Vec<Picture> {
    let words = &local.words().picture;
    let known = [
        (&words.urged, urged::picture(local, at)),
        (&words.treaty, treaty::picture(local, at)),
        (&words.acts, acts::picture(local, at)),
        (&words.heat, heat::picture(local, at)),
    ];
    let known = known.into_iter().filter_map(|(title, figure)| Some(Picture { title: title.clone(), figure: figure? }));
    let votes = votes::all(local, at).into_iter().map(|(title, figure)| Picture { title, figure });
    known.chain(votes).collect()
}

/// From the page at `path` up to the root of its language.
fn root_of(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// A number of rows or columns, to be multiplied by what one takes; pictures have a few hundred at most.
fn length(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX / 1_000)
}

/// Rows in parts of about the same length, at most `most` in each.
fn parts<T>(rows: &[T], most: usize) -> Vec<&[T]> {
    let number = rows.len().div_ceil(most).max(1);
    rows.chunks(rows.len().div_ceil(number).max(1)).collect()
}

/// What there is to say of a picture.
fn noted<const N: usize>(notes: [Option<String>; N]) -> Vec<String> {
    notes.into_iter().flatten().collect()
}

/// The key of a picture whose shades stand for numbers of records.
fn record_key(local: Local<'_>, shades: &Shades) -> Key {
    Key { title: local.words().picture.scale.clone(), steps: shades.steps(&local.language.numbers) }
}

/// A coloured cell with its number.
fn number_cell(local: Local<'_>, canvas: &mut Canvas, shades: &Shades, (number, area): (usize, Area)) {
    let shade = shades.of(number);
    canvas.rect(&format!("shade-{shade}"), area);
    if number > 0 {
        let (x, y) = (area.x + area.width / 2, area.y + area.height / 2 + 4);
        canvas.text(&format!("middle on-{shade}"), x, y, &local.grouped(number));
    }
}

/// Where figures come from: `words`, and the data file that has them.
fn sourced(local: Local<'_>, words: &str, file: &'static str) -> Source {
    let up = "../".repeat(local.language.prefix.matches('/').count());
    Source { words: words.to_owned(), file, path: format!("{up}data/{file}") }
}

/// The reports themselves.
fn from_reports(local: Local<'_>) -> Source {
    sourced(local, &local.words().picture.from_reports, "records.csv")
}

/// The table of signatures and ratifications, as of when it was made.
fn from_treaty_table(local: Local<'_>) -> Source {
    sourced(local, &as_of(local, &local.words().picture.from_treaty_table), "states.csv")
}

/// The greatest of some numbers, and the names that have it; none where all are nothing.
fn most(local: Local<'_>, numbers: impl Iterator<Item = (usize, String)>) -> Option<(usize, String)> {
    let numbers: Vec<(usize, String)> = numbers.collect();
    let most = numbers.iter().map(|(number, _)| *number).max().filter(|most| *most > 0)?;
    let names: Vec<String> = numbers.into_iter().filter(|(number, _)| *number == most).map(|(_, name)| name).collect();
    Some((most, local.listed(&names)))
}

/// A name cut to the width of `width` letters; a Han character has that of two.
fn clipped(name: &str, width: usize) -> String {
    let letter = |character: char| character.width().unwrap_or(0);
    if name.chars().map(letter).sum::<usize>() <= width {
        return name.to_owned();
    }
    let mut room = width.saturating_sub(1);
    let fits = |character: &char| match room.checked_sub(letter(*character)) {
        Some(left) => {
            room = left;
            true
        }
        None => false,
    };
    format!("{}…", name.chars().take_while(fits).collect::<String>().trim_end())
}
