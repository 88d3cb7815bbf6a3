//! Where the reader has been, as in a browser: back, forward, and a jump drops what was forward.

use crate::tui::reading::{Subject, Top};

/// Jumps remembered.
const DEEPEST: usize = 200;

/// A place to come back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What was read.
    pub subject: Subject,
    /// Where in it.
    pub top: Top,
}

/// The places before and after the present one.
#[derive(Debug, Default)]
pub struct History {
    behind: Vec<Place>,
    ahead: Vec<Place>,
}

impl History {
    /// Remembers `place` because the reader leaves it by a jump.
    pub fn leave(&mut self, place: Place) {
        self.ahead.clear();
        if self.behind.last() != Some(&place) {
            self.behind.push(place);
        }
        if self.behind.len() > DEEPEST {
            self.behind.remove(0);
        }
    }

    /// The place before; `here` becomes the one ahead.
    pub fn back(&mut self, here: Option<Place>) -> Option<Place> {
        let place = self.behind.pop()?;
        self.ahead.extend(here);
        Some(place)
    }

    /// The place ahead; `here` becomes the one before.
    pub fn forward(&mut self, here: Option<Place>) -> Option<Place> {
        let place = self.ahead.pop()?;
        self.behind.extend(here);
        Some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(article: usize) -> Place {
        Place { subject: Subject::Article(article), top: Top::default() }
    }

    #[test]
    fn going_back_and_forward_ends_where_it_began() {
        let mut history = History::default();
        history.leave(place(1));
        history.leave(place(2));
        assert_eq!(history.back(Some(place(3))), Some(place(2)));
        assert_eq!(history.back(Some(place(2))), Some(place(1)));
        assert_eq!(history.back(Some(place(1))), None);
        assert_eq!(history.forward(Some(place(1))), Some(place(2)));
        assert_eq!(history.forward(Some(place(2))), Some(place(3)));
    }

    #[test]
    fn a_jump_forgets_what_was_ahead() {
        let mut history = History::default();
        history.leave(place(1));
        history.back(Some(place(2)));
        history.leave(place(1));
        assert_eq!(history.forward(None), None);
    }

    #[test]
    fn two_hundred_jumps_deep_and_no_deeper() {
        let mut history = History::default();
        for article in 0..500 {
            history.leave(place(article));
        }
        assert_eq!(std::iter::from_fn(|| history.back(None)).count(), DEEPEST);
    }
}
