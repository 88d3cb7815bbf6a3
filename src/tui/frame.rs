//! Frames to bytes: only what changed, and what moved by the terminal's own scrolling.
//!
//! A reader scrolls a line at a time, often over a slow link. Drawing every cell that differs
//! costs 4 to 30 kB a line; moving the region and drawing the new line costs a few hundred.

mod flow;
mod hanging;
mod pen;

pub use flow::Flow;

use std::io::{self, Write};

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};

use crate::text;
use crate::tui::frame::hanging::Hanging;
use crate::tui::frame::pen::Pen;
use crate::tui::picture::Shown;

/// What is drawn besides the cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hints {
    /// The text column: what may have moved as a whole.
    pub scrolls: Option<Rect>,
    /// Where the cursor stands, and whether it shows. A screen reader follows it.
    pub cursor: Option<(Position, bool)>,
    /// What runs on from row to row.
    pub flows: Vec<Flow>,
    /// Pictures. Where one is written as a whole, the cells are blank.
    pub pictures: Vec<Shown>,
}

/// The screen as the terminal has it, and the way there.
#[derive(Debug)]
pub struct Frames<W: Write> {
    out: W,
    pen: Pen,
    shown: Buffer,
    /// Whether the cursor shows.
    typing: bool,
    flows: Vec<Flow>,
    pictures: Hanging,
}

impl<W: Write> Frames<W> {
    /// Frames of `area` on `out`, of which nothing is shown yet, with the cursor hidden.
    pub fn new(out: W, area: Rect) -> Self {
        let (pen, shown) = (Pen::default(), Buffer::empty(area));
        Self { out, pen, shown, typing: false, flows: vec![], pictures: Hanging::default() }
    }

    /// Forgets what is shown, so that the next frame draws every cell.
    pub fn clear(&mut self, area: Rect) {
        self.shown = Buffer::empty(area);
        self.typing = false;
        self.flows.clear();
        self.pictures.clear();
        self.pen.blank();
    }

    /// Makes the terminal show `next`, in one write: one that gets half a frame shows it.
    pub fn draw(&mut self, next: Buffer, hints: &Hints) -> io::Result<()> {
        if next.area != self.shown.area {
            self.clear(next.area);
        }
        let scrolls = hints.scrolls.filter(|_| !self.pictures.are_fixed(&hints.pictures));
        if let Some(moved) = scrolls.and_then(|area| scrolled(&self.shown, &next, area)) {
            self.pen.scroll(moved.top, moved.bottom, moved.by);
            self.shown = shifted(&self.shown, moved);
        }
        self.renew(&next, &hints.flows);
        self.pictures.give(&mut self.pen, &hints.pictures);
        let fresh = self.pictures.change(&mut self.shown, &next, &hints.pictures);
        for row in next.area.rows() {
            self.draw_row(&next, row);
        }
        self.shown = next;
        self.pen.unlink();
        self.pen.lift();
        for picture in &fresh {
            self.pen.picture(picture);
        }
        self.place_cursor(hints.cursor);
        self.out.write_all(&self.pen.take())?;
        self.out.flush()
    }

    /// Has the terminal forget the pictures that it was given.
    pub fn forget_pictures(&mut self) -> io::Result<()> {
        self.pictures.forget(&mut self.pen);
        self.out.write_all(&self.pen.take())?;
        self.out.flush()
    }

    /// Has the rows of flows that came, went or changed drawn whole: a terminal knows a line
    /// that runs on, and a link, by how they were written.
    fn renew(&mut self, next: &Buffer, flows: &[Flow]) {
        let same = |shown: &Buffer, flow: &Flow| {
            flow.area.positions().all(|at| shown.cell(at) == next.cell(at))
        };
        let kept = |flow: &Flow| self.flows.contains(flow) && same(&self.shown, flow);
        let came = flows.iter().filter(|flow| !kept(flow));
        let went = self.flows.iter().filter(|flow| !flows.contains(flow));
        let stale: Vec<Rect> = came.chain(went).map(|flow| flow.area).collect();
        for at in stale.into_iter().flat_map(Rect::positions) {
            if let Some(cell) = self.shown.cell_mut(at) {
                // Differs from every cell that is drawn.
                cell.set_symbol("\n");
            }
        }
        self.flows = flows.to_vec();
    }

    /// Writes the cells of a row that changed.
    fn draw_row(&mut self, next: &Buffer, row: Rect) {
        let wide = |cell: &Cell| text::cells(text::grapheme_width(cell.symbol()).max(1));
        let (mut x, mut unsure) = (row.left(), 0);
        while let (true, Some(cell)) = (x < row.right(), next.cell((x, row.y))) {
            let width = wide(cell);
            let olds = (x..x + width).filter_map(|x| Some((x, self.shown.cell((x, row.y))?)));
            if x < unsure || self.shown.cell((x, row.y)) != Some(cell) {
                let flow = self.flows.iter().find(|flow| flow.has(x, row.y));
                if x == row.left() && flow.is_some_and(|flow| flow.enters(row.y)) {
                    self.pen.run_on(row.width, row.y);
                }
                self.pen.link(flow.and_then(|flow| flow.address.as_ref()));
                self.pen.put(x, row.y, cell);
                // A wide letter that loses one half loses the other too, and terminals do not
                // agree on what that half looks like then.
                unsure = olds.map(|(x, old)| x + wide(old)).fold(unsure, u16::max);
            }
            x += width;
        }
    }

