//! What stood in which edition, proved from a built site alone.
//!
//! Input: the folder of a built site with the manifests of its editions, and files that somebody saved. Output: what each
//! file is, in words, and a diagnostic for whatever is not as it was released. Invariants: nothing is written; nothing
//! outside the folder and the files is read.

use super::WriteError;
use super::scan::resolve_references;
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::printed::printed;
use crate::model::address;
use crate::model::release::{Chain, ManifestEntry, Occasion, Release, Standing, Stretch};
use crate::model::state::Iso3;
use crate::model::wording::Wording;
use crate::render::escaped;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The folder of the editions, with a folder for each and the manifest in it.
const EDITIONS: &str = "editions";

/// The records that stand now, an object a line.
const RECORDS: &str = "data/records.ndjson";

/// Hexadecimal digits of the hash of an edition that pages show.
const SHOWN_DIGITS: usize = 12;

/// What was found of a file.
#[derive(Debug, Default)]
pub struct Proof {
    /// What it is, a line each.
    pub told: Vec<String>,
    /// What about it is not as it was released.
    pub diagnostics: Vec<Diagnostic>,
}

/// The releases of the site in `folder`, and what of it contradicts them.
///
/// # Errors
/// If a file cannot be read.
pub(super) fn releases(folder: &Path) -> Result<(Chain, Vec<Diagnostic>), WriteError> {
    let (chain, mut diagnostics) = chain(folder)?;
    for (release, message) in chain.faults() {
        diagnostics.push(fault(&manifest(&release.date), message));
    }
    if !chain.releases.is_empty() {
        diagnostics.extend(lost(folder, &chain)?);
    }
    Ok((chain, diagnostics))
}

fn manifest(date: &str) -> String {
    format!("{EDITIONS}/{date}/manifest.txt")
}

fn chain(folder: &Path) -> Result<(Chain, Vec<Diagnostic>), WriteError> {
    let editions = folder.join(EDITIONS);
    let (mut releases, mut diagnostics) = (Vec::new(), Vec::new());
    if !editions.is_dir() {
        return Ok((Chain::default(), diagnostics));
    }
    let entries = fs::read_dir(&editions).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    for entry in entries.map_err(WriteError::at(&editions))? {
        let (name, path) = (entry.file_name().to_string_lossy().into_owned(), entry.path().join("manifest.txt"));
        if !is_plain(&path) {
            continue;
        }
        match Release::parse(&text_of(&path)?) {
            Ok(release) if release.date == name => releases.push(release),
            Ok(_) => diagnostics.push(fault(&manifest(&name), "this is the manifest of another edition".to_owned())),
            Err((line, message)) => diagnostics.push(fault(&manifest(&name), format!("line {line}: {message}"))),
        }
    }
    Ok((Chain::new(releases), diagnostics))
}

/// Whether a plain file stands at `path`: no link is followed, and no pipe waited for.
fn is_plain(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file())
}

/// The JSON in a plain file.
fn data_in(path: &Path) -> Option<Value> {
    let bytes = is_plain(path).then(|| fs::read(path).ok())??;
    serde_json::from_slice(&bytes).ok()
}

fn text_of(path: &Path) -> Result<String, WriteError> {
    fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).map_err(WriteError::at(path))
}

/// The errors on wordings that were released and are neither on the page of their record nor on one of their own.
fn lost(folder: &Path, chain: &Chain) -> Result<Vec<Diagnostic>, WriteError> {
    let path = folder.join(RECORDS);
    let mut standing: BTreeMap<String, String> = BTreeMap::new();
    if is_plain(&path) {
        let lines = text_of(&path)?;
        let records = lines.lines().filter_map(|line| record(&serde_json::from_str(line).ok()?));
        standing.extend(records.map(|(id, wording)| (id, wording.sha256())));
    }
    let mut lost = Vec::new();
    for (id, Standing { sha256, version }, occasion) in released(chain) {
        let Some(number) = *version else { continue };
        let page = address::version(id, number);
        let stands = match kept(folder, id, number) {
            Some((wording, kept)) => wording.sha256() == *sha256 && kept == *occasion,
            None => standing.get(id) == Some(sha256),
        };
        if !stands {
            lost.push(fault(&page, format!("version {number} of `{id}` does not stand here as it was released")));
        }
    }
    Ok(lost)
}

