//! The short texts beside the data: `CITATION.cff`, `SHA256SUMS`, `robots.txt`, `llms.txt`.

use super::file::{DataFile, Sum};
use crate::config::Config;
use crate::render::site::Site;
use std::fmt::Write;

/// `CITATION.cff` (Citation File Format 1.2.0). The author is the publisher; the version is the edition.
pub(super) fn citation_file(site: &Site<'_>) -> String {
    let config = site.input.config;
    let mut lines = vec![
        "cff-version: 1.2.0".to_owned(),
        field(
            "message",
            "If you use these data, please cite the archive, and for a single record its permanent address.",
        ),
        "type: dataset".to_owned(),
        field("title", super::english(&config.title)),
        field("abstract", super::english(&config.description)),
        "authors:".to_owned(),
        format!("  - {}", field("name", config.publisher())),
        field("version", site.input.editions.archive().hash()),
    ];
    if let Some(date) = &config.publish.date {
        lines.push(format!("date-released: {date}"));
    }
    if let Some(doi) = &config.publish.doi {
        lines.push(field("doi", doi));
    }
    if let Some(ark) = &config.publish.ark {
        lines.push("identifiers:".to_owned());
        lines.push("  - type: other".to_owned());
        lines.push(format!("    {}", field("value", ark)));
        lines.push("    description: ARK".to_owned());
    }
    if !config.base_url.is_empty() {
        lines.push(field("url", &config.base_url));
    }
    lines.join("\n") + "\n"
}

/// A line of YAML with a quoted text; JSON's quotes are YAML's.
fn field(name: &str, text: &str) -> String {
    format!("{name}: {}", serde_json::Value::from(text))
}

/// `SHA256SUMS`, for `sha256sum --check` in the folder of the data.
pub(super) fn checksums(sums: &[Sum]) -> String {
    let below = |path: &str| path.strip_prefix("data/").unwrap_or(path).to_owned();
    sums.iter().map(|Sum { path, sha256, .. }| format!("{sha256}  {}\n", below(path))).collect()
}

/// `robots.txt` (RFC 9309): everything is open.
pub(super) fn robots(config: &Config) -> String {
    let map =
        if config.base_url.is_empty() { String::new() } else { format!("\nSitemap: {}sitemap.xml\n", config.base_url) };
    format!("User-agent: *\nAllow: /\n{map}")
}

/// `llms.txt` (llmstxt.org): a short guide for programs that read text.
pub(super) fn guide(site: &Site<'_>, files: &[DataFile], about: &dyn Fn(&DataFile) -> String) -> String {
    let config = site.input.config;
    let mut text = format!("# {}\n\n> {}\n\n", super::english(&config.title), super::english(&config.description));
    text.push_str(
        "Each record is a row, a paragraph of a government's reply or a paragraph of a report, with a permanent \
         identifier. The text of a record is in the language of the report and keeps its misprints; what was \
         inferred or corrected says so. Cite a record by its address: `records/<id>/`.\n",
    );
    let _ = writeln!(
        text,
        "\n{} records; edition {}. {}\n",
        site.input.index.records.len(),
        site.input.editions.archive().hash(),
        super::licence(site)
    );
    text.push_str("## Data\n\n");
    for file in files {
        let _ = writeln!(text, "- [{}]({}): {}", file.name(), super::located(config, file.path), about(file));
    }
    text.push_str("\n## Reports\n\n");
    for report in &site.input.corpus.reports {
        let path = crate::render::address::report(&report.id);
        let _ = writeln!(text, "- [{}]({})", super::report_title(report), super::located(config, &path));
    }
    text.push_str("\n## Lists\n\n");
    for name in ["states", "years", "resolutions", "documents", "meetings", "sections"] {
        let path = super::located(config, &crate::render::address::list(name));
        let _ = writeln!(text, "- [{name}]({path})");
    }
    text
}
