//! The points of the rubric that a machine can give.

use crate::check::Finding;
use crate::check::rules::{self, Rule};

/// A point of the rubric, and the rules that it stands on: 2 when none of them is broken, 1 when
/// one is, once, or only where it is silenced; 0 otherwise.
const POINTS: &[(&str, &[&Rule])] = &[
    ("concrete early", &[&rules::CONCRETE]),
    ("every number has a provenance", &[&rules::PROVENANCE]),
    ("arithmetic recomputes", &[&rules::OUTPUT]),
    ("code runs", &[&rules::RUN, &rules::RUN_SHARE, &rules::CODE_LENGTH, &rules::FENCE_INFO]),
    ("primary sources", &[&rules::SOURCES, &rules::IDENTIFIER, &rules::FOOTNOTE]),
    ("pictures", &[&rules::DIAGRAM, &rules::CHART, &rules::IMAGE]),
    ("recall questions", &[&rules::RECALL, &rules::DETAILS]),
    (
        "readable",
        &[
            &rules::OPENING,
            &rules::LENGTH,
            &rules::SENTENCE,
            &rules::PARAGRAPH,
            &rules::HEADINGS,
            &rules::ACRONYM,
            &rules::BANNED_WORD,
        ],
    ),
    ("original", &[&rules::OVERLAP, &rules::GENERIC_HEADING]),
    ("alive", &[&rules::LINK, &rules::PAIR, &rules::FRONT_MATTER]),
];

/// The most points that there are.
pub(crate) const MOST: usize = POINTS.len() * 2;

/// The points of an article with these findings.
pub(crate) fn score(found: &[Finding]) -> usize {
    POINTS.iter().map(|(_, rules)| points(rules, found)).sum()
}

fn points(rules: &[&Rule], found: &[Finding]) -> usize {
    let own = found.iter().filter(|it| rules.contains(&it.rule));
    let (silenced, open): (Vec<&Finding>, Vec<&Finding>) =
        own.partition(|it| it.silenced.is_some());
    match (open.len(), silenced.len()) {
        (0, 0) => 2,
        (0, _) | (1, 0) => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::draft::Draft;

    #[test]
    fn a_point_is_lost_by_degrees() {
        let draft = Draft::new("x.md".into(), "Text.\n".into());
        let new = |rule| draft.finding(rule, 1, String::new());
        assert_eq!(MOST, 20);
        assert_eq!(score(&[]), 20);
        assert_eq!(score(&[new(&rules::SENTENCE)]), 19);
        assert_eq!(score(&[new(&rules::SENTENCE), new(&rules::LENGTH)]), 18);
        assert_eq!(score(&[new(&rules::SENTENCE), new(&rules::RECALL)]), 18);
        let silenced = Finding { silenced: Some("for a reason".into()), ..new(&rules::SENTENCE) };
        assert_eq!(score(&[silenced]), 19);
        assert_eq!(score(&[new(&rules::CHARACTERS)]), 20);
    }
}
