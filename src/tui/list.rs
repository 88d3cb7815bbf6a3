//! A list over the screen: finder, help, palette, outline, labs. Letters typed narrow it.

mod entries;
mod view;

pub use entries::found;
pub use view::{arrange, draw};

use crate::state::{Mark, Name};
use crate::text::Safe;
use crate::tui::action::{Action, Scope};
use crate::tui::cursor::Cursor;
use crate::tui::input::Input;

/// What a list is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Everything in the library.
    Find,
    /// The keys that are valid in this place.
    Help(Scope),
    /// Everything that can be done in this place, by name.
    Palette(Scope),
    /// The headings of the article.
    Outline,
    /// The labs.
    Labs,
    /// The states that the lab which is played can start from.
    Presets,
    /// The marks.
    Marks,
    /// The reading list.
    Reading,
    /// Highlights and notes.
    Notes,
}

impl Kind {
    /// The title of the list.
    pub fn title(self) -> &'static str {
        match self {
            Self::Find => "find",
            Self::Help(_) => "keys",
            Self::Palette(_) => "commands",
            Self::Outline => "outline",
            Self::Labs => "labs",
            Self::Presets => "presets",
            Self::Marks => "marks",
            Self::Reading => "reading list",
            Self::Notes => "highlights and notes",
        }
    }

    /// Whether it is of what is remembered of the reader.
    pub fn is_remembered(self) -> bool {
        matches!(self, Self::Marks | Self::Reading | Self::Notes)
    }

    /// What is said when there is nothing in it.
    pub fn none(self) -> &'static str {
        match self {
            Self::Marks => "No marks yet: m and a letter sets one in an article.",
            Self::Reading => "Nothing yet: r puts an article on the reading list.",
            Self::Notes => "None yet: v selects a passage, h highlights it, n writes a note.",
            _ => "Nothing to choose from.",
        }
    }
}

/// Where an entry leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goal {
    /// An article, perhaps at a heading: an index into the catalog.
    Article(usize, Option<String>),
    /// A category: an index into the catalog.
    Category(usize),
    /// A lab: an index into the catalog.
    Lab(usize),
    /// A preset of the lab that is played.
    Preset(usize),
    /// Something to do.
    Do(Action),
    /// A block of the open article.
    Block(usize),
    /// A mark.
    Mark(Mark),
    /// A text, by its name in the state.
    Named(Name),
    /// A highlight: its id.
    Highlight(String),
}

/// One row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is called.
    pub label: Safe,
    /// The graphemes of the label that the query matched.
    pub matched: Vec<u32>,
    /// What stands at the left: a key; cells of indentation for an outline.
    pub lead: Safe,
    /// What stands at the right: kind, category, minutes.
    pub note: Safe,
    /// Where it leads.
    pub goal: Goal,
}

/// A list, its query and its selection.
#[derive(Debug)]
pub struct List {
    /// What it is of.
    pub kind: Kind,
    /// What was typed.
    pub input: Input,
    /// The entries that match.
    pub entries: Vec<Entry>,
    /// How many there are without a query.
    pub total: usize,
    /// The selection.
    pub cursor: Cursor,
    /// Every entry, for lists that are ranked here.
    pub(super) all: Vec<Entry>,
}

impl List {
    /// A list of `all`, with nothing typed, the entry `at` selected.
    pub fn new(kind: Kind, all: Vec<Entry>, at: usize) -> Self {
        Self {
            kind,
            input: Input::default(),
            entries: all.clone(),
            total: all.len(),
            cursor: Cursor { at, top: 0 },
            all,
        }
    }

    /// Adds entries at the end.
    pub fn extend(&mut self, more: Vec<Entry>) {
        self.all.extend(more);
        self.entries.clone_from(&self.all);
        self.total = self.all.len();
    }

    /// Takes other entries in the place of all; what was typed and selected stays.
    pub fn replace(&mut self, all: Vec<Entry>) {
        let cursor = self.cursor;
        self.total = all.len();
        self.all = all;
        if self.input.text().is_empty() {
            self.entries.clone_from(&self.all);
        } else {
            self.rank();
        }
        self.cursor = cursor;
    }

    /// The selected entry.
    pub fn selected(&self) -> Option<&Entry> {
        self.entries.get(self.cursor.at)
    }

    /// Shows `entries` for what is typed now.
    pub fn show(&mut self, entries: Vec<Entry>) {
        self.entries = entries;
        self.cursor = Cursor::default();
    }

    /// Ranks the entries by what is typed, over everything that they show.
    pub fn rank(&mut self) {
        let shown = |it: &Entry| format!("{} {} {}", it.label, it.note, it.lead);
        let names: Vec<String> = self.all.iter().map(shown).collect();
        let ranked = crate::search::rank(self.input.text(), names.iter().map(String::as_str));
        let entries = ranked.into_iter().filter_map(|ranked| {
            let entry = self.all.get(ranked.index)?;
            Some(Entry { matched: ranked.matched, ..entry.clone() })
        });
        let entries = entries.collect();
        self.show(entries);
    }
}
