//! Starting, reading, resizing, pasting.

use std::fs;
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;

use crate::terminal::pty::{Start, Terminal};
use crate::terminal::sequences::{Sequence, sequences, unexpected, unexpected_with_mouse};

const NOTHING: [&str; 0] = [];

fn home() -> Terminal {
    let mut terminal = Start::program(&NOTHING).run();
    terminal.sees("Start here").sees("? help");
    terminal
}

fn article() -> Terminal {
    let mut terminal = Start::program(&["handshake"]).run();
    terminal.sees("Neither side may send data").sees("? help");
    terminal
}

#[test]
fn it_starts_with_the_home_screen() {
    let mut terminal = home();
    terminal.sees("Storage Engines").is_taken();
    terminal.press("q");
    assert_eq!(terminal.ended().exit_status(), Some(0));
    terminal.is_given_back();
}

#[test]
fn two_keys_open_an_article() {
    home().press("j\r").sees("A page is changed in memory first");
}

#[test]
fn an_article_a_heading_a_file_or_a_query_can_be_named() {
    article();
    Start::program(&["networks/names"]).run().sees("A name is looked up from right to left");
    Start::program(&["handshake#what-it-costs"]).run().sees("Between Frankfurt and Sydney");
    Start::program(&["slow", "start"]).run().sees("› slow start").sees("1 of");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.md");
    fs::write(&path, "# My notes\n\nSome text.\n").unwrap();
    Start::program(&[path]).run().sees("My notes").sees("Some text.");
}

#[test]
fn a_file_that_is_saved_while_it_is_previewed_is_shown_as_it_is_now() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("draft.md");
    fs::write(&path, "# Draft\n\nThe old text.\n").unwrap();
    let mut terminal = Start::program(&["preview".as_ref(), path.as_os_str()]).run();
    terminal.sees("The old text.").sees("? help");
    fs::write(&path, "# Draft\n\nThe new text.\n").unwrap();
    terminal.sees("The new text.");
    // As editors save: a new file takes the place of the old one.
    let other = folder.path().join("draft.md~");
    fs::write(&other, "# Draft\n\nThe newest text.\n").unwrap();
    fs::rename(&other, &path).unwrap();
    terminal.sees("The newest text.").press("qqq");
    assert_eq!(terminal.ended().exit_status(), Some(0));
}

#[test]
fn a_folder_is_searched_and_its_file_opens_at_the_hit() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("animals.md"), "# Animals\n\nA zebra has stripes.\n").unwrap();
    fs::write(folder.path().join("plants.md"), "# Plants\n\nA fern has none.\n").unwrap();
    let mut terminal = Start::program(&[folder.path()]).run();
    terminal.sees("search").press("zebra").sees("1 of 1 place");
    terminal.press("\r").misses("1 of 1 place").sees("A zebra has stripes.").press("\x03");
    assert_eq!(terminal.ended().exit_status(), Some(0));
}

#[test]
fn what_cannot_be_opened_is_said_before_the_terminal_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let binary = folder.path().join("x.bin");
    fs::write(&binary, b"a\0b").unwrap();
    for (name, code) in [(binary, 2), ("./none.md".into(), 1)] {
        let mut terminal = Start::program(&[&name]).run();
        assert_eq!(terminal.ended().exit_status(), Some(code), "{name:?}");
        terminal.is_given_back();
        assert!(!terminal.text().is_empty());
        let entered = Sequence::Csi("?1049".into(), 'h');
        assert!(!sequences(&terminal.bytes).contains(&entered), "{name:?}");
    }
}

#[test]
fn another_size_is_another_arrangement_at_the_same_place() {
    let mut terminal = article();
    terminal.press("}}}").sees("What it costs").misses("Three packets");
    terminal.resize(160, 48).sees("› What it costs");
    terminal.resize(40, 12).sees("What it costs").misses("Why not two");
    terminal.resize(20, 5).sees("What it costs");
    terminal.resize(80, 24).sees("? help").sees("What it costs").misses("Three packets");
    terminal.press("qqq");
    assert_eq!(terminal.ended().exit_status(), Some(0));
}

