//! Everything the reader sees and the program remembers while it runs.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use ratatui::layout::{Rect, Size};

use crate::labs::HandOff;
use crate::layout::Measure;
use crate::library::{self, Catalog, Library, Text};
use crate::search;
use crate::search::text::Progress;
use crate::state::{Change, Highlight, Memory};
use crate::text::Safe;
use crate::theme::Theme;
use crate::tui::action::Scope;
use crate::tui::browse::Browse;
use crate::tui::comfort::Comfort;
use crate::tui::history::{History, Place};
use crate::tui::home::Home;
use crate::tui::input::Input;
use crate::tui::key::Key;
use crate::tui::keymap::Keymap;
use crate::tui::lab_panel::LabPanel;
use crate::tui::learning::Learning;
use crate::tui::list::{self, List};
use crate::tui::panel::Panel;
use crate::tui::picture::Standing;
use crate::tui::player::Playing;
use crate::tui::reading::{Reading, Subject, Telling, Top};
use crate::tui::screen::Screen;
use crate::tui::search::{Room, Search, Target};
use crate::tui::status::Status;
use crate::tui::{Effect, Opening, Setup};

/// The narrowest and widest text column that can be asked for, in cells.
const WIDTHS: (usize, usize) = (20, 200);

/// Which screen is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Showing {
    /// Home.
    Home,
    /// Categories and articles in panes.
    Browse,
    /// The open article.
    Reader,
    /// The lab that is played.
    Player,
    /// Cards that are asked.
    Review,
    /// What was read, in numbers.
    Statistics,
}

/// What lies over the screen; the top one gets the keys.
#[derive(Debug)]
pub enum Overlay {
    /// A list.
    List(List),
    /// Search over the texts of the library.
    Search(Box<Search>),
    /// A box.
    Panel(Panel),
    /// A lab on its way to a browser.
    Lab(LabPanel),
}

/// The state of the reader.
#[derive(Debug)]
pub struct Model {
    pub(super) library: Arc<Library>,
    pub(super) keymap: Keymap,
    pub(super) theme: Theme,
    pub(super) width: usize,
    pub(super) usual_width: usize,
    pub(super) ascii: bool,
    pub(super) hand_off: HandOff,
    /// Whether labs of a reader's own folder may go to a browser: asked once.
    pub(super) trusts_labs: bool,
    pub(super) size: Size,
    pub(super) pressed: Vec<Key>,
    pub(super) showing: Showing,
    pub(super) home: Home,
    pub(super) browse: Browse,
    pub(super) reading: Option<Reading>,
    pub(super) playing: Option<Playing>,
    pub(super) learning: Box<Learning>,
    pub(super) overlays: Vec<Overlay>,
    pub(super) history: History,
    pub(super) status: Option<Status>,
    pub(super) index: Option<search::Index>,
    /// How far the texts are indexed, while that is under way.
    pub(super) indexing: Option<Progress>,
    pub(super) searches: u64,
    /// The folder that is searched, when it is not the library.
    pub(super) folder: Option<PathBuf>,
    /// Where to go in the text that was asked for, when it arrives.
    pub(super) going: Going,
    pub(super) openings: u64,
    pub(super) messages: u64,
    /// How comfortably articles are read.
    pub(super) comfort: Comfort,
    /// The article moves by itself: the number of that.
    pub(super) rolling: Option<u64>,
    pub(super) rolls: u64,
    /// How the terminal draws pictures.
    pub(super) graphics: Standing,
    /// What is remembered; none when nothing is to be.
    pub(super) memory: Option<Memory>,
    /// A mark's letter that is waited for.
    pub(super) asking: Option<Asking>,
    /// The note that is being written.
    pub(super) noting: Option<Noting>,
    /// What takes the last changes back, the last one last.
    pub(super) undoing: Vec<Change>,
    /// Highlights whose passage was not found in the text: their ids.
    pub(super) lost: HashSet<String>,
    /// Effects of the present message that its answer does not hold.
    pub(super) unsent: Vec<Effect>,
}

/// A place in a text that is on its way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Going {
    /// Its beginning.
    #[default]
    Start,
    /// A heading.
    Anchor(String),
    /// A place of the history.
    Back(Top),
    /// A remembered place.
    Place(Box<crate::state::Place>),
    /// A hit of search, with everything marked that was found.
    Hit(Box<Target>),
}

/// What the letter that is pressed next is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// A mark is set under it.
    SetMark,
    /// Its mark is gone to.
    GoToMark,
}

/// A note that is being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noting {
    /// What it is on, as it will be but for the note.
    pub highlight: Highlight,
    /// The note.
    pub input: Input,
}

