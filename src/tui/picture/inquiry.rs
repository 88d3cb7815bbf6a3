//! What the terminal is asked about pictures, and its answer among the keys.
//!
//! The answer comes as bytes where keys come, and keys may come before, between and after. So
//! while it is waited for, everything that is typed is read here: replies are taken out, and
//! the rest becomes the keys that it is. Nothing is held back, however late the answer is.

mod keys;

use ratatui::crossterm::event::Event;

use crate::tui::picture::{Graphics, Protocol};

/// Four questions and one that every terminal answers, so that its answer ends the others: is a
/// compressed picture of kitty's understood; what is your name; how large is a cell, as iTerm2
/// and as xterm ask; what are you.
pub const QUERY: &str = "\x1b_Gi=32,s=1,v=1,a=q,t=d,f=24,o=z;eJxjYGAAAAADAAE=\x1b\\\
    \x1b[>q\x1b]1337;ReportCellSize\x07\x1b[16t\x1b[c";

/// The longest reply that is waited for, in bytes; more is no reply.
const LONGEST: usize = 512;

/// Terminals that draw, and keep what they drew when text is written over it.
const KEEP: [&str; 3] = ["Konsole", "Warp", "contour"];

/// The first version of kitty that shows a picture in the cells that name it.
const CELLS: (u32, u32) = (0, 28);

/// An answer that is waited for.
#[derive(Debug, Default)]
pub struct Inquiry {
    /// Bytes that do not say yet what they are.
    rest: Vec<u8>,
    answer: Answer,
}

/// What the terminal has answered so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Answer {
    /// What it draws, as it says.
    draws: Vec<Protocol>,
    name: String,
    cell: Option<(u16, u16)>,
    is_whole: bool,
}

/// What bytes begin with.
enum Part {
    /// A reply of so many bytes.
    Reply(usize),
    /// Something that was typed, so many bytes; none when it is to be passed over.
    Typed(usize, Option<Event>),
    /// More bytes are needed.
    Open,
}

impl Inquiry {
    /// Takes bytes from the terminal; what was typed among them.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Event> {
        self.rest.extend(bytes);
        self.read()
    }

    /// No more bytes have come for a while: what waits for more is what it is. What was typed.
    pub fn rest(&mut self) -> Vec<Event> {
        if self.is_reply_open() && self.rest.len() < LONGEST {
            return vec![];
        }
        let mut typed = vec![];
        while let Some(first) = self.rest.first().copied() {
            typed.extend(keys::single(first));
            self.rest.remove(0);
            typed.extend(self.read());
        }
        typed
    }

    /// Whether bytes wait for more bytes.
    pub fn is_open(&self) -> bool {
        !self.rest.is_empty()
    }

    /// Whether a reply has begun that is longer than any key: its end may be long in coming.
    fn is_reply_open(&self) -> bool {
        matches!(self.rest.as_slice(), [0x1b, b'_' | b'P' | b']', _, ..] | [0x1b, b'[', b'?', ..])
    }

    /// Whether the last reply has come.
    pub fn is_over(&self) -> bool {
        self.answer.is_whole && self.rest.is_empty()
    }

    /// How the terminal draws; `cell` is the size of a cell in pixels as the system knows it.
    pub fn graphics(&self, cell: Option<(u16, u16)>) -> Option<Graphics> {
        let answer = &self.answer;
        let cell = answer.cell.or(cell).filter(|(width, height)| *width > 0 && *height > 0)?;
        let is = |names: &[&str]| names.iter().any(|name| answer.name.starts_with(name));
        if is(&KEEP) {
            return None;
        }
        let protocol = if answer.has(Protocol::Kitty) && shows_cells(&answer.name) {
            Protocol::Kitty
        } else if answer.has(Protocol::Iterm2) || is(&["WezTerm", "iTerm2"]) {
            Protocol::Iterm2
        } else if answer.has(Protocol::Sixel) {
            Protocol::Sixel
        } else {
            return None;
        };
        Some(Graphics { protocol, cell })
    }

    fn read(&mut self) -> Vec<Event> {
        let mut typed = vec![];
        let mut at = 0;
        while let Some(bytes) = self.rest.get(at..).filter(|it| !it.is_empty()) {
            at += match part(bytes) {
                Part::Reply(length) => {
                    self.answer.note(bytes.get(..length).unwrap_or_default());
                    length
                }
                Part::Typed(length, event) => {
                    typed.extend(event);
                    length
                }
                Part::Open => break,
            };
        }
        self.rest.drain(..at);
        typed
    }
}

