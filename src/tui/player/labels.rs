//! Labels in a drawing: each stands where nothing else is written, or nowhere.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::Safe;
use crate::tui::canvas::Canvas;
use crate::tui::player::pen::{self, cells};

/// A drawing, and the places in it that are written on.
#[derive(Debug)]
pub(super) struct Labels {
    /// The drawing.
    pub(super) area: Rect,
    /// Row, first column, and the column behind the last.
    taken: Vec<(u16, u16, u16)>,
}

impl Labels {
    /// A drawing with nothing written on it.
    pub(super) fn new(area: Rect) -> Self {
        Self { area, taken: vec![] }
    }

    /// Keeps cells free of labels.
    pub(super) fn take(&mut self, x: u16, y: u16, width: u16) {
        self.taken.push((y, x, x.saturating_add(width)));
    }

    /// Writes at the first of these places (column and row) that is free; else nowhere.
    pub(super) fn write(
        &mut self,
        canvas: &mut Canvas<'_>,
        text: &Safe,
        style: Style,
        places: &[(i32, i32)],
    ) {
        let width = cells(text);
        if width == 0 || width > self.area.width {
            return;
        }
        let last = self.area.width - width;
        for (x, y) in places {
            let Ok(y) = u16::try_from(*y) else { continue };
            let x = u16::try_from((*x).max(0)).unwrap_or(0).min(last);
            if y < self.area.height && self.is_free(x, y, width) {
                self.take(x, y, width);
                canvas.write(self.area, x, y, text, pen::over(style));
                return;
            }
        }
    }

    fn is_free(&self, x: u16, y: u16, width: u16) -> bool {
        // Words that touch read as one.
        let is_beside = |from: u16, to: u16| x > to || x + width < from;
        self.taken.iter().all(|(row, from, to)| *row != y || is_beside(*from, *to))
    }
}
