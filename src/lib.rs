//! A library of engineering articles and interactive labs, read in a terminal.
//!
//! The modules are declared from the lowest layer to the highest. A module uses only modules
//! declared before it; `tests/architecture.rs` enforces that.

// What is written, and where it goes on the screen.
pub mod text;
pub mod document;
pub mod math;
pub mod chart;
pub mod layout;
pub mod theme;
pub mod paint;

// What the program knows.
pub mod labs;
pub mod library;
pub mod pictures;
pub mod calendar;
pub mod review;
pub mod search;
pub mod html;
pub mod check;
pub mod state;

// What people use.
pub mod tui;
pub mod cli;
