//! Naming articles and labs.

use std::fmt::Write;

use crate::cli::arguments::ListArguments;
use crate::cli::output::{self, Stop};
use crate::cli::{json, open};
use crate::library::{Catalog, Category, Library};
use crate::text::{self, Safe};

/// Names the articles of a category, or of all.
pub(crate) fn articles(library: &Library, wanted: &ListArguments) -> Result<(), Stop> {
    let catalog = &library.catalog;
    let mut out = String::new();
    for category in chosen(catalog, wanted)? {
        let articles = category.articles.iter().filter_map(|index| catalog.articles.get(*index));
        if wanted.json {
            out.push_str(&json::category(category));
            articles.for_each(|article| out.push_str(&json::article(catalog, article)));
            continue;
        }
        heading(&mut out, category, category.articles.len(), "article");
        let rows = articles.map(|article| {
            let level = article.level.map_or("", |level| level.name());
            [
                article.slug.clone(),
                level.to_owned(),
                minutes(article.minutes),
                article.title.clone(),
            ]
        });
        table(&mut out, &rows.collect::<Vec<_>>());
    }
    output::write(&out)
}

/// Names the labs of a category, or of all that have some.
pub(crate) fn labs(library: &Library, wanted: &ListArguments) -> Result<(), Stop> {
    let catalog = &library.catalog;
    let mut out = String::new();
    for category in chosen(catalog, wanted)? {
        let labs = category.labs.iter().filter_map(|index| catalog.labs.get(*index));
        if wanted.json {
            labs.for_each(|lab| out.push_str(&json::lab(catalog, lab)));
            continue;
        }
        if category.labs.is_empty() && wanted.category.is_none() {
            continue;
        }
        heading(&mut out, category, category.labs.len(), "lab");
        let rows = labs.map(|lab| [lab.slug.clone(), minutes(lab.minutes), lab.question.clone()]);
        table(&mut out, &rows.collect::<Vec<_>>());
    }
    output::write(&out)
}

fn chosen<'a>(catalog: &'a Catalog, wanted: &ListArguments) -> Result<Vec<&'a Category>, Stop> {
    let Some(name) = wanted.category.as_deref() else {
        return Ok(catalog.categories.iter().collect());
    };
    if let Some(found) = catalog.categories.iter().find(|it| it.slug == name) {
        return Ok(vec![found]);
    }
    let known = catalog.categories.iter().map(|it| (it.slug.as_str(), it.title.as_str()));
    Err(open::unknown("category", name, known))
}

fn heading(out: &mut String, category: &Category, count: usize, thing: &str) {
    if !out.is_empty() {
        out.push('\n');
    }
    let count = match count {
        0 => format!("no {thing}s yet"),
        1 => format!("1 {thing}"),
        _ => format!("{count} {thing}s"),
    };
    let (title, slug) = (Safe::line(&category.title), Safe::line(&category.slug));
    let _ = writeln!(out, "{title} ({slug}): {count}");
}

/// Rows whose columns line up.
fn table<const N: usize>(out: &mut String, rows: &[[String; N]]) {
    let mut widths = [0; N];
    let rows: Vec<[Safe; N]> =
        rows.iter().map(|row| row.each_ref().map(|it| Safe::line(it))).collect();
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = text::width(cell).max(*width);
        }
    }
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str("  ");
            line.push_str(cell);
            line.push_str(&" ".repeat(width - text::width(cell)));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

fn minutes(minutes: usize) -> String {
    format!("{minutes:>3} min")
}
