//! Rows that are wider than the page: a part of them, with a mark where they go on.

use crate::layout::{Line, Measure, Pictures, Role, Span};
use crate::text::{self, Safe};

/// How the page is set, beside its width.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Manner {
    /// Long lines of code and wide tables.
    pub lines: Lines,
    /// How many cells of what is cut are off the page at the left.
    pub shift: usize,
    /// Whether lines of code are numbered.
    pub numbers: Numbers,
    /// The rows of a paragraph.
    pub spacing: Spacing,
    /// What becomes of pictures.
    pub pictures: Pictures,
}

/// The rows of paragraphs, headings and items.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Spacing {
    /// They follow each other.
    #[default]
    Single,
    /// A blank row is between them.
    Open,
}

/// Long lines of code and wide tables. Diagrams are always cut.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lines {
    /// They go on in the next row.
    #[default]
    Wrapped,
    /// A part of them is shown.
    Cut,
}

/// Numbers before lines of code.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "what they say")]
pub enum Numbers {
    #[default]
    Hidden,
    Shown,
}

/// The part of a row that is on the page.
pub(super) fn cut(line: &Line, shift: usize, measure: Measure) -> Line {
    let width = measure.width;
    let whole = line.width();
    if shift == 0 && whole <= width {
        return line.clone();
    }
    let signs = if measure.ascii { ["<", ">"] } else { ["‹", "›"] };
    let (before, after) = (shift > 0, whole > shift + width);
    // Each mark takes a cell of the page.
    let from = shift + usize::from(before);
    let to = (shift + width).saturating_sub(usize::from(after));
    let mut spans = vec![];
    if before {
        spans.push(Span::ornament(Safe::from(signs[0]), Role::Rule));
    }
    let mut column = 0;
    for span in &line.spans {
        spans.extend(window(span, from.saturating_sub(column), to.saturating_sub(column)));
        column += text::width(&span.text);
    }
    let used: usize = spans.iter().map(|span| text::width(&span.text)).sum();
    if after {
        let gap = width.saturating_sub(1 + used);
        if gap > 0 {
            spans.push(Span::ornament(Safe::repeat(" ", gap), Role::Text));
        }
        spans.push(Span::ornament(Safe::from(signs[1]), Role::Rule));
    }
    Line { spans, start: line.start }
}

/// The cells `from..to` of a span; a character that is cut in half becomes a blank.
fn window(span: &Span, from: usize, to: usize) -> Vec<Span> {
    if from >= to || from >= text::width(&span.text) {
        return vec![];
    }
    let mut start = text::fitting(&span.text, from);
    let mut blank = 0;
    let skipped = text::width(span.text.get(..start).unwrap_or_default());
    if skipped < from {
        let next = span.text.get(start..).unwrap_or_default();
        let (length, cells) = text::graphemes(next)
            .next()
            .map_or((0, 0), |(_, it)| (it.len(), text::grapheme_width(it)));
        start += length;
        blank = (skipped + cells).saturating_sub(from);
    }
    let rest = span.text.get(start..).unwrap_or_default();
    let end = start + text::fitting(rest, (to - from).saturating_sub(blank));
    let part = span.text.slice(start..end);
    let mut spans = vec![];
    if blank > 0 {
        spans.push(Span::ornament(Safe::repeat(" ", blank), Role::Text));
    }
    if !part.is_empty() {
        spans.push(Span { text: part, role: span.role, at: span.at.map(|at| at + start) });
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, shift: usize, width: usize) -> String {
        let span = Span { text: Safe::code(text), role: Role::CodeText, at: Some(0) };
        let line = Line { spans: vec![span], start: 0 };
        let cut = cut(&line, shift, Measure { width, ascii: false });
        assert!(cut.width() <= width);
        for span in &cut.spans {
            assert!(span.at.is_none_or(|at| text.get(at..).unwrap().starts_with(&*span.text)));
        }
        cut.spans.iter().map(|span| span.text.as_str()).collect()
    }

    #[test]
    fn a_part_of_a_row_has_marks_where_it_goes_on() {
        assert_eq!(shown("abcdefgh", 0, 8), "abcdefgh");
        assert_eq!(shown("abcdefgh", 0, 5), "abcd›");
        assert_eq!(shown("abcdefgh", 2, 4), "‹de›");
        assert_eq!(shown("abcdefgh", 4, 4), "‹fgh");
        assert_eq!(shown("abc", 8, 4), "‹");
    }

    #[test]
    fn what_is_cut_in_half_is_a_blank() {
        assert_eq!(shown("日本語", 0, 4), "日 ›");
        assert_eq!(shown("日本語", 1, 5), "‹本語");
        assert_eq!(shown("日本語", 2, 4), "‹ 語");
    }
}
