//! A lab served by the program, fetched over loopback as a browser would.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;

use library_tui::library::Library;

use crate::handoff::program::{Served, get, program};

fn raft(arguments: &[&str]) -> Command {
    program(&[&["lab", "raft-election", "--serve"], arguments].concat())
}

#[test]
fn a_served_lab_is_the_repository_s_file_byte_for_byte() {
    let served = Served::start(&mut raft(&[]));
    assert!(served.address.starts_with("http://127.0.0.1:"), "{}", served.address);
    let page = fs::read_to_string("labs/distributed/raft-election.html").unwrap();
    let answer = get(&served.address);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 OK"), "{head}");
    assert!(head.contains("sandbox allow-scripts") && !head.contains("script-src 'unsafe-inline'"));
    assert!(body == page, "the page differs from the file");
}

#[test]
fn the_token_is_in_no_command_line() {
    let served = Served::start(&mut raft(&[]));
    let token = served.address.split('/').nth(3).unwrap();
    assert_eq!(token.len(), 22);
    let line = fs::read_to_string(format!("/proc/{}/cmdline", served.child.id())).unwrap();
    assert!(!line.contains(token));
}

#[test]
fn a_lab_of_a_folder_is_served_only_when_that_is_meant() {
    let mut command = program(&["lab", "window-size", "--serve"]);
    let done = command.env("LIBRARY_TUI_CONTENT", "tests/library/content").output().unwrap();
    assert_eq!(done.status.code(), Some(2));
    let told = String::from_utf8(done.stderr).unwrap();
    assert!(told.contains("tests/library/content") && told.contains("--yes"), "{told}");
    let mut command = program(&["lab", "window-size", "--serve", "--yes"]);
    let served = Served::start(command.env("LIBRARY_TUI_CONTENT", "tests/library/content"));
    let answer = get(&served.address);
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.contains("sandbox allow-scripts"));
}

#[test]
fn all_articles_and_labs_are_served_with_pages_that_name_them() {
    let served = Served::start(&mut program(&["serve"]));
    let page = |path: &str| get(&format!("{}{path}", served.address));
    let links = |path: &str, before: &str| -> Vec<String> {
        let (page, link) = (page(path), format!("href=\"{before}"));
        let found = page.split(&link).skip(1);
        found.filter_map(|it| it.split('"').next()).map(|it| format!("{before}{it}")).collect()
    };
    let index = page("");
    assert!(index.starts_with("HTTP/1.1 200 OK") && index.contains("script-src 'none'"), "{index}");
    let catalog = Library::embedded().unwrap().catalog;
    let labs = links("labs.html", "labs/");
    assert_eq!(labs.len(), catalog.labs.len());
    for lab in labs {
        assert!(page(&lab).starts_with("HTTP/1.1 200 OK"), "{lab}");
    }
    let article = page("distributed/raft-leader-election.html");
    assert!(article.contains("<h1>") && article.contains("sandbox allow-scripts"), "{article}");
    assert!(links("", "distributed/").contains(&"distributed/index.html".to_owned()));
    assert!(page("raft-election").starts_with("HTTP/1.1 200 OK"));
    for path in
        ["../x", "distributed/../index.html", "gone.html", "distributed/raft-leader-election"]
    {
        assert!(page(path).starts_with("HTTP/1.1 404"), "{path}");
    }
}

#[test]
fn a_mistake_in_the_settings_is_one_line_and_the_lab_is_served() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("library-tui")).unwrap();
    let file = folder.path().join("library-tui/config.toml");
    fs::write(&file, "[labs]\nport = \"x\"\n").unwrap();
    let mut served = Served::start(raft(&[]).env("XDG_CONFIG_HOME", folder.path()));
    let messages = served.messages();
    let wanted = format!("library-tui: {}:2: ", file.display());
    let told: Vec<&str> = messages.lines().filter(|line| line.starts_with(&wanted)).collect();
    assert_eq!(told.len(), 1, "{messages}");
}

#[test]
fn the_port_of_the_settings_is_used_and_another_one_when_it_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("library-tui")).unwrap();
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
    fs::write(folder.path().join("library-tui/config.toml"), format!("[labs]\nport = {free}\n"))
        .unwrap();
    let port = |served: &Served| served.address.split([':', '/']).nth(4).map(str::to_owned);
    let first = Served::start(raft(&[]).env("XDG_CONFIG_HOME", folder.path()));
    assert_eq!(port(&first), Some(free.to_string()));
    let mut second = Served::start(raft(&[]).env("XDG_CONFIG_HOME", folder.path()));
    assert_ne!(port(&second), Some(free.to_string()));
    assert!(second.messages().contains(&format!("port {free} of the settings is taken")));
}

#[test]
fn a_port_in_use_is_a_clear_error() {
    let served = Served::start(&mut raft(&[]));
    let port = served.address.split([':', '/']).nth(4).unwrap();
    let done = raft(&["--port", port]).output().unwrap();
    assert_eq!(done.status.code(), Some(2));
    let told = String::from_utf8(done.stderr).unwrap();
    assert!(told.contains(port) && told.contains("--port"), "{told}");
}
