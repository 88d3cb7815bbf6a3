//! Hands a lab over: to a browser, or as a file that only its reader may read.

mod browser;
mod page;

pub(crate) use browser::OPEN_COMMAND;
pub use browser::{open, open_and_wait, open_here};
pub use page::{Exported, export_lab, keep_lab};

use std::io;
use std::path::PathBuf;

/// A lab that cannot be handed over.
#[derive(Debug, thiserror::Error)]
pub enum HandOffError {
    /// The page cannot be written.
    #[error("cannot write {path}: {reason}; set XDG_RUNTIME_DIR or TMPDIR to a folder of yours")]
    Unwritable {
        /// The folder or the file.
        path: PathBuf,
        /// Why, in the system's words.
        reason: io::Error,
    },
    /// No browser can be started.
    #[error("no browser could be started ({0}); set BROWSER to one, or give --browser")]
    NoBrowser(String),
    /// Not an address that a browser is asked to open.
    #[error("`{address}` is not opened: only http, https and mailto are")]
    Refused {
        /// What was to be opened.
        address: String,
    },
}
