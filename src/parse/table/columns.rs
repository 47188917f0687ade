//! In which column of a table with tabs each cell stands.
//!
//! By the head, where its words are known; else by what the cells say: names of States stand in one column, dates in
//! another, and the longest texts are the activities.

use crate::base::span::Span;
use crate::parse::Lexicon;
use crate::parse::date;
use crate::parse::page::{LineRole, Page, column_of_cell};

/// A name or a date has no more bytes.
const LONGEST_NAME: usize = 160;
/// A table has no more columns.
const MOST_COLUMNS: usize = 16;
/// So many rows show what stands in which column.
const ENOUGH_ROWS: usize = 400;
/// The texts of a column of activities have so many bytes on average: a figure or a symbol has fewer.
const SHORTEST_TEXT: usize = 24;
/// A line without cells of so many bytes is a paragraph, and no heading.
const SHORTEST_PARAGRAPH: usize = 60;

/// In which column each cell stands; a column that the table does not have is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns {
    /// The State.
    pub state: Option<usize>,
    /// The date.
    pub date: Option<usize>,
    /// The activity.
    pub text: Option<usize>,
    /// The remarks.
    pub remarks: Option<usize>,
    /// Running numbers of the rows.
    pub number: Option<usize>,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, Default)]
struct Evidence {
    n_filled: usize,
    n_states: usize,
    n_dates: usize,
    n_numbers: usize,
    n_bytes: usize,
}

/// A table that is told by its cells alone.
struct Unheaded {
    columns: Columns,
    /// Its first row.
    first: usize,
    /// The line above that row, if it has cells: its head, in words that are not known.
    head: Option<usize>,
}

impl Columns {
    /// The columns of the table on `page`, and its head where the words of that are not known, by which it is told again on
    /// later pages. A table with neither head nor cells that show anything has the usual columns.
    #[must_use]
    pub fn find<'a>(page: &Page<'a>, lexicon: &Lexicon) -> (Self, Option<&'a str>) {
        if let Some(head) = page.roles.iter().position(|role| *role == LineRole::TableHead) {
            return (Self::of_head(page, head, lexicon), None);
        }
        match unheaded(page, lexicon) {
            Some(table) => (table.columns, table.head.map(|head| page.lines.at(head))),
            None => (Self { state: Some(0), date: Some(1), text: Some(2), remarks: Some(3), number: None }, None),
        }
    }

    /// The columns in the order of the head at `index`; a column that it does not name is the next one left over, but
    /// for one of running numbers.
    fn of_head(page: &Page<'_>, index: usize, lexicon: &Lexicon) -> Self {
        let heads: Vec<&str> = page.lines.at(index).split('\t').map(str::trim).collect();
        let place = |column: usize| heads.iter().position(|cell| column_of_cell(cell, &lexicon.layout) == Some(column));
        let [state, date, text, remarks] = [0, 1, 2, 3].map(place);
        let taken = [state, date, text, remarks];
        let evidence = evidence(page, rows_below(page, index), lexicon);
        let is_numbering =
            |(_, column): &(usize, &Evidence)| column.n_filled > 1 && column.n_numbers == column.n_filled;
        let number =
            evidence.iter().enumerate().find(is_numbering).map(|(at, _)| at).filter(|at| !taken.contains(&Some(*at)));
        let mut free = (0..).filter(|column| !taken.contains(&Some(*column)) && number != Some(*column));
        let mut or_free = |column: Option<usize>| column.or_else(|| free.next());
        Self { state: or_free(state), date: or_free(date), text: or_free(text), remarks: or_free(remarks), number }
    }

    /// The columns that the cells themselves show: one of States, one of texts, perhaps one of dates.
    fn of_cells(evidence: &[Evidence]) -> Option<Self> {
        let all = || evidence.iter().enumerate().filter(|(_, column)| column.n_filled > 0);
        let most = |count: fn(&Evidence) -> usize| {
            let usual = all().filter(|(_, column)| count(column) * 2 >= column.n_filled && count(column) > 0);
            usual.max_by_key(|(at, column)| (count(column), std::cmp::Reverse(*at))).map(|(at, _)| at)
        };
        let state = most(|column| column.n_states).filter(|at| evidence[*at].n_states > 1)?;
        let date = most(|column| column.n_dates).filter(|at| *at != state);
        let number = most(|column| column.n_numbers).filter(|at| *at != state && Some(*at) != date);
        let is_other = |(at, _): &(usize, &Evidence)| *at != state && Some(*at) != date && Some(*at) != number;
        let (text, longest) = all().filter(is_other).max_by_key(|(_, column)| column.n_bytes)?;
        let remarks = all().filter(is_other).map(|(at, _)| at).find(|at| *at > text);
        let says_something =
            longest.n_bytes >= SHORTEST_TEXT * longest.n_filled && longest.n_states * 2 < longest.n_filled;
        says_something.then_some(Self { state: Some(state), date, text: Some(text), remarks, number })
    }
}

