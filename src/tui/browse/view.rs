//! How the panes look.

use ratatui::layout::Rect;

use crate::library::Catalog;
use crate::text::{self, Safe};
use crate::theme::Part;
use crate::tui::browse::{Browse, Item, article_preview, category_preview, lab_preview};
use crate::tui::canvas::Canvas;
use crate::tui::{Model, rich};

/// Draws the three panes; those without room have no width.
pub fn draw(canvas: &mut Canvas<'_>, panes: [Rect; 3], model: &Model) {
    let (catalog, browse) = (model.catalog(), &model.browse);
    let [categories, articles, preview] = panes;
    draw_categories(canvas, categories, model);
    draw_articles(canvas, articles, model);
    draw_preview(canvas, preview, catalog, browse);
}

fn draw_categories(canvas: &mut Canvas<'_>, pane: Rect, model: &Model) {
    let (catalog, browse) = (model.catalog(), &model.browse);
    if pane.width == 0 {
        return;
    }
    canvas.part(
        pane,
        2,
        0,
        &Safe::from("Categories"),
        if browse.focus == 0 { Part::Accent } else { Part::Strong },
    );
    let rows = Rect { y: pane.y + 2, height: pane.height.saturating_sub(2), ..pane };
    let shown = catalog.categories.iter().enumerate().skip(browse.category.top);
    for (y, (at, category)) in (0..rows.height).zip(shown) {
        let inside = Rect { width: rows.width.saturating_sub(2), ..rows };
        let empty = category.articles.is_empty();
        let count = if empty {
            canvas.ornament("·", "-")
        } else {
            let count = category.articles.len();
            match model.finished(at) {
                0 => Safe::line(&count.to_string()),
                finished => Safe::line(&format!("{finished}/{count}")),
            }
        };
        let dim = canvas.theme.part(Part::Dim);
        let right = canvas.write_right(inside, inside.width, y, &count, dim);
        let name = Rect { width: right.saturating_sub(1), ..inside };
        let part = if empty { Part::Dim } else { Part::Text };
        canvas.part(name, 2, y, &Safe::line(&category.title), part);
        mark(canvas, inside, y, (at == browse.category.at, browse.focus == 0));
    }
}

/// The selected row: reversed where the keys are, else with a sign.
fn mark(canvas: &mut Canvas<'_>, area: Rect, y: u16, (selected, focused): (bool, bool)) {
    if selected && focused {
        canvas.select_row(Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area }, y);
    } else if selected {
        let sign = canvas.ornament("›", ">");
        canvas.part(area, 0, y, &sign, Part::Accent);
    }
}

fn draw_articles(canvas: &mut Canvas<'_>, pane: Rect, model: &Model) {
    let (catalog, browse) = (model.catalog(), &model.browse);
    let Some(category) = catalog.categories.get(browse.category.at) else { return };
    if pane.width == 0 {
        return;
    }
    canvas.part(
        pane,
        2,
        0,
        &Safe::line(&category.title),
        if browse.focus == 1 { Part::Accent } else { Part::Strong },
    );
    let rows = Rect { y: pane.y + 2, height: pane.height.saturating_sub(2), ..pane };
    let items = browse.items(catalog);
    if items.is_empty() {
        let markdown = "*No articles in this category yet.*";
        let inside = Rect { x: rows.x + 2, width: rows.width.saturating_sub(4), ..rows };
        rich::write(canvas, inside, markdown, 0);
        return;
    }
    let cursor = browse.cursor();
    let mut y = 0;
    let labs_begin = category.articles.len();
    for (at, item) in items.iter().enumerate().skip(cursor.top) {
        if at == labs_begin {
            y += u16::from(y > 0);
            canvas.part(rows, 2, y, &Safe::from("Labs"), Part::Dim);
            y += 1;
        }
        let inside = Rect { width: rows.width.saturating_sub(2), ..rows };
        draw_item(canvas, inside, y, model, (*item, at + 1));
        if y < rows.height {
            mark(canvas, inside, y, (at == cursor.at, browse.focus == 1));
        }
        y += 1;
    }
}

fn draw_item(
    canvas: &mut Canvas<'_>,
    area: Rect,
    y: u16,
    model: &Model,
    (item, number): (Item, usize),
) {
    let catalog = model.catalog();
    let (label, note, lead) = match item {
        Item::Article(index) => {
            let Some(article) = catalog.articles.get(index) else { return };
            let (sign, note) = model.standing(index);
            (&article.title, note, Safe::line(&format!("{number:>2} {sign}")))
        }
        Item::Lab(index) => {
            let Some(lab) = catalog.labs.get(index) else { return };
            (&lab.title, format!("{} min", lab.minutes), canvas.ornament(" ▸  ", " >  "))
        }
    };
    let note = Safe::line(&note);
    let dim = canvas.theme.part(Part::Dim);
    let room = usize::from(area.width) > 24 + text::width(&note);
    let right = if room { canvas.write_right(area, area.width, y, &note, dim) } else { area.width };
    let left = Rect { width: right.saturating_sub(1), ..area };
    let x = canvas.part(left, 2, y, &lead, Part::Dim);
    canvas.part(left, x + 1, y, &Safe::line(label), Part::Text);
}

fn draw_preview(canvas: &mut Canvas<'_>, pane: Rect, catalog: &Catalog, browse: &Browse) {
    if pane.width < 8 {
        return;
    }
    let inside = canvas.divide(pane);
    let inside = Rect { width: inside.width.saturating_sub(2), ..inside };
    let markdown = match (browse.focus, browse.selected(catalog)) {
        (0, _) | (_, None) => category_preview(catalog, browse.category.at),
        (_, Some(Item::Article(article))) => article_preview(catalog, article),
        (_, Some(Item::Lab(lab))) => lab_preview(catalog, lab),
    };
    rich::write(canvas, inside, &markdown, browse.preview);
    if browse.focus == 2 {
        canvas.cursor = Some((ratatui::layout::Position::new(inside.x, inside.y), false));
    }
}
