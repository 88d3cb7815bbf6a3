//! The program in a real pseudo-terminal: what only a process can show.
//!
//! Nothing here sleeps or measures time. A test waits until what it expects is on the screen;
//! [`terminal::pty::PATIENCE`] only ends a test that has failed.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "measured figures are shown with --nocapture, and a stage tells how it ended"
)]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed, wherever in it that is"
)]

mod terminal {
    mod bytes;
    mod copying;
    mod drawing;
    mod environment;
    mod exits;
    mod living;
    #[cfg(feature = "labs")]
    mod playing;
    mod pty;
    mod remembering;
    mod sequences;
    mod ssh;
    mod stage;
    mod stopping;
}
