//! The templates, static files and words of the interface that are part of the program: those of this repository.
//!
//! Output: each by its name. Invariant: a site's own file of the same name goes before, file by file (`assets.rs`).

/// Templates by name.
pub(super) const TEMPLATES: &[(&str, &str)] = &[
    ("404.html", include_str!("../../templates/404.html")),
    ("annex.html", include_str!("../../templates/annex.html")),
    ("base.html", include_str!("../../templates/base.html")),
    ("card.html", include_str!("../../templates/card.html")),
    ("compare.html", include_str!("../../templates/compare.html")),
    ("components.html", include_str!("../../templates/components.html")),
    ("corrections.html", include_str!("../../templates/corrections.html")),
    ("data.html", include_str!("../../templates/data.html")),
    ("directory.html", include_str!("../../templates/directory.html")),
    ("document.html", include_str!("../../templates/document.html")),
    ("editorial.html", include_str!("../../templates/editorial.html")),
    ("home.html", include_str!("../../templates/home.html")),
    ("list.html", include_str!("../../templates/list.html")),
    ("meeting.html", include_str!("../../templates/meeting.html")),
    ("pictures.html", include_str!("../../templates/pictures.html")),
    ("record.html", include_str!("../../templates/record.html")),
    ("records.html", include_str!("../../templates/records.html")),
    ("release.html", include_str!("../../templates/release.html")),
    ("report.html", include_str!("../../templates/report.html")),
    ("resolution.html", include_str!("../../templates/resolution.html")),
    ("search.html", include_str!("../../templates/search.html")),
    ("source.html", include_str!("../../templates/source.html")),
    ("state.html", include_str!("../../templates/state.html")),
    ("superseded.html", include_str!("../../templates/superseded.html")),
    ("wording.html", include_str!("../../templates/wording.html")),
];

/// The words of the interface by language: to add one, write its table and a line here.
pub(crate) const MESSAGES: &[(&str, &str)] = &[
    ("zh", include_str!("../render/messages/zh.toml")),
    ("en", include_str!("../render/messages/en.toml")),
    ("fr", include_str!("../render/messages/fr.toml")),
    ("es", include_str!("../render/messages/es.toml")),
    ("ru", include_str!("../render/messages/ru.toml")),
    ("ar", include_str!("../render/messages/ar.toml")),
];

/// Files that are copied as they are, by their path in the built site.
pub(super) const STATIC_FILES: &[(&str, &[u8])] = &[
    ("card.png", include_bytes!("../../static/card.png")),
    ("chart.css", include_bytes!("../../static/chart.css")),
    ("compare.js", include_bytes!("../../static/compare.js")),
    ("edition.css", include_bytes!("../../static/edition.css")),
    ("filter.js", include_bytes!("../../static/filter.js")),
    ("icon.svg", include_bytes!("../../static/icon.svg")),
    ("lost.js", include_bytes!("../../static/lost.js")),
    ("narrow.js", include_bytes!("../../static/narrow.js")),
    ("roll-call.js", include_bytes!("../../static/roll-call.js")),
    ("search-find.js", include_bytes!("../../static/search-find.js")),
    ("search-index.js", include_bytes!("../../static/search-index.js")),
    ("search-query.js", include_bytes!("../../static/search-query.js")),
    ("search-results.js", include_bytes!("../../static/search-results.js")),
    ("search-text.js", include_bytes!("../../static/search-text.js")),
    ("search.css", include_bytes!("../../static/search.css")),
    ("search.js", include_bytes!("../../static/search.js")),
    ("site.css", include_bytes!("../../static/site.css")),
    ("site.js", include_bytes!("../../static/site.js")),
];

/// Every one by its place in a site.
pub fn files() -> impl Iterator<Item = (String, &'static [u8])> {
    let templates = TEMPLATES.iter().map(|(name, text)| (format!("templates/{name}"), text.as_bytes()));
    let messages = MESSAGES.iter();
    let messages = messages.map(|(language, text)| (format!("templates/messages/{language}.toml"), text.as_bytes()));
    templates.chain(messages).chain(STATIC_FILES.iter().map(|(name, bytes)| (format!("static/{name}"), *bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::walk::walk;
    use std::path::Path;

    fn names(folder: &str) -> Vec<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        walk(root, folder, &mut Vec::new()).into_iter().map(|file| file.name).collect()
    }

    #[test]
    fn every_template_and_static_file_of_the_repository_is_built_in() {
        let templates: Vec<&str> = TEMPLATES.iter().map(|(name, _)| *name).collect();
        let static_files: Vec<&str> = STATIC_FILES.iter().map(|(name, _)| *name).collect();
        assert_eq!((names("templates"), names("static")), (own(&templates), own(&static_files)));
    }

    fn own(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }
}
