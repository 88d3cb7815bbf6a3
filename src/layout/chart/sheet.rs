//! Cells to draw on: a character and a role each.

use crate::layout::{Line, Role, Span};
use crate::text::{self, Safe};

/// A rectangle of cells.
pub(super) struct Sheet {
    width: usize,
    rows: Vec<Vec<Cell>>,
    below: Vec<Entry>,
}

#[derive(Clone)]
struct Cell {
    text: String,
    role: Role,
    /// Part of written words, blanks between them included.
    is_word: bool,
}

/// A sign and what it stands for, below a chart.
pub(super) struct Entry {
    pub(super) sign: String,
    pub(super) role: Role,
    pub(super) words: String,
}

impl Sheet {
    pub(super) fn new(width: usize, rows: usize) -> Self {
        let blank = Cell { text: " ".to_owned(), role: Role::Text, is_word: false };
        Self { width, rows: vec![vec![blank; width]; rows], below: vec![] }
    }

    /// Whether a capital letter stands on a cell.
    pub(super) fn is_letter(&self, x: usize, y: usize) -> bool {
        let cell = self.rows.get(y).and_then(|row| row.get(x));
        cell.is_some_and(|cell| cell.text.bytes().all(|byte| byte.is_ascii_uppercase()))
    }

    /// One cell; nothing outside.
    pub(super) fn put(&mut self, x: usize, y: usize, c: char, role: Role) {
        if let Some(cell) = self.rows.get_mut(y).and_then(|row| row.get_mut(x)) {
            *cell = Cell { text: c.to_string(), role, is_word: false };
        }
    }

    /// Text from a cell to the right, cut at the edge.
    pub(super) fn write(&mut self, x: usize, y: usize, words: &str, role: Role) {
        let Some(row) = self.rows.get_mut(y) else { return };
        let mut at = x;
        for (_, grapheme) in text::graphemes(words) {
            let cells = text::grapheme_width(grapheme);
            if cells == 0 || at + cells > self.width {
                continue;
            }
            for (extra, cell) in row.iter_mut().skip(at).take(cells).enumerate() {
                let text = if extra == 0 { grapheme.to_owned() } else { String::new() };
                *cell = Cell { text, role, is_word: true };
            }
            at += cells;
        }
    }

    /// Text that ends before a cell.
    pub(super) fn write_before(&mut self, end: usize, y: usize, words: &str, role: Role) {
        self.write(end.saturating_sub(text::width(words)), y, words, role);
    }

    /// Text from a cell on, moved to the left where there is no room; below the chart where it
    /// is wider than the sheet.
    pub(super) fn head(&mut self, x: usize, y: usize, words: &str, role: Role) {
        match self.width.checked_sub(text::width(words)) {
            Some(last) => self.write(x.min(last), y, words, role),
            None => self.tell("", role, words),
        }
    }

    /// Whether words from a column on stay on the sheet.
    pub(super) fn has_room(&self, x: usize, words: &str) -> bool {
        x + text::width(words) <= self.width
    }

    /// Says below the chart what has no room in it.
    pub(super) fn tell(&mut self, sign: &str, role: Role, words: &str) {
        if !words.is_empty() {
            self.below.push(Entry { sign: sign.to_owned(), role, words: words.to_owned() });
        }
    }

    /// What is said below the chart.
    pub(super) fn take_below(&mut self) -> Vec<Entry> {
        std::mem::take(&mut self.below)
    }

    /// Whether nothing but lines of the frame stands on so many cells.
    pub(super) fn is_free(&self, x: usize, y: usize, cells: usize) -> bool {
        let row = self.rows.get(y).and_then(|row| row.get(x..x + cells));
        let free = |it: &Cell| !it.is_word && (it.text == " " || it.role == Role::Rule);
        row.is_some_and(|row| row.iter().all(free))
    }

    /// The rows, without the blanks at their ends.
    pub(super) fn lines(&self) -> Vec<Line> {
        self.rows.iter().map(|row| line(row)).collect()
    }
}

fn line(row: &[Cell]) -> Line {
    let end = row.iter().rposition(|cell| cell.text != " ").map_or(0, |last| last + 1);
    let mut spans: Vec<Span> = vec![];
    let mut run = String::new();
    let mut role = Role::Text;
    for cell in row.iter().take(end) {
        let own = if cell.text == " " { role } else { cell.role };
        if own != role && !run.is_empty() {
            spans.push(Span::ornament(Safe::line(&run), role));
            run.clear();
        }
        role = own;
        run.push_str(&cell.text);
    }
    if !run.is_empty() {
        spans.push(Span::ornament(Safe::line(&run), role));
    }
    Line { spans, start: 0 }
}
