//! Code and wide tables in an article: wrapped or cut, numbered, moved sideways, copied.

use crate::layout::{Lines, Manner, Numbers};
use crate::tui::reading::Reading;
use crate::tui::{Effect, Model};

/// Cells that one key moves what is cut by.
pub(super) const SHIFT: isize = 8;
/// Further than anything is wide.
const FURTHEST: usize = 4096;

impl Model {
    fn with_manner(&mut self, change: impl FnOnce(Manner) -> Manner) -> Vec<Effect> {
        self.with_reading(|reading| reading.set_in(change(reading.manner())))
    }

    pub(super) fn turn_wrapping(&mut self) -> Vec<Effect> {
        let now = self.reading.as_ref().map(Reading::manner).unwrap_or_default();
        let lines = match now.lines {
            Lines::Wrapped => Lines::Cut,
            Lines::Cut => Lines::Wrapped,
        };
        let mut effects = self.with_manner(|manner| Manner { lines, shift: 0, ..manner });
        effects.extend(self.say(match lines {
            Lines::Cut => "Long lines are cut: > and < move them",
            Lines::Wrapped => "Long lines go on in the next row",
        }));
        effects
    }

    pub(super) fn turn_numbers(&mut self) -> Vec<Effect> {
        self.with_manner(|manner| {
            let numbers = match manner.numbers {
                Numbers::Hidden => Numbers::Shown,
                Numbers::Shown => Numbers::Hidden,
            };
            Manner { numbers, ..manner }
        })
    }

    /// Moves what is cut at the edge; wrapped lines are cut from then on.
    pub(super) fn shift(&mut self, by: isize) -> Vec<Effect> {
        self.with_manner(|manner| {
            let lines = if by > 0 { Lines::Cut } else { manner.lines };
            let shift = manner.shift.saturating_add_signed(by).min(FURTHEST);
            Manner { lines, shift, ..manner }
        })
    }

    pub(super) fn copy_code(&mut self) -> Vec<Effect> {
        let code = self.reading.as_ref().and_then(Reading::code_on_screen);
        match code.map(|code| code.text.clone()) {
            Some(text) => vec![Effect::Copy(text)],
            None => self.say("No code on this screen"),
        }
    }
}
