//! What is remembered outlives the program, however it ends.

use std::fs;
use std::path::Path;

use library_tui::state::store::Store;
use library_tui::state::{Memory, Name};
use rustix::process::Signal;
use tempfile::TempDir;

use crate::terminal::pty::{Start, Terminal, library};

fn start(state: &TempDir, arguments: &[&str]) -> Start {
    Start::program(arguments).env("XDG_STATE_HOME", state.path().to_str().unwrap())
}

fn remembered(state: &TempDir) -> Memory {
    Store::open(Some(&state.path().join("library-tui"))).unwrap().store.load().unwrap()
}

fn handshake() -> Name {
    Name::file(&library().canonicalize().unwrap().join("networks/handshake.md"))
}

/// The first words of the text on the screen.
fn top(terminal: &Terminal) -> String {
    let text = terminal.text();
    let rows = text.lines().skip(1).map(str::trim);
    let row = rows.into_iter().find(|row| row.split_whitespace().count() > 3).unwrap();
    row.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}

/// Reads, marks and notes in a terminal that changes its size.
fn read(state: &TempDir) -> (Terminal, String) {
    let mut terminal = start(state, &["handshake"]).run();
    terminal.sees("The Handshake").press("  ").press("ma").sees("Mark a is set");
    terminal.press("v)n").sees("note ").press("ask Bob\r").sees("Noted");
    terminal
        .resize(100, 30)
        .sees("See also")
        .insist("mB", "Mark B is set")
        .press("r")
        .sees("On the reading list");
    let before = top(&terminal);
    terminal.press("}").wait("the next heading", |it| top(it) != before);
    let words = top(&terminal);
    (terminal, words)
}

/// Comes back in another size, and finds everything.
fn find(state: &TempDir, words: &str) {
    let mut terminal = start(state, &["handshake"]).sized(64, 20).run();
    terminal.sees("Where you left off");
    let first = words.split_whitespace().next().unwrap();
    assert!(terminal.text().contains(first), "{words} is not on\n{}", terminal.text());
    terminal.press("A").sees("ask Bob").press("\x1b").misses("ask Bob");
    terminal.press("gg'a").misses("1 of 3").press("gh").sees("Start here");
    terminal.press("R").sees("reading list").press("\x1b").misses("reading list");
    terminal.press("'B").sees("Networks").press("\x03").ended();
}

#[test]
fn a_reader_who_is_hung_up_finds_everything_again() {
    let state = tempfile::tempdir().unwrap();
    let (mut terminal, words) = read(&state);
    terminal.hang_up("?");
    terminal.ended();
    find(&state, &words);
}

#[test]
fn a_reader_who_is_ended_by_a_signal_finds_everything_again() {
    for signal in [Signal::HUP, Signal::TERM] {
        let state = tempfile::tempdir().unwrap();
        let (mut terminal, words) = read(&state);
        terminal.signal(signal).ended();
        find(&state, &words);
    }
}

#[test]
fn a_reader_who_leaves_finds_everything_again() {
    let state = tempfile::tempdir().unwrap();
    let (mut terminal, words) = read(&state);
    terminal.press("\x03").ended();
    let memory = remembered(&state);
    assert!(memory.progress(&handshake()).unwrap().spent < 600_000);
    find(&state, &words);
}

#[test]
fn what_was_said_to_be_saved_outlives_a_kill() {
    let state = tempfile::tempdir().unwrap();
    let (mut terminal, _) = read(&state);
    terminal.signal(Signal::KILL).ended();
    let memory = remembered(&state);
    let name = handshake();
    assert!(memory.mark('a', &name).is_some() && memory.mark('B', &name).is_some());
    assert_eq!(memory.highlights(&name)[0].note, "ask Bob");
    assert_eq!(memory.list, [name]);
}

#[test]
fn a_file_of_the_readers_own_is_known_by_any_path() {
    let state = tempfile::tempdir().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("long.md");
    let lines: Vec<String> = (0..200).map(|at| format!("Line {at} of it.")).collect();
    let text = lines.join("\n\n");
    fs::write(&file, text).unwrap();
    let link = folder.path().join("link.md");
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let open = |path: &Path| start(&state, &[path.to_str().unwrap()]).run();
    let mut terminal = open(&file);
    terminal.sees("Line 1 ").press("   ").misses("Line 1 ").press("\x03").ended();
    open(&link).sees("Where you left off").press("\x03").ended();
}

#[test]
fn where_nothing_can_be_remembered_one_line_says_so_and_reading_goes_on() {
    let state = tempfile::tempdir().unwrap();
    fs::write(state.path().join("library-tui"), "a file in the place of the folder").unwrap();
    let mut terminal = start(&state, &["handshake"]).run();
    terminal.sees("Nothing is being remembered: ").press(" ").misses("Nothing is being");
    terminal.press("ma").sees("Mark a is set, but not saved: ").press("\x03").ended();
    let mut homeless = Start::program(&["handshake"]).without("XDG_STATE_HOME").run();
    homeless.sees("neither XDG_STATE_HOME nor HOME").press("\x03").ended();
}

#[test]
fn a_damaged_file_is_told_and_kept() {
    let state = tempfile::tempdir().unwrap();
    let folder = state.path().join("library-tui");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("state.db"), "no database").unwrap();
    let mut terminal = start(&state, &["handshake"]).run();
    terminal.sees("is damaged; it is kept as state.db.damaged-").press(" ma").sees("Mark a is set");
    terminal.press("\x03").ended();
    assert_eq!(remembered(&state).marks.len(), 1);
}
