//! What a reader did that is to be remembered.

use crate::review::Grade;
use crate::state::{Highlight, Mark, Name, Pace, Place};

/// Something to be remembered. It says what was done rather than what holds afterwards, so that
/// several readers at once lose nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A text was read.
    Read(ReadOn),
    /// A text counts as finished, or as not finished, whatever was read of it.
    Finish(Name, Finished),
    /// A mark is set; the one of its letter goes.
    SetMark(Mark),
    /// A mark is taken away: its letter, and the text when it is local to one.
    ClearMark(char, Name),
    /// A text goes to the end of the reading list.
    Enlist(Name),
    /// A text leaves the reading list.
    Delist(Name),
    /// A text of the reading list changes places with the one before or after it.
    Swap(Name, Name),
    /// A passage is highlighted, or its note is changed.
    SetHighlight(Highlight),
    /// A highlight is taken away: its id.
    ClearHighlight(String),
    /// A setting has a value, or its usual one again.
    Set(String, Option<String>),
    /// A card of this key was graded.
    Graded(String, Grade),
}

/// Whether a text was read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finished {
    /// It was.
    Yes,
    /// It was not.
    No,
}

/// What was read of a text since the last change, and where the reader is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOn {
    /// Which visit of this session it belongs to.
    pub visit: u64,
    /// The text.
    pub name: Name,
    /// Where the reader is.
    pub place: Place,
    /// The furthest point that was read, in per cent of the text.
    pub percent: u8,
    /// Time spent reading since, in milliseconds.
    pub spent: u64,
    /// What was measured since.
    pub pace: Pace,
}

impl ReadOn {
    /// Whether the end was read.
    pub fn is_finished(&self) -> bool {
        self.percent >= 100
    }

    /// This and what was read later in the same visit.
    #[must_use]
    pub fn and(self, later: Self) -> Self {
        Self {
            percent: self.percent.max(later.percent),
            spent: self.spent + later.spent,
            pace: self.pace.and(later.pace),
            ..later
        }
    }
}

impl Change {
    /// Whether it says where a reader is, which is written when there is time.
    pub fn is_reading(&self) -> bool {
        matches!(self, Self::Read(_))
    }
}
