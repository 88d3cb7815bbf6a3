//! Playing a lab: keys to requests, answers to pictures.

mod tries;

use std::mem;
use std::sync::Arc;

use ratatui::crossterm::event::KeyCode;

use crate::labs::LabLink;
use crate::labs::engine::{Answer, Fault, Request, Setting};
use crate::labs::file::LabFile;
use crate::labs::picture::ControlKind;
use crate::text::Safe;
use crate::tui::action::Action;
use crate::tui::browse::Item;
use crate::tui::input::Input;
use crate::tui::key::Key;
use crate::tui::list::{Entry, Goal, Kind, List};
use crate::tui::model::{Overlay, Showing};
use crate::tui::player::{Behind, Playing};
use crate::tui::{Effect, Model};

/// Ticks, and steps of a control, of a jump.
const JUMP: i32 = 10;

impl Model {
    /// Enters a lab (an index into the catalog): in the browser where there is one, else here.
    pub(super) fn enter_lab(&mut self, lab: usize, state: Option<String>) -> Vec<Effect> {
        if self.has_browser() || !crate::labs::engine::IS_HERE {
            return self.open_lab(lab, state);
        }
        self.play_lab(lab, state)
    }

    /// Plays a lab (an index into the catalog) from a state, or from its first preset.
    pub(super) fn play_lab(&mut self, lab: usize, state: Option<String>) -> Vec<Effect> {
        let slug = self.catalog().labs.get(lab).map(|it| it.slug.clone());
        slug.map_or(vec![], |slug| self.play(&LabLink { slug, state }))
    }

    /// Plays a lab from a state, or from its first preset.
    pub(in crate::tui) fn play(&mut self, link: &LabLink) -> Vec<Effect> {
        let Some(lab) = self.catalog().lab(&link.slug) else {
            return self.fail(&format!("There is no lab {}", link.slug));
        };
        self.openings += 1;
        let overlays = mem::take(&mut self.overlays);
        // From one lab to another: what was behind the first stays.
        let behind = match self.playing.take() {
            Some(before) if self.showing == Showing::Player => before.behind,
            _ => Some(Behind { showing: self.showing, overlays }),
        };
        self.remember();
        self.playing = Some(Playing::new(self.openings, lab, link.state.clone(), behind));
        self.showing = Showing::Player;
        self.fit();
        vec![Effect::Play(self.openings, lab)]
    }

    /// Selects a lab in the panes.
    pub(in crate::tui) fn select_lab(&mut self, slug: &str) {
        let library = Arc::clone(&self.library);
        let Some(lab) = library.catalog.lab(slug) else { return };
        let Some(category) = library.catalog.labs.get(lab).map(|it| it.category) else { return };
        self.show_category(category);
        let at = self.browse.items(&library.catalog).iter().position(|it| *it == Item::Lab(lab));
        if let (Some(at), Some(cursor)) = (at, self.browse.items.get_mut(category)) {
            cursor.at = at;
        }
        self.fit();
    }

    /// Ends the lab; what was there before it is there again.
    pub(super) fn leave_player(&mut self) -> Vec<Effect> {
        let behind = self.playing.take().and_then(|it| it.behind);
        self.showing = Showing::Home;
        if let Some(Behind { showing, overlays }) = behind {
            self.showing = showing;
            self.overlays = overlays;
        }
        self.fit();
        let mut effects = vec![Effect::EndPlay];
        effects.extend(self.colours());
        effects
    }

    /// The page of the lab was read.
    pub(super) fn lab_read(
        &mut self,
        number: u64,
        outcome: Result<Arc<LabFile>, String>,
    ) -> Vec<Effect> {
        let Some(playing) = self.playing.as_mut().filter(|it| it.number == number) else {
            return vec![];
        };
        match outcome {
            Ok(file) => {
                playing.bets = vec![None; file.tries.len()];
                playing.file = Some(file);
                let state = playing.state.take();
                self.ask(state.map_or(Request::Show, Request::Open))
            }
            Err(reason) => {
                playing.fault = Some(Safe::line(&reason));
                vec![]
            }
        }
    }

    /// Asks the lab, now or when it has answered what it was asked before.
    fn ask(&mut self, request: Request) -> Vec<Effect> {
        let Some(playing) = &mut self.playing else { return vec![] };
        let number = playing.number;
        let now = playing.asks.ask(request);
        now.map(|request| Effect::Ask(number, request)).into_iter().collect()
    }

