//! A reporting period.

use super::listing::{Listing, MAX_LINES, RecordsView};
use super::overview::{OnHome, Overview, list_page};
use super::subject::{
    Document, Facets, Head, Input, Kind, Local, Page, Siblings, Site, Subject, Subjects, address, fill, subjects, years,
};
use crate::index::PeriodIndex;
use crate::render::view::{Link, Row};
use std::borrow::Cow;

/// The list of periods.
pub(super) const LIST: Overview = Overview {
    name: "periods",
    title: |words| &words.nav.periods,
    description: |words| &words.list.periods,
    on_home: Some(OnHome { text: |words| &words.home.periods_text, count: |index| index.periods.len() }),
    is_in_navigation: false,
    page: |local, head| list_page(head, all(local.site.input).map(|page| page.row(local)).collect()),
};

/// A reporting period with its reports and records, by the last part of its address.
#[derive(PartialEq)]
struct PeriodPage<'a> {
    slug: &'a str,
    period: &'a PeriodIndex,
}

/// The pages of periods.
pub(super) fn pages<'a>(input: &Input<'a>) -> Subjects<'a> {
    subjects(all(input))
}

fn all<'a>(input: &Input<'a>) -> impl Iterator<Item = PeriodPage<'a>> + use<'a> {
    input.index.periods.iter().map(|(slug, period)| PeriodPage { slug, period })
}

impl PeriodPage<'_> {
    fn link(&self, local: Local<'_>) -> Link {
        Link::new(self.address(), local.date(&self.period.edtf))
    }

    fn row(&self, local: Local<'_>) -> Row {
        Row::new(&self.link(local), local.record_count(self.period.records.len()))
    }

    fn title(&self, local: Local<'_>) -> String {
        fill(&local.words().year.period_title, &[("period", &local.date(&self.period.edtf))])
    }
}

impl Subject for PeriodPage<'_> {
    fn address(&self) -> String {
        address::period(self.slug)
    }

    fn page(&self, local: Local<'_>) -> Page {
        let name = local.date(&self.period.edtf);
        let head = Head {
            title: self.title(local),
            description: fill(&local.words().year.period_description, &[("period", &name)]),
            trail: vec![LIST.link(local)],
            siblings: Siblings::new(all(local.site.input), self, |page| page.link(local).value()),
            ..Head::default()
        };
        let view = RecordsView {
            total: local.record_count(self.period.records.len()),
            reports: self.period.reports.iter().map(|report| local.report(*report)).collect(),
            listing: Listing::new(local, &self.period.records, MAX_LINES, ""),
            ..RecordsView::default()
        };
        Page::new("records.html", head, &view)
    }

    fn document<'a>(&'a self, site: &'a Site<'a>) -> Option<Document<'a>> {
        let edtf = &self.period.edtf;
        Some(Document {
            date: Some(Cow::Borrowed(edtf)),
            facets: Facets { years: years(Some(edtf)), ..Facets::default() },
            ..Document::titled(site, Kind::Period, self.address(), |local| self.title(local))
        })
    }
}
