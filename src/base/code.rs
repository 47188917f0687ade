//! The codes of all diagnostics, in one place, so that none is given twice and each keeps its meaning.
//!
//! `E` is an error, `W` a warning. The hundreds say which stage speaks: 01 reading, 02 settings
//! (`site.toml` and the other TOML files), 03 reference tables, 04 parsing, 05 resolving,
//! 06 rendering, 07 writing, 08 citing and linking, 09 parts that tasks hand over.

/// A file or folder cannot be read, or a path that was asked for does not exist.
pub const UNREADABLE: &str = "E0101";
/// A symbolic link, device or pipe stands where a file is wanted. None is followed.
pub const NOT_A_FILE: &str = "E0102";
/// A file is larger than its limit, or there are more files than the limit.
pub const OVER_LIMIT: &str = "E0103";
/// A file is not text, or in an encoding that is not recognised.
pub const NOT_TEXT: &str = "E0104";
/// A file holds nothing but white space.
pub const EMPTY_FILE: &str = "E0105";
/// A file's name cannot be an id or an address.
pub const BAD_NAME: &str = "E0106";
/// Two reports have one id.
pub const TWO_FILES_ONE_ID: &str = "E0107";
/// An editorial page has no heading of level 1, so no title.
pub const PAGE_WITHOUT_TITLE: &str = "E0108";
/// An editorial page lies outside the folder of a language of the site.
pub const PAGE_WITHOUT_LANGUAGE: &str = "E0109";
/// A file that no rule reads.
pub const UNREAD_FILE: &str = "W0110";
/// What is known of a report is there, but the report's text is not.
pub const META_WITHOUT_REPORT: &str = "W0111";
/// A character that reorders or hides the text around it (bidirectional control, control character).
pub const HIDDEN_CHARACTER: &str = "W0112";
/// Raw HTML in an editorial page; the page shows it as text.
pub const RAW_HTML: &str = "W0113";

/// A document in a format that is known and not read.
pub const UNREAD_FORMAT: &str = "E0114";
/// A document is encrypted.
pub const ENCRYPTED_DOCUMENT: &str = "E0115";
/// A document has pages and no text, as a scan has, or is empty.
pub const NO_TEXT_LAYER: &str = "E0116";
/// A document is cut off or breaks the rules of its format.
pub const DAMAGED_DOCUMENT: &str = "E0117";
/// A document has characters whose font does not say what they are.
pub const UNMAPPED_CHARACTERS: &str = "W0118";
/// A document has tracked changes; its final text was taken. A note, never an error.
pub const TRACKED_CHANGES: &str = "W0119";
/// A published document stands where a plain text is wanted.
pub const NOT_PLAIN_TEXT: &str = "E0120";
/// Two reports have one text.
pub const DUPLICATE_TEXT: &str = "W0121";
/// Two reports have one symbol and one language.
pub const DUPLICATE_REPORT_SYMBOL: &str = "W0122";
/// The original of a report is not the file that its text was extracted from.
pub const ORIGINAL_CHANGED: &str = "E0123";
/// The original of a report is not there.
pub const ORIGINAL_MISSING: &str = "W0125";
/// Originals are not published, as together they are larger than the settings allow.
pub const ORIGINALS_OVER_BUDGET: &str = "W0126";
/// A document is not added, as the archive has it already, or no id can be made for it.
pub const NOT_ADDED: &str = "E0127";
/// A text in another language stands under a work that the archive does not have.
pub const EXPRESSION_WITHOUT_WORK: &str = "E0128";
/// A report's text is not what its original gives now. A note, never an error.
pub const TEXT_DIFFERS: &str = "W0124";

