//! What running the code of articles says about them.

use crate::check::Finding;
use crate::check::draft::{Draft, Place};
use crate::check::rules;
use crate::check::run::{Fence, Outcome, Shown};

/// How much code was run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Fences that ran or compiled.
    pub passed: usize,
    /// Of those, the ones whose result was remembered.
    pub cached: usize,
    /// Fences that failed, or printed something else.
    pub failed: usize,
}

impl Counts {
    pub(crate) fn add(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Ran { cached, .. } => {
                self.passed += 1;
                self.cached += usize::from(*cached);
            }
            Outcome::Compiled => self.passed += 1,
            _ => self.failed += 1,
        }
    }
}

/// What is wrong with a fence that was run.
pub(crate) fn finding(draft: &Draft, fence: &Fence, outcome: &Outcome) -> Option<Finding> {
    match outcome {
        Outcome::Compiled => None,
        Outcome::Ran { stdout, .. } => {
            let unshown = fence.shown.is_none() && !stdout.trim().is_empty();
            let message = || "what this prints is not shown".to_owned();
            unshown.then(|| draft.finding(&rules::OUTPUT, fence.line, message()))
        }
        Outcome::Differs { expected, actual } => {
            let shown = fence.shown.as_ref()?;
            Some(differs(draft, shown, expected, actual))
        }
        Outcome::Failed { why, mend, stderr } => {
            let last = stderr.lines().rev().find(|line| !line.trim().is_empty());
            let last = last.map(|line| format!(": {}", line.trim())).unwrap_or_default();
            Some(failed(draft, fence, format!("{why}{last}"), mend))
        }
        Outcome::NoInterpreter { language, mend } => {
            Some(failed(draft, fence, format!("nothing here runs {language}"), mend))
        }
    }
}

fn failed(draft: &Draft, fence: &Fence, message: String, mend: &str) -> Finding {
    let mut finding = draft.finding(&rules::RUN, fence.line, message);
    mend.clone_into(&mut finding.problem.mend);
    finding
}

/// The first line in which the text that is shown is not the one that was printed.
fn differs(draft: &Draft, shown: &Shown, expected: &str, actual: &str) -> Finding {
    let mut lines = expected.lines().zip(actual.lines()).enumerate();
    let first = lines.find(|(_, (expected, actual))| expected != actual);
    if let Some((index, (_, actual))) = first {
        let message = format!("the code prints `{actual}` here");
        return draft.finding(&rules::OUTPUT, shown.line + 1 + index, message);
    }
    let (wanted, prints) = (expected.lines().count(), actual.lines().count());
    let message = if wanted == prints {
        "the code prints another end of line here".to_owned()
    } else {
        format!("the code prints {prints} lines, {wanted} are shown")
    };
    let line = shown.line + wanted.min(prints) + usize::from(wanted > prints);
    draft.finding(&rules::OUTPUT, Place::from(line), message)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Text.\n\n```sh run\necho\n```\n\n```output\na\nb\n```\n";

    fn told(actual: &str) -> String {
        let draft = Draft::new("x.md".into(), TEXT.into());
        let fence = Fence::of("x.md", TEXT).remove(0);
        let expected = "a\nb\n".to_owned();
        let outcome = Outcome::Differs { expected, actual: actual.to_owned() };
        let found = finding(&draft, &fence, &outcome).unwrap();
        format!("{}: {}", found.problem.line, found.problem.message)
    }

    #[test]
    fn the_first_line_that_differs_is_told() {
        assert_eq!(told("a\nc\n"), "9: the code prints `c` here");
        assert_eq!(told("a\n"), "9: the code prints 1 lines, 2 are shown");
        assert_eq!(told("a\nb\nc\n"), "9: the code prints 3 lines, 2 are shown");
        assert_eq!(told("a\nb"), "9: the code prints another end of line here");
    }

    #[test]
    fn a_failure_is_told_with_its_last_words() {
        let draft = Draft::new("x.md".into(), TEXT.into());
        let fence = Fence::of("x.md", TEXT).remove(0);
        let failed = Outcome::Failed {
            why: "it ended with 1".into(),
            mend: "mend it".into(),
            stderr: "Traceback\nNameError: x\n\n".into(),
        };
        let found = finding(&draft, &fence, &failed).unwrap();
        assert_eq!((found.rule.name, found.problem.line), ("run", 3));
        assert_eq!(found.problem.message, "it ended with 1: NameError: x");
        assert_eq!(found.problem.mend, "mend it");
    }

    #[test]
    fn what_is_printed_and_not_shown_is_told() {
        let text = "```sh run\necho a\n```\n";
        let draft = Draft::new("x.md".into(), text.into());
        let fence = Fence::of("x.md", text).remove(0);
        let ran = |stdout: &str| Outcome::Ran { stdout: stdout.to_owned(), cached: false };
        assert!(finding(&draft, &fence, &ran("a\n")).is_some());
        assert!(finding(&draft, &fence, &ran("")).is_none());
    }
}
