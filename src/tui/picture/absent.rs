//! In the place of what puts pictures into a terminal's form, in a build that draws none.

use ratatui::layout::Size;

use crate::pictures::Pixels;
use crate::text::Safe;
use crate::tui::picture::{Drawn, Protocol};

/// Says that nothing is drawn.
pub fn encode(
    _pixels: Pixels,
    _protocol: Protocol,
    _size: Size,
    _number: u32,
) -> Result<Drawn, Safe> {
    Err(Safe::from("this build cannot draw pictures"))
}
