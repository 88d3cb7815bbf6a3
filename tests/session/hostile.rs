//! Text that attacks the terminal, in every place that text can come from.
//!
//! The payloads are those of known attacks on pagers, terminals and readers of source code. They
//! are tried as they are, as entities (which become characters only after parsing), and as
//! entities of entities (which must never become characters at all).

use std::path::PathBuf;
use std::sync::Arc;

use library_tui::labs::LabLink;
use library_tui::library::{
    Article, Catalog, Category, Lab, Library, Section, Source, SourceError, Text,
};
use library_tui::text::Safe;
use library_tui::tui::message::{ExportedLab, Forward, HandedLab, Lasting};
use library_tui::tui::{Effect, Message, Opening};

use crate::session::cells::{self, BIDI, is_hostile};
use crate::session::harness::{Session, setup};

/// What stands beside every payload, so that a test can tell that it was shown at all.
const SENTINEL: &str = "SENTINEL";

/// Beginnings of terminal commands, after ESC or as one C1 character.
const COMMANDS: [&str; 38] = [
    "\u{1b}[31m",
    "\u{1b}[2J",
    "\u{1b}[6n",
    "\u{1b}[c",
    "\u{1b}[>c",
    "\u{1b}[>0q",
    "\u{1b}[?1049h",
    "\u{1b}[?1000h",
    "\u{1b}[8;1;1t",
    "\u{1b}[21t",
    "\u{1b}[5i",
    "\u{1b}[?25l",
    "\u{1b}[>1u",
    "\u{1b}c",
    "\u{1b}#8",
    "\u{1b}(0",
    "\u{1b}]0;t\u{7}",
    "\u{1b}]2;t\u{1b}\\",
    "\u{1b}]4;1;?\u{7}",
    "\u{1b}]7;file://h/\u{7}",
    "\u{1b}]8;;http://evil.example\u{1b}\\x\u{1b}]8;;\u{1b}\\",
    "\u{1b}]9;n\u{7}",
    "\u{1b}]10;?\u{7}",
    "\u{1b}]11;?\u{1b}\\",
    "\u{1b}]50;f\u{7}",
    "\u{1b}]52;c;cm0gLXJm\u{7}",
    "\u{1b}]133;A\u{7}",
    "\u{1b}]777;notify;a;b\u{7}",
    "\u{1b}]1337;File=inline=1:AAAA\u{7}",
    "\u{1b}P$q\"p\u{1b}\\",
    "\u{1b}P+q544e\u{1b}\\",
    "\u{1b}Pq#0;2;0;0;0\u{1b}\\",
    "\u{1b}_Ga=T;AAAA\u{1b}\\",
    "\u{1b}^pm\u{1b}\\",
    "\u{1b}Xsos\u{1b}\\",
    "\u{9b}31m",
    "\u{9d}52;c;eA==\u{9c}",
    "\u{1b}]2;unterminated",
];

/// Single characters: C0, DEL, C1, directions, invisible ones, tags.
fn characters() -> Vec<char> {
    let controls = ('\0'..='\u{1f}').chain('\u{7f}'..='\u{9f}');
    let invisible = "\u{200b}\u{2060}\u{feff}\u{2028}\u{2029}\u{fff9}\u{fffa}\u{fffb}\u{115f}\u{1160}\u{3164}\u{ffa0}";
    let tags = '\u{e0000}'..='\u{e007f}';
    controls.chain(BIDI.chars()).chain(invisible.chars()).chain(tags).collect()
}

/// Sixteen payloads at a time: each alone would take minutes, and they cannot hide one another,
/// because every one is followed by a sentinel.
fn payloads() -> Vec<String> {
    let commands = COMMANDS.iter().map(ToString::to_string);
    let characters = characters().into_iter().map(|c| format!("a{c}b"));
    let payloads: Vec<String> = commands.chain(characters).collect();
    payloads.chunks(16).map(|some| some.join(SENTINEL) + SENTINEL).collect()
}

fn entities(text: &str) -> String {
    text.chars()
        .map(|c| if is_hostile(c) { format!("&#{};", u32::from(c)) } else { c.into() })
        .collect()
}

