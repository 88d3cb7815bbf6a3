//! Articles on the screen: tables, abbreviations, footnotes.

use crate::session::harness::Session;

const USUAL: (u16, u16) = (80, 24);

/// Rows of a table: a number, and a value.
fn rows(count: usize) -> String {
    let rows: Vec<String> = (0..count).map(|row| format!("| {row} | value {row}. |\n")).collect();
    rows.concat()
}

#[test]
fn the_head_of_a_long_table_stays_in_sight_whatever_is_in_it() {
    let rows = rows(90);
    for head in ["`code` | what it is worth", "$x_1^2$ | *what* it is worth", "[a](b) | worth"] {
        let source = format!("# T\n\n| {head} |\n|-|-|\n{rows}");
        let session = Session::file(&source, USUAL).press("Space Space");
        session.sees("worth").misses("| 0 ");
    }
    // A head of several rows, as wide as its column.
    let long = "a head that goes on for very many words until it needs a second row of its cell";
    let source = format!("| n | {long} |\n|-|-|\n{}", rows.replace("value", &"v ".repeat(50)));
    let session = Session::file(&source, (50, 24)).press("Space").sees("a head that goes");
    session.sees("second row").press("Space").sees("second row");
}

#[test]
fn a_page_that_is_turned_in_a_table_skips_no_row_under_its_head() {
    let long = "a head that goes on for very many words until it needs a second row of its cell";
    let rows = rows(300);
    let source = format!("| n | {long} |\n|-|-|\n{rows}");
    let mut session = Session::file(&source, (50, 24));
    let mut seen = session.screen();
    for _ in 0..30 {
        session = session.press("Space");
        seen.push_str(&session.screen());
    }
    for row in 0..300 {
        assert!(seen.contains(&format!("value {row}.")), "row {row} was never seen");
    }
}

#[test]
fn abbreviations_on_the_screen_can_be_peeked_at() {
    let source = "An ISR and an ISR of a [link](https://a.example).\n\n*[ISR]: in-sync replicas\n";
    let session = Session::file(source, USUAL).misses("in-sync").press("K");
    session.sees("ISR: in-sync replicas").press("Esc").misses("in-sync");
    let source = format!("{source}\nNoted.[^1]\n\n[^1]: The note.");
    Session::file(&source, USUAL).press("K").sees("footnote 1").sees("ISR: in-sync replicas");
}

#[test]
fn a_footnote_that_is_peeked_at_has_its_formulas_set() {
    let source = "Noted.[^1]\n\n[^1]: For $x_1^2$ and\n\n    $$\\sqrt{x}$$";
    Session::file(source, USUAL).press("K").sees("│ For x₁² and").sees("│ √x");
}
