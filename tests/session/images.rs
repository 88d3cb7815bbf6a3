//! Pictures of a reader's own file: asked for when they are seen, drawn where they fit.

use std::sync::Arc;

use library_tui::document::{Kind, Picture};
use library_tui::text::Safe;
use library_tui::tui::picture::{Drawn, Form, Graphics, Images, Job, News, Protocol, Shown, Task};
use library_tui::tui::{Effect, Message, Opening, Setup};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use crate::session::harness::{Session, library, setup};

const CELL: (u16, u16) = (8, 16);

/// A session in a file, in a terminal that may be asked.
fn open(source: &str) -> Session {
    let opening = Opening::File { path: "notes/a.md".into(), source: source.to_owned() };
    let setup = Setup { images: Images::Auto, ..setup(library(), opening) };
    Session::new(setup, (60, 20))
}

fn jobs(session: &Session) -> Vec<&Task> {
    let jobs = session.effects.iter().filter_map(|effect| match effect {
        Effect::Pictures(Job { task, .. }) => Some(task),
        _ => None,
    });
    jobs.collect()
}

fn asks(session: &Session) -> usize {
    session.effects.iter().filter(|it| **it == Effect::AskTerminal).count()
}

impl Session {
    fn seen(mut self, link: usize, picture: Picture) -> Self {
        let opening = self.model.reading().unwrap().opening;
        self.tell(Message::Pictures(News::Seen { opening, seen: vec![(link, picture)] }));
        self
    }

    fn answered(mut self, protocol: Option<Protocol>) -> Self {
        let graphics = protocol.map(|protocol| Graphics { protocol, cell: CELL });
        self.tell(Message::Pictures(News::Answered(graphics)));
        self
    }

    fn drawn(mut self, link: usize, outcome: Result<Drawn, &str>) -> Self {
        let opening = self.model.reading().unwrap().opening;
        let outcome = outcome.map(Arc::new).map_err(Safe::line);
        self.tell(Message::Pictures(News::Drawn { opening, link, outcome }));
        self
    }

    fn hanging(&self) -> Vec<Shown> {
        self.draw().1.pictures
    }
}

/// A picture of so many cells, whose rows are named.
fn cells(width: u16, height: u16) -> Drawn {
    let mut cells = Buffer::empty(Rect::new(0, 0, width, height));
    for (x, y) in cells.area.positions().map(|at| (at.x, at.y)).collect::<Vec<_>>() {
        let letter = char::from(b'A' + u8::try_from(y).unwrap());
        cells[(x, y)].set_char(letter);
    }
    Drawn {
        number: 7,
        size: Size { width, height },
        form: Form::Cells { given: String::new(), cells },
    }
}

fn whole(width: u16, height: u16) -> Drawn {
    Drawn { number: 7, size: Size { width, height }, form: Form::Whole("sixel".into()) }
}

const CAT: &str = "# Notes\n\n![A cat](cat.png \"As found\")\n\nText below.\n";
const SIZED: Picture = Picture::Sized(Kind::Png, 80, 64);

fn long() -> String {
    CAT.to_owned() + &"\nMore text.\n".repeat(30)
}

#[test]
fn a_text_without_pictures_of_its_own_asks_for_nothing() {
    for source in [
        "# Notes\n\nText.\n",
        "![a](https://example.com/a.png) ![b](//example.com/b.png) ![](data:image/png,x)\n",
        "![a](../a.png) ![b](/etc/b.png) ![c](file:///c.png) ![d](x/../../d.png) ![e](..\\\\e.png)\n",
        "[a link](a.png)\n",
    ] {
        let session = open(source).press("j k");
        assert_eq!((jobs(&session).len(), asks(&session)), (0, 0), "{source}");
    }
    let article = Session::article("handshake", (60, 20)).press("j k");
    assert_eq!((jobs(&article).len(), asks(&article)), (0, 0));
}

#[test]
fn headers_are_read_first_and_the_terminal_is_asked_once() {
    let session = open(CAT);
    let images = vec![(0, "cat.png".to_owned())];
    assert_eq!(jobs(&session), [&Task::Look { from: "notes/a.md".into(), images }]);
    let session = session.sees("[image: A cat] (cat.png)").press("j k");
    assert_eq!((asks(&session), jobs(&session).len()), (0, 1));
    let session = session.seen(0, SIZED).sees("[image: A cat] (cat.png, PNG 80×64)");
    assert_eq!(asks(&session.press("j k")), 1);
}

#[test]
fn a_file_that_is_refused_says_why_and_the_terminal_is_not_asked() {
    let session = open(CAT).seen(0, Picture::Refused(Safe::from("larger than 32 MiB")));
    assert_eq!(asks(&session), 0);
    let _ = session.sees("(cat.png, not drawn: larger than 32 MiB)");
    let session = open(CAT).seen(0, Picture::Sized(Kind::Gif, 9, 9)).sees("GIF 9×9");
    assert_eq!(asks(&session), 0, "it could not be drawn");
}

#[test]
fn who_wants_no_pictures_and_who_cannot_draw_them_has_their_text() {
    let opening = Opening::File { path: "a.md".into(), source: CAT.into() };
    let session = Session::new(setup(library(), opening), (60, 20)).seen(0, SIZED);
    assert_eq!(asks(&session), 0);
    let never = session.sees("PNG 80×64").screen();
    let session = open(CAT).seen(0, SIZED).answered(None);
    assert_eq!(jobs(&session).len(), 1);
    let text = |screen: &str| screen.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(text(&session.screen()), text(&never));
}