/// A TOML file breaks the rules of TOML.
pub const TOML_SYNTAX: &str = "E0201";
/// A key that the file may not have.
pub const UNKNOWN_KEY: &str = "E0202";
/// A key is missing, or its value is of the wrong type.
pub const WRONG_VALUE: &str = "E0203";
/// The list of languages is empty, names one twice, or names one without interface texts.
pub const BAD_LANGUAGE: &str = "E0204";
/// The address of the site is not absolute or has no final slash.
pub const BAD_BASE_URL: &str = "E0205";
/// A document symbol in a TOML file is none, or stands twice in one series.
pub const BAD_SYMBOL: &str = "E0206";
/// A code or slug in the settings cannot be part of an address.
pub const BAD_SLUG: &str = "E0207";
/// An address pattern lacks `{symbol}` or is not absolute.
pub const BAD_PATTERN: &str = "E0208";
/// A date in a TOML file is no date.
pub const BAD_SETTING_DATE: &str = "E0209";
/// A text has no wording in one of the site's languages.
pub const MISSING_TRANSLATION: &str = "W0210";

/// A table cannot be read as comma-separated values, or has no header.
pub const BAD_TABLE: &str = "E0301";
/// A column that the table may not have.
pub const UNKNOWN_COLUMN: &str = "E0302";
/// A column that the table must have is not there, or a column stands there twice.
pub const MISSING_COLUMN: &str = "E0303";
/// A row has more or fewer cells than the header.
pub const RAGGED_ROW: &str = "E0304";
/// A cell that must not be blank is.
pub const BLANK_CELL: &str = "E0305";
/// A code is not an ISO 3166-1 alpha-3 code, or not that of a State of the States table.
pub const BAD_ISO3: &str = "E0306";
/// A date is neither `YYYY`, `YYYY-MM` nor `YYYY-MM-DD`, or is no day of the calendar.
pub const BAD_DATE: &str = "E0307";
/// A cell holds none of the values that its column may hold.
pub const BAD_CELL: &str = "E0308";
/// Two rows have one key.
pub const DUPLICATE_KEY: &str = "E0309";
/// A table that the settings name is not there.
pub const MISSING_TABLE: &str = "E0310";

/// A name in a State cell or reply head is no known State's.
pub const UNKNOWN_STATE: &str = "W0401";
/// A date as printed cannot be.
pub const IMPOSSIBLE_DATE: &str = "W0402";
/// The text is printed in no layout that is known; it is kept as it stands.
pub const NO_LAYOUT: &str = "W0403";
/// A part of the text that no rule understood; it is kept as it stands.
pub const LEFTOVER: &str = "W0404";
/// A sentence or a report says more facts than a person writes; they are not gathered.
pub const FACTS_NOT_GATHERED: &str = "W0405";
/// A text does not show which language it is in.
pub const UNKNOWN_LANGUAGE: &str = "W0406";
/// A text shows another language than its file says.
pub const ANOTHER_LANGUAGE: &str = "W0407";

/// Two records have one identifier.
pub const RECORD_ID_COLLISION: &str = "E0501";
/// An editor's correction names a record or field that is not there.
pub const CORRECTION_WITHOUT_RECORD: &str = "E0502";
/// An editor's correction quotes as printed what is not printed.
pub const CORRECTION_MISMATCH: &str = "E0503";
/// A correction names a record that no report has.
pub const CORRECTION_WITHOUT_REPORT: &str = "E0504";
/// A report has more records than the limit.
pub const TOO_MANY_RECORDS: &str = "E0505";
/// A published identifier is in no report any more, and the ledger does not say what became of it.
pub const IDENTIFIER_DROPPED: &str = "E0510";
/// Identifiers that are not in the ledger yet. A note, never an error: new records are no fault.
pub const IDENTIFIERS_UNPUBLISHED: &str = "W0511";
/// A published identifier stands for the text that another one was published with.
pub const IDENTIFIER_REPOINTED: &str = "E0512";
/// A published identifier stands for another text than it was published with.
pub const IDENTIFIER_REWORDED: &str = "E0513";
/// An identifier that the ledger says was moved, split, merged or withdrawn is given to a record again.
pub const IDENTIFIER_REUSED: &str = "E0514";
/// The ledger leads on to an identifier that is not there, or in a circle.
pub const BAD_SUCCESSOR: &str = "E0515";
/// A line of the ledger breaks the rules of its form, or two have one identifier.
pub const BAD_LEDGER: &str = "E0516";
/// A change that was asked for does not fit the ledger or the records.
pub const CHANGE_REFUSED: &str = "E0517";
/// There is no ledger, so that nothing is published yet. A note, never an error.
pub const NO_LEDGER: &str = "W0518";

