//! Filling an index: texts are read and taken apart on threads of their own, and put into the
//! index in the order in which they are ready. What is in it so far can be found meanwhile.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use tantivy::indexer::UserOperation;
use tantivy::{TantivyDocument, Term};

use crate::search::text::collection::{Collection, Listed};
use crate::search::text::entry::documents;
use crate::search::text::index::IndexError;
use crate::search::text::schema::Fields;

/// Texts that wait to be put into the index, for each thread.
const WAITING: usize = 16;
/// More texts than this are many. The program's own library stays below: its texts go into the index
/// in their order, so that every reader finds the same in the same order.
const MANY: usize = 2_000;

/// How much there is to index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Amount {
    /// A library, or what was written in a folder since the last time.
    Few,
    /// A large folder.
    Many,
}

impl Amount {
    /// That of so many texts.
    pub(crate) fn of(texts: usize) -> Self {
        if texts > MANY { Self::Many } else { Self::Few }
    }

    /// Threads that read texts, and threads that index them.
    pub(crate) fn threads(self) -> usize {
        match self {
            Self::Few => 1,
            Self::Many => 2,
        }
    }

    /// Memory for each thread that indexes, in bytes. What it holds becomes a segment.
    pub(crate) fn memory(self) -> usize {
        match self {
            Self::Few => 16 << 20,
            Self::Many => 64 << 20,
        }
    }
}

/// A text as it goes into the index, in the place of what was there of it.
pub(crate) struct Prepared {
    /// What the index does.
    pub(crate) operations: Vec<UserOperation<TantivyDocument>>,
    /// The length of the text.
    pub(crate) bytes: usize,
}

/// Reads a text and takes it apart; one that cannot be read is only taken out.
pub(crate) fn prepare(collection: &dyn Collection, listed: &Listed, fields: &Fields) -> Prepared {
    let entry = collection.entry(&listed.key);
    let key = Term::from_field_text(fields.key, &listed.key.written());
    let made = entry.iter().flat_map(|it| documents(it, listed.stamp, fields));
    let operations =
        std::iter::once(UserOperation::Delete(key)).chain(made.map(UserOperation::Add));
    Prepared { operations: operations.collect(), bytes: entry.map_or(0, |entry| entry.body.len()) }
}

/// Prepares `texts` on `threads` threads; `take` is given each, and says whether to go on.
pub(crate) fn fill(
    texts: &[Listed],
    threads: usize,
    prepare: &(dyn Fn(&Listed) -> Prepared + Sync),
    take: &mut dyn FnMut(Prepared) -> Result<ControlFlow<()>, IndexError>,
) -> Result<(), IndexError> {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let (sender, ready) = sync_channel(threads * WAITING);
        let work = |sender: SyncSender<Prepared>| {
            while let Some(text) = texts.get(next.fetch_add(1, Ordering::Relaxed)) {
                if sender.send(prepare(text)).is_err() {
                    return;
                }
            }
        };
        for _ in 0..threads {
            let sender = sender.clone();
            let thread = thread::Builder::new().name("reading".into());
            let started = thread.spawn_scoped(scope, move || work(sender));
            started.map_err(|error| IndexError::Failed(error.to_string()))?;
        }
        drop(sender);
        for prepared in ready {
            if take(prepared)?.is_break() {
                break;
            }
        }
        Ok(())
    })
}
