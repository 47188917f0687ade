//! A wording with which a record was published: what it said, what changed after it, when and why.

use super::citation::Cited;
use super::history::{VersionView, link, list, list_address, name, part_name, reason_language, record_address, stood};
use super::subject::{Head, Input, Local, Page, Related, Subject, Subjects, subjects};
use super::superseded;
use crate::index::RecordRef;
use crate::model::address::version as version_address;
use crate::model::edtf::Edtf;
use crate::model::record::{RecordId, SectionCode};
use crate::model::wording::{Part, Version, Wording};
use crate::render::diff::{Change, pieces};
use crate::render::html::{HtmlWriter, SafeHtml};
use crate::render::view::{Entry, Link};
use serde::Serialize;
use serde_json::json;
use tera::Value;

/// A wording of a record.
struct WordingPage<'a> {
    id: &'a str,
    versions: &'a [Version],
    version: &'a Version,
    /// What the record says; none if it was given up.
    now: Option<Wording>,
}

/// What `wording.html` shows.
#[derive(Serialize)]
struct WordingView<'a> {
    id: &'a str,
    version: String,
    text: SafeHtml,
    lang: &'a str,
    entries: Vec<Entry>,
    change: Option<ChangeView>,
    /// The page of the record.
    record: Link,
    versions: Vec<VersionView>,
}

/// How a wording differs from the one after it.
#[derive(Serialize)]
struct ChangeView {
    parts: Vec<PartView>,
    text: Option<SafeHtml>,
    when_and_why: Vec<Entry>,
}

/// A part of a record, before and after.
#[derive(Serialize)]
struct PartView {
    field: String,
    before: String,
    after: String,
}

/// The pages of wordings.
pub(super) fn pages<'a>(input: &Input<'a>) -> Subjects<'a> {
    let pages = input.versions.keys().flat_map(|id| {
        let (versions, now) = (input.history(id), input.said(id));
        versions.iter().map(move |version| WordingPage { id, versions, version, now: now.clone() })
    });
    subjects(pages)
}

impl Subject for WordingPage<'_> {
    fn address(&self) -> String {
        version_address(self.id, self.version.number)
    }

    fn page(&self, local: Local<'_>) -> Page {
        let (id, version) = (self.id, self.version);
        let at = self.at(local.site.input);
        let record = Link::new(record_address(id), id);
        let head = Head {
            title: format!("{id} · {}", name(local, version.number)),
            description: local.words().history.description.clone(),
            trail: at.map(|at| local.report_link(local.at(at).0)).into_iter().chain([record.clone()]).collect(),
            cited: local.site.citations().version(id, version.number).map(|citable| Cited::version(citable, version)),
            related: self.relations(),
            ..Head::default()
        };
        let view = WordingView {
            id,
            version: name(local, version.number),
            text: paragraphs(&version.wording.text),
            lang: &version.language,
            entries: self.entries(local),
            change: self.change(local),
            record,
            versions: list(local, id, self.versions, Some(version.number)),
        };
        Page::new("wording.html", head, &view)
    }

    fn is_listed(&self) -> bool {
        false
    }

    fn beside(&self, local: Local<'_>) -> Vec<(&'static str, Vec<u8>)> {
        let Wording { state, date, section, text } = &self.version.wording;
        let stood = local.site.input.releases.stood(self.id, &self.version.wording.sha256());
        let editions: Vec<_> = stood.iter().map(|stretch| json!([stretch.first.date, stretch.last.date])).collect();
        let data = json!({
            "id": self.id, "version": self.version.number, "date": self.version.date, "reason": self.version.reason,
            "state": state, "date_edtf": date, "section": section, "language": self.version.language, "text": text,
            "sha256": self.version.wording.sha256(), "editions": editions,
        });
        vec![("version.json", format!("{data:#}\n").into_bytes())]
    }
}

