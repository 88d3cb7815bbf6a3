//! What is copied goes where it can go, and no more is said than is known.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::terminal::pty::Start;

/// A program for the clipboard that does what `script` says.
fn tool(folder: &Path, name: &str, script: &str) {
    let path = folder.join(name);
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
}

fn with_tools(folder: &Path) -> Start {
    let path = format!("{}:/usr/local/bin:/usr/bin:/bin", folder.display());
    Start::program(&["handshake"]).env("PATH", &path)
}

#[test]
fn what_is_copied_goes_into_the_file_that_was_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("clip.txt");
    let mut terminal = Start::program(&["--write", file.to_str().unwrap(), "handshake"]).run();
    terminal.sees("? help").press("y").sees("Written to ").sees("(9 bytes)");
    assert_eq!(fs::read_to_string(&file).unwrap(), "handshake");
    terminal.press("v)y").misses("(9 bytes)").sees("Written to ");
    assert_ne!(fs::read_to_string(&file).unwrap(), "handshake");
    let nowhere = folder.path().join("none/clip.txt");
    let mut terminal = Start::program(&["--write", nowhere.to_str().unwrap(), "handshake"]).run();
    terminal.sees("? help").press("y").sees("Not copied: ");
}

#[test]
fn a_program_of_the_desktop_is_asked_before_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let taken = folder.path().join("taken");
    tool(folder.path(), "xclip", &format!("cat > {}", taken.display()));
    let mut terminal = with_tools(folder.path()).env("DISPLAY", ":9").run();
    terminal.sees("? help").press("y").sees("Copied, by xclip");
    assert_eq!(fs::read_to_string(&taken).unwrap(), "handshake");
    assert!(!terminal.bytes.windows(5).any(|it| it == b"\x1b]52;"), "the terminal was asked too");
}

#[test]
fn a_program_that_fails_or_does_not_end_has_not_copied() {
    for script in ["exit 1", "exec sleep 600"] {
        let folder = tempfile::tempdir().unwrap();
        tool(folder.path(), "wl-copy", script);
        let mut terminal = with_tools(folder.path()).env("WAYLAND_DISPLAY", "w").run();
        terminal.sees("? help").press("y").sees("Not copied: wl-copy did not take it");
    }
}

#[test]
fn the_terminal_is_asked_and_what_it_did_is_not_known() {
    let mut terminal = Start::program(&["handshake"]).run();
    terminal.sees("? help").press("y").sees("Copied, if your terminal takes OSC 52");
    terminal.writes(0, b"\x1b]52;c;aGFuZHNoYWtl\x07");
    let empty = tempfile::tempdir().unwrap();
    let path = empty.path().to_str().unwrap();
    let inside = Start::program(&["handshake"]).env("TMUX", "/tmp/x,1,0").env("PATH", path);
    let mut terminal = inside.run();
    terminal.sees("? help").press("y").sees("Copied, if tmux (set-clipboard on)");
    terminal.writes(0, b"\x1bPtmux;\x1b\x1b]52;c;aGFuZHNoYWtl\x07\x1b\\");
}
