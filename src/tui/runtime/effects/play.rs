//! The lab that is played: its page, and the threads that its model runs on.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use crate::labs::engine::{Player, Request};
use crate::labs::file::LabFile;
use crate::library::{Library, Text};
use crate::tui::Message;

/// The lab that is played, if one is.
#[derive(Debug, Default)]
pub(super) struct Stage(Option<(u64, Player)>);

impl Stage {
    /// Reads a lab and starts it; it answers to `messages`.
    pub(super) fn play(
        &mut self,
        library: &Library,
        (number, lab): (u64, usize),
        messages: &Sender<Message>,
    ) -> Message {
        self.0 = None;
        let read = library.text(Text::Lab(lab)).map_err(|error| error.to_string());
        let read = read.and_then(|html| LabFile::parse(&html).map_err(|error| error.to_string()));
        if let Ok(file) = &read {
            let messages = messages.clone();
            let player = Player::spawn(file.clone(), move |answer| {
                let _ = messages.send(Message::Played(number, answer));
            });
            self.0 = Some((number, player));
        }
        Message::LabRead(number, read.map(Arc::new))
    }

    /// Asks the lab of this playing.
    pub(super) fn ask(&mut self, number: u64, request: Request) {
        if let Some((_, player)) = self.0.as_mut().filter(|(it, _)| *it == number) {
            player.ask(request);
        }
    }

    /// Ends it. A script that runs now ends at its limit.
    pub(super) fn end(&mut self) {
        self.0 = None;
    }
}