    /// The lab answered.
    pub(super) fn played(&mut self, number: u64, answer: Answer) -> Vec<Effect> {
        let Some(playing) = self.playing.as_mut().filter(|it| it.number == number) else {
            return vec![];
        };
        match answer {
            Answer::Opened(declared) => {
                let is_first = playing.picture.is_none() && playing.preset.is_none();
                playing.declared = declared;
                if is_first && playing.state.is_none() {
                    playing.preset = Some(playing.declared.start.clone());
                }
                vec![]
            }
            Answer::Shown(_, picture) => {
                playing.show(picture);
                let next = playing.asks.answered();
                next.map(|request| Effect::Ask(number, request)).into_iter().collect()
            }
            Answer::Failed(_, fault) => {
                playing.asks.forget();
                let _ = playing.asks.answered();
                playing.pace.pause();
                playing.fault = Some(Safe::line(&fault.to_string()));
                if playing.picture.is_none() {
                    return vec![];
                }
                let back = if fault == Fault::Lost { "" } else { "; here is its last good state" };
                self.fail(&format!("{fault}{back}"))
            }
        }
    }

    /// A frame's time has passed.
    pub(super) fn tick(&mut self, number: u64) -> Vec<Effect> {
        let Some(playing) = self.playing.as_mut().filter(|it| it.number == number) else {
            return vec![];
        };
        if !playing.pace.is_playing {
            return vec![];
        }
        let rate = playing.declared.rate;
        playing.pace.tick(rate);
        let mut effects = vec![Effect::Tick(number, playing.pace.frame(rate))];
        // A lab that has not answered yet drops this frame; the ticks stay due.
        if !playing.asks.is_busy() {
            let ticks = playing.pace.take();
            if ticks > 0 {
                effects.extend(self.ask(Request::Step(ticks)));
            }
        }
        effects
    }

    /// Begins to play, in a lab with time.
    fn run(&mut self) -> Vec<Effect> {
        let Some(playing) = self.playing.as_mut().filter(|it| it.is_timed()) else { return vec![] };
        playing.pace.play();
        vec![Effect::Tick(playing.number, playing.pace.frame(playing.declared.rate))]
    }

    fn pause(&mut self) {
        if let Some(playing) = &mut self.playing {
            playing.pace.pause();
        }
    }

    fn play_pause(&mut self) -> Vec<Effect> {
        let Some(playing) = &mut self.playing else { return vec![] };
        if !playing.is_timed() {
            return self.say("This lab has no time; the controls change it");
        }
        if playing.pace.is_playing {
            playing.pace.pause();
            return vec![];
        }
        let is_over = playing.picture.as_ref().is_some_and(|it| it.tick >= it.end);
        let mut effects = if is_over { self.ask(Request::Seek(0)) } else { vec![] };
        effects.extend(self.run());
        effects
    }

    /// Goes elsewhere in time, which stops it.
    fn scrub(&mut self, request: Request) -> Vec<Effect> {
        self.pause();
        if self.playing.as_ref().is_some_and(Playing::is_timed) {
            self.ask(request)
        } else {
            vec![]
        }
    }

    /// Starts from a preset; one that plays, plays.
    pub(super) fn start_preset(&mut self, at: usize) -> Vec<Effect> {
        let Some(playing) = &mut self.playing else { return vec![] };
        let Some(preset) = playing.declared.presets.get(at).cloned() else {
            let count = playing.declared.presets.len();
            return self.say(&format!("This lab has {count} presets; s lists them"));
        };
        playing.preset = Some(preset.id.clone());
        let mut effects = self.ask(Request::Preset(preset.id));
        self.pause();
        if preset.plays {
            effects.extend(self.run());
        }
        effects
    }

    /// A change by hand: what is shown is no preset's any more.
    fn change(&mut self, request: Request) -> Vec<Effect> {
        if let Some(playing) = &mut self.playing {
            playing.preset = None;
        }
        self.ask(request)
    }

    /// More or less: a control, or the cell beside.
    fn nudge(&mut self, by: i32) -> Vec<Effect> {
        let Some(playing) = &mut self.playing else { return vec![] };
        if playing.step_aside(by.signum() as isize) {
            return vec![];
        }
        match playing.control().map(|it| (it.id.clone(), it.kind.clone())) {
            Some((id, ControlKind::Range { .. } | ControlKind::Pick { .. })) => {
                self.change(Request::Nudge(id, by))
            }
            Some((id, ControlKind::Toggle { is_on })) if is_on != (by > 0) => {
                self.change(Request::Nudge(id, 1))
            }
            Some((_, ControlKind::Button | ControlKind::Text { .. })) => self.say("Enter uses it"),
            _ => vec![],
        }
    }

    /// Enter, on what is selected.
    fn press_selected(&mut self) -> Vec<Effect> {
        let Some(playing) = &mut self.playing else { return vec![] };
        if let Some(control) = playing.control()
            && matches!(control.kind, ControlKind::Text { .. })
        {
            let (id, input) = (control.id.clone(), Input::new(&control.text));
            playing.writing = Some((id, input));
            return vec![];
        }
        match playing.pressed() {
            Some(request) => self.change(request),
            None => vec![],
        }
    }

