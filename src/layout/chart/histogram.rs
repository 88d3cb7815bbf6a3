//! How many values fall where: a lying bar for each bin.

use crate::chart::{self, Bins, letter, units};
use crate::document::Chart;
use crate::layout::chart::bars::bar;
use crate::layout::chart::role;
use crate::layout::chart::sheet::Sheet;
use crate::layout::{Measure, Role};
use crate::text;

/// A bar for each bin and series.
pub(super) fn drawn(chart: &Chart, width: usize, measure: Measure) -> Sheet {
    let bins = Bins::of(chart);
    let (counts, most, names) = (&bins.counts, bins.most(), bins.names());
    let many = counts.len() > 1;
    let end = names.iter().map(|name| text::width(name)).max().unwrap_or(0);
    let left = end + if many { 3 } else { 1 };
    let room = width.saturating_sub(left + 2 + most.to_string().len()).max(4);
    let mut sheet = Sheet::new(width, names.len() * counts.len() + 1);
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

fn title(chart: &Chart) -> String {
    let counted = Some(chart::title(&chart.y)).filter(|title| !title.is_empty());
    let counted = counted.unwrap_or_else(|| "count".to_owned());
    match chart::title(&chart.x).as_str() {
        "" => counted,
        measured => format!("{measured}: {counted}"),
    }
}
