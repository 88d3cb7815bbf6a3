//! A worked equation: values, and below them what they are.

use ratatui::layout::Rect;
use ratatui::style::Modifier;

use crate::labs::picture::Term;
use crate::text::Safe;
use crate::theme::Part;
use crate::tui::canvas::Canvas;
use crate::tui::player::arrange::Need;
use crate::tui::player::parts::Look;
use crate::tui::player::pen::{self, cells};

/// A term's place: its band of two rows, and its column.
struct Placed<'a> {
    term: &'a Term,
    band: u16,
    x: u16,
    width: u16,
}

/// Terms from left to right, in as many bands as they take.
fn placed(terms: &[Term], width: u16) -> Vec<Placed<'_>> {
    let (mut band, mut x) = (0u16, 0u16);
    let mut placed = vec![];
    for term in terms {
        let Term { op, text, label, .. } = term;
        let inside = cells(text).max(cells(label));
        let before = if op.is_empty() { u16::from(x > 0) * 2 } else { cells(op) + 2 };
        if x > 0 && x.saturating_add(before).saturating_add(inside) > width {
            (band, x) = (band.saturating_add(1), 0);
        }
        // What begins a band needs no air before it.
        let start = x.saturating_add(before.saturating_sub(u16::from(x == 0)));
        placed.push(Placed { term, band, x: start, width: inside });
        x = start.saturating_add(inside);
    }
    placed
}

/// Two rows for each band.
pub(super) fn need(terms: &[Term], width: u16) -> Need {
    let bands = placed(terms, width).last().map_or(0, |it| usize::from(it.band) + 1);
    Need { least: 2, ..Need::exactly(2 * bands) }
}

/// Draws it.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, terms: &[Term], look: Look<'_>) {
    for Placed { term, band, x, width } in placed(terms, area.width) {
        let y = band.saturating_mul(2);
        if y >= area.height {
            break;
        }
        let op = Safe::line(&term.op);
        canvas.part(area, x.saturating_sub(cells(&op) + 1), y, &op, Part::Dim);
        let mut style = pen::strong(canvas, term.tone);
        if look.is_moved(term.control.as_deref()) {
            style = style.add_modifier(Modifier::UNDERLINED);
        }
        let middle = |text: &str| x + width.saturating_sub(cells(text)) / 2;
        canvas.write(area, middle(&term.text), y, &Safe::line(&term.text), style);
        canvas.part(area, middle(&term.label), y + 1, &Safe::line(&term.label), Part::Dim);
    }
}
