//! What environments become.

use pulldown_latex::event::{ArrayColumn, ColumnAlignment, Grouping};

use crate::math::node::{Class, Lines, Node, Side};

/// Rows and columns as an environment sets them.
pub(crate) fn table(grouping: &Grouping, rows: Vec<Vec<Node>>, ruled: Vec<usize>) -> Node {
    let mut lines = Lines { columns: vec![], rows: ruled };
    let pairs = [Side::Right, Side::Left].repeat(8);
    let (columns, gap) = match grouping {
        Grouping::Array(columns) => {
            lines.columns = upright(columns);
            let side = |column: &ArrayColumn| match column {
                ArrayColumn::Column(alignment) => Some(side(*alignment)),
                ArrayColumn::Separator(_) => None,
            };
            (columns.iter().filter_map(side).collect(), 2)
        }
        Grouping::Matrix { alignment } | Grouping::SubArray { alignment } => {
            (vec![side(*alignment)], 2)
        }
        Grouping::Cases { .. } => (vec![Side::Left], 2),
        Grouping::Gather { .. } | Grouping::Gathered | Grouping::Equation { .. } => {
            (vec![Side::Center], 1)
        }
        Grouping::Multline => (vec![Side::Left], 1),
        _ if has_middle(&rows) => (vec![Side::Right, Side::Center, Side::Left], 1),
        _ => (pairs, 1),
    };
    let body = Node::Table { rows, columns, gap, lines };
    match grouping {
        Grouping::Cases { left } => Node::Fenced {
            open: left.then_some('{'),
            close: (!left).then_some('}'),
            body: Box::new(body),
        },
        _ => body,
    }
}

/// Before which columns of an array lines are drawn.
fn upright(columns: &[ArrayColumn]) -> Vec<usize> {
    let mut count = 0;
    let mut lines = vec![];
    for column in columns {
        match column {
            ArrayColumn::Column(_) => count += 1,
            ArrayColumn::Separator(_) => lines.push(count),
        }
    }
    lines
}

/// Whether relations stand in a column of their own: `a &=& b`.
fn has_middle(rows: &[Vec<Node>]) -> bool {
    let is_relation =
        |cell: &Node| matches!(cell.bare(), Node::Symbol { class: Class::Relation, .. });
    let middles = || rows.iter().filter_map(|row| row.get(1));
    rows.iter().any(|row| row.len() == 3)
        && rows.iter().all(|row| row.len() <= 3)
        && middles().any(is_relation)
        && middles().all(|cell| cell.is_empty() || is_relation(cell))
}

fn side(alignment: ColumnAlignment) -> Side {
    match alignment {
        ColumnAlignment::Left => Side::Left,
        ColumnAlignment::Center => Side::Center,
        ColumnAlignment::Right => Side::Right,
    }
}
