//! What the labs of a library say about themselves, proved in the engine.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use crate::check::Finding;
use crate::check::memory::Memory;
use crate::check::rules;
use crate::labs::prove::{self, Failure};
use crate::library::{About, Problem};

/// Labs that are proved side by side.
const JOBS: usize = 2;

/// A lab, and the figures that are expected of it.
#[derive(Debug)]
pub(crate) struct Proof {
    /// Its page, as findings name it.
    pub(crate) path: String,
    html: String,
    /// The list in `tests/labs/checks` beside `labs`, when there is one.
    figures: Option<String>,
}

impl Proof {
    /// The lab in the file `path`, whose text is `html`.
    pub(crate) fn new(path: &Path, html: String) -> Self {
        let figures = figures(path).and_then(|file| fs::read_to_string(file).ok());
        Self { path: path.display().to_string(), html, figures }
    }

    /// All that its proof depends on.
    pub(crate) fn text(&self) -> String {
        format!("{}\n{}", self.html, self.figures.as_deref().unwrap_or_default())
    }

    fn findings(&self) -> Vec<Finding> {
        let failures = prove::prove(&self.html, self.figures.as_deref(), prove::SEEDS);
        failures.into_iter().map(|failure| self.finding(&failure)).collect()
    }

    fn finding(&self, failure: &Failure) -> Finding {
        let rule = &rules::LAB_PROOF;
        let (line, message) = (failure.line, failure.to_string());
        let problem = Problem::new(About::Content, &self.path, line, message, rule.mend);
        let excerpt = self.html.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        Finding { rule, problem, part: None, silenced: None, excerpt: excerpt.to_owned() }
    }
}

/// Where the figures of the lab at `labs/<category>/<slug>.html` are.
fn figures(path: &Path) -> Option<PathBuf> {
    let root = path.parent()?.parent()?.parent()?;
    let slug = path.file_stem()?;
    Some(root.join("tests/labs/checks").join(slug).with_extension("json"))
}

/// What fails in the labs that are not known to hold.
pub(crate) fn failures(proofs: &[Proof], memory: Option<&Memory>) -> Vec<Finding> {
    let known = |it: &&Proof| memory.is_some_and(|memory| memory.is_clean(&it.path, &it.text()));
    let open: Vec<&Proof> = proofs.iter().filter(|it| !known(it)).collect();
    thread::scope(|scope| {
        let parts = open.chunks(open.len().div_ceil(JOBS).max(1));
        let prove = |part: &'_ [&Proof]| part.iter().flat_map(|it| it.findings()).collect();
        let workers = parts.map(|part| scope.spawn(move || -> Vec<Finding> { prove(part) }));
        let workers: Vec<_> = workers.collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    })
}
