//! Form: what a reader of the text, or a program that shows it, stumbles over.

mod html;
mod math;
mod notes;

pub(crate) use notes::definitions;

use crate::check::Finding;
use crate::check::draft::Draft;
use crate::check::fence::{Fence, Role};
use crate::check::rules;
use crate::document::{self, Block, BlockKind, LinkKind, Prose};
use crate::text;

/// The widest line of a diagram, in columns.
const DIAGRAM: usize = 76;

/// The languages that can be run.
const RUNS: [&str; 5] = ["python", "javascript", "rust", "sql", "sh"];

/// The languages of results and drawings.
const RESULTS: [&str; 5] = ["output", "chart", "csv", "json", "diagram"];

/// The languages that are only shown.
const SHOWN: &[&str] = &[
    "asm",
    "astro",
    "bash",
    "bicep",
    "bnf",
    "c",
    "clojure",
    "cmake",
    "console",
    "cpp",
    "cql",
    "csharp",
    "css",
    "cuda",
    "dart",
    "diff",
    "dockerfile",
    "ebnf",
    "elixir",
    "erlang",
    "fish",
    "glsl",
    "go",
    "graphql",
    "groovy",
    "haskell",
    "hcl",
    "html",
    "http",
    "ini",
    "java",
    "jinja",
    "json5",
    "jsonl",
    "jsx",
    "julia",
    "kotlin",
    "latex",
    "lisp",
    "log",
    "lua",
    "makefile",
    "markdown",
    "metal",
    "nginx",
    "nim",
    "nix",
    "ocaml",
    "perl",
    "php",
    "powershell",
    "promql",
    "properties",
    "protobuf",
    "ptx",
    "r",
    "regex",
    "ruby",
    "scala",
    "sdp",
    "solidity",
    "svg",
    "swift",
    "systemd",
    "tcl",
    "terraform",
    "text",
    "thrift",
    "tla",
    "toml",
    "tsx",
    "typescript",
    "vim",
    "vue",
    "wasm",
    "wgsl",
    "xml",
    "yaml",
    "zig",
];

/// Applies the rules for any Markdown. `exists` tells whether a path, as an image names it, leads
/// to a file.
pub(crate) fn markdown(draft: &Draft, exists: &dyn Fn(&str) -> bool, found: &mut Vec<Finding>) {
    characters(draft, found);
    open_fences(draft, found);
    images(draft, exists, found);
    charts(draft, found);
    notes::references(draft, found);
    notes::footnotes(draft, found);
    math::formulas(draft, found);
    html::balanced(draft, found);
}

/// Applies the rules for headings: `top` is the level that the first one has to have, if any.
pub(crate) fn headings(draft: &Draft, top: Option<u8>, found: &mut Vec<Finding>) {
    let mut above = top.map(|top| top - 1);
    for heading in draft.document.outline() {
        let Some(block) = draft.document.blocks.get(heading.block) else { continue };
        let level = heading.level;
        let wrong = match (above, top) {
            (_, Some(top)) if level < top => Some(format!("a heading of level {level}")),
            (Some(above), _) if level > above + 1 => {
                Some(format!("a heading of level {level} after level {above}"))
            }
            _ => None,
        };
        if let Some(message) = wrong {
            found.push(draft.finding(&rules::HEADING_LEVEL, draft.line_of(block), message));
        }
        above = Some(level);
    }
}

/// Applies the rules for the form of a library's articles.
pub(crate) fn library(draft: &Draft, found: &mut Vec<Finding>) {
    headings(draft, Some(2), found);
    html::spaced(draft, found);
    nameless_images(draft, found);
    fences(draft, found);
}

fn fences(draft: &Draft, found: &mut Vec<Finding>) {
    for fence in &draft.fences {
        if let Some(message) = wrong_info(fence) {
            found.push(draft.finding(&rules::FENCE_INFO, fence.line, message));
        }
        if fence.role() == Role::Diagram {
            diagram(draft, fence, found);
        }
    }
}

