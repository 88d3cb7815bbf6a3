//! The home screen: where to start, and the categories.

use ratatui::layout::{Rect, Size};

use crate::library::Catalog;
use crate::text::{self, Safe};
use crate::theme::Part;
use crate::tui::canvas::Canvas;
use crate::tui::cursor::Cursor;

/// Cells of a category's column at least.
const COLUMN: u16 = 46;

/// The selection on the home screen: the start-here articles, then the categories.
#[derive(Debug, Default)]
pub struct Home {
    /// Which item.
    pub at: usize,
    /// The first row shown.
    pub top: usize,
}

/// Something that can be selected on the home screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// An article: an index into the catalog.
    Article(usize),
    /// A category: an index into the catalog.
    Category(usize),
}

/// A row of the home screen.
#[derive(Debug, Clone, PartialEq, Eq)]
enum HomeRow {
    Blank,
    Heading(&'static str),
    /// Items side by side, by their number.
    Items(Vec<usize>),
}

/// Every item, in order.
pub fn items(catalog: &Catalog) -> Vec<Item> {
    let start = catalog.start.iter().copied().map(Item::Article);
    start.chain((0..catalog.categories.len()).map(Item::Category)).collect()
}

fn columns(width: u16) -> usize {
    usize::from((width / COLUMN).clamp(1, 3))
}

fn rows(catalog: &Catalog, width: u16) -> Vec<HomeRow> {
    let start = catalog.start.len();
    let mut rows = vec![HomeRow::Heading("Start here")];
    rows.extend((0..start).map(|item| HomeRow::Items(vec![item])));
    rows.extend([HomeRow::Blank, HomeRow::Heading("Categories")]);
    let count = catalog.categories.len();
    let columns = columns(width);
    let deep = count.div_ceil(columns);
    rows.extend((0..deep).map(|row| {
        let across = (0..columns).map(|column| column * deep + row);
        HomeRow::Items(across.filter(|it| *it < count).map(|it| start + it).collect())
    }));
    rows
}

impl Home {
    /// The selected item.
    pub fn selected(&self, catalog: &Catalog) -> Option<Item> {
        items(catalog).get(self.at).copied()
    }

    /// Moves by rows down and columns right.
    pub fn step(&mut self, catalog: &Catalog, size: Size, down: isize, right: isize) {
        let rows = rows(catalog, size.width);
        let places: Vec<&Vec<usize>> = rows
            .iter()
            .filter_map(|row| match row {
                HomeRow::Items(items) => Some(items),
                _ => None,
            })
            .collect();
        let place = places
            .iter()
            .enumerate()
            .find_map(|(row, items)| Some((row, items.iter().position(|item| *item == self.at)?)));
        let Some((row, column)) = place else { return };
        let last = places.len().saturating_sub(1);
        let row = row.saturating_add_signed(down).min(last);
        let Some(items) = places.get(row) else { return };
        let column = column.saturating_add_signed(right).min(items.len().saturating_sub(1));
        self.at = items.get(column).copied().unwrap_or(self.at);
    }

    /// Keeps the selection in sight in `body`.
    pub fn fit(&mut self, catalog: &Catalog, body: Rect) {
        let rows = rows(catalog, body.width);
        let holds =
            |row: &HomeRow| matches!(row, HomeRow::Items(items) if items.contains(&self.at));
        let at = rows.iter().position(holds).unwrap_or(0);
        let mut cursor = Cursor { at, top: self.top };
        cursor.fit(rows.len(), body.height.into());
        self.top = if at <= 1 { 0 } else { cursor.top };
    }

    /// The item at a cell of `body`.
    pub fn item_at(&self, catalog: &Catalog, body: Rect, x: u16, y: u16) -> Option<usize> {
        let row = self.top + usize::from(y.checked_sub(body.y)?);
        match rows(catalog, body.width).get(row)? {
            HomeRow::Items(items) => {
                let wide = body.width / text::cells(columns(body.width));
                let column =
                    if items.len() == 1 { 0 } else { x.checked_sub(body.x)? / wide.max(1) };
                items.get(usize::from(column)).copied()
            }
            _ => None,
        }
    }
}

/// Draws the home screen in `body`.
pub fn draw(canvas: &mut Canvas<'_>, body: Rect, catalog: &Catalog, home: &Home) {
    let items = items(catalog);
    for (y, row) in (0..body.height).zip(rows(catalog, body.width).iter().skip(home.top)) {
        match row {
            HomeRow::Blank => {}
            HomeRow::Heading(title) => {
                canvas.part(body, 2, y, &Safe::from(*title), Part::Strong);
            }
            HomeRow::Items(across) => {
                let wide = body.width / text::cells(columns(body.width));
                for (column, item) in across.iter().enumerate() {
                    let x = wide * text::cells(column);
                    let place = Rect { x: body.x + x, width: wide.min(body.width - x), ..body };
                    let place =
                        if across.len() == 1 && *item < catalog.start.len() { body } else { place };
                    let inside = Rect { width: place.width.saturating_sub(2), ..place };
                    draw_item(canvas, inside, y, catalog, items.get(*item).copied());
                    if *item == home.at {
                        let bar = Rect {
                            x: inside.x + 1,
                            width: inside.width.saturating_sub(1),
                            ..inside
                        };
                        canvas.select_row(bar, y);
                    }
                }
            }
        }
    }
}

fn draw_item(canvas: &mut Canvas<'_>, area: Rect, y: u16, catalog: &Catalog, item: Option<Item>) {
    let (label, note, part) = match item {
        Some(Item::Article(index)) => {
            let Some(article) = catalog.articles.get(index) else { return };
            let category = catalog.categories.get(article.category);
            let category = category.map_or("", |category| category.title.as_str());
            (article.title.clone(), format!("{category}   {:>2} min", article.minutes), Part::Text)
        }
        Some(Item::Category(index)) => {
            let Some(category) = catalog.categories.get(index) else { return };
            (
                category.title.clone(),
                counts(category.articles.len(), category.labs.len()),
                if category.articles.is_empty() { Part::Dim } else { Part::Text },
            )
        }
        None => return,
    };
    let note = Safe::line(&note);
    let dim = canvas.theme.part(Part::Dim);
    let fits = usize::from(area.width) > 34 + text::width(&note);
    let right = if fits || matches!(item, Some(Item::Category(_))) {
        canvas.write_right(area, area.width, y, &note, dim)
    } else {
        area.width
    };
    canvas.part(Rect { width: right.saturating_sub(1), ..area }, 2, y, &Safe::line(&label), part);
}

/// `8 articles  2 labs`, in words that say so when there is nothing yet.
pub fn counts(articles: usize, labs: usize) -> String {
    let articles = match articles {
        0 => "none yet".to_owned(),
        1 => "1 article ".to_owned(),
        _ => format!("{articles} articles"),
    };
    let labs = match labs {
        0 => "      ".to_owned(),
        1 => " 1 lab ".to_owned(),
        _ => format!("{labs:>2} labs"),
    };
    format!("{articles}  {labs}")
}
