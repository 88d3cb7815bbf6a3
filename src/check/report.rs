//! What was found, for people: diagnostics as compilers write them, and a table of the library.

use std::collections::BTreeSet;
use std::fmt::Write;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::check::craft::Counts;
use crate::check::score::MOST;
use crate::check::{Finding, RunCounts};
use crate::library::Category;
use crate::text::{self, Safe};
use crate::theme::Depth;

/// What a check found.
#[derive(Debug, Default)]
pub struct Report {
    /// All findings, silenced ones too, by path and line.
    pub findings: Vec<Finding>,
    /// The categories that have something in them.
    pub rows: Vec<Row>,
    /// How many articles of libraries were checked.
    pub articles: usize,
    /// How many labs.
    pub labs: usize,
    /// How many other Markdown files.
    pub files: usize,
    /// How much code was run; none when nothing was to be.
    pub runs: Option<RunCounts>,
    /// What locked up the code that was run.
    pub protections: Vec<String>,
    /// The Markdown files that were checked, and their texts.
    pub(crate) texts: Vec<(String, String)>,
}

/// A category of a library in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Its folder's name.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// How many articles it has.
    pub articles: usize,
    /// Words of their arguments.
    pub words: usize,
    /// Fences that are run.
    pub runs: usize,
    /// Footnotes.
    pub sources: usize,
    /// How many labs it has.
    pub labs: usize,
    /// The points of its articles, of [`Row::MOST`] each.
    pub points: usize,
}

impl Row {
    /// The most points of an article.
    pub const MOST: usize = MOST;

    pub(crate) fn new(category: &Category) -> Self {
        Self { slug: category.slug.clone(), title: category.title.clone(), ..Self::default() }
    }

    pub(crate) fn add(&mut self, counts: Counts, points: usize) {
        self.articles += 1;
        self.words += counts.words;
        self.runs += counts.runs;
        self.sources += counts.sources;
        self.points += points;
    }

    /// The mean of its articles' points, to a tenth, of [`Row::MOST`].
    pub fn score(&self) -> Option<String> {
        let tenths = (self.points * 20 + self.articles).checked_div(self.articles * 2)?;
        Some(format!("{}.{}", tenths / 10, tenths % 10))
    }

    fn cells(&self) -> [String; 6] {
        let score = self.score().unwrap_or_else(|| "–".to_owned());
        let [articles, words, runs, sources, labs] =
            [self.articles, self.words, self.runs, self.sources, self.labs].map(grouped);
        [articles, words, runs, sources, labs, score]
    }
}

/// A number with commas between thousands.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

impl Report {
    /// The findings that are not silenced.
    pub fn failures(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|it| it.silenced.is_none())
    }

    /// How many findings are silenced.
    pub fn silenced(&self) -> usize {
        self.findings.len() - self.failures().count()
    }

    /// How many files have findings, and how many have none.
    pub fn counts(&self) -> (usize, usize) {
        let failed: BTreeSet<&str> = self.failures().map(|it| it.problem.path.as_str()).collect();
        let all = self.articles + self.labs + self.files;
        (failed.len(), all.saturating_sub(failed.len()))
    }

    /// The closing line.
    pub fn summary(&self) -> String {
        let (failed, passed) = self.counts();
        let counted = |count: usize, name: &str| {
            let plural = if count == 1 { "" } else { "s" };
            (count > 0).then(|| format!("{} {name}{plural}", grouped(count)))
        };
        let what = [
            counted(self.articles, "article"),
            counted(self.labs, "lab"),
            counted(self.files, "Markdown file"),
        ];
        let what: Vec<String> = what.into_iter().flatten().collect();
        let what = if what.is_empty() { "nothing to check".to_owned() } else { what.join(", ") };
        let findings = self.failures().count();
        let mut summary = format!("{what}: {passed} passed, {failed} failed");
        if let Some(runs) = &self.runs {
            let all = counted(runs.passed + runs.failed, "fence").unwrap_or("no fence".to_owned());
            let _ = write!(summary, "; {all} run, {} of them remembered", runs.cached);
        }
        if findings > 0 {
            let _ = write!(summary, "; {}", counted(findings, "finding").unwrap_or_default());
        }
        if self.silenced() > 0 {
            let _ = write!(summary, "; {} silenced with a reason", self.silenced());
        }
        summary
    }

    /// Every finding that is not silenced as compilers write them, `width` columns wide.
    pub fn diagnostics(&self, width: usize, depth: Depth) -> String {
        let renderer = match depth {
            Depth::None => Renderer::plain(),
            _ => Renderer::styled(),
        };
        let renderer = renderer.term_width(width);
        let mut out = String::new();
        for finding in self.failures() {
            out.push_str(&diagnostic(&renderer, finding, width));
            out.push_str("\n\n");
        }
        out
    }

    /// The table of the library for a terminal; empty without a library.
    pub fn table(&self) -> String {
        if self.rows.is_empty() {
            return String::new();
        }
        let mut lines: Vec<(Safe, [String; 6])> =
            vec![(Safe::line("category"), HEADS.map(str::to_owned))];
        lines.extend(self.rows.iter().map(|row| (Safe::line(&row.slug), row.cells())));
        if self.rows.len() > 1 {
            lines.push((Safe::line("total"), self.total().cells()));
        }
        let first = lines.iter().map(|(name, _)| text::width(name)).max().unwrap_or_default();
        let mut out = String::new();
        for (name, cells) in &lines {
            let _ = write!(out, "{}{}", name.as_str(), " ".repeat(first - text::width(name)));
            for (cell, head) in cells.iter().zip(HEADS) {
                let width = head.len().max(7);
                let _ = write!(out, "  {cell:>width$}");
            }
            out.push('\n');
        }
        out
    }

    /// The table of the library in Markdown.
    pub fn markdown(&self) -> String {
        let mut out = String::from("| Category |");
        for head in HEADS {
            let _ = write!(out, " {head} |");
        }
        out.push_str("\n|---|--:|--:|--:|--:|--:|--:|\n");
        let total = self.total();
        let rows = self.rows.iter().map(|row| (row.title.as_str(), row));
        for (name, row) in rows.chain([("**Total**", &total)]) {
            let _ = writeln!(out, "| {name} | {} |", row.cells().join(" | "));
        }
        out
    }

    /// All categories together.
    pub fn total(&self) -> Row {
        let mut total = Row { slug: "total".to_owned(), ..Row::default() };
        for row in &self.rows {
            total.articles += row.articles;
            total.words += row.words;
            total.runs += row.runs;
            total.sources += row.sources;
            total.labs += row.labs;
            total.points += row.points;
        }
        total
    }
}