/// What `bytes`, which are some, begin with.
fn part(bytes: &[u8]) -> Part {
    match bytes {
        [0x1b, b'_' | b'P' | b']'] => Part::Open,
        // Alt and a letter, unless a reply goes on behind it.
        [0x1b, b'_', b'G', ..]
        | [0x1b, b'P', b'>' | b'!' | b'0' | b'1', ..]
        | [0x1b, b']', b'0'..=b'9', ..] => string(bytes),
        [0x1b, b'[', b'?', rest @ ..] => reply(rest, b"c", 3),
        [0x1b, b'[', b'6', b';', rest @ ..] => reply(rest, b"t", 4),
        _ => keys::key(bytes),
    }
}

/// A reply that ends with a string terminator or a bell.
fn string(bytes: &[u8]) -> Part {
    let end = bytes.iter().position(|byte| *byte == 7).map(|at| at + 1);
    let terminator = bytes.windows(2).skip(1).position(|two| two == b"\x1b\\").map(|at| at + 3);
    let length = [end, terminator].into_iter().flatten().min();
    match length {
        Some(length) => Part::Reply(length),
        None if bytes.len() < LONGEST => Part::Open,
        None => Part::Typed(1, None),
    }
}

/// A reply of numbers that ends with one of `ends`, after `before` bytes.
fn reply(rest: &[u8], ends: &[u8], before: usize) -> Part {
    let inside = |byte: &u8| byte.is_ascii_digit() || *byte == b';';
    match rest.iter().position(|byte| !inside(byte)) {
        Some(at) if rest.get(at).is_some_and(|byte| ends.contains(byte)) => {
            Part::Reply(before + at + 1)
        }
        Some(_) => keys::sequence(before, rest),
        None => Part::Open,
    }
}

impl Answer {
    fn has(&self, protocol: Protocol) -> bool {
        self.draws.contains(&protocol)
    }

    fn note(&mut self, reply: &[u8]) {
        let text = String::from_utf8_lossy(reply);
        let text = text.trim_end_matches(['\u{7}', '\\', '\u{1b}']);
        if let Some(rest) = text.strip_prefix("\x1b_G") {
            let is_drawn = rest.contains("i=32") && rest.ends_with(";OK");
            self.draws.extend(is_drawn.then_some(Protocol::Kitty));
        } else if let Some(name) = text.strip_prefix("\x1bP>|") {
            name.clone_into(&mut self.name);
        } else if let Some(sizes) = text.strip_prefix("\x1b]1337;ReportCellSize=") {
            self.draws.push(Protocol::Iterm2);
            let sizes: Vec<f64> = sizes.split(';').filter_map(|it| it.parse().ok()).collect();
            if let [height, width, scale @ ..] = sizes.as_slice() {
                let scale = scale.first().copied().unwrap_or(1.0);
                self.cell = self.cell.or(pixels(width * scale).zip(pixels(height * scale)));
            }
        } else if let Some(sizes) = text.strip_prefix("\x1b[6;").and_then(|it| it.strip_suffix('t'))
        {
            let size = sizes.split_once(';');
            let size = size.and_then(|(high, wide)| Some((wide.parse().ok()?, high.parse().ok()?)));
            self.cell = size.or(self.cell);
        } else if let Some(list) = text.strip_prefix("\x1b[?").and_then(|it| it.strip_suffix('c')) {
            let is_drawn = list.split(';').skip(1).any(|it| it == "4");
            self.draws.extend(is_drawn.then_some(Protocol::Sixel));
            self.is_whole = true;
        }
    }
}

