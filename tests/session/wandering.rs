//! Whatever is pressed, pasted, clicked or resized, in any order, the screen stays whole.

use std::path::PathBuf;

use library_tui::labs::LabLink;
use library_tui::layout::Role;
use library_tui::library::Text;
use library_tui::state::{Highlight, Mark, Memory, Name, Pace, Place, Progress, Told};
use library_tui::text::Safe;
use library_tui::tui::action::Action;
use library_tui::tui::key::Key;
use library_tui::tui::message::{Forward, HandedLab, Lasting, Mouse};
use library_tui::tui::{Message, Opening, Setup};
use proptest::prelude::*;
use proptest::test_runner::Config;
use ratatui::layout::Size;

use crate::session::cells;
use crate::session::harness::{SIZES, Session, library, setup};

/// Screens with more cells than this are checked at the end of a session only.
const LARGE: u32 = 8_000;

const WIDTHS: [u16; 12] = [1, 2, 3, 5, 10, 20, 40, 79, 80, 132, 200, 500];
const HEIGHTS: [u16; 8] = [1, 2, 3, 5, 10, 24, 50, 200];

fn config(cases: u32) -> Config {
    Config { cases, failure_persistence: None, ..Config::default() }
}

/// A key that means something somewhere, more often than one that does not.
fn key() -> impl Strategy<Value = Key> {
    let bound = Action::ALL.iter().flat_map(|action| action.keys().split([' ', ',']));
    let bound: Vec<Key> = bound.filter_map(Key::named).collect();
    let letter = prop::char::range(' ', '~').prop_map(|c| Key::named(&c.to_string()));
    let other =
        prop::sample::select(vec!["Up", "Down", "Backspace", "Delete", "Ctrl-w", "é", "字"]);
    prop_oneof![
        6 => prop::sample::select(bound),
        2 => letter.prop_map(|key| key.unwrap_or(Key::named("Space").unwrap())),
        1 => other.prop_map(|name| Key::named(name).unwrap()),
        2 => Just(Key::named("Enter").unwrap()),
    ]
}

fn size() -> impl Strategy<Value = Size> {
    prop_oneof![
        1 => Just(Size::new(0, 0)),
        1 => (0u16..4, 0u16..4).prop_map(|(width, height)| Size { width, height }),
        4 => (1u16..130, 1u16..60).prop_map(|(width, height)| Size { width, height }),
        1 => (0u16..=500, 0u16..=200).prop_map(|(width, height)| Size { width, height }),
    ]
}

fn outcome_of_saving() -> impl Strategy<Value = (PathBuf, Result<String, String>)> {
    let names = prop::sample::select(vec!["notes.md", "other.md"]);
    let outcome = prop::result::maybe_ok("(# a\n\n|b c\n\n){0,9}", any::<String>());
    (names.prop_map(PathBuf::from), outcome)
}

/// What a file could say that somebody else wrote.
fn hostile() -> impl Strategy<Value = Memory> {
    let number = || prop::sample::select(vec![0, 1, 7, 1 << 40, i64::MAX as usize]);
    let anchor = prop::sample::select(vec!["", "what-it-costs", "nowhere", "\u{1b}[2J"]);
    let quote = prop::sample::select(vec!["", "the", "SYN", "nowhere in it", "\u{202e}\u{1b}]52;"]);
    let place = (anchor, number(), number(), number(), quote);
    let stamp = prop::sample::select(vec![i64::MIN, 0, i64::MAX]);
    let part = (place, stamp, prop::char::any(), any::<u8>());
    prop::collection::vec(part, 0..12).prop_map(|parts| {
        let article = |at: usize| {
            let library = library();
            let file = library.file_of(at % library.catalog.articles.len());
            file.map_or(Name::article("gone"), |file| Name::file(&file))
        };
        let mut memory = Memory::default();
        for (at, ((anchor, block, offset, above, quote), stamp, letter, percent)) in
            parts.into_iter().enumerate()
        {
            let (anchor, quote) = (anchor.to_owned(), quote.to_owned());
            let place = Place { anchor, block, offset, above, quote };
            let name = if at % 5 == 4 { Name::article("gone") } else { article(at) };
            let mut highlight = Highlight::new(name.clone(), place.clone());
            (highlight.made, highlight.note) = (stamp, letter.to_string());
            memory.highlights.entry(name.clone()).or_default().push(highlight);
            memory.marks.push(Mark {
                letter,
                name: name.clone(),
                place: place.clone(),
                made: stamp,
            });
            memory.list.push(name.clone());
            let spent = block as u64;
            let progress = Progress { place, percent, spent, read: stamp, ..Progress::default() };
            memory.progress.insert(name, progress);
            memory.pace = Pace { words: offset as u64, spent: above as u64 };
        }
        memory
    })
}

