//! A document at one width, laid out leaf by leaf as it is looked at.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::document::{BlockKind, Document};
use crate::layout::ornament::Ornaments;
use crate::layout::{Line, Manner, Measure, Position, Role, lay_out_in};
use crate::text::Safe;

/// The rows of a document at one width; those that were asked for so far.
///
/// Rows are named by the leaf they belong to and their number in it, never by a number in the
/// whole page, which nobody knows before all of it is laid out.
#[derive(Debug)]
pub struct Page {
    measure: Measure,
    leaves: Vec<Option<Vec<Line>>>,
    /// The `<details>` that show their summary only.
    folded: BTreeSet<usize>,
    manner: Manner,
}

/// A row: the leaf, and the row in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// Which leaf.
    pub block: usize,
    /// Which of its rows.
    pub row: usize,
}

impl Page {
    /// A page of `document` on which nothing is laid out yet.
    pub fn new(document: &Document, measure: Measure) -> Self {
        Self {
            measure,
            leaves: vec![None; document.blocks.len()],
            folded: BTreeSet::new(),
            manner: Manner::default(),
        }
    }

    /// Shows only the summaries of these `<details>`, named by their containers.
    pub fn fold(&mut self, folded: BTreeSet<usize>) {
        self.folded = folded;
        self.leaves.fill(None);
    }

    /// Sets code and tables in another manner.
    pub fn set_in(&mut self, manner: Manner) {
        self.manner = manner;
        self.leaves.fill(None);
    }

    /// How code and tables are set.
    pub fn manner(&self) -> Manner {
        self.manner
    }

    /// The `<details>` that show their summary only.
    pub fn folded(&self) -> &BTreeSet<usize> {
        &self.folded
    }

    /// How it is set.
    pub fn measure(&self) -> Measure {
        self.measure
    }

    /// The rows of one leaf.
    pub fn rows(&mut self, document: &Document, block: usize) -> &[Line] {
        let (set, folded) = ((self.measure, self.manner), &self.folded);
        match self.leaves.get_mut(block) {
            Some(leaf) => leaf.get_or_insert_with(|| leaf_rows(document, block, set, folded)),
            None => &[],
        }
    }

    /// A row that has been laid out.
    pub fn line(&self, row: Row) -> Option<&Line> {
        self.leaves.get(row.block)?.as_ref()?.get(row.row)
    }

    /// The row that shows `position`: the last one of its leaf that begins at or before it, so
    /// never a blank row above the leaf.
    pub fn row_of(&mut self, document: &Document, position: Position) -> Row {
        let block = position.block.min(self.leaves.len().saturating_sub(1));
        // What is folded away is at its summary.
        let shown = (0..=block).rev().find(|it| !self.rows(document, *it).is_empty());
        let (block, position) = match shown {
            Some(shown) if shown != block => (shown, Position { block: shown, offset: 0 }),
            _ => (block, position),
        };
        let rows = self.rows(document, block);
        let below = rows.partition_point(|line| line.start <= position.offset);
        Row { block, row: below.saturating_sub(1) }
    }

    /// What the row begins with.
    pub fn position_of(&self, row: Row) -> Position {
        let offset = self.line(row).map_or(0, |line| line.start);
        Position { block: row.block, offset }
    }

    /// The row `by` rows below `row` (above it, when negative), stopping at the page's ends.
    pub fn step(&mut self, document: &Document, row: Row, by: isize) -> Row {
        let mut at = row;
        for _ in 0..by.unsigned_abs() {
            let next = if by < 0 { self.above(document, at) } else { self.below(document, at) };
            match next {
                Some(row) => at = row,
                None => break,
            }
        }
        at
    }

    /// The row below, if there is one.
    pub fn below(&mut self, document: &Document, at: Row) -> Option<Row> {
        if at.row + 1 < self.rows(document, at.block).len() {
            return Some(Row { row: at.row + 1, ..at });
        }
        let next = (at.block + 1..self.leaves.len())
            .find(|block| !self.rows(document, *block).is_empty())?;
        Some(Row { block: next, row: 0 })
    }

    /// The row above, if there is one.
    pub fn above(&mut self, document: &Document, at: Row) -> Option<Row> {
        if let Some(row) = at.row.checked_sub(1) {
            return Some(Row { row, ..at });
        }
        let before = (0..at.block.min(self.leaves.len()))
            .rev()
            .find(|block| !self.rows(document, *block).is_empty())?;
        let row = self.rows(document, before).len().saturating_sub(1);
        Some(Row { block: before, row })
    }

    /// The last row.
    pub fn last(&mut self, document: &Document) -> Row {
        let end = Row { block: self.leaves.len(), row: 0 };
        self.above(document, end).unwrap_or_default()
    }

    /// `height` rows from `top` on; fewer at the end.
    pub fn window(&mut self, document: &Document, top: Row, height: usize) -> Vec<Row> {
        let mut rows = vec![];
        let mut next = (!self.rows(document, top.block).is_empty()).then_some(top);
        while let Some(row) = next.filter(|_| rows.len() < height) {
            rows.push(row);
            next = self.below(document, row);
        }
        rows
    }

    /// Every row, laid out now. For pipes and exports, not for the screen.
    pub fn all(&mut self, document: &Document) -> Vec<Row> {
        let blocks: Range<usize> = 0..self.leaves.len();
        let mut rows = vec![];
        for block in blocks {
            let count = self.rows(document, block).len();
            rows.extend((0..count).map(|row| Row { block, row }));
        }
        rows
    }
}

/// The rows of a leaf; none of one that is folded away.
fn leaf_rows(
    document: &Document,
    block: usize,
    (measure, manner): (Measure, Manner),
    folded: &BTreeSet<usize>,
) -> Vec<Line> {
    let is_summary =
        document.blocks.get(block).is_some_and(|it| matches!(it.kind, BlockKind::Summary(_)));
    let mut closed = false;
    for (depth, (container, _)) in document.around(block).enumerate() {
        if folded.contains(&container) {
            if depth > 0 || !is_summary {
                return vec![];
            }
            closed = true;
        }
    }
    let mut rows = lay_out_in(document, block, measure, manner);
    if closed {
        close(&mut rows, measure);
    }
    rows
}

/// Turns the sign before a summary.
fn close(rows: &mut [Line], measure: Measure) {
    let ornaments = Ornaments::of(measure);
    let signs = rows.iter_mut().flat_map(|row| &mut row.spans);
    let sign = signs
        .rev()
        .find(|span| span.role == Role::Marker && span.text.starts_with(ornaments.unfolded));
    if let Some(sign) = sign {
        let rest = sign.text.slice(ornaments.unfolded.len()..sign.text.len());
        sign.text = Safe::from(ornaments.folded).then(&rest);
    }
}
