//! New namespaces: a world of processes and networks that is the fence's own.

use std::fs;
use std::io;

use rustix::io::Errno;
use rustix::thread::UnshareFlags;
use serde::{Deserialize, Serialize};

use crate::check::run::sandbox::NOBODY;

/// What was entered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entered {
    /// New processes, networks and shared memory, for the processes that are started from now on.
    pub(super) apart: bool,
    /// A new user namespace, in which this user is root.
    pub(super) user: bool,
}

/// Enters what the kernel allows: as root without, as others through a user namespace.
pub(super) fn enter() -> Result<Entered, String> {
    let apart = UnshareFlags::NEWPID | UnshareFlags::NEWNET | UnshareFlags::NEWIPC;
    if rustix::process::geteuid().is_root() && unshare(apart).is_ok() {
        return Ok(Entered { apart: true, user: false });
    }
    let (user, group) = (rustix::process::geteuid(), rustix::process::getegid());
    if unshare(apart | UnshareFlags::NEWUSER).is_err() {
        return Ok(Entered::default());
    }
    let mapped = map((0, user.as_raw()), (0, group.as_raw()));
    mapped.map_err(|error| format!("cannot become root of a namespace: {error}"))?;
    Ok(Entered { apart: true, user: true })
}

/// Enters a mount namespace.
pub(super) fn enter_mounts() -> Result<(), Errno> {
    unshare(UnshareFlags::NEWNS)
}

/// Enters a user namespace in which this user is nobody and has, once another program is
/// started, no rights over the namespaces around it. So the name of a user shows nowhere.
pub(super) fn enter_powerless() -> io::Result<()> {
    let user = rustix::process::geteuid().as_raw();
    let group = rustix::process::getegid().as_raw();
    unshare(UnshareFlags::NEWUSER)?;
    map((NOBODY, user), (NOBODY, group))
}

/// Whether this user is root outside of its namespace too.
pub(super) fn is_of_root() -> bool {
    let map = fs::read_to_string("/proc/self/uid_map").unwrap_or_default();
    let mut fields = map.split_whitespace().filter_map(|field| field.parse::<u32>().ok());
    match (fields.next(), fields.next(), fields.next()) {
        (Some(0), Some(outside), Some(1)) => outside == 0,
        _ => rustix::process::geteuid().is_root(),
    }
}

fn map(user: (u32, u32), group: (u32, u32)) -> io::Result<()> {
    // The kernel wants this before an unprivileged group map; old ones do not have it.
    let _ = fs::write("/proc/self/setgroups", "deny");
    fs::write("/proc/self/uid_map", format!("{} {} 1", user.0, user.1))?;
    fs::write("/proc/self/gid_map", format!("{} {} 1", group.0, group.1))
}

#[expect(deprecated, reason = "what makes it unsafe, parting file descriptors, is not asked for")]
fn unshare(flags: UnshareFlags) -> Result<(), Errno> {
    rustix::thread::unshare(flags)
}
