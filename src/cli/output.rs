//! Standard output, standard error, and how the program ends.

use std::fmt::Display;
use std::io::{BufRead, ErrorKind, Write, stderr, stdin, stdout};
use std::process::ExitCode;

use crate::labs::{HandOffError, ServerError};
use crate::library::{DraftError, SourceError};
use crate::text::Safe;

/// Why the program ends early, and with which exit code.
#[derive(Debug)]
pub(crate) struct Stop {
    code: u8,
    message: String,
}

impl Stop {
    /// Nothing was found.
    pub(crate) fn not_found(message: impl Display) -> Self {
        Self { code: 1, message: message.to_string() }
    }

    /// Everything was said already.
    pub(crate) fn silent() -> Self {
        Self { code: 0, message: String::new() }
    }

    /// Everything was said, and it is not well.
    pub(crate) fn found() -> Self {
        Self { code: 1, message: String::new() }
    }

    /// A process that ran in place of this one ended with this code, and said what it had to.
    pub(crate) fn with_code(code: u8) -> Self {
        Self { code, message: String::new() }
    }

    /// It was asked for wrongly, or it failed.
    pub(crate) fn failed(message: impl Display) -> Self {
        Self { code: 2, message: message.to_string() }
    }
}

impl From<SourceError> for Stop {
    fn from(error: SourceError) -> Self {
        Self::failed(error)
    }
}

impl From<DraftError> for Stop {
    fn from(error: DraftError) -> Self {
        Self::failed(error)
    }
}

impl From<HandOffError> for Stop {
    fn from(error: HandOffError) -> Self {
        Self::failed(error)
    }
}

impl From<ServerError> for Stop {
    fn from(error: ServerError) -> Self {
        Self::failed(error)
    }
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Self::failed(format_args!("{error:#}"))
    }
}

/// Writes to standard output. A reader that goes away wants no more, which is no failure.
///
/// What is written has to be safe for a terminal already: it is [`Safe`] with the program's own
/// escape sequences around it, the HTML of our labs, or escaped JSON.
pub(crate) fn write(text: &str) -> Result<(), Stop> {
    let mut out = stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Stop::failed(format_args!("cannot write the output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Tells something beside the result.
pub(crate) fn note(message: &str) {
    // When even standard error is gone, nobody is left to be told.
    let _ = writeln!(stderr().lock(), "library-tui: {}", Safe::prose(message));
}

/// Asks a question beside the result; the cursor stays behind it.
fn ask(question: &str) {
    let mut out = stderr().lock();
    let _ = out.write_all(Safe::prose(question).as_bytes()).and_then(|()| out.flush());
}

/// Whether a question is answered with yes.
pub(crate) fn agrees(question: &str) -> Result<bool, Stop> {
    ask(&format!("{question} [y/N] "));
    let mut answer = String::new();
    stdin().lock().read_line(&mut answer).map_err(Stop::failed)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// Tells why the program ends.
pub(crate) fn stop(stop: &Stop) -> ExitCode {
    if !stop.message.is_empty() {
        note(&stop.message);
    }
    ExitCode::from(stop.code)
}
