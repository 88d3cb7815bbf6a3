//! What the model is told, and what it asks for in return. Plain data: a session is a list of
//! messages, so it can be replayed.

use std::ops::Range;
use std::path::PathBuf;

use ratatui::layout::Size;

use crate::document::Code;
use crate::layout::Role;
use crate::library::Text;
use crate::search::text::{Answer, Progress};
use crate::text::Safe;
use crate::tui::key::Key;

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Pasted(String),
    /// The terminal has a new size.
    Resized(Size),
    /// The wheel was turned, or a button pressed, at a cell.
    Mouse(Mouse, u16, u16),
    /// A text of the library arrived.
    Loaded(Text, Result<String, String>),
    /// A file beside a reader's own file arrived.
    FileLoaded(PathBuf, Option<String>, Result<String, String>),
    /// The file that is watched was saved.
    Saved(PathBuf),
    /// A file that was saved arrived again.
    Reloaded(PathBuf, Result<String, String>),
    /// The colours of a code block are known.
    Coloured {
        /// Which opening of an article they belong to.
        opening: u64,
        /// The block.
        block: usize,
        /// Bytes of the code and what they are.
        roles: Vec<(Range<usize>, Role)>,
    },
    /// Something to be said in the status line.
    Said(Safe),
    /// Something went wrong; stays until a key.
    Failed(Safe),
    /// A lab was written to a file, and whether a browser was started on it.
    LabWritten {
        /// The lab: an index into the catalog.
        lab: usize,
        /// The file and what to do next, or what went wrong.
        outcome: Result<WrittenLab, String>,
    },
    /// What a query found; the answer to [`Effect::Search`].
    Found {
        /// Which query it was.
        number: u64,
        /// The hits, or why there are none.
        outcome: Result<Answer, String>,
    },
    /// How far the library is indexed; none when it is all there.
    Indexing(Option<Progress>),
    /// A text to be previewed arrived; the answer to [`Effect::Preview`].
    Previewed(Text, Result<String, String>),
    /// The transient message of this number has been shown long enough.
    Expired(u64),
    /// The terminal was lost to another program and is ours again.
    Redraw,
}

/// A lab on its way to a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenLab {
    /// Where the page is.
    pub path: String,
    /// The command that fetches it to the reader's own machine; none when a browser was started.
    pub fetch: Option<String>,
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// The wheel, towards the reader.
    WheelDown,
    /// The wheel, away from the reader.
    WheelUp,
    /// The left button.
    Click,
}

/// Something the runtime must do for the model.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Leave the program.
    Quit,
    /// Search the library in the background; answered by [`Message::Found`]. A newer query takes
    /// the place of one that waits; an empty one only makes the index ready.
    Search {
        /// Which query this is.
        number: u64,
        /// The query.
        query: String,
    },
    /// Fetch a text to preview it; answered by [`Message::Previewed`] before the next frame.
    Preview(Text),
    /// Stop, as Ctrl-Z does.
    Suspend,
    /// Draw every cell again.
    Redraw,
    /// Fetch a text of the library; answered by [`Message::Loaded`] before the next frame.
    Load(Text),
    /// Read a file relative to a reader's own file; answered by [`Message::FileLoaded`].
    LoadFile {
        /// The file that links to it.
        from: PathBuf,
        /// The link, relative.
        path: String,
        /// Where in it to go.
        anchor: Option<String>,
    },
    /// Read a file again; answered by [`Message::Reloaded`].
    Reload(PathBuf),
    /// Find the colours of code in the background.
    Colour {
        /// Which opening of an article this is.
        opening: u64,
        /// The block.
        block: usize,
        /// The code.
        code: Code,
    },
    /// Write a lab to a private file, and start a browser on it where that is possible.
    ///
    /// The state is the part of its address after `#`.
    OpenLab(usize, Option<String>),
    /// Start a browser on a web address.
    OpenWeb(String),
    /// Copy to the reader's clipboard.
    Copy(Safe),
    /// Answer with [`Message::Expired`] when the message of this number was shown long enough.
    Expire(u64),
}
