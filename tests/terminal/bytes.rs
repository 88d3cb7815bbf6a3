//! What goes over the line: how much, and nothing that a terminal would answer or obey.

use std::fs;

use crate::terminal::pty::{Start, Terminal};
use crate::terminal::sequences::unexpected;

/// What a redraw begins with, so that it can be told from everything else.
const CLEAR: &[u8] = b"\x1b[2J";

/// A long text in which every line is another one.
fn long() -> String {
    let line = |at: usize| {
        let words =
            ["log", "quorum", "term", "vote", "leader", "entry", "index", "commit", "lease"];
        let words = (0..40).map(|word| words[(at * 7 + word * word + at * word) % words.len()]);
        format!("Paragraph {at} of the text. {}.\n\n", words.collect::<Vec<_>>().join(" "))
    };
    (0..200).map(line).collect()
}

fn open(source: &str, columns: u16, rows: u16) -> Terminal {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.md");
    fs::write(&path, source).unwrap();
    let mut terminal = Start::program(&[path]).sized(columns, rows).run();
    terminal.sees("? help");
    terminal
}

/// Redraws, and tells how many bytes were written before that and since byte `from`, and where
/// the redraw begins.
fn until_redraw(terminal: &mut Terminal, from: usize) -> (usize, usize) {
    terminal.press("\x0c");
    let at = terminal.writes(from, CLEAR);
    terminal.wait("the redraw", |terminal| {
        let mut since = vt100::Parser::new(200, 300, 0);
        since.process(&terminal.bytes[at..]);
        since.screen().contents().contains("? help")
    });
    (at - from, at + CLEAR.len())
}

fn first_redraw(terminal: &mut Terminal) -> (usize, usize) {
    let from = terminal.bytes.len();
    until_redraw(terminal, from)
}

/// What pressing `key` costs at the present place, when it moves the text.
fn cost(terminal: &mut Terminal, key: &str) -> usize {
    let (_, from) = first_redraw(terminal);
    let (redraw, from) = until_redraw(terminal, from);
    let before = terminal.text();
    terminal.press(key).wait("another text", |terminal| terminal.text() != before);
    let moved = until_redraw(terminal, from).0;
    // The redraw before is counted too; it ends before the key is pressed.
    moved - redraw
}

#[test]
fn a_scrolled_line_costs_less_than_six_hundred_bytes() {
    for (columns, rows) in [(80, 24), (120, 40), (200, 50)] {
        let mut terminal = open(&long(), columns, rows);
        terminal
            .press("                    ")
            .wait("the middle", |terminal| !terminal.text().contains("Paragraph 0 "));
        let down: Vec<usize> = (0..12).map(|_| cost(&mut terminal, "j")).collect();
        let up: Vec<usize> = (0..4).map(|_| cost(&mut terminal, "k")).collect();
        println!("{columns}x{rows}: bytes for one line down {down:?}, up {up:?}");
        assert!(down.iter().chain(&up).all(|bytes| *bytes < 600), "{columns}x{rows}");
    }
}

#[test]
fn nothing_is_written_between_two_keys() {
    let mut terminal = open(&long(), 80, 24);
    let (_, mut from) = first_redraw(&mut terminal);
    let mut costs = vec![];
    for _ in 0..6 {
        let (bytes, next) = until_redraw(&mut terminal, from);
        costs.push(bytes);
        from = next;
    }
    assert!(costs.windows(2).all(|pair| pair[0] == pair[1]), "redraws differ: {costs:?}");
}

#[test]
fn a_key_that_changes_nothing_writes_nothing() {
    let mut terminal = open(&long(), 80, 24);
    let (_, from) = first_redraw(&mut terminal);
    let (redraw, from) = until_redraw(&mut terminal, from);
    // At the top of the text nothing is above.
    terminal.press("kkkkkkkk");
    assert_eq!(until_redraw(&mut terminal, from).0, redraw);
}

#[test]
fn held_keys_arrive_all_and_cost_no_more_than_so_many_lines() {
    let mut terminal = open(&long(), 80, 24);
    let (_, from) = first_redraw(&mut terminal);
    let (redraw, from) = until_redraw(&mut terminal, from);
    let before = terminal.text();
    terminal.press("j".repeat(30));
    // Each paragraph is four rows and a blank one.
    terminal.wait("thirty lines", |terminal| {
        let text = terminal.text();
        text != before && text.lines().nth(2).is_some_and(|line| line.contains("Paragraph 6 "))
    });
    let bytes = until_redraw(&mut terminal, from).0 - redraw;
    println!("80x24: 30 held keys cost {bytes} bytes, a whole screen {redraw}");
    assert!(bytes < 30 * 600);
}

#[test]
fn a_whole_visit_asks_the_terminal_nothing_and_sets_nothing_unexpected() {
    let mut terminal = Start::program(&["handshake"]).run();
    terminal.sees("? help");
    terminal.press("jG\t\t?\x03:\x03o\x03x\x03/syn\rn").sees("n next").press("\x1b");
    terminal.misses("n next").press("]").sees("How Fast Is Too Fast").resize(120, 40);
    terminal.sees("› Check yourself").press("q").sees("Categories").press("tqq");
    assert_eq!(terminal.ended().exit_status(), Some(0));
    assert_eq!(unexpected(&terminal.bytes), []);
}

#[test]
fn a_hostile_file_sends_nothing_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("\u{1b}]0;title\u{7}\u{202e}\u{9b}6n.md");
    let attacks = "\u{1b}[6n \u{1b}]52;c;eA==\u{7} \u{9b}5n \u{1b}P+q544e\u{1b}\\ \u{1b}[>0q \u{7}";
    let source = format!(
        "# T {attacks}\n\n&#27;]11;?&#7; &#x9b;6n [a{attacks}](http://x.example/&#27;[31m)\n\n\
         ```sh\n{attacks}\n```\n\n| {attacks} |\n|-|\n| {attacks} |\n\nA note[^1].\n\n[^1]: {attacks}\n"
    );
    fs::write(&path, source).unwrap();
    let mut terminal = Start::program(&[path]).run();
    terminal.sees("? help").press("o").sees("Enter choose").press("\x03").misses("Enter choose");
    terminal.press("\tK").sees("╭─").press("q").misses("╭─").press("fa").press("qqq");
    assert_eq!(terminal.ended().exit_status(), Some(0));
    assert_eq!(unexpected(&terminal.bytes), []);
    assert!(!String::from_utf8_lossy(&terminal.bytes).contains('\u{202e}'));
}
