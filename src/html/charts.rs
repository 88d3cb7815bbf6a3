//! Charts as SVG between lines of HTML. Places are percentages of the drawing and letters keep
//! their size, so a chart is readable at any width; it reads without colour, too.

mod bars;
mod heat;
mod histogram;
mod labels;
mod plot;
mod svg;

use crate::chart::{self, letter};
use crate::document::{Chart, ChartKind, Prose, Series};
use crate::html::charts::svg::{number, series_class};
use crate::html::markup::Markup;
use crate::html::tables;

/// A chart with its title, its legend, and its numbers as a table.
pub(crate) fn figure(html: &mut Markup, chart: &Chart) {
    html.raw("<figure class=\"chart\">\n");
    html.element("figcaption", &[], &chart.title);
    html.raw("\n");
    let notes = match chart.kind {
        ChartKind::Line | ChartKind::Scatter | ChartKind::Step => plot::drawn(html, chart),
        ChartKind::Bar if bars::stand(chart) => bars::standing(html, chart),
        ChartKind::Bar | ChartKind::Hbar => bars::lying(html, chart),
        ChartKind::Histogram => histogram::drawn(html, chart),
        ChartKind::Heatmap => heat::drawn(html, chart),
    };
    legend(html, chart, &notes);
    html.raw("<details class=\"numbers\"><summary>The numbers</summary>\n");
    let plain = &mut |html: &mut Markup, prose: &Prose| html.text(&prose.text);
    tables::table(html, &chart.table(), plain);
    html.raw("</details>\n</figure>\n");
}

/// Which sign is which series, and what there was no room for in the drawing.
fn legend(html: &mut Markup, chart: &Chart, notes: &[String]) {
    let is_named =
        chart.series.len() > 1 && !matches!(chart.kind, ChartKind::Heatmap | ChartKind::Histogram);
    if !is_named && notes.is_empty() {
        return;
    }
    html.raw("<ul class=\"legend\">\n");
    for (at, series) in chart.series.iter().enumerate().filter(|_| is_named) {
        html.raw("<li>");
        sample(html, chart.kind, (at, series));
        if chart.kind != ChartKind::Scatter {
            html.element("b", &[("class", series_class(at))], &letter(at).to_string());
        }
        html.text(&format!(" {}", series.name));
        html.raw("</li>\n");
    }
    for (note, sign) in notes.iter().zip(1..) {
        html.raw("<li>");
        html.element("b", &[], &format!("({sign})"));
        html.text(&format!(" {note}"));
        html.raw("</li>\n");
    }
    html.raw("</ul>\n");
}

fn sample(html: &mut Markup, kind: ChartKind, (at, series): (usize, &Series)) {
    let class = format!("sample {}", series_class(at));
    html.open("svg", &[("class", &class), ("aria-hidden", "true"), ("viewBox", "0 0 32 12")]);
    match kind {
        ChartKind::Bar | ChartKind::Hbar => {
            html.empty("rect", &[("x", "4"), ("width", "24"), ("height", "12")]);
        }
        ChartKind::Scatter => svg::mark(html, ("16", "6"), at),
        _ => {
            html.empty("line", &[("x1", "0"), ("x2", "32"), ("y1", "6"), ("y2", "6")]);
            if plot::is_marked(kind, series) {
                svg::mark(html, ("16", "6"), at);
            }
        }
    }
    html.raw("</svg>");
}

/// The opening of a drawing, with what it shows for those who do not see it.
fn open(html: &mut Markup, chart: &Chart, class: &str, height: Option<&str>) {
    let mut attributes = vec![("class", class), ("role", "img")];
    attributes.extend(height.map(|height| ("height", height)));
    html.open("svg", &attributes);
    html.element("title", &[], &chart.title);
    html.element("desc", &[], &told(chart));
    html.raw("\n");
}

/// What a chart shows, in sentences.
fn told(chart: &Chart) -> String {
    let kind = match chart.kind {
        ChartKind::Line => "Lines",
        ChartKind::Scatter => "Points",
        ChartKind::Step => "Stairs",
        ChartKind::Bar | ChartKind::Hbar => "Bars",
        ChartKind::Histogram => "A histogram",
        ChartKind::Heatmap => "A heat map",
    };
    let mut told = format!("{kind}.");
    for (way, axis) in [("Along", &chart.x), ("Up", &chart.y)] {
        let title = chart::title(axis);
        let scale = if axis.log { ", logarithmic" } else { "" };
        if !title.is_empty() {
            told.push_str(&format!(" {way}: {title}{scale}."));
        }
    }
    for (at, series) in chart.series.iter().enumerate() {
        let name =
            if series.name.is_empty() { String::new() } else { format!("{}: ", series.name) };
        let many = if chart.series.len() > 1 { format!("{} ", letter(at)) } else { String::new() };
        told.push_str(&format!(" {many}{name}{}.", ends(series)));
    }
    told
}

/// From where to where a series goes.
fn ends(series: &Series) -> String {
    if let (Some([x, y]), Some([to, end])) = (series.points.first(), series.points.last()) {
        let [x, y, to, end] = [x, y, to, end].map(|it| number(*it));
        return format!("from {y} at {x} to {end} at {to}");
    }
    let least = series.values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = series.values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    format!("{} values, from {} to {}", series.values.len(), number(least), number(most))
}

/// A line of text above or below a drawing: what is measured.
fn axis_title(html: &mut Markup, title: &str, class: &'static str) {
    if !title.is_empty() {
        html.element("p", &[("class", class)], title);
        html.raw("\n");
    }
}
