//! Laid-out lines on two surfaces: terminal cells, and text for a pipe.

mod print;

pub use print::{print, restyle, sgr};

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

use crate::layout::Line;
use crate::text::{self, Safe};
use crate::theme::Theme;

/// Something laid over the text of one block: a hit, a selection, the colours of code.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlay {
    /// Bytes of the block's text.
    pub range: Range<usize>,
    /// What changes.
    pub style: Style,
}

/// A place on the screen and how many cells may be written from there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// The column.
    pub x: u16,
    /// The line of the screen.
    pub y: u16,
    /// The width in cells.
    pub width: u16,
}

/// Writes `text` and returns the column after it.
pub fn text(buffer: &mut Buffer, slot: Slot, text: &Safe, style: Style) -> u16 {
    let mut x = slot.x;
    for (_, grapheme) in text::graphemes(text) {
        x = put(buffer, Slot { x, ..slot }, slot.x + slot.width, grapheme, style);
    }
    x
}

/// Writes a laid-out line. `overlays` are sorted by where they begin; a later one wins.
pub fn line(buffer: &mut Buffer, slot: Slot, line: &Line, theme: &Theme, overlays: &[Overlay]) {
    let end = slot.x + slot.width;
    let mut x = slot.x;
    for span in &line.spans {
        let style = theme.style(span.role);
        let overlays = near(overlays, span.at, span.text.len());
        for (offset, grapheme) in text::graphemes(&span.text) {
            let style = match span.at {
                Some(at) => overlaid(style, at + offset, &overlays),
                None => style,
            };
            x = put(buffer, Slot { x, ..slot }, end, grapheme, style);
        }
    }
}

/// The overlays that touch a span.
fn near(overlays: &[Overlay], at: Option<usize>, length: usize) -> Vec<&Overlay> {
    let Some(at) = at else { return vec![] };
    let touches = |over: &&Overlay| over.range.start < at + length && over.range.end > at;
    overlays.iter().filter(touches).collect()
}

fn overlaid(style: Style, offset: usize, overlays: &[&Overlay]) -> Style {
    let over = overlays.iter().filter(|overlay| overlay.range.contains(&offset));
    over.fold(style, |style, overlay| style.patch(overlay.style))
}

/// Puts one grapheme at `slot.x` unless it would pass `end`; returns the next column.
fn put(buffer: &mut Buffer, slot: Slot, end: u16, grapheme: &str, style: Style) -> u16 {
    let cells = text::cells(text::grapheme_width(grapheme));
    let fits = cells > 0 && slot.x + cells <= end.min(buffer.area.right());
    if !fits || slot.y >= buffer.area.bottom() {
        return if cells == 0 { slot.x } else { end };
    }
    if let Some(cell) = buffer.cell_mut((slot.x, slot.y)) {
        // What was written here before must not show through as bold or underlined.
        cell.modifier = Modifier::empty();
        cell.set_symbol(grapheme).set_style(style);
    }
    for x in slot.x + 1..slot.x + cells {
        if let Some(cell) = buffer.cell_mut((x, slot.y)) {
            cell.reset();
            cell.set_style(style);
        }
    }
    slot.x + cells
}
