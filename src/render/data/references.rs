//! Lists for reference managers: of the whole archive, of each State and of each report with its records.
//!
//! They are in the words of the site's first language. The whole archive's are among the files that the page of data
//! names; the others are named by the page of their State or report, and by `SHA256SUMS`.

use super::file::{Format, Shelf};
use crate::cite::{self, Citable, bibliography};
use crate::render::site::Site;
use crate::render::{RenderError, address};

/// Hands all lists over.
pub(super) fn put(site: &Site<'_>, shelf: &mut Shelf<'_>) -> Result<(), RenderError> {
    let (corpus, index, citations) = (site.input.corpus, site.input.index, site.citations());
    let language = site.input.config.default_language();
    let all = citations.all();
    for (form, path, format) in [
        (cite::Format::Bibtex, "data/cite/archive.bib", Format::Bibtex),
        (cite::Format::Ris, "data/cite/archive.ris", Format::Ris),
        (cite::Format::CslJson, "data/cite/archive.json", Format::CslJson),
    ] {
        let text = bibliography(&all, form, Some(language));
        shelf.put_rows(path, format, Some(all.len()), &[], text.into_bytes())?;
    }
    for (position, report) in corpus.reports.iter().enumerate() {
        put_each(shelf, language, &citations.of_report(position), &address::reference_list("reports", &report.id.0))?;
    }
    for iso3 in index.states.keys() {
        put_each(shelf, language, &citations.of_state(*iso3), &address::reference_list("states", &iso3.to_lower()))?;
    }
    Ok(())
}

/// One list in each form.
fn put_each(shelf: &mut Shelf<'_>, language: &str, items: &[Citable], stem: &str) -> Result<(), RenderError> {
    cite::Format::ALL.into_iter().try_for_each(|format| {
        let text = bibliography(items, format, Some(language));
        shelf.put_part(&format!("{stem}.{}", format.extension()), text.into_bytes())
    })
}
