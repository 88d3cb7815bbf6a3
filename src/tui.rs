//! The terminal reader.

use std::path::PathBuf;
use std::sync::Arc;

use crate::library::Library;
use crate::theme::Theme;

/// What the reader opens with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// The home screen.
    Home,
    /// An article of the library, perhaps at a heading: an index into the catalog.
    Article(usize, Option<String>),
    /// A Markdown text that is not of the library.
    File {
        /// Its name, as shown; where relative links start from.
        path: PathBuf,
        /// The Markdown.
        source: String,
    },
    /// The finder, with a query.
    Find(String),
}

/// How the reader is set up. Made by `cli` from arguments and environment.
#[derive(Debug)]
pub struct Setup {
    /// The library to read.
    pub library: Arc<Library>,
    /// What is shown first.
    pub opening: Opening,
    /// The theme, for the terminal's colour depth.
    pub theme: Theme,
    /// The width of the text column in cells.
    pub width: usize,
    /// Whether wheel and click are taken from the terminal.
    pub mouse: bool,
    /// Ornaments of ASCII only.
    pub ascii: bool,
    /// How labs reach a browser here.
    pub hand_off: crate::labs::HandOff,
    /// What the hand-off needs to write a page and to start a browser.
    pub environment: crate::labs::Environment,
}

/// Runs the reader until it is left.
pub fn run(setup: Setup) -> anyhow::Result<()> {
    let _ = setup;
    Ok(())
}
