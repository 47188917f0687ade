//! How to cite a page: the citations on it, and the files for reference managers beside it.
//!
//! The files beside a page, and the address in its citations, are those of its language. The record as data stands
//! beside the page in the first language only.

use super::super::address;
use super::super::html::{HtmlWriter, SafeHtml};
use super::super::site::{Local, Site};
use super::super::{PageFile, RenderError, site_path};
use super::annotation::record_json;
use crate::cite::{self, Citable, Face, Format, Style, bibliography, cite};
use crate::index::{RecordRef, StateIndex};
use crate::model::report::Report;
use serde::Serialize;

/// What a page is for those who cite it.
pub(super) struct Cited {
    /// What is cited.
    pub(super) citable: Citable,
    /// The folder of the page below the root of its language, with its `/`; none where no files stand beside the page.
    folder: Option<String>,
    /// The record, if it is one.
    pub(super) record: Option<RecordRef>,
    /// The page of which it is a part, below the root of the language.
    pub(super) collection: Option<String>,
    /// The pages of its parts, below the root of the language.
    pub(super) items: Vec<String>,
    /// Of what a list of it with its records is, and its name among those.
    list: Option<(&'static str, String)>,
}

/// What the section `cite` shows.
#[derive(Serialize)]
pub(super) struct CiteView {
    /// The style that counts for most readers of the language; a script puts the reader's own in its place.
    first: Option<StyleView>,
    /// The others.
    styles: Vec<StyleView>,
    /// The address of the page; none where the site does not know its own.
    address: Option<String>,
    /// Files for reference managers.
    files: Vec<FileView>,
    /// The same of the page and all its records.
    lists: Vec<FileView>,
    /// The record itself as data.
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

/// A file beside the page.
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
    fn new(citable: Citable, path: &str) -> Self {
        let folder = path.strip_suffix("index.html").unwrap_or(path).to_owned();
        Self { citable, folder: Some(folder), record: None, collection: None, items: Vec::new(), list: None }
    }

    /// The archive itself, on the pages that stand for it.
    pub(super) fn archive(local: Local<'_>) -> Self {
        Self { folder: None, ..Self::new(local.site.citations().archive(), "") }
    }

    /// A record, a part of its report.
    pub(super) fn record(local: Local<'_>, citable: Citable, at: RecordRef) -> Self {
        let path = format!("records/{}/", citable.key);
        let collection = local.corpus().reports.get(at.report).map(|report| address::report(&report.id));
        Self { record: Some(at), collection, ..Self::new(citable, &path) }
    }

    /// A report, made of its records.
    pub(super) fn report(citable: Citable, report: &Report) -> Self {
        let items = report.records.iter().map(|record| address::record(&record.id)).collect();
        let list = Some(("reports", report.id.0.clone()));
        let itself = Self::new(citable, &address::report(&report.id));
        Self { items, list, collection: Some(address::list("reports")), ..itself }
    }

    /// A resolution.
    pub(super) fn resolution(citable: Citable) -> Self {
        let path = format!("resolutions/{}/", citable.key);
        Self { collection: Some(address::list("resolutions")), ..Self::new(citable, &path) }
    }

    /// A State's page, made of its records.
    pub(super) fn state(local: Local<'_>, citable: Citable, entry: &StateIndex) -> Self {
        let path = format!("states/{}/", citable.key);
        let records = entry.records.iter().filter_map(|at| at.get(local.corpus()));
        let items = records.map(|(_, record)| address::record(&record.id)).collect();
        let list = Some(("states", citable.key.clone()));
        Self { items, list, collection: Some(address::list("states")), ..Self::new(citable, &path) }
    }

    /// The files for reference managers, in the language of the page.
    pub(super) fn files(&self, local: Local<'_>) -> Vec<FileView> {
        let folder = self.folder.as_ref();
        folder.map(|folder| in_each_form(&format!("{}{folder}cite", local.language.prefix))).unwrap_or_default()
    }

