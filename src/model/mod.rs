//! The nouns of the field as plain data: no input, no output, no HTML.

pub mod address;
pub mod adoption;
pub mod citation;
pub mod contract;
pub mod date;
pub mod edtf;
pub mod excerpt;
pub mod fact;
pub mod gist;
pub mod ledger;
pub mod part;
pub mod passage;
pub mod record;
pub mod reference;
pub mod release;
pub mod report;
pub mod state;
pub mod translation;
pub mod wording;
