//! The terminal reader: a [`Model`], the [`Message`]s that change it, and a view of it.

pub mod action;
pub mod browse;
pub mod canvas;
pub mod clipboard;
pub mod comfort;
pub mod cursor;
pub mod frame;
mod guard;
pub mod history;
pub mod home;
pub mod input;
pub mod key;
pub mod keymap;
pub mod lab_panel;
pub mod learning;
pub mod list;
pub mod message;
pub mod model;
pub mod panel;
pub mod picture;
pub mod player;
pub mod reading;
pub mod review;
pub mod rich;
pub mod screen;
pub mod search;
pub mod status;
mod update;
mod view;
mod runtime;

pub use frame::Hints;
pub use message::{Effect, Message};
pub use model::Model;
pub use runtime::run;
pub use update::update;
pub use view::view;

use std::path::PathBuf;
use std::sync::Arc;

use crate::calendar::Calendar;
use crate::labs::{Environment, LabLink};
use crate::library::Library;
use crate::state::Memory;
use crate::state::statistics::Streaks;
use crate::text::Safe;
use crate::theme::Theme;
use crate::tui::clipboard::Clipboard;
use crate::tui::picture::Images;

/// What the reader opens with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// The home screen.
    Home,
    /// A review of cards.
    Review,
    /// An article of the library, perhaps at a heading: an index into the catalog.
    Article(usize, Option<String>),
    /// A Markdown text that is not of the library.
    File {
        /// Its name, as shown; where relative links start from.
        path: PathBuf,
        /// The Markdown.
        source: String,
    },
    /// A Markdown file that is being written; shown again whenever it is saved.
    Preview {
        /// Its name.
        path: PathBuf,
        /// The Markdown.
        source: String,
    },
    /// A lab, played.
    Lab(LabLink),
    /// The finder, with a query.
    Find(String),
    /// Search over the Markdown and text files below a folder.
    Folder(PathBuf),
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
    /// What decides how labs reach a browser here.
    pub environment: Environment,
    /// Where what can be made again is kept.
    pub cache: Option<PathBuf>,
    /// The days of this place.
    pub calendar: Calendar,
    /// Whether days in a row are told.
    pub streaks: Streaks,
    /// How texts are copied.
    pub clipboard: Clipboard,
    /// Whether the terminal is asked to draw pictures.
    pub images: Images,
    /// What is remembered, as far as it is known already; none when nothing is to be.
    pub memory: Option<Memory>,
    /// What went wrong on the way here.
    pub notice: Option<Safe>,
}
