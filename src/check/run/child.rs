//! A locked-up process as the program sees it: what it printed, and how it ended.

use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use crate::check::run::sandbox::{self, Confinement};

/// Bytes of standard error that are kept: its end.
const TAIL: usize = 4096;

/// How long the pipes of a process that was ended may stay open.
const GRACE: Duration = Duration::from_secs(10);

/// How a process ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum End {
    /// By itself, with an exit code.
    Code(u8),
    /// It was stopped by the clock.
    Late,
    /// It was stopped because it printed too much.
    Flood,
}

/// What a process did.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) end: End,
    pub(super) stdout: Vec<u8>,
    /// The end of it.
    pub(super) stderr: Vec<u8>,
}

impl Done {
    /// Why it could not be locked up, when that is what failed.
    pub(super) fn trouble(&self) -> Option<String> {
        let said = String::from_utf8_lossy(&self.stderr);
        let said = said.lines().last()?.strip_prefix(sandbox::TROUBLE)?;
        (self.end == End::Code(sandbox::FAILED)).then(|| said.to_owned())
    }
}

/// Starts a locked-up process; it ends, with all that it has started, when its standard input is
/// closed.
pub(super) fn start(program: &Path, path: &OsStr, confinement: &Confinement) -> io::Result<Child> {
    let mut command = Command::new(program);
    command.args([sandbox::COMMAND, "supervise", &serde_json::to_string(confinement)?]);
    command.env_clear().env("PATH", path).env("LANG", "C.UTF-8").env("PYTHONHASHSEED", "0");
    command.env("OMP_NUM_THREADS", "1").env("HOME", &confinement.folder);
    // What sorts or compiles must not look for room elsewhere.
    command.env("TMPDIR", &confinement.folder);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn()
}

enum News {
    Flood,
    Out(Vec<u8>),
    Err(Vec<u8>),
}

/// Waits for the end of a process, at most `wall`, and for `most` bytes of what it prints.
pub(super) fn finish(mut child: Child, wall: Duration, most: usize) -> io::Result<Done> {
    let (told, hears) = mpsc::channel();
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let tells = told.clone();
    thread::spawn(move || tells.send(News::Out(heard(out, most, Part::Start(most), &tells))));
    thread::spawn(move || told.send(News::Err(heard(err, most, Part::End(TAIL), &told))));
    let mut done = Done { end: End::Code(0), stdout: vec![], stderr: vec![] };
    let mut until = Instant::now() + wall;
    let mut open = 2;
    while open > 0 {
        match hears.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(News::Out(text)) => (done.stdout, open) = (text, open - 1),
            Ok(News::Err(text)) => (done.stderr, open) = (text, open - 1),
            Ok(News::Flood) => done.end = End::Flood,
            Err(RecvTimeoutError::Timeout) if child.stdin.is_some() => done.end = End::Late,
            Err(_) => break,
        }
        if done.end != End::Code(0) && child.stdin.take().is_some() {
            until = Instant::now() + GRACE;
        }
    }
    let status = child.wait()?;
    if done.end == End::Code(0) {
        done.end = End::Code(code(status));
    }
    Ok(done)
}

/// Without a code it was this program's own process that was killed.
fn code(status: ExitStatus) -> u8 {
    status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(sandbox::FAILED)
}

/// Which part of what a process says is kept.
#[derive(Debug, Clone, Copy)]
enum Part {
    Start(usize),
    End(usize),
}

/// Reads to the end, so that nothing blocks on a full pipe; tells once when it was more than
/// `most` bytes.
fn heard(mut source: Option<impl Read>, most: usize, part: Part, told: &Sender<News>) -> Vec<u8> {
    let mut text = vec![];
    let mut total = 0;
    let mut buffer = [0; 16 * 1024];
    while let Some(bytes) = source.as_mut().and_then(|source| read(source, &mut buffer)) {
        text.extend_from_slice(bytes);
        match part {
            Part::Start(length) => text.truncate(length),
            Part::End(length) => drop(text.drain(..text.len().saturating_sub(length))),
        }
        if total <= most && total + bytes.len() > most {
            let _ = told.send(News::Flood);
        }
        total += bytes.len();
    }
    text
}

/// Some bytes; nothing at the end, or when the pipe breaks, which is an end too.
fn read<'a>(source: &mut impl Read, buffer: &'a mut [u8]) -> Option<&'a [u8]> {
    loop {
        match source.read(buffer) {
            Ok(0) => return None,
            Ok(length) => return buffer.get(..length),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
}
