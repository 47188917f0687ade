//! A resolution: adoption, votes, who says what of it, who cites it.

use super::super::view::{Entry, Link, Remark, Title};
use super::citation::Cited;
use super::dissent::{self, Dissent};
use super::document::{OfficialText, official_texts};
use super::feed;
use super::listing::{Listing, MAX_OWN_LINES};
use super::passage::{self, PassageView, passages};
use super::resolutions;
use super::said::{Said, all_said, vote_word};
use super::subject::{
    Document, Facets, Field, Head, Input, Kind, Local, Page, Site, Subject, Subjects, address, field, fill, optional,
    subjects, years,
};
use super::told::{LeftOut, Told};
use crate::index::{ResolutionIndex, TextRef};
use crate::model::citation::Symbol;
use crate::model::fact::FactKind;
use crate::model::reference::{Resolution, Vote};
use crate::model::report::Report;
use crate::model::state::Iso3;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use tera::Value;

/// A resolution and what concerns it, by the symbol of its page.
struct ResolutionPage<'a> {
    symbol: &'a Symbol,
    entry: &'a ResolutionIndex,
}

/// What `resolution.html` shows.
#[derive(Serialize)]
struct ResolutionView {
    title: Option<Title>,
    answer: Option<Answer>,
    entries: Vec<Entry>,
    official: Vec<OfficialText>,
    printed_titles: Vec<PrintedTitle>,
    mandate_of: Vec<MandateView>,
    before: Option<Link>,
    after: Option<Link>,
    dissent: Option<Dissent>,
    sponsors: Vec<Value>,
    votes: Vec<RollGroup>,
    said: Vec<Said>,
    said_elsewhere: Option<LeftOut>,
    total: String,
    listing: Listing,
    beside: Vec<PassageView>,
}

/// How it was adopted, in a line: the votes, and who did not vote in favour.
#[derive(Serialize)]
struct Answer {
    totals: String,
    groups: Vec<VoteGroup>,
}

/// A report that the resolution asked for.
#[derive(Serialize)]
struct MandateView {
    report: Value,
    /// The resolution's paragraph that did.
    paragraph: Option<String>,
}

/// A title as a text gives it.
#[derive(Serialize)]
struct PrintedTitle {
    text: String,
    lang: String,
    /// The text that gives it.
    place: Value,
}

/// States that voted alike.
#[derive(Serialize)]
struct VoteGroup {
    name: String,
    states: Vec<Value>,
}

/// States that voted alike, in the roll call.
#[derive(Serialize)]
struct RollGroup {
    name: String,
    count: String,
    voters: Vec<Voter>,
}

/// A State in the roll call.
#[derive(Serialize)]
struct Voter {
    state: Value,
    /// Its region, by which the roll call can be put in order.
    region: Option<String>,
}

/// The pages of resolutions.
pub(super) fn pages<'a>(input: &Input<'a>) -> Subjects<'a> {
    subjects(input.index.resolutions.iter().map(|(symbol, entry)| ResolutionPage { symbol, entry }))
}

impl Subject for ResolutionPage<'_> {
    fn address(&self) -> String {
        address::resolution(self.symbol)
    }

    fn page(&self, local: Local<'_>) -> Page {
        let Self { symbol, entry } = *self;
        let head = Head {
            title: symbol.to_string(),
            description: fill(&local.words().resolution.description, &[("symbol", symbol.as_str())]),
            trail: vec![resolutions::LIST.link(local)],
            next: entry.before.iter().chain(&entry.after).map(|symbol| local.resolution(symbol).value()).collect(),
            cited: local.site.citations().resolution(symbol).map(Cited::resolution),
            feed: feed::of_page(&self.address(), &entry.cited_by),
            ..Head::default()
        };
        Page::new("resolution.html", head, &view(local, symbol, entry))
    }

    fn beside(&self, local: Local<'_>) -> Vec<(&'static str, Vec<u8>)> {
        let subtitle = fill(&local.words().resolution.description, &[("symbol", self.symbol.as_str())]);
        feed::beside(local, self.address(), self.symbol.to_string(), subtitle, &self.entry.cited_by)
    }

    fn document<'a>(&'a self, site: &'a Site<'a>) -> Option<Document<'a>> {
        let row = self.entry.row.and_then(|row| site.input.corpus.reference.resolutions.get(row));
        let date = row.and_then(|row| row.adoption_date.as_ref());
        let shown = |local: Local<'a>| {
            let title = title(local, self.entry).map(|title| title.text);
            (self.symbol.to_string(), title.unwrap_or_default())
        };
        Some(Document {
            fields: self.fields(site, row),
            date: date.map(Cow::Borrowed),
            facets: Facets { years: years(date), resolutions: vec![self.symbol.clone()], ..Facets::default() },
            ..Document::new(site, Kind::Resolution, self.address(), shown)
        })
    }
}

