//! A lab served by the program, fetched over loopback as a browser would.

#![expect(clippy::unwrap_used, reason = "a test that cannot start the program has failed")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// The program, stopped when the test is over.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn serve(arguments: &[&str]) -> (Served, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_library-tui"));
    command.args(["lab", "raft-election", "--serve"]).args(arguments).stdin(Stdio::null());
    let child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut served = Served(child.unwrap());
    let mut address = String::new();
    let out = served.0.stdout.take().unwrap();
    BufReader::new(out).read_line(&mut address).unwrap();
    (served, address.trim_end().to_owned())
}

fn get(address: &str) -> String {
    let rest = address.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_served_lab_is_the_repository_s_file_byte_for_byte() {
    let (_served, address) = serve(&[]);
    assert!(address.starts_with("http://127.0.0.1:"), "{address}");
    let page = std::fs::read_to_string("labs/distributed/raft-election.html").unwrap();
    let (head, body) = get(&address).split_once("\r\n\r\n").map(two).unwrap();
    assert!(head.starts_with("HTTP/1.1 200 OK"), "{head}");
    assert!(head.contains("sandbox allow-scripts") && !head.contains("script-src 'unsafe-inline'"));
    assert!(body == page, "the page differs from the file");
}

fn two((a, b): (&str, &str)) -> (String, String) {
    (a.to_owned(), b.to_owned())
}

#[test]
fn the_token_is_in_no_command_line() {
    let (served, address) = serve(&[]);
    let token = address.split('/').nth(3).unwrap();
    assert_eq!(token.len(), 32);
    let line = std::fs::read_to_string(format!("/proc/{}/cmdline", served.0.id())).unwrap();
    assert!(!line.contains(token));
}

#[test]
fn a_port_in_use_is_a_clear_error() {
    let (_served, address) = serve(&[]);
    let port = address.split([':', '/']).nth(4).unwrap();
    let mut second = Command::new(env!("CARGO_BIN_EXE_library-tui"));
    let done = second.args(["lab", "raft-election", "--serve", "--port", port]).output().unwrap();
    assert_eq!(done.status.code(), Some(2));
    let told = String::from_utf8(done.stderr).unwrap();
    assert!(told.contains(port) && told.contains("--port"), "{told}");
}
