//! The pictures that the terminal has, and those that hang on the screen.

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::tui::frame::pen::Pen;
use crate::tui::picture::{Form, Shown};

/// Pictures that a terminal is to keep at most.
const KEPT: usize = 32;

/// What hangs on the screen.
#[derive(Debug, Default)]
pub(super) struct Hanging {
    /// The numbers of pictures that the terminal was given.
    given: BTreeSet<u32>,
    /// Those that were written as a whole.
    shown: Vec<Shown>,
}

impl Hanging {
    /// Nothing is known of the screen any more.
    pub(super) fn clear(&mut self) {
        self.given.clear();
        self.shown.clear();
    }

    /// Whether a picture hangs, or is to, that does not move with the rows.
    pub(super) fn are_fixed(&self, next: &[Shown]) -> bool {
        !self.shown.is_empty() || next.iter().any(is_whole)
    }

    /// Gives the terminal the pictures that its cells are to name.
    pub(super) fn give(&mut self, pen: &mut Pen, next: &[Shown]) {
        for shown in next {
            if let Form::Cells { given, .. } = &shown.picture.form
                && self.given.insert(shown.picture.number)
            {
                pen.raw(given);
            }
        }
        if self.given.len() > KEPT {
            let numbers = next.iter().map(|shown| shown.picture.number).collect::<BTreeSet<u32>>();
            for number in self.given.difference(&numbers) {
                pen.raw(&forget(*number));
            }
            self.given.retain(|number| numbers.contains(number));
        }
    }

    /// Has the cells drawn again that a picture was on which goes; which ones come. Both are
    /// pictures that are written as a whole.
    pub(super) fn change(
        &mut self,
        shown: &mut Buffer,
        next: &Buffer,
        pictures: &[Shown],
    ) -> Vec<Shown> {
        let wanted: Vec<Shown> = pictures.iter().filter(|it| is_whole(it)).cloned().collect();
        let is_kept = |it: &Shown| {
            self.shown.contains(it) && it.area.positions().all(|at| shown.cell(at) == next.cell(at))
        };
        let fresh: Vec<Shown> = wanted.iter().filter(|it| !is_kept(it)).cloned().collect();
        let went = self.shown.iter().filter(|it| !wanted.contains(it) || fresh.contains(it));
        let went: Vec<_> = went.map(|it| reach(it.area).intersection(shown.area)).collect();
        let kept: Vec<Rect> =
            wanted.iter().filter(|it| !fresh.contains(it)).map(|it| it.area).collect();
        let bare = |at: &Position| !kept.iter().any(|area| area.contains(*at));
        for at in went.into_iter().flat_map(Rect::positions).filter(bare) {
            if let Some(cell) = shown.cell_mut(at) {
                // Differs from every cell that is drawn.
                cell.set_symbol("\n");
            }
        }
        self.shown = wanted;
        fresh
    }

    /// Has the terminal forget what it was given.
    pub(super) fn forget(&mut self, pen: &mut Pen) {
        for number in std::mem::take(&mut self.given) {
            pen.raw(&forget(number));
        }
    }
}

/// The cells that a picture may have been drawn on: a terminal tells the size of its cells in whole
/// pixels, and what is up to a half less than told brings a picture of many cells over its edge.
fn reach(area: Rect) -> Rect {
    let more = |cells: u16| cells.saturating_add(cells / 14 + 1);
    Rect { width: more(area.width), height: more(area.height), ..area }
}

fn is_whole(shown: &Shown) -> bool {
    matches!(shown.picture.form, Form::Whole(_))
}

fn forget(number: u32) -> String {
    format!("\x1b_Gq=2,a=d,d=I,i={number}\x1b\\")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ratatui::layout::Size;
    use ratatui::style::Style;

    use super::*;
    use crate::tui::frame::{Frames, Hints};
    use crate::tui::picture::Drawn;

    const AREA: Rect = Rect { x: 0, y: 0, width: 40, height: 12 };

    fn hanging(number: u32, y: u16, form: Form) -> Shown {
        let picture = Drawn { number, size: Size::new(4, 2), form };
        Shown { area: Rect::new(2, y, 4, 2), picture: Arc::new(picture) }
    }

    /// What is written for a page of text from row `top` on, with these pictures.
    fn draw(frames: &mut Frames<Vec<u8>>, top: u16, pictures: Vec<Shown>) -> String {
        let mut next = Buffer::empty(AREA);
        for y in 0..AREA.height {
            next.set_string(8, y, format!("{} is a row of the text", y + top), Style::new());
        }
        let hints = Hints { scrolls: Some(AREA), pictures, ..Hints::default() };
        frames.draw(next, &hints).unwrap();
        String::from_utf8(std::mem::take(&mut frames.out)).unwrap()
    }

    #[test]
    fn a_whole_is_written_when_it_comes_or_moves_and_its_cells_when_it_goes() {
        let whole = |y| vec![hanging(1, y, Form::Whole("<picture>".into()))];
        let mut frames = Frames::new(vec![], AREA);
        let written = draw(&mut frames, 0, whole(3));
        assert!(written.ends_with("\x1b[4;3H<picture>"), "{written:?}");
        assert_eq!(draw(&mut frames, 0, whole(3)), "");
        // Rows do not move while it hangs: nobody knows what it would do.
        let moved = draw(&mut frames, 1, whole(2));
        assert!(moved.contains("\x1b[3;3H<picture>") && !moved.contains('\n'), "{moved:?}");
        let gone = draw(&mut frames, 1, vec![]);
        // With the cells that it may have reached into.
        assert_eq!(gone, "\x1b[3;3H     \x1b[4;3H     \x1b[5;3H     ");
        assert!(draw(&mut frames, 2, vec![]).contains('\n'), "then they move again");
        draw(&mut frames, 2, whole(3));
        frames.clear(AREA);
        assert!(draw(&mut frames, 2, whole(3)).contains("<picture>"), "a lost screen has none");
    }

    #[test]
    fn a_terminal_is_given_a_picture_once_and_forgets_the_oldest_at_last() {
        let cells = |number: u32| {
            let form =
                Form::Cells { given: format!("<{number}>"), cells: Buffer::empty(Rect::ZERO) };
            vec![hanging(number, 3, form)]
        };
        let mut frames = Frames::new(vec![], AREA);
        assert!(draw(&mut frames, 0, cells(1)).starts_with("<1>"));
        assert_eq!(draw(&mut frames, 0, cells(1)), "");
        assert!(draw(&mut frames, 1, cells(1)).contains('\n'), "rows move as ever");
        for number in 2..=32 {
            assert_eq!(draw(&mut frames, 1, cells(number)), format!("<{number}>"));
        }
        let last = draw(&mut frames, 1, cells(33));
        assert!(
            last.contains("i=1\x1b\\") && last.contains("i=32\x1b\\") && !last.contains("i=33")
        );
        frames.forget_pictures().unwrap();
        assert_eq!(String::from_utf8(frames.out).unwrap(), "\x1b_Gq=2,a=d,d=I,i=33\x1b\\");
    }
}
