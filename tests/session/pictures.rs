//! Any picture that a lab could show, at any size: it is drawn within its place, and nothing
//! panics.

use library_tui::labs::LabLink;
use library_tui::labs::engine::Answer;
use library_tui::labs::picture::{
    Arc, Arrow, Axis, Bar, Bars, Branch, Cell, Choice, Code, Control, ControlKind, Declared, Edge,
    Event, Graph, Grid, Lane, Lanes, Limit, Line, Mark, Node, Pane, Part, Picture, Piece, Point,
    Preset, Press, Queue, Reading, Ring, Rule, Series, Shape, Span, Term, Tick, Tone,
};
use library_tui::theme::{Depth, Palette, Theme};
use library_tui::tui::{Message, Opening, Setup};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::session::cells;
use crate::session::harness::{Session, library, setup};

fn text() -> BoxedStrategy<String> {
    prop_oneof![
        30 => "[a-z ]{0,12}",
        8 => "[日本語 👩\u{200d}👧é\u{1b}\u{202e}\n\t]{0,9}",
        8 => "[a-z ]{60,90}",
        1 => Just("x".repeat(66_000)),
    ]
    .boxed()
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -10.0..10.0,
        2 => 0.0..=1.0,
        1 => prop_oneof![Just(1e300), Just(-1e300), Just(f64::MAX), Just(f64::MIN), Just(1e-300)],
    ]
}

fn tone() -> impl Strategy<Value = Option<Tone>> {
    use Tone::{A, B, Bad, C, D, Dim, E, Good, Warn};
    option::of(prop::sample::select(vec![A, B, C, D, E, Good, Warn, Bad, Dim]))
}

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "b", "c", "read", ""]).prop_map(str::to_owned)
}

fn press() -> impl Strategy<Value = Option<Press>> {
    option::of((name(), name(), text()).prop_map(|(act, arg, hint)| Press { act, arg, hint }))
}

fn axis() -> impl Strategy<Value = Axis> {
    let tick = (number(), text()).prop_map(|(at, text)| Tick { at, text });
    let log = option::of(2.0..20.0);
    (text(), number(), number(), log, vec(tick, 0..6))
        .prop_map(|(label, min, max, log, ticks)| Axis { label, min, max, log, ticks })
}

fn series() -> impl Strategy<Value = Shape> {
    let points = vec((number(), number()), 0..6);
    let line = (text(), tone(), any::<bool>(), points)
        .prop_map(|(label, tone, is_dashed, points)| Line { label, tone, is_dashed, points });
    let rule = (option::of(number()), option::of(number()), text(), tone())
        .prop_map(|(x, y, label, tone)| Rule { x, y, label, tone });
    let mark = (number(), number(), text(), tone(), option::of(name()))
        .prop_map(|(x, y, label, tone, control)| Mark { x, y, label, tone, control });
    (axis(), axis(), vec(line, 0..4), vec(rule, 0..3), vec(mark, 0..3))
        .prop_map(|(x, y, lines, rules, marks)| Shape::Series(Series { x, y, lines, rules, marks }))
}

fn graph() -> impl Strategy<Value = Shape> {
    let place = option::of((number(), number()));
    let node = ((name(), text(), text(), text()), tone(), option::of(number()), place, press())
        .prop_map(|((id, label, sub, note), tone, ring, place, press)| Node {
            id,
            label,
            sub,
            note,
            tone,
            ring,
            place,
            press,
        });
    let edge = (name(), name(), text(), tone(), any::<bool>(), option::of(number())).prop_map(
        |(from, to, label, tone, is_dashed, at)| Edge { from, to, label, tone, is_dashed, at },
    );
    (vec(node, 0..6), vec(edge, 0..6))
        .prop_map(|(nodes, edges)| Shape::Graph(Graph { nodes, edges }))
}

