//! What locks fences up on this kernel, in words.

use std::fmt::{self, Display, Formatter};

use serde::{Deserialize, Serialize};

/// Which protections are active.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "one for each protection, told one by one")]
pub struct Protections {
    /// Why nothing can be locked up at all, so that nothing runs.
    pub trouble: Option<String>,
    /// Landlock: files outside of the fence's folder cannot be written, those of people not read.
    pub files: bool,
    /// A mount namespace: they cannot even be seen, and the folder is memory with a bound.
    pub mounts: bool,
    /// A process namespace: everything that a fence starts ends with it.
    pub processes: bool,
    /// A network namespace without any network in it.
    pub network: bool,
    /// Seccomp: no sockets, and none of the kernel's doors that no fence needs.
    pub calls: bool,
    /// A user namespace without rights, in which processes are counted for each fence.
    pub user: bool,
    /// Whether the number of processes is limited, which it is not for root.
    pub count: bool,
}

impl Protections {
    /// Each protection in a few words, and whether it is active.
    pub fn list(&self) -> Vec<(&'static str, bool)> {
        vec![
            ("limits on time, memory, output and files", self.trouble.is_none()),
            ("a limit on the number of processes", self.count),
            ("files closed by landlock", self.files),
            ("files hidden by a mount namespace", self.mounts),
            ("processes ended by a process namespace", self.processes),
            ("no network by a network namespace", self.network),
            ("no sockets by seccomp", self.calls),
            ("no rights by a user namespace", self.user),
        ]
    }

    /// Whether a fence can reach a network.
    pub fn is_offline(&self) -> bool {
        self.network || self.calls
    }
}

impl Display for Protections {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let named = |wanted: bool| {
            let list = self.list();
            let names = list.iter().filter(|(_, active)| *active == wanted).map(|(name, _)| *name);
            names.collect::<Vec<_>>().join(", ")
        };
        write!(f, "active: {}", named(true))?;
        let missing = named(false);
        if !missing.is_empty() {
            write!(f, "; not on this system: {missing}")?;
        }
        self.trouble.as_ref().map_or(Ok(()), |trouble| write!(f, " ({trouble})"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_active_and_what_is_not_is_told_in_words() {
        let some = Protections { files: true, count: true, ..Protections::default() };
        assert_eq!(
            some.to_string(),
            "active: limits on time, memory, output and files, a limit on the number of \
             processes, files closed by landlock; not on this system: files hidden by a mount \
             namespace, processes ended by a process namespace, no network by a network \
             namespace, no sockets by seccomp, no rights by a user namespace"
        );
        assert!(!some.is_offline());
    }
}
