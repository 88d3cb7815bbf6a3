//! What the status line says.

use crate::text::Safe;
use crate::tui::{Effect, Model};

/// What the status line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The text.
    pub text: Safe,
    /// Whether it is an error, which stays until a key.
    pub error: bool,
    /// Which message it is.
    pub number: u64,
}

impl Model {
    /// Says something for a moment.
    pub(super) fn say(&mut self, text: &str) -> Vec<Effect> {
        self.messages += 1;
        self.status = Some(Status { text: Safe::line(text), error: false, number: self.messages });
        vec![Effect::Expire(self.messages)]
    }

    /// Says what went wrong, until a key.
    pub(super) fn fail(&mut self, text: &str) -> Vec<Effect> {
        self.messages += 1;
        self.status = Some(Status { text: Safe::line(text), error: true, number: self.messages });
        vec![]
    }
}
