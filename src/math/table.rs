//! Matrices, cases and aligned equations in two dimensions.

use crate::math::drawing::Drawing;
use crate::math::node::{Lines, Node, Side};
use crate::math::rows::drawing;

/// The cells in their columns, `gap` cells between two, with lines where they are asked for.
pub(crate) fn drawn(rows: &[Vec<Node>], columns: &[Side], gap: usize, lines: &Lines) -> Drawing {
    let cells: Vec<Vec<Drawing>> =
        rows.iter().map(|row| row.iter().map(drawing).collect()).collect();
    let count = cells.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        cells.iter().filter_map(|row| row.get(column)).map(|cell| cell.width).max().unwrap_or(0)
    };
    let grid = Grid { widths: (0..count).map(width).collect(), columns, gap, lines };
    let drawn: Vec<Drawing> = cells.iter().map(|row| grid.row(row)).collect();
    if drawn.is_empty() {
        return Drawing::line("");
    }
    let airy = drawn.iter().any(|line| line.height() > 1);
    let height = drawn.len();
    let mut out = Drawing { rows: vec![], width: grid.row(&[]).width, base: 0 };
    for (at, line) in drawn.into_iter().enumerate() {
        if lines.rows.contains(&at) {
            out.rows.push(grid.rule(at, height));
        } else if at > 0 && airy {
            out.rows.extend(grid.row(&[]).rows);
        }
        out.rows.extend(line.rows);
    }
    if lines.rows.contains(&height) {
        out.rows.push(grid.rule(height, height));
    }
    out.base = out.rows.len().saturating_sub(1) / 2;
    out
}

struct Grid<'a> {
    widths: Vec<usize>,
    columns: &'a [Side],
    gap: usize,
    lines: &'a Lines,
}

impl Grid<'_> {
    /// Cells side by side on their baseline; a missing one is blank.
    fn row(&self, cells: &[Drawing]) -> Drawing {
        let above = cells.iter().map(|cell| cell.base).max().unwrap_or(0);
        let below = cells.iter().map(Drawing::below).max().unwrap_or(0);
        let line = Drawing::column(&vec!['│'; above + 1 + below], above);
        let mut out = Drawing::line("");
        for column in 0..=self.widths.len() {
            let (before, after) = self.around(column);
            out.space(before);
            if self.lines.columns.contains(&column) {
                out.beside(&line);
            }
            out.space(after);
            let Some(width) = self.widths.get(column) else { continue };
            let nothing = Drawing::line("");
            let cell = cells.get(column).unwrap_or(&nothing);
            let room = width.saturating_sub(cell.width);
            let side = self.columns.get(column).or(self.columns.last()).unwrap_or(&Side::Center);
            out.beside(&match side {
                Side::Left => cell.padded(0, room),
                Side::Center => cell.centred(*width),
                Side::Right => cell.padded(room, 0),
            });
        }
        out
    }

    /// A level line before row `at` of `height`.
    fn rule(&self, at: usize, height: usize) -> String {
        let mut out = String::new();
        for column in 0..=self.widths.len() {
            let (before, after) = self.around(column);
            out.push_str(&"─".repeat(before));
            if self.lines.columns.contains(&column) {
                let (first, last) = (column == 0, column == self.widths.len());
                out.push(match (at == 0, at == height) {
                    (true, _) if first => '┌',
                    (true, _) if last => '┐',
                    (true, _) => '┬',
                    (_, true) if first => '└',
                    (_, true) if last => '┘',
                    (_, true) => '┴',
                    _ if first => '├',
                    _ if last => '┤',
                    _ => '┼',
                });
            }
            out.push_str(&"─".repeat(after + self.widths.get(column).copied().unwrap_or(0)));
        }
        out
    }

    /// Cells of nothing before and after the line before a column; together its distance.
    fn around(&self, column: usize) -> (usize, usize) {
        let (first, last) = (column == 0, column == self.widths.len());
        if self.lines.columns.contains(&column) {
            return (usize::from(!first), usize::from(!last));
        }
        if first || last { (0, 0) } else { (self.between(column), 0) }
    }

    /// An aligned equation's left and right side stand together; its pairs stand apart.
    fn between(&self, column: usize) -> usize {
        match (self.columns, column % 2) {
            ([Side::Right, Side::Left, ..], 1) => self.gap,
            ([Side::Right, Side::Left, ..], _) => self.gap + 3,
            _ => self.gap,
        }
    }
}
