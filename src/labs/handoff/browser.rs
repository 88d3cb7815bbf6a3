//! Starts a browser, and leaves nothing of it behind.

use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::labs::Environment;
use crate::labs::handoff::HandOffError;

/// The hidden command of this program that starts the browser.
pub(crate) const OPEN_COMMAND: &str = "open-in-browser";

/// How long a command may take to fail. One that runs longer is a browser.
const FAILS_WITHIN: Duration = Duration::from_secs(1);
/// How often it is looked at meanwhile.
const LOOKS: Duration = Duration::from_millis(10);

/// What opens a mail address on a desktop.
const MAIL: &str = if cfg!(target_os = "macos") { "open" } else { "xdg-email" };

/// Starts a browser on `address` and returns at once; `done` is told, on another thread, whether
/// one was started.
///
/// A child of this program does the work: it asks the desktop for the browser, which takes its
/// time, and leaves no process behind that would have to be waited for.
pub fn open(
    environment: &Environment,
    address: &str,
    done: impl FnOnce(Result<(), HandOffError>) + Send + 'static,
) -> Result<(), HandOffError> {
    let child = start(environment, address)?;
    thread::spawn(move || done(wait(child)));
    Ok(())
}

/// Starts a browser on `address` and waits until it is started, not until it is closed.
pub fn open_and_wait(environment: &Environment, address: &str) -> Result<(), HandOffError> {
    wait(start(environment, address)?)
}

fn start(environment: &Environment, address: &str) -> Result<Child, HandOffError> {
    refuse_strangers(address)?;
    let mut command = Command::new(&environment.program);
    command.env_remove("BROWSER");
    if let Some(browsers) = environment.browsers() {
        command.arg(format!("--browser={browsers}"));
    }
    command.args([OPEN_COMMAND, address]);
    detached(&mut command).spawn().map_err(|error| HandOffError::NoBrowser(error.to_string()))
}

/// Away from the terminal: its keys, its signals and its screen.
fn detached(command: &mut Command) -> &mut Command {
    let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.process_group(0)
}

fn wait(mut child: Child) -> Result<(), HandOffError> {
    match child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(HandOffError::NoBrowser("none was found".to_owned())),
        Err(error) => Err(HandOffError::NoBrowser(error.to_string())),
    }
}

/// Starts a browser on `address` from this process, which should end soon: the one that the
/// environment names, else the desktop's.
pub fn open_here(environment: &Environment, address: &str) -> Result<(), HandOffError> {
    refuse_strangers(address)?;
    let is_mail = address.starts_with("mailto:");
    let named = environment.browsers().filter(|_| !is_mail);
    let commands = named.as_deref().unwrap_or_default().split(':');
    if commands.map(|command| words(command, address)).any(|command| runs(&command)) {
        return Ok(());
    }
    if environment.is_remote() {
        return Err(HandOffError::NoBrowser("there is no display".to_owned()));
    }
    if is_mail {
        let failed = || HandOffError::NoBrowser(format!("{MAIL} failed"));
        return runs(&[MAIL.to_owned(), address.to_owned()]).then_some(()).ok_or_else(failed);
    }
    webbrowser::open(address).map_err(|error| HandOffError::NoBrowser(error.to_string()))
}

/// The words of a command of `$BROWSER`. `%s` is the address, which otherwise comes last; `%c` is
/// a colon and `%%` a percent sign.
fn words(command: &str, address: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![];
    let mut is_named = false;
    for word in command.split_ascii_whitespace() {
        let mut written = String::new();
        let mut letters = word.chars();
        while let Some(letter) = letters.next() {
            match (letter, letters.clone().next()) {
                ('%', Some('s')) => written.push_str(address),
                ('%', Some('c')) => written.push(':'),
                ('%', Some('%')) => written.push('%'),
                _ => {
                    written.push(letter);
                    continue;
                }
            }
            is_named |= letters.next() == Some('s');
        }
        words.push(written);
    }
    if !words.is_empty() && !is_named {
        words.push(address.to_owned());
    }
    words
}

/// Starts a command; whether it came up, or did what it was asked to.
fn runs(words: &[String]) -> bool {
    let Some((program, arguments)) = words.split_first() else { return false };
    let Ok(mut child) = detached(Command::new(program).args(arguments)).spawn() else {
        return false;
    };
    let deadline = Instant::now() + FAILS_WITHIN;
    while Instant::now() < deadline {
        match child.try_wait() {
            Ok(None) => thread::sleep(LOOKS),
            Ok(Some(status)) => return status.success(),
            Err(_) => return false,
        }
    }
    true
}

fn refuse_strangers(address: &str) -> Result<(), HandOffError> {
    let known = ["http://", "https://", "mailto:"];
    let is_plain = !address.chars().any(|c| c.is_control() || c.is_whitespace());
    if is_plain && known.iter().any(|scheme| address.starts_with(scheme)) {
        return Ok(());
    }
    Err(HandOffError::Refused { address: address.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn the_address_takes_the_place_of_its_sign_or_comes_last() {
        let address = "http://a.example/%s%c?x=%25";
        assert_eq!(words("x", address), ["x", address]);
        assert_eq!(
            words(" x  --a=%s%%%c%d %", address),
            ["x", "--a=http://a.example/%s%c?x=%25%:%d", "%"]
        );
        assert_eq!(words("x %%s", address), ["x", "%s", address]);
        assert_eq!(words("", address), [""; 0]);
    }

    #[test]
    fn only_known_addresses_are_opened() {
        let nowhere = Environment::default();
        for address in
            ["javascript:x", "data:x", "-x", "", "file:///x", "https://a b", "http://a\n"]
        {
            let refused = open_here(&nowhere, address);
            assert!(matches!(refused, Err(HandOffError::Refused { .. })), "{address}");
        }
    }

    #[test]
    fn nothing_is_started_without_a_display_and_a_browser_of_the_environment() {
        for browser in [None, Some("lynx"), Some("/no/such"), Some("false:/bin/false %s")] {
            let browser = browser.map(str::to_owned);
            let environment = Environment { browser, ..Environment::default() };
            let refused = open_here(&environment, "https://a.example").unwrap_err();
            assert!(refused.to_string().contains("no display"), "{refused}");
        }
    }

    #[test]
    fn a_failure_to_start_is_told() {
        let environment = Environment { program: "/bin/false".into(), ..Environment::default() };
        let (told, hears) = mpsc::channel();
        open(&environment, "https://a.example", move |it| told.send(it.is_ok()).unwrap()).unwrap();
        assert_eq!(hears.recv(), Ok(false));
        let missing = Environment { program: "/no/such".into(), ..Environment::default() };
        assert!(open(&missing, "https://a.example", |_| ()).is_err());
    }
}
