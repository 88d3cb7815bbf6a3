//! The command line: arguments in, exit code out.
//!
//! What was asked for goes to standard output, what went wrong to standard error. 0 is done, 1 is
//! nothing found, 2 is wrong usage or a failure. A reader of our output that goes away is done.

mod arguments;
mod check;
mod environment;
mod input;
mod json;
mod lab_work;
mod lists;
mod new;
mod open;
mod output;
mod read;
mod search;

use std::ffi::OsString;
use std::io::{IsTerminal, stdin, stdout};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use crate::check::run;
use crate::cli::arguments::{Arguments, Command, New};
use crate::cli::environment::Environment;
use crate::cli::output::Stop;
use crate::labs;
use crate::library::Library;
use crate::theme::{Depth, Palette, Theme};
use crate::tui::{self, Opening, Setup};

/// Runs the program.
pub fn run() -> ExitCode {
    let environment = Environment::of_process();
    let done = arguments::parse().and_then(|arguments| dispatch(&arguments, &environment));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => output::stop(&stop),
    }
}

fn dispatch(arguments: &Arguments, environment: &Environment) -> Result<(), Stop> {
    match &arguments.command {
        None => interface(arguments, environment, None),
        Some(Command::Preview { file }) => interface(arguments, environment, Some(file)),
        Some(Command::OpenInBrowser { address }) => Ok(labs::open_here(address)?),
        Some(Command::SandboxExec { stage, confinement }) => {
            Err(Stop::with_code(run::sandbox_exec(stage, confinement)))
        }
        Some(_) if !arguments.target.is_empty() => {
            Err(Stop::failed("the command comes first: library-tui COMMAND …"))
        }
        Some(Command::List(list)) => lists::articles(&library(environment)?, list),
        Some(Command::Labs { work: Some(work), .. }) => lab_work::run(work, environment),
        Some(Command::Labs { list, .. }) => lists::labs(&library(environment)?, list),
        Some(Command::Read { text, plain }) => {
            let depth = if *plain { Depth::None } else { environment.output_depth() };
            let theme = Theme::new(palette(arguments), depth);
            let width = arguments.width.unwrap_or_else(|| environment.columns.min(read::COLUMN));
            let print = read::Print { theme, width, ascii: environment.ascii };
            read::print(&library(environment)?, text, &print)
        }
        Some(Command::Search(asked)) => {
            let theme = Theme::new(palette(arguments), environment.output_depth());
            search::search(library(environment)?, asked, environment, theme)
        }
        Some(Command::Check(wanted)) => check::check(wanted, environment),
        Some(Command::New { thing: New::Article { name } }) => new::article(name, environment),
        Some(Command::Lab(lab)) => lists::lab(&library(environment)?, lab, environment),
    }
}

fn interface(
    arguments: &Arguments,
    environment: &Environment,
    watched: Option<&OsString>,
) -> Result<(), Stop> {
    if !stdin().is_terminal() || !stdout().is_terminal() {
        return Err(Stop::failed(
            "the reader needs a terminal; `library-tui read ARTICLE` prints an article, \
             `library-tui list` names them",
        ));
    }
    let library = library(environment)?;
    let opening = match watched {
        Some(file) => Opening::Preview { path: file.into(), source: input::file(Path::new(file))? },
        None => open::opening(&library.catalog, &arguments.target)?,
    };
    let setup = Setup {
        opening,
        theme: Theme::new(palette(arguments), environment.depth),
        width: arguments.width.unwrap_or(read::COLUMN),
        mouse: arguments.mouse,
        ascii: environment.ascii,
        environment: environment.labs.clone(),
        cache: environment.cache.clone(),
        library: Arc::new(library),
    };
    Ok(tui::run(setup)?)
}

fn library(environment: &Environment) -> Result<Library, Stop> {
    Ok(Library::open(environment.content.as_deref())?)
}

fn palette(arguments: &Arguments) -> Palette {
    arguments.theme.as_deref().and_then(Palette::named).unwrap_or_default()
}