/// What the columns of the table hold.
const HEADS: [&str; 6] = ["articles", "words", "run fences", "sources", "labs", "score of 20"];

fn diagnostic(renderer: &Renderer, finding: &Finding, width: usize) -> String {
    let problem = &finding.problem;
    let (message, path) = (Safe::line(&problem.message), Safe::line(&problem.path));
    let (line, part) = excerpt(finding, width);
    let mark = AnnotationKind::Primary.span(part);
    let mut snippet =
        Snippet::source(line.as_str()).line_start(problem.line).path(path.as_str()).fold(false);
    if !line.is_empty() {
        snippet = snippet.annotation(mark);
    }
    let mend = Safe::line(&problem.mend);
    let group: Group<'_> = Level::ERROR
        .primary_title(message.as_str())
        .id(finding.rule.name)
        .element(snippet)
        .element(Level::NOTE.with_name("why").message(finding.rule.reason))
        .element(Level::HELP.with_name("mend").message(mend.as_str()));
    renderer.render(&[group])
}

/// The line of a finding, cut to `width` around the part that is meant, and that part.
fn excerpt(finding: &Finding, width: usize) -> (String, std::ops::Range<usize>) {
    let line = &finding.excerpt;
    let part = finding.part.clone().unwrap_or(0..line.len());
    let before = line.get(..part.start).unwrap_or_default();
    let marked = line.get(part.clone()).unwrap_or(line);
    let after = line.get(part.end..).unwrap_or_default();
    let [before, marked, after] = [before, marked, after].map(|text| Safe::code(text).to_string());
    let room = width.saturating_sub(12).max(20);
    let marked_room = text::width(&marked).min(room);
    let lead = (room - marked_room).min(room / 4);
    let (before, cut) = ending(&before, lead);
    let before = if cut { format!("…{before}") } else { before };
    let shown = clipped(&marked, room.saturating_sub(text::width(&before)));
    let rest = room.saturating_sub(text::width(&before) + text::width(&shown));
    let after = if shown.len() < marked.len() { String::new() } else { clipped(&after, rest) };
    let part = before.len()..before.len() + shown.len();
    (format!("{before}{shown}{after}"), part)
}

/// The beginning of a text that fits, with a mark where it is cut.
fn clipped(text: &str, cells: usize) -> String {
    if text::width(text) <= cells {
        return text.to_owned();
    }
    format!("{}…", text::clip(text, cells.saturating_sub(1)).trim_end())
}

/// The end of a text that fits, from the beginning of a word, and whether it was cut.
fn ending(text: &str, cells: usize) -> (String, bool) {
    if text::width(text) <= cells {
        return (text.to_owned(), false);
    }
    let starts = text.match_indices(' ').map(|(at, _)| at + 1);
    let fits = |at: &usize| text.get(*at..).is_some_and(|end| text::width(end) < cells);
    let end = starts.into_iter().find(fits).and_then(|at| text.get(at..)).unwrap_or_default();
    (end.to_owned(), true)
}
