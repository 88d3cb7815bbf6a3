//! Labs played at the keyboard.

use std::sync::Arc;

use library_tui::labs::LabLink;
use library_tui::labs::engine::Request;
use library_tui::library::{Catalog, Category, Lab, Library, Source, SourceError, Text};
use library_tui::theme::{Depth, Palette, Theme};
use library_tui::tui::action::Scope;
use library_tui::tui::{Effect, Opening, Setup};

use crate::session::harness::{Session, setup};
use crate::session::picture::picture;
use crate::session::screens::record;

const WIDE: (u16, u16) = (120, 40);
const SIZES: [(u16, u16); 3] = [WIDE, (80, 24), (40, 12)];

fn opening(slug: &str) -> Opening {
    Opening::Lab(LabLink { slug: slug.to_owned(), state: None })
}

fn raft(size: (u16, u16)) -> Session {
    Session::lab("raft-election", None, size)
}

/// What was asked of the lab, the first request left out.
fn asked(session: &Session) -> Vec<&Request> {
    let asked = session.effects.iter().filter_map(|effect| match effect {
        Effect::Ask(_, request) => Some(request),
        _ => None,
    });
    asked.skip(1).collect()
}

/// The state that the browser was asked to open last.
fn handed(session: &Session) -> Option<&str> {
    session.effects.iter().rev().find_map(|effect| match effect {
        Effect::OpenLab(lab) => Some(lab.state.as_deref().unwrap_or_default()),
        _ => None,
    })
}

/// The state that is played.
fn state(session: Session) -> String {
    let session = session.press("o");
    handed(&session).unwrap().to_owned()
}

fn at_every_size(lab: &str, state: Option<&str>, keys: &str) -> String {
    SIZES.map(|size| picture(&Session::lab(lab, state, size).press(keys))).join("\n")
}

macro_rules! screens {
    ($($name:ident: $lab:literal, $state:expr, $keys:literal;)+) => {
        $(#[test]
        fn $name() {
            record(stringify!($name), &at_every_size($lab, $state, $keys));
        })+
    };
}

screens! {
    playing_raft: "raft-election", None, "";
    playing_raft_with_a_server_selected: "raft-election", Some("seed=2&t=203"), "Tab Tab Tab Tab Tab Tab Tab";
    playing_raft_compared: "raft-election", None, "c 3";
    playing_kv_cache: "kv-cache-growth", None, "Down";
    playing_matmul: "matmul-stepper", None, "Tab Tab";
    playing_rate_limiter: "rate-limiter-bench", Some("traffic=poisson&t=600"), "Tab";
    playing_with_a_bet_open: "raft-election", None, "t Down";
    playing_with_a_bet_lost: "raft-election", None, "t a";
    playing_takeaway: "kv-cache-growth", None, "T";
    playing_presets: "kv-cache-growth", None, "s";
}

/// The lab of the tests that shows trees, rings and queues.
fn kinds(size: (u16, u16)) -> Session {
    let page = include_str!("../labs/fixtures/kinds.html");
    let (_, rest) = page.split_once("<script id=\"lab-model\">").unwrap();
    scripted(rest.split_once("</script>").unwrap().0, size)
}

#[test]
fn playing_trees_rings_and_queues() {
    let wide = picture(&kinds(WIDE).press("Down Down Down"));
    let narrow = ["", "Tab", "Tab Tab"].map(|keys| picture(&kinds((60, 20)).press(keys)));
    record("playing_trees_rings_and_queues", &format!("{wide}\n{}", narrow.join("\n")));
}

#[test]
fn places_on_rings_in_trees_and_queues_are_pressed() {
    let session = kinds(WIDE).press("Down Down Enter").sees("Key 0.10 belongs to S1");
    let session = session.press("Down Down Down Down Down Enter").sees("Key 0.18");
    session.press("Shift-Tab Shift-Tab Tab Shift-Tab Shift-Tab Enter").sees("Key 0.");
}

#[test]
fn playing_without_colour_in_ascii() {
    let pictures = SIZES.map(|size| {
        let library = Arc::new(Library::embedded().unwrap());
        let setup = Setup {
            theme: Theme::new(Palette::Ansi, Depth::None),
            ascii: true,
            ..setup(library, opening("raft-election"))
        };
        picture(&Session::new(setup, size))
    });
    record("playing_without_colour_in_ascii", &pictures.join("\n"));
}

