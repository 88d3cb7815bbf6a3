//! A table or a matrix, with cells that can be pressed.

use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use crate::labs::picture::{Cell, Grid};
use crate::text::Safe;
use crate::theme::Part;
use crate::tui::canvas::Canvas;
use crate::tui::player::arrange::Need;
use crate::tui::player::parts::Look;
use crate::tui::player::pen::{self, Choice, cells};

/// Columns that stand side by side.
type Band = std::ops::Range<usize>;

/// The rows it takes at this width: columns that do not fit stand below the others.
pub(super) fn need(grid: &Grid, width: u16) -> Need {
    let bands = bands(grid, &widths(grid), width.saturating_sub(left(grid, width))).len();
    let rows = grid.rows.len() + above(grid);
    let need = Need::exactly(bands * (rows + 1).saturating_sub(usize::from(bands == 1)));
    Need { best: need.best.min(60), ..need }
}

fn above(grid: &Grid) -> usize {
    usize::from(!grid.columns.is_empty())
}

/// Cells of the heads at the left.
fn left(grid: &Grid, width: u16) -> u16 {
    let heads = grid.heads.iter().map(|it| cells(it)).max().unwrap_or(0).min(width / 2);
    if heads > 0 { heads + 1 } else { 0 }
}

fn bands(grid: &Grid, widths: &[u16], room: u16) -> Vec<Band> {
    let count = grid.rows.iter().map(Vec::len).max().unwrap_or(0).min(widths.len());
    let (mut bands, mut from, mut used): (Vec<Band>, usize, u16) = (vec![], 0, 0);
    for (at, width) in widths.iter().copied().enumerate().take(count) {
        if at > from && used.saturating_add(width) > room {
            bands.push(from..at);
            (from, used) = (at, 0);
        }
        used = used.saturating_add(width);
    }
    if count > 0 {
        bands.push(from..count);
    }
    bands
}

/// Draws it, from the columns and rows on that are selected or in work when not all fit.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, grid: &Grid, look: Look<'_>) {
    let widths = widths(grid);
    let bands = bands(grid, &widths, area.width.saturating_sub(left(grid, area.width)));
    let rows = crate::text::cells(grid.rows.len() + above(grid));
    let (row, column) = look.selected().or_else(|| now(grid)).unwrap_or_default();
    let wanted = bands.iter().position(|it| it.contains(&column)).unwrap_or(0);
    let shown = usize::from((area.height + 1) / rows.saturating_add(1)).max(1);
    let first = if wanted < shown { 0 } else { wanted };
    let mut y = 0;
    for band in bands.iter().skip(first).take(shown) {
        let slot = Rect { y: area.y + y, height: rows.min(area.height - y), ..area };
        draw_band(canvas, slot, grid, (band, &widths), (row, look));
        y = y.saturating_add(rows + 1);
        if y >= area.height {
            break;
        }
    }
}

fn draw_band(
    canvas: &mut Canvas<'_>,
    area: Rect,
    grid: &Grid,
    (band, widths): (&Band, &[u16]),
    (wanted, look): (usize, Look<'_>),
) {
    let (left, above) = (left(grid, area.width), u16::from(above(grid) > 0));
    let body = Rect {
        x: area.x + left,
        y: area.y + above.min(area.height),
        width: area.width - left,
        height: area.height.saturating_sub(above),
    };
    let dim = canvas.theme.part(Part::Dim);
    let first = wanted.saturating_sub(usize::from(body.height.saturating_sub(1)));
    let mut x = 0;
    for column in band.clone() {
        let width = widths.get(column).copied().unwrap_or(0).min(body.width - x);
        let slot = Rect { x: body.x + x, width, ..body };
        if let (Some(head), 1) = (grid.columns.get(column), above) {
            let row = Rect { y: area.y, height: 1, ..slot };
            canvas.write_right(row, width.saturating_sub(1), 0, &Safe::line(head), dim);
        }
        for (y, (at, row)) in (0..body.height).zip(grid.rows.iter().enumerate().skip(first)) {
            if let Some(cell) = row.get(column) {
                let slot = Rect { y: slot.y + y, height: 1, ..slot };
                draw_cell(canvas, slot, cell, look.is_selected((at, column)).into());
            }
        }
        x += width;
    }
    for (y, head) in (0..body.height).zip(grid.heads.iter().skip(first)) {
        let heads = Rect { y: body.y, height: body.height, ..area };
        canvas.write_right(heads, left.saturating_sub(1), y, &Safe::line(head), dim);
    }
}

/// The width of each column, with a cell at either side.
fn widths(grid: &Grid) -> Vec<u16> {
    let count = grid.rows.iter().map(Vec::len).max().unwrap_or(0).min(500);
    let inside = |cell: &Cell| cells(&cell.text) + pen::sign_width(cell.tone);
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
