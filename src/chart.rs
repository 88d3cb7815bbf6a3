//! What the numbers of a chart come to, however it is drawn: scales with round ticks, numbers
//! with the digits that tell them apart, bins, and how series are told apart. Knows nothing of
//! cells and pixels.

mod bins;
mod number;
mod scale;

pub use bins::Bins;
pub use number::{exact, number, numbers, step, title};
pub use scale::{Scale, units, whole};

use crate::document::{Axis, Chart, ChartKind, Rule, Series};

/// The letter of a series, at its line and in the legend.
pub fn letter(series: usize) -> char {
    u8::try_from(series % 26).map_or('?', |at| char::from(b'A' + at))
}

/// The corners of a series' line: those of stairs stand under the next point.
pub fn corners(kind: ChartKind, series: &Series) -> Vec<[f64; 2]> {
    if kind != ChartKind::Step {
        return series.points.clone();
    }
    let mut corners: Vec<[f64; 2]> = vec![];
    for [x, y] in &series.points {
        if let Some([_, before]) = corners.last().copied() {
            corners.push([*x, before]);
        }
        corners.push([*x, *y]);
    }
    corners
}

/// The scales of a plot of points: over all of them, and over the lines across it.
pub fn plot_scales(chart: &Chart) -> (Scale, Scale) {
    let points = || chart.series.iter().flat_map(|series| &series.points);
    let rules = |at: fn(&Rule) -> Option<f64>| chart.rules.iter().filter_map(at);
    let x = Scale::over(&chart.x, points().map(|[x, _]| *x).chain(rules(|rule| rule.x)));
    let y = Scale::over(&chart.y, points().map(|[_, y]| *y).chain(rules(|rule| rule.y)));
    (x, y)
}

/// The axis that bars are measured on, and the other one: lying bars have it whichever the chart
/// describes.
pub fn bar_axes(chart: &Chart) -> (&Axis, &Axis) {
    let told = |axis: &Axis| !axis.label.is_empty() || !axis.unit.is_empty() || axis.log;
    let is_y = chart.kind == ChartKind::Bar || (!told(&chart.x) && told(&chart.y));
    if is_y { (&chart.y, &chart.x) } else { (&chart.x, &chart.y) }
}

/// The scale of bars, and the place from 0 to 1 that they begin at.
pub fn bar_scale(chart: &Chart) -> (Scale, f64) {
    let (axis, _) = bar_axes(chart);
    let values = chart.series.iter().flat_map(|series| series.values.iter().copied());
    let base = if axis.log { None } else { Some(0.0) };
    let scale = Scale::over(axis, values.chain(base));
    let zero = if axis.log { 0.0 } else { scale.place(0.0_f64.max(scale.from())).clamp(0.0, 1.0) };
    (scale, zero)
}
