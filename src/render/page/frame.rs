//! What stands around every page: head, breadcrumb, navigation, language switch, footer.

use super::citation::{CiteView, cite_view};
use super::head::{Machine, machine};
use super::subject::{Page, Related, Siblings};
use super::{annex, corrections, data, editorial, overviews, record};
use crate::base::path::SitePath;
use crate::cite::Edition;
use crate::render::address::{self, HOME, NOT_FOUND, whole_site};
use crate::render::site::{Local, Site};
use crate::render::view::{Link, Remark};
use serde::Serialize;
use tera::Value;

/// The picture that previews of links show, in the root of the site.
const CARD: &str = "card.png";

/// A page, where it stands below the root of its language, and the report that it is a part of.
pub(super) struct PageAt<'a> {
    pub(super) address: &'a str,
    pub(super) report: Option<usize>,
    pub(super) page: &'a Page,
}

/// What `base.html` shows.
#[derive(Serialize)]
pub(super) struct Frame<'a> {
    /// From the page up to the root of its language.
    root: String,
    /// From the page up to the root of the site.
    site_root: String,
    title: &'a str,
    title_lang: &'a Option<String>,
    description: &'a str,
    is_home: bool,
    /// Whether it is of a record: most pages of an archive are, so each byte around these counts.
    is_record: bool,
    trail: &'a [Link],
    languages: Vec<Alternate<'a>>,
    canonical: Option<String>,
    /// The picture for previews of links.
    image: String,
    /// What print shows as its address: the absolute one where the site knows its own.
    address: String,
    next: &'a [Value],
    siblings: &'a Siblings,
    provenance: Option<Provenance<'a>>,
    cite: Option<CiteView>,
    listed: &'a [String],
    related: &'a [Related],
    /// Below the root of the site.
    feed: Option<&'a str>,
    machine: Option<Machine>,
    /// As many digits of its hash as tell it from others.
    edition: &'a str,
    licence: Remark,
}

/// What `base.html` shows on every page of a language; paths are below the root of the language.
#[derive(Serialize)]
struct EveryPage<'a> {
    title: &'a str,
    navigation: Vec<Link>,
    editorial: Vec<Link>,
    /// Below the root of the site.
    whole: Option<String>,
}

/// The same page in another language.
#[derive(Serialize)]
struct Alternate<'a> {
    tag: &'a str,
    html: &'a str,
    name: &'a str,
    href: String,
    absolute: Option<String>,
    current: bool,
}

/// The report a page is made from.
#[derive(Serialize)]
struct Provenance<'a> {
    file: &'a str,
    encoding: String,
    hash: &'a str,
    source: String,
}

/// What stands on every page, as templates see it: made once a language, because links make up most of it.
pub(super) fn everywhere(local: Local<'_>) -> Value {
    let made = || {
        Value::from_serializable(&EveryPage {
            title: local.text(&local.site.input.config.title),
            navigation: navigation(local),
            editorial: footer_links(local),
            whole: whole_site(local.site.input.config).map(|path| path.to_string()),
        })
    };
    local.language.everywhere.get_or_init(made).clone()
}

/// The editorial pages, and those that the program makes of the whole archive.
fn footer_links(local: Local<'_>) -> Vec<Link> {
    let made = [corrections::OVERVIEW.link(local), data::OVERVIEW.link(local)];
    editorial::links(local).into_iter().chain(made).collect()
}

