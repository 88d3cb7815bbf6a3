//! The pictures in the README are the reader's own screens, drawn from its cells.
//!
//! `UPDATE=1 cargo test --test picture` writes them; otherwise a stale picture fails.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot draw its picture has failed"
)]

use std::collections::VecDeque;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use library_tui::labs::Environment;
use library_tui::labs::engine::{Answer, Engine, Session};
use library_tui::labs::file::LabFile;
use library_tui::layout;
use library_tui::library::{Library, Text};
use library_tui::text;
use library_tui::theme::{Depth, Palette, Theme};
use library_tui::tui::clipboard::Clipboard;
use library_tui::tui::{Effect, Message, Model, Opening, Setup, update, view};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Rect, Size};
use ratatui::style::{Color, Modifier};

const SIZE: Size = Size { width: 120, height: 34 };

/// Of one cell, and of the letters in it, in pixels.
const CELL: (f32, f32) = (8.4, 17.0);
const LETTERS: f32 = 14.0;

/// Around the screen, in pixels.
const MARGIN: f32 = 14.0;

/// The ground and the ink of a theme, where a cell does not say.
#[derive(Clone, Copy)]
struct Paper {
    palette: Palette,
    ground: &'static str,
    ink: &'static str,
}

const DARK: Paper = Paper { palette: Palette::Dark, ground: "#16181d", ink: "#d6d9df" };
const LIGHT: Paper = Paper { palette: Palette::Light, ground: "#fbfaf7", ink: "#24272e" };

#[test]
fn the_picture_of_home_is_current() {
    check("home.svg", "library-tui's home screen", Opening::Home, SIZE, DARK);
}

#[test]
fn the_picture_of_the_reader_is_current() {
    let opening = at("partition-key-contract", "one-line-two-jobs");
    check("reader.svg", "An article in library-tui", opening, SIZE, DARK);
}

#[test]
fn the_picture_of_formulas_is_current() {
    let opening = at("absolute-positions", "sinusoids-clock-hands-of-many-speeds");
    check("formulas.svg", "Formulas and a diagram in library-tui", opening, SIZE, DARK);
}

#[test]
fn the_picture_of_a_chart_is_current() {
    let opening = at("weight-initialisation", "a-product-of-twenty-four-factors");
    let size = Size { height: 70, ..SIZE };
    check("chart.svg", "Code that ran and its chart in library-tui", opening, size, LIGHT);
}

/// An article at one of its headings.
fn at(article: &str, heading: &str) -> Opening {
    let article = Library::embedded().unwrap().catalog.article(article).unwrap();
    Opening::Article(article, Some(heading.to_owned()))
}

#[test]
#[cfg(feature = "labs")]
fn the_picture_of_a_lab_is_current() {
    let lab = library_tui::labs::LabLink { slug: "raft-election".into(), state: None };
    // A lab has more to show.
    let size = Size { height: 44, ..SIZE };
    check("lab.svg", "A lab played in library-tui", Opening::Lab(lab), size, DARK);
}

fn check(name: &str, title: &str, opening: Opening, size: Size, paper: Paper) {
    let drawn = svg(&screen(opening, size, paper.palette), title, paper);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures").join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &drawn).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == drawn, "{name} is stale: run `UPDATE=1 cargo test --test picture`");
}

/// The first frame of a session, code in its colours.
fn screen(opening: Opening, size: Size, palette: Palette) -> Buffer {
    let library = Arc::new(Library::embedded().unwrap());
    let setup = Setup {
        library: Arc::clone(&library),
        opening,
        theme: Theme::new(palette, Depth::True),
        width: 80,
        mouse: false,
        ascii: false,
        environment: Environment::default(),
        cache: None,
        calendar: library_tui::calendar::Calendar::default(),
        streaks: library_tui::state::statistics::Streaks::Untold,
        clipboard: Clipboard::default(),
        images: library_tui::tui::picture::Images::Never,
        memory: None,
        notice: None,
    };
    let (mut model, first) = Model::new(setup, size);
    let mut lab = None;
    let mut effects = VecDeque::from(first);
    while let Some(effect) = effects.pop_front() {
        let answer = match effect {
            Effect::Play(number, at) => {
                let page = library.text(Text::Lab(at)).unwrap();
                let file = LabFile::parse(&page).unwrap();
                lab = Some(Engine::new().open(&file).unwrap());
                Message::LabRead(number, Ok(Arc::new(file)))
            }
            Effect::Ask(number, _) => {
                let lab: &Session = lab.as_ref().unwrap();
                let declared = Answer::Opened(lab.declared().clone());
                effects.extend(update(&mut model, Message::Played(number, declared)));
                Message::Played(number, Answer::Shown(1, lab.picture().clone()))
            }
            Effect::Load(text) => {
                Message::Loaded(text, library.text(text).map_err(|error| error.to_string()))
            }
            Effect::Colour { opening, block, code } => {
                let roles = layout::highlight(&code, &mut || true).unwrap_or_default();
                Message::Coloured { opening, block, roles }
            }
            other => panic!("a first frame asks for {other:?}"),
        };
        effects.extend(update(&mut model, answer));
    }
    let mut buffer = Buffer::empty(Rect::new(0, 0, size.width, size.height));
    view(&model, &mut buffer);
    buffer
}

