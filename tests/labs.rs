//! The labs of the repository: each proves what it says, and the engine that runs them is safe
//! from labs that are not ours.

#![cfg(feature = "labs")]
#![expect(clippy::unwrap_used, reason = "a test that cannot read its labs has failed")]

mod labs {
    mod hostile;
    mod mutants;
    mod playing;
    mod proofs;
    mod traces;
    mod work;
}

use std::fs;
use std::path::{Path, PathBuf};

use library_tui::labs::file::LabFile;

const LABS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/labs");

/// Labs for the tests: what the kit can do and no lab of the library does yet.
const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/labs/fixtures");

/// The pages of all labs, in the order of their paths.
fn pages() -> Vec<PathBuf> {
    let names = |folder: &Path| {
        let entries = fs::read_dir(folder).unwrap();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    };
    let folders = names(Path::new(LABS)).into_iter().filter(|path| path.is_dir());
    let folders = folders.filter(|path| !path.ends_with("kit")).chain([Path::new(FIXTURES).into()]);
    let pages = folders.flat_map(|folder| names(&folder));
    pages.filter(|path| path.extension().is_some_and(|it| it == "html")).collect()
}

/// The page of a lab.
fn page(slug: &str) -> String {
    let found = pages().into_iter().find(|path| path.file_stem().is_some_and(|it| it == slug));
    fs::read_to_string(found.unwrap()).unwrap()
}

fn lab(slug: &str) -> LabFile {
    LabFile::parse(&page(slug)).unwrap()
}
