//! The readings, and beside each the one of the state that is kept to compare with.

use ratatui::layout::Rect;

use crate::labs::picture::{Picture, Reading};
use crate::text::Safe;
use crate::theme::Part;
use crate::tui::canvas::Canvas;
use crate::tui::player::arrange::Need;
use crate::tui::player::pen::{self, cells};

/// Cells of a reading where they stand side by side.
const TILE: u16 = 24;

fn columns(count: usize, width: u16) -> u16 {
    if width < 2 * TILE { 1 } else { (width / TILE).min(crate::text::cells(count)).max(1) }
}

/// Three rows each, side by side; a row each in a narrow column.
pub(in crate::tui::player) fn need(picture: &Picture, pin: Option<&Picture>, width: u16) -> Need {
    let count = picture.readings.len();
    let columns = columns(count, width);
    if columns == 1 {
        return Need { least: 1, ..Need::exactly(count + kept(picture, pin).count()) };
    }
    let tiles = count.div_ceil(usize::from(columns));
    Need { least: 2, ..Need::exactly(tiles * if pin.is_some() { 4 } else { 3 }) }
}

/// The readings that differ from the kept state.
fn kept<'a>(picture: &'a Picture, pin: Option<&'a Picture>) -> impl Iterator<Item = &'a Reading> {
    picture.readings.iter().filter_map(move |it| before(it, pin))
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
    let columns = columns(picture.readings.len(), area.width);
    if columns == 1 {
        return list(canvas, area, picture, pin);
    }
    let (width, height) = (area.width / columns, if pin.is_some() { 4 } else { 3 });
    for (at, reading) in (0u16..).zip(&picture.readings) {
        let (x, y) = (at % columns * width, at / columns * height);
        if y + 1 >= area.height {
            break;
        }
        let tile = Rect {
            x: area.x + x,
            y: area.y + y,
            width: width.saturating_sub(1),
            height: height.min(area.height - y),
        };
        draw_tile(canvas, tile, reading, before(reading, pin));
    }
}

fn draw_tile(canvas: &mut Canvas<'_>, tile: Rect, reading: &Reading, before: Option<&Reading>) {
    canvas.part(tile, 0, 0, &Safe::line(&reading.label), Part::Dim);
    let (text, style) = (value(canvas, reading), pen::strong(canvas, reading.tone));
    canvas.write(tile, 0, 1, &text, style);
    if tile.height > 2 {
        canvas.part(tile, 0, 2, &Safe::line(&reading.note), Part::Dim);
    }
    if let Some(before) = before.filter(|_| tile.height > 3) {
        canvas.part(tile, 0, 3, &Safe::from("kept: ").then(&Safe::line(&before.text)), Part::Text);
    }
}

fn value(canvas: &Canvas<'_>, reading: &Reading) -> Safe {
    let sign = pen::sign(canvas, reading.tone);
    let gap = if sign.is_empty() { "" } else { " " };
    Safe::line(&reading.text).then(&Safe::from(gap)).then(&sign)
}

/// One below the other.
fn list(canvas: &mut Canvas<'_>, area: Rect, picture: &Picture, pin: Option<&Picture>) {
    let mut y = 0;
    for reading in &picture.readings {
        if y >= area.height {
            break;
        }
        let (text, style) = (value(canvas, reading), pen::strong(canvas, reading.tone));
        let mut right = area.width;
        let note = Safe::line(&reading.note);
        let room = cells(&reading.label) + cells(&text) + cells(&note) + 4;
        if !note.is_empty() && room <= area.width {
            right = canvas.write_right(area, right, y, &note, canvas.theme.part(Part::Dim));
            right = right.saturating_sub(2);
        }
        let right = canvas.write_right(area, right, y, &text, style).saturating_sub(1);
        let left = Rect { width: right, ..area };
        canvas.part(left, 0, y, &Safe::line(&reading.label), Part::Dim);
        y += 1;
        if let Some(before) = before(reading, pin) {
            let text = Safe::from("kept: ").then(&Safe::line(&before.text));
            canvas.write_right(area, area.width, y, &text, canvas.theme.part(Part::Text));
            y += 1;
        }
    }
}
