//! Random words: the token of a server, and tickets that lead to a page once.

use std::collections::BTreeMap;
use std::io;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rustix::rand::{GetRandomFlags, getrandom};

/// How long a ticket waits for its browser.
const WAITS: Duration = Duration::from_mins(2);
/// Tickets kept at once; the oldest goes first.
const MOST: usize = 32;

/// 128 random bits in 22 letters that need no encoding in an address.
pub(crate) fn random() -> io::Result<String> {
    let mut bytes = [0; 16];
    let mut filled = 0;
    while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        filled += getrandom(rest, GetRandomFlags::empty())?;
    }
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// The tickets that were given out and not used.
#[derive(Debug, Default)]
pub(crate) struct Tickets(BTreeMap<String, (Instant, String)>);

impl Tickets {
    /// A ticket to the path `to`.
    pub(crate) fn issue(&mut self, to: String) -> io::Result<String> {
        let now = Instant::now();
        self.0.retain(|_, (issued, _)| now.duration_since(*issued) < WAITS);
        while self.0.len() >= MOST {
            let oldest = self.0.iter().min_by_key(|(_, (issued, _))| *issued);
            let Some(oldest) = oldest.map(|(ticket, _)| ticket.clone()) else { break };
            self.0.remove(&oldest);
        }
        let ticket = random()?;
        self.0.insert(ticket.clone(), (now, to));
        Ok(ticket)
    }

    /// Where a ticket leads; never twice.
    pub(crate) fn redeem(&mut self, ticket: &str) -> Option<String> {
        let (issued, to) = self.0.remove(ticket)?;
        (issued.elapsed() < WAITS).then_some(to)
    }
}
