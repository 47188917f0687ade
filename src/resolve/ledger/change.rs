//! Reviewed changes, written into the ledger.

use super::judge::{Difference, Drift, differences, in_ledger};
use super::{Identified, Present};
use crate::base::code;
use crate::base::diagnostic::Diagnostic;
use crate::base::printed::on_one_line;
use crate::model::ledger::{ADDRESSES, Entry, Ledger, Status};

/// What became of some identifiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What happened.
    pub kind: Status,
    /// The published identifiers it happened to.
    pub old: Vec<String>,
    /// The identifiers that lead on; none where the text is withdrawn or corrected in place.
    pub new: Vec<String>,
}

/// Everything one editor asks for at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// New identifiers to be published. If this and `changes` are empty, all are.
    pub ids: Vec<String>,
    /// Changes of published ones.
    pub changes: Vec<Change>,
    /// Why the published ones change.
    pub reason: String,
    /// The day, as ISO 8601.
    pub date: Option<String>,
}

/// A ledger with changes in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The ledger.
    pub ledger: Ledger,
    /// How many identifiers were published.
    pub n_published: usize,
    /// How many published ones were changed.
    pub n_changed: usize,
    /// How many differences are left that stop a build.
    pub n_left: usize,
}

/// `ledger` with `changes` to it, in an archive that has the identifiers `identified`.
///
/// # Errors
/// With every change that does not fit; nothing is changed then.
pub fn accept(ledger: &Ledger, identified: &Identified, changes: &Changes) -> Result<Accepted, Vec<Diagnostic>> {
    let before = differences(identified, ledger);
    let mut editor = Editor { ledger: ledger.clone(), before: &before, identified, changes, faults: Vec::new() };
    let with_records = |change| with_records(change, ledger, identified, changes);
    let all: Vec<Change> = changes.changes.iter().flat_map(with_records).collect();
    let n_changed = all.iter().map(|change| editor.change(change)).sum();
    let mut n_published = editor.ids().iter().filter(|id| editor.publish(id)).count();
    let named: Vec<&String> = all.iter().flat_map(|change| &change.new).collect();
    n_published += named.into_iter().filter(|id| editor.publish_successor(id)).count();
    let left = differences(identified, &editor.ledger);
    editor.refuse_dead_ends(&before, &left);
    let Editor { ledger, faults, .. } = editor;
    let n_left = left.iter().filter(|difference| difference.case != Drift::New).count();
    if faults.is_empty() { Ok(Accepted { ledger, n_published, n_changed, n_left }) } else { Err(faults) }
}

/// `change`, and with that of a whole report those of its records that are gone with it and that `changes` do not name;
/// with one that is withdrawn, of pages that were drawn from it alone as well.
fn with_records(change: &Change, ledger: &Ledger, identified: &Identified, changes: &Changes) -> Vec<Change> {
    let report = |ids: &[String]| match ids {
        [id] => id.strip_prefix("reports/").map(str::to_owned),
        _ => None,
    };
    let mut all = vec![change.clone()];
    let (Some(old), new) = (report(&change.old), report(&change.new)) else { return all };
    let is_named = |id: &String| changes.changes.iter().any(|change| change.old.contains(id));
    let is_withdrawn = change.kind == Status::Withdrawn;
    let is_gone = |(id, entry): &(&String, &Entry)| {
        let goes_along = entry.file == old || (is_withdrawn && entry.file == ADDRESSES);
        goes_along && entry.status.is_live() && !identified.contains_key(*id) && !is_named(id)
    };
    for (id, _) in ledger.iter().filter(is_gone) {
        let successor = new.as_ref().map(|new| id.replacen(&old, new, 1));
        let is_fit = match change.kind {
            Status::Withdrawn => successor.is_none(),
            Status::Moved => successor.as_ref().is_some_and(|successor| identified.contains_key(successor)),
            _ => false,
        };
        if is_fit {
            all.push(Change { kind: change.kind, old: vec![id.clone()], new: successor.into_iter().collect() });
        }
    }
    all
}

struct Editor<'a> {
    ledger: Ledger,
    /// The differences before anything was changed.
    before: &'a [Difference],
    identified: &'a Identified,
    changes: &'a Changes,
    faults: Vec<Diagnostic>,
}

