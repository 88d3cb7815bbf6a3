//! `check`: what is wrong with content, told to people or as JSON.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::io::{IsTerminal, stderr, stdin};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};

use crate::check::run::{Fence, Outcome, Runner, Settings};
use crate::check::{self, CheckError, Checks, Memory, RULES, Report};
use crate::cli::arguments::CheckArguments;
use crate::cli::environment::Environment;
use crate::cli::json;
use crate::cli::output::{self, Stop};
use crate::text::Safe;

/// The content that this program was built from.
const BUILT_FROM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/content");

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
    let mut checks = gathered(&paths, wanted, memory.as_ref())?;
    let mut protections = vec![];
    if wanted.run {
        if !wanted.yes && !is_own(&checks) {
            confirm(&checks)?;
        }
        let runner = Runner::new(settings(environment));
        let mut done = run(&runner, &checks);
        if wanted.update {
            for path in checks.update(&done.0, &done.1)? {
                output::note(&format!("{path}: its outputs are written anew"));
            }
            checks = gathered(&paths, wanted, memory.as_ref())?;
            done = run(&runner, &checks);
        }
        checks.add_outcomes(&done.0, &done.1);
        protections.push(runner.protections().to_string());
    }
    // The models of strangers' labs are code as well.
    if cfg!(feature = "labs") && (wanted.run || is_own(&checks)) {
        checks.prove_labs(memory.as_ref());
    }
    checks.check();
    let mut report = checks.report();
    report.protections = protections;
    if let Some(memory) = &mut memory
        && let Err(error) = memory.learn(&report)
    {
        output::note(&format!("what is clean cannot be remembered: {error}"));
    }
    tell(&report, wanted, environment)?;
    if report.failures().next().is_some() { Err(Stop::found()) } else { Ok(()) }
}

fn gathered(
    paths: &[PathBuf],
    wanted: &CheckArguments,
    memory: Option<&Memory>,
) -> Result<Checks, Stop> {
    let mut checks = check::gather(paths)?;
    if let Some(memory) = memory.filter(|_| wanted.changed) {
        checks.skip_clean(memory);
    }
    Ok(checks)
}

/// Whether all of it is the content that this program was built from.
fn is_own(checks: &Checks) -> bool {
    cfg!(debug_assertions) && checks.is_in(Path::new(BUILT_FROM))
}

/// Asks whether code that came from anywhere is to be run.
fn confirm(checks: &Checks) -> Result<(), Stop> {
    let fences = checks.fences();
    let Some(first) = fences.first() else { return Ok(()) };
    if !stdin().is_terminal() || !stderr().is_terminal() {
        let message = "these are not this program's own articles: add --yes to run their code";
        return Err(Stop::failed(message));
    }
    let files: BTreeSet<&str> = fences.iter().map(|fence| fence.path.as_str()).collect();
    let (blocks, files, name) = (fences.len(), files.len(), Safe::line(&first.path));
    let question = format!(
        "{blocks} blocks of code in {files} files ({name} …) would be run on this machine,\n\
         locked up as well as the system can. Run them?"
    );
    if output::agrees(&question)? { Ok(()) } else { Err(Stop::failed("nothing was run")) }
}

fn settings(environment: &Environment) -> Settings {
    let labs = &environment.labs;
    let path = environment.path.clone();
    let mut settings = Settings::new(labs.program.clone(), path, labs.temp_dir.clone());
    settings.cache = environment.cache.as_ref().map(|cache| cache.join("runs"));
    settings
}

/// Runs the code, and shows how far it is on a terminal.
fn run(runner: &Runner, checks: &Checks) -> (Vec<Fence>, Vec<Outcome>) {
    let fences = checks.fences();
    // Hidden where standard error is no terminal.
    let bar = ProgressBar::new(u64::try_from(fences.len()).unwrap_or_default());
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} fences run") {
        bar.set_style(style);
    }
    let outcomes = runner.run(&fences, &mut |done, _| {
        bar.set_position(u64::try_from(done).unwrap_or_default());
    });
    bar.finish_and_clear();
    (fences, outcomes)
}

/// The content to check when no path is given.
pub(crate) fn own_content(environment: &Environment) -> Result<PathBuf, Stop> {
    if let Some(content) = &environment.content {
        return Ok(content.clone());
    }
    let here = [Path::new("content"), Path::new(".")];
    if let Some(found) = here.into_iter().find(|it| it.join("library.toml").is_file()) {
        return Ok(found.to_owned());
    }
    if cfg!(debug_assertions) && Path::new(BUILT_FROM).is_dir() {
        return Ok(PathBuf::from(BUILT_FROM));
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
    for protections in &report.protections {
        let _ = writeln!(out, "protections: {}", Safe::line(protections));
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
