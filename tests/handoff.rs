//! Labs on their way to a browser: served on loopback, opened in browsers, forwarded by SSH.
//!
//! Nothing here sleeps or depends on a port; [`handoff::program::PATIENCE`] only ends a test that
//! has failed.

#![expect(clippy::unwrap_used, reason = "a test that cannot start the program has failed")]
#![cfg(unix)]

mod handoff {
    mod opening;
    mod program;
    mod serving;
    mod visitors;
}
