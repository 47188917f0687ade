//! The tests that need no harness of their own, in one program: each would link the whole library again.

#![allow(clippy::unwrap_used)]
// The checks of the fuzz targets, a workspace of its own, bring the reader of texts along.
#![allow(clippy::duplicate_mod)]

mod built;
mod case;
#[path = "../support/folder.rs"]
mod folder;
#[path = "../reader/mod.rs"]
mod reader;
mod support;

mod add;
mod citation;
mod cite;
mod cli;
mod data;
mod date;
mod diagnostics;
mod documents;
mod extract;
mod fact;
mod failures;
mod front;
mod fuzzed;
mod gist;
mod gold;
mod heads;
mod inputs;
mod languages;
mod ledger;
mod linkify;
mod lossless;
mod mandate;
mod manifest;
mod mention;
mod notes;
mod pages;
mod pictures;
mod preview;
mod property;
mod publish;
mod rebuild;
mod report;
mod reproducible;
mod rows;
mod security;
mod serve;
mod shard;
mod site_property;
mod tidy;
mod translations;
mod versions;
mod works;
