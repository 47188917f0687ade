//! Reference tables: States, treaty status, resolutions, votes, meetings, documents.
//!
//! An empty cell is unknown, never a value. Each value keeps its source.

use super::citation::Symbol;
use super::edtf::Edtf;
use super::state::Iso3;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A State and its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// ISO 3166-1 alpha-3.
    pub iso3: Iso3,
    /// Standing in the United Nations: `member`, `observer`, …
    pub un_status: String,
    /// UNTERM short names by language: `en zh fr es ru ar`, in that order where known.
    pub short_names: Vec<(String, String)>,
    /// UNTERM official names by language.
    pub official_names: Vec<(String, String)>,
    /// Other names, by language: earlier forms, short forms, M49 names.
    pub aliases: Vec<Alias>,
    /// M49 region in English and Chinese.
    pub region: Option<(String, String)>,
    /// M49 subregion in English and Chinese.
    pub subregion: Option<(String, String)>,
    /// Where the names come from.
    pub names_source: Option<String>,
}

impl State {
    /// The short name in `language`, else in English, else the code.
    #[must_use]
    pub fn name(&self, language: &str) -> &str {
        let by = |tag: &str| self.short_names.iter().find(|(key, _)| key == tag).map(|(_, name)| name.as_str());
        by(language).or_else(|| by("en")).unwrap_or(self.iso3.as_str())
    }
}

/// Another name of a State.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// Language of the name.
    pub language: String,
    /// The name.
    pub name: String,
    /// What kind of name it is, in words.
    pub kind: String,
    /// Where it comes from.
    pub source: Option<String>,
}

/// A State's standing towards the treaty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreatyStatus {
    /// The State.
    pub iso3: Iso3,
    /// Whether it is one of the States whose ratification the treaty needs (those of its annex).
    pub annex2: bool,
    /// Where that comes from.
    pub annex2_source: Option<String>,
    /// Day, month or year of signature.
    pub signature_date: Option<Edtf>,
    /// Where that comes from.
    pub signature_source: Option<String>,
    /// Day, month or year of ratification.
    pub ratification_date: Option<Edtf>,
    /// Where that comes from.
    pub ratification_source: Option<String>,
    /// Day, month or year on which the ratification was withdrawn.
    pub withdrawal_date: Option<Edtf>,
    /// Where that comes from.
    pub withdrawal_source: Option<String>,
    /// Remark.
    pub note: Option<String>,
}

/// What is known of a resolution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolution {
    /// Its symbol.
    pub symbol: Symbol,
    /// Another symbol by which texts cite it, AG/RES.2533 for AG/RES.2533(XL-O/10).
    pub as_cited: Option<Symbol>,
    /// The body that adopted it.
    pub body: Option<String>,
    /// Title in English.
    pub title_en: Option<String>,
    /// Where that comes from.
    pub title_en_source: Option<String>,
    /// English title not seen in a source.
    pub title_en_candidate: Option<String>,
    /// Title in Chinese.
    pub title_zh: Option<String>,
    /// Where that comes from.
    pub title_zh_source: Option<String>,
    /// Chinese title not seen in a source.
    pub title_zh_candidate: Option<String>,
    /// Day of adoption.
    pub adoption_date: Option<Edtf>,
    /// Where that comes from.
    pub adoption_date_source: Option<String>,
    /// The meeting that adopted it.
    pub meeting: Option<String>,
    /// Symbol of the draft.
    pub draft: Option<String>,
    /// Who submitted the draft, in English.
    pub sponsors: Option<String>,
    /// Who joined them, in English.
    pub further_sponsors: Option<String>,
    /// Votes for, against, abstentions, where recorded.
    pub votes: Option<(u32, u32, u32)>,
    /// Kind of vote: `recorded`, `without a vote`, …
    pub vote_type: Option<String>,
    /// Where that comes from.
    pub vote_source: Option<String>,
    /// Remark.
    pub note: Option<String>,
}

/// How a State voted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Vote {
    /// In favour.
    Yes,
    /// Against.
    No,
    /// Abstained.
    Abstain,
    /// Absent or not voting; the source does not tell which.
    NotRecorded,
}

impl Vote {
    /// Its name in tables, data and words of the interface.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Abstain => "abstain",
            Self::NotRecorded => "not-recorded",
        }
    }
}

/// One State's vote on one resolution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteCast {
    /// The resolution.
    pub resolution: Symbol,
    /// The State.
    pub iso3: Iso3,
    /// How it voted.
    pub vote: Vote,
}

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Its id, the last part of its address.
    pub id: String,
    /// The series it belongs to.
    pub series: Option<String>,
    /// Its number in the series.
    pub ordinal: Option<String>,
    /// Name in English.
    pub name_en: Option<String>,
    /// Name in Chinese.
    pub name_zh: Option<String>,
    /// First day, month or year.
    pub start_date: Option<Edtf>,
    /// Last day.
    pub end_date: Option<Edtf>,
    /// City.
    pub place: Option<String>,
    /// Building.
    pub venue: Option<String>,
    /// President or chair.
    pub chair: Option<String>,
    /// Who convened it.
    pub conveners: Option<String>,
    /// Where this comes from.
    pub source: Option<String>,
    /// Remark.
    pub note: Option<String>,
}

/// Something that happened and was no meeting: a nuclear test, the opening of a treaty for signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Name in English.
    pub name_en: Option<String>,
    /// Name in Chinese.
    pub name_zh: Option<String>,
    /// Day, month or year.
    pub date: Option<Edtf>,
    /// Where this comes from.
    pub source: Option<String>,
}

/// What is known of a document other than a resolution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentEntry {
    /// Key of the row.
    pub key: String,
    /// Symbol, where evidenced.
    pub symbol: Option<Symbol>,
    /// Title in English.
    pub title_en: Option<String>,
    /// Title in Chinese.
    pub title_zh: Option<String>,
    /// Date.
    pub date: Option<Edtf>,
    /// What supports the row.
    pub evidence: Option<String>,
    /// `evidenced`, `candidate` or `missing`.
    pub status: Option<String>,
}

/// A State's square on the tile-grid map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tile {
    /// The State.
    pub iso3: Iso3,
    /// Its row, from the north.
    pub row: u16,
    /// Its column, from the west.
    pub column: u16,
}

/// What editors say in English (notes, sources, names that have no columns of their own), in other languages: by language,
/// then by the English words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remarks(pub BTreeMap<String, BTreeMap<String, String>>);

impl Remarks {
    /// What is said in `english`, in `language`.
    #[must_use]
    pub fn find(&self, language: &str, english: &str) -> Option<&str> {
        self.0.get(language)?.get(english).map(String::as_str)
    }
}

/// All reference tables. Tables are in the order of their files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// States, in the order of the table.
    pub states: Vec<State>,
    /// Treaty status by State.
    pub treaty_status: Vec<TreatyStatus>,
    /// Resolutions.
    pub resolutions: Vec<Resolution>,
    /// Votes.
    pub votes: Vec<VoteCast>,
    /// Meetings.
    pub meetings: Vec<Meeting>,
    /// What else happened.
    pub events: Vec<Event>,
    /// Documents.
    pub documents: Vec<DocumentEntry>,
    /// The tile-grid map.
    pub tiles: Vec<Tile>,
    /// What editors say in English, in other languages.
    pub remarks: Remarks,
}

impl Reference {
    /// The State with this code.
    #[must_use]
    pub fn state(&self, iso3: Iso3) -> Option<&State> {
        self.states.iter().find(|state| state.iso3 == iso3)
    }
}
