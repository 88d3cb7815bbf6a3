//! Copying: into a file, by a program of the desktop, by tmux, by the terminal.

use std::env::split_paths;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use crate::text::Safe;
use crate::tui::Message;
use crate::tui::clipboard::{Between, Clipboard};

/// How long a program may take to take a text.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often it is looked whether it is done.
const LOOK: Duration = Duration::from_millis(10);

/// Copies `text` and tells how that went, as far as it can be known: at once, or later to
/// `messages`.
pub(super) fn copy(
    clipboard: &Clipboard,
    text: &Safe,
    messages: &Sender<Message>,
) -> io::Result<Option<Message>> {
    if let Some(path) = &clipboard.write {
        return Ok(Some(write(path, text)));
    }
    let tool = clipboard.tools.iter().find_map(|tool| start(clipboard, tool));
    if let Some((child, name)) = tool {
        let (text, messages) = (text.clone(), messages.clone());
        let thread = thread::Builder::new().name("copy".into());
        thread.spawn(move || {
            let said = if feed(child, &text) {
                Message::Said(Safe::line(&format!("Copied, by {name}")))
            } else {
                Message::Failed(Safe::line(&format!("Not copied: {name} did not take it")))
            };
            let _ = messages.send(said);
        })?;
        return Ok(None);
    }
    if clipboard.between == Between::Tmux {
        // For pasting within tmux, whatever the terminal does.
        let tmux = ["tmux", "load-buffer", "-"].map(str::to_owned);
        if let Some((child, _)) = start(clipboard, &tmux) {
            let text = text.clone();
            thread::Builder::new().name("copy".into()).spawn(move || feed(child, &text))?;
        }
    }
    let said = match clipboard.sequence(text) {
        Ok(sequence) => {
            let mut out = io::stdout();
            out.write_all(sequence.as_bytes())?;
            out.flush()?;
            Message::Said(Safe::from(clipboard.said()))
        }
        Err(reason) => Message::Failed(Safe::line(&reason)),
    };
    Ok(Some(said))
}

/// Writes the text, and nothing else, into the file that is to hold what was copied last.
fn write(path: &Path, text: &Safe) -> Message {
    match fs::write(path, text.as_bytes()) {
        Ok(()) => {
            let said = format!("Written to {} ({} bytes)", path.display(), text.len());
            Message::Said(Safe::line(&said))
        }
        Err(error) => {
            Message::Failed(Safe::line(&format!("Not copied: {}: {error}", path.display())))
        }
    }
}

/// Starts a program that reads the text, when it is there.
fn start(clipboard: &Clipboard, tool: &[String]) -> Option<(Child, String)> {
    let (name, arguments) = tool.split_first()?;
    let program = find(clipboard, name)?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    Some((command.spawn().ok()?, name.clone()))
}

fn find(clipboard: &Clipboard, name: &str) -> Option<PathBuf> {
    split_paths(&clipboard.path).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// Hands the text over; whether it was taken in time. What takes longer is ended.
fn feed(mut child: Child, text: &Safe) -> bool {
    let given =
        child.stdin.take().is_some_and(|mut stdin| stdin.write_all(text.as_bytes()).is_ok());
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        match child.try_wait() {
            Ok(Some(status)) => return given && status.success(),
            Ok(None) => thread::sleep(LOOK),
            Err(_) => return false,
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    false
}
