//! Pictures over the room that layout made for them.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::layout::{Place, Row};
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
        if let Some(picture) =
            reading.picture_in(place).filter(|_| reading.link != Some(place.link))
        {
            hang(canvas, column, (reading.visible(), leaf, place), picture);
        }
    }
}

fn hang(
    canvas: &mut Canvas<'_>,
    column: Rect,
    (visible, leaf, place): (&[Row], usize, Place),
    picture: &Arc<Drawn>,
) {
    let rows = (column.y..column.bottom()).zip(visible).filter(|(_, row)| row.block == leaf);
    let room = place.row..place.row + place.room;
    let rows: Vec<(u16, usize)> = rows
        .filter(|(_, row)| room.contains(&row.row))
        .map(|(y, row)| (y, row.row - place.row))
        .collect();
    let x = column.x + text::cells(place.x);
    let area = Rect { x, width: place.width.min(column.right().saturating_sub(x)), ..column };
    let Some((first, _)) = rows.first() else { return };
    match &picture.form {
        Form::Cells { cells, .. } => {
            for (y, row) in &rows {
                canvas.blank(Rect {
                    y: *y,
                    height: 1,
                    width: column.right().saturating_sub(x),
                    ..area
                });
                let Ok(row) = u16::try_from(*row) else { continue };
                for at in 0..area.width {
                    if let (Some(from), Some(to)) =
                        (cells.cell((at, row)), canvas.buffer.cell_mut((x + at, *y)))
                    {
                        *to = from.clone();
                    }
                }
            }
            let area = Rect { y: *first, height: text::cells(rows.len()), ..area };
            canvas.pictures.push(Shown { area, picture: Arc::clone(picture) });
        }
        // Cut, it cannot be written; and below the last row, the terminal would scroll.
        Form::Whole(_) => {
            let area = Rect { y: *first, height: place.height, ..area };
            let is_whole = rows.len() == place.room && area.width == place.width;
            if is_whole && area.bottom() < canvas.buffer.area.bottom() {
                for (y, _) in &rows {
                    canvas.blank(Rect {
                        x,
                        y: *y,
                        width: column.right().saturating_sub(x),
                        height: 1,
                    });
                }
                canvas.pictures.push(Shown { area, picture: Arc::clone(picture) });
            }
        }
    }
}
