//! How to cite a page: the usual citation on it, and where the others are.
//!
//! The other styles and the entries for reference managers are in scripts that `site.js` loads when a reader asks for
//! them, as a page opened from a folder may load scripts but nothing else. There are many records and resolutions, so a
//! script holds all of a report or of a session, and the only file beside a page is the record as data, in the first
//! language.

use super::super::address;
use super::super::html::{HtmlWriter, SafeHtml};
use super::super::sink::{RenderError, site_path};
use super::super::site::Local;
use super::annotation::record_json;
use crate::base::media;
use crate::base::path::SitePath;
use crate::cite::{self, Citable, Face, Format, Style, cite};
use crate::index::RecordRef;
use crate::model::report::Report;
use crate::model::wording::Version;
use serde::Serialize;

/// What a page is for those who cite it.
pub(super) struct Cited {
    /// What is cited.
    pub(super) citable: Citable,
    /// The folder of the page below the root of its language, with its `/`.
    folder: String,
    /// The record, if it is one.
    pub(super) record: Option<RecordRef>,
    /// The page of which it is a part, below the root of the language.
    pub(super) collection: Option<String>,
    /// The pages of its parts, below the root of the language.
    pub(super) items: Vec<String>,
    /// Of what the script is that has its citations, and its name among those.
    script: (&'static str, String),
}

/// What the section `cite` shows.
#[derive(Serialize)]
pub(super) struct CiteView {
    /// The style that counts for most readers of the language; a script puts the reader's own in its place.
    usual: StyleView,
    key: String,
    /// The script with every style, below the root of the site.
    script: String,
    /// The address of the page; none where the site does not know its own.
    address: Option<String>,
    /// Files of the page and all its records for reference managers.
    lists: Vec<FileView>,
    /// For a record the place below the root of the language where its report has such files.
    report: Option<String>,
    /// The record itself as data, as seen from the page.
    data: Option<FileView>,
}

/// A citation in one style.
#[derive(Serialize)]
struct StyleView {
    key: &'static str,
    name: &'static str,
    lang: &'static str,
    text: SafeHtml,
}

/// A file.
#[derive(Serialize)]
pub(super) struct FileView {
    /// Below the root of the site.
    pub(super) path: String,
    /// As readers know its form.
    pub(super) name: &'static str,
    /// Its media type.
    pub(super) media: &'static str,
}

impl Cited {
    fn new(citable: Citable, path: &str, script: (&'static str, String)) -> Self {
        let folder = path.strip_suffix("index.html").unwrap_or(path).to_owned();
        Self { citable, folder, record: None, collection: None, items: Vec::new(), script }
    }

    /// The archive itself, on the pages that stand for it.
    pub(super) fn archive(local: Local<'_>) -> Self {
        let citable = local.site.citations().archive();
        let script = ("archive", citable.key.clone());
        Self::new(citable, address::HOME, script)
    }

    /// A record, a part of its report.
    pub(super) fn record(citable: Citable, at: RecordRef, report: &Report) -> Self {
        let path = format!("records/{}/", citable.key);
        let itself = Self::new(citable, &path, ("reports", report.id.0.clone()));
        Self { record: Some(at), collection: Some(address::report(&report.id)), ..itself }
    }

    /// A wording with which a record was published.
    pub(super) fn version(citable: Citable, version: &Version) -> Self {
        let script = ("reports", version.file.clone());
        Self::new(citable, "", script)
    }

    /// A report, made of its records.
    pub(super) fn report(citable: Citable, report: &Report) -> Self {
        let items = report.records.iter().map(|record| address::record(&record.id)).collect();
        let itself = Self::new(citable, &address::report(&report.id), ("reports", report.id.0.clone()));
        Self { items, collection: Some(address::list("reports")), ..itself }
    }

    /// A resolution.
    pub(super) fn resolution(citable: Citable) -> Self {
        let path = format!("resolutions/{}/", citable.key);
        let script = ("resolutions", address::resolution_group(&citable.key).to_owned());
        Self { collection: Some(address::list("resolutions")), ..Self::new(citable, &path, script) }
    }

    /// A State's page. Its records are parts of their reports.
    pub(super) fn state(citable: Citable) -> Self {
        let path = format!("states/{}/", citable.key);
        let script = ("states", citable.key.clone());
        Self { collection: Some(address::list("states")), ..Self::new(citable, &path, script) }
    }

    /// The files of a report or State with its records for reference managers.
    fn lists(&self, local: Local<'_>) -> Vec<FileView> {
        let (kind, name) = &self.script;
        let stem = address::reference_list(&local.language.prefix, kind, name);
        let file = |format: &Format| FileView {
            path: format!("{stem}.{}", format.extension()),
            name: format.name(),
            media: format.media_type(),
        };
        self.citable.kind.list_formats().iter().map(file).collect()
    }

    /// The files that describe the page.
    pub(super) fn describing(&self, local: Local<'_>) -> Vec<FileView> {
        self.lists(local).into_iter().chain(self.data()).collect()
    }

    /// The way from the page, from which `site_root` leads up, to the file at `path` below the root of the site.
    pub(super) fn way_to(&self, local: Local<'_>, path: &str, site_root: &str) -> String {
        match path.strip_prefix(&self.folder) {
            Some(beside) if self.record.is_some() && local.language.prefix.is_empty() => beside.to_owned(),
            _ => format!("{site_root}{path}"),
        }
    }

    /// What is cited, with the address of the page in its language.
    pub(super) fn opened(&self, local: Local<'_>) -> Citable {
        self.citable.clone().opening(&local.language.tag)
    }

    /// The record as data.
    fn data(&self) -> Option<FileView> {
        let path = format!("{}record.json", self.folder);
        self.record.map(|_| FileView { path, name: "JSON", media: media::JSON })
    }
}

/// A document as a context object in the language of the page.
pub(super) fn listed(local: Local<'_>, citable: &Citable) -> String {
    citable.clone().opening(&local.language.tag).context_object(&local.language.tag)
}

/// The section `cite`.
pub(super) fn cite_view(local: Local<'_>, cited: &Cited, site_root: &str) -> CiteView {
    let citable = cited.opened(local);
    let usual = usual_style(local);
    let (kind, name) = &cited.script;
    CiteView {
        usual: StyleView {
            key: usual.key(),
            name: usual.name(),
            lang: usual.language(),
            text: cited_html(&cite(&citable, usual, None), usual.language()),
        },
        script: address::citation_script(&local.language.prefix, kind, name),
        lists: cited.lists(local),
        report: cited.collection.as_ref().filter(|_| cited.record.is_some()).map(|path| format!("{path}#cite")),
        data: cited.data().map(|file| FileView { path: cited.way_to(local, &file.path, site_root), ..file }),
        key: citable.key,
        address: citable.url,
    }
}

/// The style that a page shows before the reader has chosen one.
pub(super) fn usual_style(local: Local<'_>) -> Style {
    Style::usual(|language| local.speaks(language))
}

/// A citation in `language` as markup, with its italics. Chinese in a citation of another language says so, and stands
/// upright: Chinese type has no italics, and browsers would slant it.
pub(super) fn cited_html(cited: &cite::Cited, language: &str) -> SafeHtml {
    let mut html = HtmlWriter::default();
    for run in &cited.runs {
        if run.face == Face::Accessed {
            html.start("span", &[("data-accessed", Some(&run.text))]);
            html.end("span");
            continue;
        }
        for (piece, is_chinese) in by_script(&run.text) {
            let (tag, named) = match (is_chinese, language == "zh") {
                (true, false) => (Some("span"), Some("zh-Hans")),
                (false, _) if run.face == Face::Italic => (Some("i"), None),
                _ => (None, None),
            };
            tag.into_iter().for_each(|tag| html.start(tag, &[("lang", named)]));
            html.text(piece);
            tag.into_iter().for_each(|tag| html.end(tag));
        }
    }
    html.finish()
}

/// `text` in pieces, each with whether it is Chinese. A Chinese piece begins and ends with a Chinese character, and has
/// no Latin letter in it: numbers and signs between belong to it.
fn by_script(text: &str) -> Vec<(&str, bool)> {
    let is_chinese = |character: char| matches!(character, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_chinese) {
        let stretch = &rest[start..];
        let stretch =
            &stretch[..stretch.find(|character: char| character.is_ascii_alphabetic()).unwrap_or(stretch.len())];
        let length = stretch.trim_end_matches(|character| !is_chinese(character)).len();
        pieces.extend([(&rest[..start], false), (&stretch[..length], true)]);
        rest = &rest[start + length..];
    }
    pieces.push((rest, false));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

/// The record as data, beside its page in the first language.
pub(super) fn file(local: Local<'_>, cited: &Cited) -> Result<Option<(SitePath, Vec<u8>)>, RenderError> {
    let data = cited.data().zip(cited.record).filter(|_| local.is_first());
    data.map(|(file, at)| Ok((site_path(&file.path)?, record_json(local.site, at, &cited.citable).into_bytes())))
        .transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_told_from_what_stands_around_it() {
        let pieces = by_script("UNGA ‘依照大会第64/37号决议 [Report 5]’，第1a节.");
        let expected = [
            ("UNGA ‘", false),
            ("依照大会第64/37号决议", true),
            (" [Report 5]’", false),
            ("，第", true),
            ("1a", false),
            ("节", true),
            (".", false),
        ];
        assert_eq!(pieces, expected);
        assert_eq!(by_script("Report"), [("Report", false)]);
        assert!(by_script("").is_empty());
    }
}
