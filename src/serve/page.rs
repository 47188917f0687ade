//! What is added to a page while it is served: a script that loads it anew, and what is wrong with the site.
//!
//! Input: a finished page. Output: the page with these. Invariant: none of it is ever in a built site.

use super::Faults;
use crate::render::escaped;

/// The page for a site that has never been without fault. `{faults}` and `{script}` are filled in.
const ERROR_PAGE: &str = include_str!("error.html");

/// `page` with the script, and with what is wrong with the site.
pub(super) fn with_live_reload(page: &str, faults: Option<&Faults>, generation: u64) -> String {
    let faults = faults.map(notice).unwrap_or_default();
    // After the end of the page, as the minified one has no tags at which to put it; parsers take it as its last part.
    format!("{page}{faults}{}", script(generation))
}

/// The page that shows nothing but `faults`.
pub(super) fn error_page(faults: &str, generation: u64) -> String {
    // The script first: what people wrote may contain the word that stands for it.
    ERROR_PAGE.replacen("{script}", &script(generation), 1).replacen("{faults}", &escaped(faults), 1)
}

fn notice(faults: &Faults) -> String {
    let title = if faults.is_newer {
        "The site has errors; this page is from before"
    } else {
        "The site has errors and would not be published"
    };
    format!(
        "<link rel=\"stylesheet\" href=\"/~serve.css\"><section class=\"serve-faults\" role=\"alert\" lang=\"en\">\
         <h2>{title}</h2><pre>{}</pre></section>",
        escaped(&faults.text)
    )
}

fn script(generation: u64) -> String {
    format!("<script src=\"/~reload.js\" data-generation=\"{generation}\" defer></script>")
}
