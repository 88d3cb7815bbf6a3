//! Opening the library in the program, and the text of one article.

use divan::{Bencher, black_box};
use library_tui::library::{Library, Text};

fn main() {
    divan::main();
}

#[divan::bench]
fn open() -> Option<Library> {
    Library::embedded().ok()
}

#[divan::bench]
fn text_of_an_article(bencher: Bencher) {
    let library = Library::embedded().ok();
    bencher.bench(|| library.as_ref().map(|it| it.text(black_box(Text::Article(0)))));
}

#[divan::bench]
fn text_of_a_lab(bencher: Bencher) {
    let library = Library::embedded().ok();
    bencher.bench(|| library.as_ref().map(|it| it.text(black_box(Text::Lab(0)))));
}

/// A catalog of 470 articles, as postcard decodes it.
#[divan::bench]
fn table_of_a_full_library(bencher: Bencher) {
    let small = Library::embedded().map(|it| it.catalog).unwrap_or_default();
    let mut full = small.clone();
    full.articles = small.articles.iter().cycle().take(470).cloned().collect();
    let bytes = postcard::to_stdvec(&full).unwrap_or_default();
    bencher.bench(|| postcard::from_bytes::<library_tui::library::Catalog>(black_box(&bytes)));
}
