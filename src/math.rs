//! Formulas in cells: LaTeX becomes a tree, the tree becomes one line or a drawing with a
//! baseline. Knows nothing of documents and screens.

mod define;
mod drawing;
mod environment;
mod gather;
mod line;
mod markup;
mod names;
mod node;
mod read;
mod rows;
mod script;
mod source;
mod spacing;
mod symbol;
mod table;
mod words;

pub use markup::{Setting, mathml};

use crate::math::node::Node;
use crate::text::Safe;

/// Why a formula cannot be set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MathError {
    /// A command that no formula has, or none that is known.
    #[error("the formula has the unknown command `{0}`")]
    Unknown(String),
    /// A command that programs TeX.
    #[error("the formula uses `{0}`, which is no mathematics")]
    Program(String),
    /// Braces, arguments, environments.
    #[error("the formula cannot be read: {0}")]
    Garbled(String),
    /// More than a formula is.
    #[error("the formula is too long or nested too deeply to be set")]
    TooLarge,
}

/// A formula that was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula(Node);

impl Formula {
    /// Reads LaTeX without its dollar signs.
    pub fn read(latex: &str) -> Result<Self, MathError> {
        read::node(latex).map(Self)
    }

    /// The formula on one line: scripts as Unicode has them, else after `^` and `_`; fractions
    /// with a slash. Parentheses stand where it would be ambiguous without them.
    pub fn line(&self) -> Safe {
        Safe::line(&line::text(&self.0))
    }