/// The frame of a page, which stands at `path`.
pub(super) fn frame<'a>(local: Local<'a>, path: &SitePath, placed: &PageAt<'a>) -> Frame<'a> {
    let PageAt { address, report, page } = *placed;
    let is_lost = address == NOT_FOUND;
    let site = local.site;
    let up = if is_lost { absolute_root(site) } else { path.way_up() };
    let below = up.len().saturating_sub("../".len() * local.language.prefix.matches('/').count());
    let licence = licence(local, report);
    Frame {
        root: up[..below].to_owned(),
        site_root: up.clone(),
        title: &page.head.title,
        title_lang: &page.head.title_language,
        description: &page.head.description,
        is_home: address == HOME,
        is_record: page.head.cited.as_ref().is_some_and(|cited| cited.record.is_some()),
        trail: &page.head.trail,
        languages: if is_lost { Vec::new() } else { alternates(local, &up, address) },
        address: absolute(site, path.as_str()).unwrap_or_else(|| path.to_string()),
        canonical: canonical(local, path, page).filter(|_| !is_lost),
        image: absolute(site, CARD).unwrap_or_else(|| format!("{up}{CARD}")),
        next: &page.head.next,
        siblings: &page.head.siblings,
        machine: machine(local, placed, licence, &up[..below], &up),
        cite: page.head.cited.as_ref().map(|cited| cite_view(local, cited, &up)),
        listed: &page.head.listed,
        related: &page.head.related,
        feed: page.head.feed.as_deref(),
        provenance: report.and_then(|report| provenance(local, report)),
        edition: edition(local, report).short(),
        licence: if licence.is_ascii() { local.remark(licence) } else { Remark::new(licence) },
    }
}

/// The address that counts for the page: its own, or that of the page that stands in its place. The latter is
/// written as a relative one where the site does not know its own.
fn canonical(local: Local<'_>, path: &SitePath, page: &Page) -> Option<String> {
    let Some(target) = &page.head.replaced_by else { return absolute(local.site, path.as_str()) };
    let target = SitePath::new(format!("{}{target}", local.language.prefix)).ok()?;
    absolute(local.site, target.as_str()).or_else(|| Some(path.relative(&target)))
}

/// The site's own address, for the one page that a server shows at any address, however deep. Empty where
/// it is not known: then the page's links are right at the top level only, as `site.toml` tells.
fn absolute_root(site: &Site<'_>) -> String {
    site.input.config.base_url.clone()
}

/// The lists that every page leads to, and the States whose ratification is needed.
pub(super) fn navigation(local: Local<'_>) -> Vec<Link> {
    let lists = overviews::all().filter(|page| page.is_in_navigation).map(|page| page.link(local));
    lists.chain(annex::link(local)).collect()
}

fn alternates<'a>(local: Local<'a>, up: &str, path: &str) -> Vec<Alternate<'a>> {
    let languages = local.site.languages.iter();
    languages
        .map(|language| Alternate {
            tag: &language.tag,
            html: &language.messages.language.html,
            name: &language.messages.language.name,
            href: format!("{up}{}{path}", language.prefix),
            absolute: absolute(local.site, &format!("{}{path}", language.prefix)),
            current: language.tag == local.language.tag,
        })
        .collect()
}

/// The absolute address of a page, where the site knows its own.
pub(super) fn absolute(site: &Site<'_>, path: &str) -> Option<String> {
    let base = &site.input.config.base_url;
    let folder = path.strip_suffix("index.html").unwrap_or(path);
    (!base.is_empty()).then(|| format!("{}/{folder}", base.trim_end_matches('/')))
}

fn provenance(local: Local<'_>, position: usize) -> Option<Provenance<'_>> {
    let report = local.corpus().reports.get(position)?;
    let source = local.corpus().sources.get(report.source.0)?;
    Some(Provenance {
        file: &source.path,
        encoding: record::encoding(local, source.encoding),
        hash: &source.sha256,
        source: address::source(&report.id),
    })
}

/// The edition of the report that a page is a part of, else that of the archive.
fn edition<'a>(local: Local<'a>, report: Option<usize>) -> &'a Edition {
    let editions = local.site.input.editions;
    report.and_then(|report| editions.report(report)).unwrap_or_else(|| editions.archive())
}

fn licence(local: Local<'_>, report: Option<usize>) -> &str {
    let report = report.and_then(|report| local.corpus().reports.get(report));
    report.and_then(|report| report.meta.licence.as_deref()).unwrap_or(&local.words().site.public_domain)
}