/// A message as the world could send it, wrong ones included.
fn message() -> impl Strategy<Value = Message> {
    let mouse = prop::sample::select(vec![Mouse::WheelDown, Mouse::WheelUp, Mouse::Click]);
    let text = prop_oneof![any::<String>(), Just("a\u{1b}[31m\u{202e}b".to_owned())];
    let outcome = prop::result::maybe_ok(text.clone(), text.clone());
    let which = prop_oneof![(0usize..7).prop_map(Text::Article), (0usize..3).prop_map(Text::Lab)];
    let roles = prop::collection::vec((0usize..90, 0usize..90), 0..4);
    let roles =
        roles.prop_map(|roles| roles.into_iter().map(|(a, b)| (a..b, Role::Code)).collect());
    prop_oneof![
        40 => key().prop_map(Message::Key),
        6 => size().prop_map(Message::Resized),
        6 => (mouse, 0u16..140, 0u16..70).prop_map(|(mouse, x, y)| Message::Mouse(mouse, x, y)),
        2 => text.clone().prop_map(Message::Pasted),
        1 => text.clone().prop_map(|text| Message::Said(Safe::line(&text))),
        1 => text.clone().prop_map(|text| Message::Failed(Safe::line(&text))),
        1 => (0u64..9).prop_map(Message::Expired),
        1 => (which, outcome.clone()).prop_map(|(which, outcome)| Message::Loaded(which, outcome)),
        1 => (text.clone(), outcome).prop_map(|(path, outcome)| {
            Message::FileLoaded(PathBuf::from(path), None, outcome)
        }),
        1 => (0u64..5, 0usize..40, roles)
            .prop_map(|(opening, block, roles)| Message::Coloured { opening, block, roles }),
        1 => ("window-size|nowhere", text).prop_map(|(slug, address)| {
            let lab = LabLink { slug, state: None };
            let lasting = Lasting::Taken(4711);
            let forward = Forward { command: address.clone(), lasting, settings: String::new() };
            Message::LabHanded { lab, outcome: Ok(HandedLab { address, forward: Some(forward) }) }
        }),
        1 => outcome_of_saving().prop_map(|(path, outcome)| Message::Reloaded(path, outcome)),
        1 => Just(Message::Saved(PathBuf::from("notes.md"))),
        1 => Just(Message::Redraw),
        4 => any::<u64>().prop_map(Message::Passed),
        1 => hostile().prop_map(|memory| Message::Told(Told::Remembered(Box::new(memory)))),
    ]
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn no_sequence_of_messages_breaks_the_screen(start in 0..7, messages in prop::collection::vec(message(), 1..60)) {
        let mut session = match start {
            0 => Session::home((80, 24)),
            5 => Session::remembering(Memory::default(), (80, 24)),
            6 => Session::remembering(Memory::default(), (80, 24)).read("handshake"),
            1 => Session::file("# A file\n\nIts [link](there.md).\n", (80, 24)),
            _ => Session::article("handshake", (80, 24)),
        };
        for message in messages {
            session.tell(message.clone());
            if session.model.size().area() <= LARGE {
                let checked = cells::check(&session);
                prop_assert!(checked.is_ok(), "after {:?}: {}", message, checked.unwrap_err());
            }
        }
        let checked = cells::check(&session);
        prop_assert!(checked.is_ok(), "at the end: {}", checked.unwrap_err());
    }

    #[test]
    fn any_text_can_be_read_at_any_size(source in ".{0,400}|(\\PC|[-*_#>`~|\\[\\](){}<&;$ \\n]){0,300}", size in size()) {
        let session = Session::file(&source, (size.width, size.height)).press("j f Esc Tab K Esc G");
        let checked = cells::check(&session);
        prop_assert!(checked.is_ok(), "{}", checked.unwrap_err());
    }

    #[test]
    fn no_change_of_size_moves_the_reader(
        down in 0usize..60,
        sizes in prop::collection::vec((1u16..220, 1u16..60), 1..12),
    ) {
        let mut session = Session::article("handshake", (80, 24)).press(&"j ".repeat(down));
        let place = session.model.reading().unwrap().position();
        for (width, height) in sizes {
            session = session.resize(width, height);
            let checked = cells::check(&session);
            prop_assert!(checked.is_ok(), "{}", checked.unwrap_err());
        }
        let session = session.resize(80, 24);
        let after = session.model.reading().unwrap().position();
        prop_assert!(after <= place, "{after:?} is below {place:?}");
        let reading = session.model.reading().unwrap();
        let shown = reading.visible().iter().any(|row| row.block == place.block);
        prop_assert!(shown, "block {} is off the screen", place.block);
    }
}