#[test]
fn playing_in_dark_true_colour() {
    let library = Arc::new(Library::embedded().unwrap());
    let theme = Theme::new(Palette::Dark, Depth::True);
    let setup = Setup { theme, ..setup(library, opening("raft-election")) };
    record("playing_in_dark_true_colour", &picture(&Session::new(setup, WIDE)));
}

#[test]
fn a_lab_opens_at_a_state_and_garbage_gives_its_defaults() {
    assert_eq!(state(raft(WIDE)), "seed=2&t=203");
    let session = Session::lab("raft-election", Some("w=300&t=120"), WIDE);
    assert_eq!(state(session.sees("120 ms").sees("300 ms")), "w=300&t=120");
    for garbage in ["%", "=&=&", "t=x&a=[[", "w=1e999&__proto__=1", "\u{1b}[31m"] {
        let session = Session::lab("raft-election", Some(garbage), WIDE);
        let state = state(session.sees("No leader, no candidate."));
        assert!(["", "w=2000"].contains(&state.as_str()), "{garbage}: {state}");
    }
}

#[test]
fn controls_are_chosen_and_changed_by_keys() {
    let session = Session::lab("kv-cache-growth", None, WIDE).press("Down Right Right Left");
    assert_eq!(state(session), "tokens=12288&seqs=16");
    let session = Session::lab("kv-cache-growth", None, WIDE).press("j j L h");
    assert_eq!(state(session), "seqs=25");
    let session = Session::lab("kv-cache-growth", None, WIDE).press("j j j l PageUp");
    assert_eq!(state(session), "seqs=16&element=b8");
    let session = raft(WIDE).press("k k k k k k j j j j j Enter");
    assert!(state(session).contains("prevote=true"));
    let session = raft(WIDE).press("Shift-Tab").sees("▸").press("Tab").sees("› Servers");
    assert_eq!(session.model.scope(), Scope::Player);
}

#[test]
fn presets_start_by_digit_and_from_a_list() {
    let session = raft(WIDE).sees("1[A second candidate]").press("3").sees("3[Nobody else stands]");
    assert_eq!(state(session), "t=140");
    let session =
        raft(WIDE).press("s").write("delays").press("Enter").sees("4[Width of 100 delays]");
    assert!(session.effects.iter().any(|it| matches!(it, Effect::Tick(..))), "it plays at once");
    let session = raft(WIDE).press("Right").misses("1[A second").press("9");
    session.sees("This lab has 6 presets");
}

#[test]
fn time_passes_while_it_plays_and_any_step_stops_it() {
    let session = raft(WIDE).sees("paused").press("Space").sees("playing").frames(20);
    assert_eq!(state(session), "seed=2&t=263");
    let session = raft(WIDE).press("+ + - Space").frames(5).press("Space").frames(9).sees("paused");
    assert_eq!(state(session), "seed=2&t=233");
    let session = raft(WIDE).press("Space").frames(1).press(". > , <").frames(3).sees("paused");
    assert_eq!(state(session), "seed=2&t=206");
    assert_eq!(state(raft(WIDE).press("0")), "seed=2");
    let session = raft(WIDE).press("$ Space").frames(1).sees("playing");
    assert_eq!(state(session), "seed=2&t=3", "at the end it plays again");
    let session = raft(WIDE).press("$ , Space").frames(2).sees("paused");
    assert!(state(session).ends_with("t=850"), "it stops at the end");
    Session::lab("kv-cache-growth", None, WIDE).press("Space .").sees("This lab has no time");
}

#[test]
fn a_busy_lab_is_asked_once_whatever_is_pressed() {
    let mut session = raft(WIDE).hold().press("Space").frames(40).press("Right Right Right");
    assert_eq!(asked(&session).len(), 1, "{:?}", asked(&session));
    assert_eq!(session.release(), 1);
    let last = asked(&session).last().copied().cloned();
    assert_eq!(last, Some(Request::Nudge("n".into(), 3)));
    assert_eq!(session.release(), 1);
    let mut session = session.frames(1);
    assert_eq!(asked(&session).last(), Some(&&Request::Step(15)), "it catches up a little");
    session.release();
}

