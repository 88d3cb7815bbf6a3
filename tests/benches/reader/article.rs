//! The longest article of the library.

use divan::{Bencher, black_box};
use library_tui::document;
use library_tui::layout::{Measure, Page};
use library_tui::library::Text;
use library_tui::tui::Opening;

use crate::reader::desk::{Desk, library, longest};

const SIZE: (u16, u16) = (200, 50);

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let library = library();
    let source = library.text(Text::Article(longest(&library))).unwrap();
    bencher.bench(|| document::parse(black_box(&source)));
}

#[divan::bench]
fn lay_out_whole_at_80(bencher: Bencher<'_, '_>) {
    let library = library();
    let source = library.text(Text::Article(longest(&library))).unwrap();
    let document = document::parse(&source);
    let measure = Measure { width: 80, ascii: false };
    bencher.bench(|| Page::new(&document, measure).all(&document).len());
}

#[divan::bench]
fn open_to_first_frame(bencher: Bencher<'_, '_>) {
    let library = library();
    let article = longest(&library);
    bencher.bench_local(|| Desk::new(&library, Opening::Article(article, None), SIZE));
}

/// A key and the one that undoes it, so that the session goes on for ever.
#[divan::bench(args = ["j k", "Space b", "} {", "Tab Shift-Tab", "o Esc", "? Esc"])]
fn two_keys_to_two_frames(bencher: Bencher<'_, '_>, keys: &str) {
    let library = library();
    let article = longest(&library);
    let mut desk = Desk::new(&library, Opening::Article(article, None), SIZE);
    desk.press("}");
    bencher.bench_local(|| keys.split(' ').for_each(|key| desk.press(key)));
}

/// A letter typed into find-in-article, and removed.
#[divan::bench]
fn find_two_keys_to_two_frames(bencher: Bencher<'_, '_>) {
    let library = library();
    let article = longest(&library);
    let mut desk = Desk::new(&library, Opening::Article(article, None), SIZE);
    desk.press("/");
    desk.press("e");
    bencher.bench_local(|| {
        desk.press("n");
        desk.press("Backspace");
    });
}
