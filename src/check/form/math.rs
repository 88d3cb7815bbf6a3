//! Formulas: whether they can be drawn.

use crate::check::Finding;
use crate::check::craft::clean;
use crate::check::draft::Draft;
use crate::check::form::proses;
use crate::check::rules;
use crate::document::{Block, BlockKind, MarkKind};
use crate::math::Formula;

/// Reports formulas that the parser does not understand.
pub(crate) fn formulas(draft: &Draft, found: &mut Vec<Finding>) {
    for block in &draft.document.blocks {
        let mut formulas: Vec<&str> = vec![];
        if let BlockKind::Math(math) = &block.kind {
            formulas.push(math);
        }
        for prose in proses(block) {
            let marks = prose.marks.iter().filter(|mark| mark.kind == MarkKind::Math);
            let texts = marks.filter_map(|mark| prose.text.get(mark.range.clone()));
            formulas.extend(texts.map(|text| text.trim_matches('$')));
        }
        open_formulas(draft, block, found);
        for formula in formulas {
            if let Err(error) = Formula::read(formula) {
                let place = draft.place(block, formula.trim());
                found.push(draft.finding(&rules::MATH, place, error.to_string()));
            }
        }
    }
}

/// Dollar signs that are left in the text: a formula that is not closed.
fn open_formulas(draft: &Draft, block: &Block, found: &mut Vec<Finding>) {
    if proses(block).into_iter().any(|prose| {
        let text = clean(prose);
        text.contains("$$") && text.contains('\\')
    }) {
        let message = "a formula is not closed, or its braces are not".to_owned();
        found.push(draft.finding(&rules::MATH, draft.place(block, "$$"), message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let draft = Draft::new("x.md".into(), text.into());
        let mut found = vec![];
        formulas(&draft, &mut found);
        found.iter().map(|it| format!("{}: {}", it.problem.line, it.problem.message)).collect()
    }

    #[test]
    fn common_formulas_are_read() {
        for formula in [
            "\\frac{a}{b}",
            "\\sum_{i=1}^n x_i^2",
            "\\operatorname*{arg\\,max}_x f(x)",
            "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}",
            "\\boxed{x}",
            "a \\ll b",
            "\\mathbb{E}[x] \\approx 0.5",
            "\\text{softmax}(QK^\\top / \\sqrt{d_k})V",
            "\\dots",
            "\\begin{cases} x & x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}",
            "50\\,\\%",
        ] {
            assert!(Formula::read(formula).is_ok(), "{formula}");
        }
    }

    #[test]
    fn an_unknown_command_is_told_with_its_line() {
        assert_eq!(
            told("A $x$\nand $\\frob{x}$.\n\n$$\\frac{1}{$$\n"),
            [
                "2: the formula has the unknown command `\\frob`",
                "4: a formula is not closed, or its braces are not"
            ]
        );
        let found = told("$$\\begin{frob} x \\end{frob}$$\n");
        assert!(found.len() == 1 && found[0].starts_with("1: the formula"), "{found:?}");
    }

    proptest::proptest! {
        #[test]
        fn any_formula_is_judged(formula in "(\\\\[a-zA-Z]{0,6}|[a-z{}^_&$ #%0-9\\[\\]()é|~]|\\\\(frac|def|left|right|begin|sqrt|text|let|hskip|char|limits|array|not|mathbb|color)){0,12}") {
            let _ = Formula::read(&formula);
        }
    }
}
