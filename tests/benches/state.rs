//! How long what is remembered takes: the file opened and written, the reader with much in it.
//!
//! `cargo bench --bench state`

#![expect(clippy::unwrap_used, reason = "a bench that cannot be set up has failed")]

use std::path::Path;
use std::sync::Arc;

use divan::{Bencher, black_box};
use library_tui::document;
use library_tui::labs::Environment;
use library_tui::library::{Library, Text};
use library_tui::state::store::Store;
use library_tui::state::{Change, Highlight, Memory, Name, Pace, Place, ReadOn, Whole};
use library_tui::theme::{Depth, Palette, Theme};
use library_tui::tui::clipboard::Clipboard;
use library_tui::tui::key::Key;
use library_tui::tui::{Effect, Message, Model, Opening, Setup, update, view};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

/// What a long life of reading leaves behind.
const HIGHLIGHTS: usize = 10_000;
const VISITS: usize = 100_000;

fn main() {
    divan::main();
}

fn read(visit: usize, slug: &str) -> Change {
    let place = Place { anchor: "part".into(), quote: "Some words.".into(), ..Place::default() };
    let (visit, name) = (visit as u64, Name::article(slug));
    let measured = Pace { words: 200, spent: 60_000 };
    Change::Read(ReadOn { visit, name, place, percent: 40, spent: 9_000, pace: measured })
}

/// Highlights all over the library, each of a true sentence.
fn highlights(library: &Library) -> Vec<Change> {
    let mut changes = vec![];
    for round in 0.. {
        for (at, article) in library.catalog.articles.iter().enumerate() {
            let source = library.text(Text::Article(at)).unwrap();
            let body = document::split_front_matter(&source).body;
            let whole = Whole::new(&document::parse(&library.catalog.compose(at, body)));
            for block in (round..400).step_by(3) {
                let start = library_tui::layout::Position { block, offset: 0 };
                let place = Place { above: 0, ..whole.place(start) };
                if place.quote.is_empty() {
                    continue;
                }
                let highlight = Highlight::new(Name::article(&article.slug), place);
                changes.push(Change::SetHighlight(Highlight { note: "why?".into(), ..highlight }));
                if changes.len() == HIGHLIGHTS {
                    return changes;
                }
            }
        }
        if round == 2 {
            break;
        }
    }
    changes
}

/// A file with everything in it.
fn fill(folder: &Path, library: &Library) {
    let mut store = Store::open(Some(folder)).unwrap().store;
    store.write(&highlights(library)).unwrap();
    let articles = &library.catalog.articles;
    let visits = (0..VISITS).map(|at| read(at, &articles[at % articles.len()].slug));
    store.write(&visits.collect::<Vec<_>>()).unwrap();
}

#[divan::bench]
fn open_and_load_an_empty_file(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().unwrap();
    Store::open(Some(folder.path())).unwrap();
    bencher.bench_local(|| Store::open(Some(folder.path())).unwrap().store.load().unwrap());
}

#[divan::bench]
fn open_and_load_a_full_file(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path(), &Library::embedded().unwrap());
    bencher.bench_local(|| Store::open(Some(folder.path())).unwrap().store.load().unwrap());
}

#[divan::bench]
fn write_one_change_to_a_full_file(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().unwrap();
    fill(folder.path(), &Library::embedded().unwrap());
    let mut store = Store::open(Some(folder.path())).unwrap().store;
    bencher.bench_local(|| store.write(&[read(1, "four-primitives")]).unwrap());
}

struct Desk {
    model: Model,
    library: Arc<Library>,
}

impl Desk {
    /// A reader with these things remembered, in the article with the most of them.
    fn new(memory: Option<Memory>) -> Self {
        let library = Arc::new(Library::embedded().unwrap());
        let article = library.catalog.article("four-primitives").unwrap();
        let setup = Setup {
            calendar: library_tui::calendar::Calendar::default(),
            streaks: library_tui::state::statistics::Streaks::Untold,
            library: Arc::clone(&library),
            opening: Opening::Article(article, None),
            theme: Theme::new(Palette::Dark, Depth::True),
            width: 80,
            mouse: false,
            ascii: false,
            environment: Environment::default(),
            cache: None,
            clipboard: Clipboard::default(),
            images: library_tui::tui::picture::Images::Never,
            memory,
            notice: None,
        };
        let (model, first) = Model::new(setup, Size { width: 120, height: 40 });
        let mut desk = Self { model, library };
        desk.perform(first);
        desk
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if let Effect::Load(text) = effect {
                let outcome = self.library.text(text).map_err(|error| error.to_string());
                let effects = update(&mut self.model, Message::Loaded(text, outcome));
                self.perform(effects);
            }
        }
    }

    fn press(&mut self, keys: &str) {
        for key in keys.split(' ') {
            let effects = update(&mut self.model, Message::Key(Key::named(key).unwrap()));
            self.perform(effects);
        }
    }

    fn frame(&self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
        black_box(view(&self.model, &mut buffer));
        buffer
    }
}

fn full() -> Memory {
    let library = Library::embedded().unwrap();
    let mut memory = Memory::default();
    for change in highlights(&library) {
        memory.apply(&change, 1);
    }
    for (at, article) in library.catalog.articles.iter().enumerate() {
        memory.apply(&read(at, &article.slug), 1);
    }
    memory
}

#[divan::bench(args = ["nothing", "empty", "full"])]
fn open_an_article_to_its_first_frame(bencher: Bencher<'_, '_>, kept: &str) {
    let memory = || match kept {
        "nothing" => None,
        "empty" => Some(Memory::default()),
        _ => Some(full()),
    };
    let memory = memory();
    bencher.with_inputs(|| memory.clone()).bench_local_values(|it| Desk::new(it).frame());
}

#[divan::bench(args = ["nothing", "empty", "full"])]
fn a_line_down_with_its_frame(bencher: Bencher<'_, '_>, kept: &str) {
    let mut desk = Desk::new(match kept {
        "nothing" => None,
        "empty" => Some(Memory::default()),
        _ => Some(full()),
    });
    let mut down = false;
    bencher.bench_local(|| {
        down = !down;
        desk.press(if down { "j" } else { "k" });
        desk.frame()
    });
}

#[divan::bench(args = ["nothing", "full"])]
fn home_with_its_frame(bencher: Bencher<'_, '_>, kept: &str) {
    let mut desk = Desk::new((kept == "full").then(full));
    bencher.bench_local(|| {
        desk.press("g h");
        desk.frame()
    });
}

#[divan::bench]
fn list_all_notes(bencher: Bencher<'_, '_>) {
    let mut desk = Desk::new(Some(full()));
    bencher.bench_local(|| {
        desk.press("A");
        let frame = desk.frame();
        desk.press("Esc");
        frame
    });
}

#[divan::bench]
fn type_a_letter_into_the_notes(bencher: Bencher<'_, '_>) {
    let mut desk = Desk::new(Some(full()));
    desk.press("A t");
    bencher.bench_local(|| {
        desk.press("h Backspace");
        desk.frame()
    });
}
