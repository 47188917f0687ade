//! `content/reference/*.csv` → [`Reference`].
//!
//! Input: the tables of a site, or those that are part of the program. Output: the reference tables. Invariants:
//! every fault names file, row and column; a code in any table is that of a State in the States table.
//!
//! Columns that only editors use (`en_short` beside a code, evidence, candidates for a key) may stand in a table
//! and are not taken over.

mod documents;
mod remarks;
mod resolutions;
mod states;
mod treaty;

use self::documents::Happening;
use super::table::{Layout, Row, Table};
use super::text::read_text;
use super::walk::{FoundFile, in_file, walk};
use crate::base::code;
use crate::base::diagnostic::Diagnostic;
use crate::base::limits::MAX_TABLE_BYTES;
use crate::base::settings;
use crate::config::Config;
use crate::model::reference::Reference;
use crate::model::state::Iso3;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The folder of the tables.
const FOLDER: &str = "content/reference";

/// Names of the tables, but for that of the treaty's status, which the settings name.
const STATES: &str = "states.csv";
const ALIASES: &str = "states-aliases.csv";
const RESOLUTIONS: &str = "resolutions.csv";
const VOTES: &str = "votes.csv";
const MEETINGS: &str = "events.csv";
const DOCUMENTS: &str = "documents.csv";
const TILES: &str = "tile-grid.csv";
const REMARKS: &str = "remarks.csv";

/// The tables of States that are part of the program, for texts outside any site.
const BUILT_IN: [(&str, &str); 2] = [
    (STATES, include_str!("../../content/reference/states.csv")),
    (ALIASES, include_str!("../../content/reference/states-aliases.csv")),
];

/// The texts of the tables by name.
type Texts = BTreeMap<String, String>;

/// Reads the tables of the site at `root`. Where there is no States table, the program's own is taken.
pub(crate) fn read_reference(
    root: &Path,
    site_settings: (&Config, &str),
    diagnostics: &mut Vec<Diagnostic>,
) -> Reference {
    let (config, settings_text) = site_settings;
    let status = config.treaty.as_ref().map(|treaty| treaty.status_table.as_str());
    let mut texts = read_texts(root, status, diagnostics);
    if let Some(name) = status.filter(|name| !texts.contains_key(*name)) {
        let missing = Diagnostic::error(code::MISSING_TABLE, format!("there is no table `{FOLDER}/{name}`"));
        let place = settings::place("site.toml", settings_text, &["treaty", "status_table"]);
        diagnostics.push(missing.at(place).hint("put the table there, or name the one that is there"));
    }
    if !texts.contains_key(STATES) {
        for (name, text) in built_in_texts() {
            texts.entry(name).or_insert(text);
        }
    }
    read_tables(&texts, status, diagnostics)
}

/// The tables of States that are part of the program.
#[must_use]
pub fn built_in_reference() -> Reference {
    // The tables are part of the program, and a test shows that they are without fault.
    read_tables(&built_in_texts(), None, &mut Vec::new())
}

fn built_in_texts() -> Texts {
    BUILT_IN.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

fn read_texts(root: &Path, status: Option<&str>, diagnostics: &mut Vec<Diagnostic>) -> Texts {
    let known = [STATES, ALIASES, RESOLUTIONS, VOTES, MEETINGS, DOCUMENTS, TILES, REMARKS];
    let mut texts = Texts::new();
    for file in walk(root, FOLDER, diagnostics) {
        if known.contains(&file.name.as_str()) || status == Some(file.name.as_str()) {
            match read_text(&file, MAX_TABLE_BYTES, diagnostics) {
                Ok(text) => drop(texts.insert(file.name, text)),
                Err(fault) => diagnostics.push(*fault),
            }
        } else if let Some(unread) = unread(&file, &known, status) {
            diagnostics.push(unread);
        }
    }
    texts
}

/// A warning for a file that is no table by its name; none for what is written beside tables for people (`README.md`).
fn unread(file: &FoundFile, known: &[&str], status: Option<&str>) -> Option<Diagnostic> {
    let name = file.name.to_lowercase();
    let is_prose = [".md", ".txt"].iter().any(|ending| name.ends_with(ending)) && !name.contains(".csv");
    if is_prose {
        return None;
    }
    let stem = name.split('.').next().unwrap_or(&name);
    let meant = known.iter().copied().chain(status).find(|known| known.split('.').next() == Some(stem));
    let hint = match meant {
        Some(meant) if name.ends_with(".xlsx") || name.ends_with(".ods") || name.ends_with(".xls") => {
            format!("save it as `{meant}`: `soffice --headless --convert-to csv FILE`")
        }
        Some(meant) => format!("rename it to `{meant}`"),
        None => format!("known tables: {}, and the one that `treaty.status_table` names", known.join(", ")),
    };
    let unread = Diagnostic::warning(code::UNREAD_FILE, "no table of this name is read");
    Some(unread.at(in_file(&file.shown)).hint(hint))
}

fn read_tables(texts: &Texts, status: Option<&str>, diagnostics: &mut Vec<Diagnostic>) -> Reference {
    let mut reading = Reading { texts, diagnostics };
    let mut states = reading.table(STATES, states::LAYOUT, states::state);
    let codes: BTreeSet<Iso3> = states.iter().map(|state| state.iso3).collect();
    let aliases = reading.table(ALIASES, states::ALIAS_LAYOUT, |row| states::alias(row, &codes));
    states::add_aliases(&mut states, aliases);
    let (mut meetings, mut events) = (Vec::new(), Vec::new());
    for happening in reading.table(MEETINGS, documents::MEETING_LAYOUT, documents::happening) {
        match happening {
            Happening::Meeting(meeting) => meetings.push(*meeting),
            Happening::Other(event) => events.push(event),
        }
    }
    Reference {
        states,
        treaty_status: status
            .map_or_else(Vec::new, |name| reading.table(name, treaty::LAYOUT, |row| treaty::status(row, &codes))),
        resolutions: reading.table(RESOLUTIONS, resolutions::LAYOUT, resolutions::resolution),
        votes: reading.table(VOTES, resolutions::VOTE_LAYOUT, |row| resolutions::vote(row, &codes)),
        meetings,
        events,
        documents: reading.table(DOCUMENTS, documents::LAYOUT, documents::document),
        tiles: reading.table(TILES, states::TILE_LAYOUT, |row| states::tile(row, &codes)),
        remarks: remarks::by_language(reading.table(REMARKS, remarks::LAYOUT, remarks::remark)),
    }
}

/// The texts that are read and where faults go.
struct Reading<'a> {
    texts: &'a Texts,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reading<'_> {
    /// The rows of the table `name`; none if it is not there.
    fn table<T>(&mut self, name: &str, layout: Layout, make: impl FnMut(&mut Row<'_, '_>) -> Option<T>) -> Vec<T> {
        let Some(text) = self.texts.get(name) else { return Vec::new() };
        let path = format!("{FOLDER}/{name}");
        let mut table = Table::read(&path, text, layout);
        let rows = table.map_rows(make);
        self.diagnostics.extend(table.finish());
        rows
    }
}

#[cfg(test)]
mod tests;
