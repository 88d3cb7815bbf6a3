//! Reading comfort: zen, focus, ruler, line spacing, and an article that moves by itself.

use crate::layout::Spacing;
use crate::state::Change;
use crate::tui::action::{Action, Scope};
use crate::tui::comfort::{Comfort, Ruler};
use crate::tui::reading::Reading;
use crate::tui::{Effect, Model};

/// Milliseconds of a minute.
const MINUTE: u32 = 60_000;
/// What the width of the text column is remembered as.
const WIDTH: &str = "width";

impl Model {
    /// Changes what `action` names.
    pub(super) fn turn_comfort(&mut self, action: Action) -> Vec<Effect> {
        let before = self.comfort;
        let now = &mut self.comfort;
        let said = match action {
            Action::Zen => {
                now.zen = !now.zen;
                if now.zen { "Only the text: z shows the rest again" } else { "" }
            }
            Action::Focus => {
                now.focus = !now.focus;
                if now.focus { "Focus on a paragraph: j and k go on" } else { "Focus is off" }
            }
            Action::Ruler => {
                now.ruler = match now.ruler {
                    Ruler::Hidden => Ruler::Shown,
                    Ruler::Shown => Ruler::Hidden,
                };
                let is_shown = now.ruler == Ruler::Shown;
                if is_shown { "A ruler below the row: j and k move it" } else { "No ruler" }
            }
            _ => {
                now.spacing = match now.spacing {
                    Spacing::Single => Spacing::Open,
                    Spacing::Open => Spacing::Single,
                };
                if now.spacing == Spacing::Open { "Open lines" } else { "Single lines" }
            }
        };
        self.keep_comfort(before);
        self.fit();
        let mut effects = self.colours();
        if !said.is_empty() {
            effects.extend(self.say(said));
        }
        effects
    }

    /// Has remembered what has changed.
    fn keep_comfort(&mut self, before: Comfort) {
        let now = self.comfort.settings();
        for ((name, value), (_, old)) in now.into_iter().zip(before.settings()) {
            if value != old {
                self.keep(Change::Set(name.to_owned(), value), None);
            }
        }
    }

    /// Has the width of the text column remembered.
    pub(super) fn keep_width(&mut self) {
        let value = (self.width != self.usual_width).then(|| self.width.to_string());
        self.keep(Change::Set(WIDTH.to_owned(), value), None);
    }

    /// Takes up what was remembered.
    pub(in crate::tui) fn recall_comfort(&mut self) {
        let Some(memory) = &self.memory else { return };
        self.comfort = Comfort::remembered(|name| memory.setting(name));
        let width = memory.setting(WIDTH).and_then(|it| it.parse::<usize>().ok());
        self.set_remembered_width(width);
    }

    /// Begins to move by itself, or stops.
    pub(super) fn turn_rolling(&mut self) -> Vec<Effect> {
        if self.rolling.take().is_some() {
            return self.say("It stays");
        }
        self.rolls += 1;
        self.rolling = Some(self.rolls);
        let mut effects = self.say("It moves by itself: + faster, - slower, a stops");
        effects.push(self.next_roll());
        effects
    }

    fn next_roll(&self) -> Effect {
        Effect::Roll(self.rolls, MINUTE / self.comfort.pace().max(1))
    }

    /// It is time for the next row.
    pub(super) fn rolled(&mut self, number: u64) -> Vec<Effect> {
        if self.rolling != Some(number) {
            return vec![];
        }
        let place = |model: &Self| model.reading.as_ref().map(|it| (it.top(), it.present()));
        let before = place(self);
        // What lies over the article is read now.
        if self.scope() == Scope::Reader {
            let mut effects = self.scroll(1);
            if place(self) != before {
                effects.push(self.next_roll());
                return effects;
            }
        }
        self.rolling = None;
        let is_end = self.reading.as_ref().is_some_and(Reading::at_end);
        if is_end { self.say("The end") } else { vec![] }
    }

    /// While it moves by itself, the keys for the width are for the pace.
    pub(super) fn quicken(&mut self, by: isize) -> Vec<Effect> {
        let before = self.comfort;
        self.comfort.quicken(by);
        self.keep_comfort(before);
        let pace = self.comfort.pace();
        self.say(&format!("{pace} rows a minute"))
    }

    /// Moves the present row, and the article where it has to.
    pub(super) fn scroll(&mut self, rows: isize) -> Vec<Effect> {
        let has_place = self.comfort.has_place();
        self.with_reading(
            |reading| {
                if has_place { reading.move_present(rows) } else { reading.scroll(rows) }
            },
        )
    }
}
