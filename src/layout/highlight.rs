//! Code in colours, found after the first drawing.

use std::ops::Range;

use crate::document::Code;
use crate::layout::Role;

/// The parts of the code that mean something, in order.
pub fn highlight(
    code: &Code,
    keep_going: &mut dyn FnMut() -> bool,
) -> Option<Vec<(Range<usize>, Role)>> {
    let _ = code;
    keep_going().then(Vec::new)
}
