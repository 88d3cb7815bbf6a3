//! Heat maps: a shade for each value, and the value where there is room.

use crate::chart::{self, Scale, whole};
use crate::document::Chart;
use crate::layout::chart::sheet::Sheet;
use crate::layout::{Measure, Role};
use crate::text;

/// From the least to the greatest.
const SHADES: [char; 5] = ['·', '░', '▒', '▓', '█'];
const ASCII: [char; 5] = ['.', ':', '+', '*', '#'];

/// A row for each series, a column for each label.
pub(super) fn drawn(chart: &Chart, width: usize, measure: Measure) -> Sheet {
    let values = || chart.series.iter().flat_map(|series| series.values.iter().copied());
    let scale = Scale::over(&chart.y, values());
    let columns = chart.series.iter().map(|series| series.values.len()).max().unwrap_or(1).max(1);
    let names = chart.series.iter().map(|series| text::width(&series.name)).max().unwrap_or(0);
    let left = names.min(width / 3) + 1;
    let cell = (width.saturating_sub(left) / columns).clamp(1, 10);
    let (least, most) = values().fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), it| {
        (least.min(it), most.max(it))
    });
    let step = (most - least) / 10.0;
    let numbers = values().map(|value| text::width(&chart::number(value, step))).max().unwrap_or(0);
    let told = numbers + 3 <= cell;
    let heads = usize::from(!chart.labels.is_empty());
    let mut sheet = Sheet::new(width, chart.series.len() + heads + 2);
    for (column, label) in chart.labels.iter().enumerate() {
        sheet.write(
            left + column * cell,
            0,
            text::clip(label, cell.saturating_sub(1).max(1)),
            Role::Rule,
        );
    }
    let shades = if measure.ascii { ASCII } else { SHADES };
    let shade = |value: f64| {
        let at = whole((scale.place(value).clamp(0.0, 1.0) * 5.0).floor()).min(4);
        shades.get(at).copied().unwrap_or('?')
    };
    for (row, series) in chart.series.iter().enumerate() {
        let y = row + heads;
        sheet.write_before(left - 1, y, text::clip(&series.name, left - 1), Role::Text);
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
    let scale_row = chart.series.len() + heads + 1;
    let mut x = left;
    for at in 0..5_u8 {
        let value = scale.value((f64::from(at) + 0.5) / 5.0);
        let words = format!("{} {}  ", shade(value), chart::number(value, step));
        sheet.write(x, scale_row, &words, Role::Rule);
        x += text::width(&words);
    }
    sheet.write(x, scale_row, &chart::title(&chart.y), Role::Rule);
    sheet
}
