//! Categories, their articles and labs, and a preview, in panes.

mod view;

pub use view::draw;

use crate::library::Catalog;
use crate::tui::cursor::Cursor;

/// The panes, left to right.
pub const PANES: usize = 3;

/// The selections in the panes.
#[derive(Debug)]
pub struct Browse {
    /// The pane that has the keys: 0 categories, 1 articles, 2 preview.
    pub focus: usize,
    /// The category.
    pub category: Cursor,
    /// The article or lab, for every category.
    pub items: Vec<Cursor>,
    /// The first row of the preview shown.
    pub preview: usize,
}

/// A row of the middle pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// An article: an index into the catalog.
    Article(usize),
    /// A lab: an index into the catalog.
    Lab(usize),
}

impl Browse {
    /// Panes with the first category and article selected.
    pub fn new(catalog: &Catalog) -> Self {
        Self {
            focus: 0,
            category: Cursor::default(),
            items: vec![Cursor::default(); catalog.categories.len()],
            preview: 0,
        }
    }

    /// The articles and labs of the selected category.
    pub fn items(&self, catalog: &Catalog) -> Vec<Item> {
        let Some(category) = catalog.categories.get(self.category.at) else { return vec![] };
        let articles = category.articles.iter().map(|article| Item::Article(*article));
        articles.chain(category.labs.iter().map(|lab| Item::Lab(*lab))).collect()
    }

    /// The selection in the middle pane.
    pub fn cursor(&self) -> Cursor {
        self.items.get(self.category.at).copied().unwrap_or_default()
    }

    /// The selected article or lab.
    pub fn selected(&self, catalog: &Catalog) -> Option<Item> {
        self.items(catalog).get(self.cursor().at).copied()
    }

    /// Selects a category and, in it, an article.
    pub fn select(&mut self, catalog: &Catalog, category: usize, article: Option<usize>) {
        self.category.at = category;
        self.preview = 0;
        let at =
            self.items(catalog).iter().position(|item| Some(*item) == article.map(Item::Article));
        if let (Some(at), Some(cursor)) = (at, self.items.get_mut(category)) {
            cursor.at = at;
        }
    }

    /// Moves the selection of the pane that has the keys; in the preview, scrolls.
    pub fn step(&mut self, catalog: &Catalog, rows: isize) {
        match self.focus {
            0 => {
                self.category.step(rows, catalog.categories.len());
                self.preview = 0;
            }
            1 => {
                let count = self.items(catalog).len();
                if let Some(cursor) = self.items.get_mut(self.category.at) {
                    cursor.step(rows, count);
                }
                self.preview = 0;
            }
            _ => self.preview = self.preview.saturating_add_signed(rows).min(500),
        }
    }

    /// Keeps both selections in sight in panes of `height` rows.
    pub fn fit(&mut self, catalog: &Catalog, height: usize) {
        let count = self.items(catalog).len();
        self.category.fit(catalog.categories.len(), height.saturating_sub(2));
        if let Some(cursor) = self.items.get_mut(self.category.at) {
            cursor.fit(count, height.saturating_sub(4));
        }
    }
}

/// The Markdown that previews an article.
pub fn article_preview(catalog: &Catalog, article: usize) -> String {
    let Some(it) = catalog.articles.get(article) else { return String::new() };
    let mut facts = vec![];
    facts.extend(it.level.map(|level| level.name().to_owned()));
    facts.push(format!("{} min", it.minutes));
    facts.extend(match it.runs {
        0 => None,
        1 => Some("1 verified run".to_owned()),
        runs => Some(format!("{runs} verified runs")),
    });
    facts.extend((!it.verified.is_empty()).then(|| format!("checked {}", it.verified)));
    let mut text = format!("# {}\n\n{}\n\n{}\n", it.title, facts.join(" · "), it.summary);
    let sections = it.headings.iter().filter(|heading| heading.level == 2);
    let sections: Vec<String> = sections.map(|heading| format!("- {}\n", heading.title)).collect();
    if !sections.is_empty() {
        text.push_str(&format!("\n{}", sections.concat()));
    }
    let labs = it.labs.iter().filter_map(|lab| catalog.labs.get(*lab));
    for lab in labs {
        text.push_str(&format!("\n**Lab** {}: {}\n", lab.title, lab.question));
    }
    text
}

/// The Markdown that previews a lab.
pub fn lab_preview(catalog: &Catalog, lab: usize) -> String {
    let Some(it) = catalog.labs.get(lab) else { return String::new() };
    format!("# {}\n\nlab · {} min\n\n{}\n\n{}\n", it.title, it.minutes, it.question, it.takeaway)
}

/// The Markdown that previews a category.
pub fn category_preview(catalog: &Catalog, category: usize) -> String {
    let Some(it) = catalog.categories.get(category) else { return String::new() };
    let none = if it.articles.is_empty() { "\n*No articles in this category yet.*\n" } else { "" };
    format!("# {}\n\n{}\n\n{}\n{none}", it.title, it.description, it.intro)
}
