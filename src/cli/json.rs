//! Lists and reports as JSON, one object a line.

mod remembered;

pub(crate) use remembered::{noted, statistics};

use std::fmt::Write;

use serde::Serialize;

use crate::check::{Finding, Report};
use crate::document::Level;
use crate::library::{Article, Catalog, Category, Lab};
use crate::search::text::Hit;
use crate::text;

/// The version of the fields below.
const SCHEMA: u8 = 1;

#[derive(Serialize)]
struct Line<'a, T> {
    schema: u8,
    kind: &'a str,
    #[serde(flatten)]
    fields: T,
}

#[derive(Serialize)]
struct CategoryFields<'a> {
    slug: &'a str,
    title: &'a str,
    description: &'a str,
    intro: &'a str,
    articles: usize,
    labs: usize,
}

#[derive(Serialize)]
struct ArticleFields<'a> {
    slug: &'a str,
    category: &'a str,
    title: &'a str,
    summary: &'a str,
    level: Option<&'a str>,
    tags: &'a [String],
    minutes: usize,
    verified: &'a str,
    versions: &'a [String],
    labs: Vec<&'a str>,
    see: Vec<&'a str>,
    related: Vec<&'a str>,
    backlinks: Vec<&'a str>,
}

#[derive(Serialize)]
struct LabFields<'a> {
    slug: &'a str,
    category: &'a str,
    title: &'a str,
    question: &'a str,
    level: u8,
    minutes: usize,
    articles: Vec<&'a str>,
    takeaway: &'a str,
}

#[derive(Serialize)]
struct FindingFields<'a> {
    rule: &'a str,
    path: &'a str,
    line: usize,
    message: &'a str,
    excerpt: &'a str,
    reason: &'a str,
    mend: &'a str,
    silenced: Option<&'a str>,
}

#[derive(Serialize)]
struct SummaryFields<'a> {
    passed: usize,
    failed: usize,
    findings: usize,
    silenced: usize,
    categories: Vec<RowFields<'a>>,
    protections: &'a [String],
}

#[derive(Serialize)]
struct RowFields<'a> {
    slug: &'a str,
    articles: usize,
    words: usize,
    runs: usize,
    sources: usize,
    labs: usize,
    score: Option<String>,
}

#[derive(Serialize)]
struct HitFields<'a> {
    of: &'a str,
    category: &'a str,
    slug: &'a str,
    title: &'a str,
    path: &'a [String],
    anchor: Option<&'a str>,
    score: f32,
    snippet: &'a str,
    marks: Vec<[usize; 2]>,
}

/// A hit of search as a line.
pub(crate) fn hit(hit: &Hit) -> String {
    let name = hit.place.key.name();
    let (category, slug) = name.rsplit_once('/').unwrap_or(("", name));
    let snippet = hit.snippet.text.as_str();
    let characters = |at: usize| snippet.get(..at).map_or(0, |before| before.chars().count());
    let fields = HitFields {
        of: hit.place.key.kind(),
        category,
        slug,
        title: &hit.title,
        path: &hit.path,
        anchor: hit.place.anchor.as_deref(),
        score: hit.score,
        snippet,
        marks: hit
            .snippet
            .hits
            .iter()
            .map(|it| [characters(it.start), characters(it.end)])
            .collect(),
    };
    line("hit", fields)
}

/// A category as a line.
pub(crate) fn category(category: &Category) -> String {
    let fields = CategoryFields {
        slug: &category.slug,
        title: &category.title,
        description: &category.description,
        intro: &category.intro,
        articles: category.articles.len(),
        labs: category.labs.len(),
    };
    line("category", fields)
}

/// An article as a line.
pub(crate) fn article(catalog: &Catalog, article: &Article) -> String {
    let named = |index: usize| catalog.articles.get(index).map(|it| it.slug.as_str());
    let related = catalog.article(&article.slug).and_then(|index| catalog.related.get(index));
    let fields = ArticleFields {
        slug: &article.slug,
        category: folder(catalog, article.category),
        title: &article.title,
        summary: &article.summary,
        level: article.level.map(Level::name),
        tags: &article.tags,
        minutes: article.minutes,
        verified: &article.verified,
        versions: &article.versions,
        labs: slugs(&article.labs, |lab| catalog.labs.get(lab).map(|it| it.slug.as_str())),
        see: slugs(&article.see, named),
        related: slugs(related.map_or(&[], |it| &it.near), named),
        backlinks: slugs(related.map_or(&[], |it| &it.backlinks), named),
    };
    line("article", fields)
}

/// A lab as a line.
pub(crate) fn lab(catalog: &Catalog, lab: &Lab) -> String {
    let slug = |article: usize| catalog.articles.get(article).map(|it| it.slug.as_str());
    let fields = LabFields {
        slug: &lab.slug,
        category: folder(catalog, lab.category),
        title: &lab.title,
        question: &lab.question,
        level: lab.level,
        minutes: lab.minutes,
        articles: slugs(&lab.articles, slug),
        takeaway: &lab.takeaway,
    };
    line("lab", fields)
}

/// A finding of a check as a line.
pub(crate) fn finding(finding: &Finding) -> String {
    let problem = &finding.problem;
    let fields = FindingFields {
        rule: finding.rule.name,
        path: &problem.path,
        line: problem.line,
        message: &problem.message,
        excerpt: &finding.excerpt,
        reason: finding.rule.reason,
        mend: &problem.mend,
        silenced: finding.silenced.as_deref(),
    };
    line("finding", fields)
}

/// What a check comes to as a line.
pub(crate) fn summary(report: &Report) -> String {
    let (failed, passed) = report.counts();
    let categories = report.rows.iter().map(|row| RowFields {
        slug: &row.slug,
        articles: row.articles,
        words: row.words,
        runs: row.runs,
        sources: row.sources,
        labs: row.labs,
        score: row.score(),
    });
    let fields = SummaryFields {
        passed,
        failed,
        findings: report.failures().count(),
        silenced: report.silenced(),
        categories: categories.collect(),
        protections: &report.protections,
    };
    line("summary", fields)
}

fn folder(catalog: &Catalog, category: usize) -> &str {
    catalog.categories.get(category).map_or("", |it| it.slug.as_str())
}

fn slugs<'a>(indices: &[usize], slug: impl Fn(usize) -> Option<&'a str>) -> Vec<&'a str> {
    indices.iter().filter_map(|index| slug(*index)).collect()
}

fn line(kind: &str, fields: impl Serialize) -> String {
    // Texts and numbers always encode.
    let json = serde_json::to_string(&Line { schema: SCHEMA, kind, fields }).unwrap_or_default();
    escaped(&json) + "\n"
}

/// JSON over several lines, each made harmless for a terminal.
pub(crate) fn lines(json: &str) -> String {
    json.lines().fold(String::with_capacity(json.len()), |out, line| out + &escaped(line) + "\n")
}

/// JSON escapes few of the characters that act on a terminal; this escapes the others.
fn escaped(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_control() || text::hidden(c.encode_utf8(&mut [0; 4])) > 0 {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(c);
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_keeps_its_text_and_cannot_act_on_a_terminal() {
        let title = "a\u{1b}[2J\u{9b}\u{202e}\u{e0041}\u{7f}\n\"ü";
        let made = category(&Category { title: title.into(), ..Category::default() });
        let body = made.trim_end_matches('\n');
        assert!(!body.chars().any(char::is_control) && text::hidden(body) == 0, "{body:?}");
        let read: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!(read["title"], title);
        assert_eq!((&read["schema"], &read["kind"]), (&1.into(), &"category".into()));
    }
}
