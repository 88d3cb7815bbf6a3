//! Labs on loopback, in files and in browsers.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use crate::labs::{self, Environment, Exported, HandOff, LabLink, Listening, Serving};
use crate::library::{Library, Text};
use crate::text::Safe;
use crate::tui::message::{ExportedLab, Forward, HandedLab, Lasting};
use crate::tui::{Message, Setup};

/// What the reader hands over. What is still there when it is left goes with it: the port is
/// closed, and files are removed.
#[derive(Debug)]
pub(super) struct Labs {
    library: Arc<Library>,
    environment: Environment,
    messages: Sender<Message>,
    serving: Serving,
    exported: Vec<Exported>,
}

impl Labs {
    /// Nothing is served yet.
    pub(super) fn new(setup: &Setup, messages: Sender<Message>) -> Self {
        let library = Arc::clone(&setup.library);
        let pages = move |slug: &str| html(&library, slug).ok();
        let listening = Listening::at(setup.environment.port.unwrap_or(0));
        Self {
            library: Arc::clone(&setup.library),
            environment: setup.environment.clone(),
            messages,
            serving: Serving::new(listening, Box::new(pages)),
            exported: vec![],
        }
    }

    /// Serves a lab, and starts a browser on it where that is possible.
    pub(super) fn open(&mut self, lab: &LabLink) -> Result<HandedLab, String> {
        html(&self.library, &lab.slug)?;
        let state = lab.state.as_deref();
        let server = self.serving.server().map_err(|error| error.to_string())?;
        let (address, port) = (server.address(&lab.slug, state), server.port());
        let once = server.one_time_address(&lab.slug, state).map_err(|error| error.to_string())?;
        let forward = match self.environment.hand_off() {
            HandOff::Browser => {
                // The address is told anyway.
                if let Message::Failed(reason) = self.start(&once) {
                    let _ = self.messages.send(Message::Failed(reason));
                }
                None
            }
            HandOff::Remote => Some(self.forward(port)),
        };
        Ok(HandedLab { address, forward })
    }

    fn forward(&self, port: u16) -> Forward {
        Forward {
            command: self.environment.login().forward_command(port),
            lasting: match (self.serving.taken(), self.environment.port) {
                (Some(port), _) => Lasting::Taken(port),
                (None, Some(port)) if port != 0 => Lasting::Set(port),
                _ => Lasting::Unset,
            },
            settings: self.environment.settings.clone(),
        }
    }

    /// Writes a lab's page to a file that goes with the reader.
    pub(super) fn export(&mut self, lab: &LabLink) -> Result<ExportedLab, String> {
        let html = html(&self.library, &lab.slug)?;
        let exported = labs::export_lab(&self.environment, &lab.slug, &html);
        let exported = exported.map_err(|error| error.to_string())?;
        let path = exported.path().to_path_buf();
        self.exported.push(exported);
        let is_remote = self.environment.hand_off() == HandOff::Remote;
        let fetch = is_remote.then(|| self.environment.login().fetch_command(&path));
        Ok(ExportedLab { path: path.to_string_lossy().into_owned(), fetch })
    }

    /// Starts a browser on a web address.
    pub(super) fn open_web(&self, address: &str) -> Message {
        if self.environment.hand_off() == HandOff::Remote {
            let said = format!("No browser here: {address}  (y copies it)");
            return Message::Said(Safe::line(&said));
        }
        self.start(address)
    }

    fn start(&self, address: &str) -> Message {
        let messages = self.messages.clone();
        let failed = |error: labs::HandOffError| Message::Failed(Safe::line(&error.to_string()));
        let started = labs::open(&self.environment, address, move |outcome| {
            if let Err(error) = outcome {
                let _ = messages.send(failed(error));
            }
        });
        match started {
            Ok(()) => Message::Said(Safe::line(&format!("Opening {address}"))),
            Err(error) => failed(error),
        }
    }
}

/// The page of the lab of this name.
fn html(library: &Library, slug: &str) -> Result<String, String> {
    let lab = library.catalog.lab(slug).ok_or_else(|| format!("There is no lab {slug}"))?;
    library.text(Text::Lab(lab)).map_err(|error| error.to_string())
}
