//! How large a site is, and whether its host publishes one so large.

use crate::base::code;
use crate::base::diagnostic::Diagnostic;

/// A warning if a site of `n_bytes` is over the limit of its host.
pub(super) fn size_warning(n_bytes: u64, max_bytes: u64) -> Option<Diagnostic> {
    let message = format!("the site has {n_bytes} bytes, and its host publishes {max_bytes} at most");
    let hint = "leave out what is largest, or name the limit of another host as `max_bytes` under `[publish]` in \
                site.toml; GitHub Pages publishes 1 GB";
    (n_bytes > max_bytes).then(|| Diagnostic::warning(code::SITE_TOO_LARGE, message).hint(hint))
}
