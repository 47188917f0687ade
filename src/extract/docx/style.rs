//! Styles, as far as they number, hide or raise text.

use super::property::{self, value};
use crate::base::diagnostic::Diagnostic;
use crate::extract::xml::{Event, Reader};
use std::collections::HashMap;

/// A style.
#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    list: Option<i64>,
    level: Option<usize>,
    is_hidden: Option<bool>,
    is_raised: Option<bool>,
}

/// The styles of a document by id.
#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<String, Style>);

/// Most styles that are based on one another. Word's own are five at most; a circle ends here.
const MOST_BASES: usize = 32;

impl Styles {
    /// Reads the part that holds the styles.
    ///
    /// # Errors
    /// If it is damaged.
    pub(super) fn read(mut reader: Reader) -> Result<Self, Box<Diagnostic>> {
        let mut styles = HashMap::new();
        let mut id = String::new();
        while let Some(event) = reader.next()? {
            let Event::Open(element) = event else { continue };
            match element.name.parts() {
                ("w", "style") => id = element.attribute("w", "styleId").unwrap_or_default().to_owned(),
                ("w", "basedOn") => style(&mut styles, &id).based_on = value(&element).map(str::to_owned),
                ("w", "pPr") => {
                    let properties = property::properties(&mut reader)?;
                    let style = style(&mut styles, &id);
                    (style.list, style.level) = (properties.list, properties.level);
                }
                ("w", "rPr") => {
                    let properties = property::properties(&mut reader)?;
                    let style = style(&mut styles, &id);
                    (style.is_hidden, style.is_raised) = (properties.is_hidden, properties.is_raised);
                }
                // Parts of a table style, the defaults of the document.
                ("w", "tblStylePr" | "docDefaults" | "latentStyles") => reader.skip()?,
                _ => {}
            }
        }
        Ok(Self(styles))
    }

    /// The list that paragraphs of the style `id` are numbered in, and the level if it is said.
    pub(super) fn list(&self, id: &str) -> Option<(i64, Option<usize>)> {
        let list = self.chain(id).find_map(|style| style.list)?;
        Some((list, self.chain(id).find_map(|style| style.level)))
    }

    /// Whether text of the style `id` is hidden, if it is said.
    pub(super) fn is_hidden(&self, id: &str) -> Option<bool> {
        self.chain(id).find_map(|style| style.is_hidden)
    }

    /// Whether text of the style `id` stands above the line, if it is said.
    pub(super) fn is_raised(&self, id: &str) -> Option<bool> {
        self.chain(id).find_map(|style| style.is_raised)
    }

    /// The ids of the style `id` and those it is based on.
    pub(super) fn bases<'s>(&'s self, id: &'s str) -> impl Iterator<Item = &'s str> {
        let next = |id: &&'s str| self.0.get(*id).and_then(|style| style.based_on.as_deref());
        std::iter::successors(Some(id), next).take(MOST_BASES)
    }

    fn chain<'s>(&'s self, id: &'s str) -> impl Iterator<Item = &'s Style> {
        self.bases(id).filter_map(|id| self.0.get(id))
    }
}

fn style<'s>(styles: &'s mut HashMap<String, Style>, id: &str) -> &'s mut Style {
    styles.entry(id.to_owned()).or_default()
}
