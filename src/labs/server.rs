//! Labs on loopback, for a browser on this machine or at the other end of an SSH forward.
//!
//! Only this machine can connect, only who has the token gets a page, and a page can do nothing
//! but run its own scripts: not reach the network, not another page, not this server.

mod connection;
mod policy;
mod request;
mod serving;
mod ticket;

pub use serving::Serving;

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::labs::server::ticket::Tickets;

/// Connections served at once; more are closed unanswered.
const CONNECTIONS: usize = 8;

/// Where pages come from: the path after the token to HTML.
pub type Pages = dyn Fn(&str) -> Option<String> + Send + Sync;

/// How a server listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listening {
    /// The port; 0 takes any that is free.
    pub port: u16,
    /// What a visitor has to know; random when none is given.
    pub token: Option<String>,
    /// How long a visitor may take over its request, and over each part of the answer.
    pub patience: Duration,
    /// How long nobody asks for anything before the port is closed.
    pub idle: Duration,
}

impl Listening {
    /// At a port, with the usual patience.
    pub fn at(port: u16) -> Self {
        let (patience, idle) = (Duration::from_secs(5), Duration::from_mins(30));
        Self { port, token: None, patience, idle }
    }
}

/// A port on loopback that serves pages; closed when this is dropped.
pub struct Server {
    shared: Arc<Shared>,
    address: SocketAddr,
    accepting: Option<JoinHandle<()>>,
}

/// What the connections share.
pub(crate) struct Shared {
    pages: Box<Pages>,
    token: String,
    patience: Duration,
    tickets: Mutex<Tickets>,
    open: AtomicUsize,
    closing: AtomicBool,
}

/// A server that cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The port is taken or refused.
    #[error("port {port} cannot be used: {reason}; choose another with --port, or 0 for any")]
    Port {
        /// The port that was asked for.
        port: u16,
        /// Why, in the system's words.
        reason: io::Error,
    },
    /// The system gives no random numbers or threads.
    #[error("the page server cannot be started: {0}")]
    System(#[from] io::Error),
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Server {
    /// Serves `pages` on 127.0.0.1.
    pub fn start(how: Listening, pages: Box<Pages>) -> Result<Self, ServerError> {
        let Listening { port, token, patience, idle } = how;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .map_err(|reason| ServerError::Port { port, reason })?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            pages,
            token: token.map_or_else(ticket::random, Ok)?,
            patience,
            tickets: Mutex::new(Tickets::default()),
            open: AtomicUsize::new(0),
            closing: AtomicBool::new(false),
        });
        let served = Arc::clone(&shared);
        let accepting = thread::Builder::new().name("pages".into());
        let accepting = Some(accepting.spawn(move || accept(&listener, &served, idle))?);
        Ok(Self { shared, address, accepting })
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// What a visitor has to know.
    fn token(&self) -> &str {
        &self.shared.token
    }

    /// Waits until the port closes because nobody asked for anything for a while.
    pub fn wait(mut self) {
        if let Some(thread) = self.accepting.take() {
            let _ = thread.join();
        }
    }

    /// Whether the port is still open: it closes when nobody asked for anything for a while.
    pub fn is_open(&self) -> bool {
        self.accepting.as_ref().is_some_and(|thread| !thread.is_finished())
    }

    /// The address of a page, to be shown to the reader and to nobody else: it holds the token.
    pub fn address(&self, page: &str, state: Option<&str>) -> String {
        let token = &self.shared.token;
        with_state(format!("http://127.0.0.1:{}/{token}/{page}", self.port()), state)
    }

    /// An address that leads to the page once, to be given to a browser on its command line,
    /// which every user of this machine can read.
    pub fn one_time_address(&self, page: &str, state: Option<&str>) -> Result<String, ServerError> {
        let to = format!("/{}/{page}", self.shared.token);
        let ticket = self.shared.tickets().issue(to)?;
        Ok(with_state(format!("http://127.0.0.1:{}/once/{ticket}", self.port()), state))
    }
}

impl Shared {
    fn tickets(&self) -> std::sync::MutexGuard<'_, Tickets> {
        self.tickets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.closing.store(true, Ordering::SeqCst);
        // Wakes the thread that accepts; when nobody listens any more there is none.
        let _ = TcpStream::connect_timeout(&self.address, Duration::from_secs(1));
        if let Some(thread) = self.accepting.take() {
            let _ = thread.join();
        }
    }
}

/// A browser keeps the part after `#` across a redirect and never sends it.
fn with_state(mut address: String, state: Option<&str>) -> String {
    if let Some(state) = state {
        address.push('#');
        for byte in state.bytes() {
            if byte.is_ascii_graphic() && !b"\"<>`\\^{|}".contains(&byte) {
                address.push(char::from(byte));
            } else {
                address.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    address
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>, idle: Duration) {
    loop {
        let mut watched = [PollFd::new(listener, PollFlags::IN)];
        let idle = Timespec::try_from(idle).ok();
        match poll(&mut watched, idle.as_ref()) {
            Err(rustix::io::Errno::INTR) => continue,
            Ok(1..) => {}
            Ok(0) if shared.open.load(Ordering::SeqCst) > 0 => continue,
            Ok(0) | Err(_) => return,
        }
        if shared.closing.load(Ordering::SeqCst) {
            return;
        }
        // An error is the visitor's: it went away before it was let in.
        if let Ok((stream, _)) = listener.accept() {
            admit(stream, shared);
        }
    }
}

fn admit(stream: TcpStream, shared: &Arc<Shared>) {
    if shared.open.fetch_add(1, Ordering::SeqCst) >= CONNECTIONS {
        shared.open.fetch_sub(1, Ordering::SeqCst);
        return;
    }
    let served = Arc::clone(shared);
    let visitor = thread::Builder::new().name("page".into());
    let started = visitor.spawn(move || {
        connection::serve(stream, &served);
        served.open.fetch_sub(1, Ordering::SeqCst);
    });
    if started.is_err() {
        shared.open.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests;
