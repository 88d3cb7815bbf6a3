//! What a program sends to a terminal, sequence by sequence, and what it may send.

/// One thing sent to a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sequence {
    /// A character that is shown.
    Letter(char),
    /// A control character, ESC excepted.
    Control(u8),
    /// `ESC` and one character.
    Escape(char),
    /// A control sequence: its parameters as they are written, and its final character.
    Csi(String, char),
    /// `OSC`: what is between the introducer and the terminator.
    Command(String),
    /// Anything else, or one that does not end.
    Other(String),
}

use Sequence::{Command, Control, Csi, Escape, Letter, Other};

/// The sequences in `bytes`.
pub(crate) fn sequences(bytes: &[u8]) -> Vec<Sequence> {
    let text = String::from_utf8_lossy(bytes);
    let mut rest = text.chars();
    let mut found = vec![];
    while let Some(c) = rest.next() {
        found.push(match c {
            '\u{1b}' => escape(&mut rest),
            _ if c.is_control() => u8::try_from(c).map_or(Other(c.to_string()), Control),
            _ => Letter(c),
        });
    }
    found
}

fn escape(rest: &mut std::str::Chars<'_>) -> Sequence {
    match rest.next() {
        Some('[') => {
            let mut parameters = String::new();
            for c in rest.by_ref() {
                if ('@'..='~').contains(&c) {
                    return Csi(parameters, c);
                }
                parameters.push(c);
            }
            Other(parameters)
        }
        Some(']') => {
            let mut command = String::new();
            while let Some(c) = rest.next() {
                match c {
                    '\u{7}' => return Command(command),
                    '\u{1b}' if rest.next() == Some('\\') => return Command(command),
                    _ => command.push(c),
                }
            }
            Other(command)
        }
        Some(c) => Escape(c),
        None => Other(String::new()),
    }
}

/// Private modes that may be turned on and off: cursor, alternate screen, bracketed paste.
const MODES: [&str; 3] = ["?25", "?1049", "?2004"];
/// Those of the mouse.
const MOUSE: [&str; 3] = ["?1000", "?1002", "?1006"];

/// What the program has no business to send.
pub(crate) fn unexpected(bytes: &[u8]) -> Vec<Sequence> {
    let mut found = unexpected_with_mouse(bytes);
    let all = sequences(bytes).into_iter();
    found.extend(all.filter(|it| matches!(it, Csi(mode, 'h') if MOUSE.contains(&mode.as_str()))));
    found
}

/// What it has no business to send when it was asked to take the mouse.
pub(crate) fn unexpected_with_mouse(bytes: &[u8]) -> Vec<Sequence> {
    let allowed = |sequence: &Sequence| match sequence {
        Letter(_) | Control(b'\n' | b'\r') | Escape('M') => true,
        Csi(parameters, 'H' | 'J' | 'K' | 'A' | 'B' | 'C' | 'D' | 'm' | 'r') => {
            parameters.chars().all(|c| c.is_ascii_digit() || c == ';')
        }
        Csi(mode, 'h' | 'l') => MODES.iter().chain(&MOUSE).any(|known| known == mode),
        _ => false,
    };
    sequences(bytes).into_iter().filter(|sequence| !allowed(sequence)).collect()
}

/// The numbers of every `SGR` sequence.
pub(crate) fn styles(bytes: &[u8]) -> Vec<Vec<u16>> {
    let styles = sequences(bytes).into_iter().filter_map(|sequence| match sequence {
        Csi(parameters, 'm') => {
            Some(parameters.split(';').filter_map(|number| number.parse().ok()).collect())
        }
        _ => None,
    });
    styles.collect()
}

#[test]
fn what_a_terminal_would_answer_or_obey_is_told_apart() {
    let harmless = b"\x1b[1;2Htext\x1b[0;1m\x1b[?25h\x1bM\x1b[2J\n";
    assert_eq!(unexpected(harmless), []);
    for attack in [
        b"\x1b[6n".as_slice(),
        b"\x1b[c",
        b"\x1b]11;?\x07",
        b"\x1b]2;t\x1b\\",
        b"\x1bPq",
        b"\x1b[?1000h",
        b"\x1b[>1u",
        b"\x07",
        "\u{9b}6n".as_bytes(),
        b"\x1b[",
    ] {
        assert_ne!(unexpected(attack), [], "{attack:?}");
    }
}