#[test]
fn acting_in_the_past_forks() {
    let session = raft(WIDE).press("0 > > >").press("Shift-Tab Enter");
    let forked = state(session);
    assert!(forked.ends_with("t=30&a=%5B%5B30%2C%22fire%22%2C%22S5%22%5D%5D"), "{forked}");
    let session = raft(WIDE).press("0 > > > Shift-Tab Enter $ 0 > Enter");
    let again = state(session);
    assert!(again.contains("t=10&a=%5B%5B10%2C"), "what came later is gone: {again}");
}

#[test]
fn a_bet_is_told_right_or_wrong_and_why_once_the_case_ran() {
    let session = raft(WIDE).press("t").sees("what to try, 1 of 5").sees("Bet first").misses("⁴ =");
    assert_eq!(asked(&session), [] as [&Request; 0], "nothing runs before the bet");
    let right =
        session.press("Down Enter").sees("✓ Right.").sees("(your bet)").sees("(1 − 5/150)⁴");
    assert_eq!(asked(&right), [&Request::Case("fast".into())]);
    let right = right.press("a c").sees("✓ Right.");
    right.press("Enter").misses("what to try").press("t").sees("what to try, 2 of 5");
    let wrong = raft(WIDE).press("t c").sees("✗ Wrong.").sees("✓ b  0.873").sees("(1 − 5/150)⁴");
    let next = wrong.press("n").sees("what to try, 2 of 5").press("N N").sees("key takeaway");
    let session =
        next.press("Esc").misses("key takeaway").press("T").sees("key takeaway").press("q");
    assert_eq!((session.model.scope(), session.left()), (Scope::Player, false));
}

#[test]
fn a_kept_state_stands_beside_the_present_one() {
    let session = raft(WIDE).press("c").sees("Kept: S3 and S4 stand").press("Down Down Down Right");
    let session = session.sees("kept 0.656").press("c").misses("kept 0.656");
    session.misses("Kept: S3");
}

#[test]
fn leaving_goes_back_to_exactly_what_was_left() {
    for keys in ["g b l G", "Enter } } }", "x", "Enter x"] {
        let session = Session::home((80, 24)).press(keys);
        let before = session.screen();
        let play = if keys.ends_with('x') { "Alt-p" } else { "p" };
        let session = session.press(play);
        assert_eq!(session.model.scope(), Scope::Player, "{keys}");
        let session = session.press("Tab ? Esc Esc");
        assert_eq!(session.screen(), before, "{keys}");
        assert!(session.effects.contains(&Effect::EndPlay));
    }
}

#[test]
fn without_a_browser_enter_plays_and_with_one_p_does() {
    let session = Session::home((80, 24)).press("g b l G Enter");
    assert_eq!(session.model.scope(), Scope::Player);
    let session = Session::article("handshake", (80, 24)).press("x Enter");
    assert_eq!(session.model.scope(), Scope::Player);
}

#[test]
fn the_address_of_a_state_is_copied() {
    let session = raft(WIDE).press("y");
    assert_eq!(session.copied(), ["raft-election.html#seed=2&t=203"]);
    session.sees("Copied");
}

#[test]
fn a_page_that_is_no_lab_says_so_and_is_left_well() {
    let session = Session::home((80, 24)).press("g b l G p").sees("the lab has no `try`");
    let session = session.press("Space . Enter Tab t T c y s 1 Right q");
    assert_eq!(session.model.scope(), Scope::List, "s lists no presets");
    assert_eq!(session.press("Esc q").model.scope(), Scope::Browse);
}

/// A library with one lab, whose model is this script.
#[derive(Debug)]
struct Scripted(String);

impl Source for Scripted {
    fn text(&self, _: Text) -> Result<String, SourceError> {
        let library = Library::embedded()?;
        let lab = library.catalog.lab("kv-cache-growth").unwrap();
        let page = library.text(Text::Lab(lab))?;
        let (before, rest) = page.split_once("<script id=\"lab-model\">").unwrap();
        let (_, after) = rest.split_once("</script>").unwrap();
        Ok(format!("{before}<script id=\"lab-model\">{}</script>{after}", self.0))
    }
}

