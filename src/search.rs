//! Finding things: fuzzy over names.

mod fuzzy;
mod rank;

pub use fuzzy::{Context, Field, Hit, Index, Kind};
pub use rank::{Ranked, rank};
