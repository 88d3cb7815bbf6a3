//! The examples of the `CommonMark` and GFM specifications, read as text.
//!
//! For each example the text that a reader sees must be the text of the reference HTML, white
//! space aside. Where this program means to differ, a rule below says how and why.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its examples has failed")]

use library_tui::document::{self, Block, BlockKind, Document, MarkKind, Prose};
use library_tui::layout::{Measure, Page};
use serde::Deserialize;

#[derive(Deserialize)]
struct Example {
    number: usize,
    section: String,
    markdown: String,
    html: String,
}

/// Examples that are read in another way on purpose, and why.
const DIFFERENT: [(&str, usize, &str); 5] = [
    ("commonmark", 548, "[[foo]] is a wiki link"),
    ("commonmark", 559, "[[foo]] is a wiki link"),
    ("commonmark", 590, "![[foo]] is a wiki image"),
    ("extensions", 20, "the reference says that any result will do"),
    ("extensions", 23, "footnotes are [1] without a way back, and unused ones are shown"),
];

fn examples(name: &str) -> Vec<Example> {
    let json = match name {
        "commonmark" => include_str!("commonmark/commonmark-0.31.2.json"),
        "gfm" => include_str!("commonmark/gfm-0.29.json"),
        _ => include_str!("commonmark/gfm-extensions.json"),
    };
    serde_json::from_str(json).unwrap()
}

#[test]
fn commonmark_examples_show_the_text_of_the_reference() {
    check("commonmark", 652);
}

#[test]
fn gfm_examples_show_the_text_of_the_reference() {
    check("gfm", 24);
}

#[test]
fn gfm_extension_examples_show_the_text_of_the_reference() {
    check("extensions", 28);
}

fn check(name: &str, count: usize) {
    let examples = examples(name);
    assert_eq!(examples.len(), count);
    let wrong: Vec<String> =
        examples.iter().filter_map(|example| difference(name, example)).collect();
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

fn difference(name: &str, example: &Example) -> Option<String> {
    let Example { number, section, markdown, html } = example;
    let document = document::parse(markdown);
    let (mut plain, mut expected) = (document.plain(), text_of(html));
    if has_html(&document) {
        // HTML is shown as it is written: what is compared is the text between the tags.
        (plain, expected) = (without_tags(&plain), without_tags(&expected));
    }
    let (plain, expected) = (squeezed(&plain), squeezed(&expected));
    let different = DIFFERENT.iter().any(|it| (it.0, it.1) == (name, *number));
    match (plain == expected, different) {
        (true, false) | (false, true) => None,
        (true, true) => Some(format!("{number} {section}: is not different any more")),
        (false, false) => {
            Some(format!("{number} {section}: {markdown:?}\n  got  {plain:?}\n  want {expected:?}"))
        }
    }
}

#[test]
fn the_rows_of_every_example_show_its_text() {
    for example in ["commonmark", "gfm", "extensions"].into_iter().flat_map(examples) {
        let document = document::parse(&example.markdown);
        let text: String = document.blocks.iter().map(Block::text).collect();
        let mut page = Page::new(&document, Measure { width: 200, ascii: false });
        let mut shown = String::new();
        for row in page.all(&document) {
            let spans = &page.line(row).unwrap().spans;
            shown.extend(
                spans.iter().filter(|span| span.at.is_some()).map(|span| span.text.as_str()),
            );
        }
        assert_eq!(squeezed(&shown), squeezed(&text), "{}", example.number);
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

fn has_html(document: &Document) -> bool {
    let html = |prose: &Prose| prose.marks.iter().any(|mark| mark.kind == MarkKind::Html);
    document.blocks.iter().any(|block| match &block.kind {
        BlockKind::Html(_) => true,
        BlockKind::Paragraph(prose) | BlockKind::Heading { prose, .. } => html(prose),
        BlockKind::Table(table) => table.rows.iter().flatten().any(html),
        _ => false,
    })
}

/// The text that a browser shows: without tags, images as their alternative text.
fn text_of(html: &str) -> String {
    let html = without_comments(html);
    let mut text = String::new();
    for part in html.split_inclusive('>') {
        let (before, tag) = part.split_once('<').unwrap_or((part, ""));
        text.push_str(before);
        if tag.starts_with("img ") {
            let value = |name: &str| {
                let value = tag.split_once(&format!("{name}=\""))?.1;
                value.split('"').next().filter(|value| !value.is_empty())
            };
            // An image without alternative text is shown as its file's name.
            let name = value("src").and_then(|src| src.rsplit('/').next());
            text.push_str(value("alt").or(name).unwrap_or("image"));
        }
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    entities.iter().fold(text, |text, (entity, char)| text.replace(entity, char))
}

fn without_comments(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--") {
        text.push_str(before);
        let short = comment.strip_prefix('>').or_else(|| comment.strip_prefix("->"));
        let long = comment.split_once("-->").map(|(_, after)| after);
        rest = short.or(long).unwrap_or("");
    }
    text + rest
}

fn without_tags(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        plain.push_str(before);
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    plain + rest
}
