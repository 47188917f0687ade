//! An address in a file of the site → the file and place it leads to.

use memchr::memchr2;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target<'a> {
    /// Out of the site, which is not looked at.
    Outside,
    /// A file of the site, and a place in it.
    Inside {
        /// The file's path.
        path: String,
        /// The place, unless it is the whole file or its top.
        fragment: Option<Cow<'a, str>>,
    },
    /// Nowhere that is sure to work; why.
    Bad(&'static str),
}

/// Schemes that may lead out of the site. All others are refused: `javascript:` runs code, `data:` and `file:` are
/// not addresses that a reader can cite.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// Where `address` in the file `page` leads, on a site that stands at `base_url` (empty if not known).
pub(super) fn resolve<'a>(page: &str, address: &'a str, base_url: &str) -> Target<'a> {
    let address = address.trim();
    if let Some(rest) = address.strip_prefix(base_url).filter(|_| !base_url.is_empty()) {
        return resolve_absolute(rest);
    }
    if let Some(scheme) = scheme(address) {
        let is_allowed = SCHEMES.iter().any(|allowed| scheme.eq_ignore_ascii_case(allowed));
        return if is_allowed { Target::Outside } else { Target::Bad("its scheme is not allowed") };
    }
    let (path, fragment) = split(address);
    if path.starts_with('/') {
        return Target::Bad("it is absolute, and fails where the site does not stand at the root of a server");
    }
    if path.is_empty() {
        return Target::Inside { path: page.to_owned(), fragment };
    }
    match join(page, &percent_decode(path)) {
        Ok(path) => Target::Inside { path, fragment },
        Err(reason) => Target::Bad(reason),
    }
}

/// Where the part of an address after the site's own address leads. A server gives `index.html` for a folder.
fn resolve_absolute(rest: &str) -> Target<'_> {
    let (path, fragment) = split(rest);
    let mut path = percent_decode(path).into_owned();
    if path.is_empty() || path.ends_with('/') {
        path.push_str("index.html");
    }
    Target::Inside { path, fragment }
}

/// The letters before the first `:`, if they can be a scheme (RFC 3986 § 3.1).
fn scheme(address: &str) -> Option<&str> {
    // Nearly all links are relative.
    if address.starts_with(['.', '#']) {
        return None;
    }
    let (scheme, _) = address.split_once(':')?;
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    (scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.bytes().all(is_letter)).then_some(scheme)
}

/// Path and fragment of `address`; the query goes. The fragments of nothing and `top` are every page's top
/// (HTML standard § 7.4.6.4), those that begin with `:~:` search for text.
fn split(address: &str) -> (&str, Option<Cow<'_, str>>) {
    if memchr2(b'#', b'?', address.as_bytes()).is_none() {
        return (address, None);
    }
    let (before, fragment) = address.split_once('#').map_or((address, None), |(path, fragment)| (path, Some(fragment)));
    let path = before.split_once('?').map_or(before, |(path, _)| path);
    let fragment = fragment.map(|text| text.split_once(":~:").map_or(text, |(text, _)| text));
    (path, fragment.filter(|text| !text.is_empty() && !text.eq_ignore_ascii_case("top")).map(percent_decode))
}

/// The path that `relative` means in the file `page`.
fn join(page: &str, relative: &str) -> Result<String, &'static str> {
    let mut path = String::with_capacity(page.len() + relative.len() + 1);
    path.push_str(page.rsplit_once('/').map_or("", |(folder, _)| folder));
    for part in relative.split('/') {
        match part {
            "." => {}
            ".." if path.is_empty() => return Err("it leaves the site"),
            ".." => path.truncate(path.rfind('/').unwrap_or(0)),
            other => {
                path.push_str(if path.is_empty() { "" } else { "/" });
                path.push_str(other);
            }
        }
    }
    if relative.ends_with('/') || relative.ends_with("/..") || matches!(relative, "." | "..") {
        return Err("it names a folder, which does not open from a disk; name its `index.html`");
    }
    Ok(path)
}

/// `text` with `%e5%9b%bd` turned into characters; as it is where that gives no UTF-8.
fn percent_decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(address: &str) -> (String, Option<String>) {
        match resolve("records/x/index.html", address, "https://example.org/a/") {
            Target::Inside { path, fragment } => (path, fragment.map(Cow::into_owned)),
            other => panic!("{address}: {other:?}"),
        }
    }

    #[test]
    fn relative_links_are_joined_to_the_folder_of_the_page() {
        assert_eq!(inside("../../states/aut/index.html"), ("states/aut/index.html".to_owned(), None));
        assert_eq!(inside("#%E5%9B%BD"), ("records/x/index.html".to_owned(), Some("国".to_owned())));
        assert_eq!(inside("./a.css?v=1#b"), ("records/x/a.css".to_owned(), Some("b".to_owned())));
        assert_eq!(inside("#top").1, None);
        assert_eq!(inside("a.html#:~:text=b").1, None);
    }

    #[test]
    fn links_with_the_site_s_own_address_are_inside() {
        assert_eq!(inside("https://example.org/a/"), ("index.html".to_owned(), None));
        assert_eq!(inside("https://example.org/a/states/aut/#b").0, "states/aut/index.html");
    }

    #[test]
    fn other_addresses_lead_out() {
        for address in ["https://docs.un.org/zh/A/RES/62/59", "mailto:a@example.org", "HTTP://example.org/"] {
            assert_eq!(resolve("index.html", address, ""), Target::Outside, "{address}");
        }
    }

    #[test]
    fn links_that_fail_somewhere_are_bad() {
        let bad =
            ["/index.html", "//example.org/", "../index.html", "states/", ".", "..", "a/..", "javascript:x", "data:,x"];
        for address in bad {
            assert!(matches!(resolve("index.html", address, ""), Target::Bad(_)), "{address}");
        }
    }
}
