//! Where everything stands, below the root of its language. Kept for ever.

use crate::base::path::{SitePath, slug};
use crate::config::Config;
pub(super) use crate::model::address::{document, record, report, resolution, state};
use crate::model::record::SectionCode;
use crate::model::report::ReportId;
use crate::model::state::Iso3;

/// The home page.
pub(super) const HOME: &str = "index.html";

/// The page for what is not there.
pub(super) const NOT_FOUND: &str = "404.html";

/// The search.
pub(super) const SEARCH: &str = "search/index.html";

/// The data files.
pub(super) const DATA: &str = "data/index.html";

/// States side by side.
pub(super) const COMPARE: &str = "compare/index.html";

/// What the page that compares States reads of one, below the root of the site.
pub(super) fn compared_state(iso3: Iso3) -> String {
    format!("compare/{}.js", iso3.to_lower())
}

/// The titles of resolutions, which it reads too.
pub(super) const COMPARED_TITLES: &str = "compare/titles.js";

/// The archive in pictures.
pub(super) const PICTURES: &str = "pictures/index.html";

/// The anchor of who mentioned a State, on its page.
pub(super) const MENTIONED: &str = "mentioned";

/// The anchor of a report's records on a page that lists records by report.
pub(super) fn report_anchor(id: &ReportId) -> String {
    format!("in-{id}")
}

/// The published document of a report, in the root of the site.
pub(super) fn original(file: &str) -> String {
    format!("originals/{file}")
}

/// The whole site as one file, in the root of the site.
const WHOLE_SITE: &str = "download/site.zip";

/// Where the archive of the whole site stands, if the settings want one. It is made of finished files, so by the sink.
#[must_use]
pub fn whole_site(config: &Config) -> Option<SitePath> {
    config.publish.zip.then(|| SitePath::new(WHOLE_SITE).ok())?
}

/// A list: `states`, `years`, …
pub(super) fn list(name: &str) -> String {
    format!("{name}/index.html")
}

/// A report's source view.
pub(super) fn source(id: &ReportId) -> String {
    format!("reports/{id}/source/index.html")
}

/// The text of a report as it was read, in the root of the site.
pub(super) fn source_text(id: &ReportId) -> String {
    format!("data/sources/{id}.txt")
}

/// The file that a report was received as, where its text stands in another encoding.
pub(super) fn source_received(id: &ReportId) -> String {
    format!("data/sources/{id}.received.txt")
}

/// A calendar year.
pub(super) fn year(year: i32) -> String {
    format!("years/{year}/index.html")
}

/// A reporting period, by the last part of its address.
pub(super) fn period(slug: &str) -> String {
    format!("periods/{slug}/index.html")
}

/// A meeting.
pub(super) fn meeting(id: &str) -> String {
    format!("meetings/{}/index.html", slug(id))
}

/// A section of the activity tables.
pub(super) fn section(code: &SectionCode) -> String {
    format!("sections/{}/index.html", slug(&code.0))
}

/// The page below that at `page`, of what reports from that of `id` on tell.
pub(super) fn part(page: &str, prefix: &str, id: &ReportId) -> String {
    let folder = page.strip_suffix("index.html").unwrap_or(page);
    format!("{folder}{prefix}-{id}/index.html")
}

/// An editorial page.
pub(super) fn editorial(slug: &str) -> String {
    format!("{slug}/index.html")
}

/// A list for reference managers in the root of the site, in the words of the language whose pages stand below
/// `prefix`, without the ending that tells its form.
pub(super) fn reference_list(prefix: &str, kind: &str, name: &str) -> String {
    format!("data/cite/{prefix}{kind}/{name}")
}

/// The script in the root of the site that has the citations of a report with its records, of a State's page, or of a
/// group of resolutions, in the words of a language.
pub(super) fn citation_script(prefix: &str, kind: &str, name: &str) -> String {
    format!("{}.js", reference_list(prefix, kind, name))
}

/// The session or organ of the resolution whose address ends in `key`: what stands before its number, and the year
/// behind that: `a-res-62`, `s-res`.
pub(super) fn resolution_group(key: &str) -> &str {
    let is_year = |last: &str| last.len() == 4 && last.bytes().all(|digit| digit.is_ascii_digit());
    let numbered = key.rsplit_once('-').map_or(key, |(rest, last)| if is_year(last) { rest } else { key });
    numbered.rsplit_once('-').map_or(numbered, |(group, _)| group)
}

/// The resolutions of a session or organ.
pub(super) fn resolutions_of(group: &str) -> String {
    format!("resolutions/in-{}/index.html", slug(group))
}

/// The anchor of a line of front matter in an edition, by its running number.
pub(super) fn line_anchor(number: usize) -> String {
    format!("line_{number}")
}

/// The anchor of a numbered paragraph of front matter in an edition.
pub(super) fn paragraph_anchor(number: &str) -> String {
    format!("para_{}", slug(number))
}

/// The anchor of a footnote in an edition; a label that is a sign gets its code point.
pub(super) fn footnote_anchor(label: &str) -> String {
    let plain = label.chars().all(|character| character.is_ascii_alphanumeric());
    if plain && !label.is_empty() { format!("fn-{label}") } else { format!("fn-{}", code_points(label)) }
}

/// The anchor of the `count`th reference to a footnote on a page.
pub(super) fn mark_anchor(label: &str, count: usize) -> String {
    format!("{}-ref-{count}", footnote_anchor(label))
}

fn code_points(label: &str) -> String {
    label.chars().map(|character| format!("u{:x}", u32::from(character))).collect()
}
