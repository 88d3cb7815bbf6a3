//! What the environment says about colours, letters and the terminal is honoured to the byte.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;

use crate::terminal::pty::Start;
use crate::terminal::sequences::{Sequence, sequences, styles, unexpected};

/// Everything that a visit to every kind of screen writes.
fn visit(start: Start) -> Vec<u8> {
    let mut terminal = start.run();
    terminal.sees("Log, then acknowledge").sees("? help");
    terminal.press("\t").press("o").sees("Enter choose").press("\x03").misses("Enter choose");
    terminal.press("/log\r").sees("n next").press("\x1b").misses("n next");
    terminal.press("x").sees("Enter choose").press("\x03").misses("Enter choose");
    terminal.press("q").sees("Compaction:").press("q").sees("Start here").press("q");
    assert_eq!(terminal.ended().exit_status(), Some(0));
    terminal.is_given_back();
    std::mem::take(&mut terminal.bytes)
}

fn article() -> Start {
    Start::program(&["write-ahead-log"])
}

/// Whether a colour is chosen: of the sixteen, of the 256, of all.
fn colours(bytes: &[u8]) -> (bool, bool, bool) {
    let has = |wanted: &dyn Fn(&[u16]) -> bool| styles(bytes).iter().any(|style| wanted(style));
    let sixteen = |number: &u16| matches!(number, 30..=37 | 40..=47 | 90..=97 | 100..=107);
    (
        has(&|style| !matches!(style, [38 | 48, ..]) && style.iter().any(sixteen)),
        has(&|style| matches!(style, [38 | 48, 5, ..])),
        has(&|style| matches!(style, [38 | 48, 2, ..])),
    )
}

#[test]
fn without_colour_there_is_none_and_the_selection_is_still_seen() {
    for start in [
        article().env("NO_COLOR", "1"),
        article().env("NO_COLOR", "1").env("COLORTERM", "truecolor"),
        article().env("TERM", "dumb"),
        Start::program(&["--theme", "dark", "write-ahead-log"]).env("NO_COLOR", "yes"),
    ] {
        let bytes = visit(start);
        assert_eq!(colours(&bytes), (false, false, false));
        assert!(styles(&bytes).iter().any(|style| style.contains(&7)), "nothing is reversed");
        assert!(styles(&bytes).iter().any(|style| style.contains(&1)), "nothing is bold");
    }
}

#[test]
fn colours_are_as_deep_as_the_terminal_says() {
    let dark = || Start::program(&["--theme", "dark", "write-ahead-log"]);
    let (_, many, all) = colours(&visit(dark().env("TERM", "xterm-256color")));
    assert!(many && !all, "256 colours");
    let (_, _, all) = colours(&visit(dark().env("COLORTERM", "truecolor")));
    assert!(all, "true colour");
    for term in ["xterm", "linux", "vt100", "screen"] {
        let (sixteen, many, all) = colours(&visit(dark().env("TERM", term)));
        assert!(sixteen && !many && !all, "{term}");
    }
}

#[test]
fn an_empty_no_color_means_nothing() {
    let (_, many, _) = colours(&visit(
        Start::program(&["--theme", "light", "write-ahead-log"]).env("NO_COLOR", ""),
    ));
    assert!(many);
}

#[test]
fn the_usual_theme_sets_no_background() {
    let bytes = visit(article().env("COLORTERM", "truecolor"));
    let is_background = |number: &u16| matches!(number, 40..=48 | 100..=107);
    assert!(!styles(&bytes).iter().flatten().any(is_background));
}

#[test]
fn no_style_is_written_without_a_number() {
    let empty = |sequence: &Sequence| matches!(sequence, Sequence::Csi(it, 'm') if it.starts_with(';') || it.ends_with(';'));
    assert!(!sequences(&visit(article())).iter().any(empty));
}

#[test]
fn without_utf_8_every_letter_is_ascii() {
    for (name, value) in [
        ("LC_ALL", "C"),
        ("LC_ALL", "POSIX"),
        ("LC_ALL", "de_DE.ISO-8859-1"),
        ("LANG", "C"),
        ("TERM", "linux"),
        ("LC_ALL", ""),
    ] {
        let start = article().without("LC_ALL").env("LANG", "C.UTF-8").env(name, value);
        let bytes = visit(if value.is_empty() { start.without("LANG") } else { start });
        assert!(bytes.is_ascii(), "{name}={value}: {}", String::from_utf8_lossy(&bytes));
    }
    assert!(!visit(article()).is_ascii(), "ornaments are ASCII with UTF-8 too");
}

#[test]
fn arguments_that_are_not_unicode_are_taken() {
    let mut terminal = Start::program(&[OsString::from_vec(b"sl\xffow".to_vec())]).run();
    terminal.sees("find").press("\x03\x03");
    assert_eq!(terminal.ended().exit_status(), Some(0));
    let mut terminal = Start::program(&[OsString::from_vec(b"./\xff\x1b[31m.md".to_vec())]).run();
    assert_eq!(terminal.ended().exit_status(), Some(1));
    assert_eq!(unexpected(&terminal.bytes), []);
}

#[test]
fn it_starts_with_nothing_in_the_environment() {
    let mut start = Start::program(&["names"]);
    for name in ["TERM", "LC_ALL", "PATH"] {
        start = start.without(name);
    }
    let mut terminal = start.run();
    terminal.sees("from right to left").sees("? help").press("qqq");
    assert_eq!(terminal.ended().exit_status(), Some(0));
}
