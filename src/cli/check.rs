//! `check`: what is wrong with content, told to people or as JSON.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::check::{self, CheckError, Memory, RULES, Report};
use crate::cli::arguments::CheckArguments;
use crate::cli::environment::Environment;
use crate::cli::json;
use crate::cli::output::{self, Stop};
use crate::text::Safe;

/// Wider reports are not read more easily.
const WIDTH: usize = 120;

impl From<CheckError> for Stop {
    fn from(error: CheckError) -> Self {
        Self::failed(error)
    }
}

/// Checks what was asked for, and tells what was found.
pub(crate) fn check(wanted: &CheckArguments, environment: &Environment) -> Result<(), Stop> {
    if wanted.rules {
        return output::write(&rules());
    }
    let paths = match wanted.paths.as_slice() {
        [] => vec![own_content(environment)?],
        paths => paths.to_vec(),
    };
    let mut memory = environment.cache.as_deref().map(Memory::open);
    let mut checks = check::gather(&paths)?;
    if let Some(memory) = memory.as_ref().filter(|_| wanted.changed) {
        checks.skip_clean(memory);
    }
    checks.check();
    let report = checks.report();
    if let Some(memory) = &mut memory
        && let Err(error) = memory.learn(&report)
    {
        output::note(&format!("what is clean cannot be remembered: {error}"));
    }
    tell(&report, wanted, environment)?;
    if report.failures().next().is_some() { Err(Stop::found()) } else { Ok(()) }
}

/// The content to check when no path is given.
fn own_content(environment: &Environment) -> Result<PathBuf, Stop> {
    if let Some(content) = &environment.content {
        return Ok(content.clone());
    }
    let built_from = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/content"));
    let here = [Path::new("content"), Path::new(".")];
    if let Some(found) = here.into_iter().find(|it| it.join("library.toml").is_file()) {
        return Ok(found.to_owned());
    }
    if cfg!(debug_assertions) && built_from.is_dir() {
        return Ok(built_from.to_owned());
    }
    Err(Stop::failed("there is no library in this folder; name a file or folder to check"))
}

fn tell(report: &Report, wanted: &CheckArguments, environment: &Environment) -> Result<(), Stop> {
    if wanted.json {
        let lines = report.findings.iter().map(json::finding);
        return output::write(&(lines.collect::<String>() + &json::summary(report)));
    }
    let width = environment.columns.min(WIDTH);
    let mut out = report.diagnostics(width, environment.output_depth());
    let table = report.table();
    if !table.is_empty() {
        let _ = writeln!(out, "{table}");
    }
    let _ = writeln!(out, "{}", Safe::line(&report.summary()));
    output::write(&out)
}

/// The rules, by what they hold for.
fn rules() -> String {
    let mut out = String::new();
    let mut scope = None;
    for rule in RULES {
        if scope.replace(rule.scope) != Some(rule.scope) {
            let _ =
                writeln!(out, "{}{}:", if out.is_empty() { "" } else { "\n" }, rule.scope.name());
        }
        let _ = writeln!(out, "  {:16} {}", rule.name, rule.reason);
        let _ = writeln!(out, "  {:16}   mend: {}", "", rule.mend);
    }
    out
}
