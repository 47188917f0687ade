//! The first page of a document: what it says of the document, in any of the six languages.
//!
//! Input: the lines above the first numbered paragraph or the table. Output: [`FrontMatter`]. Invariant: every line is
//! read by what it is, in whatever order and however many columns the page has.
//!
//! | printed | is |
//! |---|---|
//! | `A/68/108` | the symbol |
//! | `Distr.: General` | the distribution |
//! | `8 December 2021` alone | the date of issue |
//! | `Original: English` | the language of the original |
//! | `Sixty-third session` | the session |
//! | `Agenda item 98 (z)` | the agenda item |
//! | `Resolution adopted by … on 6 December 2021` | the date of adoption |
//! | `76/17. …` | the title of a resolution |
//! | what else stands below the session | the title |
//! | `June 2012-May 2013` | the reporting period |

use super::Lexicon;
use super::front::is_period;
use super::item::Item;
use super::label;
use super::page::{LineRole, Page};
use super::paragraph::{heading_numeral, strip_blanks};
use super::table::read_date;
use super::text::is_blank;
use crate::base::language::is_unspaced;
use crate::model::report::FrontMatter;

/// More characters than this are no title.
const LONGEST_TITLE: usize = 300;
/// More characters than this are no symbol.
const LONGEST_SYMBOL: usize = 40;

/// A line of the first page.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// Its text, cleaned.
    text: &'a str,
    /// Its text as it stands in the source, where columns are parted by blanks.
    raw: &'a str,
    /// Whether it is set off from the line above.
    set_off: bool,
}

/// The line that `item` is, if it is one of front matter: a title right above the first paragraph looks like a heading.
#[must_use]
pub fn line<'a>(page: &Page<'a>, item: &'a Item) -> Option<Line<'a>> {
    let (Item::FrontLine(text) | Item::Heading { depth: 2, text }) = item else { return None };
    let (start, end) = (text.runs.first()?.source.start, text.runs.last()?.source.end);
    let raw = &page.lines.text[start..end];
    let index = page.lines.lines.partition_point(|line| line.span.start < start);
    Some(Line { text: &text.text, raw, set_off: page.lines.after_gap(index) || page.breaks_before(index) })
}

/// What `lines` say of the document.
#[must_use]
pub fn read(lines: &[Line<'_>], lexicon: &Lexicon) -> FrontMatter {
    let mut reader = Reader { front: FrontMatter::default(), lexicon, open: Open::Nothing, in_brackets: false };
    for line in lines {
        reader.line(*line);
    }
    let mut front = reader.front;
    if front.title.is_none() {
        front.title.clone_from(&front.kind);
    }
    front
}

/// How many lines of a document its own symbol is looked for in.
const HEAD_LINES: usize = 8;

/// Completes `front` with what stands in the furniture of `page`: the symbol at its head, the job number.
pub fn complete(front: &mut FrontMatter, page: &Page<'_>) {
    let lines = page.lines.lines.iter().zip(&page.roles).enumerate();
    let furniture = lines.filter(|(_, (_, role))| **role == LineRole::Furniture);
    for (index, (line, _)) in furniture {
        let text = page.lines.text_of(*line).trim_matches(['⟦', '⟧', ' ']);
        if index < HEAD_LINES && front.symbol.is_none() {
            front.symbol = symbol(text);
        }
        if front.job_number.is_none() {
            front.job_number = job_number_in(text);
        }
    }
}

/// Two digits of the year, five of the job, and the language in brackets.
fn job_number_in(text: &str) -> Option<String> {
    let digits = |part: Option<&str>| part.is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let is_number = digits(text.get(..2)) && text.get(2..3) == Some("-") && digits(text.get(3..8));
    let language = text.get(8..)?.trim_start().strip_prefix('(')?;
    let end = language.find(')')?;
    let language = language
        .get(..end)
        .filter(|letter| letter.len() <= 3 && letter.bytes().all(|byte| byte.is_ascii_uppercase()))?;
    is_number.then(|| format!("{} ({language})", &text[..8]))
}

/// What a plain line may go on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    /// A title, which is the document's own or that of its agenda item.
    Title,
    /// The title behind the number of a resolution.
    Resolution,
    /// The title is complete.
    Done,
}

struct Reader<'a> {
    front: FrontMatter,
    lexicon: &'a Lexicon,
    open: Open,
    /// Inside `[on the report of …`, which may take two lines.
    in_brackets: bool,
}

