//! Columns of tables: what they are called, what they hold, what they refer to.

/// The type of a column; its name is that of Frictionless Table Schema v1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Kind {
    /// Text.
    Text,
    /// A whole number, not negative.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// A day (ISO 8601).
    Date,
    /// Texts; in CSV in one cell, `;` between them.
    List,
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct Column {
    /// Its name in the head of the table.
    pub(super) name: &'static str,
    /// What it holds.
    pub(super) kind: Kind,
    /// What it means, in English.
    pub(super) about: &'static str,
    /// Whether it belongs to the table's primary key.
    pub(super) is_key: bool,
    /// Whether no cell of it is empty.
    pub(super) is_required: bool,
    /// Table and column that its values come from.
    pub(super) target: Option<(&'static str, &'static str)>,
}

impl Column {
    const fn new(name: &'static str, kind: Kind, about: &'static str) -> Self {
        Self { name, kind, about, is_key: false, is_required: false, target: None }
    }

    /// A column of text.
    pub(super) const fn text(name: &'static str, about: &'static str) -> Self {
        Self::new(name, Kind::Text, about)
    }

    /// A column of whole numbers.
    pub(super) const fn integer(name: &'static str, about: &'static str) -> Self {
        Self::new(name, Kind::Integer, about)
    }

    /// A column of truth values.
    pub(super) const fn boolean(name: &'static str, about: &'static str) -> Self {
        Self::new(name, Kind::Boolean, about)
    }

    /// A column of days.
    pub(super) const fn date(name: &'static str, about: &'static str) -> Self {
        Self::new(name, Kind::Date, about)
    }

    /// A column of lists.
    pub(super) const fn list(name: &'static str, about: &'static str) -> Self {
        Self::new(name, Kind::List, about)
    }

    /// The same column without empty cells.
    pub(super) const fn required(self) -> Self {
        Self { is_required: true, ..self }
    }

    /// The same column as part of the primary key.
    pub(super) const fn key(self) -> Self {
        Self { is_key: true, ..self.required() }
    }

    /// The same column with values from the column `name` of `table`.
    pub(super) const fn of(self, table: &'static str, name: &'static str) -> Self {
        Self { target: Some((table, name)), ..self }
    }

    /// The type's name in Frictionless Table Schema v1.
    pub(super) fn type_name(&self) -> &'static str {
        match self.kind {
            Kind::Text | Kind::List => "string",
            Kind::Integer => "integer",
            Kind::Boolean => "boolean",
            Kind::Date => "date",
        }
    }
}
