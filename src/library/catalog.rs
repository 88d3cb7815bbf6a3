//! What a library is made of, as plain data.

use serde::{Deserialize, Serialize};

use crate::document::Level;

/// What is known of a library without opening a text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalog {
    /// The library's name.
    pub title: String,
    /// One line that says what it is.
    pub description: String,
    /// The articles to start with: indices into `articles`.
    pub start: Vec<usize>,
    /// The categories, in order.
    pub categories: Vec<Category>,
    /// The articles: by category, then in reading order.
    pub articles: Vec<Article>,
    /// The labs: by category, then in order.
    pub labs: Vec<Lab>,
    /// What each article is related to: by the indices of `articles`.
    pub related: Vec<Related>,
    /// Names of one thing, for search: `k8s`, `Kubernetes`.
    pub synonyms: Vec<Vec<String>>,
}

/// What an article is related to beside what it says itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Related {
    /// The articles most like it, the likest first, without those in its `see`: indices into
    /// [`Catalog::articles`].
    pub near: Vec<usize>,
    /// The articles that link to it, in reading order: indices into [`Catalog::articles`].
    pub backlinks: Vec<usize>,
}

/// A category.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Category {
    /// Its folder's name.
    pub slug: String,
    /// The title.
    pub title: String,
    /// One line that says what it covers.
    pub description: String,
    /// What a reader can do afterwards, and where to start.
    pub intro: String,
    /// Its articles, in reading order: indices into [`Catalog::articles`].
    pub articles: Vec<usize>,
    /// Its labs: indices into [`Catalog::labs`].
    pub labs: Vec<usize>,
}

/// An article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Its file's name without the ending; unique in the library.
    pub slug: String,
    /// Its category: an index into [`Catalog::categories`].
    pub category: usize,
    /// The title.
    pub title: String,
    /// What a reader gets from it, at most 160 characters.
    pub summary: String,
    /// How much it presumes.
    pub level: Option<Level>,
    /// What it is about.
    pub tags: Vec<String>,
    /// Its labs: indices into [`Catalog::labs`].
    pub labs: Vec<usize>,
    /// Related articles: indices into [`Catalog::articles`].
    pub see: Vec<usize>,
    /// The month it was last checked in, `2026-11`.
    pub verified: String,
    /// The versions it is true for.
    pub versions: Vec<String>,
    /// How long it takes to read.
    pub minutes: usize,
    /// Run blocks whose output is shown.
    pub runs: usize,
    /// Its headings, top to bottom.
    pub headings: Vec<Section>,
}

/// A heading of an article, as the finder and previews show it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// 1 to 6.
    pub level: u8,
    /// The text.
    pub title: String,
    /// The slug that `#links` name.
    pub anchor: String,
}

/// An interactive lab.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lab {
    /// Its file's name without the ending; unique in the library.
    pub slug: String,
    /// Its category: an index into [`Catalog::categories`].
    pub category: usize,
    /// The title.
    pub title: String,
    /// The one question it answers.
    pub question: String,
    /// How long it takes.
    pub minutes: usize,
    /// 1 (foundation) to 3 (deep).
    pub level: u8,
    /// The articles it belongs to: indices into [`Catalog::articles`].
    pub articles: Vec<usize>,
    /// The words of its takeaway, without tags.
    pub takeaway: String,
}

impl Catalog {
    /// The article with this slug, or `category/slug`: an index into `articles`.
    pub fn article(&self, name: &str) -> Option<usize> {
        self.articles
            .iter()
            .position(|article| self.is_named(&article.slug, article.category, name))
    }

    /// The lab with this slug, or `category/slug`: an index into `labs`.
    pub fn lab(&self, name: &str) -> Option<usize> {
        self.labs.iter().position(|lab| self.is_named(&lab.slug, lab.category, name))
    }

    /// The category with this slug: an index into `categories`.
    pub fn category(&self, slug: &str) -> Option<usize> {
        self.categories.iter().position(|category| category.slug == slug)
    }

    fn is_named(&self, slug: &str, category: usize, name: &str) -> bool {
        match name.rsplit_once('/') {
            None => slug == name,
            Some((folder, last)) => {
                slug == last && self.categories.get(category).is_some_and(|it| it.slug == folder)
            }
        }
    }

    /// The place of an article in its category's reading order, from 1, and how many there are.
    pub fn place(&self, article: usize) -> Option<(usize, usize)> {
        let category = self.categories.get(self.articles.get(article)?.category)?;
        let place = category.articles.iter().position(|it| *it == article)?;
        Some((place + 1, category.articles.len()))
    }

    /// What to read beside `article`: what it names itself, then what is most like it; at most
    /// `count`.
    pub fn see_also(&self, article: usize, count: usize) -> Vec<usize> {
        let see = self.articles.get(article).map_or(&[][..], |it| &it.see);
        let near = self.related.get(article).map_or(&[][..], |it| &it.near);
        see.iter().chain(near).copied().take(count).collect()
    }

    /// The articles that link to `article`, in reading order.
    pub fn backlinks(&self, article: usize) -> &[usize] {
        self.related.get(article).map_or(&[], |it| &it.backlinks)
    }

    /// The article after (`by` = 1) or before (-1) `article` in reading order, across categories.
    pub fn neighbour(&self, article: usize, by: isize) -> Option<usize> {
        let next = article.checked_add_signed(by)?;
        (next < self.articles.len()).then_some(next)
    }
}
