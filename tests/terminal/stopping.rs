//! Stopping and going on again.

use std::path::Path;

use rustix::process::Signal;

use crate::terminal::pty::{Start, Terminal};

fn article() -> Terminal {
    let mut terminal = Start::program(&["handshake"]).run();
    terminal.sees("Neither side may send data").sees("? help").is_taken();
    terminal
}

/// The terminal is whole while the program is stopped, and the program is whole afterwards.
fn goes_on(mut terminal: Terminal) {
    terminal.wait("the screen before", |terminal| !terminal.screen().alternate_screen());
    terminal.wait("the cursor", |terminal| !terminal.screen().hide_cursor()).is_given_back();
    let stopped = terminal.bytes.len();
    terminal.signal(Signal::CONT);
    terminal.writes(stopped, b"\x1b[?1049h");
    terminal.sees("Neither side may send data").sees("? help").is_taken();
    terminal.press("qqq");
    assert_eq!(terminal.ended().exit_status(), Some(0));
    terminal.is_given_back();
}

#[test]
fn control_z_stops_the_program_and_it_goes_on() {
    let mut terminal = article();
    terminal.press("\x1a").stopped();
    goes_on(terminal);
}

#[test]
fn control_z_works_while_a_query_is_typed() {
    for prompt in ["/syn", "\x10syn", "?"] {
        let mut terminal = article();
        terminal.press(prompt).press("\x1a").stopped();
        terminal.wait("the cursor", |terminal| !terminal.screen().hide_cursor());
        terminal.wait("the screen before", |terminal| !terminal.screen().alternate_screen());
        terminal.is_given_back();
    }
}

#[test]
fn a_stop_signal_stops_the_program_and_it_goes_on() {
    let mut terminal = article();
    terminal.signal(Signal::TSTP).stopped();
    goes_on(terminal);
}

#[test]
fn a_stopped_program_can_be_ended() {
    let mut terminal = article();
    terminal.press("\x1a").stopped();
    terminal.signal(Signal::TERM).signal(Signal::CONT);
    assert_eq!(terminal.ended().terminating_signal(), Some(Signal::TERM.as_raw()));
    terminal.is_given_back();
}

#[test]
fn a_new_size_while_stopped_is_seen_when_it_goes_on() {
    let mut terminal = article();
    terminal.press("\x1a").stopped();
    terminal.wait("the screen before", |terminal| !terminal.screen().alternate_screen());
    terminal.resize(160, 48).signal(Signal::CONT);
    terminal.sees("› Three packets").press("qqq");
    assert_eq!(terminal.ended().exit_status(), Some(0));
}

#[test]
fn a_shell_takes_the_terminal_and_gives_it_back() {
    let script = "set -m; \"$0\" names; echo \"stopped: $?\"; read answer; fg; echo \"done: $?\"";
    let program = env!("CARGO_BIN_EXE_library-tui");
    let mut terminal = Start::command(Path::new("/bin/sh"), &["-c", script, program]).run();
    terminal.sees("from right to left").sees("? help").is_taken();
    terminal.press("\x1a").sees("stopped: ").is_given_back();
    terminal.press("\n").sees("from right to left").sees("? help").is_taken();
    terminal.press("\x1a").sees("done: ");
    terminal.ended();
}
