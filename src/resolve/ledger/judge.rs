//! The archive as it is beside the ledger.

use super::Identified;
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::span::Span;
use crate::model::ledger::{ADDRESSES, Entry, Ledger, natural_key};
use std::collections::{BTreeMap, BTreeSet};

/// The folder of the ledger, for people.
const FOLDER: &str = "content/ledger";

/// How an identifier differs from what the ledger says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drift {
    /// It is not in the ledger.
    New,
    /// It is not in the archive any more; the text stands under these new identifiers now.
    Dropped(Vec<String>),
    /// It stands for the text that this other identifier was published with.
    Repointed(String),
    /// It stands for another text.
    Reworded,
    /// It was given up, and is given to a record again.
    Reused,
    /// It leads on to this identifier, which is not there or leads back.
    LeadsNowhere(String),
}

/// An identifier that differs from the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The identifier.
    pub id: String,
    /// How it differs.
    pub case: Drift,
}

impl Drift {
    /// One word for lists.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Dropped(_) => "missing",
            Self::Repointed(_) => "re-pointed",
            Self::Reworded => "re-worded",
            Self::Reused => "reused",
            Self::LeadsNowhere(_) => "leads-nowhere",
        }
    }

    /// The other identifiers that it speaks of.
    #[must_use]
    pub fn others(&self) -> Vec<&str> {
        match self {
            Self::Dropped(others) => others.iter().map(String::as_str).collect(),
            Self::Repointed(other) | Self::LeadsNowhere(other) => vec![other],
            Self::New | Self::Reworded | Self::Reused => Vec::new(),
        }
    }
}

/// Every difference: the ledger's lines first, by file and in natural order, then what is new.
#[must_use]
pub fn differences(identified: &Identified, ledger: &Ledger) -> Vec<Difference> {
    let texts = Texts::new(identified, ledger);
    let mut lines: Vec<(&String, &Entry)> = ledger.iter().collect();
    lines.sort_by_cached_key(|(id, entry)| (entry.file == ADDRESSES, entry.file.clone(), natural_key(id)));
    let of_line = |(id, entry): (&String, &Entry)| {
        let case = if entry.status.is_live() { live(id, entry, &texts) } else { retired(id, entry, &texts) };
        case.map(|case| Difference { id: id.clone(), case })
    };
    let mut found: Vec<Difference> = lines.into_iter().filter_map(of_line).collect();
    let mut new: Vec<&String> = identified.keys().filter(|id| !ledger.contains_key(*id)).collect();
    new.sort_by_cached_key(|id| natural_key(id));
    found.extend(new.into_iter().map(|id| Difference { id: id.clone(), case: Drift::New }));
    found
}

/// Both sides, and by fingerprint.
struct Texts<'a> {
    identified: &'a Identified,
    ledger: &'a Ledger,
    /// New identifiers by fingerprint.
    new: BTreeMap<&'a str, Vec<&'a str>>,
    /// Identifiers whose published text stands under them no more, by its fingerprint.
    orphaned: BTreeMap<&'a str, &'a str>,
}

impl<'a> Texts<'a> {
    fn new(identified: &'a Identified, ledger: &'a Ledger) -> Self {
        let mut texts = Self { identified, ledger, new: BTreeMap::new(), orphaned: BTreeMap::new() };
        for (id, present) in identified.iter().filter(|(id, _)| !ledger.contains_key(*id)) {
            let Some(fingerprint) = present.fingerprint.as_deref() else { continue };
            texts.new.entry(fingerprint).or_default().push(id);
        }
        for (id, entry) in ledger.iter().filter(|(_, entry)| entry.status.is_live()) {
            let Some(fingerprint) = entry.fingerprint.as_deref() else { continue };
            let now = identified.get(id).and_then(|present| present.fingerprint.as_deref());
            if now != Some(fingerprint) {
                texts.orphaned.entry(fingerprint).or_insert(id);
            }
        }
        texts
    }

    fn is_known(&self, id: &str) -> bool {
        self.identified.contains_key(id) || self.ledger.contains_key(id)
    }

