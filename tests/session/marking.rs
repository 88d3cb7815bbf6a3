//! Marks, the reading list, highlights and notes.

use std::path::{Path, PathBuf};

use library_tui::state::{Memory, Name};
use library_tui::tui::{Message, Opening, Setup};

use crate::session::harness::{Session, library, setup};

fn reader() -> Session {
    Session::remembering(Memory::default(), (80, 24)).read("the handshake")
}

fn top(session: &Session) -> library_tui::layout::Position {
    session.model.reading().unwrap().position()
}

/// A session in a file of the reader's own, with what is remembered.
fn file(source: &str, memory: Memory) -> Session {
    let opening = Opening::File { path: PathBuf::from("/own/notes.md"), source: source.to_owned() };
    Session::new(Setup { memory: Some(memory), ..setup(library(), opening) }, (80, 24))
}

#[test]
fn a_mark_leads_back_to_its_place_and_the_quote_twice_back_again() {
    let session = reader().press("Space m a").sees("Mark a is set");
    let marked = top(&session);
    let session = session.press("g g ' a");
    assert_eq!(top(&session), marked);
    let session = session.press("' '");
    assert_eq!(top(&session).block, 0);
    session.press("' b").sees("There is no mark b");
}

#[test]
fn capitals_lead_there_from_anywhere_and_small_letters_do_not() {
    let session = reader().press("Space m a m A");
    let marked = top(&session);
    let away = session.read("compaction").press("' a").sees("There is no mark a");
    let back = away.press("g h ' A");
    assert_eq!(top(&back), marked);
    back.press("g h ' a").sees("within a text");
}

#[test]
fn the_marks_are_listed_gone_to_and_taken_away() {
    let session = reader().press("Space m q Space m B M").sees("marks").sees("The Handshake");
    let gone = session.press("Alt-d").sees("Mark B is taken away").sees("1 of 1");
    let back = gone.press("Alt-u").sees("1 of 2").press("Esc");
    let elsewhere = back.read("compaction").press("M Enter");
    elsewhere.sees("The Handshake");
}

#[test]
fn a_letter_that_is_waited_for_is_shown_and_anything_else_ends_it() {
    reader()
        .press("m")
        .sees("m ")
        .press("Esc j m 3")
        .sees("Marks are letters")
        .press("?")
        .sees("keys");
}

#[test]
fn the_reading_list_keeps_its_order() {
    let session = reader().press("r").sees("On the reading list");
    let session = session.read("compaction").press("r").read("names").press("r R");
    let order = |session: &Session| -> Vec<String> {
        let memory = session.remembered(Memory::default());
        let stems = memory.list.iter().map(|it| it.path().unwrap());
        stems.map(|it| it.file_stem().unwrap().to_string_lossy().into_owned()).collect()
    };
    assert_eq!(order(&session), ["handshake", "compaction", "names"]);
    let session = session.press("Down Alt-Up").sees("Moved");
    assert_eq!(order(&session), ["compaction", "handshake", "names"]);
    let session = session.press("Alt-d");
    assert_eq!(order(&session), ["handshake", "names"]);
    session.press("Enter").sees("The Handshake").press("r").sees("Taken off");
}

#[test]
fn an_article_is_finished_when_its_reader_says_so() {
    let session = reader().press("F").sees("Finished").press("q").sees("✓");
    session.press("F").sees("Not finished").misses("✓").press("U").sees("✓");
}

#[test]
fn a_sentence_is_highlighted_copied_and_quoted() {
    let session = reader().press("v ) ) h").sees("Highlighted");
    let memory = session.remembered(Memory::default());
    let highlight = memory.highlights.values().flatten().next().unwrap();
    let quote = highlight.place.quote.clone();
    assert!(quote.ends_with('.') || !quote.contains('\n'), "{quote}");
    let session = session.press("v ) ) y");
    assert_eq!(session.copied(), [quote.as_str()]);
    let session = session.press("v ) ) Y");
    let copied = session.copied()[1].to_owned();
    assert!(copied.starts_with("> ") && copied.contains("library-tui handshake"), "{copied}");
    // The same keys again take it away, and that can be taken back.
    let session = session.press("v ) ) h").sees("taken away");
    assert!(session.remembered(Memory::default()).highlights.is_empty());
    let session = session.press("U");
    assert_eq!(session.remembered(Memory::default()).highlights.len(), 1);
}

