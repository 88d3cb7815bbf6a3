//! An article: its front matter, and what its text says about it.

use crate::document::{self, BlockKind, Document, FrontMatter};
use crate::library::format::problem::{About, Problem, line_at, without_line};
use crate::library::{Article, Section};

/// The most characters of a title.
const TITLE: usize = 100;

/// The most characters of a summary.
const SUMMARY: usize = 160;

/// The fields of the front matter.
const KEYS: [&str; 8] =
    ["title", "summary", "level", "tags", "labs", "see", "verified", "versions"];

/// The text of an article or a lab, and where it comes from.
pub(crate) struct Source<'a> {
    /// Its category in the catalog.
    pub(crate) category: usize,
    /// The path below its folder.
    pub(crate) path: &'a str,
    /// The path as problems name it.
    pub(crate) shown: String,
    pub(crate) text: String,
}

impl Source<'_> {
    /// The file's name without its ending.
    pub(crate) fn slug(&self) -> String {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or(name, |(slug, _)| slug).to_owned()
    }
}

/// An article that was read, before its names of other things are looked up.
pub(crate) struct ReadArticle {
    pub(crate) article: Article,
    pub(crate) labs: Vec<String>,
    pub(crate) see: Vec<String>,
    pub(crate) document: Document,
    /// Where the body begins in the text, in bytes.
    pub(crate) body: usize,
    pub(crate) path: String,
    pub(crate) shown: String,
    pub(crate) text: String,
}

impl ReadArticle {
    /// The line of a field of the front matter.
    pub(crate) fn line_of(&self, key: &str) -> usize {
        key_line(self.text.get(..self.body).unwrap_or_default(), key)
    }
}

/// Reads an article; what is wrong with it goes to `problems`.
pub(crate) fn read(source: Source, problems: &mut Vec<Problem>) -> ReadArticle {
    let split = document::split_front_matter(&source.text);
    let (body, offset) = (split.body, split.offset);
    let mut told = Vec::new();
    let front = match split.front {
        Some(Ok(front)) => {
            let written = source.text.get(..offset).unwrap_or_default();
            judge(&front, written, &mut |line, message, mend| told.push((line, message, mend)));
            front
        }
        Some(Err(error)) => {
            told.push((error.line, without_line(&error), "mend the YAML"));
            FrontMatter::default()
        }
        None => {
            let mend = "begin with a line `---`, title, summary, level, tags, see, verified, `---`";
            told.push((1, "has no front matter".to_owned(), mend));
            FrontMatter::default()
        }
    };
    let new = |(line, message, mend)| {
        Problem::new(About::FrontMatter, &source.shown, line, message, mend)
    };
    problems.extend(told.into_iter().map(new));
    let document = document::parse(body);
    ReadArticle {
        article: article(&source, &front, &document),
        labs: front.labs,
        see: front.see,
        document,
        body: offset,
        path: source.path.to_owned(),
        shown: source.shown,
        text: source.text,
    }
}

fn article(source: &Source, front: &FrontMatter, document: &Document) -> Article {
    let slug = source.slug();
    Article {
        category: source.category,
        title: if front.title.trim().is_empty() { slug.clone() } else { front.title.clone() },
        slug,
        summary: front.summary.clone(),
        level: front.level,
        tags: front.tags.clone(),
        labs: vec![],
        see: vec![],
        verified: front.verified.clone().unwrap_or_default(),
        versions: front.versions.clone(),
        minutes: document.minutes(),
        runs: runs(document),
        headings: headings(document),
    }
}

fn headings(document: &Document) -> Vec<Section> {
    let section = |heading: document::Heading| Section {
        level: heading.level,
        title: heading.title.to_string(),
        anchor: heading.anchor,
    };
    document.outline().map(section).collect()
}

/// Run blocks whose output is the next block.
fn runs(document: &Document) -> usize {
    let pairs = document.blocks.iter().zip(document.blocks.iter().skip(1));
    pairs.filter(|(block, next)| is_run(&block.kind) && is_output(&next.kind)).count()
}

fn is_run(kind: &BlockKind) -> bool {
    let BlockKind::Code(code) = kind else { return false };
    code.info.split_whitespace().any(|word| word == "run" || word.starts_with("run="))
}

fn is_output(kind: &BlockKind) -> bool {
    let BlockKind::Code(code) = kind else { return false };
    matches!(code.language.as_str(), "output" | "chart" | "csv" | "json")
}

