//! Tables of any shape, wrapped and cut, at any width.

use library_tui::document::{self, Block, BlockKind, Document};
use library_tui::layout::{Line, Lines, Manner, Measure, Page, lay_out_in};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::{all, squeezed, widths};

/// What cells are made of.
const WORDS: [&str; 20] = [
    "word",
    "some words",
    "128 KiB",
    "`code`",
    "`long_code::in_a_cell`",
    "*emphasis*",
    "**strong** words",
    "[a link](b)",
    "日本語",
    "「括弧」、",
    "🎉",
    "👩\u{200d}👩\u{200d}👧",
    "e\u{301}",
    "-1,024.5",
    "a<br>b",
    "a \\| b",
    "averyveryverylongwordthatfitsnowhere",
    "https://a.example/path/that/is/long?x=y",
    "the quick brown fox jumps over the lazy dog again and again",
    "ABBR",
];

const ALIGNS: [&str; 4] = ["-", ":-", ":-:", "-:"];

fn cell() -> impl Strategy<Value = String> {
    vec(select(WORDS.to_vec()), 0..4).prop_map(|words| words.join(" "))
}

fn row(cells: &[String]) -> String {
    format!("|{}|\n", cells.join("|"))
}

/// A table of the same number of cells in each row.
pub(crate) fn tables() -> impl Strategy<Value = String> {
    (1_usize..8).prop_flat_map(|columns| {
        let aligns = vec(select(ALIGNS.to_vec()), columns);
        let head = vec(cell(), columns);
        let body = vec(vec(cell(), columns), 0..6);
        (aligns, head, body).prop_map(|(aligns, head, body)| {
            let body: String = body.iter().map(|it| row(it)).collect();
            format!("{}|{}|\n{body}\n*[ABBR]: abbreviation\n", row(&head), aligns.join("|"))
        })
    })
}

/// The texts of the cells that are not empty.
fn cells(document: &Document) -> Vec<String> {
    let table = |block: &Block| match &block.kind {
        BlockKind::Table(table) => {
            table.rows.iter().flatten().map(|it| squeezed(&it.text)).collect()
        }
        _ => vec![],
    };
    document.blocks.iter().flat_map(table).filter(|it: &String| !it.is_empty()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_table_is_read_as_one(markdown in tables()) {
        let document = document::parse(&markdown);
        prop_assert!(matches!(document.blocks[0].kind, BlockKind::Table(_)), "{markdown}");
    }

    #[test]
    fn every_cell_is_on_the_page_at_every_width(markdown in tables(), width in 2_usize..140) {
        let document = document::parse(&markdown);
        let table = BlockKind::Table(document::Table::default());
        prop_assume!(std::mem::discriminant(&document.blocks[0].kind) == std::mem::discriminant(&table));
        let mut spans: Vec<(usize, String)> = vec![];
        let mut shown = String::new();
        for (_, line) in all(&document, width) {
            prop_assert!(line.width() <= width, "{line:?}");
            for span in line.spans {
                shown.push_str(&span.text);
                spans.extend(span.at.map(|at| (at, span.text.to_string())));
            }
        }
        spans.sort();
        let told: String = spans.into_iter().map(|(_, text)| text).collect();
        let told = squeezed(&told);
        let BlockKind::Table(table) = &document.blocks[0].kind else { return Ok(()) };
        for cell in table.rows.iter().skip(1).flatten() {
            prop_assert!(told.contains(&squeezed(&cell.text)), "{:?} in {told}", cell.text);
        }
        // A head is beside its values where rows are records, as often as there is one.
        for (column, head) in table.rows[0].iter().enumerate() {
            let has_values = table.rows.iter().skip(1).any(|row| !row[column].text.is_empty());
            let only = table.rows.len() == 1;
            if width >= 40 && (has_values || only) {
                let wanted = squeezed(&head.text);
                let found = told.contains(&wanted) || squeezed(&shown).contains(&wanted);
                prop_assert!(found, "{wanted:?} in {shown}");
            }
        }
    }

    #[test]
    fn what_is_cut_of_a_table_is_reached_by_moving_it(markdown in tables(), width in 8_usize..80) {
        let document = document::parse(&markdown);
        let measure = Measure { width, ascii: false };
        let mut seen: std::collections::BTreeMap<usize, String> = std::collections::BTreeMap::new();
        let natural = lay_out_in(&document, 0, Measure { width: 4096, ..measure }, Manner::default());
        let widest = natural.iter().map(Line::width).max().unwrap_or(0);
        for shift in (0..=widest).step_by(4) {
            let manner = Manner { lines: Lines::Cut, shift, ..Manner::default() };
            let lines = lay_out_in(&document, 0, measure, manner);
            for line in lines {
                prop_assert!(line.width() <= width, "{line:?}");
                for span in line.spans {
                    let Some(at) = span.at else { continue };
                    for (place, c) in span.text.char_indices() {
                        seen.insert(at + place, c.to_string());
                    }
                }
            }
        }
        let told = squeezed(&seen.into_values().collect::<String>());
        for cell in cells(&document) {
            prop_assert!(told.contains(&cell), "{cell:?} in {told}");
        }
    }

    #[test]
    fn a_page_that_is_set_again_at_its_width_is_the_same(
        markdown in tables(), width in widths(), other in widths()
    ) {
        let document = document::parse(&markdown);
        let before = all(&document, width);
        let _ = all(&document, other);
        prop_assert_eq!(before, all(&document, width));
        // And a page whose manner is turned forth and back.
        let mut page = Page::new(&document, Measure { width, ascii: false });
        let rows = page.all(&document);
        let first: Vec<_> = rows.iter().map(|row| page.line(*row).cloned()).collect();
        page.set_in(Manner { lines: Lines::Cut, shift: 3, ..Manner::default() });
        let _ = page.all(&document);
        page.set_in(Manner::default());
        let rows = page.all(&document);
        prop_assert_eq!(first, rows.iter().map(|row| page.line(*row).cloned()).collect::<Vec<_>>());
    }
}
