//! Craft: how well an article is written, as far as a machine can tell.
//!
//! The bounds are those of the editorial guide, measured over texts that are read with pleasure.

mod acronyms;
mod argument;
mod code;
mod numbers;
mod overlap;
mod shape;
mod sources;
mod words;

pub(crate) use argument::clean;
pub(crate) use overlap::overlap;

use crate::check::Finding;
use crate::check::craft::argument::Argument;
use crate::check::draft::Draft;

/// What is counted of an article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Words of its argument: prose and tables, up to the questions.
    pub(crate) words: usize,
    /// Fences that are run.
    pub(crate) runs: usize,
    /// Footnotes.
    pub(crate) sources: usize,
}

/// Applies every rule that looks at one article alone.
pub(crate) fn article(draft: &Draft, found: &mut Vec<Finding>) -> Counts {
    let argument = Argument::of(draft);
    shape::opening(draft, &argument, found);
    shape::concrete(draft, &argument, found);
    shape::length(draft, &argument, found);
    shape::headings(draft, &argument, found);
    shape::recall(draft, found);
    words::sentences(draft, &argument, found);
    words::paragraphs(draft, &argument, found);
    words::banned(draft, found);
    code::code(draft, found);
    sources::sources(draft, found);
    numbers::provenance(draft, &argument, found);
    acronyms::acronyms(draft, &argument, found);
    let runs = draft.fences.iter().filter(|it| it.role() == crate::check::fence::Role::Run);
    Counts { words: argument.words, runs: runs.count(), sources: draft.document.footnotes.len() }
}
