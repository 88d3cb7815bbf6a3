//! A keystroke in the finder, over ten thousand texts.

use divan::{Bencher, black_box};
use library_tui::library::{Article, Catalog, Category, Section};
use library_tui::search::Index;

/// Articles that make ten thousand texts: name, path, tags, summary and twelve headings each.
const ARTICLES: usize = 625;

const WORDS: [&str; 40] = [
    "Raft",
    "leader",
    "election",
    "timeout",
    "partition",
    "key",
    "contract",
    "attention",
    "cache",
    "memory",
    "quantization",
    "token",
    "ring",
    "replication",
    "log",
    "consistency",
    "quorum",
    "gradient",
    "kernel",
    "matrix",
    "product",
    "softmax",
    "rounding",
    "overflow",
    "stream",
    "checkpoint",
    "watermark",
    "index",
    "vacuum",
    "isolation",
    "snapshot",
    "latency",
    "queue",
    "retry",
    "budget",
    "breaker",
    "tombstone",
    "compaction",
    "bloom",
    "filter",
];

fn main() {
    divan::main();
}

/// Words that follow from `seed`, always the same.
fn words(seed: usize, count: usize) -> String {
    let mut state = seed as u64 * 0x9e37_79b9_7f4a_7c15 + 1;
    let mut picked: Vec<&str> = Vec::with_capacity(count);
    for _ in 0..count {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        picked.extend(WORDS.get((state >> 33) as usize % WORDS.len()));
    }
    picked.join(" ")
}

fn article(index: usize) -> Article {
    let section = |at: usize| Section {
        level: 2,
        title: words(index * 100 + at, 5),
        anchor: words(index * 100 + at, 5),
    };
    Article {
        slug: words(index, 4).to_lowercase().replace(' ', "-"),
        category: index % 25,
        title: words(index, 6),
        summary: words(index + 1, 20),
        level: None,
        tags: vec![words(index + 2, 1), words(index + 3, 1), words(index + 4, 1)],
        labs: vec![],
        see: vec![],
        verified: String::new(),
        versions: vec![],
        minutes: 9,
        runs: 1,
        headings: (1..=12).map(section).collect(),
    }
}

fn index() -> Index {
    let category = |index: usize| Category {
        slug: words(index + 9, 1).to_lowercase(),
        title: words(index + 9, 2),
        ..Category::default()
    };
    let catalog = Catalog {
        categories: (0..25).map(category).collect(),
        articles: (0..ARTICLES).map(article).collect(),
        ..Catalog::default()
    };
    let index = Index::new(&catalog);
    assert!(index.len() >= 10_000, "{}", index.len());
    index
}

#[divan::bench(args = ["", "r", "ra", "raf", "raft", "raft el", "raft election", "prtkey", "queue retry budget", "zzzz"])]
fn keystroke(bencher: Bencher, query: &str) {
    let mut index = index();
    bencher.bench_local(|| index.find(black_box(query), 50));
}

#[divan::bench]
fn building_the_index(bencher: Bencher) {
    let catalog = Catalog { articles: (0..ARTICLES).map(article).collect(), ..Catalog::default() };
    bencher.bench_local(|| Index::new(black_box(&catalog)));
}
