//! What the reader does outside of itself: files, browsers, clipboard.

mod file;

use std::io;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::execute;

use crate::labs::{self, Environment, HandOff, Handed};
use crate::library::{Library, Text};
use crate::text::Safe;
use crate::tui::message::WrittenLab;
use crate::tui::runtime::searches::Searches;
use crate::tui::runtime::work::{Wanted, Work};
use crate::tui::{Effect, Message, Setup};

/// The outside, as the reader uses it.
#[derive(Debug)]
pub(super) struct Outside {
    library: Arc<Library>,
    environment: Environment,
    messages: Sender<Message>,
    work: Work,
    searches: Searches,
    /// The pages of labs that were handed to a browser; removed when the reader is left.
    handed: Vec<Handed>,
}

impl Outside {
    /// What `setup` gives access to. Background work answers to `messages`.
    pub(super) fn new(setup: &Setup, messages: Sender<Message>) -> Self {
        Self {
            library: Arc::clone(&setup.library),
            environment: setup.environment.clone(),
            work: Work::new(messages.clone()),
            searches: Searches::new(setup, messages.clone()),
            messages,
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
            Effect::Preview(text) => {
                let outcome = self.library.text(text).map_err(|error| error.to_string());
                return Ok(Some(Message::Previewed(text, outcome)));
            }
            Effect::Search { number, query } => self.searches.ask(number, query),
            Effect::LoadFile { from, path, anchor } => {
                return Ok(Some(file::load(&from, &path, anchor)));
            }
            Effect::Reload(path) => {
                let outcome = file::read(&path);
                return Ok(Some(Message::Reloaded(path, outcome)));
            }
            Effect::Colour { opening, block, code } => {
                self.work.colour(Wanted { opening, block, code });
            }
            Effect::OpenLab(lab, state) => {
                let outcome = self.open_lab(lab, state.as_deref());
                return Ok(Some(Message::LabWritten { lab, outcome }));
            }
            Effect::OpenWeb(address) => return Ok(Some(self.open_web(&address))),
            Effect::Copy(text) => {
                execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text.as_str()))?;
                let said = "Copied, if your terminal takes OSC 52";
                return Ok(Some(Message::Said(Safe::from(said))));
            }
            Effect::Quit | Effect::Suspend | Effect::Redraw | Effect::Expire(_) => {}
        }
        Ok(None)
    }

    fn open_web(&self, address: &str) -> Message {
        if let HandOff::Remote { .. } = self.environment.hand_off() {
            let said = format!("No browser here: {address}  (y copies it)");
            return Message::Said(Safe::line(&said));
        }
        match self.start(address) {
            Ok(()) => Message::Said(Safe::line(&format!("Opening {address}"))),
            Err(error) => Message::Failed(Safe::line(&error.to_string())),
        }
    }

    fn start(&self, address: &str) -> Result<(), labs::HandOffError> {
        let messages = self.messages.clone();
        labs::open(&self.environment, address, move |outcome| {
            if let Err(error) = outcome {
                let _ = messages.send(Message::Failed(Safe::line(&error.to_string())));
            }
        })
    }

    fn open_lab(&mut self, lab: usize, state: Option<&str>) -> Result<WrittenLab, String> {
        let html = self.library.text(Text::Lab(lab)).map_err(|error| error.to_string())?;
        let slug = self.library.catalog.labs.get(lab).map_or("lab", |lab| lab.slug.as_str());
        let handed = labs::write_lab(&self.environment, slug, &html);
        let handed = handed.map_err(|error| error.to_string())?;
        let path = handed.path().to_path_buf();
        self.handed.push(handed);
        let fetch = match self.environment.hand_off() {
            HandOff::Browser => {
                let address = labs::page_address(&path, state);
                self.start(&address).map_err(|error| error.to_string())?;
                None
            }
            HandOff::Remote { host } => Some(labs::fetch_command(host.as_deref(), &path)),
        };
        Ok(WrittenLab { path: path.to_string_lossy().into_owned(), fetch })
    }
}
