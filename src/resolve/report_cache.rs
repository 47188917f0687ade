//! Reports as they were resolved before, so that a program that goes on running resolves only those that changed.
//!
//! Invariant: a report is taken from here only if its text, what the file beside it says and the grammars are the very
//! same; then it is what resolving it again would give.

use super::meeting::Meetings;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::source::{Source, SourceId};
use crate::config::SubjectWords;
use crate::model::reference::State;
use crate::model::report::{Report, ReportMeta};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A report by itself, and what is doubtful about it.
pub type Resolved = (Arc<Report>, Vec<Diagnostic>);

/// What is remembered.
#[derive(Debug, Default)]
pub struct ReportCache {
    /// What the grammars were made of: words of the subject, names of the treaty, of States and of meetings.
    lexicon: SubjectWords,
    treaty: Vec<String>,
    states: Vec<State>,
    meetings: Meetings,
    reports: BTreeMap<String, Remembered>,
}

#[derive(Debug)]
struct Remembered {
    sha256: String,
    meta: ReportMeta,
    resolved: Resolved,
}

impl ReportCache {
    /// Forgets everything unless the grammars are made of the same words and names.
    pub fn prepare(&mut self, lexicon: &SubjectWords, treaty: &[String], states: &[State], meetings: &Meetings) {
        if self.lexicon != *lexicon || self.treaty != treaty || self.states != states || self.meetings != *meetings {
            *self = Self {
                lexicon: lexicon.clone(),
                treaty: treaty.to_vec(),
                states: states.to_vec(),
                meetings: meetings.clone(),
                reports: BTreeMap::new(),
            };
        }
    }

    /// The report of `source`, if it was resolved before.
    #[must_use]
    pub fn find(&self, source: &Source, meta: &ReportMeta) -> Option<Resolved> {
        let found = self.reports.get(&source.path)?;
        let is_same = found.sha256 == source.sha256 && found.meta == *meta;
        is_same.then(|| numbered(found.resolved.clone(), source.id))
    }

    /// Remembers what the reports of `sources` are now, and nothing else.
    pub fn remember(&mut self, sources: &[Source], resolved: &[Resolved]) {
        let now = sources.iter().zip(resolved).map(|(source, resolved)| {
            let meta = resolved.0.meta.clone();
            (source.path.clone(), Remembered { sha256: source.sha256.clone(), meta, resolved: resolved.clone() })
        });
        self.reports = now.collect();
    }
}

/// The same with another number for its source, as files before it may have come or gone.
pub(crate) fn numbered((mut report, mut diagnostics): Resolved, id: SourceId) -> Resolved {
    if report.source != id {
        Arc::make_mut(&mut report).source = id;
    }
    for diagnostic in &mut diagnostics {
        if let Some(Place::InSource(source, _)) = &mut diagnostic.place {
            *source = id;
        }
    }
    (report, diagnostics)
}
