//! Mistakes put into the models of the labs. A claim, a figure or an invariant notices them.

use std::thread;

use library_tui::labs::prove::{What, prove};

use crate::labs::proofs::figures;
use crate::page;

/// Enough to notice them, and quick.
const SEEDS: u32 = 2;

/// A lab, a piece of its model, and what is written instead.
const MUTANTS: &[(&str, &str, &str)] = &[
    // The majority is one too few.
    ("raft-election", "Math.floor(s.nodes.length / 2) + 1", "Math.floor(s.nodes.length / 2)"),
    // Servers vote twice in a term.
    ("raft-election", "(n.voted < 0 || n.voted == m.from)", "true"),
    // All timeouts are the same.
    ("raft-election", "n.due = t + c.T + r() * c.w", "n.due = t + c.T"),
    // One voter too few in the closed form.
    ("raft-election", "for (let i = 0; i < m; i++) p *=", "for (let i = 1; i < m; i++) p *="),
    // The first timeout is expected too late.
    ("raft-election", "first = c.T + c.w / N", "first = c.T + c.w / m"),
    // Keys without values.
    ("kv-cache-growth", "tok = 2 * m.layers", "tok = m.layers"),
    // Eight bits are as long as sixteen.
    ("kv-cache-growth", "c.element == 'b8' ? 1 : 2", "2"),
    // What just fits does not.
    ("kv-cache-growth", "over = total > mem", "over = total >= mem"),
    // GB for GiB.
    ("kv-cache-growth", "const GiB = 1024 ** 3", "const GiB = 1000 ** 3"),
    // A wrong index.
    ("matmul-stepper", "s.A[i][p] * s.B[p][j]; s.done", "s.A[i][p] * s.B[p][0]; s.done"),
    // A multiply-add is one operation.
    (
        "matmul-stepper",
        "value: s.q * 2, fmt: 'int', tone: 'c'",
        "value: s.q, fmt: 'int', tone: 'c'",
    ),
    // A wrong count of what a step finishes.
    ("matmul-stepper", "q - all * (k - 1)", "q - all * k"),
    // A window passes one request more.
    (
        "rate-limiter-bench",
        "s.n < c.N && (this.add(s, t), true)",
        "s.n <= c.N && (this.add(s, t), true)",
    ),
    // The bucket never overflows.
    (
        "rate-limiter-bench",
        "Math.min(c.B, s.n + (t - s.at) * c.N / c.T)",
        "s.n + (t - s.at) * c.N / c.T",
    ),
    // The bucket fills twice as fast.
    ("rate-limiter-bench", "(t - s.at) * c.N / c.T", "(t - s.at) * 2 * c.N / c.T"),
    // The window before does not count.
    ("rate-limiter-bench", "s.prev = k == s.k + 1 ? s.n : 0", "s.prev = 0"),
];

/// Whether a mistake in the model is noticed by what the model is held to.
fn is_caught((slug, right, wrong): &(&str, &str, &str)) -> bool {
    let html = page(slug);
    assert!(html.contains(right), "{slug}: {right}");
    let told = prove(&html.replacen(right, wrong, 1), figures(slug).as_deref(), SEEDS);
    told.iter().any(|it| !matches!(it.what, What::Form | What::Kit))
}

#[test]
fn mistakes_in_the_models_are_noticed() {
    let (one, other) = MUTANTS.split_at(MUTANTS.len() / 2);
    let survivors =
        |mutants: &'static [_]| -> Vec<_> { mutants.iter().filter(|it| !is_caught(it)).collect() };
    let survivors = thread::scope(|scope| {
        let other = scope.spawn(move || survivors(other));
        [survivors(one), other.join().unwrap()].concat()
    });
    assert!(survivors.is_empty(), "{} of {}: {survivors:#?}", survivors.len(), MUTANTS.len());
}
