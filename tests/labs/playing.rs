//! What a lab shows, and how it is moved.

use std::sync::mpsc::channel;
use std::time::Duration;

use library_tui::labs::engine::{Answer, Engine, Player, Request, Session, Setting};
use library_tui::labs::file::LabFile;
use library_tui::labs::picture::{Control, ControlKind, Shape, Tone};

use crate::{lab, pages};

fn open(slug: &str) -> Session {
    Engine::new().open(&lab(slug)).unwrap()
}

fn control<'a>(session: &'a Session, id: &str) -> &'a Control {
    session.picture().controls.iter().find(|it| it.id == id).unwrap()
}

fn reading(session: &Session, id: &str) -> String {
    session.picture().readings.iter().find(|it| it.id == id).unwrap().text.clone()
}

fn number(id: &str, value: f64) -> Request {
    Request::Set([(id.to_owned(), Setting::Number(value))].into())
}

#[test]
fn a_lab_opens_at_its_first_preset() {
    let session = open("kv-cache-growth");
    assert_eq!(session.declared().start, "sixteen");
    assert_eq!(session.declared().presets.len(), 6);
    assert_eq!(session.hash(), "seqs=16");
    assert!(session.picture().say.contains("16 GiB of cache"), "{}", session.picture().say);
    assert_eq!(reading(&session, "tok"), "131,072");
    assert_eq!(reading(&session, "weights"), "14.96 GiB");
}

#[test]
fn every_kind_of_control_moves() {
    let mut session = open("kv-cache-growth");
    session.ask(&number("seqs", 3.2)).unwrap();
    assert_eq!(control(&session, "seqs").text, "3");
    session.ask(&Request::Nudge("tokens".into(), -1)).unwrap();
    assert_eq!(control(&session, "tokens").text, "6,144");
    session.ask(&Request::Nudge("element".into(), 5)).unwrap();
    let ControlKind::Pick { options } = &control(&session, "element").kind else { panic!() };
    assert!(options[1].is_on && options[1].label == "8-bit");
    assert!(control(&session, "layers").is_idle);
    session.ask(&Request::Set([("model".into(), Setting::Text("custom".into()))].into())).unwrap();
    assert!(!control(&session, "layers").is_idle);
    session.ask(&number("nothing", 1.0)).unwrap();

    let mut session = open("raft-election");
    session.ask(&Request::Nudge("prevote".into(), 1)).unwrap();
    assert_eq!(control(&session, "prevote").kind, ControlKind::Toggle { is_on: true });
    session.set([("prevote".into(), Setting::On(false))].into()).unwrap();
    assert_eq!(control(&session, "prevote").text, "off");
}

#[test]
fn time_goes_both_ways_and_an_action_in_the_past_forks() {
    let mut session = open("raft-election");
    session.open_hash("").unwrap();
    let start = session.picture().clone();
    session.seek(180).unwrap();
    assert_eq!((session.picture().tick, session.picture().clock.as_str()), (180, "180 ms"));
    session.ask(&Request::Step(-180)).unwrap();
    assert_eq!(session.picture(), &start);
    session.seek(120).unwrap();
    session.act("fire", Some("S3")).unwrap();
    assert!(session.hash().contains("fire"), "{}", session.hash());
    let forked = session.seek(150).unwrap().clone();
    let mut other = open("raft-election");
    assert_eq!(other.open_hash(&forked.hash).unwrap(), &forked);
    assert_eq!(session.seek(u32::MAX).unwrap().tick, forked.end);
}

#[test]
fn a_state_that_there_is_not_leaves_the_lab_where_it_was() {
    let mut session = open("raft-election");
    let before = session.seek(100).unwrap().clone();
    let fault = session.case("nothing").unwrap_err();
    assert!(
        fault.to_string().starts_with("the lab failed: there is no state named nothing"),
        "{fault}"
    );
    assert_eq!(session.ask(&Request::Show).unwrap(), &before);
    assert!(session.case("tight").is_ok() && session.preset("pre").is_ok());
}

#[test]
fn the_parts_of_all_labs_have_shapes() {
    let mut kinds: Vec<&str> = vec![];
    for page in pages() {
        let lab = library_tui::labs::file::LabFile::parse(&std::fs::read_to_string(page).unwrap());
        let mut session = Engine::new().open(&lab.unwrap()).unwrap();
        let picture = session.seek(u32::MAX).unwrap();
        assert!(!picture.readings.is_empty() && !picture.hash.contains('#'));
        kinds.extend(picture.parts.iter().map(|part| match part.shape {
            Shape::Formula(_) => "formula",
            Shape::Bars(_) => "bars",
            Shape::Grid(_) => "grid",
            Shape::Series(_) => "series",
            Shape::Graph(_) => "graph",
            Shape::Lanes(_) => "lanes",
            Shape::Tree(_) => "tree",
            Shape::Ring(_) => "ring",
            Shape::Queue(_) => "queue",
            _ => "other",
        }));
        assert!(picture.parts.iter().all(|part| !part.alt.is_empty()));
    }
    kinds.sort_unstable();
    kinds.dedup();
    let all = ["bars", "formula", "graph", "grid", "lanes", "queue", "ring", "series", "tree"];
    assert_eq!(kinds, all);
}

