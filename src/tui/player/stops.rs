//! What can be selected in a lab: its controls, and what can be pressed in its drawings.

use crate::labs::picture::{Cell, ControlKind, Declared, Part, Picture, Press, Queue, Shape};
use crate::tui::player::arrange::{self, Page};

/// Something that can be selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// A control, by its name.
    Control(String),
    /// Something in a drawing that can be pressed.
    Press {
        /// The drawing.
        part: String,
        /// The row of a grid; the number of a node.
        row: usize,
        /// The column of a grid.
        column: usize,
        /// Whether it stands in a grid, in which Tab stops once.
        is_cell: bool,
    },
}

impl Stop {
    fn line(&self) -> Option<(&str, usize, usize)> {
        match self {
            Self::Press { part, row, column, is_cell: true } => Some((part, *row, *column)),
            _ => None,
        }
    }

    fn grid(&self) -> Option<&str> {
        self.line().map(|(part, ..)| part)
    }
}

/// Everything that can be selected: the controls, then the drawings as they stand; of one page
/// only, when one is given.
pub(super) fn all(picture: &Picture, declared: &Declared, page: Option<&Page>) -> Vec<Stop> {
    let controls = picture.controls.iter().filter(|it| !it.is_idle);
    let controls = controls.map(|it| Stop::Control(it.id.clone()));
    let pages = arrange::pages(picture, declared);
    let shown = pages.iter().filter(|it| page.is_none_or(|page| page == *it));
    let parts = shown.filter_map(|it| it.part(picture));
    controls.chain(parts.flat_map(pressable)).collect()
}

/// What can be pressed in a drawing.
fn pressable(part: &Part) -> Vec<Stop> {
    let stop = |row, column, is_cell| Stop::Press { part: part.id.clone(), row, column, is_cell };
    match &part.shape {
        Shape::Grid(grid) => {
            let cells = |(y, row): (usize, &Vec<Cell>)| {
                let cells = row.iter().enumerate().filter(|(_, cell)| cell.press.is_some());
                cells.map(|(x, _)| stop(y, x, true)).collect::<Vec<_>>()
            };
            grid.rows.iter().enumerate().flat_map(cells).collect()
        }
        Shape::Graph(graph) => {
            let nodes = graph.nodes.iter().enumerate().filter(|(_, node)| node.press.is_some());
            nodes.map(|(at, _)| stop(at, 0, false)).collect()
        }
        Shape::Tree(nodes) => {
            let nodes = nodes.iter().enumerate().filter(|(_, node)| node.press.is_some());
            nodes.map(|(at, _)| stop(at, 0, false)).collect()
        }
        Shape::Ring(ring) => {
            let points = ring.points.iter().enumerate().filter(|(_, it)| it.press.is_some());
            points.map(|(at, _)| stop(at, 0, false)).collect()
        }
        Shape::Queue(queues) => {
            let cells = |(y, queue): (usize, &Queue)| {
                let cells = queued(queue).enumerate();
                let cells = cells.filter(|(_, it)| it.is_some_and(|it| it.press.is_some()));
                cells.map(|(x, _)| stop(y, x, true)).collect::<Vec<_>>()
            };
            queues.iter().enumerate().flat_map(cells).collect()
        }
        _ => vec![],
    }
}

/// The places of a queue: where somebody is served, then those who wait.
fn queued(queue: &Queue) -> impl Iterator<Item = Option<&Cell>> {
    queue.slots.iter().map(Option::as_ref).chain(queue.items.iter().map(Some))
}

/// What pressing it does.
pub(super) fn press<'a>(picture: &'a Picture, stop: &Stop) -> Option<&'a Press> {
    let Stop::Press { part, row, column, .. } = stop else { return None };
    match &picture.parts.iter().find(|it| it.id == *part)?.shape {
        Shape::Grid(grid) => grid.rows.get(*row)?.get(*column)?.press.as_ref(),
        Shape::Graph(graph) => graph.nodes.get(*row)?.press.as_ref(),
        Shape::Tree(nodes) => nodes.get(*row)?.press.as_ref(),
        Shape::Ring(ring) => ring.points.get(*row)?.press.as_ref(),
        Shape::Queue(queues) => queued(queues.get(*row)?).nth(*column)??.press.as_ref(),
        _ => None,
    }
}

/// Whether Enter, not an arrow, is the way to use it.
pub(super) fn is_pressed(kind: &ControlKind) -> bool {
    matches!(kind, ControlKind::Button | ControlKind::Toggle { .. } | ControlKind::Text { .. })
}

/// Whether it does something of its own.
pub(super) fn is_button(kind: &ControlKind) -> bool {
    *kind == ControlKind::Button
}

/// The stop below `at` (above, when `by` is negative): in a grid the same column.
pub(super) fn below(stops: &[Stop], at: usize, by: isize) -> usize {
    let inside = stops.get(at).and_then(Stop::line).and_then(|(part, row, column)| {
        let wanted = row.checked_add_signed(by)?;
        let far = |stop: &Stop| match stop.line() {
            Some((other, r, c)) if other == part && r == wanted => Some(c.abs_diff(column)),
            _ => None,
        };
        let found = stops.iter().enumerate().filter_map(|(at, stop)| Some((far(stop)?, at)));
        found.min().map(|(_, at)| at)
    });
    let outside = || match stops.get(at).and_then(Stop::grid) {
        Some(_) => next(stops, at, by),
        None => at.saturating_add_signed(by),
    };
    inside.unwrap_or_else(outside).min(stops.len().saturating_sub(1))
}

/// The stop beside `at`, in the same drawing; else `at`.
pub(super) fn beside(stops: &[Stop], at: usize, by: isize) -> usize {
    let part = |at: usize| match stops.get(at) {
        Some(Stop::Press { part, .. }) => Some(part),
        _ => None,
    };
    let next = at.saturating_add_signed(by);
    if part(next) == part(at) { next } else { at }
}

/// The stop after `at`, or before it, around the ends; a grid is one stop.
pub(super) fn next(stops: &[Stop], at: usize, by: isize) -> usize {
    let count = stops.len().max(1);
    let grid = |at: usize| stops.get(at).and_then(Stop::grid);
    let moved = |at: usize| (at + count).saturating_add_signed(by.signum()) % count;
    let mut to = moved(at);
    while to != at && grid(to).is_some() && grid(to) == grid(at) {
        to = moved(to);
    }
    // Into a grid from behind: to its beginning.
    while by < 0 && to > 0 && grid(to).is_some() && grid(to) == grid(to - 1) && grid(to) != grid(at)
    {
        to -= 1;
    }
    to
}
