//! The pages of the archive as a whole, so that the search knows them by their names.

use super::super::address;
use super::super::messages::fill;
use super::super::site::Local;
use super::annex;
use super::lists::List;

/// A page of the archive as a whole.
pub(in super::super) struct Overview {
    /// Its name in the tables of words: `data`.
    pub(in super::super) name: &'static str,
    /// Address below the root of a language.
    pub(in super::super) path: String,
    /// Its title.
    pub(in super::super) title: String,
    /// One line on it.
    pub(in super::super) description: String,
}

/// Every such page that the archive has.
pub(in super::super) fn overviews(local: Local<'_>) -> Vec<Overview> {
    let words = local.words();
    let single = [
        ("data", address::list("data"), &words.data.title, &words.data.description),
        ("corrections", address::CORRECTIONS.to_owned(), &words.corrections.title, &words.corrections.description),
        ("compare", address::COMPARE.to_owned(), &words.compare.title, &words.compare.description),
        ("picture", address::PICTURES.to_owned(), &words.picture.title, &words.picture.description),
    ];
    let single = single.map(|(name, path, title, description)| Overview {
        name,
        path,
        title: title.clone(),
        description: description.clone(),
    });
    let lists = List::ALL.map(|list| list.overview(local));
    lists.into_iter().chain(single).chain(annex_overview(local)).collect()
}

fn annex_overview(local: Local<'_>) -> Option<Overview> {
    let link = annex::link(local)?;
    let count = local.index().annex.len().to_string();
    let description = fill(&local.words().annex.description, &[("n", &count)]);
    Some(Overview { name: "annex", path: link.path, title: link.label, description })
}
