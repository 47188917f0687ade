//! Meetings and documents other than resolutions: `events.csv`, `documents.csv`.

use super::{Layout, Row};
use crate::base::code;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::is_slug;
use crate::model::reference::{DocumentEntry, Event, Meeting};

/// Columns of `events.csv`.
pub(super) const MEETING_LAYOUT: Layout = Layout {
    required: &["id"],
    optional: &[
        "kind",
        "series",
        "ordinal",
        "name_en",
        "name_zh",
        "start_date",
        "end_date",
        "place",
        "venue",
        "president_or_chair",
        "conveners",
        "source",
        "note",
    ],
};

/// Columns of `documents.csv`.
pub(super) const LAYOUT: Layout = Layout {
    required: &["key"],
    optional: &["session", "agenda_item_as_in_brief", "title_en", "title_zh", "symbol", "date", "evidence", "status"],
};

/// What `kind` says of a row that is a meeting; so is one of which it says nothing.
const MEETING: &str = "meeting";

/// What a row of `events.csv` tells.
pub(super) enum Happening {
    Meeting(Box<Meeting>),
    Other(Event),
}

/// One row of `events.csv`.
pub(super) fn happening(row: &mut Row<'_, '_>) -> Option<Happening> {
    let is_meeting = row.text("kind").is_none_or(|kind| kind == MEETING);
    if is_meeting {
        return meeting(row).map(|meeting| Happening::Meeting(Box::new(meeting)));
    }
    Some(Happening::Other(Event {
        name_en: row.text("name_en"),
        name_zh: row.text("name_zh"),
        date: row.date("start_date"),
        source: row.text("source"),
    }))
}

fn meeting(row: &mut Row<'_, '_>) -> Option<Meeting> {
    let id = row.required("id")?;
    row.unique("id", &id);
    if !is_slug(&id) {
        let bad = Diagnostic::error(code::BAD_CELL, format!("`{id}` cannot be part of an address"));
        row.fault("id", bad.hint("use lower-case letters, digits and single hyphens: `artxiv-2007`"));
    }
    Some(Meeting {
        id,
        series: row.text("series"),
        ordinal: row.text("ordinal"),
        name_en: row.text("name_en"),
        name_zh: row.text("name_zh"),
        start_date: row.date("start_date"),
        end_date: row.date("end_date"),
        place: row.text("place"),
        venue: row.text("venue"),
        chair: row.text("president_or_chair"),
        conveners: row.text("conveners"),
        source: row.text("source"),
        note: row.text("note"),
    })
}

/// One row of `documents.csv`.
pub(super) fn document(row: &mut Row<'_, '_>) -> Option<DocumentEntry> {
    let key = row.required("key")?;
    row.unique("key", &key);
    Some(DocumentEntry {
        key,
        symbol: row.symbol("symbol"),
        title_en: row.text("title_en"),
        title_zh: row.text("title_zh"),
        date: row.date("date"),
        evidence: row.text("evidence"),
        status: row.text("status"),
    })
}
