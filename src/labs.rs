//! Labs: what they are, how they are played here, and how they reach a browser.

pub mod engine;
pub mod file;
mod handoff;
pub mod kit;
mod login;
pub mod picture;
pub mod prove;
mod sentences;
mod server;
mod start;
pub(crate) mod words;

pub(crate) use handoff::OPEN_COMMAND;
pub use handoff::{Exported, HandOffError, export_lab, keep_lab, open, open_and_wait, open_here};
pub use login::Login;
pub use sentences::sentences;
pub use server::{Listening, Pages, Server, ServerError, Serving};
pub use start::new_page;

use std::path::PathBuf;

/// How labs reach a browser on this machine; decided once, from the environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandOff {
    /// A browser can be started: by `$BROWSER`, or because there is a display.
    Browser,
    /// Nothing is started; the reader is told how to fetch the page.
    Remote,
}

/// A lab, perhaps in a state of it: what a link to a lab says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabLink {
    /// The lab's name, unique in its library.
    pub slug: String,
    /// The part of its page's address after `#`; its usual state without one.
    pub state: Option<String>,
}

/// What of the environment decides about labs; gathered by `cli`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Environment {
    /// `--browser`, a setting or `$BROWSER`: commands, separated by colons.
    pub browser: Option<String>,
    /// Whether `$DISPLAY` or `$WAYLAND_DISPLAY` is set, or the system always has a display.
    pub display: bool,
    /// `$SSH_CONNECTION`: addresses and ports of the client and of this machine.
    pub ssh_connection: Option<String>,
    /// `$USER`.
    pub user: Option<String>,
    /// `$XDG_RUNTIME_DIR`.
    pub runtime_dir: Option<PathBuf>,
    /// The port that labs are served at; any when none is set.
    pub port: Option<u16>,
    /// Where the port could be set: the settings file, as shown.
    pub settings: String,
    /// Where temporary files go.
    pub temp_dir: PathBuf,
    /// This program, to start browsers from.
    pub program: PathBuf,
}

/// Browsers without JavaScript, which would take over the reader's terminal as well.
const TEXT_BROWSERS: [&str; 13] = [
    "lynx",
    "w3m",
    "links",
    "links2",
    "elinks",
    "www-browser",
    "eww",
    "netrik",
    "retawq",
    "curl",
    "browsh",
    "carbonyl",
    "wget",
];

impl Environment {
    /// How labs reach a browser.
    pub fn hand_off(&self) -> HandOff {
        // A named browser counts over SSH too: editors set `$BROWSER` to a helper that opens on
        // the reader's own machine.
        if self.browsers().is_none() && self.is_remote() {
            HandOff::Remote
        } else {
            HandOff::Browser
        }
    }

    /// Whether a browser of this machine would be shown to nobody.
    pub fn is_remote(&self) -> bool {
        self.ssh_connection.is_some() || !self.display
    }

    /// `$BROWSER` without text browsers; none when nothing is left of it.
    pub fn browsers(&self) -> Option<String> {
        let commands = self.browser.as_deref()?.split(':');
        let kept: Vec<&str> = commands.filter(|command| can_show_labs(command)).collect();
        (!kept.is_empty()).then(|| kept.join(":"))
    }

    /// How this machine is logged in to, as far as the environment tells.
    pub fn login(&self) -> Login {
        Login::new(self.ssh_connection.as_deref(), self.user.as_deref())
    }
}

/// Whether a command of `$BROWSER` starts a browser with JavaScript and a window.
pub fn can_show_labs(command: &str) -> bool {
    let Some(program) = command.split_whitespace().next() else { return false };
    let name = program.rsplit('/').next().unwrap_or_default();
    !TEXT_BROWSERS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SSH: &str = "192.0.2.7 51234 198.51.100.4 22";

    fn with(browser: &str, display: &str, ssh: &str) -> Environment {
        let set = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Environment {
            browser: set(browser),
            display: !display.is_empty(),
            ssh_connection: set(ssh),
            user: Some("ada".into()),
            ..Environment::default()
        }
    }

    fn decided(browser: &str, display: &str, ssh: &str) -> HandOff {
        with(browser, display, ssh).hand_off()
    }

    #[test]
    fn a_browser_is_started_on_a_desktop_or_when_one_is_named() {
        assert_eq!(decided("", ":0", ""), HandOff::Browser);
        assert_eq!(decided("firefox", "", ""), HandOff::Browser);
        assert_eq!(decided("/opt/code/bin/helpers/browser.sh", "", SSH), HandOff::Browser);
        assert_eq!(decided("lynx", ":0", ""), HandOff::Browser);
    }

    #[test]
    fn nothing_is_started_over_ssh_or_without_a_display() {
        assert_eq!(decided("", "", ""), HandOff::Remote);
        assert_eq!(decided("", ":0", SSH), HandOff::Remote);
        assert_eq!(decided("w3m", "", SSH), HandOff::Remote);
        assert_eq!(decided("/usr/bin/lynx %s", "", ""), HandOff::Remote);
        assert_eq!(decided("garbage", ":0", "garbage"), HandOff::Browser);
        assert_eq!(decided("", ":0", "garbage"), HandOff::Remote);
    }

    #[test]
    fn text_browsers_are_taken_out_of_the_list() {
        assert_eq!(with("lynx:firefox %s:w3m", ":0", "").browsers().as_deref(), Some("firefox %s"));
        assert_eq!(with("lynx:w3m", ":0", "").browsers(), None);
        assert_eq!(with("::", ":0", "").browsers(), None);
    }
}
