//! A reader at the keyboard, and everything outside of the model that answers to it.

use std::cell::OnceCell;
use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use library_tui::labs::{self, Environment, HandOff};
use library_tui::layout;
use library_tui::library::Library;
use library_tui::search::text::{Index, LibraryTexts, Wanted};
use library_tui::text::Safe;
use library_tui::theme::{Depth, Palette, Theme};
use library_tui::tui::key::Key;
use library_tui::tui::message::WrittenLab;
use library_tui::tui::{Effect, Hints, Message, Model, Opening, Setup, update, view};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

/// The sizes that screens are recorded at.
pub(crate) const SIZES: [(u16, u16); 3] = [(40, 12), (80, 24), (160, 48)];

/// A reader at the keyboard.
pub(crate) struct Session {
    pub(crate) model: Model,
    /// Every effect that the model asked for.
    pub(crate) effects: Vec<Effect>,
    library: Arc<Library>,
    environment: Environment,
    /// The texts of the library, indexed for the first query.
    index: OnceCell<Index>,
    /// The files of the reader's own that are there; every other one says its name.
    pub(crate) files: BTreeMap<PathBuf, String>,
}

/// The library of the tests.
pub(crate) fn library() -> Arc<Library> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/library/content");
    Arc::new(Library::open(Some(&content)).unwrap())
}

/// The reader of `library` at `opening`, in the terminal's own colours.
pub(crate) fn setup(library: Arc<Library>, opening: Opening) -> Setup {
    Setup {
        library,
        opening,
        theme: Theme::new(Palette::Ansi, Depth::Ansi),
        width: 76,
        mouse: false,
        ascii: false,
        environment: Environment::default(),
        cache: None,
    }
}

impl Session {
    /// A session that was just opened on a terminal of this size.
    pub(crate) fn new(setup: Setup, (width, height): (u16, u16)) -> Self {
        let library = Arc::clone(&setup.library);
        let environment = setup.environment.clone();
        let files = match &setup.opening {
            Opening::File { path, source } | Opening::Preview { path, source } => {
                BTreeMap::from([(path.clone(), source.clone())])
            }
            _ => BTreeMap::new(),
        };
        let (model, first) = Model::new(setup, Size { width, height });
        let mut session =
            Self { model, effects: vec![], library, environment, index: OnceCell::new(), files };
        session.perform(first);
        session
    }

    /// A session at the home screen.
    pub(crate) fn home(size: (u16, u16)) -> Self {
        Self::new(setup(library(), Opening::Home), size)
    }

    /// A session in the article of this name.
    pub(crate) fn article(name: &str, size: (u16, u16)) -> Self {
        let library = library();
        let article = library.catalog.article(name).unwrap();
        Self::new(setup(library, Opening::Article(article, None)), size)
    }

    /// A session in a Markdown file.
    pub(crate) fn file(source: &str, size: (u16, u16)) -> Self {
        let opening = Opening::File { path: PathBuf::from("notes.md"), source: source.to_owned() };
        Self::new(setup(library(), opening), size)
    }

    /// Presses keys, named as in the keymap, between blanks.
    pub(crate) fn press(mut self, keys: &str) -> Self {
        for name in keys.split_whitespace() {
            let key = Key::named(name).unwrap_or_else(|| panic!("{name} is no key"));
            self.tell(Message::Key(key));
        }
        self
    }

    /// Types a text, letter by letter.
    pub(crate) fn write(mut self, text: &str) -> Self {
        for letter in text.chars() {
            let name = if letter == ' ' { "Space".to_owned() } else { letter.to_string() };
            self.tell(Message::Key(Key::named(&name).unwrap()));
        }
        self
    }

    /// Gives the terminal another size.
    pub(crate) fn resize(mut self, width: u16, height: u16) -> Self {
        self.tell(Message::Resized(Size { width, height }));
        self
    }

    /// A message, and whatever it leads to.
    pub(crate) fn tell(&mut self, message: Message) {
        let effects = update(&mut self.model, message);
        self.perform(effects);
    }

    /// Whether the program was left.
    pub(crate) fn left(&self) -> bool {
        self.effects.contains(&Effect::Quit)
    }

