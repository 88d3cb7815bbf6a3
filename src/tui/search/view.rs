//! How search looks: the query above, hits below it, and the selected one in its article beside
//! them where there is room.

use std::ops::Range;

use ratatui::layout::{Position, Rect};

use crate::library::Catalog;
use crate::search::text::{Hit, Key, Snippet};
use crate::text::{self, Safe};
use crate::theme::Part;
use crate::tui::canvas::Canvas;
use crate::tui::search::Search;
use crate::tui::view::reader;

/// Rows above the hits: the query and what is said of the answer.
const ABOVE: u16 = 2;
/// Cells that the list of hits needs beside a preview, and a preview beside the list.
const LIST: u16 = 56;
const PREVIEW: u16 = 40;
/// Wider lines are not read more easily.
const WIDEST: u16 = 84;

/// Where the parts of search are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// The box.
    pub frame: Rect,
    /// The hits.
    pub list: Rect,
    /// Rows of one hit.
    pub rows: u16,
    /// The text of the selected hit.
    pub preview: Option<Rect>,
}

impl Areas {
    /// How many hits are in sight.
    pub fn shown(&self) -> usize {
        usize::from((self.list.height / self.rows).max(1))
    }
}

/// The parts of search on a screen of this size.
pub fn arrange(screen: Rect) -> Areas {
    let (side, above) = (u16::from(screen.width > 70), u16::from(screen.height > 20));
    let frame = Rect {
        x: screen.x + side,
        y: screen.y + above,
        width: screen.width - 2 * side,
        height: screen.height - 2 * above,
    };
    let inside = Rect {
        x: frame.x + 2.min(frame.width),
        y: frame.y + 1.min(frame.height),
        width: frame.width.saturating_sub(4),
        height: frame.height.saturating_sub(2),
    };
    let above = ABOVE.min(inside.height);
    let body = Rect { y: inside.y + above, height: inside.height - above, ..inside };
    let rows = if body.height >= 14 { 4 } else { 2 };
    if body.width < LIST + PREVIEW + 3 {
        return Areas { frame, list: body, rows, preview: None };
    }
    let width = (body.width / 2).clamp(LIST, WIDEST);
    let list = Rect { width, ..body };
    let x = body.x + width + 3;
    let preview = Rect { x, width: (body.right() - x).min(WIDEST), ..body };
    Areas { frame, list, rows, preview: Some(preview) }
}

/// Draws `search` over `screen`.
pub fn draw(canvas: &mut Canvas<'_>, screen: Rect, catalog: &Catalog, search: &Search) {
    let areas = arrange(screen);
    let inside = canvas.frame(areas.frame, &Safe::from("search"));
    if areas.frame.width < 4 || areas.frame.height < 3 {
        return;
    }
    draw_query(canvas, inside, search);
    let cursor = canvas.cursor;
    let shown = search.answer.hits.iter().enumerate().skip(search.cursor.top);
    for (row, (at, hit)) in (0..areas.shown()).zip(shown) {
        let y = areas.list.y + text::cells(row) * areas.rows;
        let height = areas.rows.min(areas.list.bottom().saturating_sub(y));
        let area = Rect { y, height, ..areas.list };
        draw_hit(canvas, area, catalog, hit);
        if at == search.cursor.at {
            canvas.select_row(area, 0);
        }
    }
    if let (Some(area), Some(preview)) = (areas.preview, &search.preview) {
        canvas.divide(Rect { x: area.x - 2, width: area.width + 2, ..area });
        if search.selected().is_some_and(|hit| !matches!(hit.place.key, Key::Lab(_))) {
            reader::draw_text(canvas, area, preview);
        }
    }
    canvas.cursor = cursor;
}

fn draw_query(canvas: &mut Canvas<'_>, inside: Rect, search: &Search) {
    let said = said(search);
    let prompt = canvas.ornament("› ", "> ");
    let x = canvas.part(inside, 0, 0, &prompt, Part::Accent);
    canvas.part(inside, x, 0, &Safe::line(search.input.text()), Part::Strong);
    canvas.part(Rect { height: ABOVE, ..inside }, 0, 1, &said, Part::Dim);
    let column = (x + text::cells(search.input.column())).min(inside.width.saturating_sub(1));
    canvas.cursor = Some((Position::new(inside.x + column, inside.y), true));
}

