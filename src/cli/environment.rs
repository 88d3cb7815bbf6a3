//! What the environment says about the terminal, the locale and browsers.

use std::env;
use std::ffi::OsString;
use std::io::{IsTerminal, stdout};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::calendar::{Calendar, Day};
use crate::cli::arguments::{Arguments, Command};
use crate::cli::settings::{Settings, Wanted};
use crate::labs;
use crate::state::statistics::Streaks;
use crate::theme::Depth;
use crate::tui::clipboard::{Between, Clipboard, Desktop};
use crate::tui::picture::Images;

/// Columns of a terminal that does not tell.
const COLUMNS: usize = 80;

/// What the environment says.
#[derive(Debug)]
pub(crate) struct Environment {
    /// The terminal's colours.
    pub(crate) depth: Depth,
    /// Whether ornaments have to be ASCII.
    pub(crate) ascii: bool,
    /// The width of the terminal, or of what is printed to a pipe.
    pub(crate) columns: usize,
    /// Another library to read.
    pub(crate) content: Option<PathBuf>,
    /// Whether a debug build, too, reads the library that is in the program.
    pub(crate) embedded: bool,
    /// The present time, in seconds since 1970.
    pub(crate) now: i64,
    /// The days of this place.
    pub(crate) calendar: Calendar,
    /// This month in UTC, as `2026-11`.
    pub(crate) month: String,
    /// Whether days in a row are told.
    pub(crate) streaks: Streaks,
    /// Where programs are looked for.
    pub(crate) path: OsString,
    /// Where what can be made again is kept.
    pub(crate) cache: Option<PathBuf>,
    /// Where what a reader did is remembered.
    pub(crate) state: Option<PathBuf>,
    /// How texts are copied.
    pub(crate) clipboard: Clipboard,
    /// Whether the terminal may be asked to draw pictures.
    pub(crate) images: Images,
    /// The settings file.
    settings: Option<PathBuf>,
    /// The port that the arguments name.
    pub(crate) given_port: Option<u16>,
    /// What is wrong in the settings file.
    pub(crate) told: Option<String>,
    /// What decides about labs.
    pub(crate) labs: labs::Environment,
}

impl Environment {
    /// The environment of this process.
    pub(crate) fn of_process() -> Self {
        let get = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
        Self {
            depth: depth(get),
            ascii: ascii(get),
            columns: columns(get),
            content: get("LIBRARY_TUI_CONTENT").map(PathBuf::from),
            embedded: get("LIBRARY_TUI_EMBEDDED").is_some(),
            now: seconds(SystemTime::now()),
            calendar: calendar(),
            month: month(SystemTime::now()),
            streaks: Streaks::default(),
            path: get("PATH").unwrap_or_default(),
            cache: cache(get),
            state: state(get),
            clipboard: clipboard(get),
            images: images(get),
            settings: settings(get),
            given_port: None,
            told: None,
            labs: labs(get),
        }
    }

    /// Takes in what the arguments say and, where labs are concerned, the settings file.
    pub(crate) fn follow(&mut self, arguments: &Arguments) {
        let wants = matches!(
            arguments.command,
            None | Some(
                Command::Preview { .. }
                    | Command::Lab(_)
                    | Command::Serve { .. }
                    | Command::Review { .. }
                    | Command::Stats { .. }
            )
        );
        let mut set = Settings::default();
        if let Some(path) = self.settings.as_deref().filter(|_| wants) {
            (set, self.told) = Settings::read(path);
        }
        self.streaks = if set.review.streak { Streaks::Told } else { Streaks::Untold };
        if set.reader.images == Wanted::Never {
            self.images = Images::Never;
        }
        self.given_port = arguments.port;
        self.labs.port = arguments.port.or(set.labs.port);
        let named = arguments.browser.clone().or(set.labs.browser);
        self.labs.browser = named.or_else(|| self.labs.browser.take());
    }

    /// The colours of what is printed: none in a pipe.
    pub(crate) fn output_depth(&self) -> Depth {
        if stdout().is_terminal() { self.depth } else { Depth::None }
    }
}

fn word(get: impl Fn(&str) -> Option<OsString>, name: &str) -> String {
    get(name).map(|value| value.to_string_lossy().into_owned()).unwrap_or_default()
}

fn depth(get: impl Fn(&str) -> Option<OsString>) -> Depth {
    let term = word(&get, "TERM");
    if get("NO_COLOR").is_some() || term == "dumb" {
        return Depth::None;
    }
    if matches!(word(&get, "COLORTERM").as_str(), "truecolor" | "24bit")
        || term.ends_with("-direct")
    {
        return Depth::True;
    }
    if term.ends_with("-256color") { Depth::Indexed } else { Depth::Ansi }
}

