//! Several programs with one file open.

use std::thread;

use library_tui::state::{Change, Name};

use crate::{highlight, mark, open, read};

#[test]
fn what_others_write_is_seen_when_it_is_looked_for() {
    let folder = tempfile::tempdir().unwrap();
    let (mut one, mut other) = (open(folder.path()), open(folder.path()));
    one.load().unwrap();
    assert_eq!(one.look().unwrap(), None);
    other.write(&[mark('a', "one")]).unwrap();
    assert_eq!(one.look().unwrap().unwrap().marks.len(), 1);
    assert_eq!(one.look().unwrap(), None);
    one.write(&[mark('b', "one")]).unwrap();
    assert_eq!(one.look().unwrap(), None, "its own changes are no news");
}

#[test]
fn readers_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let reader = |number: usize| {
        let mut store = open(folder.path());
        for at in 0..25 {
            let note = Change::SetHighlight(highlight("one", number * 100 + at, "note"));
            store.write(&[read("one", 1), note]).unwrap();
        }
    };
    thread::scope(|scope| {
        for number in 0..4 {
            scope.spawn(move || reader(number));
        }
    });
    let memory = open(folder.path()).load().unwrap();
    let name = Name::article("one");
    assert_eq!(memory.highlights(&name).len(), 100);
    assert_eq!(memory.progress(&name).unwrap().spent, 100 * 1_500);
}

#[test]
fn a_new_file_is_made_by_one_of_many() {
    let folder = tempfile::tempdir().unwrap();
    thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| open(folder.path()).write(&[read("one", 1)]).unwrap());
        }
    });
    let memory = open(folder.path()).load().unwrap();
    assert_eq!(memory.progress(&Name::article("one")).unwrap().spent, 6 * 1_500);
}
