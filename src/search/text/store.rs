//! An index that is kept between runs, in the cache folder, and done without where that fails.
//!
//! What is wrong with the folder is told in one line, and search goes on in memory. What is wrong
//! with an index in it is mended: the index is set aside and made anew.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::library::{Library, Provenance};
use crate::search::text::collection::Collection;
use crate::search::text::entry::hashed;
use crate::search::text::filesystem;
use crate::search::text::index::{Index, IndexError, Progress};

/// An index of up to this size is read over when it is opened, in bytes.
const READ_OVER: u64 = 32 << 20;

/// Where an index is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    /// Its folder; none when there is nowhere to keep it.
    folder: Option<PathBuf>,
    /// Whether there is no cache folder at all.
    is_homeless: bool,
}

/// An index, and what has to be said of it.
#[derive(Debug)]
pub struct Opened {
    /// The index.
    pub index: Arc<Index>,
    /// Where it is kept: else it is in memory, and empty.
    folder: Option<PathBuf>,
    /// Why it is not kept, or what was wrong with the one before.
    pub remark: Option<String>,
}

impl Store {
    /// The index of `library` below the cache folder `cache`.
    pub fn of_library(cache: Option<&Path>, library: &Library) -> Self {
        let name = match library.origin() {
            Provenance::Program(_) => Some("program".to_owned()),
            Provenance::Folder(folder) => Some(name_of(folder)),
            Provenance::Nowhere => None,
        };
        let folder = cache.zip(name).map(|(cache, name)| cache.join("search").join(name));
        Self { folder, is_homeless: cache.is_none() }
    }

    /// The index of the files in a folder, below the cache folder `cache`.
    pub fn of_folder(cache: Option<&Path>, folder: &Path) -> Self {
        let name = format!("files-{}", name_of(folder));
        let at = cache.map(|cache| cache.join("search").join(name));
        Self { folder: at, is_homeless: cache.is_none() }
    }

    /// Opens the index, in memory when it cannot be kept.
    pub fn open(&self, synonyms: &[Vec<String>]) -> Result<Opened, IndexError> {
        self.open_on(self.folder.as_deref().and_then(filesystem::number), synonyms)
    }

    /// Opens the index, which is on the file system of this number.
    fn open_on(
        &self,
        filesystem: Option<u64>,
        synonyms: &[Vec<String>],
    ) -> Result<Opened, IndexError> {
        let Some(folder) = &self.folder else {
            let reason = self.is_homeless.then_some("neither XDG_CACHE_HOME nor HOME is set");
            return Opened::in_memory(synonyms, reason);
        };
        if let Some(name) = filesystem.and_then(filesystem::network) {
            let reason = format!("{} is on a network file system, {name}", folder.display());
            return Opened::in_memory(synonyms, Some(&reason));
        }
        match kept(folder, synonyms) {
            Ok((index, remark)) => {
                let folder = Some(folder.clone());
                Ok(Opened { index: Arc::new(index), folder, remark })
            }
            Err(reason) => Opened::in_memory(synonyms, Some(&reason)),
        }
    }

    /// Puts the index aside, so that the next one is made anew.
    pub fn set_aside(&self) {
        if let Some(folder) = &self.folder {
            let _ = aside(folder);
        }
    }
}

impl Opened {
    fn in_memory(synonyms: &[Vec<String>], reason: Option<&str>) -> Result<Self, IndexError> {
        let index = Arc::new(Index::in_memory(synonyms)?);
        Ok(Self { index, folder: None, remark: reason.map(unkept) })
    }

    /// Whether it holds all of `collection`, so that nothing has to be looked at.
    pub fn is_current(&self, collection: &dyn Collection) -> bool {
        let version = collection.version();
        self.folder.is_some() && version != 0 && self.index.is_current(version)
    }

    /// Takes over what has changed in `collection`; into memory when the kept index cannot be
    /// written.
    pub fn refresh(
        &mut self,
        collection: &dyn Collection,
        synonyms: &[Vec<String>],
        tell: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<(), IndexError> {
        let reason = match (self.index.refresh(collection, tell), &self.folder) {
            (Err(error @ IndexError::Full { .. }), _) => {
                let before = self.remark.take().map_or(String::new(), |remark| remark + ", and ");
                self.remark = Some(format!("{before}{error}"));
                return Ok(());
            }
            (Err(IndexError::Failed(reason)), Some(folder)) => {
                // What could not be written must not go on filling a disk that is full.
                let _ = fs::remove_dir_all(folder);
                Some(reason)
            }
            // Another process is making the same index; it is not waited for.
            (Err(IndexError::Busy), Some(_)) => None,
            (done, _) => return done,
        };
        *self = Self::in_memory(synonyms, reason.as_deref())?;
        self.refresh(collection, synonyms, tell)
    }
}

fn unkept(reason: &str) -> String {
    format!("The search index cannot be kept ({reason}); it is made anew each time")
}

fn name_of(folder: &Path) -> String {
    let whole = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    format!("{:016x}", hashed(&whole))
}

/// The index in `folder`, made anew when it cannot be used; and what was wrong with it.
fn kept(folder: &Path, synonyms: &[Vec<String>]) -> Result<(Index, Option<String>), String> {
    let failed = |error: io::Error| error.to_string();
    fs::create_dir_all(folder).map_err(failed)?;
    let reason = match sound(folder, synonyms) {
        Ok(index) => return Ok((index, None)),
        Err(reason) => reason,
    };
    aside(folder).map_err(failed)?;
    fs::create_dir_all(folder).map_err(failed)?;
    let index = Index::in_folder(folder, synonyms).map_err(|error| error.to_string())?;
    Ok((index, Some(format!("The search index was set aside and is made anew: {reason}"))))
}

/// The index in `folder` when it can be opened and is not damaged.
fn sound(folder: &Path, synonyms: &[Vec<String>]) -> Result<Index, String> {
    let index = Index::in_folder(folder, synonyms).map_err(|error| error.to_string())?;
    if size(folder) <= READ_OVER && !index.is_whole() {
        return Err("it is damaged".to_owned());
    }
    Ok(index)
}

fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.metadata().ok()).map(|about| about.len()).sum()
}

/// Renames the folder, in the place of what was set aside before.
fn aside(folder: &Path) -> io::Result<()> {
    let place = folder.with_extension("aside");
    if place.exists() {
        fs::remove_dir_all(&place)?;
    }
    fs::rename(folder, place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_a_network_nothing_is_kept_and_one_line_says_so() {
        let cache = tempfile::tempdir().unwrap();
        let store = Store::of_folder(Some(cache.path()), Path::new("/texts"));
        for (number, name) in [(0x6969, "NFS"), (0xff53_4d42, "SMB"), (0x0102_1997, "9P")] {
            let opened = store.open_on(Some(number), &[]).unwrap();
            let remark = opened.remark.unwrap();
            assert!(remark.contains(&format!("network file system, {name}")), "{remark}");
            assert!(opened.folder.is_none() && !remark.contains('\n'));
        }
        assert_eq!(fs::read_dir(cache.path()).unwrap().count(), 0, "nothing was written");
        assert_eq!(store.open_on(Some(0xef53), &[]).unwrap().remark, None);
    }
}
