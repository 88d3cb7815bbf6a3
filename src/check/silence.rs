//! Comments that silence a rule in a file: `<!-- check: allow RULE because REASON -->`.
//!
//! A comment silences what stands after it in the section it stands in; before the first heading,
//! in the whole file. One that silences nothing, or gives no reason, is a finding itself.

use std::ops::Range;

use crate::check::Finding;
use crate::check::draft::Draft;
use crate::check::rules::{self, Rule, Scope};

/// A rule that is silenced in a part of a file.
#[derive(Debug)]
struct Silence {
    rule: &'static Rule,
    reason: String,
    line: usize,
    /// The lines it holds for.
    lines: Range<usize>,
    used: bool,
}

/// Marks what is silenced in `found`, the findings of this draft, and adds what is wrong with its
/// comments. `done` are the scopes that were checked: only there a comment can be of no use.
pub(crate) fn silence(draft: &Draft, done: &[Scope], found: &mut Vec<Finding>) {
    let mut silences = vec![];
    for (line, text) in draft.lines() {
        let Some(said) = comment(text).filter(|_| !draft.is_code(line)) else { continue };
        match read(said) {
            Ok((rule, reason)) => {
                let lines = reach(draft, line);
                silences.push(Silence { rule, reason, line, lines, used: false });
            }
            Err(message) => found.push(draft.finding(&rules::SILENCE, line, message)),
        }
    }
    for finding in found.iter_mut() {
        let (rule, line) = (finding.rule, finding.problem.line);
        let mut fitting = silences.iter_mut().filter(|it| it.rule == rule);
        if let Some(silence) = fitting.find(|it| it.lines.contains(&line)) {
            silence.used = true;
            finding.silenced = Some(silence.reason.clone());
        }
    }
    for silence in silences.iter().filter(|it| !it.used && done.contains(&it.rule.scope)) {
        let message = format!("silences `{}`, which finds nothing here", silence.rule.name);
        found.push(draft.finding(&rules::SILENCE, silence.line, message));
    }
}

/// What a comment for the checks says.
fn comment(line: &str) -> Option<&str> {
    let said = line.trim().strip_prefix("<!--")?.trim_start().strip_prefix("check:")?;
    Some(said.split("-->").next().unwrap_or(said).trim())
}

fn read(said: &str) -> Result<(&'static Rule, String), String> {
    let allowed = said.strip_prefix("allow ").ok_or("does not say `allow`")?.trim();
    let (name, rest) = allowed.split_once(' ').unwrap_or((allowed, ""));
    let rule = rules::rule(name).ok_or_else(|| format!("there is no rule `{name}`"))?;
    if *rule == rules::SILENCE {
        return Err("`silence` itself cannot be silenced".to_owned());
    }
    let reason = rest.trim().strip_prefix("because ").unwrap_or_default().trim();
    if reason.split_whitespace().count() < 2 {
        return Err(format!("silences `{name}` without a reason"));
    }
    Ok((rule, reason.to_owned()))
}

/// The lines that a comment in `line` holds for.
fn reach(draft: &Draft, line: usize) -> Range<usize> {
    let headings = draft.document.outline().filter_map(|it| draft.document.blocks.get(it.block));
    let headings: Vec<usize> = headings.map(|block| draft.line_of(block)).collect();
    let end = headings.iter().copied().find(|heading| *heading > line);
    match headings.first() {
        Some(first) if *first < line => line..end.unwrap_or(usize::MAX),
        _ => 1..usize::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<!-- check: allow length because it is a test -->\n\nOne.\n\n## A\n\n\
                        <!-- check: allow sentence because it is quoted -->\n\nTwo.\n\n## B\n";

    fn draft(text: &str) -> Draft {
        Draft::new("x.md".into(), text.into())
    }

    fn found(text: &str, breaks: &[(&'static Rule, usize)]) -> Vec<String> {
        let draft = draft(text);
        let new = |(rule, line): &(&'static Rule, usize)| draft.finding(rule, *line, "m".into());
        let mut found: Vec<Finding> = breaks.iter().map(new).collect();
        silence(&draft, &[Scope::Craft], &mut found);
        let told = |it: &Finding| {
            format!("{} {} {:?} {}", it.rule.name, it.problem.line, it.silenced, it.problem.message)
        };
        found.iter().map(told).collect()
    }

    #[test]
    fn a_comment_silences_its_section_or_before_headings_the_file() {
        let told =
            found(TEXT, &[(&rules::LENGTH, 9), (&rules::SENTENCE, 9), (&rules::SENTENCE, 3)]);
        assert_eq!(
            told,
            [
                "length 9 Some(\"it is a test\") m",
                "sentence 9 Some(\"it is quoted\") m",
                "sentence 3 None m"
            ]
        );
    }

    #[test]
    fn a_comment_of_no_use_is_told() {
        let told = found(TEXT, &[(&rules::LENGTH, 1)]);
        assert_eq!(told[1], "silence 7 None silences `sentence`, which finds nothing here");
        let told = found("<!-- check: allow output because it differs by machine -->\n", &[]);
        assert!(told.is_empty(), "runs were not checked: {told:?}");
    }

    #[test]
    fn a_comment_needs_a_rule_and_a_reason() {
        for (text, message) in [
            ("<!-- check: allow length -->", "silences `length` without a reason"),
            ("<!-- check: allow length because -->", "silences `length` without a reason"),
            ("<!-- check: allow speed because it is fast -->", "there is no rule `speed`"),
            ("<!-- check: ignore -->", "does not say `allow`"),
            (
                "<!-- check: allow silence because I say so -->",
                "`silence` itself cannot be silenced",
            ),
        ] {
            assert_eq!(found(text, &[]), [format!("silence 1 None {message}")]);
        }
        assert!(found("```x\n<!-- check: allow nothing -->\n```\n", &[]).is_empty());
    }
}