fn lanes() -> impl Strategy<Value = Shape> {
    let span = (number(), number(), tone(), text()).prop_map(|(from, to, tone, label)| Span {
        from,
        to,
        tone,
        label,
    });
    let lane = (text(), vec(span, 0..4)).prop_map(|(label, spans)| Lane { label, spans });
    let arrow = (number(), any::<u32>(), number(), 0u32..5, tone()).prop_map(
        |(from, from_lane, to, to_lane, tone)| Arrow { from, from_lane, to, to_lane, tone },
    );
    (axis(), number(), vec(lane, 0..8), vec(arrow, 0..5))
        .prop_map(|(time, now, lanes, arrows)| Shape::Lanes(Lanes { time, now, lanes, arrows }))
}

fn bars() -> impl Strategy<Value = Shape> {
    let piece =
        (text(), number(), tone()).prop_map(|(label, value, tone)| Piece { label, value, tone });
    let bar = (text(), vec(piece, 0..4)).prop_map(|(label, pieces)| Bar { label, pieces });
    let limit = option::of((number(), text()).prop_map(|(value, label)| Limit { value, label }));
    (number(), limit, vec(bar, 0..5))
        .prop_map(|(max, limit, rows)| Shape::Bars(Bars { max, limit, rows }))
}

fn grid() -> impl Strategy<Value = Shape> {
    let cell = (text(), tone(), any::<bool>(), press())
        .prop_map(|(text, tone, is_now, press)| Cell { text, tone, is_now, press });
    (vec(text(), 0..5), vec(text(), 0..5), vec(vec(cell, 0..9), 0..6))
        .prop_map(|(columns, heads, rows)| Shape::Grid(Grid { columns, heads, rows }))
}

fn tree() -> impl Strategy<Value = Shape> {
    let texts = (text(), text(), text(), text());
    let branch = (any::<u32>(), texts, tone(), any::<bool>(), press()).prop_map(
        |(depth, (edge, label, sub, note), tone, is_now, press)| {
            // Also outlines that no tree has.
            let depth = if depth % 9 == 0 { depth } else { depth % 5 };
            Branch { depth, edge, label, sub, note, tone, is_now, press }
        },
    );
    vec(branch, 0..9).prop_map(Shape::Tree)
}

fn ring() -> impl Strategy<Value = Shape> {
    let arc = (number(), number(), text(), tone()).prop_map(|(from, to, label, tone)| Arc {
        from,
        to,
        label,
        tone,
    });
    let point = (number(), text(), text(), tone(), any::<bool>(), press()).prop_map(
        |(at, label, sub, tone, is_inside, press)| Point { at, label, sub, tone, is_inside, press },
    );
    (vec(arc, 0..5), vec(point, 0..6)).prop_map(|(arcs, points)| Shape::Ring(Ring { arcs, points }))
}

fn queue() -> impl Strategy<Value = Shape> {
    let cell = || {
        (text(), tone(), any::<bool>(), press()).prop_map(|(text, tone, is_now, press)| Cell {
            text,
            tone,
            is_now,
            press,
        })
    };
    let more = (any::<u32>(), option::of(any::<u32>()));
    let queue = (text(), vec(option::of(cell()), 0..4), vec(cell(), 0..9), more, text(), tone())
        .prop_map(|(label, slots, items, (more, max), note, tone)| Queue {
            label,
            slots,
            items,
            more,
            max,
            note,
            tone,
        });
    vec(queue, 0..5).prop_map(Shape::Queue)
}

fn shape() -> BoxedStrategy<Shape> {
    let term = (text(), text(), text(), tone(), option::of(name()))
        .prop_map(|(op, text, label, tone, control)| Term { op, text, label, tone, control });
    let event = (text(), text(), tone()).prop_map(|(time, text, tone)| Event { time, text, tone });
    prop_oneof![
        series().boxed(),
        graph().boxed(),
        lanes().boxed(),
        bars().boxed(),
        grid().boxed(),
        tree().boxed(),
        ring().boxed(),
        queue().boxed(),
        vec(term, 0..8).prop_map(Shape::Formula),
        vec(event, 0..9).prop_map(Shape::Log),
        (vec(text(), 0..9), option::of(any::<u32>()))
            .prop_map(|(lines, at)| Shape::Code(Code { lines, at })),
        text().prop_map(Shape::Text),
        Just(Shape::Other),
    ]
    .boxed()
}

