//! Media types (IANA), each said once: of files by their names, and of those that a name does not tell.

/// Atom (RFC 4287), in files that end in `xml`.
pub const ATOM: &str = "application/atom+xml";
/// BibTeX, as reference managers register it.
pub const BIBTEX: &str = "application/x-bibtex";
/// CSL-JSON, in files that end in `json`.
pub const CSL_JSON: &str = "application/vnd.citationstyles.csl+json";
/// Comma-separated values (RFC 4180).
pub const CSV: &str = "text/csv";
/// HTML.
pub const HTML: &str = "text/html";
/// JSON-LD, in files that end in `json`.
pub const JSON_LD: &str = "application/ld+json";
/// JSON (RFC 8259).
pub const JSON: &str = "application/json";
/// A JSON value a line.
pub const NDJSON: &str = "application/x-ndjson";
/// Apache Parquet.
pub const PARQUET: &str = "application/vnd.apache.parquet";
/// RIS, as reference managers register it.
pub const RIS: &str = "application/x-research-info-systems";
/// Text.
pub const TEXT: &str = "text/plain";
/// YAML (RFC 9512), in which Citation File Format is written.
pub const YAML: &str = "application/yaml";

/// Media types by the end of the name. Files without one are texts, such as `SHA256SUMS`.
const BY_ENDING: [(&str, &str); 24] = [
    ("", TEXT),
    ("bib", BIBTEX),
    ("cff", YAML),
    ("css", "text/css"),
    ("csv", CSV),
    ("gif", "image/gif"),
    ("html", HTML),
    ("ico", "image/vnd.microsoft.icon"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript"),
    ("json", JSON),
    ("md", "text/markdown"),
    ("ndjson", NDJSON),
    ("parquet", PARQUET),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("ris", RIS),
    ("svg", "image/svg+xml"),
    ("txt", TEXT),
    ("webp", "image/webp"),
    ("woff2", "font/woff2"),
    ("xml", "application/xml"),
    ("yaml", YAML),
    ("zip", "application/zip"),
];

/// The media type of the file `name`.
#[must_use]
pub fn of_file(name: &str) -> &'static str {
    let file = name.rsplit('/').next().unwrap_or(name);
    let (_, ending) = file.rsplit_once('.').unwrap_or((file, ""));
    let found = BY_ENDING.iter().find(|(known, _)| *known == ending);
    found.map_or("application/octet-stream", |(_, media_type)| media_type)
}
