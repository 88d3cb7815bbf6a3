//! A reader at the keyboard, and everything outside of the model that answers to it.

use std::cell::OnceCell;
use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use library_tui::calendar::Calendar;
use library_tui::labs::engine::{Answer, Engine, Request, Session as Lab};
use library_tui::labs::file::LabFile;
use library_tui::labs::{Environment, HandOff, LabLink};
use library_tui::layout;
use library_tui::library::{Library, Text};
use library_tui::search::text::{Index, LibraryTexts, Wanted};
use library_tui::state::{Memory, Name, Stamp, Told, Visit, deck};
use library_tui::text::Safe;
use library_tui::theme::{Depth, Palette, Theme};
use library_tui::tui::clipboard::Clipboard;
use library_tui::tui::key::Key;
use library_tui::tui::message::{ExportedLab, Forward, HandedLab, Lasting};
use library_tui::tui::reading::Subject;
use library_tui::tui::{Effect, Hints, Message, Model, Opening, Setup, update, view};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

/// The sizes that screens are recorded at.
pub(crate) const SIZES: [(u16, u16); 3] = [(40, 12), (80, 24), (160, 48)];

/// The present time of a session: a Saturday, 2026-11-21.
pub(crate) const NOW: Stamp = 1_795_262_400;

/// A reader at the keyboard.
pub(crate) struct Session {
    pub(crate) model: Model,
    /// Every effect that the model asked for.
    pub(crate) effects: Vec<Effect>,
    library: Arc<Library>,
    environment: Environment,
    /// The texts of the library, indexed for the first query.
    index: OnceCell<Index>,
    stage: Stage,
    /// The files of the reader's own that are there; every other one says its name.
    pub(crate) files: BTreeMap<PathBuf, String>,
    /// When texts were read, as the store knows it.
    pub(crate) visits: Vec<Visit>,
}

/// The lab that is played, on this thread: it answers at once, or when it is told to.
#[derive(Default)]
struct Stage {
    number: u64,
    file: Option<LabFile>,
    lab: Option<Lab>,
    asked: VecDeque<(u64, Request)>,
    count: u64,
    is_held: bool,
}

impl Stage {
    fn play(&mut self, number: u64, library: &Library, lab: usize) -> Message {
        let read = library.text(Text::Lab(lab)).map_err(|error| error.to_string());
        let read = read.and_then(|html| LabFile::parse(&html).map_err(|error| error.to_string()));
        *self = Self { number, file: read.clone().ok(), is_held: self.is_held, ..Self::default() };
        Message::LabRead(number, read.map(Arc::new))
    }

    fn answers(&mut self) -> Vec<Message> {
        let mut messages = vec![];
        while let Some((number, request)) = self.asked.pop_front() {
            messages
                .extend(self.answer(&request).into_iter().map(|it| Message::Played(number, it)));
        }
        messages
    }

    /// As the engine's own threads answer.
    fn answer(&mut self, request: &Request) -> Vec<Answer> {
        self.count += 1;
        let mut answers = vec![];
        if self.lab.is_none() {
            let file = self.file.as_ref().unwrap();
            match Engine::new().open(file) {
                Ok(lab) => {
                    answers.push(Answer::Opened(lab.declared().clone()));
                    self.lab = Some(lab);
                }
                Err(fault) => return vec![Answer::Failed(self.count, fault)],
            }
        }
        let lab = self.lab.as_mut().unwrap();
        answers.push(match lab.ask(request) {
            Ok(picture) => Answer::Shown(self.count, picture.clone()),
            Err(fault) => Answer::Failed(self.count, fault),
        });
        answers
    }
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
        calendar: Calendar::default(),
        streaks: library_tui::state::statistics::Streaks::Untold,
        clipboard: Clipboard::default(),
        images: library_tui::tui::picture::Images::Never,
        memory: None,
        notice: None,
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
        let mut session = {
            let (stage, index) = (Stage::default(), OnceCell::new());
            let visits = vec![];
            Self { model, effects: vec![], library, environment, stage, index, files, visits }
        };
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

    /// A session that plays the program's own lab of this name, at a state.
    #[cfg_attr(not(feature = "labs"), expect(dead_code, reason = "no lab is played in that build"))]
    pub(crate) fn lab(name: &str, state: Option<&str>, size: (u16, u16)) -> Self {
        let library = Arc::new(Library::embedded().unwrap());
        let lab = LabLink { slug: name.to_owned(), state: state.map(str::to_owned) };
        Self::new(setup(library, Opening::Lab(lab)), size)
    }

    /// A session at the home screen in which what is done is remembered, besides `memory`.
    pub(crate) fn remembering(memory: Memory, size: (u16, u16)) -> Self {
        let setup = Setup { memory: Some(memory), ..setup(library(), Opening::Home) };
        Self::new(setup, size)
    }

