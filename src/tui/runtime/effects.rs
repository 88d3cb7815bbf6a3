//! What the reader does outside of itself: files, browsers, clipboard.

mod file;
mod labs;
mod play;

use std::io;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use crate::calendar::Calendar;
use crate::library::{Library, Text};
use crate::state::Keeper;
use crate::tui::clipboard::Clipboard;
use crate::tui::reading::Subject;
use crate::tui::runtime::colours::{Colours, Wanted};
use crate::tui::runtime::copy;
use crate::tui::runtime::effects::labs::Labs;
use crate::tui::runtime::effects::play::Stage;
use crate::tui::runtime::pictures::Studio;
use crate::tui::runtime::remembering;
use crate::tui::runtime::searches::Searches;
use crate::tui::runtime::worker::Worker;
use crate::tui::{Effect, Message, Setup};

/// The outside, as the reader uses it.
#[derive(Debug)]
pub(super) struct Outside {
    library: Arc<Library>,
    colours: Worker<Colours>,
    pictures: Worker<Studio>,
    searches: Searches,
    labs: Labs,
    stage: Stage,
    keeper: Keeper,
    calendar: Calendar,
    clipboard: Clipboard,
    messages: Sender<Message>,
}

impl Outside {
    /// What `setup` gives access to. Background work answers to `messages`.
    pub(super) fn new(setup: &Setup, keeper: Keeper, messages: Sender<Message>) -> Self {
        Self {
            library: Arc::clone(&setup.library),
            colours: Worker::new(messages.clone()),
            pictures: Worker::new(messages.clone()),
            searches: Searches::new(setup, messages.clone()),
            labs: Labs::new(setup, messages.clone()),
            stage: Stage::default(),
            keeper,
            calendar: setup.calendar.clone(),
            clipboard: setup.clipboard.clone(),
            messages,
        }
    }

    /// Does one effect; its answer, when there is one at once.
    pub(super) fn perform(&mut self, effect: Effect) -> io::Result<Option<Message>> {
        match effect {
            Effect::Load(text) => {
                let outcome = self.library.text(text).map_err(|error| error.to_string());
                return Ok(Some(Message::Loaded(text, outcome)));
            }
            Effect::Preview(subject) => {
                let outcome = match &subject {
                    Subject::Article(article) => {
                        let text = self.library.text(Text::Article(*article));
                        text.map_err(|error| error.to_string())
                    }
                    Subject::File(path) => file::glance(path),
                };
                return Ok(Some(Message::Previewed(subject, outcome)));
            }
            Effect::Search { number, query } => self.searches.ask(number, query),
            Effect::LoadFile { from, path, anchor } => {
                return Ok(Some(file::load(&from, &path, anchor)));
            }
            Effect::Reload(path) => return Ok(Some(file::reload(path))),
            Effect::Colour { opening, block, code } => {
                self.colours.ask(Wanted { opening, block, code });
            }
            Effect::Pictures(job) => self.pictures.ask(job),
            Effect::OpenLab(lab) => {
                let outcome = self.labs.open(&lab);
                return Ok(Some(Message::LabHanded { lab, outcome }));
            }
            Effect::ExportLab(lab) => {
                let outcome = self.labs.export(&lab);
                return Ok(Some(Message::LabExported { lab, outcome }));
            }
            Effect::Play(number, lab) => {
                return Ok(Some(self.stage.play(&self.library, (number, lab), &self.messages)));
            }
            Effect::Ask(number, request) => self.stage.ask(number, request),
            Effect::EndPlay => self.stage.end(),
            Effect::OpenWeb(address) => return Ok(Some(self.labs.open_web(&address))),
            Effect::Copy(text) => {
                return copy::copy(&self.clipboard, &text, &self.messages);
            }
            Effect::Remember(change, said) => self.keeper.write(change, said.as_deref()),
            Effect::Deal(memory) => {
                let dealt = remembering::deal(&self.library, &memory, &self.calendar);
                return Ok(Some(dealt));
            }
            Effect::Recount => remembering::recount(&self.keeper, self.messages.clone()),
            Effect::Look => self.keeper.look(),
            Effect::Identify(path) => return Ok(Some(remembering::identify(path))),
            Effect::Quit
            | Effect::Suspend
            | Effect::AskTerminal
            | Effect::Redraw
            | Effect::Expire(_)
            | Effect::Roll(..)
            | Effect::Tick(..) => {}
        }
        Ok(None)
    }
}
