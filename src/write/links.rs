//! The links of a site: where each leads, and which files have it.
//!
//! Invariant: each different link is held once, under a number; a file that is taken over unseen from a sound site has
//! its links to places by what that site was known to have, and all its other links are among those known.

use hashbrown::HashMap;
use std::sync::Arc;

/// The number of the path that a link leads to, and the place there.
pub(super) type Link = (u32, Option<Box<str>>);

/// All different links.
#[derive(Default)]
pub(super) struct Links {
    links: HashMap<Link, Entry>,
    /// The numbers of the links to places that a file has, by the number of its path.
    places: HashMap<u32, Vec<u32>>,
}

struct Entry {
    /// How many different links there were before.
    number: u32,
    /// The files looked at that have it.
    used: Option<Use>,
    /// Whether a file that was taken over may have it.
    is_known: bool,
}

/// The pages that have a link or a fault: the first in the order of paths, and how many there are.
pub(super) struct Use {
    /// The first.
    pub(super) page: Arc<str>,
    /// How many.
    pub(super) n_pages: usize,
}

impl Use {
    /// Of one page.
    pub(super) fn on(page: &Arc<str>) -> Self {
        Self { page: Arc::clone(page), n_pages: 1 }
    }

    /// Adds another.
    pub(super) fn add(&mut self, page: &Arc<str>) {
        self.n_pages += 1;
        if *page < self.page {
            self.page = Arc::clone(page);
        }
    }
}

impl Links {
    /// Adds a link of the file of this number and name.
    pub(super) fn add(&mut self, (file, name): (u32, &Arc<str>), link: Link) {
        let is_place = link.1.is_some();
        let entry = self.entry(link);
        match &mut entry.used {
            Some(used) => used.add(name),
            None => entry.used = Some(Use::on(name)),
        }
        let number = entry.number;
        if is_place {
            self.places.entry(file).or_default().push(number);
        }
    }

    /// Adds a link that files which are taken over may have.
    pub(super) fn know(&mut self, link: Link) {
        self.entry(link).is_known = true;
    }

    /// Adds a link to a place that the file of this number has, which is taken over.
    pub(super) fn know_place(&mut self, file: u32, link: Link) {
        let entry = self.entry(link);
        entry.is_known = true;
        let number = entry.number;
        self.places.entry(file).or_default().push(number);
    }

    fn entry(&mut self, link: Link) -> &mut Entry {
        // A site of four thousand million links fits on no server.
        let number = u32::try_from(self.links.len()).unwrap_or(u32::MAX);
        self.links.entry(link).or_insert(Entry { number, used: None, is_known: false })
    }

    /// The links of files that were looked at, with those files.
    pub(super) fn used(&self) -> impl Iterator<Item = (&Link, &Use)> {
        self.links.iter().filter_map(|(link, entry)| Some((link, entry.used.as_ref()?)))
    }

    /// The links that files may have which were taken over.
    pub(super) fn known(&self) -> impl Iterator<Item = &Link> {
        self.links.iter().filter(|(_, entry)| entry.is_known).map(|(link, _)| link)
    }

    /// The links to places of files that were looked at, as far as no site is known in which they led there.
    pub(super) fn new_places(&self) -> impl Iterator<Item = &Link> {
        let new = self.links.iter().filter(|(link, entry)| link.1.is_some() && !entry.is_known);
        new.map(|(link, _)| link)
    }

    /// Gives up what was known, before every file that was taken over is looked at.
    pub(super) fn forget(&mut self) {
        self.links.values_mut().for_each(|entry| entry.is_known = false);
    }

    /// Gives up what links to places the file of this number has, before it is looked at.
    pub(super) fn forget_places(&mut self, file: u32) {
        self.places.remove(&file);
    }

    /// Every link in the order of their numbers; none in the place of those that no file has any more.
    pub(super) fn in_order(&self) -> Vec<Option<&Link>> {
        let mut links = vec![None; self.links.len()];
        for (link, entry) in self.links.iter().filter(|(_, entry)| entry.is_known || entry.used.is_some()) {
            if let Some(place) = links.get_mut(entry.number as usize) {
                *place = Some(link);
            }
        }
        links
    }

    /// The numbers of the links to places that a file has.
    pub(super) fn places(&self, file: u32) -> &[u32] {
        self.places.get(&file).map_or(&[], Vec::as_slice)
    }
}
