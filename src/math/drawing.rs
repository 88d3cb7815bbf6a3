//! Rows of equal width with a baseline, and how they are put together.

use crate::text;

/// A drawing of text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Drawing {
    /// Every row has the same width; at least one.
    pub(crate) rows: Vec<String>,
    /// Cells.
    pub(crate) width: usize,
    /// The row that stands on the line of the formula.
    pub(crate) base: usize,
}

impl Drawing {
    /// One row.
    pub(crate) fn line(text: impl Into<String>) -> Self {
        let text = text.into();
        let width = text::width(&text);
        Self { rows: vec![text], width, base: 0 }
    }

    /// A column of characters, each one cell wide.
    pub(crate) fn column(characters: &[char], base: usize) -> Self {
        Self { rows: characters.iter().map(char::to_string).collect(), width: 1, base }
    }

    pub(crate) fn height(&self) -> usize {
        self.rows.len()
    }

    /// Rows above the baseline.
    fn above(&self) -> usize {
        self.base
    }

    /// Rows below the baseline.
    pub(crate) fn below(&self) -> usize {
        self.rows.len().saturating_sub(self.base + 1)
    }

    /// Another drawing at its right, on the same baseline.
    pub(crate) fn beside(&mut self, other: &Self) {
        let above = self.above().max(other.above());
        let below = self.below().max(other.below());
        self.grow(above, below);
        for (at, row) in self.rows.iter_mut().enumerate() {
            let theirs = (at + other.base).checked_sub(above).and_then(|at| other.rows.get(at));
            match theirs {
                Some(theirs) => row.push_str(theirs),
                None => row.push_str(&" ".repeat(other.width)),
            }
        }
        self.width += other.width;
    }

    /// `cells` of nothing at its right.
    pub(crate) fn space(&mut self, cells: usize) {
        self.beside(&Self::line(" ".repeat(cells)));
    }

    /// At least so many rows above and below the baseline.
    pub(crate) fn grow(&mut self, above: usize, below: usize) {
        let blank = " ".repeat(self.width);
        let more = above.saturating_sub(self.above());
        self.rows.splice(0..0, std::iter::repeat_n(blank.clone(), more));
        self.base += more;
        let more = below.saturating_sub(self.below());
        self.rows.extend(std::iter::repeat_n(blank, more));
    }

    /// In the middle of `width` cells.
    pub(crate) fn centred(&self, width: usize) -> Self {
        let left = width.saturating_sub(self.width) / 2;
        self.padded(left, width.saturating_sub(self.width + left))
    }

    /// With cells of nothing at its sides.
    pub(crate) fn padded(&self, left: usize, right: usize) -> Self {
        let row = |row: &String| format!("{}{row}{}", " ".repeat(left), " ".repeat(right));
        Self {
            rows: self.rows.iter().map(row).collect(),
            width: self.width + left + right,
            base: self.base,
        }
    }

    /// One under the other, each in the middle; the baseline is that of the one called `base`.
    pub(crate) fn stack(parts: &[&Self], base: usize) -> Self {
        let width = parts.iter().map(|part| part.width).max().unwrap_or(0);
        let mut rows = vec![];
        let mut line = 0;
        for (at, part) in parts.iter().enumerate() {
            if at == base {
                line = rows.len() + part.base;
            }
            rows.extend(part.centred(width).rows);
        }
        Self { rows, width, base: line }
    }
}
