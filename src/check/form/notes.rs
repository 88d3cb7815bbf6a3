//! Footnotes and references: defined once, and used.

use crate::check::Finding;
use crate::check::draft::Draft;
use crate::check::form::proses;
use crate::check::rules;
use crate::document::{ContainerKind, MarkKind, Prose};

/// Reports footnotes that are never used or defined twice.
pub(crate) fn footnotes(draft: &Draft, found: &mut Vec<Finding>) {
    let mut known: Vec<&str> = vec![];
    for container in &draft.document.containers {
        let ContainerKind::Footnote { label, .. } = &container.kind else { continue };
        let label = label.as_str();
        let again = known.contains(&label);
        let lines = definitions(draft, label);
        if again {
            let line = lines.last().copied().unwrap_or(1);
            let message = format!("the footnote `{label}` is defined twice");
            found.push(draft.finding(&rules::FOOTNOTE, line, message));
        } else if draft.references(label) == 0 {
            let line = lines.first().copied().unwrap_or(1);
            let message = format!("the footnote `{label}` is never referred to");
            found.push(draft.finding(&rules::FOOTNOTE, line, message));
        }
        known.push(label);
    }
}

/// The lines that define a footnote.
pub(crate) fn definitions(draft: &Draft, label: &str) -> Vec<usize> {
    let defines = |text: &str| {
        let name = text.trim_start_matches([' ', '>']).strip_prefix("[^");
        let name = name.and_then(|rest| rest.split_once("]:")).map(|(name, _)| name);
        name.is_some_and(|name| name.to_lowercase() == label)
    };
    let lines = draft.lines().filter(|(_, text)| defines(text)).map(|(line, _)| line);
    lines.filter(|line| !draft.is_code(*line)).collect()
}

/// Reports references to footnotes and links that are not defined: they are left as they are
/// written.
pub(crate) fn references(draft: &Draft, found: &mut Vec<Finding>) {
    for block in &draft.document.blocks {
        for prose in proses(block) {
            for (start, _) in prose.text.match_indices('[') {
                let Some(message) = undefined(prose, start) else { continue };
                let rule =
                    if message.contains("footnote") { &rules::FOOTNOTE } else { &rules::LINK };
                let words = prose.text.get(start..).unwrap_or_default();
                let words = words.split_inclusive(']').next().unwrap_or_default();
                found.push(draft.finding(rule, draft.place(block, words), message));
            }
        }
    }
}

/// What is undefined at a bracket.
fn undefined(prose: &Prose, start: usize) -> Option<String> {
    let marked = prose.marks.iter().any(|mark| {
        let plain =
            matches!(mark.kind, MarkKind::Emphasis | MarkKind::Strong | MarkKind::Strikethrough);
        !plain && mark.range.contains(&start)
    });
    if marked {
        return None;
    }
    let (name, rest) = prose.text.get(start + 1..)?.split_once(']')?;
    if let Some(label) = name.strip_prefix('^') {
        let is_label = !label.is_empty() && !label.contains(char::is_whitespace);
        return is_label.then(|| format!("the footnote `{label}` is not defined"));
    }
    let before = prose.text.get(..start)?.chars().next_back();
    let indexes = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ']' | ')'));
    let (label, _) = rest.strip_prefix('[')?.split_once(']')?;
    let worded = name.contains(char::is_alphabetic) && !label.contains('[');
    let label = if label.is_empty() { name } else { label };
    (worded && !indexes).then(|| format!("the link reference `{label}` is not defined"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let draft = Draft::new("x.md".into(), text.into());
        let mut found = vec![];
        references(&draft, &mut found);
        footnotes(&draft, &mut found);
        let told =
            |it: &Finding| format!("{}:{}: {}", it.rule.name, it.problem.line, it.problem.message);
        found.iter().map(told).collect()
    }

    #[test]
    fn what_is_defined_and_used_is_fine() {
        assert!(told("A[^a] and [b][c].\n\n[^a]: Note.\n\n[c]: https://a.example\n").is_empty());
        assert!(told("`[^a]`, x[0][1], $a[^b]$ and [1] [2].\n").is_empty());
    }

    #[test]
    fn footnotes_are_defined_once_and_used() {
        assert_eq!(told("A.\nB[^a].\n"), ["footnote:2: the footnote `a` is not defined"]);
        assert_eq!(
            told("A.\n\n[^B]: Note.\n"),
            ["footnote:3: the footnote `b` is never referred to"]
        );
        assert_eq!(
            told("A[^a].\n\n[^a]: One.\n\n[^a]: Two.\n"),
            ["footnote:5: the footnote `a` is defined twice"]
        );
    }

    #[test]
    fn a_reference_to_nothing_is_told() {
        assert_eq!(
            told("See [the manual][manual].\n"),
            ["link:1: the link reference `manual` is not defined"]
        );
    }
}
