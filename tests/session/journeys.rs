//! What a reader does, in keys, and what comes of it, in words.

use library_tui::text::Safe;
use library_tui::theme::{Depth, Palette, Theme};
use library_tui::tui::action::{Action, Scope};
use library_tui::tui::reading::Subject;
use library_tui::tui::{Effect, Message, Opening, Setup};

use crate::session::harness::{Session, library, setup};

const USUAL: (u16, u16) = (80, 24);

/// The article that is open, by its slug.
fn reads(session: &Session) -> &str {
    assert_eq!(session.model.scope(), Scope::Reader, "no article is on the screen");
    match session.model.reading().map(|reading| &reading.subject) {
        Some(Subject::Article(article)) => &session.model.catalog().articles[*article].slug,
        other => panic!("{other:?} is not an article"),
    }
}

/// What the first row of the article's text says.
fn top(session: &Session) -> String {
    let reading = session.model.reading().unwrap();
    let lines = reading.visible().iter().filter_map(|row| reading.line(*row));
    let texts = lines.map(|line| line.spans.iter().map(|span| span.text.as_str()).collect());
    texts.map(|text: String| text.trim().to_owned()).find(|text| !text.is_empty()).unwrap()
}

#[test]
fn two_keys_open_an_article() {
    assert_eq!(reads(&Session::home(USUAL).press("j Enter")), "write-ahead-log");
    assert_eq!(reads(&Session::home(USUAL).press("l Enter")), "handshake");
}

#[test]
fn leaving_goes_from_the_article_to_the_panes_to_home_and_out() {
    let session = Session::home(USUAL).press("Enter");
    assert_eq!(reads(&session), "handshake");
    let session = session.press("q");
    assert_eq!(session.model.scope(), Scope::Browse);
    let session = session.press("q");
    assert_eq!((session.model.scope(), session.left()), (Scope::Home, false));
    assert!(session.press("q").left());
}

#[test]
fn escape_never_leaves_the_program() {
    let session = Session::home(USUAL).press("Enter Esc Esc Esc q Esc Esc Esc Esc");
    assert!(!session.left());
}

#[test]
fn leaving_a_list_and_coming_back_finds_it_as_it_was_left() {
    let session = Session::home(USUAL).press("g b j l j Enter");
    assert_eq!(reads(&session), "compaction");
    let before = Session::home(USUAL).press("g b j l j").screen();
    assert_eq!(session.press("q").screen(), before);
}

#[test]
fn control_c_closes_what_lies_over_the_screen_and_then_the_program() {
    let session = Session::home(USUAL).press("/ Ctrl-c");
    assert_eq!((session.model.scope(), session.left()), (Scope::Home, false));
    assert!(session.press("Ctrl-c").left());
}

#[test]
fn history_goes_back_and_forward_again() {
    for (back, forward) in [("Ctrl-o", "Ctrl-i"), ("H", "L"), ("Alt-Left", "Alt-Right")] {
        let session = Session::article("handshake", USUAL).press("} } } ]").press("]");
        assert_eq!(reads(&session), "names");
        let session = session.press(back);
        assert_eq!(reads(&session), "congestion");
        let session = session.press(back);
        assert_eq!((reads(&session), top(&session).as_str()), ("handshake", "What it costs"));
        let session = session.press(back).sees("Nothing to go back to");
        let session = session.press(forward);
        assert_eq!(reads(&session), "congestion");
        let session = session.press(forward);
        assert_eq!(reads(&session), "names");
        session.press(forward).sees("Nothing to go forward to");
    }
}

#[test]
fn a_jump_within_an_article_can_be_taken_back() {
    let session = Session::article("handshake", USUAL).press("j j j");
    let before = top(&session);
    let session = session.press("G");
    assert_ne!(top(&session), before);
    assert_eq!(top(&session.press("Ctrl-o")), before);
}

