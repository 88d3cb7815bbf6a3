//! `state`: what is remembered, carried to another machine, taken in from one, or forgotten.

use std::fmt::Write;
use std::path::Path;

use crate::cli::arguments::StateWork;
use crate::cli::environment::Environment;
use crate::cli::output::{self, Stop};
use crate::cli::{input, json};
use crate::state::store::{Opened, Store, StoreError, TakeIn};
use crate::state::{Carried, Memory, Merged};

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::failed(format_args!("what you read is not remembered here: {error}"))
    }
}

/// The store, with what has to be said of it told.
pub(crate) fn store(environment: &Environment) -> Result<Store, Stop> {
    let Opened { store, remark } = Store::open(environment.state.as_deref())?;
    if let Some(remark) = remark {
        output::note(&remark);
    }
    Ok(store)
}

/// Does what was asked for.
pub(crate) fn run(work: &StateWork, environment: &Environment) -> Result<(), Stop> {
    match work {
        StateWork::Export => output::write(&json::lines(&store(environment)?.carry()?.to_json())),
        StateWork::Import { file, dry_run } => {
            let how = if *dry_run { TakeIn::Trial } else { TakeIn::Truly };
            import(file, how, environment)
        }
        StateWork::Clear { yes } => {
            clear(if *yes { Asking::Settled } else { Asking::First }, environment)
        }
    }
}

fn import(file: &Path, how: TakeIn, environment: &Environment) -> Result<(), Stop> {
    let (name, text) = if file == Path::new("-") {
        ("standard input".to_owned(), input::standard()?)
    } else {
        (file.display().to_string(), input::file(file)?)
    };
    let carried = Carried::parse(&text)
        .map_err(|error| Stop::failed(format_args!("{name}: {error}; nothing was changed")))?;
    let merged = store(environment)?
        .take_in(&carried, how)
        .map_err(|error| Stop::failed(format_args!("nothing was taken in: {error}")))?;
    output::write(&report(&merged, how))
}

fn report(merged: &Merged, how: TakeIn) -> String {
    let mut out = String::new();
    for (name, tally) in &merged.kinds {
        if tally.new + tally.changed + tally.same > 0 {
            let (new, changed, same) = (tally.new, tally.changed, tally.same);
            let _ = writeln!(out, "{name:<16} {new:>6} new {changed:>6} changed {same:>6} known");
        }
    }
    if merged.homeless > 0 {
        let _ =
            writeln!(out, "{} marks have no free letter here, and are left out", merged.homeless);
    }
    out.push_str(match (how, merged.is_nothing()) {
        (_, true) => "Everything in it is known here already.\n",
        (TakeIn::Trial, false) => "Nothing was changed: this was a trial.\n",
        (TakeIn::Truly, false) => "Saved.\n",
    });
    out
}

/// Whether a reader is asked before something is forgotten.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asking {
    First,
    /// They said yes already.
    Settled,
}

fn clear(asking: Asking, environment: &Environment) -> Result<(), Stop> {
    let mut store = store(environment)?;
    let memory = store.load()?;
    if memory == Memory::default() && store.history(1, 0)?.is_empty() {
        return output::write("Nothing is remembered.\n");
    }
    let question = format!(
        "{} would be forgotten, for good. `library-tui state export` keeps a copy. Forget it?",
        everything(&memory)
    );
    if asking == Asking::First && !output::agrees(&question)? {
        return Err(Stop::failed("nothing was forgotten"));
    }
    store.clear().map_err(|error| Stop::failed(format_args!("nothing was forgotten: {error}")))?;
    output::write("Everything is forgotten.\n")
}

fn everything(memory: &Memory) -> String {
    let highlights = || memory.highlights.values().flatten();
    let grades: usize = memory.records.iter().map(|(_, grades)| grades.len()).sum();
    let counted = [
        (memory.progress.len(), "text read", "texts read"),
        (memory.marks.len(), "mark", "marks"),
        (highlights().count(), "highlight", "highlights"),
        (highlights().filter(|it| !it.note.is_empty()).count(), "note", "notes"),
        (memory.list.len(), "text to read", "texts to read"),
        (grades, "grade of a card", "grades of cards"),
    ];
    let told = counted.into_iter().filter(|(count, ..)| *count > 0);
    let told =
        told.map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }));
    let told: Vec<String> = told.collect();
    if told.is_empty() { "The history".to_owned() } else { told.join(", ") }
}
