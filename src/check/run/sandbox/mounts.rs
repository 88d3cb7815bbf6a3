//! A view of the file system without the places where people keep things.

use std::ffi::CString;
use std::fs;
use std::io;
use std::os::fd::AsRawFd;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};
use rustix::mount::{MountFlags, MountPropagationFlags};

use crate::check::run::sandbox::Confinement;

/// Folders that are shown empty, except for what is to be read in them.
const COVERED: &[&str] =
    &["/home", "/root", "/tmp", "/run", "/var", "/srv", "/mnt", "/media", "/boot"];

/// Bytes of shared memory, which is what semaphores are made of.
const SHARED: u64 = 16 << 20;

/// The view that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct View {
    /// Whether `/proc` shows the processes of the fence, and no others.
    pub(super) processes: bool,
}

/// Changes the view of this process; it is in a mount namespace of its own already. `owner`
/// owns what is writable.
pub(super) fn hide(confinement: &Confinement, owner: Option<u32>) -> io::Result<View> {
    rustix::mount::mount_change("/", MountPropagationFlags::PRIVATE | MountPropagationFlags::REC)?;
    let kept = outermost(&confinement.readable, &[&confinement.holder, &confinement.folder]);
    for folder in COVERED.iter().map(Path::new) {
        if fs::symlink_metadata(folder).is_ok_and(|found| found.is_dir()) {
            cover(folder, &kept)?;
        }
    }
    let owner = owner.map(|id| format!(",uid={id},gid={id}")).unwrap_or_default();
    if let Some(size) = confinement.scratch {
        memory(&confinement.folder, &format!("mode=0755,size={size}{owner}"))?;
    }
    memory(Path::new("/dev/shm"), &format!("mode=1777,size={SHARED}"))?;
    let flags = MountFlags::NOSUID | MountFlags::NODEV | MountFlags::NOEXEC;
    let processes = rustix::mount::mount("proc", "/proc", "proc", flags, None).is_ok();
    Ok(View { processes })
}

/// What is not within another of these.
fn outermost(paths: &[PathBuf], more: &[&PathBuf]) -> Vec<PathBuf> {
    let all: Vec<_> = paths.iter().chain(more.iter().copied()).cloned().collect();
    let within = |path: &Path| all.iter().any(|other| path != other && path.starts_with(other));
    let mut kept: Vec<_> = all.iter().filter(|path| !within(path)).cloned().collect();
    kept.sort();
    kept.dedup();
    kept
}

fn cover(folder: &Path, kept: &[PathBuf]) -> io::Result<()> {
    if kept.iter().any(|path| folder.starts_with(path)) {
        return Ok(());
    }
    let mut held: Vec<(&Path, OwnedFd, bool)> = vec![];
    for path in kept.iter().filter(|path| path.starts_with(folder)) {
        let flags = OFlags::PATH | OFlags::CLOEXEC;
        if let Ok(file) = rustix::fs::open(path, flags, Mode::empty()) {
            held.push((path, file, path.is_dir()));
        }
    }
    memory(folder, "mode=0755,size=1m")?;
    for (path, file, is_folder) in held {
        if is_folder {
            fs::create_dir_all(path)?;
        } else {
            fs::create_dir_all(path.parent().unwrap_or(folder))?;
            fs::write(path, "")?;
        }
        // What is covered has no name any more but this one.
        let source = format!("/proc/self/fd/{}", file.as_raw_fd());
        rustix::mount::mount_bind_recursive(&source, path)?;
    }
    Ok(())
}

fn memory(folder: &Path, options: &str) -> io::Result<()> {
    let options = CString::new(options)?;
    let flags = MountFlags::NOSUID | MountFlags::NODEV;
    Ok(rustix::mount::mount("tmpfs", folder, "tmpfs", flags, options.as_c_str())?)
}
