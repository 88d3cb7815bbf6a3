//! Formulas in formulas, drawn and on one line, at any width.

use library_tui::document::parse;
use library_tui::math::Formula;
use library_tui::text::{self, Safe};
use proptest::prelude::*;
use proptest::sample::select;

use crate::all;

/// Letters without small forms, so that each is seen wherever it stands.
const LETTERS: [(&str, char); 8] = [
    ("\\Gamma", 'Γ'),
    ("\\Delta", 'Δ'),
    ("\\Theta", 'Θ'),
    ("\\Lambda", 'Λ'),
    ("\\Xi", 'Ξ'),
    ("\\Psi", 'Ψ'),
    ("\\Omega", 'Ω'),
    ("\\Phi", 'Φ'),
];

/// What formulas are put in; `#` and `@` are formulas.
const FORMS: [&str; 40] = [
    "# + @",
    "# = @",
    "# @",
    "#, \\dots, @",
    "\\frac{#}{@}",
    "\\dfrac{#}{@} - 1",
    "\\binom{#}{@}",
    "{#}^{@}",
    "{#}_{@}",
    "x_{#}^{@}",
    "e^{-#/@}",
    "\\sqrt{#} \\cdot @",
    "\\sqrt[3]{#} @",
    "\\sum_{#}^{@} x_i",
    "\\int_{#}^{@} f(x)\\,dx",
    "\\lim_{# \\to @} y",
    "\\operatorname*{arg\\,max}_{#} @",
    "\\left( # \\right) @",
    "\\left\\{ # \\;\\middle|\\; @ \\right\\}",
    "\\left. # \\right|_{@}",
    "\\bigl( # \\bigr) @",
    "\\lfloor # \\rfloor \\lVert @ \\rVert_2^2",
    "\\hat{#} @",
    "\\bar{#} + \\vec{@}",
    "\\overline{#} \\underline{@}",
    "\\underbrace{#}_{@}",
    "\\overbrace{#}^{@}",
    "\\overset{#}{@}",
    "\\underset{#}{@}",
    "# \\xrightarrow{@} y",
    "\\begin{cases} # & \\text{if } x > 0 \\\\ @ & \\text{otherwise} \\end{cases}",
    "\\begin{pmatrix} # & @ \\\\ 0 & 1 \\end{pmatrix}",
    "\\begin{array}{c|c} # & @ \\\\ \\hline 0 & 1 \\end{array}",
    "\\begin{smallmatrix} # \\\\ @ \\end{smallmatrix}",
    "\\begin{aligned} x &= # \\\\ &= @ \\end{aligned}",
    "\\sum_{\\substack{# \\\\ @}} x",
    "\\mathbf{x}^{#} \\mathbb{E}[@]",
    "# \\tag{1} @",
    "\\boxed{#} @",
    "\\cfrac{1}{# + \\cfrac{1}{@}}",
];

fn formulas() -> impl Strategy<Value = String> {
    let letter = select(LETTERS.to_vec()).prop_map(|(name, _)| format!("{name} "));
    letter.prop_recursive(4, 24, 2, |inner| {
        (select(FORMS.to_vec()), inner.clone(), inner)
            .prop_map(|(form, a, b)| form.replace('#', &a).replace('@', &b))
    })
}

fn count(text: &str, c: char) -> usize {
    text.matches(c).count()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_letter_of_a_formula_is_seen_on_a_line_and_in_a_drawing(
        latex in formulas(), width in 1_usize..200
    ) {
        let formula = Formula::read(&latex);
        prop_assert!(formula.is_ok(), "{latex}: {formula:?}");
        let Ok(formula) = formula else { return Ok(()) };
        let line = formula.line();
        let rows = |rows: Vec<Safe>| rows.iter().map(Safe::as_str).collect::<Vec<_>>().join("\n");
        let drawn = formula.rows(width).map(rows);
        for (name, letter) in LETTERS {
            let wanted = latex.matches(name).count();
            prop_assert_eq!(count(&line, letter), wanted, "{} in {} of {}", letter, line, latex);
            if let Some(drawn) = &drawn {
                prop_assert_eq!(count(drawn, letter), wanted, "{} of\n{}\n{}", letter, drawn, latex);
            }
        }
        let widest = drawn.iter().flat_map(|it| it.lines()).map(text::width).max().unwrap_or(0);
        prop_assert!(widest <= width, "{widest} > {width}: {latex}");
    }

    #[test]
    fn every_letter_of_a_formula_is_on_the_page_at_every_width(
        latex in formulas(), width in 1_usize..130, other in 1_usize..130
    ) {
        let latex = latex.trim();
        let document = parse(&format!("$$\n{latex}\n$$\n\nText ${latex}$ and text.\n"));
        let lines = all(&document, width);
        let mut shown = String::new();
        for (_, line) in &lines {
            prop_assert!(line.width() <= width, "{line:?}");
            line.spans.iter().for_each(|span| shown.push_str(&span.text));
        }
        for (name, letter) in LETTERS {
            prop_assert_eq!(count(&shown, letter), 2 * latex.matches(name).count(), "{}", latex);
        }
        let _ = all(&document, other);
        prop_assert_eq!(lines, all(&document, width));
    }
}
