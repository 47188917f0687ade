//! The votes on a yearly resolution, session by session.

use super::super::super::chart::{Area, Canvas, Caption, Cell, Key, Step, Table, figure};
use super::super::super::html::SafeHtml;
use super::super::super::site::Local;
use super::{noted, root_of};
use crate::config::ResolutionSeries;
use crate::model::citation::Symbol;

/// Width of the picture and of the longest bar: what a page has on a telephone 360 pixels wide.
const WIDTH: i32 = 320;

/// Room for each figure over the bar.
const FIGURE: i32 = 48;

/// Height of a row: symbol and figures, the bar beneath them, a gap.
const ROW: i32 = 46;

/// From the top of a row to its bar.
const BAR_TOP: i32 = 22;

/// Height of a bar.
const BAR_HEIGHT: i32 = 14;

/// Room for the signs of the figures.
const HEAD: i32 = 24;

/// Classes of votes in favour, against, abstaining, and the sign that stands beside each name.
const KINDS: [(&str, &str); 3] = [("for", "■"), ("against", "▲"), ("abstaining", "●")];

/// A resolution with its votes; none where they are not known.
struct Session {
    symbol: Symbol,
    votes: Option<[u32; 3]>,
}

/// A picture for each series of which a vote is known, with its title.
pub(in super::super) fn all(local: Local<'_>, path: &str) -> Vec<(String, SafeHtml)> {
    let series = local.site.input.config.series.iter().enumerate();
    series.filter_map(|(number, series)| Some((title(local, series), picture(local, series, number, path)?))).collect()
}

fn title(local: Local<'_>, series: &ResolutionSeries) -> String {
    [local.words().picture.votes.as_str(), local.text(&series.name)].join(&local.words().site.colon)
}

fn picture(local: Local<'_>, series: &ResolutionSeries, number: usize, path: &str) -> Option<SafeHtml> {
    let sessions: Vec<Session> = series.symbols.iter().map(|symbol| session(local, symbol)).collect();
    let known = sessions.iter().filter(|session| session.votes.is_some()).count();
    if known == 0 {
        return None;
    }
    let words = &local.words().picture;
    let caption = Caption {
        id: format!("votes-{number}"),
        title: title(local, series),
        text: words.votes_text.clone(),
        notes: noted([
            Some(local.count(&words.votes_shown, known)),
            local.count_any(&words.votes_unknown, sessions.len() - known),
        ]),
        keys: vec![Key { title: String::new(), steps: steps(local) }],
        is_linked: true,
    };
    let rows = i32::try_from(sessions.len()).unwrap_or(i32::MAX / ROW - HEAD);
    let size = (WIDTH, HEAD + ROW * rows);
    let table = table(local, &sessions);
    Some(figure(&caption, size, &root_of(path), &table, words, |canvas| draw(local, canvas, &sessions)))
}

fn session(local: Local<'_>, symbol: &str) -> Session {
    let symbol = Symbol(symbol.to_owned());
    let row = local.index().resolution(&symbol).and_then(|entry| entry.row);
    let votes = row.and_then(|row| local.corpus().reference.resolutions.get(row)?.votes);
    Session { symbol, votes: votes.map(<[u32; 3]>::from) }
}

fn names(local: Local<'_>) -> [&str; 3] {
    ["yes", "no", "abstain"].map(|key| local.words().resolution.vote[key].as_str())
}

fn steps(local: Local<'_>) -> Vec<Step> {
    let kinds = KINDS.iter().zip(names(local));
    kinds.map(|((class, sign), name)| Step::colour(*class, format!("{sign} {name}"))).collect()
}

fn path(local: Local<'_>, symbol: &Symbol) -> String {
    local.resolution(symbol).path
}

fn draw(local: Local<'_>, canvas: &mut Canvas, sessions: &[Session]) {
    for (column, (_, sign)) in (0..).zip(KINDS) {
        canvas.text("end", end_of(column), 16, sign);
    }
    let most = sessions.iter().filter_map(|session| session.votes).map(|votes| votes.iter().sum::<u32>()).max();
    let most = i64::from(most.unwrap_or(1).max(1));
    for (number, session) in (0..).zip(sessions) {
        let y = HEAD + ROW * number;
        canvas.part("", Some(&path(local, &session.symbol)), session.symbol.as_str(), |canvas| {
            canvas.text("", 0, y + 16, session.symbol.as_str());
        });
        match session.votes {
            Some(votes) => bar(local, canvas, votes, (y, most)),
            None => canvas.text("end quiet", WIDTH, y + 16, &local.words().site.unknown),
        }
    }
}

/// Where a column of figures ends; the last ends with the bars.
fn end_of(column: i32) -> i32 {
    WIDTH - FIGURE * (2 - column)
}

fn bar(local: Local<'_>, canvas: &mut Canvas, votes: [u32; 3], (y, most): (i32, i64)) {
    let mut x = 0;
    for (column, ((votes, (class, _)), name)) in (0..).zip(votes.iter().zip(KINDS).zip(names(local))) {
        let width = i32::try_from(i64::from(*votes) * i64::from(WIDTH) / most).unwrap_or(WIDTH);
        // What happened is seen, however few: at least three pixels, which a round end has room for.
        let width = if *votes > 0 { width.max(3) } else { 0 };
        canvas.part("", None, &format!("{name}{}{votes}", local.words().site.colon), |canvas| {
            if width > 0 {
                canvas.rect(class, Area { x, y: y + BAR_TOP, width: width - 1, height: BAR_HEIGHT });
            }
            canvas.text("end", end_of(column), y + 16, &votes.to_string());
        });
        x += width;
    }
}

fn table(local: Local<'_>, sessions: &[Session]) -> Table {
    let words = local.words();
    let heads = [words.field.symbol.as_str(), words.resolution.adopted.as_str()].into_iter().chain(names(local));
    let row = |session: &Session| {
        let number = |kind: usize| match session.votes.and_then(|votes| votes.get(kind).copied()) {
            Some(votes) => Cell::text(votes.to_string()),
            None => Cell::text(&words.site.unknown),
        };
        let row = local.index().resolution(&session.symbol).and_then(|entry| entry.row);
        let adopted = row.and_then(|row| local.corpus().reference.resolutions.get(row)?.adoption_date.as_ref());
        let adopted = adopted.map_or_else(|| words.site.unknown.clone(), |date| local.date(date));
        let symbol = Cell::link(path(local, &session.symbol), session.symbol.as_str());
        vec![symbol, Cell::text(adopted), number(0), number(1), number(2)]
    };
    Table { heads: heads.map(str::to_owned).collect(), rows: sessions.iter().map(row).collect() }
}
