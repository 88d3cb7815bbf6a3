//! The pages of a library that are not articles, and which page each path names.

use crate::html::article::linked;
use crate::html::href::{Href, Place, Reach, article_path, category_path, lab_path};
use crate::html::markup::Markup;
use crate::html::page::Page;
use crate::library::{Catalog, Category};

/// The path of the page that names the labs.
const LABS: &str = "labs.html";

/// A page of a library's site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SitePage {
    /// The categories.
    Index,
    /// The labs of all categories.
    Labs,
    /// A category: an index into [`Catalog::categories`].
    Category(usize),
    /// An article: an index into [`Catalog::articles`].
    Article(usize),
    /// A lab, which is a page already: an index into [`Catalog::labs`].
    Lab(usize),
}

impl SitePage {
    /// All of them with their paths; no path begins with a slash.
    pub fn all(catalog: &Catalog) -> Vec<(String, Self)> {
        let mut all = vec![("index.html".to_owned(), Self::Index), (LABS.to_owned(), Self::Labs)];
        let path = |path: Option<String>, page| path.map(|path| (path, page));
        let categories = 0..catalog.categories.len();
        all.extend(
            categories.filter_map(|at| path(category_path(catalog, at), Self::Category(at))),
        );
        let articles = 0..catalog.articles.len();
        all.extend(articles.filter_map(|at| path(article_path(catalog, at), Self::Article(at))));
        let labs = 0..catalog.labs.len();
        all.extend(labs.filter_map(|at| path(lab_path(catalog, at), Self::Lab(at))));
        all
    }

    /// The one that a path names, exactly.
    pub fn at(catalog: &Catalog, path: &str) -> Option<Self> {
        Self::all(catalog).into_iter().find(|(known, _)| known == path).map(|(_, page)| page)
    }
}

/// The page that names the categories.
pub fn index(catalog: &Catalog) -> String {
    let mut main = Markup::default();
    main.element("h1", &[], &catalog.title);
    main.element("p", &[("class", "summary")], &catalog.description);
    let place = Place { catalog, article: None, up: 0, path: "", reach: Reach::Site };
    if !catalog.start.is_empty() {
        main.raw("\n<h2>Where to start</h2>\n<ul class=\"list\">\n");
        catalog.start.iter().for_each(|at| entry(&mut main, place, *at));
        main.raw("</ul>\n");
    }
    if !catalog.labs.is_empty() {
        main.raw("<p>");
        let words = format!("All {} labs", catalog.labs.len());
        main.linked(&Href::path(0, LABS, None), &words);
        main.raw("</p>\n");
    }
    main.raw("<h2>Categories</h2>\n<ul class=\"list\">\n");
    for (at, category) in catalog.categories.iter().enumerate() {
        main.raw("<li>");
        let path = category_path(catalog, at).map(|path| Href::path(0, &path, None));
        linked(&mut main, path, &category.title);
        main.element("span", &[("class", "facts")], &format!(" {}", held(category)));
        main.element("p", &[], &category.description);
        main.raw("</li>\n");
    }
    main.raw("</ul>\n");
    let (title, summary) = (catalog.title.as_str(), catalog.description.as_str());
    Page { title, within: title, summary, main, ..Page::default() }.html()
}

fn held(category: &Category) -> String {
    let count = |count: usize, word: &str| match count {
        0 => String::new(),
        1 => format!("1 {word}"),
        count => format!("{count} {word}s"),
    };
    let held = [count(category.articles.len(), "article"), count(category.labs.len(), "lab")];
    let held: Vec<&str> = held.iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
    if held.is_empty() { "nothing yet".to_owned() } else { held.join(", ") }
}

/// The page that names what is in a category; None when there is no such category.
pub fn category(catalog: &Catalog, index: usize) -> Option<String> {
    let it = catalog.categories.get(index)?;
    let place = Place { catalog, article: None, up: 1, path: "", reach: Reach::Site };
    let mut main = Markup::default();
    main.element("h1", &[], &it.title);
    main.element("p", &[("class", "summary")], &it.description);
    for paragraph in it.intro.split("\n\n").filter(|it| !it.trim().is_empty()) {
        main.element("p", &[], paragraph.trim());
    }
    main.raw("\n");
    if it.articles.is_empty() && it.labs.is_empty() {
        main.raw("<p>There are no articles in this category yet.</p>\n");
    }
    if !it.articles.is_empty() {
        main.raw("<h2>Articles</h2>\n<ol class=\"list\">\n");
        it.articles.iter().for_each(|at| entry(&mut main, place, *at));
        main.raw("</ol>\n");
    }
    if !it.labs.is_empty() {
        main.raw("<h2>Labs</h2>\n");
        labs_of(&mut main, place, it);
    }
    let mut path = Markup::default();
    path.linked(&Href::path(1, "index.html", None), &catalog.title);
    let (title, within) = (it.title.as_str(), catalog.title.as_str());
    Some(Page { title, within, summary: &it.description, path, main, ..Page::default() }.html())
}

/// The page that names the labs of all categories.
pub fn labs(catalog: &Catalog) -> String {
    let place = Place { catalog, article: None, up: 0, path: "", reach: Reach::Site };
    let mut main = Markup::default();
    main.raw("<h1>Labs</h1>\n");
    for category in catalog.categories.iter().filter(|category| !category.labs.is_empty()) {
        main.element("h2", &[], &category.title);
        main.raw("\n");
        labs_of(&mut main, place, category);
    }
    let mut path = Markup::default();
    path.linked(&Href::path(0, "index.html", None), &catalog.title);
    Page { title: "Labs", within: &catalog.title, path, main, ..Page::default() }.html()
}

fn labs_of(html: &mut Markup, place: Place<'_>, category: &Category) {
    html.raw("<ul class=\"list\">\n");
    let known = |at: &usize| Some((*at, place.catalog.labs.get(*at)?));
    for (at, lab) in category.labs.iter().filter_map(known) {
        html.raw("<li>");
        linked(html, place.lab(at, None), &lab.title);
        html.element("span", &[("class", "facts")], &format!(" {} min", lab.minutes));
        html.element("p", &[], &lab.question);
        html.raw("</li>\n");
    }
    html.raw("</ul>\n");
}

fn entry(html: &mut Markup, place: Place<'_>, article: usize) {
    let Some(it) = place.catalog.articles.get(article) else { return };
    html.raw("<li>");
    linked(html, place.article(article, None), &it.title);
    let level = it.level.map(|level| format!(" {} ·", level.name())).unwrap_or_default();
    html.element("span", &[("class", "facts")], &format!("{level} {} min", it.minutes));
    html.element("p", &[], &it.summary);
    html.raw("</li>\n");
}

/// The page that names the files of a reader's own folder: their paths and titles.
pub fn folder(name: &str, files: &[(String, String)]) -> String {
    let mut main = Markup::default();
    main.element("h1", &[], name);
    main.raw("\n<ul class=\"list\">\n");
    for (path, title) in files {
        main.raw("<li>");
        main.linked(&Href::path(0, path, None), title);
        main.element("span", &[("class", "facts")], &format!(" {path}"));
        main.raw("</li>\n");
    }
    main.raw("</ul>\n");
    Page { title: name, main, ..Page::default() }.html()
}
