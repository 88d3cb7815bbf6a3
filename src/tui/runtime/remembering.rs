//! The keeper of the state, as the reader hears from it.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::library;
use crate::state::{Keeper, Name};
use crate::tui::Message;

/// Hands to `messages` what the keeper tells. Something is received as soon as it told anything.
pub(super) fn listen(keeper: &Keeper, messages: Sender<Message>) -> Receiver<()> {
    let (first, told) = channel();
    keeper.listen(move |it| {
        let _ = messages.send(Message::Told(it));
        let _ = first.send(());
    });
    told
}

/// What a reader's own file is called in the state.
pub(super) fn identify(path: PathBuf) -> Message {
    let name = Name::file(&library::canonical(&path));
    Message::Identified(path, name)
}
