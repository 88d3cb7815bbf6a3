//! The engine here and a browser's show the same: their traces of a lab are equal byte for byte.
//!
//! `traces.txt` has the digests; `node tests/labs/trace.mjs --digests` writes it, and the tests
//! of the labs hold node and Chromium to it.

use std::path::Path;
use std::{fs, thread};

use library_tui::labs::prove;

use crate::{page, pages};

const DIGESTS: &str = include_str!("traces.txt");

/// FNV-1a of 64 bits.
fn digest(text: &str) -> u64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, mix)
}

fn line(slug: &str) -> String {
    let trace = prove::trace(&page(slug)).unwrap();
    // To be compared with `node tests/labs/trace.mjs`.
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(slug).with_extension("trace");
    fs::write(kept, &trace).unwrap();
    let lines = trace.lines().count();
    format!("{slug} {lines} lines {} bytes {:016x}", trace.len(), digest(&trace))
}

#[test]
fn the_trace_of_every_lab_is_a_browser_s_trace() {
    let slugs: Vec<&str> = DIGESTS.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(slugs.len(), pages().len());
    let lines: Vec<String> = thread::scope(|scope| {
        let workers: Vec<_> = slugs.iter().map(|slug| scope.spawn(|| line(slug))).collect();
        workers.into_iter().map(|it| it.join().unwrap()).collect()
    });
    assert_eq!(lines, DIGESTS.lines().collect::<Vec<_>>());
}
