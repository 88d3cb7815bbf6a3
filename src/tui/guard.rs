//! The terminal, taken over and always given back.
//!
//! Every way out passes here: leaving, a panic, a signal, a hang-up, a stop. Giving back is
//! one raw write and one `tcsetattr`, errors ignored: it must work when nothing else does, and
//! it never writes to standard error, which may be the same terminal.

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{Signal, kill_current_process_group};
use rustix::termios::{OptionalActions, Termios, isatty, tcgetattr, tcgetwinsize, tcsetattr};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use crate::state::Keeper;
use crate::text::Safe;
use crate::tui::{Message, Setup};

/// What is obeyed. The size is watched from the beginning, so that no change of it is lost
/// before the first key is waited for.
const SIGNALS: [i32; 7] = [SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH];

/// Alternate screen, bracketed paste, hidden cursor, blank page.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?25l\x1b[0m\x1b[2J";
/// Wheel and clicks, in the form that has no limit on coordinates.
const MOUSE: &[u8] = b"\x1b[?1000h\x1b[?1006h";
/// Everything that was turned on, off; the scroll region whole; the cursor back.
const LEAVE: &[u8] =
    b"\x1b[?1000l\x1b[?1002l\x1b[?1006l\x1b[?2004l\x1b[0m\x1b[r\x1b[?1049l\x1b[?25h";

/// How long a terminal may take to read the few bytes that it is given back with.
const STALLED: Duration = Duration::from_millis(500);

static TERMINAL: OnceLock<Terminal> = OnceLock::new();
static OURS: AtomicBool = AtomicBool::new(false);

struct Terminal {
    tty: OwnedFd,
    before: Termios,
    mouse: bool,
}

/// The terminal is ours while this lives.
#[derive(Debug)]
pub(super) struct Guard(());

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
    }
}

/// Takes the terminal over. What happens to it from outside is told to `messages`; what `keeper`
/// has to write is written before a signal or a hang-up ends the program.
pub(super) fn claim(
    setup: &Setup,
    keeper: &Keeper,
    messages: &Sender<Message>,
) -> io::Result<Guard> {
    let tty = OwnedFd::from(File::options().read(true).write(true).open("/dev/tty")?);
    let before = tcgetattr(&tty)?;
    let terminal = TERMINAL.get_or_init(|| Terminal { tty, before, mouse: setup.mouse });
    let signals = Signals::new(SIGNALS)?;
    enter(terminal)?;
    let guard = Guard(());
    on_panic(messages.clone());
    let (sender, keeping, kept) = (messages.clone(), keeper.clone(), keeper.clone());
    thread::Builder::new()
        .name("signals".into())
        .spawn(move || obey(signals, &keeping, &sender))?;
    let waiting = thread::Builder::new().name("hang-up".into());
    waiting.spawn(move || wait_for_hang_up(&terminal.tty, &kept))?;
    Ok(guard)
}

fn enter(terminal: &Terminal) -> io::Result<()> {
    let mut raw = terminal.before.clone();
    raw.make_raw();
    OURS.store(true, Ordering::SeqCst);
    tcsetattr(&terminal.tty, OptionalActions::Now, &raw)?;
    write(ENTER);
    if terminal.mouse {
        write(MOUSE);
    }
    Ok(())
}

/// Gives the terminal back as it was. Harmless when it was given back already.
pub(super) fn give_back() {
    if let Some(terminal) = TERMINAL.get()
        && OURS.swap(false, Ordering::SeqCst)
    {
        // Writing waits when the terminal does not read; this does not.
        let _ = tcsetattr(&terminal.tty, OptionalActions::Now, &terminal.before);
        write(LEAVE);
    }
}

/// Gives the terminal back, but waits only so long for one that does not read: a program must
/// be ended by a signal even when the line to its terminal is dead.
fn give_back_in_time() {
    let (done, waiting) = channel::<()>();
    let giving = thread::Builder::new().name("give-back".into()).spawn(move || {
        give_back();
        drop(done);
    });
    match giving {
        Ok(_) => drop(waiting.recv_timeout(STALLED)),
        Err(_) => give_back(),
    }
}

/// Writes past every lock and buffer: another thread may hold them for ever.
fn write(mut bytes: &[u8]) {
    let stdout = rustix::stdio::stdout();
    while !bytes.is_empty() {
        match rustix::io::write(stdout, bytes) {
            Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
            Err(rustix::io::Errno::INTR) => {}
            Err(_) => return,
        }
    }
}

/// Gives the terminal back and stops, with the other processes of the job, until continued.
pub(super) fn stop() {
    give_back();
    let _ = kill_current_process_group(Signal::STOP);
}

/// The size of the terminal that was taken over; the usual one when it does not tell.
pub(super) fn size() -> Size {
    let told = TERMINAL.get().and_then(|terminal| tcgetwinsize(&terminal.tty).ok());
    told.map_or(Size::new(80, 24), |told| Size::new(told.ws_col, told.ws_row))
}

/// Where keys come from, as crossterm reads them.
pub(super) fn keyboard() -> Option<BorrowedFd<'static>> {
    let stdin = rustix::stdio::stdin();
    if isatty(stdin) { Some(stdin) } else { TERMINAL.get().map(|terminal| terminal.tty.as_fd()) }
}

/// The pixels of a cell, width and height, when the terminal tells the system.
pub(super) fn cell() -> Option<(u16, u16)> {
    let told = tcgetwinsize(&TERMINAL.get()?.tty).ok()?;
    let cell = (told.ws_xpixel.checked_div(told.ws_col)?, told.ws_ypixel.checked_div(told.ws_row)?);
    (cell.0 > 0 && cell.1 > 0).then_some(cell)
}

fn obey(mut signals: Signals, keeper: &Keeper, messages: &Sender<Message>) {
    for signal in signals.forever() {
        match signal {
            SIGTSTP => stop(),
            SIGWINCH => {
                let _ = messages.send(Message::Resized(size()));
            }
            SIGCONT => {
                if let Some(terminal) = TERMINAL.get() {
                    let _ = enter(terminal);
                }
                let _ = messages.send(Message::Redraw);
            }
            fatal => {
                give_back_in_time();
                keeper.flush(STALLED);
                // The parent sees the signal that ended us, not an exit code made up here.
                let _ = signal_hook::low_level::emulate_default_handler(fatal);
                std::process::exit(128 + fatal);
            }
        }
    }
}

/// Ends the program when its terminal is gone: reading from it would spin for ever, because
/// crossterm takes end of input for "try again" (crossterm#793).
fn wait_for_hang_up(tty: &OwnedFd, keeper: &Keeper) {
    loop {
        let mut watched = [PollFd::new(tty, PollFlags::empty())];
        match poll(&mut watched, None) {
            Ok(0) | Err(rustix::io::Errno::INTR) => {}
            Ok(_) | Err(_) => break,
        }
    }
    give_back();
    keeper.flush(STALLED);
    std::process::exit(128 + SIGHUP);
}

/// A panic of the thread that owns the screen gives the terminal back before it is reported;
/// one of a worker becomes a message, and the reader stays.
fn on_panic(messages: Sender<Message>) {
    let owner = thread::current().id();
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if thread::current().id() == owner {
            give_back();
            report(panic);
        } else {
            let reason = panic.payload_as_str().unwrap_or("it does not say why");
            let text = format!("A part of the program failed and was left out: {reason}");
            let _ = messages.send(Message::Failed(Safe::line(&text)));
        }
    }));
}
