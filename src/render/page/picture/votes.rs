//! How the States voted on a yearly resolution that ever voted against it or abstained, and the totals of each vote.

use super::super::super::address;
use super::super::super::chart::{Area, Canvas, Caption, Cell, Key, PART_WIDTH, Part, Parts, Step, Table, figure};
use super::super::super::html::SafeHtml;
use super::super::super::site::Local;
use super::super::dissent::{Grid, grid, in_table, year_of};
use super::super::said::vote_word;
use super::{clipped, length, noted, parts, root_of, sourced};
use crate::config::ResolutionSeries;
use crate::model::citation::Symbol;
use crate::model::reference::Vote;
use crate::model::state::Iso3;

/// Room for the years.
const HEAD: i32 = 26;

/// Height of the name of a State.
const NAME: i32 = 18;

/// Letters of a name that fit into a part.
const NAME_LETTERS: usize = 48;

/// Height of a row: name, votes, a gap.
const ROW: i32 = 50;

/// Height of a vote.
const CELL: i32 = 24;

/// States in a part.
const PART_ROWS: usize = 6;

/// Most States, those who voted against most often.
const MAX_ROWS: usize = 36;

/// Votes in favour, against, abstaining: class, sign.
const KINDS: [(Vote, &str, &str); 3] =
    [(Vote::Yes, "for", "■"), (Vote::No, "against", "▲"), (Vote::Abstain, "abstaining", "●")];

/// A State and its votes.
type Row = (Iso3, Vec<Option<Vote>>);

/// A picture for each series in which somebody is known to have dissented, with its title.
pub(in super::super) fn all(local: Local<'_>, path: &str) -> Vec<(String, SafeHtml)> {
    let series = local.site.input.config.series.iter().enumerate();
    series.filter_map(|(number, series)| Some((title(local, series), picture(local, series, number, path)?))).collect()
}

fn title(local: Local<'_>, series: &ResolutionSeries) -> String {
    [local.words().picture.votes.as_str(), local.text(&series.name)].join(&local.words().site.colon)
}

fn picture(local: Local<'_>, series: &ResolutionSeries, number: usize, path: &str) -> Option<SafeHtml> {
    let mut grid = grid(local, series);
    grid.rows.truncate(MAX_ROWS);
    let known = grid.symbols.iter().filter(|symbol| totals(local, symbol).is_some()).count();
    let words = &local.words().picture;
    let finding = grid.symbols.iter().rev().find_map(|symbol| finding(local, symbol))?;
    let caption = Caption {
        id: format!("votes-{number}"),
        title: title(local, series),
        finding,
        text: words.votes_text.clone(),
        notes: noted([
            Some(local.count(&words.votes_shown, known)),
            local.count_any(&words.votes_unknown, grid.symbols.len() - known),
        ]),
        keys: vec![Key { title: String::new(), steps: steps(local) }],
        is_linked: true,
        source: sourced(local, &words.from_votes, "votes.csv"),
    };
    let height = |rows: &[Row]| HEAD + ROW * length(rows.len());
    let drawn =
        parts(&grid.rows, PART_ROWS).into_iter().map(|rows| Part { size: (PART_WIDTH, height(rows)), of: rows });
    let drawn: Vec<Part<&[Row]>> = drawn.collect();
    let table = table(local, &grid);
    Some(figure(&caption, (&drawn, Parts::Apart), &root_of(path), &table, words, |canvas, rows| {
        draw(local, canvas, &grid.symbols, rows);
    }))
}

/// The totals of a vote, and who did not vote in favour; none where the votes are not known.
fn finding(local: Local<'_>, symbol: &Symbol) -> Option<String> {
    let [yes, no, abstain] = totals(local, symbol)?;
    let (colon, stop) = (&local.words().site.colon, &local.words().site.stop);
    let rows = local.index().resolution(symbol)?.votes.iter();
    let rows: Vec<_> = rows.filter_map(|row| local.corpus().reference.votes.get(*row)).collect();
    let group = |kind: Vote| {
        let states = local.in_order(rows.iter().filter(|row| row.vote == kind).map(|row| row.iso3));
        let names: Vec<String> = states.into_iter().map(|state| local.state_name(state)).collect();
        (!names.is_empty()).then(|| format!("{}{colon}{}{stop}", vote_word(local, kind), local.listed(&names)))
    };
    let groups: Vec<String> = [Vote::No, Vote::Abstain].into_iter().filter_map(group).collect();
    let year = year_of(local, symbol)?;
    Some(format!("{year}{colon}{yes}–{no}–{abstain}{stop} {}", groups.join(" ")))
}

