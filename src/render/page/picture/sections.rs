//! Activity by section and month.

use super::super::super::address;
use super::super::super::chart::{Area, Canvas, Caption, Cell, MonthAxis, Shades, Table, figure};
use super::super::super::html::SafeHtml;
use super::super::super::messages::grouped;
use super::super::super::site::Local;
use super::{noted, number_cell, record_key, root_of, year_heads};
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
    numbers: BTreeMap<i32, usize>,
    left_out: usize,
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
    let numbers = || activity.rows.iter().flat_map(|row| row.numbers.values());
    let shades = Shades::up_to(numbers().max().copied()?);
    let left_out: usize = activity.rows.iter().map(|row| row.left_out).sum();
    let all: usize = activity.rows.iter().filter_map(|row| local.index().sections.get(row.code)).map(Vec::len).sum();
    let words = &local.words().picture;
    let caption = Caption {
        id: "sections".to_owned(),
        title: words.sections.clone(),
        text: words.sections_text.clone(),
        notes: noted([Some(words.shown.of(all.saturating_sub(left_out))), words.undated.of_any(left_out)]),
        keys: vec![record_key(local, &shades)],
        is_linked: true,
    };
    let rows = i32::try_from(activity.rows.len()).unwrap_or(i32::MAX / ROW - HEAD);
    let size = (NAMES + activity.axis.width() + 4, HEAD + ROW * rows);
    let table = table(local, &activity);
    Some(figure(&caption, size, &root_of(path), &table, words, |canvas| draw(local, canvas, &activity, &shades)))
}

fn activity<'a>(local: Local<'a>, codes: Vec<&'a SectionCode>) -> Option<Activity<'a>> {
    let index = &local.index().section_months;
    let months = codes.iter().filter_map(|code| index.get(*code)).flat_map(BTreeMap::keys).copied();
    let axis = MonthAxis::spanning(months.flatten().flat_map(|(first, last)| [first, last]))?;
    let rows: Vec<ActivityRow<'_>> =
        codes.iter().filter_map(|code| Some(row(&axis, code, index.get(*code)?))).collect();
    let most = rows.iter().flat_map(|row| row.numbers.values()).max().copied().unwrap_or(0);
    Some(Activity { axis: axis.with_room_for(most), rows })
}

fn row<'a>(axis: &MonthAxis, code: &'a SectionCode, months: &BTreeMap<Option<(i32, i32)>, usize>) -> ActivityRow<'a> {
    let mut numbers = BTreeMap::new();
    let known = months.iter().filter_map(|(months, number)| Some(((*months)?, number)));
    for (months, number) in known {
        for column in axis.columns_of(months) {
            *numbers.entry(column).or_default() += number;
        }
    }
    ActivityRow { code, numbers, left_out: months.get(&None).copied().unwrap_or(0) }
}

fn draw(local: Local<'_>, canvas: &mut Canvas, activity: &Activity<'_>, shades: &Shades) {
    for (number, row) in activity.rows.iter().enumerate() {
        let y = HEAD + ROW * i32::try_from(number).unwrap_or(0);
        canvas.part("", Some(&address::section(row.code)), &local.section_name(row.code), |canvas| {
            canvas.text("end", NAMES - 8, y + 18, &row.code.0);
        });
        for column in 0..activity.axis.columns {
            let x = NAMES + column * activity.axis.column_width;
            let area = Area { x, y, width: activity.axis.column_width - 1, height: ROW - 2 };
            let number = row.numbers.get(&column).copied().unwrap_or(0);
            if number == 0 {
                number_cell(canvas, shades, 0, area);
                continue;
            }
            let words = [local.date(&activity.axis.edtf(column)), local.record_count(number)];
            let words = words.join(&local.words().site.colon);
            canvas.part("", None, &words, |canvas| number_cell(canvas, shades, number, area));
        }
    }
    let height = HEAD + ROW * i32::try_from(activity.rows.len()).unwrap_or(0);
    year_heads(local, canvas, &activity.axis, NAMES, height);
}

fn table(local: Local<'_>, activity: &Activity<'_>) -> Table {
    let codes = activity.rows.iter().map(|row| format!("{} {}", row.code, local.section_name(row.code)));
    let heads = std::iter::once(local.words().field.date.clone()).chain(codes).collect();
    let columns =
        (0..activity.axis.columns).filter(|column| activity.rows.iter().any(|row| row.numbers.contains_key(column)));
    let row = |column: i32| {
        let numbers = activity.rows.iter().map(|row| row.numbers.get(&column).copied().unwrap_or(0));
        let when = Cell::text(local.date(&activity.axis.edtf(column)));
        std::iter::once(when).chain(numbers.map(|number| Cell::text(grouped(number)))).collect()
    };
    Table { heads, rows: columns.map(row).collect() }
}
