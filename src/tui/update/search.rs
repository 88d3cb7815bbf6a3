//! Search over the texts of the library: asking while typing, and opening at a hit.

use std::sync::Arc;

use ratatui::crossterm::event::KeyCode;

use crate::document;
use crate::library::{self, Text};
use crate::search::text::{Answer, Key, Progress};
use crate::tui::key::Key as Pressed;
use crate::tui::model::{Going, Overlay, Showing};
use crate::tui::reading::Subject;
use crate::tui::search::{self, Room, Search};
use crate::tui::{Effect, Model};

impl Model {
    fn search_mut(&mut self) -> Option<&mut Search> {
        match self.overlays.last_mut() {
            Some(Overlay::Search(search)) => Some(search),
            _ => None,
        }
    }

    /// Opens search, and has the index made ready.
    pub(in crate::tui) fn open_search(&mut self) -> Vec<Effect> {
        let search = Search { folder: self.folder.clone(), ..Search::default() };
        self.overlays.push(Overlay::Search(Box::new(search)));
        self.refresh_search()
    }

    /// Asks for what is typed now.
    pub(super) fn refresh_search(&mut self) -> Vec<Effect> {
        self.searches += 1;
        let (number, indexing) = (self.searches, self.indexing);
        let Some(search) = self.search_mut() else { return vec![] };
        search.asked = number;
        search.indexing = indexing;
        let query = search.input.text().to_owned();
        if query.trim().is_empty() {
            search.answer = Answer::default();
            search.preview = None;
        }
        self.fit();
        vec![Effect::Search { number, query }]
    }

    /// A query was answered. An answer to any but the last one is late, and dropped.
    pub(super) fn found(&mut self, number: u64, outcome: Result<Answer, String>) -> Vec<Effect> {
        let Some(search) = self.search_mut().filter(|search| search.asked == number) else {
            return vec![];
        };
        // The same query is answered again when more texts are indexed; the selection stays.
        if search.answered != number {
            search.cursor = crate::tui::cursor::Cursor::default();
        }
        search.answered = number;
        match outcome {
            Ok(answer) => search.answer = answer,
            Err(reason) => {
                search.answer = Answer::default();
                return self.fail(&reason);
            }
        }
        self.preview_hit()
    }

    /// How far the texts are indexed.
    pub(super) fn tell_indexing(&mut self, progress: Option<Progress>) {
        self.indexing = progress;
        if let Some(search) = self.search_mut() {
            search.indexing = progress;
        }
    }

    /// Shows the selected hit beside the list, where there is room.
    fn preview_hit(&mut self) -> Vec<Effect> {
        let (library, area) = (Arc::clone(&self.library), self.area());
        self.fit();
        let Some(search) = self.search_mut() else { return vec![] };
        if let Some(subject) = search.missing(&library.catalog, area) {
            return vec![Effect::Preview(subject)];
        }
        search.turn_preview();
        vec![]
    }

    /// A text to be previewed arrived.
    pub(super) fn previewed(&mut self, subject: Subject, outcome: Result<String, String>) {
        let markdown = match (&subject, outcome) {
            (Subject::Article(article), Ok(source)) => {
                let body = document::split_front_matter(&source).body;
                self.catalog().compose(*article, body)
            }
            (Subject::File(_), Ok(source)) => library::own(&source).into_owned(),
            // Opening it tells what is wrong with it.
            (_, Err(_)) => {
                self.search_mut().into_iter().for_each(|search| search.preview = None);
                return;
            }
        };
        let room = Room { screen: self.area(), ascii: self.ascii };
        if let Some(search) = self.search_mut() {
            search.show_preview(subject, &markdown, room);
        }
    }

    /// Moves the selection.
    pub(super) fn step_search(&mut self, hits: isize) -> Vec<Effect> {
        if let Some(search) = self.search_mut() {
            let count = search.answer.hits.len();
            search.cursor.step(hits, count);
        }
        self.preview_hit()
    }

    /// Takes a key for the query or the selection.
    pub(super) fn type_in_search(&mut self, key: Pressed) -> Option<Vec<Effect>> {
        let page = search::arrange(self.area()).shown();
        let page = isize::try_from(page).unwrap_or(1);
        self.search_mut()?;
        let rows = match (key.code, key.ctrl) {
            (KeyCode::Down | KeyCode::Tab, _) | (KeyCode::Char('n' | 'j'), true) => 1,
            (KeyCode::Up | KeyCode::BackTab, _) | (KeyCode::Char('p' | 'k'), true) => -1,
            (KeyCode::PageDown, _) | (KeyCode::Char('d' | 'f'), true) => page,
            (KeyCode::PageUp, _) => -page,
            (KeyCode::Char('g'), true) => {
                self.overlays.pop();
                return Some(vec![]);
            }
            _ => {
                let search = self.search_mut()?;
                let before = search.input.text().to_owned();
                if !search.input.edit(key) {
                    return None;
                }
                let same = before == search.input.text();
                return Some(if same { vec![] } else { self.refresh_search() });
            }
        };
        Some(self.step_search(rows))
    }

    /// Opens the selected hit: an article at the place, everything found in it marked; a lab.
    pub(super) fn open_hit(&mut self) -> Vec<Effect> {
        let library = Arc::clone(&self.library);
        let Some(target) = self.search_mut().and_then(|search| search.target()) else {
            return vec![];
        };
        let text = search::text(&library.catalog, &target.place.key);
        self.overlays.pop();
        if let (Some(folder), Key::File(name)) = (&self.folder, &target.place.key) {
            // Links are relative to a file, and so is this one to any file in the folder.
            let (from, path) = (folder.join("_"), name.clone());
            self.remember();
            self.overlays.clear();
            self.going = Going::Hit(Box::new(target));
            return vec![Effect::LoadFile { from, path, anchor: None }];
        }
        match text {
            Some(Text::Article(article)) => {
                self.remember();
                self.overlays.clear();
                let subject = Subject::Article(article);
                if let Some(reading) = self.reading.as_mut().filter(|it| it.subject == subject) {
                    reading.show_target(&target);
                    self.showing = Showing::Reader;
                    return self.colours();
                }
                self.going = Going::Hit(Box::new(target));
                vec![Effect::Load(Text::Article(article))]
            }
            Some(Text::Lab(lab)) => self.enter_lab(lab, None),
            None => self.fail("This text is not in the library any more"),
        }
    }

    /// A click on a hit selects it; on the selected one, opens it; beside the box, closes it.
    pub(super) fn click_in_search(&mut self, y: u16) -> Vec<Effect> {
        let areas = search::arrange(self.area());
        let Some(search) = self.search_mut() else { return vec![] };
        if y < areas.frame.y || y >= areas.frame.bottom() {
            self.overlays.pop();
            return vec![];
        }
        let Some(row) = y.checked_sub(areas.list.y) else { return vec![] };
        let at = search.cursor.top + usize::from(row / areas.rows);
        if at == search.cursor.at {
            return self.open_hit();
        }
        search.cursor.at = at;
        self.preview_hit()
    }
}