#[test]
fn a_picture_gets_its_room_then_its_text_and_then_itself() {
    let session = open(CAT).seen(0, SIZED).answered(Some(Protocol::Kitty));
    let size = Size::new(10, 4);
    let graphics = Graphics { protocol: Protocol::Kitty, cell: CELL };
    let path = "notes/cat.png".into();
    assert_eq!(jobs(&session)[1..], [&Task::Draw { link: 0, path, graphics, size }]);
    let screen = session.screen();
    let row = |screen: &str, text: &str| screen.lines().position(|it| it.contains(text)).unwrap();
    assert_eq!(row(&screen, "As found"), row(&screen, "[image: A cat]") + 4);
    let session = session.press("j k").drawn(0, Ok(cells(10, 4)));
    assert_eq!(jobs(&session).len(), 2, "it is drawn once");
    let session = session.misses("[image").sees("As found").sees("AAAAAAAAAA").sees("DDDDDDDDDD");
    assert_eq!(session.hanging().len(), 1);
    // Over lists, panels and letters nothing hangs.
    let session = session.press("?");
    assert_eq!(session.hanging(), []);
    let session = session.misses("BBBBBBBBBB").press("Esc").sees("BBBBBBBBBB");
    // Who selects it sees what it is called.
    let session = session.press("Tab").sees("[image: A cat]").press("Esc").sees("BBBBBBBBBB");
    let _ = session.press("f").sees("[image");
}

#[test]
fn half_of_a_picture_is_shown_by_cells_and_never_by_a_whole() {
    let session = open(&long()).seen(0, SIZED).answered(Some(Protocol::Kitty));
    let session = session.drawn(0, Ok(cells(10, 4))).press("j j j j");
    let session = session.misses("AAAA").misses("BBBB").sees("CCCCCCCCCC").sees("DDDD");
    assert_eq!(session.hanging()[0].area.height, 2);
    let session = session.press("j j j").misses("DDDD");
    assert_eq!(session.hanging(), []);

    let session = open(&long()).seen(0, SIZED).answered(Some(Protocol::Sixel));
    let session = session.drawn(0, Ok(whole(10, 4))).misses("[image");
    assert_eq!(session.hanging()[0].area.height, 4);
    let session = session.press("j j").misses("[image");
    assert_eq!(session.hanging().len(), 1);
    let session = session.press("j");
    assert_eq!(session.hanging(), [], "its first row is out of sight");
    // What is left of its room says what it is of.
    let session = session.sees("[image: A cat]").press("j j").sees("[image: A cat]");
    let session = session.press("j").misses("[image: A cat]").press("k k k k").misses("[image");
    assert_eq!(session.hanging().len(), 1);
    // At the foot of the page.
    let below = "Text.\n\n".repeat(6) + CAT + &"Text.\n\n".repeat(30);
    let session = open(&below).seen(0, SIZED).answered(Some(Protocol::Sixel));
    let session = session.drawn(0, Ok(whole(10, 4)));
    assert_eq!(session.hanging(), []);
    let session = session.sees("[image: A cat]").press("j j j j j").misses("[image");
    assert_eq!(session.hanging().len(), 1);
}

#[test]
fn a_picture_that_cannot_be_decoded_says_why_and_leaves_its_room() {
    let session = open(CAT).seen(0, SIZED).answered(Some(Protocol::Kitty));
    let session = session.drawn(0, Err("it is damaged (cut off)"));
    let session = session.sees("not drawn: it is damaged").sees("Text below.");
    assert!(session.screen().lines().nth(6).is_some_and(|row| row.contains("As found")));
    assert_eq!(jobs(&session.press("j k")).len(), 2, "it is not tried again");
}

#[test]
fn another_size_of_the_terminal_is_another_size_of_the_picture() {
    let wide = Picture::Sized(Kind::Png, 8 * 200, 16 * 50);
    let session = open(CAT).seen(0, wide).answered(Some(Protocol::Kitty));
    let sizes = |session: &Session| {
        let sizes = jobs(session).into_iter().filter_map(|task| match task {
            Task::Draw { size, .. } => Some((size.width, size.height)),
            Task::Look { .. } => None,
        });
        sizes.collect::<Vec<_>>()
    };
    let first = sizes(&session);
    assert_eq!(first.len(), 1);
    assert!(first[0].0 <= 60 && first[0].1 <= 18, "{first:?}");
    let session = session.drawn(0, Ok(cells(first[0].0, first[0].1))).misses("[image");
    let session = session.resize(40, 12).sees("[image");
    let second = sizes(&session);
    assert!(second[1].0 <= 40 && second[1].1 <= 10, "{second:?}");
    assert_eq!(asks(&session), 2, "its cells may have another size too");
}

#[test]
fn what_is_told_of_another_file_is_passed_over() {
    let mut session = open(CAT).seen(0, SIZED).answered(Some(Protocol::Kitty));
    for outcome in [Ok(Arc::new(cells(10, 4))), Err(Safe::from("damaged"))] {
        session.tell(Message::Pictures(News::Drawn { opening: 99, link: 0, outcome }));
    }
    let _ = session.sees("[image: A cat] (cat.png, PNG 80×64)");
}
