//! Nodes and edges, with messages on their way.

use std::collections::HashMap;
use std::f64::consts::{FRAC_PI_2, TAU};

use ratatui::layout::{Position, Rect};

use crate::labs::picture::{Edge, Graph, Node};
use crate::text::Safe;
use crate::theme::Part;
use crate::tui::canvas::Canvas;
use crate::tui::player::labels::Labels;
use crate::tui::player::parts::Look;
use crate::tui::player::pen::{self, Choice, cells, rounded};
use crate::tui::player::plot::{Pencil, Plot};

/// Cells of a countdown.
const GAUGE: u16 = 8;

/// Draws edges, then messages, then nodes over them.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, graph: &Graph, look: Look<'_>) {
    let places = places(area, graph);
    let at = |id: &String| places.get(id.as_str()).copied();
    let (wide, high) = (f64::from(area.width - 1), f64::from(area.height - 1));
    let share = |(x, y): (f64, f64)| (x / wide, y / high);
    let mut plot = Plot::new(canvas, area);
    let ends = |edge: &Edge| Some((at(&edge.from)?, at(&edge.to)?));
    for edge in &graph.edges {
        let Some((from, to)) = ends(edge) else { continue };
        let is_message = edge.at.is_some();
        let style =
            if is_message { canvas.theme.part(Part::Dim) } else { pen::ink(canvas, edge.tone) };
        let pencil = Pencil { style, plain: ".", is_dashed: edge.is_dashed };
        plot.line(share(from), share(between(from, to, edge.at.unwrap_or(1.0))), pencil);
    }
    plot.stamp(canvas, area);
    let mut labels = Labels::new(area);
    for node in &graph.nodes {
        let Some((x, y)) = at(&node.id) else { continue };
        for (row, text) in (0u16..).zip([&head(node), &Safe::line(&node.note)]) {
            let (start, width) = (start(area, x, cells(text)), cells(text).min(area.width));
            labels.take(start, rounded(y) + row, width);
        }
    }
    for edge in &graph.edges {
        if let Some((from, to)) = ends(edge) {
            draw_edge(canvas, &mut labels, edge, between(from, to, edge.at.unwrap_or(0.5)));
        }
    }
    for (number, node) in graph.nodes.iter().enumerate() {
        if let Some(place) = at(&node.id) {
            draw_node(canvas, area, (node, place), look.is_selected((number, 0)).into());
        }
    }
}

fn between(from: (f64, f64), to: (f64, f64), share: f64) -> (f64, f64) {
    let share = share.clamp(0.0, 1.0);
    (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
}

/// Where nodes stand, in cells: where they say, else on a ring, the first one on top.
fn places(area: Rect, graph: &Graph) -> HashMap<&str, (f64, f64)> {
    let half = graph.nodes.iter().map(|it| cells(&head(it)).max(cells(&it.note))).max();
    let half = f64::from(half.unwrap_or(0).min(area.width / 2)) / 2.0;
    let (wide, high) = (f64::from(area.width - 1), f64::from(area.height - 1));
    // Below a node stand its note and its countdown.
    let below = if area.height >= 10 { 2.0 } else { 1.0 };
    let (across, down) = ((wide / 2.0 - half).max(1.0), ((high - below) / 2.0).max(1.0));
    // A cell is about twice as high as wide.
    let across = across.min(down * 2.0 * 1.9);
    let count = f64::from(u32::try_from(graph.nodes.len().max(1)).unwrap_or(u32::MAX));
    let place = |number: u32, node: &Node| {
        if let Some((x, y)) = node.place {
            let x = half + x.clamp(0.0, 1.0) * (wide - 2.0 * half);
            return (x, y.clamp(0.0, 1.0) * (high - below));
        }
        let angle = f64::from(number) / count * TAU - FRAC_PI_2;
        (wide / 2.0 + across * angle.cos(), (high - below) / 2.0 + down * angle.sin())
    };
    (0..).zip(&graph.nodes).map(|(at, node)| (node.id.as_str(), place(at, node))).collect()
}

/// What is written in a node.
fn head(node: &Node) -> Safe {
    let gap = if node.sub.is_empty() { "" } else { " " };
    Safe::from(" ")
        .then(&Safe::line(&[&node.label, gap, &node.sub].concat()))
        .then(&Safe::from(" "))
}

/// The first column of a text of this width around a place.
fn start(area: Rect, x: f64, width: u16) -> u16 {
    let width = width.min(area.width);
    rounded(x - f64::from(width) / 2.0 + 0.5).min(area.width - width)
}

/// Writes text around a place, inside the area; returns its first column.
fn centred(
    canvas: &mut Canvas<'_>,
    area: Rect,
    (x, y): (f64, f64),
    text: &Safe,
    style: ratatui::style::Style,
) -> u16 {
    let x = start(area, x, cells(text));
    if y >= 0.0 {
        canvas.write(area, x, rounded(y), text, style);
    }
    x
}

/// A message, or what is written at an edge.
fn draw_edge(canvas: &mut Canvas<'_>, labels: &mut Labels, edge: &Edge, (x, y): (f64, f64)) {
    let style = pen::strong(canvas, edge.tone);
    let label = Safe::line(&edge.label);
    let (width, column, row) = (i32::from(cells(&label)), rounded(x), rounded(y));
    let (x, y) = (i32::from(column), i32::from(row));
    if edge.at.is_none() {
        let places = [(x - width / 2, y), (x - width / 2, y - 1), (x - width / 2, y + 1)];
        return labels.write(canvas, &label, style, &places);
    }
    let sign = canvas.ornament("●", "o");
    canvas.write(labels.area, column, row, &sign, style);
    labels.take(column, row, 1);
    let before = x - 1 - width;
    let places = [(x + 2, y), (before, y), (x + 1, y - 1), (x + 1, y + 1)];
    // At an edge of the drawing a label would cover its message.
    let right = i32::from(labels.area.width);
    let fits = |(x, _): &&(i32, i32)| *x >= 0 && *x + width <= right;
    let places: Vec<(i32, i32)> = places.iter().filter(fits).copied().collect();
    labels.write(canvas, &label, style, &places);
}

fn draw_node(
    canvas: &mut Canvas<'_>,
    area: Rect,
    (node, (x, y)): (&Node, (f64, f64)),
    choice: Choice,
) {
    let y = y.round();
    let (text, style) = (head(node), pen::block(canvas, node.tone));
    let start = centred(canvas, area, (x, y), &text, style);
    if choice == Choice::Selected {
        let accent = canvas.theme.part(Part::Selected);
        let (open, close) = (canvas.ornament("▸", ">"), canvas.ornament("◂", "<"));
        let end = start + cells(&text);
        let row = rounded(y);
        canvas.write(area, start.saturating_sub(1), row, &open, accent);
        canvas.write(area, end.min(area.width - 1), row, &close, accent);
        canvas.cursor = Some((Position::new(area.x + start, area.y + row), false));
    }
    let ink = pen::ink(canvas, node.tone);
    if !node.note.is_empty() {
        centred(canvas, area, (x, y + 1.0), &Safe::line(&node.note), ink);
    }
    if let Some(left) = node.ring.filter(|_| area.height >= 10) {
        let full = rounded(left.clamp(0.0, 1.0) * f64::from(GAUGE));
        let (on, off) = (canvas.ornament("▰", "#"), canvas.ornament("▱", "-"));
        let gauge = pen::times(&on, full).then(&pen::times(&off, GAUGE - full));
        let below = if node.note.is_empty() { 1.0 } else { 2.0 };
        centred(canvas, area, (x, y + below), &gauge, ink);
    }
}
