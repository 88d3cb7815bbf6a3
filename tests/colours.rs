//! Colours of what is printed: as many as the terminal has, and none when they are not wanted.

#![expect(clippy::unwrap_used, reason = "a test that cannot start the program has failed")]
#![cfg(unix)]

use std::io::Read;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

/// What the program writes to a terminal in this environment.
fn printed(environment: &[(&str, &str)], arguments: &[&str]) -> String {
    let size = PtySize { rows: 24, cols: 70, ..PtySize::default() };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_library-tui"));
    command.args(["read", "four-primitives"]);
    command.args(arguments);
    command.env_clear();
    command.env("LANG", "C.UTF-8");
    for (name, value) in environment {
        command.env(name, value);
    }
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let (mut bytes, mut chunk) = (vec![], [0; 4096]);
    // The end of a terminal is an error on some systems.
    while let Ok(count @ 1..) = reader.read(&mut chunk) {
        bytes.extend_from_slice(&chunk[..count]);
    }
    assert!(child.wait().unwrap().success());
    String::from_utf8(bytes).unwrap()
}

#[test]
fn no_colour_is_printed_that_is_not_wanted() {
    for environment in [
        &[("TERM", "xterm-256color"), ("NO_COLOR", "1")][..],
        &[("TERM", "xterm"), ("COLORTERM", "truecolor"), ("NO_COLOR", "1")],
        &[("TERM", "dumb")],
        &[("TERM", "dumb"), ("COLORTERM", "truecolor")],
    ] {
        assert!(!printed(environment, &[]).contains('\u{1b}'), "{environment:?}");
    }
    assert!(!printed(&[("TERM", "xterm-256color")], &["--plain"]).contains('\u{1b}'));
}

#[test]
fn no_more_colours_are_printed_than_the_terminal_has() {
    for (environment, true_colour, indexed) in [
        (&[("TERM", "xterm")][..], false, false),
        (&[("TERM", "linux")], false, false),
        (&[("TERM", "xterm-256color")], false, true),
        (&[("TERM", "xterm-256color"), ("NO_COLOR", "")], false, true),
        (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], true, false),
    ] {
        let text = printed(environment, &["--theme", "dark"]);
        assert!(text.contains("\u{1b}["), "{environment:?}");
        assert_eq!(text.contains("38;2;"), true_colour, "{environment:?}");
        assert_eq!(text.contains("38;5;"), indexed, "{environment:?}");
        assert!(!text.contains("\u{1b}[;") && !text.contains("48;"), "{environment:?}");
    }
}

#[test]
fn the_terminal_s_own_colours_are_the_default() {
    let text = printed(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], &[]);
    assert!(text.contains("\u{1b}[") && !text.contains("38;"));
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let text = printed(&[("TERM", "dumb")], &[]);
    assert!(text.lines().all(|line| library_tui::text::width(line) <= 70));
}