    fn place_cursor(&mut self, cursor: Option<(Position, bool)>) {
        if let Some((Position { x, y }, _)) = cursor {
            self.pen.go(x, y);
        }
        let typing = cursor.is_some_and(|(_, shows)| shows);
        match (self.typing, typing) {
            (false, true) => self.pen.show_cursor(),
            (true, false) => self.pen.hide_cursor(),
            _ => {}
        }
        self.typing = typing;
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::{Color, Modifier, Style};

    use super::*;

    /// A terminal that has every frame so far.
    struct Emulated {
        frames: Frames<Vec<u8>>,
        screen: vt100::Parser,
    }

    impl Emulated {
        fn new() -> Self {
            Self { frames: Frames::new(vec![], Rect::ZERO), screen: vt100::Parser::new(1, 1, 0) }
        }

        /// Draws a frame; how many bytes it took.
        fn draw(&mut self, next: &Buffer, hints: &Hints) -> usize {
            if self.screen.screen().size() != (next.area.height, next.area.width) {
                self.screen = vt100::Parser::new(next.area.height, next.area.width, 0);
            }
            self.frames.draw(next.clone(), hints).unwrap();
            let bytes = std::mem::take(&mut self.frames.out);
            self.screen.process(&bytes);
            bytes.len()
        }

        /// The first cell that is not as it should be.
        fn wrong(&self, next: &Buffer, hints: &Hints) -> Option<String> {
            let screen = self.screen.screen();
            let cells = next.area.positions().filter(|at| {
                // The second half of a wide letter is the terminal's own.
                let before = at.x.checked_sub(1).and_then(|x| next.cell((x, at.y)));
                before.is_none_or(|cell| text::grapheme_width(cell.symbol()) < 2)
            });
            let mut wrong = cells.filter_map(|at| {
                let wanted = look(next.cell(at)?);
                let cell = screen.cell(at.y, at.x)?;
                let symbol = if cell.has_contents() { cell.contents() } else { " " };
                let got = format!(
                    "{symbol} {:?} {:?} {} {} {} {} {}",
                    cell.fgcolor(),
                    cell.bgcolor(),
                    cell.bold(),
                    cell.dim(),
                    cell.italic(),
                    cell.underline(),
                    cell.inverse()
                );
                (got != wanted).then(|| format!("at {at}: {got}, not {wanted}"))
            });
            wrong.next().or_else(|| {
                let (row, column) = screen.cursor_position();
                let (at, shows) = hints.cursor?;
                let right = (at.x, at.y) == (column, row) && shows != screen.hide_cursor();
                (!right).then(|| format!("the cursor is at {column},{row}, not {at:?}"))
            })
        }
    }

    fn look(cell: &Cell) -> String {
        let colour = |colour| match colour {
            Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
            Color::Indexed(index) => vt100::Color::Idx(index),
            Color::Red => vt100::Color::Idx(1),
            Color::Cyan => vt100::Color::Idx(6),
            Color::LightBlue => vt100::Color::Idx(12),
            _ => vt100::Color::Default,
        };
        let has = |modifier| cell.modifier.contains(modifier);
        format!(
            "{} {:?} {:?} {} {} {} {} {}",
            cell.symbol(),
            colour(cell.fg),
            colour(cell.bg),
            has(Modifier::BOLD),
            has(Modifier::DIM),
            has(Modifier::ITALIC),
            has(Modifier::UNDERLINED),
            has(Modifier::REVERSED)
        )
    }

    fn style() -> impl Strategy<Value = Style> {
        let colours = [
            Color::Reset,
            Color::Red,
            Color::Cyan,
            Color::LightBlue,
            Color::Indexed(99),
            Color::Rgb(1, 2, 3),
        ];
        let colour = prop::sample::select(colours.to_vec());
        // A terminal emulator shows bold and dim as one, so only one of them at a time.
        let modifiers = [
            Modifier::empty(),
            Modifier::BOLD,
            Modifier::DIM,
            Modifier::ITALIC,
            Modifier::UNDERLINED.union(Modifier::BOLD),
            Modifier::REVERSED.union(Modifier::ITALIC),
        ];
        (colour.clone(), colour, prop::sample::select(modifiers.to_vec()))
            .prop_map(|(fg, bg, modifier)| Style::new().fg(fg).bg(bg).add_modifier(modifier))
    }

    /// A row of a text: runs of letters, narrow and wide.
    fn row() -> impl Strategy<Value = Vec<(String, Style)>> {
        prop::collection::vec(("[a-c ]{0,9}|[é字🚀 ─]{0,4}", style()), 0..5)
    }

    /// Where a flow begins, how many rows and cells it has, whether it is a link.
    type Rows = (u16, u16, usize, bool);

    fn flow() -> impl Strategy<Value = Option<Rows>> {
        prop::option::weighted(0.4, (0u16..9, 1u16..4, 1usize..70, any::<bool>()))
    }

    fn within((y, height, cells, links): Rows, area: Rect) -> Flow {
        let area = Rect { y, height, ..area }.intersection(area);
        Flow { area, cells, address: links.then(|| text::Safe::from("http://127.0.0.1/")) }
    }

    fn write(buffer: &mut Buffer, y: u16, row: &[(String, Style)]) {
        let mut x = 0;
        for (text, style) in row {
            let room = usize::from(buffer.area.width.saturating_sub(x));
            (x, _) = buffer.set_stringn(x, y, text, room, *style);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

        #[test]
        fn the_terminal_shows_every_frame_whole(
            text in prop::collection::vec(row(), 30..60),
            steps in prop::collection::vec(
                (0usize..40, row(), prop::option::weighted(0.2, (4u16..30, 4u16..14)), any::<bool>(), flow()),
                1..14,
            ),
            cleared in 0usize..14,
        ) {
            let mut emulated = Emulated::new();
            let mut area = Rect::new(0, 0, 24, 10);
            for (at, (top, header, size, typing, flow)) in steps.into_iter().enumerate() {
                if let Some((width, height)) = size {
                    area = Rect { width, height, ..area };
                }
                let mut next = Buffer::empty(area);
                write(&mut next, 0, &header);
                for (y, row) in (1..area.height - 1).zip(text.iter().skip(top)) {
                    write(&mut next, y, row);
                }
                let column = Rect { y: 1, height: area.height - 2, ..area };
                let cursor = Some((Position::new(area.width / 2, 1), typing));
                let flows = flow.into_iter().map(|it| within(it, area)).collect();
                let hints = Hints { scrolls: Some(column), cursor, flows, pictures: vec![] };
                if at == cleared {
                    emulated.frames.clear(area);
                }
                emulated.draw(&next, &hints);
                prop_assert_eq!(emulated.wrong(&next, &hints), None, "frame {}", at);
                prop_assert_eq!(emulated.draw(&next, &hints), 0, "a frame that changes nothing");
            }
        }
    }

    #[test]
    fn a_line_that_moved_is_not_drawn_again() {
        let text = |top: u16| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
            for y in 0..24 {
                let line = format!("{} is a line of the text. ", y + top).repeat(3);
                buffer.set_string(0, y, line, Style::new());
            }
            buffer
        };
        let mut emulated = Emulated::new();
        let hints = Hints { scrolls: Some(Rect::new(0, 0, 80, 24)), ..Hints::default() };
        let whole = emulated.draw(&text(10), &hints);
        for top in [11, 12, 11] {
            let bytes = emulated.draw(&text(top), &hints);
            assert!(bytes < 160 && whole > 1500, "{bytes} of {whole}");
            assert_eq!(emulated.wrong(&text(top), &hints), None);
        }
    }

    #[test]
    fn what_runs_on_is_one_line_to_the_terminal_and_one_link() {
        let area = Rect::new(0, 0, 20, 5);
        let address = "http://127.0.0.1:40123/a-word-that-is-long/lab";
        let mut buffer = Buffer::empty(area);
        buffer.set_string(0, 4, "below", Style::new());
        let plain = buffer.clone();
        for (y, start) in (1u16..).zip([0, 20, 40]) {
            let row = text::clip(address.get(start..).unwrap(), 20);
            buffer.set_string(0, y, row, Style::new());
        }
        let flow = Flow {
            area: Rect::new(0, 1, 20, 3),
            cells: address.len(),
            address: Some(text::Safe::from(address)),
        };
        let hints = Hints { flows: vec![flow], ..Hints::default() };
        let mut emulated = Emulated::new();
        for _ in 0..2 {
            emulated.draw(&buffer, &hints);
            let wraps = [0, 1, 2, 3].map(|row| emulated.screen.screen().row_wrapped(row));
            assert_eq!(wraps, [false, true, true, false]);
            assert!(emulated.screen.screen().contents().contains(address));
            emulated.draw(&plain, &Hints::default());
            assert_eq!(emulated.wrong(&plain, &Hints::default()), None);
        }
        emulated.frames.draw(buffer, &hints).unwrap();
        let written = String::from_utf8(std::mem::take(&mut emulated.frames.out)).unwrap();
        assert_eq!(written.matches(&format!("\x1b]8;id=lab;{address}\x1b\\")).count(), 1);
        assert_eq!(written.matches("\x1b]8;;\x1b\\").count(), 1);
    }

    #[test]
    fn an_output_that_fails_is_told() {
        struct Broken;
        impl Write for Broken {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut buffer = Buffer::empty(Rect::new(0, 0, 9, 1));
        buffer.set_string(0, 0, "text", Style::new());
        assert!(Frames::new(Broken, buffer.area).draw(buffer, &Hints::default()).is_err());
    }
}
