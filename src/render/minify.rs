//! Pages without the white space and the quotes that nobody reads, but still valid HTML.

use minify_html::{Cfg, minify};

/// One page, minified.
///
/// Only what the standard allows: closing tags, `html` and `head` stay, because readers of saved pages
/// and validators are happier with them, and the saving is a few bytes.
pub(super) fn minify_page(page: &str) -> Vec<u8> {
    minify(page.as_bytes(), &configuration())
}

fn configuration() -> Cfg {
    Cfg {
        keep_closing_tags: true,
        keep_html_and_head_opening_tags: true,
        keep_input_type_text_attr: true,
        ..Cfg::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_validators_want() {
        let page = "<!DOCTYPE html>\n<html lang=\"zh\">\n<head>\n<title>t</title>\n</head>\n<body>\n<p>a  b</p>\n<pre>x\n  y</pre>\n</body></html>";
        let out = String::from_utf8_lossy(&minify_page(page)).into_owned();
        assert_eq!(
            out,
            "<!doctype html><html lang=zh><head><title>t</title></head><body><p>a b</p><pre>x\n  y</pre></body></html>"
        );
    }
}
