//! What stood in which edition, proved from a built site alone.
//!
//! Input: the folder of a built site with the manifests of its editions, and files that somebody saved. Output: what each
//! file is, in words, and a diagnostic for whatever is not as it was released. Invariants: nothing is written; nothing
//! outside the folder and the files is read.

use super::WriteError;
use super::saved::SavedPage;
use super::scan::resolve_references;
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::printed::printed;
use crate::model::address;
use crate::model::record::RecordId;
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

/// What a saved page shows: the hash of its edition, and a record.
fn of_page(folder: &Path, chain: &Chain, html: &str) -> Result<Vec<String>, String> {
    let page = SavedPage::read(html);
    let hashes = page.codes.iter().filter(|code| code.len() == SHOWN_DIGITS);
    let known = |hash: &String| {
        let ids = chain.ids().filter(|id| id.contains('/'));
        ids.map(|id| chain.stood(id, hash)).find(|stretches| !stretches.is_empty())
    };
    let mut told: Vec<String> = hashes
        .filter_map(known)
        .take(1)
        .map(|found| format!("says of itself that it stood {}", editions(&found)))
        .collect();
    let ids: Vec<&str> = chain.ids().filter(|id| !id.contains('/')).collect();
    let id = page.codes.iter().find_map(|code| ids.binary_search(&code.as_str()).ok()).and_then(|at| ids.get(at));
    if let Some((id, text)) = id.zip(page.text.as_deref()) {
        told.push(of_shown_record(folder, chain, id, &page, text)?);
    }
    if told.is_empty() {
        return Err("the edition of this page was never released".to_owned());
    }
    Ok(told)
}

/// In which editions the record `id` stood as a page shows it.
fn of_shown_record(folder: &Path, chain: &Chain, id: &str, page: &SavedPage, text: &str) -> Result<String, String> {
    let versions = released(chain).filter(|(of, ..)| *of == id).filter_map(|(_, standing, _)| standing.version);
    let of_version = |number| Some((kept(folder, id, number)?.0, address::version(id, number)));
    let data = data_in(&folder.join("records").join(id).join("record.json"));
    let now = data.as_ref().and_then(record).map(|(_, now)| (now, address::record(&RecordId(id.to_owned()))));
    let wordings: Vec<(Wording, String)> = versions.filter_map(of_version).chain(now).collect();
    let has_text = |(wording, _): &&(Wording, String)| as_shown(&wording.text) == text;
    let mut stood = wordings.iter().filter(has_text).peekable();
    if stood.peek().is_none() {
        return in_another_language(folder, id, page);
    }
    if page.fields.is_empty() {
        let told = stood.find_map(|(wording, _)| of_record(chain, id, wording).ok());
        let told = told.map(|told| format!("the text of {}", told.concat()));
        return told.ok_or_else(|| format!("the text of `{id}` on this page is none that it had in an edition"));
    }
    let mut stood = stood.filter(|(_, address)| standing(folder, address).any(|here| page.has_fields_of(&here)));
    let told = stood.find_map(|(wording, _)| of_record(chain, id, wording).ok());
    told.map(|told| told.concat()).ok_or_else(|| {
        format!("`{id}` had this text in no edition with the State, date and section that this page shows")
    })
}

/// What is said of a page with the text of `id` in a language in which it is not released record by record.
fn in_another_language(folder: &Path, id: &str, page: &SavedPage) -> Result<String, String> {
    let is_same = |here: SavedPage| here.text == page.text && (page.fields.is_empty() || page.has_fields_of(&here));
    if standing(folder, &address::record(&RecordId(id.to_owned()))).any(is_same) {
        return Ok(format!("`{id}` stands so here; editions keep its text in this language with the whole report"));
    }
    Err(format!("the text of `{id}` on this page is none that it had in an edition"))
}

/// The pages at `address` in every language of the site.
fn standing(folder: &Path, address: &str) -> impl Iterator<Item = SavedPage> {
    let folders = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let paths = folders.chain([folder.to_owned()]).map(|path| path.join(address)).collect::<Vec<_>>();
    paths.into_iter().filter(|path| is_plain(path)).filter_map(|path| Some(SavedPage::read(&text_of(&path).ok()?)))
}

/// A text as [`SavedPage`] has it: without bullets and white space.
fn as_shown(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(|line| line.strip_prefix("- ").unwrap_or(line)).collect();
    printed(&resolve_references(&escaped(&lines.join("\n"))))
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
    fn a_text_is_compared_without_bullets_and_white_space() {
        assert_eq!(as_shown("a & b\n- c"), "a&bc");
    }
}
