//! Text that runs on from row to row, and may be a link.

use ratatui::layout::Rect;

use crate::text::Safe;

/// A text in whole rows of the screen that the terminal is to take for one line: who copies it
/// gets it without breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// Its rows, from the left edge of the screen to the right one.
    pub area: Rect,
    /// How many cells it has, from the first one of the area.
    pub cells: usize,
    /// Where it leads, for terminals that know links (OSC 8). It says so itself, always.
    pub address: Option<Safe>,
}

impl Flow {
    /// Whether the cell at this place is its.
    pub(super) fn has(&self, x: u16, y: u16) -> bool {
        let rows = usize::from(y.saturating_sub(self.area.y));
        let place =
            rows * usize::from(self.area.width) + usize::from(x.saturating_sub(self.area.x));
        self.area.contains((x, y).into()) && place < self.cells
    }

    /// Whether the text comes into the row `y` from the one above it.
    pub(super) fn enters(&self, y: u16) -> bool {
        y > self.area.y && self.has(self.area.x, y)
    }
}
