//! The folder of one fence, which goes when it does.

use std::fs;
use std::io;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::check::run::sandbox::NOBODY;

/// A folder that is removed when this is dropped, whatever is in it.
#[derive(Debug)]
pub(super) struct Room {
    folder: TempDir,
    path: PathBuf,
}

impl Room {
    /// A new one within `parent`.
    pub(super) fn new(parent: &Path) -> io::Result<Self> {
        // Who runs as another user has to get in; there is nothing secret in it.
        let open = fs::Permissions::from_mode(0o755);
        let mut builder = tempfile::Builder::new();
        let folder = builder.prefix("library-run-").permissions(open).tempdir_in(parent)?;
        let path = fs::canonicalize(folder.path())?;
        Ok(Self { folder, path })
    }

    /// Its path, without links.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a file that the fence may read.
    pub(super) fn write(&self, name: &str, text: &str) -> io::Result<()> {
        fs::write(self.folder.path().join(name), text)
    }

    /// Makes a folder that belongs to whom the fence runs as.
    pub(super) fn add(&self, name: &str) -> io::Result<PathBuf> {
        let folder = self.path.join(name);
        fs::create_dir(&folder)?;
        if rustix::process::geteuid().is_root() {
            chown(&folder, Some(NOBODY), Some(NOBODY))?;
        }
        Ok(folder)
    }

    /// What a process said, without the name of this folder, which is another every time.
    pub(super) fn unnamed(&self, said: &[u8]) -> String {
        let said = String::from_utf8_lossy(said);
        let path = self.path.display();
        let said = said.replace(&format!("{path}/work/../"), "");
        said.replace(&format!("{path}/"), "").replace("../main.", "main.")
    }
}
