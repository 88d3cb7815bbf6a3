//! What is remembered, as the reader has it at hand.

use std::collections::{BTreeMap, HashMap};

use crate::review::{Graded, Records};
use crate::state::{Change, Finished, Highlight, Mark, Name, Pace, Progress, ReadOn, Stamp};

/// Everything that is remembered but the history, which is only asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Memory {
    /// How far each text was read.
    pub progress: HashMap<Name, Progress>,
    /// The marks, by letter and text.
    pub marks: Vec<Mark>,
    /// The reading list, in its order.
    pub list: Vec<Name>,
    /// The highlights of each text, in no order.
    pub highlights: HashMap<Name, Vec<Highlight>>,
    /// What was set.
    pub settings: BTreeMap<String, String>,
    /// The grades of cards.
    pub records: Records,
    /// How fast was read of late.
    pub pace: Pace,
}

impl Memory {
    /// How far a text was read.
    pub fn progress(&self, name: &Name) -> Option<&Progress> {
        self.progress.get(name)
    }

    /// The highlights of a text.
    pub fn highlights(&self, name: &Name) -> &[Highlight] {
        self.highlights.get(name).map_or(&[], Vec::as_slice)
    }

    /// A highlight, by its id.
    pub fn highlight(&self, id: &str) -> Option<&Highlight> {
        self.highlights.values().flatten().find(|it| it.id == id)
    }

    /// The mark of this letter, as seen from a text.
    pub fn mark(&self, letter: char, from: &Name) -> Option<&Mark> {
        let is_local = letter.is_lowercase();
        self.marks.iter().find(|it| it.letter == letter && (!is_local || it.name == *from))
    }

    /// Texts that were begun and not finished, the last one first.
    pub fn unfinished(&self) -> Vec<(&Name, &Progress)> {
        let mut begun: Vec<_> = self
            .progress
            .iter()
            .filter(|(_, it)| it.finished.is_none() && it.percent > 0)
            .collect();
        begun.sort_by(|(a, one), (b, other)| (other.read, a).cmp(&(one.read, b)));
        begun
    }

    /// A setting, when it was set.
    pub fn setting(&self, key: &str) -> Option<&str> {
        self.settings.get(key).map(String::as_str)
    }

    /// Takes a change over, as the store does at the time `now`.
    pub fn apply(&mut self, change: &Change, now: Stamp) {
        match change {
            Change::Read(read) => self.read(read, now),
            Change::Finish(name, finished) => {
                let progress = self.progress.entry(name.clone()).or_default();
                if progress.opened == 0 {
                    (progress.opened, progress.read) = (now, now);
                }
                progress.finished = (*finished == Finished::Yes).then_some(now);
                progress.percent = if *finished == Finished::Yes { 100 } else { 0 };
            }
            Change::SetMark(mark) => {
                self.clear_mark(mark.letter, &mark.name);
                self.marks.push(Mark { made: now, ..mark.clone() });
                self.marks.sort_by(|a, b| (a.letter, &a.name).cmp(&(b.letter, &b.name)));
            }
            Change::ClearMark(letter, name) => self.clear_mark(*letter, name),
            Change::Enlist(name) => {
                if !self.list.contains(name) {
                    self.list.push(name.clone());
                }
            }
            Change::Delist(name) => self.list.retain(|it| it != name),
            Change::Swap(one, other) => {
                let at = |name: &Name| self.list.iter().position(|it| it == name);
                if let (Some(one), Some(other)) = (at(one), at(other)) {
                    self.list.swap(one, other);
                }
            }
            Change::SetHighlight(highlight) => {
                let list = self.highlights.entry(highlight.name.clone()).or_default();
                let known = list.iter().find(|it| it.id == highlight.id).map(|it| it.made);
                let set = Highlight {
                    made: known.unwrap_or(if highlight.made == 0 { now } else { highlight.made }),
                    changed: now,
                    ..highlight.clone()
                };
                list.retain(|it| it.id != highlight.id);
                list.push(set);
            }
            Change::ClearHighlight(id) => {
                self.highlights.values_mut().for_each(|list| list.retain(|it| it.id != *id));
                self.highlights.retain(|_, list| !list.is_empty());
            }
            Change::Set(key, Some(value)) => {
                self.settings.insert(key.clone(), value.clone());
            }
            Change::Set(key, None) => {
                self.settings.remove(key);
            }
            Change::Graded(card, grade) => {
                self.records.add(card, Graded { at: now, grade: *grade });
            }
        }
    }

