//! Full text: every section of every article, ranked, with the words that were found.
//!
//! The index is tantivy's; how words are told apart, weighed and summed is ours. [`Index`] is an
//! index, [`Store`] keeps one in the cache folder, [`Collection`] is what is indexed.

mod collection;
mod entry;
mod fill;
mod filesystem;
mod folder;
mod index;
mod marks;
mod schema;
mod search;
mod section;
mod sheet;
mod snippet;
mod store;
mod terms;

pub use collection::{Collection, LibraryTexts, Listed};
pub use entry::{Entry, Key};
pub use folder::FolderTexts;
pub use index::{Index, IndexError, Progress};
pub use marks::{Mark, Marks};
pub use snippet::Snippet;
pub use store::{Opened, Store};

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The query, as it was typed.
    pub query: String,
    /// The category that alone is searched, by its slug.
    pub category: Option<String>,
    /// The kind of text that alone is searched: `article`, `lab`, `file`.
    pub kind: Option<&'static str>,
    /// How many hits are wanted at most.
    pub limit: usize,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// The hits, the best first.
    pub hits: Vec<Hit>,
    /// How many sections there are, those beyond the limit included.
    pub total: usize,
    /// Whether nothing has all the words, and the hits have most of them.
    pub is_partial: bool,
    /// What to mark in the texts that were found.
    pub marks: Marks,
    /// Words that are nowhere, and those looked for in their place.
    pub corrected: Vec<(String, String)>,
}

/// A section that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Where it is.
    pub place: Place,
    /// The title of its text. Not yet safe for a terminal, as everything the index gives back.
    pub title: String,
    /// The headings around it and its own, outermost first.
    pub path: Vec<String>,
    /// The words that show why it was found.
    pub snippet: Snippet,
    /// How well it fits; comparable within one answer.
    pub score: f32,
}

/// Where a section is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The text.
    pub key: Key,
    /// The anchor of its heading; none before the first one.
    pub anchor: Option<String>,
    /// How many blocks after its heading it begins.
    pub block: usize,
}