impl Reader<'_> {
    fn line(&mut self, line: Line<'_>) {
        let cells: Vec<&str> = line
            .raw
            .split('\t')
            .flat_map(|cell| cell.split("   "))
            .map(str::trim)
            .filter(|cell| !cell.is_empty())
            .flat_map(|cell| self.parted(cell))
            .collect();
        if cells.len() > 1 && cells.iter().any(|cell| self.says(cell)) {
            cells.iter().for_each(|cell| {
                if !self.says_something(cell) {
                    self.body(cell);
                }
            });
        } else if self.in_brackets || line.text.starts_with(['[', '［']) {
            self.in_brackets = !line.text.ends_with([']', '］']);
            self.close_title();
        } else if self.says_something(line.text) {
            self.close_title();
        } else {
            self.plain(line);
        }
    }

    /// A cell, or the two that have run together where a symbol stands right behind the organ: `United Nations A/79/134`.
    fn parted<'b>(&self, cell: &'b str) -> Vec<&'b str> {
        let parts = cell.rsplit_once(is_blank);
        let both = parts.filter(|(body, last)| symbol(last).is_some() && self.lexicon.mastheads.is_body(body.trim()));
        both.map_or_else(|| vec![cell], |(body, symbol)| vec![body.trim(), symbol])
    }

    /// Whether a cell of a line with several says something, so that they are cells.
    fn says(&self, cell: &str) -> bool {
        let mastheads = &self.lexicon.mastheads;
        symbol(cell).is_some()
            || mastheads.distribution(cell).is_some()
            || mastheads.is_body(cell)
            || mastheads.day(cell).is_some_and(|(_, whole)| whole)
    }

    /// Reads a line or cell that says something of the document.
    fn says_something(&mut self, text: &str) -> bool {
        let mastheads = &self.lexicon.mastheads;
        let compact = strip_blanks(text);
        let front = &mut self.front;
        if let Some(found) = symbol(text) {
            front.symbol.get_or_insert(found);
            return true;
        }
        let distribution = mastheads.distribution(text);
        let original = mastheads.original(text);
        if distribution.is_some() || original.is_some() {
            if let Some(value) = distribution {
                front.distribution = front.distribution.take().or((!value.is_empty()).then(|| value.to_owned()));
            }
            front.original_language = front.original_language.take().or(original);
            return true;
        }
        if let Some(number) = job_number_in(text) {
            front.job_number.get_or_insert(number);
            return true;
        }
        if self.numbered(text, &compact) {
            return true;
        }
        if mastheads.is_decision(text) {
            let day = mastheads.day(text).map(|(day, _)| day);
            self.front.adopted = self.front.adopted.take().or(day);
            return true;
        }
        self.dated(text, &compact) || self.kind(text, &compact) || self.body(text)
    }

    /// A session or agenda item; both may stand on one line.
    fn numbered(&mut self, text: &str, compact: &str) -> bool {
        let (words, mastheads) = (&self.lexicon.layout, &self.lexicon.mastheads);
        let find = |patterns: &[String]| patterns.iter().find_map(|pattern| words.find_numbered(pattern, compact));
        let is_short = text.chars().count() <= LONGEST_TITLE;
        let session =
            mastheads.session(text).or_else(|| find(&words.sessions).filter(|_| is_short).map(|(number, _)| number));
        let item = mastheads.agenda_items(text).or_else(|| {
            let (number, range) = find(&words.agenda_items).filter(|_| is_short)?;
            let letter = compact.get(range.end..).and_then(label::bracketed_letter);
            Some(letter.map_or_else(|| number.to_string(), |letter| format!("{number}({})", letter.printed)))
        });
        let found = session.is_some() || item.is_some();
        self.front.session = self.front.session.or(session);
        self.front.agenda_item = self.front.agenda_item.take().or(item);
        found
    }

    /// A day is the date of issue; a month or a range of time is the reporting period.
    fn dated(&mut self, text: &str, compact: &str) -> bool {
        if let Some((day, true)) = self.lexicon.mastheads.day(text) {
            self.front.date.get_or_insert(day);
            return true;
        }
        let cell = if self.lexicon.layout.unspaced { compact } else { text };
        let found = is_period(cell, self.lexicon);
        if found && self.front.period.is_none() {
            self.front.period = read_date(cell, self.lexicon);
        }
        found
    }

    fn kind(&mut self, text: &str, compact: &str) -> bool {
        let found = self.lexicon.layout.document_kinds.iter().any(|kind| kind == compact)
            || self.lexicon.mastheads.is_kind(text);
        if found {
            let kind = text.trim().trim_end_matches('*').trim_end();
            self.front.kind.get_or_insert_with(|| kind.to_owned());
        }
        found
    }

    fn body(&mut self, text: &str) -> bool {
        let found = self.lexicon.mastheads.is_body(text);
        if found {
            self.front.organ = Some(text.trim().to_owned());
        }
        found
    }

    /// A line that says nothing known: a title, or what goes on with one.
    fn plain(&mut self, line: Line<'_>) {
        let words = &self.lexicon.layout;
        let text = line.text.trim();
        if let Some(title) = behind_resolution_number(text) {
            self.front.title = Some(title.to_owned());
            self.open = Open::Resolution;
            return;
        }
        if heading_numeral(text, self.lexicon).is_some() {
            self.close_title();
            return;
        }
        let is_formula = text.ends_with([',', '，', '،']);
        let goes_on = matches!(self.open, Open::Title | Open::Resolution) && !line.set_off;
        let is_annex = words.annex.iter().any(|annex| annex == text);
        let begins_item = words.agenda_items.iter().any(|item| item.starts_with(text));
        let is_text = words.ends_sentence(text) || text.starts_with('%') || is_annex || begins_item;
        if is_text || (is_formula && self.open != Open::Nothing) {
            self.close_title();
            return;
        }
        let title = self.front.title.take().unwrap_or_default();
        if goes_on && title.chars().count() + text.chars().count() <= LONGEST_TITLE {
            self.front.title = Some(joined(title, text));
            return;
        }
        self.front.title = (!title.is_empty()).then_some(title);
        let below_session = self.front.session.is_some() || self.front.agenda_item.is_some();
        let is_first = self.open == Open::Nothing && self.front.title.is_none() && self.front.kind.is_none();
        if below_session && is_first && text.chars().count() <= LONGEST_TITLE {
            self.front.title = Some(without_mark(text).to_owned());
            self.open = Open::Title;
        } else {
            self.close_title();
        }
    }

    fn close_title(&mut self) {
        if self.open != Open::Nothing {
            self.open = Open::Done;
        }
    }
}

