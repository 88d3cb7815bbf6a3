//! The server as strangers meet it: other sites, other users of the machine, slow and broken
//! clients.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpStream};
use std::time::{Duration, Instant};

use library_tui::labs::{Listening, Server};

use crate::handoff::program::{PATIENCE, Served, browser, get, given, program};

const PAGE: &str = "<script>1</script>";

/// A server with one page, whose patience ends at once.
fn server() -> Server {
    let pages = |page: &str| (page == "raft").then(|| PAGE.to_owned());
    let how = Listening { patience: Duration::from_millis(100), ..Listening::at(0) };
    Server::start(how, Box::new(pages)).unwrap()
}

fn connect(server: &Server) -> TcpStream {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, server.port())).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// What is answered to `request`; nothing, when the connection is closed instead.
fn asked(server: &Server, request: &[u8]) -> String {
    let mut stream = connect(server);
    let _ = stream.write_all(request);
    let mut answer = vec![];
    if let Err(error) = stream.read_to_end(&mut answer) {
        let kinds = [ErrorKind::ConnectionReset, ErrorKind::BrokenPipe];
        assert!(kinds.contains(&error.kind()), "neither answered nor closed: {error}");
    }
    String::from_utf8(answer).unwrap()
}

/// Asks until there is an answer: who comes while eight others are served is turned away.
fn answered(server: &Server, request: &str) -> String {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let answer = asked(server, request.as_bytes());
        if !answer.is_empty() {
            return answer;
        }
        assert!(Instant::now() < deadline, "never answered: {request}");
        std::thread::yield_now();
    }
}

