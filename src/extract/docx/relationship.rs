//! The parts of a Word document, found by what refers to them (ECMA-376 part 2, 9.3).

use super::VOCABULARY;
use crate::base::diagnostic::Diagnostic;
use crate::extract::package::{Package, damaged};
use crate::extract::xml::{Event, Reader};
use std::collections::BTreeMap;

/// What one part says of another.
struct Relationship {
    /// Last segment of its type: `header`, `footnotes`.
    kind: String,
    /// Name of the other part in the archive.
    target: String,
}

/// The main document and the parts it refers to.
pub(super) struct Parts<'p, 'b> {
    package: &'p mut Package<'b>,
    main: String,
    relationships: BTreeMap<String, Relationship>,
    /// The file for people.
    pub(super) shown: &'p str,
}

impl<'p, 'b> Parts<'p, 'b> {
    /// Finds the main document of `package`.
    ///
    /// # Errors
    /// If the archive is damaged.
    pub(super) fn open(package: &'p mut Package<'b>, shown: &'p str) -> Result<Self, Box<Diagnostic>> {
        let of_package = relationships(package, "", shown)?;
        let main = of_package.into_values().find(|relationship| relationship.kind == "officeDocument");
        let main = main.map_or_else(|| "word/document.xml".to_owned(), |relationship| relationship.target);
        let relationships = relationships(package, &main, shown)?;
        Ok(Self { package, main, relationships, shown })
    }

    /// The main document.
    ///
    /// # Errors
    /// If it is missing or damaged.
    pub(super) fn main(&mut self) -> Result<String, Box<Diagnostic>> {
        self.package.text(&self.main)
    }

    /// The part of this kind, if the document has one.
    ///
    /// # Errors
    /// If it is missing or damaged.
    pub(super) fn related(&mut self, kind: &str) -> Result<Option<String>, Box<Diagnostic>> {
        let found = self.relationships.values().find(|relationship| relationship.kind == kind);
        found.map(|relationship| self.package.text(&relationship.target)).transpose()
    }

    /// The part that the document refers to by `id`.
    ///
    /// # Errors
    /// If there is none, or it is missing or damaged.
    pub(super) fn by_id(&mut self, id: &str) -> Result<String, Box<Diagnostic>> {
        let found = self.relationships.get(id);
        let found = found.ok_or_else(|| damaged(&format!("nothing is there for its reference `{id}`"), self.shown))?;
        self.package.text(&found.target)
    }

    /// The number of pages that the program which saved the document told.
    ///
    /// # Errors
    /// If the part that tells it is damaged.
    pub(super) fn page_count(&mut self) -> Result<Option<usize>, Box<Diagnostic>> {
        const PART: &str = "docProps/app.xml";
        if !self.package.has(PART) {
            return Ok(None);
        }
        let text = self.package.text(PART)?;
        let mut reader = Reader::new(&text, VOCABULARY, PART, self.shown);
        let mut is_count = false;
        while let Some(event) = reader.next()? {
            match event {
                Event::Open(element) => is_count = element.name.parts() == ("app", "Pages"),
                Event::Text(text) if is_count => return Ok(text.trim().parse().ok()),
                Event::Text(_) | Event::Close(_) => {}
            }
        }
        Ok(None)
    }
}

/// What the part `source` refers to within the archive, by id; empty `source` for the archive itself.
fn relationships(
    package: &mut Package,
    source: &str,
    shown: &str,
) -> Result<BTreeMap<String, Relationship>, Box<Diagnostic>> {
    let (folder, name) = source.rsplit_once('/').unwrap_or(("", source));
    let part = format!("{folder}/_rels/{name}.rels");
    let part = part.trim_start_matches('/');
    let mut found = BTreeMap::new();
    if !package.has(part) {
        return Ok(found);
    }
    let text = package.text(part)?;
    let mut reader = Reader::new(&text, VOCABULARY, part, shown);
    while let Some(event) = reader.next()? {
        let Event::Open(element) = event else { continue };
        if element.name.parts() != ("rel", "Relationship") || element.attribute("", "TargetMode") == Some("External") {
            continue;
        }
        let values = ["Id", "Type", "Target"].map(|name| element.attribute("", name));
        if let [Some(id), Some(kind), Some(target)] = values {
            let kind = kind.rsplit('/').next().unwrap_or(kind).to_owned();
            found.entry(id.to_owned()).or_insert(Relationship { kind, target: resolve(folder, target) });
        }
    }
    Ok(found)
}

/// The name in the archive of `target` as a part in `folder` writes it.
fn resolve(folder: &str, target: &str) -> String {
    let (folder, target) = target.strip_prefix('/').map_or((folder, target), |target| ("", target));
    let mut segments = Vec::new();
    for segment in folder.split('/').chain(target.split('/')) {
        match segment {
            "" | "." => {}
            ".." => _ = segments.pop(),
            segment => segments.push(segment),
        }
    }
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_archive() {
        let cases = [
            ("word", "notes.xml", "word/notes.xml"),
            ("word", "./a/notes.xml", "word/a/notes.xml"),
            ("word", "../other/notes.xml", "other/notes.xml"),
            ("word", "../../notes.xml", "notes.xml"),
            ("word", "/other/notes.xml", "other/notes.xml"),
            ("word/a", "..//notes.xml", "word/notes.xml"),
            ("", "word/document.xml", "word/document.xml"),
        ];
        for (folder, target, expected) in cases {
            assert_eq!(resolve(folder, target), expected, "{folder} {target}");
        }
    }
}
