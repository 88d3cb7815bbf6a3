//! Code between thin rules. Nothing is drawn beside it, so that what is selected with the mouse
//! is the code and only the code.

use std::ops::Range;

use crate::document::{Block, Code, Document};
use crate::layout::ornament::Ornaments;
use crate::layout::sideways::{self, Lines, Manner, Numbers};
use crate::layout::{Line, Measure, Role, Span, chart};
use crate::text::{self, Safe};

/// The rows of code: a rule with its label, the code, and a rule unless its output follows.
pub(super) fn rows(
    (document, block): (&Document, usize),
    code: &Code,
    measure: Measure,
    manner: Manner,
) -> Vec<Line> {
    let continued = |block| document.blocks.get(block).is_some_and(|block: &Block| block.continued);
    let mut rows = vec![];
    if !continued(block) {
        rows.push(label(code, measure));
    }
    let whole = !continued(block) && !continued(block + 1);
    match chart::rows(code, measure).filter(|_| whole) {
        Some(drawn) => rows.extend(drawn),
        None => rows.extend(lines(code, measure, manner)),
    }
    if !continued(block + 1) && !document.is_printed(block + 1) {
        let spans = vec![rule(measure.width, measure)];
        rows.push(Line { spans, start: code.text.len() });
    }
    rows
}

fn lines(code: &Code, measure: Measure, manner: Manner) -> Vec<Line> {
    let text = &code.text;
    let count = text.split('\n').count();
    let numbered = manner.numbers == Numbers::Shown && code.language.as_str() != "diagram";
    let digits = if numbered { count.to_string().len() + 1 } else { 0 };
    let digits = if digits + 8 < measure.width { digits } else { 0 };
    let inner = Measure { width: measure.width - digits, ..measure };
    // A diagram that is wrapped is none.
    let cut = manner.lines == Lines::Cut || code.language.as_str() == "diagram";
    let mut at = 0;
    let mut rows = vec![];
    for (line, number) in text.split('\n').zip(1..) {
        let range = at..at + line.len();
        let own = if cut {
            vec![sideways::cut(&whole(text, range), manner.shift, inner)]
        } else {
            wrapped(text, range, inner)
        };
        for (row, mut line) in own.into_iter().enumerate() {
            if digits > 0 {
                let number = if row == 0 { number.to_string() } else { String::new() };
                let number = format!("{number:>0$} ", digits - 1);
                line.spans.insert(0, Span::ornament(Safe::line(&number), Role::Rule));
            }
            rows.push(line);
        }
        at += line.len() + 1;
    }
    rows
}

/// A line of code in one row, however wide.
fn whole(text: &Safe, line: Range<usize>) -> Line {
    let span = Span { text: text.slice(line.clone()), role: Role::CodeText, at: Some(line.start) };
    let spans = if span.text.is_empty() { vec![] } else { vec![span] };
    Line { spans, start: line.start }
}

fn rule(width: usize, measure: Measure) -> Span {
    Span::ornament(Safe::repeat(Ornaments::of(measure).rule, width), Role::Rule)
}

/// A rule with the language in it; a bare rule where there is no room.
fn label(code: &Code, measure: Measure) -> Line {
    let mut label = code.language.clone();
    if code.is_run() {
        label.push(&Safe::from(Ornaments::of(measure).ran));
    }
    if code.language.as_str() == "mermaid" {
        label.push(&Safe::from(", in its source"));
    }
    let cells = text::width(&label);
    let spans = if cells == 0 || cells + 6 > measure.width {
        vec![rule(measure.width, measure)]
    } else {
        let label = Safe::from(" ").then(&label).then(&Safe::from(" "));
        let label = Span::ornament(label, Role::CodeLabel);
        vec![rule(2, measure), label, rule(measure.width - cells - 4, measure)]
    };
    Line { spans, start: 0 }
}

/// One line of code; where it is too long, more rows with a mark in front.
fn wrapped(text: &Safe, line: Range<usize>, measure: Measure) -> Vec<Line> {
    let mut rows = vec![];
    let mut rest = line.clone();
    while rows.is_empty() || !rest.is_empty() {
        let mark = continuation(measure).filter(|_| !rows.is_empty());
        let width = measure.width - mark.as_ref().map_or(0, |mark| text::width(&mark.text));
        let row = row(text, &rest, width);
        rest.start = row.end;
        let mut spans: Vec<Span> = mark.into_iter().collect();
        spans.extend(code_span(text, row.clone(), width));
        rows.push(Line { spans, start: row.start });
    }
    rows
}

fn continuation(measure: Measure) -> Option<Span> {
    let mark = Safe::from(Ornaments::of(measure).continues).then(&Safe::from(" "));
    (measure.width >= 8).then(|| Span::ornament(mark, Role::Rule))
}

