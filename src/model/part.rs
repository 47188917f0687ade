//! What a task hands to the next stage where several machines make a site: which part of what it is, and its rows.

use crate::base::hash::sha256;
use std::fmt;
use std::str::FromStr;

/// A stage that hands something over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reports, each by itself.
    Parse,
    /// All reports together, checked.
    Resolve,
    /// Pages.
    Render,
}

/// One of the parts into which a stage is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Which, from 1.
    number: usize,
    /// How many there are.
    of: usize,
}

/// What a part is of, in the metadata of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The stage that made it.
    pub stage: Stage,
    /// Which part of it.
    pub part: Part,
    /// The version of the program that made it.
    pub program: String,
    /// The SHA-256 of what it was made of.
    pub content: String,
}

/// What a row holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A report; its number is that of its records.
    Report,
    /// What all reports share.
    Site,
    /// A file of the site; its number is its length in bytes.
    File,
    /// What the gate has seen of the files of the part; its number is that of the links.
    Seen,
}

/// A row of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it holds.
    pub kind: Kind,
    /// The id of the report, or the path of the file.
    pub name: String,
    /// How much there is of it, see [`Kind`].
    pub number: i64,
    /// SHA-256 of the payload.
    pub sha256: String,
    /// The file, or what the next stage makes of the rest.
    pub payload: Vec<u8>,
}

impl Row {
    /// A row with the hash of its payload.
    #[must_use]
    pub fn new(kind: Kind, name: String, number: usize, payload: Vec<u8>) -> Self {
        let sha256 = sha256(&payload);
        Self { kind, name, number: i64::try_from(number).unwrap_or(i64::MAX), sha256, payload }
    }
}

/// The columns of a part in the language of the Parquet format.
pub const SCHEMA: &str = "message part { required binary kind (UTF8); required int64 part; required binary name (UTF8); \
                          required int64 number; required binary sha256 (UTF8); required binary payload; }";

/// The keys of a header in the metadata of its file.
pub const HEADER_KEYS: [&str; 4] = ["depositary.stage", "depositary.part", "depositary.program", "depositary.content"];

/// The version of this program, and a hash of what it is built from (`build.rs`).
pub const PROGRAM: &str = env!("DEPOSITARY_BUILD");

impl Stage {
    const ALL: [Self; 3] = [Self::Parse, Self::Resolve, Self::Render];

    /// The command that makes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Parse => "parse",
            Self::Resolve => "resolve",
            Self::Render => "render",
        }
    }
}

impl Part {
    /// The only part.
    pub const WHOLE: Self = Self { number: 1, of: 1 };

    /// Part `number`, from 1, of as many as `of`.
    #[must_use]
    pub fn new(number: usize, of: usize) -> Option<Self> {
        (1..=of).contains(&number).then_some(Self { number, of })
    }

    /// Which, from 1.
    #[must_use]
    pub fn number(self) -> usize {
        self.number
    }

    /// How many parts there are.
    #[must_use]
    pub fn of(self) -> usize {
        self.of
    }

    /// Whether what stands at `position`, from 0, is in this part.
    #[must_use]
    pub fn has(self, position: usize) -> bool {
        position % self.of == self.number - 1
    }
}

/// As it is written: `2/8`.
impl fmt::Display for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.number, self.of)
    }
}

impl FromStr for Part {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        let part = numbers.and_then(|(number, of)| Self::new(number, of));
        part.ok_or_else(|| "write it like 2/8: the second of eight parts".to_owned())
    }
}

impl Header {
    /// The header of a part that this program makes.
    #[must_use]
    pub fn new(stage: Stage, part: Part, content: String) -> Self {
        Self { stage, part, program: PROGRAM.to_owned(), content }
    }

    /// The name of the file.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}-{}-of-{}.parquet", self.stage.name(), self.part.number, self.part.of)
    }

    /// The values of [`HEADER_KEYS`].
    #[must_use]
    pub fn values(&self) -> [String; 4] {
        [self.stage.name().to_owned(), self.part.to_string(), self.program.clone(), self.content.clone()]
    }

    /// The header with these values.
    #[must_use]
    pub fn read([stage, part, program, content]: [&str; 4]) -> Option<Self> {
        let stage = Stage::ALL.into_iter().find(|known| known.name() == stage)?;
        Some(Self { stage, part: part.parse().ok()?, program: program.to_owned(), content: content.to_owned() })
    }
}

impl Kind {
    const ALL: [Self; 4] = [Self::Report, Self::Site, Self::File, Self::Seen];

    /// As it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Site => "site",
            Self::File => "file",
            Self::Seen => "seen",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }
}
