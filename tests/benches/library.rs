//! Opening the library in the program, and the text of one article.

use divan::{Bencher, black_box};
use library_tui::html::{self, Reach};
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

/// An article as a web page, its code in colours.
#[divan::bench]
fn page_of_an_article(bencher: Bencher) {
    let Ok(library) = Library::embedded() else { return };
    let text = library.text(Text::Article(0)).unwrap_or_default();
    bencher.bench(|| html::article(&library.catalog, 0, black_box(&text), Reach::Site));
}

/// All articles as web pages, as `export --all` makes them, without writing them.
#[divan::bench(sample_count = 3)]
fn pages_of_all_articles(bencher: Bencher) {
    let Ok(library) = Library::embedded() else { return };
    let page = |at: usize| {
        let text = library.text(Text::Article(at)).unwrap_or_default();
        html::article(&library.catalog, at, &text, Reach::Site).map_or(0, |page| page.len())
    };
    bencher.bench(|| (0..library.catalog.articles.len()).map(page).sum::<usize>());
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
