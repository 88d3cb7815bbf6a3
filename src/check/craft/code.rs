//! Code: that most of it ran, and that it can be read.

use crate::check::Finding;
use crate::check::draft::Draft;
use crate::check::fence::{Fence, Role};
use crate::check::rules;

/// The most lines of a block.
const LINES: usize = 45;

/// The share of code that is run or compiled, in per cent.
const SHARE: usize = 60;

/// Reports code that did not run, or is long.
pub(crate) fn code(draft: &Draft, found: &mut Vec<Finding>) {
    let fences: Vec<&Fence> = draft.fences.iter().filter(|fence| fence.is_code()).collect();
    let proven = |fence: &&&Fence| matches!(fence.role(), Role::Run | Role::Compile);
    let (all, proven) = (fences.len(), fences.iter().filter(proven).count());
    let first = fences.first().map_or(1, |fence| fence.line);
    if all > 0 && proven * 100 < all * SHARE {
        let message = format!("{proven} of {all} blocks of code are run or compiled");
        found.push(draft.finding(&rules::RUN_SHARE, first, message));
    }
    let pairs = draft.fences.iter().zip(draft.fences.iter().skip(1));
    let mut shown =
        pairs.filter(|(run, next)| run.role() == Role::Run && next.role() == Role::Result);
    if shown.next().is_none() {
        let message = "no block of code is run with its output shown".to_owned();
        found.push(draft.finding(&rules::RUN_SHARE, first, message));
    }
    for fence in fences.iter().filter(|fence| fence.lines > LINES) {
        let message = format!("{} lines of code, of {LINES} at most", fence.lines);
        found.push(draft.finding(&rules::CODE_LENGTH, fence.line, message));
    }
}
