//! The only part of the reader that touches the outside: keys in, frames out, effects done.

mod effects;
mod watch;
mod work;

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{self, Event, MouseButton, MouseEventKind};
use ratatui::layout::{Rect, Size};

use crate::tui::frame::Frames;
use crate::tui::guard;
use crate::tui::message::Mouse;
use crate::tui::runtime::effects::Outside;
use crate::tui::{Effect, Message, Model, Setup, update, view};

/// How long a transient message stays.
const TRANSIENT: Duration = Duration::from_secs(3);

/// Runs the reader until it is left.
pub fn run(setup: Setup) -> anyhow::Result<()> {
    let (sender, messages) = channel();
    let mut outside = Outside::new(&setup, sender.clone());
    // Watched until the reader is left.
    let _watcher = watch::start(&setup, &sender)?;
    let guard = guard::claim(&setup, &sender)?;
    let size = guard::size();
    read_events(sender)?;
    let (mut model, effects) = Model::new(setup, size);
    let mut run = Loop { frames: Frames::new(io::stdout(), area(size)), expiry: None };
    let outcome = run.run(&mut model, effects, &messages, &mut outside);
    drop(guard);
    outcome
}

fn area(size: Size) -> Rect {
    Rect::new(0, 0, size.width, size.height)
}

/// Reads keys on a thread of its own, so that waiting for one costs nothing.
fn read_events(messages: Sender<Message>) -> io::Result<()> {
    let reader = thread::Builder::new().name("keys".into());
    reader.spawn(move || {
        while let Ok(event) = event::read() {
            if let Some(message) = message(event)
                && messages.send(message).is_err()
            {
                return;
            }
        }
    })?;
    Ok(())
}

fn message(event: Event) -> Option<Message> {
    match event {
        Event::Key(key) if key.is_press() || key.is_repeat() => Some(Message::Key(key.into())),
        Event::Paste(text) => Some(Message::Pasted(text)),
        Event::Mouse(mouse) => {
            let what = match mouse.kind {
                MouseEventKind::ScrollDown => Mouse::WheelDown,
                MouseEventKind::ScrollUp => Mouse::WheelUp,
                MouseEventKind::Down(MouseButton::Left) => Mouse::Click,
                _ => return None,
            };
            Some(Message::Mouse(what, mouse.column, mouse.row))
        }
        _ => None,
    }
}

struct Loop {
    frames: Frames<io::Stdout>,
    /// When the transient message of this number has been shown long enough.
    expiry: Option<(Instant, u64)>,
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
        loop {
            self.draw(model)?;
            let Some(message) = self.wait(messages) else { return Ok(()) };
            // Everything that is waiting is taken before the next frame: held keys make one
            // frame, not one each.
            let mut waiting = std::iter::once(message).chain(messages.try_iter());
            let leaves = waiting.find_map(|message| {
                let effects = update(model, message);
                match self.perform(model, effects, outside) {
                    Ok(true) => None,
                    left => Some(left),
                }
            });
            if let Some(left) = leaves {
                return left.map(|_| ());
            }
        }
    }

    fn draw(&mut self, model: &Model) -> io::Result<()> {
        let mut buffer = Buffer::empty(area(model.size()));
        let hints = view(model, &mut buffer);
        self.frames.draw(buffer, hints)
    }

    /// The next message; the only timer runs while a transient message shows.
    fn wait(&mut self, messages: &Receiver<Message>) -> Option<Message> {
        let Some((when, number)) = self.expiry else {
            return messages.recv().ok();
        };
        match messages.recv_timeout(when.saturating_duration_since(Instant::now())) {
            Ok(message) => Some(message),
            Err(RecvTimeoutError::Timeout) => {
                self.expiry = None;
                Some(Message::Expired(number))
            }
            Err(RecvTimeoutError::Disconnected) => None,
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
        while let Some(effect) = waiting.pop_front() {
            match effect {
                Effect::Quit => return Ok(false),
                Effect::Suspend => guard::stop(),
                Effect::Redraw => self.frames.clear(area(model.size())),
                Effect::Expire(number) => self.expiry = Some((Instant::now() + TRANSIENT, number)),
                effect => {
                    if let Some(answer) = outside.perform(effect)? {
                        waiting.extend(update(model, answer));
                    }
                }
            }
        }
        Ok(true)
    }
}