/// The bytes of `rest` that go on this row: at least one grapheme, and no part of a word that
/// the next row has room for.
fn row(text: &str, rest: &Range<usize>, width: usize) -> Range<usize> {
    let rest_text = text.get(rest.clone()).unwrap_or_default();
    let mut fitting = text::fitting(rest_text, width);
    if fitting < rest_text.len() && !rest_text.get(fitting..).unwrap_or_default().starts_with(' ') {
        let fits = rest_text.get(..fitting).unwrap_or_default();
        let word = fits.rfind(|c: char| !c.is_alphanumeric() && c != '_').map_or(0, |at| {
            at + fits.get(at..).and_then(|it| it.chars().next()).map_or(1, char::len_utf8)
        });
        if (fitting - word) * 2 < fitting
            && fits.get(..word).is_some_and(|it| !it.trim().is_empty())
        {
            fitting = word;
        }
    }
    let whole = text::graphemes(rest_text).next().map_or(0, |(_, grapheme)| grapheme.len());
    rest.start..rest.start + fitting.max(whole)
}

fn code_span(text: &Safe, row: Range<usize>, width: usize) -> Option<Span> {
    let code = text.slice(row.clone());
    if text::width(&code) > width {
        return Some(Span::ornament(Safe::from("?"), Role::CodeText));
    }
    (!code.is_empty()).then_some(Span { text: code, role: Role::CodeText, at: Some(row.start) })
}

#[cfg(test)]
mod tests {
    use crate::document;
    use crate::layout::tests::{roles, shown};
    use crate::layout::{Line, Lines, Manner, Measure, Numbers, lay_out_in};

    #[test]
    fn code_stands_between_rules_under_its_language() {
        assert_eq!(
            shown("```rust\na\n\n  b\n```", 16),
            "── rust ────────\na\n\n  b\n────────────────\n"
        );
        assert_eq!(shown("    a", 8), "────────\na\n────────\n");
        assert_eq!(
            roles("```rust\na\n```", 16),
            [
                "¹Rule(──) ¹CodeLabel( rust ) ¹Rule(────────)",
                "CodeText(a)",
                "¹Rule(────────────────)"
            ]
        );
    }

    #[test]
    fn output_is_tied_to_the_code_that_printed_it() {
        assert_eq!(
            shown("```python run\na\n```\n\n```output\nb\n```\n\n```output\nc\n```", 20),
            "── python ✓ ran ────\na\n── output ──────────\nb\n────────────────────\n\n\
             ── output ──────────\nc\n────────────────────\n"
        );
        assert!(shown("```sql run=postgres\n```", 20).contains("sql ✓ ran"));
        assert!(!shown("```sh fragment\n```", 20).contains("ran"));
    }

    #[test]
    fn long_lines_go_on_in_the_next_row_with_a_mark() {
        assert_eq!(
            shown("```\nabcdefghijklmnop\n```", 8),
            "────────\nabcdefgh\n↳ ijklmn\n↳ op\n────────\n"
        );
        assert_eq!(shown("```\nab cd efgh\n```", 8), "────────\nab cd\n↳ efgh\n────────\n");
        assert_eq!(shown("```\nabcdef\n```", 3), "───\nabc\ndef\n───\n");
        assert_eq!(shown("```\n日本\n```", 3), "───\n日\n本\n───\n");
        assert_eq!(shown("```\n日a\n```", 1), "─\n?\na\n─\n");
    }

    #[test]
    fn long_lines_can_be_cut_and_numbered_and_diagrams_always_are_cut() {
        let shown = |markdown: &str, manner: Manner| {
            let document = document::parse(markdown);
            let lines = lay_out_in(&document, 0, Measure { width: 12, ascii: false }, manner);
            let text =
                |line: &Line| line.spans.iter().map(|it| it.text.as_str()).collect::<String>();
            lines.iter().map(|line| text(line) + "\n").collect::<String>()
        };
        let cut =
            Manner { lines: Lines::Cut, shift: 3, numbers: Numbers::Shown, ..Manner::default() };
        assert_eq!(
            shown("```\nabcdefghijklmnop\nx\n```", cut),
            "────────────\n1 ‹efghijkl›\n2 ‹\n────────────\n"
        );
        let diagram = "```diagram\n┌──────────────┐\n```";
        assert_eq!(shown(diagram, Manner::default()), "────────────\n┌──────────›\n────────────\n");
        let table = "|a|b|\n|-|-|\n|some words here|more|";
        let cut = Manner { lines: Lines::Cut, ..Manner::default() };
        assert!(shown(table, cut).contains("some words ›\n"), "{}", shown(table, cut));
    }

    #[test]
    fn a_label_that_does_not_fit_is_left_out() {
        assert_eq!(shown("```javascript run\na\n```", 12), "────────────\na\n────────────\n");
    }

    #[test]
    fn split_code_has_one_frame() {
        let code = format!("```\n{}```", "0123456789\n".repeat(10_000));
        let page = shown(&code, 10);
        assert_eq!(page.lines().filter(|row| row.starts_with('─')).count(), 2);
        assert_eq!(page.lines().count(), 10_002);
    }
}
