//! What holds for every text at every width.

#![expect(clippy::unwrap_used, reason = "a row that the page has named is there")]

#[path = "page/charts.rs"]
mod charts;
#[path = "page/formulas.rs"]
mod formulas;
#[path = "page/tables.rs"]
mod tables;

use library_tui::document::{self, Block, BlockKind, Document, MarkKind, Prose};
use library_tui::layout::{Line, Measure, Page, Position, Row, lay_out};
use library_tui::text;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

const TOKENS: [&str; 79] = [
    "a",
    "word",
    "and ",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\n\n",
    "    ",
    "\t",
    "# ",
    "## ",
    "### x {#id}\n",
    "- ",
    "* ",
    "1. ",
    "99. ",
    "- [ ] ",
    "- [x] ",
    "> ",
    "> [!NOTE]\n> ",
    "> [!WARNING]\n",
    "```",
    "```rust run\n",
    "```output\n",
    "~~~\n",
    "`",
    "*",
    "**",
    "_",
    "~~",
    "[",
    "]",
    "](",
    "(",
    ")",
    "[a](b)",
    "![a](b \"c\")",
    "![](b)",
    "[^1]",
    "\n[^1]: ",
    "\n[^x]: ",
    "[[wiki|w]]",
    "<https://a.example>",
    "https://a.example/x?y=z",
    "www.a.example",
    "a@b.example",
    "|",
    "|a|b|\n|-|:-:|\n|",
    "| c | d |\n",
    "---\n",
    "***\n",
    "$x^2$",
    "$\\frac{a}{b_i}",
    "\n$$\n\\sum_{i} \\sqrt{x + 1} = y\n$$\n",
    "\n```chart\nkind = 'line'\ntitle = 't'\n[[series]]\npoints = [[1, 2], [3, 9e3]]\n```\n",
    "\n```chart\nkind = 'hbar'\ntitle = 't'\nlabels = ['日本']\n[[series]]\nvalues = [-1]\n```\n",
    "<br>",
    "<b>",
    "</b>",
    "<!-- c -->",
    "<details>\n",
    "<summary>s</summary>\n",
    "\n</details>\n",
    "&amp;",
    "&#27;",
    "&nbsp;",
    "\\",
    "日本語、。「括弧」",
    "🎉",
    "👩\u{200d}👩\u{200d}👧",
    "e\u{301}",
    "\u{202e}",
    "\u{1b}[31m",
    "\0",
    "averyveryverylongwordthatfitsnowhere",
    "\u{3000}",
    "\n*[word]: a *long* form\n",
    "\n*[a word]: another\n",
];

fn soup() -> impl Strategy<Value = String> {
    vec(select(TOKENS.to_vec()), 0..60).prop_map(|tokens| tokens.concat())
}

/// Whether something is set that does not show the letters of its source.
fn is_drawn(block: &Block) -> bool {
    let inside = |prose: &Prose| prose.marks.iter().any(|mark| mark.kind == MarkKind::Math);
    match &block.kind {
        BlockKind::Math(_) => true,
        BlockKind::Code(code) => code.language.as_str() == "chart",
        BlockKind::Heading { prose, .. }
        | BlockKind::Paragraph(prose)
        | BlockKind::Summary(prose) => inside(prose),
        BlockKind::Table(table) => table.rows.iter().flatten().any(inside),
        _ => false,
    }
}

fn widths() -> impl Strategy<Value = usize> {
    prop_oneof![1usize..12, 12usize..120]
}

