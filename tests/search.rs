//! Full-text search: what a query finds, over a small library and over ours.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its library has failed")]

#[path = "search/finding.rs"]
mod finding;
#[path = "search/pipe.rs"]
mod pipe;
#[path = "search/relevance.rs"]
mod relevance;
