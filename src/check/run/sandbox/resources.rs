//! Limits on what one process, or one user, may use up.

use std::fs;
use std::os::unix::fs::MetadataExt;

use rustix::process::{Resource, Rlimit};

use crate::check::run::sandbox::Confinement;

/// Files that a process may have open.
const OPEN: u64 = 256;

/// Since this version of Linux processes are counted for each user namespace.
const COUNTED_APART: (u32, u32) = (5, 14);

/// Whose processes the kernel counts as those of a fence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    /// Those in its own user namespace.
    Own,
    /// All of its user.
    All,
}

/// Sets the limits of this process and all that it starts.
pub(super) fn limit(confinement: &Confinement, counted: Counted) -> rustix::io::Result<()> {
    if let Some(seconds) = confinement.cpu {
        let hard = Rlimit { current: Some(seconds), maximum: Some(seconds + 1) };
        rustix::process::setrlimit(Resource::Cpu, hard)?;
    }
    let others = if counted == Counted::Own && kernel() >= COUNTED_APART { 1 } else { running() };
    set(Resource::Nproc, confinement.processes.saturating_add(others))?;
    set(Resource::Data, confinement.memory)?;
    if let Some(bytes) = confinement.address {
        set(Resource::As, bytes)?;
    }
    set(Resource::Fsize, confinement.file)?;
    set(Resource::Nofile, OPEN)?;
    set(Resource::Core, 0)
}

/// Asks the kernel to end this process before all others when memory runs out.
pub(super) fn offer() {
    let _ = fs::write("/proc/self/oom_score_adj", "1000");
}

/// Sets a limit, or leaves a stricter one.
fn set(resource: Resource, limit: u64) -> rustix::io::Result<()> {
    let most = rustix::process::getrlimit(resource).maximum.unwrap_or(u64::MAX);
    let limit = Some(limit.min(most));
    rustix::process::setrlimit(resource, Rlimit { current: limit, maximum: limit })
}

fn kernel() -> (u32, u32) {
    let name = rustix::system::uname();
    let release = name.release().to_string_lossy();
    let mut numbers = release.split(|c: char| !c.is_ascii_digit()).map_while(|it| it.parse().ok());
    (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default())
}

/// Processes and threads of this user.
fn running() -> u64 {
    let user = rustix::process::geteuid().as_raw();
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let own = processes.filter(|it| it.metadata().is_ok_and(|found| found.uid() == user));
    let threads = own.map(|it| fs::read_dir(it.path().join("task")).map_or(0, Iterator::count));
    threads.sum::<usize>() as u64
}
