//! Where the texts of a library come from.

use std::fmt;

/// A text of the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Text {
    /// The Markdown of an article: an index into [`Catalog::articles`].
    Article(usize),
    /// The HTML of a lab: an index into [`Catalog::labs`].
    Lab(usize),
}

/// Where texts come from.
pub trait Source: fmt::Debug + Send + Sync {
    /// The text, whole.
    fn text(&self, text: Text) -> Result<String, SourceError>;
}

/// A text that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The file is gone or unreadable.
    #[error("{path}: {reason}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why, in the system's words.
        reason: String,
    },
    /// The embedded archive does not hold it.
    #[error("{name}: not in the embedded library; the program is damaged, install it again")]
    Damaged {
        /// What was asked for.
        name: String,
    },
}
