//! Tables: columns as wide as their text asks for, cells that wrap, and where columns would
//! get too narrow, one record a row.

use crate::document::{Align, Document, Table};
use crate::layout::flow::Flow;
use crate::layout::ornament::Ornaments;
use crate::layout::{Line, Measure, Role, Span, prose};
use crate::text::{self, Safe};

/// A word up to this many cells is not cut for the sake of other columns.
const WORD: usize = 20;
/// Cells between two columns.
const BETWEEN: usize = 3;

/// The rows of a table.
pub(super) fn rows(document: &Document, table: &Table, measure: Measure) -> Vec<Line> {
    let between = table.columns.len().saturating_sub(1) * BETWEEN;
    let needs = needs((document, measure), table);
    let widths = measure.width.checked_sub(between).and_then(|room| share(&needs, room));
    let mut rows = match widths {
        Some(widths) => Grid { table, widths, measure }.rows(document),
        None => records(document, table, measure),
    };
    let mut start = 0;
    for row in &mut rows {
        start = start.max(row.start);
        row.start = start;
    }
    rows
}

fn cell(page: (&Document, Measure), table: &Table, row: usize, column: usize, at: usize) -> Flow {
    let role = if row == 0 { Role::TableHead } else { Role::Text };
    let mut flow = Flow::default();
    if let Some(prose) = table.rows.get(row).and_then(|row| row.get(column)) {
        flow.prose(page, prose, role, Some(at));
    }
    flow
}

/// What a column asks for, in cells.
#[derive(Debug, Clone, Copy, Default)]
struct Need {
    /// So that no word is cut.
    least: usize,
    /// So that nothing wraps.
    all: usize,
}

fn needs(page: (&Document, Measure), table: &Table) -> Vec<Need> {
    let mut needs = vec![Need { least: 1, all: 1 }; table.columns.len()];
    for row in 0..table.rows.len() {
        for (column, need) in needs.iter_mut().enumerate() {
            let flow = cell(page, table, row, column, 0);
            let words = flow.text.split([' ', '\n']).map(text::width);
            need.least = need.least.max(words.max().unwrap_or(0).min(WORD));
            need.all = need.all.max(flow.text.lines().map(text::width).max().unwrap_or(0));
        }
    }
    needs
}

/// The columns' widths, or none where words would have to be cut: everyone gets the least,
/// and the rest is shared by what is still missing.
fn share(needs: &[Need], room: usize) -> Option<Vec<usize>> {
    let least: usize = needs.iter().map(|need| need.least).sum();
    let missing: usize = needs.iter().map(|need| need.all - need.least.min(need.all)).sum();
    let spare = room.checked_sub(least)?.min(missing);
    let mut widths: Vec<usize> = vec![];
    for need in needs {
        let asked = need.all - need.least.min(need.all);
        widths.push(need.least + (spare * asked).checked_div(missing).unwrap_or(0));
    }
    let mut left = least + spare - widths.iter().sum::<usize>();
    for (width, need) in widths.iter_mut().zip(needs) {
        let more = left.min(1).min(need.all.saturating_sub(*width));
        *width += more;
        left -= more;
    }
    Some(widths)
}

struct Grid<'a> {
    table: &'a Table,
    widths: Vec<usize>,
    measure: Measure,
}

impl Grid<'_> {
    fn rows(&self, document: &Document) -> Vec<Line> {
        let offsets = self.table.offsets();
        let heights = offsets.iter().enumerate();
        let rows: Vec<Vec<Line>> =
            heights.map(|(row, offsets)| self.row(document, row, offsets)).collect();
        let parted = rows.iter().skip(1).any(|row| row.len() > 1);
        let mut lines = vec![];
        for (number, row) in rows.into_iter().enumerate() {
            if number == 1 || (number > 1 && parted) {
                lines.push(self.rule());
            }
            lines.extend(row);
        }
        lines
    }

    fn row(&self, document: &Document, row: usize, offsets: &[usize]) -> Vec<Line> {
        let cells: Vec<Vec<Line>> = offsets
            .iter()
            .zip(&self.widths)
            .enumerate()
            .map(|(column, (at, width))| {
                let page = (document, self.measure);
                prose::rows(&cell(page, self.table, row, column, *at), *width)
            })
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(1).max(1);
        let start = offsets.first().copied().unwrap_or(0);
        let mut lines = vec![];
        for line in 0..height {
            let parts: Vec<Option<&Line>> = cells.iter().map(|cell| cell.get(line)).collect();
            lines.push(self.line(&parts, start));
        }
        lines
    }

    /// One row of cells; `start` if no text is in it.
    fn line(&self, cells: &[Option<&Line>], start: usize) -> Line {
        let column = Safe::from(" ")
            .then(&Safe::from(Ornaments::of(self.measure).column))
            .then(&Safe::from(" "));
        let mut spans = vec![];
        for (number, (cell, width)) in cells.iter().zip(&self.widths).enumerate() {
            if number > 0 {
                spans.push(Span::ornament(column.clone(), Role::Rule));
            }
            let align = self.table.columns.get(number).copied().unwrap_or_default();
            let text = cell.map(|cell| cell.spans.as_slice()).unwrap_or_default();
            let space = width.saturating_sub(text.iter().map(|span| text::width(&span.text)).sum());
            let before = match align {
                Align::Left => 0,
                Align::Center => space / 2,
                Align::Right => space,
            };
            spans.extend(blank(before));
            spans.extend(text.iter().cloned());
            spans.extend(blank(space - before));
        }
        while spans.last().is_some_and(|span| span.at.is_none() && span.text.trim().is_empty()) {
            spans.pop();
        }
        let start = spans.iter().filter_map(|span| span.at).min().unwrap_or(start);
        Line { spans, start }
    }

    fn rule(&self) -> Line {
        let ornaments = Ornaments::of(self.measure);
        let mut rule = Safe::default();
        for (number, width) in self.widths.iter().enumerate() {
            if number > 0 {
                rule.push(&Safe::from(ornaments.rule));
                rule.push(&Safe::from(ornaments.cross));
                rule.push(&Safe::from(ornaments.rule));
            }
            rule.push(&Safe::repeat(ornaments.rule, *width));
        }
        Line { spans: vec![Span::ornament(rule, Role::Rule)], start: 0 }
    }
}