impl<'a> ResolutionPage<'a> {
    /// Its symbol, titles and votes for the search.
    fn fields<'b>(&'b self, site: &'b Site<'b>, row: Option<&'b Resolution>) -> Vec<Field<'b>>
    where
        'a: 'b,
    {
        let mut fields = vec![field("en", self.symbol.as_str())];
        if let Some(row) = row {
            fields.extend(optional("zh-Hans", &row.title_zh).or_else(|| optional("zh-Hans", &row.title_zh_candidate)));
            fields.extend(optional("en", &row.title_en).or_else(|| optional("en", &row.title_en_candidate)));
            fields.extend(optional("en", &row.body));
            fields.extend(optional("en", &row.note));
        }
        fields.extend(site.locals().flat_map(|local| self.dissent(local)));
        fields
    }

    /// Who voted against it and who abstained, in words.
    fn dissent<'b>(&self, local: Local<'b>) -> Vec<Field<'b>> {
        let line = |vote: Vote| {
            let rows = self.entry.votes.iter().filter_map(|row| local.corpus().reference.votes.get(*row));
            let names: Vec<String> =
                rows.filter(|row| row.vote == vote).map(|row| local.state_name(row.iso3)).collect();
            let text = format!("{}{}{}", vote_word(local, vote), local.words().site.colon, names.join(", "));
            (!names.is_empty()).then(|| field(&local.language.tag, text))
        };
        [Vote::No, Vote::Abstain].into_iter().filter_map(line).collect()
    }
}

fn view<'a>(local: Local<'a>, symbol: &'a Symbol, entry: &'a ResolutionIndex) -> ResolutionView {
    let told = Told::SaidOf(symbol, entry);
    let facts = told.shown(local, &entry.facts, |fact| fact.at.report);
    ResolutionView {
        title: title(local, entry),
        answer: answer(local, entry),
        entries: entries(local, symbol, entry),
        official: official_texts(local, symbol.as_str()),
        printed_titles: printed_titles(local, entry),
        mandate_of: mandates(local, symbol, entry),
        before: entry.before.as_ref().map(|symbol| local.resolution(symbol)),
        after: entry.after.as_ref().map(|symbol| local.resolution(symbol)),
        dissent: dissent::of_series(local, symbol),
        sponsors: local.states(local.in_order(sponsors(local, entry))),
        votes: votes(local, entry),
        said: all_said(local, facts),
        said_elsewhere: told.left_out(local),
        total: local.count(&local.words().counts.citing, entry.cited_by.len()),
        listing: Listing::new(local, &entry.cited_by, MAX_OWN_LINES, ""),
        beside: passages(local, &entry.cited_beside),
    }
}

/// The votes on it, as far as they are known.
fn answer(local: Local<'_>, entry: &ResolutionIndex) -> Option<Answer> {
    let row = entry.row.and_then(|row| local.corpus().reference.resolutions.get(row));
    let (yes, no, abstain) = row.and_then(|row| row.votes)?;
    let groups = [Vote::No, Vote::Abstain].into_iter().map(|kind| vote_group(local, entry, kind));
    let groups = groups.filter(|group| !group.states.is_empty()).collect();
    Some(Answer { totals: format!("{yes}–{no}–{abstain}"), groups })
}

fn mandates(local: Local<'_>, symbol: &Symbol, entry: &ResolutionIndex) -> Vec<MandateView> {
    let reports = entry.mandate_of.iter().filter_map(|at| Some((*at, local.corpus().reports.get(*at)?)));
    reports
        .map(|(at, report)| {
            let own =
                report.front.mandates.iter().find(|mandate| local.index().page_symbol(&mandate.resolution) == symbol);
            let paragraph = own.and_then(|mandate| super::report::paragraph_words(local, mandate));
            MandateView { report: local.report(at), paragraph }
        })
        .collect()
}

