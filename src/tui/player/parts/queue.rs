//! Queues: who is served, who waits, and how many.

use ratatui::layout::{Position, Rect};

use crate::labs::picture::{Cell, Queue};
use crate::text::Safe;
use crate::theme::Part;
use crate::tui::canvas::Canvas;
use crate::tui::player::arrange::Need;
use crate::tui::player::parts::Look;
use crate::tui::player::pen::{self, Bit, cells};

/// A row each.
pub(super) fn need(queues: &[Queue]) -> Need {
    Need::exactly(queues.len().min(60))
}

/// Draws the rows around the selected one, when not all fit.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, queues: &[Queue], look: Look<'_>) {
    let wide = queues.iter().map(|it| cells(&it.label)).max().unwrap_or(0).min(area.width / 3);
    let selected = look.selected().map_or(0, |(row, _)| row);
    let skip = selected.saturating_sub(usize::from(area.height.saturating_sub(1)));
    for (y, (row, queue)) in (0..area.height).zip(queues.iter().enumerate().skip(skip)) {
        let style = pen::strong(canvas, queue.tone);
        let names = Rect { width: wide, ..area };
        canvas.write(names, 0, y, &Safe::line(&queue.label), style);
        let count = count(queue);
        let right = if cells(&count) + wide + 12 < area.width {
            canvas.write_right(area, area.width, y, &count, canvas.theme.part(Part::Dim))
        } else {
            area.width
        };
        let start = (wide + 1).min(right);
        let room = Rect { x: area.x + start, width: right.saturating_sub(start + 1), ..area };
        draw_queue(canvas, room, y, queue, (row, look));
    }
}

/// `3 of 8 · note`.
fn count(queue: &Queue) -> Safe {
    let waiting = queue.items.len().saturating_add(queue.more as usize);
    let of = queue.max.map_or(String::new(), |max| format!(" of {max}"));
    let note = if queue.note.is_empty() { String::new() } else { format!("  {}", queue.note) };
    Safe::line(&format!("{waiting}{of}{note}"))
}

fn draw_queue(
    canvas: &mut Canvas<'_>,
    room: Rect,
    y: u16,
    queue: &Queue,
    (row, look): (usize, Look<'_>),
) {
    let dim = canvas.theme.part(Part::Dim);
    let mut bits: Vec<(Vec<Bit>, bool)> = vec![];
    for (column, slot) in queue.slots.iter().enumerate() {
        let is_selected = look.is_selected((row, column));
        let inside = slot.as_ref().map_or((Safe::from(" "), dim), |cell| bit(canvas, cell));
        bits.push((vec![(Safe::from("["), dim), inside, (Safe::from("]"), dim)], is_selected));
    }
    if !queue.slots.is_empty() {
        bits.push((vec![(canvas.ornament("◂", "<"), dim)], false));
    }
    for (number, item) in queue.items.iter().enumerate() {
        let is_selected = look.is_selected((row, queue.slots.len() + number));
        bits.push((vec![bit(canvas, item)], is_selected));
    }
    let more = Safe::line(&format!("+{}", queue.more));
    if queue.more > 0 {
        bits.push((vec![(more, dim)], false));
    }
    let mut x: u16 = 0;
    let last = bits.len().saturating_sub(1);
    for (at, (bits, is_selected)) in bits.into_iter().enumerate() {
        let width = pen::sum(bits.iter().map(|(text, _)| cells(text)));
        // What does not fit is told by dots; the count stands at the right.
        if x.saturating_add(width) > room.width.saturating_sub(2 * u16::from(at < last)) {
            let dots = canvas.ornament("…", "...");
            canvas.write(room, x, y, &dots, dim);
            return;
        }
        if is_selected {
            let open = canvas.ornament("▸", ">");
            canvas.part(room, x.saturating_sub(1), y, &open, Part::Selected);
            canvas.cursor = Some((Position::new(room.x + x, room.y + y), false));
        }
        let slot = Rect { x: room.x + x, width: room.width - x, ..room };
        x += pen::line(canvas, slot, y, &bits) + 1;
    }
}

fn bit(canvas: &Canvas<'_>, cell: &Cell) -> Bit {
    let style =
        if cell.is_now { pen::block(canvas, cell.tone) } else { pen::strong(canvas, cell.tone) };
    (Safe::line(&cell.text).then(&pen::sign(canvas, cell.tone)), style)
}
