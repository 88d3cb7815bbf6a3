//! Lines over two axes, with rules and marks. Labels stand where nothing else is written.

use ratatui::layout::Rect;

use crate::labs::picture::{Axis, Line, Mark, Rule, Series};
use crate::text::Safe;
use crate::theme::Part;
use crate::tui::canvas::Canvas;
use crate::tui::player::labels::Labels;
use crate::tui::player::parts::Look;
use crate::tui::player::pen::{self, along, cells};
use crate::tui::player::plot::{Pencil, Plot};

/// What lines are drawn with where there is no braille: one after the other.
const PLAIN: [&str; 6] = ["*", "+", "o", "x", "#", "%"];

/// Draws axes, lines, rules and marks.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, series: &Series, look: Look<'_>) {
    let left = series.y.ticks.iter().map(|it| cells(&it.text)).max().unwrap_or(0) + 1;
    let left = left.min(area.width / 3);
    let room = Rect {
        x: area.x + left,
        y: area.y + 1,
        width: area.width - left,
        height: area.height.saturating_sub(2),
    };
    let mut plot = Plot::new(canvas, room);
    draw_rules(canvas, &mut plot, series);
    for (line, plain) in series.lines.iter().zip(PLAIN.iter().cycle()) {
        let style = pen::ink(canvas, line.tone);
        let pencil = Pencil { style, plain, is_dashed: line.is_dashed };
        for (from, to) in line.points.iter().zip(line.points.iter().skip(1)) {
            plot.line(place(series, *from), place(series, *to), pencil);
        }
        if let [only] = line.points.as_slice() {
            plot.line(place(series, *only), place(series, *only), pencil);
        }
    }
    draw_axes(canvas, area, room, series);
    plot.stamp(canvas, room);
    let mut labels = Labels::new(room);
    for mark in &series.marks {
        draw_mark(canvas, &mut labels, series, mark, look);
    }
    for rule in &series.rules {
        label_rule(canvas, &mut labels, series, rule);
    }
    for line in &series.lines {
        label_line(canvas, &mut labels, series, line);
    }
}

/// A value's place, 0 to 1 to the right and down.
fn place(series: &Series, (x, y): (f64, f64)) -> (f64, f64) {
    (series.x.place(x), 1.0 - series.y.place(y))
}

fn draw_rules(canvas: &Canvas<'_>, plot: &mut Plot, series: &Series) {
    for rule in &series.rules {
        let pencil = Pencil { style: pen::ink(canvas, rule.tone), plain: ".", is_dashed: true };
        if let Some(x) = rule.x {
            let x = series.x.place(x);
            plot.line((x, 0.0), (x, 1.0), pencil);
        }
        if let Some(y) = rule.y {
            let y = 1.0 - series.y.place(y);
            plot.line((0.0, y), (1.0, y), pencil);
        }
    }
}

/// The cell of a place, when it is on the drawing.
fn cell(area: Rect, (x, y): (f64, f64)) -> Option<(u16, u16)> {
    let is_inside = |it: f64| (0.0..=1.0).contains(&it);
    (is_inside(x) && is_inside(y)).then(|| (along(x, area.width), along(y, area.height)))
}

/// The axes: their names in the row above, values at the left and in the row below.
fn draw_axes(canvas: &mut Canvas<'_>, area: Rect, room: Rect, series: &Series) {
    let dim = canvas.theme.part(Part::Dim);
    let (up, right) = (canvas.ornament(" ↑", " ^"), canvas.ornament(" →", " >"));
    let (x, y) = (Safe::line(&series.x.label), Safe::line(&series.y.label));
    let start = if x.is_empty() {
        area.width
    } else {
        canvas.write_right(area, area.width, 0, &x.then(&right), dim)
    };
    if !y.is_empty() {
        canvas.write(Rect { width: start.saturating_sub(1), ..area }, 0, 0, &y.then(&up), dim);
    }
    let left = room.x - area.x;
    let mut last = None;
    for tick in &series.y.ticks {
        let Some((_, y)) = cell(room, (0.0, 1.0 - series.y.place(tick.at))) else { continue };
        if last != Some(y) {
            canvas.write_right(area, left.saturating_sub(1), y + 1, &Safe::line(&tick.text), dim);
        }
        last = Some(y);
    }
    let below = Rect { y: room.bottom(), height: 1, ..room };
    if below.bottom() <= area.bottom() {
        ticks(canvas, below, &series.x);
    }
}

