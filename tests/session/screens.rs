//! Every screen at three sizes, as it looks.

use library_tui::theme::{Depth, Palette, Part, Theme};
use library_tui::tui::{Message, Opening, Setup};
use ratatui::buffer::Cell;
use ratatui::style::Modifier;

use crate::session::handing::over_ssh;
use crate::session::harness::{SIZES, Session, library, setup};
use crate::session::picture::picture;

/// The same session at every size.
fn at_every_size(session: impl Fn((u16, u16)) -> Session) -> String {
    SIZES.map(|size| picture(&session(size))).join("\n")
}

/// Compares a picture with the one in `tests/session/screens`.
pub(crate) fn record(name: &str, picture: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path("screens");
    settings.bind(|| insta::assert_snapshot!(name, picture));
}

macro_rules! screens {
    ($($name:ident: $session:expr;)+) => {
        $(#[test]
        fn $name() {
            record(stringify!($name), &at_every_size($session));
        })+
    };
}

screens! {
    home: Session::home;
    home_with_a_category_selected: |size| Session::home(size).press("j j j");
    panes_with_the_categories_focused: |size| Session::home(size).press("g b");
    panes_with_an_article_selected: |size| Session::home(size).press("g b l j");
    panes_with_a_lab_selected: |size| Session::home(size).press("g b l G");
    panes_with_the_preview_scrolled: |size| Session::home(size).press("g b Tab Tab j j");
    panes_of_an_empty_category: |size| Session::home(size).press("g b G Tab");
    article_at_its_beginning: |size| Session::article("handshake", size);
    article_in_its_middle: |size| Session::article("handshake", size).press("} } } }");
    article_at_its_end: |size| Session::article("handshake", size).press("G");
    article_with_a_link_selected: |size| Session::article("handshake", size).press("Tab Tab");
    article_with_hints_over_links: |size| Session::article("handshake", size).press("} } } } f");
    article_while_finding: |size| Session::article("handshake", size).press("/").write("syn");
    article_with_hits: |size| Session::article("handshake", size).press("/").write("syn").press("Enter n");
    article_with_nothing_found: |size| Session::article("handshake", size).press("/").write("xyzzy");
    peek_at_a_footnote: |size| Session::article("handshake", size).press("K");
    peek_at_an_article: |size| Session::article("congestion", size).press("Tab Tab Shift-Tab K");
    finder: |size| Session::home(size).press("/").write("slow st");
    finder_without_a_query: |size| Session::article("names", size).press("Ctrl-p");
    finder_with_nothing_found: |size| Session::home(size).press("/").write("qqqq");
    search: |size| Session::home(size).press("Ctrl-f").write("round trip");
    search_with_a_later_hit_selected: |size| Session::home(size).press("Ctrl-f").write("packet lost").press("Down Down");
    search_with_nothing_found: |size| Session::home(size).press("Ctrl-f").write("xyzzy");
    search_with_nothing_typed: |size| Session::article("handshake", size).press("Ctrl-f");
    article_opened_at_a_hit: |size| Session::home(size).press("Ctrl-f").write("window doubl").press("Enter");
    help: |size| Session::article("handshake", size).press("?");
    palette: |size| Session::article("handshake", size).press(":").write("theme");
    outline: |size| Session::article("handshake", size).press("} } o");
    labs: |size| Session::article("handshake", size).press("x");
    lab_without_a_browser: |size| over_ssh(Opening::Home, size).press("g b l G o Enter");
    lab_exported: |size| over_ssh(Opening::Home, size).press("g b l G o Enter e");
    error: |size| Session::new(setup(library(), Opening::Article(0, Some("nowhere".into()))), size);
    transient_message: |size| Session::article("handshake", size).press("+");
    file_that_is_not_of_the_library: |size| Session::file("# Notes\n\nSome *text*.\n", size);
    empty_file: |size| Session::file("", size);
}

fn themed(palette: Palette, depth: Depth) -> String {
    let setup = || Setup {
        theme: Theme::new(palette, depth),
        ..setup(library(), Opening::Article(0, Some("what-it-costs".into())))
    };
    picture(&Session::new(setup(), (80, 24)).press("/").write("round").press("Enter Tab"))
}

#[test]
fn article_in_the_terminal_s_colours() {
    record("article_in_the_terminal_s_colours", &themed(Palette::Ansi, Depth::True));
}

#[test]
fn article_in_dark_true_colour() {
    record("article_in_dark_true_colour", &themed(Palette::Dark, Depth::True));
}

#[test]
fn article_in_light_with_256_colours() {
    record("article_in_light_with_256_colours", &themed(Palette::Light, Depth::Indexed));
}

#[test]
fn article_without_colour() {
    record("article_without_colour", &themed(Palette::Dark, Depth::None));
}

#[test]
fn article_in_ascii() {
    let ascii = Setup { ascii: true, ..setup(library(), Opening::Article(0, None)) };
    record("article_in_ascii", &picture(&Session::new(ascii, (80, 24)).press("x")));
}

#[test]
fn a_failure_stays_until_a_key_and_a_message_does_not_outlive_its_time() {
    let mut session = Session::home((80, 24));
    session.tell(Message::Failed(library_tui::text::Safe::from("The disk is gone")));
    session.tell(Message::Expired(1));
    let mut session = session.sees("The disk is gone").press("j").misses("The disk is gone");
    session.tell(Message::Said(library_tui::text::Safe::from("Copied")));
    session.tell(Message::Expired(1));
    let mut session = session.sees("Copied");
    session.tell(Message::Expired(2));
    session.misses("Copied");
}

#[test]
fn a_selected_row_has_one_ground_in_every_theme() {
    for palette in [Palette::Ansi, Palette::Dark, Palette::Light, Palette::HighContrast] {
        for keys in ["", "g b", "g b l", "?", "Ctrl-p"] {
            let mut opening = setup(library(), Opening::Home);
            opening.theme = Theme::new(palette, Depth::True);
            let (buffer, _) = Session::new(opening, (100, 30)).press(keys).draw();
            let reversed = |cell: &&Cell| cell.modifier.contains(Modifier::REVERSED);
            let cells: Vec<&Cell> = buffer.content.iter().filter(reversed).collect();
            assert!(cells.len() > 20, "{palette:?} {keys}");
            let faint = cells.iter().find(|cell| cell.modifier.contains(Modifier::DIM));
            assert_eq!(faint, None, "{palette:?} {keys}");
            // Letters that are not set apart by weight.
            let dim = Theme::new(palette, Depth::True).part(Part::Dim).fg;
            let faint = cells.iter().find(|cell| dim == Some(cell.fg));
            assert_eq!(faint, None, "{palette:?} {keys}");
        }
    }
}
