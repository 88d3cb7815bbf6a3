//! Search over the texts of the library, at the keyboard.

use library_tui::search::text::{Answer, Hit, Key, Place, Progress, Snippet};
use library_tui::text::Safe;
use library_tui::theme::{Depth, Palette, Theme};
use library_tui::tui::{Effect, Message, Opening, Setup};

use crate::session::harness::{Session, library, setup};

fn searching(query: &str) -> Session {
    Session::home((120, 40)).press("Ctrl-f").write(query)
}

#[test]
fn a_hit_opens_its_article_at_the_words_that_were_found() {
    let session = searching("window doubles").sees("1 of").press("Enter");
    let reading = session.model.reading().unwrap();
    let find = reading.find.as_ref().unwrap();
    let hit = &find.hits[find.current.unwrap()];
    let block = reading.document.blocks[hit.block].text();
    assert!(block.contains("The window doubles every round trip"), "{block}");
    assert!(reading.visible().iter().any(|row| row.block == hit.block), "the hit is in sight");
    session.sees("/window doubles").sees("Slow start");
}

#[test]
fn n_walks_over_everything_that_was_found() {
    let session = searching("round trip").press("Enter");
    let place = |session: &Session| session.model.reading().unwrap().find.as_ref().unwrap().current;
    let first = place(&session);
    let session = session.press("n");
    assert_ne!(place(&session), first);
    let session = session.press("N");
    assert_eq!(place(&session), first);
    assert!(session.press("Esc").model.reading().unwrap().find.is_none());
}

#[test]
fn the_way_back_leads_to_where_search_was_opened() {
    let session = Session::article("names", (120, 40)).press("Ctrl-f").write("window doubles");
    session.press("Enter").sees("Slow start").press("Ctrl-o").sees("Names");
}

#[test]
fn an_open_article_is_gone_to_without_being_opened_again() {
    let session = Session::article("congestion", (120, 40)).press("Ctrl-f").write("ten segments");
    let opening = session.model.reading().unwrap().opening;
    let session = session.press("Enter");
    assert_eq!(session.model.reading().unwrap().opening, opening);
    assert!(session.model.reading().unwrap().find.is_some());
}

#[test]
fn a_lab_that_was_found_is_handed_over() {
    let session = searching("labs: window size").press("Enter");
    let labs = |it: &Effect| matches!(it, Effect::OpenLab(..) | Effect::Play { .. });
    assert!(session.effects.iter().any(labs), "{:?}", session.effects);
}

#[test]
fn each_letter_asks_and_late_answers_are_dropped() {
    let mut session = searching("han");
    let asked = session.effects.iter().filter(|it| matches!(it, Effect::Search { .. })).count();
    assert_eq!(asked, 4, "once to make the index ready, once for each letter");
    let before = session.screen();
    let late = Message::Found { number: 1, outcome: Ok(Answer::default()) };
    session.tell(late);
    assert_eq!(session.screen(), before);
}

#[test]
fn progress_is_shown_until_everything_is_indexed() {
    let mut session = searching("han").misses("indexing");
    let progress = Progress { done: 3, total: 469, is_stage: false };
    session.tell(Message::Indexing(Some(progress)));
    let mut session = session.sees("indexing 3 of 469");
    session.tell(Message::Indexing(None));
    session.misses("indexing");
}

#[test]
fn the_selection_moves_and_the_preview_follows() {
    let session = searching("packet").sees("1 of");
    let first = session.screen();
    let session = session.press("Down").sees("2 of");
    assert_ne!(session.screen(), first);
    session.press("Up").sees("1 of").press("Esc").misses("places");
}

#[test]
fn search_fails_in_words() {
    let mut session = searching("x");
    let Some(Effect::Search { number, .. }) = session.effects.last().cloned() else {
        panic!("nothing was asked")
    };
    session.tell(Message::Found { number, outcome: Err("search: no space left".into()) });
    session.sees("search: no space left");
}

#[test]
fn a_paste_is_searched_for_once() {
    let mut session = searching("");
    session.tell(Message::Pasted("window doubles".into()));
    let asked = session.effects.iter().filter(|it| matches!(it, Effect::Search { .. })).count();
    assert_eq!(asked, 2);
    session.sees("Slow start");
}

#[test]
fn hits_are_marked_without_colour_and_without_unicode() {
    let theme = Theme::new(Palette::Ansi, Depth::None);
    let plain = Setup { ascii: true, theme, ..setup(library(), Opening::Home) };
    let session = Session::new(plain, (80, 24)).press("Ctrl-f").write("window");
    let (buffer, _) = session.draw();
    assert!(buffer.content.iter().all(|cell| cell.symbol().is_ascii()));
    let marked =
        buffer.content.iter().filter(|cell| !cell.modifier.is_empty() && cell.symbol() == "w");
    assert!(marked.count() > 0);
}

/// A folder that is searched, and a hit in its only file.
fn folder(size: (u16, u16)) -> Session {
    let opening = Opening::Folder("/notes".into());
    let mut session = Session::new(setup(library(), opening), size);
    let text = "---\ntitle: Log\n---\n\nFirst.\n\n## Why $x^2$\n\nThe zebra crossed.\n";
    session.files.insert("/notes/log.md".into(), text.to_owned());
    let place = Place {
        key: Key::File("log.md".to_owned()),
        anchor: Some("why-x2".to_owned()),
        ..Place::default()
    };
    let hit = |place: &Place, title: &str| Hit {
        place: place.clone(),
        title: title.to_owned(),
        path: vec![],
        snippet: Snippet { text: Safe::from("The zebra crossed."), ..Snippet::default() },
        score: 1.0,
    };
    let beside = Place { key: Key::File("sub/two.md".to_owned()), ..Place::default() };
    let answer = Answer {
        hits: vec![hit(&place, "Log"), hit(&beside, "Two")],
        total: 2,
        ..Answer::default()
    };
    let mut session = session.write("zebra");
    let Some(Effect::Search { number, .. }) = session.effects.last().cloned() else {
        panic!("nothing was asked")
    };
    session.tell(Message::Found { number, outcome: Ok(answer) });
    session
}

#[test]
fn a_hit_in_a_folder_is_previewed_and_opened_with_its_title() {
    let session = folder((160, 40)).sees("sub/two.md").sees("log.md").misses("log.md ›");
    let session = session.sees("Why x²").sees("First.");
    session.press("Down").misses("First.").press("Up").sees("First.").press("Esc").misses("1 of 2");
    // Where there is no room for it, nothing is fetched.
    let narrow = folder((80, 24)).misses("First.");
    assert!(!narrow.effects.iter().any(|it| matches!(it, Effect::Preview(_))));
}

#[test]
fn what_is_related_stands_beside_the_article_and_in_its_outline() {
    let session = Session::article("handshake", (160, 48)).sees("See also").sees("Linked from");
    let session = session.press("o").sees("see also").sees("links here");
    session.press("G Esc").misses("links here");
}

#[test]
fn an_article_is_followed_by_those_it_names_and_then_by_those_most_like_it() {
    let library = library();
    let catalog = &library.catalog;
    let slug = |at: &usize| catalog.articles[*at].slug.as_str();
    let article = catalog.article("handshake").unwrap();
    let see: Vec<&str> = catalog.see_also(article, 3).iter().map(slug).collect();
    assert_eq!(see.first(), Some(&"write-ahead-log"));
    assert!(see.iter().all(|it| *it != "handshake"), "{see:?}");
    let linked: Vec<&str> = catalog.backlinks(article).iter().map(slug).collect();
    assert!(linked.contains(&"congestion"), "{linked:?}");
}
