//! A reader at a terminal that throws every byte away.

use std::io::{Sink, sink};
use std::path::PathBuf;
use std::sync::Arc;

use library_tui::calendar::Calendar;
use library_tui::labs::Environment;
use library_tui::library::{Library, Text};
use library_tui::theme::{Depth, Palette, Theme};
use library_tui::tui::clipboard::Clipboard;
use library_tui::tui::frame::Frames;
use library_tui::tui::key::Key;
use library_tui::tui::{Effect, Message, Model, Opening, Setup, update, view};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

/// A session, and the frames it writes.
pub(crate) struct Desk {
    model: Model,
    library: Arc<Library>,
    frames: Frames<Sink>,
}

/// The library in the program.
pub(crate) fn library() -> Arc<Library> {
    Arc::new(Library::embedded().unwrap())
}

/// The article with the longest text.
pub(crate) fn longest(library: &Library) -> usize {
    let articles = 0..library.catalog.articles.len();
    let length = |article: &usize| library.text(Text::Article(*article)).unwrap().len();
    articles.max_by_key(length).unwrap()
}

/// A reader's own file.
pub(crate) fn file(source: &str) -> Opening {
    Opening::File { path: PathBuf::from("large.md"), source: source.to_owned() }
}

impl Desk {
    /// A session whose first frame is drawn.
    pub(crate) fn new(library: &Arc<Library>, opening: Opening, size: (u16, u16)) -> Self {
        let setup = Setup {
            library: Arc::clone(library),
            opening,
            theme: Theme::new(Palette::Dark, Depth::True),
            width: 80,
            mouse: false,
            ascii: false,
            environment: Environment::default(),
            cache: None,
            calendar: Calendar::default(),
            streaks: library_tui::state::statistics::Streaks::Untold,
            clipboard: Clipboard::default(),
            images: library_tui::tui::picture::Images::Never,
            memory: None,
            notice: None,
        };
        let size = Size { width: size.0, height: size.1 };
        let (model, first) = Model::new(setup, size);
        let frames = Frames::new(sink(), Rect::new(0, 0, size.width, size.height));
        let mut desk = Self { model, library: Arc::clone(library), frames };
        desk.perform(first);
        desk.draw();
        desk
    }

    /// Presses a key, named as in the keymap, and draws.
    pub(crate) fn press(&mut self, key: &str) {
        self.tell(Message::Key(Key::named(key).unwrap()));
    }

    /// Gives the terminal another size, and draws.
    pub(crate) fn resize(&mut self, width: u16, height: u16) {
        self.tell(Message::Resized(Size { width, height }));
    }

    fn tell(&mut self, message: Message) {
        let effects = update(&mut self.model, message);
        self.perform(effects);
        self.draw();
    }

    /// Texts are fetched; colours of code come later in the program, and not at all here.
    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            if let Effect::Load(text) = effect {
                let loaded = self.library.text(text).map_err(|error| error.to_string());
                update(&mut self.model, Message::Loaded(text, loaded));
            }
        }
    }

    fn draw(&mut self) {
        let Size { width, height } = self.model.size();
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let hints = view(&self.model, &mut buffer);
        self.frames.draw(buffer, &hints).unwrap();
    }
}