/// The line at which a table without a known head begins, if `page` has one that says more than its paragraphs do.
#[must_use]
pub fn first_row(page: &Page<'_>, lexicon: &Lexicon) -> Option<usize> {
    let table = unheaded(page, lexicon)?;
    let is_paragraph = |index: &usize| {
        let text = page.lines.at(*index);
        page.is_body(*index) && text.len() >= SHORTEST_PARAGRAPH && !is_row(page, *index)
    };
    let n_paragraphs = (0..page.lines.lines.len()).filter(is_paragraph).count();
    let n_rows = (table.first..page.lines.lines.len()).filter(|index| is_row(page, *index)).count();
    (n_rows >= n_paragraphs).then_some(table.head.unwrap_or(table.first))
}

fn unheaded(page: &Page<'_>, lexicon: &Lexicon) -> Option<Unheaded> {
    let rows = || (0..page.lines.lines.len()).filter(|index| is_row(page, *index));
    let columns = Columns::of_cells(&evidence(page, rows(), lexicon))?;
    let names_state = |index: &usize| {
        let cells = cells(page.lines.text, page.lines.lines[*index].full);
        let cell = columns.state.and_then(|state| cells.get(state).copied());
        cell.is_some_and(|cell| lexicon.whole_state(short(page, cell)).is_some())
    };
    let first = rows().find(names_state)?;
    let head = first.checked_sub(1).filter(|above| is_row(page, *above));
    Some(Unheaded { columns, first, head })
}

/// The lines with cells below the line at `index`.
fn rows_below<'a>(page: &'a Page<'_>, index: usize) -> impl Iterator<Item = usize> + 'a {
    (index + 1..page.lines.lines.len()).filter(|index| is_row(page, *index))
}

/// Whether the body line at `index` has several cells.
fn is_row(page: &Page<'_>, index: usize) -> bool {
    let line = page.lines.lines[index];
    page.is_body(index) && page.lines.text[line.full.start..line.full.end].contains('\t')
}

/// What stands in each column of the lines `rows`.
fn evidence(page: &Page<'_>, rows: impl Iterator<Item = usize>, lexicon: &Lexicon) -> Vec<Evidence> {
    let mut columns: Vec<Evidence> = Vec::new();
    for index in rows.take(ENOUGH_ROWS) {
        let cells = cells(page.lines.text, page.lines.lines[index].full);
        for (at, cell) in cells.into_iter().take(MOST_COLUMNS).enumerate() {
            if columns.len() <= at {
                columns.push(Evidence::default());
            }
            let (column, text) = (&mut columns[at], short(page, cell));
            column.n_bytes += cell.len();
            column.n_filled += usize::from(!cell.is_empty());
            column.n_states += usize::from(lexicon.whole_state(text).is_some());
            column.n_dates += usize::from(date::read_cell(text, &lexicon.dates).is_some_and(|date| date.has_year));
            column.n_numbers += usize::from(is_number(text));
        }
    }
    columns
}

/// The text of a cell; of one that is too long for a name or a date, nothing.
fn short<'a>(page: &Page<'a>, cell: Span) -> &'a str {
    let text = &page.lines.text[cell.start..cell.end];
    if text.len() <= LONGEST_NAME { text } else { "" }
}

/// Whether a cell is the running number of a row: `3`, `3.`
fn is_number(text: &str) -> bool {
    let digits = text.trim_end_matches(['.', ')']);
    (1..=4).contains(&digits.chars().count()) && digits.chars().all(char::is_numeric)
}

/// The cells of the line at `full`, without the blanks around them.
#[must_use]
pub fn cells(text: &str, full: Span) -> Vec<Span> {
    let mut start = full.start;
    let mut cells = Vec::new();
    for cell in text[full.start..full.end].split('\t') {
        let lead = cell.len() - cell.trim_start().len();
        let content = cell.trim();
        let begin = if content.is_empty() { start } else { start + lead };
        cells.push(Span::new(begin, begin + content.len()));
        start += cell.len() + 1;
    }
    cells
}
