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

/// Rows of a drawing that has room for countdowns.
const ROOMY: u16 = 9;

/// Draws edges, then messages, then nodes over them.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, graph: &Graph, look: Look<'_>) {
    let places = places(area, graph);
    if area.height < 4 || area.width < 16 || do_overlap(area, graph, &places) {
        return list(canvas, area, graph, look);
    }
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
    for (y, x, width) in graph.nodes.iter().flat_map(|it| boxes(area, it, at(&it.id))) {
        labels.take(x, y, width);
    }
    let middle = |edge| ends(edge).map(|(from, to)| between(from, to, edge.at.unwrap_or(0.5)));
    let marks = graph.edges.iter().filter_map(|edge| Some((edge, middle(edge)?)));
    let marks: Vec<(&Edge, (f64, f64))> = marks.collect();
    for (edge, place) in marks.iter().filter(|(edge, _)| edge.at.is_some()) {
        draw_message(canvas, &mut labels, edge, *place);
    }
    for (edge, place) in &marks {
        label_edge(canvas, &mut labels, edge, *place);
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
    let half = graph.nodes.iter().map(|it| cells(&head(it))).max();
    let half = f64::from(half.unwrap_or(0).min(area.width / 2)) / 2.0;
    let (wide, high) = (f64::from(area.width - 1), f64::from(area.height - 1));
    // Below a node stand its note and its countdown.
    let below = if area.height >= ROOMY { 2.0 } else { 1.0 };
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

/// The rows, first columns and widths that a node takes.
fn boxes(area: Rect, node: &Node, place: Option<(f64, f64)>) -> Vec<(u16, u16, u16)> {
    let Some((x, y)) = place else { return vec![] };
    let has_gauge = node.ring.is_some() && area.height >= ROOMY;
    let gauge = if has_gauge { GAUGE } else { 0 };
    let widths = [cells(&head(node)), cells(&node.note), gauge].into_iter().filter(|it| *it > 0);
    let rows = (rounded(y)..).zip(widths.map(|it| it.min(area.width)));
    rows.map(|(row, width)| (row, start(area, x, width), width)).collect()
}

/// Whether two nodes are written over each other.
fn do_overlap(area: Rect, graph: &Graph, places: &HashMap<&str, (f64, f64)>) -> bool {
    let mut taken: HashMap<u16, Vec<(u16, u16)>> = HashMap::new();
    let at = |node: &Node| places.get(node.id.as_str()).copied();
    // Nobody draws hundreds of nodes on cells.
    let boxes = graph.nodes.iter().take(500).flat_map(|it| boxes(area, it, at(it)));
    graph.nodes.len() > 500
        || boxes.into_iter().any(|(row, x, width)| {
            let row = taken.entry(row).or_default();
            let is_hit = row.iter().any(|(from, to)| x < *to && x + width > *from);
            row.push((x, x + width));
            is_hit
        })
}

/// The nodes one below the other, where a drawing has no room; then what is on its way.
fn list(canvas: &mut Canvas<'_>, area: Rect, graph: &Graph, look: Look<'_>) {
    let wide = graph.nodes.iter().map(|it| cells(&head(it))).max().unwrap_or(0).min(area.width);
    let selected = look.selected().map_or(0, |(row, _)| row);
    let skip = selected.saturating_sub(usize::from(area.height.saturating_sub(1)));
    let nodes = graph.nodes.iter().enumerate().skip(skip);
    let mut rows = 0..area.height;
    for ((number, node), y) in nodes.zip(rows.by_ref()) {
        let style = pen::block(canvas, node.tone);
        canvas.write(area, 0, y, &head(node), style);
        if look.is_selected((number, 0)) {
            let sign = canvas.ornament("▸", ">");
            canvas.part(area, 0, y, &sign, Part::Selected);
            canvas.cursor = Some((Position::new(area.x, area.y + y), false));
        }
        let ink = pen::ink(canvas, node.tone);
        let x = canvas.write(area, wide + 1, y, &Safe::line(&node.note), ink);
        if let Some(left) = node.ring {
            canvas.write(area, x + 1, y, &gauge(canvas, left), ink);
        }
    }
    let messages = graph.edges.iter().filter(|it| it.at.is_some());
    for (edge, y) in messages.zip(rows) {
        let arrow = if canvas.ascii { "->" } else { "→" };
        let text = Safe::line(&format!("{} {arrow} {} {}", edge.from, edge.to, edge.label));
        let style = pen::ink(canvas, edge.tone);
        canvas.write(area, 1, y, &text, style);
    }
}

/// What is left of a countdown.
fn gauge(canvas: &Canvas<'_>, left: f64) -> Safe {
    let full = rounded(left.clamp(0.0, 1.0) * f64::from(GAUGE));
    let (on, off) = (canvas.ornament("▰", "#"), canvas.ornament("▱", "-"));
    pen::times(&on, full).then(&pen::times(&off, GAUGE - full))
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

/// A message on its way.
fn draw_message(canvas: &mut Canvas<'_>, labels: &mut Labels, edge: &Edge, (x, y): (f64, f64)) {
    let (sign, style) = (canvas.ornament("●", "o"), pen::strong(canvas, edge.tone));
    let (column, row) = (rounded(x), rounded(y));
    canvas.write(labels.area, column, row, &sign, style);
    labels.take(column, row, 1);
}

/// What is written at an edge or a message.
fn label_edge(canvas: &mut Canvas<'_>, labels: &mut Labels, edge: &Edge, (x, y): (f64, f64)) {
    let (label, style) = (Safe::line(&edge.label), pen::strong(canvas, edge.tone));
    let (width, right) = (i32::from(cells(&label)), i32::from(labels.area.width));
    let (x, y) = (i32::from(rounded(x)), i32::from(rounded(y)));
    let middle = x - width / 2;
    let places = match edge.at {
        None => [(middle, y), (middle, y - 1), (middle, y + 1), (x + 2, y)],
        Some(_) => [(x + 2, y), (x - 1 - width, y), (middle, y - 1), (middle, y + 1)],
    };
    // Moved away from an edge of the drawing, a label would cover its message.
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
    if let Some(left) = node.ring.filter(|_| area.height >= ROOMY) {
        let gauge = gauge(canvas, left);
        let below = if node.note.is_empty() { 1.0 } else { 2.0 };
        centred(canvas, area, (x, y + below), &gauge, ink);
    }
}
