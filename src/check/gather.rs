//! What there is to check at some paths, and the checks of it, one after another.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::check::craft::{self, Counts};
use crate::check::draft::Draft;
use crate::check::loose::{self, Neighbours};
use crate::check::memory::Memory;
use crate::check::proofs::{self, Proof};
use crate::check::ran;
use crate::check::report::{Report, Row};
use crate::check::rules::{self, Rule, Scope};
use crate::check::run::{self, Fence, Outcome};
use crate::check::{CheckError, Finding, form, score, silence};
use crate::library::{self, About, Problem, Reading};

/// A Markdown file longer than this many bytes is not checked.
const MAX_BYTES: u64 = 16 << 20;

/// What is checked, and what was found so far.
pub struct Checks {
    libraries: Vec<Whole>,
    files: Vec<Item>,
    /// Findings in files that are no Markdown.
    others: Vec<Finding>,
    done: Vec<Scope>,
    runs: Option<ran::Counts>,
    proofs: Vec<Proof>,
}

/// A library, of which all or a part is to be told about.
struct Whole {
    content: PathBuf,
    /// The paths that were asked for, absolute.
    wanted: Vec<PathBuf>,
    reading: Reading,
}

/// A Markdown file.
struct Item {
    draft: Draft,
    /// Its library, category and place among the articles.
    article: Option<(usize, usize)>,
    /// Whether it was asked for, and is not known to be clean.
    wanted: bool,
    found: Vec<Finding>,
    counts: Counts,
}

/// Finds what there is to check at `paths`, and reads it.
pub fn gather(paths: &[PathBuf]) -> Result<Checks, CheckError> {
    let mut wholes: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    let mut loose: Vec<PathBuf> = vec![];
    for path in paths {
        let wanted = loose::absolute(path);
        fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        let mut found = false;
        for content in loose::libraries(path) {
            let whole = wholes.entry(content.clone()).or_default();
            whole.push(wanted.clone());
            // Who asks for the content asks for its labs, which are beside it.
            if loose::absolute(&content) == wanted {
                whole.extend(wanted.parent().map(|parent| parent.join("labs")));
            }
            found = true;
        }
        let files = loose::markdown(path);
        let files: Vec<PathBuf> = files
            .into_iter()
            .filter(|file| !wholes.keys().any(|it| file.starts_with(it)))
            .collect();
        found |= !files.is_empty();
        loose.extend(files);
        if !found {
            return Err(CheckError::Nothing { path: path.display().to_string() });
        }
    }
    let mut checks = Checks {
        libraries: vec![],
        files: vec![],
        others: vec![],
        done: vec![],
        runs: None,
        proofs: vec![],
    };
    for (content, wanted) in wholes {
        checks.add_library(content, wanted);
    }
    loose.sort();
    loose.dedup();
    for path in loose {
        checks.add_file(&path)?;
    }
    Ok(checks)
}

fn unreadable(path: &Path, error: &std::io::Error) -> CheckError {
    CheckError::Unreadable { path: path.display().to_string(), reason: error.to_string() }
}

impl Checks {
    fn add_library(&mut self, content: PathBuf, wanted: Vec<PathBuf>) {
        let mut whole = Whole { reading: library::read(&content), content, wanted };
        let number = self.libraries.len();
        for (index, origin) in whole.reading.articles.iter_mut().enumerate() {
            let path = whole.content.join(&origin.path);
            let wanted = asked_for(&whole.wanted, &path);
            let text = std::mem::take(&mut origin.text);
            let draft = Draft::new(path.display().to_string(), text);
            let article = Some((number, index));
            self.files.push(Item {
                draft,
                article,
                wanted,
                found: vec![],
                counts: Counts::default(),
            });
        }
        self.libraries.push(whole);
    }

    fn add_file(&mut self, path: &Path) -> Result<(), CheckError> {
        let length = fs::metadata(path).map_err(|error| unreadable(path, &error))?.len();
        if length > MAX_BYTES {
            let reason = "longer than 16 MiB, which is too long to check".to_owned();
            return Err(CheckError::Unreadable { path: path.display().to_string(), reason });
        }
        let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let draft = Draft::new(path.display().to_string(), text);
        let mut found = vec![];
        if let Err(error) = std::str::from_utf8(&bytes) {
            let line = draft.line(error.valid_up_to());
            found.push(draft.finding(&rules::FILE, line, "is not UTF-8".to_owned()));
        }
        let counts = Counts::default();
        self.files.push(Item { draft, article: None, wanted: true, found, counts });
        Ok(())
    }

