//! Frames to bytes: only what changed, and what moved by the terminal's own scrolling.
//!
//! A reader scrolls a line at a time, often over a slow link. Drawing every cell that differs
//! costs 4 to 30 kB a line; moving the region and drawing the new line costs a few hundred.

use std::cell::Cell;
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::backend::{Backend, ClearType, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

/// What is drawn besides the cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hints {
    /// The text column: what may have moved as a whole.
    pub scrolls: Option<Rect>,
    /// Where the cursor stands, and whether it shows. A screen reader follows it.
    pub cursor: Option<(Position, bool)>,
}

/// The screen as the terminal has it, and the way there.
#[derive(Debug)]
pub struct Frames<W: Write> {
    backend: CrosstermBackend<Held<W>>,
    hold: Rc<Cell<bool>>,
    shown: Buffer,
    cursor: Option<(Position, bool)>,
}

impl<W: Write> Frames<W> {
    /// Frames of `area` on `out`, of which nothing is shown yet.
    pub fn new(out: W, area: Rect) -> Self {
        let hold = Rc::new(Cell::new(false));
        let together = Held { out, bytes: Vec::with_capacity(16 * 1024), hold: Rc::clone(&hold) };
        let backend = CrosstermBackend::new(together);
        Self { backend, hold, shown: Buffer::empty(area), cursor: None }
    }

    /// Forgets what is shown, so that the next frame draws every cell.
    pub fn clear(&mut self, area: Rect) -> io::Result<()> {
        self.shown = Buffer::empty(area);
        self.cursor = None;
        self.backend.clear_region(ClearType::All)
    }

    /// Makes the terminal show `next`, in one write.
    pub fn draw(&mut self, next: Buffer, hints: Hints) -> io::Result<()> {
        if next.area != self.shown.area {
            self.clear(next.area)?;
        }
        self.hold.set(true);
        if let Some(moved) = hints.scrolls.and_then(|area| scrolled(&self.shown, &next, area)) {
            self.scroll(moved)?;
        }
        let changed: Vec<_> = self.shown.diff_iter(&next).collect();
        let any = !changed.is_empty();
        if any {
            self.backend.draw(changed.into_iter())?;
        }
        if any {
            // Wherever drawing left it, it has to be put in its place again.
            self.cursor = self.cursor.map(|(_, shows)| (Position::new(u16::MAX, 0), shows));
        }
        self.place_cursor(hints.cursor)?;
        self.hold.set(false);
        self.shown = next;
        Backend::flush(&mut self.backend)
    }

    fn place_cursor(&mut self, cursor: Option<(Position, bool)>) -> io::Result<()> {
        let shows = |cursor: Option<(Position, bool)>| cursor.is_some_and(|(_, shows)| shows);
        if let Some((position, _)) = cursor
            && self.cursor != cursor
        {
            self.backend.set_cursor_position(position)?;
        }
        match (shows(self.cursor), shows(cursor)) {
            (false, true) => self.backend.show_cursor()?,
            (true, false) => self.backend.hide_cursor()?,
            _ => {}
        }
        self.cursor = cursor;
        Ok(())
    }

    /// Moves rows by line feeds and reverse line feeds in a scroll region: what a VT100 could
    /// do, every terminal can, while "scroll up" (`CSI S`) is unknown to the Linux console.
    fn scroll(&mut self, moved: Moved) -> io::Result<()> {
        let Moved { top, bottom, by } = moved;
        let (row, feed) = if by > 0 { (bottom, "\n") } else { (top + 1, "\u{1b}M") };
        let feeds = feed.repeat(by.unsigned_abs().into());
        write!(self.backend, "\u{1b}[{};{bottom}r\u{1b}[{row};1H{feeds}\u{1b}[r", top + 1)?;
        self.shown = shifted(&self.shown, moved);
        Ok(())
    }
}

/// Rows `top..bottom` of the screen moved up `by` rows (down, when negative).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Moved {
    top: u16,
    bottom: u16,
    by: i16,
}

/// How the text column moved between two frames, when drawing it so takes fewer cells.
fn scrolled(shown: &Buffer, next: &Buffer, column: Rect) -> Option<Moved> {
    let column = column.intersection(next.area);
    if column.height < 3 {
        return None;
    }
    let rows = |buffer: &Buffer| column.rows().map(|row| row_hash(buffer, row)).collect::<Vec<_>>();
    let (before, after) = (rows(shown), rows(next));
    let farthest = i16::try_from(column.height * 2 / 3).ok()?;
    let same = |by: i16| {
        let pairs = after
            .iter()
            .enumerate()
            .filter_map(|(y, row)| Some((row, before.get(y.checked_add_signed(by.into())?)?)));
        pairs.filter(|(row, old)| row == old && row.is_some()).count()
    };
    let still = same(0);
    let candidates = (1..=farthest).flat_map(|by| [by, -by]);
    let (count, by) =
        candidates.map(|by| (same(by), by)).max_by_key(|(count, by)| (*count, -by.abs()))?;
    let moved = Moved { top: column.top(), bottom: column.bottom(), by };
    let worth = count > still && {
        let drawn = |shown: &Buffer| shown.diff_iter(next).count();
        drawn(&shifted(shown, moved)) + 16 < drawn(shown)
    };
    worth.then_some(moved)
}

/// A fingerprint of a row; none for a blank one, which matches everywhere and proves nothing.
fn row_hash(buffer: &Buffer, row: Rect) -> Option<u64> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    let mut blank = true;
    for x in row.left()..row.right() {
        let cell = buffer.cell((x, row.y))?;
        blank &= cell.symbol() == " ";
        cell.hash(&mut hasher);
    }
    (!blank).then(|| hasher.finish())
}

/// What `buffer` looks like after the terminal moved its rows.
fn shifted(buffer: &Buffer, moved: Moved) -> Buffer {
    let mut after = buffer.clone();
    for y in moved.top..moved.bottom {
        let from = y.checked_add_signed(moved.by).filter(|y| (moved.top..moved.bottom).contains(y));
        for x in buffer.area.left()..buffer.area.right() {
            let cell = from.and_then(|y| buffer.cell((x, y)).cloned()).unwrap_or_default();
            if let Some(place) = after.cell_mut((x, y)) {
                *place = cell;
            }
        }
    }
    after
}

/// Keeps bytes together until the frame is whole: a terminal that gets half a frame shows it.
#[derive(Debug)]
struct Held<W: Write> {
    out: W,
    bytes: Vec<u8>,
    hold: Rc<Cell<bool>>,
}

impl<W: Write> Write for Held<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.hold.get() || self.bytes.is_empty() {
            return Ok(());
        }
        self.out.write_all(&self.bytes)?;
        self.bytes.clear();
        self.out.flush()
    }
}
