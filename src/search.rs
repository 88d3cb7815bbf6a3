//! Finding things: fuzzy over names, full text over the library.

mod fold;
mod fuzzy;
mod query;
mod rank;
pub mod text;
mod words;

pub use fuzzy::{Context, Field, Hit, Index, Kind};
pub use rank::{Ranked, rank};
