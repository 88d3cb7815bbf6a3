//! A lab that is played: what it shows, what is selected in it, and how it runs.
//!
//! The lab itself runs elsewhere: requests go out as effects, pictures come in as messages. What
//! is drawn depends on nothing but this state and the size of the screen.

mod arrange;
mod asks;
mod controls;
mod labels;
mod pace;
mod parts;
mod pen;
mod plot;
mod stops;
mod tries;
mod view;
mod words;

pub use pace::Pace;
pub use stops::Stop;
pub use tries::{RAN, Tries};
pub use view::draw;

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::labs::engine::Request;
use crate::labs::file::LabFile;
use crate::labs::picture::{Control, Declared, Picture};
use crate::text::Safe;
use crate::tui::action::{Action, Scope};
use crate::tui::input::Input;
use crate::tui::model::{Overlay, Showing};
use crate::tui::player::arrange::{Arrangement, Page};
use crate::tui::player::asks::Asks;

/// What was on the screen before a lab was played.
#[derive(Debug)]
pub struct Behind {
    /// The screen.
    pub showing: Showing,
    /// What lay over it.
    pub overlays: Vec<Overlay>,
}

/// A lab that is played.
#[derive(Debug)]
pub struct Playing {
    /// Which playing it is; answers to another one are not for this one.
    pub number: u64,
    /// The lab: an index into the catalog.
    pub lab: usize,
    /// What is shown again when it is left.
    pub behind: Option<Behind>,
    /// The state to begin at.
    pub state: Option<String>,
    /// Its page, when it was read.
    pub file: Option<Arc<LabFile>>,
    /// What it declares.
    pub declared: Declared,
    /// What it shows; none before its first answer.
    pub picture: Option<Picture>,
    /// Why it shows nothing, or nothing new.
    pub fault: Option<Safe>,
    /// Its time.
    pub pace: Pace,
    /// The preset that was started from, as long as nothing was changed.
    pub preset: Option<String>,
    /// The state that is kept to compare with.
    pub pin: Option<Picture>,
    /// The text control that is being written, and its text.
    pub writing: Option<(String, Input)>,
    /// What to try, while it is shown.
    pub tries: Option<Tries>,
    /// The answers that were bet on, by the number of the try.
    pub bets: Vec<Option<usize>>,
    pub(super) asks: Asks,
    /// What is selected.
    stop: Option<Stop>,
    /// Where it stands among all that can be selected, for when it goes away.
    stop_at: usize,
    /// The drawing of a narrow screen.
    page: usize,
    area: Rect,
}

impl Playing {
    /// A lab that was asked for.
    pub fn new(number: u64, lab: usize, state: Option<String>, behind: Option<Behind>) -> Self {
        Self {
            number,
            lab,
            behind,
            state,
            file: None,
            declared: Declared::default(),
            picture: None,
            fault: None,
            pace: Pace::default(),
            preset: None,
            pin: None,
            writing: None,
            tries: None,
            bets: vec![],
            asks: Asks::default(),
            stop: None,
            stop_at: 0,
            page: 0,
            area: Rect::ZERO,
        }
    }

    /// Where its keys go.
    pub fn scope(&self) -> Scope {
        if self.tries.is_some() { Scope::Tries } else { Scope::Player }
    }

    /// The actions that are worth a hint now, and a word for each.
    pub fn hints(&self) -> Vec<(Action, &'static str)> {
        if let Some(tries) = &self.tries {
            return tries.hints(self);
        }
        let mut hints = vec![];
        if self.is_timed() {
            hints.push((Action::PlayPause, if self.pace.is_playing { "pause" } else { "play" }));
        }
        if let Some(stop) = &self.stop {
            hints.push(match self.control().map(|it| &it.kind) {
                _ if matches!(stop, Stop::Press { .. }) => (Action::Open, "press"),
                Some(kind) if stops::is_pressed(kind) => (Action::Open, "press"),
                _ => (Action::More, "change"),
            });
        }
        if self.is_narrow() && self.pages().len() > 1 {
            hints.push((Action::NextPart, "page"));
        }
        hints.extend([(Action::Try, "try"), (Action::Help, "help"), (Action::Leave, "back")]);
        hints
    }