#[test]
fn neighbours_are_in_reading_order_and_end() {
    let session = Session::article("handshake", USUAL).press("[").sees("This is the first article");
    let session = session.press("]");
    assert_eq!(reads(&session), "congestion");
    let session = session.press("[");
    assert_eq!(reads(&session), "handshake");
    let session = session.press("] ] ] ]");
    assert_eq!(reads(&session), "compaction");
    session.press("]").sees("This is the last article");
}

#[test]
fn headings_are_walked_in_both_directions() {
    let session = Session::article("handshake", USUAL).press("} }");
    assert_eq!(top(&session), "Why not two");
    let session = session.press("{");
    assert_eq!(top(&session), "Three packets");
    let session = session.press("{ {");
    assert!(top(&session).starts_with("The Handshake"));
}

#[test]
fn find_walks_all_hits_and_around_both_ends() {
    let session = Session::article("handshake", USUAL).press("/").write("syn").sees("1 of 8");
    let mut session = session.press("Enter");
    for hit in 2..=8 {
        session = session.press("n").sees(&format!("{hit} of 8"));
    }
    session.press("n").sees("1 of 8").press("N").sees("8 of 8");
}

#[test]
fn answers_are_folded_until_they_are_asked_for() {
    let session = Session::article("handshake", USUAL).press("G").misses("▾");
    session.press("e").sees("details are open").press("e").sees("details are closed");
}

#[test]
fn code_is_numbered_cut_and_moved_sideways() {
    let session = Session::article("handshake", USUAL);
    let session = session.press("w").sees("Long lines are cut").press("> >").press("<");
    session.press("w").sees("go on in the next row").press("# Y");
}

#[test]
fn giving_up_finding_goes_back_to_where_it_began() {
    let before = Session::article("handshake", USUAL).press("j j");
    let after = Session::article("handshake", USUAL).press("j j /").write("sydney").press("Esc");
    assert_eq!(before.screen(), after.screen());
}

#[test]
fn a_resize_while_finding_does_not_move_where_it_began() {
    let before = Session::article("handshake", USUAL).press("} } j").screen();
    let session = Session::article("handshake", USUAL).press("} } j /").write("lost");
    let session = session.resize(20, 5).write(" packet").resize(80, 24).press("Esc");
    assert_eq!(session.screen(), before);
}

#[test]
fn small_letters_find_both_cases_and_capitals_their_own() {
    Session::article("handshake", USUAL).press("/").write("ack").sees("of 13");
    Session::article("handshake", USUAL).press("/").write("ACK").sees("of 3");
    Session::article("handshake", USUAL).press("/").write("Ack").sees("not found");
}

#[test]
fn what_is_said_is_seen_while_hits_are_shown() {
    let session = Session::article("names", USUAL).press("/").write("name").press("Enter +");
    session.sees("Text column: 80 cells").sees("/name");
}

#[test]
fn enter_in_the_finder_lands_on_the_exact_heading() {
    let session = Session::home(USUAL).press("/").write("lost packet").press("Enter");
    assert_eq!(
        (reads(&session), top(&session).as_str()),
        ("handshake", "What a lost packet costs")
    );
    let session = session.press("Ctrl-p").write("crash").press("Enter");
    assert_eq!(reads(&session), "write-ahead-log");
}

#[test]
fn the_finder_opens_categories_and_labs_too() {
    let session = Session::home(USUAL).press("/").write("clocks").press("Enter");
    assert_eq!(session.model.scope(), Scope::Browse);
    session.sees("No articles in this category yet");
    let session = Session::home(USUAL).press("/").write("window size").press("Enter");
    assert!(session.effects.iter().any(|effect| matches!(effect, Effect::Play(..))));
}

#[test]
fn the_letters_over_links_follow_them() {
    let session = Session::article("congestion", USUAL).press("f a");
    assert_eq!((reads(&session), top(&session).as_str()), ("handshake", "Three packets"));
    let back = session.press("Ctrl-o");
    assert_eq!(reads(&back), "congestion");
    assert_eq!(reads(&back.press("f Esc")), "congestion");
}

