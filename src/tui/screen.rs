//! Where each pane goes. Computed from the size alone, so that updates (paging, mouse) and the
//! view agree without the view having to report back.

use ratatui::layout::{Rect, Size};

/// Cells of the outline beside an article, with the air at its left.
const OUTLINE: u16 = 30;
/// The same where there is room for whole headings.
const WIDE_OUTLINE: u16 = 48;
/// Cells around text and outline before the outline gets more than the least.
const AIR: u16 = 22;

/// The areas of one frame. An area without room has no width or no height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// The line above: where the reader is.
    pub header: Rect,
    /// Between header and hints.
    pub body: Rect,
    /// The line below: what can be done now, and messages.
    pub hints: Rect,
}

impl Screen {
    /// The areas of a terminal of `size`.
    pub fn arrange(size: Size) -> Self {
        let all = Rect::new(0, 0, size.width, size.height);
        if size.height < 8 {
            let none = Rect { height: 0, ..all };
            return Self { header: none, body: all, hints: none };
        }
        let gap = u16::from(size.height >= 16);
        let header = Rect { height: 1, ..all };
        let hints = Rect { y: size.height - 1, height: 1, ..all };
        let body = Rect { y: 1 + gap, height: size.height - 2 - gap, ..all };
        Self { header, body, hints }
    }

    /// The column of an article's text of `measure` cells and, when there is room, the outline
    /// at its right; both together stand in the middle.
    pub fn reader(&self, measure: u16) -> (Rect, Option<Rect>) {
        let body = self.body;
        let beside = body.width >= 100;
        let outline = body.width.saturating_sub(measure.saturating_add(AIR));
        let outline = if beside { outline.clamp(OUTLINE, WIDE_OUTLINE) } else { 0 };
        let room = body.width - outline;
        let margin = if room >= 44 { 2 } else { u16::from(room >= 24) };
        let gap = if beside { 4 } else { margin };
        let width = room.saturating_sub(margin + gap).min(measure).max(room.min(1));
        let gap = if beside { gap.min(room - width) } else { 0 };
        let spare = room - width - gap;
        let left = (spare / 2).max(margin.min(spare));
        let text = Rect { x: body.x + left, width, ..body };
        let outline = beside.then(|| Rect { x: text.right() + gap, width: outline, ..body });
        (text, outline)
    }

    /// The column of an article's text alone, in the middle.
    pub fn alone(&self, measure: u16) -> Rect {
        let body = self.body;
        let margin = if body.width >= 44 { 2 } else { u16::from(body.width >= 24) };
        let width = (body.width - 2 * margin).min(measure).max(body.width.min(1));
        Rect { x: body.x + (body.width - width) / 2, width, ..body }
    }

    /// The panes of Browse: categories, articles, preview. Under 100 columns two, under 60 one.
    pub fn panes(&self, focus: usize) -> [Rect; 3] {
        let Rect { x, width, .. } = self.body;
        let pane = |x: u16, width: u16| Rect { x, width, ..self.body };
        let none = pane(x, 0);
        if width >= 100 {
            let (first, third) = (30.min(width / 4), width * 2 / 5);
            let second = width - first - third;
            [pane(x, first), pane(x + first, second), pane(x + first + second, third)]
        } else if width >= 60 {
            let left = if focus == 2 { width * 2 / 5 } else { 26 };
            let (a, b) = (pane(x, left), pane(x + left, width - left));
            if focus == 2 { [none, a, b] } else { [a, b, none] }
        } else {
            let mut panes = [none; 3];
            if let Some(shown) = panes.get_mut(focus) {
                *shown = self.body;
            }
            panes
        }
    }

    /// A box over the screen of at most `width` by `height` cells, a little above the middle.
    pub fn overlay(&self, width: u16, height: u16) -> Rect {
        let all = Rect {
            y: self.header.y,
            height: self.hints.bottom().max(self.body.bottom()),
            ..self.body
        };
        let width = width.min(all.width);
        let height = height.min(all.height);
        Rect {
            x: all.x + (all.width - width) / 2,
            y: all.y + (all.height - height) / 3,
            width,
            height,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_outline_grows_with_the_terminal_until_it_has_room_for_whole_headings() {
        let width = |width| {
            let (_, outline) = Screen::arrange(Size { width, height: 40 }).reader(76);
            outline.map(|it| it.width)
        };
        assert_eq!(
            [99, 100, 128, 129, 140].map(width),
            [0, 30, 30, 31, 42].map(|it| (it > 0).then_some(it))
        );
        assert_eq!([146, 147, 300].map(width), [Some(48); 3]);
    }

    #[test]
    fn beside_an_outline_the_text_keeps_its_margin() {
        for width in [100, 104, 110, 116, 160] {
            let (text, outline) = Screen::arrange(Size { width, height: 40 }).reader(76);
            assert!(text.x >= 2, "{width}: {text:?}");
            assert_eq!(outline.map(|it| it.x), Some(text.right() + 4), "{width}");
        }
    }

    proptest! {
        #[test]
        fn every_area_lies_on_the_screen(width in 0u16..600, height in 0u16..300, measure in 1u16..200) {
            let all = Rect::new(0, 0, width, height);
            let screen = Screen::arrange(Size { width, height });
            let (text, outline) = screen.reader(measure);
            let mut areas = vec![screen.header, screen.body, screen.hints, text];
            areas.extend(outline);
            areas.push(screen.alone(measure));
            for focus in 0..3 {
                areas.extend(screen.panes(focus));
            }
            areas.push(screen.overlay(60, 20));
            for area in areas {
                prop_assert_eq!(area.intersection(all).area(), area.area(), "{:?}", area);
            }
            prop_assert!(text.width <= measure && (width == 0 || text.width > 0));
        }
    }
}
