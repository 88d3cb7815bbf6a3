//! A tree as an outline: each node a row, those below it further in.

use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use crate::labs::picture::Branch;
use crate::text::Safe;
use crate::theme::Part;
use crate::tui::canvas::Canvas;
use crate::tui::player::arrange::Need;
use crate::tui::player::parts::Look;
use crate::tui::player::pen::{self, Bit};

/// Levels that are drawn further in; deeper ones stand below each other.
const DEEPEST: usize = 24;

/// A row for each node.
pub(super) fn need(nodes: &[Branch]) -> Need {
    Need::exactly(nodes.len().min(40))
}

/// Draws the rows around what is selected or in work, when not all fit.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, nodes: &[Branch], look: Look<'_>) {
    let now = nodes.iter().position(|it| it.is_now);
    let wanted = look.selected().map(|(row, _)| row).or(now).unwrap_or(0);
    let rows = usize::from(area.height);
    let skip = wanted.saturating_sub(rows / 2).min(nodes.len().saturating_sub(rows));
    let guides = guides(canvas, nodes);
    let shown = nodes.iter().zip(guides).enumerate().skip(skip);
    for (y, (number, (node, guide))) in (0..area.height).zip(shown) {
        let dim = canvas.theme.part(Part::Dim);
        let mut style = pen::strong(canvas, node.tone);
        if node.is_now {
            style = style.add_modifier(Modifier::REVERSED);
        }
        let is_selected = look.is_selected((number, 0));
        let sign = pen::sign(canvas, node.tone);
        let gap = if sign.is_empty() { "" } else { " " };
        let bits: [Bit; 6] = [
            (guide, dim),
            (after(&node.edge), dim),
            (
                canvas.ornament(
                    if is_selected { "▸" } else { "" },
                    if is_selected { ">" } else { "" },
                ),
                style,
            ),
            (Safe::line(&node.label).then(&Safe::from(gap)).then(&sign), style),
            (before(&node.sub), canvas.theme.ground()),
            (before(&node.note), dim),
        ];
        if is_selected {
            canvas.cursor = Some((Position::new(area.x, area.y + y), false));
        }
        pen::line(canvas, area, y, &bits);
    }
}

fn after(text: &str) -> Safe {
    if text.is_empty() { Safe::default() } else { Safe::line(text).then(&Safe::from(" ")) }
}

fn before(text: &str) -> Safe {
    if text.is_empty() { Safe::default() } else { Safe::from("  ").then(&Safe::line(text)) }
}

/// The lines before each node, which tell what it stands below.
fn guides(canvas: &Canvas<'_>, nodes: &[Branch]) -> Vec<Safe> {
    let depths: Vec<usize> = nodes.iter().map(|it| (it.depth as usize).min(DEEPEST)).collect();
    // Whether another node of its level follows before the level ends.
    let mut follows = vec![false; depths.len()];
    let mut open: Vec<bool> = vec![];
    for (slot, depth) in follows.iter_mut().zip(&depths).rev() {
        open.resize(depth + 1, false);
        if let Some(is_open) = open.get_mut(*depth) {
            *slot = std::mem::replace(is_open, true);
        }
    }
    let (through, none) = (canvas.ornament("│  ", "|  "), Safe::from("   "));
    let (fork, end) = (canvas.ornament("├─ ", "|- "), canvas.ornament("└─ ", "`- "));
    let mut above: Vec<bool> = vec![];
    let mut guides = vec![];
    for (follows, depth) in follows.into_iter().zip(depths) {
        above.resize(depth, false);
        let levels = above.iter().skip(1).map(|goes_on| if *goes_on { &through } else { &none });
        let own = match (depth, follows) {
            (0, _) => None,
            (_, true) => Some(&fork),
            (_, false) => Some(&end),
        };
        guides.push(levels.chain(own).collect());
        above.push(follows);
    }
    guides
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;

    use super::*;
    use crate::theme::{Depth, Palette, Theme};

    #[test]
    fn guides_tell_what_a_node_stands_below() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 1, 1));
        let theme = Theme::new(Palette::Ansi, Depth::None);
        let canvas = Canvas {
            buffer: &mut buffer,
            theme,
            ascii: false,
            cursor: None,
            flows: vec![],
            pictures: vec![],
        };
        let nodes = [0, 1, 2, 2, 1, 2, 0].map(|depth| Branch { depth, ..Branch::default() });
        let guides = guides(&canvas, &nodes);
        let guides: Vec<&str> = guides.iter().map(Safe::as_str).collect();
        assert_eq!(guides, ["", "├─ ", "│  ├─ ", "│  └─ ", "└─ ", "   └─ ", ""]);
    }
}