    /// The texts that were copied.
    pub(crate) fn copied(&self) -> Vec<&str> {
        let copied = self.effects.iter().filter_map(|effect| match effect {
            Effect::Copy(text) => Some(text.as_str()),
            _ => None,
        });
        copied.collect()
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        let mut waiting = VecDeque::from(effects);
        while let Some(effect) = waiting.pop_front() {
            if let Some(answer) = self.answer(&effect) {
                waiting.extend(update(&mut self.model, answer));
            }
            self.effects.push(effect);
        }
    }

    /// What the runtime would answer.
    fn answer(&self, effect: &Effect) -> Option<Message> {
        Some(match effect {
            Effect::Load(text) => {
                let outcome = self.library.text(*text).map_err(|error| error.to_string());
                Message::Loaded(*text, outcome)
            }
            Effect::Preview(text) => {
                let outcome = self.library.text(*text).map_err(|error| error.to_string());
                Message::Previewed(*text, outcome)
            }
            Effect::Search { number, query } => {
                let index = self.index.get_or_init(|| {
                    let index = Index::in_memory(&self.library.catalog.synonyms).unwrap();
                    let texts = LibraryTexts::new(Arc::clone(&self.library));
                    index.refresh(&texts, &mut |_| true).unwrap();
                    index
                });
                let wanted = Wanted { query: query.clone(), limit: 50, ..Wanted::default() };
                let outcome = index.search(&wanted).map_err(|error| error.to_string());
                Message::Found { number: *number, outcome }
            }
            Effect::LoadFile { path, anchor, .. } => {
                let name = PathBuf::from(path);
                let other = || format!("# {path}\n\n## Part\n\nThis is {path}.\n");
                let source = self.files.get(&name).cloned().unwrap_or_else(other);
                Message::FileLoaded(name, anchor.clone(), Ok(source))
            }
            Effect::Reload(path) => {
                let source = self.files.get(path).cloned().unwrap_or_default();
                Message::Reloaded(path.clone(), Ok(source))
            }
            Effect::Colour { opening, block, code } => {
                let roles = layout::highlight(code, &mut || true).unwrap_or_default();
                Message::Coloured { opening: *opening, block: *block, roles }
            }
            Effect::OpenLab(lab, _) => {
                let slug = self.library.catalog.labs.get(*lab)?.slug.as_str();
                let path = format!("/run/user/1000/library-tui-1/{slug}.html");
                let fetch = match self.environment.hand_off() {
                    HandOff::Browser => None,
                    HandOff::Remote { host } => {
                        Some(labs::fetch_command(host.as_deref(), Path::new(&path)))
                    }
                };
                Message::LabWritten { lab: *lab, outcome: Ok(WrittenLab { path, fetch }) }
            }
            Effect::OpenWeb(address) => Message::Said(Safe::line(&format!("Opening {address}"))),
            Effect::Copy(_) => Message::Said(Safe::from("Copied")),
            _ => return None,
        })
    }

    /// The cells of the screen, and what is drawn besides them.
    pub(crate) fn draw(&self) -> (Buffer, Hints) {
        let Size { width, height } = self.model.size();
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let hints = view(&self.model, &mut buffer);
        (buffer, hints)
    }

    /// The screen as text.
    pub(crate) fn screen(&self) -> String {
        rows(&self.draw().0).join("\n")
    }

    /// Fails, showing the screen, unless `text` is on it.
    #[track_caller]
    pub(crate) fn sees(self, text: &str) -> Self {
        let screen = self.screen();
        assert!(screen.contains(text), "{text:?} is not on\n{screen}");
        self
    }

    /// Fails, showing the screen, when `text` is on it.
    #[track_caller]
    pub(crate) fn misses(self, text: &str) -> Self {
        let screen = self.screen();
        assert!(!screen.contains(text), "{text:?} is on\n{screen}");
        self
    }
}

/// The rows of a buffer as text, without the blanks at their ends.
pub(crate) fn rows(buffer: &Buffer) -> Vec<String> {
    let rows = buffer.area.rows().map(|row| {
        let mut text = String::new();
        let mut x = row.left();
        while x < row.right() {
            let symbol = buffer[(x, row.y)].symbol();
            text.push_str(symbol);
            x += library_tui::text::cells(library_tui::text::width(symbol)).max(1);
        }
        text.trim_end().to_owned()
    });
    rows.collect()
}
