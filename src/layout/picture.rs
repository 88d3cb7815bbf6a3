//! Room for a picture that stands alone, where the terminal can draw it.
//!
//! Its text stands at the top of the room, and is seen until the picture is there, and wherever
//! the picture cannot be drawn.

use crate::document::{BlockKind, Document, Picture, Prose};
use crate::layout::flow::{self, Flow};
use crate::layout::frame::{self, Frame};
use crate::layout::{Line, Manner, Measure, Role, lay_out_in, prose};

/// What becomes of pictures that stand alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Pictures {
    /// Their text is shown.
    #[default]
    Told,
    /// There is room for them.
    Drawn(Cells),
}

/// The cells of a terminal, as pictures see them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cells {
    /// Pixels of a cell from left to right; at least 1.
    pub width: u16,
    /// Pixels of a cell from top to bottom; at least 1.
    pub height: u16,
    /// The most rows that a picture gets.
    pub rows: u16,
}

/// Where a picture goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The link that names it.
    pub link: usize,
    /// The column of its left edge.
    pub x: usize,
    /// Its first row, counted in the rows of its leaf.
    pub row: usize,
    /// Rows of the leaf that are the picture's or its text's; at least as many as `height`.
    pub room: usize,
    /// Its width in cells.
    pub width: u16,
    /// Its height in cells.
    pub height: u16,
}

/// Where the picture of a leaf goes, when the leaf is a picture that has room.
pub fn picture(
    document: &Document,
    block: usize,
    measure: Measure,
    manner: Manner,
) -> Option<Place> {
    let measure = Measure { width: measure.width.max(1), ..measure };
    let inner = Frame::around(document, block, measure).inner_width();
    let own = Measure { width: inner, ..measure };
    let (prose, link, (width, height)) = seen(document, block, own, manner)?;
    let captions = caption_rows(document, prose, own).len();
    let rows = rows((document, block), own, manner)?.len();
    let all = lay_out_in(document, block, measure, manner).len();
    let room = rows.saturating_sub(captions);
    Some(Place {
        link,
        x: measure.width - inner,
        row: all.saturating_sub(rows),
        room,
        width,
        height,
    })
}

/// The rows of a leaf that is a picture with room for it: its text, what is left of its room, its
/// caption.
pub(super) fn rows(
    (document, block): (&Document, usize),
    measure: Measure,
    manner: Manner,
) -> Option<Vec<Line>> {
    let (prose, _, (_, height)) = seen(document, block, measure, manner)?;
    let mut flow = Flow::default();
    flow.marked((document, measure), prose, frame::base_role(document, block), Some(0));
    let mut rows = prose::rows(&flow, measure.width);
    // A place in the text is found in a row of the text, never in one below it.
    let end = prose.text.len().max(1);
    while rows.len() < usize::from(height) {
        rows.push(Line { spans: vec![], start: end });
    }
    rows.extend(
        caption_rows(document, prose, measure).into_iter().map(|row| Line { start: end, ..row }),
    );
    Some(rows)
}

fn caption_rows(document: &Document, prose: &Prose, measure: Measure) -> Vec<Line> {
    let Some(title) = flow::caption(document, prose) else { return vec![] };
    let mut flow = Flow::default();
    flow.ornament(title, Role::Emphasis);
    prose::rows(&flow, measure.width)
}

/// The text of the picture that a leaf is, its link, and its size in cells.
fn seen(
    document: &Document,
    block: usize,
    measure: Measure,
    manner: Manner,
) -> Option<(&Prose, usize, (u16, u16))> {
    let Pictures::Drawn(cells) = manner.pictures else { return None };
    let BlockKind::Paragraph(prose) = &document.blocks.get(block)?.kind else { return None };
    let link = flow::lone_image(prose)?;
    match document.pictures.get(&link)? {
        picture @ Picture::Sized(_, width, height) if picture.can_be_drawn() => {
            Some((prose, link, fitted((*width, *height), measure.width, cells)))
        }
        _ => None,
    }
}

