//! A table or a matrix, with cells that can be pressed.

use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use crate::labs::picture::{Cell, Grid};
use crate::text::Safe;
use crate::theme::Part;
use crate::tui::canvas::Canvas;
use crate::tui::player::parts::Look;
use crate::tui::player::pen::{self, Choice, cells};

/// Draws the columns and rows around what is selected or in work, when not all fit.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, grid: &Grid, look: Look<'_>) {
    let heads = grid.heads.iter().map(|it| cells(it)).max().unwrap_or(0).min(area.width / 2);
    let left = if heads > 0 { heads + 1 } else { 0 };
    let above = u16::from(!grid.columns.is_empty());
    let body = Rect {
        x: area.x + left,
        y: area.y + above,
        width: area.width - left,
        height: area.height.saturating_sub(above),
    };
    let widths = widths(canvas, grid);
    let (row, column) = look.selected().or_else(|| now(grid)).unwrap_or_default();
    let first_row = row.saturating_sub(usize::from(body.height.saturating_sub(1)));
    let first_column = first_column(&widths, column, body.width);
    let shown = widths.iter().copied().enumerate().skip(first_column);
    let mut x = 0;
    for (column, width) in shown {
        if x >= body.width {
            break;
        }
        if let (Some(head), 1) = (grid.columns.get(column), above) {
            let dim = canvas.theme.part(Part::Dim);
            let row = Rect { y: area.y, height: 1, ..body };
            canvas.write_right(row, (x + width - 1).min(body.width), 0, &Safe::line(head), dim);
        }
        let slot = Rect { x: body.x + x, width: width.min(body.width - x), ..body };
        for (y, (at, row)) in (0..body.height).zip(grid.rows.iter().enumerate().skip(first_row)) {
            if let Some(cell) = row.get(column) {
                let slot = Rect { y: slot.y + y, height: 1, ..slot };
                draw_cell(canvas, slot, cell, look.is_selected((at, column)).into());
            }
        }
        x += width;
    }
    for (y, head) in (0..body.height).zip(grid.heads.iter().skip(first_row)) {
        let dim = canvas.theme.part(Part::Dim);
        let column = Rect { y: body.y, height: body.height, ..area };
        canvas.write_right(column, heads, y, &Safe::line(head), dim);
    }
}

/// The width of each column, with a cell at either side.
fn widths(canvas: &Canvas<'_>, grid: &Grid) -> Vec<u16> {
    let count = grid.rows.iter().map(Vec::len).max().unwrap_or(0).min(500);
    let inside = |cell: &Cell| cells(&cell.text) + cells(&pen::sign(canvas, cell.tone));
    let width = |column: usize| {
        let texts = grid.rows.iter().filter_map(|row| row.get(column)).map(inside);
        let head = grid.columns.get(column).map(|it| cells(it));
        2 + texts.chain(head).max().unwrap_or(1).max(1)
    };
    (0..count).map(width).collect()
}

/// The first cell in work.
fn now(grid: &Grid) -> Option<(usize, usize)> {
    let rows = grid.rows.iter().enumerate();
    rows.flat_map(|(y, row)| row.iter().enumerate().map(move |(x, cell)| ((y, x), cell)))
        .find(|(_, cell)| cell.is_now)
        .map(|(at, _)| at)
}

/// The first column shown, so that `wanted` is in sight.
fn first_column(widths: &[u16], wanted: usize, room: u16) -> usize {
    let mut first = 0;
    while first < wanted && pen::sum(widths.iter().take(wanted + 1).skip(first).copied()) > room {
        first += 1;
    }
    first
}

fn draw_cell(canvas: &mut Canvas<'_>, slot: Rect, cell: &Cell, choice: Choice) {
    let text = Safe::line(&cell.text).then(&pen::sign(canvas, cell.tone));
    let mut style =
        if cell.tone.is_some() { pen::strong(canvas, cell.tone) } else { canvas.theme.ground() };
    if cell.is_now {
        style = style.add_modifier(Modifier::REVERSED | Modifier::BOLD);
    }
    let right = slot.width.saturating_sub(1);
    let x = canvas.write_right(slot, right, 0, &text, style);
    if choice == Choice::Selected {
        let accent = canvas.theme.part(Part::Accent);
        canvas.write(slot, x.saturating_sub(1), 0, &Safe::from("["), accent);
        canvas.write(slot, right, 0, &Safe::from("]"), accent);
        canvas.cursor = Some((Position::new(slot.x + x.min(right), slot.y), false));
    }
}
