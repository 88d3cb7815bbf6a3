//! Sources: enough of them, each of which can be looked up.

use crate::check::Finding;
use crate::check::draft::Draft;
use crate::check::form::definitions;
use crate::check::rules;
use crate::document::ContainerKind;
use crate::text;

/// The fewest sources.
const SOURCES: usize = 3;

/// Words that name a part of a work.
const PARTS: [&str; 19] = [
    "abstract",
    "algorithm",
    "appendix",
    "article",
    "chapter",
    "chapters",
    "clause",
    "figure",
    "figures",
    "issue",
    "lemma",
    "line",
    "page",
    "pages",
    "request",
    "section",
    "sections",
    "table",
    "theorem",
];

/// Reports articles with few sources, and sources that cannot be looked up.
pub(crate) fn sources(draft: &Draft, found: &mut Vec<Finding>) {
    let notes = &draft.document.footnotes;
    if notes.len() < SOURCES {
        let last = draft.document.blocks.last().map_or(1, |block| draft.line_of(block));
        let message = format!("{} sources, of {SOURCES} at least", notes.len());
        found.push(draft.finding(&rules::SOURCES, last, message));
    }
    for label in notes.keys() {
        if !is_identified(&note(draft, label), &draft.front.versions) {
            let line = definitions(draft, label).first().copied().unwrap_or(1);
            let message = format!("the source `{label}` has no identifier");
            found.push(draft.finding(&rules::IDENTIFIER, line, message));
        }
    }
}

/// The text of a footnote.
fn note(draft: &Draft, label: &str) -> String {
    let is_own = |block: usize| {
        let mut around = draft.document.around(block);
        around.any(|(_, it)| {
            matches!(&it.kind, ContainerKind::Footnote { label: own, .. } if own.as_str() == label)
        })
    };
    let blocks = draft.document.blocks.iter().enumerate().filter(|(index, _)| is_own(*index));
    blocks.map(|(_, block)| block.text().into_owned()).collect::<Vec<_>>().join(" ")
}

/// Endings of source files, which are identified by the versions that the article is true for.
const SOURCE_FILES: [&str; 24] = [
    "adoc", "c", "cc", "conf", "cpp", "ex", "erl", "go", "h", "java", "js", "kt", "md", "proto",
    "py", "rb", "rs", "rst", "scala", "sql", "swift", "ts", "yaml", "zig",
];

/// Whether a source says which edition, part or number it is: a number of any kind, a named part,
/// or a source file where `versions` says of which version.
fn is_identified(note: &str, versions: &[String]) -> bool {
    let note = text::fold(note);
    let number = |word: &str| {
        let digits = word.strip_prefix('v').unwrap_or(word);
        !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
    };
    let commit = |word: &str| {
        let hex = word.chars().all(|c| c.is_ascii_hexdigit());
        word.len() >= 7 && hex && word.contains(|c: char| c.is_ascii_digit())
    };
    let mut words = note.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let named = words.any(|word| number(word) || commit(word) || PARTS.contains(&word));
    let mut paths = note.split(|c: char| !(c.is_alphanumeric() || "._-/".contains(c)));
    let file = paths.any(|path| {
        let ending = path.trim_end_matches('.').rsplit_once('.').map(|(_, ending)| ending);
        ending.is_some_and(|ending| SOURCE_FILES.contains(&ending))
    });
    named || note.contains('§') || (file && !versions.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_identified_by_number_or_part() {
        for note in [
            "Lamport, Time, 1978.",
            "RFC 9110",
            "arXiv:1706.03762",
            "x.c at 3f2a9bc",
            "Documentation, section Tuning",
            "PostgreSQL 15",
            "CASSANDRA-13701",
            "the library, v2",
        ] {
            assert!(is_identified(note, &[]), "{note}");
        }
        for note in ["The manual of etcd.", "A blog on p99 by Smith", "etcd-io/raft, raft.go: Step"]
        {
            assert!(!is_identified(note, &[]), "{note}");
        }
    }

    #[test]
    fn a_source_file_is_identified_where_the_article_names_versions() {
        assert!(is_identified("etcd-io/raft, raft.go: Step", &["etcd 3.6".into()]));
        assert!(!is_identified("The manual of etcd.", &["etcd 3.6".into()]));
    }
}