#[test]
fn a_passage_is_selected_from_letter_to_letter() {
    let session = file("# A\n\none two three four\n\n- five six\n", Memory::default());
    let session = session.press("v } w v e y");
    assert_eq!(session.copied(), ["two"]);
    let session = session.press("v } w v w w b e l y");
    assert_eq!(session.copied()[1], "two three ");
    let session = session.press("v } $ v 0 o y");
    assert_eq!(session.copied()[2], "one two three four");
    let session = session.press("v } w v } e y");
    assert_eq!(session.copied()[3], "two three four\nfive");
    let session = session.press("v j y v j j y v j j k y");
    assert_eq!(session.copied()[4..], ["one two three four", "five six", "one two three four"]);
}

#[test]
fn closed_answers_stay_closed_while_one_selects() {
    let text = "a b\n\n<details><summary>q</summary>\n\nsecret\n\n</details>\n\nend";
    file(text, Memory::default()).press("v } } }").misses("secret").sees("end");
}

#[test]
fn a_note_is_written_listed_edited_and_taken_away() {
    let session = reader().press("v ) n").write("ask Bob").sees("note ask Bob").press("Enter");
    let session = session.sees("Noted").press("A").sees("ask Bob").sees("this article");
    let session = session.press("Alt-e").write(" again").press("Enter").sees("ask Bob again");
    let session = session.press("Alt-d").sees("None yet").press("Alt-u").sees("ask Bob again");
    let session = session.press("Esc").read("compaction").press("A").sees("The Handshake");
    session.write("bob").sees("1 of 1").press("Enter").sees("The Handshake");
}

#[test]
fn the_note_under_the_caret_is_read_out() {
    let session = reader().press("v ) n").write("ask Bob").press("Enter");
    session.press("v )").sees("ask Bob");
}

#[test]
fn escape_drops_a_note_and_a_selection() {
    let session = reader().press("v n").write("x").press("Esc").sees("highlight").press("Esc");
    assert!(session.remembered(Memory::default()).highlights.is_empty());
    session.sees("links");
}

#[test]
fn a_highlight_moves_with_its_text_and_one_that_is_lost_is_listed_with_its_quote() {
    let text = "# A\n\nFirst words here.\n\nThe passage that matters.\n";
    let session = file(text, Memory::default()).press("v } } h").sees("Highlighted");
    let memory = session.remembered(Memory::default());
    let name = Name::file(Path::new("/own/notes.md"));
    assert_eq!(memory.highlights(&name)[0].place.quote, "The passage that matters.");
    let moved = file(&text.replace("First", "New words above.\n\nFirst"), memory.clone());
    let shown = &moved.model.reading().unwrap().highlights;
    assert_eq!((shown.len(), shown[0].start.block), (1, 3));
    let lost = file(&text.replace("passage that", "rest which"), memory.clone());
    let lost = lost.sees("not in the text any more").press("A");
    let lost = lost.sees("The passage that matters.").sees("not in the text any more");
    assert_eq!(lost.remembered(memory).highlights(&name).len(), 1);
}

#[test]
fn a_preview_finds_its_highlights_again_as_the_file_is_saved() {
    let text = "# A\n\nThe passage that matters.\n";
    let mut session = file(text, Memory::default()).press("v } h");
    let path = PathBuf::from("/own/notes.md");
    session.tell(Message::Reloaded(path, Ok(text.replace("# A", "# A\n\nNew.\n\nNewer."))));
    let shown = &session.model.reading().unwrap().highlights;
    assert_eq!((shown.len(), shown[0].start.block), (1, 3));
}

#[test]
fn what_cannot_be_remembered_is_said() {
    for keys in ["m a", "r", "F", "v h", "v n"] {
        Session::article("handshake", (80, 24)).press(keys).sees("Nothing is remembered");
    }
}
