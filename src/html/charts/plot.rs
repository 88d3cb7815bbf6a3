//! Lines, stairs and points over two axes.

use crate::chart::{self, Scale, letter};
use crate::document::{Chart, ChartKind, Rule, Series};
use crate::html::charts::labels::{Beside, Labels, Side};
use crate::html::charts::svg::{self, percent, series_class, stretched};
use crate::html::charts::{axis_title, open};
use crate::html::markup::Markup;

/// A series with more points shows its line alone.
const MARKED: usize = 16;

/// A plot while it is drawn.
struct Plot<'a> {
    chart: &'a Chart,
    x: Scale,
    y: Scale,
    labels: Labels,
    /// What there is no room for: told below, by its number.
    notes: Vec<String>,
}

/// A plot; returns what is to be told below it.
pub(super) fn drawn(html: &mut Markup, chart: &Chart) -> Vec<String> {
    let (x, y) = chart::plot_scales(chart);
    let mut plot = Plot { chart, x, y, labels: Labels::default(), notes: vec![] };
    axis_title(html, &chart::title(&chart.y), "axis");
    open(html, chart, &format!("plot {}", svg::rung_margin(&plot.y)), None);
    svg::rungs(html, &plot.y);
    svg::feet(html, &plot.x);
    svg::frame(html);
    for rule in &chart.rules {
        plot.rule_line(html, rule);
    }
    if chart.kind != ChartKind::Scatter {
        plot.lines(html);
    }
    plot.marks(html);
    if chart.series.len() > 1 && chart.kind != ChartKind::Scatter {
        for (at, series) in chart.series.iter().enumerate() {
            plot.name(html, at, series);
        }
    }
    for rule in &chart.rules {
        plot.rule_words(html, rule);
    }
    for note in &chart.notes {
        if let Some([x, y]) = plot.place([note.x, note.y]) {
            html.empty(
                "circle",
                &[("class", "noted"), ("cx", &percent(x)), ("cy", &percent(y)), ("r", "3.5")],
            );
            plot.words(html, &note.text, &around([x, y]));
        }
    }
    html.raw("</svg>\n");
    axis_title(html, &chart::title(&chart.x), "axis foot");
    plot.notes
}

