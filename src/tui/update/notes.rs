//! Notes and the lists of what was remembered: written, listed, taken away.

use ratatui::crossterm::event::KeyCode;

use crate::state::{Change, Highlight};
use crate::tui::action::Action;
use crate::tui::input::Input;
use crate::tui::key::Key;
use crate::tui::list::{Goal, Kind, List};
use crate::tui::model::{Noting, Overlay};
use crate::tui::reading::Reading;
use crate::tui::{Effect, Model};

impl Model {
    /// Finds the highlights of the open text in it.
    pub(in crate::tui) fn find_highlights(&mut self) {
        let (Some(memory), Some(reading)) = (&self.memory, &mut self.reading) else { return };
        let Some(name) = &reading.track.name else { return };
        let highlights = memory.highlights(name).to_vec();
        if highlights.is_empty() && reading.highlights.is_empty() {
            return;
        }
        let lost = reading.find_highlights(&highlights);
        let found = |it: &&Highlight| !reading.highlights.iter().any(|shown| shown.id == it.id);
        let ids: Vec<String> = highlights.iter().filter(found).map(|it| it.id.clone()).collect();
        let news = lost > 0 && ids.iter().any(|id| !self.lost.contains(id));
        self.lost.retain(|id| !highlights.iter().any(|it| it.id == *id));
        self.lost.extend(ids);
        if news {
            let said = match lost {
                1 => "A highlighted passage is not in the text any more; A lists it".to_owned(),
                _ => format!(
                    "{lost} highlighted passages are not in the text any more; A lists them"
                ),
            };
            let effects = self.say(&said);
            self.unsent.extend(effects);
        }
    }

    /// Begins to write a note.
    pub(super) fn write_note(&mut self, highlight: Highlight) -> Vec<Effect> {
        let input = Input::note(&highlight.note);
        self.noting = Some(Noting { highlight, input });
        vec![]
    }

    /// Takes a key for the note, while one is written.
    pub(super) fn type_note(&mut self, key: Key) -> Option<Vec<Effect>> {
        let noting = self.noting.as_mut()?;
        match (key.code, key.ctrl) {
            (KeyCode::Enter, _) => {
                let Noting { highlight, input } = self.noting.take()?;
                let note = input.text().trim().to_owned();
                let said = if note.is_empty() { "Highlighted, without a note" } else { "Noted" };
                let mut effects =
                    self.alter(Change::SetHighlight(Highlight { note, ..highlight }), said);
                effects.extend(self.end_select());
                Some(effects)
            }
            (KeyCode::Esc, _) | (KeyCode::Char('c' | 'g'), true) => {
                self.noting = None;
                Some(vec![])
            }
            (KeyCode::Char('z'), true) => None,
            _ => {
                noting.input.edit(key);
                Some(vec![])
            }
        }
    }

    /// The list of what is remembered that `action` names.
    pub(super) fn list_of(&self, action: Action) -> Option<List> {
        let kind = match action {
            Action::Marks => Kind::Marks,
            Action::ReadingList => Kind::Reading,
            Action::Notes => Kind::Notes,
            _ => return None,
        };
        Some(List::new(kind, self.remembered(kind), 0))
    }

    /// Shows the list on top as it is now, after something was changed.
    pub(super) fn renew_list(&mut self) {
        let Some(Overlay::List(list)) = self.overlays.last() else { return };
        if !list.kind.is_remembered() {
            return;
        }
        let entries = self.remembered(list.kind);
        if let Some(Overlay::List(list)) = self.overlays.last_mut() {
            list.replace(entries);
        }
        self.fit();
    }

    pub(super) fn act_on_entry(&mut self, action: Action) -> Vec<Effect> {
        if action == Action::UndoHere {
            return self.undo();
        }
        let Some(Overlay::List(list)) = self.overlays.last() else { return vec![] };
        let at = list.cursor.at;
        let Some(goal) = list.selected().map(|it| it.goal.clone()) else { return vec![] };
        match (action, goal) {
            (Action::Remove, Goal::Mark(mark)) => {
                let said = format!("Mark {} is taken away; Alt-u brings it back", mark.letter);
                self.alter(Change::ClearMark(mark.letter, mark.name), &said)
            }
            (Action::Remove, Goal::Highlight(id)) => {
                self.alter(Change::ClearHighlight(id), "Taken away; Alt-u brings it back")
            }
            (Action::Remove, Goal::Named(name)) => {
                self.alter(Change::Delist(name), "Taken off the reading list; Alt-u brings it back")
            }
            (Action::EditNote, Goal::Highlight(id)) => {
                match self.memory.as_ref().and_then(|it| it.highlight(&id)).cloned() {
                    Some(highlight) => self.write_note(highlight),
                    None => vec![],
                }
            }
            (Action::MoveUp | Action::MoveDown, Goal::Named(name)) => {
                let by = if action == Action::MoveUp { -1 } else { 1 };
                let Some(memory) = &self.memory else { return vec![] };
                let place = memory.list.iter().position(|it| *it == name);
                let other =
                    place.and_then(|it| memory.list.get(it.checked_add_signed(by)?)).cloned();
                let Some(other) = other else { return vec![] };
                self.alter(Change::Swap(name, other), "Moved");
                if let Some(Overlay::List(list)) = self.overlays.last_mut() {
                    list.cursor.at = at.saturating_add_signed(by);
                }
                self.fit();
                vec![]
            }
            _ => self.say("Not in this list"),
        }
    }

    /// Goes to a highlight.
    pub(super) fn open_highlight(&mut self, id: &str) -> Vec<Effect> {
        let highlight = self.memory.as_ref().and_then(|it| it.highlight(id)).cloned();
        let Some(highlight) = highlight else { return vec![] };
        let effects = self.open_place(&highlight.name, &highlight.place);
        if let Some(reading) = &mut self.reading {
            Reading::see(reading);
        }
        effects
    }
}