/// A resolution's title: from the table or as reports print it, one that was seen in the page's language before others.
pub(super) fn title(local: Local<'_>, entry: &ResolutionIndex) -> Option<Title> {
    let row = entry.row.and_then(|row| local.corpus().reference.resolutions.get(row));
    let in_table = row.and_then(|row| local.resolution_title(row));
    let printed = entry.printed_titles.iter().min_by_key(|(_, at)| **at);
    let printed = printed.and_then(|(text, at)| title_in_report(local, text, *at));
    let is_best = |title: &Title| !title.candidate && local.speaks(&title.lang);
    let own = own_title(local, entry);
    if own.as_ref().is_some_and(is_best) && !in_table.as_ref().is_some_and(is_best) {
        return own;
    }
    if printed.as_ref().is_some_and(is_best) && !in_table.as_ref().is_some_and(is_best) {
        return printed;
    }
    in_table.or(printed)
}

/// The title that the text of the resolution in this archive has, in the language of the page if it is in several.
fn own_title(local: Local<'_>, entry: &ResolutionIndex) -> Option<Title> {
    let expressions = local.corpus().works.expressions(entry.report?);
    let reports = expressions.into_iter().filter_map(|at| local.corpus().reports.get(at));
    let titled: Vec<_> = reports.filter(|report| report.is_titled()).collect();
    let report = titled.iter().find(|report| local.speaks(&report.language)).or(titled.first())?;
    let (text, lang) = local.report_title(report);
    Some(Title { text, lang, source: None, candidate: false })
}

fn title_in_report(local: Local<'_>, text: &str, at: TextRef) -> Option<Title> {
    let report = match at {
        TextRef::Record(at) => at.get(local.corpus())?.0,
        TextRef::Passage(at) => at.get(local.corpus())?.0,
    };
    let (lang, source) = (report.language.clone(), Some(printed_in(local, report)));
    Some(Title { text: text.to_owned(), lang, source, candidate: false })
}

/// The report that prints a title, under its name.
fn printed_in(local: Local<'_>, report: &Report) -> Remark {
    let (_, language) = local.report_title(report);
    let name = local.report_name(report);
    if local.speaks(&language) { Remark::new(name) } else { Remark::in_language(name, &language) }
}

fn printed_titles(local: Local<'_>, entry: &ResolutionIndex) -> Vec<PrintedTitle> {
    let titles = entry.printed_titles.iter();
    titles.filter_map(|(text, at)| printed_title(local, text, *at)).collect()
}

fn printed_title(local: Local<'_>, text: &str, at: TextRef) -> Option<PrintedTitle> {
    let (report, place) = match at {
        TextRef::Record(at) => (at.get(local.corpus())?.0, local.record(at)),
        TextRef::Passage(at) => (at.get(local.corpus())?.0, passage::link(local, at)?.value()),
    };
    Some(PrintedTitle { text: text.to_owned(), lang: report.language.clone(), place })
}

fn entries(local: Local<'_>, symbol: &Symbol, entry: &ResolutionIndex) -> Vec<Entry> {
    let row = entry.row.and_then(|row| local.corpus().reference.resolutions.get(row));
    let (words, unknown) = (&local.words().resolution, &local.words().site.unknown);
    let of = |value: fn(&Resolution) -> &Option<String>| row.and_then(|row| value(row).as_deref());
    let adopted = row.and_then(|row| row.adoption_date.as_ref()).map(|date| local.date(date));
    let date_source = row.and_then(|row| local.source(&row.adoption_date_source));
    let full = row.filter(|row| row.symbol != *symbol);
    let mut entries: Vec<Entry> =
        full.map(|row| Entry::text(&words.full_symbol, row.symbol.to_string())).into_iter().collect();
    entries.extend([
        Entry::known(&words.adopted, adopted.as_deref(), unknown).sourced(date_source),
        in_words(local, &words.body, of(|row| &row.body), &words.body_name),
        meeting(local, of(|row| &row.meeting)),
        totals(local, row),
        in_words(local, &words.vote_type, of(|row| &row.vote_type), &words.vote_kind),
    ]);
    let said = [
        (&words.draft, of(|row| &row.draft)),
        (&words.sponsors, of(|row| &row.sponsors)),
        (&words.further_sponsors, of(|row| &row.further_sponsors)),
    ];
    entries.extend(said.into_iter().filter_map(|(name, value)| Some(Entry::remark(name, local.remark(value?)))));
    let report = entry.report.and_then(|at| local.corpus().reports.get(at));
    entries.extend(report.map(|report| Entry::link(&local.words().document.this_archive, local.report_link(report))));
    entries.extend(of(|row| &row.note).map(|note| Entry::remark(&local.words().field.note, local.remark(note))));
    entries
}