/// What has to be known of the answer.
fn said(search: &Search) -> Safe {
    let answer = &search.answer;
    let mut said = vec![];
    if search.input.text().trim().is_empty() {
        said.push("words  \"a phrase\"  -without  code:x  tag:x  category:x".to_owned());
    } else if search.answered == search.asked && answer.hits.is_empty() {
        said.push("nothing found".to_owned());
    } else if !answer.hits.is_empty() {
        let places = if answer.total == 1 { "place" } else { "places" };
        said.push(format!("{} of {} {places}", search.cursor.at + 1, answer.total));
        if answer.is_partial {
            said.push("none has all the words".to_owned());
        }
        if let Some((_, word)) = answer.corrected.first() {
            said.push(format!("also looked for {word}"));
        }
    }
    if let Some(progress) = search.indexing {
        said.push(format!("indexing {} of {}", progress.done, progress.total));
    }
    Safe::line(&said.join("   "))
}

/// A hit: its title, where in what it stands, and the words that were found. In two rows, title
/// and heading share the first.
fn draw_hit(canvas: &mut Canvas<'_>, area: Rect, catalog: &Catalog, hit: &Hit) {
    let between = if canvas.ascii { " > " } else { " › " };
    let mut path = vec![kind(catalog, hit)];
    path.retain(|it| !it.is_empty());
    path.extend(hit.path.iter().map(|heading| Safe::line(heading)));
    let is_short = area.height < 3;
    let title = Safe::line(&hit.title);
    match hit.path.last().filter(|_| is_short) {
        Some(heading) => {
            // Neither leaves the other without room.
            let heading = Safe::line(heading);
            let room = usize::from(area.width) / 2;
            let room = room.max(usize::from(area.width).saturating_sub(text::width(&heading) + 3));
            let left = Rect { width: text::cells(room), ..area };
            let x = canvas.part(left, 0, 0, &title, Part::Strong);
            let x = canvas.part(area, x, 0, &Safe::from(between), Part::Dim);
            canvas.part(area, x, 0, &heading, Part::Strong);
        }
        None => {
            canvas.part(area, 0, 0, &title, Part::Strong);
        }
    }
    let indented = Rect { x: area.x + 2, width: area.width.saturating_sub(2), ..area };
    if !is_short {
        let path: Vec<&str> = path.iter().map(Safe::as_str).collect();
        canvas.part(indented, 0, 1, &Safe::line(&path.join(between)), Part::Dim);
    }
    let above = if is_short { 1 } else { 2 };
    let rows =
        Rect { y: area.y + above, height: area.height.saturating_sub(above).min(2), ..indented };
    draw_snippet(canvas, rows, &hit.snippet);
}

/// The category's title, with a lab that it is one; or where a file is.
fn kind(catalog: &Catalog, hit: &Hit) -> Safe {
    let name = hit.place.key.name();
    if matches!(hit.place.key, Key::File(_)) {
        return Safe::line(name);
    }
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let category = catalog.category(folder).and_then(|at| catalog.categories.get(at));
    let title = Safe::line(category.map_or(folder, |it| it.title.as_str()));
    if matches!(hit.place.key, Key::Lab(_)) { Safe::from("Lab, ").then(&title) } else { title }
}

/// Words in rows, the hits among them marked; cut at the end of the last row.
fn draw_snippet(canvas: &mut Canvas<'_>, area: Rect, snippet: &Snippet) {
    let (mut x, mut y) = (0, 0);
    let more = canvas.ornament("…", "...");
    if snippet.is_cut_before {
        x = canvas.part(area, 0, 0, &more, Part::Dim) + 1;
    }
    let mut at = 0;
    for word in snippet.text.split_inclusive(' ') {
        let width = text::cells(text::width(word.trim_end()));
        if x > 0 && x + width > area.width {
            (x, y) = (0, y + 1);
        }
        if y >= area.height {
            return;
        }
        for (range, part) in parts(at..at + word.len(), &snippet.hits) {
            x = canvas.part(area, x, y, &snippet.text.slice(range), part);
        }
        at += word.len();
    }
    if snippet.is_cut_after && x + 4 < area.width {
        canvas.part(area, x + 1, y, &more, Part::Dim);
    }
}

/// The pieces of a word that are hits, and those between.
fn parts(word: Range<usize>, hits: &[Range<usize>]) -> Vec<(Range<usize>, Part)> {
    let mut parts = vec![];
    let mut at = word.start;
    for hit in hits.iter().filter(|hit| hit.start < word.end && hit.end > word.start) {
        let (start, end) = (hit.start.max(word.start), hit.end.min(word.end));
        parts.push((at..start, Part::Text));
        parts.push((start..end, Part::Match));
        at = end;
    }
    parts.push((at..word.end, Part::Text));
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_part_lies_on_the_screen(width in 0u16..300, height in 0u16..200) {
            let screen = Rect::new(0, 0, width, height);
            let areas = arrange(screen);
            for area in [Some(areas.frame), Some(areas.list), areas.preview].into_iter().flatten() {
                prop_assert_eq!(area.intersection(screen).area(), area.area(), "{:?}", areas);
            }
            prop_assert!(areas.shown() > 0);
        }
    }
}
