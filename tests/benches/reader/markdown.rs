//! A megabyte of Markdown, the same in every run.

use std::fmt::Write;

const BYTES: usize = 1_000_000;

const WORDS: [&str; 32] = [
    "the",
    "a",
    "of",
    "and",
    "to",
    "reader",
    "replica",
    "commit",
    "log",
    "index",
    "page",
    "token",
    "cache",
    "latency",
    "*never*",
    "**always**",
    "`fsync`",
    "[a link](#section-1)",
    "quorum",
    "value",
    "key",
    "is",
    "holds",
    "before",
    "after",
    "every",
    "node",
    "writes",
    "reads",
    "waits",
    "naïve",
    "größer",
];

/// Headings, paragraphs, lists, code and tables, in turn.
pub(crate) fn megabyte() -> String {
    let mut text = String::from("# A long file\n\n");
    let mut words = Words(2026);
    for section in 1.. {
        if text.len() >= BYTES {
            break;
        }
        let _ = writeln!(text, "## Section {section}\n");
        for _ in 0..3 {
            let _ = writeln!(text, "{}\n", words.take(70));
        }
        for _ in 0..4 {
            let _ = writeln!(text, "- {}", words.take(12));
        }
        let _ = writeln!(text, "\n```rust\nfn section_{section}(log: &Log) -> usize {{");
        for line in 0..8 {
            let _ = writeln!(text, "    let value_{line} = log.read({line});");
        }
        text.push_str("    value_0\n}\n```\n\n| Key | Value | Note |\n| --- | ---: | --- |\n");
        for row in 0..5 {
            let _ = writeln!(text, "| `{row}` | {} | {} |", row * section, words.take(6));
        }
        text.push('\n');
    }
    text
}

/// Words in no order, but always in the same.
struct Words(u64);

impl Words {
    fn take(&mut self, count: usize) -> String {
        let words: Vec<&str> = (0..count).map(|_| self.word()).collect();
        words.join(" ")
    }

    fn word(&mut self) -> &'static str {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let chosen = usize::try_from(self.0 >> 33).unwrap_or_default();
        WORDS[chosen % WORDS.len()]
    }
}
