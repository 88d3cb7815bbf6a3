//! Lists over the screen: what they show, and what choosing does.

use std::sync::Arc;

use ratatui::crossterm::event::KeyCode;

use crate::search;
use crate::tui::action::Action;
use crate::tui::key::Key;
use crate::tui::list::{self, Goal, Kind, List};
use crate::tui::model::{Overlay, Showing};
use crate::tui::reading::Subject;
use crate::tui::update::act;
use crate::tui::{Effect, Model};

/// Entries of the finder at most; nobody scrolls through more.
const MOST: usize = 200;

impl Model {
    /// Opens the finder with `query` typed.
    pub(in crate::tui) fn open_finder(&mut self, query: &str) {
        let mut list = List::new(Kind::Find, vec![], 0);
        list.input.paste(query);
        self.overlays.push(Overlay::List(list));
        self.refresh_list();
    }

    /// Opens the list that `action` names.
    pub(super) fn open_list(&mut self, action: Action) {
        let scope = self.scope();
        let list = match action {
            Action::Help => List::of_actions(Kind::Help(scope), scope, &self.keymap),
            Action::Palette => {
                let mut list = List::of_actions(Kind::Palette(scope), scope, &self.keymap);
                list.extend(List::of_labs(self.catalog(), self.article()).all);
                list
            }
            Action::Outline => match &self.reading {
                Some(reading) => {
                    let mut list = List::of_headings(reading);
                    if let Some(article) = self.article() {
                        list.add_related(self.catalog(), article);
                    }
                    list
                }
                None => return,
            },
            action => match self.list_of(action) {
                Some(list) => {
                    // What another program wrote meanwhile comes as it is found.
                    self.unsent.push(Effect::Look);
                    list
                }
                None => List::of_labs(self.catalog(), self.article()),
            },
        };
        self.overlays.push(Overlay::List(list));
        self.fit();
    }

    /// The article on the screen.
    fn article(&self) -> Option<usize> {
        match self.reading.as_ref().filter(|_| self.showing == Showing::Reader)?.subject {
            Subject::Article(article) => Some(article),
            Subject::File(_) => None,
        }
    }

    /// Shows what matches the query as it is now.
    pub(super) fn refresh_list(&mut self) {
        let library = Arc::clone(&self.library);
        let catalog = &library.catalog;
        if let Some(Overlay::List(list)) = self.overlays.last_mut() {
            if list.kind == Kind::Find {
                let index = self.index.get_or_insert_with(|| search::Index::new(catalog));
                let hits = index.find(list.input.text(), MOST);
                let entries = list::found(catalog, &hits);
                list.show(entries);
            } else {
                list.rank();
            }
        }
        self.fit();
    }

    /// Takes a key for the list's query or selection.
    pub(super) fn type_in_list(&mut self, key: Key) -> Option<Vec<Effect>> {
        let area = self.area();
        let Some(Overlay::List(list)) = self.overlays.last_mut() else { return None };
        let count = list.entries.len();
        let page = isize::try_from(list::arrange(list.kind, area).1).unwrap_or(1).max(1);
        match (key.code, key.ctrl) {
            (KeyCode::Down | KeyCode::Up, _) if key.alt => return None,
            (KeyCode::Down | KeyCode::Tab, _) | (KeyCode::Char('n' | 'j'), true) => {
                list.cursor.step(1, count);
            }
            (KeyCode::Up | KeyCode::BackTab, _) | (KeyCode::Char('p' | 'k'), true) => {
                list.cursor.step(-1, count);
            }
            (KeyCode::PageDown, _) | (KeyCode::Char('d'), true) => list.cursor.step(page, count),
            (KeyCode::PageUp, _) => list.cursor.step(-page, count),
            (KeyCode::Char('g'), true) => {
                self.overlays.pop();
                return Some(vec![]);
            }
            _ => {
                if !list.input.edit(key) {
                    return None;
                }
                self.refresh_list();
            }
        }
        self.fit();
        Some(vec![])
    }

    pub(super) fn act_in_list(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Open if matches!(self.overlays.last(), Some(Overlay::Search(_))) => {
                self.open_hit()
            }
            Action::Open => self.choose(),
            Action::PlaySelected => self.play_entry(),
            Action::Remove
            | Action::EditNote
            | Action::MoveUp
            | Action::MoveDown
            | Action::UndoHere => self.act_on_entry(action),
            Action::Clear => {
                self.overlays.pop();
                vec![]
            }
            _ => vec![],
        }
    }

    /// Plays the lab that is selected; the list is there again when it is left.
    fn play_entry(&mut self) -> Vec<Effect> {
        let Some(Overlay::List(list)) = self.overlays.last() else { return vec![] };
        match list.selected().map(|entry| &entry.goal) {
            Some(Goal::Lab(lab)) => self.play_lab(*lab, None),
            _ => self.say("Only labs are played"),
        }
    }

    fn choose(&mut self) -> Vec<Effect> {
        let Some(Overlay::List(list)) = self.overlays.last() else { return vec![] };
        let Some(goal) = list.selected().map(|entry| entry.goal.clone()) else { return vec![] };
        if let (Goal::Lab(lab), false) = (&goal, self.has_browser()) {
            return self.enter_lab(*lab, None);
        }
        self.overlays.pop();
        match goal {
            Goal::Article(article, anchor) => self.open(article, anchor),
            Goal::Category(category) => {
                self.show_category(category);
                vec![]
            }
            Goal::Lab(lab) => self.enter_lab(lab, None),
            Goal::Preset(preset) => self.start_preset(preset),
            Goal::Mark(mark) => self.open_place(&mark.name, &mark.place),
            Goal::Named(name) => self.open_named(&name),
            Goal::Highlight(id) => self.open_highlight(&id),
            Goal::Do(action) => act(self, action),
            Goal::Block(block) => {
                self.remember();
                self.go_to_block(block)
            }
        }
    }

    /// A click on a row selects it; on the selected row, opens it; beside the list, closes it.
    pub(super) fn click_in_list(&mut self, y: u16) -> Vec<Effect> {
        let area = self.area();
        let Some(Overlay::List(list)) = self.overlays.last_mut() else { return vec![] };
        let (frame, rows) = list::arrange(list.kind, area);
        if y < frame.y || y >= frame.bottom() {
            self.overlays.pop();
            return vec![];
        }
        let Some(row) = y.checked_sub(frame.y + 3).filter(|row| *row < rows) else { return vec![] };
        let at = list.cursor.top + usize::from(row);
        if at == list.cursor.at {
            return self.choose();
        }
        list.cursor.at = at.min(list.entries.len().saturating_sub(1));
        vec![]
    }

    /// The Markdown that previews the selected entry.
    pub(in crate::tui) fn preview(&self, list: &List) -> String {
        use crate::tui::browse;
        match list.selected().map(|entry| &entry.goal) {
            Some(Goal::Article(article, _)) => browse::article_preview(self.catalog(), *article),
            Some(Goal::Category(category)) => browse::category_preview(self.catalog(), *category),
            Some(Goal::Lab(lab)) => browse::lab_preview(self.catalog(), *lab),
            Some(Goal::Do(action)) => {
                let keys = self.keymap.keys(*action).join("`  `");
                format!("**{}** `{keys}`  {} Enter does it.", action.name(), action.help())
            }
            Some(Goal::Named(name)) => match self.article_of(name) {
                Some(article) => browse::article_preview(self.catalog(), article),
                None => String::new(),
            },
            Some(Goal::Highlight(id)) => self.highlight_preview(id),
            Some(Goal::Block(_) | Goal::Preset(_) | Goal::Mark(_)) | None => String::new(),
        }
    }
}
