//! Drawing on cells in the terms of the interface. Only safe text gets through.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use crate::paint::{self, Slot};
use crate::text::{self, Safe};
use crate::theme::{Part, Theme};
use crate::tui::frame::Flow;
use crate::tui::picture::Shown;

/// A surface, the theme to draw in, and the ornaments that the terminal can show.
#[derive(Debug)]
pub struct Canvas<'a> {
    /// The cells.
    pub buffer: &'a mut Buffer,
    /// How it looks.
    pub theme: Theme,
    /// Ornaments of ASCII only.
    pub ascii: bool,
    /// Where the selection is; the terminal's cursor goes there.
    pub cursor: Option<(Position, bool)>,
    /// What runs on from row to row.
    pub flows: Vec<Flow>,
    /// Pictures.
    pub pictures: Vec<Shown>,
}

impl Canvas<'_> {
    /// The character `fancy`, or `plain` where only ASCII can be shown.
    pub fn ornament(&self, fancy: &'static str, plain: &'static str) -> Safe {
        Safe::from(if self.ascii { plain } else { fancy })
    }

    /// Writes `text` in `area`'s row `y` (from its top), from column `x`; cut with `…` when it
    /// does not fit. Returns the column after it, in the area.
    pub fn write(&mut self, area: Rect, x: u16, y: u16, text: &Safe, style: Style) -> u16 {
        if y >= area.height || x >= area.width {
            return x;
        }
        let room = usize::from(area.width - x);
        let slot = Slot { x: area.x + x, y: area.y + y, width: area.width - x };
        if text::width(text) <= room {
            return paint::text(self.buffer, slot, text, style) - area.x;
        }
        let more = self.ornament("…", "~");
        let kept = text.slice(0..text::fitting(text, room.saturating_sub(1)));
        paint::text(self.buffer, slot, &kept.then(&more), style) - area.x
    }

    /// Writes `text` so that it ends at column `right` of the area; returns where it begins.
    pub fn write_right(
        &mut self,
        area: Rect,
        right: u16,
        y: u16,
        text: &Safe,
        style: Style,
    ) -> u16 {
        let x = right.min(area.width).saturating_sub(text::cells(text::width(text)));
        self.write(Rect { width: right.min(area.width), ..area }, x, y, text, style);
        x
    }

    /// Writes a part of the interface; see [`Canvas::write`].
    pub fn part(&mut self, area: Rect, x: u16, y: u16, text: &Safe, part: Part) -> u16 {
        let style = self.theme.part(part);
        self.write(area, x, y, text, style)
    }

    /// Marks a row as selected, whole, and puts the cursor there.
    pub fn select_row(&mut self, area: Rect, y: u16) {
        if y < area.height && area.width > 0 {
            let row = Rect { y: area.y + y, height: 1, ..area };
            self.raise(row);
            self.buffer.set_style(row, self.theme.part(Part::Selected));
            self.cursor = Some((Position::new(row.x, row.y), false));
        }
    }

    /// Takes back what stands back: reversed, faint ink would be a second ground.
    fn raise(&mut self, area: Rect) {
        let (dim, body) = (self.theme.part(Part::Dim), self.theme.part(Part::Text));
        for position in area.intersection(self.buffer.area).positions() {
            if let Some(cell) = self.buffer.cell_mut(position) {
                cell.modifier.remove(Modifier::DIM);
                if dim.fg.is_some_and(|faint| cell.fg == faint) {
                    cell.fg = body.fg.unwrap_or_default();
                }
            }
        }
    }

    /// Blank cells in the page's ground.
    pub fn blank(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for position in area.positions() {
            if let Some(cell) = self.buffer.cell_mut(position) {
                cell.reset();
            }
        }
        self.cut_wide(area);
        self.buffer.set_style(area, self.theme.ground());
    }

    /// Takes away the wide letters that would reach into `area` from its left.
    fn cut_wide(&mut self, area: Rect) {
        let Some(x) = area.x.checked_sub(1) else { return };
        for y in area.top()..area.bottom() {
            if let Some(cell) = self.buffer.cell_mut((x, y))
                && text::grapheme_width(cell.symbol()) > 1
            {
                cell.set_symbol(" ");
            }
        }
    }

    /// Writes `text` from the left edge of `area` to its right one, row after row from row `y`
    /// on, as one line that can be copied whole; returns how many rows it has. `area` is as wide
    /// as the screen. Rows before the first of the area, and after its last, are not shown.
    pub fn flow(&mut self, area: Rect, y: isize, text: &Safe, address: Option<Safe>) -> usize {
        let (mut rest, mut rows, mut shown) = (text.clone(), 0, None::<Flow>);
        while !rest.is_empty() && area.width > 0 {
            let fits = text::fitting(&rest, area.width.into()).max(1);
            let row = y + isize::try_from(rows).unwrap_or(isize::MAX);
            if let Ok(row) = u16::try_from(row)
                && row < area.height
            {
                let part = rest.slice(0..fits);
                self.part(area, 0, row, &part, Part::Strong);
                let top = Rect { y: area.y + row, height: 0, ..area };
                let flow = shown.get_or_insert(Flow { area: top, cells: 0, address: None });
                flow.area.height += 1;
                flow.cells += text::width(&part);
            }
            rest = rest.slice(fits..rest.len());
            rows += 1;
        }
        let address = address.filter(|_| !self.ascii);
        self.flows.extend(shown.map(|flow| Flow { address, ..flow }));
        rows
    }

    /// Takes away the wide letters in `area` that something was written into the right half of.
    pub fn mend_wide(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for Position { x, y } in area.positions() {
            let is_cut = self.buffer.cell((x + 1, y)).is_some_and(|next| next.symbol() != " ");
            if let Some(cell) = self.buffer.cell_mut((x, y))
                && is_cut
                && text::grapheme_width(cell.symbol()) > 1
            {
                cell.set_symbol(" ");
            }
        }
    }

    /// A bordered box with a title; returns what is inside.
    pub fn frame(&mut self, area: Rect, title: &Safe) -> Rect {
        self.blank(area);
        if area.width < 4 || area.height < 3 {
            return area;
        }
        let style = self.theme.part(Part::Border);
        let (right, bottom) = (area.width - 1, area.height - 1);
        let rule = self.ornament("─", "-");
        let line: Safe = std::iter::repeat_n(&rule, usize::from(area.width)).collect();
        for (y, left_corner, right_corner) in [(0, "╭", "╮"), (bottom, "╰", "╯")] {
            self.write(area, 0, y, &line, style);
            let (left_corner, right_corner) =
                (self.ornament(left_corner, "+"), self.ornament(right_corner, "+"));
            self.write(area, 0, y, &left_corner, style);
            self.write(area, right, y, &right_corner, style);
        }
        let side = self.ornament("│", "|");
        for y in 1..bottom {
            self.write(area, 0, y, &side, style);
            self.write(area, right, y, &side, style);
        }
        if !title.is_empty() && area.width > 8 {
            let padded = Safe::from(" ").then(title).then(&Safe::from(" "));
            self.part(Rect { width: area.width - 2, ..area }, 2, 0, &padded, Part::Strong);
        }
        Rect { x: area.x + 2, y: area.y + 1, width: area.width - 4, height: area.height - 2 }
    }

    /// A thin rule down the left edge of `area`; returns what is right of it.
    pub fn divide(&mut self, area: Rect) -> Rect {
        if area.width < 4 {
            return area;
        }
        let style = self.theme.part(Part::Border);
        let side = self.ornament("│", "|");
        for y in 0..area.height {
            self.write(area, 0, y, &side, style);
        }
        Rect { x: area.x + 2, width: area.width - 2, ..area }
    }
}
