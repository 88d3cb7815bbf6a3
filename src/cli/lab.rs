//! Taking a lab out of the library: to a browser, a file, a pipe.

use std::io::{IsTerminal, stderr, stdin};
use std::sync::Arc;

use crate::cli::arguments::{LabArguments, Way};
use crate::cli::environment::Environment;
use crate::cli::open;
use crate::cli::output::{self, Stop};
use crate::labs::engine::Engine;
use crate::labs::file::LabFile;
use crate::labs::{self, HandOff, Listening, Pages, Server, ServerError};
use crate::library::{Catalog, Lab, Library, Text};
use crate::text::Safe;

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

/// Describes a lab, prints it, writes it to a file, serves it or opens it.
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
        Way::Print => output::write(&html),
        Way::Text => output::write(&text(&html, wanted.state())?),
        Way::Open | Way::Serve => {
            confirm(library, wanted)?;
            serve(&lab.slug, html, wanted, environment)
        }
        _ => {
            let page = labs::keep_lab(&environment.labs, &lab.slug, &html)?;
            output::write(&format!("{}\n", Safe::line(&page.display().to_string())))
        }
    }
}

/// Asks whether a lab that did not come with the program is to be handed over.
fn confirm(library: &Library, wanted: &LabArguments) -> Result<(), Stop> {
    let Some(folder) = library.foreign().filter(|_| !wanted.yes) else { return Ok(()) };
    let folder = folder.display();
    if !stdin().is_terminal() || !stderr().is_terminal() {
        return Err(Stop::failed(format_args!(
            "the labs in {folder} did not come with this program: add --yes to hand one over"
        )));
    }
    let question = format!(
        "The labs in {folder} did not come with this program. In a browser they run their own\n\
         scripts, locked up: no network, no other page, no file. Hand it over?"
    );
    if output::agrees(&question)? { Ok(()) } else { Err(Stop::failed("nothing was handed over")) }
}

/// Serves one page, and starts a browser on it where that is asked for and possible, until the
/// program is stopped or nobody asked for the page for half an hour.
fn serve(
    slug: &str,
    html: String,
    wanted: &LabArguments,
    environment: &Environment,
) -> Result<(), Stop> {
    let known = slug.to_owned();
    let pages = move |asked: &str| (asked == known).then(|| html.clone());
    if let Some(told) = &environment.told {
        output::note(told);
    }
    let server = start(Box::new(pages), environment)?;
    let environment = &environment.labs;
    output::write(&format!("{}\n", server.address(slug, wanted.state())))?;
    if wanted.way() == Way::Open && environment.hand_off() == HandOff::Browser {
        let once = server.one_time_address(slug, wanted.state())?;
        if let Err(error) = labs::open_and_wait(environment, &once) {
            output::note(&format!("{error}; or open the address above yourself"));
        }
    } else {
        let forward = environment.login().forward_command(server.port());
        output::note(&format!(
            "from another machine, run `{forward}` there and open the same address"
        ));
    }
    output::note("Ctrl-C stops; so does half an hour in which nobody asks for it");
    server.wait();
    Ok(())
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

/// The server, at the port that the arguments name; at another one when that of the settings is
/// taken.
fn start(pages: Box<Pages>, environment: &Environment) -> Result<Server, Stop> {
    let port = environment.labs.port.unwrap_or(0);
    let pages: Arc<Pages> = pages.into();
    let at = |port| {
        let pages = Arc::clone(&pages);
        Server::start(Listening::at(port), Box::new(move |page| pages(page)))
    };
    match at(port) {
        Err(ServerError::Port { .. }) if port != 0 && environment.given_port.is_none() => {
            output::note(&format!("port {port} of the settings is taken, so this is another one"));
            Ok(at(0)?)
        }
        outcome => Ok(outcome?),
    }
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
