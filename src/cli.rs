//! The command line: arguments in, exit code out.
//!
//! What was asked for goes to standard output, what went wrong to standard error. 0 is done, 1 is
//! nothing found, 2 is wrong usage or a failure. A reader of our output that goes away is done.

mod arguments;
mod check;
mod environment;
mod export;
mod input;
mod json;
mod lab;
mod lab_work;
mod lists;
mod new;
mod notes;
mod open;
mod output;
mod read;
mod review;
mod search;
mod serve;
mod settings;
mod site;
mod state;
mod stats;

use std::io::{IsTerminal, stdin, stdout};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use crate::check::run;
use crate::cli::arguments::{Arguments, Command, New, NotesWork, Way};
use crate::cli::environment::Environment;
use crate::cli::output::Stop;
use crate::labs::{self, LabLink};
use crate::library::{Catalog, Library};
use crate::state::{Keeper, Memory};
use crate::text::Safe;
use crate::theme::{Depth, Palette, Theme};
use crate::tui::clipboard::Clipboard;
use crate::tui::{self, Opening, Setup};

/// Runs the program.
pub fn run() -> ExitCode {
    let mut environment = Environment::of_process();
    let done = arguments::parse().and_then(|arguments| {
        environment.follow(&arguments);
        dispatch(&arguments, &environment)
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => output::stop(&stop),
    }
}

fn dispatch(arguments: &Arguments, environment: &Environment) -> Result<(), Stop> {
    match &arguments.command {
        None => {
            interface(arguments, environment, |catalog| open::opening(catalog, &arguments.target))
        }
        Some(Command::Preview { file }) => interface(arguments, environment, |_| {
            Ok(Opening::Preview { path: file.into(), source: input::file(Path::new(file))? })
        }),
        Some(Command::OpenInBrowser { address }) => {
            Ok(labs::open_here(&environment.labs, address)?)
        }
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
            let mut print = printed(arguments, environment);
            if *plain {
                print.theme = Theme::new(palette(arguments), Depth::None);
                print.charts = read::Charts::Tables;
            }
            read::print(&library(environment)?, text, &print)
        }
        Some(Command::Serve { yes }) => {
            let meant = if *yes { lab::Meant::Said } else { lab::Meant::Unsaid };
            serve::serve(library(environment)?, meant, environment)
        }
        Some(Command::Export(wanted)) => export::export(|| library(environment), wanted),
        Some(Command::Search(asked)) => {
            let theme = Theme::new(palette(arguments), environment.output_depth());
            search::search(library(environment)?, asked, environment, theme)
        }
        Some(Command::Review { plain: false }) => {
            interface(arguments, environment, |_| Ok(Opening::Review))
        }
        Some(
            command @ (Command::Review { .. }
            | Command::Stats { .. }
            | Command::Notes { .. }
            | Command::State { .. }),
        ) => remembered(command, environment, &printed(arguments, environment)),
        Some(Command::Check(wanted)) => check::check(wanted, environment),
        Some(Command::New { thing: New::Article { name } }) => new::article(name, environment),
        Some(Command::Lab(wanted)) if wanted.way() == Way::Play => {
            interface(arguments, environment, |catalog| {
                let (_, it) = lab::named_lab(catalog, wanted)?;
                let state = wanted.state().map(str::to_owned);
                Ok(Opening::Lab(LabLink { slug: it.slug.clone(), state }))
            })
        }
        Some(Command::Lab(wanted)) => lab::lab(&library(environment)?, wanted, environment),
    }
}

/// Commands on what is remembered.
fn remembered(
    command: &Command,
    environment: &Environment,
    print: &read::Print,
) -> Result<(), Stop> {
    match command {
        Command::State { work } => state::run(work, environment),
        Command::Stats { json } => {
            let form = if *json { stats::Form::Json } else { stats::Form::People };
            stats::stats(&library(environment)?, form, environment, print)
        }
        Command::Notes { work: NotesWork::Export { article, json } } => {
            let form = if *json { notes::Form::Json } else { notes::Form::Markdown };
            notes::export(&library(environment)?, article.as_ref(), form, environment)
        }
        _ => review::review(&library(environment)?, environment, print),
    }
}

fn interface(
    arguments: &Arguments,
    environment: &Environment,
    opening: impl FnOnce(&Catalog) -> Result<Opening, Stop>,
) -> Result<(), Stop> {
    if !stdin().is_terminal() || !stdout().is_terminal() {
        return Err(Stop::failed(
            "the reader needs a terminal; `library-tui read ARTICLE` prints an article, \
             `library-tui list` names them",
        ));
    }
    // Opened while the library is.
    let keeper = Keeper::start(environment.state.clone());
    let library = library(environment)?;
    let setup = Setup {
        opening: opening(&library.catalog)?,
        theme: Theme::new(palette(arguments), environment.depth),
        width: arguments.width.unwrap_or(read::COLUMN),
        mouse: arguments.mouse,
        ascii: environment.ascii,
        environment: environment.labs.clone(),
        cache: environment.cache.clone(),
        calendar: environment.calendar.clone(),
        streaks: environment.streaks,
        clipboard: Clipboard { write: arguments.write.clone(), ..environment.clipboard.clone() },
        images: environment.images,
        memory: Some(Memory::default()),
        notice: environment.told.as_deref().map(Safe::line),
        library: Arc::new(library),
    };
    Ok(tui::run(setup, &keeper)?)
}

/// How texts are printed to standard output.
fn printed(arguments: &Arguments, environment: &Environment) -> read::Print {
    let theme = Theme::new(palette(arguments), environment.output_depth());
    let width = arguments.width.unwrap_or_else(|| environment.columns.min(read::COLUMN));
    read::Print { theme, width, ascii: environment.ascii, charts: read::Charts::Drawn }
}

fn library(environment: &Environment) -> Result<Library, Stop> {
    match &environment.content {
        None if environment.embedded => Ok(Library::embedded()?),
        content => Ok(Library::open(content.as_deref())?),
    }
}

fn palette(arguments: &Arguments) -> Palette {
    arguments.theme.as_deref().and_then(Palette::named).unwrap_or_default()
}