impl WordingPage<'_> {
    fn at(&self, input: &Input<'_>) -> Option<RecordRef> {
        input.index.records.get(&RecordId(self.id.to_owned())).copied()
    }

    /// The wording after this one: another version, or what the record says and is not kept yet.
    fn next(&self) -> Option<(&Wording, Option<&Version>)> {
        let next = self.versions.iter().find(|version| version.number == self.version.number + 1);
        let unkept = || self.now.as_ref().filter(|now| !self.version.wording.is_same(now)).map(|now| (now, None));
        next.map(|next| (&next.wording, Some(next))).or_else(unkept)
    }

    /// Where the other wordings are (RFC 5829), for programs.
    fn relations(&self) -> Vec<Related> {
        let number = self.version.number;
        let beside = |other: u32| self.versions.iter().any(|version| version.number == other);
        let links = [
            ("version-history", Some(list_address(self.id))),
            ("latest-version", Some(record_address(self.id))),
            ("predecessor-version", beside(number - 1).then(|| version_address(self.id, number - 1))),
            ("successor-version", beside(number + 1).then(|| version_address(self.id, number + 1))),
        ];
        links.into_iter().filter_map(|(rel, path)| Some(Related::new(rel, path?))).collect()
    }

    fn entries(&self, local: Local<'_>) -> Vec<Entry> {
        let (words, Wording { state, date, section, .. }) = (local.words(), &self.version.wording);
        let state = state.map(|state| Entry::text(&words.field.state, local.state_name(state)).of_field("state"));
        let date = date.as_ref().map(|date| Entry::text(&words.field.date, local.date(&Edtf::as_printed(date))));
        let date = date.map(|entry| entry.of_field("date"));
        let section = section.as_ref().map(|code| Entry::text(&words.field.section, section_title(local, code)));
        let section = section.map(|entry| entry.of_field("section"));
        let published = self.version.date.as_deref().map(|date| local.date(&Edtf::as_printed(date)));
        let published = published.map(|date| Entry::text(&words.history.published, date));
        let stood = Entry::text(&words.history.stood, stood(local, self.id, self.version));
        let hash = Entry::text(&words.field.hash, self.version.wording.sha256());
        state.into_iter().chain(date).chain(section).chain(published).chain([stood, hash]).collect()
    }

    fn change(&self, local: Local<'_>) -> Option<ChangeView> {
        let Some((next, version)) = self.next() else {
            let entry = local.site.input.ledger?.get(self.id).filter(|entry| !entry.status.is_live())?;
            let when_and_why = superseded::entries(local, entry);
            return Some(ChangeView { parts: Vec::new(), text: None, when_and_why });
        };
        let here = &self.version.wording;
        let parts = here.differences(next);
        let part = |part: &Part| {
            let [before, after] = [here, next].map(|wording| value(local, wording, *part));
            before.zip(after).map(|(before, after)| PartView { field: part_name(local, *part), before, after })
        };
        Some(ChangeView {
            text: parts.contains(&Part::Text).then(|| difference(&here.text, &next.text)),
            parts: parts.iter().filter_map(part).collect(),
            when_and_why: when_and_why(local, version),
        })
    }
}

/// When a wording took the place of the one before, and why.
fn when_and_why(local: Local<'_>, version: Option<&Version>) -> Vec<Entry> {
    let words = &local.words().history;
    let Some(version) = version else { return vec![Entry::text(&words.when, &words.unkept)] };
    let when = version.date.as_deref().map(|date| Entry::text(&words.when, local.date(&Edtf::as_printed(date))));
    let why = match version.reason.as_deref() {
        Some(reason) => Entry::text(&words.why, reason).in_language(reason_language(reason)),
        None => Entry::known(&words.why, None, &words.no_reason),
    };
    when.into_iter().chain([why]).collect()
}

/// A part of a wording in words; none of the text, which is shown whole.
fn value(local: Local<'_>, wording: &Wording, part: Part) -> Option<String> {
    let words = match part {
        Part::State => wording.state.map(|state| local.state_name(state)),
        Part::Date => wording.date.as_deref().map(|date| local.date(&Edtf::as_printed(date))),
        Part::Section => wording.section.as_deref().map(|code| section_title(local, code)),
        Part::Text => return None,
    };
    Some(words.unwrap_or_else(|| local.words().site.none.clone()))
}

fn section_title(local: Local<'_>, code: &str) -> String {
    local.section_title(&SectionCode(code.to_owned()))
}

