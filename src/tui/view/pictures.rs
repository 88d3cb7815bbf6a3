//! Pictures over the room that layout made for them.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::layout::{Line, Place, Row};
use crate::paint::{self, Slot};
use crate::text;
use crate::tui::canvas::Canvas;
use crate::tui::picture::{Drawn, Form, Shown};
use crate::tui::reading::Reading;

/// Draws the pictures that are in sight and in the terminal's form. Every other one shows its
/// text, and so does one that is selected, and all of them while letters lie over the links.
pub(super) fn draw(canvas: &mut Canvas<'_>, column: Rect, reading: &Reading) {
    if reading.hints.is_some() || reading.selection.is_some() {
        return;
    }
    for (leaf, place) in reading.pictures_on_screen() {
        let rows = rows_of(place, leaf, column, reading.visible());
        let picture = reading.picture_in(place);
        let picture = picture.filter(|_| reading.link != Some(place.link));
        if !picture.is_some_and(|picture| hang(canvas, column, (place, &rows), picture)) {
            tell(canvas, column, (leaf, place, &rows), reading);
        }
    }
}

/// The rows of a picture's room that are in sight: where on the screen, and which.
fn rows_of(place: Place, leaf: usize, column: Rect, visible: &[Row]) -> Vec<(u16, usize)> {
    let rows = (column.y..column.bottom()).zip(visible).filter(|(_, row)| row.block == leaf);
    let room = place.row..place.row + place.room;
    rows.filter(|(_, row)| room.contains(&row.row))
        .map(|(y, row)| (y, row.row - place.row))
        .collect()
}

/// Says what the empty room is of, where the text at its top is out of sight.
fn tell(
    canvas: &mut Canvas<'_>,
    column: Rect,
    (leaf, place, rows): (usize, Place, &[(u16, usize)]),
    reading: &Reading,
) {
    let Some((y, row)) = rows.first() else { return };
    let line = |row: usize| reading.line(Row { block: leaf, row: place.row + row });
    let is_empty = |line: &Line| line.spans.iter().all(|span| span.text.trim().is_empty());
    if *row > 0
        && line(*row).is_some_and(is_empty)
        && let Some(text) = line(0)
    {
        let slot = Slot { x: column.x, y: *y, width: column.width };
        paint::line(canvas.buffer, slot, text, &canvas.theme, &[]);
    }
}

/// Whether the picture could be drawn there; then it is.
fn hang(
    canvas: &mut Canvas<'_>,
    column: Rect,
    (place, rows): (Place, &[(u16, usize)]),
    picture: &Arc<Drawn>,
) -> bool {
    let x = column.x + text::cells(place.x);
    let area = Rect { x, width: place.width.min(column.right().saturating_sub(x)), ..column };
    let Some((first, _)) = rows.first() else { return false };
    let height = match picture.form {
        Form::Cells { .. } => text::cells(rows.len()),
        Form::Whole(_) => place.height,
    };
    let area = Rect { y: *first, height, ..area };
    if matches!(picture.form, Form::Whole(_)) {
        // Cut, it cannot be written; and below the last row, the terminal would scroll.
        let is_whole = rows.len() == place.room && area.width == place.width;
        if !is_whole || area.bottom() >= canvas.buffer.area.bottom() {
            return false;
        }
    }
    for (y, row) in rows {
        canvas.blank(Rect { x, y: *y, width: column.right().saturating_sub(x), height: 1 });
        if let (Form::Cells { cells, .. }, Ok(row)) = (&picture.form, u16::try_from(*row)) {
            copy(canvas, cells, (row, Rect { y: *y, height: 1, ..area }));
        }
    }
    canvas.pictures.push(Shown { area, picture: Arc::clone(picture) });
    true
}

/// Copies a row of cells to where it is shown.
fn copy(canvas: &mut Canvas<'_>, cells: &Buffer, (row, area): (u16, Rect)) {
    for at in 0..area.width {
        let to = canvas.buffer.cell_mut((area.x + at, area.y));
        if let (Some(from), Some(to)) = (cells.cell((at, row)), to) {
            *to = from.clone();
        }
    }
}
