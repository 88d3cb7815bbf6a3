//! Texts made to exhaust a reader: each is parsed, laid out and counted.
//!
//! What is asserted is the amount of work, not the time: blocks, rows and marks in proportion to
//! the text. A step that is not linear would make these tests run for minutes.

use library_tui::document::{self, BlockKind, Document, LEAF_BYTES};
use library_tui::layout::{Measure, Page};

const SIZE: usize = 64 * 1024;

fn repeated(text: &str) -> String {
    text.repeat(SIZE / text.len())
}

/// The texts for all numbers up to `count`, one after the other.
fn numbered(count: usize, text: impl Fn(usize) -> String) -> String {
    (0..count).map(text).collect::<Vec<_>>().concat()
}

fn bombs() -> Vec<(&'static str, String)> {
    let mut bombs: Vec<(&str, String)> =
        PATTERNS.map(|pattern| (pattern, repeated(pattern))).into();
    let half = SIZE / 2;
    bombs.push(("nested links", format!("{}a{}", "[".repeat(half), "](b)".repeat(half / 4))));
    bombs.push(("nested emphasis", format!("{}a{}", "*".repeat(half), "*".repeat(half))));
    bombs.push((
        "emphasis in emphasis",
        format!("{}a{}", "*a **b ".repeat(half / 7), "** *".repeat(half / 4)),
    ));
    bombs.push((
        "10,000 columns",
        format!("{}\n{}\n{}", "|a".repeat(10_000), "|-".repeat(10_000), "|\n".repeat(10_000)),
    ));
    bombs.push(("a cell of 60 KB", format!("|a|b|\n|-|-|\n|{}|c|", "word ".repeat(12_000))));
    bombs.push(("lists in lists", numbered(350, |depth| " ".repeat(depth) + "- a\n")));
    bombs
        .push(("definitions", numbered(4_000, |n| format!("[{n}]: /u\n")) + &"[1] ".repeat(8_000)));
    bombs.push(("footnotes", numbered(3_000, |n| format!("[^{n}] a\n\n[^{n}]: b\n\n"))));
    bombs.push((
        "abbreviations of one word",
        numbered(4_000, |n| format!("*[a {n}]: b\n")) + "\n" + &"a 1 a a ".repeat(8_000),
    ));
    bombs.push((
        "abbreviations in each other",
        numbered(90, |n| format!("*[{}b]: b\n", "a ".repeat(n / 2))) + &"a ".repeat(SIZE / 2),
    ));
    bombs.push(("backticks", (1..350).map(|n| "`".repeat(n) + "a").collect()));
    bombs.push(("dollars", (1..350).map(|n| "$".repeat(n % 3) + "{a").collect()));
    bombs.push(("an open fence", format!("```rust\n{}", repeated("fn a() {}\n"))));
    bombs.push(("one word", "a".repeat(SIZE)));
    bombs.push(("one grapheme", format!("a{}", "\u{301}".repeat(half))));
    bombs.push(("family", "👩\u{200d}".repeat(half / 7)));
    bombs
}

const PATTERNS: [&str; 44] = [
    ">",
    "> ",
    ">\n",
    "- ",
    "1. ",
    "* a\n",
    "[",
    "![",
    "](",
    "[a](",
    "[a](<b",
    "[^",
    "[[",
    "]",
    "*",
    "_",
    "**a",
    "*a ",
    "__a ",
    "*a_ ",
    "~~a",
    "`",
    "`a``",
    "<",
    "</",
    "<!--",
    "<!",
    "<?",
    "<a href=\"",
    "<details>",
    "<details>\n\n",
    "</details>\n\n",
    "<details><summary>a</summary>\n\n",
    "<summary>",
    "&",
    "&#27;",
    "$",
    "$$",
    "|",
    "|a\n",
    "a@",
    "http://a.",
    "www.",
    "\\",
];

fn marks(document: &Document) -> usize {
    let prose = |kind: &BlockKind| match kind {
        BlockKind::Paragraph(prose) | BlockKind::Heading { prose, .. } => prose.marks.len(),
        BlockKind::Table(table) => table.rows.iter().flatten().map(|cell| cell.marks.len()).sum(),
        _ => 0,
    };
    document.blocks.iter().map(|block| prose(&block.kind)).sum()
}

#[test]
fn the_work_is_in_proportion_to_the_text() {
    for (name, text) in bombs() {
        let document = document::parse(&text);
        assert!(document.blocks.len() <= text.len(), "{name}: {} blocks", document.blocks.len());
        assert!(
            document.containers.len() <= text.len(),
            "{name}: {} containers",
            document.containers.len()
        );
        assert!(marks(&document) <= 4 * text.len(), "{name}: {} marks", marks(&document));
        let depth = document.containers.iter().map(|it| it.depth).max().unwrap_or(0);
        assert!(depth < 64, "{name}: {depth} deep");
        for width in [1, 20, 80] {
            let mut page = Page::new(&document, Measure { width, ascii: false });
            let rows = page.all(&document).len();
            assert!(rows <= 4 * text.len() + 16, "{name}: {rows} rows at width {width}");
        }
    }
}

#[test]
fn no_leaf_is_too_long_to_lay_out_at_once() {
    for (name, text) in bombs() {
        for block in &document::parse(&text.repeat(4)).blocks {
            let bytes = block.text().len();
            assert!(bytes <= LEAF_BYTES + LEAF_BYTES / 2, "{name}: {bytes}");
        }
    }
}

#[test]
fn ten_megabytes_on_one_line_are_many_leaves() {
    let text = "the quick brown fox [jumps](over) `the` lazy dog ".repeat(10_000_000 / 49);
    let document = document::parse(&text);
    assert!(
        document.blocks.len() > 200 && document.blocks.iter().skip(1).all(|block| block.continued)
    );
    let mut page = Page::new(&document, Measure { width: 80, ascii: false });
    let last = page.last(&document);
    assert_eq!(last.block, document.blocks.len() - 1);
}

#[test]
fn a_megabyte_with_ten_thousand_abbreviations_has_each_of_its_words_marked() {
    let defined = numbered(10_000, |n| format!("*[abc{n}]: long {n}\n"));
    let text = numbered(100_000, |n| format!("abc{} and ", n % 20_000));
    let document = document::parse(&format!("{text}\n\n{defined}"));
    assert_eq!(document.abbreviations.len(), 10_000);
    let found: usize = document.blocks.iter().map(|block| block.abbreviations().len()).sum();
    assert_eq!(found, 50_000);
}

#[test]
fn ten_thousand_quotes_in_quotes_end_in_text() {
    let document = document::parse(&format!("{}deep", "> ".repeat(10_000)));
    assert_eq!(document.plain(), "deep");
    let mut page = Page::new(&document, Measure { width: 40, ascii: false });
    let rows = page.all(&document);
    let line = page.line(rows[0]).unwrap();
    assert_eq!(line.spans.last().unwrap().text.as_str(), "deep");
}
