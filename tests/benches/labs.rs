//! Playing a lab: to read its page, to open it, a gesture, and the frames of all that.

use std::hint::black_box;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::sync::Arc;

use divan::Bencher;
use library_tui::calendar::Calendar;
use library_tui::labs::engine::{Answer, Engine, Request, Session, Setting};
use library_tui::labs::file::LabFile;
use library_tui::labs::kit::{Kit, stripped};
use library_tui::labs::{Environment, LabLink, Listening, Server};
use library_tui::library::Library;
use library_tui::theme::{Depth, Palette, Theme};
use library_tui::tui::clipboard::Clipboard;
use library_tui::tui::{Message, Model, Opening, Setup, update, view};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

const LABS: [(&str, &str); 4] = [
    ("kv-cache-growth", include_str!("../../labs/transformer-math/kv-cache-growth.html")),
    ("matmul-stepper", include_str!("../../labs/transformer-math/matmul-stepper.html")),
    ("raft-election", include_str!("../../labs/distributed/raft-election.html")),
    ("rate-limiter-bench", include_str!("../../labs/system-design/rate-limiter-bench.html")),
];

const NAMES: [&str; 4] = [LABS[0].0, LABS[1].0, LABS[2].0, LABS[3].0];

fn main() {
    divan::main();
}

fn page(name: &str) -> &'static str {
    LABS.iter().find(|(slug, _)| *slug == name).map_or("", |(_, html)| html)
}

fn open(name: &str) -> Option<Session> {
    Engine::new().open(&LabFile::parse(page(name)).ok()?).ok()
}

#[divan::bench]
fn kit_inlined(bencher: Bencher) {
    let own = stripped(page("raft-election"));
    bencher.bench(|| Kit::embedded().inlined(black_box(&own)));
}

/// What `o` adds before the address is known, the first time.
#[divan::bench]
fn serving_starts(bencher: Bencher) {
    let pages = || Box::new(|_: &str| Some(page("raft-election").to_owned()));
    bencher.with_inputs(pages).bench_values(|pages| {
        let server = Server::start(Listening::at(0), pages).ok();
        server.as_ref().map(|server| server.address("raft-election", None).len())
    });
}

/// A page asked for and read whole, its scripts hashed on the way.
#[divan::bench]
fn page_served(bencher: Bencher) {
    let pages = Box::new(|_: &str| Some(page("raft-election").to_owned()));
    let Ok(server) = Server::start(Listening::at(0), pages) else { return };
    let address = server.address("raft-election", None);
    let path = address.splitn(4, '/').nth(3).unwrap_or_default();
    bencher.bench(|| {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, server.port())).ok()?;
        write!(stream, "GET /{path} HTTP/1.1\r\nHost: localhost\r\n\r\n").ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()
    });
}

#[divan::bench(args = NAMES)]
fn page_read(name: &str) -> Option<LabFile> {
    LabFile::parse(page(name)).ok()
}

/// An engine with nothing in it but the core.
#[divan::bench]
fn engine_created() -> bool {
    let lab = LabFile { model: "Lab({view:()=>({say:''})})".to_owned(), ..core() };
    Engine::new().open(&lab).is_ok()
}

fn core() -> LabFile {
    let core =
        "var Lab=d=>{Lab.def=d};Lab.open=()=>({out:Lab.def.view,hash:()=>'',t:0,end:0,c:{}})";
    LabFile { core: core.to_owned(), ..LabFile::default() }
}

#[divan::bench(args = NAMES)]
fn cold_open_to_first_picture(name: &str) -> Option<Session> {
    open(black_box(name))
}

/// A control is moved, to and fro.
#[divan::bench(args = NAMES)]
fn gesture(bencher: Bencher, name: &str) {
    let mut session = open(name);
    let control =
        session.as_ref().and_then(|it| it.picture().controls.get(1)).map(|it| it.id.clone());
    let control = control.unwrap_or_default();
    let mut by = 1;
    bencher.bench_local(|| {
        by = -by;
        session.as_mut().is_some_and(|it| it.ask(&Request::Nudge(control.clone(), by)).is_ok())
    });
}

/// One tick of playing, with its picture.
#[divan::bench(args = ["matmul-stepper", "raft-election", "rate-limiter-bench"])]
fn step(bencher: Bencher, name: &str) {
    let mut session = open(name);
    bencher.bench_local(|| {
        session.as_mut().is_some_and(|it| {
            let by = if it.picture().tick == it.picture().end { i32::MIN / 2 } else { 1 };
            it.ask(&Request::Step(by)).is_ok()
        })
    });
}