/// The meeting that adopted it: by its number in the words of the language, else as the table has it.
fn meeting(local: Local<'_>, value: Option<&str>) -> Entry {
    let words = &local.words().resolution;
    let ordinal = value.map(|value| {
        value.strip_suffix(" plenary").map_or((value, &words.sitting), |ordinal| (ordinal, &words.plenary))
    });
    let number =
        ordinal.map(|(ordinal, form)| (ordinal.trim_end_matches(|letter: char| letter.is_ascii_lowercase()), form));
    let is_number = |number: &str| !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
    match number.filter(|(number, _)| is_number(number)) {
        Some((number, form)) => Entry::text(&words.meeting, fill(form, &[("n", number)])),
        None => local.in_table(&words.meeting, value),
    }
}

/// A value of the table in words where there are some, else as the table has it, in English.
fn in_words(local: Local<'_>, name: &str, value: Option<&str>, words: &BTreeMap<String, String>) -> Entry {
    match value.map(|value| (value, words.get(value))) {
        Some((_, Some(words))) => Entry::text(name, words),
        known => local.in_table(name, known.map(|(value, _)| value)),
    }
}

fn totals(local: Local<'_>, row: Option<&Resolution>) -> Entry {
    let words = &local.words().resolution;
    let votes = row.and_then(|row| row.votes).map(|(yes, no, abstain)| {
        let values = [("for", yes.to_string()), ("against", no.to_string()), ("abstain", abstain.to_string())];
        fill(&words.totals, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    });
    let source = row.and_then(|row| local.source(&row.vote_source));
    Entry::known(&words.votes, votes.as_deref(), &local.words().site.unknown).sourced(source)
}

/// The roll call, those first who did not vote in favour.
fn votes(local: Local<'_>, entry: &ResolutionIndex) -> Vec<RollGroup> {
    let group = |kind| {
        let voters: Vec<Voter> = voters(local, entry, kind)
            .into_iter()
            .map(|iso3| Voter { state: local.state(iso3), region: local.region(iso3) })
            .collect();
        let count = local.count(&local.words().counts.states, voters.len());
        RollGroup { name: vote_word(local, kind), count, voters }
    };
    let kinds = [Vote::No, Vote::Abstain, Vote::NotRecorded, Vote::Yes];
    kinds.into_iter().map(group).filter(|group| !group.voters.is_empty()).collect()
}

/// Who voted so, in alphabetical order.
fn voters(local: Local<'_>, entry: &ResolutionIndex, kind: Vote) -> Vec<Iso3> {
    let rows = entry.votes.iter().filter_map(|row| local.corpus().reference.votes.get(*row));
    local.in_order(rows.filter(|row| row.vote == kind).map(|row| row.iso3))
}

fn vote_group(local: Local<'_>, entry: &ResolutionIndex, kind: Vote) -> VoteGroup {
    VoteGroup { name: vote_word(local, kind), states: local.states(voters(local, entry, kind)) }
}

/// Of whom reports say that they sponsored it.
fn sponsors<'a>(local: Local<'a>, entry: &'a ResolutionIndex) -> impl Iterator<Item = Iso3> {
    let facts = entry.facts.iter().filter_map(move |fact| fact.get(local.corpus()));
    facts.filter(|fact| fact.kind == FactKind::Sponsored).map(|fact| fact.state)
}

/// A State's vote on a resolution.
#[derive(Serialize)]
pub(super) struct CastVote {
    resolution: Link,
    title: Option<Title>,
    adopted: Option<String>,
    /// How it voted, in words.
    pub(super) vote: String,
}

/// A State's votes.
pub(super) fn vote_of(local: Local<'_>, iso3: Iso3) -> Vec<CastVote> {
    let rows = local.index().state(iso3).map(|state| state.votes.as_slice()).unwrap_or_default();
    let rows = rows.iter().filter_map(|row| local.corpus().reference.votes.get(*row));
    rows.map(|row| {
        let entry = local.index().resolution(&row.resolution);
        let table = dissent::in_table(local, &row.resolution);
        CastVote {
            resolution: local.resolution(&row.resolution),
            title: entry.and_then(|entry| title(local, entry)),
            adopted: table.and_then(|table| table.adoption_date.as_ref()).map(|date| local.date(date)),
            vote: vote_word(local, row.vote),
        }
    })
    .collect()
}
