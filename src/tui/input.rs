//! A line of text being typed.

use crate::text;
use crate::tui::key::Key;
use ratatui::crossterm::event::KeyCode;

/// The longest input in characters; more is refused.
const LONGEST: usize = 200;
/// The same, of a note.
const LONGEST_NOTE: usize = 4_000;

/// A query or a pattern, and the cursor in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input {
    text: String,
    /// Byte of the text, on a character's border.
    cursor: usize,
    is_note: bool,
}

impl Input {
    /// An input that holds `text`, with the cursor at its end.
    pub fn new(text: &str) -> Self {
        let mut input = Self::default();
        input.paste(text);
        input
    }

    /// A note that holds `text`, which may be long.
    pub fn note(text: &str) -> Self {
        let mut input = Self { is_note: true, ..Self::default() };
        input.paste(text);
        input
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Cells before the cursor.
    pub fn column(&self) -> usize {
        text::width(self.text.get(..self.cursor).unwrap_or_default())
    }

    /// Adds text at the cursor; control characters become blanks.
    pub fn paste(&mut self, pasted: &str) {
        for c in pasted.chars() {
            self.insert(if c.is_control() { ' ' } else { c });
        }
    }

    fn insert(&mut self, c: char) {
        let longest = if self.is_note { LONGEST_NOTE } else { LONGEST };
        if self.text.chars().count() < longest {
            self.text.insert(self.cursor, c);
            self.cursor += c.len_utf8();
        }
    }

    /// Applies an editing key; false when the key edits nothing.
    pub fn edit(&mut self, key: Key) -> bool {
        match (key.code, key.ctrl, key.alt) {
            (KeyCode::Char(c), false, false) => self.insert(c),
            (KeyCode::Backspace, false, false) | (KeyCode::Char('h'), true, false) => {
                self.delete(self.before());
            }
            (KeyCode::Delete, ..) => self.delete(self.after()),
            (KeyCode::Left, false, false) => self.cursor = self.before(),
            (KeyCode::Right, false, false) => self.cursor = self.after(),
            (KeyCode::Home, ..) | (KeyCode::Char('a'), true, false) => self.cursor = 0,
            (KeyCode::End, ..) | (KeyCode::Char('e'), true, false) => self.cursor = self.text.len(),
            (KeyCode::Char('u'), true, false) => self.delete(0),
            (KeyCode::Char('w'), true, false) => self.delete(self.word()),
            _ => return false,
        }
        true
    }

    fn before(&self) -> usize {
        let head = self.text.get(..self.cursor).unwrap_or_default();
        text::graphemes(head).last().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        let tail = self.text.get(self.cursor..).unwrap_or_default();
        self.cursor + text::graphemes(tail).next().map_or(0, |(_, grapheme)| grapheme.len())
    }

    fn word(&self) -> usize {
        let head = self.text.get(..self.cursor).unwrap_or_default().trim_end();
        head.rfind(' ').map_or(0, |blank| blank + 1)
    }

    /// Removes what is between the cursor and `to`.
    fn delete(&mut self, to: usize) {
        let range = self.cursor.min(to)..self.cursor.max(to);
        self.cursor = range.start;
        self.text.replace_range(range, "");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &[&str]) -> String {
        let mut input = Input::new("raft élection");
        for key in keys {
            input.edit(Key::named(key).unwrap());
        }
        let (before, after) = input.text.split_at(input.cursor);
        format!("{before}|{after}")
    }

    #[test]
    fn edits_by_grapheme_and_word() {
        assert_eq!(typed(&["Backspace", "x"]), "raft électiox|");
        assert_eq!(typed(&["Ctrl-w"]), "raft |");
        assert_eq!(typed(&["Ctrl-a", "Delete", "Right"]), "a|ft élection");
        assert_eq!(typed(&["Left", "Left", "Ctrl-u"]), "|on");
    }

    #[test]
    fn a_paste_is_one_line_and_bounded() {
        let input = Input::new(&"a\n\u{1b}[31m".repeat(1000));
        assert_eq!(input.text().chars().count(), LONGEST);
        assert!(!input.text().contains(char::is_control));
    }
}
