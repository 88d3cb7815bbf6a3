//! Whether content is what it says: its form, its craft, its code and its labs.
//!
//! Nothing is run here unless it is asked for, and nothing is written but the cache of what was
//! clean. A finding names the rule, the file, the line, and how to mend it.

mod craft;
mod draft;
mod fence;
mod form;
mod gather;
mod loose;
mod memory;
mod proofs;
mod ran;
mod report;
mod rules;
pub mod run;
mod score;
mod silence;

pub use gather::{Checks, gather};
pub(crate) use loose::markdown as markdown_below;
pub use memory::Memory;
pub use ran::Counts as RunCounts;
pub use report::{Report, Row};
pub use rules::{RULES, Rule, Scope, rule};

use std::ops::Range;

use crate::library::Problem;

/// Something in content that breaks a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// Where, what, and how to mend it.
    pub problem: Problem,
    /// Which part of the line, in bytes; all of it when none is given.
    pub part: Option<Range<usize>>,
    /// Why it is allowed here, when it is.
    pub silenced: Option<String>,
    /// The line itself.
    pub excerpt: String,
}

/// Why nothing could be checked.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// A path that cannot be read.
    #[error("{path}: {reason}")]
    Unreadable {
        /// The file or folder.
        path: String,
        /// Why, in the system's words.
        reason: String,
    },
    /// There is nothing to check at a path.
    #[error("{path}: no Markdown in it; name a Markdown file, or a folder with some")]
    Nothing {
        /// The file or folder.
        path: String,
    },
}
