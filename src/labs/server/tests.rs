//! The server, asked over real connections.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};

use crate::labs::server::{Listening, Server};

const PAGE: &str = "<script>1</script>";

fn server() -> Server {
    let pages = |page: &str| (page == "a/b.html").then(|| PAGE.to_owned());
    Server::start(Listening::at(0), Box::new(pages)).unwrap()
}

fn send(server: &Server, text: &str) -> String {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, server.port())).unwrap();
    stream.write_all(text.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn get(server: &Server, path: &str) -> String {
    send(server, &format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"))
}

fn path(address: &str) -> String {
    let rest = address.split_once("127.0.0.1:").unwrap().1;
    rest.split_once('/').map(|(_, path)| format!("/{path}")).unwrap()
}

#[test]
fn a_page_is_served_whole_and_locked_up() {
    let server = server();
    let answer = get(&server, &path(&server.address("a/b.html", None)));
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.ends_with(&format!("\r\n\r\n{PAGE}")));
    for field in [
        "sandbox allow-scripts",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: no-referrer",
        "Cache-Control: no-store",
        "Cross-Origin-Resource-Policy: same-origin",
        "Cross-Origin-Opener-Policy: same-origin",
    ] {
        assert!(answer.contains(field), "{field}");
    }
}

#[test]
fn everything_unknown_gets_the_same_answer() {
    let server = server();
    let known = path(&server.address("a/b.html", None));
    let token = known.split('/').nth(1).unwrap();
    let nothing = get(&server, "/");
    assert!(nothing.starts_with("HTTP/1.1 404"));
    let mut wrong = String::from(token);
    wrong.replace_range(..1, if token.starts_with('0') { "1" } else { "0" });
    for path in [
        format!("/{wrong}/a/b.html"),
        format!("/{token}/a/../a/b.html"),
        format!("/{token}/..%2f..%2fetc/passwd"),
        format!("/{token}//etc/passwd"),
        format!("/{token}/a/b.html?x"),
        format!("/{token}"),
        format!("//{token}/a/b.html"),
        "/once/".into(),
        format!("/once/{token}"),
        "*".into(),
        "/labs/a/b.html".into(),
        "//labs/a/b.html".into(),
    ] {
        assert_eq!(get(&server, &path), nothing, "{path}");
    }
}

#[test]
fn a_one_time_address_leads_to_the_page_once() {
    let server = server();
    let once = server.one_time_address("a/b.html", Some("t=1")).unwrap();
    assert!(once.ends_with("#t=1") && !once.contains(server.shared.token.as_str()));
    let ticket = path(once.split_once('#').unwrap().0);
    let answer = get(&server, &ticket);
    let to = path(&server.address("a/b.html", None));
    assert!(answer.starts_with("HTTP/1.1 303") && answer.contains(&format!("Location: {to}\r\n")));
    assert!(get(&server, &ticket).starts_with("HTTP/1.1 404"));
}

#[test]
fn a_head_request_gets_no_body() {
    let server = server();
    let path = path(&server.address("a/b.html", None));
    let answer = send(&server, &format!("HEAD {path} HTTP/1.1\r\nHost: [::1]:9\r\n\r\n"));
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("\r\n\r\n"), "{answer}");
}

#[test]
fn other_names_and_methods_are_refused_before_anything_else() {
    let server = server();
    let path = path(&server.address("a/b.html", None));
    let rebound = format!("GET {path} HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    assert!(send(&server, &rebound).starts_with("HTTP/1.1 421"));
    let post = format!("POST {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert!(send(&server, &post).starts_with("HTTP/1.1 405"));
}

#[test]
fn more_visitors_than_it_takes_are_turned_away_and_the_port_closes_with_the_server() {
    let server = server();
    let port = server.port();
    let stalled: Vec<TcpStream> =
        (0..40).map(|_| TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap()).collect();
    let mut last = &stalled[39];
    let mut nothing = String::new();
    let _ = last.read_to_string(&mut nothing);
    assert_eq!(nothing, "");
    drop(server);
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
}

#[test]
fn a_taken_port_is_named() {
    let first = server();
    let error = Server::start(Listening::at(first.port()), Box::new(|_| None)).unwrap_err();
    assert!(error.to_string().contains(&first.port().to_string()));
}