#[test]
fn tab_selects_links_in_turn_and_enter_follows_them() {
    let session = Session::article("congestion", USUAL).press("Tab Tab Enter");
    assert_eq!(reads(&session), "names");
    let session = Session::article("congestion", USUAL).press("Tab Tab Tab Enter");
    assert_eq!(reads(&session), "handshake");
    let session = Session::article("congestion", USUAL).press("Shift-Tab Enter");
    assert_eq!(reads(&session), "handshake");
}

#[test]
fn a_link_within_the_article_jumps() {
    let session = Session::article("handshake", USUAL).press("Tab Tab Tab Enter");
    assert_eq!(top(&session), "What a lost packet costs");
    assert!(top(&session.press("Ctrl-o")).starts_with("The Handshake"));
}

#[test]
fn a_footnote_can_be_peeked_at_and_followed() {
    let session = Session::article("handshake", USUAL).press("K").sees("RFC 9293, section 3.5");
    assert_eq!(session.model.scope(), Scope::Panel);
    let session = session.press("Esc").misses("RFC 9293, section 3.5");
    assert_eq!(session.model.scope(), Scope::Reader);
    session.press("Enter").sees("[1] Transmission Control Protocol");
}

#[test]
fn the_palette_does_what_it_names() {
    let session = Session::article("handshake", USUAL).press(":").write("next-article");
    assert_eq!(reads(&session.press("Enter")), "congestion");
    let session = Session::home(USUAL).press(":").write("next-theme").press("Enter");
    assert!(session.effects.contains(&Effect::Redraw));
    session.sees("Theme: dark");
}

#[test]
fn help_shows_the_keys_of_this_place_and_does_what_is_chosen() {
    let session =
        Session::article("handshake", USUAL).press("?").write("next link").sees("next-link");
    let session = session.press("Enter");
    assert_eq!(session.model.reading().unwrap().link, Some(0));
    Session::home(USUAL).press("?").misses("next-link").sees("half-page-down");
}

#[test]
fn every_action_is_in_the_palette_of_its_places() {
    for (scope, session) in [
        (Scope::Home, Session::home(USUAL)),
        (Scope::Browse, Session::home(USUAL).press("g b")),
        (Scope::Reader, Session::article("handshake", USUAL)),
    ] {
        let session = session.resize(160, 100).press(":");
        let screen = session.screen();
        for action in Action::ALL.iter().filter(|action| action.scopes().contains(&scope)) {
            assert!(screen.contains(action.name()), "{action:?} is not on\n{screen}");
        }
    }
}

#[test]
fn the_outline_jumps_to_a_heading() {
    let session = Session::article("handshake", USUAL).press("o").write("saved").press("Enter");
    assert_eq!(top(&session), "What can be saved");
    assert!(top(&session.press("Ctrl-o")).starts_with("The Handshake"));
}

#[test]
fn links_that_lead_nowhere_say_so() {
    let session = |link| {
        let source = format!("Go [there]({link}).\n");
        Session::file(&source, USUAL).press("Tab Enter")
    };
    session("#nowhere").sees("There is no heading #nowhere here");
    session("javascript:alert(1)").sees("Not opened: javascript:alert(1)");
    session("file:///etc/passwd").sees("Not opened: file:///etc/passwd");
    session("../../../etc/passwd").sees("Not opened: ../../../etc/passwd");
    let session = Session::article("handshake", USUAL).press("/").write("this article");
    session.press("Enter Tab Tab Tab Tab Tab Tab Tab Tab").sees("nowhere");
}

#[test]
fn an_unknown_anchor_opens_the_article_and_says_so() {
    let opening = Opening::Article(0, Some("nowhere".into()));
    let session = Session::new(setup(library(), opening), USUAL);
    assert_eq!(reads(&session), "handshake");
    session.sees("There is no heading #nowhere here").press("j").misses("There is no heading");
}