    /// Takes a key for a text that is written, a preset's digit or the letter of an answer.
    pub(super) fn type_in_player(&mut self, key: Key) -> Option<Vec<Effect>> {
        if self.showing != Showing::Player || !self.overlays.is_empty() {
            return None;
        }
        let playing = self.playing.as_mut()?;
        if playing.writing.is_some() {
            return self.write_text(key);
        }
        let letter = key.letter()?;
        if playing.tries.is_some() {
            let answer = ('a'..='z').position(|it| it == letter)?;
            return self.bet_on(answer);
        }
        let at = ('1'..='9').position(|it| it == letter)?;
        Some(self.start_preset(at))
    }

    fn write_text(&mut self, key: Key) -> Option<Vec<Effect>> {
        let (id, input) = self.playing.as_mut()?.writing.as_mut()?;
        match (key.code, key.ctrl) {
            (KeyCode::Enter, _) => {
                let patch = [(id.clone(), Setting::Text(input.text().to_owned()))].into();
                self.playing.as_mut()?.writing = None;
                Some(self.change(Request::Set(patch)))
            }
            (KeyCode::Esc, _) | (KeyCode::Char('c' | 'g'), true) => {
                self.playing.as_mut()?.writing = None;
                Some(vec![])
            }
            (KeyCode::Char('z'), true) => None,
            _ => {
                input.edit(key);
                Some(vec![])
            }
        }
    }

    /// Pasted text goes where text is written.
    pub(super) fn paste_in_player(&mut self, text: &str) {
        if let Some((_, input)) = self.playing.as_mut().and_then(|it| it.writing.as_mut()) {
            input.paste(text);
        }
    }

    pub(super) fn act_in_player(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Down => self.with_playing(|it| it.step(1)),
            Action::Up => self.with_playing(|it| it.step(-1)),
            Action::NextPart => self.with_playing(|it| it.turn(1)),
            Action::PreviousPart => self.with_playing(|it| it.turn(-1)),
            Action::More => self.nudge(1),
            Action::Less => self.nudge(-1),
            Action::MuchMore => self.nudge(JUMP),
            Action::MuchLess => self.nudge(-JUMP),
            Action::Open => self.press_selected(),
            Action::PlayPause => self.play_pause(),
            Action::StepOn => self.scrub(Request::Step(1)),
            Action::StepBack => self.scrub(Request::Step(-1)),
            Action::JumpOn => self.scrub(Request::Step(JUMP)),
            Action::JumpBack => self.scrub(Request::Step(-JUMP)),
            Action::Rewind => self.scrub(Request::Seek(0)),
            Action::Wind => self.scrub(Request::Seek(u32::MAX)),
            Action::Faster => self.with_playing(|it| it.pace.shift(1)),
            Action::Slower => self.with_playing(|it| it.pace.shift(-1)),
            Action::Presets => self.list_presets(),
            Action::Try => self.show_tries(None),
            Action::Takeaway => self.show_tries(Some(usize::MAX)),
            Action::Compare => self.compare(),
            Action::Copy => self.copy_state(),
            Action::OpenLab => self.hand_over(),
            Action::Clear | Action::Leave => self.leave_player(),
            _ => vec![],
        }
    }

    fn with_playing(&mut self, change: impl FnOnce(&mut Playing)) -> Vec<Effect> {
        if let Some(playing) = &mut self.playing {
            change(playing);
        }
        vec![]
    }

    fn compare(&mut self) -> Vec<Effect> {
        let Some(playing) = &mut self.playing else { return vec![] };
        playing.pin = match playing.pin.take() {
            Some(_) => None,
            None => playing.picture.clone(),
        };
        let said = match playing.pin {
            Some(_) => "Kept to compare; c lets it go",
            None => "Let go",
        };
        self.say(said)
    }

    /// The lab's address within the library, at this state.
    fn copy_state(&mut self) -> Vec<Effect> {
        let Some(playing) = &self.playing else { return vec![] };
        let Some(lab) = self.catalog().labs.get(playing.lab) else { return vec![] };
        let hash = playing.picture.as_ref().map_or("", |it| it.hash.as_str());
        let hash = if hash.is_empty() { String::new() } else { format!("#{hash}") };
        crate::tui::update::copy(&format!("{}.html{hash}", lab.slug))
    }

    /// To the browser, at exactly this state.
    fn hand_over(&mut self) -> Vec<Effect> {
        let Some(playing) = &self.playing else { return vec![] };
        let (lab, state) = (playing.lab, playing.picture.as_ref().map(|it| it.hash.clone()));
        self.pause();
        self.open_lab(lab, state.filter(|it| !it.is_empty()))
    }

    fn list_presets(&mut self) -> Vec<Effect> {
        let Some(playing) = &self.playing else { return vec![] };
        let presets = playing.declared.presets.iter().enumerate();
        let entries = presets.map(|(at, preset)| Entry {
            label: Safe::line(&preset.label),
            matched: vec![],
            lead: Safe::line(&(at + 1).to_string()),
            note: Safe::from(if preset.plays { "plays" } else { "" }),
            goal: Goal::Preset(at),
        });
        let list = List::new(Kind::Presets, entries.collect(), 0);
        self.overlays.push(Overlay::List(list));
        self.fit();
        vec![]
    }
}
