//! The page of an article, and that of a reader's own file.

use crate::document::{self, BlockKind, Document, FrontMatter, Level, LinkKind, Prose};
use crate::html::blocks::blocks;
use crate::html::href::{Href, Place, Reach, picture};
use crate::html::markup::Markup;
use crate::html::page::Page;
use crate::html::prose::inline;
use crate::library::{self, Article, Catalog, Destination};

/// How many articles are named as what to read beside one.
const SEE: usize = 6;

/// The page of an article, from its Markdown with front matter. None when there is no such
/// article.
pub fn article(catalog: &Catalog, index: usize, source: &str, reach: Reach<'_>) -> Option<String> {
    let it = catalog.articles.get(index)?;
    let place = Place { catalog, article: Some(index), up: 1, path: "", reach };
    let document = document::parse(document::split_front_matter(source).body);
    let mut main = Markup::default();
    main.raw("<header>\n");
    main.element("h1", &[], &it.title);
    facts(&mut main, catalog, it);
    main.element("p", &[("class", "summary")], &it.summary);
    labs(&mut main, place, it);
    main.raw("</header>\n");
    main.push(&blocks(&document, place, 1));
    let page = Page {
        title: &it.title,
        within: &catalog.title,
        summary: &it.summary,
        path: path(place, it),
        outline: outline(&document),
        main,
        ways: ways(place, index, it),
    };
    Some(page.html())
}

/// The page of a reader's own Markdown, whose path in its folder is `path`.
pub fn file(path: &str, source: &str, reach: Reach<'_>) -> String {
    let catalog = Catalog::default();
    let place = Place { catalog: &catalog, article: None, up: 0, path, reach };
    let split = document::split_front_matter(source);
    let front = split.front.and_then(Result::ok).unwrap_or_default();
    let document = document::parse(split.body);
    let name = title_in(path, &front.title, &document);
    let FrontMatter { title, summary, .. } = front;
    let is_titled = !title.is_empty() && !split.body.trim_start().starts_with("# ");
    let mut main = Markup::default();
    if is_titled {
        main.raw("<header>\n");
        main.element("h1", &[], &title);
        if !summary.is_empty() {
            main.element("p", &[("class", "summary")], &summary);
        }
        main.raw("</header>\n");
    }
    main.push(&blocks(&document, place, u8::from(is_titled)));
    let page = Page {
        title: &name,
        summary: &summary,
        outline: outline(&document),
        main,
        ..Page::default()
    };
    page.html()
}

/// The pictures that a reader's own Markdown at `path` names, by their paths in its folder.
pub fn pictures(path: &str, source: &str) -> Vec<String> {
    let catalog = Catalog::default();
    let document = document::parse(document::split_front_matter(source).body);
    let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let images = document.links.iter().filter(|link| link.kind == LinkKind::Image);
    let found = images.filter_map(|link| match library::resolve(&catalog, None, &link.target) {
        Destination::File { path, .. } if picture(&path) => Some(format!("{folder}{path}")),
        _ => None,
    });
    found.collect()
}

/// The title of a reader's own Markdown: that of its front matter, its first heading, its path.
pub fn title(path: &str, source: &str) -> String {
    let split = document::split_front_matter(source);
    let front = split.front.and_then(Result::ok).unwrap_or_default();
    title_in(path, &front.title, &document::parse(split.body))
}

fn title_in(path: &str, title: &str, document: &Document) -> String {
    if !title.is_empty() {
        return title.to_owned();
    }
    let first = document.outline().next().map(|heading| heading.title.to_string());
    first.filter(|title| !title.is_empty()).unwrap_or_else(|| path.to_owned())
}

/// Level, minutes, when it was checked, and for what it holds.
fn facts(html: &mut Markup, catalog: &Catalog, it: &Article) {
    let category = catalog.categories.get(it.category).map(|category| category.title.clone());
    let verified = (!it.verified.is_empty()).then(|| format!("checked {}", it.verified));
    let versions = (!it.versions.is_empty()).then(|| it.versions.join(", "));
    let level = it.level.map(|level| Level::name(level).to_owned());
    let facts = [category, level, Some(format!("{} min", it.minutes)), verified, versions];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    html.element("p", &[("class", "facts")], &facts.join(" · "));
    html.raw("\n");
}