/// Whether the terminal of this name shows pictures by cells that name them. Many that take
/// kitty's pictures show the cells as boxes, so that only those that are known to are trusted.
fn shows_cells(name: &str) -> bool {
    let Some(version) = name.strip_prefix("kitty(") else {
        return name.starts_with("ghostty");
    };
    let mut numbers = version.split(['.', ')']).map(str::parse);
    matches!((numbers.next(), numbers.next()), (Some(Ok(major)), Some(Ok(minor))) if (major, minor) >= CELLS)
}

#[expect(clippy::cast_sign_loss, reason = "it is above 0")]
fn pixels(length: f64) -> Option<u16> {
    (1.0..4096.0).contains(&length).then(|| length.round() as u16)
}

#[cfg(test)]
mod tests {
    use ratatui::crossterm::event::Event;

    use super::*;
    use crate::tui::key::Key;

    const KITTY: &[u8] = b"\x1b_Gi=32;OK\x1b\\\x1bP>|kitty(0.38.0)\x1b\\\x1b[6;20;10t\x1b[?62;52;c";
    const FOOT: &[u8] = b"\x1bP>|foot(1.20)\x1b\\\x1b[6;18;9t\x1b[?62;4;22;28c";
    const ITERM: &[u8] = b"\x1b_Gi=32;OK\x1b\\\x1bP>|iTerm2 3.6\x1b\\\
        \x1b]1337;ReportCellSize=17.0;8.0;2.0\x1b\\\x1b[?62;4c";
    const XTERM: &[u8] = b"\x1bP>|XTerm(390)\x1b\\\x1b[6;16;8t\x1b[?64;1;2;6;9;15c";

    fn names(events: Vec<Event>) -> String {
        let name = |event| match event {
            Event::Key(key) => Key::from(key).to_string(),
            Event::Paste(text) => format!("paste:{text}"),
            other => format!("{other:?}"),
        };
        events.into_iter().map(name).collect::<Vec<_>>().join(" ")
    }

    fn answered(bytes: &[u8]) -> (Option<Graphics>, String) {
        let mut inquiry = Inquiry::default();
        let typed = names(inquiry.take(bytes));
        assert!(inquiry.is_over());
        (inquiry.graphics(None), typed)
    }

    #[test]
    fn a_terminal_draws_in_the_language_that_it_answers_in() {
        let draws = |protocol, cell| (Some(Graphics { protocol, cell }), String::new());
        assert_eq!(answered(KITTY), draws(Protocol::Kitty, (10, 20)));
        assert_eq!(answered(FOOT), draws(Protocol::Sixel, (9, 18)));
        assert_eq!(answered(ITERM), draws(Protocol::Iterm2, (16, 34)));
        assert_eq!(answered(XTERM), (None, String::new()));
        assert_eq!(answered(b"\x1b[?6c"), (None, String::new()));
        // One that refuses, and one whose cells nobody knows.
        assert_eq!(answered(b"\x1b_Gi=32;ENOTSUPP\x1b\\\x1b[6;9;9t\x1b[?62c").0, None);
        let cells_unknown = b"\x1b_Gi=32;OK\x1b\\\x1bP>|kitty(0.38.0)\x1b\\\x1b[?62c";
        assert_eq!(answered(cells_unknown).0, None);
        let mut inquiry = Inquiry::default();
        inquiry.take(cells_unknown);
        assert_eq!(inquiry.graphics(Some((7, 15))).map(|it| it.cell), Some((7, 15)));
    }

    #[test]
    fn only_terminals_that_show_pictures_by_cells_are_given_them_so() {
        let drawn = |name: &str, attributes: &str| {
            let bytes =
                format!("\x1b_Gi=32;OK\x1b\\\x1bP>|{name}\x1b\\\x1b[6;20;10t\x1b[?62{attributes}c");
            answered(bytes.as_bytes()).0.map(|it| it.protocol)
        };
        for name in ["kitty(0.28.0)", "kitty(0.41.1)", "kitty(1.0.0)", "ghostty 1.2.0"] {
            assert_eq!(drawn(name, ";4"), Some(Protocol::Kitty), "{name}");
        }
        for name in ["kitty(0.26.5)", "kitty", "kitty()", "xterm.js(5.6.0)", "another 9.9", ""] {
            assert_eq!(drawn(name, ""), None, "{name}");
            assert_eq!(drawn(name, ";4"), Some(Protocol::Sixel), "{name}");
        }
        assert_eq!(drawn("WezTerm 20240203", ";4"), Some(Protocol::Iterm2));
    }

