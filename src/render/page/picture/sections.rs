//! Activity by section and month.

use super::super::super::address;
use super::super::super::chart::{Area, Canvas, Caption, Cell, MonthAxis, Shades, Step, Table, figure};
use super::super::super::html::SafeHtml;
use super::super::super::site::Local;
use super::column::{self, Columns};
use super::{length, number_cell, record_key, root_of, year_heads};
use crate::model::record::SectionCode;
use std::collections::BTreeMap;

/// Room for the codes of sections.
const NAMES: i32 = 44;

/// Height of a row with its gap.
const ROW: i32 = 30;

/// Room for the years.
const HEAD: i32 = 22;

/// The numbers behind the picture.
struct Activity<'a> {
    axis: MonthAxis,
    rows: Vec<ActivityRow<'a>>,
}

/// A section with its number of records by column.
struct ActivityRow<'a> {
    code: &'a SectionCode,
    columns: Columns,
}

/// Every section, on the page at `path`; none where no date is known to the month.
pub(in super::super) fn all(local: Local<'_>, path: &str) -> Option<SafeHtml> {
    picture(local, local.index().section_months.keys().collect(), path)
}

/// One section, on its own page.
pub(in super::super) fn one(local: Local<'_>, code: &SectionCode, path: &str) -> Option<SafeHtml> {
    let code = local.index().section_months.get_key_value(code)?.0;
    picture(local, vec![code], path)
}

fn picture(local: Local<'_>, codes: Vec<&SectionCode>, path: &str) -> Option<SafeHtml> {
    let activity = activity(local, codes)?;
    let numbers = || activity.rows.iter().flat_map(|row| row.columns.numbers.values());
    let shades = Shades::up_to(numbers().map(|number| number.dated).max()?);
    let words = &local.words().picture;
    let mut key = record_key(local, &shades);
    key.steps.push(Step::hatched(&words.bounded_key));
    let caption = Caption {
        id: "sections".to_owned(),
        title: words.sections.clone(),
        text: words.sections_text.clone(),
        notes: all_columns(&activity).notes(local),
        keys: vec![key],
        is_linked: true,
    };
    let rows = i32::try_from(activity.rows.len()).unwrap_or(i32::MAX / ROW - HEAD);
    let size = (NAMES + activity.axis.width() + 4, HEAD + ROW * rows);
    let table = table(local, &activity);
    Some(figure(&caption, size, &root_of(path), &table, words, |canvas| draw(local, canvas, &activity, &shades)))
}

fn activity<'a>(local: Local<'a>, codes: Vec<&'a SectionCode>) -> Option<Activity<'a>> {
    let index = &local.index().section_months;
    let axis = column::axis(codes.iter().filter_map(|code| index.get(*code)).flat_map(BTreeMap::keys))?;
    let row = |code: &'a SectionCode| {
        let mut columns = Columns::default();
        index.get(code)?.iter().for_each(|(months, number)| columns.add(&axis, months, *number));
        Some(ActivityRow { code, columns })
    };
    let rows: Vec<ActivityRow<'_>> = codes.into_iter().filter_map(row).collect();
    let most = rows.iter().flat_map(|row| row.columns.numbers.values()).map(|number| number.dated).max().unwrap_or(0);
    Some(Activity { axis: axis.with_room_for(most, &local.language.numbers), rows })
}

/// What all sections together show and leave out.
fn all_columns(activity: &Activity<'_>) -> Columns {
    let mut all = Columns::default();
    for ActivityRow { columns, .. } in &activity.rows {
        all.dated += columns.dated;
        all.bounded += columns.bounded;
        all.left_out += columns.left_out;
    }
    all
}

fn draw(local: Local<'_>, canvas: &mut Canvas, activity: &Activity<'_>, shades: &Shades) {
    for (number, row) in activity.rows.iter().enumerate() {
        let y = HEAD + ROW * length(number);
        canvas.part("", Some(&address::section(row.code)), &local.section_name(row.code), |canvas| {
            canvas.text("end", NAMES - 8, y + 18, &row.code.0);
        });
        for column in 0..activity.axis.columns {
            let x = NAMES + column * activity.axis.column_width;
            let area = Area { x, y, width: activity.axis.column_width - 1, height: ROW - 2 };
            let Some(number) = row.columns.numbers.get(&column).copied() else {
                number_cell(local, canvas, shades, (0, area));
                continue;
            };
            let words = [local.date(&activity.axis.edtf(column)), number.words(local)];
            canvas.part("", None, &words.join(&local.words().site.colon), |canvas| {
                number_cell(local, canvas, shades, (number.dated, area));
                if number.bounded > 0 {
                    canvas.hatch("", area);
                }
            });
        }
    }
    let height = HEAD + ROW * length(activity.rows.len());
    year_heads(local, canvas, &activity.axis, NAMES, height);
}

fn table(local: Local<'_>, activity: &Activity<'_>) -> Table {
    let codes = activity.rows.iter().map(|row| format!("{} {}", row.code, local.section_name(row.code)));
    let heads = std::iter::once(local.words().field.date.clone()).chain(codes).collect();
    let columns = (0..activity.axis.columns)
        .filter(|column| activity.rows.iter().any(|row| row.columns.numbers.contains_key(column)));
    let row = |column: i32| {
        let numbers = activity.rows.iter().map(|row| row.columns.numbers.get(&column).copied().unwrap_or_default());
        let when = Cell::text(local.date(&activity.axis.edtf(column)));
        std::iter::once(when).chain(numbers.map(|number| Cell::text(number.figure(local)))).collect()
    };
    Table { heads, rows: columns.map(row).collect() }
}