    /// The formula as a drawing of at most `width` cells, row by row; None when it is wider,
    /// even when it is broken before its relations.
    pub fn rows(&self, width: usize) -> Option<Vec<Safe>> {
        let rows = rows::fitting(&self.0, width)?;
        Some(rows.iter().map(|row| Safe::line(row.trim_end())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(latex: &str) -> String {
        Formula::read(latex).unwrap().line().to_string()
    }

    fn rows(latex: &str, width: usize) -> Option<String> {
        let rows = Formula::read(latex).unwrap().rows(width)?;
        Some(rows.iter().map(|row| row.to_string() + "\n").collect())
    }

    #[test]
    fn scripts_are_small_letters_where_unicode_has_them() {
        assert_eq!(line("x_i^2 + d_{ff} y"), "xᵢ² + d_ff y");
        assert_eq!(line("e^{z_i} x^{y+\\alpha}"), "e^(zᵢ)x^(y+α)");
        assert_eq!(rows("W_Q^2", 9).unwrap(), " 2\nW\n Q\n");
    }

    #[test]
    fn bold_letters_are_bold() {
        assert_eq!(line("\\mathbf{Wx} + \\bm{b} \\bmod \\boldsymbol{\\alpha}_1"), "𝐖𝐱 + 𝐛 mod 𝛂₁");
    }

    #[test]
    fn parentheses_say_what_a_slash_divides() {
        assert_eq!(line("\\frac{a+b}{2n} x"), "((a + b)/(2n)) x");
        assert_eq!(line("\\frac{p(x)}{q(x)} + \\frac12"), "p(x)/q(x) + ½");
        assert_eq!(line("\\frac{1}{b(m + n)}"), "1/(b(m + n))");
        assert_eq!(line("\\sqrt{2L}, \\sqrt{x}"), "√(2L), √x");
    }

    #[test]
    fn what_is_too_wide_breaks_before_relations_then_before_signs() {
        assert_eq!(rows("a + b = c + d", 9).unwrap(), "a + b\n    = c\n    + d\n");
        assert_eq!(rows("a + b = c + d", 4), None);
    }

    #[test]
    fn what_stands_over_a_relation_keeps_its_distance() {
        assert_eq!(line("x \\overset{!}{=} y"), "x =^(!) y");
        assert_eq!(rows("X \\xrightarrow{\\text{dist}} Y", 20).unwrap(), "  dist\nX ────→ Y\n");
    }

    #[test]
    fn a_bar_that_closes_alone_says_what_it_closes() {
        assert_eq!(line("a \\left. \\frac{x}{y} \\right|_{x=0}"), "a (x/y)|ₓ₌₀");
        let drawn = rows("a \\left. \\frac{x}{y} \\right|_{x=0}", 20).unwrap();
        assert_eq!(drawn, "   x │\na ───│\n   y │x=0\n");
    }

    #[test]
    fn a_slash_of_a_unit_is_told_from_that_of_a_fraction() {
        assert_eq!(line("\\frac{2N}{\\text{FLOP/s}}"), "2N/(FLOP/s)");
        assert_eq!(line("\\frac{\\text{tokens/s}}{8}"), "(tokens/s)/8");
    }

    #[test]
    fn arrays_have_their_lines() {
        let array = "\\left(\\begin{array}{c|c} A & b \\\\ \\hline c & d \\end{array}\\right)";
        assert_eq!(rows(array, 20).unwrap(), "⎛A │ b⎞\n⎜──┼──⎟\n⎝c │ d⎠\n");
        let boxed = "\\begin{array}{|c|} \\hline A \\\\ \\hline \\end{array}";
        assert_eq!(rows(boxed, 20).unwrap(), "┌───┐\n│ A │\n└───┘\n");
    }

    #[test]
    fn delimiters_of_a_size_are_as_high_as_what_is_between_them() {
        assert_eq!(rows("\\Bigl( \\frac{a}{b} \\Bigr)^2", 20).unwrap(), "⎛ a ⎞2\n⎜───⎟\n⎝ b ⎠\n");
        assert_eq!(line("\\bigl( x \\bigr) \\big| y \\big|"), "(x)|y|");
    }

    #[test]
    fn the_point_of_a_brace_is_on_the_line() {
        let cases = "y = \\begin{cases} \\frac{a}{b} \\\\ \\frac{c}{d} \\\\ 0 \\end{cases}";
        let drawn = rows(cases, 20).unwrap();
        assert!(drawn.lines().any(|row| row.starts_with("y = ⎨")), "{drawn}");
    }

    #[test]
    fn dots_beside_commas_stand_on_the_line() {
        assert_eq!(line("x_1, \\dots, x_n"), "x₁, …, xₙ");
        assert_eq!(line("x_1 + \\dots + x_n"), "x₁ + ⋯ + xₙ");
    }

    #[test]
    fn letters_of_other_alphabets_are_those_letters() {
        assert_eq!(
            line("\\operatorname*{\\mathbb{E}}_{x} \\mathfrak{g} \\pmb{y} z^\\dagger"),
            "𝔼ₓ 𝔤𝐲z†"
        );
        assert_eq!(line("\\overleftarrow{AB}"), "leftvec(AB)");
    }

    #[test]
    fn what_is_struck_out_is_shown_as_that() {
        assert_eq!(line("\\cancel{x} + \\cancel{ab}"), "x\u{338} + cancel(ab)");
        assert_eq!(rows("\\cancel{ab}", 20).unwrap(), "╱╱\nab\n");
    }

    #[test]
    fn names_that_papers_define_are_known() {
        assert_eq!(line("\\argmax_x f, \\mbox{if } \\smash{y}"), "arg maxₓ f, if y");
        assert_eq!(line("\\begin{eqnarray*} a &=& b \\end{eqnarray*}"), "a = b");
    }

    #[test]
    fn relations_in_a_column_of_their_own_stand_close() {
        let aligned = "\\begin{aligned} a &=& b \\\\ &=& c + d \\end{aligned}";
        assert_eq!(rows(aligned, 20).unwrap(), "a = b\n  = c + d\n");
    }

    #[test]
    fn what_would_be_shown_in_part_is_refused() {
        let error = Formula::read("\\sideset{}{'}\\sum x").unwrap_err();
        assert_eq!(error, MathError::Unknown("\\sideset".to_owned()));
    }

    #[test]
    fn what_the_parser_does_not_know_is_said_in_words_that_it_does() {
        assert_eq!(line("\\dddot{x} + \\overleftrightarrow{AB}"), "x⃛ + leftrightvec(AB)");
        assert_eq!(line("\\prescript{14}{6}{\\mathrm{C}}"), "₆¹⁴C");
        assert_eq!(line("{n \\choose k} + \\left({a \\over b}\\right)"), "(n over k) + (a/b)");
        assert_eq!(
            line("\\cfrac[l]{1}{x} + \\begin{aligned}[t] a &= b \\end{aligned}"),
            "1/x + a = b"
        );
        assert_eq!(line("A \\xRightarrow[b]{a} B"), "A ⇒ᵃ_b B");
        assert_eq!(line("E = mc^2 \\tag*{(A)} \\label{eq:energy}"), "E = mc²    (A)");
    }

    #[test]
    fn lines_need_no_environment() {
        assert_eq!(rows("a = b \\\\ c = d \\\\", 20).unwrap(), "a = b\nc = d\n");
        assert_eq!(rows("a &= b \\\\ &= c", 20).unwrap(), "a = b\n  = c\n");
    }

    #[test]
    fn text_has_formulas_and_signs() {
        assert_eq!(
            line("\\text{if $x^2$ costs \\$5, 50\\% of \\emph{it}}"),
            "if x² costs $5, 50% of it"
        );
        assert_eq!(line("50%"), "50%");
        assert_eq!(line("x % left out\n+ y"), "x + y");
    }

    #[test]
    fn definitions_are_put_in_where_they_are_used() {
        let norm = "\\newcommand{\\norm}[1]{\\left\\lVert #1 \\right\\rVert} \\norm{x}_2";
        assert_eq!(line(norm), "‖x‖₂");
        assert_eq!(line("\\DeclareMathOperator{\\Tr}{Tr} \\Tr(A)"), "Tr(A)");
        assert_eq!(line("\\def\\p#1#2{\\frac{#1}{#2}} \\p{a}{b}"), "a/b");
        let endless = "\\newcommand{\\a}{\\b \\b}\\newcommand{\\b}{\\a} \\a";
        assert!(matches!(Formula::read(endless), Err(MathError::Program(_))));
    }

    #[test]
    fn columns_of_an_array_are_their_sides_however_they_are_written() {
        let array = "\\begin{array}{@{}*{2}{r} | p{2cm}} 1 & 22 & x \\\\ 33 & 4 & y \\end{array}";
        assert_eq!(rows(array, 20).unwrap(), " 1  22 │ x\n33   4 │ y\n");
    }

    #[test]
    fn a_bar_of_a_size_is_as_high_as_what_it_belongs_to() {
        let drawn = rows("\\frac{df}{dx}\\Big|_{x=0}", 20).unwrap();
        assert_eq!(drawn, " df │\n────│\n dx │x=0\n");
        assert_eq!(line("\\frac{df}{dx}\\Big|_{x=0}"), "(df/dx)|ₓ₌₀");
        let drawn = rows("\\left\\{ x \\,\\middle|\\, \\frac{x}{2} \\right\\}", 20).unwrap();
        assert_eq!(drawn, "⎧  │  x ⎫\n⎨x │ ───⎬\n⎩  │  2 ⎭\n");
        let drawn = rows("\\Big\\| \\frac{a}{b} \\Big\\|_2", 20).unwrap();
        assert_eq!(drawn, "║ a ║\n║───║\n║ b ║2\n");
    }

    #[test]
    fn what_a_brace_says_is_no_power() {
        assert_eq!(line("\\overbrace{a + b}^{2} + c"), "overbrace(a + b, 2) + c");
        assert_eq!(line("\\underbrace{a + b}_{n}^{2}"), "underbrace(a + b, n)²");
    }

    #[test]
    fn a_power_of_several_letters_stands_in_parentheses() {
        assert_eq!(line("2^{nR} + e^{i\\pi} + d_{ff}"), "2^(nR) + e^(iπ) + d_ff");
        assert_eq!(line("\\sum_{n=1}^\\infty a_n"), "∑ₙ₌₁^∞ aₙ");
    }

    #[test]
    fn what_is_no_formula_is_refused_with_its_reason() {
        let error = |latex: &str| Formula::read(latex).unwrap_err().to_string();
        assert_eq!(error("\\frob x"), "the formula has the unknown command `\\frob`");
        assert_eq!(error("\\def\\a{b}"), "the formula uses `\\def`, which is no mathematics");
        assert!(error(&"{".repeat(100)).contains("nested too deeply"));
        assert!(error(&"x".repeat(9000)).contains("too long"));
    }
}
