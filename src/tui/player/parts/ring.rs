//! A ring, cut open at 0: stretches on a line, places above it, below it what is looked up.

use ratatui::layout::{Position, Rect};

use crate::labs::picture::{Arc, Point, Ring};
use crate::text::Safe;
use crate::theme::Part;
use crate::tui::canvas::Canvas;
use crate::tui::player::arrange::Need;
use crate::tui::player::labels::Labels;
use crate::tui::player::parts::Look;
use crate::tui::player::pen::{self, along, cells};

/// Rows for labels above and below the line.
pub(super) fn need(ring: &Ring) -> Need {
    let above = if ring.points.iter().filter(|it| !it.is_inside).count() > 6 { 4 } else { 3 };
    Need { least: 4, best: above + 4, grows: false }
}

/// Draws it.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, ring: &Ring, look: Look<'_>) {
    // At either end stands what tells that the ends are one.
    let edge = canvas.ornament("↻", "@");
    let room = Rect { x: area.x + 2.min(area.width), width: area.width.saturating_sub(4), ..area };
    let middle = area.height.saturating_sub(1) / 2;
    let dim = canvas.theme.part(Part::Dim);
    canvas.write(area, 0, middle, &edge, dim);
    canvas.write(area, area.width.saturating_sub(1), middle, &edge, dim);
    for arc in &ring.arcs {
        draw_arc(canvas, room, middle, arc);
    }
    let mut labels = Labels::new(room);
    labels.take(0, middle, room.width);
    for (number, point) in ring.points.iter().enumerate() {
        mark(canvas, &mut labels, (point, middle), look.is_selected((number, 0)).into());
    }
    for point in &ring.points {
        label(canvas, &mut labels, point, middle);
    }
}

fn draw_arc(canvas: &mut Canvas<'_>, room: Rect, y: u16, arc: &Arc) {
    let (from, to) = (along(arc.from, room.width), along(arc.to, room.width));
    let pieces =
        if arc.to > arc.from { [(from, to), (0, 0)] } else { [(from, room.width), (0, to)] };
    let (stroke, style) = (pen::stroke(canvas, arc.tone), pen::ink(canvas, arc.tone));
    let text = Safe::line(&arc.label);
    let longest = pieces.iter().max_by_key(|(from, to)| to - from).copied();
    for (from, to) in pieces {
        canvas.write(room, from, y, &pen::times(&stroke, to.saturating_sub(from)), style);
    }
    if let Some((from, to)) = longest.filter(|(from, to)| cells(&text) + 2 <= to - from) {
        let start = from + (to - from - cells(&text)) / 2;
        canvas.write(room, start, y, &text, pen::strong(canvas, arc.tone));
    }
}

/// The row beside the line, on the side of the point, and the way on from there.
fn side(point: &Point, middle: u16) -> (i32, i32) {
    let middle = i32::from(middle);
    if point.is_inside { (middle + 1, 1) } else { (middle - 1, -1) }
}

fn mark(
    canvas: &mut Canvas<'_>,
    labels: &mut Labels,
    (point, middle): (&Point, u16),
    choice: pen::Choice,
) {
    let (row, _) = side(point, middle);
    let Ok(row) = u16::try_from(row) else { return };
    let x = along(point.at, labels.area.width);
    let sign = match (choice, point.is_inside) {
        (pen::Choice::Selected, _) => canvas.ornament("◆", "#"),
        (_, true) => canvas.ornament("▴", "^"),
        (_, false) => canvas.ornament("▾", "v"),
    };
    let style = pen::strong(canvas, point.tone);
    canvas.write(labels.area, x, row, &sign, style);
    labels.take(x, row, 1);
    if choice == pen::Choice::Selected {
        let (x, y) = (labels.area.x + x, labels.area.y + row);
        canvas.cursor = Some((Position::new(x, y), false));
    }
}

/// Beside its mark, or further from the line.
fn label(canvas: &mut Canvas<'_>, labels: &mut Labels, point: &Point, middle: u16) {
    let gap = if point.sub.is_empty() { "" } else { " " };
    let text = Safe::line(&[&point.label, gap, &point.sub].concat());
    let (row, way) = side(point, middle);
    let (x, width) = (i32::from(along(point.at, labels.area.width)), i32::from(cells(&text)));
    let further = (1..4).flat_map(|step| {
        let row = row + way * step;
        [(x - width / 2, row), (x, row), (x - width + 1, row)]
    });
    let places: Vec<(i32, i32)> =
        [(x + 2, row), (x - 1 - width, row)].into_iter().chain(further).collect();
    let style = pen::ink(canvas, point.tone);
    labels.write(canvas, &text, style, &places);
}
