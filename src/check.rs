//! Whether the library holds what it says.

pub mod run;
