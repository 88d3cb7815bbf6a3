//! Other clauses in the place of those that were typed.

use crate::search::query::{Clause, Ending};

/// A clause of several parts that is nowhere, as its words.
pub(crate) fn apart(clause: &Clause) -> Option<Vec<Clause>> {
    if clause.parts.len() < 2 {
        return None;
    }
    // Beside symbols, a letter is a name that says nothing without them.
    let is_word = |part: &&String| part.chars().any(char::is_alphanumeric);
    let has_symbols = !clause.parts.iter().all(|part| is_word(&part));
    let words = clause.parts.iter().filter(is_word).filter(|it| !has_symbols || it.len() > 1);
    let last = clause.parts.last();
    let words: Vec<Clause> = words
        .map(|word| Clause {
            parts: vec![word.clone()],
            ending: if Some(word) == last { clause.ending } else { Ending::Complete },
            within: clause.within,
            ..Clause::default()
        })
        .collect();
    (!words.is_empty()).then_some(words)
}

/// A word of a clause.
struct Part<'a> {
    clause: usize,
    word: &'a str,
    is_first: bool,
    is_last: bool,
}

fn parts(clause: usize, of: &Clause) -> impl Iterator<Item = Part<'_>> {
    let last = of.parts.len().saturating_sub(1);
    of.parts.iter().enumerate().map(move |(at, word)| Part {
        clause,
        word,
        is_first: at == 0,
        is_last: at == last,
    })
}

/// What means the same as words of a query: the bits of the clauses, and a clause in their place.
pub(crate) fn alternatives(wanted: &[Clause], synonyms: &[Vec<String>]) -> Vec<(u32, Clause)> {
    let words: Vec<Part<'_>> = wanted
        .iter()
        .enumerate()
        .filter(|(_, it)| !it.is_exact && it.within.is_none())
        .flat_map(|(clause, it)| parts(clause, it))
        .collect();
    let mut found = vec![];
    for group in synonyms {
        for name in group {
            let name: Vec<&str> = name.split(' ').collect();
            for window in words.windows(name.len()) {
                // A name in the place of a part of `x + attn` would stand for all of it.
                let is_whole = window.first().is_some_and(|it| it.is_first)
                    && window.last().is_some_and(|it| it.is_last);
                if !is_whole || window.iter().map(|it| it.word).ne(name.iter().copied()) {
                    continue;
                }
                let bits = window.iter().fold(0, |bits, it| bits | 1u32 << it.clause);
                let others = group.iter().map(|it| it.split(' ').map(str::to_owned).collect());
                let others = others.filter(|it: &Vec<String>| *it != name);
                found.extend(others.map(|parts| (bits, Clause { parts, ..Clause::default() })));
            }
        }
    }
    found
}