/// Reports what the editorial guide forbids in front matter, as line, message and mend.
fn judge(front: &FrontMatter, written: &str, tell: &mut dyn FnMut(usize, String, &'static str)) {
    for (key, line) in keys(written) {
        if !KEYS.contains(&key) {
            tell(line, format!("has an unknown field `{key}`"), "delete it");
        }
    }
    for key in ["title", "summary", "level", "tags", "see", "verified"] {
        if !keys(written).any(|(known, _)| known == key) {
            tell(1, format!("has no `{key}`"), "add it to the front matter");
        }
    }
    let length = front.title.trim().chars().count();
    if length == 0 || length > TITLE {
        let message = format!("the title has {length} characters");
        tell(key_line(written, "title"), message, "use 1 to 100");
    }
    let length = front.summary.chars().count();
    if length > SUMMARY {
        let message = format!("the summary has {length} characters");
        tell(key_line(written, "summary"), message, "use at most 160");
    }
    let tags = &front.tags;
    if !(2..=5).contains(&tags.len()) || !tags.iter().all(|tag| is_kebab(tag)) {
        let message = format!("the tags are {tags:?}");
        tell(key_line(written, "tags"), message, "give two to five, in kebab-case");
    }
    if !(1..=4).contains(&front.see.len()) {
        let message = format!("`see` names {} articles", front.see.len());
        tell(key_line(written, "see"), message, "name one to four");
    }
    let verified = front.verified.as_deref().unwrap_or_default();
    if !is_month(verified) {
        let message = format!("`verified` is `{verified}`");
        tell(key_line(written, "verified"), message, "write a month, as in 2026-11");
    }
}

/// The fields at the left edge, and their lines.
fn keys(written: &str) -> impl Iterator<Item = (&str, usize)> {
    written.lines().enumerate().filter_map(|(index, line)| {
        let (key, _) = line.split_once(':')?;
        let is_key = key.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && !key.contains(char::is_whitespace);
        is_key.then_some((key, index + 1))
    })
}

fn key_line(written: &str, key: &str) -> usize {
    keys(written).find(|(known, _)| *known == key).map_or(1, |(_, line)| line)
}

/// The line of a place in the body of an article.
pub(crate) fn body_line(article: &ReadArticle, offset: usize) -> usize {
    line_at(&article.text, article.body + offset)
}

pub(crate) fn is_kebab(word: &str) -> bool {
    let letters = |part: &str| {
        !part.is_empty() && part.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    word.split('-').all(letters)
}

fn is_month(text: &str) -> bool {
    let Some((year, month)) = text.split_once('-') else { return false };
    let digits =
        |part: &str, count| part.len() == count && part.bytes().all(|c| c.is_ascii_digit());
    let in_year = month.parse().is_ok_and(|month: u8| (1..=12).contains(&month));
    digits(year, 4) && digits(month, 2) && in_year
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "---\ntitle: T\nsummary: S.\nlevel: deep\ntags: [a, b-c]\nsee: [x]\n\
                        verified: 2026-11\n---\nText.\n\n## One\n\n```python run\nprint(1)\n```\n\n\
                        ```output\n1\n```\n\n```python run\npass\n```\n";

    fn told(text: &str) -> Vec<String> {
        let mut problems = vec![];
        read(source(text), &mut problems);
        problems.iter().map(Problem::to_string).collect()
    }

    fn source(text: &str) -> Source<'static> {
        Source { category: 3, path: "c/some-slug.md", shown: "c/x.md".into(), text: text.into() }
    }

    #[test]
    fn an_article_is_read_with_its_headings_and_counts() {
        let mut problems = vec![];
        let read = read(source(GOOD), &mut problems);
        assert_eq!(problems, []);
        let article = read.article;
        assert_eq!((article.slug.as_str(), article.title.as_str()), ("some-slug", "T"));
        assert_eq!((article.category, article.runs, article.minutes), (3, 1, 1));
        let one = Section { level: 2, title: "One".into(), anchor: "one".into() };
        assert_eq!(article.headings, [one]);
        assert_eq!(read.see, ["x"]);
    }

    #[test]
    fn every_rule_of_the_front_matter_is_told_with_its_line() {
        let with = |from: &str, to: &str| told(&GOOD.replace(from, to));
        assert_eq!(with("level: deep", "level: expert").len(), 1);
        assert!(with("level: deep", "level: expert").iter().all(|it| it.starts_with("c/x.md:4: ")));
        assert_eq!(
            with("level: deep\n", ""),
            ["c/x.md:1: has no `level`; add it to the front matter"]
        );
        assert_eq!(
            with("S.", &"s".repeat(161)),
            ["c/x.md:3: the summary has 161 characters; use at most 160"]
        );
        assert_eq!(
            with("[a, b-c]", "[A]"),
            ["c/x.md:5: the tags are [\"A\"]; give two to five, in kebab-case"]
        );
        assert_eq!(with("[x]", "[]"), ["c/x.md:6: `see` names 0 articles; name one to four"]);
        assert_eq!(
            with("2026-11", "2026-13"),
            ["c/x.md:7: `verified` is `2026-13`; write a month, as in 2026-11"]
        );
        assert_eq!(
            with("see:", "author: me\nsee:"),
            ["c/x.md:6: has an unknown field `author`; delete it"]
        );
    }

    #[test]
    fn without_front_matter_the_body_is_still_read() {
        let mut problems = vec![];
        let read = read(source("Text.\n\n## One\n"), &mut problems);
        assert_eq!(read.article.title, "some-slug");
        assert_eq!(read.article.headings.len(), 1);
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn broken_front_matter_is_one_problem() {
        assert_eq!(told("---\ntitle: [\n---\nText.\n").len(), 1);
    }
}
