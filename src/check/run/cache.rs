//! What ran well, remembered by a hash of all that it depends on.
//!
//! An entry is one small file: a line with the hash of the rest, and what was printed. It is
//! written whole or not at all, and one that does not fit its hash is none. Failures are not
//! remembered: the next machine, or the next hour, may have the time that was lacking.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Raised when what a fence prints may change for a reason of ours.
const PROTOCOL: &str = "library-tui run 1";

/// Results in a folder.
#[derive(Debug)]
pub(super) struct Cache {
    folder: Option<PathBuf>,
}

/// What names a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key(String);

impl Key {
    /// The key of what depends on `parts`, and on them alone.
    pub(super) fn of(parts: &[&str]) -> Self {
        let mut hash = Sha256::new();
        for part in [PROTOCOL].iter().chain(parts) {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
        Self(hex(&hash.finalize()))
    }
}

impl Cache {
    /// Results in `folder`, which is made when there is one to remember.
    pub(super) fn new(folder: Option<&Path>) -> Self {
        Self { folder: folder.map(Path::to_owned) }
    }

    /// What is remembered.
    pub(super) fn find(&self, key: &Key) -> Option<String> {
        let entry = fs::read_to_string(self.folder.as_ref()?.join(&key.0)).ok()?;
        let (hash, text) = entry.split_once('\n')?;
        (hash == digest(text)).then(|| text.to_owned())
    }

    /// Remembers `text`. A folder that cannot be written costs time, and nothing else.
    pub(super) fn keep(&self, key: &Key, text: &str) {
        let Some(folder) = &self.folder else {
            return;
        };
        let written = || -> std::io::Result<()> {
            fs::create_dir_all(folder)?;
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            write!(file, "{}\n{text}", digest(text))?;
            file.persist(folder.join(&key.0))?;
            Ok(())
        };
        let _ = written();
    }
}

fn digest(text: &str) -> String {
    hex(&Sha256::digest(text))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_is_found_by_all_that_it_depends_on() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(Some(&folder.path().join("runs")));
        let key = Key::of(&["python", "run", "print(1)"]);
        assert_eq!(cache.find(&key), None);
        cache.keep(&key, "1\n\n\u{e9}");
        assert_eq!(cache.find(&key).as_deref(), Some("1\n\n\u{e9}"));
        for other in [["python", "run", "print(2)"], ["python", "runprint(1)", ""]] {
            assert_eq!(cache.find(&Key::of(&other)), None);
        }
        assert_eq!(fs::read_dir(folder.path().join("runs")).unwrap().count(), 1);
    }

    #[test]
    fn a_damaged_entry_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(Some(folder.path()));
        let key = Key::of(&["x"]);
        cache.keep(&key, "printed\n");
        let file = folder.path().join(&key.0);
        let entry = fs::read_to_string(&file).unwrap();
        for damaged in ["", "\n", entry.trim_end(), &entry.replace("printed", "Printed")] {
            fs::write(&file, damaged).unwrap();
            assert_eq!(cache.find(&key), None, "{damaged:?}");
        }
        fs::write(&file, b"\xff").unwrap();
        assert_eq!(cache.find(&key), None);
    }

    #[test]
    fn nothing_is_remembered_without_a_folder() {
        let cache = Cache::new(None);
        cache.keep(&Key::of(&["x"]), "1");
        assert_eq!(cache.find(&Key::of(&["x"])), None);
    }
}
