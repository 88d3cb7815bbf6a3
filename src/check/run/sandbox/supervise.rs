//! The outer stage: new namespaces, one child in them, and an end to everything.

use std::fs;
use std::io::stdin;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};

use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::process::{Pid, PidfdFlags};

use crate::check::run::sandbox::namespaces::Entered;
use crate::check::run::sandbox::{self, COMMAND, Confinement, descent, namespaces};

/// How often a child is looked after that the kernel has no handle for.
const PAUSE: Timespec = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };

/// Runs what `text` says and returns its exit code. Nothing of it is left afterwards; when
/// standard input closes, it is ended early and its folder removed.
pub(super) fn supervise(text: &str) -> Result<u8, String> {
    let confinement: Confinement = serde_json::from_str(text).map_err(|it| it.to_string())?;
    // The terminal's signals are for the program that started this one, which then closes
    // standard input.
    let _ = rustix::process::setsid();
    let entered = if confinement.namespaces { namespaces::enter()? } else { Entered::default() };
    let _ = rustix::process::set_child_subreaper(Some(rustix::process::getpid()));
    let told = serde_json::to_string(&(&confinement, entered)).map_err(|it| it.to_string())?;
    let child = Command::new("/proc/self/exe")
        .args([COMMAND, "inside", &told])
        .stdin(Stdio::null())
        .spawn()
        .map_err(|error| format!("cannot start again: {error}"))?;
    let ended = wait(child).map_err(|error| error.to_string())?;
    if !entered.apart {
        descent::end_all();
    }
    let Some(status) = ended else {
        // It may be gone already.
        let _ = fs::remove_dir_all(&confinement.holder);
        return Ok(0);
    };
    Ok(sandbox::code(status.code(), status.signal()))
}

/// How the child ended; nothing when nobody waits any more.
fn wait(mut child: Child) -> std::io::Result<Option<ExitStatus>> {
    let process = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let handle = process.and_then(|it| rustix::process::pidfd_open(it, PidfdFlags::empty()).ok());
    let input = stdin();
    loop {
        let mut sources = vec![PollFd::new(&input, PollFlags::IN)];
        sources.extend(handle.iter().map(|handle| PollFd::new(handle, PollFlags::IN)));
        let pause = if handle.is_some() { None } else { Some(&PAUSE) };
        let _ = rustix::event::poll(&mut sources, pause);
        let is_alone = sources.first().is_some_and(|it| !it.revents().is_empty());
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if is_alone {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
    }
}
