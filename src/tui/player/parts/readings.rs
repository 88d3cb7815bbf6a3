//! The readings, and beside each the one of the state that is kept to compare with.

use ratatui::layout::Rect;

use crate::labs::picture::{Picture, Reading};
use crate::text::Safe;
use crate::theme::Part;
use crate::tui::canvas::Canvas;
use crate::tui::player::arrange::Need;
use crate::tui::player::pen::{self, cells};

/// Cells of a reading where they stand side by side, in three rows.
const TILE: u16 = 24;

/// Cells of a reading in one row.
const ROW: u16 = 34;

fn across(count: usize, width: u16, cells: u16) -> u16 {
    (width / cells).min(crate::text::cells(count)).max(1)
}

/// Three rows each, side by side; with less room a row each.
pub(in crate::tui::player) fn need(picture: &Picture, width: u16) -> Need {
    let count = picture.readings.len();
    let rows = |cells| count.div_ceil(usize::from(across(count, width, cells)));
    let least = crate::text::cells(rows(ROW));
    let best = if width < 2 * TILE { least } else { crate::text::cells(3 * rows(TILE)) };
    Need { least, best: best.max(least), grows: false }
}

/// The reading of the kept state that stands beside this one.
fn before<'a>(reading: &Reading, pin: Option<&'a Picture>) -> Option<&'a Reading> {
    let kept = pin?.readings.iter().find(|it| it.id == reading.id)?;
    (kept.text != reading.text).then_some(kept)
}

/// Draws them.
pub(in crate::tui::player) fn draw(
    canvas: &mut Canvas<'_>,
    area: Rect,
    picture: &Picture,
    pin: Option<&Picture>,
) {
    let count = picture.readings.len();
    let is_tiled = area.width >= 2 * TILE && need(picture, area.width).best <= area.height;
    let (cells, height) = if is_tiled { (TILE, 3) } else { (ROW, 1) };
    let columns = across(count, area.width, cells);
    let width = area.width / columns;
    for (at, reading) in (0u16..).zip(&picture.readings) {
        let (x, y) = (at % columns * width, (at / columns).saturating_mul(height));
        if y >= area.height {
            break;
        }
        let gap = if columns > 1 { if is_tiled { 1 } else { 3 } } else { 0 };
        let tile = Rect {
            x: area.x + x,
            y: area.y + y,
            width: width.saturating_sub(gap),
            height: height.min(area.height - y),
        };
        let draw = if is_tiled { draw_tile } else { draw_row };
        draw(canvas, tile, reading, before(reading, pin));
    }
}

fn draw_tile(canvas: &mut Canvas<'_>, tile: Rect, reading: &Reading, before: Option<&Reading>) {
    canvas.part(tile, 0, 0, &Safe::line(&reading.label), Part::Dim);
    let (text, style) = (value(canvas, reading), pen::strong(canvas, reading.tone));
    let x = canvas.write(tile, 0, 1, &text, style);
    canvas.part(tile, x, 1, &kept(before), Part::Text);
    canvas.part(tile, 0, 2, &Safe::line(&reading.note), Part::Dim);
}

/// What the reading was in the kept state, when it was another.
fn kept(before: Option<&Reading>) -> Safe {
    before.map_or(Safe::default(), |it| Safe::from("  kept ").then(&Safe::line(&it.text)))
}

fn draw_row(canvas: &mut Canvas<'_>, row: Rect, reading: &Reading, before: Option<&Reading>) {
    let (text, style) = (value(canvas, reading), pen::strong(canvas, reading.tone));
    let (note, kept) = (Safe::line(&reading.note), kept(before));
    let label = Safe::line(&reading.label);
    let room = row.width.saturating_sub(cells(&text) + 2);
    let mut right = row.width;
    // What it was matters more than the end of a long name, and that more than a remark.
    let name = cells(&label);
    for (text, name, part) in [(kept, name.min(10), Part::Text), (note, name, Part::Dim)] {
        let wanted = cells(&text) + 2 + name;
        if !text.is_empty() && wanted <= room && right == row.width {
            let style = canvas.theme.part(part);
            right = canvas.write_right(row, right, 0, &text, style).saturating_sub(2);
        }
    }
    let right = canvas.write_right(row, right, 0, &text, style).saturating_sub(1);
    canvas.part(Rect { width: right, ..row }, 0, 0, &label, Part::Dim);
}

fn value(canvas: &Canvas<'_>, reading: &Reading) -> Safe {
    let sign = pen::sign(canvas, reading.tone);
    let gap = if sign.is_empty() { "" } else { " " };
    Safe::line(&reading.text).then(&Safe::from(gap)).then(&sign)
}