    /// What the store would hold after this session, which began with `memory`.
    pub(crate) fn remembered(&self, mut memory: Memory) -> Memory {
        for (at, effect) in (1_000..).zip(&self.effects) {
            if let Effect::Remember(change, _) = effect {
                memory.apply(change, at);
            }
        }
        memory
    }

    /// Goes to an article by its title, from any screen.
    pub(crate) fn read(self, title: &str) -> Self {
        self.press("Ctrl-p").write(title).press("Enter")
    }

    /// Lets time pass without a key.
    pub(crate) fn pass(mut self, seconds: u64) -> Self {
        self.tell(Message::Passed(seconds * 1_000));
        self
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
            for answer in self.answers(&effect) {
                waiting.extend(update(&mut self.model, answer));
            }
            self.effects.push(effect);
        }
    }

    /// What the runtime would answer, and the lab that is played.
    fn answers(&mut self, effect: &Effect) -> Vec<Message> {
        match effect {
            Effect::Play(number, lab) => vec![self.stage.play(*number, &self.library, *lab)],
            Effect::Ask(number, request) => {
                self.stage.asked.push_back((*number, request.clone()));
                if self.stage.is_held { vec![] } else { self.stage.answers() }
            }
            Effect::Deal(memory) => {
                let calendar = Calendar::default();
                let deck = deck(&self.library, memory, &calendar, calendar.day(NOW));
                vec![Message::Dealt(Box::new(deck), NOW)]
            }
            Effect::Recount => vec![Message::Recounted(self.visits.clone(), NOW)],
            effect => self.answer(effect).into_iter().collect(),
        }
    }

    /// From now on the lab answers only when it is told to.
    pub(crate) fn hold(mut self) -> Self {
        self.stage.is_held = true;
        self
    }

    /// Lets the lab answer what it was asked; how many requests those were.
    #[cfg_attr(not(feature = "labs"), expect(dead_code, reason = "no lab is played in that build"))]
    pub(crate) fn release(&mut self) -> usize {
        let count = self.stage.asked.len();
        for message in self.stage.answers() {
            self.tell(message);
        }
        count
    }

    /// Lets the time of so many frames pass in the lab that plays.
    #[cfg_attr(not(feature = "labs"), expect(dead_code, reason = "no lab is played in that build"))]
    pub(crate) fn frames(mut self, count: usize) -> Self {
        for _ in 0..count {
            self.tell(Message::Tick(self.stage.number));
        }
        self
    }

    /// What the runtime would answer.
    fn answer(&self, effect: &Effect) -> Option<Message> {
        Some(match effect {
            Effect::Load(text) => {
                let outcome = self.library.text(*text).map_err(|error| error.to_string());
                Message::Loaded(*text, outcome)
            }
            Effect::Preview(subject) => {
                let outcome = match subject {
                    Subject::Article(article) => {
                        let text = self.library.text(Text::Article(*article));
                        text.map_err(|error| error.to_string())
                    }
                    Subject::File(path) => Ok(self.files.get(path).cloned().unwrap_or_default()),
                };
                Message::Previewed(subject.clone(), outcome)
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
            Effect::OpenLab(lab) => {
                let outcome = Ok(handed(&self.environment, lab));
                Message::LabHanded { lab: lab.clone(), outcome }
            }
            Effect::ExportLab(lab) => {
                let path = format!("/run/user/1000/library-tui-1/{}.html", lab.slug);
                let fetch = self.environment.login().fetch_command(Path::new(&path));
                let outcome = Ok(ExportedLab { path, fetch: Some(fetch) });
                Message::LabExported { lab: lab.clone(), outcome }
            }
            Effect::OpenWeb(address) => Message::Said(Safe::line(&format!("Opening {address}"))),
            Effect::Remember(_, Some(said)) => Message::Told(Told::Saved(said.clone())),
            Effect::Identify(path) => Message::Identified(path.clone(), Name::file(path)),
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

/// A lab as it is handed over in this environment.
pub(crate) fn handed(environment: &Environment, lab: &LabLink) -> HandedLab {
    let port = environment.port.unwrap_or(40123);
    let state = lab.state.iter().flat_map(|state| ["#", state]).collect::<String>();
    let address = format!("http://127.0.0.1:{port}/Qm9yaW5nIHRva2VuIHh5eg/{}{state}", lab.slug);
    let lasting = environment.port.map_or(Lasting::Unset, Lasting::Set);
    let forward = (environment.hand_off() == HandOff::Remote).then(|| Forward {
        command: environment.login().forward_command(port),
        lasting,
        settings: "~/.config/library-tui/config.toml".into(),
    });
    HandedLab { address, forward }
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
