//! Reading: scrolling, finding, links, headings.

use ratatui::crossterm::event::KeyCode;

use crate::tui::action::Action;
use crate::tui::cursor::Way;
use crate::tui::key::Key;
use crate::tui::model::{Overlay, Showing};
use crate::tui::reading::{Folds, Reading, Subject};
use crate::tui::update::code::SHIFT;
use crate::tui::{Effect, Model};

/// Cells that one key widens or narrows the text column by.
const WIDEN: isize = 4;

impl Model {
    pub(super) fn with_reading(&mut self, change: impl FnOnce(&mut Reading)) -> Vec<Effect> {
        if let Some(reading) = &mut self.reading {
            change(reading);
        }
        self.colours()
    }

    /// A jump: the place before it can be gone back to.
    fn with_jump(&mut self, change: impl FnOnce(&mut Reading)) -> Vec<Effect> {
        self.remember();
        self.with_reading(change)
    }

    pub(super) fn act_in_reader(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Down => self.scroll(1),
            Action::Up => self.scroll(-1),
            Action::PageDown => self.with_reading(|reading| reading.turn(1)),
            Action::PageUp => self.with_reading(|reading| reading.turn(-1)),
            Action::HalfDown => self.with_reading(|reading| reading.half_turn(1)),
            Action::HalfUp => self.with_reading(|reading| reading.half_turn(-1)),
            Action::First => self.with_jump(Reading::to_start),
            Action::Last => self.with_jump(Reading::to_end),
            Action::FindInPage => self.with_jump(Reading::begin_find),
            Action::NextHit => self.turn_to_hit(Way::Forward),
            Action::PreviousHit => self.turn_to_hit(Way::Back),
            Action::NextHeading => {
                self.with_reading(|reading| reading.turn_to_heading(Way::Forward))
            }
            Action::PreviousHeading => {
                self.with_reading(|reading| reading.turn_to_heading(Way::Back))
            }
            Action::Select => self.begin_select(),
            Action::NextLink => self.select_link(Way::Forward),
            Action::PreviousLink => self.select_link(Way::Back),
            Action::Hints => self.show_hints(),
            Action::Unfold => self.turn_folds(),
            Action::Wrap => self.turn_wrapping(),
            Action::Numbers => self.turn_numbers(),
            Action::ScrollRight => self.shift(SHIFT),
            Action::ScrollLeft => self.shift(-SHIFT),
            Action::CopyCode => self.copy_code(),
            Action::Open => self.follow_selected(),
            Action::Peek => self.peek(),
            Action::Copy => self.copy_selected(),
            Action::Play => self.play_linked(),
            Action::NextArticle => self.open_neighbour(1),
            Action::PreviousArticle => self.open_neighbour(-1),
            Action::Wider if self.rolling.is_some() => self.quicken(1),
            Action::Narrower if self.rolling.is_some() => self.quicken(-1),
            Action::Clear if self.rolling.is_some() => self.turn_rolling(),
            Action::Roll => self.turn_rolling(),
            Action::Zen | Action::Focus | Action::Ruler | Action::LineSpacing => {
                self.turn_comfort(action)
            }
            Action::Wider => self.set_width(WIDEN),
            Action::Narrower => self.set_width(-WIDEN),
            Action::UsualWidth => {
                self.width = self.usual_width;
                self.set_width(0)
            }
            Action::Clear => self.with_reading(|reading| {
                reading.link = None;
                reading.find = None;
                reading.hints = None;
            }),
            Action::Leave => self.leave_reader(),
            _ => vec![],
        }
    }

    fn leave_reader(&mut self) -> Vec<Effect> {
        match self.reading.as_ref().map(|reading| &reading.subject) {
            Some(Subject::File(_)) if self.catalog().articles.is_empty() => vec![Effect::Quit],
            Some(Subject::File(_)) => self.go_to(Showing::Home),
            _ => self.go_to(Showing::Browse),
        }
    }

    fn set_width(&mut self, by: isize) -> Vec<Effect> {
        self.widen(by);
        self.keep_width();
        let width = self.width;
        let mut effects = self.colours();
        effects.extend(self.say(&format!("Text column: {width} cells")));
        effects
    }

    fn turn_to_hit(&mut self, way: Way) -> Vec<Effect> {
        if self.reading.as_ref().is_none_or(|reading| reading.find.is_none()) {
            return self.say("Nothing to find: press / and type");
        }
        self.with_reading(|reading| reading.turn_to_hit(way))
    }

    fn select_link(&mut self, way: Way) -> Vec<Effect> {
        if self.reading.as_ref().is_some_and(|reading| reading.document.links.is_empty()) {
            return self.say("No links in this article");
        }
        self.with_reading(|reading| reading.select_link(way))
    }

    fn turn_folds(&mut self) -> Vec<Effect> {
        let turned = self.reading.as_mut().and_then(Reading::turn_folds);
        let mut effects = self.colours();
        effects.extend(self.say(match turned {
            Some(Folds::Open) => "All answers and details are open",
            Some(Folds::Closed) => "All answers and details are closed",
            None => "Nothing is folded in this article",
        }));
        effects
    }

    fn show_hints(&mut self) -> Vec<Effect> {
        match self.reading.as_mut().map(Reading::show_hints) {
            Some(false) => self.say("No links on this screen"),
            _ => vec![],
        }
    }

    fn open_neighbour(&mut self, by: isize) -> Vec<Effect> {
        let Some(Subject::Article(article)) = self.reading.as_ref().map(|it| &it.subject) else {
            return self.say("Files have no reading order");
        };
        match self.catalog().neighbour(*article, by) {
            Some(next) => self.open(next, None),
            None if by > 0 => self.say("This is the last article"),
            None => self.say("This is the first article"),
        }
    }

    /// Takes a key as the letter of a hint, while hints are shown.
    pub(super) fn type_hint(&mut self, key: Key) -> Option<Vec<Effect>> {
        if !self.overlays.is_empty() || self.showing != Showing::Reader {
            return None;
        }
        let reading = self.reading.as_mut().filter(|reading| reading.hints.is_some())?;
        let Some(letter) = key.letter() else {
            reading.hints = None;
            return Some(vec![]);
        };
        match reading.type_hint(letter) {
            Some(link) => {
                reading.link = Some(link);
                Some(self.follow_selected())
            }
            None => Some(vec![]),
        }
    }

    /// Takes a key for the pattern, while one is typed.
    pub(super) fn type_find(&mut self, key: Key) -> Option<Vec<Effect>> {
        if !self.overlays.is_empty() || self.showing != Showing::Reader {
            return None;
        }
        let reading = self.reading.as_mut()?;
        let find = reading.find.as_mut().filter(|find| find.typing)?;
        match (key.code, key.ctrl) {
            (KeyCode::Enter, _) => reading.accept_find(),
            (KeyCode::Esc, _) | (KeyCode::Char('c' | 'g'), true) => reading.cancel_find(),
            (KeyCode::Backspace, _) if find.input.text().is_empty() => reading.cancel_find(),
            (KeyCode::Down, _) | (KeyCode::Char('n'), true) => reading.turn_to_hit(Way::Forward),
            (KeyCode::Up, _) | (KeyCode::Char('p'), true) => reading.turn_to_hit(Way::Back),
            (KeyCode::Char('z'), true) => return None,
            _ => {
                if find.input.edit(key) {
                    reading.refresh_find();
                }
            }
        }
        Some(self.colours())
    }

    /// A press of the button: selects in lists, follows links.
    pub(super) fn click(&mut self, x: u16, y: u16) -> Vec<Effect> {
        if let Some(overlay) = self.overlays.last() {
            return match overlay {
                Overlay::List(_) => self.click_in_list(y),
                Overlay::Search(_) => self.click_in_search(y),
                Overlay::Panel(_) | Overlay::Lab(_) => {
                    self.overlays.pop();
                    vec![]
                }
            };
        }
        match self.showing {
            Showing::Reader => self.click_in_reader(x, y),
            Showing::Home => {
                let body = self.screen().body;
                let item = self.home.item_at(self.catalog(), body, x, y);
                let Some(item) = item else { return vec![] };
                let again = self.home.at == item;
                self.home.at = item;
                if again { self.act_at_home(Action::Open) } else { vec![] }
            }
            Showing::Browse => self.click_in_panes(x, y),
            Showing::Player => vec![],
        }
    }

    fn click_in_panes(&mut self, x: u16, y: u16) -> Vec<Effect> {
        let panes = self.screen().panes(self.browse.focus);
        let hit = |pane: &ratatui::layout::Rect| pane.contains((x, y).into());
        let Some(pane) = panes.iter().position(hit) else { return vec![] };
        let top = panes.get(pane).map_or(0, |pane| pane.y);
        let row = usize::from(y - top).checked_sub(2);
        self.browse.focus = pane;
        let (Some(row), true) = (row, pane < 2) else { return vec![] };
        let cursor = if pane == 0 { self.browse.category } else { self.browse.cursor() };
        let target = cursor.top + row;
        let by = isize::try_from(target).unwrap_or(0) - isize::try_from(cursor.at).unwrap_or(0);
        if by == 0 {
            return self.act_in_panes(Action::Open);
        }
        self.step_panes(by);
        vec![]
    }

    fn click_in_reader(&mut self, x: u16, y: u16) -> Vec<Effect> {
        let column = self.column();
        let Some(reading) = &mut self.reading else { return vec![] };
        if !column.contains((x, y).into()) {
            return vec![];
        }
        let link = reading.link_at(usize::from(y - column.y), usize::from(x - column.x));
        reading.link = link;
        if link.is_some() { self.follow_selected() } else { vec![] }
    }

    fn copy_selected(&mut self) -> Vec<Effect> {
        let link = self.reading.as_ref().and_then(Reading::selected_link);
        if let Some(target) = link.map(|link| link.target.clone()) {
            crate::tui::update::copy(&target)
        } else {
            let title = self.title();
            let name = match self.reading.as_ref().map(|reading| &reading.subject) {
                Some(Subject::Article(article)) => {
                    self.catalog().articles.get(*article).map(|it| it.slug.clone())
                }
                _ => None,
            };
            crate::tui::update::copy(name.as_deref().unwrap_or(title.as_str()))
        }
    }
}
