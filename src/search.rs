//! Finding things: fuzzy over names.
