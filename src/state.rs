//! What is remembered of a reader: where they are in each text, how far they came, what they
//! marked, noted and set. Plain data; [`store`] keeps it in a file.
//!
//! Texts are named by what editions do not change ([`Name`]), places in them by heading, quote
//! and offset ([`Place`]), so that an edited article keeps what belongs to it. What is done is a
//! [`Change`], which a [`Memory`] and the store apply alike.

pub mod carried;
mod change;
mod deck;
mod keeper;
mod memory;
mod merge;
mod name;
mod pace;
mod place;
pub mod statistics;
pub mod store;

pub use carried::{Carried, CarriedError};
pub use change::{Change, Finished, ReadOn};
pub use deck::{Asked, Deck, deck};
pub use keeper::{Keeper, Told};
pub use memory::Memory;
pub use merge::{Merged, Tally};
pub use name::Name;
pub use pace::Pace;
pub use place::{Place, Whole};

/// Seconds since the beginning of 1970, UTC.
pub type Stamp = i64;

/// How far a reader came in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// What the screen began with when they left.
    pub place: Place,
    /// The furthest point that was read, in per cent of the text.
    pub percent: u8,
    /// When the end was read.
    pub finished: Option<Stamp>,
    /// Time spent reading, without pauses, in milliseconds.
    pub spent: u64,
    /// When it was opened first.
    pub opened: Stamp,
    /// When it was read last.
    pub read: Stamp,
}

/// One time that a text was read, for history and statistics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The text.
    pub name: Name,
    /// When it began.
    pub began: Stamp,
    /// Time spent reading, without pauses, in milliseconds.
    pub spent: u64,
    /// How far the reader came, in per cent of the text.
    pub percent: u8,
}

/// A place under a letter: small letters are local to a text, capitals lead there from anywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// `a` to `z`, `A` to `Z`.
    pub letter: char,
    /// The text.
    pub name: Name,
    /// Where in it.
    pub place: Place,
    /// When it was set.
    pub made: Stamp,
}

/// A passage that was highlighted, and what was noted on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlight {
    /// Names it, here and on every other machine: see [`Highlight::id_of`].
    pub id: String,
    /// The text.
    pub name: Name,
    /// Where it begins; the quote is the whole passage.
    pub place: Place,
    /// What the reader wrote on it; empty when nothing.
    pub note: String,
    /// When it was made.
    pub made: Stamp,
    /// When the note was changed last.
    pub changed: Stamp,
}

impl Highlight {
    /// A highlight of the passage at `place` in `name`, without a note.
    pub fn new(name: Name, place: Place) -> Self {
        let id = Self::id_of(&name, &place);
        Self { id, name, place, note: String::new(), made: 0, changed: 0 }
    }

    /// What names a highlight: the same passage of the same text has one name on all machines,
    /// so that it is merged and not doubled. FNV-1a over name, heading, place and quote.
    pub fn id_of(name: &Name, place: &Place) -> String {
        let (block, offset) = (place.block.to_string(), place.offset.to_string());
        let parts = [name.as_str(), &place.anchor, &block, &offset, &place.quote];
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for part in parts {
            for byte in part.bytes().chain([0]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        format!("{hash:016x}")
    }
}
