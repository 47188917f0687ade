//! What the pages of the last build were made of, and the links in them, so that what is the same need be neither made
//! nor looked at again.
//!
//! They stand beside the output folder (`.public.pages` for `public`) and are believed together with the receipt that
//! bears the same seal.

use super::own::KeptFile;
use crate::base::hash::{from_hexadecimal, hexadecimal};
use crate::base::path::SitePath;
use crate::render::MadeOf;
use hashbrown::HashMap;
use rayon::prelude::*;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

/// The file.
pub(super) const PAGES: KeptFile = KeptFile { purpose: "pages", beginning: "depositary pages " };

/// The version of its form, which is written after its beginning and before the seal.
const VERSION: &str = "1 ";

/// What it ends with, so that one that was cut off is not believed.
const END: &str = "\nend\n";

/// The pages of a site with what they are made of, and the links of all its files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Made {
    /// The pages.
    pub(super) pages: Vec<MadePage>,
    /// The links of all files by their numbers: `path`, `path#place`, or nothing for one that was given up.
    pub(super) links: Vec<String>,
}

/// A page with what it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MadePage {
    /// What it is made of.
    pub(super) made_of: MadeOf,
    /// Its files, the page itself first.
    pub(super) paths: Vec<SitePath>,
    /// The links to places that the page has, by their numbers.
    pub(super) places: Vec<u32>,
}

impl Made {
    /// What was kept beside `output` with `seal`.
    pub(super) fn read(output: &Path, seal: &str) -> Option<Self> {
        let text = PAGES.read(output)?;
        let text = text
            .strip_prefix(PAGES.beginning)?
            .strip_prefix(VERSION)?
            .strip_prefix(seal)?
            .strip_prefix('\n')?
            .strip_suffix(END)?;
        let (pages, links) = text.split_once("\n\n")?;
        let links = links.lines().map(str::to_owned).collect();
        Some(Self { pages: pages.par_lines().map(MadePage::of_line).collect::<Option<_>>()?, links })
    }

    /// Keeps it beside `output` with `seal`, unless something of somebody else stands there.
    pub(super) fn write(&self, output: &Path, seal: &str) -> io::Result<()> {
        PAGES.replace(output, |file| {
            writeln!(file, "{}{VERSION}{seal}", PAGES.beginning)?;
            self.pages.iter().try_for_each(|page| file.write_all(page.line().as_bytes()))?;
            writeln!(file)?;
            self.links.iter().try_for_each(|link| writeln!(file, "{link}"))?;
            file.write_all(END.as_bytes())
        })
    }

    /// The pages by path.
    pub(super) fn into_pages(self) -> HashMap<SitePath, MadePage> {
        self.pages.into_iter().filter_map(|page| Some((page.paths.first()?.clone(), page))).collect()
    }
}

impl MadePage {
    /// The page that a line is of: what it is made of, its files, `|`, the numbers of its links.
    fn of_line(line: &str) -> Option<Self> {
        let (files, places) = line.split_once(" |")?;
        let mut words = files.split(' ');
        let made_of = MadeOf(from_hexadecimal(words.next()?)?);
        let paths: Option<Vec<SitePath>> = words.map(|path| SitePath::new(path).ok()).collect();
        let places: Option<Vec<u32>> = places.split_whitespace().map(|number| number.parse().ok()).collect();
        Some(Self { made_of, paths: paths?, places: places? })
    }

    fn line(&self) -> String {
        let mut line = hexadecimal(&self.made_of.0);
        for path in &self.paths {
            let _ = write!(line, " {path}");
        }
        line.push_str(" |");
        for number in &self.places {
            let _ = write!(line, " {number}");
        }
        line + "\n"
    }
}