/// Everything that was released, each time that it changed, with when and why.
fn released(chain: &Chain) -> impl Iterator<Item = (&str, &Standing, &Occasion)> {
    let changes = chain.releases.iter().flat_map(|release| &release.changes);
    changes.filter_map(|(id, ManifestEntry { standing, occasion })| Some((id.as_str(), standing.as_ref()?, occasion)))
}

/// A wording that has a page of its own, and when and why it was published.
fn kept(folder: &Path, id: &str, number: u32) -> Option<(Wording, Occasion)> {
    let page = address::version(id, number);
    let data = data_in(&folder.join(page.strip_suffix("index.html")?).join("version.json"))?;
    let text = |name: &str| data.get(name)?.as_str().map(str::to_owned);
    let occasion = Occasion { date: text("date"), reason: text("reason") };
    record(&data).map(|(_, wording)| (wording, occasion))
}

/// The identifier and the wording in a record as data.
fn record(data: &Value) -> Option<(String, Wording)> {
    let text = |name: &str| data.get(name)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let state = text("state").and_then(|code| Iso3::new(&code));
    let wording = Wording {
        state,
        date: text("date_edtf"),
        section: text("section"),
        text: data.get("text")?.as_str()?.to_owned(),
    };
    Some((text("id")?, wording))
}

/// Says which edition of the site in `folder` the `file` is from: a saved page, a record or a wording as data, or a
/// manifest.
///
/// # Errors
/// If a file cannot be read.
pub fn prove(folder: &Path, file: &Path) -> Result<Proof, WriteError> {
    let (chain, diagnostics) = chain(folder)?;
    let shown = file.to_string_lossy();
    let text = text_of(file)?;
    let found = match serde_json::from_str::<Value>(&text).ok().as_ref().and_then(record) {
        Some((id, wording)) => of_record(&chain, &id, &wording),
        None if text.trim_start().starts_with('<') => of_page(folder, &chain, &text),
        None => of_manifest(&chain, &text),
    };
    let mut proof = Proof { told: Vec::new(), diagnostics };
    match found {
        Ok(told) => proof.told.extend(told.into_iter().map(|line| format!("{shown}: {line}"))),
        Err(message) => proof.diagnostics.push(fault(&shown, message)),
    }
    Ok(proof)
}

/// The editions of some stretches, in words.
fn editions(stretches: &[Stretch<'_>]) -> String {
    let name = |release: &Release| match &release.name {
        Some(name) => format!("{} ({name})", release.date),
        None => release.date.clone(),
    };
    let told = |stretch: &Stretch<'_>| match (stretch.first == stretch.last, stretch.is_latest) {
        (true, false) => format!("in the edition of {}", name(stretch.first)),
        (false, false) => format!("from the edition of {} to that of {}", name(stretch.first), name(stretch.last)),
        (_, true) => format!("in the edition of {} and ever since", name(stretch.first)),
    };
    stretches.iter().map(told).collect::<Vec<_>>().join(", ")
}

fn of_record(chain: &Chain, id: &str, wording: &Wording) -> Result<Vec<String>, String> {
    let stretches = chain.stood(id, &wording.sha256());
    match stretches.as_slice() {
        [] => Err(format!("`{id}` did not stand so in any edition")),
        _ => Ok(vec![format!("`{id}` stood so {}", editions(&stretches))]),
    }
}

fn of_manifest(chain: &Chain, text: &str) -> Result<Vec<String>, String> {
    let release = Release::parse(text).map_err(|_| "neither a page, a record nor a manifest".to_owned())?;
    if chain.releases.contains(&release) {
        return Ok(vec![format!("the manifest of the edition of {}", release.date)]);
    }
    Err(format!("not the manifest of the edition of {}", release.date))
}

