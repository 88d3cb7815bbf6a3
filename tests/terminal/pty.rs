//! A pseudo-terminal with the program in it.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, WaitOptions, WaitStatus, kill_process, waitpid};
use tempfile::TempDir;

/// How long a test waits for what never comes. Far longer than a busy machine needs.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// The fewest columns and rows of the emulator: it panics where a character is wider than its screen,
/// and where its only row scrolls. What was drawn for the last size may still arrive when the terminal
/// has become one cell.
const SMALLEST: u16 = 2;

/// How the program is started.
pub(crate) struct Start {
    command: CommandBuilder,
    size: PtySize,
    /// Where the program remembers, unless it is told another folder.
    state: TempDir,
}

/// A terminal, the program in it, and everything that it wrote.
pub(crate) struct Terminal {
    master: Option<Box<dyn MasterPty + Send>>,
    keyboard: Option<Box<dyn Write + Send>>,
    output: Receiver<Vec<u8>>,
    reader: Option<JoinHandle<()>>,
    /// Tells the reader that what comes next is the last thing to be read.
    last: Arc<AtomicBool>,
    screen: vt100::Parser,
    /// The child, until it was waited for.
    child: Option<Pid>,
    /// Every byte that was written so far.
    pub(crate) bytes: Vec<u8>,
    closed: bool,
    _state: TempDir,
    /// The terminal's settings before the program started, as text.
    before: String,
}

/// The library of the tests.
pub(crate) fn library() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/library/content")
}

impl Start {
    /// The program, with these arguments, in a terminal of 80 by 24 with 256 colours.
    pub(crate) fn program<S: AsRef<OsStr>>(arguments: &[S]) -> Self {
        Self::command(Path::new(env!("CARGO_BIN_EXE_library-tui")), arguments)
    }

    /// Any command.
    pub(crate) fn command<S: AsRef<OsStr>>(program: &Path, arguments: &[S]) -> Self {
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        command.env("PATH", "/usr/local/bin:/usr/bin:/bin");
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "C.UTF-8");
        command.env("LIBRARY_TUI_CONTENT", library());
        let state = tempfile::tempdir().unwrap();
        command.env("XDG_STATE_HOME", state.path());
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        Self { command, size: size(80, 24), state }
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    pub(crate) fn sized(mut self, columns: u16, rows: u16) -> Self {
        self.size = size(columns, rows);
        self
    }

    /// Starts in a terminal that reads the first bytes and then nothing.
    pub(crate) fn deaf(self) -> Terminal {
        let terminal = self.run();
        terminal.last.store(true, Ordering::SeqCst);
        terminal
    }

    pub(crate) fn run(self) -> Terminal {
        let pty = native_pty_system().openpty(self.size).unwrap();
        let before = settings(pty.master.as_ref());
        let child = pty.slave.spawn_command(self.command).unwrap();
        let child = child.process_id().and_then(|id| Pid::from_raw(id.cast_signed()));
        let (sender, output) = channel();
        let last = Arc::new(AtomicBool::new(false));
        let (from, enough) = (pty.master.try_clone_reader().unwrap(), Arc::clone(&last));
        Terminal {
            keyboard: Some(pty.master.take_writer().unwrap()),
            screen: emulator(self.size.cols, self.size.rows),
            master: Some(pty.master),
            output,
            reader: Some(thread::spawn(move || read_on(from, &sender, &enough))),
            last,
            child,
            bytes: vec![],
            closed: false,
            _state: self.state,
            before,
        }
    }
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

/// What the terminal shows.
fn emulator(columns: u16, rows: u16) -> vt100::Parser {
    vt100::Parser::new(rows.max(SMALLEST), columns.max(SMALLEST), 0)
}

fn settings(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

/// Reads until the last one who holds the terminal is gone, or until it is enough.
fn read_on(mut from: Box<dyn Read + Send>, to: &Sender<Vec<u8>>, enough: &AtomicBool) {
    let mut bytes = [0; 4096];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        if to.send(bytes[..count].to_vec()).is_err() || enough.load(Ordering::SeqCst) {
            return;
        }
    }
}

/// Waits for a change of the child. One that never comes ends as a child that was killed.
fn wait_for(child: Pid, options: WaitOptions) -> WaitStatus {
    let (done, waiting) = channel::<()>();
    let killer = thread::spawn(move || {
        if waiting.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            let _ = kill_process(child, Signal::KILL);
        }
    });
    let (_, status) = waitpid(Some(child), options).unwrap().unwrap();
    drop(done);
    killer.join().unwrap();
    status
}

impl Terminal {
    /// Sends bytes as the keyboard would; nobody may be there to read them.
    pub(crate) fn press(&mut self, keys: impl AsRef<[u8]>) -> &mut Self {
        let keyboard = self.keyboard.as_mut().unwrap();
        let _ = keyboard.write_all(keys.as_ref()).and_then(|()| keyboard.flush());
        self
    }

