//! The thread that owns the store. Nobody waits for it: what is to be written is handed over,
//! what was found or went wrong is told.
//!
//! Where a reader is, is written once a second at most; everything else at once.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::state::store::{Opened, Store, StoreError};
use crate::state::{Change, Memory, ReadOn, Stamp, Visit};

/// How often it is written where a reader is.
const BEAT: Duration = Duration::from_secs(1);
/// Changes that are kept to be tried again while they cannot be written.
const MOST_UNSAVED: usize = 10_000;

/// What the keeper tells.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// Everything that is remembered; again when another program has changed it.
    Remembered(Box<Memory>),
    /// Something was saved, in the words that were given with it.
    Saved(String),
    /// Something that a reader did could not be saved: what, and why.
    Unsaved(String),
    /// What was read cannot be remembered: why. Told once for each reason.
    Nothing(String),
    /// What became of a file that could not be used.
    Remark(String),
}

type Historian = Box<dyn FnOnce(Result<Vec<Visit>, StoreError>) + Send>;
type Listener = Box<dyn FnMut(Told) + Send>;

enum Request {
    Listen(Listener),
    Write(Change, Option<String>),
    Look,
    History(Stamp, Historian),
    Flush(Sender<()>),
}

/// The way to the thread that owns the store.
#[derive(Debug, Clone)]
pub struct Keeper {
    /// None when nothing is to be remembered.
    requests: Option<Sender<Request>>,
}

impl Keeper {
    /// Begins to open the store in `folder`.
    pub fn start(folder: Option<PathBuf>) -> Self {
        let (sender, requests) = channel();
        let thread = thread::Builder::new().name("state".into());
        let started = thread.spawn(move || Desk::open(folder.as_deref()).work(&requests));
        Self { requests: started.is_ok().then_some(sender) }
    }

    /// Remembers nothing, and says nothing of it.
    pub fn none() -> Self {
        Self { requests: None }
    }

    /// Whether anything is remembered, as far as is known here.
    pub fn is_none(&self) -> bool {
        self.requests.is_none()
    }

    /// Tells `listener` what was found so far, and everything from now on.
    pub fn listen(&self, listener: impl FnMut(Told) + Send + 'static) {
        self.ask(Request::Listen(Box::new(listener)));
    }

    /// Has a change written; `said` is told when it is on the disk.
    pub fn write(&self, change: Change, said: Option<&str>) {
        self.ask(Request::Write(change, said.map(str::to_owned)));
    }

    /// Looks for what other programs have written.
    pub fn look(&self) {
        self.ask(Request::Look);
    }

    /// Tells `listener` the visits that began at `from` or later, the oldest first.
    pub fn history(
        &self,
        from: Stamp,
        listener: impl FnOnce(Result<Vec<Visit>, StoreError>) + Send + 'static,
    ) {
        self.ask(Request::History(from, Box::new(listener)));
    }

    /// Has everything written, and waits for it, but only so long; whether it was in time.
    pub fn flush(&self, patience: Duration) -> bool {
        let (done, waiting) = channel();
        self.ask(Request::Flush(done));
        // Nobody to answer is nothing to wait for.
        !matches!(waiting.recv_timeout(patience), Err(RecvTimeoutError::Timeout))
    }

    fn ask(&self, request: Request) {
        if let Some(requests) = &self.requests {
            let _ = requests.send(request);
        }
    }
}

/// The thread's own things.
struct Desk {
    store: Result<Store, StoreError>,
    listener: Option<Listener>,
    /// What nobody listened to yet.
    untold: Vec<Told>,
    /// What was read and is not written yet, merged by visit.
    reading: Vec<ReadOn>,
    /// What could not be written.
    unsaved: Vec<Change>,
    written: Option<Instant>,
    /// Why reading could not be remembered, as it was told last.
    refused: Option<StoreError>,
    checked: bool,
    /// The folder of a file that is still to be made.
    to_make: Option<PathBuf>,
}

impl Desk {
    fn open(folder: Option<&Path>) -> Self {
        let mut desk = Self {
            store: Err(StoreError::Homeless),
            listener: None,
            untold: vec![],
            reading: vec![],
            unsaved: vec![],
            written: None,
            refused: None,
            checked: false,
            to_make: None,
        };
        if let Some(folder) = folder.filter(|folder| Store::is_new(folder)) {
            // Nothing is remembered: nobody has to wait for the file to be made.
            desk.to_make = Some(folder.to_owned());
            desk.tell(Told::Remembered(Box::default()));
            return desk;
        }
        desk.take(Store::open(folder));
        if desk.store.is_ok() {
            desk.load();
        }
        desk
    }

    fn take(&mut self, opened: Result<Opened, StoreError>) {
        match opened {
            Ok(Opened { store, remark }) => {
                self.store = Ok(store);
                if let Some(remark) = remark {
                    self.tell(Told::Remark(remark));
                }
            }
            Err(error) => {
                self.refuse(&error);
                self.store = Err(error);
            }
        }
    }

    fn load(&mut self) {
        let Ok(store) = &mut self.store else { return };
        match store.load() {
            Ok(memory) => self.tell(Told::Remembered(Box::new(memory))),
            Err(error) => self.mend(&error),
        }
    }

