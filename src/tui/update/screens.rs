//! Home and the panes, and the ways between the screens.

use std::sync::Arc;

use crate::library::Text;
use crate::tui::action::Action;
use crate::tui::browse::{Item, PANES};
use crate::tui::cursor::Way;
use crate::tui::home;
use crate::tui::model::{Going, Showing};
use crate::tui::reading::Subject;
use crate::tui::{Effect, Model};

impl Model {
    /// Shows another screen; what it showed before is as it was left.
    pub(super) fn go_to(&mut self, showing: Showing) -> Vec<Effect> {
        self.remember();
        self.overlays.clear();
        self.showing = showing;
        if showing == Showing::Home {
            self.home.refresh(&self.begun());
        }
        self.fit();
        vec![]
    }

    /// Back to the place before the last jump, or forward again.
    pub(super) fn walk_history(&mut self, way: Way) -> Vec<Effect> {
        let here = (self.showing == Showing::Reader).then(|| self.place()).flatten();
        let (place, nothing) = match way {
            Way::Back => (self.history.back(here), "Nothing to go back to"),
            Way::Forward => (self.history.forward(here), "Nothing to go forward to"),
        };
        let Some(place) = place else { return self.say(nothing) };
        if let Some(reading) = self.reading.as_mut().filter(|it| it.subject == place.subject) {
            self.showing = Showing::Reader;
            reading.come_back(place.top);
            return self.colours();
        }
        self.going = Going::Back(place.top);
        match place.subject {
            Subject::Article(article) => vec![Effect::Load(Text::Article(article))],
            Subject::File(path) => {
                let name = path.to_string_lossy().into_owned();
                vec![Effect::LoadFile { from: path, path: name, anchor: None }]
            }
        }
    }

    pub(super) fn step_home(&mut self, down: isize, right: isize) {
        let library = Arc::clone(&self.library);
        self.home.step(&library.catalog, self.size, down, right);
        self.fit();
    }

    pub(super) fn act_at_home(&mut self, action: Action) -> Vec<Effect> {
        let page = isize::try_from(self.screen().body.height / 2).unwrap_or(10).max(1);
        match action {
            Action::Down => self.step_home(1, 0),
            Action::Up => self.step_home(-1, 0),
            Action::Left => self.step_home(0, -1),
            Action::Right => self.step_home(0, 1),
            Action::PageDown | Action::HalfDown => self.step_home(page, 0),
            Action::PageUp | Action::HalfUp => self.step_home(-page, 0),
            Action::First => self.home.at = 0,
            Action::Last => self.home.at = self.home.count(self.catalog()).saturating_sub(1),
            Action::Open => return self.open_home_item(),
            Action::Leave => return vec![Effect::Quit],
            _ => {}
        }
        self.fit();
        vec![]
    }

    fn open_home_item(&mut self) -> Vec<Effect> {
        match self.home.selected(self.catalog()) {
            Some(home::Item::Article(article)) => self.open(article, None),
            Some(home::Item::Category(category)) => {
                self.show_category(category);
                vec![]
            }
            None => vec![],
        }
    }

    /// Shows the panes with a category open.
    pub(super) fn show_category(&mut self, category: usize) {
        self.overlays.clear();
        let library = Arc::clone(&self.library);
        self.browse.select(&library.catalog, category, None);
        self.browse.focus = usize::from(!self.browse.items(&library.catalog).is_empty());
        self.showing = Showing::Browse;
        self.fit();
    }

    pub(super) fn step_panes(&mut self, rows: isize) {
        let library = Arc::clone(&self.library);
        self.browse.step(&library.catalog, rows);
        self.fit();
    }

    pub(super) fn act_in_panes(&mut self, action: Action) -> Vec<Effect> {
        let page = isize::try_from(self.screen().body.height / 2).unwrap_or(10).max(1);
        match action {
            Action::Down => self.step_panes(1),
            Action::Up => self.step_panes(-1),
            Action::PageDown => self.step_panes(2 * page),
            Action::PageUp => self.step_panes(-2 * page),
            Action::HalfDown => self.step_panes(page),
            Action::HalfUp => self.step_panes(-page),
            Action::First => self.step_panes(isize::MIN),
            Action::Last => self.step_panes(isize::MAX),
            Action::Left => self.browse.focus = self.browse.focus.saturating_sub(1),
            Action::Right if self.browse.focus == 1 => return self.open_item(),
            Action::Right => self.browse.focus = (self.browse.focus + 1).min(PANES - 1),
            Action::Open if self.browse.focus == 0 => self.browse.focus = 1,
            Action::Open => return self.open_item(),
            Action::OpenLab => {
                return match self.browse.selected(self.catalog()) {
                    Some(Item::Lab(lab)) => self.open_lab(lab, None),
                    _ => self.say("Select a lab first; they stand below the articles"),
                };
            }
            Action::Play => {
                return match self.browse.selected(self.catalog()) {
                    Some(Item::Lab(lab)) => self.play_lab(lab, None),
                    _ => self.say("Select a lab first; they stand below the articles"),
                };
            }
            Action::NextPane => self.browse.focus = (self.browse.focus + 1) % PANES,
            Action::Leave => return self.go_to(Showing::Home),
            Action::Clear if self.browse.focus == 0 => return self.go_to(Showing::Home),
            Action::Clear => self.browse.focus -= 1,
            _ => {}
        }
        self.fit();
        vec![]
    }

    fn open_item(&mut self) -> Vec<Effect> {
        match self.browse.selected(self.catalog()) {
            Some(Item::Article(article)) => self.open(article, None),
            Some(Item::Lab(lab)) => self.enter_lab(lab, None),
            None => self.say("No articles in this category yet"),
        }
    }
}
