//! Printing an article or a file.

use std::ffi::OsString;
use std::path::Path;

use crate::cli::output::{self, Stop};
use crate::cli::{input, open};
use crate::document::{
    self, Block, BlockKind, Document, FrontMatter, Level, Mark, MarkKind, Prose,
};
use crate::layout::Measure;
use crate::library::{Library, Text};
use crate::paint;
use crate::pictures;
use crate::text::Safe;
use crate::theme::{Depth, Theme};

/// The widest column of text, unless another is asked for.
pub(crate) const COLUMN: usize = 80;

/// Spaces before each line on a terminal.
const INDENT: usize = 2;

/// How to print.
pub(crate) struct Print {
    pub(crate) theme: Theme,
    pub(crate) width: usize,
    pub(crate) ascii: bool,
    pub(crate) charts: Charts,
}

/// How charts are printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Charts {
    Drawn,
    /// For screen readers and programs.
    Tables,
}

/// Prints what `name` names: an article, a file, or standard input.
pub(crate) fn print(library: &Library, name: &OsString, how: &Print) -> Result<(), Stop> {
    if name == "-" {
        return file(None, &input::standard()?, how);
    }
    if let Some((article, _)) = open::article(&library.catalog, name) {
        return print_article(library, article, how);
    }
    let path = Path::new(name);
    if path.exists() {
        return file(path.parent(), &input::file(path)?, how);
    }
    if open::is_file_name(path) {
        return Err(Stop::not_found(format_args!("{}: there is no such file", path.display())));
    }
    let name = name.to_string_lossy();
    Err(open::unknown("article or file", &name, open::articles(&library.catalog)))
}

fn print_article(library: &Library, index: usize, how: &Print) -> Result<(), Stop> {
    let source = library.text(Text::Article(index))?;
    let body = document::parse(document::split_front_matter(&source).body);
    let mut header = String::new();
    if let Some(article) = library.catalog.articles.get(index) {
        let category = library.catalog.categories.get(article.category);
        let minutes = format!("{} min", article.minutes);
        let facts =
            [category.map(|it| it.title.as_str()), article.level.map(Level::name), Some(&minutes)];
        let facts: Vec<&str> = facts.into_iter().flatten().collect();
        let dot = if how.ascii { " - " } else { " · " };
        header = head(&article.title, &facts.join(dot), &article.summary, how);
    }
    output::write(&(header + &text(&told(body, how), how)))
}

/// Prints Markdown of the reader's own. What its images name is looked at in its `folder`.
fn file(folder: Option<&Path>, source: &str, how: &Print) -> Result<(), Stop> {
    let split = document::split_front_matter(source);
    let header = match &split.front {
        Some(Ok(FrontMatter { title, summary, .. })) if !title.is_empty() => {
            head(title, "", summary, how)
        }
        Some(Err(error)) => {
            output::note(&format!("line {}: {error}", error.line));
            String::new()
        }
        _ => String::new(),
    };
    let mut body = document::parse(split.body);
    if let Some(folder) = folder {
        let images = pictures::local(&body).into_iter();
        let seen =
            images.filter_map(|(link, path)| Some((link, pictures::look(&folder.join(path))?)));
        body.pictures = seen.collect();
    }
    output::write(&(header + &text(&told(body, how), how)))
}

/// Title, facts and summary, set as an article is.
fn head(title: &str, facts: &str, summary: &str, how: &Print) -> String {
    let title = Prose { text: Safe::line(title), marks: vec![] };
    let mut head = Document::default();
    head.blocks.push(block(BlockKind::Heading { level: 1, prose: title, anchor: String::new() }));
    for (line, mark) in [(facts, None), (summary, Some(MarkKind::Emphasis))] {
        let text = Safe::line(line);
        let marks = mark.map(|kind| Mark { range: 0..text.len(), kind });
        if !text.is_empty() {
            let prose = Prose { text, marks: marks.into_iter().collect() };
            head.blocks.push(block(BlockKind::Paragraph(prose)));
        }
    }
    text(&head, how) + "\n"
}

fn block(kind: BlockKind) -> Block {
    Block { kind, container: None, source: 0..0, tight: false, continued: false }
}

/// The document as it is to be printed: its abbreviations written out where they stand first,
/// which nobody can peek at on paper, and its charts as asked.
fn told(mut document: Document, how: &Print) -> Document {
    document.write_out();
    if how.charts == Charts::Drawn {
        return document;
    }
    let blocks = std::mem::take(&mut document.blocks);
    for mut leaf in blocks {
        let chart = match &leaf.kind {
            BlockKind::Code(code) if code.language.as_str() == "chart" => {
                document::chart(&code.text).ok()
            }
            _ => None,
        };
        if let Some(chart) = chart {
            let title = Prose { text: Safe::line(&chart.title), marks: vec![] };
            let around = Block { container: leaf.container, ..block(BlockKind::Paragraph(title)) };
            document.blocks.push(around);
            leaf.kind = BlockKind::Table(chart.table());
        }
        document.blocks.push(leaf);
    }
    document
}

/// A document as it is printed.
pub(crate) fn text(document: &Document, how: &Print) -> String {
    let indent = if how.theme.depth() == Depth::None { 0 } else { INDENT };
    let width = how.width.saturating_sub(indent).max(1);
    paint::print(document, Measure { width, ascii: how.ascii }, &how.theme, indent)
}
