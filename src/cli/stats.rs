//! `stats`: what was read, and how reviews go.

use crate::cli::environment::Environment;
use crate::cli::output::{self, Stop};
use crate::cli::read::{self, Print};
use crate::cli::{json, state};
use crate::document;
use crate::library::Library;
use crate::state::statistics::{self, Manner};

/// How statistics are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    People,
    Json,
}

/// Tells what was read.
pub(crate) fn stats(
    library: &Library,
    form: Form,
    environment: &Environment,
    print: &Print,
) -> Result<(), Stop> {
    let mut store = state::store(environment)?;
    let memory = store.load()?;
    let visits = store.since(statistics::since(environment.now))?;
    let time = (&environment.calendar, environment.now);
    let statistics = statistics::statistics(library, &memory, &visits, time);
    if form == Form::Json {
        return output::write(&json::statistics(&statistics, &environment.calendar));
    }
    let width = print.width;
    let manner = Manner { width, ascii: print.ascii, streaks: environment.streaks };
    let document = document::parse(&statistics::told(&statistics, manner));
    output::write(&read::text(&document, print))
}