/// Borders and marks need a locale with UTF-8 and a terminal with the characters.
fn ascii(get: impl Fn(&str) -> Option<OsString>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| get(name));
    let locale = locale.unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let unicode = locale.contains("utf-8") || locale.contains("utf8");
    !unicode || matches!(word(get, "TERM").as_str(), "linux" | "dumb")
}

fn columns(get: impl Fn(&str) -> Option<OsString>) -> usize {
    let out = stdout();
    let size = if out.is_terminal() { rustix::termios::tcgetwinsize(&out).ok() } else { None };
    let told = size.map(|size| usize::from(size.ws_col)).filter(|columns| *columns > 0);
    let columns = || word(&get, "COLUMNS").parse().ok().filter(|columns| *columns > 0);
    told.or_else(columns).unwrap_or(COLUMNS)
}

/// The month of a time in UTC, as `2026-11`.
fn month(time: SystemTime) -> String {
    let date = Day(seconds(time).div_euclid(86_400)).date();
    format!("{}-{:02}", date.year, date.month)
}

fn seconds(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(since).unwrap_or(i64::MAX)
}

/// The days of the time zone that is set here; UTC when none is known. It is asked for the
/// changes of the clock in about two years.
fn calendar() -> Calendar {
    let Ok(zone) = TimeZone::try_system() else { return Calendar::default() };
    let now = Timestamp::now();
    let past = zone.preceding(now).take(4);
    let changes = past.chain(zone.following(now).take(2));
    let mut offsets: Vec<(i64, i32)> =
        changes.map(|change| (change.timestamp().as_second(), change.offset().seconds())).collect();
    if offsets.is_empty() {
        offsets.push((0, zone.to_offset(now).seconds()));
    }
    Calendar::new(offsets)
}

