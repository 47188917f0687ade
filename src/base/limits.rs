//! Bounds on what is read, each with its reason.

/// Largest report in bytes. The longest UN documents are a few megabytes of text.
pub const MAX_REPORT_BYTES: u64 = 64 * 1024 * 1024;

/// Largest reference table in bytes. Every State's vote on every resolution since 1946 is under 40 MB.
pub const MAX_TABLE_BYTES: u64 = 64 * 1024 * 1024;

/// Largest settings file, editorial page or template in bytes. A person writes them, so a megabyte is a mistake.
pub const MAX_WRITTEN_BYTES: u64 = 4 * 1024 * 1024;

/// Largest file that is copied as it is, in bytes. GitHub refuses larger ones.
pub const MAX_STATIC_BYTES: u64 = 100 * 1024 * 1024;

/// Largest site in bytes, unless the settings name another limit: what GitHub Pages publishes, 1 GB.
pub const MAX_SITE_BYTES: u64 = 1_000_000_000;

/// Most files in one folder tree. The UN issues some 20,000 documents a year.
pub const MAX_FILES: usize = 1_000_000;

/// Largest folder tree in bytes. It is held in memory; the texts of all UN documents since 1946 in one language would
/// fit.
pub const MAX_FOLDER_BYTES: u64 = 4 * 1024 * 1024 * 1024;

/// Most records of one report, each of which has a page. The longest report here has 250, and a compilation of fifty
/// years would stay under 20,000.
pub const MAX_RECORDS: usize = 100_000;

/// Longest sentence in which facts are looked for, in bytes. The short names of all States, with a mark between them,
/// take 4.8 kB in Russian, the most of the six languages.
pub const MAX_SENTENCE_BYTES: usize = 8 * 1024;

/// Most facts of one sentence: 193 States and five resolutions they vote on. A sentence of more is no person's.
pub const MAX_SENTENCE_FACTS: usize = 1_000;

/// Most facts of one report. The report with most here states 38.
pub const MAX_REPORT_FACTS: usize = 100_000;

/// Most places where a row of a flattened table may begin, times the States it may be of, that are weighed for one
/// section. A section of 180 kB with 190 States has nearly as many, and takes 350 MB. A longer one is kept as one row.
pub const MAX_ROW_CHOICES: usize = 3_000_000;

/// Deepest nesting of lists and quotations in an editorial page.
pub const MAX_NESTING: usize = 32;

/// Most diagnostics that one table may give; the first rows tell what is wrong with a broken file.
pub const MAX_TABLE_DIAGNOSTICS: usize = 20;

/// Longest path of the site and longest segment in bytes: what common file systems and archives take.
pub const MAX_PATH_BYTES: usize = 1024;

/// Longest segment of a path in bytes, see [`MAX_PATH_BYTES`].
pub const MAX_SEGMENT_BYTES: usize = 200;

/// Longest document symbol in bytes. The longest of 3,058 that editors linked has 29; a page is named after each, see
/// [`MAX_SEGMENT_BYTES`].
pub const MAX_SYMBOL_BYTES: usize = 120;

/// Longest id of a report in bytes: names of files are made of it with sections, States, numbers and endings, and have
/// to stay under [`MAX_SEGMENT_BYTES`].
pub const MAX_REPORT_ID_BYTES: usize = 120;

/// Longest identifier of a record in bytes, as an editor may keep one, with room for an ending. See
/// [`MAX_SEGMENT_BYTES`].
pub const MAX_RECORD_ID_BYTES: usize = 180;

/// Most entries of a document that is a ZIP archive. A report with a picture on every page has a few hundred.
pub const MAX_DOCUMENT_PARTS: usize = 10_000;

/// Largest part of a document that is a ZIP archive, unpacked, in bytes. A report of 1,000 pages has some 30 MB of XML.
pub const MAX_DOCUMENT_PART_BYTES: u64 = 256 * 1024 * 1024;

/// Deepest nesting of elements in a document. Word nests some thirty deep.
pub const MAX_DOCUMENT_DEPTH: usize = 256;

/// Most attributes of an element in a document. Word writes some twenty.
pub const MAX_DOCUMENT_ATTRIBUTES: usize = 1000;

/// Most pages of a document. The longest volumes of the United Nations have some 2,000.
pub const MAX_DOCUMENT_PAGES: usize = 20_000;