/// Values along a row, as many as stand apart.
pub(super) fn ticks(canvas: &mut Canvas<'_>, row: Rect, axis: &Axis) {
    let dim = canvas.theme.part(Part::Dim);
    let mut free = 0;
    for tick in &axis.ticks {
        let Some((x, _)) = cell(row, (axis.place(tick.at), 0.0)) else { continue };
        let text = Safe::line(&tick.text);
        let width = cells(&text);
        let start = x.saturating_sub(width / 2).min(row.width.saturating_sub(width));
        if start >= free && width <= row.width {
            canvas.write(row, start, 0, &text, dim);
            free = start + width + 1;
        }
    }
}

fn draw_mark(
    canvas: &mut Canvas<'_>,
    labels: &mut Labels,
    series: &Series,
    mark: &Mark,
    look: Look<'_>,
) {
    let Some((x, y)) = cell(labels.area, place(series, (mark.x, mark.y))) else { return };
    let style = pen::strong(canvas, mark.tone);
    let is_moved = look.is_moved(mark.control.as_deref());
    let sign = match (mark.control.is_some(), is_moved) {
        (_, true) => canvas.ornament("◆", "@"),
        (true, false) => canvas.ornament("◇", "O"),
        (false, false) => canvas.ornament("●", "o"),
    };
    canvas.write(labels.area, x, y, &sign, style);
    labels.take(x, y, 1);
    let (x, y) = (i32::from(x), i32::from(y));
    let text = Safe::line(&mark.label);
    let before = x - 2 - i32::from(cells(&text));
    labels.write(canvas, &text, style, &[(x + 2, y), (x + 1, y - 1), (before, y), (x, y + 1)]);
}

fn label_rule(canvas: &mut Canvas<'_>, labels: &mut Labels, series: &Series, rule: &Rule) {
    let text = Safe::line(&rule.label);
    let (style, width) = (pen::ink(canvas, rule.tone), i32::from(cells(&text)));
    let (right, bottom) = (i32::from(labels.area.width), i32::from(labels.area.height));
    if let Some(at) = rule.y {
        let Some((_, y)) = cell(labels.area, (0.0, 1.0 - series.y.place(at))) else { return };
        let y = i32::from(y);
        let places =
            [(right - width, y - 1), (0, y - 1), (right - width, y + 1), (0, y + 1), (0, y)];
        labels.write(canvas, &text, style, &places);
    } else if let Some(at) = rule.x {
        let Some((x, _)) = cell(labels.area, (series.x.place(at), 0.0)) else { return };
        let x = i32::from(x);
        let (after, before) = (x + 1, x - width);
        let rows = [bottom - 1, 0, bottom - 2, 1];
        let places = rows.map(|y| [(after, y), (before, y)]);
        let fits = |(x, _): &(i32, i32)| *x >= 0 && x + width <= right;
        let places: Vec<(i32, i32)> = places.into_iter().flatten().filter(fits).collect();
        labels.write(canvas, &text, style, &places);
    }
}

/// A line's name, at its last point on the drawing.
fn label_line(canvas: &mut Canvas<'_>, labels: &mut Labels, series: &Series, line: &Line) {
    let mut ends = line.points.iter().rev().map(|point| place(series, *point));
    let Some((x, y)) = ends.find_map(|it| cell(labels.area, it)) else { return };
    let text = Safe::line(&line.label);
    let (x, y, width) = (i32::from(x), i32::from(y), i32::from(cells(&text)));
    let places = [
        (x - width, y - 1),
        (x - width, y + 1),
        (x + 1, y),
        (x - width - 2, y),
        (x - width, y - 2),
        (x - width, y + 2),
    ];
    labels.write(canvas, &text, pen::strong(canvas, line.tone), &places);
}
