//! What is written is found again, and told only when it is true.

use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use library_tui::state::{Change, Finished, Keeper, Memory, Name, Told};
use proptest::prelude::*;

use crate::{highlight, mark, open, read, timeless};

/// Longer than a busy machine needs.
const PATIENCE: Duration = Duration::from_mins(1);

#[test]
fn what_is_written_is_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let changes = [
        read("one", 40),
        read("two", 100),
        mark('a', "one"),
        mark('A', "one"),
        Change::Enlist(Name::article("three")),
        Change::SetHighlight(highlight("one", 5, "a note")),
        Change::Set("width".into(), Some("70".into())),
    ];
    open(folder.path()).write(&changes).unwrap();
    let memory = open(folder.path()).load().unwrap();
    let one = memory.progress(&Name::article("one")).unwrap();
    assert_eq!((one.percent, one.finished, one.spent), (40, None, 1_500));
    assert_eq!(one.place, crate::place(7));
    assert_eq!(memory.marks.len(), 2);
    assert_eq!(memory.highlights(&Name::article("one"))[0].note, "a note");
    assert_eq!(memory.setting("width"), Some("70"));
    let visits = open(folder.path()).history(10, 0).unwrap();
    assert_eq!(visits.len(), 2);
}

fn change() -> impl Strategy<Value = Change> {
    let name = prop::sample::select(vec!["one", "two", "three"]);
    let other = prop::sample::select(vec!["one", "two", "three"]);
    let letter = prop::sample::select(vec!['a', 'b', 'A', 'B']);
    let percent = prop::sample::select(vec![0_u8, 30, 60, 100]);
    (0..10_u8, name, other, letter, percent).prop_map(|(kind, name, other, letter, percent)| {
        let (named, others) = (Name::article(name), Name::article(other));
        let passage = highlight(name, usize::from(percent), other);
        match kind {
            0 => read(name, percent),
            1 if percent < 50 => Change::Finish(named, Finished::No),
            1 => Change::Finish(named, Finished::Yes),
            2 => mark(letter, name),
            3 => Change::ClearMark(letter, named),
            4 => Change::Enlist(named),
            5 => Change::Delist(named),
            6 => Change::Swap(named, others),
            7 => Change::SetHighlight(passage),
            8 => Change::ClearHighlight(passage.id),
            _ => Change::Set(name.into(), (percent > 0).then(|| other.into())),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn the_file_remembers_what_the_reader_does(changes in prop::collection::vec(change(), 1..30)) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = open(folder.path());
        let mut memory = Memory::default();
        for change in &changes {
            memory.apply(change, 9);
        }
        store.write(&changes).unwrap();
        // A pace is summed over visits in the file, and over what was read in memory.
        prop_assert_eq!(timeless(store.load().unwrap()), timeless(memory));
    }
}

fn listen(keeper: &Keeper) -> Receiver<Told> {
    let (sender, told) = channel();
    keeper.listen(move |it| drop(sender.send(it)));
    told
}

#[test]
fn the_keeper_tells_what_is_remembered_and_what_was_saved() {
    let folder = tempfile::tempdir().unwrap();
    let keeper = Keeper::start(Some(folder.path().to_owned()));
    let told = listen(&keeper);
    assert_eq!(told.recv_timeout(PATIENCE), Ok(Told::Remembered(Box::default())));
    keeper.write(read("one", 20), None);
    keeper.write(read("one", 30), None);
    keeper.write(mark('a', "one"), Some("Mark a is set"));
    assert_eq!(told.recv_timeout(PATIENCE), Ok(Told::Saved("Mark a is set".into())));
    let memory = open(folder.path()).load().unwrap();
    assert_eq!(memory.marks.len(), 1);
    assert_eq!(memory.progress(&Name::article("one")).unwrap().spent, 3_000);
    keeper.write(read("one", 50), None);
    assert!(keeper.flush(PATIENCE));
    let memory = open(folder.path()).load().unwrap();
    assert_eq!(memory.progress(&Name::article("one")).unwrap().percent, 50);
}

#[test]
fn without_a_home_it_is_said_once_that_nothing_is_remembered() {
    let keeper = Keeper::start(None);
    let told = listen(&keeper);
    let Ok(Told::Nothing(reason)) = told.recv_timeout(PATIENCE) else { panic!("not told") };
    assert!(reason.contains("HOME"), "{reason}");
    keeper.write(read("one", 20), None);
    assert!(keeper.flush(PATIENCE));
    assert!(told.try_recv().is_err(), "it was said again");
    keeper.write(mark('a', "one"), Some("Mark a is set"));
    let Ok(Told::Unsaved(said)) = told.recv_timeout(PATIENCE) else { panic!("not told") };
    assert!(said.starts_with("Mark a is set, but not saved: "), "{said}");
}

#[test]
fn a_keeper_of_nothing_says_nothing_and_waits_for_nothing() {
    let keeper = Keeper::none();
    let told = listen(&keeper);
    keeper.write(mark('a', "one"), Some("Mark a is set"));
    assert!(keeper.flush(PATIENCE));
    assert!(told.recv().is_err());
}
