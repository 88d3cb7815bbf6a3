//! Formulas: whether they can be drawn.

use pulldown_latex::{Parser, Storage};

use crate::check::Finding;
use crate::check::craft::clean;
use crate::check::draft::Draft;
use crate::check::form::proses;
use crate::check::rules;
use crate::document::{Block, BlockKind, MarkKind};

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
            if let Err(message) = parse(formula) {
                let place = draft.place(block, formula.trim());
                found.push(draft.finding(&rules::MATH, place, message));
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

/// Commands that program TeX. A formula needs none, and the parser breaks on some of them.
const PROGRAMS: [&str; 14] = [
    "\\catcode",
    "\\char",
    "\\def",
    "\\edef",
    "\\futurelet",
    "\\gdef",
    "\\global",
    "\\let",
    "\\long",
    "\\newcommand",
    "\\outer",
    "\\providecommand",
    "\\renewcommand",
    "\\xdef",
];

fn parse(formula: &str) -> Result<(), String> {
    if let Some(command) = commands(formula).find(|it| PROGRAMS.contains(it)) {
        return Err(format!("the formula uses `{command}`, which is no mathematics"));
    }
    let Err(error) = events(formula) else { return Ok(()) };
    let unknown = commands(formula).find(|it| {
        let alone = format!("{it}{{x}}{{x}}{{x}}");
        events(&alone).is_err_and(|error| error.contains("unknown primitive"))
    });
    match unknown {
        Some(command) => Err(format!("the formula has the unknown command `{command}`")),
        None => Err(format!("the formula cannot be read: {error}")),
    }
}

/// What the parser does not know and a formula is drawn all the same without.
const DRAWN: [(&str, &str); 6] = [
    ("\\LaTeX", "\\text{LaTeX}"),
    ("\\TeX", "\\text{TeX}"),
    ("\\operatorname*", "\\operatorname"),
    ("\\boxed", ""),
    ("\\tag", "\\text"),
    ("\\label", "\\text"),
];

fn events(formula: &str) -> Result<(), String> {
    let mut text = formula.to_owned();
    for (from, to) in DRAWN {
        text = text.replace(from, to);
    }
    let storage = Storage::new();
    match Parser::new(&text, &storage).find_map(Result::err) {
        None => Ok(()),
        Some(error) => {
            let error = error.to_string();
            let first = error.lines().next().unwrap_or_default();
            Err(first.trim_start_matches("parsing error: ").trim().to_owned())
        }
    }
}

/// The names of commands in a formula: a backslash and letters.
fn commands(formula: &str) -> impl Iterator<Item = &str> {
    formula.match_indices('\\').filter_map(|(at, _)| {
        let rest = formula.get(at + 1..)?;
        let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        formula.get(at..=at + letters).filter(|_| letters > 0)
    })
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
            assert_eq!(parse(formula), Ok(()), "{formula}");
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
            let _ = parse(&formula);
        }
    }
}
