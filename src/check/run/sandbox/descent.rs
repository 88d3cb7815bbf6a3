//! Ends what a process has started, without the help of a process namespace.

use std::collections::HashMap;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitOptions};

/// A process that the kernel does not let go (stuck in a device) is left after this time.
const PATIENCE: Duration = Duration::from_secs(5);

/// Ends every process below this one. Orphans are its own, because it adopts them, so that no
/// daemon gets away; those that fork on are met again in the next round.
pub(super) fn end_all() {
    let begin = Instant::now();
    while begin.elapsed() < PATIENCE {
        let below = below(rustix::process::getpid());
        for process in &below {
            let _ = rustix::process::kill_process(*process, Signal::KILL);
        }
        while let Ok(Some(_)) = rustix::process::wait(WaitOptions::NOHANG) {}
        if below.is_empty() {
            return;
        }
        thread::sleep(Duration::from_millis(1));
    }
}

fn below(top: Pid) -> Vec<Pid> {
    let parents = parents();
    let is_below = |mut at: Pid| {
        // A chain that is read while it changes might be a ring.
        for _ in 0..parents.len() {
            match parents.get(&at) {
                Some(parent) if *parent == top => return true,
                Some(parent) => at = *parent,
                None => return false,
            }
        }
        false
    };
    parents.keys().copied().filter(|process| is_below(*process)).collect()
}

/// The parent of every process that is there.
fn parents() -> HashMap<Pid, Pid> {
    let names = fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers = names.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    numbers.filter_map(|number: i32| Some((Pid::from_raw(number)?, parent(number)?))).collect()
}

fn parent(number: i32) -> Option<Pid> {
    let stat = fs::read(format!("/proc/{number}/stat")).ok()?;
    let stat = String::from_utf8_lossy(&stat);
    // The name stands in parentheses and may contain any.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    Pid::from_raw(fields.nth(1)?.parse().ok()?)
}
