//! One visitor: one request, one answer, then the connection is closed.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use crate::labs::server::Shared;
use crate::labs::server::policy;
use crate::labs::server::request::{self, LARGEST, Refusal, Request};

/// An answer.
struct Answer {
    status: &'static str,
    fields: String,
    body: String,
}

/// Serves one visitor; its errors are its own.
pub(crate) fn serve(mut stream: TcpStream, shared: &Shared) {
    let _ = stream.set_write_timeout(Some(shared.patience));
    let answer = match read(&mut stream, shared.patience) {
        Some(Ok(request)) => {
            let answer = answer(&request.path, shared);
            Some((answer, request))
        }
        Some(Err(refusal)) => {
            let request = Request { head_only: false, path: String::new() };
            Some((refused(refusal), request))
        }
        None => None,
    };
    if let Some((answer, request)) = answer {
        let _ = write(&mut stream, &answer, &request);
    }
    let _ = stream.shutdown(Shutdown::Both);
}

/// The request; none when the visitor goes away or stalls.
fn read(stream: &mut TcpStream, patience: Duration) -> Option<Result<Request, Refusal>> {
    let deadline = Instant::now() + patience;
    let mut bytes = Vec::with_capacity(1024);
    let mut part = [0; 1024];
    loop {
        let left =
            deadline.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())?;
        stream.set_read_timeout(Some(left)).ok()?;
        let count = stream.read(&mut part).ok().filter(|count| *count > 0)?;
        bytes.extend(part.iter().take(count));
        if let Some(request) = request::parse(&bytes) {
            return Some(request);
        }
        if bytes.len() > LARGEST {
            return Some(Err(Refusal::Malformed));
        }
    }
}

fn refused(refusal: Refusal) -> Answer {
    let (status, body) = match refusal {
        Refusal::Malformed => ("400 Bad Request", "This is not a request."),
        Refusal::Method => ("405 Method Not Allowed", "Pages can only be read."),
        Refusal::Origin => ("403 Forbidden", "Pages are opened, not fetched by scripts."),
        Refusal::Host => ("421 Misdirected Request", "Ask for localhost."),
    };
    let fields = match refusal {
        Refusal::Method => "Allow: GET, HEAD\r\n".to_owned(),
        _ => String::new(),
    };
    Answer { status, fields, body: body.to_owned() }
}

/// Everything unknown gets the same answer, so that nothing can be learnt by asking.
fn answer(path: &str, shared: &Shared) -> Answer {
    if let Some(ticket) = path.strip_prefix("/once/")
        && let Some(to) = shared.tickets().redeem(ticket)
    {
        return Answer {
            status: "303 See Other",
            fields: format!("Location: {to}\r\n"),
            body: String::new(),
        };
    }
    let page = path.strip_prefix('/').and_then(|path| path.split_once('/'));
    let page = page.filter(|(token, _)| same(token, &shared.token));
    match page.and_then(|(_, page)| (shared.pages)(page)) {
        Some(html) => {
            let policy = policy::content_security_policy(&html);
            let fields = format!("Content-Security-Policy: {policy}\r\n");
            Answer { status: "200 OK", fields, body: html }
        }
        None => Answer {
            status: "404 Not Found",
            fields: String::new(),
            body: "There is nothing here. Open the lab from the reader again.".to_owned(),
        },
    }
}

/// Equality that takes the same time wherever the difference is.
fn same(given: &str, token: &str) -> bool {
    let differs = given.bytes().zip(token.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b));
    given.len() == token.len() && differs == 0
}

fn write(stream: &mut TcpStream, answer: &Answer, request: &Request) -> std::io::Result<()> {
    let kind = if answer.status.starts_with("200") { "text/html" } else { "text/plain" };
    let mut text = format!(
        "HTTP/1.1 {}\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {}\r\n{}\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n\
         X-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\n\
         Cross-Origin-Opener-Policy: same-origin\r\nConnection: close\r\n\r\n",
        answer.status,
        answer.body.len(),
        answer.fields,
    );
    if !request.head_only {
        text.push_str(&answer.body);
    }
    stream.write_all(text.as_bytes())
}
