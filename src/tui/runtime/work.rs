//! Work in the background: one worker, one running piece, the newest wanted piece next.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::document::Code;
use crate::layout;
use crate::tui::Message;

/// How long the colours of one code block may take; a block that takes longer stays plain.
const BUDGET: Duration = Duration::from_millis(250);

/// A code block that waits for its colours.
#[derive(Debug)]
pub(super) struct Wanted {
    /// Which opening of an article it belongs to.
    pub(super) opening: u64,
    /// The block.
    pub(super) block: usize,
    /// The code.
    pub(super) code: Code,
}

/// The worker. It starts with the first piece, so that a reader who sees no code pays nothing.
#[derive(Debug)]
pub(super) struct Work {
    messages: Sender<Message>,
    queue: Option<Sender<Wanted>>,
}

impl Work {
    /// A worker that answers to `messages`.
    pub(super) fn new(messages: Sender<Message>) -> Self {
        Self { messages, queue: None }
    }

    /// Asks for the colours of a code block.
    pub(super) fn colour(&mut self, wanted: Wanted) {
        let queue = self.queue.take().unwrap_or_else(|| self.start());
        // A worker that panicked is gone, and the next block starts another.
        self.queue = queue.send(wanted).is_ok().then_some(queue);
    }

    fn start(&self) -> Sender<Wanted> {
        let (sender, queue) = channel();
        let messages = self.messages.clone();
        let worker = thread::Builder::new().name("colours".into());
        let _ = worker.spawn(move || work(&queue, &messages));
        sender
    }
}

fn work(queue: &Receiver<Wanted>, messages: &Sender<Message>) {
    while let Ok(wanted) = queue.recv() {
        let mut waiting = vec![wanted];
        waiting.extend(queue.try_iter());
        let newest = waiting.last().map(|wanted| wanted.opening);
        for Wanted { opening, block, code } in waiting {
            if Some(opening) != newest {
                continue;
            }
            let deadline = Instant::now() + BUDGET;
            let roles = layout::highlight(&code, &mut || Instant::now() < deadline);
            let roles = roles.unwrap_or_default();
            if messages.send(Message::Coloured { opening, block, roles }).is_err() {
                return;
            }
        }
    }
}
