//! Articles and Markdown files as web pages, and the whole library as a static site.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::{IsTerminal, stdout};
use std::path::{Path, PathBuf};

use crate::check::markdown_below;
use crate::cli::arguments::ExportArguments;
use crate::cli::output::{self, Stop};
use crate::cli::site::{self, Written};
use crate::cli::{input, open};
use crate::html::{self, Reach, SitePage};
use crate::library::{Library, Text};

/// Writes what is asked for.
pub(crate) fn export(
    library: impl FnOnce() -> Result<Library, Stop>,
    wanted: &ExportArguments,
) -> Result<(), Stop> {
    match (&wanted.text, wanted.all) {
        (None, true) => all(&library()?, wanted.out.as_deref()),
        (Some(name), _) if name != "-" && Path::new(name).is_dir() => {
            folder(Path::new(name), wanted.out.as_deref())
        }
        (Some(name), _) => page(&library()?, name, wanted.out.as_deref()),
        (None, false) => Err(Stop::failed(
            "say what to export: an article, a Markdown file, a folder of your own, or --all",
        )),
    }
}

fn page(library: &Library, name: &OsString, out: Option<&Path>) -> Result<(), Stop> {
    let html = html_of(library, name)?;
    match out {
        Some(path) if path.as_os_str() != "-" => site::write_page(path, &html),
        None if stdout().is_terminal() => Err(Stop::failed(
            "a page is long and not for a terminal: add --out FILE.html, or --out - to print it",
        )),
        _ => output::write(&html),
    }
}

fn html_of(library: &Library, name: &OsString) -> Result<String, Stop> {
    if name == "-" {
        return Ok(html::file("standard input", &input::standard()?, Reach::Alone));
    }
    if let Some((article, _)) = open::article(&library.catalog, name) {
        let source = library.text(Text::Article(article))?;
        let html = html::article(&library.catalog, article, &source, Reach::Alone);
        return html.ok_or_else(|| Stop::failed("the library has lost this article; run it again"));
    }
    let path = Path::new(name);
    if path.exists() {
        let shown = path.file_name().unwrap_or_default().to_string_lossy();
        return Ok(html::file(&shown, &input::file(path)?, Reach::Alone));
    }
    if open::is_file_name(path) {
        return Err(Stop::not_found(format_args!("{}: there is no such file", path.display())));
    }
    let name = name.to_string_lossy();
    Err(open::unknown("article or file", &name, open::articles(&library.catalog)))
}

/// A page of the library; None when it has none there.
pub(crate) fn site_page(library: &Library, page: SitePage) -> Option<String> {
    let catalog = &library.catalog;
    match page {
        SitePage::Index => Some(html::index(catalog)),
        SitePage::Labs => Some(html::labs(catalog)),
        SitePage::Category(at) => html::category(catalog, at),
        SitePage::Article(at) => {
            html::article(catalog, at, &library.text(Text::Article(at)).ok()?, Reach::Site)
        }
        SitePage::Lab(at) => library.text(Text::Lab(at)).ok(),
    }
}

fn all(library: &Library, out: Option<&Path>) -> Result<(), Stop> {
    let pages = SitePage::all(&library.catalog);
    let paths = pages.iter().map(|(path, _)| path.clone()).collect();
    let mut written = Written::begin(folder_of(out)?, &paths)?;
    for (path, page) in pages {
        let html = site_page(library, page)
            .ok_or_else(|| Stop::failed(format_args!("{path}: its text cannot be read")))?;
        written.add(&path, html.as_bytes())?;
    }
    told(written)
}

/// A folder's Markdown as pages, with the pictures that it names and a page that names them all.
fn folder(folder: &Path, out: Option<&Path>) -> Result<(), Stop> {
    let out = folder_of(out)?;
    let files = files_below(folder)?;
    let pages: Vec<String> = files.iter().map(|path| html::page_path(path)).collect();
    let mut sources = vec![];
    let mut paths: BTreeSet<String> = BTreeSet::new();
    for (path, page) in files.iter().zip(&pages) {
        if !paths.insert(page.clone()) {
            let message = format!("two files would be the page {page}: rename one of them");
            return Err(Stop::failed(message));
        }
        sources.push(input::file(&folder.join(path))?);
    }
    let named = files.iter().zip(&sources).flat_map(|(path, source)| html::pictures(path, source));
    let pictures: BTreeSet<String> = named.filter(|path| site::is_inside(folder, path)).collect();
    let has_index = !paths.insert("index.html".to_owned());
    paths.extend(pictures.iter().cloned());
    let mut written = Written::begin(out, &paths)?;
    let mut listed = vec![];
    for ((path, page), source) in files.iter().zip(pages).zip(&sources) {
        written.add(&page, html::file(path, source, Reach::Folder(&files)).as_bytes())?;
        listed.push((page, html::title(path, source)));
    }
    if !has_index {
        let name = folder.canonicalize().ok();
        let name = name.as_deref().and_then(Path::file_name).unwrap_or_default();
        written.add("index.html", html::folder(&name.to_string_lossy(), &listed).as_bytes())?;
    }
    for path in pictures {
        written.copy(folder, &path)?;
    }
    told(written)
}

/// The Markdown files below a folder, by their paths in it.
fn files_below(folder: &Path) -> Result<Vec<String>, Stop> {
    let found = markdown_below(folder);
    let relative = |path: &PathBuf| Some(path.strip_prefix(folder).ok()?.to_str()?.to_owned());
    let files: Vec<String> = found.iter().filter_map(relative).collect();
    if files.is_empty() {
        let shown = folder.display();
        return Err(Stop::not_found(format_args!("{shown}: there is no Markdown file in it")));
    }
    Ok(files)
}

fn folder_of(out: Option<&Path>) -> Result<&Path, Stop> {
    out.filter(|out| out.as_os_str() != "-").ok_or_else(|| {
        Stop::failed("many pages need a folder: add --out DIR, an empty or a new one")
    })
}

fn told(written: Written) -> Result<(), Stop> {
    let (files, folder) = written.finish()?;
    output::note(&format!("{files} pages; open {}", folder.join("index.html").display()));
    Ok(())
}