fn entities_of_entities(text: &str) -> String {
    text.chars()
        .map(|c| if is_hostile(c) { format!("&amp;#x{:x};", u32::from(c)) } else { c.into() })
        .collect()
}

/// A text with the payload in every construct that Markdown has.
fn markdown(it: &str) -> String {
    format!(
        "# T {it}\n\n## H {it}\n\n### S `{it}`\n\nText {it} *em {it}* **st {it}** ~~del {it}~~ `code {it}`.\n\n\
        [text {it}](target{it} \"title {it}\") [web](https://example.com/{it}) [js](javascript:{it}) \
        <https://example.com/{it}> https://example.com/{it} [[{it}]] [lab](../../labs/c{it}/l{it}.html#s{it})\n\n\
        ![alt {it}](image{it}.png \"title {it}\") and a note[^a{it}] and $math {it}$.\n\n\
        $$\nE = {it}\n$$\n\n- item {it}\n  1. deeper {it}\n- [x] done {it}\n\n\
        > quoted {it}\n\n> [!NOTE]\n> noted {it}\n\n\
        ```rust run {it}\nlet a = \"{it}\";\n```\n\n```{it}\nplain {it}\n```\n\n    indented {it}\n\n\
        | head {it} | b |\n|:-|-:|\n| cell {it} | `{it}` |\n\n\
        <details>\n<summary>sum {it}</summary>\n\nfolded {it}\n\n</details>\n\n\
        <div class=\"{it}\">html {it}</div>\n\n<b>{it}</b> <!-- comment {it} -->\n\n\
        [ref {it}]: https://example.com/{it}\n\n[^a{it}]: footnote {it}\n\n*[{it}]: long {it}\n*[ref]: {it}\n"
    )
}

#[derive(Debug)]
struct Hostile(String);

impl Source for Hostile {
    fn text(&self, _: Text) -> Result<String, SourceError> {
        Ok(format!("---\ntitle: \"{0}\"\n---\n\n{0}", markdown(&self.0)))
    }
}

/// A library whose every name is the payload.
fn library(it: &str) -> Arc<Library> {
    let text = |name: &str| format!("{name} {it}");
    let heading = Section { level: 2, title: text("heading"), anchor: text("anchor") };
    let article = Article {
        slug: text("slug"),
        category: 0,
        title: text("article"),
        summary: text("summary"),
        level: None,
        tags: vec![text("tag")],
        labs: vec![0],
        see: vec![1],
        verified: text("verified"),
        versions: vec![text("version")],
        minutes: 1,
        runs: 1,
        headings: vec![heading],
    };
    let lab = Lab {
        slug: text("lab-slug"),
        category: 0,
        title: text("lab"),
        question: text("question"),
        minutes: 1,
        level: 1,
        articles: vec![0],
        takeaway: text("takeaway"),
    };
    let category = Category {
        slug: text("category-slug"),
        title: text("category"),
        description: text("description"),
        intro: text("intro"),
        articles: vec![0, 1],
        labs: vec![0],
    };
    let catalog = Catalog {
        title: text("library"),
        description: text("library description"),
        start: vec![0],
        categories: vec![category],
        articles: vec![article.clone(), article],
        labs: vec![lab],
        ..Catalog::default()
    };
    Arc::new(Library::new(catalog, Box::new(Hostile(it.to_owned()))))
}

/// Checks the screen, and everything that the runtime was asked to send to the terminal.
#[track_caller]
fn check(session: &Session, what: &str) {
    if let Err(wrong) = cells::check(session) {
        panic!("{what}: {wrong}");
    }
    let screen = session.screen();
    assert!(screen.contains(SENTINEL), "{what}: the text is not on\n{screen}");
    for effect in &session.effects {
        let sent = match effect {
            Effect::Copy(text) => text.as_str(),
            Effect::OpenWeb(address) => address,
            _ => continue,
        };
        assert!(!sent.chars().any(is_hostile) && !sent.contains('\n'), "{what}: {effect:?}");
    }
}

/// The keys that lead to every place where a text of the library is shown.
const PLACES: [&str; 13] = [
    "",
    "g b",
    "g b Tab",
    "g b Tab G",
    "g b Tab Tab",
    "Enter",
    "Enter o",
    "Enter y Tab Tab y Tab y",
    "Enter G",
    "Enter K",
    "Enter x",
    "Enter x Enter y",
    "/ S",
];

