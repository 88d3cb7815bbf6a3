//! Naming articles and labs, and taking a lab out of the library.

use std::fmt::Write;

use crate::cli::arguments::{LabArguments, ListArguments, Way};
use crate::cli::environment::Environment;
use crate::cli::output::{self, Stop};
use crate::cli::{json, open};
use crate::labs::engine::Engine;
use crate::labs::file::LabFile;
use crate::labs::{self, HandOff};
use crate::library::{Catalog, Category, Lab, Library, Text};
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

/// The lab that is named: its index, and what is known of it.
pub(crate) fn named_lab<'a>(
    catalog: &'a Catalog,
    wanted: &LabArguments,
) -> Result<(usize, &'a Lab), Stop> {
    let name = wanted.name();
    let found = catalog.lab(name).and_then(|index| Some((index, catalog.labs.get(index)?)));
    found.ok_or_else(|| {
        let known = catalog.labs.iter().map(|it| (it.slug.as_str(), it.title.as_str()));
        open::unknown("lab", name, known)
    })
}

/// Describes a lab, prints it, writes it to a file or opens it.
pub(crate) fn lab(
    library: &Library,
    wanted: &LabArguments,
    environment: &Environment,
) -> Result<(), Stop> {
    let catalog = &library.catalog;
    let (index, lab) = named_lab(catalog, wanted)?;
    if wanted.way() == Way::Describe {
        return output::write(&description(catalog, lab));
    }
    let html = library.text(Text::Lab(index))?;
    match wanted.way() {
        Way::Print => return output::write(&html),
        Way::Text => return output::write(&text(&html, wanted.state())?),
        _ => {}
    }
    if wanted.way() == Way::Serve {
        let folder = catalog.categories.get(lab.category).map_or("", |it| it.slug.as_str());
        let page = format!("{folder}/{}.html", lab.slug);
        return serve(&page, html, wanted.port, &environment.labs);
    }
    let page = labs::keep_lab(&environment.labs, &lab.slug, &html)?;
    match (wanted.way(), environment.labs.hand_off()) {
        (Way::Open, HandOff::Browser) => {
            let address = labs::page_address(&page, wanted.state());
            labs::open_and_wait(&environment.labs, &address)?;
            output::write(&format!("{}\n", Safe::line(&address)))
        }
        (Way::Open, HandOff::Remote { host }) => {
            let fetch = labs::fetch_command(host.as_deref(), &page);
            output::note("no browser here; on your own machine, run this and open the file:");
            output::write(&format!("{}\n", Safe::line(&fetch)))
        }
        _ => output::write(&format!("{}\n", Safe::line(&page.display().to_string()))),
    }
}

/// Serves one page until the program is stopped, or nobody asked for it for half an hour.
fn serve(page: &str, html: String, port: u16, environment: &labs::Environment) -> Result<(), Stop> {
    let known = page.to_owned();
    let pages = move |asked: &str| (asked == known).then(|| html.clone());
    let server = labs::Server::start(port, Box::new(pages))?;
    output::write(&format!("{}\n", server.address(page, None)))?;
    let host = match environment.hand_off() {
        HandOff::Remote { host } => host,
        HandOff::Browser => None,
    };
    let forward = labs::forward_command(host.as_deref(), server.port());
    output::note(&format!("from another machine, run `{forward}` there and open the same address"));
    output::note("Ctrl-C stops; so does half an hour in which nobody asks for it");
    server.wait();
    Ok(())
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

/// What a lab shows when it is opened, or in a state, in sentences.
fn text(html: &str, state: Option<&str>) -> Result<String, Stop> {
    let lab = LabFile::parse(html).map_err(Stop::failed)?;
    let mut session = Engine::new().open(&lab).map_err(Stop::failed)?;
    if let Some(state) = state {
        session.open_hash(state).map_err(Stop::failed)?;
    }
    let sentences = labs::sentences(&lab, session.picture());
    let lines: Vec<Safe> = sentences.lines().map(Safe::line).collect();
    Ok(lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect())
}

fn description(catalog: &Catalog, lab: &Lab) -> String {
    let articles = lab.articles.iter().filter_map(|index| catalog.articles.get(*index));
    let articles: Vec<&str> = articles.map(|it| it.slug.as_str()).collect();
    let mut lines = vec![
        lab.title.clone(),
        format!("{} min", lab.minutes),
        String::new(),
        lab.question.clone(),
    ];
    if !lab.takeaway.is_empty() {
        lines.extend([String::new(), lab.takeaway.clone()]);
    }
    if !articles.is_empty() {
        lines.extend([String::new(), format!("Articles: {}", articles.join(", "))]);
    }
    lines.extend([String::new(), format!("library-tui lab {} --open", lab.slug)]);
    let lines: Vec<Safe> = lines.iter().map(|line| Safe::line(line)).collect();
    lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
}
