//! The open article and its outline.

use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use crate::layout::Row;
use crate::paint::{self, Overlay, Slot};
use crate::text::{self, Safe};
use crate::theme::Part;
use crate::tui::Model;
use crate::tui::canvas::Canvas;
use crate::tui::comfort::{Comfort, Ruler};
use crate::tui::reading::{Hints, Reading, Shown, Subject};
use crate::tui::view::pictures;

/// Headings shown beside the text at most: the ones around the present one. Scrolling moves
/// whole rows of the terminal, so each heading has to be written again for each line scrolled.
const OUTLINE_ROWS: u16 = 12;
/// Related articles named beside the text, of each kind.
const RELATED: usize = 3;

/// Draws the open article.
pub(super) fn draw(canvas: &mut Canvas<'_>, model: &Model) {
    let Some(reading) = &model.reading else { return };
    let (column, outline) = model.reader_areas();
    draw_text(canvas, column, reading);
    if model.comfort.has_place() {
        draw_place(canvas, column, reading, model.comfort);
    }
    if model.overlays.is_empty() {
        pictures::draw(canvas, column, reading);
    }
    place_cursor(canvas, column, reading);
    if let Some(hints) = &reading.hints {
        draw_hints(canvas, column, hints);
    }
    if let Some(area) = outline {
        draw_outline(canvas, area, reading);
        let related = Rect { y: area.y + OUTLINE_ROWS + 1, ..area };
        let height = area.height.saturating_sub(OUTLINE_ROWS + 1);
        draw_related(canvas, Rect { height, ..related }, model, reading);
    }
}

/// Names what to read beside the article, and what links to it; a few of each.
fn draw_related(canvas: &mut Canvas<'_>, area: Rect, model: &Model, reading: &Reading) {
    let Subject::Article(article) = reading.subject else { return };
    let catalog = model.catalog();
    let see = catalog.see_also(article, RELATED);
    let groups = [("See also", see.as_slice()), ("Linked from", catalog.backlinks(article))];
    let inside = Rect { x: area.x + 2, width: area.width.saturating_sub(3), ..area };
    let mut y = 0;
    for (name, articles) in groups {
        let rows = text::cells(articles.len().min(RELATED)) + 2;
        if articles.is_empty() || y + rows > inside.height {
            continue;
        }
        canvas.part(inside, 2, y, &Safe::from(name), Part::Strong);
        let titles = articles.iter().filter_map(|at| catalog.articles.get(*at)).take(RELATED);
        for (row, other) in (y + 1..).zip(titles) {
            canvas.part(inside, 2, row, &Safe::line(&other.title), Part::Dim);
        }
        y += rows;
    }
}

/// Draws the rows of an article that are in sight.
pub(crate) fn draw_text(canvas: &mut Canvas<'_>, column: Rect, reading: &Reading) {
    let mut overlays = Overlays { block: None, list: vec![] };
    for (y, row) in (column.y..column.bottom()).zip(reading.visible()) {
        let Some(line) = reading.line(*row) else { continue };
        let slot = Slot { x: column.x, y, width: column.width };
        let over = overlays.of(*row, reading, canvas);
        paint::line(canvas.buffer, slot, line, &canvas.theme, over);
    }
    for (y, head) in (column.y..column.bottom()).zip(reading.table_head()) {
        canvas.blank(Rect { y, height: 1, ..column });
        let slot = Slot { x: column.x, y, width: column.width };
        paint::line(canvas.buffer, slot, head, &canvas.theme, &[]);
    }
    if reading.document.blocks.is_empty() {
        canvas.part(column, 0, 0, &Safe::from("This file is empty."), Part::Dim);
    }
}

/// Dims all but the present paragraph, and draws the ruler below the present row.
fn draw_place(canvas: &mut Canvas<'_>, column: Rect, reading: &Reading, comfort: Comfort) {
    let place = reading.present();
    let here = reading.visible().get(place).map(|row| row.block);
    let dim = canvas.theme.part(Part::Dim);
    for (at, (y, row)) in (column.y..column.bottom()).zip(reading.visible()).enumerate() {
        let line = Rect { y, height: 1, ..column };
        if comfort.focus && Some(row.block) != here {
            canvas.buffer.set_style(line, dim);
        }
        if comfort.ruler == Ruler::Shown && at == place {
            canvas.buffer.set_style(line, Modifier::UNDERLINED);
        }
    }
}

/// What lies over the text of the block that is being drawn.
struct Overlays {
    block: Option<usize>,
    list: Vec<Overlay>,
}

