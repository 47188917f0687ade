//! The archive as postings, for the search in the browser: `search/` in the root of the site, once for all languages.
//!
//! Input: the corpus and the index. Output: scripts to the sink. Invariants: what is found is what a scan over the
//! folded texts would find; no script is longer than a few tens of thousands of bytes, however large the archive, but
//! for lists with an entry a shard; the same archive gives the same bytes.
//!
//! 1. documents · 2. grams of their folded texts, sorted, in shards · 3. names · 4. facets · 5. texts in blocks ·
//! 6. words of each language · 7. the index of all these

pub(super) mod document;
mod facet;
mod fold;
mod glossary;
mod gram;
mod han;
mod lexicon;
mod moment;
mod name;
pub(super) mod page_names;
mod posting;
mod shard;
mod vote;

use super::page::Subjects;
use super::sink::{RenderError, Sink};
use super::site::Site;
use crate::base::unique::unique;
use document::{Document, Field, Kind};
use gram::Grams;
use posting::push_number;
use rayon::prelude::*;
use serde_json::{Value, json};
use shard::{Dictionary, Directory, MAX_BYTES, put as put_script};
use std::collections::BTreeMap;

/// Most bytes of a block of texts, unless one text alone is longer.
const MAX_BLOCK_BYTES: usize = 6_000;

/// Hands all that the search needs of `pages` to the sink.
///
/// # Errors
/// If the sink refuses a file.
pub(super) fn put(site: &Site<'_>, pages: &Subjects<'_>, sink: &dyn Sink) -> Result<(), RenderError> {
    let documents = document::documents(site, pages.iter().filter_map(|page| page.document(site)));
    let folded: Vec<Vec<String>> = documents.par_iter().map(folded_fields).collect();
    let texts: Vec<Vec<Vec<&str>>> =
        documents.iter().zip(&folded).map(|(one, fields)| with_translations(one, fields)).collect();
    let grams = put_grams(&texts, sink)?;
    let found = name::names(site.input, &documents, &folded);
    put_script(sink, "lexicon", &lexicon::lexicon(&folded, &found))?;
    let names = put_names(found, sink)?;
    let votes = put_votes(site, sink)?;
    for facet in facet::FACETS {
        put_script(sink, &format!("f-{facet}"), &facet::facet(site, &documents, facet))?;
    }
    put_script(sink, "symbols", &facet::symbols(&documents))?;
    for local in site.locals() {
        put_script(sink, &format!("words-{}", local.language.tag.to_ascii_lowercase()), &facet::words(local))?;
    }
    let blocks = put_blocks(site, &documents, sink)?;
    let index = json!({
        "documents": documents.len(), "facets": facet::FACETS, "grams": grams, "names": names, "votes": votes,
        "blocks": blocks, "han": han::pairs_of(&folded.iter().flatten().flat_map(|field| field.chars()).collect()),
    });
    put_script(sink, "index", &index)
}

fn put_grams(texts: &[Vec<Vec<&str>>], sink: &dyn Sink) -> Result<Directory, RenderError> {
    let grams = Grams::new(texts);
    let mut dictionary = Dictionary::new(sink, "g");
    for part in grams.parts() {
        for (gram, postings) in gram::lists(&grams.gathered(&part)) {
            dictionary.put(&gram, posting::pieces(postings, MAX_BYTES))?;
        }
    }
    dictionary.finish()
}

/// The texts of a document, each with the fields that it is made of: what it says, and of a record its text in each other
/// language, which says the same once more.
fn with_translations<'a>(document: &Document<'_>, folded: &'a [String]) -> Vec<Vec<&'a str>> {
    let fields = || document.fields.iter().zip(folded);
    if document.kind != Kind::Record {
        return vec![fields().map(|(_, text)| text.as_str()).collect()];
    }
    let languages = unique(document.fields.iter().map(|field| field.language.as_ref()));
    let in_language = |language: &str| {
        fields().filter(|(field, _)| field.language == language).map(|(_, text)| text.as_str()).collect()
    };
    languages.into_iter().map(in_language).collect()
}

