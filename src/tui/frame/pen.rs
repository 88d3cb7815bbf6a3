//! Cells to bytes, with the sequences that every terminal knows.

use std::io::Write;

use ratatui::buffer::Cell;
use ratatui::style::Style;

use crate::paint;
use crate::text;
use crate::text::Safe;
use crate::tui::picture::{Form, Shown};

/// What is to be written, and how the terminal stands after it.
#[derive(Debug, Default)]
pub(super) struct Pen {
    bytes: Vec<u8>,
    /// Where the next letter goes; none when that is not known.
    at: Option<(u16, u16)>,
    /// Whether `at` is as sure as ASCII letters make it: terminals differ about others' widths.
    sure: bool,
    style: Style,
    /// Where what is written now leads.
    link: Option<Safe>,
}

impl Pen {
    /// The bytes so far, which are forgotten.
    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    /// Hides the cursor and blanks the screen.
    pub(super) fn blank(&mut self) {
        self.write(format_args!("\x1b[?25l\x1b[0m\x1b[2J"));
        self.style = Style::new();
        self.at = None;
    }

    /// Shows the cursor.
    pub(super) fn show_cursor(&mut self) {
        self.write(format_args!("\x1b[?25h"));
    }

    /// Hides the cursor.
    pub(super) fn hide_cursor(&mut self) {
        self.write(format_args!("\x1b[?25l"));
    }

    /// Moves rows `top..bottom` up by `by` rows; down, when negative.
    ///
    /// By line feeds and reverse line feeds in a scroll region: what a VT100 could do, every
    /// terminal can, while "scroll up" (`CSI S`) is unknown to the Linux console.
    pub(super) fn scroll(&mut self, top: u16, bottom: u16, by: i16) {
        self.lift();
        let (row, feed) = if by > 0 { (bottom, "\n") } else { (top + 1, "\x1bM") };
        let feeds = feed.repeat(by.unsigned_abs().into());
        self.write(format_args!("\x1b[{};{bottom}r\x1b[{row};1H{feeds}\x1b[r", top + 1));
        self.at = None;
    }

    /// Goes to a cell.
    pub(super) fn go(&mut self, x: u16, y: u16) {
        match self.at {
            Some(at) if at == (x, y) && self.sure => return,
            Some((from, row)) if self.sure && row == y && from < x => match x - from {
                1 => self.write(format_args!("\x1b[C")),
                cells => self.write(format_args!("\x1b[{cells}C")),
            },
            _ => self.write(format_args!("\x1b[{};{}H", y + 1, x + 1)),
        }
        (self.at, self.sure) = (Some((x, y)), true);
    }

    /// Goes on in row `y` without a word, when the row above was just written to its end: the
    /// terminal takes both for one line then.
    pub(super) fn run_on(&mut self, width: u16, y: u16) {
        if self.sure && y.checked_sub(1).is_some_and(|above| self.at == Some((width, above))) {
            self.at = Some((0, y));
        }
    }

    /// What is written from here on leads to `address`, or nowhere.
    pub(super) fn link(&mut self, address: Option<&Safe>) {
        if self.link.as_ref() != address {
            // One id, so that all rows of a link are one to the terminal.
            let id = if address.is_some() { "id=lab" } else { "" };
            let text = address.map_or("", |address| address.as_str());
            self.write(format_args!("\x1b]8;{id};{text}\x1b\\"));
            self.link = address.cloned();
        }
    }

    /// What is written from here on leads nowhere.
    pub(super) fn unlink(&mut self) {
        self.link(None);
    }

    /// Writes a cell.
    pub(super) fn put(&mut self, x: u16, y: u16, cell: &Cell) {
        // Letters that stand side by side need no moves between them, of whatever script.
        if self.at != Some((x, y)) {
            self.go(x, y);
        }
        let style = cell.style();
        self.write(format_args!("{}{}", paint::restyle(self.style, style), cell.symbol()));
        self.style = style;
        let narrow = text::grapheme_width(cell.symbol()) == 1;
        self.at = narrow.then_some((x + 1, y));
        self.sure &= cell.symbol().is_ascii();
    }

    /// Back to the terminal's own colours, so that what it blanks by itself is blank.
    pub(super) fn lift(&mut self) {
        self.write(format_args!("{}", paint::restyle(self.style, Style::new())));
        self.style = Style::new();
    }

    /// Writes a picture where it stands, when it is one that is written so.
    pub(super) fn picture(&mut self, shown: &Shown) {
        if let Form::Whole(bytes) = &shown.picture.form {
            self.go(shown.area.x, shown.area.y);
            self.raw(bytes);
            // Terminals do not agree on where the cursor is now.
            self.at = None;
        }
    }

    /// Writes a sequence that moves nothing.
    pub(super) fn raw(&mut self, sequence: &str) {
        self.bytes.extend(sequence.as_bytes());
    }

    fn write(&mut self, text: std::fmt::Arguments<'_>) {
        // Nothing can go wrong in memory.
        let _ = self.bytes.write_fmt(text);
    }
}
