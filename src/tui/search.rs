//! Search over the texts of the library, as a box over the screen: what is typed, what was found,
//! and the selected hit as it will be opened.

mod view;

pub use view::{arrange, draw};

use std::path::PathBuf;

use ratatui::layout::Rect;

use crate::layout::Measure;
use crate::library::{Catalog, Text};
use crate::search::text::{Answer, Hit, Key, Marks, Place, Progress};
use crate::tui::cursor::Cursor;
use crate::tui::input::Input;
use crate::tui::reading::{Reading, Subject};

/// A query, its answer, and the selection.
#[derive(Debug, Default)]
pub struct Search {
    /// What was typed.
    pub input: Input,
    /// The number of the query that was asked last.
    pub asked: u64,
    /// The answer that is shown: to that query, or to one before while it is looked for.
    pub answer: Answer,
    /// The number of the query that is answered.
    pub answered: u64,
    /// The selected hit.
    pub cursor: Cursor,
    /// The selected hit in its article.
    pub preview: Option<Reading>,
    /// The folder that is searched, when it is not the library.
    pub folder: Option<PathBuf>,
    /// How far the texts are indexed, while that is under way.
    pub indexing: Option<Progress>,
}

/// The screen that search has to fit.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// Its cells.
    pub screen: Rect,
    /// Whether ornaments have to be ASCII.
    pub ascii: bool,
}

/// A hit to go to, and what to mark there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Target {
    /// Where it is.
    pub place: Place,
    /// What is marked.
    pub marks: Marks,
    /// The query.
    pub query: String,
}

impl Search {
    /// The selected hit.
    pub fn selected(&self) -> Option<&Hit> {
        self.answer.hits.get(self.cursor.at)
    }

    /// The selected hit as a place to go to.
    pub fn target(&self) -> Option<Target> {
        let hit = self.selected()?;
        Some(Target {
            place: hit.place.clone(),
            marks: self.answer.marks.clone(),
            query: self.input.text().to_owned(),
        })
    }

    /// Fits the list, and the preview, to a screen of this size.
    pub fn fit(&mut self, room: Room) {
        let areas = arrange(room.screen);
        self.cursor.fit(self.answer.hits.len(), areas.shown());
        if let (Some(area), Some(preview)) = (areas.preview, &mut self.preview) {
            preview.fit(room.measure(area), area.height.into());
        }
    }

    /// The text that the preview has to show and does not.
    pub fn missing(&self, catalog: &Catalog, screen: Rect) -> Option<Subject> {
        arrange(screen).preview?;
        let subject = self.subject(catalog)?;
        (self.preview.as_ref().map(|preview| &preview.subject) != Some(&subject)).then_some(subject)
    }

    /// What the selected hit is in; none for a lab.
    fn subject(&self, catalog: &Catalog) -> Option<Subject> {
        match &self.selected()?.place.key {
            Key::Article(name) => catalog.article(name).map(Subject::Article),
            Key::Lab(_) => None,
            Key::File(name) => Some(Subject::File(self.folder.as_ref()?.join(name))),
        }
    }

    /// Shows `markdown` as the preview, at the selected hit.
    pub fn show_preview(&mut self, subject: Subject, markdown: &str, room: Room) {
        let Some(area) = arrange(room.screen).preview else { return };
        // Colours of code are not asked for here, so no opening is counted.
        let reading = Reading::new(subject, 0, markdown, room.measure(area));
        self.preview = Some(reading);
        self.fit(room);
        self.turn_preview();
    }

    /// Moves the preview to the selected hit, as long as it shows its article.
    pub fn turn_preview(&mut self) {
        let target = self.target();
        if let (Some(target), Some(preview)) = (target, &mut self.preview) {
            preview.show_target(&target);
        }
    }
}

impl Room {
    fn measure(self, area: Rect) -> Measure {
        Measure { width: usize::from(area.width.max(1)), ascii: self.ascii }
    }
}

/// The text of the library that a key names.
pub fn text(catalog: &Catalog, key: &Key) -> Option<Text> {
    match key {
        Key::Article(name) => catalog.article(name).map(Text::Article),
        Key::Lab(name) => catalog.lab(name).map(Text::Lab),
        Key::File(_) => None,
    }
}