    /// The lists of it with its records.
    fn lists(&self, local: Local<'_>) -> Vec<FileView> {
        let list = self.list.as_ref();
        list.map(|(kind, name)| in_each_form(&address::reference_list(&local.language.prefix, kind, name)))
            .unwrap_or_default()
    }

    /// What is cited, with the address of the page in its language.
    pub(super) fn opened(&self, local: Local<'_>) -> Citable {
        self.citable.clone().opening(&local.language.tag)
    }

    /// The record as data.
    pub(super) fn data(&self) -> Option<FileView> {
        let path = format!("{}record.json", self.folder.as_ref()?);
        self.record.map(|_| FileView { path, name: "JSON", media: "application/json" })
    }
}

/// `records` as context objects.
pub(super) fn listed_records(local: Local<'_>, records: &[RecordRef]) -> Vec<String> {
    let citations = local.site.citations();
    records.iter().filter_map(|at| citations.record(*at)).map(|citable| listed(local, &citable)).collect()
}

/// A document as a context object in the language of the page.
pub(super) fn listed(local: Local<'_>, citable: &Citable) -> String {
    citable.clone().opening(&local.language.tag).context_object(&local.language.tag)
}

/// The files at `stem` with the ending of each form.
fn in_each_form(stem: &str) -> Vec<FileView> {
    let file = |format: Format| {
        let (name, media) = names(format);
        FileView { path: format!("{stem}.{}", format.extension()), name, media }
    };
    Format::ALL.into_iter().map(file).collect()
}

/// A format's name and media type.
fn names(format: Format) -> (&'static str, &'static str) {
    match format {
        Format::Bibtex => ("BibTeX", "application/x-bibtex"),
        Format::Ris => ("RIS", "application/x-research-info-systems"),
        Format::CslJson => ("CSL-JSON", "application/vnd.citationstyles.csl+json"),
    }
}

/// The section `cite`: each style in the language in which it is at home, as the command prints it.
pub(super) fn cite_view(local: Local<'_>, cited: &Cited) -> CiteView {
    let citable = cited.opened(local);
    let view = |style: &Style| StyleView {
        key: style.key(),
        name: style.name(),
        lang: style.language(),
        text: cited_html(&cite(&citable, *style, None), style.language()),
    };
    let usual = usual_style(local);
    let (first, others): (Vec<Style>, Vec<Style>) = Style::ALL.into_iter().partition(|style| *style == usual);
    CiteView {
        first: first.first().map(view),
        styles: others.iter().map(view).collect(),
        files: cited.files(local),
        lists: cited.lists(local),
        data: cited.data(),
        address: citable.url,
    }
}

/// The style that a page shows before the reader has chosen one.
pub(super) fn usual_style(local: Local<'_>) -> Style {
    if local.speaks(Style::Gbt7714.language()) { Style::Gbt7714 } else { Style::ChicagoBibliography }
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
        let length =
            stretch.rfind(is_chinese).map_or(0, |last| last + stretch[last..].chars().next().map_or(0, char::len_utf8));
        pieces.extend([(&rest[..start], false), (&stretch[..length], true)]);
        rest = &rest[start + length..];
    }
    pieces.push((rest, false));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

/// The files beside the page.
pub(super) fn files(local: Local<'_>, cited: &Cited) -> Result<Vec<PageFile>, RenderError> {
    let Site { languages, .. } = local.site;
    let (citable, language) = (cited.opened(local), local.language.tag.as_str());
    let list = |format| bibliography(std::slice::from_ref(&citable), format, Some(language));
    let lists = Format::ALL.into_iter().map(list).zip(cited.files(local)).map(|(text, file)| (file, text));
    let is_first = languages.first().is_some_and(|first| first.tag == language);
    let data = cited.data().zip(cited.record).filter(|_| is_first);
    let data = data.map(|(file, at)| (file, record_json(local.site, at)));
    lists.chain(data).map(|(file, text)| Ok((site_path(&file.path)?, text.into_bytes()))).collect()
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