/// From the start to the end, computed anew.
#[divan::bench(args = ["raft-election", "rate-limiter-bench"])]
fn whole_run(bencher: Bencher, name: &str) {
    let mut session = open(name);
    let mut seed = 0;
    bencher.bench_local(|| {
        seed = seed % 999 + 1;
        let patch = [("seed".to_owned(), Setting::Number(f64::from(seed)))].into();
        session.as_mut().is_some_and(|it| {
            it.seek(0).is_ok() && it.set(patch).is_ok() && it.seek(u32::MAX).is_ok()
        })
    });
}

/// A lab in the reader, at a terminal of 120 by 40.
struct Played {
    model: Model,
    lab: Session,
    number: u64,
}

impl Played {
    /// Reads the page, opens the lab, and tells the reader what it shows.
    fn open(library: &Arc<Library>, name: &str) -> Option<Self> {
        let setup = Setup {
            library: Arc::clone(library),
            opening: Opening::Lab(LabLink { slug: name.to_owned(), state: None }),
            theme: Theme::new(Palette::Dark, Depth::True),
            width: 76,
            mouse: false,
            ascii: false,
            environment: Environment::default(),
            calendar: Calendar::default(),
            streaks: library_tui::state::statistics::Streaks::Untold,
            clipboard: Clipboard::default(),
            images: library_tui::tui::picture::Images::Never,
            memory: None,
            notice: None,
            cache: None,
        };
        let (mut model, _) = Model::new(setup, Size { width: 120, height: 40 });
        let number = model.playing()?.number;
        let file = LabFile::parse(page(name)).ok()?;
        let lab = Engine::new().open(&file).ok()?;
        update(&mut model, Message::LabRead(number, Ok(Arc::new(file))));
        let declared = Answer::Opened(lab.declared().clone());
        update(&mut model, Message::Played(number, declared));
        let mut played = Self { model, lab, number };
        played.ask(&Request::Show);
        Some(played)
    }

    fn ask(&mut self, request: &Request) {
        if let Ok(picture) = self.lab.ask(request) {
            let answer = Answer::Shown(0, picture.clone());
            update(&mut self.model, Message::Played(self.number, answer));
        }
    }

    fn frame(&self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
        view(&self.model, &mut buffer);
        buffer
    }
}

fn embedded() -> Option<Arc<Library>> {
    Library::embedded().ok().map(Arc::new)
}

/// From a page to what is on the screen.
#[divan::bench(args = NAMES)]
fn cold_open_to_first_frame(bencher: Bencher, name: &str) {
    let library = embedded();
    bencher.bench_local(|| {
        library.as_ref().and_then(|it| Played::open(it, name)).map(|played| played.frame())
    });
}

/// A control is moved, to and fro, and the screen is drawn.
#[divan::bench(args = NAMES)]
fn gesture_to_frame(bencher: Bencher, name: &str) {
    let mut played = embedded().and_then(|it| Played::open(&it, name));
    let control = played.as_ref().and_then(|it| it.lab.picture().controls.get(1));
    let control = control.map(|it| it.id.clone()).unwrap_or_default();
    let mut by = 1;
    bencher.bench_local(|| {
        by = -by;
        let request = Request::Nudge(control.clone(), by);
        played.as_mut().map(|it| {
            it.ask(&request);
            it.frame()
        })
    });
}

/// A control is moved to where it was not before, and the screen is drawn.
#[divan::bench(sample_count = 60, sample_size = 1)]
fn new_width_in_raft_to_frame(bencher: Bencher) {
    let mut played = embedded().and_then(|it| Played::open(&it, "raft-election"));
    bencher.bench_local(|| {
        played.as_mut().map(|it| {
            it.ask(&Request::Nudge("w".to_owned(), 1));
            it.frame()
        })
    });
}

/// Three ticks of playing, which is a twentieth of a second, and the screen.
#[divan::bench(args = ["raft-election", "rate-limiter-bench"])]
fn frame_of_playing(bencher: Bencher, name: &str) {
    let mut played = embedded().and_then(|it| Played::open(&it, name));
    bencher.bench_local(|| {
        played.as_mut().map(|it| {
            let over = it.lab.picture().tick == it.lab.picture().end;
            it.ask(&if over { Request::Seek(0) } else { Request::Step(3) });
            it.frame()
        })
    });
}