#[test]
fn a_file_s_links_open_files_beside_it_and_the_way_back_is_kept() {
    let session = Session::file("# Here\n\nSee [there](sub/there.md#part).\n", USUAL);
    let session = session.press("Tab Enter").sees("This is sub/there.md");
    session.press("Ctrl-o").sees("See there.");
}

#[test]
fn going_back_and_forward_between_files_ends_at_the_same_places() {
    let filler = "A paragraph.\n\n".repeat(60);
    let source = format!("{filler}See [there](there.md).\n\n{filler}");
    let session = Session::file(&source, USUAL).press("Tab");
    let before = session.screen();
    let session = session.press("Enter").sees("This is there.md").press("Ctrl-o Esc");
    assert_eq!(session.screen(), before);
    let session = session.press("Ctrl-i").sees("This is there.md");
    session.press("Ctrl-o").sees("See there.").press("Ctrl-o").sees("Nothing to go back to");
}

#[test]
fn a_file_that_is_saved_is_laid_out_again_at_the_same_place() {
    let filler = "A paragraph.\n\n".repeat(30);
    let source = |word: &str| format!("{filler}## Here\n\nThe {word} text.\n\n{filler}");
    let mut session = Session::file(&source("old"), USUAL).press("}").sees("The old text.");
    session.files.insert("notes.md".into(), source("new"));
    session.tell(Message::Saved("notes.md".into()));
    assert_eq!(top(&session), "Here");
    session.sees("The new text.").misses("The old text.");
}

#[test]
fn a_file_that_is_saved_calls_nobody_back_to_it() {
    let session = || Session::file("# Old\n\nSee [names](names).\n", USUAL);
    for (keys, shows) in [("q", false), ("Tab Enter", false), ("?", true)] {
        let mut session = session().press(keys);
        let before = session.model.scope();
        session.files.insert("notes.md".into(), "# New\n".into());
        session.tell(Message::Saved("notes.md".into()));
        assert_eq!(session.model.scope(), before);
        let session = session.press("Esc");
        assert_eq!(session.screen().contains("New"), shows, "after {keys}");
    }
}

#[test]
fn what_is_selected_is_copied() {
    let session = Session::article("handshake", USUAL).press("y").press("Tab Tab Tab y");
    assert_eq!(session.copied(), ["handshake", "#what-a-lost-packet-costs"]);
}

#[test]
fn a_theme_change_keeps_every_letter_where_it_was() {
    let theme = Theme::new(Palette::HighContrast, Depth::True);
    let setup = Setup { theme, ..setup(library(), Opening::Article(0, None)) };
    let high_contrast = Session::new(setup, USUAL);
    let ansi = Session::article("handshake", USUAL);
    assert_eq!(high_contrast.screen(), ansi.screen());
}

#[test]
fn a_wider_column_can_be_asked_for_and_given_up() {
    let usual = Session::article("handshake", (160, 48)).screen();
    let session = Session::article("handshake", (160, 48)).press("+ + +");
    let session = session.sees("Text column: 88 cells").press("=").sees("Text column: 76 cells");
    let mut session = session;
    session.tell(Message::Expired(4));
    assert_eq!(session.screen(), usual);
}

#[test]
fn a_size_that_comes_back_is_drawn_afresh() {
    let session = Session::article("names", USUAL).resize(80, 24);
    assert!(session.effects.contains(&Effect::Redraw));
}

#[test]
fn an_answer_that_comes_too_late_changes_nothing() {
    let mut session = Session::article("names", USUAL);
    let before = session.screen();
    session.tell(Message::Coloured { opening: 99, block: 0, roles: vec![] });
    session.tell(Message::Expired(99));
    assert_eq!(session.screen(), before);
    session.tell(Message::Failed(Safe::from("A part of the program failed")));
    session.sees("A part of the program failed");
}
