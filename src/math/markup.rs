//! LaTeX into `MathML`. What the writer makes is not yet trusted: it does not escape everything.

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, Storage, push_mathml};

use crate::math::words::rewritten;
use crate::math::{Formula, MathError};

/// Where a formula stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// In running text.
    Inline,
    /// By itself.
    Display,
}

/// The `MathML` of LaTeX without its dollar signs, for what [`Formula::read`] understands, and
/// for nothing else. A browser must not see it before its tags are checked.
pub fn mathml(latex: &str, setting: Setting) -> Result<String, MathError> {
    Formula::read(latex)?;
    let text = rewritten(latex);
    let storage = Storage::new();
    let display_mode = match setting {
        Setting::Inline => DisplayMode::Inline,
        Setting::Display => DisplayMode::Block,
    };
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    let mut out = String::new();
    push_mathml(&mut out, Parser::new(&text, &storage), config)
        .map_err(|error| MathError::Garbled(error.to_string()))?;
    Ok(out)
}