    #[test]
    fn nothing_is_drawn_where_it_would_stay_below_the_text() {
        for name in ["Konsole 22.12.3", "Warp(v0.2026)", "contour 0.6.1"] {
            let bytes = format!(
                "\x1b_Gi=32;OK\x1b\\\x1bP>|{name}\x1b\\\x1b]1337;ReportCellSize=17.0;8.0\x1b\\\x1b[?62;4c"
            );
            assert_eq!(answered(bytes.as_bytes()).0, None, "{name}");
        }
    }

    #[test]
    fn keys_before_between_and_after_are_kept_wherever_the_bytes_are_parted() {
        let replies: [&[u8]; 4] =
            [b"\x1b_Gi=32;OK\x1b\\", b"\x1bP>|ghostty\x1b\\", b"\x1b[6;20;10t", b"\x1b[?62;4c"];
        let typed: [&[u8]; 4] =
            [b"jG\x04", b"\x1b[A\x1b[6~\x1b[1;3D", "é\x1bx\x1b[Z".as_bytes(), b"\x1bOB\r\x7f"];
        let mut all = vec![];
        for (keys, reply) in typed.iter().zip(replies) {
            all.extend_from_slice(keys);
            all.extend_from_slice(reply);
        }
        let wanted = "j G Ctrl-d Up PageDown Alt-Left é Alt-x Shift-Tab Down Enter Backspace";
        for cut in 0..all.len() {
            let mut inquiry = Inquiry::default();
            let mut events = inquiry.take(&all[..cut]);
            events.extend(inquiry.take(&all[cut..]));
            assert_eq!(names(events), wanted, "parted at {cut}");
            assert!(inquiry.is_over());
            assert_eq!(inquiry.graphics(None).map(|it| it.protocol), Some(Protocol::Kitty));
        }
        let mut inquiry = Inquiry::default();
        let events = all.iter().flat_map(|byte| inquiry.take(&[*byte])).collect();
        assert_eq!(names(events), wanted);
    }

    #[test]
    fn an_escape_that_nothing_follows_is_the_key_and_a_reply_is_waited_for() {
        let mut inquiry = Inquiry::default();
        assert_eq!(names(inquiry.take(b"\x1b")), "");
        assert!(inquiry.is_open());
        assert_eq!(names(inquiry.rest()), "Esc");
        assert!(!inquiry.is_open());
        assert_eq!(names(inquiry.take(b"\x1b_Gi=3")), "");
        assert_eq!(names(inquiry.rest()), "");
        assert_eq!(names(inquiry.take(b"2;OK\x1b\\j")), "j");
        assert_eq!(names(inquiry.take(b"\x1b[")), "");
        assert_eq!(names(inquiry.rest()), "Esc [");
        assert_eq!(names(inquiry.take(b"\x1b\x1b[B")), "Esc Down");
    }

    #[test]
    fn what_is_pasted_stays_together_and_nonsense_does_no_harm() {
        let mut inquiry = Inquiry::default();
        assert_eq!(names(inquiry.take(b"\x1b[200~a\x1b[?6")), "");
        assert_eq!(names(inquiry.take(b"c\nb\x1b[201~j")), "paste:a\x1b[?6c\nb j");
        assert_eq!(names(inquiry.take(b"\x1b[<0;3;4M\x1b[99;99xk")), "k");
        let mut inquiry = Inquiry::default();
        let mut noise = b"\x1b_G".to_vec();
        noise.extend([b'x'; 2 * LONGEST]);
        inquiry.take(&noise);
        assert!(!inquiry.is_open(), "what does not end is not waited for");
        for byte in 0..=255u8 {
            for start in [b"\x1b".as_slice(), b"\x1b[", b"\x1b[?", b"\x1bO", b"\x1b]", b"\xf0\x9f"]
            {
                let mut inquiry = Inquiry::default();
                inquiry.take(start);
                inquiry.take(&[byte]);
                inquiry.rest();
            }
        }
    }
}
