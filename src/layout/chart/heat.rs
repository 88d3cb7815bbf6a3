//! Heat maps: a shade for each value, and the value where there is room.

use crate::chart::{self, Scale, letter, whole};
use crate::document::Chart;
use crate::layout::chart::role;
use crate::layout::chart::sheet::Sheet;
use crate::layout::{Measure, Role};
use crate::text;

/// From the least to the greatest.
const SHADES: [char; 5] = ['·', '░', '▒', '▓', '█'];
const ASCII: [char; 5] = ['.', ':', '+', '*', '#'];
/// Over columns whose labels have no room.
const SIGNS: &str = "123456789abcdefghijklmnopqrstuvwxyz";

/// A row for each series, a column for each label; names without room are told below. None
/// where not even the columns have room.
pub(super) fn drawn(chart: &Chart, width: usize, measure: Measure) -> Option<Sheet> {
    let values = || chart.series.iter().flat_map(|series| series.values.iter().copied());
    let scale = Scale::over(&chart.y, values());
    let columns = chart.series.iter().map(|series| series.values.len()).max().unwrap_or(1).max(1);
    let names = chart.series.iter().map(|series| text::width(&series.name)).max().unwrap_or(0);
    let lettered = names > width / 3;
    let left = if lettered { 2 } else { names + 1 };
    let cell = (width.saturating_sub(left) / columns).min(10);
    if cell == 0
        || (lettered && chart.series.len() > 26)
        || (has_signs(chart, cell) && chart.labels.len() > SIGNS.len())
    {
        return None;
    }
    let (least, most) = values().fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), it| {
        (least.min(it), most.max(it))
    });
    let step = (most - least) / 10.0;
    let numbers = values().map(|value| text::width(&chart::number(value, step))).max().unwrap_or(0);
    let told = numbers + 3 <= cell;
    let heads = usize::from(!chart.labels.is_empty());
    let mut sheet = Sheet::new(width, chart.series.len() + heads + 2);
    heads_of(&mut sheet, chart, (left, cell));
    let shades = if measure.ascii { ASCII } else { SHADES };
    let shade = |value: f64| {
        let at = whole((scale.place(value).clamp(0.0, 1.0) * 5.0).floor()).min(4);
        shades.get(at).copied().unwrap_or('?')
    };
    for (row, series) in chart.series.iter().enumerate() {
        let y = row + heads;
        if lettered {
            sheet.put(0, y, letter(row), role(row));
            sheet.tell(&letter(row).to_string(), role(row), &series.name);
        } else {
            sheet.write_before(left - 1, y, &series.name, Role::Text);
        }
        for (column, value) in series.values.iter().enumerate() {
            let x = left + column * cell;
            let blocks = if told { 2 } else { cell.min(3) };
            for part in 0..blocks {
                sheet.put(x + part, y, shade(*value), Role::SeriesA);
            }
            if told {
                sheet.write(x + 2, y, &chart::number(*value, step), Role::Text);
            }
        }
    }
    let keys: Vec<(char, String)> = (0..5_u8)
        .map(|at| scale.value((f64::from(at) + 0.5) / 5.0))
        .map(|value| (shade(value), chart::number(value, step)))
        .collect();
    key(&mut sheet, (left, chart.series.len() + heads + 1), &keys, &chart::title(&chart.y));
    sheet.tell("", Role::Rule, &chart::title(&chart.x));
    Some(sheet)
}

/// Whether a name has no room in a column of so many cells.
fn has_signs(chart: &Chart, cell: usize) -> bool {
    chart.labels.iter().any(|label| text::width(label) >= cell.max(2))
}

/// The names of the columns; signs where these have no room.
fn heads_of(sheet: &mut Sheet, chart: &Chart, (left, cell): (usize, usize)) {
    let signed = has_signs(chart, cell);
    for ((column, label), sign) in chart.labels.iter().enumerate().zip(SIGNS.chars().cycle()) {
        let sign = sign.to_string();
        let head = if signed { sign.as_str() } else { label.as_str() };
        sheet.write(left + column * cell, 0, head, Role::Rule);
        if signed {
            sheet.tell(&sign, Role::Rule, label);
        }
    }
}

/// What the shades mean, in a row where it fits.
fn key(sheet: &mut Sheet, (x, y): (usize, usize), keys: &[(char, String)], title: &str) {
    let words: Vec<String> = keys.iter().map(|(sign, number)| format!("{sign} {number}")).collect();
    let all = format!("{}  {title}", words.join("  "));
    if sheet.has_room(x, &all) {
        sheet.write(x, y, &all, Role::Rule);
        return;
    }
    for (sign, number) in keys {
        sheet.tell(&sign.to_string(), Role::SeriesA, number);
    }
    sheet.tell("", Role::Rule, title);
}
