//! The template engine: templates minified and compiled once, then filled.
//!
//! Input: template sources by name. Output: pages as text. Invariant: everything that is not
//! [`SafeHtml`](super::html::SafeHtml) is escaped by `html.rs`.

use super::html;
use super::minify::minify_template;
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::span::Span;
use std::collections::BTreeMap;
use tera::{Context, ErrorKind, Tera};

/// Templates ready to be filled.
pub(super) struct Engine {
    /// The templates as written, to say where an error is.
    written: Tera,
    minified: Tera,
    sources: BTreeMap<String, String>,
}

impl Engine {
    /// Compiles the `.html` templates.
    ///
    /// # Errors
    /// If one is no template or names something that is not there.
    pub(super) fn new(templates: &BTreeMap<String, String>) -> Result<Self, Box<Diagnostic>> {
        let pages = templates.iter().filter(|(name, _)| name.ends_with(".html"));
        let sources: BTreeMap<String, String> = pages.map(|(name, text)| (name.clone(), text.clone())).collect();
        let minified = sources.iter().map(|(name, text)| (name.clone(), minify_template(text))).collect();
        Ok(Self { written: compile(&sources)?, minified: compile(&minified)?, sources })
    }

    /// Fills one template.
    ///
    /// # Errors
    /// If it asks for something the view does not have.
    pub(super) fn fill(&self, template: &str, context: &Context) -> Result<String, Box<Diagnostic>> {
        self.minified.render(template, context).map_err(|error| {
            let error = self.written.render(template, context).err().unwrap_or(error);
            Box::new(diagnostic(&error, &self.sources))
        })
    }
}

fn compile(sources: &BTreeMap<String, String>) -> Result<Tera, Box<Diagnostic>> {
    let mut tera = Tera::default();
    tera.set_escape_fn(html::escape_into);
    let added = tera.add_raw_templates(sources.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    added.map_err(|error| Box::new(diagnostic(&error, sources)))?;
    Ok(tera)
}

/// The engine's error as a diagnostic that points into the template.
fn diagnostic(error: &tera::Error, templates: &BTreeMap<String, String>) -> Diagnostic {
    let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
        return Diagnostic::error(code::BAD_TEMPLATE, format!("template error: {error}"));
    };
    let range = report.span().range.clone();
    let text = templates.get(report.filename()).cloned().unwrap_or_default();
    let place = Place::InText {
        path: format!("templates/{}", report.filename()),
        text,
        span: Span::new(range.start, range.end),
    };
    Diagnostic::error(code::BAD_TEMPLATE, format!("template error: {}", lower_first(report.message()))).at(place)
}

fn lower_first(message: &str) -> String {
    let mut characters = message.trim_end_matches('.').chars();
    let first = characters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(characters).collect()
}