    /// Makes the file that was not there; another program may have been quicker.
    fn make(&mut self) {
        let Some(folder) = self.to_make.take() else { return };
        self.take(Store::open(Some(&folder)));
        let Ok(store) = &mut self.store else { return };
        match store.load() {
            Ok(memory) if memory == Memory::default() => {}
            Ok(memory) => self.tell(Told::Remembered(Box::new(memory))),
            Err(error) => self.mend(&error),
        }
    }

    /// Sets a damaged file aside and begins anew; with anything else, nothing can be done.
    fn mend(&mut self, error: &StoreError) {
        if !matches!(error, StoreError::Damaged { .. }) {
            self.refuse(error);
            return;
        }
        if let Ok(store) = std::mem::replace(&mut self.store, Err(error.clone())) {
            self.take(store.anew(error));
        }
    }

    fn work(mut self, requests: &Receiver<Request>) {
        loop {
            let due = self.due();
            let request = match due {
                None => requests.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(due) => requests.recv_timeout(due.saturating_duration_since(Instant::now())),
            };
            match request {
                Ok(request) => {
                    let mut waiting = vec![request];
                    waiting.extend(requests.try_iter());
                    for request in waiting {
                        self.answer(request);
                    }
                    if self.due().is_some_and(|due| due <= Instant::now()) {
                        self.save(None);
                    }
                }
                Err(RecvTimeoutError::Timeout) => self.save(None),
                Err(RecvTimeoutError::Disconnected) => {
                    self.save(None);
                    return;
                }
            }
            self.make();
            self.check();
        }
    }

    /// When what was read is to be written.
    fn due(&self) -> Option<Instant> {
        let now = Instant::now();
        (!self.reading.is_empty()).then(|| self.written.map_or(now, |written| written + BEAT))
    }

    fn answer(&mut self, request: Request) {
        if !matches!(request, Request::Listen(_)) {
            self.make();
        }
        match request {
            Request::Listen(listener) => {
                self.listener = Some(listener);
                for told in std::mem::take(&mut self.untold) {
                    self.tell(told);
                }
            }
            Request::Write(Change::Read(read), _) => self.read(read),
            Request::Write(change, said) => self.save(Some((change, said))),
            Request::History(from, listener) => {
                self.save(None);
                listener(match &self.store {
                    Ok(store) => store.since(from),
                    Err(error) => Err(error.clone()),
                });
            }
            Request::Look => {
                if !self.reading.is_empty() {
                    self.save(None);
                }
                let Ok(store) = &mut self.store else { return };
                if let Ok(Some(memory)) = store.look() {
                    self.tell(Told::Remembered(Box::new(memory)));
                }
            }
            Request::Flush(done) => {
                if !self.reading.is_empty() || !self.unsaved.is_empty() {
                    self.save(None);
                }
                drop(done);
            }
        }
    }

    fn read(&mut self, read: ReadOn) {
        let same = |it: &ReadOn| it.visit == read.visit && it.name == read.name;
        match self.reading.iter().position(same) {
            Some(at) => {
                let before = self.reading.remove(at);
                self.reading.push(before.and(read));
            }
            None => self.reading.push(read),
        }
    }

    /// Writes everything that waits, and `asked` with its words.
    fn save(&mut self, asked: Option<(Change, Option<String>)>) {
        let reading = std::mem::take(&mut self.reading);
        self.unsaved.extend(reading.into_iter().map(Change::Read));
        let said = asked.and_then(|(change, said)| {
            self.unsaved.push(change);
            said
        });
        self.written = Some(Instant::now());
        match self.write() {
            Ok(()) => {
                self.unsaved.clear();
                self.refused = None;
                if let Some(said) = said {
                    self.tell(Told::Saved(said));
                }
            }
            Err(error) => {
                let over = self.unsaved.len().saturating_sub(MOST_UNSAVED);
                self.unsaved.drain(..over);
                match said {
                    Some(said) => {
                        self.tell(Told::Unsaved(format!("{said}, but not saved: {error}")));
                    }
                    None => self.refuse(&error),
                }
            }
        }
    }

    /// Writes what is not saved; a file that turns out to be damaged is set aside for a new one.
    fn write(&mut self) -> Result<(), StoreError> {
        let outcome = match &mut self.store {
            Ok(store) => store.write(&self.unsaved),
            Err(error) => return Err(error.clone()),
        };
        let Err(error @ StoreError::Damaged { .. }) = outcome else { return outcome };
        self.mend(&error);
        match &mut self.store {
            Ok(store) => store.write(&self.unsaved),
            Err(error) => Err(error.clone()),
        }
    }

    /// Looks a file over that was opened, once, when everything else is done.
    fn check(&mut self) {
        if std::mem::replace(&mut self.checked, true) {
            return;
        }
        if let Ok(store) = &self.store
            && let Err(error) = store.check()
        {
            self.mend(&error);
        }
    }

    fn refuse(&mut self, error: &StoreError) {
        if self.refused.as_ref() != Some(error) {
            self.refused = Some(error.clone());
            self.tell(Told::Nothing(error.to_string()));
        }
    }

    fn tell(&mut self, told: Told) {
        match &mut self.listener {
            Some(listener) => listener(told),
            None => self.untold.push(told),
        }
    }
}