fn wrong_info(fence: &Fence) -> Option<String> {
    let language = fence.language.as_str();
    let known = |list: &[&str]| list.contains(&language);
    if language.is_empty() {
        return Some("the fence names no language".to_owned());
    }
    if !known(&RUNS) && !known(&RESULTS) && !known(SHOWN) {
        return Some(format!("the language `{language}` is unknown"));
    }
    let said: Vec<&str> = fence.words().collect();
    let unknown = |word: &&str| !matches!(*word, "run" | "run=postgres" | "compile" | "fragment");
    if let Some(word) = said.iter().copied().find(unknown) {
        return Some(format!("the word `{word}` after the language is unknown"));
    }
    match (fence.role(), said.len()) {
        (Role::Run, _) if !known(&RUNS) => Some(format!("`{language}` cannot be run here")),
        (Role::Run, _) if said.contains(&"run=postgres") && language != "sql" => {
            Some("`run=postgres` is for sql".to_owned())
        }
        (Role::Unsaid, _) => Some("the fence says neither run, compile nor fragment".to_owned()),
        (Role::Result | Role::Diagram, 0) => None,
        (Role::Result, _) if said == ["fragment"] => None,
        (_, 1) => None,
        _ => Some(format!("the fence says `{}`", said.join(" "))),
    }
}

fn diagram(draft: &Draft, fence: &Fence, found: &mut Vec<Finding>) {
    if !fence.has_alt() {
        let message = "the diagram has no description".to_owned();
        found.push(draft.finding(&rules::DIAGRAM, fence.line, message));
    }
    for line in fence.line + 1..=fence.line + fence.lines {
        let columns = text::width(draft.line_text(line));
        if columns > DIAGRAM {
            let message = format!("this line of the diagram has {columns} columns");
            found.push(draft.finding(&rules::DIAGRAM, line, message));
        }
    }
}

fn characters(draft: &Draft, found: &mut Vec<Finding>) {
    if text::hidden(&draft.text) == 0 {
        return;
    }
    for (line, text) in draft.lines() {
        // A mark at the very beginning of a file only says that it is UTF-8.
        let text = if line == 1 { text.trim_start_matches('\u{feff}') } else { text };
        let hidden =
            text.char_indices().find(|(_, c)| text::hidden(c.encode_utf8(&mut [0; 4])) > 0);
        if let Some((_, c)) = hidden {
            let message = format!("has the character U+{:04X}", u32::from(c));
            found.push(draft.finding(&rules::CHARACTERS, line, message));
        }
    }
}

fn open_fences(draft: &Draft, found: &mut Vec<Finding>) {
    for fence in &draft.fences {
        let message = match fence.swallowed {
            _ if !fence.closed => "the fence is never closed".to_owned(),
            Some(line) => format!("the fence is still open in line {line}, where another begins"),
            None => continue,
        };
        found.push(draft.finding(&rules::FENCE, fence.line, message));
    }
}

fn images(draft: &Draft, exists: &dyn Fn(&str) -> bool, found: &mut Vec<Finding>) {
    for link in draft.document.links.iter().filter(|link| link.kind == LinkKind::Image) {
        let Some(block) = draft.document.blocks.get(link.block) else { continue };
        let target = link.target.as_str();
        if !exists(target) {
            let message = format!("there is no image `{target}`");
            found.push(draft.finding(&rules::IMAGE, draft.place(block, target), message));
        }
    }
}

fn nameless_images(draft: &Draft, found: &mut Vec<Finding>) {
    for link in draft.document.links.iter().filter(|link| link.kind == LinkKind::Image) {
        let Some(block) = draft.document.blocks.get(link.block) else { continue };
        let target = link.target.as_str();
        if draft.source(block).1.contains(&format!("![]({target}")) {
            let message = format!("the image `{target}` has no description");
            found.push(draft.finding(&rules::IMAGE, draft.place(block, target), message));
        }
    }
}

