//! Stacked bars. What a piece is stands in it, or behind the bar where it is too short.

use ratatui::layout::Rect;

use crate::labs::picture::{self, Bar, Bars, Tone};
use crate::text::Safe;
use crate::theme::Part;
use crate::tui::canvas::Canvas;
use crate::tui::player::arrange::Need;
use crate::tui::player::pen::{self, Bit, cells};

/// A piece of a bar on cells.
struct Piece<'a> {
    label: &'a str,
    tone: Option<Tone>,
    from: u16,
    to: u16,
}

impl Piece<'_> {
    fn has_room(&self) -> bool {
        cells(self.label) + 2 <= self.to - self.from
    }
}

/// Cells of the labels at the left, and of the bars.
fn columns(bars: &Bars, width: u16) -> (u16, u16) {
    let label = bars.rows.iter().map(|it| cells(&it.label)).max().unwrap_or(0).min(width * 2 / 5);
    let gap = if label > 0 { 2 } else { 0 };
    (label + gap, width.saturating_sub(label + gap))
}

fn cell(value: f64, max: f64, width: u16) -> u16 {
    pen::rounded((value / max * f64::from(width)).min(f64::from(width)))
}

fn pieces(bar: &Bar, max: f64, width: u16) -> Vec<Piece<'_>> {
    let (mut before, mut from) = (0.0, 0);
    let mut pieces = vec![];
    for picture::Piece { label, value, tone } in &bar.pieces {
        before += value.max(0.0);
        let to = cell(before, max, width).max(from);
        // Something that is there is seen.
        let to = if *value > 0.0 { to.max(from + 1).min(width) } else { to }.max(from);
        pieces.push(Piece { label, tone: *tone, from, to });
        from = to;
    }
    pieces
}

/// What does not fit into its piece.
fn beside(pieces: &[Piece<'_>]) -> String {
    let labels = pieces.iter().filter(|it| !it.has_room() && !it.label.is_empty());
    labels.map(|it| it.label).collect::<Vec<_>>().join(" · ")
}

/// Whether the words that stand beside a bar have a row of their own.
fn is_below(pieces: &[Piece<'_>], width: u16) -> bool {
    let (words, end) = (beside(pieces), pieces.last().map_or(0, |it| it.to));
    !words.is_empty() && end + 1 + cells(&words) > width
}

/// A row for each bar, and one for words that do not fit.
pub(super) fn need(bars: &Bars, width: u16) -> Need {
    let (_, width) = columns(bars, width);
    let rows =
        bars.rows.iter().map(|it| 1 + usize::from(is_below(&pieces(it, bars.max, width), width)));
    Need::exactly(rows.sum::<usize>() + usize::from(bars.limit.is_some()))
}

/// Draws them.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, bars: &Bars) {
    let (left, width) = columns(bars, area.width);
    let limit = bars.limit.as_ref().map(|it| cell(it.value, bars.max, width.saturating_sub(1)));
    let room = Rect { x: area.x + left, width, ..area };
    let mut y = 0;
    for bar in &bars.rows {
        let pieces = pieces(bar, bars.max, width);
        let names = Rect { width: left.saturating_sub(2), ..area };
        canvas.part(names, 0, y, &Safe::line(&bar.label), Part::Text);
        draw_bar(canvas, room, y, &pieces, limit);
        let (words, below) = (Safe::line(&beside(&pieces)), is_below(&pieces, width));
        let end = pieces.last().map_or(0, |it| it.to);
        y += u16::from(below);
        let x = if below { 0 } else { end + 1 };
        let tone = pieces.iter().rev().find(|it| !it.has_room()).and_then(|it| it.tone);
        let style = pen::strong(canvas, tone);
        canvas.write(room, x, y, &words, style);
        y += 1;
    }
    if let (Some(limit), Some(at)) = (&bars.limit, limit) {
        let text = canvas.ornament("↑ ", "^ ").then(&Safe::line(&limit.label));
        let x = at.min(width.saturating_sub(cells(&text)));
        // The arrow stays below the line: the words go to its left where the right is too short.
        if x == at {
            canvas.part(room, x, y, &text, Part::Strong);
        } else {
            let text = Safe::line(&limit.label).then(&canvas.ornament(" ↑", " ^"));
            canvas.write_right(room, at + 1, y, &text, canvas.theme.part(Part::Strong));
        }
    }
}

fn draw_bar(canvas: &mut Canvas<'_>, area: Rect, y: u16, pieces: &[Piece<'_>], limit: Option<u16>) {
    if let Some(at) = limit {
        let line = canvas.ornament("┃", "|");
        canvas.part(area, at, y, &line, Part::Strong);
    }
    let edge = canvas.ornament("▏", "|");
    for (number, piece) in pieces.iter().enumerate().filter(|(_, it)| it.to > it.from) {
        let style = pen::block(canvas, piece.tone);
        let width = piece.to - piece.from;
        let inside = Rect { x: area.x + piece.from, width, ..area };
        let first = if number == 0 { Safe::from(" ") } else { edge.clone() };
        let label = if piece.has_room() { Safe::line(piece.label) } else { Safe::default() };
        let used = 1 + cells(&label);
        let rest = Safe::repeat(" ", usize::from(width.saturating_sub(used)));
        let bits: [Bit; 3] = [(first, style), (label, style), (rest, style)];
        pen::line(canvas, inside, y, &bits);
        if let Some(at) = limit.filter(|at| (piece.from..piece.to).contains(at)) {
            let line = canvas.ornament("┃", "|");
            canvas.write(area, at, y, &line, style);
        }
    }
}
