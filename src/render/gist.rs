//! What a record tells above all, in words: its heading, the title of its page and its line in lists.
//!
//! A gist is made by rule, in the language of the page. Where no rule is sure, the first words of the text stand for it, in
//! the language of the page where the archive has them in that.

use super::messages::{ActWords, GistWords, fill};
use super::site::Local;
use crate::index::RecordRef;
use crate::model::gist::{Act, Gist};
use crate::model::record::Record;
use crate::model::report::Report;
use crate::model::state::Iso3;
use unicode_width::UnicodeWidthChar;

/// Most names in a list before the rest is a number.
const MAX_NAMES: usize = 4;

/// As many of them as then stand by name.
const FEW_NAMES: usize = 3;

/// A record's heading.
pub(super) struct Heading {
    /// What it says.
    pub(super) words: String,
    /// Its language where it is not the page's.
    pub(super) language: Option<String>,
    /// Whether it was made by rule.
    pub(super) is_by_rule: bool,
}

impl<'a> Local<'a> {
    /// A record's gist in words; else the first of its text that take up to `n_most` columns.
    pub(super) fn heading(self, at: RecordRef, n_most: usize) -> Heading {
        let by_rule = self.gist(self.at(at).1).map(|words| Heading { words, language: None, is_by_rule: true });
        by_rule.unwrap_or_else(|| self.heading_of_text(at, n_most))
    }

    /// The first words of a record's text, in the language of the page where the archive has them in that.
    pub(super) fn heading_of_text(self, at: RecordRef, n_most: usize) -> Heading {
        let (report, record) = self.at(self.in_own_language(at));
        let translation = self.translation(report, &record.text.text);
        let is_own = translation.is_some() || self.speaks(&report.language);
        let words = first_words(translation.map_or(&record.text.text, |translation| translation.words), n_most);
        let language = (!is_own).then(|| report.language.clone());
        Heading { words, language, is_by_rule: false }
    }

    /// When what a record tells was done, or what bounds that, in words.
    pub(super) fn when(self, report: &Report, record: &Record) -> Option<String> {
        self.bounds(report, record).or_else(|| Some(self.record_date(record)?.words))
    }

    /// What a record tells above all, if a rule is sure of it.
    pub(super) fn gist(self, record: &Record) -> Option<String> {
        self.gist_of(record, &self.state_name(record.state?))
    }

    /// The same without the name of the State, beside which it stands.
    pub(super) fn gist_without_state(self, record: &Record) -> Option<String> {
        self.gist_of(record, "").map(|gist| bare(&gist).to_owned())
    }

    /// A kind of act, in words.
    pub(super) fn act_name(self, act: Act) -> String {
        bare(&fill(&act_words(&self.words().gist, act).alone, &[("state", "")])).to_owned()
    }

    fn gist_of(self, record: &Record, state: &str) -> Option<String> {
        let gist = record.gist.as_ref()?;
        let form = act_words(&self.words().gist, gist.act);
        Some(match (&form.with, self.with_which(gist, record)) {
            (Some(with), Some(to)) => fill(with, &[("state", state), ("to", &to)]),
            _ => fill(&form.alone, &[("state", state)]),
        })
    }

    /// The States, resolutions or meeting that an act is about.
    fn with_which(self, gist: &Gist, record: &Record) -> Option<String> {
        let named = |states: &[Iso3]| states.iter().map(|state| self.state_name(*state)).collect::<Vec<_>>();
        let names = match gist.act {
            Act::TookPart => self.meetings_named(record),
            _ if !gist.resolutions.is_empty() => gist.resolutions.iter().map(ToString::to_string).collect(),
            _ => named(&gist.to),
        };
        (!names.is_empty()).then(|| self.listed(&names))
    }

    fn meetings_named(self, record: &Record) -> Vec<String> {
        let [id] = record.meetings.as_slice() else { return Vec::new() };
        let meeting = self.corpus().reference.meetings.iter().find(|meeting| meeting.id == *id);
        meeting.map(|meeting| self.meeting_name(meeting).0).into_iter().collect()
    }

    /// Names as a sentence lists them: many are cut short, with their number.
    pub(super) fn listed(self, names: &[String]) -> String {
        let words = &self.words().gist;
        if names.len() > MAX_NAMES {
            let few = names.get(..FEW_NAMES).unwrap_or_default().join(&words.between);
            let numbers = [self.grouped(names.len() - FEW_NAMES), self.grouped(names.len())];
            let [more, all] = numbers.each_ref().map(String::as_str);
            return fill(&words.more, &[("names", &few), ("n", more), ("all", all)]);
        }
        match names.split_last() {
            Some((last, before)) if !before.is_empty() => {
                format!("{}{}{last}", before.join(&words.between), words.last)
            }
            _ => names.concat(),
        }
    }
}

/// A gist that lacks the name of its State, without what stands behind that.
fn bare(words: &str) -> &str {
    words.trim_start_matches(|character: char| character.is_whitespace() || character == ':')
}

fn act_words(words: &GistWords, act: Act) -> &ActWords {
    match act {
        Act::Urged => &words.urged,
        Act::Called => &words.called,
        Act::Raised => &words.raised,
        Act::Stressed => &words.stressed,
        Act::Promoted => &words.promoted,
        Act::Welcomed => &words.welcomed,
        Act::Hosted => &words.hosted,
        Act::Received => &words.received,
        Act::Visited => &words.visited,
        Act::Met => &words.met,
        Act::TookPart => &words.took_part,
        Act::Chaired => &words.chaired,
        Act::Supported => &words.supported,
        Act::Contributed => &words.contributed,
        Act::Trained => &words.trained,
        Act::Sponsored => &words.sponsored,
        Act::VotedFor => &words.voted_for,
        Act::VotedAgainst => &words.voted_against,
        Act::Abstained => &words.abstained,
        Act::Stated => &words.stated,
        Act::Published => &words.published,
        Act::Helped => &words.helped,
        Act::Ratified => &words.ratified,
        Act::Refrained => &words.refrained,
    }
}

/// The first words of `text` that take up to `n_most` columns, on one line.
pub(super) fn first_words(text: &str, n_most: usize) -> String {
    let mut words = String::new();
    let mut n_columns = 0;
    for character in text.chars().map(|character| if character.is_whitespace() { ' ' } else { character }) {
        n_columns += character.width().unwrap_or(0);
        if n_columns > n_most {
            // A word in letters is not cut in two, unless it has no end; Chinese, whose characters are wide, is.
            let is_in_letters = |end: &usize| words[*end..].chars().all(|character| character.width() != Some(2));
            let end = words.rfind(' ').filter(|end| is_in_letters(end) && *end > n_most / 2);
            words.truncate(end.unwrap_or(words.len()));
            words.push('…');
            break;
        }
        words.push(character);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_shows_the_first_words_of_a_text() {
        assert_eq!(first_words("日本\n敦促", 100), "日本 敦促");
        assert_eq!(first_words(&"日".repeat(60), 100), format!("{}…", "日".repeat(50)));
        assert_eq!(first_words(&"urged ".repeat(30), 100), format!("{}…", ["urged"; 16].join(" ")));
        assert_eq!(first_words(&"x".repeat(200), 100), format!("{}…", "x".repeat(100)));
    }
}