fn folded_fields(document: &Document<'_>) -> Vec<String> {
    document.fields.iter().map(|field| fold::fold(&field.text)).collect()
}

fn put_names(names: BTreeMap<String, name::Value>, sink: &dyn Sink) -> Result<Directory, RenderError> {
    let mut dictionary = Dictionary::new(sink, "n");
    for (key, value) in names {
        let pieces = match value {
            name::Value::Postings(postings) => posting::pieces(postings.into_iter(), MAX_BYTES),
            name::Value::Links(keys, texts) => {
                let keys = keys.iter().map(|key| format!(">{key}"));
                vec![keys.chain(texts.iter().map(|text| format!("|{text}"))).collect()]
            }
        };
        dictionary.put(&key, pieces)?;
    }
    dictionary.finish()
}

fn put_votes(site: &Site<'_>, sink: &dyn Sink) -> Result<Directory, RenderError> {
    let recorded = vote::recorded(site);
    put_script(sink, "votes", &json!(vote::latest_first(&recorded)))?;
    let mut dictionary = Dictionary::new(sink, "v");
    for one in &recorded {
        dictionary.put(&one.key, vec![one.value.clone()])?;
    }
    dictionary.finish()
}

/// Writes titles and texts in blocks; gives the number of documents in each.
fn put_blocks(site: &Site<'_>, documents: &[Document<'_>], sink: &dyn Sink) -> Result<String, RenderError> {
    let (mut sizes, mut block, mut n_bytes, mut n_blocks) = (String::new(), Vec::new(), 0, 0);
    for document in documents {
        let texts = texts(document);
        let length = texts.to_string().len();
        if n_bytes + length > MAX_BLOCK_BYTES && !block.is_empty() {
            put_block(&mut block, &mut n_blocks, &mut sizes, sink)?;
            n_bytes = 0;
        }
        n_bytes += length;
        block.push((shown(site, document), texts));
    }
    if !block.is_empty() {
        put_block(&mut block, &mut n_blocks, &mut sizes, sink)?;
    }
    Ok(sizes)
}

fn put_block(
    block: &mut Vec<(Value, Value)>,
    n_blocks: &mut usize,
    sizes: &mut String,
    sink: &dyn Sink,
) -> Result<(), RenderError> {
    push_number(sizes, u32::try_from(block.len()).unwrap_or(u32::MAX));
    let (shown, texts) = std::mem::take(block).into_iter().unzip();
    put_script(sink, &format!("d{n_blocks}"), &Value::Array(shown))?;
    put_script(sink, &format!("t{n_blocks}"), &Value::Array(texts))?;
    *n_blocks += 1;
    Ok(())
}

/// A document as the page of results shows it. Where a record stands is told by the values of its facets, which have
/// names in every language already.
fn shown(site: &Site<'_>, document: &Document<'_>) -> Value {
    let titles: Vec<&str> = document.shown.iter().map(|shown| shown.title.as_str()).collect();
    let contexts: Vec<&str> = document.shown.iter().map(|shown| shown.context.as_str()).collect();
    let facets = if document.kind == Kind::Record { ["report", "section"].as_slice() } else { &[] };
    let values = facets.iter().map(|facet| json!([facet, facet::values(site, document, facet).first()]));
    json!([document.kind.name(), document.path, titles, contexts, values.collect::<Vec<_>>()])
}

/// The texts of a document with their languages; a third item marks an unofficial translation.
fn texts(document: &Document<'_>) -> Value {
    let text = |field: &Field<'_>| match field.is_translation {
        true => json!([field.language, field.text, 1]),
        false => json!([field.language, field.text]),
    };
    document.fields.iter().map(text).collect()
}

#[cfg(test)]
mod tests;