fn charts(draft: &Draft, found: &mut Vec<Finding>) {
    for fence in draft.fences.iter().filter(|fence| fence.language == "chart") {
        let Some(block) = draft.document.blocks.get(fence.block) else { continue };
        if let Err(error) = document::chart(&block.text()) {
            let line = fence.line + error.line;
            found.push(draft.finding(&rules::CHART, line, error.message));
        }
    }
}

/// The running texts of a block.
pub(crate) fn proses(block: &Block) -> Vec<&Prose> {
    match &block.kind {
        BlockKind::Heading { prose, .. }
        | BlockKind::Paragraph(prose)
        | BlockKind::Summary(prose) => vec![prose],
        BlockKind::Table(table) => table.rows.iter().flatten().collect(),
        _ => vec![],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rule, line and message of each finding in `text`.
    pub(crate) fn told(text: &str) -> Vec<String> {
        let draft = Draft::new("x.md".into(), text.into());
        let mut found = vec![];
        markdown(&draft, &|path| path == "there.png", &mut found);
        library(&draft, &mut found);
        let told =
            |it: &Finding| format!("{}:{}: {}", it.rule.name, it.problem.line, it.problem.message);
        found.iter().map(told).collect()
    }

    #[test]
    fn headings_start_at_the_second_level_and_do_not_jump() {
        assert_eq!(told("## A\n\n### B\n\n## C\n"), Vec::<String>::new());
        assert_eq!(told("# A\n"), ["heading-level:1: a heading of level 1"]);
        assert_eq!(
            told("Text.\n\n### A\n\n### B\n"),
            ["heading-level:3: a heading of level 3 after level 1"]
        );
        assert_eq!(
            told("## A\n\n#### B\n"),
            ["heading-level:3: a heading of level 4 after level 2"]
        );
    }

    #[test]
    fn fences_say_what_they_are() {
        let info = |first: &str| told(&format!("{first}\nx\n```\n"));
        for good in [
            "```python run",
            "```sql run=postgres",
            "```go fragment",
            "```output",
            "```json",
            "```rust compile",
            "```json fragment",
        ] {
            assert!(info(good).is_empty(), "{good}: {:?}", info(good));
        }
        for (bad, said) in [
            ("```", "names no language"),
            ("```pyhton run", "`pyhton` is unknown"),
            ("```python", "neither run, compile nor fragment"),
            ("```python run slow", "`slow` after the language"),
            ("```python run fragment", "says `run fragment`"),
            ("```go run", "`go` cannot be run"),
            ("```python run=postgres", "is for sql"),
        ] {
            let found = info(bad);
            assert!(found.len() == 1 && found[0].contains(said), "{bad}: {found:?}");
        }
        assert_eq!(told("```text fragment\nx\n"), ["fence:1: the fence is never closed"]);
        let told = told("```text fragment\nx\n\n```csv\n1\n```\n");
        assert_eq!(told, ["fence:1: the fence is still open in line 4, where another begins"]);
    }

    #[test]
    fn diagrams_are_narrow_and_described() {
        let wide = "─".repeat(77);
        let text = format!("```diagram alt=\"x\"\na\n{wide}\n```\n\n```diagram\na\n```\n");
        assert_eq!(
            told(&text),
            [
                "diagram:3: this line of the diagram has 77 columns",
                "diagram:6: the diagram has no description"
            ]
        );
    }

    #[test]
    fn hidden_characters_and_missing_images_are_told() {
        assert_eq!(told("\u{feff}a\n\nb\u{202e}c\n"), ["characters:3: has the character U+202E"]);
        assert_eq!(
            told("![a](there.png)\n\n![b](gone.png) ![](there.png)\n"),
            [
                "image:3: there is no image `gone.png`",
                "image:3: the image `there.png` has no description"
            ]
        );
    }

    #[test]
    fn a_chart_is_told_with_the_line_in_it() {
        let text = "Text.\n\n```chart\nkind = \"line\"\ntitle = \"T\"\nlegend = 1\n```\n";
        let found = told(text);
        assert!(
            found.len() == 1 && found[0].starts_with("chart:6: `legend`: unknown"),
            "{found:?}"
        );
    }
}
