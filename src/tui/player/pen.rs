//! How tones look, with a sign for each that has a meaning, and runs of styled text.

use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use crate::labs::picture::Tone;
use crate::text::{self, Safe};
use crate::theme::Part;
use crate::tui::canvas::Canvas;

/// Text and how it looks.
pub(super) type Bit = (Safe, Style);

/// How a tone looks.
pub(super) fn ink(canvas: &Canvas<'_>, tone: Option<Tone>) -> Style {
    canvas.theme.part(match tone {
        None => Part::Text,
        Some(Tone::A) => Part::Category(0),
        Some(Tone::B) => Part::Category(1),
        Some(Tone::C) => Part::Category(2),
        Some(Tone::D) => Part::Category(3),
        Some(Tone::E) => Part::Category(4),
        Some(Tone::Good) => Part::Good,
        Some(Tone::Warn) => Part::Warn,
        Some(Tone::Bad) => Part::Bad,
        Some(Tone::Dim) => Part::Dim,
    })
}

/// The same, bold, unless it stands back.
pub(super) fn strong(canvas: &Canvas<'_>, tone: Option<Tone>) -> Style {
    let style = ink(canvas, tone);
    if tone == Some(Tone::Dim) { style } else { style.add_modifier(Modifier::BOLD) }
}

/// A block of a tone, to write on.
pub(super) fn block(canvas: &Canvas<'_>, tone: Option<Tone>) -> Style {
    ink(canvas, tone).add_modifier(Modifier::REVERSED)
}

/// A style that leaves nothing of what was written below it.
pub(super) fn over(style: Style) -> Style {
    if style.fg.is_some() { style } else { style.fg(Color::Reset) }
}

/// What a tone means, as a sign; nothing for categories, which have labels.
pub(super) fn sign(canvas: &Canvas<'_>, tone: Option<Tone>) -> Safe {
    match tone {
        Some(Tone::Good) => canvas.ornament("✓", "+"),
        Some(Tone::Warn) => Safe::from("!"),
        Some(Tone::Bad) => canvas.ornament("✗", "x"),
        _ => Safe::default(),
    }
}

/// Cells of the sign of a tone.
pub(super) fn sign_width(tone: Option<Tone>) -> u16 {
    u16::from(matches!(tone, Some(Tone::Good | Tone::Warn | Tone::Bad)))
}

/// How a stretch of a tone is drawn, so that it is told from others without colour.
pub(super) fn stroke(canvas: &Canvas<'_>, tone: Option<Tone>) -> Safe {
    match tone {
        Some(Tone::A) => canvas.ornament("─", "-"),
        Some(Tone::B) => canvas.ornament("━", "="),
        Some(Tone::C) => canvas.ornament("═", "~"),
        Some(Tone::D) => canvas.ornament("▒", "%"),
        Some(Tone::E) => canvas.ornament("┅", ":"),
        Some(Tone::Good) => canvas.ornament("█", "#"),
        Some(Tone::Warn) => canvas.ornament("▓", "!"),
        Some(Tone::Bad) => canvas.ornament("╳", "x"),
        Some(Tone::Dim) | None => canvas.ornament("·", "."),
    }
}

/// Writes runs of text one after the other in row `y` of `area`; returns the column after them.
pub(super) fn line(canvas: &mut Canvas<'_>, area: Rect, y: u16, bits: &[Bit]) -> u16 {
    bits.iter().fold(0, |x, (text, style)| canvas.write(area, x, y, text, *style))
}

/// `count` times `text`.
pub(super) fn times(text: &Safe, count: u16) -> Safe {
    std::iter::repeat_n(text, usize::from(count)).collect()
}

/// Whether something is selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    /// It has the keys.
    Selected,
    /// It has not.
    Other,
}

impl From<bool> for Choice {
    fn from(is_selected: bool) -> Self {
        if is_selected { Self::Selected } else { Self::Other }
    }
}

/// The nearest whole number of cells.
#[expect(clippy::cast_sign_loss, reason = "it is not negative, and a cast saturates")]
pub(super) fn rounded(cells: f64) -> u16 {
    cells.round().max(0.0) as u16
}

/// The cell at a share of a length, from 0 to 1.
pub(super) fn along(share: f64, length: u16) -> u16 {
    rounded(share.clamp(0.0, 1.0) * f64::from(length.saturating_sub(1)))
}

/// Longer texts are not measured: no terminal is as wide.
const WIDEST: u16 = 2_000;

/// Cells of a text.
pub(super) fn cells(text: &str) -> u16 {
    text::cells(text::width(text)).min(WIDEST)
}

/// The sum of these, as far as it can be told.
pub(super) fn sum(cells: impl Iterator<Item = u16>) -> u16 {
    cells.fold(0, u16::saturating_add)
}
