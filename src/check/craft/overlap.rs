//! What two articles share, word for word.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::check::Finding;
use crate::check::craft::argument::{clean, count};
use crate::check::draft::Draft;
use crate::check::form::proses;
use crate::check::rules;
use crate::text;

/// How many words in a row count as shared.
const GRAM: usize = 8;

/// The most of an article that another one may share, in per cent.
const SHARE: usize = 2;

/// Eight words in a row, and the block that they begin in.
struct Gram {
    hash: u64,
    block: usize,
}

/// Reports articles that share too much with another one.
///
/// Takes time in proportion to the texts: each run of eight words is hashed and looked up once.
pub(crate) fn overlap(drafts: &[&Draft], found: &mut [Vec<Finding>]) {
    let grams: Vec<Vec<Gram>> = drafts.iter().map(|draft| grams(draft)).collect();
    let mut owners: HashMap<u64, Vec<usize>> = HashMap::new();
    for (article, own) in grams.iter().enumerate() {
        for gram in own {
            let owners = owners.entry(gram.hash).or_default();
            // What is shared by many tells nothing more.
            if owners.len() < 8 && owners.last() != Some(&article) {
                owners.push(article);
            }
        }
    }
    for (article, own) in grams.iter().enumerate() {
        let mut shared: HashMap<usize, (usize, usize)> = HashMap::new();
        for gram in own {
            for other in owners.get(&gram.hash).into_iter().flatten().filter(|it| **it != article) {
                shared.entry(*other).or_insert((0, gram.block)).0 += 1;
            }
        }
        let most = shared.into_iter().max_by_key(|(other, (grams, _))| (*grams, *other));
        let Some((other, (grams, block))) = most else { continue };
        if grams * 100 > own.len() * SHARE
            && let (Some(draft), Some(other), Some(found)) =
                (drafts.get(article), drafts.get(other), found.get_mut(article))
        {
            found.push(finding(draft, other, block, (grams, own.len())));
        }
    }
}

fn finding(draft: &Draft, other: &Draft, block: usize, (grams, all): (usize, usize)) -> Finding {
    let line = draft.document.blocks.get(block).map_or(1, |block| draft.line_of(block));
    let tenths = grams * 1000 / all.max(1);
    let share = format!("{}.{} %", tenths / 10, tenths % 10);
    let message = format!("{share} of the words, from here on, also stand in {}", other.path);
    draft.finding(&rules::OVERLAP, line, message)
}

fn grams(draft: &Draft) -> Vec<Gram> {
    let mut found = vec![];
    for (index, block) in draft.body_blocks() {
        for prose in proses(block) {
            let clean = text::fold(&clean(prose));
            if count(&clean) < GRAM {
                continue;
            }
            let words: Vec<&str> = clean
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .collect();
            found.extend(words.windows(GRAM).map(|words| Gram { hash: hash(words), block: index }));
        }
    }
    found
}

fn hash(words: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(texts: &[&str]) -> Vec<Vec<String>> {
        let draft =
            |(index, text): (usize, &&str)| Draft::new(format!("{index}.md"), (*text).into());
        let drafts: Vec<Draft> = texts.iter().enumerate().map(draft).collect();
        let mut found: Vec<Vec<Finding>> = drafts.iter().map(|_| vec![]).collect();
        overlap(&drafts.iter().collect::<Vec<_>>(), &mut found);
        let told = |it: &Finding| format!("{}: {}", it.problem.line, it.problem.message);
        found.iter().map(|found| found.iter().map(told).collect()).collect()
    }

    #[test]
    fn a_copied_paragraph_is_told_in_both() {
        let told = told(&[
            "One two three four five six seven eight nine.\n\nAnd something of its own here, yes.\n",
            "Other words come first.\n\nTwo, three, four; five six seven *eight* nine ten.\n",
            "Nothing of all that is in this text, which has its own words.\n",
        ]);
        assert_eq!(told[0], ["1: 50.0 % of the words, from here on, also stand in 1.md"]);
        assert_eq!(told[1], ["3: 50.0 % of the words, from here on, also stand in 0.md"]);
        assert!(told[2].is_empty());
    }
}
