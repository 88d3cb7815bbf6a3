//! The home screen: where to start, and the categories.

use ratatui::layout::{Rect, Size};

use crate::library::Catalog;
use crate::text::{self, Safe};
use crate::theme::Part;
use crate::tui::Model;
use crate::tui::canvas::Canvas;
use crate::tui::cursor::Cursor;

/// Cells of a category's column at least.
const COLUMN: u16 = 46;

/// The selection on the home screen: articles to continue with, the start-here articles, the
/// categories.
#[derive(Debug, Default)]
pub struct Home {
    /// Which item.
    pub at: usize,
    /// The first row shown.
    pub top: usize,
    /// Articles to continue with: indices into the catalog.
    begun: Vec<usize>,
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
fn items(catalog: &Catalog, begun: &[usize]) -> Vec<Item> {
    let articles = begun.iter().chain(&catalog.start).copied().map(Item::Article);
    articles.chain((0..catalog.categories.len()).map(Item::Category)).collect()
}

fn columns(width: u16) -> usize {
    usize::from((width / COLUMN).clamp(1, 3))
}

fn rows(catalog: &Catalog, begun: usize, width: u16) -> Vec<HomeRow> {
    let start = begun + catalog.start.len();
    let mut rows = vec![];
    if begun > 0 {
        rows.push(HomeRow::Heading("Continue"));
        rows.extend((0..begun).map(|item| HomeRow::Items(vec![item])));
        rows.push(HomeRow::Blank);
    }
    rows.push(HomeRow::Heading("Start here"));
    rows.extend((begun..start).map(|item| HomeRow::Items(vec![item])));
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
        items(catalog, &self.begun).get(self.at).copied()
    }

    /// How many items there are.
    pub fn count(&self, catalog: &Catalog) -> usize {
        items(catalog, &self.begun).len()
    }

    /// Takes the articles to continue with; what is selected stays selected.
    pub fn refresh(&mut self, begun: &[usize]) {
        if self.at >= self.begun.len() && self.at > 0 {
            self.at = self.at + begun.len() - self.begun.len();
        } else {
            self.at = 0;
        }
        self.begun = begun.to_vec();
    }

    fn rows(&self, catalog: &Catalog, width: u16) -> Vec<HomeRow> {
        rows(catalog, self.begun.len(), width)
    }

    /// Moves by rows down and columns right.
    pub fn step(&mut self, catalog: &Catalog, size: Size, down: isize, right: isize) {
        let rows = self.rows(catalog, size.width);
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
        let rows = self.rows(catalog, body.width);
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
        match self.rows(catalog, body.width).get(row)? {
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
pub fn draw(canvas: &mut Canvas<'_>, body: Rect, model: &Model) {
    let (catalog, home) = (model.catalog(), &model.home);
    let items = items(catalog, &home.begun);
    let articles = home.begun.len() + catalog.start.len();
    for (y, row) in (0..body.height).zip(home.rows(catalog, body.width).iter().skip(home.top)) {
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
                    let place = if across.len() == 1 && *item < articles { body } else { place };
                    let inside = Rect { width: place.width.saturating_sub(2), ..place };
                    draw_item(canvas, inside, y, model, items.get(*item).copied());
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

fn draw_item(canvas: &mut Canvas<'_>, area: Rect, y: u16, model: &Model, item: Option<Item>) {
    let catalog = model.catalog();
    let (label, note, part) = match item {
        Some(Item::Article(index)) => {
            let Some(article) = catalog.articles.get(index) else { return };
            let category = catalog.categories.get(article.category);
            let category = category.map_or("", |category| category.title.as_str());
            let extent = model.extent(index);
            (article.title.clone(), format!("{category}   {extent}"), Part::Text)
        }
        Some(Item::Category(index)) => {
            let Some(category) = catalog.categories.get(index) else { return };
            (
                category.title.clone(),
                counts(category.articles.len(), model.finished(index), category.labs.len()),
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

/// `8 articles  2 labs`, `3/8 articles  2 labs` when some were read, in words that say so when
/// there is nothing yet.
fn counts(articles: usize, finished: usize, labs: usize) -> String {
    let articles = match articles {
        0 => "none yet".to_owned(),
        _ if finished > 0 => format!("{finished}/{articles} articles"),
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
