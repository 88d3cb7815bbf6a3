//! The front matter: YAML between two `---` lines at the very beginning of a file.
//!
//! Any file can be split. Unknown keys are left alone, because a reader's own files were not
//! written for this program; broken YAML is an error beside a body that still reads.

use serde::{Deserialize, Serialize};
use serde_saphyr::options::DuplicateKeyPolicy;

/// Front matter longer than this many bytes is taken for text.
const MAX_BYTES: usize = 64 * 1024;

/// What an article says about itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FrontMatter {
    /// The title.
    pub title: String,
    /// One sentence: what it is good for.
    pub summary: String,
    /// How deep it goes.
    pub level: Option<Level>,
    /// Subjects, in kebab case.
    pub tags: Vec<String>,
    /// Slugs of the labs that belong to it.
    pub labs: Vec<String>,
    /// Slugs of related articles.
    pub see: Vec<String>,
    /// When facts and code were last checked: `2026-11`.
    pub verified: Option<String>,
    /// The versions it holds for.
    pub versions: Vec<String>,
}

/// How deep an article goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Where to begin.
    Foundation,
    /// What the work needs.
    Working,
    /// All the way down.
    Deep,
}

impl Level {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Foundation => "foundation",
            Self::Working => "working",
            Self::Deep => "deep",
        }
    }
}

/// Front matter that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("front matter: {message}")]
pub struct FrontError {
    /// The line of the file, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

/// A file, split at the end of its front matter.
#[derive(Debug, PartialEq)]
pub struct Split<'a> {
    /// The front matter, when there is one.
    pub front: Option<Result<FrontMatter, FrontError>>,
    /// The Markdown after it.
    pub body: &'a str,
    /// The byte of the file that the body begins at.
    pub offset: usize,
}

/// Splits an article's source into front matter and body.
pub fn split_front_matter(source: &str) -> Split<'_> {
    let mark = source.len() - source.trim_start_matches('\u{feff}').len();
    let text = source.get(mark..).unwrap_or_default();
    match yaml(text) {
        Some((yaml, length)) => {
            let offset = mark + length;
            let body = source.get(offset..).unwrap_or_default();
            Split { front: Some(read(yaml)), body, offset }
        }
        None => Split { front: None, body: text, offset: mark },
    }
}

/// The YAML, and the bytes from the first `---` to the end of the line of the second.
fn yaml(text: &str) -> Option<(&str, usize)> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == "---")?;
    let mut end = first.len();
    for (number, line) in lines.enumerate() {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((text.get(first.len()..end)?, end + line.len()));
        }
        end += line.len();
        // A rule at the top of a text is followed by a blank line; front matter is not.
        if end > MAX_BYTES || (number == 0 && line.trim().is_empty()) {
            return None;
        }
    }
    None
}

fn read(yaml: &str) -> Result<FrontMatter, FrontError> {
    let options = serde_saphyr::options! {
        duplicate_keys: DuplicateKeyPolicy::LastWins,
        with_snippet: false,
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: 1000,
            max_replay_stack_depth: 8,
            max_alias_expansions_per_anchor: 64,
        },
    };
    match serde_saphyr::from_str_with_options::<Written>(yaml, options) {
        Ok(written) => Ok(written.into()),
        Err(error) => {
            let line = error.location().map_or(0, |place| place.line());
            let message = error.to_string().lines().next().unwrap_or_default().to_owned();
            Err(FrontError { line: usize::try_from(line).unwrap_or(0) + 1, message })
        }
    }
}

/// Front matter as people write it: a list of one may be a word.
#[derive(Deserialize)]
struct Written {
    title: String,
    summary: Option<String>,
    level: Option<Level>,
    tags: Option<Words>,
    labs: Option<Words>,
    see: Option<Words>,
    verified: Option<String>,
    versions: Option<Words>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Words {
    Many(Vec<String>),
    One(String),
}

impl From<Words> for Vec<String> {
    fn from(words: Words) -> Self {
        match words {
            Words::Many(words) => words,
            Words::One(word) => vec![word],
        }
    }
}

impl From<Written> for FrontMatter {
    fn from(written: Written) -> Self {
        let list = |words: Option<Words>| words.map_or_else(Vec::new, Vec::from);
        Self {
            title: written.title,
            summary: written.summary.unwrap_or_default(),
            level: written.level,
            tags: list(written.tags),
            labs: list(written.labs),
            see: list(written.see),
            verified: written.verified,
            versions: list(written.versions),
        }
    }
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test that cuts a character has failed")]
mod tests {
    use super::*;