impl Model {
    /// The reader as `setup` opens it, and what it needs for that.
    pub fn new(setup: Setup, size: Size) -> (Self, Vec<Effect>) {
        let browse = Browse::new(&setup.library.catalog);
        let mut model = Self {
            library: setup.library,
            keymap: Keymap::default(),
            theme: setup.theme,
            width: setup.width.clamp(WIDTHS.0, WIDTHS.1),
            usual_width: setup.width.clamp(WIDTHS.0, WIDTHS.1),
            ascii: setup.ascii,
            hand_off: setup.environment.hand_off(),
            trusts_labs: false,
            size,
            pressed: vec![],
            showing: Showing::Home,
            home: Home::default(),
            browse,
            reading: None,
            playing: None,
            learning: Box::new(Learning::new(setup.calendar, setup.streaks)),
            overlays: vec![],
            history: History::default(),
            status: None,
            index: None,
            indexing: None,
            searches: 0,
            folder: None,
            going: Going::Start,
            openings: 0,
            messages: 0,
            comfort: Comfort::default(),
            rolling: None,
            rolls: 0,
            graphics: setup.images.standing(),
            memory: setup.memory,
            asking: None,
            noting: None,
            undoing: vec![],
            lost: HashSet::new(),
            unsent: vec![],
        };
        model.home.refresh(&model.begun());
        model.recall_comfort();
        let mut effects = model.begin(setup.opening);
        model.want_pictures();
        effects.append(&mut model.unsent);
        model.fit();
        if let Some(notice) = setup.notice {
            model.fail(&notice);
        }
        (model, effects)
    }

    fn begin(&mut self, opening: Opening) -> Vec<Effect> {
        match opening {
            Opening::Home => vec![],
            Opening::Review => {
                self.learning.wanted = Some(Showing::Review);
                vec![]
            }
            Opening::Article(article, anchor) => self.open(article, anchor),
            Opening::File { path, source } | Opening::Preview { path, source } => {
                self.show_file(path, &source);
                self.colours()
            }
            Opening::Folder(folder) => {
                self.folder = Some(folder);
                self.open_search()
            }
            Opening::Lab(lab) => {
                self.select_lab(&lab.slug);
                self.play(&lab)
            }
            Opening::Find(query) => {
                self.open_finder(&query);
                vec![]
            }
        }
    }

    /// The size of the terminal.
    pub fn size(&self) -> Size {
        self.size
    }

    /// What the library holds.
    pub fn catalog(&self) -> &Catalog {
        &self.library.catalog
    }

    /// The open article.
    pub fn reading(&self) -> Option<&Reading> {
        self.reading.as_ref()
    }

    /// The lab that is played.
    pub fn playing(&self) -> Option<&Playing> {
        self.playing.as_ref()
    }

    /// Where keys go.
    pub fn scope(&self) -> Scope {
        match (self.overlays.last(), self.showing) {
            (Some(Overlay::List(_) | Overlay::Search(_)), _) => Scope::List,
            (Some(Overlay::Panel(_)), _) => Scope::Panel,
            (Some(Overlay::Lab(_)), _) => Scope::HandOff,
            (None, Showing::Home) => Scope::Home,
            (None, Showing::Browse) => Scope::Browse,
            (None, Showing::Reader) => {
                let selects = self.reading.as_ref().is_some_and(|it| it.selection.is_some());
                if selects { Scope::Select } else { Scope::Reader }
            }
            (None, Showing::Review) => Scope::Review,
            (None, Showing::Statistics) => Scope::Statistics,
            (None, Showing::Player) => self.playing.as_ref().map_or(Scope::Player, Playing::scope),
        }
    }

    pub(super) fn screen(&self) -> Screen {
        Screen::arrange(self.size)
    }

    pub(super) fn area(&self) -> Rect {
        Rect::new(0, 0, self.size.width, self.size.height)
    }

    /// The text column of the reader.
    pub(super) fn column(&self) -> Rect {
        self.reader_areas().0
    }

    /// The text column of the reader and, where it is shown, the outline beside it.
    pub(super) fn reader_areas(&self) -> (Rect, Option<Rect>) {
        let (screen, width) = (self.screen(), crate::text::cells(self.width));
        if self.comfort.zen { (screen.alone(width), None) } else { screen.reader(width) }
    }

    pub(super) fn measure(&self) -> Measure {
        Measure { width: usize::from(self.column().width.max(1)), ascii: self.ascii }
    }

    /// Fits every part to the present size.
    pub(super) fn fit(&mut self) {
        let (measure, body) = (self.measure(), self.screen().body);
        if let Some(reading) = &mut self.reading {
            reading.fit(measure, body.height.into());
            reading.space(self.comfort.spacing);
        }
        let library = Arc::clone(&self.library);
        self.home.fit(&library.catalog, body);
        self.browse.fit(&library.catalog, body.height.into());
        if let Some(playing) = &mut self.playing {
            playing.fit(body);
        }
        self.fit_learning();
        let area = self.area();
        if let Some(Overlay::List(list)) = self.overlays.last_mut() {
            let (_, rows) = list::arrange(list.kind, area);
            list.cursor.fit(list.entries.len(), rows.into());
        }
        let ascii = self.ascii;
        if let Some(Overlay::Search(search)) = self.overlays.last_mut() {
            search.fit(Room { screen: area, ascii });
        }
    }

