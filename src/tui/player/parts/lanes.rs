//! Spans in time, a lane for each that acts, with arrows between the lanes.

use ratatui::layout::Rect;

use crate::labs::picture::{Lane, Lanes};
use crate::text::Safe;
use crate::theme::Part;
use crate::tui::canvas::Canvas;
use crate::tui::player::arrange::Need;
use crate::tui::player::parts::series;
use crate::tui::player::pen::{self, cells};
use crate::tui::player::plot::{Pencil, Plot};

/// A row for each lane, one for the time; arrows want room between the lanes.
pub(super) fn need(lanes: &Lanes) -> Need {
    let count = lanes.lanes.len();
    let need = Need::exactly(count + 1);
    if lanes.arrows.is_empty() || count < 2 {
        need
    } else {
        Need { best: Need::exactly(2 * count).best, ..need }
    }
}

/// Draws lanes over arrows, and the present time over both.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, lanes: &Lanes) {
    let label = lanes.lanes.iter().map(|it| cells(&it.label)).max().unwrap_or(0);
    let left = (label + 1).min(area.width / 3);
    let count = crate::text::cells(lanes.lanes.len()).max(1);
    let rows = area.height.saturating_sub(1).max(1);
    let pitch = (rows.saturating_sub(1).checked_div(count - 1).unwrap_or(1)).clamp(1, 4);
    let room =
        Rect { x: area.x + left, width: area.width - left, height: rows.min(area.height), ..area };
    let row = |lane: u32| u16::try_from(lane).ok().filter(|it| *it < count).map(|it| it * pitch);
    if pitch > 1 {
        draw_arrows(canvas, room, lanes, row);
    }
    for (y, lane) in (0..room.height).step_by(pitch.into()).zip(&lanes.lanes) {
        canvas.part(Rect { width: left, ..area }, 0, y, &Safe::line(&lane.label), Part::Strong);
        draw_lane(canvas, room, y, lane, lanes);
    }
    for arrow in &lanes.arrows {
        let Some((y, from)) = row(arrow.to_lane).zip(row(arrow.from_lane)) else { continue };
        let Some(x) = column(lanes, arrow.to, room.width) else { continue };
        let head = match from.cmp(&y) {
            std::cmp::Ordering::Less => canvas.ornament("▾", "v"),
            std::cmp::Ordering::Greater => canvas.ornament("▴", "^"),
            std::cmp::Ordering::Equal => continue,
        };
        let style = pen::strong(canvas, arrow.tone);
        canvas.write(room, x, y, &head, style);
    }
    if let Some(x) = column(lanes, lanes.now, room.width) {
        let line = canvas.ornament("│", "|");
        let style = pen::over(canvas.theme.part(Part::Strong));
        for y in 0..(pitch * (count - 1) + 1).min(room.height) {
            canvas.write(room, x, y, &line, style);
        }
    }
    if area.height > 1 {
        let y = (pitch * (count - 1) + 1).min(area.height - 1);
        let below = Rect { y: area.y + y, height: 1, ..room };
        series::ticks(canvas, below, &lanes.time);
    }
}

/// The column of a time, when it is on the drawing.
fn column(lanes: &Lanes, time: f64, width: u16) -> Option<u16> {
    let share = lanes.time.place(time);
    (-1e-9..=1.0 + 1e-9).contains(&share).then(|| pen::along(share, width))
}

fn draw_arrows(
    canvas: &mut Canvas<'_>,
    room: Rect,
    lanes: &Lanes,
    row: impl Fn(u32) -> Option<u16>,
) {
    let mut plot = Plot::new(canvas, room);
    let high = f64::from(room.height.max(2) - 1);
    for arrow in &lanes.arrows {
        let Some((from, to)) = row(arrow.from_lane).zip(row(arrow.to_lane)) else { continue };
        let style = pen::ink(canvas, arrow.tone);
        let pencil = Pencil { style, plain: ".", is_dashed: false };
        let from = (lanes.time.place(arrow.from), f64::from(from) / high);
        let to = (lanes.time.place(arrow.to), f64::from(to) / high);
        plot.line(from, to, pencil);
    }
    plot.stamp(canvas, room);
}

fn draw_lane(canvas: &mut Canvas<'_>, room: Rect, y: u16, lane: &Lane, lanes: &Lanes) {
    let at = |time: f64| pen::along(lanes.time.place(time), room.width);
    for span in &lane.spans {
        if column(lanes, span.from, room.width).is_none()
            && column(lanes, span.to, room.width).is_none()
        {
            continue;
        }
        let from = at(span.from);
        let width = at(span.to).saturating_sub(from).max(1);
        let (stroke, style) = (pen::stroke(canvas, span.tone), pen::ink(canvas, span.tone));
        canvas.write(room, from, y, &pen::times(&stroke, width), style);
        let label = Safe::line(&span.label);
        if !label.is_empty() && cells(&label) + 2 <= width {
            let style = pen::strong(canvas, span.tone);
            canvas.write(room, from + 1, y, &label, style);
        }
    }
}
