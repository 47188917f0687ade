//! The archive as things that can be cited.

use super::body;
use super::citable::{Author, Citable, CitableKind, CorrectedState, Pinpoint, Title, wording};
use super::edition::Editions;
use crate::base::language::primary;
use crate::base::path::slug;
use crate::config::{Config, Localized};
use crate::index::{Index, RecordRef};
use crate::model::address;
use crate::model::citation::Symbol;
use crate::model::record::{CorrectedField, Record, RecordId};
use crate::model::reference::Resolution;
use crate::model::report::Report;
use crate::model::state::Iso3;
use crate::model::wording::{Version, Versions, Wording};
use crate::resolve::Corpus;
use std::sync::Arc;

/// The id of the archive as a whole.
const ARCHIVE: &str = "archive";

/// Makes what can be cited of an archive.
#[derive(Debug, Clone, Copy)]
pub struct Citations<'a> {
    corpus: &'a Corpus,
    index: &'a Index,
    config: &'a Config,
    editions: Option<&'a Editions>,
    versions: Option<&'a Versions>,
}

impl<'a> Citations<'a> {
    /// For an archive; `config.base_url` is where it stands.
    #[must_use]
    pub fn new(corpus: &'a Corpus, index: &'a Index, config: &'a Config) -> Self {
        Self { corpus, index, config, editions: None, versions: None }
    }

    /// The same, each citation naming its edition: that of the reports it is drawn from.
    #[must_use]
    pub fn with_editions(self, editions: &'a Editions) -> Self {
        Self { editions: Some(editions), ..self }
    }

    /// The same, with the wordings that records were published with: one that was published with several is cited as the
    /// last of them, at the address of that.
    #[must_use]
    pub fn with_versions(self, versions: &'a Versions) -> Self {
        Self { versions: Some(versions), ..self }
    }

    /// The record at a place of the corpus.
    #[must_use]
    pub fn record(&self, at: RecordRef) -> Option<Citable> {
        let (report, record) = at.get(self.corpus)?;
        let others = self.corpus.works.versions(at).iter().map(|version| version.report);
        let version = self.current(record);
        let path = version.map_or_else(|| address::record(&record.id), |number| address::version(&record.id.0, number));
        Some(Citable {
            key: record.id.to_string(),
            kind: CitableKind::Record,
            pinpoint: Some(Pinpoint { version, ..self.pinpoint(report, record) }),
            languages: self.languages(std::iter::once(at.report).chain(others)),
            ..self.at(&path, self.report(at.report)?)
        })
    }

    /// The number of the wording that `record` has, if it was published with several.
    fn current(&self, record: &Record) -> Option<u32> {
        let versions = self.versions?.get(&record.id.0).filter(|versions| versions.len() > 1)?;
        let last = versions.last()?;
        last.wording.is_same(&Wording::of(record)).then_some(last.number)
    }

    /// A wording with which a record was published. One of a record that is not in the archive any more is told by the
    /// report that it stood in.
    #[must_use]
    pub fn version(&self, id: &str, number: u32) -> Option<Citable> {
        let version = self.versions?.get(id)?.iter().find(|version| version.number == number)?;
        let citable = match self.index.records.get(&RecordId(id.to_owned())) {
            Some(at) => self.record(*at)?,
            None => self.given_up(id, version)?,
        };
        let Wording { state, section, .. } = &version.wording;
        let pinpoint = Pinpoint {
            section: section.clone(),
            state: state.map(|state| self.state_names(state)).unwrap_or_default(),
            corrected: None,
            version: Some(number),
            ..citable.pinpoint.clone().unwrap_or_default()
        };
        let key = format!("{id}-v{number}");
        let citable = Citable { key, pinpoint: Some(pinpoint), edition: None, ..citable };
        Some(self.at(&address::version(id, number), citable))
    }

    /// The record `id`, which is not in the archive any more.
    fn given_up(&self, id: &str, version: &Version) -> Option<Citable> {
        let report = self.corpus.reports.iter().position(|report| report.id.0 == version.file)?;
        let pinpoint = Pinpoint { record: Some(id.to_owned()), ..Pinpoint::default() };
        Some(Citable { kind: CitableKind::Record, pinpoint: Some(pinpoint), ..self.report(report)? })
    }

    /// The report at a position of the corpus.
    #[must_use]
    pub fn report(&self, position: usize) -> Option<Citable> {
        let report = self.corpus.reports.get(position)?;
        let is_work = !self.corpus.works.is_other_expression(position);
        let expressions = if is_work { self.corpus.works.expressions(position) } else { vec![position] };
        Some(Citable {
            author: body::issuer(report.meta.issuer.as_deref()),
            title: self.title(report, &expressions),
            languages: self.languages(expressions.into_iter()),
            symbol: report.symbol().map(str::to_owned),
            date: self.index.issued(self.corpus, report).map(|issued| issued.date.into_owned()),
            session: report.session(),
            agenda_item: report.meta.agenda_item.clone().or_else(|| report.front.agenda_item.clone()),
            period: report.period().cloned(),
            language: report.language.clone(),
            edition: self.editions.and_then(|editions| editions.report(position)).cloned(),
            ..self.base(report.id.to_string(), CitableKind::Report, &address::report(&report.id))
        })
    }

