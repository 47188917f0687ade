//! Texts → postings of grams, by sorting.
//!
//! A gram is one, two or three neighbouring characters of a folded field, whatever they are: so any part of a text,
//! within words and across punctuation, is found by grams. Invariants: each gram's postings are in order of documents;
//! memory holds an eighth of all postings or so at a time, as they take many times the texts.

use super::posting::{MAX_LEVEL, Posting};
use rayon::prelude::*;
use std::ops::Range;

/// Most characters of a gram.
pub(super) const LENGTH: usize = 3;

/// Saturation and length normalisation of BM25.
const K1: f64 = 1.2;
const B: f64 = 0.75;

/// A gram as a number, 21 bits a character, in the order of its characters; a shorter gram comes first.
type Key = u64;

/// In how many parts the grams are gathered.
const PARTS: usize = 8;

/// One document of so many says where the parts begin.
const SAMPLE: usize = 64;

/// The texts of all documents by their folded fields, with what the level of a gram depends on.
pub(super) struct Grams<'a> {
    documents: &'a [Vec<Vec<&'a str>>],
    average: f64,
}

impl<'a> Grams<'a> {
    /// Of `documents`, each given by its texts, and these by their folded fields.
    pub(super) fn new(documents: &'a [Vec<Vec<&'a str>>]) -> Self {
        let lengths: usize = documents.par_iter().filter_map(|texts| texts.first()).map(|fields| length(fields)).sum();
        let average = (lengths.max(1) as f64) / (documents.len().max(1) as f64);
        Self { documents, average }
    }

    /// The grams in parts of about the same length, each after the one before: the keys of each part.
    pub(super) fn parts(&self) -> Vec<Range<Key>> {
        let sampled = self.documents.iter().step_by(SAMPLE).flatten().flatten();
        let mut keys: Vec<Key> = sampled.flat_map(|field| keys(field)).collect();
        keys.sort_unstable();
        let begins = keys.chunks(keys.len().div_ceil(PARTS).max(1)).filter_map(<[Key]>::first).skip(1).copied();
        let mut begins: Vec<Key> = std::iter::once(0).chain(begins).collect();
        begins.dedup();
        let ends = begins.iter().skip(1).copied().chain([Key::MAX]);
        begins.iter().copied().zip(ends).map(|(begin, end)| begin..end).collect()
    }

    /// The grams of a part with their documents, in order.
    pub(super) fn gathered(&self, part: &Range<Key>) -> Vec<(Key, Posting)> {
        let numbered = self.documents.par_iter().enumerate();
        let gathered = numbered.flat_map_iter(|(number, texts)| of_document(number, texts, part, self.average));
        let mut entries: Vec<(Key, Posting)> = gathered.collect();
        entries.par_sort_unstable();
        entries
    }
}

/// Every gram of `entries` with its postings, in order.
pub(super) fn lists(entries: &[(Key, Posting)]) -> impl Iterator<Item = (String, impl Iterator<Item = Posting> + '_)> {
    entries.chunk_by(|one, next| one.0 == next.0).filter_map(|list| {
        let (key, _) = list.first()?;
        Some((spelled(*key), list.iter().map(|(_, posting)| *posting)))
    })
}

fn length(fields: &[&str]) -> usize {
    fields.iter().map(|field| field.chars().count()).sum()
}

/// The grams of one document in a part, each once, at the highest level that one of its texts gives.
fn of_document(number: usize, texts: &[Vec<&str>], part: &Range<Key>, average: f64) -> Vec<(Key, Posting)> {
    let document = u32::try_from(number).unwrap_or(u32::MAX);
    let mut grams = Vec::new();
    for fields in texts {
        let relative = length(fields) as f64 / average;
        let keys = fields.iter().flat_map(|field| keys(field));
        let mut keys: Vec<Key> = keys.filter(|key| part.contains(key)).collect();
        keys.sort_unstable();
        let counted = keys.chunk_by(|one, next| one == next).filter_map(|same| Some((*same.first()?, same.len())));
        grams.extend(counted.map(|(key, count)| (key, Posting::new(document, level(count, relative)))));
    }
    // Of one gram the highest level stands first.
    grams.sort_unstable_by(|one, other| other.cmp(one));
    grams.dedup_by_key(|(key, _)| *key);
    grams
}

/// The saturated frequency of BM25 in eight steps.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn level(count: usize, relative: f64) -> u32 {
    let count = count as f64;
    let share = count / (count + K1 * (1.0 - B + B * relative));
    ((share * f64::from(MAX_LEVEL + 1)) as u32).min(MAX_LEVEL)
}

/// Every gram of a field, as often as it stands there.
fn keys(field: &str) -> Vec<Key> {
    let characters: Vec<Key> = field.chars().map(|character| Key::from(u32::from(character))).collect();
    let mut keys = Vec::with_capacity(characters.len() * LENGTH);
    for at in 0..characters.len() {
        let mut key = 0;
        for (place, character) in characters.iter().skip(at).take(LENGTH).enumerate() {
            key |= character << (21 * (LENGTH - 1 - place));
            keys.push(key);
        }
    }
    keys
}

fn spelled(key: Key) -> String {
    let places = (0..LENGTH).map(|place| key >> (21 * (LENGTH - 1 - place)) & 0x1f_ffff);
    places.filter(|code| *code != 0).filter_map(|code| char::from_u32(u32::try_from(code).ok()?)).collect()
}

#[cfg(test)]
pub(super) fn spelled_grams(field: &str) -> Vec<String> {
    let mut keys = keys(field);
    keys.sort_unstable();
    keys.dedup();
    keys.into_iter().map(spelled).collect()
}
