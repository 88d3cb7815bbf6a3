//! Finding things: fuzzy over names.

mod fuzzy;

pub use fuzzy::{Context, Field, Hit, Index, Kind};
