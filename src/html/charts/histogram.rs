//! How many values fall where: a standing bar for each bin, a drawing for each series.

use crate::chart::{self, Bins, Scale, letter, units};
use crate::document::{Axis, Chart};
use crate::html::charts::svg::{self, percent, series_class};
use crate::html::charts::{axis_title, open};
use crate::html::markup::Markup;

/// One drawing below another one, all with the same axes.
pub(super) fn drawn(html: &mut Markup, chart: &Chart) -> Vec<String> {
    let bins = Bins::of(chart);
    let counted = chart::title(&chart.y);
    let counted = if counted.is_empty() { "count".to_owned() } else { counted };
    let up = Scale::over(&Axis::default(), [0.0, units(bins.most())].into_iter());
    let count = bins.edges.len().saturating_sub(1).max(1);
    for (at, (series, counts)) in chart.series.iter().zip(&bins.counts).enumerate() {
        let title = if chart.series.len() > 1 {
            format!("{} {}: {counted}", letter(at), series.name)
        } else {
            counted.clone()
        };
        axis_title(html, &title, "axis");
        open(html, chart, &format!("plot panel {}", svg::rung_margin(&up)), None);
        svg::rungs(html, &up);
        for (bin, count_here) in counts.iter().enumerate() {
            let tall = up.place(units(*count_here)).clamp(0.0, 1.0);
            let slot = 1.0 / units(count);
            let x = percent(units(bin) * slot);
            let (wide, y, height) = (percent(slot), percent(1.0 - tall), percent(tall));
            let class = format!("bin {}", series_class(at));
            html.empty(
                "rect",
                &[("class", &class), ("x", &x), ("y", &y), ("width", &wide), ("height", &height)],
            );
        }
        html.raw("\n");
        edges(html, &bins);
        svg::frame(html);
        html.raw("</svg>\n");
    }
    axis_title(html, &chart::title(&chart.x), "axis foot");
    vec![]
}

/// Numbers at the edges of bins, as many as have room.
fn edges(html: &mut Markup, bins: &Bins) {
    let last = bins.edges.len().saturating_sub(1).max(1);
    let step = match bins.edges.as_slice() {
        [first, second, ..] => (second - first).abs(),
        _ => 1.0,
    };
    let words: Vec<String> =
        bins.edges.iter().map(|edge| chart::number(*edge, step / 10.0)).collect();
    let widest = words.iter().map(|it| svg::pixels(it)).fold(0.0, f64::max) + 10.0;
    let fits = |every: &usize| units(*every) / units(last) * svg::WIDTH >= widest;
    let every = (1..=last).find(fits).unwrap_or(last);
    for (at, words) in words.iter().enumerate().step_by(every) {
        svg::foot(html, units(at) / units(last), words);
    }
    html.raw("\n");
}
