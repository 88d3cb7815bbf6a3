//! The fences of an article that claim to run or to compile, and what the article shows for them.

use std::ops::Range;

use crate::document;
use crate::document::Fenced;

/// The languages of fences that show what the fence above them prints.
const SHOWN: &[&str] = &["output", "chart", "csv", "json"];

/// Code that claims to run or to compile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence {
    /// The article's file, as it is to be named in a report.
    pub path: String,
    /// The line of its opening fence, from 1.
    pub line: usize,
    /// The first word of its info string: `python`.
    pub language: String,
    /// The rest of its info string: `run`, `run=postgres`, `compile`.
    pub info: String,
    /// The code.
    pub code: String,
    /// What the article says that it prints: the next fence, when that is for showing.
    pub shown: Option<Shown>,
}

/// What an article says that a fence prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The line of its opening fence, from 1.
    pub line: usize,
    /// `output`, `chart`, `csv` or `json`.
    pub kind: String,
    /// The text.
    pub text: String,
}

/// What a fence claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// That it runs, on the engine named after `run=`.
    Run(Option<String>),
    /// That it compiles, or parses.
    Compile,
}

/// A fence, and where in the file the fence that shows its output stands.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) fence: Fence,
    pub(super) shown: Option<Range<usize>>,
}

impl Fence {
    /// The fences of an article's source, front matter included, that claim something.
    pub fn of(path: &str, source: &str) -> Vec<Self> {
        placed(path, source).into_iter().map(|placed| placed.fence).collect()
    }

    /// What it claims. `run` comes before `compile`.
    pub fn task(&self) -> Option<Task> {
        task(&self.info)
    }
}

pub(super) fn placed(path: &str, source: &str) -> Vec<Placed> {
    let split = document::split_front_matter(source);
    let mut fences = document::fences(split.body);
    let mut lines = Lines { source, at: 0, line: 1 };
    let mut starts = Vec::with_capacity(fences.len());
    for fence in &mut fences {
        fence.source.start += split.offset;
        fence.source.end += split.offset;
        starts.push(lines.line(fence.source.start));
    }
    let all = fences.iter().zip(&starts).enumerate();
    let claims = all.filter(|(_, (fence, _))| task(words(&fence.info).1).is_some());
    claims
        .map(|(at, (fence, line))| {
            let next = fences.get(at + 1).zip(starts.get(at + 1));
            let next = next.filter(|(next, _)| SHOWN.contains(&words(&next.info).0));
            let shown = next.map(|(next, line)| shown(next, *line));
            let (language, info) = words(&fence.info);
            let fence = Fence {
                path: path.to_owned(),
                line: *line,
                language: language.to_lowercase(),
                info: info.to_owned(),
                code: fence.code.clone(),
                shown,
            };
            Placed { fence, shown: next.map(|(next, _)| next.source.clone()) }
        })
        .collect()
}

fn shown(fence: &Fenced, line: usize) -> Shown {
    Shown { line, kind: words(&fence.info).0.to_owned(), text: fence.code.clone() }
}

/// The first word of an info string, and the rest.
fn words(info: &str) -> (&str, &str) {
    let info = info.trim();
    info.split_once(char::is_whitespace).map_or((info, ""), |(word, rest)| (word, rest.trim()))
}

/// Words inside of quotation marks, as in `alt="A run of ones"`, claim nothing.
fn task(info: &str) -> Option<Task> {
    let bare: String = info.split('"').step_by(2).collect::<Vec<_>>().join("");
    let run = bare.split_whitespace().find_map(|word| match word.split_once('=') {
        Some(("run", engine)) => Some(Task::Run(Some(engine.to_owned()))),
        None if word == "run" => Some(Task::Run(None)),
        _ => None,
    });
    let compile = || bare.split_whitespace().any(|word| word == "compile").then_some(Task::Compile);
    run.or_else(compile)
}

/// Counts lines on the way down.
struct Lines<'a> {
    source: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn line(&mut self, to: usize) -> usize {
        let passed = self.source.get(self.at..to).unwrap_or_default();
        self.line += passed.matches('\n').count();
        self.at = self.at.max(to);
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARTICLE: &str = "---\ntitle: x\n---\nProse.\n\n```python run\nprint(1)\n```\n\nIt says:\n\n\
        ```output\n1\n```\n\n```yaml fragment\na: 1\n```\n\n> ```rust compile\n> fn f() {}\n> ```\n\n\
        ```diagram alt=\"A run of ones\"\n1\n```\n\n```sql run=postgres\nSELECT 1;\n```\n";

    #[test]
    fn fences_that_claim_something_are_found_with_their_lines() {
        let fences = Fence::of("a.md", ARTICLE);
        let found: Vec<_> = fences
            .iter()
            .map(|it| (it.line, it.language.as_str(), it.info.as_str(), it.code.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                (6, "python", "run", "print(1)\n"),
                (20, "rust", "compile", "fn f() {}\n"),
                (28, "sql", "run=postgres", "SELECT 1;\n"),
            ]
        );
        let shown = Shown { line: 12, kind: "output".to_owned(), text: "1\n".to_owned() };
        assert_eq!(fences[0].shown, Some(shown));
        assert_eq!(fences[1].shown, None);
        assert_eq!(fences[2].task(), Some(Task::Run(Some("postgres".to_owned()))));
    }

    #[test]
    fn only_the_very_next_fence_shows_what_is_printed() {
        let source = "```sh run\n:\n```\n```text\n```\n```output\n```\n";
        assert_eq!(Fence::of("", source)[0].shown, None);
    }

    #[test]
    fn any_text_is_read() {
        for source in ["", "---\n", "```run", "``` run\n", "```python run", "\u{feff}```sh run\n"] {
            let _ = Fence::of("x", source);
        }
        assert_eq!(Fence::of("x", "```python run")[0].code, "");
    }
}
