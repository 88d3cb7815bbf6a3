//! Two states put together. Both sides are kept: nothing that one of them has is dropped, and
//! taking in the same state again changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;

use crate::state::carried::{
    Carried, CarriedHighlight, CarriedMark, CarriedProgress, CarriedVisit,
};

/// What becomes of the entries of one kind when a state is taken in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Not known here before.
    pub new: usize,
    /// Known here, and changed by what comes.
    pub changed: usize,
    /// Known here already.
    pub same: usize,
}

/// What becomes of a state when another one is taken in, by kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// The kinds in the order in which they are told, with what they are called.
    pub kinds: Vec<(&'static str, Tally)>,
    /// Marks that came for a letter that was taken, and no other one was free.
    pub homeless: usize,
}

impl Merged {
    /// Whether nothing would change.
    pub fn is_nothing(&self) -> bool {
        self.kinds.iter().all(|(_, tally)| tally.new + tally.changed == 0)
    }
}

impl Carried {
    /// This state with everything of `other`, and what that changes.
    pub fn and(self, other: &Self) -> (Self, Merged) {
        let mut merged = Merged::default();
        let mut tell = |name, tally| merged.kinds.push((name, tally));
        let own = self;
        let (progress, tally) =
            joined(own.progress, &other.progress, |it| it.name.clone(), progress);
        tell("progress", tally);
        let (visits, tally) =
            joined(own.visits, &other.visits, |it| (it.name.clone(), it.began), visit);
        tell("history", tally);
        let (marks, tally, homeless) = marks(own.marks, &other.marks);
        tell("marks", tally);
        let (list, tally) =
            joined(own.list, &other.list, |it| it.name.clone(), |own, _| own.clone());
        tell("reading list", tally);
        let (highlights, tally) =
            joined(own.highlights, &other.highlights, |it| it.id.clone(), highlight);
        tell("highlights", tally);
        let (settings, tally) =
            joined(own.settings, &other.settings, |it| it.key.clone(), |own, _| own.clone());
        tell("settings", tally);
        let (grades, tally) =
            joined(own.grades, &other.grades, |it| (it.card.clone(), it.at), |own, _| own.clone());
        tell("grades of cards", tally);
        merged.homeless = homeless;
        let whole = Self {
            progress,
            visits,
            marks,
            list,
            highlights,
            settings,
            grades,
            ..Self::new(own.written)
        };
        (whole, merged)
    }
}

/// What is in one of two lists, in the order of the first; what is in both becomes one.
fn joined<T: Clone + PartialEq, K: Ord + Hash>(
    own: Vec<T>,
    other: &[T],
    key: impl Fn(&T) -> K,
    one: impl Fn(&T, &T) -> T,
) -> (Vec<T>, Tally) {
    let mut places: BTreeMap<K, usize> =
        own.iter().enumerate().map(|(at, it)| (key(it), at)).collect();
    let (mut all, mut tally) = (own, Tally::default());
    for theirs in other {
        let at = *places.entry(key(theirs)).or_insert(all.len());
        match all.get_mut(at) {
            None => {
                all.push(theirs.clone());
                tally.new += 1;
            }
            Some(ours) => {
                let both = one(ours, theirs);
                *(if both == *ours { &mut tally.same } else { &mut tally.changed }) += 1;
                *ours = both;
            }
        }
    }
    (all, tally)
}

/// The place of the later one, the furthest of both.
fn progress(own: &CarriedProgress, other: &CarriedProgress) -> CarriedProgress {
    let later = if other.read > own.read { other } else { own };
    CarriedProgress {
        name: own.name.clone(),
        place: later.place.clone(),
        percent: own.percent.max(other.percent),
        finished: own.finished.into_iter().chain(other.finished).min(),
        spent: own.spent.max(other.spent),
        opened: own.opened.min(other.opened),
        read: later.read,
    }
}

fn visit(own: &CarriedVisit, other: &CarriedVisit) -> CarriedVisit {
    CarriedVisit {
        spent: own.spent.max(other.spent),
        percent: own.percent.max(other.percent),
        paced_words: own.paced_words.max(other.paced_words),
        paced_spent: own.paced_spent.max(other.paced_spent),
        ..own.clone()
    }
}