/// Every screen there is, by the keys that lead to it from home.
const SCREENS: [&str; 24] = [
    "",
    "g b",
    "g b Tab j",
    "g b Tab Tab j",
    "g b G Tab",
    "Enter",
    "Enter G",
    "Enter Tab",
    "Enter f",
    "Enter / e",
    "Enter / e Enter",
    "Enter K",
    "Enter x Enter",
    "Enter o",
    "/ s",
    "?",
    ":",
    "Ctrl-f s e n d",
    "Ctrl-f s e n d Enter",
    "M",
    "R",
    "A",
    "Enter v } v e",
    "Enter m",
];

#[test]
fn every_screen_fits_every_size() {
    for keys in SCREENS {
        let mut session = Session::home((80, 24)).press(keys);
        for width in WIDTHS {
            for height in HEIGHTS {
                session = session.resize(width, height);
                let checked = cells::check(&session);
                assert!(checked.is_ok(), "{keys:?} at {width}x{height}: {}", checked.unwrap_err());
            }
        }
    }
}

#[test]
fn every_screen_opens_at_every_size() {
    for (width, height) in [(0, 0), (1, 1), (20, 5), (500, 200)] {
        for keys in SCREENS {
            let session = Session::home((width, height)).press(keys);
            let checked = cells::check(&session);
            assert!(checked.is_ok(), "{keys:?} at {width}x{height}: {}", checked.unwrap_err());
        }
    }
}

#[test]
fn twenty_by_five_cells_show_text() {
    Session::home((20, 5)).sees("Start here");
    Session::article("handshake", (20, 5)).sees("The Handshake:");
    Session::home((20, 5)).press("g b").sees("Networks");
    Session::home((20, 5)).press("/").write("slow").sees("Slow start");
}

#[test]
fn in_ascii_every_ornament_is_ascii() {
    for size in SIZES {
        for keys in SCREENS {
            // The first article has other letters in it; this one has not.
            let article = library().catalog.article("write-ahead-log").unwrap();
            let ascii = Setup { ascii: true, ..setup(library(), Opening::Article(article, None)) };
            let keys = keys.strip_prefix("Enter").map_or(format!("g h {keys}"), str::to_owned);
            let session = Session::new(ascii, size).press(&keys);
            let screen = session.screen();
            assert!(screen.is_ascii(), "{keys:?} at {size:?}\n{screen}");
        }
    }
}

#[test]
fn a_paste_of_ten_megabytes_is_capped_and_runs_nothing() {
    let paste = || Message::Pasted("q\n\u{3}:quit\r".repeat(1_250_000));
    for keys in ["/", ":", "?", "Enter /", "Enter", ""] {
        let mut session = Session::home((80, 24)).press(keys);
        let (scope, effects) = (session.model.scope(), session.effects.len());
        session.tell(paste());
        assert_eq!((session.model.scope(), session.effects.len()), (scope, effects), "{keys:?}");
        assert!(!session.left());
        assert!(session.screen().len() < 20_000);
        cells::check(&session).unwrap();
    }
}
