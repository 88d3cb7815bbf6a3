//! Which files were clean when they were last checked, by a hash of what was in them.
//!
//! A cache: lost or damaged, everything is checked again.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::check::loose;
use crate::check::report::Report;

/// What is remembered of earlier checks.
#[derive(Debug)]
pub struct Memory {
    file: PathBuf,
    clean: BTreeMap<String, u64>,
}

impl Memory {
    /// What the folder `cache` remembers; nothing when there is none.
    pub fn open(cache: &Path) -> Self {
        let file = cache.join("clean");
        let text = fs::read_to_string(&file).unwrap_or_default();
        let entry = |line: &str| {
            let (hash, path) = line.split_once(' ')?;
            Some((path.to_owned(), u64::from_str_radix(hash, 16).ok()?))
        };
        Self { file, clean: text.lines().filter_map(entry).collect() }
    }

    /// Whether a file with this text was clean.
    pub fn is_clean(&self, path: &str, text: &str) -> bool {
        self.clean.get(&key(path)) == Some(&hash(text))
    }

    /// Remembers the files of a report that have no findings, and forgets those that have.
    pub fn learn(&mut self, report: &Report) -> std::io::Result<()> {
        for (path, text) in &report.texts {
            let broken = report.failures().any(|it| it.problem.path == *path);
            if broken {
                self.clean.remove(&key(path));
            } else {
                self.clean.insert(key(path), hash(text));
            }
        }
        let lines = self.clean.iter().map(|(path, hash)| format!("{hash:016x} {path}\n"));
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&self.file, lines.collect::<String>())
    }
}

fn key(path: &str) -> String {
    loose::absolute(Path::new(path)).display().to_string().replace('\n', "\u{fffd}")
}

/// Another version of the program has other rules.
fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (env!("CARGO_PKG_VERSION"), text).hash(&mut hasher);
    hasher.finish()
}