#[test]
fn trees_rings_and_queues_are_plain_data() {
    let session = open("kinds");
    let shape = |id: &str| &session.picture().parts.iter().find(|it| it.id == id).unwrap().shape;
    let Shape::Tree(nodes) = shape("tree") else { panic!() };
    let outline: Vec<(u32, &str, &str)> =
        nodes.iter().map(|it| (it.depth, it.edge.as_str(), it.label.as_str())).collect();
    assert_eq!(outline, [(0, "", "S2"), (1, "<", "S3"), (2, "<", "S1"), (1, ">", "S4")]);
    assert!(nodes[0].is_now && nodes[0].press.as_ref().unwrap().arg == "0.718");
    let Shape::Ring(ring) = shape("ring") else { panic!() };
    assert_eq!((ring.arcs.len(), ring.arcs[0].from, ring.arcs[0].to), (4, 0.954, 0.1));
    assert!(ring.points[4].is_inside && ring.points[4].sub == "0.40");
    let Shape::Queue(queues) = shape("queue") else { panic!() };
    let held = queues.iter().map(|it| it.slots.len() + it.items.len()).sum::<usize>();
    assert_eq!((queues.len(), held, queues[0].max), (4, 12, Some(8)));
}

#[test]
fn a_tree_that_is_none_and_places_off_the_ring_are_brought_into_order() {
    let lab = LabFile {
        model: "Lab({view:()=>({say:'x',\
            t:{kind:'tree',nodes:[{id:1,parent:2},{id:2,parent:1},{id:3,parent:9},{id:3},{parent:3,label:'y'},null].filter(x=>x)},\
            r:{kind:'ring',arcs:[{from:-0.25,to:3.5}],points:[{at:1/0},{at:-1e-20}]},\
            q:{kind:'queue',rows:[{slots:[null,1],items:[{v:2,tone:'x'}],more:-1,max:1e99},{}]}})})"
            .into(),
        ..lab("kinds")
    };
    let session = Engine::new().open(&lab).unwrap();
    let shapes: Vec<&Shape> = session.picture().parts.iter().map(|it| &it.shape).collect();
    let [Shape::Tree(nodes), Shape::Ring(ring), Shape::Queue(queues)] = shapes.as_slice() else {
        panic!()
    };
    assert_eq!(nodes.iter().map(|it| it.depth).collect::<Vec<_>>(), [0, 1, 0]);
    assert_eq!((ring.arcs[0].from, ring.arcs[0].to), (0.75, 0.5));
    assert!(ring.points.iter().all(|it| (0.0..1.0).contains(&it.at)), "{ring:?}");
    assert_eq!((queues[0].slots.len(), queues[1].items.len()), (2, 0));
}

#[test]
fn a_series_has_axes_with_texts() {
    let session = open("raft-election");
    let part = session.picture().parts.iter().find(|it| it.id == "chance").unwrap();
    let Shape::Series(series) = &part.shape else { panic!() };
    let ticks: Vec<&str> = series.x.ticks.iter().map(|it| it.text.as_str()).collect();
    assert_eq!((series.x.log, ticks.as_slice()), (Some(10.0), ["1", "10", "100"].as_slice()));
    assert_eq!(series.y.ticks.len(), 6);
    assert_eq!(series.marks[0].control.as_deref(), Some("w"));
    assert_eq!(series.lines[0].tone, Some(Tone::D));
}

#[test]
fn a_player_answers_every_request_in_order() {
    let (sender, answers) = channel();
    let mut player = Player::spawn(lab("raft-election"), move |answer| {
        let _ = sender.send(answer);
    });
    let wait = || answers.recv_timeout(Duration::from_secs(20)).unwrap();
    assert_eq!((player.ask(Request::Show), player.ask(Request::Seek(7))), (1, 2));
    assert!(matches!(wait(), Answer::Opened(declared) if declared.rate > 0.0));
    assert!(matches!(wait(), Answer::Shown(1, _)));
    assert!(matches!(wait(), Answer::Shown(2, picture) if picture.tick == 7));
    player.ask(Request::Preset("nothing".into()));
    assert!(matches!(wait(), Answer::Failed(3, _)));
    player.ask(Request::Show);
    assert!(matches!(wait(), Answer::Shown(4, picture) if picture.tick == 7));
}
