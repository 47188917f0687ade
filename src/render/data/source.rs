//! The texts that the archive was read from, so that anyone can check the hashes, places and selectors that it states.
//!
//! A text is there as UTF-8, in which its places count; a file that was received in another encoding lies beside it, as
//! the hash that is stated is that of the file.

use super::file::DataFiles;
use crate::render::address;
use crate::render::sink::RenderError;
use crate::render::site::Site;

/// Hands the texts over.
pub(super) fn put(site: &Site<'_>, data: &mut DataFiles<'_>) -> Result<(), RenderError> {
    for report in &site.input.corpus.reports {
        let Some(source) = site.input.corpus.sources.get(report.source.0) else { continue };
        data.put_part(&address::source_text(&report.id), source.text.clone().into_bytes())?;
        if let Some(received) = &source.received {
            data.put_part(&address::source_received(&report.id), received.clone())?;
        }
    }
    Ok(())
}