fn control() -> impl Strategy<Value = Control> {
    let choice =
        (name(), text(), any::<bool>()).prop_map(|(id, label, is_on)| Choice { id, label, is_on });
    let kind = prop_oneof![
        number().prop_map(|place| ControlKind::Range { place }),
        vec(choice, 0..5).prop_map(|options| ControlKind::Pick { options }),
        any::<bool>().prop_map(|is_on| ControlKind::Toggle { is_on }),
        Just(ControlKind::Button),
        any::<u32>().prop_map(|max| ControlKind::Text { max }),
    ];
    (name(), text(), text(), text(), any::<bool>(), kind).prop_map(
        |(id, label, help, text, is_idle, kind)| Control { id, label, help, text, is_idle, kind },
    )
}

fn picture() -> BoxedStrategy<Picture> {
    let part = (name(), text(), text(), shape()).prop_map(|(id, title, alt, shape)| Part {
        id,
        title,
        alt,
        shape,
    });
    let reading = (name(), text(), text(), text(), tone())
        .prop_map(|(id, label, text, note, tone)| Reading { id, label, text, note, tone });
    let time = (any::<u32>(), any::<u32>(), text(), text());
    (time, text(), vec(control(), 0..6), vec(reading, 0..9), vec(part, 0..4))
        .prop_map(|((tick, end, clock, hash), say, controls, readings, parts)| Picture {
            tick,
            end,
            clock,
            hash,
            say: format!("it {say}"),
            controls,
            readings,
            parts,
        })
        .boxed()
}

fn declared() -> BoxedStrategy<Declared> {
    let preset =
        (name(), text(), any::<bool>()).prop_map(|(id, label, plays)| Preset { id, label, plays });
    let pane = (name(), any::<u32>()).prop_map(|(part, weight)| Pane { part, weight });
    (number(), name(), vec(preset, 0..4), vec(vec(pane, 0..4), 0..4))
        .prop_map(|(rate, start, presets, panes)| Declared {
            rate,
            start,
            presets,
            cases: vec![],
            panes,
        })
        .boxed()
}

/// Every key that the player knows.
const KEYS: [&str; 30] = [
    "j",
    "k",
    "l",
    "h",
    "L",
    "H",
    "Tab",
    "Shift-Tab",
    "Enter",
    "Space",
    ".",
    ",",
    ">",
    "<",
    "0",
    "$",
    "+",
    "-",
    "s",
    "t",
    "T",
    "c",
    "y",
    "1",
    "9",
    "Esc",
    "a",
    "n",
    "N",
    "?",
];

/// A session in which a lab shows this.
fn showing(setup: Setup, size: (u16, u16), declared: &Declared, picture: &Picture) -> Session {
    let lab = LabLink { slug: "window-size".into(), state: None };
    let mut session = Session::new(Setup { opening: Opening::Lab(lab), ..setup }, size).hold();
    let number = session.model.playing().map_or(0, |it| it.number);
    session.tell(Message::Played(number, Answer::Opened(declared.clone())));
    session.tell(Message::Played(number, Answer::Shown(1, picture.clone())));
    session
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn any_picture_is_drawn_at_any_size(
        first in picture(), then in picture(), declared in declared(),
        size in (0u16..170, 0u16..60), other in (1u16..130, 1u16..45),
        keys in vec(prop::sample::select(&KEYS[..]), 0..12), ascii in any::<bool>(),
    ) {
        let depth = if ascii { Depth::None } else { Depth::Ansi };
        let theme = Theme::new(Palette::Ansi, depth);
        let setup = Setup { ascii, theme, ..setup(library(), Opening::Home) };
        let mut session = showing(setup, size, &declared, &first);
        let checked = cells::check(&session);
        prop_assert!(checked.is_ok(), "{checked:?}");
        for key in keys {
            session = session.press(key);
            let checked = cells::check(&session);
            prop_assert!(checked.is_ok(), "{key}: {checked:?}");
        }
        if let Some(number) = session.model.playing().map(|it| it.number) {
            session.tell(Message::Played(number, Answer::Shown(2, then)));
        }
        let session = session.resize(other.0, other.1);
        let checked = cells::check(&session);
        prop_assert!(checked.is_ok(), "{checked:?}");
    }
}