    /// Leaves out the files that are known to be clean. What compares files is checked all the
    /// same.
    pub fn skip_clean(&mut self, memory: &Memory) {
        for item in &mut self.files {
            item.wanted &= !memory.is_clean(&item.draft.path, &item.draft.text);
        }
    }

    /// Checks form and craft.
    pub fn check(&mut self) {
        self.done.extend([Scope::Markdown, Scope::Library, Scope::Craft]);
        let drafts: Vec<&Draft> = self.files.iter().map(|item| &item.draft).collect();
        let neighbours = Neighbours::of(&drafts);
        let mut all: Vec<Vec<Finding>> = vec![];
        let mut counts = vec![];
        for item in &self.files {
            let (found, counted) = check_one(item, &neighbours);
            all.push(found);
            counts.push(counted);
        }
        self.compare(&mut all);
        for ((item, mut found), counts) in self.files.iter_mut().zip(all).zip(counts) {
            item.found.append(&mut found);
            item.counts = counts;
        }
        self.tell_problems();
    }

    /// What the articles of each library share.
    fn compare(&self, all: &mut [Vec<Finding>]) {
        for library in 0..self.libraries.len() {
            let own = |item: &&Item| item.article.is_some_and(|(of, _)| of == library);
            let first = self.files.iter().position(|item| own(&item)).unwrap_or_default();
            let drafts: Vec<&Draft> = self.files.iter().filter(own).map(|it| &it.draft).collect();
            if let Some(found) = all.get_mut(first..first + drafts.len()) {
                craft::overlap(&drafts, found);
            }
        }
    }

    /// Gives the problems that the library's own reader found to the files they are in.
    fn tell_problems(&mut self) {
        for whole in &mut self.libraries {
            for problem in std::mem::take(&mut whole.reading.problems) {
                let item = self.files.iter_mut().find(|item| item.draft.path == problem.path);
                match item {
                    Some(item) => {
                        let text = item.draft.line_text(problem.line).to_owned();
                        item.found.push(finding(problem, text));
                    }
                    None if asked_for(&whole.wanted, Path::new(&problem.path)) => {
                        let text = fs::read_to_string(&problem.path).unwrap_or_default();
                        let line = text.lines().nth(problem.line.saturating_sub(1));
                        let line = line.unwrap_or_default().to_owned();
                        self.others.push(finding(problem, line));
                    }
                    None => {}
                }
            }
        }
    }

    /// The code that claims to run or to compile, in the files that were asked for.
    pub fn fences(&self) -> Vec<Fence> {
        let wanted = self.files.iter().filter(|item| item.wanted);
        wanted.flat_map(|item| Fence::of(&item.draft.path, &item.draft.text)).collect()
    }

    /// Whether everything is in the folder `own`.
    pub fn is_in(&self, own: &Path) -> bool {
        let own = fs::canonicalize(own).ok();
        self.files.iter().all(|item| {
            let path = fs::canonicalize(&item.draft.path).ok();
            own.as_ref().zip(path).is_some_and(|(own, path)| path.starts_with(own))
        })
    }

    /// Takes what became of `fences`, which are those of [`Checks::fences`].
    pub fn add_outcomes(&mut self, fences: &[Fence], outcomes: &[Outcome]) {
        self.done.push(Scope::Runs);
        let mut counts = ran::Counts::default();
        for (fence, outcome) in fences.iter().zip(outcomes) {
            counts.add(outcome);
            let item = self.files.iter_mut().find(|item| item.draft.path == fence.path);
            if let Some(item) = item {
                item.found.extend(ran::finding(&item.draft, fence, outcome));
            }
        }
        self.runs = Some(counts);
    }

    /// Proves the labs, in the engine that they are played in; those that `memory` knows to hold
    /// are left out.
    pub fn prove_labs(&mut self, memory: Option<&Memory>) {
        self.done.push(Scope::Labs);
        for whole in &mut self.libraries {
            for lab in &mut whole.reading.labs {
                let path = library::lab_path(&whole.content, lab);
                if asked_for(&whole.wanted, &path) {
                    self.proofs.push(Proof::new(&path, std::mem::take(&mut lab.text)));
                }
            }
        }
        self.others.append(&mut proofs::failures(&self.proofs, memory));
    }

    /// Writes what the code printed into the files that show something else, and returns those.
    /// Afterwards everything is to be gathered anew.
    pub fn update(
        &self,
        fences: &[Fence],
        outcomes: &[Outcome],
    ) -> Result<Vec<String>, CheckError> {
        let mut written = vec![];
        for item in &self.files {
            let Draft { path, text, .. } = &item.draft;
            let own = fences.iter().zip(outcomes).filter(|(fence, _)| fence.path == *path);
            let own: Vec<Outcome> = own.map(|(_, outcome)| outcome.clone()).collect();
            let updated = run::update(path, text, &own);
            if !own.is_empty() && updated != *text {
                let path = Path::new(path);
                fs::write(path, updated).map_err(|error| unreadable(path, &error))?;
                written.push(path.display().to_string());
            }
        }
        Ok(written)
    }

