//! What a page is, before any is made: a declaration for each kind, and the parts that a made page consists of.

// What nearly every kind of page is written with.
pub(super) use crate::render::address;
pub(super) use crate::render::input::Input;
pub(super) use crate::render::messages::fill;
pub(super) use crate::render::search::document::{Document, Facets, Field, Kind, also, field, optional, years};
pub(super) use crate::render::site::{Local, Site};

use super::citation::Cited;
use crate::render::view::Link;
use chrono::NaiveDate;
use serde::Serialize;
use tera::Value;

/// What a page is about. A kind of page is a type that implements this, with a function that gives all pages of it; both
/// stand in one file, and the function in a table of `mod.rs`.
pub(in crate::render) trait Subject: Sync {
    /// Where the page stands below the root of its language. Kept for ever.
    fn address(&self) -> String;

    /// The page in a language.
    fn page(&self, local: Local<'_>) -> Page;

    /// The files beside the page, by their names, in the language that stands at the root.
    fn beside(&self, _local: Local<'_>) -> Vec<(&'static str, Vec<u8>)> {
        Vec::new()
    }

    /// The page as the search has it; none for pages that are parts of others or only help to get about.
    fn document<'a>(&'a self, _site: &'a Site<'a>) -> Option<Document<'a>> {
        None
    }

    /// The report that the page is a part of, whose terms hold for it.
    fn report(&self) -> Option<usize> {
        None
    }

    /// The day on which what the page says was written or last changed, where that is known.
    fn changed(&self, _input: &Input<'_>) -> Option<NaiveDate> {
        None
    }

    /// Whether it is one page for all languages, in the first of them.
    fn is_for_all_languages(&self) -> bool {
        false
    }

    /// Whether it is of the archive as a whole, as the page of its data is: then a task that makes a part of the pages, and
    /// unpacks of the archive no more than these need, leaves it to the last.
    fn is_of_archive(&self) -> bool {
        false
    }

    /// Whether it has something to say itself, so that site maps list it.
    fn is_listed(&self) -> bool {
        true
    }
}

/// Pages in no language yet.
pub(in crate::render) type Subjects<'a> = Vec<Box<dyn Subject + 'a>>;

/// Pages of one kind.
pub(super) fn subjects<'a, S: Subject + 'a>(all: impl IntoIterator<Item = S>) -> Subjects<'a> {
    all.into_iter().map(|subject| Box::new(subject) as Box<dyn Subject + 'a>).collect()
}

/// A page in a language.
pub(in crate::render) struct Page {
    /// The name of its template.
    pub(super) template: &'static str,
    /// What the frame around it needs to know.
    pub(super) head: Head,
    /// What its template shows.
    pub(super) view: Value,
}

impl Page {
    /// A page from a typed view.
    pub(super) fn new<V: Serialize>(template: &'static str, head: Head, view: &V) -> Self {
        Self { template, head, view: Value::from_serializable(view) }
    }
}

/// What the frame around a page needs to know of it.
#[derive(Default)]
pub(super) struct Head {
    /// Its title.
    pub(super) title: String,
    /// Language of the title where it is not the interface's.
    pub(super) title_language: Option<String>,
    /// One line on what it is.
    pub(super) description: String,
    /// The pages above it, outermost first, without home.
    pub(super) trail: Vec<Link>,
    /// Where to go next.
    pub(super) next: Vec<Value>,
    /// The pages before and after it in their order.
    pub(super) siblings: Siblings,
    /// Address below the root of the language of the page that stands in its place.
    pub(super) replaced_by: Option<String>,
    /// Pages that have to do with it, for programs.
    pub(super) related: Vec<Related>,
    /// The feed on it, below the root of the site.
    pub(super) feed: Option<String>,
    /// What it is for those who cite it.
    pub(super) cited: Option<Cited>,
    /// What it lists, as context objects; for a page that cannot be cited itself, as its own tags go first.
    pub(super) listed: Vec<String>,
}

/// A page that has to do with another.
#[derive(Serialize)]
pub(super) struct Related {
    /// How (RFC 5829).
    rel: &'static str,
    /// Where it stands below the root of its language.
    path: String,
}

impl Related {
    /// The page at `path`.
    pub(super) fn new(rel: &'static str, path: String) -> Self {
        Self { rel, path }
    }
}

/// The pages before and after a page, where its kind has an order.
#[derive(Default, Serialize)]
pub(super) struct Siblings {
    before: Option<Value>,
    after: Option<Value>,
}

impl Siblings {
    /// The neighbours of `here` among pages in `order`, each as `link` makes it.
    pub(super) fn new<T: PartialEq>(order: impl IntoIterator<Item = T>, here: &T, link: impl Fn(&T) -> Value) -> Self {
        let mut order = order.into_iter();
        let mut before = None;
        while let Some(item) = order.next() {
            if item == *here {
                return Self { before: before.as_ref().map(&link), after: order.next().as_ref().map(&link) };
            }
            before = Some(item);
        }
        Self::default()
    }
}