/// A text without links, as it is not what stands now.
fn paragraphs(text: &str) -> SafeHtml {
    let mut html = HtmlWriter::default();
    for line in text.lines() {
        html.start("p", &[]);
        html.text(line);
        html.end("p");
    }
    html.finish()
}

/// What is taken out of a text, and what is put in.
fn difference(earlier: &str, later: &str) -> SafeHtml {
    let mut html = HtmlWriter::default();
    html.start("p", &[]);
    for (change, piece) in pieces(earlier, later) {
        let tag = match change {
            Change::Kept => None,
            Change::Out => Some("del"),
            Change::In => Some("ins"),
        };
        tag.into_iter().for_each(|tag| html.start(tag, &[]));
        for (number, line) in piece.split('\n').enumerate() {
            if number > 0 {
                html.start("br", &[]);
            }
            html.text(line);
        }
        tag.into_iter().for_each(|tag| html.end(tag));
    }
    html.end("p");
    html.finish()
}

/// A change of a record, in the lists of those of a report or an edition.
#[derive(Serialize)]
pub(super) struct ChangedView {
    record: Value,
    /// The wording that stood before.
    before: Link,
    what: String,
    when: Option<String>,
}

impl ChangedView {
    /// The change that gave the record `id` the version `number`; none for its first.
    pub(super) fn to(local: Local<'_>, id: &str, number: u32) -> Option<Self> {
        let versions = local.site.input.versions.get(id)?;
        let version = versions.iter().find(|version| version.number == number)?;
        let before = versions.iter().find(|version| version.number + 1 == number)?;
        let parts = before.wording.differences(&version.wording).into_iter();
        Some(Self {
            record: record(local, id),
            before: link(local, id, before.number),
            what: parts.map(|part| part_name(local, part)).collect::<Vec<_>>().join(&local.words().gist.between),
            when: version.date.as_deref().map(|date| local.date(&Edtf::as_printed(date))),
        })
    }

    /// The change that gave the record `id` a version, or none as it was given up, in a line.
    pub(super) fn summary(local: Local<'_>, id: &str, number: Option<u32>) -> String {
        let view = number.map_or_else(|| Self::given_up(local, id), |number| Self::to(local, id, number));
        let named = number.map(|number| name(local, number));
        let parts: Vec<String> = named.into_iter().chain(view.map(|view| view.what)).collect();
        parts.join(&local.words().site.colon)
    }

    /// The change that gave the record `id` up.
    pub(super) fn given_up(local: Local<'_>, id: &str) -> Option<Self> {
        let entry = local.site.input.ledger?.get(id).filter(|entry| !entry.status.is_live())?;
        let last = local.site.input.versions.get(id)?.last()?;
        Some(Self {
            record: record(local, id),
            before: link(local, id, last.number),
            what: superseded::what_happened(local, entry.status).to_owned(),
            when: entry.date.as_deref().map(|date| local.date(&Edtf::as_printed(date))),
        })
    }
}

/// A link to a record, or to the page that says what became of it.
fn record(local: Local<'_>, id: &str) -> Value {
    match local.index().records.get(&RecordId(id.to_owned())) {
        Some(at) => local.record(*at),
        None => Link::new(record_address(id), id).value(),
    }
}

/// Most changes that the page of a report lists; the editions have all.
const MAX_CHANGES: usize = 30;

/// The latest changes of records of the report at `position`.
pub(super) fn changes_of_report(local: Local<'_>, position: usize) -> Vec<ChangedView> {
    let input = local.site.input;
    let Some(report) = input.corpus.reports.get(position) else { return Vec::new() };
    let changed = report.records.iter().flat_map(|record| {
        let versions = input.versions.get(&record.id.0).map(Vec::as_slice).unwrap_or_default();
        versions.iter().skip(1).map(|version| (version.date.as_deref(), record.id.0.as_str(), version.number))
    });
    let mut changed: Vec<_> = changed.collect();
    changed.sort_by(|left, right| right.cmp(left));
    changed.into_iter().take(MAX_CHANGES).filter_map(|(_, id, number)| ChangedView::to(local, id, number)).collect()
}
