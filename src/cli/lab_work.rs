//! Work on labs: the current kit into all of them, and new ones.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::cli::arguments::LabWork;
use crate::cli::environment::Environment;
use crate::cli::output::{self, Stop};
use crate::labs::kit::Kit;
use crate::labs::new_page;
use crate::text::Safe;

/// Does it.
pub(crate) fn run(work: &LabWork, environment: &Environment) -> Result<(), Stop> {
    let folder = folder(environment);
    if !folder.is_dir() {
        let message = "there is no such folder; run this where `labs` is";
        return Err(Stop::failed(format_args!("{}: {message}", folder.display())));
    }
    let kit = kit(&folder)?;
    match work {
        LabWork::Sync { check: true } => tell_drift(&folder, &kit),
        LabWork::Sync { check: false } => sync(&folder, &kit),
        LabWork::New { place } => start(&folder, &kit, place),
    }
}

/// The folder of the labs: beside the library that is read, or the one here.
fn folder(environment: &Environment) -> PathBuf {
    let beside = environment.content.as_deref().and_then(Path::parent);
    beside.map_or_else(|| "labs".into(), |parent| parent.join("labs"))
}

/// The kit of the folder; the program's own when it has none.
fn kit(folder: &Path) -> Result<Kit, Stop> {
    let minified = folder.join("kit/min");
    if !minified.is_dir() {
        return Ok(Kit::embedded());
    }
    let mut parts = vec![];
    for kind in ["js", "css"] {
        for path in files(&minified.join(kind), kind)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            parts.push((format!("{kind}/{name}"), read(&path)?));
        }
    }
    Ok(Kit::of_parts(parts))
}

fn tell_drift(folder: &Path, kit: &Kit) -> Result<(), Stop> {
    let stale = stale(folder, kit)?;
    let lines = stale.iter().map(|(path, _)| format!("out of date: {}\n", shown(path)));
    output::write(&lines.collect::<String>())?;
    if stale.is_empty() {
        return Ok(());
    }
    Err(Stop::not_found("run `library-tui labs sync`"))
}

fn sync(folder: &Path, kit: &Kit) -> Result<(), Stop> {
    for (path, html) in stale(folder, kit)? {
        replace(&path, &html)?;
        output::write(&format!("updated: {}\n", shown(&path)))?;
    }
    Ok(())
}

/// The labs whose kit is not this one, and what they should be.
fn stale(folder: &Path, kit: &Kit) -> Result<Vec<(PathBuf, String)>, Stop> {
    let mut stale = vec![];
    for category in entries(folder)?.into_iter().filter(|it| it.is_dir() && !it.ends_with("kit")) {
        for path in files(&category, "html")? {
            let html = read(&path)?;
            let current = kit.inlined(&html);
            let told = |error| Stop::failed(format_args!("{}: the page {error}", path.display()));
            let current = current.map_err(told)?;
            if current != html {
                stale.push((path, current));
            }
        }
    }
    Ok(stale)
}

/// Writes beside, then renames, so that a page is never half written.
fn replace(path: &Path, html: &str) -> Result<(), Stop> {
    let beside = path.with_extension("html.new");
    let done = fs::write(&beside, html).and_then(|()| fs::rename(&beside, path));
    done.map_err(|error| failed(path, &error))
}

fn start(folder: &Path, kit: &Kit, place: &str) -> Result<(), Stop> {
    let names = place.split_once('/').filter(|(category, lab)| is_name(category) && is_name(lab));
    let Some((category, slug)) = names else {
        return Err(Stop::failed(
            "name a category and a lab in lowercase, with hyphens: distributed/raft-election",
        ));
    };
    let html = new_page(kit, category, slug).map_err(Stop::failed)?;
    let path = folder.join(category).join(format!("{slug}.html"));
    fs::create_dir_all(folder.join(category)).map_err(|error| failed(&path, &error))?;
    let written = File::create_new(&path).and_then(|mut file| file.write_all(html.as_bytes()));
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Stop::failed(format_args!("{}: is there", path.display())),
        _ => failed(&path, &error),
    })?;
    output::note(&format!(
        "name it in `labs` of content/{category}/category.toml, and in the articles it belongs to"
    ));
    output::write(&format!("{}\n", shown(&path)))
}

/// Whether a name is lowercase words joined by hyphens.
fn is_name(name: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
    };
    name.split('-').all(is_word)
}

/// The files in a folder with this ending, in order.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, Stop> {
    let is_wanted =
        |path: &PathBuf| path.is_file() && path.extension().is_some_and(|it| it == ending);
    Ok(entries(folder)?.into_iter().filter(is_wanted).collect())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Stop> {
    let entries = fs::read_dir(folder).map_err(|error| failed(folder, &error))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|it| Some(it.ok()?.path())).collect();
    paths.sort();
    Ok(paths)
}

fn read(path: &Path) -> Result<String, Stop> {
    fs::read_to_string(path).map_err(|error| failed(path, &error))
}

fn failed(path: &Path, error: &std::io::Error) -> Stop {
    Stop::failed(format_args!("{}: {error}", path.display()))
}

fn shown(path: &Path) -> Safe {
    Safe::line(&path.display().to_string())
}