impl Editor<'_> {
    /// The identifiers to be published, without those that changes lead on to.
    fn ids(&self) -> Vec<String> {
        if !self.changes.ids.is_empty() || !self.changes.changes.is_empty() {
            return self.changes.ids.clone();
        }
        let new = self.before.iter().filter(|difference| difference.case == Drift::New);
        new.map(|difference| difference.id.clone()).collect()
    }

    fn publish(&mut self, id: &str) -> bool {
        match self.identified.get(id) {
            _ if self.ledger.contains_key(id) => self.refuse(format!("`{id}` is published already")),
            Some(present) => drop(self.ledger.insert(id.to_owned(), published(present))),
            None => self.refuse(format!("there is no `{id}` in the archive")),
        }
        self.ledger.contains_key(id)
    }

    fn publish_successor(&mut self, id: &str) -> bool {
        let known = self.ledger.contains_key(id);
        !known && self.publish(id)
    }

    /// Makes one change, and says how many identifiers it changed.
    fn change(&mut self, change: &Change) -> usize {
        if let Some(message) = misshapen(change) {
            self.refuse(message);
            return 0;
        }
        change.old.iter().map(|id| usize::from(self.change_one(change, id))).sum()
    }

    fn change_one(&mut self, change: &Change, id: &str) -> bool {
        let Some(entry) = self.ledger.get(id).cloned() else {
            self.refuse(format!("`{id}` is not in the ledger, so it needs no reason to change"));
            return false;
        };
        let stays = change.kind == Status::Corrected || change.new.iter().any(|new| new == id);
        let changed = if stays { self.corrected(change, id, &entry) } else { self.retired(change, id, &entry) };
        match changed {
            Ok(changed) => drop(self.ledger.insert(id.to_owned(), changed)),
            Err(message) => self.refuse_at(message, id, &entry),
        }
        true
    }

    /// The line of an identifier that keeps its page, with another text.
    fn corrected(&self, change: &Change, id: &str, entry: &Entry) -> Result<Entry, String> {
        let Some(present) = self.identified.get(id) else { return Err(format!("there is no `{id}` in the archive")) };
        let mut cases = self.before.iter().filter(|difference| difference.id == id).map(|found| &found.case);
        match cases.next() {
            None if entry.status.is_live() => Err(format!("`{id}` stands for the text it was published with")),
            Some(Drift::Repointed(other)) => {
                Err(format!("`{id}` has the text of `{other}`, which is not a correction"))
            }
            _ => Ok(Entry {
                fingerprint: present.fingerprint.clone(),
                status: Status::Corrected,
                successors: change.new.iter().filter(|new| *new != id).cloned().collect(),
                ..self.dated(entry)
            }),
        }
    }

    /// The line of an identifier whose page points on from now on.
    fn retired(&self, change: &Change, id: &str, entry: &Entry) -> Result<Entry, String> {
        if self.identified.contains_key(id) {
            return Err(format!("`{id}` is still in the archive, so it is not {}", change.kind));
        }
        Ok(Entry { status: change.kind, successors: change.new.clone(), ..self.dated(entry) })
    }

    fn dated(&self, entry: &Entry) -> Entry {
        let reason = on_one_line(&self.changes.reason);
        Entry { date: self.changes.date.clone(), reason: Some(reason), ..entry.clone() }
    }

    /// A change may not lead anywhere that has no page.
    fn refuse_dead_ends(&mut self, before: &[Difference], left: &[Difference]) {
        let is_dead_end = |difference: &&Difference| matches!(difference.case, Drift::LeadsNowhere(_));
        for difference in left.iter().filter(is_dead_end).filter(|difference| !before.contains(difference)) {
            self.refuse(format!("the successors of `{}` lead nowhere or in a circle", difference.id));
        }
    }

    fn refuse(&mut self, message: String) {
        self.faults.push(refused(message));
    }

    fn refuse_at(&mut self, message: String, id: &str, entry: &Entry) {
        let fault = refused(message);
        self.faults.push(if entry.line > 0 { fault.at(in_ledger(id, entry)) } else { fault });
    }
}

fn refused(message: String) -> Diagnostic {
    let hint = "`depositary ledger status` lists what is new, changed and missing";
    Diagnostic::error(code::CHANGE_REFUSED, message).hint(hint)
}

fn published(present: &Present) -> Entry {
    Entry::published(present.fingerprint.clone(), &present.file)
}

/// What is wrong with the numbers of identifiers on the two sides of a change.
fn misshapen(change: &Change) -> Option<String> {
    let (n_old, n_new) = (change.old.len(), change.new.len());
    let is_fit = match change.kind {
        Status::Moved => (n_old, n_new) == (1, 1) && change.old != change.new,
        Status::Split => n_old == 1 && n_new > 1,
        Status::Merged => n_old > 0 && n_new == 1 && change.old != change.new,
        Status::Withdrawn | Status::Corrected => n_old == 1 && n_new == 0,
        Status::Published => false,
    };
    let sides = || format!("{}={}", change.old.join(","), change.new.join(","));
    (!is_fit).then(|| format!("`{}` is no record {}", sides(), change.kind))
}
