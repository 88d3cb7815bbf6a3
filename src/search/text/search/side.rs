//! The segments of a large index, worked on side by side.

use std::num::NonZero;
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Threads at most; more would wait for memory.
const MOST: usize = 4;

/// Does `work` on each of `segments`, on several threads.
pub(crate) fn each<T: Send>(
    segments: &mut [T],
    work: &(dyn Fn(&mut T) -> tantivy::Result<()> + Sync),
) -> tantivy::Result<()> {
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let threads = processors.min(segments.len()).min(MOST);
    let waiting = Mutex::new(segments.iter_mut());
    let run = || -> tantivy::Result<()> {
        loop {
            let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some(segment) = next else { return Ok(()) };
            work(segment)?;
        }
    };
    thread::scope(|scope| {
        let start = |_| thread::Builder::new().spawn_scoped(scope, run).ok();
        let others: Vec<_> = (1..threads).filter_map(start).collect();
        let mut outcome = run();
        for other in others {
            match other.join() {
                Ok(done) => outcome = outcome.and(done),
                // It is caught where the search began.
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        outcome
    })
}
