//! Who voted how, for the answer that stands above the results.

use crate::base::path::slug;
use crate::index::ResolutionIndex;
use crate::model::edtf::Edtf;
use crate::model::reference::Vote;
use crate::render::address;
use crate::render::site::Site;

/// The order in which the States of a vote are told.
const KINDS: [Vote; 4] = [Vote::No, Vote::Abstain, Vote::Yes, Vote::NotRecorded];

/// One resolution with a recorded vote.
pub(super) struct Recorded {
    /// The last part of its address.
    pub(super) key: String,
    /// When it was adopted.
    date: Option<Edtf>,
    /// Its symbol, its address, its date, and the codes of the States of each kind, with `|` between.
    pub(super) value: String,
}

/// Every resolution with a recorded vote, in order of keys.
pub(super) fn recorded(site: &Site<'_>) -> Vec<Recorded> {
    let resolutions = site.input.index.resolutions.iter();
    let known = resolutions.filter(|(_, entry)| !entry.votes.is_empty());
    let mut all: Vec<Recorded> = known
        .map(|(symbol, entry)| {
            let row = entry.row.and_then(|row| site.input.corpus.reference.resolutions.get(row));
            let date = row.and_then(|row| row.adoption_date.clone());
            let shown = date.as_ref().map_or("", Edtf::as_str);
            let states = KINDS.map(|kind| codes(site, entry, kind)).join("|");
            let value = format!("{symbol}|{}|{shown}|{states}", address::resolution(symbol));
            Recorded { key: slug(symbol.as_str()), date, value }
        })
        .collect();
    all.sort_by(|one, other| one.key.cmp(&other.key));
    all
}

/// Their keys from the latest.
pub(super) fn latest_first(recorded: &[Recorded]) -> Vec<&str> {
    let mut order: Vec<&Recorded> = recorded.iter().collect();
    order.sort_by(|one, other| other.date.cmp(&one.date));
    order.into_iter().map(|one| one.key.as_str()).collect()
}

fn codes(site: &Site<'_>, entry: &ResolutionIndex, kind: Vote) -> String {
    let cast = entry.votes.iter().filter_map(|row| site.input.corpus.reference.votes.get(*row));
    cast.filter(|one| one.vote == kind).map(|one| one.iso3.to_lower()).collect::<Vec<_>>().join(" ")
}
