//! What a process did, in plain words.

use std::str;
use std::time::Duration;

use crate::check::run::child::{Done, End};
use crate::check::run::fence::Fence;
use crate::check::run::recipe::Kind;
use crate::check::run::{Limits, Outcome};

/// Signals by what they mean for a fence; their numbers are those of Linux.
const SIGNALS: &[(u8, &str)] = &[
    (4, "an illegal instruction"),
    (6, "an abort"),
    (7, "a bus error"),
    (8, "an arithmetic error"),
    (9, "the kernel, perhaps for want of memory"),
    (11, "a memory access that is not allowed"),
    (15, "a request to end"),
    (31, "a call to the kernel that is not allowed"),
];

const SIGNAL_CPU: u8 = 24;
const SIGNAL_FILE: u8 = 25;

/// What programs say when a protection stopped them.
const DENIALS: &[&str] =
    &["Operation not permitted", "Permission denied", "EACCES", "EPERM", "Network is unreachable"];

const FULL: &[&str] = &["No space left on device", "File too large", "ENOSPC", "EFBIG"];
const CROWDED: &[&str] =
    &["Resource temporarily unavailable", "Cannot fork", "can't start new thread", "EAGAIN"];
const HUNGRY: &[&str] = &[
    "MemoryError",
    "Cannot allocate memory",
    "heap out of memory",
    "allocation failed",
    "memory allocation of",
];

/// What `SQLite` says of a mistake that is not about names.
const SYNTAX: &[&str] = &["syntax error", "unrecognized token", "incomplete input"];

/// A failure.
pub(super) fn failed(why: &str, mend: &str, stderr: &str) -> Outcome {
    Outcome::Failed { why: why.to_owned(), mend: mend.to_owned(), stderr: stderr.to_owned() }
}

/// A failure of the surroundings.
pub(super) fn troubled(trouble: &str) -> Outcome {
    failed(&format!("it could not be run: {trouble}"), "mend that and run the check again", "")
}

/// What a process that did well printed; `stderr` is the end of what it said.
pub(super) fn printed(
    done: &Done,
    stderr: &str,
    kind: Kind,
    limits: &Limits,
) -> Result<String, Outcome> {
    match done.end {
        End::Late => Err(failed(
            &format!("it was still running after {}", seconds(limits.wall)),
            "make the example smaller; what waits for ever is stopped",
            stderr,
        )),
        End::Flood => Err(failed(
            &format!("it printed more than {}", bytes(limits.output as u64)),
            "print what the article argues from, and no more",
            stderr,
        )),
        End::Code(code) if kind == Kind::Syntax => {
            let is_wrong = SYNTAX.iter().any(|word| stderr.contains(word));
            if is_wrong { Err(exited(code, stderr, kind, limits)) } else { Ok(String::new()) }
        }
        End::Code(0) if kind == Kind::Run => text(&done.stdout, stderr),
        End::Code(0) => Ok(String::new()),
        End::Code(code) => Err(exited(code, stderr, kind, limits)),
    }
}

fn text(stdout: &[u8], stderr: &str) -> Result<String, Outcome> {
    str::from_utf8(stdout).map(str::to_owned).map_err(|error| {
        let why = format!("what it printed is not UTF-8, at byte {}", error.valid_up_to());
        failed(&why, "print text; show bytes as hexadecimal digits", stderr)
    })
}

fn exited(code: u8, stderr: &str, kind: Kind, limits: &Limits) -> Outcome {
    if kind != Kind::Run {
        return failed("it does not compile", "see what the compiler says", stderr);
    }
    let signal = SIGNALS.iter().find(|(number, _)| code == 128 + number);
    let why = match (code.checked_sub(128), signal) {
        (Some(SIGNAL_CPU), _) => {
            format!("it used more than {} of processor time", seconds(limits.cpu))
        }
        (Some(SIGNAL_FILE), _) => format!("it wrote a file of more than {}", bytes(limits.file)),
        (_, Some((_, meaning))) => format!("it was ended by {meaning} (status {code})"),
        _ => format!("it ended with status {code}"),
    };
    failed(&why, mend(code, stderr, limits).as_str(), stderr)
}

fn mend(code: u8, stderr: &str, limits: &Limits) -> String {
    let says = |words: &[&str]| words.iter().any(|word| stderr.contains(word));
    if matches!(code.checked_sub(128), Some(SIGNAL_CPU)) {
        return "make the example smaller".to_owned();
    }
    if says(FULL) || code == 128 + SIGNAL_FILE {
        let (one, all) = (bytes(limits.file), bytes(limits.file * Limits::FILES));
        return format!("write less: a file may have {one}, all files together {all}");
    }
    if says(CROWDED) {
        return format!("start less: a fence may have {} processes and threads", limits.processes);
    }
    if says(HUNGRY) {
        return format!("make the example smaller: a process may have {}", bytes(limits.memory));
    }
    if says(DENIALS) {
        return "a fence has no network, reads nothing but the system and its interpreter, and \
                writes nowhere but in the folder that it starts in"
            .to_owned();
    }
    "make it end with status 0; what is meant to fail has to be caught, and its message printed"
        .to_owned()
}

/// A fence that did well, against what the article shows for it.
pub(super) fn compared(fence: &Fence, kind: Kind, stdout: String) -> Outcome {
    if !matches!(kind, Kind::Run | Kind::Build) {
        return Outcome::Compiled;
    }
    match &fence.shown {
        Some(shown) if shown.text != stdout => unlike(shown.text.clone(), stdout),
        _ => Outcome::Ran { stdout, cached: false },
    }
}

fn unlike(expected: String, actual: String) -> Outcome {
    let hint = "a fence cannot show that: print whole lines that end with a line feed";
    if !actual.is_empty() && !actual.ends_with('\n') {
        return failed("what it printed does not end with a line feed", hint, "");
    }
    if actual.contains(['\r', '\0']) {
        return failed("it printed a carriage return or a zero byte", hint, "");
    }
    Outcome::Differs { expected, actual }
}

fn seconds(duration: Duration) -> String {
    if duration.subsec_millis() == 0 {
        return format!("{} s", duration.as_secs());
    }
    format!("{:.1} s", duration.as_secs_f64())
}

fn bytes(bytes: u64) -> String {
    match bytes {
        0..=1023 => format!("{bytes} bytes"),
        1024..=1_048_575 => format!("{} KiB", bytes >> 10),
        _ => format!("{} MiB", bytes >> 20),
    }
}
