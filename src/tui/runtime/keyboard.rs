//! Keys, read on a thread of its own, so that waiting for one costs nothing; and questions to the
//! terminal, whose answers come among them.

use std::io::{self, Read, Write};
use std::os::fd::BorrowedFd;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use ratatui::crossterm::event::{self, Event, MouseButton, MouseEventKind};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use crate::tui::Message;
use crate::tui::guard;
use crate::tui::message::Mouse;
use crate::tui::picture::News;
use crate::tui::picture::inquiry::{Inquiry, QUERY};

/// How long crossterm may look for events that it has read already. It waits in whole milliseconds
/// and looks again and again in less, which costs a core: so this is short.
const LOOK: Duration = Duration::from_micros(50);
/// How often nothing is found before nothing is there: one look may be over before it begins.
const LOOKS: usize = 3;
/// How long the answer of the terminal is waited for. Keys are read all the while.
const ANSWER: Duration = Duration::from_secs(10);
/// After this long without another byte, an escape is the key.
const ESCAPE: Duration = Duration::from_millis(50);
/// How long the thread of keys may take to turn to an answer.
const TURN: Duration = Duration::from_secs(2);

/// The keyboard, as the loop sees it.
pub(super) struct Keys {
    /// Why keys cannot be read any more.
    lost: Receiver<io::Error>,
    waking: UnixStream,
    turned: Receiver<()>,
    /// Whether an answer is being waited for.
    is_asked: Arc<AtomicBool>,
}

impl Keys {
    /// Reads keys into `messages`. When there are no more, [`Keys::are_there`] fails.
    pub(super) fn read(messages: Sender<Message>) -> io::Result<Self> {
        let (losing, lost) = channel();
        let (turning, turned) = channel();
        let (waking, woken) = UnixStream::pair()?;
        let is_asked = Arc::new(AtomicBool::new(false));
        let mut keyboard = Keyboard {
            losing: Some(losing),
            messages,
            tty: guard::keyboard(),
            woken,
            turning,
            is_asked: Arc::clone(&is_asked),
        };
        thread::Builder::new().name("keys".into()).spawn(move || keyboard.read())?;
        Ok(Self { lost, waking, turned, is_asked })
    }

    /// Fails when keys can no longer be read: nobody could leave.
    pub(super) fn are_there(&self) -> anyhow::Result<()> {
        match self.lost.try_recv() {
            Ok(error) => Err(error).context("the keyboard cannot be read"),
            Err(TryRecvError::Disconnected) => bail!("the keyboard cannot be read any more"),
            Err(TryRecvError::Empty) => Ok(()),
        }
    }

    /// Asks the terminal how it draws pictures. It is asked when the answer is waited for, and
    /// not before: as keys, it would be obeyed. While an answer is waited for, nothing is asked.
    pub(super) fn ask(&mut self, out: &mut impl Write) -> io::Result<()> {
        if self.is_asked.load(Ordering::SeqCst) {
            return Ok(());
        }
        // Whoever turned too late for a question is not about to turn for this one.
        self.turned.try_iter().for_each(drop);
        let woken = self.waking.write_all(b"?");
        if woken.is_ok() && self.turned.recv_timeout(TURN).is_ok() {
            out.write_all(QUERY.as_bytes())?;
            out.flush()?;
        }
        Ok(())
    }
}

/// The reading end of the keyboard.
struct Keyboard {
    losing: Option<Sender<io::Error>>,
    messages: Sender<Message>,
    /// Where keys come from; none where that cannot be waited for together with a question.
    tty: Option<BorrowedFd<'static>>,
    woken: UnixStream,
    turning: Sender<()>,
    is_asked: Arc<AtomicBool>,
}

/// What there is to be read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ready {
    Keys,
    Question,
    Nothing,
}

impl Keyboard {
    fn read(&mut self) {
        loop {
            match self.next() {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => {
                    let _ = self.losing.as_ref().map(|losing| losing.send(error));
                    return;
                }
            }
        }
    }

