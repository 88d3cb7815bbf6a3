//! Sessions at the keyboard, in process: keys in, screen out. No terminal, no clock, no threads.
//!
//! The library they read is `tests/library`, so that no screen changes when an article does.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed, wherever in it that is"
)]

mod session {
    mod cells;
    mod comfort;
    mod handing;
    mod harness;
    mod hostile;
    #[cfg(feature = "images")]
    mod images;
    mod journeys;
    mod learning;
    mod marking;
    mod picture;
    mod pictures;
    #[cfg(feature = "labs")]
    mod playing;
    mod remembering;
    mod screens;
    mod searching;
    mod typography;
    mod wandering;
}
