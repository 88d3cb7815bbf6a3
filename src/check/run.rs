//! Runs the code of articles, locked up, and compares what it prints with what they show.
//!
//! Every fence gets a new, empty folder, no network, no sight of anything but the system and its
//! interpreter, and limits on all it can use up; see [`sandbox`]. What ran well is remembered by
//! a hash of all it depends on. Nothing of a fence outlives it, not even when this program is
//! killed.

mod cache;
mod child;
mod fence;
mod interpreter;
mod job;
mod parse;
mod postgres;
mod recipe;
mod room;
mod sandbox;
mod update;
mod verdict;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

pub use fence::{Fence, Shown, Task};
pub use sandbox::Protections;
pub(crate) use sandbox::{COMMAND as SANDBOX_COMMAND, main as sandbox_exec};
pub use update::update;

use crate::check::run::job::Bench;

/// More processes side by side would be stopped by the clock for each other's work.
const MAX_JOBS: usize = 2;

/// What running needs to know about the world.
#[derive(Debug, Clone)]
pub struct Settings {
    /// This program: it starts itself again to lock a fence up.
    pub program: PathBuf,
    /// `PATH`: where interpreters are looked for.
    pub path: OsString,
    /// Where the folders of fences are made.
    pub temp_dir: PathBuf,
    /// Where results are remembered; nothing is without it.
    pub cache: Option<PathBuf>,
    /// How many fences run side by side: 1 or 2.
    pub jobs: usize,
    /// What one fence may use up.
    pub limits: Limits,
    /// Whether namespaces are asked for where the kernel has them.
    pub namespaces: bool,
}

/// What one fence may use up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Processor time of one process.
    pub cpu: Duration,
    /// Time on the clock. More than processor time, because a fence must not fail for what else
    /// the machine has to do; it is what ends a fence that sleeps.
    pub wall: Duration,
    /// Bytes of private memory of one process.
    pub memory: u64,
    /// Bytes of standard output.
    pub output: usize,
    /// Bytes of one file; all files together may have [`Limits::FILES`] times as many.
    pub file: u64,
    /// Processes and threads.
    pub processes: u64,
}

impl Limits {
    /// Full files that the folder of a fence has room for.
    pub const FILES: u64 = 4;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            cpu: Duration::from_secs(10),
            wall: Duration::from_secs(30),
            memory: 1 << 30,
            output: 1 << 20,
            file: 16 << 20,
            processes: 256,
        }
    }
}

impl Settings {
    /// The usual limits, two fences side by side, nothing remembered.
    pub fn new(program: PathBuf, path: OsString, temp_dir: PathBuf) -> Self {
        let limits = Limits::default();
        Self { program, path, temp_dir, cache: None, jobs: MAX_JOBS, limits, namespaces: true }
    }
}

/// What became of a fence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It ran, and printed what the article shows, or the article shows nothing.
    Ran {
        /// What it printed.
        stdout: String,
        /// Whether that is remembered from an earlier run.
        cached: bool,
    },
    /// It compiles, or parses.
    Compiled,
    /// It failed, or was stopped.
    Failed {
        /// What happened: `it was still running after 10 s`.
        why: String,
        /// What to do about it.
        mend: String,
        /// The end of what it wrote to standard error, as it wrote it.
        stderr: String,
    },
    /// It ran, and printed something else than the article shows.
    Differs {
        /// What the article shows.
        expected: String,
        /// What it printed.
        actual: String,
    },
    /// Nothing on `PATH` runs its language.
    NoInterpreter {
        /// The language.
        language: String,
        /// What to install.
        mend: String,
    },
}

/// Runs fences.
#[derive(Debug)]
pub struct Runner {
    bench: Bench,
}

impl Runner {
    /// Runs nothing yet, and looks for nothing.
    pub fn new(settings: Settings) -> Self {
        Self { bench: Bench::new(settings) }
    }

    /// What locks the fences up on this kernel. Finding out starts a process, the first time.
    pub fn protections(&self) -> &Protections {
        self.bench.protections()
    }

    /// What becomes of each fence, in the order given. `progress` is told how many are done, of
    /// how many.
    pub fn run(&self, fences: &[Fence], progress: &mut dyn FnMut(usize, usize)) -> Vec<Outcome> {
        let next = AtomicUsize::new(0);
        let (tells, hears) = mpsc::channel();
        let jobs = self.bench.settings.jobs.clamp(1, MAX_JOBS);
        let mut outcomes: Vec<Option<Outcome>> = fences.iter().map(|_| None).collect();
        progress(0, fences.len());
        thread::scope(|scope| {
            for _ in 0..jobs {
                let (tells, next) = (tells.clone(), &next);
                scope.spawn(move || self.work(fences, next, &tells));
            }
            drop(tells);
            for (done, (at, outcome)) in hears.iter().enumerate() {
                if let Some(place) = outcomes.get_mut(at) {
                    *place = Some(outcome);
                }
                progress(done + 1, fences.len());
            }
        });
        self.bench.clear();
        outcomes.into_iter().map(told_or_lost).collect()
    }

    /// Takes one fence after the other, until none is left.
    fn work(&self, fences: &[Fence], next: &AtomicUsize, tells: &Sender<(usize, Outcome)>) {
        while let (at, Some(fence)) = taken(fences, next) {
            let _ = tells.send((at, self.bench.outcome(fence)));
        }
    }
}

impl Outcome {
    /// The same, known from an earlier run.
    fn remembered(self) -> Self {
        match self {
            Self::Ran { stdout, .. } => Self::Ran { stdout, cached: true },
            other => other,
        }
    }
}

fn taken<'a>(fences: &'a [Fence], next: &AtomicUsize) -> (usize, Option<&'a Fence>) {
    let at = next.fetch_add(1, Ordering::Relaxed);
    (at, fences.get(at))
}

fn told_or_lost(outcome: Option<Outcome>) -> Outcome {
    outcome.unwrap_or_else(|| Outcome::Failed {
        why: "running it broke this program".to_owned(),
        mend: "run it again, and report this when it happens again".to_owned(),
        stderr: String::new(),
    })
}