fn path(server: &Server) -> String {
    let address = server.address("raft", None);
    format!("/{}", address.splitn(4, '/').nth(3).unwrap())
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

#[test]
fn only_this_machine_s_own_names_are_answered() {
    let server = server();
    let path = path(&server);
    for (host, wanted) in [
        ("localhost", "200"),
        ("LocalHost:80", "200"),
        ("127.0.0.1", "200"),
        ("127.0.0.1:1", "200"),
        ("127.255.255.254:65535", "200"),
        ("[::1]", "200"),
        ("[::1]:8080", "200"),
        ("evil.example", "421"),
        ("localhost.evil.example", "421"),
        ("127.0.0.1.evil.example", "421"),
        ("evil.example#localhost", "421"),
        ("user@localhost", "421"),
        ("localhost, evil.example", "421"),
        ("0.0.0.0", "421"),
        ("10.0.0.1", "421"),
        ("192.168.1.1:80", "421"),
        ("[::]", "421"),
        ("[::ffff:127.0.0.1]", "421"),
        ("2130706433", "421"),
        ("localhost:99999", "421"),
        ("", "421"),
    ] {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        assert_eq!(status(&answered(&server, &request)), wanted, "{host}");
    }
    let none = format!("GET {path} HTTP/1.1\r\n\r\n");
    assert_eq!(status(&answered(&server, &none)), "421");
    let two = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n");
    assert_eq!(status(&answered(&server, &two)), "421");
}

#[test]
fn scripts_of_any_origin_are_turned_away() {
    let server = server();
    let own = format!("http://127.0.0.1:{}", server.port());
    for origin in [
        "https://evil.example",
        "http://localhost",
        "http://127.0.0.1",
        &own,
        "null",
        "file://",
        "chrome-extension://abc",
        "",
    ] {
        let path = path(&server);
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nOrigin: {origin}\r\n\r\n");
        let answer = answered(&server, &request);
        assert_eq!(status(&answer), "403", "{origin}");
        assert!(!answer.contains("Access-Control"), "{answer}");
    }
}

#[test]
fn without_the_token_there_is_nothing() {
    let (server, other) = (server(), server());
    let own = path(&server);
    let token = own.split('/').nth(1).unwrap().to_owned();
    let once = server.one_time_address("raft", None).unwrap();
    let ticket = once.rsplit('/').next().unwrap();
    let swapped: String = token
        .chars()
        .map(|c| if c.is_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
        .collect();
    let encoded: Vec<String> = token.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let nothing = answered(&server, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert_eq!(status(&nothing), "404");
    for token in [
        String::new(),
        token.chars().skip(1).collect(),
        format!("{token}A"),
        swapped,
        encoded.concat(),
        "A".repeat(22),
        path(&other).split('/').nth(1).unwrap().to_owned(),
        ticket.to_owned(),
    ] {
        let request = format!("GET /{token}/raft HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assert_eq!(answered(&server, &request), nothing, "{token}");
        let request = format!("GET /once/{token} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        let leads = status(&answered(&server, &request)) == "303";
        assert_eq!(leads, token == ticket, "{token}");
    }
    let right = answered(&server, &format!("GET {own} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    assert!(right.ends_with(PAGE), "{right}");
}

#[test]
fn pages_are_read_and_nothing_else() {
    let server = server();
    let path = path(&server);
    for (method, wanted) in [
        ("GET", "200"),
        ("HEAD", "200"),
        ("POST", "405"),
        ("PUT", "405"),
        ("DELETE", "405"),
        ("OPTIONS", "405"),
        ("CONNECT", "405"),
        ("BREW", "405"),
    ] {
        let request = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        let answer = answered(&server, &request);
        assert_eq!(status(&answer), wanted, "{method}");
        assert_eq!(answer.ends_with(PAGE), method == "GET", "{method}");
        assert_eq!(answer.contains("Allow: GET, HEAD\r\n"), wanted == "405", "{method}");
    }
}

#[test]
fn no_path_leads_out_of_the_labs() {
    let folder = fs::canonicalize(".").unwrap();
    let mut served = program(&["lab", "raft-election", "--serve"]);
    let served = Served::start(served.current_dir(&folder));
    let token = served.address.split('/').nth(3).unwrap();
    let host = served.address.split('/').nth(2).unwrap();
    let ask = |path: &str| {
        let mut stream = TcpStream::connect(host).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    let nothing = ask("/");
    assert_eq!(status(&nothing), "404");
    for path in [
        "../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e/etc/passwd",
        "....//....//etc/passwd",
        "..\\..\\etc\\passwd",
        "/etc/passwd",
        "//etc/passwd",
        "raft-election/../../Cargo.toml",
        "raft-election%00.html",
        "raft-election.html",
        "raft-election?x=1",
        "raft-election/",
        "./raft-election",
        "Cargo.toml",
        "kv-cache-growth",
        "labs/distributed/raft-election.html",
        "\u{202e}raft-election",
    ] {
        let answer = ask(&format!("/{token}/{path}"));
        let refused = answer == nothing || status(&answer) == "400";
        assert!(refused && !answer.contains("root:"), "{path}: {answer}");
    }
}

#[test]
fn every_answer_tells_the_browser_to_keep_it_to_itself() {
    let server = server();
    let own = path(&server);
    for (request, wanted) in [
        (format!("GET {own} HTTP/1.1\r\nHost: localhost\r\n\r\n"), "200"),
        ("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned(), "404"),
        ("GET / HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(), "421"),
        ("POST / HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned(), "405"),
        ("no request\r\n\r\n".to_owned(), "400"),
    ] {
        let answer = answered(&server, &request);
        assert_eq!(status(&answer), wanted);
        for field in [
            "X-Content-Type-Options: nosniff",
            "Referrer-Policy: no-referrer",
            "Cache-Control: no-store",
            "Cross-Origin-Resource-Policy: same-origin",
            "Cross-Origin-Opener-Policy: same-origin",
            "Connection: close",
        ] {
            assert!(answer.contains(&format!("{field}\r\n")), "{wanted}: {field} is missing");
        }
        let locked =
            answer.contains("Content-Security-Policy: default-src 'none'; script-src 'sha256-");
        assert_eq!(locked && answer.contains("sandbox allow-scripts"), wanted == "200");
        assert!(!answer.contains("Set-Cookie"), "{answer}");
    }
}

#[test]
fn a_hundred_slow_visitors_do_not_keep_the_next_one_out() {
    let server = server();
    let slow: Vec<TcpStream> = (0..100)
        .map(|_| {
            let mut stream = connect(&server);
            let _ = stream.write_all(b"GET / HT");
            stream
        })
        .collect();
    for mut stream in slow {
        // Closed without an answer, each of them.
        let mut answer = vec![];
        let _ = stream.read_to_end(&mut answer);
        assert_eq!(answer, b"");
    }
    let request = format!("GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n", path(&server));
    assert_eq!(status(&answered(&server, &request)), "200");
}

#[test]
fn a_megabyte_of_header_is_refused_and_forgotten() {
    let server = server();
    let long = [
        format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(1 << 20)),
        format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "a".repeat(1 << 20)),
        format!("GET / HTTP/1.1\r\n{}\r\n", "X: y\r\n".repeat(200_000)),
        "\r\n".repeat(1 << 19),
    ];
    for request in long {
        let answer = asked(&server, request.as_bytes());
        // What was not read resets the connection, perhaps before the answer was.
        assert!(answer.is_empty() || status(&answer) == "400", "{answer}");
    }
    let request = format!("GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n", path(&server));
    assert_eq!(status(&answered(&server, &request)), "200");
}

#[test]
fn visitors_that_go_away_early_leave_nothing_behind() {
    let server = server();
    let request = format!("GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n", path(&server));
    for length in 0..request.len() {
        let mut stream = connect(&server);
        let _ = stream.write_all(&request.as_bytes()[..length]);
        let _ = stream.shutdown(if length % 2 == 0 { Shutdown::Both } else { Shutdown::Write });
    }
    assert_eq!(status(&answered(&server, &request)), "200");
}

#[test]
fn it_listens_on_loopback_only() {
    let server = server();
    let port = format!(":{:04X}", server.port());
    let listening = |file: &str| -> Vec<String> {
        let table = fs::read_to_string(file).unwrap_or_default();
        let rows = table.lines().map(|row| row.split_whitespace().collect::<Vec<_>>());
        // 0A is LISTEN; what `ss -ltn` shows comes from here.
        let open = rows.filter(|row| row.get(3) == Some(&"0A") && row[1].ends_with(&port));
        open.map(|row| row[1].to_owned()).collect()
    };
    assert_eq!(listening("/proc/net/tcp"), [format!("0100007F{port}")]);
    assert!(listening("/proc/net/tcp6").is_empty());
}

#[test]
fn the_token_is_in_no_command_line_and_the_port_closes_with_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let browser = browser(folder.path(), "browser", "exec sleep 5");
    let mut command = program(&["lab", "raft-election", "--open"]);
    let mut served = Served::start(command.env("BROWSER", &browser));
    let once = given(&browser).pop().unwrap();
    let token = served.address.split('/').nth(3).unwrap().to_owned();
    let told = |word: &str| {
        let lines = fs::read_dir("/proc")
            .unwrap()
            .filter_map(|entry| fs::read_to_string(entry.unwrap().path().join("cmdline")).ok());
        lines.filter(|line| line.contains(word)).count()
    };
    assert!(told(&once) > 0, "the browser's own command line is not seen");
    assert_eq!(told(&token), 0);
    assert!(get(&once).starts_with("HTTP/1.1 303"));
    assert!(get(&once).starts_with("HTTP/1.1 404"), "an address that was used works again");
    let host = served.address.split('/').nth(2).unwrap().to_owned();
    served.child.kill().unwrap();
    served.child.wait().unwrap();
    assert!(TcpStream::connect(host).is_err());
}