/// Two lines of a title as one.
fn joined(mut title: String, text: &str) -> String {
    let closed = title.chars().next_back().is_some_and(is_unspaced) || text.chars().next().is_some_and(is_unspaced);
    if !closed && !title.ends_with(['-', '\u{2010}', '\u{2011}']) {
        title.push(' ');
    }
    title.push_str(without_mark(text));
    title
}

/// `text` without the sign of a footnote behind it.
fn without_mark(text: &str) -> &str {
    text.trim_end_matches(['*', ' '])
}

/// The symbol that is all of `text` but the name of an organ before it.
fn symbol(text: &str) -> Option<String> {
    let word = text.trim().trim_end_matches('*');
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'(' | b')');
    let series = word.split('/').next()?;
    let is_symbol = word.len() <= LONGEST_SYMBOL
        && word.bytes().all(is_part)
        && word.split('/').count() > 1
        && word.split('/').all(|part| !part.is_empty())
        && word.bytes().any(|byte| byte.is_ascii_digit())
        && !series.is_empty()
        && series.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'.' || byte == b'-');
    is_symbol.then(|| word.to_owned())
}

/// The title behind the number of a resolution or decision: `76/17. …`, `76/17 …`, `S-10/2. …`.
fn behind_resolution_number(text: &str) -> Option<&str> {
    let number = text.find(|character: char| is_blank(character) || character == '.')?;
    let (number, rest) = text.split_at(number);
    let (session, place) = number.split_once('/')?;
    let session = session.trim_start_matches(|character: char| character.is_ascii_uppercase() || character == '-');
    let place = place.trim_end_matches(|character: char| character.is_ascii_uppercase());
    let is_number = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let title = rest.trim_start_matches(|character: char| is_blank(character) || character == '.');
    (is_number(session) && is_number(place) && !title.is_empty()).then_some(without_mark(title))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::source::{Encoding, Source, SourceId};
    use crate::parse::{Lexicons, Parsed, parse};

    fn parsed(text: &str) -> Parsed {
        let lexicons =
            Lexicons::new(&[], &crate::config::SubjectWords::default()).unwrap_or_else(|error| panic!("{error}"));
        let source = Source {
            id: SourceId(0),
            path: String::new(),
            text: text.to_owned(),
            received: None,
            sha256: String::new(),
            encoding: Encoding::Utf8,
            pages: None,
        };
        parse(&source, lexicons.for_text(text))
    }

    /// What the front matter says, in a line.
    fn shown(text: &str) -> String {
        let Parsed { front, language, .. } = parsed(text);
        let session = front.session.map(|session| session.to_string());
        let [date, adopted] = [front.date, front.adopted].map(|date| date.map(|date| date.to_string()));
        let all = [front.symbol, session, front.agenda_item, front.title, date, adopted, front.organ];
        let all: Vec<String> = all.into_iter().map(Option::unwrap_or_default).collect();
        format!("{language}|{}", all.join("|"))
    }

    #[test]
    fn first_pages_are_read_in_every_language() {
        let cases = [
            (
                "United Nations                     A/HC/84/7\nGeneral Assembly                   Distr.: Limited\n                                   2 May 2029\n\n\
                 Eighty-fourth session\nAgenda items 12 and 15 (c)\nHarbours: keeping the water of all the ports of the\nworld clean\n\
                 Resolution adopted by the General Assembly on 3 June 2029\n[on the report of the Second Committee\n(A/84/700)]\n\
                 84/12. Clean water in ports and on the\nopen sea\nThe General Assembly,\n\n1. Asks all States to keep the ports clean;\n\n2. Decides to meet again.\n\n\
                 12th plenary meeting\n3 June 2029\n",
                "en|A/HC/84/7|84|12, 15(c)|Clean water in ports and on the open sea|2029-05-02|2029-06-03|General Assembly",
            ),
            (
                "Assemblée générale                 Distr. limitée\n                                   1er mai 2029\nSoixante et onzième session\nPoint 12 b) de l’ordre du jour\n\n\
                 Propreté des ports\n\n1. Prie tous les États de garder les ports propres ;\n\n2. Décide de se réunir encore une fois dans l’année.\n\n12e séance plénière (reprise)\n3 juin 2029\n",
                "fr||71|12(b)|Propreté des ports|2029-05-01|2029-06-03|Assemblée générale",
            ),
            (
                "Asamblea General\nOctogésimo cuarto período de sesiones\nTema 12 del programa\n\nLimpieza de los puertos\n\n\
                 1. Pide a todos los Estados que mantengan limpios los puertos;\n\n2. Decide reunirse de nuevo durante el mismo año.\n\n12ª sesión plenaria\n3 de junio de 2029\n",
                "es||84|12|Limpieza de los puertos||2029-06-03|Asamblea General",
            ),
            (
                "Генеральная Ассамблея\nВосемьдесят четвертая сессия\nПункт 12 повестки дня\n\nЧистота гаваней\n\n\
                 1. просит все государства содержать гавани в чистоте;\n\n2. постановляет собраться снова в том же году.\n\n12-е пленарное заседание\n3 июня 2029 года\n",
                "ru||84|12|Чистота гаваней||2029-06-03|Генеральная Ассамблея",
            ),
            (
                "الجمعيـة العامة\nالدورة الرابعة والثمانون\nالبند 12 من جدول الأعمال\n\nنظافة الموانئ\n\n\
                 ١ - تطلب إلى جميع الدول أن تحافظ على نظافة الموانئ؛\n\n٢ - تقرر أن تجتمع مرة أخرى في السنة نفسها.\n\nالجلسة العامة 12\n3 حزيران/يونيه 2029\n",
                "ar||84|12|نظافة الموانئ||2029-06-03|الجمعيـة العامة",
            ),
            (
                "大会\n第八十四届会议\n议程项目12\n\n港口清洁\n\n1. 请各国保持港口清洁；\n\n2. 决定再次开会。\n\n第12次全体会议\n2029年6月3日\n",
                "zh-Hans||84|12|港口清洁||2029-06-03|大会",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn closing_lines_are_no_part_of_a_paragraph() {
        let items = parsed("湖泊会议，\n\n1. 决定开会；\n\n2. 请秘书处报告。\n\n第5次全体会议\n2029年6月3日\n").items;
        let last = items.iter().rev().find_map(|item| match item {
            Item::Paragraph(paragraph) => Some(paragraph.text.text.as_str()),
            _ => None,
        });
        assert_eq!(last, Some("请秘书处报告。"));
        assert_eq!(items.iter().filter(|item| matches!(item, Item::ClosingLine(_))).count(), 2);
    }

    #[test]
    fn what_shows_no_language_is_said() {
        let short = parsed("1. A/65/1\n\n2. A/65/2\n");
        assert_eq!(short.language, "und");
        assert_eq!(short.diagnostics.iter().filter(|found| found.code == "W0406").count(), 1);
    }
}