fn scripted(model: &str, size: (u16, u16)) -> Session {
    let lab = Lab {
        slug: "scripted".into(),
        category: 0,
        title: "Scripted".into(),
        question: "What now?".into(),
        minutes: 1,
        level: 1,
        articles: vec![],
        takeaway: String::new(),
    };
    let category = Category { title: "Category".into(), labs: vec![0], ..Category::default() };
    let catalog = Catalog { categories: vec![category], labs: vec![lab], ..Catalog::default() };
    let library = Arc::new(Library::new(catalog, Box::new(Scripted(model.to_owned()))));
    Session::new(setup(library, opening("scripted")), size)
}

#[test]
fn a_lab_that_loops_grows_or_throws_says_so_in_a_line_and_goes_on() {
    for (body, said) in [
        ("for(;;);", "took too long"),
        ("let a=[];for(;;)a.push([a,a])", "too much memory"),
        ("const f=()=>f();f()", "the lab failed"),
        ("throw 'up \\u001b[31m \\u202e'", "the lab failed: up"),
    ] {
        let model = format!(
            "Lab({{controls:{{go:{{kind:'button',label:'Go'}}}},end:()=>9,init:()=>({{n:0}}),\
             step(s){{s.n++}},act(s){{ {body} }},view:(s,c,t)=>({{say:'all is well at '+t}})}})"
        );
        let session = scripted(&model, WIDE).press(". . .").sees("all is well at 3");
        let session = session.press("Enter").sees(said).sees("last good state");
        let session = session.sees("all is well at 3").press(".").sees("all is well at 4");
        assert!(!session.press("q").screen().contains("all is well"), "{body}");
    }
}

#[test]
fn a_lab_that_cannot_open_says_why_and_is_left_well() {
    for model in ["for(;;){}", "throw 1", "", "Lab({view:()=>({say:'x'.repeat(3e6)})})"] {
        let session = scripted(model, WIDE).sees("the lab").press("Space t Esc Tab Enter o");
        assert_eq!(session.press("Esc q").model.scope(), Scope::Browse, "{model}");
    }
}

#[test]
fn a_text_is_written_and_taken_back() {
    let model = "Lab({controls:{w:{kind:'text',label:'Word',value:'ab',max:9}},\
                 view:c=>({say:'the word is '+c.w})})";
    let session = scripted(model, WIDE).press("Enter").write("c q1").press("Enter");
    let session = session.sees("the word is abc q1").press("Enter Ctrl-u x Esc");
    let session = session.sees("the word is abc q1").press("Enter Ctrl-u x Enter");
    session.sees("the word is x");
    scripted(model, (40, 12)).press("Enter").sees("ab").write("z").press("Enter").sees("is abz");
}

#[test]
fn cells_of_a_grid_are_walked_by_arrows_and_pressed() {
    let model = "Lab({controls:{b:{kind:'button',label:'B'}},init:()=>({p:''}),step(){},end:()=>3,\
                 act(s,n,a){s.p+=a??n},view:s=>({say:'pressed '+s.p,\
                 g:{kind:'grid',title:'G',alt:'g',rows:[0,1,2].map(r=>[0,1,2].map(c=>({v:r+''+c,act:'hit',arg:r+''+c})))},\
                 n:{kind:'graph',title:'N',alt:'n',nodes:[{id:'a',label:'A',act:'hit'},{id:'z',label:'Z',act:'hit'}]}})})";
    let session = scripted(model, WIDE).press("Tab Enter").sees("[00]").sees("pressed 00");
    let session = session.press("Right Down Enter").sees("[11]").sees("pressed 0011");
    let session = session.press("Tab Enter").sees("pressed 0011a").press("Tab Enter");
    let session = session.sees("pressed 0011az").press("Tab Enter").sees("pressed 0011azb");
    session.press("Shift-Tab Shift-Tab Shift-Tab Enter").sees("pressed 0011azb00");
    let narrow = scripted(model, (60, 20)).press("Down Down Enter").sees("pressed 10");
    let narrow = narrow.sees("1 of 2").press("Tab").sees("2 of 2").press("Up Up Up Up Down Enter");
    narrow.sees("pressed 10a");
}
