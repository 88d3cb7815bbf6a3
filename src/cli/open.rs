//! What the interface opens with.

use std::ffi::OsString;
use std::path::Path;

use crate::cli::input;
use crate::cli::output::Stop;
use crate::library::{Catalog, nearest};
use crate::tui::Opening;

/// An article when one is named, then a file when one is there, then a query.
pub(crate) fn opening(catalog: &Catalog, target: &[OsString]) -> Result<Opening, Stop> {
    let [only] = target else {
        return Ok(match target {
            [] => Opening::Home,
            words => Opening::Find(query(words)),
        });
    };
    if let Some((article, anchor)) = article(catalog, only) {
        return Ok(Opening::Article(article, anchor));
    }
    let path = Path::new(only);
    if only == "-" {
        return Err(Stop::failed("standard input is read by `library-tui read -`"));
    }
    if path.is_dir() {
        return Ok(Opening::Folder(path.to_owned()));
    }
    if path.exists() {
        return Ok(Opening::File { path: path.to_owned(), source: input::file(path)? });
    }
    if is_file_name(path) {
        return Err(Stop::not_found(format_args!("{}: there is no such file", path.display())));
    }
    Ok(Opening::Find(query(target)))
}

/// The article that is named, perhaps with a heading: `slug`, `category/slug`, `slug#heading`.
pub(crate) fn article(catalog: &Catalog, name: &OsString) -> Option<(usize, Option<String>)> {
    let name = name.to_str()?;
    if let Some(article) = catalog.article(name) {
        return Some((article, None));
    }
    let (name, anchor) = name.split_once('#')?;
    Some((catalog.article(name)?, Some(anchor.to_owned())))
}

/// Whether it can only be meant as a file.
pub(crate) fn is_file_name(path: &Path) -> bool {
    let endings = ["md", "markdown", "txt"];
    let ending = path.extension().and_then(|ending| ending.to_str());
    let is_text =
        ending.is_some_and(|it| endings.iter().any(|known| it.eq_ignore_ascii_case(known)));
    is_text || path.is_absolute() || path.starts_with(".") || path.starts_with("..")
}

fn query(words: &[OsString]) -> String {
    let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}

/// That there is no `kind` of this name, and which are near.
pub(crate) fn unknown<'a>(
    kind: &str,
    name: &str,
    known: impl Iterator<Item = (&'a str, &'a str)>,
) -> Stop {
    let near = nearest(name, known, 3);
    if near.is_empty() {
        return Stop::not_found(format_args!("there is no {kind} `{name}`"));
    }
    let near = near.join(", ");
    Stop::not_found(format_args!("there is no {kind} `{name}`; the nearest are {near}"))
}

/// Slugs and titles of the articles.
pub(crate) fn articles(catalog: &Catalog) -> impl Iterator<Item = (&str, &str)> {
    catalog.articles.iter().map(|it| (it.slug.as_str(), it.title.as_str()))
}
