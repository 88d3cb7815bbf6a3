//! Review and statistics at the keyboard.

use std::sync::Arc;

use library_tui::library::{Library, Source, SourceError, Text};
use library_tui::review::{Grade, Graded};
use library_tui::state::{Change, Finished, Memory, Name, Visit};
use library_tui::theme::{Depth, Palette, Theme};
use library_tui::tui::{Effect, Opening, Setup};

use crate::session::harness::{NOW, SIZES, Session, library, setup};
use crate::session::picture::picture;
use crate::session::screens::record;

const DAY: i64 = 86_400;

/// Texts with questions at their end.
#[derive(Debug)]
struct Questions;

impl Source for Questions {
    fn text(&self, text: Text) -> Result<String, SourceError> {
        let Text::Article(article) = text else { return Ok(String::new()) };
        Ok(format!(
            "---\ntitle: T\n---\n\n## Part\n\nText of {article}.\n\n## Check yourself\n\n\
             <details><summary>How long is `n` round trips at *{article}* ms?</summary>\n\n\
             The **sum**:\n\n- one each way\n- and back\n\n```text\n2 * n\n```\n\n</details>\n\n\
             <details><summary>Which packet is the second?</summary>\n\nSYN-ACK.\n\n</details>\n"
        ))
    }
}

/// The library of the tests, with questions.
fn questions() -> Arc<Library> {
    Arc::new(Library::new(library().catalog.clone(), Box::new(Questions)))
}

/// What is remembered of a reader who read two articles to their end.
fn read_two() -> Memory {
    let mut memory = Memory::default();
    for slug in ["handshake", "names"] {
        memory.apply(&Change::Finish(Name::article(slug), Finished::Yes), NOW - 3 * DAY);
    }
    memory
}

fn session(memory: Memory, size: (u16, u16)) -> Session {
    let memory = Some(memory);
    Session::new(Setup { memory, ..setup(questions(), Opening::Home) }, size)
}

fn grades(session: &Session) -> Vec<(String, Grade)> {
    let graded = session.effects.iter().filter_map(|effect| match effect {
        Effect::Remember(Change::Graded(card, grade), _) => Some((card.clone(), *grade)),
        _ => None,
    });
    graded.collect()
}

#[test]
fn cards_are_asked_revealed_and_graded() {
    let asked = session(read_two(), (80, 24)).press("g r").sees("4 cards").misses("The sum");
    let shown = asked.press("Space").sees("The sum").sees("3 good 2 days").sees("4 easy 8 days");
    let second = shown.press("3").sees("3 cards").sees("Which packet").misses("SYN-ACK");
    let done = second.press("Space 4 Space 2 Space Space").sees("Done for today");
    let done = done.sees("4 cards were asked, 4 of them known").sees("next card is due tomorrow");
    let given: Vec<Grade> = grades(&done).into_iter().map(|(_, grade)| grade).collect();
    assert_eq!(given, [Grade::Good, Grade::Easy, Grade::Hard, Grade::Good]);
    done.press("Space").sees("Start here").press("g r").sees("Nothing is due");
}

#[test]
fn what_was_not_known_is_asked_again_before_the_end() {
    let mut memory = Memory::default();
    memory.apply(&Change::Finish(Name::article("names"), Finished::Yes), NOW);
    let again = session(memory, (80, 24)).press("g r Space 1").sees("2 cards");
    let end = again.press("Space 3").sees("How long is").press("Space 3").sees("Done for today");
    assert_eq!(grades(&end).len(), 3);
    end.sees("2 cards were asked, 1 of them known");
}

#[test]
fn a_card_is_not_graded_before_its_answer_was_seen() {
    let asked = session(read_two(), (80, 24)).press("g r 3").sees("Look at the answer first");
    assert!(grades(&asked).is_empty());
}

#[test]
fn a_review_can_be_left_and_skipped_at_any_time() {
    let asked = session(read_two(), (80, 24)).press("g r");
    let skipped = asked.press("s").sees("3 cards").sees("Which packet");
    let away = skipped.press("q").sees("Start here");
    assert!(grades(&away).is_empty());
    let end = away.press("g r s s s s").sees("all for today").sees("4 more can wait");
    end.press("Esc").sees("Start here").press("g r o").sees("Text of");
}

#[test]
fn articles_that_were_not_read_give_no_cards() {
    session(Memory::default(), (80, 24)).press("g r").sees("No cards yet");
    let nothing = Setup { memory: None, ..setup(questions(), Opening::Home) };
    Session::new(nothing, (80, 24)).press("g r").sees("Nothing is being remembered");
}

/// A reader who read and reviewed for a year.
fn busy(size: (u16, u16), setup: Setup) -> Session {
    let mut memory = read_two();
    for (at, key) in (1..).zip(["handshake#1", "handshake#2", "names#1"]) {
        for (ago, grade) in [(9 * at, Grade::Good), (2 * at, Grade::Again)] {
            memory.records.add(key, Graded { at: NOW - ago * DAY, grade });
        }
    }
    let mut session = Session::new(Setup { memory: Some(memory), ..setup }, size);
    let visit = |ago: i64, minutes: u64| Visit {
        name: Name::article("handshake"),
        began: NOW - ago * DAY,
        spent: minutes * 60_000,
        percent: 50,
    };
    session.visits = (0..300)
        .filter(|ago| ago % 7 != 3)
        .map(|ago| visit(ago, ago.unsigned_abs() % 70))
        .collect();
    session
}

#[test]
fn statistics_are_a_screen() {
    let statistics = |size| busy(size, setup(questions(), Opening::Home)).press("g s");
    record("statistics", &SIZES.map(|size| picture(&statistics(size))).join("\n"));
    statistics((80, 24)).press("G").sees("3 cards").press("g g").resize(40, 12).press("q");
    statistics((80, 24)).press("g r").sees("How long is").press("g s").sees("What you read");
}

#[test]
fn a_review_is_a_screen() {
    let asked = |size| session(read_two(), size).press("g r");
    record("review", &SIZES.map(|size| picture(&asked(size))).join("\n"));
    let shown = |size| session(read_two(), size).press("g r Space");
    record("review_with_the_answer", &SIZES.map(|size| picture(&shown(size))).join("\n"));
}

#[test]
fn review_and_statistics_in_light_and_dark() {
    for (name, palette) in [("dark", Palette::Dark), ("light", Palette::Light)] {
        let themed = || Setup {
            theme: Theme::new(palette, Depth::True),
            memory: Some(read_two()),
            ..setup(questions(), Opening::Home)
        };
        let shown = |size| picture(&Session::new(themed(), size).press("g r Space"));
        let counted = |size| picture(&busy(size, themed()).press("g s"));
        let pictures =
            [(80, 24), (200, 50)].map(|size| format!("{}\n{}", shown(size), counted(size)));
        record(&format!("learning_in_{name}"), &pictures.join("\n"));
    }
}
