//! How comfortably an article is read: zen, focus, ruler, open lines, and moving by itself.

use library_tui::state::{Memory, Told};
use library_tui::tui::{Effect, Message, Opening, Setup};
use ratatui::style::Modifier;

use crate::session::harness::{Session, library, setup};

/// Paragraphs of three rows at 40 columns.
fn text() -> String {
    let paragraph =
        |at: usize| format!("Paragraph {at} {}.\n\n", "says some words more ".repeat(5));
    format!("# Title\n\n{}", (1..30).map(paragraph).collect::<String>())
}

fn file(size: (u16, u16)) -> Session {
    Session::file(&text(), size)
}

/// Which rows of the screen have a cell with this modifier.
fn rows_with(session: &Session, modifier: Modifier) -> Vec<u16> {
    let (buffer, _) = session.draw();
    let has = |y: &u16| (0..buffer.area.width).any(|x| buffer[(x, *y)].modifier.contains(modifier));
    (0..buffer.area.height).filter(has).collect()
}

/// The number of the paragraph that is not dimmed.
fn lit(session: &Session) -> String {
    let reading = session.model.reading().unwrap();
    let row = reading.visible()[reading.present()];
    reading.document.blocks[row.block].text().split(' ').take(2).collect::<Vec<_>>().join(" ")
}

#[test]
fn zen_shows_the_text_alone_and_what_is_said() {
    let session = Session::article("handshake", (120, 30)).sees("See also").sees("? help");
    let mut session =
        session.press("z").misses("See also").misses("? help").sees("z shows the rest");
    let number = match session.effects.iter().rev().find(|it| matches!(it, Effect::Expire(_))) {
        Some(Effect::Expire(number)) => *number,
        _ => panic!("the message stays"),
    };
    session.tell(Message::Expired(number));
    let session = session.misses("z shows the rest").press("/").write("segment").sees("/segment");
    session.press("Esc z").sees("See also").sees("? help");
}

#[test]
fn focus_dims_all_but_the_present_paragraph_and_keys_move_it() {
    let session = file((40, 24)).press("Z");
    assert_eq!(lit(&session), "Title");
    let session = session.press("j j j");
    assert_eq!(lit(&session), "Paragraph 1");
    let top = session.model.reading().unwrap().top();
    // In the upper third it is the page that moves.
    let session = session.press("j j j j j j j j j j j j");
    assert_ne!(session.model.reading().unwrap().top(), top);
    assert_eq!(lit(&session), "Paragraph 3");
    // At the end it goes down to the last row.
    let session = session.press("G").press(&"j ".repeat(30));
    assert_eq!(lit(&session), "Paragraph 29");
    let session = session.press(&"k ".repeat(300));
    assert_eq!(lit(&session), "Title");
    session.press("Z").sees("Focus is off");
}

#[test]
fn the_ruler_is_below_the_present_row() {
    let session = file((40, 24)).press("_");
    assert_eq!(rows_with(&session, Modifier::UNDERLINED).len(), 1);
    let first = rows_with(&session, Modifier::UNDERLINED);
    let session = session.press("j j");
    assert_eq!(rows_with(&session, Modifier::UNDERLINED), [first[0] + 2]);
    assert_eq!(rows_with(&session.press("_"), Modifier::UNDERLINED), [0u16; 0]);
}

#[test]
fn open_lines_set_rows_apart_and_keep_the_place() {
    let rows = |session: &Session| -> Vec<String> {
        session.screen().lines().map(|line| line.trim().to_owned()).collect()
    };
    let session = file((40, 24)).press("} j j j j j j j j");
    let before = session.model.reading().unwrap().top().position;
    let session = session.press("s");
    assert_eq!(session.model.reading().unwrap().top().position, before);
    let shown = rows(&session);
    let begins = |row: &String| row.starts_with("Paragraph");
    let at = 4 + shown.iter().skip(4).position(begins).unwrap();
    assert!(shown[at + 1].is_empty() && !shown[at + 2].is_empty(), "{shown:#?}");
    assert!(shown[at - 1].is_empty() && shown[at - 2].is_empty(), "{shown:#?}");
    let session = session.press("s").sees("Single lines");
    assert_eq!(session.model.reading().unwrap().top().position, before);
}

#[test]
fn an_article_moves_by_itself_until_its_end_or_a_list() {
    let mut session = file((40, 24)).press("a").sees("It moves by itself");
    let due = |session: &Session| match session.effects.last() {
        Some(Effect::Roll(number, after)) => (*number, *after),
        other => panic!("nothing is due: {other:?}"),
    };
    let top = |session: &Session| session.model.reading().unwrap().top();
    let (first, slow) = due(&session);
    let before = top(&session);
    session.tell(Message::Rolled(first));
    assert_ne!(top(&session), before);
    let mut session = session.press("+").sees("rows a minute");
    session.tell(Message::Rolled(first));
    assert!(due(&session).1 < slow);
    // What was due before it stopped moves nothing.
    let mut session = session.press("a").sees("It stays");
    let before = top(&session);
    session.tell(Message::Rolled(first));
    assert_eq!(top(&session), before);
    let mut session = session.press("a");
    let (second, _) = due(&session);
    for _ in 0..500 {
        session.tell(Message::Rolled(second));
    }
    let mut session = session.sees("The end").press("g g a o");
    let (third, _) = (0..session.effects.len())
        .rev()
        .find_map(|at| match session.effects[at] {
            Effect::Roll(number, after) => Some((number, after)),
            _ => None,
        })
        .unwrap();
    session.tell(Message::Rolled(third));
    assert_eq!(top(&session.press("Esc")).position.block, 0);
}

#[test]
fn what_is_chosen_is_remembered_and_taken_up() {
    let opening = || Opening::File { path: "a.md".into(), source: text() };
    let with = |memory| {
        Session::new(Setup { memory: Some(memory), ..setup(library(), opening()) }, (120, 30))
    };
    let session = with(Memory::default()).press("z _ s + +");
    let memory = session.remembered(Memory::default());
    assert_eq!(memory.setting("zen"), Some("on"));
    assert_eq!(memory.setting("width"), Some("84"));
    let again = with(memory.clone());
    let again = again.misses("? help");
    assert_eq!(rows_with(&again, Modifier::UNDERLINED).len(), 1);
    // It may come later than the article.
    let mut late = with(Memory::default()).sees("? help");
    late.tell(Message::Told(Told::Remembered(Box::new(memory.clone()))));
    let late = late.misses("? help").press("z _ s =");
    let usual = late.remembered(memory);
    assert!(usual.settings.is_empty(), "{:?}", usual.settings);
}
