//! What published records said: kept wordings beside the archive as it is, and releases of it.
//!
//! Invariant: a version is never changed once it is kept, and none goes.

use super::fingerprint;
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::printed::on_one_line;
use crate::base::span::Span;
use crate::model::ledger::{Entry, Ledger, Status};
use crate::model::record::{CorrectedField, Record};
use crate::model::release::{ARCHIVE, Chain, Edition, FOLDER as RELEASES, ManifestEntry, Occasion, Release, Standing};
use crate::model::report::Report;
use crate::model::wording::{FOLDER, Part, Version, Versions, Wording};
use crate::resolve::Corpus;

/// The records of `corpus` that are published and stand for the text that they were published with, as the ledger says.
fn published<'a>(corpus: &'a Corpus, ledger: &'a Ledger) -> impl Iterator<Item = (&'a Report, &'a Record, &'a Entry)> {
    corpus.records().filter_map(|(_, report, record)| {
        let entry = ledger.get(&record.id.0).filter(|entry| entry.status.is_live())?;
        let is_as_published = entry.fingerprint.as_ref() == Some(&fingerprint(&record.text.text));
        is_as_published.then_some((report, record, entry))
    })
}

/// `versions` with the wording of each published record that is not the last one kept of it, and how many these are;
/// `occasion` says when and why where neither ledger nor corrections do.
#[must_use]
pub fn keep(versions: &Versions, ledger: &Ledger, corpus: &Corpus, occasion: &Occasion) -> (Versions, usize) {
    let (mut kept, mut n_new) = (versions.clone(), 0);
    for (report, record, entry) in published(corpus, ledger) {
        let of_record = kept.entry(record.id.0.clone()).or_default();
        let wording = Wording::of(record);
        let before = of_record.last();
        let parts = before.map(|before| before.wording.differences(&wording));
        if parts.as_ref().is_some_and(Vec::is_empty) {
            continue;
        }
        let Occasion { date, reason } = occasion_of_change(parts.as_deref(), record, entry, occasion);
        let number = before.map_or(1, |before| before.number + 1);
        let (language, file) = (report.language.clone(), report.id.work().to_owned());
        of_record.push(Version { number, date, reason, wording, language, file, line: 0 });
        n_new += 1;
    }
    (kept, n_new)
}

/// When and why a wording that is another in `parts` took the place of the one before; a first one has no reason.
fn occasion_of_change(parts: Option<&[Part]>, record: &Record, entry: &Entry, given: &Occasion) -> Occasion {
    let day = given.date.clone();
    let Some(parts) = parts else { return Occasion { date: day, reason: None } };
    if parts.contains(&Part::Text) && entry.status == Status::Corrected {
        return Occasion { date: entry.date.clone().or(day), reason: entry.reason.clone() };
    }
    let is_of_change = |field: CorrectedField| match field {
        CorrectedField::State => parts.contains(&Part::State),
        CorrectedField::DateEdtf => parts.contains(&Part::Date),
        CorrectedField::Text => parts.contains(&Part::Text),
        CorrectedField::Id => false,
    };
    let corrections: Vec<_> = record.corrections.iter().filter(|correction| is_of_change(correction.field)).collect();
    let reasons: Vec<String> = corrections.iter().map(|correction| correction.why.to_string()).collect();
    let reason = if reasons.is_empty() { given.reason.clone() } else { Some(reasons.join(" ")) };
    let date = corrections.iter().filter_map(|correction| correction.date.clone()).max();
    Occasion { date: date.or(day), reason: reason.map(|reason| on_one_line(&reason)) }
}

/// When and why what is published under `id` became what it is: of a record its last wording, of one that is gone its
/// line in the ledger.
#[must_use]
pub fn occasion(id: &str, versions: &Versions, ledger: &Ledger) -> Occasion {
    let entry = ledger.get(id);
    if let Some(gone) = entry.filter(|entry| !entry.status.is_live()) {
        return Occasion { date: gone.date.clone(), reason: gone.reason.clone() };
    }
    let last = versions.get(id).and_then(|versions| versions.last());
    last.map_or_else(Occasion::default, Version::occasion)
}

/// What stands in the archive as it is: each published record as it was kept last, and the hashes of each report and of
/// the whole.
#[must_use]
pub fn edition(
    versions: &Versions,
    ledger: &Ledger,
    corpus: &Corpus,
    (whole, of_report): (&str, &dyn Fn(usize) -> Option<String>),
) -> Edition {
    let records = published(corpus, ledger).filter_map(|(_, record, _)| {
        let last = versions.get(&record.id.0)?.last()?;
        Some((record.id.0.clone(), Standing { sha256: last.wording.sha256(), version: Some(last.number) }))
    });
    let reports = corpus.reports.iter().enumerate().filter_map(|(position, report)| {
        let sha256 = of_report(position)?;
        Some((format!("reports/{}", report.id), Standing { sha256, version: None }))
    });
    let archive = (ARCHIVE.to_owned(), Standing { sha256: whole.to_owned(), version: None });
    records.chain(reports).chain([archive]).collect()
}