impl Plot<'_> {
    /// Where a point stands, from the left and from the top; None outside of the axes.
    fn place(&self, [x, y]: [f64; 2]) -> Option<[f64; 2]> {
        Some([self.x.inside(x)?, 1.0 - self.y.inside(y)?])
    }

    fn rule_line(&mut self, html: &mut Markup, rule: &Rule) {
        if let Some(y) = rule.y.and_then(|y| self.y.inside(y)) {
            let y = percent(1.0 - y);
            html.empty(
                "line",
                &[("class", "rule"), ("x1", "0"), ("x2", "100%"), ("y1", &y), ("y2", &y)],
            );
        }
        if let Some(x) = rule.x.and_then(|x| self.x.inside(x)) {
            let x = percent(x);
            html.empty(
                "line",
                &[("class", "rule"), ("x1", &x), ("x2", &x), ("y1", "0"), ("y2", "100%")],
            );
        }
    }

    fn rule_words(&mut self, html: &mut Markup, rule: &Rule) {
        let beside = |x, y, dx, dy, side| Beside { x, y, dx, dy, side };
        if let Some(y) = rule.y.and_then(|y| self.y.inside(y)) {
            let y = 1.0 - y;
            self.words(
                html,
                &rule.label,
                &[
                    beside(1.0, y, 0.0, -5.0, Side::Left),
                    beside(0.0, y, 5.0, -5.0, Side::Right),
                    beside(1.0, y, 0.0, 15.0, Side::Left),
                    beside(0.0, y, 5.0, 15.0, Side::Right),
                ],
            );
        }
        if let Some(x) = rule.x.and_then(|x| self.x.inside(x)) {
            let sides = [(5.0, Side::Right), (-5.0, Side::Left)];
            let places = [0.0, 0.07, 0.14, 0.9].into_iter().flat_map(|y| sides.map(|it| (y, it)));
            let places: Vec<Beside> =
                places.map(|(y, (dx, side))| beside(x, y, dx, 12.0, side)).collect();
            self.words(html, &rule.label, &places);
        }
    }

    /// Words at the first place that is free; else a number there, and the words below.
    fn words(&mut self, html: &mut Markup, words: &str, wanted: &[Beside]) {
        if let Some(at) = self.labels.place(words, wanted) {
            write(html, words, at, "words");
            return;
        }
        self.notes.push(words.to_owned());
        let sign = format!("({})", self.notes.len());
        // Further away, step by step, rather than over other words.
        let rings = (0..8).map(f64::from).flat_map(|line| {
            [(0.0, line), (30.0, line), (60.0, line)].map(|(out, line)| (out, line * 17.0))
        });
        let found = rings.into_iter().find_map(|(out, down)| {
            let ring: Vec<Beside> = [-down, down]
                .into_iter()
                .flat_map(|down| wanted.iter().map(move |at| at.moved((out, down))))
                .collect();
            self.labels.place(&sign, &ring)
        });
        if let Some(at) = found {
            write(html, &sign, at, "words");
        }
    }

    /// The lines, in a drawing of its own that is stretched as the whole one is.
    fn lines(&mut self, html: &mut Markup) {
        let inside = |point: &[f64; 2]| self.place(*point).is_some();
        let is_whole = self.chart.series.iter().all(|series| series.points.iter().all(inside));
        html.open(
            "svg",
            &[
                ("class", if is_whole { "lines" } else { "lines cut" }),
                ("width", "100%"),
                ("height", "100%"),
                ("viewBox", "0 0 1000 1000"),
                ("preserveAspectRatio", "none"),
            ],
        );
        html.raw("\n");
        for (at, series) in self.chart.series.iter().enumerate() {
            let corners = chart::corners(self.chart.kind, series);
            let places: Vec<[f64; 2]> = corners
                .iter()
                .map(|[x, y]| [far(self.x.place(*x)), far(1.0 - self.y.place(*y))])
                .collect();
            for pair in places.windows(2) {
                if let [from, to] = pair {
                    self.labels.line(*from, *to);
                }
            }
            let mut points: Vec<String> = places
                .iter()
                .map(|[x, y]| format!("{},{}", stretched(*x), stretched(*y)))
                .collect();
            points.dedup();
            html.empty("polyline", &[("class", series_class(at)), ("points", &points.join(" "))]);
            html.raw("\n");
        }
        html.raw("</svg>\n");
    }

    fn marks(&mut self, html: &mut Markup) {
        for (at, series) in self.chart.series.iter().enumerate() {
            if !is_marked(self.chart.kind, series) {
                continue;
            }
            for point in &series.points {
                let Some([x, y]) = self.place(*point) else { continue };
                self.labels.line([x, y], [x, y]);
                svg::mark(html, (&percent(x), &percent(y)), at);
            }
            html.raw("\n");
        }
    }

    /// The letter of a line at its end, or further to the left where there is no room.
    fn name(&mut self, html: &mut Markup, at: usize, series: &Series) {
        let letter = letter(at).to_string();
        let places: Vec<[f64; 2]> =
            series.points.iter().rev().filter_map(|point| self.place(*point)).collect();
        let ends = places.iter().take(1).map(|[x, y]| Beside {
            x: *x,
            y: *y,
            dx: 7.0,
            dy: 4.5,
            side: Side::Right,
        });
        let others = places.iter().flat_map(|[x, y]| {
            [-9.0, 18.0].map(|dy| Beside { x: *x, y: *y, dx: -3.5, dy, side: Side::Right })
        });
        let wanted: Vec<Beside> = ends.chain(others).take(200).collect();
        if let Some(place) = self.labels.place(&letter, &wanted) {
            write(html, &letter, place, series_class(at));
        }
    }
}

/// Whether the points of a series have signs of their own.
pub(super) fn is_marked(kind: ChartKind, series: &Series) -> bool {
    match kind {
        ChartKind::Scatter => true,
        ChartKind::Line => series.points.len() <= MARKED,
        _ => series.points.len() == 1,
    }
}

/// Not further outside than a drawing has to know.
fn far(place: f64) -> f64 {
    place.clamp(-50.0, 50.0)
}

/// Where words may stand around a place, the best first.
fn around([x, y]: [f64; 2]) -> Vec<Beside> {
    let sides = if x < 0.5 {
        [(9.0, Side::Right), (-9.0, Side::Left)]
    } else {
        [(-9.0, Side::Left), (9.0, Side::Right)]
    };
    let heights = [-7.0, 17.0, 4.5, -22.0, 32.0];
    let beside = |dy| sides.map(|(dx, side)| Beside { x, y, dx, dy, side });
    heights.into_iter().flat_map(beside).collect()
}

fn write(html: &mut Markup, words: &str, at: Beside, class: &'static str) {
    let class = format!("{class} {} halo", at.side.class());
    let (x, y) = (percent(at.x), percent(at.y));
    let (dx, dy) = (at.dx.to_string(), at.dy.to_string());
    html.element(
        "text",
        &[("class", &class), ("x", &x), ("y", &y), ("dx", &dx), ("dy", &dy)],
        words,
    );
    html.raw("\n");
}
