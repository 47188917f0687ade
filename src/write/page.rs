//! What one file says to the gate: links, ids and faults of its own.

use super::link::{Target, resolve};
use super::policy::policy_fault;
use super::scan::{scan_css, scan_html, scan_xml};
use crate::base::code;
use hashbrown::HashSet;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What the gate keeps of one file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// Files and places it links to, each once.
    pub links: Vec<(String, Option<String>)>,
    /// Places that links may aim at.
    pub anchors: BTreeSet<String>,
    /// Faults that no other file has a part in: code, and what is wrong.
    pub faults: BTreeSet<(&'static str, String)>,
}

/// Reads the file at `path`, on a site that stands at `base_url`. Files other than HTML, CSS and XML say nothing.
pub(super) fn read_page(path: &str, bytes: &[u8], base_url: &str) -> Page {
    let mut page = Page::default();
    if !matches!(extension(path), "html" | "css" | "xml") {
        return page;
    }
    let Ok(text) = simdutf8::basic::from_utf8(bytes) else {
        page.faults.insert((code::PAGE_FAILED, "the file is not UTF-8".to_owned()));
        return page;
    };
    match extension(path) {
        "html" => page.take_html(path, text, base_url),
        "css" => scan_css(text).into_iter().for_each(|address| {
            page.take_link(path, address, base_url);
            page.take_load(path, address, base_url);
        }),
        _ => scan_xml(text).into_iter().for_each(|address| page.take_link(path, &address, base_url)),
    }
    page.links.sort_unstable();
    page.links.dedup();
    page
}

fn extension(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}

impl Page {
    fn take_html(&mut self, path: &str, text: &str, base_url: &str) {
        let found = scan_html(text);
        // A list leads to the same States and years again and again.
        let mut known = HashSet::with_capacity(found.links.len());
        for address in found.links.iter().filter(|address| known.insert(&***address)) {
            self.take_link(path, address, base_url);
        }
        for id in found.ids {
            if !self.anchors.insert(id.clone().into_owned()) {
                self.faults.insert((code::DUPLICATE_ID, format!("two elements have the id `{id}`")));
            }
        }
        self.anchors.extend(found.anchor_names.into_iter().map(Cow::into_owned));
        for words in found.inline_code {
            self.faults.insert((code::INLINE_CODE, format!("the page has {words}")));
        }
        for address in &found.loads {
            self.take_load(path, address, base_url);
        }
        // Words without any markup, such as a proof of ownership for a search engine, can load nothing.
        if text.contains('<') {
            self.faults.extend(unguarded(&found.policies, found.is_unbound).map(|words| (code::BAD_POLICY, words)));
        }
    }

    fn take_load(&mut self, path: &str, address: &str, base_url: &str) {
        if resolve(path, address, base_url) == Target::Outside {
            let words = format!("`{address}` is loaded from elsewhere, or a form is sent there");
            self.faults.insert((code::INLINE_CODE, words));
        }
    }

    fn take_link(&mut self, path: &str, address: &str, base_url: &str) {
        match resolve(path, address, base_url) {
            Target::Outside => {}
            Target::Inside { path, fragment } => {
                self.links.push((path, fragment.map(Cow::into_owned)));
            }
            Target::Bad(reason) => {
                self.faults.insert((code::BAD_LINK, format!("the link `{address}` is not sure to work: {reason}")));
            }
        }
    }
}

/// Why a page with these policies is not guarded; a browser obeys all of them at once, so that one strict one is enough.
fn unguarded(policies: &[Cow<'_, str>], is_unbound: bool) -> Option<String> {
    if is_unbound {
        return Some("something is loaded before the content security policy of the page".to_owned());
    }
    let Some(first) = policies.first() else {
        return Some("the page has no content security policy in its head".to_owned());
    };
    let is_strict = policies.iter().any(|policy| policy_fault(policy).is_none());
    if is_strict { None } else { policy_fault(first).map(|fault| format!("the page has {fault}")) }
}