fn labs(html: &mut Markup, place: Place<'_>, it: &Article) {
    let labs = it.labs.iter().filter_map(|at| Some((*at, place.catalog.labs.get(*at)?)));
    for (at, lab) in labs {
        html.raw("<p class=\"lab\"><b>Lab</b> ");
        linked(html, place.lab(at, None), &lab.title);
        html.text(&format!(" · {} min · {}", lab.minutes, lab.question));
        html.raw("</p>\n");
    }
}

/// A link, or its words where there is nothing to lead to.
pub(crate) fn linked(html: &mut Markup, to: Option<Href>, words: &str) {
    match to {
        Some(href) => html.linked(&href, words),
        None => html.text(words),
    }
}

fn path(place: Place<'_>, it: &Article) -> Markup {
    let mut html = Markup::default();
    if place.reach != Reach::Site {
        return html;
    }
    html.linked(&Href::path(1, "index.html", None), &place.catalog.title);
    if let Some(category) = place.catalog.categories.get(it.category) {
        html.text(" › ");
        html.linked(&Href::path(0, "index.html", None), &category.title);
    }
    html
}

/// The headings of the second level, beside the text.
fn outline(document: &Document) -> Markup {
    let mut html = Markup::default();
    let headings = document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Heading { level: 2, prose, anchor } if block.container.is_none() => {
            Some((prose, anchor))
        }
        _ => None,
    });
    let headings: Vec<(&Prose, &String)> = headings.collect();
    if headings.len() < 2 {
        return html;
    }
    html.raw("<nav class=\"outline\" aria-label=\"On this page\"><details><summary>On this page</summary>\n<ol>\n");
    for (prose, anchor) in headings {
        html.raw("<li>");
        html.link(&Href::anchor(anchor), &[]);
        inline(&mut html, prose);
        html.raw("</a></li>\n");
    }
    html.raw("</ol></details></nav>\n");
    html
}

/// Before, after, beside: without a page to lead to, nothing.
fn ways(place: Place<'_>, index: usize, it: &Article) -> Markup {
    let mut html = Markup::default();
    let catalog = place.catalog;
    let category = catalog.categories.get(it.category);
    let articles = category.map_or(&[][..], |category| &category.articles);
    let at = articles.iter().position(|other| *other == index).unwrap_or(0);
    let before = at.checked_sub(1).and_then(|at| articles.get(at));
    let steps = [("Before", before), ("Next", articles.get(at + 1))];
    if place.reach == Reach::Site && steps.iter().any(|(_, step)| step.is_some()) {
        html.raw("<nav class=\"steps\" aria-label=\"In this category\">\n");
        for (word, step) in steps {
            let Some((step, to)) = step.and_then(|at| Some((*at, catalog.articles.get(*at)?)))
            else {
                continue;
            };
            let class = if word == "Next" { "next" } else { "before" };
            html.open("p", &[("class", class)]);
            html.element("b", &[], word);
            html.text(" ");
            linked(&mut html, place.article(step, None), &to.title);
            html.raw("</p>\n");
        }
        html.raw("</nav>\n");
    }
    let see = catalog.see_also(index, SEE);
    named(&mut html, place, "See also", &see);
    let others = catalog.backlinks(index).iter().filter(|at| !see.contains(at));
    named(&mut html, place, "Named in", &others.copied().collect::<Vec<_>>());
    html
}

fn named(html: &mut Markup, place: Place<'_>, word: &str, articles: &[usize]) {
    if articles.is_empty() {
        return;
    }
    html.raw("<section class=\"see\">");
    html.element("h2", &[], word);
    html.raw("<ul>\n");
    for (at, it) in articles.iter().filter_map(|at| Some((*at, place.catalog.articles.get(*at)?))) {
        html.raw("<li>");
        linked(html, place.article(at, None), &it.title);
        html.raw("</li>\n");
    }
    html.raw("</ul></section>\n");
}