fn all(document: &Document, width: usize) -> Vec<(Row, Line)> {
    let mut page = Page::new(document, Measure { width, ascii: false });
    page.all(document).into_iter().map(|row| (row, page.line(row).unwrap().clone())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_a_document(bytes in vec(any::<u8>(), 0..400), width in widths()) {
        let text = String::from_utf8_lossy(&bytes);
        let document = document::parse(document::split_front_matter(&text).body);
        all(&document, width);
    }

    #[test]
    fn no_row_is_wider_than_asked(markdown in soup(), width in widths(), ascii: bool) {
        let document = document::parse(&markdown);
        for block in 0..document.blocks.len() {
            for line in lay_out(&document, block, Measure { width, ascii }) {
                prop_assert!(line.width() <= width, "{line:?}");
            }
        }
    }

    #[test]
    fn spans_are_parts_of_the_text_they_name(markdown in soup(), width in widths()) {
        let document = document::parse(&markdown);
        for (row, line) in all(&document, width) {
            let text = document.blocks[row.block].text();
            for span in line.spans {
                prop_assert!(!span.text.is_empty() && !span.text.contains('\n'));
                if let Some(at) = span.at {
                    prop_assert_eq!(text.get(at..at + span.text.len()), Some(span.text.as_str()));
                }
            }
        }
    }

    #[test]
    fn every_visible_character_is_kept_in_order(markdown in soup(), width in 2usize..120) {
        let document = document::parse(&markdown);
        for (index, block) in document.blocks.iter().enumerate().filter(|(_, it)| !is_drawn(it)) {
            let mut spans: Vec<(usize, String)> = lay_out(&document, index, Measure { width, ascii: false })
                .into_iter()
                .flat_map(|line| line.spans)
                .filter_map(|span| Some((span.at?, span.text.to_string())))
                .collect();
            let mut text = block.text().into_owned();
            if let BlockKind::Table(table) = &block.kind {
                // Cells stand side by side; and records show the head beside each value.
                spans.sort();
                let offsets = table.offsets();
                let body = offsets.get(1).map_or(text.len(), |row| row[0]);
                if spans.iter().all(|(at, _)| *at >= body) {
                    text.replace_range(..body, "");
                }
            }
            let shown: String = spans.into_iter().map(|(_, text)| text).collect();
            prop_assert_eq!(squeezed(&shown), squeezed(&text));
        }
    }

    #[test]
    fn rows_are_in_the_order_of_the_text(markdown in soup(), width in widths()) {
        let document = document::parse(&markdown);
        let starts = all(&document, width).into_iter().map(|(row, line)| (row.block, line.start));
        prop_assert!(starts.collect::<Vec<_>>().is_sorted());
    }

    #[test]
    fn a_place_survives_any_change_of_width(markdown in soup(), from in widths(), to in widths()) {
        let document = document::parse(&markdown);
        let mut new = Page::new(&document, Measure { width: to, ascii: false });
        for (row, line) in all(&document, from) {
            let place = Position { block: row.block, offset: line.start };
            let row = new.row_of(&document, place);
            prop_assert_eq!(row.block, place.block);
            prop_assert!(new.position_of(row) <= place);
            let next = new.line(Row { row: row.row + 1, ..row });
            prop_assert!(next.is_none_or(|next| next.start > place.offset));
        }
    }

    #[test]
    fn a_walk_down_the_page_and_up_again_meets_every_row(markdown in soup(), width in widths()) {
        let document = document::parse(&markdown);
        let mut page = Page::new(&document, Measure { width, ascii: false });
        let rows = page.all(&document);
        let mut page = Page::new(&document, Measure { width, ascii: false });
        let mut walked: Vec<Row> = vec![];
        let mut at = (!rows.is_empty()).then(Row::default);
        while let Some(row) = at {
            walked.push(row);
            at = page.below(&document, row);
        }
        prop_assert_eq!(&walked, &rows);
        if let Some(last) = rows.last() {
            prop_assert_eq!(page.last(&document), *last);
            let far = isize::try_from(rows.len() + 5).unwrap();
            prop_assert_eq!(page.step(&document, Row::default(), far), *last);
            prop_assert_eq!(page.step(&document, *last, -far), Row::default());
            prop_assert_eq!(page.window(&document, rows[rows.len() / 2], 5).len(), (rows.len() - rows.len() / 2).min(5));
        }
    }

    #[test]
    fn the_page_begins_with_text_and_every_leaf_has_a_row(markdown in soup(), width in widths()) {
        let document = document::parse(&markdown);
        for block in 0..document.blocks.len() {
            let rows = lay_out(&document, block, Measure { width, ascii: false });
            prop_assert!(!rows.is_empty());
        }
    }

    #[test]
    fn links_and_anchors_name_what_is_there(markdown in soup()) {
        let document = document::parse(&markdown);
        for link in &document.links {
            let text = document.blocks[link.block].text();
            prop_assert!(text.get(link.range.clone()).is_some(), "{link:?} in {text:?}");
        }
        for block in document.anchors.values().chain(document.footnotes.values()) {
            prop_assert!(*block < document.blocks.len());
        }
        for (index, container) in document.containers.iter().enumerate() {
            prop_assert!(container.parent.is_none_or(|parent| parent < index));
            let depth = container.parent.map_or(0, |parent| document.containers[parent].depth + 1);
            prop_assert_eq!(container.depth, depth);
        }
    }

    #[test]
    fn marks_are_sorted_nested_and_on_character_borders(markdown in soup()) {
        for block in document::parse(&markdown).blocks {
            let (BlockKind::Paragraph(prose) | BlockKind::Heading { prose, .. }) = block.kind else { continue };
            let mut open: Vec<usize> = vec![];
            for mark in &prose.marks {
                prop_assert!(!mark.range.is_empty() && prose.text.get(mark.range.clone()).is_some());
                open.retain(|end| *end > mark.range.start);
                prop_assert!(open.iter().all(|end| *end >= mark.range.end), "{:?}", prose.marks);
                open.push(mark.range.end);
            }
            prop_assert!(prose.marks.is_sorted_by_key(|mark| mark.range.start));
        }
    }

    #[test]
    fn nothing_reaches_a_row_that_could_drive_a_terminal(markdown in soup(), width in widths()) {
        for (_, line) in all(&document::parse(&markdown), width) {
            for span in line.spans {
                prop_assert_eq!(text::hidden(&span.text), 0);
                prop_assert!(!span.text.contains(['\r', '\t']));
            }
        }
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}