fn blank(cells: usize) -> Option<Span> {
    (cells > 0).then(|| Span::ornament(Safe::repeat(" ", cells), Role::Text))
}

/// A line for each cell, with the head of its column before it; a short rule between rows.
fn records(document: &Document, table: &Table, measure: Measure) -> Vec<Line> {
    let offsets = table.offsets();
    let only_head = usize::from(table.rows.len() > 1);
    let mut lines: Vec<Line> = vec![];
    for (row, offsets) in offsets.iter().enumerate().skip(only_head) {
        if !lines.is_empty() {
            let rule = Safe::repeat(Ornaments::of(measure).rule, measure.width.min(3));
            lines.push(Line { spans: vec![Span::ornament(rule, Role::Rule)], start: 0 });
        }
        for (column, at) in offsets.iter().enumerate() {
            let value = cell((document, measure), table, row, column, *at);
            if value.text.is_empty() {
                continue;
            }
            let mut flow = Flow::default();
            if row > 0 {
                name((document, measure), table, column, &mut flow);
            }
            flow.append(value);
            let start = *at;
            lines.extend(
                prose::rows(&flow, measure.width)
                    .into_iter()
                    .map(|line| Line { start: line.start.max(start), ..line }),
            );
        }
    }
    if lines.is_empty() { vec![Line::default()] } else { lines }
}

/// The head of a column, which is in the table only once.
fn name(page: (&Document, Measure), table: &Table, column: usize, flow: &mut Flow) {
    let Some(head) = table.rows.first().and_then(|head| head.get(column)) else { return };
    flow.prose(page, head, Role::TableHead, None);
    if !head.text.is_empty() {
        flow.ornament(&Safe::from(": "), Role::TableHead);
    }
}

#[cfg(test)]
mod tests {
    use crate::layout::tests::{roles, shown};

    const TABLE: &str = "|Name|Size|Note|\n|:-|-:|:-:|\n|a|1|some words here|\n|bb|100|x|";

    #[test]
    fn columns_are_as_wide_as_their_text_and_aligned() {
        assert_eq!(
            shown(TABLE, 40),
            "Name │ Size │      Note\n─────┼──────┼────────────────\na    │    1 │ some words here\n\
             bb   │  100 │        x\n"
        );
    }

    #[test]
    fn cells_wrap_where_the_page_is_narrow_and_rows_are_told_apart() {
        assert_eq!(
            shown(TABLE, 25),
            "Name │ Size │    Note\n─────┼──────┼────────────\na    │    1 │ some words\n     │      │    here\n\
             ─────┼──────┼────────────\nbb   │  100 │      x\n"
        );
    }

    #[test]
    fn where_columns_would_be_too_narrow_rows_are_records() {
        assert_eq!(
            shown(TABLE, 12),
            "Name: a\nSize: 1\nNote: some\nwords here\n───\nName: bb\nSize: 100\nNote: x\n"
        );
        assert_eq!(roles("|a|\n|-|\n|b|", 40)[2], "Text(b)");
        assert_eq!(shown("|abc|def|\n|-|-|", 5), "abc\ndef\n");
    }

    #[test]
    fn a_table_may_be_nearly_empty() {
        assert_eq!(shown("| |\n|-|\n| |", 10), "\n─\n\n");
        assert_eq!(shown("|a|b|\n|-|-|\n| |c|", 10), "a │ b\n──┼──\n  │ c\n");
    }
}
