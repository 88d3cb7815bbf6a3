//! What is remembered of a reader, from one session to the next.

use library_tui::state::Memory;
use library_tui::tui::Message;

use crate::session::harness::Session;

const ARTICLE: &str = "the handshake";

fn top(session: &Session) -> String {
    session.screen().lines().nth(2).unwrap().trim().to_owned()
}

/// The session after `before`, with what it left behind.
fn next(before: &Session, size: (u16, u16)) -> Session {
    Session::remembering(before.remembered(Memory::default()), size)
}

fn first(size: (u16, u16)) -> Session {
    Session::remembering(Memory::default(), size)
}

#[test]
fn an_article_opens_where_it_was_left() {
    let before = first((80, 24)).read(ARTICLE).pass(30).press("Space j j");
    let left = top(&before);
    let again = before.press("g h").read("compaction").read(ARTICLE);
    assert_eq!(top(&again), left);
    let later = next(&again.press("q q"), (80, 24)).read(ARTICLE);
    assert_eq!(top(&later), left);
    let later = later.sees("Where you left off; g g is the beginning");
    // The same size shows the same screen, another one the same text at its top.
    let at = later.model.reading().unwrap().position();
    let small = next(&later, (40, 12)).read(ARTICLE);
    let there = small.model.reading().unwrap().position();
    assert_eq!(there.block, at.block);
    assert!(there.offset <= at.offset && at.offset < there.offset + 120, "{there:?} for {at:?}");
}

#[test]
fn a_place_that_is_asked_for_comes_before_the_remembered_one() {
    let before = first((80, 24)).read(ARTICLE).press("Space");
    let again = next(&before, (80, 24)).press("Ctrl-p").write("names resolver").press("Enter");
    again
        .misses("Where you left off")
        .press("Ctrl-o")
        .read(ARTICLE)
        .press("g g")
        .sees("The Handshake");
}

#[test]
fn what_is_remembered_late_still_leads_back_unless_the_reader_moved() {
    let before = first((80, 24)).read(ARTICLE).press("Space Space");
    let left = top(&before);
    let memory = before.remembered(Memory::default());
    let late = || Message::Told(library_tui::state::Told::Remembered(Box::new(memory.clone())));
    let mut waiting = first((80, 24)).read(ARTICLE);
    waiting.tell(late());
    assert_eq!(top(&waiting), left);
    let mut moved = first((80, 24)).read(ARTICLE).press("j");
    let here = top(&moved);
    moved.tell(late());
    assert_eq!(top(&moved), here);
}

#[test]
fn reading_on_is_progress_and_jumping_is_not() {
    let jumped = first((80, 24)).read(ARTICLE).press("G q");
    jumped.misses("✓").misses("◐");
    let begun = first((80, 24)).read(ARTICLE).pass(40).press("Space").pass(40).press("q");
    let begun = begun.sees("◐").misses("✓");
    let mut reader = begun.press("Enter");
    for _ in 0..12 {
        reader = reader.pass(30).press("Space");
    }
    reader.pass(9).press("q").sees("✓").sees("1/3").misses("◐");
}

#[test]
fn home_offers_what_was_begun() {
    let before = first((80, 24)).read(ARTICLE).pass(40).press("Space").pass(40).press("q q");
    let home = before.sees("Continue").sees("min left");
    let later = next(&home, (80, 24)).sees("Continue");
    later.press("g g Enter").sees("Where you left off");
}

#[test]
fn nothing_is_asked_for_when_nothing_is_to_be_remembered() {
    let session = Session::home((80, 24)).read(ARTICLE).pass(40).press("Space q q");
    assert_eq!(session.remembered(Memory::default()), Memory::default());
    session.misses("Continue");
}

#[test]
fn time_counts_while_somebody_reads_and_not_while_nobody_does() {
    let spent = |session: Session| {
        let memory = session.press("q").remembered(Memory::default());
        memory.progress.values().next().unwrap().spent
    };
    assert_eq!(spent(first((80, 24)).read(ARTICLE).pass(12).press("j")), 12_000);
    let away = spent(first((80, 24)).read(ARTICLE).pass(3_600).press("j"));
    assert!((5_000..120_000).contains(&away), "{away}");
    assert_eq!(spent(first((80, 24)).pass(60).read(ARTICLE).press("j").pass(1)), 1_000);
}

#[test]
fn minutes_left_follow_the_readers_own_pace() {
    let mut session = first((80, 24)).read(ARTICLE);
    for _ in 0..60 {
        session = session.pass(1).press("j");
    }
    let slow = session.remembered(Memory::default()).pace;
    assert!(slow.words > 0 && slow.spent > 0, "{slow:?}");
}
