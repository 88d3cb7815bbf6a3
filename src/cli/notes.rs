//! `notes export`: highlights and notes, as Markdown or as JSON.

use std::ffi::OsString;

use crate::calendar::Calendar;
use crate::cli::environment::Environment;
use crate::cli::output::{self, Stop};
use crate::cli::{json, open, state};
use crate::document;
use crate::library::{Library, Text};
use crate::state::{Highlight, Memory, Name, Whole, statistics};
use crate::text::Safe;

/// What is exported, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Markdown,
    Json,
}

/// The highlights of one text, from its beginning to its end.
pub(crate) struct Noted<'a> {
    /// What it is called in the state.
    pub(crate) name: &'a Name,
    /// Its title for people.
    pub(crate) title: String,
    /// The file of an article in its library, or the path of another file.
    pub(crate) path: String,
    /// Each with whether its passage is still in the text.
    pub(crate) passages: Vec<Passage<'a>>,
}

/// A highlight and what became of its passage.
pub(crate) struct Passage<'a> {
    pub(crate) highlight: &'a Highlight,
    /// The title of the heading above it.
    pub(crate) heading: Option<String>,
    /// Whether the text has changed so that the passage is no longer in it.
    pub(crate) orphaned: bool,
}

/// Writes what was highlighted and noted: of one article, or of all texts.
pub(crate) fn export(
    library: &Library,
    article: Option<&OsString>,
    form: Form,
    environment: &Environment,
) -> Result<(), Stop> {
    let memory = state::store(environment)?.load()?;
    let only = match article {
        None => None,
        Some(named) => Some(known(library, named)?),
    };
    let noted = noted(library, &memory, only);
    if noted.is_empty() {
        return Err(Stop::not_found("nothing is highlighted yet"));
    }
    output::write(&match form {
        Form::Json => noted.iter().map(json::noted).collect(),
        Form::Markdown => Safe::prose(&markdown(&noted, &environment.calendar)).to_string(),
    })
}

fn known(library: &Library, named: &OsString) -> Result<usize, Stop> {
    let found = open::article(&library.catalog, named).map(|(article, _)| article);
    let name = named.to_string_lossy();
    found.ok_or_else(|| open::unknown("article", &name, open::articles(&library.catalog)))
}

/// Articles in the library's order, then other files by their path.
fn noted<'a>(library: &Library, memory: &'a Memory, only: Option<usize>) -> Vec<Noted<'a>> {
    let mut names: Vec<(Option<usize>, &Name)> =
        memory.highlights.keys().map(|name| (name.article_in(library), name)).collect();
    names.retain(|(article, _)| only.is_none() || *article == only);
    names.sort_by_key(|(article, name)| (article.unwrap_or(usize::MAX), *name));
    let texts = names.into_iter().map(|(article, name)| {
        let source = article.and_then(|article| library.text(Text::Article(article)).ok());
        Noted {
            name,
            title: statistics::title(library, name),
            path: path(library, article, name),
            passages: passages(memory.highlights(name), source.as_deref()),
        }
    });
    texts.collect()
}

fn path(library: &Library, article: Option<usize>, name: &Name) -> String {
    let catalog = &library.catalog;
    let own = article.and_then(|article| catalog.articles.get(article)).and_then(|article| {
        let category = catalog.categories.get(article.category)?;
        Some(format!("{}/{}.md", category.slug, article.slug))
    });
    let path = || name.path().map(|path| path.display().to_string());
    own.or_else(path).unwrap_or_else(|| name.as_str().to_owned())
}

/// In the order of the text; those that are no longer in it come last.
fn passages<'a>(highlights: &'a [Highlight], source: Option<&str>) -> Vec<Passage<'a>> {
    let document = source.map(|it| document::parse(document::split_front_matter(it).body));
    let whole = document.as_ref().map(Whole::new);
    let mut placed: Vec<_> = highlights
        .iter()
        .map(|highlight| {
            let found = whole.as_ref().map(|whole| whole.find(&highlight.place));
            let at = found.as_ref().and_then(|found| found.map(|(start, _)| start));
            let orphaned = matches!(found, Some(None));
            let mut outline = document.iter().flat_map(document::Document::outline);
            let heading = outline.find(|it| it.anchor == highlight.place.anchor);
            let heading = heading.map(|heading| heading.title.to_string());
            ((orphaned, at), Passage { highlight, heading, orphaned })
        })
        .collect();
    placed.sort_by(|(a, one), (b, other)| {
        let rest = |it: &Passage| (it.highlight.made, it.highlight.id.clone());
        a.cmp(b).then_with(|| rest(one).cmp(&rest(other)))
    });
    placed.into_iter().map(|(_, passage)| passage).collect()
}

fn markdown(noted: &[Noted<'_>], calendar: &Calendar) -> String {
    let mut out = String::from("# Highlights and notes\n");
    for text in noted {
        out.push_str(&format!("\n## {}\n", text.title));
        for passage in &text.passages {
            out.push_str(&entry(passage, &text.path, calendar));
        }
    }
    out
}

fn entry(passage: &Passage<'_>, path: &str, calendar: &Calendar) -> String {
    let Highlight { id, place, note, made, .. } = passage.highlight;
    let quote = format!("> {}\n", place.quote.lines().collect::<Vec<_>>().join("\n> "));
    let note = match note.trim() {
        "" => String::new(),
        note => format!("\n{note}\n"),
    };
    let label = passage.heading.as_deref().unwrap_or("Beginning").replace(['[', ']'], "");
    let anchor = if place.anchor.is_empty() { String::new() } else { format!("#{}", place.anchor) };
    // Blanks and brackets would end the target.
    let target = format!("<{path}{anchor}>").replace('\n', " ");
    let orphaned = if passage.orphaned { ", no longer in the text" } else { "" };
    let day = calendar.day(*made);
    format!("\n<!-- highlight {id} -->\n{quote}{note}\n[{label}]({target}), {day}{orphaned}\n")
}
