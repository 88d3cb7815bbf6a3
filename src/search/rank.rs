//! Ranking a few names by a few letters.

use nucleo::pattern::{CaseMatching, Normalization, Pattern};
use nucleo::{Config, Matcher, Utf32Str};

/// A name that matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    /// Which name.
    pub index: usize,
    /// The graphemes of it that the query matched.
    pub matched: Vec<u32>,
}

/// The names that match `query`, the best first; all of them, in order, when it is empty.
pub fn rank<'a>(query: &str, names: impl Iterator<Item = &'a str>) -> Vec<Ranked> {
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::parse(query, CaseMatching::Smart, Normalization::Smart);
    let mut buffer = vec![];
    let mut found: Vec<(u32, Ranked)> = names
        .enumerate()
        .filter_map(|(index, name)| {
            let mut letters = vec![];
            let name = Utf32Str::new(name, &mut buffer);
            let score = pattern.indices(name, &mut matcher, &mut letters)?;
            letters.sort_unstable();
            letters.dedup();
            Some((score, Ranked { index, matched: letters }))
        })
        .collect();
    if !query.is_empty() {
        found.sort_by_key(|(score, ranked)| (std::cmp::Reverse(*score), ranked.index));
    }
    found.into_iter().map(|(_, ranked)| ranked).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(query: &str) -> Vec<usize> {
        let names = ["next-article", "previous-article", "outline", "next-heading"];
        rank(query, names.into_iter()).into_iter().map(|ranked| ranked.index).collect()
    }

    #[test]
    fn the_best_match_comes_first_and_nothing_typed_keeps_the_order() {
        assert_eq!(best("outl"), [2, 1]);
        assert_eq!(best("nxart").first(), Some(&0));
        assert_eq!(best(""), [0, 1, 2, 3]);
        assert!(best("zz").is_empty());
    }
}
