//! Displayed formulas in their source form, centred where they fit.

use crate::layout::flow::Flow;
use crate::layout::{Line, Role, Span, prose};
use crate::text::{self, Safe};

/// The rows of a formula.
pub(super) fn rows(formula: &Safe, width: usize) -> Vec<Line> {
    let widest = formula.lines().map(|line| text::width(line.trim_end())).max().unwrap_or(0);
    let mut rows = prose::rows(&Flow::plain(formula, Role::Math), width);
    if widest < width {
        let space = Safe::repeat(" ", (width - widest) / 2);
        for row in rows.iter_mut().filter(|row| !row.spans.is_empty() && !space.is_empty()) {
            row.spans.insert(0, Span::ornament(space.clone(), Role::Text));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use crate::layout::tests::shown;

    #[test]
    fn a_formula_is_centred_as_a_whole_or_wrapped() {
        assert_eq!(shown("$$\na = b\n= c\n$$", 15), "     a = b\n     = c\n");
        assert_eq!(shown("$$aaaa + bbbb$$", 6), "aaaa +\nbbbb\n");
    }
}