fn totals(local: Local<'_>, symbol: &Symbol) -> Option<[u32; 3]> {
    in_table(local, symbol)?.votes.map(<[u32; 3]>::from)
}

fn steps(local: Local<'_>) -> Vec<Step> {
    let known =
        KINDS.iter().map(|(vote, class, sign)| Step::colour(*class, format!("{sign} {}", vote_word(local, *vote))));
    known.chain([Step::colour("shade-0", format!("– {}", vote_word(local, Vote::NotRecorded)))]).collect()
}

fn path(local: Local<'_>, symbol: &Symbol) -> String {
    local.resolution(symbol).path
}

fn draw(local: Local<'_>, canvas: &mut Canvas, symbols: &[Symbol], rows: &[Row]) {
    let width = PART_WIDTH / length(symbols.len()).max(1);
    for (number, symbol) in symbols.iter().enumerate() {
        let year = year_of(local, symbol).unwrap_or_default();
        // Where columns are narrow, the last two figures of a year.
        let shown = if width < 34 { year.get(2..).unwrap_or_default() } else { &year };
        let x = width * length(number) + width / 2;
        canvas.part("", Some(&path(local, symbol)), symbol.as_str(), |canvas| canvas.text("middle", x, 17, shown));
    }
    for (number, (state, votes)) in rows.iter().enumerate() {
        let (y, name) = (HEAD + ROW * length(number), local.state_name(*state));
        canvas.part("", Some(&address::state(*state)), &name, |canvas| {
            canvas.text("", 0, y + 13, &clipped(&name, NAME_LETTERS));
        });
        for (place, (vote, symbol)) in votes.iter().zip(symbols).enumerate() {
            let area = Area { x: width * length(place), y: y + NAME, width: width - 2, height: CELL };
            let (class, text, sign) = look(*vote);
            let words = vote.map_or_else(|| local.words().site.unknown.clone(), |vote| vote_word(local, vote));
            let words = [symbol.as_str(), &words].join(&local.words().site.colon);
            canvas.part("", None, &words, |canvas| {
                canvas.rect(class, area);
                canvas.text(text, area.x + area.width / 2, area.y + 16, sign);
            });
        }
    }
}

/// Class of the cell, class of the sign in it, and the sign.
fn look(vote: Option<Vote>) -> (&'static str, &'static str, &'static str) {
    let known = KINDS.iter().find(|(kind, ..)| Some(*kind) == vote);
    known.map_or(("shade-0", "middle on-0", "–"), |(_, class, sign)| (class, "middle on-bar", sign))
}

fn table(local: Local<'_>, grid: &Grid) -> Table {
    let words = local.words();
    let names = KINDS.iter().map(|(vote, ..)| vote_word(local, *vote));
    let heads = [words.field.symbol.clone(), words.resolution.adopted.clone()].into_iter().chain(names);
    let row = |symbol: &Symbol| {
        let votes = totals(local, symbol);
        let number = |kind: usize| match votes.and_then(|votes| votes.get(kind).copied()) {
            Some(votes) => Cell::text(votes.to_string()),
            None => Cell::text(&words.site.unknown),
        };
        let adopted = in_table(local, symbol).and_then(|row| row.adoption_date.as_ref());
        let adopted = adopted.map_or_else(|| words.site.unknown.clone(), |date| local.date(date));
        let link = Cell::link(path(local, symbol), symbol.as_str());
        vec![link, Cell::text(adopted), number(0), number(1), number(2)]
    };
    Table { heads: heads.collect(), rows: grid.symbols.iter().map(row).collect() }
}
