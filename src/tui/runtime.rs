//! The only part of the reader that touches the outside: keys in, frames out, effects done.

mod colours;
mod copy;
mod effects;
mod keyboard;
mod pictures;
mod remembering;
mod searches;
mod timers;
mod watch;
mod worker;

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use crate::state::Keeper;
use crate::tui::frame::Frames;
use crate::tui::guard;
use crate::tui::runtime::effects::Outside;
use crate::tui::runtime::keyboard::Keys;
use crate::tui::runtime::timers::Timers;
use crate::tui::{Effect, Message, Model, Setup, update, view};

/// How long the first frame waits for what is remembered, so that an article opens where it was
/// left. Usually it is there already.
const FIRST: Duration = Duration::from_millis(20);
/// How long the last changes are waited for when the reader is left.
const LAST: Duration = Duration::from_secs(2);

/// Runs the reader until it is left. What is to be remembered is handed to `keeper`.
pub fn run(setup: Setup, keeper: &Keeper) -> anyhow::Result<()> {
    let (sender, messages) = channel();
    let known = remembering::listen(keeper, setup.calendar.clone(), sender.clone());
    let mut outside = Outside::new(&setup, keeper.clone(), sender.clone());
    // Watched until the reader is left.
    let _watcher = watch::start(&setup, &sender)?;
    let guard = guard::claim(&setup, keeper, &sender)?;
    let size = guard::size();
    let keys = Keys::read(sender)?;
    let (mut model, mut effects) = Model::new(setup, size);
    if !keeper.is_none() {
        let _ = known.recv_timeout(FIRST);
        let told = messages.try_iter().collect::<Vec<_>>();
        effects.extend(told.into_iter().flat_map(|message| update(&mut model, message)));
    }
    let mut run = Loop {
        frames: Frames::new(io::stdout(), area(size)),
        timers: Timers::default(),
        keys,
        has_question: false,
        pressed: None,
    };
    let outcome = run.run(&mut model, effects, &messages, &mut outside);
    let _ = run.frames.forget_pictures();
    drop(guard);
    keeper.flush(LAST);
    outcome
}

fn area(size: Size) -> Rect {
    Rect::new(0, 0, size.width, size.height)
}

struct Loop {
    frames: Frames<io::Stdout>,
    timers: Timers,
    keys: Keys,
    /// Whether the terminal is to be asked what it can draw.
    has_question: bool,
    /// When a key was pressed last.
    pressed: Option<Instant>,
}

impl Loop {
    fn run(
        &mut self,
        model: &mut Model,
        first: Vec<Effect>,
        messages: &Receiver<Message>,
        outside: &mut Outside,
    ) -> anyhow::Result<()> {
        if !self.perform(model, first, outside)? {
            return Ok(());
        }
        // What was told before the first frame is taken already.
        self.keys.are_there()?;
        loop {
            self.draw(model)?;
            // Never before the first frame.
            if std::mem::take(&mut self.has_question) {
                self.keys.ask(&mut io::stdout())?;
            }
            let Some(message) = self.wait(messages) else { return Ok(()) };
            // Everything that is waiting is taken before the next frame: held keys make one
            // frame, not one each.
            let mut waiting = std::iter::once(message).chain(messages.try_iter());
            let leaves = waiting.find_map(|message| {
                let mut effects = self.passed(&message).map_or(vec![], |it| update(model, it));
                effects.extend(update(model, message));
                match self.perform(model, effects, outside) {
                    Ok(true) => None,
                    left => Some(left),
                }
            });
            if let Some(left) = leaves {
                return left.map(|_| ());
            }
            self.keys.are_there()?;
        }
    }

    /// The time since the key before, when `message` is a key or something like it.
    fn passed(&mut self, message: &Message) -> Option<Message> {
        let is_input = matches!(message, Message::Key(_) | Message::Mouse(..) | Message::Pasted(_));
        let now = is_input.then(Instant::now)?;
        let since = now.duration_since(self.pressed.replace(now)?);
        Some(Message::Passed(u64::try_from(since.as_millis()).unwrap_or(u64::MAX)))
    }

    fn draw(&mut self, model: &Model) -> io::Result<()> {
        let mut buffer = Buffer::empty(area(model.size()));
        let hints = view(model, &mut buffer);
        self.frames.draw(buffer, &hints)
    }

    /// The next message; timers run only while a transient message shows or a lab plays.
    fn wait(&mut self, messages: &Receiver<Message>) -> Option<Message> {
        loop {
            let now = Instant::now();
            if let Some(message) = self.timers.due(now) {
                return Some(message);
            }
            let Some(when) = self.timers.next() else { return messages.recv().ok() };
            match messages.recv_timeout(when.saturating_duration_since(now)) {
                Ok(message) => return Some(message),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    /// Does what the model asked for, and what it asks for in answer; false to leave.
    fn perform(
        &mut self,
        model: &mut Model,
        effects: Vec<Effect>,
        outside: &mut Outside,
    ) -> anyhow::Result<bool> {
        let mut waiting: std::collections::VecDeque<Effect> = effects.into();
        let mut stays = true;
        while let Some(effect) = waiting.pop_front() {
            match effect {
                // What is to be remembered comes after it.
                Effect::Quit => stays = false,
                Effect::Remember(..) => drop(outside.perform(effect)?),
                _ if !stays => {}
                Effect::Suspend => guard::stop(),
                Effect::AskTerminal => self.has_question = true,
                Effect::Redraw => self.frames.clear(area(model.size())),
                Effect::Expire(number) => self.timers.expire(number, Instant::now()),
                Effect::Roll(number, after) => self.timers.roll(number, after, Instant::now()),
                Effect::Tick(number, after) => self.timers.tick(number, after, Instant::now()),
                effect => {
                    if let Some(answer) = outside.perform(effect)? {
                        waiting.extend(update(model, answer));
                    }
                }
            }
        }
        Ok(stays)
    }
}