/// The cells of a picture of this many pixels: never more than there are, nor larger than it is.
fn fitted((width, height): (u32, u32), columns: usize, cells: Cells) -> (u16, u16) {
    let columns = u32::try_from(columns).unwrap_or(u32::MAX);
    let (wide, high) = (f64::from(cells.width.max(1)), f64::from(cells.height.max(1)));
    let (width, height) = (f64::from(width.max(1)), f64::from(height.max(1)));
    let (most_wide, most_high) = (f64::from(columns) * wide, f64::from(cells.rows.max(1)) * high);
    let scale = (most_wide / width).min(most_high / height).min(1.0);
    #[expect(clippy::cast_sign_loss, reason = "sizes are above 0")]
    let whole = |pixels: f64, cell: f64, most: u32| {
        let cells = (pixels * scale / cell).ceil() as u32;
        u16::try_from(cells.clamp(1, most.max(1))).unwrap_or(u16::MAX)
    };
    (whole(width, wide, columns), whole(height, high, cells.rows.into()))
}

#[cfg(test)]
mod tests {
    use crate::document::{self, Kind};
    use crate::layout::{Page, Position, Row};

    use super::*;

    const CELLS: Cells = Cells { width: 8, height: 16, rows: 20 };

    fn drawn(source: &str, size: (u32, u32), measure: Measure) -> (Vec<String>, Option<Place>) {
        let mut document = document::parse(source);
        document.pictures.insert(0, Picture::Sized(Kind::Png, size.0, size.1));
        let manner = Manner { pictures: Pictures::Drawn(CELLS), ..Manner::default() };
        let block = document.links[0].block;
        let rows = lay_out_in(&document, block, measure, manner);
        let text = |row: &Line| row.spans.iter().map(|it| it.text.as_str()).collect::<String>();
        (rows.iter().map(text).collect(), picture(&document, block, measure, manner))
    }

    fn measure(width: usize) -> Measure {
        Measure { width, ascii: false }
    }

    #[test]
    fn a_picture_is_as_large_as_it_is_but_never_larger_than_the_page() {
        assert_eq!(fitted((64, 64), 40, CELLS), (8, 4));
        assert_eq!(fitted((1, 1), 40, CELLS), (1, 1));
        assert_eq!(fitted((65, 65), 40, CELLS), (9, 5));
        assert_eq!(fitted((6400, 6400), 40, CELLS), (40, 20));
        assert_eq!(fitted((100, 40_000), 40, CELLS), (1, 20));
        assert_eq!(fitted((40_000, 100), 40, CELLS), (40, 1));
    }

    #[test]
    fn its_text_stands_at_the_top_of_its_room_and_its_caption_below() {
        let (rows, place) = drawn("![A cat](c.png 'As found')", (64, 64), measure(40));
        assert_eq!(rows, ["[image: A cat] (c.png, PNG 64×64)", "", "", "", "As found"]);
        let place = place.unwrap();
        assert_eq!((place.x, place.row, place.room), (0, 0, 4));
        assert_eq!((place.link, place.width, place.height), (0, 8, 4));
    }

    #[test]
    fn what_stands_around_it_stays() {
        let (rows, place) = drawn("a\n\n> ![b](c.png)", (64, 40), measure(60));
        assert_eq!(rows, ["", "│ [image: b] (c.png, PNG 64×40)", "│ ", "│ "]);
        assert_eq!(place.map(|it| (it.x, it.row, it.room)), Some((2, 1, 3)));
    }

    #[test]
    fn one_among_words_has_no_room() {
        let (rows, place) = drawn("See ![](c.png) there", (64, 640), measure(60));
        assert_eq!((rows.len(), place), (1, None));
    }

    #[test]
    fn the_place_of_a_picture_is_its_first_row() {
        for source in ["![](c.png)", "![A cat](c.png)\n\nText"] {
            let mut document = document::parse(source);
            document.pictures.insert(0, Picture::Sized(Kind::Png, 64, 64));
            let mut page = Page::new(&document, measure(40));
            page.set_in(Manner { pictures: Pictures::Drawn(CELLS), ..Manner::default() });
            let start = Position { block: 0, offset: 0 };
            assert_eq!(page.row_of(&document, start), Row { block: 0, row: 0 });
        }
    }
}