fn svg(screen: &Buffer, title: &str, paper: Paper) -> String {
    let Paper { ground, ink, .. } = paper;
    let width = f32::from(screen.area.width) * CELL.0 + 2.0 * MARGIN;
    let height = f32::from(screen.area.height) * CELL.1 + 2.0 * MARGIN;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">\n<title>{title}</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{ground}\"/>\n\
         <g font-family=\"ui-monospace, monospace\" font-size=\"{LETTERS}\" fill=\"{ink}\">\n"
    );
    for row in screen.area.rows() {
        for run in runs(screen, row, paper) {
            run.ground(&mut out);
            run.letters(&mut out);
        }
    }
    out.push_str("</g>\n</svg>\n");
    out
}

/// Neighbouring cells of one row that look alike.
struct Run {
    x: u16,
    y: u16,
    text: String,
    look: Look,
    paper: Paper,
}

#[derive(Clone, PartialEq)]
struct Look {
    ink: String,
    ground: String,
    modifier: Modifier,
}

fn runs(screen: &Buffer, row: Rect, paper: Paper) -> Vec<Run> {
    let mut runs: Vec<Run> = vec![];
    let mut x = row.left();
    while x < row.right() {
        let cell = &screen[(x, row.y)];
        let look = Look::of(cell, paper);
        match runs.last_mut() {
            Some(run) if run.look == look => run.text.push_str(cell.symbol()),
            _ => runs.push(Run { x, y: row.y, text: cell.symbol().to_owned(), look, paper }),
        }
        x += text::cells(text::grapheme_width(cell.symbol()).max(1));
    }
    runs
}

impl Run {
    fn ground(&self, out: &mut String) {
        if self.look.ground == self.paper.ground {
            return;
        }
        let (x, y) = corner(self.x, self.y);
        let width = length(&self.text);
        let (height, fill) = (CELL.1, &self.look.ground);
        let _ = writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{fill}\"/>"
        );
    }

    /// The text between its blanks: a run of blanks needs no letters.
    fn letters(&self, out: &mut String) {
        let from_first = self.text.trim_start_matches(' ');
        let words = from_first.trim_end_matches(' ');
        if words.is_empty() {
            return;
        }
        let blanks = text::cells(self.text.len() - from_first.len());
        let (x, y) = corner(self.x + blanks, self.y);
        let (baseline, length) = (y + CELL.1 * 0.76, length(words));
        let _ = write!(out, "<text x=\"{x:.1}\" y=\"{baseline:.1}\" textLength=\"{length:.1}\"");
        out.push_str(&self.look.attributes(self.paper));
        let _ = writeln!(out, ">{}</text>", escaped(words));
    }
}

fn corner(x: u16, y: u16) -> (f32, f32) {
    (MARGIN + f32::from(x) * CELL.0, MARGIN + f32::from(y) * CELL.1)
}

fn length(text: &str) -> f32 {
    f32::from(text::cells(text::width(text))) * CELL.0
}

impl Look {
    fn of(cell: &Cell, paper: Paper) -> Self {
        let (ink, ground) = (colour(cell.fg, paper.ink), colour(cell.bg, paper.ground));
        let reversed = cell.modifier.contains(Modifier::REVERSED);
        let (ink, ground) = if reversed { (ground, ink) } else { (ink, ground) };
        Self { ink, ground, modifier: cell.modifier }
    }

    fn attributes(&self, paper: Paper) -> String {
        let mut attributes = String::new();
        if self.ink != paper.ink {
            let _ = write!(attributes, " fill=\"{}\"", self.ink);
        }
        let looks = [
            (Modifier::BOLD, " font-weight=\"bold\""),
            (Modifier::ITALIC, " font-style=\"italic\""),
            (Modifier::UNDERLINED, " text-decoration=\"underline\""),
            (Modifier::CROSSED_OUT, " text-decoration=\"line-through\""),
            (Modifier::DIM, " opacity=\"0.6\""),
        ];
        for (modifier, look) in looks {
            if self.modifier.contains(modifier) {
                attributes.push_str(look);
            }
        }
        attributes
    }
}

fn colour(colour: Color, usual: &str) -> String {
    match colour {
        Color::Reset => usual.to_owned(),
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        other => panic!("the dark theme has {other} at 24 bits"),
    }
}

/// Text as XML. Several blanks would be shown as one, so they become ones that never break.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace(' ', "\u{a0}")
}
