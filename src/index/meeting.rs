//! Which records speak of which meeting.
//!
//! Conservative: a record is linked to a meeting when its date, or a day written in its text, lies
//! within the meeting's days and the text names the meeting by a keyword of its series; the meeting's
//! city is enough only for a short meeting that has no rival in the same city on the same days,
//! because over two weeks in Geneva much else happens.

use super::{Index, RecordRef, usable_date};
use crate::config::Config;
use crate::model::edtf::{Moment, read_edtf};
use crate::model::record::Record;
use crate::model::reference::Meeting;
use crate::model::report::Report;
use crate::resolve::Corpus;
use std::sync::Arc;

/// The longest meeting, in days, for which its city stands for it.
const SHORT_MEETING_DAYS: i32 = 4;

/// Each record that speaks of meetings, with their ids.
pub(super) fn spoken_of<'a>(corpus: &'a Corpus, config: &'a Config) -> Vec<(RecordRef, Vec<&'a str>)> {
    let candidates: Vec<Candidate<'_>> =
        corpus.reference.meetings.iter().filter_map(|meeting| Candidate::new(meeting, config)).collect();
    let of_report = |(report, found): (usize, &Arc<Report>)| {
        let records = found.records.iter().enumerate();
        let spoken_of = records
            .map(|(record, found)| (RecordRef { report, record }, meetings_of(&candidates, found, &days_of(found))));
        spoken_of.filter(|(_, meetings)| !meetings.is_empty()).collect::<Vec<_>>()
    };
    corpus.reports.iter().enumerate().flat_map(of_report).collect()
}

/// Puts records under the meetings they speak of.
pub(super) fn add_meetings(index: &mut Index, spoken_of: Vec<(RecordRef, Vec<&str>)>) {
    for (at, meetings) in spoken_of {
        for id in meetings {
            index.meetings.entry(id.to_owned()).or_default().push(at);
            index.meetings_of.entry(at).or_default().push(id.to_owned());
        }
    }
    index.meetings.values_mut().for_each(|records| records.sort_unstable());
}

struct Candidate<'a> {
    meeting: &'a Meeting,
    first: Moment,
    last: Moment,
    names: Vec<&'a str>,
    places: Vec<&'a str>,
}

impl<'a> Candidate<'a> {
    fn new(meeting: &'a Meeting, config: &'a Config) -> Option<Self> {
        let first = day(meeting.start_date.as_deref()?)?;
        let last = meeting.end_date.as_deref().and_then(day).unwrap_or(first);
        let series = meeting.series.as_deref().and_then(|series| config.meeting_series.get(series));
        let mut names: Vec<&str> = series.iter().flat_map(|series| &series.keywords).map(String::as_str).collect();
        names.extend(meeting.name_zh.as_deref());
        names.extend(meeting.name_en.as_deref());
        Some(Self { meeting, first, last, names, places: places(meeting, config) })
    }

    fn is_short(&self) -> bool {
        let months = self.last.first_month() - self.first.first_month();
        let days = |moment: Moment| i32::from(moment.day.unwrap_or(1));
        months == 0 && days(self.last) - days(self.first) < SHORT_MEETING_DAYS
    }

    fn covers(&self, days: &[(Moment, Moment)]) -> bool {
        days.iter().any(|(first, last)| self.first <= *first && *last <= self.last)
    }
}

fn places<'a>(meeting: &'a Meeting, config: &'a Config) -> Vec<&'a str> {
    let Some(place) = meeting.place.as_deref() else { return Vec::new() };
    let others = config.places.get(place).into_iter().flatten().map(String::as_str);
    std::iter::once(place).chain(others).collect()
}

fn day(text: &str) -> Option<Moment> {
    Moment::read(text).filter(|moment| moment.day.is_some())
}

/// The days a record speaks of: its date cell where it names days, and the days in its text.
fn days_of(record: &Record) -> Vec<(Moment, Moment)> {
    let cell = usable_date(record).map(read_edtf).unwrap_or_default();
    let written = record.dates.iter().map(|date| (date.moment, date.moment));
    let days = cell.into_iter().filter_map(|stretch| Some((stretch.start?, stretch.end?))).chain(written);
    days.filter(|(first, last)| first.day.is_some() && last.day.is_some()).collect()
}

fn meetings_of<'a>(candidates: &[Candidate<'a>], record: &Record, days: &[(Moment, Moment)]) -> Vec<&'a str> {
    if days.is_empty() {
        return Vec::new();
    }
    let text = &record.text.text;
    let then: Vec<&Candidate<'a>> = candidates.iter().filter(|candidate| candidate.covers(days)).collect();
    let named: Vec<&str> = ids(&then, |candidate| contains_any(text, &candidate.names));
    if !named.is_empty() {
        return named;
    }
    let there = ids(&then, |candidate| contains_any(text, &candidate.places));
    let short = then.iter().all(|candidate| candidate.is_short());
    if there.len() == 1 && short { there } else { Vec::new() }
}

fn ids<'a>(candidates: &[&Candidate<'a>], test: impl Fn(&Candidate<'a>) -> bool) -> Vec<&'a str> {
    candidates.iter().filter(|candidate| test(candidate)).map(|candidate| candidate.meeting.id.as_str()).collect()
}

fn contains_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}