    fn languages(&self, reports: impl Iterator<Item = usize>) -> Vec<String> {
        reports.filter_map(|at| Some(self.corpus.reports.get(at)?.language.clone())).collect()
    }

    /// The title of `report`, with those that the `expressions` of its work print.
    fn title(&self, report: &Report, expressions: &[usize]) -> Title {
        let mut title = report_title(report);
        for other in expressions.iter().filter_map(|at| self.corpus.reports.get(*at)).filter(|other| other.is_titled())
        {
            title.by_language.insert(primary(&other.language).to_owned(), other.title().to_owned());
        }
        title
    }

    /// A resolution that the archive has a page on.
    #[must_use]
    pub fn resolution(&self, symbol: &Symbol) -> Option<Citable> {
        let entry = self.index.resolutions.get(symbol)?;
        let row = entry.row.and_then(|row| self.corpus.reference.resolutions.get(row));
        let number = body::resolution_number(symbol.as_str()).unwrap_or(symbol.as_str());
        Some(Citable {
            author: body::adopter(symbol.as_str(), row.and_then(|row| row.body.as_deref())),
            title: row.map(resolution_title).unwrap_or_default(),
            symbol: Some(symbol.to_string()),
            number: Some(number.to_owned()),
            date: row.and_then(|row| row.adoption_date.clone()),
            edition: self.editions.map(|editions| editions.archive().clone()),
            ..self.base(slug(symbol.as_str()), CitableKind::Resolution, &address::resolution(symbol))
        })
    }

    /// The archive's page on a State.
    #[must_use]
    pub fn state(&self, iso3: Iso3) -> Option<Citable> {
        self.index.state(iso3)?;
        let publisher = &self.config.publisher;
        let publisher = if publisher.is_empty() { &self.config.title } else { publisher };
        Some(Citable {
            author: Author { name: publisher.clone(), ..Author::default() },
            title: Title { by_language: self.state_names(iso3), original: None },
            edition: self.editions.map(|editions| editions.archive().clone()),
            ..self.base(iso3.to_lower(), CitableKind::State, &address::state(iso3))
        })
    }

    /// The archive itself. Who publishes it is named where the settings do: its title is no author.
    #[must_use]
    pub fn archive(&self) -> Citable {
        Citable {
            author: Author { name: self.config.publisher.clone(), ..Author::default() },
            title: Title { by_language: self.config.title.clone(), original: None },
            edition: self.editions.map(|editions| editions.archive().clone()),
            ..self.base(ARCHIVE.to_owned(), CitableKind::Archive, "index.html")
        }
    }