/// A translation is of no text that its report has. A warning: the text changed after it was translated.
pub const STALE_TRANSLATION: &str = "W0519";
/// Texts of a report that is translated have no translation. A note, never an error.
pub const UNTRANSLATED: &str = "W0520";
/// A text in another language says something else than the work's own report. A note, never an error.
pub const EXPRESSIONS_DIFFER: &str = "W0521";
/// A line of the versions breaks the rules of its form, or contradicts the ledger, a release or another line.
pub const BAD_VERSION: &str = "E0522";
/// The manifest of a release breaks the rules of its form, or is not what the ones before and after it say.
pub const BAD_RELEASE: &str = "E0523";
/// Records say something else than the wording of them that is kept. A note, never an error: nothing is lost.
pub const WORDINGS_UNKEPT: &str = "W0524";

/// A template is missing, breaks the rules of templates, or asks for what its page does not have.
pub const BAD_TEMPLATE: &str = "E0601";
/// A page cannot be rendered.
pub const PAGE_FAILED: &str = "E0602";
/// A page has no valid address.
pub const BAD_ADDRESS: &str = "E0603";
/// A table of interface messages is missing, lacks a message, or has an unknown one; or a message with a number lacks a
/// form that the language has for numbers, such as `few` in Russian.
pub const BAD_MESSAGES: &str = "E0604";
/// An editorial page holds what is not allowed in one.
pub const BAD_PAGE: &str = "E0605";

/// A link leads to a file that is not part of the site.
pub const BROKEN_LINK: &str = "E0701";
/// A link leads to a place that its page does not have.
pub const BROKEN_FRAGMENT: &str = "E0702";
/// A link that does not work on every server and from a folder: absolute, to a folder, out of the site, or of a
/// scheme that is not allowed.
pub const BAD_LINK: &str = "E0703";
/// Two files of the site have one path, or one is a folder of the other.
pub const DUPLICATE_PATH: &str = "E0704";
/// Two elements of a page have one id.
pub const DUPLICATE_ID: &str = "E0705";
/// A page holds what the content security policy forbids: inline style, script or event handler, or something that is
/// loaded from elsewhere.
pub const INLINE_CODE: &str = "E0706";
/// The output folder was not made by this program, or lies where it must not.
pub const OUTPUT_REFUSED: &str = "E0707";
/// The folder for a new site is not empty, or is none.
pub const FOLDER_NOT_EMPTY: &str = "E0708";
/// The site is larger than its host publishes.
pub const SITE_TOO_LARGE: &str = "W0709";
/// A file of a published site is not the one that was built.
pub const SITE_CHANGED: &str = "E0710";
/// A file of a published site is missing.
pub const SITE_FILE_MISSING: &str = "E0711";
/// A file in a published site was not built.
pub const SITE_FILE_ADDED: &str = "E0712";
/// Another build is writing into the output folder.
pub const BUILD_RUNNING: &str = "E0713";
/// A page has no content security policy, or one that allows more than the site itself.
pub const BAD_POLICY: &str = "E0714";
/// A page, a record or a manifest of a published site is not what was released.
pub const NOT_AS_RELEASED: &str = "E0715";

/// Nothing in the archive has the id or symbol that was asked for.
pub const UNKNOWN_ID: &str = "E0801";
/// Links cannot be written, as the archive does not know its own address.
pub const NO_ADDRESS: &str = "E0802";
/// A file cannot be changed in place, as it is not UTF-8.
pub const NOT_UTF8: &str = "E0803";
/// What a paper is written in cannot be told from the name of its file.
pub const UNKNOWN_FORM: &str = "E0804";
/// A file that should be a notebook is none that can be read.
pub const NO_NOTEBOOK: &str = "E0805";

/// A part of a site that several machines make is missing.
pub const MISSING_PART: &str = "E0901";
/// A part of a site was made by another version of the program, of other content, or in another division.
pub const FOREIGN_PART: &str = "E0902";
/// A file that should be a part of a site is none, or is damaged.
pub const BROKEN_PART: &str = "E0903";