    /// Reads until the terminal satisfies `done`.
    #[track_caller]
    pub(crate) fn wait(&mut self, what: &str, mut done: impl FnMut(&Self) -> bool) -> &mut Self {
        let deadline = Instant::now() + PATIENCE;
        while !done(self) {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Disconnected) if !self.closed => self.closed = true,
                Err(end) => panic!("never came ({end}): {what}; the screen is\n{}", self.text()),
            }
        }
        self
    }

    fn take(&mut self, bytes: &[u8]) {
        self.screen.process(bytes);
        self.bytes.extend(bytes);
    }

    /// Whether everybody let go of the terminal, as far as was read.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }

    /// Reads until `text` is on the screen.
    #[track_caller]
    pub(crate) fn sees(&mut self, text: &str) -> &mut Self {
        self.wait(text, |terminal| terminal.text().contains(text))
    }

    /// Presses keys until `text` is on the screen. A key that comes with a change of size waits
    /// in crossterm for the next one.
    #[track_caller]
    pub(crate) fn insist(&mut self, keys: &str, text: &str) -> &mut Self {
        let mut presses = 0;
        while !self.text().contains(text) {
            self.press(keys);
            presses += 1;
            assert!(presses < 60, "never came: {text}; the screen is\n{}", self.text());
            while !self.text().contains(text)
                && let Ok(bytes) = self.output.recv_timeout(Duration::from_secs(1))
            {
                self.take(&bytes);
            }
        }
        self
    }

    /// Reads until `text` is not on the screen.
    #[track_caller]
    pub(crate) fn misses(&mut self, text: &str) -> &mut Self {
        self.wait(&format!("the end of {text}"), |terminal| !terminal.text().contains(text))
    }

    /// Reads until `bytes` were written after the first `from` bytes; where they begin.
    #[track_caller]
    pub(crate) fn writes(&mut self, from: usize, bytes: &[u8]) -> usize {
        let find = |terminal: &Self| {
            let rest = terminal.bytes.get(from..)?;
            rest.windows(bytes.len()).position(|window| window == bytes).map(|at| from + at)
        };
        self.wait("bytes", |terminal| find(terminal).is_some());
        find(self).unwrap()
    }

    /// The screen as text.
    pub(crate) fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// The screen as the emulator has it.
    pub(crate) fn screen(&self) -> &vt100::Screen {
        self.screen.screen()
    }

    pub(crate) fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.screen.screen_mut().set_size(rows.max(SMALLEST), columns.max(SMALLEST));
        self.master.as_ref().unwrap().resize(size(columns, rows)).unwrap();
        self
    }

    /// Sends a signal to the program alone.
    pub(crate) fn signal(&mut self, signal: Signal) -> &mut Self {
        kill_process(self.child.unwrap(), signal).unwrap();
        self
    }

    /// The terminal breaks: nobody holds its other end any more. `key` must draw something.
    pub(crate) fn hang_up(&mut self, key: &str) {
        self.last.store(true, Ordering::SeqCst);
        self.press(key);
        self.reader.take().unwrap().join().unwrap();
        self.keyboard = None;
        self.master = None;
    }

    /// Waits until the program is stopped, as by Ctrl-Z.
    pub(crate) fn stopped(&mut self) -> &mut Self {
        let status = wait_for(self.child.unwrap(), WaitOptions::UNTRACED);
        assert!(status.stopped(), "ended instead of stopping: {status:?}");
        self
    }

    /// Waits until the program has ended, and reads what it wrote last.
    pub(crate) fn ended(&mut self) -> WaitStatus {
        let status = wait_for(self.child.unwrap(), WaitOptions::empty());
        self.child = None;
        loop {
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Disconnected) => return status,
                Err(RecvTimeoutError::Timeout) => panic!("somebody still holds the terminal"),
            }
        }
    }

    /// Fails unless the terminal's settings are as they were before the program came.
    #[track_caller]
    pub(crate) fn has_its_settings(&self) {
        assert_eq!(settings(self.master.as_ref().unwrap().as_ref()), self.before);
    }

    /// Fails unless the terminal is as it was before the program came.
    #[track_caller]
    pub(crate) fn is_given_back(&self) {
        self.has_its_settings();
        let screen = self.screen();
        assert!(!screen.alternate_screen(), "the alternate screen was not left");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste is on");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        let attributes = (screen.fgcolor(), screen.bgcolor(), screen.bold(), screen.inverse());
        assert_eq!(attributes, (vt100::Color::Default, vt100::Color::Default, false, false));
    }

    /// Fails unless the program has the terminal.
    #[track_caller]
    pub(crate) fn is_taken(&self) {
        assert_ne!(settings(self.master.as_ref().unwrap().as_ref()), self.before);
        assert!(self.screen().alternate_screen() && self.screen().bracketed_paste());
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if let Some(child) = self.child {
            let _ = kill_process(child, Signal::KILL);
            let _ = waitpid(Some(child), WaitOptions::empty());
        }
    }
}
