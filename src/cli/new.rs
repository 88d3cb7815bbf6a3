//! `new`: begins an article.

use crate::cli::check;
use crate::cli::environment::Environment;
use crate::cli::output::{self, Stop};
use crate::library;
use crate::text::Safe;

/// Writes the skeleton of an article, and says what comes next.
pub(crate) fn article(name: &str, environment: &Environment) -> Result<(), Stop> {
    let content = check::own_content(environment)?;
    let file = library::begin_article(&content, name, &environment.month)?;
    let path = file.display().to_string();
    output::note(&format!("write it, then: library-tui check {path}"));
    output::write(&format!("{}\n", Safe::line(&path)))
}