/// The note that was changed last, and the other one below it when it says something else.
fn highlight(own: &CarriedHighlight, other: &CarriedHighlight) -> CarriedHighlight {
    let (newer, older) = if other.changed > own.changed { (other, own) } else { (own, other) };
    let note = match (newer.note.trim(), older.note.trim()) {
        (newer, older) if newer.contains(older) => newer.to_owned(),
        (newer, older) if older.contains(newer) => older.to_owned(),
        (newer, older) => format!("{newer}\n\n{older}"),
    };
    let note = if note == newer.note.trim() { newer.note.clone() } else { note };
    CarriedHighlight { note, made: own.made.min(other.made), changed: newer.changed, ..own.clone() }
}

/// The letter keeps the mark that was set last; the other one goes to a letter that is free.
fn marks(own: Vec<CarriedMark>, other: &[CarriedMark]) -> (Vec<CarriedMark>, Tally, usize) {
    let (mut all, mut tally, mut homeless) = (own, Tally::default(), 0);
    for theirs in other {
        let is_known = |it: &CarriedMark| {
            it.name == theirs.name
                && it.place == theirs.place
                && it.letter.is_lowercase() == theirs.letter.is_lowercase()
        };
        if all.iter().any(is_known) {
            tally.same += 1;
            continue;
        }
        let taken = all.iter().position(|it| letter(it) == letter(theirs));
        let Some(ours) = taken.and_then(|at| all.get_mut(at)) else {
            all.push(theirs.clone());
            tally.new += 1;
            continue;
        };
        let moved = if theirs.made > ours.made {
            std::mem::replace(ours, theirs.clone())
        } else {
            theirs.clone()
        };
        match free(&all, &moved) {
            Some(letter) => {
                all.push(CarriedMark { letter, ..moved });
                tally.new += 1;
            }
            None => homeless += 1,
        }
    }
    (all, tally, homeless)
}

/// What a letter stands for: a small one belongs to a text.
fn letter(mark: &CarriedMark) -> (char, &str) {
    (mark.letter, if mark.letter.is_lowercase() { &mark.name } else { "" })
}

