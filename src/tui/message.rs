//! What the model is told, and what it asks for in return. Plain data: a session is a list of
//! messages, so it can be replayed.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use ratatui::layout::Size;

use crate::document::Code;
use crate::labs::LabLink;
use crate::labs::engine::{Answer, Request};
use crate::labs::file::LabFile;
use crate::layout::Role;
use crate::library::Text;
use crate::search::text::{Answer as Findings, Progress};
use crate::state::{Change, Deck, Memory, Name, Stamp, Told, Visit};
use crate::text::Safe;
use crate::tui::key::Key;
use crate::tui::picture::{Job, News};
use crate::tui::reading::Subject;

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
    /// What became known of pictures.
    Pictures(News),
    /// Something to be said in the status line.
    Said(Safe),
    /// Something went wrong; stays until a key.
    Failed(Safe),
    /// A lab was handed over, or could not be.
    LabHanded {
        /// The lab.
        lab: LabLink,
        /// Where its page is and what to do next, or what went wrong.
        outcome: Result<HandedLab, String>,
    },
    /// What a query found; the answer to [`Effect::Search`].
    Found {
        /// Which query it was.
        number: u64,
        /// The hits, or why there are none.
        outcome: Result<Findings, String>,
    },
    /// How far the library is indexed; none when it is all there.
    Indexing(Option<Progress>),
    /// A text to be previewed arrived; the answer to [`Effect::Preview`].
    Previewed(Subject, Result<String, String>),
    /// It is time for an article that moves by itself to move on.
    Rolled(u64),
    /// A lab's page was written to a file, or could not be.
    LabExported {
        /// The lab.
        lab: LabLink,
        /// Where it is, or what went wrong.
        outcome: Result<ExportedLab, String>,
    },
    /// The page of the lab that is to be played was read, or cannot be; see [`Effect::Play`].
    LabRead(u64, Result<Arc<LabFile>, String>),
    /// The lab of this playing answered.
    Played(u64, Answer),
    /// The keeper of the state told something.
    Told(Told),
    /// What a reader's own file is called in the state; the answer to [`Effect::Identify`].
    Identified(PathBuf, Name),
    /// So many milliseconds have passed since the last key, click or paste; comes before the
    /// next one.
    Passed(u64),
    /// The cards of today, and the present time; the answer to [`Effect::Deal`].
    Dealt(Box<Deck>, Stamp),
    /// When texts were read, and the present time; the answer to [`Effect::Recount`].
    Recounted(Vec<Visit>, Stamp),
    /// How many cards are due.
    Due(usize),
    /// It is time for the next frame of the lab of this playing.
    Tick(u64),
    /// The transient message of this number has been shown long enough.
    Expired(u64),
    /// The terminal was lost to another program and is ours again.
    Redraw,
}

/// A lab on its way to a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedLab {
    /// The address of the page, on loopback.
    pub address: String,
    /// How the page reaches the reader's own machine; none when a browser was started here.
    pub forward: Option<Forward>,
}

/// How a port of this machine becomes one of the reader's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forward {
    /// The command to run there.
    pub command: String,
    /// Whether the port will be the same next time.
    pub lasting: Lasting,
    /// Where a port can be set: the settings file, as shown.
    pub settings: String,
}

/// Whether pages are always served at the same port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lasting {
    /// At this one.
    Set(u16),
    /// This one was wanted, and was taken.
    Taken(u16),
    /// At any that is free.
    Unset,
}

/// A lab's page in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedLab {
    /// The file.
    pub path: String,
    /// The command that fetches it to the reader's own machine, when that is another one.
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
    Preview(Subject),
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
    /// Ask the terminal how it draws pictures; answered by [`News::Answered`].
    AskTerminal,
    /// Work on pictures in the background; answered by [`Message::Pictures`].
    Pictures(Job),
    /// Serve a lab on loopback, and start a browser on it where that is possible; answered by
    /// [`Message::LabHanded`].
    OpenLab(LabLink),
    /// Write a lab to a private file; answered by [`Message::LabExported`].
    ExportLab(LabLink),
    /// Read a lab and start it on threads of its own; answered by [`Message::LabRead`] before the
    /// next frame. The number tells one playing from another.
    Play(u64, usize),
    /// Ask the lab that is played; answered by [`Message::Played`].
    Ask(u64, Request),
    /// End the lab that is played.
    EndPlay,
    /// Have something remembered; the words are told when it is saved.
    Remember(Change, Option<String>),
    /// See whether another program has changed what is remembered.
    Look,
    /// Find out what a reader's own file is called in the state; answered by
    /// [`Message::Identified`] before the next frame.
    Identify(PathBuf),
    /// Answer with [`Message::Tick`] so many milliseconds after the last one, or from now.
    Tick(u64, u32),
    /// Deal the cards of today; answered by [`Message::Dealt`] before the next frame.
    Deal(Box<Memory>),
    /// Look up when texts were read; answered by [`Message::Recounted`].
    Recount,
    /// Answer with [`Message::Rolled`] in so many milliseconds.
    Roll(u64, u32),
    /// Start a browser on a web address.
    OpenWeb(String),
    /// Copy to the reader's clipboard.
    Copy(Safe),
    /// Answer with [`Message::Expired`] when the message of this number was shown long enough.
    Expire(u64),
}
