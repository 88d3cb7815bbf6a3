//! `<details>`: closed where they are opened, with blank lines around what is in them.

use crate::check::Finding;
use crate::check::draft::Draft;
use crate::check::rules;

/// The lines with a tag of `<details>`, lower case, that are not code.
fn tags(draft: &Draft) -> Vec<(usize, String)> {
    let tags = draft.lines().map(|(line, text)| (line, text.trim_start().to_ascii_lowercase()));
    let named = |tag: &str| tag.starts_with("<details") || tag.starts_with("</details");
    tags.filter(|(line, tag)| named(tag) && !draft.is_code(*line)).collect()
}

/// Reports `<details>` that are not closed, and those that are closed and not open.
pub(crate) fn balanced(draft: &Draft, found: &mut Vec<Finding>) {
    let mut open: Vec<usize> = vec![];
    for (line, tag) in tags(draft) {
        if tag.starts_with("<details") {
            open.push(line);
        }
        if tag.contains("</details>") && open.pop().is_none() {
            let message = "closes `<details>` that are not open".to_owned();
            found.push(draft.finding(&rules::DETAILS, line, message));
        }
    }
    for line in open {
        let message = "`<details>` are never closed".to_owned();
        found.push(draft.finding(&rules::DETAILS, line, message));
    }
}

/// Reports `<details>` that other viewers would not fold, or whose text they would not set.
pub(crate) fn spaced(draft: &Draft, found: &mut Vec<Finding>) {
    for (line, tag) in tags(draft) {
        let closed = tag.starts_with("</details") && !draft.line_text(line - 1).trim().is_empty();
        let message = if tag.starts_with("<details") {
            opened(draft, line, &tag)
        } else {
            closed.then_some("no blank line before `</details>`")
        };
        if let Some(message) = message {
            found.push(draft.finding(&rules::DETAILS, line, message.to_owned()));
        }
    }
}

/// What is wrong with `<details>` in a line.
fn opened(draft: &Draft, line: usize, tag: &str) -> Option<&'static str> {
    let own = tag.contains("<summary");
    let next = draft.line_text(line + 1).trim_start().to_ascii_lowercase();
    let (last, summary) = if own { (line, tag) } else { (line + 1, next.as_str()) };
    let Some((_, rest)) = summary.split_once("<summary") else {
        return Some("`<details>` without a `<summary>`");
    };
    let rest = rest.split_once('>').map_or("", |(_, rest)| rest);
    match rest.split_once("</summary>") {
        None => return Some("the `<summary>` is not closed in its line"),
        Some((words, _)) if words.trim().is_empty() => return Some("the `<summary>` is empty"),
        Some(_) => {}
    }
    (!draft.line_text(last + 1).trim().is_empty()).then_some("no blank line after the `<summary>`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let draft = Draft::new("x.md".into(), text.into());
        let mut found = vec![];
        balanced(&draft, &mut found);
        spaced(&draft, &mut found);
        found.iter().map(|it| format!("{}: {}", it.problem.line, it.problem.message)).collect()
    }

    #[test]
    fn what_folds_is_well_formed() {
        let good = "<details><summary>`Q` **why**?</summary>\n\nA.\n\n</details>\n";
        assert!(told(good).is_empty());
        assert!(told("<details>\n<summary>Q</summary>\n\nA.\n\n</details>\n").is_empty());
        assert!(told("```html fragment\n<details>\n```\n\nSee `</details>`.\n").is_empty());
        assert_eq!(
            told(&good.replace("</summary>\n", "</summary>")),
            ["1: no blank line after the `<summary>`"]
        );
        assert_eq!(
            told(&good.replace("\n\n</d", "\n</d")),
            ["4: no blank line before `</details>`"]
        );
        assert_eq!(told(&good.replace("</details>", "")), ["1: `<details>` are never closed"]);
        assert_eq!(told("</details>\n"), ["1: closes `<details>` that are not open"]);
        assert_eq!(
            told("<details>\n\nA.\n\n</details>\n"),
            ["1: `<details>` without a `<summary>`"]
        );
        assert_eq!(
            told("<details><summary></summary>\n\nA.\n\n</details>\n"),
            ["1: the `<summary>` is empty"]
        );
    }
}
