//! What is told of what is remembered, and the commands on it.

#![expect(clippy::unwrap_used, reason = "a test that cannot start the program has failed")]
#![cfg(unix)]

#[path = "remembered/commands.rs"]
mod commands;
#[path = "remembered/statistics.rs"]
mod statistics;
