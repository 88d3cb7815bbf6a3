//! Work in the background: one thread, one running piece, the newest opening's pieces next.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use crate::tui::Message;

/// What a worker knows how to do.
pub(super) trait Craft: Default + Send + 'static {
    /// What is asked of it.
    type Piece: Send + 'static;
    /// The name of its thread.
    const NAME: &'static str;

    /// Which opening of an article or a file a piece belongs to.
    fn opening(piece: &Self::Piece) -> u64;

    /// Does a piece; what is to be told of it.
    fn done(&mut self, piece: Self::Piece) -> Option<Message>;
}

/// The worker. It starts with the first piece, so that a reader who needs none pays nothing.
#[derive(Debug)]
pub(super) struct Worker<C: Craft> {
    messages: Sender<Message>,
    queue: Option<Sender<C::Piece>>,
}

impl<C: Craft> Worker<C> {
    /// A worker that answers to `messages`.
    pub(super) fn new(messages: Sender<Message>) -> Self {
        Self { messages, queue: None }
    }

    /// Has a piece done; pieces of an older opening that still wait are dropped.
    pub(super) fn ask(&mut self, piece: C::Piece) {
        let queue = self.queue.take().unwrap_or_else(|| self.start());
        // A worker that panicked is gone, and the next piece starts another.
        self.queue = queue.send(piece).is_ok().then_some(queue);
    }

    fn start(&self) -> Sender<C::Piece> {
        let (sender, queue) = channel();
        let messages = self.messages.clone();
        let worker = thread::Builder::new().name(C::NAME.into());
        let _ = worker.spawn(move || work(C::default(), &queue, &messages));
        sender
    }
}

fn work<C: Craft>(mut craft: C, queue: &Receiver<C::Piece>, messages: &Sender<Message>) {
    while let Ok(piece) = queue.recv() {
        let mut waiting = vec![piece];
        waiting.extend(queue.try_iter());
        let newest = waiting.last().map(C::opening);
        for piece in waiting {
            if Some(C::opening(&piece)) != newest {
                continue;
            }
            let Some(message) = craft.done(piece) else { continue };
            if messages.send(message).is_err() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use crate::text::Safe;
    use crate::tui::Message;
    use crate::tui::runtime::worker::{Craft, work};

    /// Counts its pieces, and says nothing of every second one.
    #[derive(Default)]
    struct Counting {
        count: usize,
    }

    impl Craft for Counting {
        type Piece = (u64, usize);
        const NAME: &'static str = "counting";

        fn opening(piece: &(u64, usize)) -> u64 {
            piece.0
        }

        fn done(&mut self, piece: (u64, usize)) -> Option<Message> {
            self.count += 1;
            let (opening, block) = piece;
            let told = Message::Coloured { opening, block, roles: vec![] };
            (self.count % 2 == 1).then_some(told)
        }
    }

    #[test]
    fn pieces_of_an_older_opening_are_dropped_and_a_silent_one_ends_nothing() {
        let ((sender, queue), (messages, told)) = (channel(), channel());
        for piece in [(1, 0), (1, 1), (2, 2), (2, 3), (2, 4)] {
            sender.send(piece).unwrap();
        }
        drop(sender);
        work(Counting::default(), &queue, &messages);
        drop(messages);
        let blocks: Vec<(u64, usize)> = told
            .iter()
            .map(|message| match message {
                Message::Coloured { opening, block, .. } => (opening, block),
                other => panic!("{}", Safe::line(&format!("{other:?}"))),
            })
            .collect();
        assert_eq!(blocks, [(2, 2), (2, 4)]);
    }
}
