//! A process that can harm nothing: this program started again, which gives up its rights one
//! after the other and then becomes the process.
//!
//! [`supervise`] enters new namespaces, starts [`inside`] in them and stays outside; it ends all
//! of it when it is done, or when standard input closes, which is when the program that started
//! it is gone. [`inside`] hides the file system, becomes another user, sets limits, and locks
//! itself up with landlock and seccomp before it starts what is to run. Each protection that the
//! kernel refuses is left out and told in [`Protections`]; none depends on another.
//!
//! What no protection here can do: bound the memory of all processes of a fence together, or
//! its use of the processor by several processes other than by the clock.

#[cfg(target_os = "linux")]
mod calls;
#[cfg(target_os = "linux")]
mod descent;
#[cfg(target_os = "linux")]
mod files;
#[cfg(target_os = "linux")]
mod inside;
#[cfg(target_os = "linux")]
mod mounts;
#[cfg(target_os = "linux")]
mod namespaces;
mod protections;
#[cfg(target_os = "linux")]
mod resources;
#[cfg(target_os = "linux")]
mod supervise;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use protections::Protections;

/// The hidden command of this program that locks up a process.
pub(crate) const COMMAND: &str = "sandbox-exec";

/// The exit code of a sandbox that could not be built; standard error begins with [`TROUBLE`].
pub(super) const FAILED: u8 = 125;

/// What standard error begins with when it is this program that failed.
pub(super) const TROUBLE: &str = "library-tui sandbox: ";

/// The user and group that root becomes: `nobody`.
pub(super) const NOBODY: u32 = 65534;

/// What is to run, and what it may do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Confinement {
    /// The program's file; [`Protections`] are printed when it is empty.
    pub(super) program: PathBuf,
    /// Its arguments.
    pub(super) arguments: Vec<String>,
    /// The folder it starts in, the only place that it may write.
    pub(super) folder: PathBuf,
    /// The folder that is removed when nobody waits any more.
    pub(super) holder: PathBuf,
    /// Bytes that fit in `folder`, which is memory then; it is the disk's without.
    pub(super) scratch: Option<u64>,
    /// What may be read and started, beside the system.
    pub(super) readable: Vec<PathBuf>,
    /// The sockets that it may use.
    pub(super) sockets: Sockets,
    /// Whether namespaces are asked for.
    pub(super) namespaces: bool,
    /// Seconds of processor time of one process.
    pub(super) cpu: Option<u64>,
    /// Bytes of private memory of one process.
    pub(super) memory: u64,
    /// Bytes of all memory of one process.
    pub(super) address: Option<u64>,
    /// Bytes of one file.
    pub(super) file: u64,
    /// Processes and threads.
    pub(super) processes: u64,
}

/// The sockets that a process may use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Sockets {
    /// None at all, but for pairs that connect its own processes.
    #[default]
    None,
    /// Those with a name in the file system.
    Local,
}

/// Does what [`COMMAND`] is asked: `stage` is `supervise` or `inside`, `text` a
/// [`Confinement`]. The exit code is that of the process, 128 and the signal that ended it, or
/// [`FAILED`].
pub(crate) fn main(stage: &str, text: &str) -> u8 {
    #[cfg(target_os = "linux")]
    let done = match stage {
        "supervise" => supervise::supervise(text),
        "inside" => inside::inside(text),
        _ => Err(format!("no stage is called {stage}")),
    };
    #[cfg(not(target_os = "linux"))]
    let done: Result<u8, String> = {
        let _ = (stage, text);
        Err("fences are run on Linux only".to_owned())
    };
    done.unwrap_or_else(|trouble| {
        use std::io::Write;
        let _ = writeln!(std::io::stderr(), "{TROUBLE}{trouble}");
        FAILED
    })
}

/// An exit code, or 128 and the signal that came instead, as shells have it.
#[cfg(target_os = "linux")]
fn code(code: Option<i32>, signal: Option<i32>) -> u8 {
    let code = code.or(signal.map(|signal| 128 + signal));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(FAILED)
}
