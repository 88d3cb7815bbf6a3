//! Lying bars with their names and numbers.

use crate::document::{Axis, Chart, ChartKind};
use crate::layout::chart::axis::{self, Scale, units, whole};
use crate::layout::chart::sheet::Sheet;
use crate::layout::chart::{letter, role, wrapped};
use crate::layout::{Measure, Role};
use crate::text;

/// Eighths of a cell, from the left.
const PARTS: [char; 9] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

/// A bar for each label and series, its name before it and its number after it; names that are
/// long stand above.
pub(super) fn lying(chart: &Chart, width: usize, measure: Measure) -> Sheet {
    let (axis, other) = axes(chart);
    let many = chart.series.len() > 1;
    let values = || chart.series.iter().flat_map(|series| series.values.iter().copied());
    let base = if axis.log { None } else { Some(0.0) };
    let scale = Scale::over(axis, values().chain(base));
    let labels = chart.labels.iter().map(|label| text::width(label)).max().unwrap_or(0);
    let above = labels > width / 3;
    let left = if above { 0 } else { labels } + if many { 3 } else { 1 };
    let heads = chart.labels.iter().filter(|_| above);
    let heads: Vec<Vec<String>> = heads.map(|label| wrapped(label, width)).collect();
    let numbers: Vec<Vec<String>> = chart
        .series
        .iter()
        .map(|series| series.values.iter().map(|value| exact(*value)).collect())
        .collect();
    let right = 1 + numbers.iter().flatten().map(|it| text::width(it)).max().unwrap_or(0);
    let room = width.saturating_sub(left + right + 1).max(4);
    let title = axis::title(axis);
    let rows = chart.labels.len() * (chart.series.len() + usize::from(many))
        + heads.iter().map(Vec::len).sum::<usize>();
    let mut sheet = Sheet::new(width, rows + usize::from(!title.is_empty()));
    let mut y = 0;
    if !title.is_empty() {
        sheet.head(left, 0, &title, Role::Rule);
        y = 1;
    }
    let zero = if axis.log { 0.0 } else { scale.place(0.0_f64.max(scale.from())).clamp(0.0, 1.0) };
    sheet.tell("", Role::Rule, &axis::title(other));
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

/// The axis of the values, and the other one: lying bars have it whichever the chart describes.
fn axes(chart: &Chart) -> (&Axis, &Axis) {
    let told = |axis: &Axis| !axis.label.is_empty() || !axis.unit.is_empty() || axis.log;
    let is_y = chart.kind == ChartKind::Bar || (!told(&chart.x) && told(&chart.y));
    if is_y { (&chart.y, &chart.x) } else { (&chart.x, &chart.y) }
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

/// A number as the chart gives it, in at most six digits.
fn exact(value: f64) -> String {
    if value != 0.0 && (value.abs() < 1e-4 || value.abs() >= 1e15) {
        return axis::number(value, value.abs());
    }
    let digits = if value.abs() >= 1000.0 { 1 } else { 4 };
    let text = format!("{value:.digits$}");
    let text =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    let step = text
        .split_once('.')
        .map_or(1.0, |(_, rest)| 0.1_f64.powi(i32::try_from(rest.len()).unwrap_or(1)));
    if value.abs() >= 1e6 {
        axis::number(value, value.abs() / 100.0)
    } else {
        axis::number(value, step * 1.0001)
    }
}
