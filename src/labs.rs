//! Labs: what they are, how they are played here, and how they reach a browser.

pub mod engine;
pub mod file;
mod handoff;
pub mod kit;
pub mod picture;
pub mod prove;
mod sentences;
mod server;
mod start;
pub(crate) mod words;

pub(crate) use handoff::OPEN_COMMAND;
pub use handoff::{HandOffError, Handed, keep_lab, open, open_and_wait, open_here, write_lab};
pub use sentences::sentences;
pub use server::{Pages, Server, ServerError};
pub use start::new_page;

use std::fmt::Write;
use std::path::{Path, PathBuf};

/// How labs reach a browser on this machine; decided once, from the environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HandOff {
    /// A browser can be started: by `$BROWSER`, or because there is a display.
    Browser,
    /// Nothing is started; the reader is told how to fetch the page.
    Remote {
        /// `user@host` as the reader's own machine would name this one, when known.
        host: Option<String>,
    },
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
    /// `$BROWSER`: commands, separated by colons.
    pub browser: Option<String>,
    /// Whether `$DISPLAY` or `$WAYLAND_DISPLAY` is set, or the system always has a display.
    pub display: bool,
    /// `$SSH_CONNECTION`: addresses and ports of the client and of this machine.
    pub ssh_connection: Option<String>,
    /// `$USER`.
    pub user: Option<String>,
    /// `$XDG_RUNTIME_DIR`.
    pub runtime_dir: Option<PathBuf>,
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
        let is_remote = self.ssh_connection.is_some() || !self.display;
        // A `$BROWSER` counts over SSH too: editors set it to a helper that opens on the
        // reader's own machine.
        if self.browsers().is_none() && is_remote {
            HandOff::Remote { host: self.host() }
        } else {
            HandOff::Browser
        }
    }

    /// `$BROWSER` without text browsers; none when nothing is left of it.
    pub fn browsers(&self) -> Option<String> {
        let commands = self.browser.as_deref()?.split(':');
        let kept: Vec<&str> = commands.filter(|command| can_show_labs(command)).collect();
        (!kept.is_empty()).then(|| kept.join(":"))
    }

    /// `user@address` of this machine, as the machine at the other end of SSH reached it.
    fn host(&self) -> Option<String> {
        let address = self.ssh_connection.as_deref()?.split_whitespace().nth(2)?;
        Some(match &self.user {
            Some(user) => format!("{user}@{address}"),
            None => address.to_owned(),
        })
    }
}

fn can_show_labs(command: &str) -> bool {
    let Some(program) = command.split_whitespace().next() else { return false };
    let name = program.rsplit('/').next().unwrap_or_default();
    !TEXT_BROWSERS.contains(&name)
}

/// The command that fetches a page, typed on the reader's own machine.
///
/// `host` is [`HandOff::Remote`]'s; without one a placeholder is written.
pub fn fetch_command(host: Option<&str>, path: &Path) -> String {
    let path = path.to_string_lossy();
    let name = path.rsplit('/').next().unwrap_or_default();
    // The remote side has a shell too, which takes off the inner quotes.
    let remote = quoted(&format!("cat {}", quoted(&path)));
    let host = host.map_or_else(|| "USER@HOST".to_owned(), quoted);
    format!("ssh {host} {remote} > {}", quoted(name))
}

/// The command that makes `port` of this machine the same port of the reader's own machine.
///
/// `host` is [`HandOff::Remote`]'s; without one a placeholder is written.
pub fn forward_command(host: Option<&str>, port: u16) -> String {
    let host = host.map_or_else(|| "USER@HOST".to_owned(), quoted);
    format!("ssh -N -L {port}:127.0.0.1:{port} {host}")
}

/// `word` for a POSIX shell; in single quotes unless it is plain.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "@%+=:,./-_".contains(c);
    if !word.is_empty() && !word.starts_with('-') && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// The address of a page on this machine, at a state of it.
pub fn page_address(path: &Path, state: Option<&str>) -> String {
    let mut address = String::from("file://");
    for byte in path.to_string_lossy().bytes() {
        push_encoded(&mut address, byte, b"/-._~");
    }
    if let Some(state) = state {
        address.push('#');
        for byte in state.bytes() {
            push_encoded(&mut address, byte, b"%-._~!$&'()*+,;=:@/?[]");
        }
    }
    address
}

fn push_encoded(address: &mut String, byte: u8, plain: &[u8]) {
    if byte.is_ascii_alphanumeric() || plain.contains(&byte) {
        address.push(char::from(byte));
    } else {
        let _ = write!(address, "%{byte:02X}");
    }
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

    fn remote(host: Option<&str>) -> HandOff {
        HandOff::Remote { host: host.map(str::to_owned) }
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
        assert_eq!(decided("", "", ""), remote(None));
        assert_eq!(decided("", ":0", SSH), remote(Some("ada@198.51.100.4")));
        assert_eq!(decided("w3m", "", SSH), remote(Some("ada@198.51.100.4")));
        assert_eq!(decided("/usr/bin/lynx %s", "", ""), remote(None));
        assert_eq!(decided("garbage", ":0", "garbage"), HandOff::Browser);
        assert_eq!(decided("", ":0", "garbage"), remote(None));
    }

    #[test]
    fn text_browsers_are_taken_out_of_the_list() {
        assert_eq!(with("lynx:firefox %s:w3m", ":0", "").browsers().as_deref(), Some("firefox %s"));
        assert_eq!(with("lynx:w3m", ":0", "").browsers(), None);
        assert_eq!(with("::", ":0", "").browsers(), None);
    }

    #[test]
    fn the_fetching_command_is_safe_to_paste() {
        assert_eq!(
            fetch_command(Some("ada@198.51.100.4"), Path::new("/run/user/1000/lab.html")),
            "ssh ada@198.51.100.4 'cat /run/user/1000/lab.html' > lab.html"
        );
        assert_eq!(
            fetch_command(Some("-oProxyCommand=x"), Path::new("/tmp/it's here/a b.html")),
            r"ssh '-oProxyCommand=x' 'cat '\''/tmp/it'\''\'\'''\''s here/a b.html'\''' > 'a b.html'"
        );
        assert!(fetch_command(None, Path::new("/x")).starts_with("ssh USER@HOST "));
    }

    #[test]
    fn a_forward_uses_the_same_port_at_both_ends() {
        let forward = forward_command(Some("ada@198.51.100.4"), 4711);
        assert_eq!(forward, "ssh -N -L 4711:127.0.0.1:4711 ada@198.51.100.4");
    }

    #[test]
    fn an_address_keeps_the_lab_s_state() {
        assert_eq!(
            page_address(Path::new("/tmp/a b/ü.html"), Some("t=330&a=[[200,\"cut\"]]")),
            "file:///tmp/a%20b/%C3%BC.html#t=330&a=[[200,%22cut%22]]"
        );
    }
}
