//! The library: categories, articles and labs, and where their texts come from.
//!
//! A [`Library`] is known whole from the start (titles, summaries, headings); the text of an
//! article or a lab is fetched when it is opened.

mod archive;
mod catalog;
mod compose;
mod directory;
mod draft;
mod embedded;
mod files;
mod format;
mod links;
mod near;
mod source;

pub use catalog::{Article, Catalog, Category, Lab, Related, Section};
pub use compose::own;
pub use draft::{DraftError, begin_article};
pub(crate) use files::canonical;
pub(crate) use format::is_kebab;
pub use format::{About, Problem};
pub(crate) use format::{Origin, Reading};
pub(crate) use links::decode;
pub use links::{Destination, beside, resolve};
pub use near::nearest;
pub use source::{Source, SourceError, Text};

use std::path::{Path, PathBuf};

use crate::library::format::Root;

/// Categories, articles and labs, in reading order.
#[derive(Debug)]
pub struct Library {
    /// What is known without opening a text.
    pub catalog: Catalog,
    source: Box<dyn Source>,
    origin: Provenance,
    /// The folder that it was read from, when that is not the program's own.
    foreign: Option<PathBuf>,
    /// The same folder by its canonical path.
    root: Option<PathBuf>,
}

/// Where a library comes from, for what is kept of it between runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Provenance {
    /// The program, which holds this content.
    Program(u64),
    /// A folder, whose files may change.
    Folder(PathBuf),
    /// Somewhere that is gone with this process.
    #[default]
    Nowhere,
}

impl Library {
    /// A library of `catalog`, whose texts come from `source`.
    pub fn new(catalog: Catalog, source: Box<dyn Source>) -> Self {
        Self { catalog, source, origin: Provenance::Nowhere, foreign: None, root: None }
    }

    /// The same library, which comes from `origin`.
    pub(crate) fn with_origin(self, origin: Provenance) -> Self {
        Self { origin, ..self }
    }

    /// Where it comes from.
    pub fn origin(&self) -> &Provenance {
        &self.origin
    }

    /// A number that changes with the library's content; 0 when that is not known without
    /// reading it.
    pub fn fingerprint(&self) -> u64 {
        match self.origin {
            Provenance::Program(fingerprint) => fingerprint,
            Provenance::Folder(_) | Provenance::Nowhere => 0,
        }
    }

    /// The library to read: the one in the folder `content` when one is given, otherwise the one
    /// in the program.
    ///
    /// A debug build reads the folder that it was built from as long as it is there, so that an
    /// edited article shows without building again.
    pub fn open(content: Option<&Path>) -> Result<Self, SourceError> {
        let own = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/content"));
        match content {
            Some(folder) => {
                let library = directory::open(folder)?;
                let is_own = cfg!(debug_assertions) && files::are_one(folder, own);
                let foreign = (!is_own).then(|| folder.to_path_buf());
                let root = foreign.as_deref().map(files::canonical);
                Ok(Self { foreign, root, ..library })
            }
            None if cfg!(debug_assertions) && own.is_dir() => directory::open(own),
            None => Self::embedded(),
        }
    }

    /// The library in the program.
    pub fn embedded() -> Result<Self, SourceError> {
        embedded::open()
    }

    /// The folder that it was read from, when its labs are not those that came with the program:
    /// nobody looked at their scripts.
    pub fn foreign(&self) -> Option<&Path> {
        self.foreign.as_deref()
    }

    /// The file of an article by its canonical path, unless it came with the program.
    pub fn file_of(&self, article: usize) -> Option<PathBuf> {
        let article = self.catalog.articles.get(article)?;
        let category = self.catalog.categories.get(article.category)?;
        Some(self.root.as_ref()?.join(&category.slug).join(format!("{}.md", article.slug)))
    }

    /// The Markdown of an article, front matter included, or the HTML of a lab.
    pub fn text(&self, text: Text) -> Result<String, SourceError> {
        self.source.text(text)
    }
}

/// The mistakes in the library in the folder `content`, by file and line.
pub fn check(content: &Path) -> Vec<Problem> {
    directory::read(content).problems
}

/// Everything in the library in the folder `content`, mistakes included.
pub(crate) fn read(content: &Path) -> Reading {
    directory::read(content)
}

/// Where a lab of the library in the folder `content` is.
pub(crate) fn lab_path(content: &Path, lab: &Origin) -> PathBuf {
    files::Folders::new(content).path(Root::Labs, &lab.path)
}

/// The library in the folder `content` as the archive that a build puts into the program.
pub fn pack(content: &Path) -> Vec<u8> {
    archive::pack(&directory::read(content))
}