/// What is wrong with the versions and releases of an archive, and a note if some of its records say something else by
/// now than was kept of them.
#[must_use]
pub fn judge(versions: &Versions, chain: &Chain, ledger: &Ledger, corpus: &Corpus) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = versions.iter().filter_map(|(id, of)| unpublished(id, of, ledger)).collect();
    found.extend(chain.faults().into_iter().map(|(release, message)| in_release(release, None, message)));
    found.extend(chain.releases.iter().flat_map(|release| unkept(release, versions)));
    let is_changed = |(_, record, _): &(&Report, &Record, &Entry)| {
        let last = versions.get(&record.id.0).and_then(|versions| versions.last());
        last.is_some_and(|last| !last.wording.is_same(&Wording::of(record)))
    };
    let n_changed = published(corpus, ledger).filter(is_changed).count();
    found.extend((n_changed > 0).then(|| changed(n_changed)));
    found
}

/// The error on the versions of a record that was never published.
fn unpublished(id: &str, versions: &[Version], ledger: &Ledger) -> Option<Diagnostic> {
    let first = versions.first().filter(|_| !ledger.contains_key(id))?;
    let message = format!("`{id}` is kept here, but is not in the ledger");
    let (path, text) = (format!("{FOLDER}/{}.tsv", first.file), first.cells(id).join("\t"));
    let span = Span::new(0, id.len());
    let place = Place::InTable { path, row: first.line, offset: None, column: None, text, span };
    let hint = "take its line of `content/ledger/` from an earlier commit: no line of a ledger ever goes";
    Some(Diagnostic::error(code::BAD_VERSION, message).at(place).hint(hint))
}

/// The errors on what was released and is not kept as it was.
fn unkept(release: &Release, versions: &Versions) -> Vec<Diagnostic> {
    let is_kept = |id: &str, number: u32, sha256: &str, occasion: &Occasion| {
        let version = versions.get(id).and_then(|versions| versions.iter().find(|version| version.number == number));
        version.is_some_and(|version| version.wording.sha256() == sha256 && version.occasion() == *occasion)
    };
    let records = release.changes.iter().filter_map(|(id, ManifestEntry { standing, occasion })| {
        let Standing { sha256, version } = standing.as_ref()?;
        Some((id, (*version)?, sha256, occasion))
    });
    let lost = records.filter(|(id, number, sha256, occasion)| !is_kept(id, *number, sha256, occasion));
    lost.map(|(id, number, ..)| {
        let message = format!("version {number} of `{id}` is not kept as it was released");
        in_release(release, Some(id), message)
    })
    .collect()
}

/// An error at the line of `id` in a manifest, else at its head.
fn in_release(release: &Release, id: Option<&str>, message: String) -> Diagnostic {
    let text = release.text();
    let is_line = |line: &str| id.is_some_and(|id| line.split(' ').any(|word| word == id));
    let start = text.split_inclusive('\n').scan(0, |end, line| {
        *end += line.len();
        Some((*end - line.len(), line.trim_end()))
    });
    let at = start.filter(|(_, line)| is_line(line)).map(|(start, line)| Span::new(start, start + line.len())).next();
    let path = format!("{RELEASES}/{}.txt", release.date);
    let place = Place::InText { path, text: text.into(), span: at.unwrap_or_default() };
    let hint = "take the files of `content/releases/` and `content/versions/` from an earlier commit: what was \
                released is never changed";
    Diagnostic::error(code::BAD_RELEASE, message).at(place).hint(hint)
}

fn changed(n_changed: usize) -> Diagnostic {
    let message = match n_changed {
        1 => "1 record says something else than its wording that is kept".to_owned(),
        _ => format!("{n_changed} records say something else than their wordings that are kept"),
    };
    let hint = "`depositary release` keeps the new ones, and so does `depositary ledger accept`";
    Diagnostic::note(code::WORDINGS_UNKEPT, message).hint(hint)
}

/// What is still to be done before the archive can be released.
#[must_use]
pub fn unready(corpus: &Corpus, ledger: Option<&Ledger>, chain: &Chain, date: &str) -> Option<Diagnostic> {
    let refused = |message: String, hint: &str| Some(Diagnostic::error(code::CHANGE_REFUSED, message).hint(hint));
    let Some(ledger) = ledger else {
        return refused("nothing is published yet".to_owned(), "`depositary ledger accept` publishes the identifiers");
    };
    let ids = corpus.records().map(|(_, _, record)| record.id.0.as_str());
    let new: Vec<&str> = ids.filter(|id| !ledger.contains_key(*id)).collect();
    if let Some(id) = new.first() {
        let message = format!("{} records are not in the ledger, the first is `{id}`", new.len());
        return refused(message, "`depositary ledger accept` publishes them");
    }
    let last = chain.releases.last().filter(|last| last.date.as_str() >= date)?;
    refused(format!("the edition of {} was released already", last.date), "give a later day with `--date`")
}
