//! The inner stage: gives its rights up, one after the other, and becomes what is to run.

use std::fs;
use std::io::{Write, stdout};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rustix::process::{DumpableBehavior, Pid, Signal, WaitOptions};
use rustix::thread::{Gid, Uid};

use crate::check::run::sandbox::mounts::View;
use crate::check::run::sandbox::namespaces::Entered;
use crate::check::run::sandbox::resources::Counted;
use crate::check::run::sandbox::{
    self, Confinement, NOBODY, Protections, calls, files, mounts, namespaces, resources,
};

/// Becomes what `text` says, or starts it and returns its exit code.
pub(super) fn inside(text: &str) -> Result<u8, String> {
    let (confinement, entered): (Confinement, Entered) =
        serde_json::from_str(text).map_err(|error| error.to_string())?;
    end_with_parent();
    let _ = rustix::process::setsid();
    let protections = lock(&confinement, entered)?;
    if confinement.program.as_os_str().is_empty() {
        let told = serde_json::to_string(&protections).map_err(|error| error.to_string())?;
        return writeln!(stdout(), "{told}").map(|()| 0).map_err(|error| error.to_string());
    }
    let mut command = Command::new(&confinement.program);
    command.args(&confinement.arguments).current_dir(&confinement.folder).stdin(Stdio::null());
    if entered.apart {
        return run(command).map_err(|error| cannot_start(&confinement, &error));
    }
    Err(cannot_start(&confinement, &command.exec()))
}

fn cannot_start(confinement: &Confinement, error: &dyn std::fmt::Display) -> String {
    format!("cannot start {}: {error}", confinement.program.display())
}

/// Changing the user forgets it, so this is asked for again then.
fn end_with_parent() {
    let _ = rustix::process::set_parent_process_death_signal(Some(Signal::KILL));
}

fn lock(confinement: &Confinement, entered: Entered) -> Result<Protections, String> {
    // In the first user namespace this user is root; in the second it has its own name again.
    let is_root = rustix::process::geteuid().is_root() && !entered.user;
    let owner = is_root.then_some(NOBODY);
    let hides = entered.apart && namespaces::enter_mounts().is_ok();
    let view = hides.then(|| mounts::hide(confinement, owner)).transpose();
    let view = view.map_err(|error| format!("cannot hide the file system: {error}"))?;
    let is_counted = counted(confinement, owner, view)?;
    resources::offer();
    let powerless = entered.apart && namespaces::enter_powerless().is_ok();
    let whose = if powerless { Counted::Own } else { Counted::All };
    let limited = resources::limit(confinement, whose);
    limited.map_err(|error| format!("cannot set limits: {error}"))?;
    let mut readable = confinement.readable.clone();
    readable.push(confinement.holder.clone());
    readable.extend(view.filter(|view| view.processes).map(|_| PathBuf::from("/proc")));
    let mut writable = vec![confinement.folder.as_path()];
    writable.extend(view.map(|_| Path::new("/dev/shm")));
    Ok(Protections {
        trouble: None,
        files: files::close(&readable, &writable).unwrap_or(false),
        mounts: view.is_some(),
        processes: entered.apart,
        network: entered.apart,
        calls: calls::refuse(confinement.sockets).is_ok(),
        user: powerless,
        count: is_counted,
    })
}

/// Makes root nobody, unless the program could not be reached then. Tells whether the processes
/// of every program are counted, which those of root are not.
fn counted(
    confinement: &Confinement,
    owner: Option<u32>,
    view: Option<View>,
) -> Result<bool, String> {
    if owner.is_none() {
        return Ok(!namespaces::is_of_root());
    }
    let mut needed = confinement.readable.iter().chain([&confinement.program]);
    if view.is_some() || needed.all(|path| is_open_to_all(path)) {
        become_nobody().map_err(|error| format!("cannot become another user: {error}"))?;
    }
    Ok(view.is_some())
}

fn is_open_to_all(path: &Path) -> bool {
    let reach = |path: &Path| fs::metadata(path).is_ok_and(|it| it.permissions().mode() & 1 == 1);
    path.ancestors().skip(1).all(reach)
}

fn become_nobody() -> rustix::io::Result<()> {
    let (user, group) = (Uid::from_raw(NOBODY), Gid::from_raw(NOBODY));
    rustix::thread::set_thread_groups(&[])?;
    rustix::thread::set_thread_res_gid(group, group, group)?;
    rustix::thread::set_thread_res_uid(user, user, user)?;
    // A process that changed its user may not write its own user map otherwise.
    let _ = rustix::process::set_dumpable_behavior(DumpableBehavior::Dumpable);
    end_with_parent();
    Ok(())
}

/// Runs `command` as the first process of its namespace has to: it buries all orphans, and when
/// it ends, everything else in the namespace does.
fn run(mut command: Command) -> std::io::Result<u8> {
    let child = command.spawn()?;
    let child = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    loop {
        let Some((process, status)) = rustix::process::wait(WaitOptions::empty())? else {
            continue;
        };
        if Some(process) == child {
            return Ok(sandbox::code(status.exit_status(), status.terminating_signal()));
        }
    }
}
