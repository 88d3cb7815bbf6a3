//! A server that is there when a page is wanted.

use std::fmt;
use std::sync::Arc;

use crate::labs::server::{Listening, Pages, Server, ServerError};

/// Starts its server when a page is first wanted, and again when it has closed meanwhile; by the
/// same port and token then, so that a forward and an open page go on working.
pub struct Serving {
    pages: Arc<Pages>,
    listening: Listening,
    /// The port that was asked for, when it was taken.
    taken: Option<u16>,
    server: Option<Server>,
}

impl fmt::Debug for Serving {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Serving").field("server", &self.server).finish_non_exhaustive()
    }
}

impl Serving {
    /// Nothing is started yet.
    pub fn new(listening: Listening, pages: Box<Pages>) -> Self {
        Self { pages: pages.into(), listening, taken: None, server: None }
    }

    /// The server, listening; at any port when the one that was asked for is taken.
    pub fn server(&mut self) -> Result<&Server, ServerError> {
        let open = self.server.take().filter(Server::is_open);
        let server = match open {
            Some(server) => server,
            None => self.start()?,
        };
        Ok(self.server.insert(server))
    }

    fn start(&mut self) -> Result<Server, ServerError> {
        let started = match self.listen() {
            Err(ServerError::Port { port, .. }) if port != 0 => {
                self.taken = self.taken.or(Some(port));
                self.listening.port = 0;
                self.listen()?
            }
            outcome => outcome?,
        };
        self.listening.port = started.port();
        self.listening.token = Some(started.token().to_owned());
        Ok(started)
    }

    fn listen(&self) -> Result<Server, ServerError> {
        let pages = Arc::clone(&self.pages);
        Server::start(self.listening.clone(), Box::new(move |page| pages(page)))
    }

    /// The port that was asked for, when it was taken and another one is used.
    pub fn taken(&self) -> Option<u16> {
        self.taken
    }
}