/// `$XDG_CACHE_HOME/library-tui`, or the same below `~/.cache`.
fn cache(get: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let own = get("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || get("HOME").map(|home| PathBuf::from(home).join(".cache"));
    own.or_else(home).map(|path| path.join("library-tui"))
}

/// `$XDG_STATE_HOME/library-tui`, or the same below `~/.local/state`.
fn state(get: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let own = get("XDG_STATE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || get("HOME").map(|home| PathBuf::from(home).join(".local/state"));
    own.or_else(home).map(|path| path.join("library-tui"))
}

/// `$XDG_CONFIG_HOME/library-tui/config.toml`, or the same below `~/.config`.
fn settings(get: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let own = get("XDG_CONFIG_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || get("HOME").map(|home| PathBuf::from(home).join(".config"));
    own.or_else(home).map(|path| path.join("library-tui/config.toml"))
}

/// The settings file as people write it.
fn shown_settings(get: impl Fn(&str) -> Option<OsString>) -> String {
    let path = settings(&get).unwrap_or_else(|| "config.toml".into());
    let home = get("HOME").map(PathBuf::from);
    match home.and_then(|home| path.strip_prefix(home).ok().map(Path::to_owned)) {
        Some(below) => format!("~/{}", below.display()),
        None => path.display().to_string(),
    }
}

fn clipboard(get: impl Fn(&str) -> Option<OsString>) -> Clipboard {
    let text = |name: &str| get(name).map(|value| value.to_string_lossy().into_owned());
    let (wayland, display) = (text("WAYLAND_DISPLAY"), text("DISPLAY"));
    let (wsl, ssh) = (text("WSL_DISTRO_NAME"), text("SSH_CONNECTION"));
    let desktop = Desktop {
        wayland: wayland.as_deref(),
        display: display.as_deref(),
        wsl: wsl.as_deref(),
        ssh: ssh.as_deref(),
        mac: cfg!(target_os = "macos"),
    };
    let between = match (get("TMUX"), get("STY")) {
        (Some(_), _) => Between::Tmux,
        (None, Some(_)) => Between::Screen,
        (None, None) => Between::Nothing,
    };
    let (tools, path) = (Clipboard::tools_of(desktop), get("PATH").unwrap_or_default());
    Clipboard { write: None, tools, between, path }
}

/// Pictures are for terminals that are sat at. What stands between (tmux, screen, mosh) answers
/// in its own name or swallows them.
fn images(get: impl Fn(&str) -> Option<OsString>) -> Images {
    let term = word(&get, "TERM");
    let between = ["TMUX", "STY", "MOSH_CONNECTION", "MOSH_SERVER_PID", "ZELLIJ"];
    let is_between = between.iter().any(|name| get(name).is_some())
        || ["screen", "tmux"].iter().any(|name| term.starts_with(name))
        // mosh tells so every program that it starts.
        || word(&get, "NCURSES_NO_UTF8_ACS") == "1";
    let cannot = matches!(term.as_str(), "" | "dumb" | "linux");
    if is_between || cannot { Images::Never } else { Images::Auto }
}

fn labs(get: impl Fn(&str) -> Option<OsString>) -> labs::Environment {
    let text = |name: &str| get(name).and_then(|value| value.into_string().ok());
    let always = cfg!(any(target_os = "macos", target_os = "windows"));
    labs::Environment {
        browser: text("BROWSER"),
        display: always || get("DISPLAY").is_some() || get("WAYLAND_DISPLAY").is_some(),
        ssh_connection: text("SSH_CONNECTION"),
        user: text("USER").or_else(|| text("LOGNAME")),
        runtime_dir: get("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|path| path.is_absolute()),
        port: None,
        settings: shown_settings(get),
        temp_dir: env::temp_dir(),
        program: program(),
    }
}

/// This program. On Linux by a name that still works after an upgrade has replaced the file.
fn program() -> PathBuf {
    if cfg!(target_os = "linux") {
        return PathBuf::from("/proc/self/exe");
    }
    env::current_exe().unwrap_or_else(|_| PathBuf::from("library-tui"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get<'a>(set: &'a [(&str, &str)]) -> impl Fn(&str) -> Option<OsString> + 'a {
        move |name| {
            let found = set.iter().find(|(known, value)| *known == name && !value.is_empty());
            found.map(|(_, value)| OsString::from(value))
        }
    }

    #[test]
    fn colours_are_those_that_the_terminal_claims() {
        let depth = |set: &[(&str, &str)]| super::depth(get(set));
        assert_eq!(depth(&[]), Depth::Ansi);
        assert_eq!(depth(&[("TERM", "xterm-256color")]), Depth::Indexed);
        assert_eq!(depth(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]), Depth::True);
        assert_eq!(depth(&[("TERM", "xterm"), ("COLORTERM", "24bit")]), Depth::True);
        assert_eq!(depth(&[("TERM", "linux")]), Depth::Ansi);
        assert_eq!(depth(&[("TERM", "xterm-16color"), ("COLORTERM", "yes")]), Depth::Ansi);
        assert_eq!(depth(&[("TERM", "dumb"), ("COLORTERM", "truecolor")]), Depth::None);
        assert_eq!(depth(&[("NO_COLOR", "1"), ("COLORTERM", "truecolor")]), Depth::None);
        assert_eq!(depth(&[("NO_COLOR", ""), ("COLORTERM", "truecolor")]), Depth::True);
    }

    #[test]
    fn the_month_is_that_of_the_calendar() {
        let at = |seconds| month(UNIX_EPOCH + std::time::Duration::from_secs(seconds));
        assert_eq!(at(0), "1970-01");
        assert_eq!(at(951_782_400), "2000-02");
        assert_eq!(at(951_868_800), "2000-03");
        assert_eq!(at(1_795_219_200), "2026-11");
        assert_eq!(at(4_102_444_799), "2099-12");
    }

    #[test]
    fn ornaments_are_ascii_without_utf_8() {
        let ascii = |set: &[(&str, &str)]| super::ascii(get(set));
        assert!(ascii(&[]));
        assert!(ascii(&[("LANG", "C")]));
        assert!(ascii(&[("LANG", "de_DE.ISO-8859-1")]));
        assert!(ascii(&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "POSIX")]));
        assert!(ascii(&[("LANG", "de_DE.UTF-8"), ("TERM", "linux")]));
        assert!(!ascii(&[("LANG", "de_DE.UTF-8"), ("TERM", "xterm")]));
        assert!(!ascii(&[("LANG", "C"), ("LC_CTYPE", "C.utf8")]));
    }

    #[test]
    fn nothing_is_drawn_where_something_stands_between() {
        let images = |set: &[(&str, &str)]| super::images(get(set));
        let kitty = ("TERM", "xterm-kitty");
        assert_eq!(images(&[kitty]), Images::Auto);
        assert_eq!(images(&[("TERM", "xterm-256color"), ("TMUX", "")]), Images::Auto);
        for (name, value) in [
            ("TMUX", "/tmp/tmux-1000/default,1,0"),
            ("STY", "1.pts-0.host"),
            ("MOSH_CONNECTION", "1.2.3.4 5"),
            ("NCURSES_NO_UTF8_ACS", "1"),
        ] {
            assert_eq!(images(&[kitty, (name, value)]), Images::Never, "{name}");
        }
        for term in ["", "screen", "screen-256color", "tmux-256color", "linux", "dumb"] {
            assert_eq!(images(&[("TERM", term)]), Images::Never, "{term}");
        }
    }

    #[test]
    fn a_relative_runtime_folder_is_not_used() {
        assert_eq!(labs(get(&[("XDG_RUNTIME_DIR", "x")])).runtime_dir, None);
        assert!(labs(get(&[("WAYLAND_DISPLAY", "w")])).display);
    }
}
