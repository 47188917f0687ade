//! BibTeX, so that classic styles and biblatex both take it.
//!
//! Sources: Patashnik, BIBTEXing (1988), 3.1 (types and fields), 4 (double braces keep a corporate name whole and the
//! case of a title); Kime and others, The biblatex Package, 2.1.1 (types and their fields), 2.2.2 (`date`, `url`), 2.2.3
//! (`annotation`, which styles do not print, and `langid`), 2.3.8 (`~` behind an inferred date).

use super::super::citable::CitableKind;
use super::Entry;
use crate::base::language::primary;

/// The names of months that every style defines (BIBTEXing, 4).
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// One entry.
pub(super) fn entry(entry: &Entry<'_>) -> String {
    let citable = entry.citable;
    let kind = match citable.kind {
        CitableKind::Record | CitableKind::Report | CitableKind::Resolution => "techreport",
        CitableKind::State | CitableKind::Archive => "online",
    };
    let author = entry.author().map(|author| braced("author", author));
    let mut fields: Vec<String> = author.into_iter().chain([braced("title", &entry.title)]).collect();
    fields.extend(entry.kind_name.map(|name| field("type", name)));
    fields.extend(entry.number().map(|number| field("number", number)));
    fields.extend(entry.pages().map(|pages| field("pages", &pages.replace('–', "--"))));
    let publisher = if kind == "online" { "organization" } else { "institution" };
    fields.extend(entry.publisher().map(|archive| braced(publisher, archive)));
    fields.extend(dates(entry));
    fields.extend(citable.url.as_deref().map(|url| format!("url = {{{}}}", plain_url(url))));
    fields.extend(language(entry.language).map(|name| field("langid", name)));
    fields.extend(Some(&entry.note).filter(|note| !note.is_empty()).map(|note| field("annotation", note)));
    format!("@{kind}{{{},\n  {}\n}}\n", citable.key, fields.join(",\n  "))
}

fn dates(entry: &Entry<'_>) -> Vec<String> {
    let Some(moment) = entry.citable.issued() else { return Vec::new() };
    let mut fields = vec![field("year", &moment.year.to_string())];
    let month = moment.month.and_then(|month| MONTHS.get(usize::from(month) - 1));
    fields.extend(month.map(|month| format!("month = {month}")));
    // The `~` of an inferred date is no sign of TeX's here: biblatex reads it.
    fields.extend(entry.citable.date.as_ref().map(|date| format!("date = {{{date}}}")));
    fields
}

/// A language as babel calls it, and biblatex with it; none for one that it does not have under a sure name.
fn language(tag: &str) -> Option<&'static str> {
    let names = [
        ("ar", "arabic"),
        ("en", "english"),
        ("es", "spanish"),
        ("fr", "french"),
        ("ru", "russian"),
        ("zh", "chinese"),
    ];
    names.into_iter().find_map(|(known, name)| (known == primary(tag)).then_some(name))
}

fn field(name: &str, value: &str) -> String {
    format!("{name} = {{{}}}", escape(value))
}

fn braced(name: &str, value: &str) -> String {
    format!("{name} = {{{{{}}}}}", escape(value))
}

/// `text` so that TeX prints it: its ten special characters as commands.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => escaped.push_str("{\\textbackslash}"),
            '~' => escaped.push_str("{\\textasciitilde}"),
            '^' => escaped.push_str("{\\textasciicircum}"),
            '{' => escaped.push_str("{\\textbraceleft}"),
            '}' => escaped.push_str("{\\textbraceright}"),
            '#' | '$' | '%' | '&' | '_' => escaped.extend(['\\', character]),
            '\n' | '\r' | '\t' => escaped.push(' '),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// An address as `\url` takes it: nothing escaped, and nothing in it that could end the field.
fn plain_url(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_what_tex_would_read() {
        assert_eq!(
            escape("50 % of A&B_{x}\\ #1 $ ~^"),
            "50 \\% of A\\&B\\_{\\textbraceleft}x{\\textbraceright}{\\textbackslash} \\#1 \\$ {\\textasciitilde}{\\textasciicircum}"
        );
        assert_eq!(escape("全面禁止"), "全面禁止");
    }
}