fn free(all: &[CarriedMark], mark: &CarriedMark) -> Option<char> {
    let taken: BTreeSet<(char, &str)> = all.iter().map(letter).collect();
    let letters = if mark.letter.is_lowercase() { 'a'..='z' } else { 'A'..='Z' };
    let (_, home) = letter(mark);
    letters.into_iter().find(|letter| !taken.contains(&(*letter, home)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::state::carried::{CarriedEntry, CarriedGrade, CarriedPlace, CarriedSetting};

    fn place(offset: i64) -> CarriedPlace {
        CarriedPlace { offset, ..CarriedPlace::default() }
    }

    fn mark(letter: char, name: &str, offset: i64, made: i64) -> CarriedMark {
        CarriedMark { letter, name: format!("article:{name}"), place: place(offset), made }
    }

    fn noted(note: &str, changed: i64) -> CarriedHighlight {
        CarriedHighlight {
            id: "1".into(),
            name: "article:a".into(),
            note: note.into(),
            changed,
            ..CarriedHighlight::default()
        }
    }

    #[test]
    fn two_notes_on_one_passage_are_both_kept() {
        let both = |own: &str, other: &str| highlight(&noted(own, 1), &noted(other, 2)).note;
        assert_eq!(both("old", "new"), "new\n\nold");
        assert_eq!(both("new\n\nold", "new"), "new\n\nold");
        assert_eq!(both("", "new"), "new");
        assert_eq!(both("old", ""), "old");
        assert_eq!(both("same\n", "same\n"), "same\n");
    }

    #[test]
    fn a_mark_whose_letter_is_taken_gets_another_one() {
        let own = Carried { marks: vec![mark('a', "x", 1, 5)], ..Carried::new(0) };
        let other = Carried { marks: vec![mark('a', "x", 2, 9)], ..Carried::new(0) };
        let (both, merged) = own.clone().and(&other);
        assert_eq!(both.marks, [mark('a', "x", 2, 9), mark('b', "x", 1, 5)]);
        assert_eq!(merged.homeless, 0);
        assert!(both.clone().and(&other).1.is_nothing() && both.and(&own).1.is_nothing());
    }

    #[test]
    fn a_mark_without_a_free_letter_is_counted() {
        let own = ('A'..='Z').map(|letter| mark(letter, "x", i64::from(u32::from(letter)), 9));
        let own = Carried { marks: own.collect(), ..Carried::new(0) };
        let other = Carried { marks: vec![mark('Q', "y", 1, 1)], ..Carried::new(0) };
        assert_eq!(own.and(&other).1.homeless, 1);
    }

    #[test]
    fn progress_goes_to_the_furthest_and_the_latest() {
        let of = |percent, finished, spent, opened, read| CarriedProgress {
            name: "article:a".into(),
            place: place(read),
            percent,
            finished,
            spent,
            opened,
            read,
        };
        let (own, other) = (of(100, Some(5), 10, 2, 5), of(40, None, 90, 1, 7));
        assert_eq!(progress(&own, &other), of(100, Some(5), 90, 1, 7));
        assert_eq!(progress(&own, &other), progress(&other, &own));
    }

    prop_compose! {
        fn some()(
            read in prop::collection::btree_map(0..6, (0..101_u8, prop::option::of(0..9_i64), 0..9_i64), 0..5),
            visits in prop::collection::btree_map((0..4, 0..6_i64), 0..9_i64, 0..9),
            marks in prop::collection::btree_map((0..4_usize, 0..3), (0..4_i64, 0..9_i64), 0..6),
            list in prop::collection::btree_set(0..6, 0..4),
            notes in prop::collection::btree_map(0..4_i32, ("[ab]{0,2}", 0..9_i64), 0..4),
            grades in prop::collection::btree_map((0..4, 0..6_i64), 1..5_u8, 0..9),
        ) -> Carried {
            let name = |number: i32| format!("article:{number}");
            Carried {
                progress: read.into_iter().map(|(at, (percent, finished, read))| CarriedProgress {
                    name: name(at), place: place(read), percent, finished, spent: read, opened: read, read,
                }).collect(),
                visits: visits.into_iter().map(|((at, began), spent)| CarriedVisit {
                    name: name(at), began, spent, ..CarriedVisit::default()
                }).collect(),
                marks: marks.into_iter().map(|((letter, at), (offset, made))| CarriedMark {
                    letter: ['a', 'b', 'A', 'B'][letter], name: name(at), place: place(offset), made,
                }).collect::<Vec<_>>().into_iter().fold(vec![], |mut kept: Vec<CarriedMark>, it| {
                    if !kept.iter().any(|other| letter_of(other) == letter_of(&it)) { kept.push(it); }
                    kept
                }),
                list: list.into_iter().map(|at| CarriedEntry { name: name(at), added: 1 }).collect(),
                highlights: notes.into_iter().map(|(at, (note, changed)): (i32, (String, i64))| CarriedHighlight {
                    id: at.to_string(), name: name(at), note, changed, ..CarriedHighlight::default()
                }).collect(),
                settings: vec![CarriedSetting { key: "k".into(), value: "v".into() }],
                grades: grades.into_iter().map(|((card, at), grade): ((i32, i64), u8)| CarriedGrade {
                    card: card.to_string(), at, grade,
                }).collect(),
                ..Carried::new(0)
            }
        }
    }

    fn letter_of(mark: &CarriedMark) -> (char, String) {
        let (letter, home) = letter(mark);
        (letter, home.to_owned())
    }

    proptest! {
        #[test]
        fn nothing_of_either_side_is_lost_and_a_second_time_changes_nothing(own in some(), other in some()) {
            let (both, merged) = own.clone().and(&other);
            prop_assert_eq!(merged.homeless, 0);
            for side in [&own, &other] {
                let (again, nothing) = both.clone().and(side);
                prop_assert!(nothing.is_nothing(), "{:?}", nothing);
                prop_assert_eq!(&again, &both);
                for mark in &side.marks {
                    prop_assert!(both.marks.iter().any(|it| it.name == mark.name && it.place == mark.place));
                }
                for noted in &side.highlights {
                    prop_assert!(both.highlights.iter().any(|it| it.note.contains(noted.note.trim())));
                }
                for entry in &side.list {
                    prop_assert!(both.list.contains(entry));
                }
                for read in &side.progress {
                    let now = both.progress.iter().find(|it| it.name == read.name).unwrap();
                    prop_assert!(now.percent >= read.percent && now.spent >= read.spent);
                    prop_assert!(now.finished.is_some() || read.finished.is_none());
                }
            }
            let mut letters: Vec<_> = both.marks.iter().map(letter_of).collect();
            letters.sort();
            letters.dedup();
            prop_assert_eq!(letters.len(), both.marks.len(), "no letter twice");
            prop_assert!(Carried::parse(&both.to_json()).is_ok());
        }
    }
}
