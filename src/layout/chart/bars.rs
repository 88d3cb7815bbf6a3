//! Lying bars with their names and numbers.

use crate::chart::{self, letter, units, whole};
use crate::document::Chart;
use crate::layout::chart::sheet::Sheet;
use crate::layout::chart::{role, wrapped};
use crate::layout::{Measure, Role};
use crate::text;

/// Eighths of a cell, from the left.
const PARTS: [char; 9] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

/// A bar for each label and series, its name before it and its number after it; names that are
/// long stand above.
pub(super) fn lying(chart: &Chart, width: usize, measure: Measure) -> Sheet {
    let (axis, other) = chart::bar_axes(chart);
    let many = chart.series.len() > 1;
    let (scale, zero) = chart::bar_scale(chart);
    let labels = chart.labels.iter().map(|label| text::width(label)).max().unwrap_or(0);
    let above = labels > width / 3;
    let left = if above { 0 } else { labels } + if many { 3 } else { 1 };
    let heads = chart.labels.iter().filter(|_| above);
    let heads: Vec<Vec<String>> = heads.map(|label| wrapped(label, width)).collect();
    let numbers: Vec<Vec<String>> = chart
        .series
        .iter()
        .map(|series| series.values.iter().map(|value| chart::exact(*value)).collect())
        .collect();
    let right = 1 + numbers.iter().flatten().map(|it| text::width(it)).max().unwrap_or(0);
    let room = width.saturating_sub(left + right + 1).max(4);
    let title = chart::title(axis);
    let rows = chart.labels.len() * (chart.series.len() + usize::from(many))
        + heads.iter().map(Vec::len).sum::<usize>();
    let mut sheet = Sheet::new(width, rows + usize::from(!title.is_empty()));
    let mut y = 0;
    if !title.is_empty() {
        sheet.head(left, 0, &title, Role::Rule);
        y = 1;
    }
    sheet.tell("", Role::Rule, &chart::title(other));
    for (row, label) in chart.labels.iter().enumerate() {
        for head in heads.get(row).into_iter().flatten() {
            sheet.write(0, y, head, Role::Text);
            y += 1;
        }
        for (at, series) in chart.series.iter().enumerate() {
            let value = series.values.get(row).copied().unwrap_or(0.0);
            if at == 0 && !above {
                let end = left - if many { 3 } else { 1 };
                sheet.write_before(end, y, label, Role::Text);
            }
            if many {
                sheet.put(left - 2, y, letter(at), role(at));
            }
            let place = scale.place(value).clamp(0.0, 1.0);
            let (from, to) = if place < zero { (place, zero) } else { (zero, place) };
            let after = bar(&mut sheet, (left, room, y), (from, to), at, measure);
            let number = numbers.get(at).and_then(|it| it.get(row)).map_or("", String::as_str);
            sheet.write(after, y, number, Role::Text);
            y += 1;
        }
        y += usize::from(many);
    }
    sheet
}

/// A bar in a column that begins at `left` and has `room`, between two places from 0 to 1.
/// Returns where its number stands.
pub(super) fn bar(
    sheet: &mut Sheet,
    (left, room, y): (usize, usize, usize),
    (from, to): (f64, f64),
    series: usize,
    measure: Measure,
) -> usize {
    let cells = units(room);
    let first = whole((cells * from).floor());
    let eighths = whole(cells * to * 8.0);
    for column in first..room {
        let part = eighths.saturating_sub(column * 8).min(8);
        if part == 0 {
            break;
        }
        let sign = match (measure.ascii, PARTS.get(part)) {
            (true, _) if part >= 4 => '#',
            (true, _) => ' ',
            (false, part) => part.copied().unwrap_or('█'),
        };
        sheet.put(left + column, y, sign, role(series));
    }
    if eighths <= first * 8 {
        sheet.put(left + first, y, if measure.ascii { '|' } else { '▏' }, role(series));
    }
    left + whole((cells * to).ceil()).max(first + 1) + 1
}
