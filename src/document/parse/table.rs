//! Tables while they are read, and what becomes of those too big to lay out at once.

use std::ops::Range;

use pulldown_cmark::Alignment;

use crate::document::{Align, BlockKind, LEAF_BYTES, Prose, Table};

/// More columns than any page can show.
const MAX_COLUMNS: usize = 128;

/// The rows that were read so far.
#[derive(Default)]
pub(super) struct Rows {
    table: Table,
    source: Range<usize>,
}

impl Rows {
    pub(super) fn open(&mut self, columns: &[Alignment], source: Range<usize>) {
        let columns = columns.iter().map(|column| match column {
            Alignment::Center => Align::Center,
            Alignment::Right => Align::Right,
            Alignment::None | Alignment::Left => Align::Left,
        });
        *self = Self { table: Table { columns: columns.collect(), rows: vec![] }, source };
    }

    pub(super) fn begin(&mut self) {
        self.table.rows.push(vec![]);
    }

    pub(super) fn cell(&mut self, cell: Prose) {
        if let Some(row) = self.table.rows.last_mut() {
            row.push(cell);
        }
    }

    pub(super) fn close(&mut self) -> (Table, Range<usize>) {
        let Self { mut table, source } = std::mem::take(self);
        for row in &mut table.rows {
            row.resize(table.columns.len(), Prose::default());
        }
        (table, source)
    }
}

/// The table; or, where it is too wide for any page or a row too big, a paragraph per cell.
pub(super) fn fitted(table: Table) -> Vec<BlockKind> {
    let big = |row: &Vec<Prose>| {
        row.iter().map(|cell| cell.text.len() + 1).sum::<usize>() > LEAF_BYTES / 4
    };
    if table.columns.len() <= MAX_COLUMNS && !table.rows.iter().any(big) {
        return vec![BlockKind::Table(table)];
    }
    let cells = table.rows.into_iter().flatten();
    cells.filter(|cell| !cell.text.is_empty()).map(BlockKind::Paragraph).collect()
}

/// Parts of a table that can be laid out at once, each with the head.
pub(super) fn parts(table: Table) -> Vec<Table> {
    let mut rows = table.rows.into_iter();
    let head = rows.next().unwrap_or_default();
    let size = |row: &[Prose]| row.iter().map(|cell| cell.text.len() + 1).sum::<usize>() + 1;
    let mut parts = vec![];
    let mut part = vec![head.clone()];
    let mut bytes = size(&head);
    for row in rows {
        if bytes + size(&row) > LEAF_BYTES && part.len() > 1 {
            parts.push(Table {
                columns: table.columns.clone(),
                rows: std::mem::replace(&mut part, vec![head.clone()]),
            });
            bytes = size(&head);
        }
        bytes += size(&row);
        part.push(row);
    }
    parts.push(Table { columns: table.columns, rows: part });
    parts
}
