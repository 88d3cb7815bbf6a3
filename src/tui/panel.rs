//! A box over the screen with something to read: a peek, a lab on its way.

use ratatui::layout::Rect;

use crate::labs::LabLink;
use crate::text::Safe;
use crate::theme::Part;
use crate::tui::canvas::Canvas;
use crate::tui::rich;

/// A box with Markdown in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Its title.
    pub title: Safe,
    /// What it says.
    pub markdown: String,
    /// What stands below it in plain lines, never wrapped or styled, so that it can be copied.
    pub verbatim: Vec<Safe>,
    /// What `y` copies.
    pub copies: Option<Safe>,
    /// Whether Enter follows the selected link; else it closes the panel.
    pub follows: bool,
    /// A lab that Enter hands to a browser, as nothing else was asked.
    pub asks: Option<LabLink>,
    /// The first row shown.
    pub top: usize,
}

impl Panel {
    /// A panel that only says something.
    pub fn new(title: Safe, markdown: String) -> Self {
        Self { title, markdown, verbatim: vec![], copies: None, follows: false, asks: None, top: 0 }
    }
}

/// Draws `panel` over `screen`.
pub fn draw(canvas: &mut Canvas<'_>, screen: Rect, panel: &Panel) {
    let width = screen.width.min(84);
    let inner = usize::from(width.saturating_sub(4).max(1));
    let lines = panel.markdown.lines().map(|line| 1 + crate::text::width(line) / inner);
    let verbatim = panel.verbatim.iter().map(|line| 1 + crate::text::width(line) / inner);
    let rows = lines.sum::<usize>() + verbatim.sum::<usize>() + 4;
    let height = crate::text::cells(rows).clamp(5, 24).min(screen.height);
    let area = Rect {
        x: screen.x + (screen.width - width) / 2,
        y: screen.y + (screen.height - height) / 3,
        width,
        height,
    };
    let inside = canvas.frame(area, &panel.title);
    let used = rich::write(canvas, inside, &panel.markdown, panel.top);
    let used = crate::text::cells(used.saturating_sub(panel.top) + 1);
    let below = Rect {
        y: inside.y + used.min(inside.height),
        height: inside.height.saturating_sub(used),
        ..inside
    };
    draw_verbatim(canvas, below, &panel.verbatim);
}

/// Lines as they are; one that is too long goes on in the next row, so nothing is cut.
fn draw_verbatim(canvas: &mut Canvas<'_>, area: Rect, lines: &[Safe]) {
    let mut y = 0;
    for line in lines {
        let mut rest = line.clone();
        while y < area.height && area.width > 0 {
            let fits = crate::text::fitting(&rest, usize::from(area.width)).max(1);
            canvas.part(area, 0, y, &rest.slice(0..fits), Part::Strong);
            y += 1;
            rest = rest.slice(fits..rest.len());
            if rest.is_empty() {
                break;
            }
        }
    }
}
