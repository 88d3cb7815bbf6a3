//! The moments that the reader waits for: the end of a transient message, the next frame of a lab,
//! the next row of an article that moves by itself.

use std::time::{Duration, Instant};

use crate::tui::Message;

/// How long a transient message stays.
const TRANSIENT: Duration = Duration::from_secs(3);

/// What is to be told when. Nothing is, while no message shows, no lab plays
/// and no article moves by itself.
#[derive(Debug, Default)]
pub(super) struct Timers {
    expiry: Option<(Instant, Message)>,
    tick: Option<(Instant, Message)>,
    roll: Option<(Instant, Message)>,
    /// When the last tick was due.
    ticked: Option<Instant>,
}

impl Timers {
    /// Tells when the transient message of this number was shown long enough.
    pub(super) fn expire(&mut self, number: u64, now: Instant) {
        self.expiry = Some((now + TRANSIENT, Message::Expired(number)));
    }

    /// Tells when the next frame of a lab is due: an even beat, unless one was missed.
    pub(super) fn tick(&mut self, playing: u64, milliseconds: u32, now: Instant) {
        let beat = Duration::from_millis(milliseconds.into());
        let even = self.ticked.map(|last| last + beat).filter(|due| *due > now);
        self.tick = Some((even.unwrap_or(now + beat).min(now + beat), Message::Tick(playing)));
    }

    /// Tells when an article that moves by itself moves on.
    pub(super) fn roll(&mut self, rolling: u64, milliseconds: u32, now: Instant) {
        let due = now + Duration::from_millis(milliseconds.into());
        self.roll = Some((due, Message::Rolled(rolling)));
    }

    /// The next moment that is waited for.
    pub(super) fn next(&self) -> Option<Instant> {
        self.expiry.iter().chain(&self.tick).chain(&self.roll).map(|(when, _)| *when).min()
    }

    /// What is due.
    pub(super) fn due(&mut self, now: Instant) -> Option<Message> {
        let is_due = |timer: &mut (Instant, Message)| timer.0 <= now;
        if let Some((when, message)) = self.tick.take_if(is_due) {
            self.ticked = Some(when);
            return Some(message);
        }
        let rolled = self.roll.take_if(is_due);
        rolled.or_else(|| self.expiry.take_if(is_due)).map(|(_, message)| message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(start: Instant, milliseconds: u64) -> Instant {
        start + Duration::from_millis(milliseconds)
    }

    #[test]
    fn a_new_timer_takes_the_place_of_the_one_of_its_kind() {
        let start = Instant::now();
        let mut timers = Timers::default();
        assert_eq!((timers.next(), timers.due(start)), (None, None));
        timers.expire(1, start);
        timers.expire(2, after(start, 100));
        timers.tick(7, 50, start);
        assert_eq!(timers.next(), Some(after(start, 50)));
        assert_eq!(timers.due(after(start, 49)), None);
        assert_eq!(timers.due(after(start, 4_000)), Some(Message::Tick(7)));
        assert_eq!(timers.due(after(start, 4_000)), Some(Message::Expired(2)));
        assert_eq!((timers.next(), timers.due(after(start, 9_000))), (None, None));
    }

    #[test]
    fn ticks_keep_their_beat_and_do_not_catch_up() {
        let start = Instant::now();
        let mut timers = Timers::default();
        timers.tick(1, 50, start);
        assert_eq!(timers.due(after(start, 53)), Some(Message::Tick(1)));
        timers.tick(1, 50, after(start, 54));
        assert_eq!(timers.next(), Some(after(start, 100)));
        assert_eq!(timers.due(after(start, 500)), Some(Message::Tick(1)));
        timers.tick(1, 50, after(start, 501));
        assert_eq!(timers.next(), Some(after(start, 551)));
    }
}
