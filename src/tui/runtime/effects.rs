//! What the reader does outside of itself: files, browsers, clipboard, window title.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;

use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::SetTitle;

use crate::labs::HandOff;
use crate::library::{Library, Text};
use crate::text::Safe;
use crate::tui::runtime::work::{Wanted, Work};
use crate::tui::{Effect, Message, Setup};

/// The outside, as the reader uses it.
#[derive(Debug)]
pub(super) struct Outside {
    library: Arc<Library>,
    hand_off: HandOff,
    work: Work,
    /// The pages of labs that were handed to a browser; removed when the reader is left.
    handed: Vec<crate::labs::Handed>,
}

impl Outside {
    /// What `setup` gives access to. Background work answers to `messages`.
    pub(super) fn new(setup: &Setup, messages: Sender<Message>) -> Self {
        Self {
            library: Arc::clone(&setup.library),
            hand_off: setup.hand_off.clone(),
            work: Work::new(messages),
            handed: vec![],
        }
    }

    /// Does one effect; its answer, when there is one at once.
    pub(super) fn perform(&mut self, effect: Effect) -> io::Result<Option<Message>> {
        match effect {
            Effect::Load(text) => {
                let outcome = self.library.text(text).map_err(|error| error.to_string());
                return Ok(Some(Message::Loaded(text, outcome)));
            }
            Effect::LoadFile { from, path, anchor } => return Ok(Some(load(&from, &path, anchor))),
            Effect::Colour { opening, block, code } => {
                self.work.colour(Wanted { opening, block, code });
            }
            Effect::OpenLab(lab) => return Ok(Some(self.open_lab(lab))),
            Effect::OpenWeb(address) => return Ok(Some(self.open_web(&address))),
            Effect::Copy(text) => {
                execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text.as_str()))?;
                let said = "Copied, if your terminal takes OSC 52";
                return Ok(Some(Message::Said(Safe::from(said))));
            }
            Effect::Title(title) => execute!(io::stdout(), SetTitle(title.as_str()))?,
            Effect::Quit | Effect::Suspend | Effect::Redraw | Effect::Expire(_) => {}
        }
        Ok(None)
    }

    fn open_web(&self, address: &str) -> Message {
        let started = match &self.hand_off {
            HandOff::Browser => crate::labs::open(address),
            HandOff::Remote { .. } => {
                return Message::Said(Safe::line(&format!("No browser here: {address}  (y copies)")));
            }
        };
        match started {
            Ok(()) => Message::Said(Safe::line(&format!("Opened {address}"))),
            Err(error) => Message::Failed(Safe::line(&error.to_string())),
        }
    }
}
