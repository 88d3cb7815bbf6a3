//! Searching in the background: one thread answers queries, the newest first; another one indexes
//! meanwhile, when there is something to index.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::library::Library;
use crate::search::text::{
    Collection, FolderTexts, Index, IndexError, LibraryTexts, Progress, Store, Wanted,
};
use crate::text::Safe;
use crate::tui::{Message, Opening, Setup};

/// Hits of one answer.
const HITS: usize = 30;
/// How often progress is told while texts are indexed.
const OFTEN: Duration = Duration::from_millis(50);

/// What the thread that answers is told.
enum Note {
    /// A query.
    Ask(u64, String),
    /// There is an index, or another one.
    Index(Arc<Index>),
    /// The index holds more than before.
    More,
    /// There is no index.
    None(String),
}

/// The threads, which start with the first query.
#[derive(Debug)]
pub(super) struct Searches {
    library: Arc<Library>,
    cache: Option<PathBuf>,
    /// The folder that is searched, when it is not the library.
    folder: Option<PathBuf>,
    messages: Sender<Message>,
    notes: Option<Sender<Note>>,
}

impl Searches {
    /// Searches in the library of `setup`, answered to `messages`.
    pub(super) fn new(setup: &Setup, messages: Sender<Message>) -> Self {
        let (library, cache) = (Arc::clone(&setup.library), setup.cache.clone());
        let folder = match &setup.opening {
            Opening::Folder(folder) => Some(folder.clone()),
            _ => None,
        };
        Self { library, cache, folder, messages, notes: None }
    }

    /// Asks a query.
    pub(super) fn ask(&mut self, number: u64, query: String) {
        let notes = self.notes.take().unwrap_or_else(|| self.start());
        // A thread that is gone is started again by the next query.
        self.notes = notes.send(Note::Ask(number, query)).is_ok().then_some(notes);
    }

    fn start(&self) -> Sender<Note> {
        let (sender, notes) = channel();
        let indexer = Indexer {
            library: Arc::clone(&self.library),
            cache: self.cache.clone(),
            folder: self.folder.clone(),
            messages: self.messages.clone(),
            notes: sender.clone(),
        };
        let answers = Answers { messages: self.messages.clone(), indexer: indexer.clone() };
        indexer.start();
        let thread = thread::Builder::new().name("search".into());
        let _ = thread.spawn(move || answers.run(&notes));
        sender
    }
}

/// Answers queries.
struct Answers {
    messages: Sender<Message>,
    indexer: Indexer,
}

impl Answers {
    fn run(self, notes: &Receiver<Note>) {
        let mut index: Option<Arc<Index>> = None;
        let mut query: Option<(u64, String)> = None;
        let mut reason = None;
        while let Ok(note) = notes.recv() {
            for note in std::iter::once(note).chain(notes.try_iter()) {
                match note {
                    Note::Ask(number, text) => query = Some((number, text)),
                    Note::Index(made) => index = Some(made),
                    Note::More => {}
                    Note::None(why) => reason = Some(why),
                }
            }
            let Some((number, text)) = &query else { continue };
            let outcome = match (&index, &reason) {
                (Some(index), _) => ask(index, text),
                (None, Some(reason)) => Some(Err(reason.clone())),
                (None, None) => continue,
            };
            let Some(outcome) = outcome else {
                // Its files are damaged in a way that shows only now.
                index = None;
                self.indexer.start_anew();
                continue;
            };
            if self.messages.send(Message::Found { number: *number, outcome }).is_err() {
                return;
            }
        }
    }
}

type Outcome = Result<crate::search::text::Answer, String>;

/// The answer to a query; none when the index cannot be read.
fn ask(index: &Index, query: &str) -> Option<Outcome> {
    let wanted = Wanted { query: query.to_owned(), limit: HITS, ..Wanted::default() };
    match index.search(&wanted) {
        Ok(answer) => Some(Ok(answer)),
        Err(IndexError::Failed(_)) => None,
        Err(error) => Some(Err(error.to_string())),
    }
}

/// Makes the index ready.
#[derive(Clone)]
struct Indexer {
    library: Arc<Library>,
    cache: Option<PathBuf>,
    folder: Option<PathBuf>,
    messages: Sender<Message>,
    notes: Sender<Note>,
}

impl Indexer {
    fn start(&self) {
        let indexer = self.clone();
        let thread = thread::Builder::new().name("indexing".into());
        let _ = thread.spawn(move || {
            if let Err(error) = indexer.run() {
                let _ = indexer.notes.send(Note::None(format!("search: {error}")));
            }
            let _ = indexer.messages.send(Message::Indexing(None));
        });
    }

    /// Puts the index aside, and makes it anew.
    fn start_anew(&self) {
        self.store().set_aside();
        self.start();
    }

    fn store(&self) -> Store {
        let cache = self.cache.as_deref();
        match &self.folder {
            Some(folder) => Store::of_folder(cache, folder),
            None => Store::of_library(cache, &self.library),
        }
    }

    fn run(&self) -> Result<(), IndexError> {
        let synonyms = &self.library.catalog.synonyms;
        let texts: Box<dyn Collection> = match &self.folder {
            Some(folder) => Box::new(FolderTexts::new(folder)),
            None => Box::new(LibraryTexts::new(Arc::clone(&self.library))),
        };
        let texts = texts.as_ref();
        let mut opened = self.store().open(synonyms)?;
        let _ = self.notes.send(Note::Index(Arc::clone(&opened.index)));
        if !opened.is_current(texts) {
            let mut told = Instant::now();
            opened.refresh(texts, synonyms, &mut |progress| self.tell(progress, &mut told))?;
            let _ = self.notes.send(Note::Index(Arc::clone(&opened.index)));
        }
        opened.index.warm();
        if let Some(remark) = &opened.remark {
            let _ = self.messages.send(Message::Said(Safe::line(remark)));
        }
        Ok(())
    }

    /// Tells how far it is, now and then; false when nobody listens any more.
    fn tell(&self, progress: Progress, told: &mut Instant) -> bool {
        if progress.is_stage && self.notes.send(Note::More).is_err() {
            return false;
        }
        if told.elapsed() < OFTEN {
            return true;
        }
        *told = Instant::now();
        self.messages.send(Message::Indexing(Some(progress))).is_ok()
    }
}
