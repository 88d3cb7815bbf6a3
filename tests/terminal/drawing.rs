//! Pictures in a terminal that draws, and in those that do not.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::terminal::pty::{Start, Terminal};

/// A PNG of one colour.
fn png(width: u32, height: u32) -> Vec<u8> {
    let row = [vec![0], [200, 30, 60].repeat(width as usize)].concat();
    let pixels = row.repeat(height as usize);
    let header =
        [&width.to_be_bytes(), &height.to_be_bytes(), [8u8, 2, 0, 0, 0].as_slice()].concat();
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, data) in [
        (b"IHDR", header),
        (b"IDAT", miniz_oxide::deflate::compress_to_vec_zlib(&pixels, 6)),
        (b"IEND", vec![]),
    ] {
        bytes.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        let chunk = [name.as_slice(), &data].concat();
        bytes.extend_from_slice(&chunk);
        bytes.extend(checksum(&chunk).to_be_bytes());
    }
    bytes
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 };
        }
    }
    !sum
}

/// A folder with a text and a picture.
fn folder(picture: &[u8]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("cat.png"), picture).unwrap();
    let text = "# Notes\n\n![A cat](cat.png)\n\n".to_owned() + &"Text below.\n\n".repeat(60);
    fs::write(folder.path().join("a.md"), text + "The end.\n").unwrap();
    folder
}

fn open(folder: &Path) -> Start {
    Start::program(&[folder.join("a.md").to_str().unwrap()])
}

fn has(terminal: &Terminal, bytes: &[u8]) -> bool {
    terminal.bytes.windows(bytes.len()).any(|window| window == bytes)
}

/// The beginnings of every question and of every picture.
const GRAPHICS: [&[u8]; 6] =
    [b"\x1b_G", b"\x1b[c", b"\x1b[>q", b"\x1b[16t", b"\x1b]1337", b"\x1bP"];
#[cfg(feature = "images")]
const KITTY: &str = "\x1b_Gi=32;OK\x1b\\\x1bP>|kitty(0.40)\x1b\\\x1b[6;20;10t\x1b[?62;52c";

#[cfg(feature = "images")]
#[test]
fn kitty_is_asked_answers_among_keys_and_draws() {
    let folder = folder(&png(100, 60));
    let mut terminal = open(folder.path()).run();
    terminal.sees("[image: A cat] (cat.png, PNG 100×60)");
    let asked = terminal.writes(0, b"\x1b[c");
    // Keys come before the answer, in the midst of it, and behind it.
    let (first, rest) = KITTY.split_at(5);
    terminal.press("G").sees("The end.");
    terminal.press(format!("gg/{first}"));
    terminal.press(format!("{rest}bel\x1b[Dx")).sees("/bexl");
    // On its own: with a letter in the same read it would be Alt and that letter.
    terminal.press("\x1b").misses("/bexl");
    terminal.writes(asked, b"\x1b_Gq=2,");
    terminal.wait("the picture", |it| it.text().contains('\u{10eeee}'));
    terminal.misses("[image");
    // Half of it, and none.
    terminal.press("jjj").wait("half", |it| it.text().matches('\u{10eeee}').count() < 30);
    terminal.press("jjjj").wait("nothing", |it| !it.text().contains('\u{10eeee}'));
    terminal.press("\x03").ended();
    assert!(has(&terminal, b"\x1b_Gq=2,a=d,d=I,i="), "it is left with the terminal");
    terminal.is_given_back();
}

#[cfg(feature = "images")]
#[test]
fn a_sixel_is_drawn_whole() {
    let folder = folder(&png(100, 60));
    let mut terminal = open(folder.path()).run();
    let asked = terminal.writes(0, b"\x1b[c");
    terminal.press("\x1b[6;20;10t\x1b[?62;4;22c");
    terminal.writes(asked, b"\x1bP");
    terminal.misses("[image").press("jjj").sees("Text").press("gg?").sees("Esc close");
    terminal.press("\x1b").misses("Esc close").press("\x03").ended();
    terminal.is_given_back();
}

#[cfg(feature = "images")]
#[test]
fn a_terminal_that_draws_nothing_or_never_answers_is_read_in_as_ever() {
    let folder = folder(&png(100, 60));
    for answer in ["\x1b[?62;22c", ""] {
        let mut terminal = open(folder.path()).run();
        terminal.writes(0, b"\x1b[c");
        terminal.press(answer).press("G").sees("The end.").press("gg").sees("PNG 100×60");
        terminal.press("\x03").ended();
        assert_eq!(terminal.bytes.windows(3).filter(|it| it == b"\x1b_G").count(), 1);
        terminal.is_given_back();
    }
}

#[cfg(feature = "images")]
#[test]
fn a_picture_that_is_cut_off_says_so() {
    let whole = png(100, 60);
    let folder = folder(&whole[..whole.len() - 30]);
    let mut terminal = open(folder.path()).run();
    terminal.writes(0, b"\x1b[c");
    terminal.press(KITTY).sees("not drawn: it is damaged").press("G").sees("The end.");
    terminal.press("\x03").ended();
}

#[test]
fn nothing_is_asked_where_something_stands_between_or_nobody_wants_pictures() {
    let folder = folder(&png(100, 60));
    let settings = tempfile::tempdir().unwrap();
    let config = settings.path().join("library-tui");
    fs::create_dir(&config).unwrap();
    fs::write(config.join("config.toml"), "[reader]\nimages = \"never\"\n").unwrap();
    let config = settings.path().to_str().unwrap();
    for (name, value) in [
        ("TMUX", "/tmp/tmux-0/default,1,0"),
        ("STY", "1.tty"),
        ("TERM", "screen-256color"),
        ("TERM", "tmux-256color"),
        ("NCURSES_NO_UTF8_ACS", "1"),
        ("XDG_CONFIG_HOME", config),
    ] {
        let mut terminal = open(folder.path()).env(name, value).run();
        terminal.sees("[image: A cat] (cat.png, PNG 100×60)").press("G").sees("The end.");
        terminal.press("\x03").ended();
        assert!(!GRAPHICS.iter().any(|bytes| has(&terminal, bytes)), "{name}={value}");
    }
}

#[test]
fn a_text_without_pictures_costs_no_byte() {
    let folder = folder(&png(1, 1));
    let path = folder.path().join("b.md");
    fs::write(&path, "# Notes\n\n![A cat](https://example.com/cat.png)\n\nText.\n").unwrap();
    for name in [path.to_str().unwrap(), "handshake"] {
        let mut terminal = Start::program(&[name]).run();
        terminal.sees("? help").press("G").press("?").sees("Esc close").press("\x03\x03").ended();
        assert!(!GRAPHICS.iter().any(|bytes| has(&terminal, bytes)), "{name}");
    }
}
