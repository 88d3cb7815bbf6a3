//! Failures of the program's parts, in a process of its own: this test's program starts itself
//! in a terminal, where a library plays the failing part.

use std::env;
use std::fs::File;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::thread;

use library_tui::calendar::Calendar;
use library_tui::labs::Environment;
use library_tui::library::{Article, Catalog, Category, Library, Source, SourceError, Text};
use library_tui::state::Keeper;
use library_tui::theme::{Depth, Palette, Theme};
use library_tui::tui::clipboard::Clipboard;
use library_tui::tui::{self, Opening, Setup};

use crate::terminal::pty::Start;

/// Tells the program of the test which part to play.
const PART: &str = "LIBRARY_TUI_TEST_PART";

/// The test that plays it.
const STAGE: &str = "terminal::stage::plays_its_part_when_it_is_told_to";

#[derive(Debug)]
struct Failing;

impl Source for Failing {
    fn text(&self, _: Text) -> Result<String, SourceError> {
        match env::var(PART).as_deref() {
            Ok("panics") => panic!("the source is broken"),
            Ok("panics elsewhere") => {
                let _ = thread::spawn(|| panic!("the worker is broken")).join();
            }
            _ => {}
        }
        Ok("Text of the article.\n".to_owned())
    }
}

#[test]
fn plays_its_part_when_it_is_told_to() {
    if env::var_os(PART).is_none() {
        return;
    }
    let article = Article {
        slug: "article".into(),
        category: 0,
        title: "The article".into(),
        summary: "A summary.".into(),
        level: None,
        tags: vec![],
        labs: vec![],
        see: vec![],
        verified: String::new(),
        versions: vec![],
        minutes: 1,
        runs: 0,
        headings: vec![],
    };
    let category = Category { title: "Category".into(), articles: vec![0], ..Category::default() };
    let catalog = Catalog {
        title: "Stage".into(),
        start: vec![0],
        categories: vec![category],
        articles: vec![article],
        ..Catalog::default()
    };
    let full = (env::var(PART).as_deref() == Ok("cannot write")).then(fill_output);
    let outcome = tui::run(
        Setup {
            library: Arc::new(Library::new(catalog, Box::new(Failing))),
            opening: Opening::Home,
            theme: Theme::new(Palette::Ansi, Depth::Ansi),
            width: 76,
            mouse: true,
            ascii: false,
            environment: Environment::default(),
            cache: None,
            calendar: Calendar::default(),
            streaks: library_tui::state::statistics::Streaks::Untold,
            clipboard: Clipboard::default(),
            images: library_tui::tui::picture::Images::Never,
            memory: None,
            notice: None,
        },
        &Keeper::none(),
    );
    if let Some(before) = full {
        rustix::stdio::dup2_stdout(before).unwrap();
    }
    if let Err(error) = outcome {
        eprintln!("ended: {error:#}");
    }
}

/// Lets every write to standard output fail; what it was before.
fn fill_output() -> OwnedFd {
    let before = rustix::io::dup(rustix::stdio::stdout()).unwrap();
    let full = File::options().write(true).open("/dev/full").unwrap();
    rustix::stdio::dup2_stdout(full).unwrap();
    before
}

fn part(name: &str) -> Start {
    let program = env::current_exe().unwrap();
    Start::command(&program, &["--exact", STAGE, "--nocapture"]).env(PART, name)
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_is_told() {
    let mut terminal = part("panics").run();
    terminal.sees("Start here").sees("? help").is_taken();
    terminal.press("\r").sees("the source is broken").is_given_back();
    assert_ne!(terminal.ended().exit_status(), Some(0));
    terminal.is_given_back();
}

#[test]
fn a_panic_of_a_worker_is_told_and_the_reader_stays() {
    let mut terminal = part("panics elsewhere").run();
    terminal.sees("? help").press("\r").sees("Text of the article").is_taken();
    terminal.sees("A part of the program failed").sees("the worker is broken");
    terminal.press("j").misses("A part of the program failed").press("qqq");
    assert_eq!(terminal.ended().exit_status(), Some(0));
    terminal.is_given_back();
}

#[test]
fn output_that_cannot_be_written_ends_the_reader_with_the_terminal_given_back() {
    let mut terminal = part("cannot write").run();
    terminal.writes(0, b"ended: ");
    terminal.is_given_back();
    terminal.ended();
}
