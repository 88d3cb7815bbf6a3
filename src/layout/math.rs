//! Displayed formulas: drawn where they fit, on one line that wraps where they do not, and in
//! their source where they cannot be read or the terminal has only ASCII.

use crate::document::{MarkKind, Prose};
use crate::layout::flow::Flow;
use crate::layout::{Line, Measure, Role, Span, prose};
use crate::math::Formula;
use crate::text::{self, Safe};

/// The rows of a formula.
pub(super) fn rows(formula: &Safe, measure: Measure) -> Vec<Line> {
    let width = measure.width;
    let known = if measure.ascii { None } else { Formula::read(formula).ok() };
    let Some(known) = known else { return source(formula, width) };
    let drawn = known.rows(width).unwrap_or_else(|| {
        let mut flow = Flow::default();
        flow.ornament(&known.line(), Role::Math);
        let rows = prose::rows(&flow, width);
        rows.iter()
            .map(|row| row.spans.iter().fold(Safe::default(), |line, it| line.then(&it.text)))
            .collect()
    });
    let widest = drawn.iter().map(|row| text::width(row)).max().unwrap_or(0);
    let space = Safe::repeat(" ", width.saturating_sub(widest) / 2);
    let count = drawn.len().max(1);
    let line = |(at, row): (usize, Safe)| {
        let mut spans =
            vec![Span::ornament(space.clone(), Role::Text), Span::ornament(row, Role::Math)];
        spans.retain(|span| !span.text.is_empty());
        Line { spans, start: text::whole(formula, formula.len() * at / count) }
    };
    drawn.into_iter().enumerate().map(line).collect()
}

/// A formula in running text, on one line; None when it is shown in its source. Short ones
/// are not broken.
pub(super) fn inline(source: &str, measure: Measure) -> Option<Safe> {
    let line = if measure.ascii { None } else { formula(source) }?;
    let whole = text::width(&line) <= WHOLE;
    Some(if whole { Safe::line(&line.replace(' ', "\u{a0}")) } else { line })
}

/// What a prose says on one line, its formulas set as Unicode has them; what cannot be read
/// stays in its source.
pub fn line(prose: &Prose) -> Safe {
    let mut line = Safe::default();
    let mut done = 0;
    for mark in prose.marks.iter().filter(|mark| mark.kind == MarkKind::Math) {
        let source = prose.text.get(mark.range.clone()).unwrap_or_default();
        let Some(formula) = formula(source) else { continue };
        line.push(&prose.text.slice(done..mark.range.start.max(done)));
        line.push(&formula);
        done = mark.range.end;
    }
    line.push(&prose.text.slice(done..prose.text.len()));
    line
}

/// A formula on one line, with or without its dollar signs; None when it cannot be read.
pub fn formula(source: &str) -> Option<Safe> {
    Some(Formula::read(source.trim_matches('$')).ok()?.line())
}

/// Cells up to which a formula stays on one row.
const WHOLE: usize = 24;

fn source(formula: &Safe, width: usize) -> Vec<Line> {
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
    use crate::document::{BlockKind, parse};
    use crate::layout::Measure;
    use crate::layout::math::line;
    use crate::layout::tests::{page, roles, shown};

    #[test]
    fn a_formula_is_drawn_in_the_middle() {
        assert_eq!(shown("$$\n\\frac{a}{b}\n$$", 9), "    a\n   ───\n    b\n");
    }

    #[test]
    fn a_formula_that_is_too_wide_is_broken_before_its_relations_or_set_on_lines() {
        assert_eq!(shown("$$aaaa + bbbb = cccc$$", 12), "aaaa + bbbb\n    = cccc\n");
        assert_eq!(shown("$$\\frac{aaaa + bbbb}{c}$$", 6), "(aaaa\n+\nbbbb)/\nc\n");
    }

    #[test]
    fn what_cannot_be_read_is_shown_in_its_source() {
        assert_eq!(shown("$$\na = \\frob\n= c\n$$", 15), "   a = \\frob\n   = c\n");
        assert_eq!(shown("a $\\frob{x}$", 20), "a $\\frob{x}$\n");
        let ascii = page("$$x^2$$\n\n$y_1$", Measure { width: 9, ascii: true });
        assert_eq!(ascii, "   x^2\n\n$y_1$\n");
    }

    #[test]
    fn a_line_has_its_formulas_set_where_they_can_be_read() {
        let document = parse("Scores $QK^\\top/\\sqrt{d_k}$, then $\\frob{x}$ and `$y_1$`.");
        let BlockKind::Paragraph(prose) = &document.blocks[0].kind else { panic!("no prose") };
        assert_eq!(line(prose).as_str(), "Scores QKᵀ/√dₖ, then $\\frob{x}$ and $y_1$.");
    }

    #[test]
    fn a_formula_in_running_text_is_set_on_its_line_and_stays_whole() {
        assert_eq!(roles("a $x^2$ b", 20), ["Text(a ) ¹Math(x²) Text( b)"]);
        assert_eq!(shown("aa $x = y$ b", 7), "aa\nx\u{a0}=\u{a0}y b\n");
    }
}