    /// What has this id: `archive`, a record's or report's id, a record's with the number of a version (`id/v2`), the symbol of a resolution or report, a State's code. Case is
    /// folded as addresses fold it.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<Citable> {
        let folded = id.to_ascii_lowercase();
        let record = self.index.records.get(&RecordId(folded.clone()));
        let named = |report: &Arc<Report>| report.id.0 == folded || report.symbol().map(slug) == Some(slug(id));
        let symbol = || self.index.resolutions.keys().find(|symbol| slug(symbol.as_str()) == slug(id));
        let version = || folded.rsplit_once("/v").and_then(|(id, number)| self.version(id, number.parse().ok()?));
        record
            .and_then(|at| self.record(*at))
            .or_else(version)
            .or_else(|| self.report(self.corpus.reports.iter().position(named)?))
            .or_else(|| symbol().and_then(|symbol| self.resolution(symbol)))
            .or_else(|| Iso3::new(&id.to_ascii_uppercase()).and_then(|iso3| self.state(iso3)))
            .or_else(|| (folded == ARCHIVE).then(|| self.archive()))
    }

    /// Every id that [`Citations::find`] knows, as people write it.
    #[must_use]
    pub fn ids(&self) -> Vec<String> {
        let records = self.index.records.keys().map(ToString::to_string);
        let reports = self.corpus.reports.iter().map(|report| report.id.to_string());
        let symbols = self.corpus.reports.iter().filter_map(|report| report.symbol().map(str::to_owned));
        let resolutions = self.index.resolutions.keys().map(ToString::to_string);
        let states = self.index.states.keys().map(ToString::to_string);
        let all = records.chain(reports).chain(symbols).chain(resolutions).chain(states);
        all.chain([ARCHIVE.to_owned()]).collect()
    }

    /// Everything that can be cited: reports each followed by its records, resolutions, State pages.
    pub fn all(self) -> impl Iterator<Item = Citable> + 'a {
        let reports = (0..self.corpus.reports.len()).flat_map(move |position| self.of_report(position));
        let resolutions = self.index.resolutions.keys().filter_map(move |symbol| self.resolution(symbol));
        let states = self.index.states.keys().filter_map(move |iso3| self.state(*iso3));
        reports.chain(resolutions).chain(states)
    }

    /// A report and its records.
    #[must_use]
    pub fn of_report(&self, position: usize) -> Vec<Citable> {
        let n_records = self.corpus.reports[position].records.len();
        let places = (0..n_records).map(|record| RecordRef { report: position, record });
        // In another expression of a work most are records of that.
        let records = places.filter(|at| self.corpus.works.pair(*at).is_none()).filter_map(|at| self.record(at));
        self.report(position).into_iter().chain(records).collect()
    }

    /// A State's page and its records.
    #[must_use]
    pub fn of_state(&self, iso3: Iso3) -> Vec<Citable> {
        let records = self.index.state(iso3).map(|state| state.records.as_slice()).unwrap_or_default();
        self.state(iso3).into_iter().chain(records.iter().filter_map(|at| self.record(*at))).collect()
    }

    /// What all things have in common: archive, address.
    fn base(&self, key: String, kind: CitableKind, path: &str) -> Citable {
        let base = Citable {
            key,
            kind,
            author: Author::default(),
            title: Title::default(),
            pinpoint: None,
            symbol: None,
            number: None,
            date: None,
            session: None,
            agenda_item: None,
            period: None,
            archive: self.config.title.clone(),
            url: None,
            addresses: Localized::new(),
            edition: None,
            language: self.config.default_language().to_owned(),
            languages: Vec::new(),
        };
        self.at(path, base)
    }

    /// The same with the addresses of the page at `path`, below the root of its language.
    fn at(&self, path: &str, base: Citable) -> Citable {
        let Config { base_url, languages, .. } = self.config;
        if base_url.is_empty() {
            return base;
        }
        let permanent = address::absolute(base_url, path);
        let others = languages.iter().skip(1).map(|tag| (tag, address::absolute(base_url, &format!("{tag}/{path}"))));
        let first = languages.first().map(|tag| (tag, permanent.clone()));
        let addresses = first.into_iter().chain(others).map(|(tag, url)| (tag.clone(), url)).collect();
        Citable { url: Some(permanent), addresses, ..base }
    }

    fn state_names(&self, iso3: Iso3) -> Localized {
        let state = self.corpus.reference.state(iso3);
        let names = state.map(|state| state.short_names.as_slice()).unwrap_or_default();
        let names: Localized = names.iter().cloned().collect();
        if names.is_empty() { Localized::from([("en".to_owned(), iso3.to_string())]) } else { names }
    }

    fn pinpoint(&self, report: &Report, record: &Record) -> Pinpoint {
        let paragraph =
            record.paragraph().map(|paragraph| paragraph.number.clone()).filter(|number| !number.is_empty());
        let row = record.activity().and_then(|_| record.id.last_number()).map(str::to_owned);
        let has_place = paragraph.is_some() || row.is_some();
        Pinpoint {
            section: record.section().map(ToString::to_string),
            state: record.state.map(|state| self.state_names(state)).unwrap_or_default(),
            corrected: corrected_state(record),
            row,
            paragraph,
            pages: self.corpus.sources.get(report.source.0).and_then(|source| record.pages(source)),
            record: (!has_place).then(|| record.id.to_string()),
            version: None,
        }
    }
}

fn corrected_state(record: &Record) -> Option<CorrectedState> {
    let correction = record.corrections.iter().find(|correction| correction.field == CorrectedField::State)?;
    Some(correction.printed.clone().map_or(CorrectedState::Missing, CorrectedState::Printed))
}

fn report_title(report: &Report) -> Title {
    let original = primary(&report.language).to_owned();
    let mut by_language = Localized::from([(original.clone(), report.title().to_owned())]);
    if let Some(title) = &report.meta.title_en {
        by_language.insert("en".to_owned(), title.clone());
    }
    Title { by_language, original: Some(original) }
}

/// The titles seen in a source; candidates are left out, as nobody should cite them.
fn resolution_title(row: &Resolution) -> Title {
    let titles = [("zh", &row.title_zh), ("en", &row.title_en)];
    let known = titles.into_iter().filter_map(|(tag, title)| Some((tag.to_owned(), title.clone()?)));
    Title { by_language: known.collect(), original: None }
}

impl Pinpoint {
    /// The pages as a number or a range: `7`, `7–8`.
    pub(super) fn page_range(&self) -> Option<String> {
        let (first, last) = self.pages?;
        Some(if first == last { first.to_string() } else { format!("{first}–{last}") })
    }

    /// The State's name in `language`.
    pub(super) fn state_name(&self, language: &str) -> Option<&str> {
        wording(&self.state, language)
    }
}
