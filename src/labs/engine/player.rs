//! A lab on a thread of its own: requests go in, answers come out, nobody waits.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;

use crate::labs::engine::{Engine, Fault, GRACE, Limits, Request};
use crate::labs::file::LabFile;
use crate::labs::picture::{Declared, Picture};

/// Threads that may be left behind before a lab is given up.
const MAX_LOST: usize = 2;

/// What a lab answers. Every request has one answer, in order; the number is that of the request.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// It was opened, or opened again after a fault.
    Opened(Declared),
    /// What it shows.
    Shown(u64, Picture),
    /// Why it shows nothing new. The next request finds it at the last good state.
    Failed(u64, Fault),
}

/// A lab that plays in the background, until this is dropped.
#[derive(Debug)]
pub struct Player {
    requests: Sender<(u64, Request)>,
    asked: u64,
}

impl Player {
    /// Starts a lab. `answers` is called from another thread.
    pub fn spawn(lab: LabFile, answers: impl FnMut(Answer) + Send + 'static) -> Self {
        let (requests, queue) = channel();
        let desk = Desk { lab, hash: String::new(), worker: None, lost: 0, answers };
        // Without a thread the queue is gone, and every request is answered by nobody.
        let _ = thread::Builder::new().name("lab desk".into()).spawn(move || desk.serve(&queue));
        Self { requests, asked: 0 }
    }

    /// Asks, and returns the request's number, from 1.
    pub fn ask(&mut self, request: Request) -> u64 {
        self.asked += 1;
        let _ = self.requests.send((self.asked, request));
        self.asked
    }
}

/// Hands requests to a worker, and replaces one that does not come back.
struct Desk<A> {
    lab: LabFile,
    /// The last good state.
    hash: String,
    worker: Option<Worker>,
    lost: usize,
    answers: A,
}

impl<A: FnMut(Answer)> Desk<A> {
    fn serve(mut self, queue: &Receiver<(u64, Request)>) {
        while let Ok((number, request)) = queue.recv() {
            let answer = match self.shown(request) {
                Ok(picture) => {
                    self.hash.clone_from(&picture.hash);
                    Answer::Shown(number, picture)
                }
                Err(fault) => Answer::Failed(number, fault),
            };
            (self.answers)(answer);
        }
    }

    fn shown(&mut self, request: Request) -> Result<Picture, Fault> {
        let result = self.asked(request);
        if result == Err(Fault::Lost) {
            self.worker = None;
            self.lost += 1;
        }
        result
    }

    fn asked(&mut self, request: Request) -> Result<Picture, Fault> {
        if self.lost > MAX_LOST {
            return Err(Fault::Lost);
        }
        let worker = match self.worker.take() {
            Some(worker) => worker,
            None => self.opened()?,
        };
        self.worker.insert(worker).ask(request)
    }

    fn opened(&mut self) -> Result<Worker, Fault> {
        let worker = Worker::start(self.lab.clone());
        (self.answers)(Answer::Opened(worker.opened()?));
        if !self.hash.is_empty() {
            worker.ask(Request::Open(self.hash.clone()))?;
        }
        Ok(worker)
    }
}

/// The thread on which the lab's scripts run.
struct Worker {
    requests: Sender<Request>,
    opened: Receiver<Result<Declared, Fault>>,
    answers: Receiver<Result<Picture, Fault>>,
}

impl Worker {
    fn start(lab: LabFile) -> Self {
        let (requests, queue) = channel::<Request>();
        let (open, opened) = channel();
        let (answer, answers) = channel();
        let work = move || {
            let mut session = match Engine::new().open(&lab) {
                Ok(session) => session,
                Err(fault) => return drop(open.send(Err(fault))),
            };
            let _ = open.send(Ok(session.declared().clone()));
            while let Ok(request) = queue.recv() {
                let picture = session.ask(&request).cloned();
                if answer.send(picture).is_err() {
                    return;
                }
            }
        };
        let _ = thread::Builder::new().name("lab".into()).spawn(work);
        Self { requests, opened, answers }
    }

    fn opened(&self) -> Result<Declared, Fault> {
        self.opened.recv_timeout(Limits::PLAYED.load + GRACE).unwrap_or(Err(Fault::Lost))
    }

    fn ask(&self, request: Request) -> Result<Picture, Fault> {
        let _ = self.requests.send(request);
        // After a fault a request also opens the lab again.
        let patience = Limits::PLAYED.load + Limits::PLAYED.call * 3 + GRACE;
        match self.answers.recv_timeout(patience) {
            Ok(result) => result,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Err(Fault::Lost),
        }
    }
}