    fn front(source: &str) -> FrontMatter {
        split_front_matter(source).front.unwrap().unwrap()
    }

    #[test]
    fn every_key_of_the_editorial_guide_is_read() {
        let read = front(
            "---\ntitle: The KV cache\nsummary: Work it out.\nlevel: deep\ntags: [a, b-c]\n\
             labs: [kv]\nsee:\n  - other\nverified: 2026-11\nversions: [Python 3.11, b4000]\n---\n",
        );
        assert_eq!(read.title, "The KV cache");
        assert_eq!(read.level, Some(Level::Deep));
        assert_eq!(read.tags, ["a", "b-c"]);
        assert_eq!(read.see, ["other"]);
        assert_eq!(read.verified.as_deref(), Some("2026-11"));
        assert_eq!(read.versions, ["Python 3.11", "b4000"]);
    }

    #[test]
    fn the_body_is_what_follows() {
        let source = "\u{feff}---\r\ntitle: T\r\n---\r\nBody\n";
        let split = split_front_matter(source);
        assert_eq!(split.body, "Body\n");
        assert_eq!(&source[split.offset..], split.body);
    }

    #[test]
    fn a_file_without_front_matter_is_all_body() {
        for source in [
            "",
            "text",
            "---",
            "---\n",
            "---\n\ntext\n\n---\n",
            "---\nnever closed",
            " ---\na: b\n---",
        ] {
            let split = split_front_matter(source);
            assert_eq!((split.front.is_none(), split.body), (true, source), "{source:?}");
        }
    }

    #[test]
    fn strangers_keys_and_loose_types_are_accepted() {
        let read =
            front("---\ntitle: 2024\nlayout: post\ntags: rust\nsee:\nnested: {a: [1]}\n---\n");
        assert_eq!(
            (read.title.as_str(), read.tags, read.see),
            ("2024", vec!["rust".to_owned()], vec![])
        );
    }

    #[test]
    fn broken_front_matter_is_an_error_with_its_line_and_the_body_still_reads() {
        let split = split_front_matter("---\ntitle: a\nlevel: expert\n---\nBody");
        let error = split.front.unwrap().unwrap_err();
        assert_eq!(error.line, 3, "{error}");
        assert_eq!(split.body, "Body");
        for yaml in
            ["title: [", "- a", "\"", "title: a\n b: c\n\t-", "a: b", "\0", "%YAML 9", "? ?"]
        {
            let split =
                split_front_matter(&format!("---\n{yaml}\n---\nBody")).front.map(|it| it.is_err());
            assert_eq!(split, Some(true), "{yaml:?}");
        }
    }

    #[test]
    fn aliases_cannot_blow_up() {
        use std::fmt::Write as _;
        let mut yaml = String::from("a0: &a0 [x,x,x,x,x,x,x,x]\n");
        for level in 1..30 {
            let (own, other) = (level, level - 1);
            writeln!(yaml, "a{own}: &a{own} [*a{other},*a{other},*a{other},*a{other}]").unwrap();
        }
        let source = format!("---\n{yaml}title: T\ntags: *a29\n---\n");
        assert!(split_front_matter(&source).front.unwrap().is_err());
        let deep = "[".repeat(30_000);
        assert!(split_front_matter(&format!("---\ntitle: {deep}\n---\n")).front.unwrap().is_err());
    }

    #[test]
    fn it_goes_through_a_compact_archive_and_back() {
        let front = front("---\ntitle: T\nlevel: working\ntags: [a]\n---\n");
        let bytes = postcard::to_stdvec(&front).unwrap();
        assert_eq!(postcard::from_bytes::<FrontMatter>(&bytes).unwrap(), front);
    }
}