    /// Whether redirect loop at `id`.
    fn is_circle(&self, id: &str) -> bool {
        let (mut reached, mut next) = (BTreeSet::new(), vec![id]);
        while let Some(id) = next.pop() {
            let Some(entry) = self.ledger.get(id) else { continue };
            let onward = entry.successors.iter().filter(|_| !entry.status.is_live()).map(String::as_str);
            next.extend(onward.filter(|successor| reached.insert(*successor)));
        }
        reached.contains(id)
    }
}

fn live(id: &str, entry: &Entry, texts: &Texts<'_>) -> Option<Drift> {
    let published = entry.fingerprint.as_deref();
    let Some(present) = texts.identified.get(id) else {
        let moved = published.and_then(|published| texts.new.get(published));
        return Some(Drift::Dropped(moved.into_iter().flatten().map(|id| (*id).to_owned()).collect()));
    };
    let now = present.fingerprint.as_deref();
    let (Some(published), Some(now)) = (published, now) else { return None };
    let other = texts.orphaned.get(now).filter(|other| **other != id);
    match other {
        _ if published == now => None,
        Some(other) => Some(Drift::Repointed((*other).to_owned())),
        None => Some(Drift::Reworded),
    }
}

fn retired(id: &str, entry: &Entry, texts: &Texts<'_>) -> Option<Drift> {
    if texts.identified.contains_key(id) {
        return Some(Drift::Reused);
    }
    let lost = entry.successors.iter().find(|successor| !texts.is_known(successor));
    let back = || texts.is_circle(id).then(|| id.to_owned());
    lost.cloned().or_else(back).map(Drift::LeadsNowhere)
}

/// What a build says of `differences`: an error for each, and one note on all that is new.
#[must_use]
pub fn diagnostics(differences: &[Difference], identified: &Identified, ledger: &Ledger) -> Vec<Diagnostic> {
    let fault = |difference: &Difference| {
        let diagnostic = diagnostic(difference)?;
        let here = identified.get(&difference.id).and_then(|present| present.place.clone());
        let place = here.or_else(|| Some(in_ledger(&difference.id, ledger.get(&difference.id)?)));
        Some(Diagnostic { place, ..diagnostic })
    };
    let mut found: Vec<Diagnostic> = differences.iter().filter_map(fault).collect();
    let n_new = differences.iter().filter(|difference| difference.case == Drift::New).count();
    found.extend((n_new > 0).then(|| unpublished(n_new)));
    found
}

fn unpublished(n_new: usize) -> Diagnostic {
    let message = match n_new {
        1 => "1 identifier is not in the ledger yet".to_owned(),
        _ => format!("{n_new} identifiers are not in the ledger yet"),
    };
    let hint = "`depositary ledger accept` publishes them; `depositary ledger status` lists them";
    Diagnostic::note(code::IDENTIFIERS_UNPUBLISHED, message).hint(hint)
}

/// A line of the ledger.
pub(super) fn in_ledger(id: &str, entry: &Entry) -> Place {
    let path = format!("{FOLDER}/{}.tsv", entry.file);
    let text = entry.cells(id).join("\t").trim_end().to_owned();
    Place::InTable { path, row: entry.line, offset: None, column: None, text, span: Span::new(0, id.len()) }
}

fn diagnostic(difference: &Difference) -> Option<Diagnostic> {
    let id = &difference.id;
    let accept = "depositary ledger accept";
    Some(match &difference.case {
        Drift::New => return None,
        Drift::Dropped(moved) => dropped(id, moved),
        Drift::Repointed(other) => {
            let message = format!("`{id}` now stands for the text that `{other}` was published with");
            let hint = format!(
                "an identifier is never given to another text: keep each with its own by correcting the field `id` \
                 in content/corrections/, `{id}` to `{other}`"
            );
            Diagnostic::error(code::IDENTIFIER_REPOINTED, message).hint(hint)
        }
        Drift::Reworded => {
            let message = format!("`{id}` does not stand for the text it was published with any more");
            let hint = format!("if the new text is right: `{accept} --corrected {id} --reason …`");
            Diagnostic::error(code::IDENTIFIER_REWORDED, message).hint(hint)
        }
        Drift::Reused => {
            let message = format!("`{id}` was given up, and is given to a record again");
            let hint = format!("if it is the same passage: `{accept} --corrected {id} --reason …`");
            Diagnostic::error(code::IDENTIFIER_REUSED, message).hint(hint)
        }
        Drift::LeadsNowhere(other) => {
            let message = match other == id {
                true => format!("redirect loop at `{id}`"),
                false => format!("`{id}` leads on to `{other}`, which is not in the archive"),
            };
            let hint = format!("name what it leads to: `{accept} --moved {id}=… --reason …`");
            Diagnostic::error(code::BAD_SUCCESSOR, message).hint(hint)
        }
    })
}

