//! The template engine: templates compacted and compiled once, then filled.
//!
//! Input: template sources by name. Output: pages as text. Invariant: everything that is not
//! [`SafeHtml`](super::html::SafeHtml) is escaped by `html.rs`.

use super::compact::compact;
use super::html;
use super::input::Input;
use super::markdown;
use super::sink::RenderError;
use crate::base::code;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::source::line_spans;
use crate::base::span::Span;
use crate::read::Template;
use std::cell::Cell;
use std::collections::BTreeMap;
use tera::{Context, ErrorKind, Tera};

/// What to do about a template that fails.
const HINT: &str = "compare it with the built-in template of the same name, or remove it to have that one";

/// Templates ready to be filled.
pub(super) struct Engine {
    /// The templates as written, to say where an error is.
    written: Tera,
    compacted: Tera,
    sources: BTreeMap<String, Template>,
}

impl Engine {
    /// Compiles the `.html` templates, once the editorial pages are found sound.
    ///
    /// # Errors
    /// If one is no template or names something that is not there, or an editorial page is wrong.
    pub(super) fn new(input: &Input<'_>) -> Result<Self, RenderError> {
        let faults: Vec<Diagnostic> = input.pages.iter().flat_map(markdown::faults).collect();
        if !faults.is_empty() {
            return Err(RenderError::Input(faults));
        }
        let pages = input.templates.iter().filter(|(name, _)| name.ends_with(".html"));
        let sources: BTreeMap<String, Template> =
            pages.map(|(name, template)| (name.clone(), template.clone())).collect();
        let written = compile(&sources, str::to_owned)?;
        Ok(Self { written, compacted: compile(&sources, compact)?, sources })
    }

    /// Fills one template.
    ///
    /// # Errors
    /// If it asks for something the view does not have.
    pub(super) fn fill(&self, template: &str, context: &Context) -> Result<String, Box<Diagnostic>> {
        self.compacted.render(template, context).map_err(|error| self.explain(template, context, error))
    }

    /// Fills the template of a whole page, as bytes: telling once more that they are UTF-8 would take a tenth of the time.
    ///
    /// # Errors
    /// As [`Self::fill`].
    pub(super) fn fill_page(&self, template: &str, context: &Context) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut draft = DRAFT.take();
        draft.clear();
        let filled = self.compacted.render_to(template, context, &mut draft);
        let page = if draft.len() > MOST_DRAFT { std::mem::take(&mut draft) } else { draft.as_slice().to_vec() };
        DRAFT.set(draft);
        filled.map_err(|error| self.explain(template, context, error))?;
        Ok(page)
    }

    fn explain(&self, template: &str, context: &Context, error: tera::Error) -> Box<Diagnostic> {
        let error = self.written.render(template, context).err().unwrap_or(error);
        Box::new(diagnostic(&error, &self.sources))
    }
}

/// The longest page, in bytes, whose draft is kept for the next: nearly all are shorter, and memory is for records.
const MOST_DRAFT: usize = 1 << 18;

thread_local! {
    /// Where a page is filled before its length is known: a list that grows anew for each page asks the system for
    /// memory again and again.
    static DRAFT: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

fn compile(sources: &BTreeMap<String, Template>, prepare: impl Fn(&str) -> String) -> Result<Tera, Box<Diagnostic>> {
    let mut tera = Tera::default();
    tera.set_escape_fn(html::escape_into);
    // Every name ends so, whatever it is: no template is filled without escaping.
    tera.autoescape_on(vec![""]);
    let added = tera.add_raw_templates(sources.iter().map(|(name, template)| (name.as_str(), prepare(&template.text))));
    added.map_err(|error| Box::new(diagnostic(&error, sources)))?;
    Ok(tera)
}

/// The engine's error as a diagnostic that points into the template.
fn diagnostic(error: &tera::Error, templates: &BTreeMap<String, Template>) -> Diagnostic {
    let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
        return first_of_many(&error.to_string(), templates);
    };
    let range = report.span().range.clone();
    let template = templates.get(report.filename());
    let place = Place::InText {
        path: template.map_or_else(|| report.filename().to_owned(), |template| template.shown.clone()),
        text: template.map_or("", |template| template.text.as_str()).into(),
        span: Span::new(range.start, range.end),
    };
    Diagnostic::error(code::BAD_TEMPLATE, format!("template error: {}", lower_first(report.message())))
        .at(place)
        .hint(HINT)
}

/// The first of the faults that the engine tells of all templates at once, as pictures: `error: ` and the message, then
/// `--> file:line:column`, then the line.
fn first_of_many(text: &str, templates: &BTreeMap<String, Template>) -> Diagnostic {
    let message = text.lines().next().unwrap_or_default();
    let message = lower_first(message.strip_prefix("error: ").unwrap_or(message));
    let fault = Diagnostic::error(code::BAD_TEMPLATE, format!("template error: {message}")).hint(HINT);
    let place = text.split("--> ").nth(1).and_then(|rest| rest.lines().next()?.split_once(':'));
    let Some((name, position)) = place else { return fault };
    match templates.get(name) {
        Some(template) => fault.at(place_at(template, position)),
        None => fault.at(Place::InFile { path: name.to_owned(), offset: None }),
    }
}

/// The character at `position`, which is `line:column`, both from 1.
fn place_at(template: &Template, position: &str) -> Place {
    let (line, column) = position.split_once(':').unwrap_or((position, "1"));
    let number = |text: &str| text.trim().parse::<usize>().unwrap_or(1).saturating_sub(1);
    let line = line_spans(&template.text).get(number(line)).copied().unwrap_or_default();
    let characters = template.text.get(line.start..line.end).unwrap_or_default().char_indices();
    let start = line.start + characters.map(|(offset, _)| offset).nth(number(column)).unwrap_or(line.len());
    let end = (start + 1..=line.end).find(|offset| template.text.is_char_boundary(*offset)).unwrap_or(start);
    Place::InText { path: template.shown.clone(), text: template.text.as_str().into(), span: Span::new(start, end) }
}

fn lower_first(message: &str) -> String {
    let mut characters = message.trim_end_matches('.').chars();
    let first = characters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(characters).collect()
}
