//! The program while it serves, browsers that only take notes, and requests as they are sent.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a test waits for what never comes. Far longer than a busy machine needs.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// The program in an environment that is the same everywhere.
pub(crate) fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_library-tui"));
    command.args(arguments).env_clear().stdin(Stdio::null());
    command.env("LANG", "C.UTF-8").env("PATH", "/usr/local/bin:/usr/bin:/bin");
    command.env("LIBRARY_TUI_EMBEDDED", "1");
    command
}

/// The program, stopped when the test is over.
pub(crate) struct Served {
    pub(crate) child: Child,
    /// The address that it told.
    pub(crate) address: String,
    told: BufReader<std::process::ChildStderr>,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    /// Starts it, and waits for the address.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (out, told) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let mut address = String::new();
        BufReader::new(out).read_line(&mut address).unwrap();
        let address = address.trim_end().to_owned();
        Self { child, address, told: BufReader::new(told) }
    }

    /// The messages beside the address, up to the last one.
    pub(crate) fn messages(&mut self) -> String {
        let mut messages = String::new();
        while !messages.contains("Ctrl-C stops") {
            assert!(self.told.read_line(&mut messages).unwrap() > 0, "it ended: {messages}");
        }
        messages
    }
}

/// What is answered at an address.
pub(crate) fn get(address: &str) -> String {
    let rest = address.strip_prefix("http://").unwrap().split('#').next().unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// A browser that writes down what it was given and then does `then`, a command of the shell.
pub(crate) fn browser(folder: &Path, name: &str, then: &str) -> PathBuf {
    let path = folder.join(name);
    let notes = "for it; do printf '%s\\n' \"$it\"; done > \"$0.part\"; mv \"$0.part\" \"$0.args\"";
    fs::write(&path, format!("#!/bin/sh\n{notes}\n{then}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
    path
}

/// What the browser was given, as soon as it has written it down.
pub(crate) fn given(browser: &Path) -> Vec<String> {
    let path = browser.with_extension("args");
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        if let Ok(text) = fs::read_to_string(&path) {
            fs::remove_file(path).unwrap();
            return text.lines().map(str::to_owned).collect();
        }
        std::thread::yield_now();
    }
    vec![]
}