    /// The width of the text column that was remembered; the usual one when there is none.
    pub(super) fn set_remembered_width(&mut self, width: Option<usize>) {
        self.width = width.unwrap_or(self.usual_width).clamp(WIDTHS.0, WIDTHS.1);
    }

    pub(super) fn widen(&mut self, by: isize) {
        self.width = self.width.saturating_add_signed(by).clamp(WIDTHS.0, WIDTHS.1);
        self.fit();
    }

    /// Leaves the present place by a jump, and asks for an article.
    pub(super) fn open(&mut self, article: usize, anchor: Option<String>) -> Vec<Effect> {
        self.overlays.clear();
        let same = self.reading.as_ref().is_some_and(|it| it.subject == Subject::Article(article));
        self.remember();
        if same {
            let was_away = self.showing != Showing::Reader;
            self.showing = Showing::Reader;
            if was_away && anchor.is_none() && self.memory.is_some() {
                return self.colours();
            }
            return self.jump(anchor);
        }
        self.going = anchor.map_or(Going::Start, Going::Anchor);
        vec![Effect::Load(Text::Article(article))]
    }

    /// To a heading of the open article, or its beginning.
    pub(super) fn jump(&mut self, anchor: Option<String>) -> Vec<Effect> {
        let Some(reading) = &mut self.reading else { return vec![] };
        match anchor {
            None => reading.to_start(),
            Some(anchor) => {
                if !reading.go_to_anchor(&anchor) {
                    let text = format!("There is no heading #{anchor} here");
                    return self.fail(&text);
                }
            }
        }
        self.colours()
    }

    /// Remembers the present place in the history, as a jump leaves it.
    pub(super) fn remember(&mut self) {
        if self.showing == Showing::Reader
            && let Some(place) = self.place()
        {
            self.history.leave(place);
        }
    }

    pub(super) fn place(&self) -> Option<Place> {
        let reading = self.reading.as_ref()?;
        Some(Place { subject: reading.subject.clone(), top: reading.top() })
    }

    /// Shows `markdown`, goes where it was asked to, and says so to the panes.
    pub(super) fn show(&mut self, subject: Subject, markdown: &str) {
        self.tell_read(Telling::Last);
        self.openings += 1;
        if let Subject::Article(article) = subject
            && let Some(category) = self.catalog().articles.get(article).map(|it| it.category)
        {
            let library = Arc::clone(&self.library);
            self.browse.select(&library.catalog, category, Some(article));
            self.browse.focus = 1;
        }
        let mut reading = Reading::new(subject, self.openings, markdown, self.measure());
        reading.fit(self.measure(), self.screen().body.height.into());
        let mut missing = None;
        match std::mem::take(&mut self.going) {
            Going::Start => reading.begin_at_top(),
            Going::Anchor(anchor) if reading.go_to_anchor(&anchor) => {}
            Going::Anchor(anchor) => missing = Some(anchor),
            Going::Back(top) => reading.come_back(top),
            Going::Hit(target) => reading.show_target(&target),
            Going::Place(place) => reading.go_to_place(&place),
        }
        reading.track.name = self.name_of(&reading.subject);
        self.reading = Some(reading);
        self.showing = Showing::Reader;
        self.fit();
        self.resume();
        if let Some(anchor) = missing {
            self.fail(&format!("There is no heading #{anchor} here"));
        }
    }

    /// Shows a reader's own file, under the title of its front matter when it has one.
    pub(super) fn show_file(&mut self, path: PathBuf, source: &str) {
        self.show(Subject::File(path), &library::own(source));
    }

    /// Shows a file again after it was saved, at the same place. Whoever has gone elsewhere
    /// stays there, and finds the file as it is now on coming back.
    pub(super) fn reload(&mut self, path: PathBuf, source: &str) {
        let Some(reading) = &self.reading else { return };
        if reading.subject == Subject::File(path.clone()) {
            self.going = Going::Back(reading.top());
            let showing = self.showing;
            let track = self.reading.as_mut().map(|it| std::mem::take(&mut it.track));
            self.show_file(path, source);
            if let (Some(reading), Some(track)) = (&mut self.reading, track) {
                reading.go_on(track);
            }
            self.find_highlights();
            self.showing = showing;
        }
    }

    /// Asks for the colours of the code on the screen.
    pub(super) fn colours(&mut self) -> Vec<Effect> {
        match (&mut self.reading, self.showing) {
            (Some(reading), Showing::Reader) => reading.ask_for_colours(),
            _ => vec![],
        }
    }

    /// The name of what is being read.
    pub(super) fn title(&self) -> Safe {
        match self.reading.as_ref().map(|reading| &reading.subject) {
            Some(Subject::Article(article)) => {
                let title = self.catalog().articles.get(*article).map(|it| it.title.as_str());
                Safe::line(title.unwrap_or_default())
            }
            Some(Subject::File(path)) => Safe::line(&path.to_string_lossy()),
            None => Safe::line(&self.catalog().title),
        }
    }
}
