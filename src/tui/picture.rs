//! Pictures on the screen: what the terminal can draw, and pictures in its form.

#[cfg(feature = "images")]
mod encode;
#[cfg(not(feature = "images"))]
#[path = "picture/absent.rs"]
mod encode;
pub mod inquiry;
mod wishes;

pub use encode::encode;
pub use wishes::Gallery;

use std::path::PathBuf;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use crate::document::Picture;
use crate::text::Safe;

/// Whether the terminal is asked what it can draw.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Images {
    /// When a file with pictures is opened.
    Auto,
    /// Never: the text of pictures is shown.
    #[default]
    Never,
}

/// What is known of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It draws nothing, or is not to be asked.
    Nothing,
    /// It was not asked yet.
    Unasked,
    /// It was asked.
    Asked,
    /// It draws.
    Draws(Graphics),
}

/// How a terminal draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Graphics {
    /// In which language.
    pub protocol: Protocol,
    /// Pixels of a cell: width, height; at least 1.
    pub cell: (u16, u16),
}

/// The languages of terminals that draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are names")]
pub enum Protocol {
    Kitty,
    Iterm2,
    Sixel,
}

/// A picture as a terminal takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Tells it from every other one of this program; not 0.
    pub number: u32,
    /// Its size in cells.
    pub size: Size,
    /// Its form.
    pub form: Form,
}

/// The forms of pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// Given to the terminal once, and shown by cells that name its parts: any rows of them.
    Cells {
        /// What gives it.
        given: String,
        /// The cells.
        cells: Buffer,
    },
    /// Written where it stands, as a whole.
    Whole(String),
}

/// A picture on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Where: its own cells.
    pub area: Rect,
    /// What.
    pub picture: Arc<Drawn>,
}

/// What is to be done about pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Which opening of a file it belongs to.
    pub opening: u64,
    /// The work.
    pub task: Task,
}

/// Work on pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Look at headers; answered by [`News::Seen`] when there is something to be told.
    Look {
        /// The file that names the pictures.
        from: PathBuf,
        /// Their links, and their paths from the folder of that file.
        images: Vec<(usize, String)>,
    },
    /// Put a picture into the terminal's form; answered by [`News::Drawn`].
    Draw {
        /// The link that names it.
        link: usize,
        /// The file.
        path: PathBuf,
        /// What the terminal takes.
        graphics: Graphics,
        /// Its size in cells.
        size: Size,
    },
}

/// What became known of pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// How the terminal draws, if it does.
    Answered(Option<Graphics>),
    /// What headers say.
    Seen {
        /// Which opening of a file they belong to.
        opening: u64,
        /// The links, and what their files are.
        seen: Vec<(usize, Picture)>,
    },
    /// A picture is in the terminal's form, or why it is not.
    Drawn {
        /// Which opening of a file it belongs to.
        opening: u64,
        /// The link that names it.
        link: usize,
        /// The picture.
        outcome: Result<Arc<Drawn>, Safe>,
    },
}

impl Images {
    /// What is known of the terminal at the beginning.
    pub(in crate::tui) fn standing(self) -> Standing {
        match self {
            Self::Auto if crate::pictures::ARE_DRAWN => Standing::Unasked,
            _ => Standing::Nothing,
        }
    }
}