/// What a saved page shows: the hash of its edition, and the text of a record.
fn of_page(folder: &Path, chain: &Chain, html: &str) -> Result<Vec<String>, String> {
    let hashes = elements(html, "code").filter(|text| text.len() == SHOWN_DIGITS);
    let known = |hash: &str| {
        let ids = chain.ids().filter(|id| id.contains('/'));
        ids.map(|id| chain.stood(id, hash)).find(|stretches| !stretches.is_empty())
    };
    let mut told: Vec<String> = hashes
        .filter_map(known)
        .take(1)
        .map(|found| format!("says of itself that it stood {}", editions(&found)))
        .collect();
    let ids: Vec<&str> = chain.ids().filter(|id| !id.contains('/')).collect();
    let id = elements(html, "code").find_map(|text| ids.binary_search(&text).ok()).and_then(|at| ids.get(at));
    if let Some((id, shown)) = id.zip(record_text(html)) {
        told.extend(of_text(folder, chain, id, &shown)?);
    }
    if told.is_empty() {
        return Err("the edition of this page was never released".to_owned());
    }
    Ok(told)
}

/// In which editions the record `id` had the text that a page shows.
fn of_text(folder: &Path, chain: &Chain, id: &str, shown: &str) -> Result<Vec<String>, String> {
    let numbers = released(chain).filter(|(of, ..)| *of == id).filter_map(|(_, standing, _)| standing.version);
    let kept = numbers.filter_map(|number| kept(folder, id, number)).map(|(wording, _)| wording);
    let path = folder.join("records").join(id).join("record.json");
    let now = data_in(&path).as_ref().and_then(record).map(|(_, wording)| wording);
    let has_text = |wording: &Wording| as_shown(&wording.text) == shown;
    let found = kept.chain(now).filter(has_text).find_map(|wording| of_record(chain, id, &wording).ok());
    let of_text_alone = |told: Vec<String>| told.into_iter().map(|line| format!("the text of {line}")).collect();
    found.map(of_text_alone).ok_or_else(|| format!("the text of `{id}` on this page is none that it had in an edition"))
}

/// The contents of the elements `name` that hold nothing but text.
fn elements<'a>(html: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    let parts = html.split('<').filter_map(move |part| {
        let inside = part.strip_prefix(name).filter(|rest| rest.starts_with(['>', ' ']))?;
        inside.split_once('>').map(|(_, text)| text.trim())
    });
    parts.filter(|text| !text.is_empty())
}

/// A text as [`record_text`] finds it on a page: without bullets and white space.
fn as_shown(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(|line| line.strip_prefix("- ").unwrap_or(line)).collect();
    printed(&resolve_references(&escaped(&lines.join("\n"))))
}

/// The text of the record that a page shows, without translation and footnote marks.
fn record_text(html: &str) -> Option<String> {
    let (_, rest) = html.split_once("record-text")?;
    let (_, mut rest) = rest.split_once('>')?;
    let (mut text, mut depth, mut left_out) = (String::new(), 1, 0);
    while depth > 0 {
        let (words, after) = rest.split_once('<')?;
        let (tag, after) = after.split_once('>')?;
        if left_out == 0 {
            text.push_str(words);
        }
        match tag.split(' ').next()? {
            "div" => (depth, left_out) = (depth + 1, left_out + 1),
            "/div" => (depth, left_out) = (depth - 1, left_out - i32::from(left_out > 0)),
            "sup" => left_out += 1,
            "/sup" => left_out -= 1,
            _ => {}
        }
        rest = after;
    }
    Some(printed(&resolve_references(&text)))
}

fn fault(path: &str, message: String) -> Diagnostic {
    let place = Place::InFile { path: path.to_owned(), offset: None };
    let hint = "compare it with a copy of the edition that somebody else keeps";
    Diagnostic::error(code::NOT_AS_RELEASED, message).at(place).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_page_is_that_of_its_record() {
        let html = "<h1><code>a-1</code></h1><div class=record-text><div class=translation lang=en><p>no</div>\
                    <p lang=zh>a &amp; <a href=x>b</a><sup id=y><a>1</a></sup></p><ul><li>c</li></ul></div><p>d";
        assert_eq!(record_text(html).as_deref(), Some("a&bc"));
        assert_eq!(as_shown("a & b\n- c"), "a&bc");
        assert_eq!(elements(html, "code").collect::<Vec<_>>(), ["a-1"]);
        assert_eq!(record_text("<div class=record-text><p>x"), None);
    }
}
