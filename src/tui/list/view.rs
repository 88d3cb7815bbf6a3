//! How a list over the screen looks.

use ratatui::layout::{Position, Rect};

use crate::text::{self, Safe};
use crate::theme::Part;
use crate::tui::canvas::Canvas;
use crate::tui::list::{Entry, Kind, List};
use crate::tui::rich;

/// Rows of a list above its entries: the query and a blank row.
const ABOVE: u16 = 2;

/// The box of a list on a screen of this size, and the rows of entries in it.
pub fn arrange(kind: Kind, screen: Rect) -> (Rect, u16) {
    let width = match kind {
        Kind::Outline | Kind::Presets => 64,
        Kind::Help(_) | Kind::Palette(_) => 88,
        Kind::Find | Kind::Labs | Kind::Marks | Kind::Reading | Kind::Notes => 100,
    };
    let width = width.min(screen.width.saturating_sub(if screen.width > 70 { 4 } else { 0 }));
    let height = screen.height.saturating_sub(if screen.height > 20 { 4 } else { 0 });
    let area = Rect {
        x: screen.x + (screen.width - width) / 2,
        y: screen.y + (screen.height - height) / 3,
        width,
        height,
    };
    let inside = height.saturating_sub(2);
    let preview = preview_height(kind, inside);
    (area, inside.saturating_sub(ABOVE + preview))
}

/// Rows of the preview, its rule included; none where there is no room.
fn preview_height(kind: Kind, inside: u16) -> u16 {
    match kind {
        Kind::Find | Kind::Labs | Kind::Reading | Kind::Notes if inside >= 16 => {
            (inside / 3).min(9)
        }
        Kind::Help(_) | Kind::Palette(_) if inside >= 14 => 3,
        _ => 0,
    }
}

/// Draws `list` over `screen`, with `preview` (Markdown) of its selection below.
pub fn draw(canvas: &mut Canvas<'_>, screen: Rect, list: &List, preview: &str) {
    let (area, rows) = arrange(list.kind, screen);
    let inside = canvas.frame(area, &Safe::from(list.kind.title()));
    if area.width < 4 || area.height < 3 {
        return;
    }
    draw_query(canvas, inside, list);
    let body = Rect {
        y: inside.y + ABOVE,
        height: rows.min(inside.height.saturating_sub(ABOVE)),
        ..inside
    };
    let cursor = canvas.cursor;
    let shown = list.entries.iter().enumerate().skip(list.cursor.top);
    for (y, (at, entry)) in (0..body.height).zip(shown) {
        draw_entry(canvas, body, y, entry);
        if at == list.cursor.at {
            canvas.select_row(body, y);
        }
    }
    canvas.cursor = cursor;
    if list.entries.is_empty() && body.height > 0 {
        let none = Safe::from(if list.total == 0 && list.kind.is_remembered() {
            list.kind.none()
        } else {
            "Nothing matches. Backspace takes letters back."
        });
        canvas.part(body, 2, 0, &none, Part::Dim);
    }
    let below =
        Rect { y: body.bottom(), height: inside.bottom().saturating_sub(body.bottom()), ..inside };
    draw_preview(canvas, below, preview);
}

fn draw_query(canvas: &mut Canvas<'_>, inside: Rect, list: &List) {
    let count = if list.entries.is_empty() { 0 } else { list.cursor.at + 1 };
    let count = Safe::line(&format!("{count} of {}", list.entries.len()));
    let right = canvas.write_right(inside, inside.width, 0, &count, canvas.theme.part(Part::Dim));
    let prompt = canvas.ornament("› ", "> ");
    let x = canvas.part(inside, 0, 0, &prompt, Part::Accent);
    let room = Rect { width: right.saturating_sub(1), ..inside };
    canvas.part(room, x, 0, &Safe::line(list.input.text()), Part::Strong);
    let column = (x + text::cells(list.input.column())).min(right.saturating_sub(2));
    canvas.cursor = Some((Position::new(inside.x + column, inside.y), true));
}

fn draw_entry(canvas: &mut Canvas<'_>, area: Rect, y: u16, entry: &Entry) {
    let note_style = canvas.theme.part(Part::Dim);
    let fits = usize::from(area.width) > 30 + text::width(&entry.note);
    let right = if fits {
        canvas.write_right(area, area.width, y, &entry.note, note_style)
    } else {
        area.width
    };
    let left = Rect { width: right.saturating_sub(1), ..area };
    let lead = canvas.part(left, 2, y, &entry.lead, Part::Accent);
    let x = if entry.lead.trim().is_empty() { lead } else { lead.max(16) + 1 };
    draw_matched(canvas, Rect { width: left.width, ..area }, (x, y), entry);
}

/// The label, with the letters that matched marked.
fn draw_matched(canvas: &mut Canvas<'_>, area: Rect, (x, y): (u16, u16), entry: &Entry) {
    let end = canvas.part(area, x, y, &entry.label, Part::Text);
    let mut column = x;
    for (at, (start, grapheme)) in text::graphemes(&entry.label).enumerate() {
        let width = text::cells(text::grapheme_width(grapheme));
        let matched = u32::try_from(at).is_ok_and(|at| entry.matched.contains(&at));
        if matched
            && column.saturating_add(width) <= end.saturating_sub(u16::from(end == area.width))
        {
            let letter = entry.label.slice(start..start + grapheme.len());
            canvas.part(area, column, y, &letter, Part::Match);
        }
        column = column.saturating_add(width);
    }
}

fn draw_preview(canvas: &mut Canvas<'_>, area: Rect, preview: &str) {
    if area.height < 2 || preview.is_empty() {
        return;
    }
    let rule = canvas.ornament("─", "-");
    let line: Safe = std::iter::repeat_n(&rule, usize::from(area.width)).collect();
    canvas.part(area, 0, 0, &line, Part::Border);
    let text = Rect { y: area.y + 1, height: area.height - 1, ..area };
    rich::write(canvas, text, preview, 0);
}
