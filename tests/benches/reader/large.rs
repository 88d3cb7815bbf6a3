//! A Markdown file of 1 MB.

use divan::{Bencher, black_box};
use library_tui::document;

use crate::reader::desk::{Desk, file, library};
use crate::reader::markdown::megabyte;

const SIZE: (u16, u16) = (120, 40);

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let source = megabyte();
    bencher.bench(|| document::parse(black_box(&source)));
}

#[divan::bench]
fn open_to_first_frame(bencher: Bencher<'_, '_>) {
    let (library, source) = (library(), megabyte());
    bencher.bench_local(|| Desk::new(&library, file(&source), SIZE));
}

/// A key and the one that undoes it.
#[divan::bench(args = ["j k", "Space b", "} {"])]
fn two_keys_to_two_frames(bencher: Bencher<'_, '_>, keys: &str) {
    let mut desk = Desk::new(&library(), file(&megabyte()), SIZE);
    bencher.bench_local(|| keys.split(' ').for_each(|key| desk.press(key)));
}

#[divan::bench]
fn resize(bencher: Bencher<'_, '_>) {
    let mut desk = Desk::new(&library(), file(&megabyte()), SIZE);
    let mut widths = [100, 120].into_iter().cycle();
    bencher.bench_local(|| desk.resize(widths.next().unwrap(), SIZE.1));
}

/// From the middle, so that what was laid out before does not help.
#[divan::bench(max_time = 2)]
fn jump_to_the_end(bencher: Bencher<'_, '_>) {
    let (library, source) = (library(), megabyte());
    bencher
        .with_inputs(|| Desk::new(&library, file(&source), SIZE))
        .bench_local_values(|mut desk| desk.press("G"));
}

/// A letter typed into find-in-article, and removed.
#[divan::bench(max_time = 2)]
fn find_two_keys_to_two_frames(bencher: Bencher<'_, '_>) {
    let mut desk = Desk::new(&library(), file(&megabyte()), SIZE);
    for key in ["/", "r", "e"] {
        desk.press(key);
    }
    bencher.bench_local(|| {
        desk.press("s");
        desk.press("Backspace");
    });
}
