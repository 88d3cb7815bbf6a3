//! Keys that are typed while the terminal is about to answer.

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use crate::tui::picture::inquiry::Part;

/// What is pasted stands between these.
const PASTE: (&[u8], &[u8]) = (b"\x1b[200~", b"\x1b[201~");

/// The longest sequence of a key.
const LONGEST: usize = 32;

/// The key that `bytes`, which are some, begin with.
pub(super) fn key(bytes: &[u8]) -> Part {
    match bytes {
        [0x1b] | [0x1b, b'[' | b'O'] => Part::Open,
        [0x1b, b'[', rest @ ..] if bytes.starts_with(PASTE.0) => {
            let end = bytes.windows(PASTE.1.len()).position(|window| window == PASTE.1);
            let Some(end) = end else { return Part::Open };
            let pasted = rest.get(PASTE.0.len() - 2..end - 2).unwrap_or_default();
            let text = String::from_utf8_lossy(pasted).into_owned();
            Part::Typed(end + PASTE.1.len(), Some(Event::Paste(text)))
        }
        [0x1b, b'[', rest @ ..] => sequence(2, rest),
        [0x1b, b'O', last, ..] => Part::Typed(3, code(*last, "").map(|it| pressed(it, NONE))),
        // Escape twice is the key, and whatever the second begins.
        [0x1b, 0x1b, ..] => Part::Typed(1, single(0x1b)),
        [0x1b, rest @ ..] => match letter(rest) {
            Some((length, code)) => {
                let held = held(rest) | KeyModifiers::ALT;
                Part::Typed(1 + length, Some(pressed(code, held)))
            }
            None => Part::Open,
        },
        _ => match letter(bytes) {
            Some((length, code)) => Part::Typed(length, Some(pressed(code, held(bytes)))),
            None => Part::Open,
        },
    }
}

/// One byte that nothing follows.
pub(super) fn single(byte: u8) -> Option<Event> {
    let (_, code) = letter(&[byte])?;
    let held = held(&[byte]);
    Some(pressed(code, held))
}

/// A control sequence of which `before` bytes are not in `rest`.
pub(super) fn sequence(before: usize, rest: &[u8]) -> Part {
    match rest.iter().position(|byte| (0x40..=0x7e).contains(byte)) {
        Some(at) => {
            let last = rest.get(at).copied().unwrap_or_default();
            let numbers = String::from_utf8_lossy(rest.get(..at).unwrap_or_default()).into_owned();
            let held = modifiers(&numbers);
            let code = code(last, &numbers);
            Part::Typed(before + at + 1, code.map(|it| pressed(it, held)))
        }
        None if rest.len() < LONGEST => Part::Open,
        None => Part::Typed(before, None),
    }
}

const NONE: KeyModifiers = KeyModifiers::NONE;

fn pressed(code: KeyCode, held: KeyModifiers) -> Event {
    Event::Key(KeyEvent::new(code, held))
}

/// The key of a sequence with this end.
fn code(last: u8, numbers: &str) -> Option<KeyCode> {
    let first = numbers.split(';').next().unwrap_or_default();
    Some(match (last, first) {
        (b'A', _) => KeyCode::Up,
        (b'B', _) => KeyCode::Down,
        (b'C', _) => KeyCode::Right,
        (b'D', _) => KeyCode::Left,
        (b'H', _) | (b'~', "1" | "7") => KeyCode::Home,
        (b'F', _) | (b'~', "4" | "8") => KeyCode::End,
        (b'Z', _) => KeyCode::BackTab,
        (b'~', "3") => KeyCode::Delete,
        (b'~', "5") => KeyCode::PageUp,
        (b'~', "6") => KeyCode::PageDown,
        (b'P', _) => KeyCode::F(1),
        _ => return None,
    })
}

/// Shift, Alt and Control are the bits of the second number less one.
fn modifiers(numbers: &str) -> KeyModifiers {
    let bits = numbers.split(';').nth(1).and_then(|it| it.parse::<u8>().ok()).unwrap_or(1);
    let bits = bits.saturating_sub(1);
    let bit = |bit: u8, held| if bits & bit == 0 { NONE } else { held };
    bit(1, KeyModifiers::SHIFT) | bit(2, KeyModifiers::ALT) | bit(4, KeyModifiers::CONTROL)
}

fn held(bytes: &[u8]) -> KeyModifiers {
    match bytes.first() {
        Some(0..=8 | 11 | 12 | 14..=26 | 28..=31) => KeyModifiers::CONTROL,
        _ => NONE,
    }
}

/// The letter that `bytes` begin with, and its length; none when it is not whole.
fn letter(bytes: &[u8]) -> Option<(usize, KeyCode)> {
    let first = *bytes.first()?;
    let code = match first {
        0 => KeyCode::Char(' '),
        b'\t' => KeyCode::Tab,
        b'\r' | b'\n' => KeyCode::Enter,
        0x1b => KeyCode::Esc,
        0x7f => KeyCode::Backspace,
        1..=26 => KeyCode::Char(char::from(first - 1 + b'a')),
        28..=31 => KeyCode::Char(char::from(first - 28 + b'4')),
        _ => {
            let length = match first {
                0..0x80 => 1,
                0xf0.. => 4,
                0xe0.. => 3,
                _ => 2,
            };
            let text = bytes.get(..length)?;
            let letter = std::str::from_utf8(text).ok().and_then(|it| it.chars().next());
            // A byte of no letter is passed over.
            return Some(letter.map_or((1, KeyCode::Null), |it| (length, KeyCode::Char(it))));
        }
    };
    Some((1, code))
}
