//! What a visitor asks for, and whether it is answered at all.

use std::net::IpAddr;

/// The largest request line and header, in bytes.
pub(crate) const LARGEST: usize = 8 * 1024;
/// Header fields at most.
const FIELDS: usize = 64;

/// A request that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Request {
    /// Whether only the header of the answer is wanted.
    pub(crate) head_only: bool,
    /// The path, as sent.
    pub(crate) path: String,
}

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Not HTTP, or too long.
    Malformed,
    /// Neither GET nor HEAD.
    Method,
    /// A script asks: browsers name an origin for it, and for opening a page none.
    Origin,
    /// The name it asks by is not this machine's: a page elsewhere may be behind it.
    Host,
}

/// Reads a request from `bytes`; none while more of it has to come.
pub(crate) fn parse(bytes: &[u8]) -> Option<Result<Request, Refusal>> {
    let mut fields = [httparse::EMPTY_HEADER; FIELDS];
    let mut parsed = httparse::Request::new(&mut fields);
    match parsed.parse(bytes) {
        Ok(httparse::Status::Complete(_)) => {}
        Ok(httparse::Status::Partial) if bytes.len() < LARGEST => return None,
        Ok(httparse::Status::Partial) | Err(_) => return Some(Err(Refusal::Malformed)),
    }
    let hosts = parsed.headers.iter().filter(|field| field.name.eq_ignore_ascii_case("host"));
    let mut hosts = hosts.map(|field| std::str::from_utf8(field.value).unwrap_or_default());
    let is_ours = hosts.next().is_some_and(is_this_machine) && hosts.next().is_none();
    let head_only = match parsed.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Some(Err(Refusal::Method)),
    };
    if !is_ours {
        return Some(Err(Refusal::Host));
    }
    if parsed.headers.iter().any(|field| field.name.eq_ignore_ascii_case("origin")) {
        return Some(Err(Refusal::Origin));
    }
    Some(Ok(Request { head_only, path: parsed.path.unwrap_or_default().to_owned() }))
}

/// Whether a `Host` names this machine's loopback, with any port: a forward may change it.
fn is_this_machine(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((address, "")) => address,
            Some((address, port)) if is_port(port) => address,
            _ => return false,
        },
        None => match host.split_once(':') {
            Some((name, port)) if is_port(&format!(":{port}")) => name,
            Some(_) => return false,
            None => host,
        },
    };
    if name.eq_ignore_ascii_case("localhost") {
        return true;
    }
    match name.parse() {
        Ok(IpAddr::V4(address)) => address.is_loopback() && !host.starts_with('['),
        Ok(IpAddr::V6(address)) => address.is_loopback() && host.starts_with('['),
        Err(_) => false,
    }
}

fn is_port(text: &str) -> bool {
    text.strip_prefix(':').is_some_and(|port| {
        !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Option<Result<Request, Refusal>> {
        parse(text.as_bytes())
    }

    #[test]
    fn only_this_machine_s_own_names_are_answered() {
        let ours = [
            "localhost",
            "LOCALHOST:80",
            "127.0.0.1",
            "127.0.0.1:65535",
            "127.8.9.1:1",
            "[::1]",
            "[::1]:8080",
        ];
        for host in ours {
            assert!(is_this_machine(host), "{host}");
        }
        let others = [
            "",
            "example.com",
            "localhost.example.com",
            "127.0.0.1.example.com",
            "10.0.0.1",
            "0.0.0.0",
            "[::2]",
            "[::1",
            "::1",
            "[127.0.0.1]",
            "localhost:",
            "localhost:x",
            "localhost:99999",
            "127.0.0.1:80:80",
            "localhost/..",
            "user@localhost",
            "2130706433",
        ];
        for host in others {
            assert!(!is_this_machine(host), "{host}");
        }
    }

    #[test]
    fn a_request_needs_a_method_that_reads_and_exactly_one_host() {
        let get = "GET /a HTTP/1.1\r\nHost: localhost:1\r\n\r\n";
        let request = Request { head_only: false, path: "/a".into() };
        assert_eq!(asked(get), Some(Ok(request)));
        assert_eq!(asked("GET /a HTTP/1.1\r\n\r\n"), Some(Err(Refusal::Host)));
        let two = "GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n";
        assert_eq!(asked(two), Some(Err(Refusal::Host)));
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "PATCH", "get"] {
            let text = format!("{method} / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assert_eq!(asked(&text), Some(Err(Refusal::Method)), "{method}");
        }
    }

    #[test]
    fn what_is_not_http_or_too_long_is_refused() {
        assert_eq!(asked("GET / HTTP/1.1\r\nHost: loc"), None);
        assert_eq!(asked("\u{16}\u{3}\u{1}\u{2}"), Some(Err(Refusal::Malformed)));
        let long = format!("GET /{} HTTP/1.1\r\n", "a".repeat(LARGEST));
        assert_eq!(asked(&long), Some(Err(Refusal::Malformed)));
        let many = format!("GET / HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(100));
        assert_eq!(asked(&many), Some(Err(Refusal::Malformed)));
    }
}
