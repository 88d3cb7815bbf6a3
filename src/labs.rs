//! Labs: what they are, and how they reach a browser.

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
