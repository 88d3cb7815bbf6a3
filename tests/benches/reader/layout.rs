//! Whole texts laid out, from the first row to the last: more than a reader ever waits for, as
//! only what is on the screen is laid out before it is shown.

use std::time::{Duration, Instant};

use divan::{Bencher, black_box};
use library_tui::document::{self, Document};
use library_tui::layout::{Measure, Page};
use library_tui::library::{Library, Text};

use crate::reader::desk::{Desk, file, library};

/// From a split window to a wide one.
const WIDTHS: [usize; 5] = [20, 40, 80, 120, 200];
const MEGABYTE: usize = 1_000_000;

/// Parsed and laid out.
#[divan::bench(args = WIDTHS, sample_count = 20)]
fn megabyte_of_articles(bencher: Bencher<'_, '_>, width: usize) {
    let source = mixed(&library(), MEGABYTE);
    bencher.bench(|| rows(&document::parse(black_box(&source)), width));
}

/// Parsed and laid out: of all articles the one that takes longest at this width.
#[divan::bench(args = WIDTHS)]
fn slowest_article(bencher: Bencher<'_, '_>, width: usize) {
    let library = library();
    let articles = (0..library.catalog.articles.len()).map(Text::Article);
    let sources = articles.map(|it| library.text(it).unwrap());
    let slowest = sources.max_by_key(|source| time(source, width)).unwrap();
    bencher.bench(|| rows(&document::parse(black_box(&slowest)), width));
}

/// The same document at another width, and the frame of its end.
#[divan::bench]
fn resize_at_the_end_of_200_kb(bencher: Bencher<'_, '_>) {
    let library = library();
    let source = mixed(&library, 200_000);
    let mut desk = Desk::new(&library, file(&source), (120, 40));
    desk.press("G");
    let mut widths = [72, 60].into_iter().cycle();
    bencher.bench_local(|| desk.resize(widths.next().unwrap(), 40));
}

#[divan::bench(args = WIDTHS)]
fn lay_out_200_kb_whole(bencher: Bencher<'_, '_>, width: usize) {
    let document = document::parse(&mixed(&library(), 200_000));
    bencher.bench(|| rows(black_box(&document), width));
}

/// Our articles one after the other: prose, tables, code, formulas, charts and diagrams as they
/// come in them.
fn mixed(library: &Library, bytes: usize) -> String {
    let mut source = String::new();
    for article in (0..library.catalog.articles.len()).cycle() {
        if source.len() >= bytes {
            break;
        }
        let text = library.text(Text::Article(article)).unwrap();
        source.push_str(text.splitn(3, "---\n").last().unwrap());
        source.push('\n');
    }
    source.truncate(source.floor_char_boundary(bytes));
    source
}

fn rows(document: &Document, width: usize) -> usize {
    Page::new(document, Measure { width, ascii: false }).all(document).len()
}

/// The least of three times.
fn time(source: &str, width: usize) -> Duration {
    let once = || {
        let start = Instant::now();
        rows(&document::parse(black_box(source)), width);
        start.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap()
}