fn attack(payload: &str, encode: fn(&str) -> String) {
    let encoded = encode(payload);
    let library = library(&encoded);
    for keys in PLACES {
        let opened = setup(Arc::clone(&library), Opening::Home);
        let session = Session::new(opened, (120, 60)).press(keys);
        check(&session, &format!("{keys:?} with {encoded:?}"));
    }
    let opening =
        Opening::File { path: PathBuf::from(format!("{encoded}.md")), source: markdown(&encoded) };
    let mut session = Session::new(setup(library, opening), (160, 200));
    check(&session, &format!("a file with {encoded:?}"));
    session = session.resize(100, 40);
    let links = session.model.reading().unwrap().document.links.len();
    for _ in 0..links {
        session = session.press("Tab K");
        check(&session, &format!("a peek with {encoded:?}"));
        session = session.press("y Esc y Enter");
        check(&session, &format!("a link with {encoded:?}"));
        session = session.press("Ctrl-o Esc Esc");
    }
}

#[test]
fn payloads_as_they_are_never_reach_the_terminal() {
    for payload in payloads() {
        attack(&payload, str::to_owned);
    }
}

#[test]
fn payloads_as_entities_never_reach_the_terminal() {
    for payload in payloads() {
        attack(&payload, entities);
    }
}

#[test]
fn payloads_as_entities_of_entities_never_become_characters() {
    for payload in payloads() {
        attack(&payload, entities_of_entities);
    }
    let session = Session::file("Text &amp;#27;[31m, `&#27;`.\n", (80, 24));
    session.sees("Text &#27;[31m, &#27;.");
}

#[test]
fn what_is_typed_pasted_and_told_never_reaches_the_terminal() {
    for payload in payloads() {
        let messages = [
            Message::Said(Safe::line(&payload)),
            Message::Failed(Safe::line(&payload)),
            Message::Loaded(Text::Article(0), Err(payload.clone())),
            Message::FileLoaded(
                payload.clone().into(),
                Some(payload.clone()),
                Err(payload.clone()),
            ),
            Message::FileLoaded(payload.clone().into(), Some(payload.clone()), Ok(String::new())),
            Message::LabHanded { lab: window_size(&payload), outcome: Err(payload.clone()) },
            Message::LabHanded {
                lab: LabLink { slug: payload.clone(), state: Some(payload.clone()) },
                outcome: Ok(HandedLab {
                    address: payload.clone(),
                    forward: Some(Forward {
                        command: payload.clone(),
                        lasting: Lasting::Unset,
                        settings: payload.clone(),
                    }),
                }),
            },
            Message::LabExported {
                lab: window_size(&payload),
                outcome: Ok(ExportedLab { path: payload.clone(), fetch: None }),
            },
            Message::LabExported { lab: window_size(&payload), outcome: Err(payload.clone()) },
        ];
        for message in messages {
            let mut session = Session::article("names", (160, 24));
            session.tell(message.clone());
            check(&session, &format!("{message:?}"));
        }
        for keys in ["/", "Ctrl-p", ":", "o", "x"] {
            let mut session = Session::article("names", (160, 24)).press(keys);
            session.tell(Message::Pasted(payload.clone()));
            check(&session, &format!("{payload:?} pasted after {keys}"));
        }
    }
}

#[test]
fn code_shows_what_hides_in_it_and_the_header_counts_it() {
    let source = "```rust\nif a /* \u{202e} */ { \u{1b}[31m }\n```\n";
    let session = Session::file(source, (80, 24));
    session.sees("if a /* ⟦U+202E⟧ */ { ␛[31m }").sees("2 hidden characters");
}

#[test]
fn a_letter_with_a_hundred_thousand_accents_takes_one_small_cell() {
    let source = format!("e{} end\n", "\u{301}".repeat(100_000));
    let (buffer, _) = Session::file(&source, (80, 24)).sees("end").draw();
    assert!(buffer.content.iter().all(|cell| cell.symbol().len() <= 32));
}

fn window_size(state: &str) -> LabLink {
    LabLink { slug: "window-size".into(), state: Some(state.to_owned()) }
}
