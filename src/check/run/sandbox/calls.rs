//! Seccomp: calls to the kernel that no fence needs.

use std::collections::BTreeMap;

use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition,
    SeccompFilter, SeccompRule, TargetArch,
};

use crate::check::run::sandbox::Sockets;

/// Refused whatever their arguments are.
const REFUSED: &[i64] = &[
    libc::SYS_acct,
    libc::SYS_add_key,
    libc::SYS_bpf,
    libc::SYS_chroot,
    libc::SYS_clock_settime,
    libc::SYS_fsmount,
    libc::SYS_fsopen,
    libc::SYS_keyctl,
    libc::SYS_mount,
    libc::SYS_move_mount,
    libc::SYS_open_by_handle_at,
    libc::SYS_open_tree,
    libc::SYS_perf_event_open,
    libc::SYS_pivot_root,
    libc::SYS_process_vm_writev,
    libc::SYS_ptrace,
    libc::SYS_request_key,
    libc::SYS_setns,
    libc::SYS_syslog,
    libc::SYS_umount2,
    libc::SYS_unshare,
    libc::SYS_userfaultfd,
];

/// Said not to exist, so that programs fall back on calls that can be filtered.
const UNKNOWN: &[i64] = &[libc::SYS_clone3, libc::SYS_io_uring_setup];

/// Refuses them, and `sockets`, to this process and all that it starts.
pub(super) fn refuse(sockets: Sockets) -> Result<(), String> {
    let refused = refused(sockets).map_err(|error| error.to_string())?;
    install(refused, libc::EPERM)?;
    install(UNKNOWN.iter().map(|call| (*call, vec![])).collect(), libc::ENOSYS)
}

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

fn refused(sockets: Sockets) -> Result<Rules, BackendError> {
    let mut rules: Rules = REFUSED.iter().map(|call| (*call, vec![])).collect();
    let family = || {
        let local = u64::from(libc::AF_UNIX.unsigned_abs());
        SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, local)
    };
    let socket = match sockets {
        Sockets::None => vec![],
        Sockets::Local => vec![SeccompRule::new(vec![family()?])?],
    };
    rules.insert(libc::SYS_socket, socket);
    let new_user = u64::from(libc::CLONE_NEWUSER.unsigned_abs());
    let asked = SeccompCmpOp::MaskedEq(new_user);
    let clone = SeccompCondition::new(0, SeccompCmpArgLen::Qword, asked, new_user)?;
    rules.insert(libc::SYS_clone, vec![SeccompRule::new(vec![clone])?]);
    Ok(rules)
}

fn install(rules: Rules, error: i32) -> Result<(), String> {
    let architecture: TargetArch = architecture().ok_or("seccomp is unknown here")?;
    let answer = SeccompAction::Errno(error.unsigned_abs());
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, answer, architecture);
    let program: BpfProgram =
        filter.and_then(BpfProgram::try_from).map_err(|error| error.to_string())?;
    seccompiler::apply_filter(&program).map_err(|error| error.to_string())
}

fn architecture() -> Option<TargetArch> {
    if cfg!(target_arch = "x86_64") {
        Some(TargetArch::x86_64)
    } else if cfg!(target_arch = "aarch64") {
        Some(TargetArch::aarch64)
    } else if cfg!(target_arch = "riscv64") {
        Some(TargetArch::riscv64)
    } else {
        None
    }
}
