//! The keeper of the state, as the reader hears from it.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::calendar::Calendar;
use crate::library::{self, Library};
use crate::review;
use crate::state::{self, Keeper, Memory, Name, Stamp, Told, statistics};
use crate::text::Safe;
use crate::tui::Message;

/// Hands to `messages` what the keeper tells. Something is received as soon as it told anything.
pub(super) fn listen(
    keeper: &Keeper,
    calendar: Calendar,
    messages: Sender<Message>,
) -> Receiver<()> {
    let (first, told) = channel();
    keeper.listen(move |it| {
        let due = due(&it, &calendar);
        let _ = messages.send(Message::Told(it));
        if let Some(due) = due {
            let _ = messages.send(Message::Due(due));
        }
        let _ = first.send(());
    });
    told
}

/// How many cards are due, when it is told what is remembered.
fn due(told: &Told, calendar: &Calendar) -> Option<usize> {
    let Told::Remembered(memory) = told else { return None };
    Some(review::figures(&memory.records, calendar, calendar.day(now())).due)
}

fn now() -> Stamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| Stamp::try_from(since.as_secs()).unwrap_or(Stamp::MAX))
}

/// What a reader's own file is called in the state.
pub(super) fn identify(path: PathBuf) -> Message {
    let name = Name::file(&library::canonical(&path));
    Message::Identified(path, name)
}

/// The cards of today.
pub(super) fn deal(library: &Library, memory: &Memory, calendar: &Calendar) -> Message {
    let now = now();
    let deck = state::deck(library, memory, calendar, calendar.day(now));
    Message::Dealt(Box::new(deck), now)
}

/// Hands the history to `messages`, from the keeper's thread.
pub(super) fn recount(keeper: &Keeper, messages: Sender<Message>) {
    let now = now();
    keeper.history(statistics::since(now), move |visits| {
        let _ = messages.send(match visits {
            Ok(visits) => Message::Recounted(visits, now),
            Err(error) => Message::Failed(Safe::line(&error.to_string())),
        });
    });
}
