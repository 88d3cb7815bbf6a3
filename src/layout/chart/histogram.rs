//! How many values fall where: a lying bar for each bin.

use crate::document::{Chart, Series};
use crate::layout::Measure;
use crate::layout::Role;
use crate::layout::chart::axis::{self, Scale, units, whole};
use crate::layout::chart::bars::bar;
use crate::layout::chart::sheet::Sheet;
use crate::layout::chart::{letter, role};
use crate::text;

/// A bar for each bin and series.
pub(super) fn drawn(chart: &Chart, width: usize, measure: Measure) -> Sheet {
    let all = || chart.series.iter().flat_map(|series| series.values.iter().copied());
    let x = Scale::over(&chart.x, all());
    let bins =
        chart.bins.unwrap_or_else(|| whole(units(all().count()).sqrt()).clamp(5, 16)).min(64);
    let counts: Vec<Vec<usize>> =
        chart.series.iter().map(|series| counts(series, &x, bins)).collect();
    let most = counts.iter().flatten().copied().max().unwrap_or(1).max(1);
    let names = names(&x, bins);
    let many = counts.len() > 1;
    let end = names.iter().map(|name| text::width(name)).max().unwrap_or(0);
    let left = end + if many { 3 } else { 1 };
    let room = width.saturating_sub(left + 2 + most.to_string().len()).max(4);
    let mut sheet = Sheet::new(width, bins * counts.len() + 1);
    sheet.head(0, 0, &title(chart), Role::Rule);
    let mut y = 1;
    for (bin, name) in names.iter().enumerate() {
        sheet.write_before(end, y, name, Role::Text);
        for (at, counts) in counts.iter().enumerate() {
            if many {
                sheet.put(left - 2, y, letter(at), role(at));
            }
            let count = counts.get(bin).copied().unwrap_or(0);
            let part = units(count) / units(most);
            let after = bar(&mut sheet, (left, room, y), (0.0, part), at, measure);
            sheet.write(after, y, &count.to_string(), Role::Text);
            y += 1;
        }
    }
    sheet
}

fn counts(series: &Series, x: &Scale, bins: usize) -> Vec<usize> {
    let mut counts = vec![0; bins];
    for value in &series.values {
        let bin = whole((x.place(*value) * units(bins)).floor()).min(bins.saturating_sub(1));
        if let Some(count) = counts.get_mut(bin) {
            *count += 1;
        }
    }
    counts
}

/// From where to where each bin goes.
fn names(x: &Scale, bins: usize) -> Vec<String> {
    let edge = |bin: usize| x.value(units(bin) / units(bins));
    let step = (edge(1) - edge(0)).abs();
    let number = |bin: usize| axis::number(edge(bin), step);
    (0..bins).map(|bin| format!("{} to {}", number(bin), number(bin + 1))).collect()
}

fn title(chart: &Chart) -> String {
    let counted = Some(axis::title(&chart.y)).filter(|title| !title.is_empty());
    let counted = counted.unwrap_or_else(|| "count".to_owned());
    match axis::title(&chart.x).as_str() {
        "" => counted,
        measured => format!("{measured}: {counted}"),
    }
}
