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
    /// Whether it is kept: else it is in memory, and empty.
    pub is_kept: bool,
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
        let Some(folder) = &self.folder else {
            let remark = self.is_homeless.then(|| unkept("neither XDG_CACHE_HOME nor HOME is set"));
            return Ok(Opened {
                index: Arc::new(Index::in_memory(synonyms)?),
                is_kept: false,
                remark,
            });
        };
        match kept(folder, synonyms) {
            Ok((index, remark)) => Ok(Opened { index: Arc::new(index), is_kept: true, remark }),
            Err(reason) => {
                let remark = Some(unkept(&reason));
                Ok(Opened { index: Arc::new(Index::in_memory(synonyms)?), is_kept: false, remark })
            }
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
    /// Whether it holds all of `collection`, so that nothing has to be looked at.
    pub fn is_current(&self, collection: &dyn Collection) -> bool {
        self.is_kept && collection.version() != 0 && self.index.is_current(collection.version())
    }

    /// Takes over what has changed in `collection`; into memory when the kept index cannot be
    /// written.
    pub fn refresh(
        &mut self,
        collection: &dyn Collection,
        synonyms: &[Vec<String>],
        tell: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<(), IndexError> {
        let reason = match self.index.refresh(collection, tell) {
            Err(error @ IndexError::Full { .. }) => {
                self.remark = Some(format!("Without a cache folder, {error}"));
                return Ok(());
            }
            Err(IndexError::Failed(reason)) if self.is_kept => unkept(&reason),
            // Another process is making the same index; it is not waited for.
            Err(IndexError::Busy) if self.is_kept => String::new(),
            done => return done,
        };
        self.index = Arc::new(Index::in_memory(synonyms)?);
        self.is_kept = false;
        self.remark = (!reason.is_empty()).then_some(reason);
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