impl Overlays {
    fn of(&mut self, row: Row, reading: &Reading, canvas: &Canvas<'_>) -> &[Overlay] {
        if self.block.replace(row.block) != Some(row.block) {
            self.list = overlays(reading, row.block, canvas);
        }
        &self.list
    }
}

fn overlays(reading: &Reading, block: usize, canvas: &Canvas<'_>) -> Vec<Overlay> {
    let theme = canvas.theme;
    let colours = reading.colours(block).iter();
    let mut list: Vec<Overlay> = colours
        .map(|(range, role)| Overlay { range: range.clone(), style: theme.style(*role) })
        .collect();
    for shown in &reading.highlights {
        let part = if shown.noted { Part::Noted } else { Part::Highlighted };
        let range = shown.within(block);
        list.extend(range.map(|range| Overlay { range, style: theme.part(part) }));
    }
    if let Some(find) = &reading.find {
        let first = find.hits.partition_point(|hit| hit.block < block);
        let hits = find.hits.iter().enumerate().skip(first);
        for (at, hit) in hits.take_while(|(_, hit)| hit.block == block) {
            let part = if find.current == Some(at) { Part::CurrentHit } else { Part::Hit };
            list.push(Overlay { range: hit.range.clone(), style: theme.part(part) });
        }
    }
    if let Some(link) = reading.selected_link().filter(|link| link.block == block) {
        list.push(Overlay { range: link.range.clone(), style: theme.part(Part::Selected) });
    }
    if let Some((start, end)) = reading.selected() {
        let all = Shown { id: String::new(), start, end, noted: false };
        let range = all.within(block);
        list.extend(range.map(|range| Overlay { range, style: theme.part(Part::Selected) }));
    }
    list
}

/// The cursor stands on what is selected or found, else at the beginning of the text.
fn place_cursor(canvas: &mut Canvas<'_>, column: Rect, reading: &Reading) {
    let link = reading.selected_link().map(|link| (link.block, link.range.start));
    let hit = reading.find.as_ref().and_then(|find| find.hits.get(find.current?));
    let caret = reading.selection.map(|it| (it.caret.block, it.caret.offset));
    let place = caret.or(link).or(hit.map(|hit| (hit.block, hit.range.start)));
    let place = place.map(|(block, offset)| crate::layout::Position { block, offset });
    let (y, x) = place.and_then(|place| reading.cell_of(place)).unwrap_or((0, 0));
    let cell = Position::new(column.x + text::cells(x), column.y + text::cells(y));
    canvas.cursor = column.contains(cell).then_some((cell, false));
}

fn draw_hints(canvas: &mut Canvas<'_>, column: Rect, hints: &Hints) {
    for label in &hints.labels {
        let rest = label.letters.get(hints.typed.len()..).unwrap_or_default();
        let (x, y) = (text::cells(label.column), text::cells(label.row));
        canvas.part(column, x, y, &Safe::line(rest), Part::Hint);
    }
}

fn draw_outline(canvas: &mut Canvas<'_>, area: Rect, reading: &Reading) {
    let inside = canvas.divide(area);
    let inside = Rect { width: inside.width.saturating_sub(1), ..inside };
    let headings: Vec<_> =
        reading.outline.iter().enumerate().filter(|(_, it)| it.level > 1).collect();
    let top = headings.iter().map(|(_, heading)| heading.level).min().unwrap_or(2);
    let section = reading.section();
    let at = headings.iter().position(|(index, _)| Some(*index) == section);
    let rows = inside.height.min(OUTLINE_ROWS);
    let (count, shown) = (headings.len(), usize::from(rows));
    let skip = at.map_or(0, |at| at.saturating_sub(shown / 2)).min(count.saturating_sub(shown));
    let more = canvas.ornament("…", "...");
    for (y, (index, heading)) in (0..rows).zip(headings.into_iter().skip(skip)) {
        let edge = (y == 0 && skip > 0) || (y + 1 == rows && skip + shown < count);
        if edge {
            canvas.part(inside, 2, y, &more, Part::Dim);
            continue;
        }
        let here = Some(index) == section;
        if here {
            let sign = canvas.ornament("›", ">");
            canvas.part(inside, 0, y, &sign, Part::Accent);
        }
        let x = 2 + 2 * u16::from(heading.level - top).min(4);
        let part = if here { Part::Strong } else { Part::Dim };
        canvas.part(inside, x, y, &heading.title, part);
    }
}
