//! The content security policy of a page: whether it is there, and whether it allows no more than it may.
//!
//! Input: the text of a policy (Content Security Policy Level 3). Output: what is wrong with it, in words. Invariant: a
//! page whose policy passes loads nothing from another origin and runs nothing that stands in the page itself.

/// Directives that a policy must have, as no other stands in for them.
const REQUIRED: [&str; 3] = ["default-src", "base-uri", "form-action"];

/// What a directive on origins may say: nothing at all, or the site itself.
const SOURCES: [&str; 2] = ["'none'", "'self'"];

/// Directives that can only forbid more.
const STRICTER: [&str; 4] = ["require-trusted-types-for", "trusted-types", "sandbox", "upgrade-insecure-requests"];

/// What is wrong with `policy`; none if it is as strict as it must be.
pub(super) fn policy_fault(policy: &str) -> Option<String> {
    let directives: Vec<(String, Vec<&str>)> = policy.split(';').filter_map(directive).collect();
    let is_there = |name: &&&str| directives.iter().any(|(other, _)| other == **name);
    if let Some(name) = REQUIRED.iter().find(|name| !is_there(name)) {
        return Some(format!("a content security policy without `{name}`"));
    }
    let judged = directives.iter().filter(|(name, _)| !STRICTER.contains(&name.as_str()));
    let mut sources = judged.flat_map(|(name, sources)| sources.iter().map(move |source| (name, source)));
    let (name, source) = sources.find(|(_, source)| !SOURCES.contains(source))?;
    Some(format!("a content security policy that allows `{source}` for `{name}`"))
}

/// Name and values of a directive. Names are of any case, values of sources in quotes are not (CSP 3 § 2.2.1).
fn directive(text: &str) -> Option<(String, Vec<&str>)> {
    let mut words = text.split_ascii_whitespace();
    let name = words.next()?.to_ascii_lowercase();
    Some((name, words.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_of_the_site_alone_passes() {
        for rest in
            ["", "; script-src 'self'; img-src 'self'", "; require-trusted-types-for 'script'", ";;\n IMG-SRC 'none'"]
        {
            assert_eq!(policy_fault(&format!("default-src 'none'; base-uri 'none'; form-action 'self'{rest}")), None);
        }
    }

    #[test]
    fn what_allows_more_is_named() {
        for (rest, named) in [
            ("script-src 'unsafe-inline'", "`'unsafe-inline'` for `script-src`"),
            ("script-src 'self' https://example.org", "`https://example.org`"),
            ("img-src data:", "`data:`"),
            ("Style-Src *", "`*` for `style-src`"),
            ("script-src 'sha256-AAAA'", "sha256"),
        ] {
            let fault = policy_fault(&format!("default-src 'none'; base-uri 'none'; form-action 'self'; {rest}"));
            assert!(fault.as_ref().is_some_and(|fault| fault.contains(named)), "{rest}: {fault:?}");
        }
        for policy in
            ["", "default-src 'none'", "default-src 'none'; base-uri 'none'", "base-uri 'none'; form-action 'self'"]
        {
            assert!(policy_fault(policy).is_some_and(|fault| fault.contains("without")), "{policy}");
        }
    }
}
