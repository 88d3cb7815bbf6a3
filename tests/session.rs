//! Sessions at the keyboard, in process: keys in, screen out. No terminal, no clock, no threads.
//!
//! The library they read is `tests/library`, so that no screen changes when an article does.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its library has failed")]

mod session {
    mod cells;
    mod harness;
    mod hostile;
    mod journeys;
    mod picture;
    mod screens;
    mod wandering;
}
