//! The reader's highlights, where they are in the text as it is now.

use std::ops::Range;

use crate::layout::Position;
use crate::state::{Highlight, Place};
use crate::tui::reading::{Reading, Top};

/// A highlight that was found in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its id.
    pub id: String,
    /// Where it begins.
    pub start: Position,
    /// Where it ends; in the leaf of its last letter.
    pub end: Position,
    /// Whether there is a note on it.
    pub noted: bool,
}

impl Shown {
    /// The bytes of a leaf's text that it covers.
    pub fn within(&self, block: usize) -> Option<Range<usize>> {
        if block < self.start.block || block > self.end.block {
            return None;
        }
        let from = if block == self.start.block { self.start.offset } else { 0 };
        let to = if block == self.end.block { self.end.offset } else { usize::MAX };
        Some(from..to)
    }

    /// Whether a position is in it.
    pub fn holds(&self, position: Position) -> bool {
        self.start <= position && position < self.end
    }
}

impl Reading {
    /// Finds `highlights` in the text; how many of them are lost.
    pub fn find_highlights(&mut self, highlights: &[Highlight]) -> usize {
        let whole = self.whole();
        let shown = highlights.iter().filter_map(|it| {
            let (start, end) = whole.find(&it.place)?;
            Some(Shown { id: it.id.clone(), start, end, noted: !it.note.is_empty() })
        });
        let mut shown: Vec<Shown> = shown.collect();
        shown.sort_by_key(|it| (it.start, it.end));
        let lost = highlights.len() - shown.len();
        self.highlights = shown;
        lost
    }

    /// The highlight at a position.
    pub fn highlight_at(&self, position: Position) -> Option<&Shown> {
        self.highlights.iter().find(|it| it.holds(position))
    }

    /// Puts a remembered place at the top of the screen.
    pub fn go_to_place(&mut self, place: &Place) {
        let position = self.whole().nearest_to(place);
        self.come_back(Top { position, above: place.above });
    }
}
