//! The names nearest to one that does not exist.

use std::cmp::Reverse;

use crate::text;

/// The `count` names nearest to `name`, best first, of `(name, title)` pairs.
///
/// Judged by typing mistakes in the whole name, and by how well its words are found among the
/// words of name and title; so `raft election` finds `raft-leader-election`.
pub fn nearest<'a>(
    name: &str,
    candidates: impl Iterator<Item = (&'a str, &'a str)>,
    count: usize,
) -> Vec<&'a str> {
    let wanted = text::fold(name);
    let wanted = wanted.rsplit('/').next().unwrap_or_default();
    let mut scored: Vec<(u32, &str)> =
        candidates.map(|(slug, title)| (likeness(wanted, slug, title), slug)).collect();
    scored.sort_by_key(|(score, _)| Reverse(*score));
    scored.into_iter().take(count).map(|(_, slug)| slug).collect()
}

/// How alike they are, 0 to 1000.
fn likeness(wanted: &str, slug: &str, title: &str) -> u32 {
    let (slug, title) = (text::fold(slug), text::fold(title));
    let whole = similar(wanted, &slug).max(similar(wanted, &title));
    let known: Vec<&str> = words(&slug).chain(words(&title)).collect();
    let best = |word| known.iter().map(|known| similar_word(word, known)).max().unwrap_or(0);
    let found: Vec<u32> = words(wanted).map(best).collect();
    let of_words = found.iter().sum::<u32>() / u32::try_from(found.len()).unwrap_or(1).max(1);
    whole.max(of_words * 9 / 10)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// A beginning counts nearly as much as the word: `quant` means `quantization`.
fn similar_word(word: &str, known: &str) -> u32 {
    let whole = similar(word, known);
    if word.chars().count() >= 3 && known.starts_with(word) { whole.max(900) } else { whole }
}

/// 1000 for equal texts, 0 for texts that share nothing.
fn similar(one: &str, other: &str) -> u32 {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let longest = one.len().max(other.len()).max(1);
    let same = longest - mistakes(&one, &other);
    u32::try_from(same * 1000 / longest).unwrap_or(0)
}

/// The edit distance, where swapping two neighbours is one mistake.
fn mistakes(one: &[char], other: &[char]) -> usize {
    let mut before_last: Vec<usize> = vec![];
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, a) in one.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, b) in other.iter().enumerate() {
            let at =
                |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX / 2);
            let mut cost = at(&last, column) + usize::from(a != b);
            cost = cost.min(at(&last, column + 1) + 1).min(at(&current, column) + 1);
            let swapped = row > 0
                && column > 0
                && other.get(column - 1) == Some(a)
                && one.get(row - 1) == Some(b);
            if swapped {
                cost = cost.min(at(&before_last, column - 1) + 1);
            }
            current.push(cost);
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [(&str, &str); 7] = [
        ("four-primitives", "Four Primitives"),
        ("raft-leader-election", "Raft Leader Election"),
        ("raft-log-replication", "Raft Log Replication"),
        ("partition-key-contract", "The Partition-Key Contract: Model the Queries First"),
        ("cassandra-token-ring", "The Token Ring: From a Partition Key to Its Replicas"),
        ("stable-softmax", "Softmax That Does Not Overflow"),
        ("bpe-from-scratch", "Byte-Pair Encoding From Scratch"),
    ];

    fn first(name: &str) -> &'static str {
        nearest(name, NAMES.into_iter(), 3).first().copied().unwrap()
    }

    #[test]
    fn a_mistyped_name_is_found() {
        assert_eq!(first("raft-leader-elction"), "raft-leader-election");
        assert_eq!(first("fuor-primitives"), "four-primitives");
        assert_eq!(first("distributed/raft-log-replicaton"), "raft-log-replication");
        assert_eq!(first("Softmx"), "stable-softmax");
    }

    #[test]
    fn some_words_of_a_name_or_title_are_enough() {
        assert_eq!(first("raft election"), "raft-leader-election");
        assert_eq!(first("partition"), "partition-key-contract");
        assert_eq!(first("token"), "cassandra-token-ring");
        assert_eq!(first("byte pair"), "bpe-from-scratch");
    }

    #[test]
    fn there_are_as_many_names_as_asked_for() {
        assert_eq!(nearest("raft", NAMES.into_iter(), 3).len(), 3);
        assert_eq!(nearest("", NAMES.into_iter(), 2).len(), 2);
        assert_eq!(nearest("x", std::iter::empty(), 3), Vec::<&str>::new());
    }

    #[test]
    fn swapping_neighbours_is_one_mistake() {
        let count = |a: &str, b: &str| {
            mistakes(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
        };
        assert_eq!(count("raft", "rfat"), 1);
        assert_eq!(count("raft", "raft"), 0);
        assert_eq!(count("", "raft"), 4);
        assert_eq!(count("ring", "rang"), 1);
    }
}
