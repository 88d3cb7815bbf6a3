//! Labs on their way to a browser.

use library_tui::labs::LabLink;
use library_tui::library::Library;
use library_tui::tui::action::Scope;
use library_tui::tui::{Effect, Opening, Setup};

use crate::session::harness::{Session, library, setup};

const USUAL: (u16, u16) = (80, 24);

/// The reader over SSH.
pub(crate) fn over_ssh(opening: Opening, size: (u16, u16)) -> Session {
    let mut setup = setup(library(), opening);
    setup.environment.ssh_connection = Some("192.0.2.7 51234 198.51.100.4 2222".into());
    setup.environment.user = Some("ada".into());
    Session::new(setup, size)
}

fn home(size: (u16, u16)) -> Session {
    over_ssh(Opening::Home, size)
}

#[test]
fn over_ssh_the_address_and_the_command_are_shown_whole_and_can_be_copied() {
    let command = "ssh -N -L 40123:127.0.0.1:40123 -p 2222 ada@198.51.100.4";
    let address = "http://127.0.0.1:40123/Qm9yaW5nIHRva2VuIHh5eg/window-size";
    for size in [(40, 12), (80, 24), (120, 40), (20, 30)] {
        let session = home(size).press("g b l G o Enter");
        assert_eq!(session.model.scope(), Scope::HandOff);
        let (buffer, hints) = session.draw();
        let flows: Vec<(String, Option<String>)> = hints
            .flows
            .iter()
            .map(|flow| {
                let cells = flow.area.positions().filter_map(|at| buffer.cell(at));
                let text: String =
                    cells.map(ratatui::buffer::Cell::symbol).take(flow.cells).collect();
                assert_eq!((flow.area.x, flow.area.width), (0, size.0));
                (text, flow.address.as_ref().map(ToString::to_string))
            })
            .collect();
        let wanted = [(command.to_owned(), None), (address.to_owned(), Some(address.to_owned()))];
        assert_eq!(flows, wanted, "at {size:?}");
        assert_eq!(session.press("c y").copied(), [command, address]);
    }
}

#[test]
fn a_lab_opens_at_the_state_of_the_link() {
    let source = "# N\n\n[a](window-size#t=330&a=[[200,%22cut%22]])\n";
    let opening = Opening::File { path: "notes.md".into(), source: source.to_owned() };
    let mut setup = setup(library(), opening);
    setup.environment.display = true;
    let session = Session::new(setup, (120, 40)).press("Tab Enter Enter");
    let state = Some("t=330&a=[[200,%22cut%22]]".to_owned());
    let wanted = LabLink { slug: "window-size".into(), state };
    assert!(session.effects.contains(&Effect::OpenLab(wanted)), "{:?}", session.effects);
    session.sees("/window-size#t=330&a=[[200,%22cut%22]]");
}

#[test]
fn with_a_browser_a_lab_opens_in_it_and_its_address_is_shown_anyway() {
    let mut setup = setup(library(), Opening::Article(0, None));
    setup.environment.display = true;
    let session = Session::new(setup, USUAL).press("Tab Enter Enter");
    let session = session.sees("Opening in the browser").misses("ssh").sees("/window-size");
    let session = session.press("c y").press("Esc");
    assert_eq!(session.copied(), ["http://127.0.0.1:40123/Qm9yaW5nIHRva2VuIHh5eg/window-size"]);
    assert_eq!(session.model.scope(), Scope::Reader);
}

#[test]
fn a_page_is_exported_and_where_it_is_can_be_read() {
    let session = home((120, 40)).press("g b l G o Enter e");
    session
        .sees("/run/user/1000/library-tui-1/window-size.html")
        .sees("ssh -p 2222 ada@198.51.100.4 'cat /run/user/1000/library-tui-1/window-size.html'");
}

#[test]
fn a_lasting_port_is_told_by_the_line_it_wants() {
    let proposed = home((120, 40)).press("g b l G o Enter");
    proposed.sees("LocalForward 4711 127.0.0.1:4711").sees("port = 4711");
    let mut setup = setup(library(), Opening::Home);
    setup.environment.port = Some(8080);
    let set = Session::new(Setup { ascii: true, ..setup }, (120, 40)).press("g b l G o Enter");
    set.sees("LocalForward 8080 127.0.0.1:8080").sees("USER@HOST").misses("port =");
}

#[test]
fn a_lab_of_a_reader_s_own_folder_is_handed_over_after_one_question() {
    let opened = |session: &Session| {
        session.effects.iter().filter(|it| matches!(it, Effect::OpenLab(_))).count()
    };
    let session = home(USUAL).press("g b l G o");
    assert_eq!(session.model.scope(), Scope::Panel);
    let session = session.sees("did not come with the program").sees("tests/library/content");
    assert_eq!(opened(&session), 0);
    let session = session.press("Esc").misses("did not come").press("o Esc o");
    assert_eq!(opened(&session), 0);
    let session = session.press("Enter");
    assert_eq!((opened(&session), session.model.scope()), (1, Scope::HandOff));
    let session = session.press("Esc o");
    assert_eq!((opened(&session), session.model.scope()), (2, Scope::HandOff));
}

#[test]
fn a_lab_that_came_with_the_program_is_handed_over_without_a_question() {
    let library = std::sync::Arc::new(Library::embedded().unwrap());
    let mut setup = setup(library, Opening::Find("raft election and split".into()));
    setup.environment.display = true;
    let session = Session::new(setup, USUAL).press("Enter");
    assert_eq!(session.model.scope(), Scope::HandOff);
    session.sees("/raft-election");
}
