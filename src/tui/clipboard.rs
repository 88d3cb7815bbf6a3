//! How what is copied reaches the reader's clipboard: a plan, from plain data.
//!
//! A terminal is asked by OSC 52, and never says whether it did it. So that is said, and where a
//! program for the clipboard is there, it is asked first.

use std::ffi::OsString;
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The longest text that terminals take by OSC 52, in bytes of base64.
const LONGEST: usize = 74_994;
/// GNU screen passes strings on up to this length, in bytes.
const SCREEN: usize = 760;

/// What decides how texts are copied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clipboard {
    /// A file that holds what was copied last, instead of any clipboard.
    pub write: Option<PathBuf>,
    /// Programs that set the clipboard of this desktop, the best one first, with arguments.
    pub tools: Vec<Vec<String>>,
    /// What stands between the program and the terminal.
    pub between: Between,
    /// Where programs are looked for.
    pub path: OsString,
}

/// What stands between the program and the terminal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Between {
    /// Nothing, as far as is known.
    #[default]
    Nothing,
    /// tmux.
    Tmux,
    /// GNU screen.
    Screen,
}

/// What the environment says that matters here.
#[derive(Debug, Clone, Copy, Default)]
pub struct Desktop<'a> {
    /// `WAYLAND_DISPLAY`.
    pub wayland: Option<&'a str>,
    /// `DISPLAY`.
    pub display: Option<&'a str>,
    /// `WSL_DISTRO_NAME`.
    pub wsl: Option<&'a str>,
    /// `SSH_CONNECTION`.
    pub ssh: Option<&'a str>,
    /// Whether this is macOS.
    pub mac: bool,
}

impl Clipboard {
    /// The programs to ask on such a desktop. Over SSH only a forwarded display is the reader's.
    pub fn tools_of(desktop: Desktop<'_>) -> Vec<Vec<String>> {
        let tool = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let local = desktop.ssh.is_none();
        let mut tools = vec![];
        if local && desktop.mac {
            tools.push(tool("pbcopy"));
        }
        if local && desktop.wayland.is_some() {
            tools.push(tool("wl-copy"));
        }
        if desktop.display.is_some() {
            tools.extend([tool("xclip -selection clipboard"), tool("xsel --clipboard --input")]);
        }
        if local && desktop.wsl.is_some() {
            tools.push(tool("clip.exe"));
        }
        tools
    }

    /// What asks the terminal to copy `text`; why that is of no use when it is too long.
    pub fn sequence(&self, text: &str) -> Result<String, String> {
        let encoded = STANDARD.encode(text);
        if encoded.len() > LONGEST {
            return Err(format!(
                "Not copied: {} KB are more than terminals take; --write FILE takes any length",
                text.len() / 1000
            ));
        }
        let plain = format!("\x1b]52;c;{encoded}\x07");
        Ok(match self.between {
            Between::Nothing => plain,
            // Escapes are doubled on their way through.
            Between::Tmux => {
                let inside = plain.replace('\x1b', "\x1b\x1b");
                format!("{plain}\x1bPtmux;{inside}\x1b\\")
            }
            Between::Screen => {
                let parts = plain.as_bytes().chunks(SCREEN).map(String::from_utf8_lossy);
                let parts: Vec<_> = parts.collect();
                format!("\x1bP{}\x1b\\", parts.join("\x1b\\\x1bP"))
            }
        })
    }

    /// What is said when the terminal was asked.
    pub fn said(&self) -> &'static str {
        match self.between {
            Between::Nothing => "Copied, if your terminal takes OSC 52",
            Between::Tmux => "Copied, if tmux (set-clipboard on) and your terminal let it",
            Between::Screen => "Copied, if your terminal takes OSC 52 through screen",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(desktop: Desktop<'_>) -> Vec<String> {
        Clipboard::tools_of(desktop).into_iter().map(|it| it.concat()).take(1).collect()
    }

    #[test]
    fn the_clipboard_of_a_desktop_is_set_by_its_own_program() {
        let here = Desktop::default();
        assert!(first(here).is_empty());
        assert_eq!(first(Desktop { mac: true, ..here }), ["pbcopy"]);
        let both = Desktop { wayland: Some("w"), display: Some(":0"), ..here };
        assert_eq!(first(both), ["wl-copy"]);
        let far = Desktop { ssh: Some("1 2 3 4"), ..both };
        assert_eq!(first(far), ["xclip-selectionclipboard"]);
        assert!(first(Desktop { display: None, mac: true, ..far }).is_empty());
    }

    #[test]
    fn the_terminal_is_asked_through_what_stands_between() {
        let asked = |between| Clipboard { between, ..Clipboard::default() }.sequence("hi").unwrap();
        assert_eq!(asked(Between::Nothing), "\x1b]52;c;aGk=\x07");
        assert!(asked(Between::Tmux).ends_with("\x1bPtmux;\x1b\x1b]52;c;aGk=\x07\x1b\\"));
        assert_eq!(asked(Between::Screen), "\x1bP\x1b]52;c;aGk=\x07\x1b\\");
    }

    #[test]
    fn what_no_terminal_takes_is_not_said_to_be_copied() {
        let refused = Clipboard::default().sequence(&"x".repeat(60_000)).unwrap_err();
        assert!(refused.contains("60 KB") && refused.contains("--write"), "{refused}");
    }
}
