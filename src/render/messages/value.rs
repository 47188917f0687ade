//! What stands in tables of messages: texts, forms of numbers, names of months; and how it is read.
//!
//! Input: a value of TOML. Output: the message. Invariant: what lacks, or nobody knows, is refused at its place.

use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A message with a number in it, `{n}`: a form for each category of numbers that the language has.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub(in crate::render) struct Count(BTreeMap<String, String>);

impl Count {
    /// The form for numbers of `category`.
    pub(in crate::render) fn form(&self, category: &str) -> &str {
        &self.0[category]
    }

    /// What is wrong with the forms for a language of these categories.
    fn fault(&self, categories: &[&str]) -> Option<String> {
        let Self(forms) = self;
        let missing = categories.iter().find(|category| !forms.contains_key(**category));
        let unknown = forms.keys().find(|category| !categories.contains(&category.as_str()));
        let known = || categories.iter().map(|category| format!("`{category}`")).collect::<Vec<_>>().join(", ");
        missing
            .map(|category| format!("missing form `{category}` of a number"))
            .or_else(|| Some(format!("unknown form `{}` of a number, expected {}", unknown?, known())))
    }
}

/// Words of the kinds that data have: `Printed` and the like, by their name in the records contract.
pub(in crate::render) type Words = BTreeMap<String, String>;

/// Names of the months.
pub(in crate::render) type Months = [String; 12];

/// Which way a script runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::render) enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

/// What is wrong in a table, and where.
pub(super) struct Wrong {
    pub(super) message: String,
    pub(super) span: Range<usize>,
}

impl Wrong {
    pub(super) fn new(message: impl Into<String>, span: Range<usize>) -> Self {
        Self { message: message.into(), span }
    }

    fn type_of(value: &Spanned<DeValue<'_>>, expected: &str) -> Self {
        Self::new(format!("expected {expected}, found a value of type {}", value.get_ref().type_str()), value.span())
    }
}

/// What stands in a table of messages. Derived from the types, it was two megabytes of code.
pub(super) trait Message: Sized {
    /// Reads a value, for a language whose numbers are of these categories.
    fn read(value: &Spanned<DeValue<'_>>, categories: &[&str]) -> Result<Self, Wrong>;

    /// What holds where there is no value, if a table may do without it.
    fn absent() -> Option<Self> {
        None
    }
}

impl Message for String {
    fn read(value: &Spanned<DeValue<'_>>, _: &[&str]) -> Result<Self, Wrong> {
        value.get_ref().as_str().map(ToOwned::to_owned).ok_or_else(|| Wrong::type_of(value, "a text"))
    }
}

impl<T: Message> Message for Option<T> {
    fn read(value: &Spanned<DeValue<'_>>, categories: &[&str]) -> Result<Self, Wrong> {
        T::read(value, categories).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl Message for Words {
    fn read(value: &Spanned<DeValue<'_>>, categories: &[&str]) -> Result<Self, Wrong> {
        let words = table(value)?.iter();
        words.map(|(name, word)| Ok((name.get_ref().to_string(), String::read(word, categories)?))).collect()
    }
}

impl Message for Count {
    fn read(value: &Spanned<DeValue<'_>>, categories: &[&str]) -> Result<Self, Wrong> {
        let count = Self(Words::read(value, categories)?);
        count.fault(categories).map_or(Ok(count), |message| Err(Wrong::new(message, value.span())))
    }
}

impl Message for Months {
    fn read(value: &Spanned<DeValue<'_>>, categories: &[&str]) -> Result<Self, Wrong> {
        let months = value.get_ref().as_array().ok_or_else(|| Wrong::type_of(value, "the names of the months"))?;
        let months: Vec<String> =
            months.iter().map(|month| String::read(month, categories)).collect::<Result<_, _>>()?;
        months.try_into().map_err(|months: Vec<_>| Wrong::new(format!("{} months, not 12", months.len()), value.span()))
    }
}

impl Message for Direction {
    fn read(value: &Spanned<DeValue<'_>>, categories: &[&str]) -> Result<Self, Wrong> {
        match String::read(value, categories)?.as_str() {
            "ltr" => Ok(Self::Ltr),
            "rtl" => Ok(Self::Rtl),
            other => Err(Wrong::new(format!("unknown direction `{other}`, expected `ltr` or `rtl`"), value.span())),
        }
    }
}

fn table<'t, 'i>(value: &'t Spanned<DeValue<'i>>) -> Result<&'t DeTable<'i>, Wrong> {
    value.get_ref().as_table().ok_or_else(|| Wrong::type_of(value, "a table"))
}

/// The message called `name` in `value`, which is a table.
pub(super) fn message<T: Message>(value: &Spanned<DeValue<'_>>, name: &str, categories: &[&str]) -> Result<T, Wrong> {
    match table(value)?.get(name) {
        Some(found) => T::read(found, categories),
        None => T::absent().ok_or_else(|| Wrong::new(format!("missing message `{name}`"), value.span())),
    }
}

/// Refuses a table that has another message than `known`.
pub(super) fn check_names(value: &Spanned<DeValue<'_>>, known: &[&str]) -> Result<(), Wrong> {
    let unknown = table(value)?.keys().find(|name| !known.contains(&name.get_ref().as_ref()));
    unknown.map_or(Ok(()), |name| Err(Wrong::new(format!("unknown message `{}`", name.get_ref()), name.span())))
}
