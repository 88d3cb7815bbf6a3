//! Bars: standing where their names have room below them, lying where not.

use crate::chart::{self, letter, units};
use crate::document::{Chart, Series};
use crate::html::charts::svg::{self, WIDTH, percent, pixels, series_class};
use crate::html::charts::{axis_title, open};
use crate::html::markup::Markup;

/// The part of the width that bars take; their numbers stand beside them.
const BARS: f64 = 0.78;
/// Pixels of a row of a bar, and of its name above it.
const ROW: usize = 20;

/// Whether the bars of a chart can stand.
pub(super) fn stand(chart: &Chart) -> bool {
    let [Series { values, .. }] = chart.series.as_slice() else { return false };
    let room = WIDTH / units(values.len().max(1));
    let numbers = values.iter().map(|value| pixels(&chart::exact(*value)));
    let names = chart.labels.iter().map(|label| pixels(label));
    values.iter().all(|value| *value >= 0.0) && names.chain(numbers).all(|wide| wide + 8.0 <= room)
}

/// Standing bars of one series.
pub(super) fn standing(html: &mut Markup, chart: &Chart) -> Vec<String> {
    let (scale, _) = chart::bar_scale(chart);
    axis_title(html, &chart::title(&chart.y), "axis");
    open(html, chart, &format!("plot {}", svg::rung_margin(&scale)), None);
    svg::rungs(html, &scale);
    let values = chart.series.iter().flat_map(|series| &series.values);
    let slot = 1.0 / units(chart.labels.len().max(1));
    for (at, (label, value)) in chart.labels.iter().zip(values).enumerate() {
        let (left, tall) = (units(at) * slot, scale.place(*value).clamp(0.0, 1.0));
        let (x, y) = (percent(left + slot * 0.15), percent(1.0 - tall));
        let (wide, height) = (percent(slot * 0.7), percent(tall));
        html.empty(
            "rect",
            &[("class", "s0"), ("x", &x), ("y", &y), ("width", &wide), ("height", &height)],
        );
        let middle = percent(left + slot / 2.0);
        let above =
            [("class", "words middle halo"), ("x", middle.as_str()), ("y", &y), ("dy", "-5")];
        html.element("text", &above, &chart::exact(*value));
        let below =
            [("class", "tick middle"), ("x", middle.as_str()), ("y", "100%"), ("dy", "1.5em")];
        html.element("text", &below, label);
        html.raw("\n");
    }
    svg::frame(html);
    html.raw("</svg>\n");
    axis_title(html, &chart::title(&chart.x), "axis foot");
    vec![]
}

/// Lying bars: each name above its bars, each number after its bar.
pub(super) fn lying(html: &mut Markup, chart: &Chart) -> Vec<String> {
    let (scale, zero) = chart::bar_scale(chart);
    let is_many = chart.series.len() > 1;
    let (axis, other) = chart::bar_axes(chart);
    axis_title(html, &chart::title(axis), "axis");
    let rows = chart.labels.len() * (chart.series.len() + 1);
    let height = (rows * ROW + chart.labels.len() * 6).to_string();
    open(html, chart, if is_many { "bars lettered" } else { "bars" }, Some(&height));
    if zero > 0.0 {
        let x = percent(zero * BARS);
        let ends = [("x1", x.as_str()), ("x2", &x), ("y1", "0"), ("y2", "100%")];
        html.empty("line", &[&[("class", "axis")][..], &ends].concat());
    }
    let mut y = 0;
    for (row, label) in chart.labels.iter().enumerate() {
        let base = (y + 14).to_string();
        let indent = if is_many { "-18" } else { "0" };
        html.element(
            "text",
            &[("class", "words halo"), ("x", "0"), ("dx", indent), ("y", &base)],
            label,
        );
        y += ROW;
        for (at, series) in chart.series.iter().enumerate() {
            let value = series.values.get(row).copied().unwrap_or(0.0);
            let place = scale.place(value).clamp(0.0, 1.0);
            let (from, to) = if place < zero { (place, zero) } else { (zero, place) };
            bar(html, (from * BARS, to * BARS), y, at);
            let base = (y + 13).to_string();
            let end = percent(to * BARS);
            html.element(
                "text",
                &[("class", "words"), ("x", &end), ("dx", "6"), ("y", &base)],
                &chart::exact(value),
            );
            if is_many {
                let name = [("class", series_class(at)), ("x", "0"), ("dx", "-18"), ("y", &base)];
                html.element("text", &name, &letter(at).to_string());
            }
            html.raw("\n");
            y += ROW;
        }
        y += 6;
    }
    html.raw("</svg>\n");
    axis_title(html, &chart::title(other), "axis");
    vec![]
}

fn bar(html: &mut Markup, (from, to): (f64, f64), y: usize, series: usize) {
    let (x, wide, y) = (percent(from), percent(to - from), (y + 1).to_string());
    let class = series_class(series);
    html.empty(
        "rect",
        &[("class", class), ("x", &x), ("y", &y), ("width", &wide), ("height", "16")],
    );
}