#[test]
fn a_key_that_comes_in_the_moment_of_a_new_size_is_taken() {
    let mut terminal = article();
    for columns in (80..120).chain(80..120) {
        terminal.resize(columns, 24).press("o").sees("Enter choose");
        terminal.press("\x03").misses("Enter choose");
    }
    terminal.press("qqq");
    assert_eq!(terminal.ended().exit_status(), Some(0));
}

#[test]
fn what_arrives_after_the_terminal_became_one_cell_is_taken() {
    let mut terminal = Start::command(Path::new("/bin/cat"), &[] as &[&str]).run();
    terminal.resize(1, 1).press("漢字🦀\n").writes(0, "漢字🦀\r\n漢字🦀".as_bytes());
    terminal.press("\x04");
    assert_eq!(terminal.ended().exit_status(), Some(0));
}

#[test]
fn a_terminal_of_no_size_is_waited_for() {
    let mut terminal = Start::program(&NOTHING).sized(0, 0).run();
    terminal.writes(0, b"\x1b[?2004h");
    terminal.resize(80, 24).sees("Start here");
    let drawn = terminal.bytes.len();
    terminal.resize(1, 1);
    terminal.wait("one cell", |terminal| terminal.bytes.len() > drawn);
    terminal.resize(120, 40);
    terminal.press("q");
    assert_eq!(terminal.ended().exit_status(), Some(0));
    terminal.is_given_back();
}

#[test]
fn a_paste_is_text_and_never_keys() {
    let mut terminal = article();
    let paste = format!("\x1b[200~{}\x1b[201~", "qqq:quit\r\x03".repeat(100_000));
    terminal.press(&paste).press("o").sees("Enter choose");
    terminal.press("\x1b").misses("Enter choose").press("/\x1b[200~SYN\x1b[201~").sees("1 of 8");
    terminal.press("\r").sees("n next").press("qqq");
    assert_eq!(terminal.ended().exit_status(), Some(0));
}

#[test]
fn the_mouse_is_the_terminal_s_unless_it_is_asked_for() {
    let mut terminal = article();
    assert_eq!(unexpected(&terminal.bytes), []);
    terminal.press("qqq").ended();

    let mut terminal = Start::program(&["--mouse", "handshake"]).run();
    terminal.sees("? help").press("\x1b[<65;10;10M".repeat(3)).misses("Count the packets");
    assert_ne!(terminal.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    assert_eq!(unexpected_with_mouse(&terminal.bytes), []);
    terminal.press("qqq");
    assert_eq!(terminal.ended().exit_status(), Some(0));
    terminal.is_given_back();
}

#[test]
fn copying_sends_one_clipboard_sequence() {
    let mut terminal = article();
    terminal.press("y").sees("Copied").press("qqq");
    terminal.ended();
    let copies = [Sequence::Command("52;c;aGFuZHNoYWtl".into())];
    assert_eq!(unexpected(&terminal.bytes), copies);
}

#[test]
fn a_lab_without_a_browser_is_served_and_written_as_long_as_the_program_runs() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = folder.path().to_str().unwrap();
    let mut terminal = Start::program::<&str>(&[]).env("XDG_RUNTIME_DIR", runtime).run();
    terminal
        .sees("? help")
        .press("gblGo")
        .sees("did not come with")
        .press("\r")
        .sees("USER@HOST")
        .sees("http://127.0.0.1:");
    let text = terminal.text();
    let (_, address) = text.split_once("http://127.0.0.1:").unwrap();
    let port: u16 = address.split('/').next().unwrap().parse().unwrap();
    let connects = || TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok();
    assert!(connects());
    let files = || fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(files(), 0);
    terminal.press("e").sees("until you leave the reader");
    assert_eq!(files(), 1);
    terminal.press("qqqq");
    assert_eq!(terminal.ended().exit_status(), Some(0));
    assert_eq!(files(), 0, "the lab's page was left behind");
    assert!(!connects(), "the port is still open");
    let links = |sequence: &Sequence| match sequence {
        Sequence::Command(it) => it
            .strip_prefix("8;")
            .is_some_and(|it| it == ";" || it.starts_with("id=lab;http://127.0.0.1:")),
        _ => false,
    };
    let sent = unexpected(&terminal.bytes);
    assert!(!sent.is_empty() && sent.iter().all(links), "{sent:?}");
}
