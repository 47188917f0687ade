//! What each record of a report tells above all.
//!
//! Input: records with their facts. Output: the same with a gist, where a rule is sure of one. A record without a State
//! has none, as the rules tell what a State did.

use crate::model::record::{Record, RecordKind};
use crate::parse::fact::Phrases;
use crate::parse::gist::{ActPhrases, GistInput, gist};
use crate::parse::ideograph::unified;

/// Gives each of `records` what it tells above all.
pub fn add(records: &mut [Record], phrases: &Phrases, acts: &ActPhrases) {
    for record in records {
        let Some(own) = record.state else { continue };
        let input = GistInput {
            text: &unified(&record.text.text),
            mentions: &record.states_named,
            own,
            is_of_table: record.kind() == RecordKind::Activity,
            facts: &record.facts,
        };
        record.gist = gist(&input, acts, phrases);
    }
}