    /// What takes `change` back; none when there is nothing to take back.
    pub fn inverse(&self, change: &Change) -> Option<Change> {
        Some(match change {
            Change::SetMark(mark) => match self.mark(mark.letter, &mark.name) {
                Some(before) => Change::SetMark(before.clone()),
                None => Change::ClearMark(mark.letter, mark.name.clone()),
            },
            Change::ClearMark(letter, name) => Change::SetMark(self.mark(*letter, name)?.clone()),
            Change::Enlist(name) => Change::Delist(name.clone()),
            Change::Delist(name) => Change::Enlist(name.clone()),
            Change::SetHighlight(highlight) => match self.highlight(&highlight.id) {
                Some(before) => Change::SetHighlight(before.clone()),
                None => Change::ClearHighlight(highlight.id.clone()),
            },
            Change::ClearHighlight(id) => Change::SetHighlight(self.highlight(id)?.clone()),
            Change::Finish(name, finished) => {
                let before = match finished {
                    Finished::Yes => Finished::No,
                    Finished::No => Finished::Yes,
                };
                Change::Finish(name.clone(), before)
            }
            Change::Swap(one, other) => Change::Swap(other.clone(), one.clone()),
            Change::Read(_) | Change::Set(..) | Change::Graded(..) => return None,
        })
    }

    fn read(&mut self, read: &ReadOn, now: Stamp) {
        let progress = self.progress.entry(read.name.clone()).or_default();
        if progress.opened == 0 {
            progress.opened = now;
        }
        progress.place = read.place.clone();
        progress.percent = progress.percent.max(read.percent);
        progress.spent = progress.spent.saturating_add(read.spent);
        progress.read = now;
        if read.is_finished() {
            progress.finished.get_or_insert(now);
        }
        self.pace = self.pace.and(read.pace);
    }

    fn clear_mark(&mut self, letter: char, name: &Name) {
        let is_local = letter.is_lowercase();
        self.marks.retain(|it| it.letter != letter || (is_local && it.name != *name));
    }
}

#[cfg(test)]
mod tests {
    use crate::state::Place;

    use super::*;

    fn mark(letter: char, name: &str) -> Mark {
        Mark { letter, name: Name::article(name), place: Place::default(), made: 0 }
    }

    #[test]
    fn small_letters_belong_to_a_text_and_capitals_to_the_library() {
        let mut memory = Memory::default();
        for mark in [mark('a', "one"), mark('a', "two"), mark('A', "one"), mark('A', "two")] {
            memory.apply(&Change::SetMark(mark), 1);
        }
        assert_eq!(memory.marks.len(), 3);
        let (one, two) = (Name::article("one"), Name::article("two"));
        assert_eq!(memory.mark('a', &one).map(|it| &it.name), Some(&one));
        assert_eq!(memory.mark('A', &one).map(|it| &it.name), Some(&two));
        memory.apply(&Change::ClearMark('a', one.clone()), 2);
        assert_eq!(memory.mark('a', &one), None);
        assert!(memory.mark('a', &two).is_some());
    }

    #[test]
    fn what_was_finished_once_stays_finished_until_it_is_said_otherwise() {
        let name = Name::article("one");
        let read = |percent| {
            let (name, at) = (name.clone(), Place::default());
            let pace = Pace::default();
            Change::Read(ReadOn { visit: 1, name, place: at, percent, spent: 10, pace })
        };
        let mut memory = Memory::default();
        memory.apply(&read(40), 5);
        assert_eq!(memory.unfinished().len(), 1);
        memory.apply(&read(100), 6);
        memory.apply(&read(30), 7);
        let progress = memory.progress(&name).unwrap();
        let facts = (progress.percent, progress.finished, progress.spent, progress.opened);
        assert_eq!(facts, (100, Some(6), 30, 5));
        assert!(memory.unfinished().is_empty());
        memory.apply(&Change::Finish(name.clone(), Finished::No), 8);
        assert_eq!(memory.progress(&name).unwrap().finished, None);
    }
}