    /// Whether the lab has time.
    pub fn is_timed(&self) -> bool {
        self.declared.rate > 0.0
    }

    /// Fits it to the body of the screen.
    pub(in crate::tui) fn fit(&mut self, body: Rect) {
        self.area = body;
        self.page = self.page.min(self.pages().len().saturating_sub(1));
        let stops = self.stops();
        let at = self.stop.as_ref().and_then(|stop| stops.iter().position(|it| it == stop));
        self.stop_at = at.unwrap_or(self.stop_at.min(stops.len().saturating_sub(1)));
        self.stop = stops.get(self.stop_at).cloned();
    }

    /// Shows a picture.
    pub(in crate::tui) fn show(&mut self, picture: Picture) {
        self.fault = None;
        if picture.end == 0 || picture.tick >= picture.end {
            self.pace.is_playing = false;
        }
        self.picture = Some(picture);
        self.fit(self.area);
    }

    /// What is selected.
    pub fn stop(&self) -> Option<&Stop> {
        self.stop.as_ref()
    }

    /// The selected control.
    pub fn control(&self) -> Option<&Control> {
        let Some(Stop::Control(id)) = &self.stop else { return None };
        self.picture.as_ref()?.controls.iter().find(|it| it.id == *id)
    }

    pub(super) fn is_narrow(&self) -> bool {
        Arrangement::of(self.area) != Arrangement::Wide
    }

    /// The drawings that a narrow screen shows one by one.
    fn pages(&self) -> Vec<Page> {
        self.picture.as_ref().map_or(vec![], |picture| arrange::pages(picture, &self.declared))
    }

    /// Everything that can be selected, in order.
    fn stops(&self) -> Vec<Stop> {
        let Some(picture) = &self.picture else { return vec![] };
        let page = self.pages().get(self.page).cloned();
        stops::all(picture, &self.declared, page.filter(|_| self.is_narrow()).as_ref())
    }

    fn select(&mut self, at: usize) {
        let stops = self.stops();
        self.stop_at = at.min(stops.len().saturating_sub(1));
        self.stop = stops.get(self.stop_at).cloned();
    }

    /// The control or cell below, or above when `by` is negative.
    pub(super) fn step(&mut self, by: isize) {
        let stops = self.stops();
        let at = stops::below(&stops, self.stop_at, by);
        self.select(at);
    }

    /// The cell beside; false when what is selected is no cell.
    pub(super) fn step_aside(&mut self, by: isize) -> bool {
        let Some(Stop::Press { .. }) = self.stop else { return false };
        let stops = self.stops();
        let at = stops::beside(&stops, self.stop_at, by);
        self.select(at);
        true
    }

    /// The next thing that can be selected, or the one before; on a narrow screen the next page.
    pub(super) fn turn(&mut self, by: isize) {
        if self.is_narrow() {
            let count = self.pages().len().max(1);
            self.page = (self.page + count).saturating_add_signed(by) % count;
            return self.fit(self.area);
        }
        let stops = self.stops();
        let at = stops::next(&stops, self.stop_at, by);
        self.select(at);
    }

    /// What Enter does to what is selected.
    pub(super) fn pressed(&self) -> Option<Request> {
        let picture = self.picture.as_ref()?;
        match self.stop.as_ref()? {
            Stop::Control(id) if self.control().is_some_and(|it| stops::is_button(&it.kind)) => {
                Some(Request::Act(id.clone(), None))
            }
            Stop::Control(id) => Some(Request::Nudge(id.clone(), 1)),
            stop @ Stop::Press { .. } => {
                let press = stops::press(picture, stop)?;
                Some(Request::Act(press.act.clone(), Some(press.arg.clone())))
            }
        }
    }
}
