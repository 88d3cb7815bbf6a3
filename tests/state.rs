//! What is remembered, and the file that it is kept in.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed, wherever in it that is"
)]

#[path = "state/file.rs"]
mod file;
#[path = "state/keeping.rs"]
mod keeping;
#[path = "state/several.rs"]
mod several;

use library_tui::state::store::Store;
use library_tui::state::{Change, Highlight, Mark, Memory, Name, Pace, Place, ReadOn};

/// The store in a folder, opened without a remark.
#[track_caller]
pub(crate) fn open(folder: &std::path::Path) -> Store {
    let opened = Store::open(Some(folder)).unwrap();
    assert_eq!(opened.remark, None);
    opened.store
}

pub(crate) fn place(offset: usize) -> Place {
    let (anchor, quote) = ("part".to_owned(), "It’s “quoted”\n\0 here".to_owned());
    Place { anchor, block: 2, offset, above: 1, quote }
}

pub(crate) fn read(name: &str, percent: u8) -> Change {
    let pace = Pace { words: 200, spent: 60_000 };
    let name = Name::article(name);
    let visit = name.as_str().bytes().map(u64::from).sum();
    Change::Read(ReadOn { visit, name, place: place(7), percent, spent: 1_500, pace })
}

pub(crate) fn mark(letter: char, name: &str) -> Change {
    Change::SetMark(Mark { letter, name: Name::article(name), place: place(3), made: 0 })
}

pub(crate) fn highlight(name: &str, offset: usize, note: &str) -> Highlight {
    let place = Place { above: 0, ..place(offset) };
    Highlight { note: note.to_owned(), ..Highlight::new(Name::article(name), place) }
}

/// Without the times, which differ.
pub(crate) fn timeless(mut memory: Memory) -> Memory {
    for progress in memory.progress.values_mut() {
        progress.finished = progress.finished.map(|_| 1);
        (progress.opened, progress.read) = (0, 0);
    }
    memory.marks.iter_mut().for_each(|mark| mark.made = 0);
    for list in memory.highlights.values_mut() {
        for it in &mut *list {
            (it.made, it.changed) = (0, 0);
        }
        list.sort_by(|a, b| a.id.cmp(&b.id));
    }
    memory
}
