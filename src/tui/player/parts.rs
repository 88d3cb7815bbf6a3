//! How the parts of a lab look: one file for each kind. An unknown kind shows its words.

mod bars;
mod formula;
mod graph;
mod grid;
mod lanes;
mod lines;
mod queue;
mod readings;
mod ring;
mod series;
mod tree;

pub(super) use readings::{draw as draw_readings, need as need_readings};

use ratatui::layout::Rect;

use crate::labs::picture::{Part, Shape};
use crate::theme;
use crate::tui::canvas::Canvas;
use crate::tui::player::arrange::Need;
use crate::tui::player::stops::Stop;
use crate::tui::player::words;

/// What is selected, as far as a part shows it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look<'a> {
    /// The part.
    pub(super) part: &'a str,
    /// What is selected.
    pub(super) stop: Option<&'a Stop>,
}

impl Look<'_> {
    /// Whether this row and column of the part is selected.
    fn is_selected(&self, at: (usize, usize)) -> bool {
        matches!(self.stop, Some(Stop::Press { part, row, column, .. })
            if part == self.part && (*row, *column) == at)
    }

    /// The selected row and column of the part.
    fn selected(&self) -> Option<(usize, usize)> {
        match self.stop {
            Some(Stop::Press { part, row, column, .. }) if part == self.part => {
                Some((*row, *column))
            }
            _ => None,
        }
    }

    /// Whether this control is selected.
    fn is_moved(&self, control: Option<&str>) -> bool {
        matches!((self.stop, control), (Some(Stop::Control(id)), Some(control)) if id == control)
    }
}

/// The rows that a part takes at this width, without its title.
pub(super) fn need(part: &Part, width: u16) -> Need {
    match &part.shape {
        Shape::Formula(terms) => formula::need(terms, width),
        Shape::Bars(bars) => bars::need(bars, width),
        Shape::Grid(grid) => grid::need(grid, width),
        Shape::Series(_) => Need { least: 6, best: 8, grows: true },
        Shape::Graph(_) => Need { least: 7, best: 12, grows: true },
        Shape::Lanes(lanes) => lanes::need(lanes),
        Shape::Tree(nodes) => tree::need(nodes),
        Shape::Ring(ring) => ring::need(ring),
        Shape::Queue(queues) => queue::need(queues),
        Shape::Log(events) => Need { grows: true, ..Need::exactly(events.len().clamp(1, 8)) },
        Shape::Code(code) => Need::exactly(code.lines.len()),
        Shape::Text(text) => Need::exactly(words::wrap(text, width, 40).len()),
        Shape::Other => Need::exactly(words::wrap(&part.alt, width, 40).len()),
    }
}

/// Draws a part, without its title.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, part: &Part, look: Look<'_>) {
    if area.is_empty() {
        return;
    }
    let is_large = area.width >= 16 && area.height >= 4;
    match &part.shape {
        Shape::Formula(terms) => formula::draw(canvas, area, terms, look),
        Shape::Bars(bars) => bars::draw(canvas, area, bars),
        Shape::Grid(grid) => grid::draw(canvas, area, grid, look),
        Shape::Series(series) if is_large => series::draw(canvas, area, series, look),
        Shape::Graph(graph) => graph::draw(canvas, area, graph, look),
        Shape::Lanes(lanes) => lanes::draw(canvas, area, lanes),
        Shape::Tree(nodes) => tree::draw(canvas, area, nodes, look),
        Shape::Ring(ring) if is_large => ring::draw(canvas, area, ring, look),
        Shape::Queue(queues) => queue::draw(canvas, area, queues, look),
        Shape::Log(events) => lines::log(canvas, area, events),
        Shape::Code(code) => lines::code(canvas, area, code),
        Shape::Text(text) => lines::text(canvas, area, text, theme::Part::Text),
        Shape::Other | Shape::Series(_) | Shape::Ring(_) => {
            lines::text(canvas, area, &part.alt, theme::Part::Dim);
        }
    }
}
