//! Parts that are lines: what happened, code, text.

use ratatui::layout::Rect;

use crate::labs::picture::{Code, Event};
use crate::text::Safe;
use crate::theme::Part;
use crate::tui::canvas::Canvas;
use crate::tui::player::pen;
use crate::tui::player::words;

/// Events, the newest first.
pub(super) fn log(canvas: &mut Canvas<'_>, area: Rect, events: &[Event]) {
    let wide = events.iter().map(|it| pen::cells(&it.time)).max().unwrap_or(0).min(area.width / 2);
    for (y, event) in (0..area.height).zip(events.iter().rev()) {
        let dim = canvas.theme.part(Part::Dim);
        canvas.write_right(area, wide, y, &Safe::line(&event.time), dim);
        let style = pen::ink(canvas, event.tone);
        let sign = pen::sign(canvas, event.tone);
        let gap = if sign.is_empty() { "" } else { " " };
        let text = sign.then(&Safe::from(gap)).then(&Safe::line(&event.text));
        canvas.write(area, wide + 2, y, &text, style);
    }
}

/// Code, and the line that is in work.
pub(super) fn code(canvas: &mut Canvas<'_>, area: Rect, code: &Code) {
    let at = code.at.map(|at| at as usize);
    let rows = usize::from(area.height);
    // The line in work is in sight, with some before it.
    let skip = at.map_or(0, |at| at.saturating_sub(rows / 2));
    let skip = skip.min(code.lines.len().saturating_sub(rows));
    for (y, (number, line)) in (0..area.height).zip(code.lines.iter().enumerate().skip(skip)) {
        let is_now = at == Some(number);
        if is_now {
            let sign = canvas.ornament("▶", ">");
            canvas.part(area, 0, y, &sign, Part::Accent);
        }
        let part = if is_now { Part::Strong } else { Part::Text };
        canvas.part(area, 2, y, &Safe::code(&line.replace('\n', " ")), part);
    }
}

/// Text.
pub(super) fn text(canvas: &mut Canvas<'_>, area: Rect, text: &str, part: Part) {
    for (y, line) in (0..area.height).zip(words::wrap(text, area.width, area.height)) {
        canvas.part(area, 0, y, &line, part);
    }
}
