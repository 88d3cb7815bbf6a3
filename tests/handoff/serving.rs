//! A lab served by the program, fetched over loopback as a browser would.

use std::fs;
use std::process::Command;

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
fn a_port_in_use_is_a_clear_error() {
    let served = Served::start(&mut raft(&[]));
    let port = served.address.split([':', '/']).nth(4).unwrap();
    let done = raft(&["--port", port]).output().unwrap();
    assert_eq!(done.status.code(), Some(2));
    let told = String::from_utf8(done.stderr).unwrap();
    assert!(told.contains(port) && told.contains("--port"), "{told}");
}
