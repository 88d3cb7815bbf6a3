//! Formulas in cells: LaTeX becomes a tree, the tree becomes one line or a drawing with a
//! baseline. Knows nothing of documents and screens.

mod drawing;
mod line;
mod markup;
mod node;
mod read;
mod rows;
mod script;
mod source;
mod spacing;
mod symbol;

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
    fn what_is_no_formula_is_refused_with_its_reason() {
        let error = |latex: &str| Formula::read(latex).unwrap_err().to_string();
        assert_eq!(error("\\frob x"), "the formula has the unknown command `\\frob`");
        assert_eq!(error("\\def\\a{b}"), "the formula uses `\\def`, which is no mathematics");
        assert!(error(&"{".repeat(100)).contains("nested too deeply"));
        assert!(error(&"x".repeat(9000)).contains("too long"));
    }
}