fn dropped(id: &str, moved: &[String]) -> Diagnostic {
    let accept = "depositary ledger accept";
    let (message, hint) = match moved {
        [] => (
            format!("the published identifier `{id}` is not in the archive any more"),
            format!(
                "bring it back, or say what became of it: `{accept} --withdrawn {id} --reason …` \
                 (or `--moved`, `--split`, `--merged`)"
            ),
        ),
        [first, ..] => (
            format!("the published identifier `{id}` is missing; its text now has the id `{first}`"),
            format!("if that is right: `{accept} --moved {id}={first} --reason …`"),
        ),
    };
    Diagnostic::error(code::IDENTIFIER_DROPPED, message).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::super::Present;
    use super::*;
    use crate::model::ledger::Status;

    fn present(texts: &[(&str, &str)]) -> Identified {
        let one = |text: &str| Present { fingerprint: Some(text.to_owned()), file: "a".to_owned(), place: None };
        texts.iter().map(|(id, text)| ((*id).to_owned(), one(text))).collect()
    }

    fn published(texts: &[(&str, &str)]) -> Ledger {
        let one = |text: &str| Entry::published(Some(text.to_owned()), "a");
        texts.iter().map(|(id, text)| ((*id).to_owned(), one(text))).collect()
    }

    fn found(now: &[(&str, &str)], ledger: &Ledger) -> Vec<String> {
        let line = |found: Difference| format!("{} {} {}", found.case.name(), found.id, found.case.others().join(","));
        differences(&present(now), ledger).into_iter().map(|found| line(found).trim_end().to_owned()).collect()
    }

    #[test]
    fn a_shift_is_a_repointing_and_a_second_record_of_one_text_is_none() {
        let ledger = published(&[("a-1", "x"), ("a-2", "y"), ("a-10", "z")]);
        assert_eq!(found(&[("a-1", "x"), ("a-2", "y"), ("a-10", "z")], &ledger), [""; 0]);
        let shifted = ["re-worded a-1", "re-pointed a-2 a-1", "re-pointed a-10 a-2", "new a-11"];
        assert_eq!(found(&[("a-1", "new"), ("a-2", "x"), ("a-10", "y"), ("a-11", "z")], &ledger), shifted);
        assert_eq!(found(&[("a-1", "x"), ("a-2", "x"), ("a-10", "z")], &ledger), ["re-worded a-2"]);
        assert_eq!(found(&[("a-1", "x"), ("a-10", "z"), ("b-2", "y")], &ledger), ["missing a-2 b-2", "new b-2"]);
    }

    #[test]
    fn what_was_given_up_stays_given_up_and_leads_somewhere() {
        let mut ledger = published(&[("a-1", "x"), ("a-2", "y"), ("a-3", "z"), ("a-4", "w")]);
        for (id, successor) in [("a-1", "a-2"), ("a-2", "a-3"), ("a-4", "a-9")] {
            let Some(entry) = ledger.get_mut(id) else { continue };
            (entry.status, entry.successors) = (Status::Moved, vec![successor.to_owned()]);
        }
        assert_eq!(found(&[("a-3", "z")], &ledger), ["leads-nowhere a-4 a-9"]);
        assert_eq!(found(&[("a-1", "x"), ("a-3", "z"), ("a-9", "w")], &ledger)[0], "reused a-1");
        ledger.insert(
            "a-3".to_owned(),
            Entry { status: Status::Moved, successors: vec!["a-1".to_owned()], ..ledger["a-2"].clone() },
        );
        assert_eq!(found(&[("a-9", "w")], &ledger).len(), 4, "a circle of three, and a new one");
    }
}
