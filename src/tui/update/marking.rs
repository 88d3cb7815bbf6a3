//! Marks, the reading list, what is finished: set, gone to, taken back.

use crate::state::{Change, Finished, Mark, Name, Place};
use crate::tui::action::Action;
use crate::tui::browse::Item;
use crate::tui::cursor::Way;
use crate::tui::key::Key;
use crate::tui::model::{Asking, Going, Showing};
use crate::tui::{Effect, Model};

/// Changes that can be taken back at most.
const UNDONE: usize = 100;
/// What is said where nothing is remembered by choice.
const NOTHING: &str = "Nothing is remembered in this session";

impl Model {
    /// Waits for the letter of a mark.
    pub(super) fn ask_for_letter(&mut self, action: Action) -> Vec<Effect> {
        self.asking = Some(match action {
            Action::SetMark => Asking::SetMark,
            _ => Asking::GoToMark,
        });
        vec![]
    }

    /// Takes a key as the letter of a mark, while one is waited for.
    pub(super) fn type_letter(&mut self, key: Key) -> Option<Vec<Effect>> {
        let asking = self.asking.take()?;
        let letter = key.letter();
        Some(match (asking, letter) {
            (Asking::GoToMark, Some('\'')) => self.walk_history(Way::Back),
            (Asking::SetMark, Some(letter)) if letter.is_ascii_alphabetic() => self.mark(letter),
            (Asking::GoToMark, Some(letter)) if letter.is_ascii_alphabetic() => {
                self.go_to_mark(letter)
            }
            (_, Some(_)) => {
                self.say("Marks are letters: a to z in this text, A to Z for everywhere")
            }
            (_, None) => vec![],
        })
    }

    fn mark(&mut self, letter: char) -> Vec<Effect> {
        let Some(reading) = &self.reading else { return vec![] };
        let Some(name) = reading.track.name.clone() else { return self.say(NOTHING) };
        let mark = Mark { letter, name, place: reading.place(), made: 0 };
        self.alter(Change::SetMark(mark), &format!("Mark {letter} is set"))
    }

    fn go_to_mark(&mut self, letter: char) -> Vec<Effect> {
        let here = self.reading.as_ref().filter(|_| self.showing == Showing::Reader);
        let here = here.and_then(|it| it.track.name.clone());
        let nowhere = Name::article("");
        let mark =
            self.memory.as_ref().and_then(|it| it.mark(letter, here.as_ref().unwrap_or(&nowhere)));
        match mark.cloned() {
            Some(mark) => self.open_place(&mark.name, &mark.place),
            None if letter.is_lowercase() && here.is_none() => {
                self.say("Small letters are marks within a text; M lists all of them")
            }
            None => self.say(&format!("There is no mark {letter}")),
        }
    }

    /// Leaves the present place by a jump, and goes to a remembered one.
    pub(super) fn open_place(&mut self, name: &Name, place: &Place) -> Vec<Effect> {
        self.overlays.clear();
        self.remember();
        let same = |it: &&mut crate::tui::reading::Reading| it.track.name.as_ref() == Some(name);
        if let Some(reading) = self.reading.as_mut().filter(same) {
            reading.go_to_place(place);
            self.showing = Showing::Reader;
            return self.colours();
        }
        self.going = Going::Place(Box::new(place.clone()));
        self.load(name)
    }

    /// Asks for a text by its name in the state.
    fn load(&mut self, name: &Name) -> Vec<Effect> {
        if let Some(article) = self.article_of(name) {
            return vec![Effect::Load(crate::library::Text::Article(article))];
        }
        if let Some(path) = name.path() {
            let link = path.to_string_lossy().into_owned();
            return vec![Effect::LoadFile { from: path, path: link, anchor: None }];
        }
        self.going = Going::Start;
        self.fail(&format!("{} is not in this library", name.as_str()))
    }

    /// Opens a text by its name in the state, where it was left.
    pub(super) fn open_named(&mut self, name: &Name) -> Vec<Effect> {
        if let Some(article) = self.article_of(name) {
            return self.open(article, None);
        }
        let place = self.memory.as_ref().and_then(|it| it.progress(name));
        let place = place.map(|it| it.place.clone()).unwrap_or_default();
        self.open_place(name, &place)
    }

    /// The text that is meant: the open one, or the article that is selected in the panes.
    fn meant(&self) -> Option<Name> {
        match self.showing {
            Showing::Reader => self.reading.as_ref()?.track.name.clone(),
            _ => match self.browse.selected(self.catalog())? {
                Item::Article(article) if self.memory.is_some() => self.article_name(article),
                _ => None,
            },
        }
    }

    pub(super) fn enlist(&mut self) -> Vec<Effect> {
        let Some(memory) = &self.memory else { return self.say(NOTHING) };
        let Some(name) = self.meant() else { return self.say("Select an article first") };
        if memory.list.contains(&name) {
            return self.alter(Change::Delist(name), "Taken off the reading list");
        }
        self.alter(Change::Enlist(name), "On the reading list; R shows it")
    }

    pub(super) fn finish(&mut self) -> Vec<Effect> {
        let Some(memory) = &self.memory else { return self.say(NOTHING) };
        let Some(name) = self.meant() else { return self.say("Select an article first") };
        match memory.progress(&name).and_then(|it| it.finished) {
            Some(_) => self.alter(Change::Finish(name, Finished::No), "Not finished"),
            None => self.alter(Change::Finish(name, Finished::Yes), "Finished"),
        }
    }

    /// Does what can be taken back.
    pub(super) fn alter(&mut self, change: Change, said: &str) -> Vec<Effect> {
        let Some(memory) = &self.memory else { return self.say(NOTHING) };
        let inverse = memory.inverse(&change);
        self.undoing.extend(inverse);
        let over = self.undoing.len().saturating_sub(UNDONE);
        self.undoing.drain(..over);
        self.keep(change, Some(said));
        self.find_highlights();
        self.renew_list();
        vec![]
    }

    /// Takes the last change back.
    pub(super) fn undo(&mut self) -> Vec<Effect> {
        let Some(change) = self.undoing.pop() else { return self.say("Nothing to take back") };
        self.keep(change, Some("Taken back"));
        self.find_highlights();
        self.renew_list();
        vec![]
    }
}