    /// Everything that was found, in the order of files and lines.
    pub fn report(mut self) -> Report {
        let mut report = Report { runs: self.runs, ..Report::default() };
        for item in &mut self.files {
            silence::silence(&item.draft, &self.done, &mut item.found);
        }
        for (number, whole) in self.libraries.iter().enumerate() {
            report.rows.extend(rows(number, whole, &self.files));
            let labs = whole.reading.labs.iter().map(|lab| library::lab_path(&whole.content, lab));
            report.labs += labs.filter(|path| asked_for(&whole.wanted, path)).count();
        }
        for item in self.files {
            let told = item.wanted || item.found.iter().any(|it| compares(it.rule));
            report.articles += usize::from(item.wanted && item.article.is_some());
            report.files += usize::from(item.wanted && item.article.is_none());
            if told {
                report.texts.push((item.draft.path, item.draft.text));
                report.findings.extend(item.found);
            }
        }
        report.findings.append(&mut self.others);
        report.texts.extend(self.proofs.iter().map(|proof| (proof.path.clone(), proof.text())));
        report.findings.sort_by(|a, b| a.problem.cmp(&b.problem));
        report
    }
}

/// Whether a path is one of, or in, those that were asked for.
fn asked_for(wanted: &[PathBuf], path: &Path) -> bool {
    let path = loose::absolute(path);
    wanted.iter().any(|wanted| path.starts_with(wanted))
}

/// Whether a rule looks at more than one file, so that a finding can be new in an old text.
fn compares(rule: &Rule) -> bool {
    [&rules::LINK, &rules::OVERLAP, &rules::TWIN, &rules::PAIR, &rules::ORDER].contains(&rule)
}

fn check_one(item: &Item, neighbours: &Neighbours) -> (Vec<Finding>, Counts) {
    let (draft, mut found) = (&item.draft, vec![]);
    let exists = |target: &str| loose::exists(&draft.path, target);
    if item.wanted {
        form::markdown(draft, &exists, &mut found);
    }
    if item.article.is_none() {
        form::headings(draft, None, &mut found);
        neighbours.links(draft, &mut found);
        return (found, Counts::default());
    }
    if item.wanted {
        form::library(draft, &mut found);
    }
    let mut of_craft = vec![];
    let counts = craft::article(draft, &mut of_craft);
    if item.wanted {
        found.append(&mut of_craft);
    }
    (found, counts)
}

/// A problem of the library's own reader as a finding.
fn finding(problem: Problem, excerpt: String) -> Finding {
    let rule = match problem.about {
        About::File | About::Content => &rules::FILE,
        About::Category => &rules::CATEGORY,
        About::Order => &rules::ORDER,
        About::FrontMatter => &rules::FRONT_MATTER,
        About::Twin => &rules::TWIN,
        About::Link => &rules::LINK,
        About::Lab => &rules::LAB,
        About::Pair => &rules::PAIR,
    };
    // What the message quotes is the part of the line.
    let quoted = problem.message.split('`').nth(1).filter(|quoted| !quoted.is_empty());
    let part = quoted.and_then(|quoted| Some((excerpt.find(quoted)?, quoted.len())));
    let part = part.map(|(at, length)| at..at + length);
    Finding { rule, problem, part, silenced: None, excerpt }
}

/// The rows of a library's categories, those with nothing in them left out.
fn rows(number: usize, whole: &Whole, files: &[Item]) -> Vec<Row> {
    let catalog = &whole.reading.catalog;
    let mut rows: Vec<Row> = vec![];
    for (index, category) in catalog.categories.iter().enumerate() {
        let mut row = Row::new(category);
        for item in files {
            let Some((_, article)) = item.article.filter(|(of, _)| *of == number) else { continue };
            let own = catalog.articles.get(article).is_some_and(|it| it.category == index);
            if own && asked_for(&whole.wanted, Path::new(&item.draft.path)) {
                row.add(item.counts, score::score(&item.found));
            }
        }
        let labs = whole.reading.labs.iter().zip(&catalog.labs);
        let labs = labs.filter(|(_, lab)| lab.category == index);
        let paths = labs.map(|(origin, _)| library::lab_path(&whole.content, origin));
        row.labs = paths.filter(|path| asked_for(&whole.wanted, path)).count();
        rows.push(row);
    }
    rows.retain(|row| row.articles > 0 || row.labs > 0);
    rows
}
