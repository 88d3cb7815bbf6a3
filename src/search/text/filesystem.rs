//! Where a folder is: on a disk of this machine, or at another one.
//!
//! An index is mapped into memory and locked by its writer. Over a network both may hang or fail
//! at any time, and a page that cannot be read ends the program.

use std::path::Path;

/// File systems that are at another machine, by their numbers in Linux's `statfs`.
const NETWORKS: &[(u64, &str)] = &[
    (0x6969, "NFS"),
    (0x517b, "SMB"),
    (0xfe53_4d42, "SMB"),
    (0xff53_4d42, "SMB"),
    (0x0102_1997, "9P"),
    (0x00c3_6400, "Ceph"),
    (0x5346_414f, "AFS"),
    (0x6b41_4653, "AFS"),
    (0x7375_7245, "Coda"),
    (0x0bd0_0bd0, "Lustre"),
    (0x4750_4653, "GPFS"),
];

/// The number of the file system that a folder, or the nearest one above it that exists, is on;
/// none where the system does not say.
#[cfg(target_os = "linux")]
pub(crate) fn number(folder: &Path) -> Option<u64> {
    let known = folder.ancestors().find_map(|it| rustix::fs::statfs(it).ok())?;
    u64::try_from(known.f_type).ok()
}

/// Only Linux tells file systems apart by number.
#[cfg(not(target_os = "linux"))]
pub(crate) fn number(_folder: &Path) -> Option<u64> {
    None
}

/// What a file system of another machine is called; none for one of this machine.
pub(crate) fn network(number: u64) -> Option<&'static str> {
    NETWORKS.iter().find(|(known, _)| *known == number).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_not_there_yet_is_on_the_disk_of_the_one_above() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(number(&folder.path().join("a/b/c")), number(folder.path()));
        assert_eq!(number(folder.path()).and_then(network), None);
    }
}
