//! What a misspelt word was probably meant to be.

/// Likeness below which a word is no misspelling of another; `strsim`'s scale from 0 to 1.
/// `titel`–`title` is 0.95, `base_ur`–`base_url` 0.98; unrelated keys of `site.toml` stay under 0.7.
const LIKENESS: f64 = 0.75;

/// The one of `known` that is most like `word`, unless none is like it.
#[must_use]
pub fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let likeness = |candidate: &&str| strsim::jaro_winkler(&word.to_lowercase(), &candidate.to_lowercase());
    let best = known.iter().copied().max_by(|left, right| likeness(left).total_cmp(&likeness(right)))?;
    (likeness(&best) >= LIKENESS).then_some(best)
}

/// The `number` of `known` that are most like `word`, best first; those that are not like it, or less than half as
/// long or more than twice, are left out, as likeness counts every word that begins alike.
#[must_use]
pub fn nearest_few<'a>(word: &str, known: &[&'a str], number: usize) -> Vec<&'a str> {
    let likeness = |candidate: &str| strsim::jaro_winkler(&word.to_lowercase(), &candidate.to_lowercase());
    let is_as_long = |candidate: &&&str| candidate.len() * 2 >= word.len() && candidate.len() <= word.len() * 2;
    let rated = known.iter().filter(is_as_long).map(|candidate| (likeness(candidate), *candidate));
    let mut like: Vec<(f64, &str)> = rated.filter(|(likeness, _)| *likeness >= LIKENESS).collect();
    like.sort_by(|left, right| right.0.total_cmp(&left.0));
    like.into_iter().take(number).map(|(_, candidate)| candidate).collect()
}

/// A hint that names the nearest of `known`, then all of them: ``did you mean `title`? known keys: …``.
#[must_use]
pub fn hint(word: &str, known: &[&str], noun: &str) -> String {
    let list = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match nearest(word, known) {
        Some(best) => format!("did you mean `{best}`? known {noun}: {list}"),
        None => format!("known {noun}: {list}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_what_is_like_it_and_nothing_else() {
        let known = ["title", "description", "base_url", "languages"];
        assert_eq!(nearest("titel", &known), Some("title"));
        assert_eq!(nearest("base-url", &known), Some("base_url"));
        assert_eq!(nearest("colour", &known), None);
    }
}
