//! Every way out of the program gives the terminal back.

use std::path::Path;

use rustix::process::Signal;

use crate::terminal::pty::{Start, Terminal};

/// Keys that lead from home to each state that the program can be left in, and what is seen then.
const STATES: [(&str, &str); 5] = [
    ("", "Start here"),
    ("\r", "Count the packets"),
    ("/slow", "Slow start"),
    ("?", "keys"),
    ("\r/syn", "1 of 8"),
];

fn started(arguments: &[&str], keys: &str, seen: &str) -> Terminal {
    let mut terminal = Start::program(arguments).run();
    terminal.sees("Start here").sees("? help").is_taken();
    terminal.press(keys).sees(seen);
    terminal
}

#[test]
fn leaving_by_keys_ends_well() {
    for keys in ["q", "\x03", ":leave\r", "\rqqq", "?\x03\x03"] {
        let mut terminal = started(&[], keys, "");
        assert_eq!(terminal.ended().exit_status(), Some(0), "{keys:?}");
        terminal.is_given_back();
    }
    let mut terminal = started(&[], "/", "Enter choose");
    terminal.press("\x1b").misses("Enter choose").press("\x03");
    assert_eq!(terminal.ended().exit_status(), Some(0));
    terminal.is_given_back();
}

#[test]
fn a_signal_gives_the_terminal_back_and_ends_the_program_as_itself() {
    for (keys, seen) in STATES {
        for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
            let mut terminal = started(&["--mouse"], keys, seen);
            let status = terminal.signal(signal).ended();
            assert_eq!(status.terminating_signal(), Some(signal.as_raw()), "{keys:?}: {status:?}");
            terminal.is_given_back();
        }
    }
}

#[test]
fn quit_from_the_terminal_ends_the_program_as_itself() {
    // No core is left in the folder of the tests.
    let quiet = "ulimit -c 0; exec \"$0\"";
    let program = env!("CARGO_BIN_EXE_library-tui");
    let mut terminal = Start::command(Path::new("/bin/sh"), &["-c", quiet, program]).run();
    terminal.sees("? help");
    let status = terminal.signal(Signal::QUIT).ended();
    assert_eq!(status.terminating_signal(), Some(Signal::QUIT.as_raw()), "{status:?}");
    terminal.is_given_back();
}

#[test]
fn signals_of_many_kinds_at_once_give_the_terminal_back_too() {
    let mut terminal = started(&[], "\r", "Count the packets");
    for signal in [Signal::INT, Signal::TERM, Signal::INT, Signal::HUP] {
        terminal.signal(signal);
    }
    assert!(terminal.ended().terminating_signal().is_some());
    terminal.is_given_back();
}

#[test]
fn a_broken_terminal_ends_the_program() {
    for (keys, seen) in STATES {
        let mut terminal = started(&[], keys, seen);
        terminal.hang_up("x");
        let status = terminal.ended();
        assert!(!status.exited() || status.exit_status() != Some(0), "{keys:?}: {status:?}");
    }
}

#[test]
fn a_broken_terminal_ends_the_program_even_when_no_signal_tells_it() {
    // Only the leader of a session is told, and here that is a shell that does not care.
    let leader = "trap '' HUP; \"$0\"; exit $?";
    let program = env!("CARGO_BIN_EXE_library-tui");
    let mut terminal = Start::command(Path::new("/bin/sh"), &["-c", leader, program]).run();
    terminal.sees("? help").hang_up("?");
    let status = terminal.ended();
    assert!(matches!(status.exit_status(), Some(129 | 2)), "{status:?}");
}

#[test]
fn a_terminal_that_does_not_read_cannot_keep_the_program_from_ending() {
    // More than any terminal takes before somebody reads.
    let dense = "**a** *b* `c` ".repeat(60_000);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dense.md");
    std::fs::write(&path, dense).unwrap();
    let mut terminal = Start::program(&["--width".as_ref(), "200".as_ref(), path.as_os_str()])
        .sized(500, 200)
        .deaf();
    terminal.writes(0, b"\x1b[?2004h");
    let status = terminal.signal(Signal::TERM).ended();
    assert_eq!(status.terminating_signal(), Some(Signal::TERM.as_raw()), "{status:?}");
    terminal.has_its_settings();
}

#[test]
fn a_program_that_cannot_start_its_parts_ends_and_says_so() {
    let program = env!("CARGO_BIN_EXE_library-tui");
    for files in 4..24 {
        let few = format!("ulimit -n {files}; exec \"$0\" names");
        let mut terminal = Start::command(Path::new("/bin/sh"), &["-c", &few, program]).run();
        // Either there are enough files to read keys with, or it ends by itself.
        terminal.wait("a screen or an end", |terminal| {
            terminal.text().contains("A Small Library")
                || terminal.text().contains("from right to left")
                || terminal.is_closed()
        });
        let status = terminal.press("qqq").ended();
        assert!(matches!(status.exit_status(), Some(0 | 2)), "{files} files: {status:?}");
        terminal.is_given_back();
    }
}