    /// Waits for something, and tells it; whether somebody listens.
    fn next(&mut self) -> io::Result<bool> {
        let Some(tty) = self.tty else { return Ok(self.tell(event::read()?)) };
        match wait(tty, Some(&self.woken), None) {
            Ok(Ready::Question) => {
                self.is_asked.store(true, Ordering::SeqCst);
                let listened = self.inquire(tty);
                self.is_asked.store(false, Ordering::SeqCst);
                listened
            }
            Ok(Ready::Keys) => self.tell_all(),
            Ok(Ready::Nothing) => Ok(true),
            // Not every system can wait for a terminal so.
            Err(_) => {
                self.tty = None;
                Ok(true)
            }
        }
    }

    /// Tells all that is there; whether somebody listens.
    fn tell_all(&self) -> io::Result<bool> {
        let mut looks = 0;
        while looks < LOOKS {
            looks += 1;
            if event::poll(LOOK)? {
                looks = 0;
                if !self.tell(event::read()?) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Reads the answer of the terminal, and the keys beside it.
    fn inquire(&mut self, tty: BorrowedFd<'_>) -> io::Result<bool> {
        let mut question = [0; 16];
        let _ = self.woken.read(&mut question)?;
        if self.turning.send(()).is_err() {
            return Ok(false);
        }
        let (until, mut inquiry) = (Instant::now() + ANSWER, Inquiry::default());
        let mut bytes = [0; 1024];
        while !inquiry.is_over() {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            let time = if inquiry.is_open() { ESCAPE.min(left) } else { left };
            let typed = match wait(tty, None, Some(time)).map_err(io::Error::from)? {
                Ready::Keys => match rustix::io::read(tty, &mut bytes) {
                    Ok(count @ 1..) => inquiry.take(bytes.get(..count).unwrap_or_default()),
                    Err(Errno::INTR | Errno::AGAIN) => vec![],
                    // It is gone; the guard sees that too.
                    Ok(_) | Err(_) => break,
                },
                _ => inquiry.rest(),
            };
            if !typed.into_iter().all(|event| self.tell(event)) {
                return Ok(false);
            }
        }
        let answer = inquiry.graphics(guard::cell());
        Ok(self.messages.send(Message::Pictures(News::Answered(answer))).is_ok())
    }

    /// Tells an event; whether somebody listens.
    fn tell(&self, event: Event) -> bool {
        message(event).is_none_or(|message| self.messages.send(message).is_ok())
    }
}

impl Drop for Keyboard {
    /// Even after a panic: whoever waits for messages has to look at what was lost.
    fn drop(&mut self) {
        self.losing = None;
        let _ = self.messages.send(Message::Redraw);
    }
}

/// Waits until something can be read, for `time` at most. A question comes before keys.
fn wait(
    tty: BorrowedFd<'_>,
    question: Option<&UnixStream>,
    time: Option<Duration>,
) -> Result<Ready, Errno> {
    let time = time.and_then(|time| Timespec::try_from(time).ok());
    let mut watched = vec![PollFd::from_borrowed_fd(tty, PollFlags::IN)];
    watched.extend(question.map(|stream| PollFd::new(stream, PollFlags::IN)));
    match poll(&mut watched, time.as_ref()) {
        Ok(0) | Err(Errno::INTR) => return Ok(Ready::Nothing),
        Ok(_) => {}
        Err(error) => return Err(error),
    }
    let is_ready = |at: usize| watched.get(at).map_or(PollFlags::empty(), PollFd::revents);
    if is_ready(0).contains(PollFlags::NVAL) {
        return Err(Errno::BADF);
    }
    Ok(if is_ready(1).is_empty() { Ready::Keys } else { Ready::Question })
}

fn message(event: Event) -> Option<Message> {
    match event {
        Event::Key(key) if key.is_press() || key.is_repeat() => Some(Message::Key(key.into())),
        Event::Paste(text) => Some(Message::Pasted(text)),
        Event::Mouse(mouse) => {
            let what = match mouse.kind {
                MouseEventKind::ScrollDown => Mouse::WheelDown,
                MouseEventKind::ScrollUp => Mouse::WheelUp,
                MouseEventKind::Down(MouseButton::Left) => Mouse::Click,
                _ => return None,
            };
            Some(Message::Mouse(what, mouse.column, mouse.row))
        }
        _ => None,
    }
}
