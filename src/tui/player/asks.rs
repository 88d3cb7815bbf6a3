//! Requests to a lab: one is under way, the others wait and are merged.
//!
//! So a lab that is slower than the reader's fingers drops what nobody would see, and is never
//! asked for more than it can answer.

use std::collections::VecDeque;

use crate::labs::engine::Request;

/// Requests that may wait; gestures beyond are dropped.
const WAITING: usize = 16;

/// The requests to a lab.
#[derive(Debug, Default)]
pub(in crate::tui) struct Asks {
    is_busy: bool,
    waiting: VecDeque<Request>,
}

impl Asks {
    /// What is to be sent now, when `request` was made.
    pub(in crate::tui) fn ask(&mut self, request: Request) -> Option<Request> {
        if !self.is_busy {
            self.is_busy = true;
            return Some(request);
        }
        let is_merged = self.waiting.back_mut().is_some_and(|last| merge(last, &request));
        if !is_merged && self.waiting.len() < WAITING {
            self.waiting.push_back(request);
        }
        None
    }

    /// What is to be sent now, when an answer came.
    pub(in crate::tui) fn answered(&mut self) -> Option<Request> {
        let next = self.waiting.pop_front();
        self.is_busy = next.is_some();
        next
    }

    /// Whether an answer is on its way.
    pub(in crate::tui) fn is_busy(&self) -> bool {
        self.is_busy
    }

    /// Forgets what waits, after a fault.
    pub(in crate::tui) fn forget(&mut self) {
        self.waiting.clear();
    }
}

/// Makes one request of two, where that comes to the same.
fn merge(last: &mut Request, next: &Request) -> bool {
    match (&mut *last, next) {
        (Request::Nudge(control, by), Request::Nudge(other, more)) if control == other => {
            *by = by.saturating_add(*more);
        }
        (Request::Step(by), Request::Step(more)) => *by = by.saturating_add(*more),
        (Request::Set(patch), Request::Set(more)) => patch.extend(more.clone()),
        (Request::Seek(_) | Request::Step(_), Request::Seek(_))
        | (_, Request::Preset(_) | Request::Case(_) | Request::Open(_)) => *last = next.clone(),
        _ => return false,
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nudge(by: i32) -> Request {
        Request::Nudge("w".into(), by)
    }

    #[test]
    fn a_busy_lab_is_asked_once_and_the_rest_is_merged() {
        let mut asks = Asks::default();
        assert_eq!(asks.ask(nudge(1)), Some(nudge(1)));
        assert_eq!((asks.ask(nudge(1)), asks.ask(nudge(1)), asks.is_busy()), (None, None, true));
        assert_eq!((asks.ask(Request::Step(2)), asks.ask(Request::Seek(9))), (None, None));
        assert_eq!(asks.answered(), Some(nudge(2)));
        assert_eq!(asks.answered(), Some(Request::Seek(9)));
        assert_eq!((asks.answered(), asks.is_busy()), (None, false));
    }

    #[test]
    fn presses_are_not_merged_and_do_not_pile_up() {
        let press = Request::Act("crash".into(), None);
        let mut asks = Asks::default();
        for _ in 0..100 {
            let _ = asks.ask(press.clone());
        }
        assert_eq!(std::iter::from_fn(|| asks.answered()).count(), WAITING);
        let _ = asks.ask(press.clone());
        let _ = asks.ask(press);
        assert_eq!(asks.ask(Request::Preset("a".into())), None);
        assert_eq!(asks.answered(), Some(Request::Preset("a".into())));
    }
}
