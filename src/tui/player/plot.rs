//! Points and lines, finer than cells where the terminal can show braille.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::Safe;
use crate::tui::canvas::Canvas;
use crate::tui::player::pen;

/// What a line is drawn with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pencil {
    /// Its style.
    pub(super) style: Style,
    /// The character where there is no braille.
    pub(super) plain: &'static str,
    /// Whether it has gaps.
    pub(super) is_dashed: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct Spot {
    dots: u8,
    style: Style,
    plain: &'static str,
}

/// A surface for lines; both axes run from 0 to 1, to the right and down.
#[derive(Debug)]
pub(super) struct Plot {
    width: u16,
    height: u16,
    is_plain: bool,
    spots: Vec<Spot>,
}

/// The bits of a braille character, by column and row of its dots.
const DOTS: [[u8; 4]; 2] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];

impl Plot {
    /// A blank surface of this many cells.
    pub(super) fn new(canvas: &Canvas<'_>, area: Rect) -> Self {
        let spots = vec![Spot::default(); usize::from(area.width) * usize::from(area.height)];
        Self { width: area.width, height: area.height, is_plain: canvas.ascii, spots }
    }

    /// Dots across and down.
    fn dots(&self) -> (f64, f64) {
        let (wide, high) = if self.is_plain { (1.0, 1.0) } else { (2.0, 4.0) };
        (f64::from(self.width) * wide, f64::from(self.height) * high)
    }

    /// A straight line; what lies outside is left out.
    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), pencil: Pencil) {
        let Some((from, to)) = clipped(from, to) else { return };
        let (wide, high) = self.dots();
        let place = |(x, y): (f64, f64)| (x * (wide - 1.0), y * (high - 1.0));
        let ((x0, y0), (x1, y1)) = (place(from), place(to));
        let steps = pen::rounded((x1 - x0).abs().max((y1 - y0).abs()).ceil()).clamp(1, 10_000);
        let gap: u16 = if self.is_plain { 2 } else { 6 };
        for step in (0..=steps).filter(|step| !pencil.is_dashed || step % gap < gap / 2) {
            let share = f64::from(step) / f64::from(steps);
            self.dot(x0 + (x1 - x0) * share, y0 + (y1 - y0) * share, pencil);
        }
    }

    /// A dot, in dots from the corner.
    fn dot(&mut self, x: f64, y: f64, pencil: Pencil) {
        let (x, y) = (usize::from(pen::rounded(x)), usize::from(pen::rounded(y)));
        let (wide, high) = if self.is_plain { (1, 1) } else { (2, 4) };
        let (column, row) = (x / wide, y / high);
        let bits = DOTS.get(x % wide).and_then(|it| it.get(y % high)).copied().unwrap_or(0);
        if column < usize::from(self.width)
            && let Some(spot) = self.spots.get_mut(row * usize::from(self.width) + column)
        {
            *spot = Spot { dots: spot.dots | bits, style: pencil.style, plain: pencil.plain };
        }
    }

    /// Puts what was drawn on cells.
    pub(super) fn stamp(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let columns = usize::from(self.width.max(1));
        for (at, spot) in self.spots.iter().enumerate().filter(|(_, spot)| spot.dots != 0) {
            let (x, y) = (crate::text::cells(at % columns), crate::text::cells(at / columns));
            let text = if self.is_plain {
                Safe::from(spot.plain)
            } else {
                let braille = char::from_u32(0x2800 + u32::from(spot.dots)).unwrap_or(' ');
                Safe::line(braille.encode_utf8(&mut [0; 4]))
            };
            canvas.write(area, x, y, &text, spot.style);
        }
    }
}

/// The part of a line between 0 and 1 on both axes (Liang and Barsky).
fn clipped(from: (f64, f64), to: (f64, f64)) -> Option<((f64, f64), (f64, f64))> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut start, mut end) = (0.0_f64, 1.0_f64);
    for (towards, room) in [(-dx, from.0), (dx, 1.0 - from.0), (-dy, from.1), (dy, 1.0 - from.1)] {
        if towards == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if towards < 0.0 {
            start = start.max(room / towards);
        } else {
            end = end.min(room / towards);
        }
    }
    let at = |share: f64| (from.0 + dx * share, from.1 + dy * share);
    let is_there = start <= end && dx.is_finite() && dy.is_finite();
    is_there.then(|| (at(start), at(end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_at_the_edges() {
        assert_eq!(clipped((-1.0, 0.5), (2.0, 0.5)), Some(((0.0, 0.5), (1.0, 0.5))));
        assert_eq!(clipped((0.2, 0.2), (0.4, 0.8)), Some(((0.2, 0.2), (0.4, 0.8))));
        assert_eq!(clipped((2.0, 0.0), (3.0, 1.0)), None);
        assert_eq!(clipped((0.0, -3.0), (1.0, -3.0)), None);
        assert_eq!(clipped((f64::MIN, 0.0), (f64::MAX, 1.0)), None);
    }
}
