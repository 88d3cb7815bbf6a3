//! Which parts of a text a query matches: in snippets, and in the article that is opened.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::search::fold::stem_into;
use crate::search::query::Ending;
use crate::search::words::{Form, Word, words};

/// Letters that all words of a stem begin with.
const ALIKE: usize = 2;

/// What is marked of a query. Plain data, so that it can be told to whoever shows the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    words: HashMap<String, usize>,
    stems: HashMap<String, usize>,
    beginnings: Vec<(String, usize)>,
    phrases: Vec<Phrase>,
}

/// Words that are marked where they follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Phrase {
    words: Vec<String>,
    ending: Ending,
    clause: usize,
}

/// A part of a text that a query matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Which clause of the query it matches.
    pub clause: usize,
}

impl Marks {
    /// Whether nothing is marked.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.beginnings.is_empty() && self.phrases.is_empty()
    }

    /// Marks a folded word, and whatever has its stem.
    pub(crate) fn word(&mut self, word: &str, clause: usize) {
        self.words.entry(word.to_owned()).or_insert(clause);
        let mut stem = String::new();
        stem_into(word, &mut stem);
        self.stems.entry(stem).or_insert(clause);
    }

    /// Marks a folded word, and nothing else.
    pub(crate) fn exactly(&mut self, word: &str, clause: usize) {
        self.words.entry(word.to_owned()).or_insert(clause);
    }

    /// Marks every word that begins so.
    pub(crate) fn beginning(&mut self, word: &str, clause: usize) {
        self.beginnings.push((word.to_owned(), clause));
    }

    /// Marks words where they follow each other.
    pub(crate) fn phrase(&mut self, words: &[String], ending: Ending, clause: usize) {
        self.phrases.push(Phrase { words: words.to_vec(), ending, clause });
    }

    /// What is marked in `text`, in order, without overlaps.
    pub fn find(&self, text: &str) -> Vec<Mark> {
        let mut found: Vec<Mark> = vec![];
        // The words in sequence are only wanted for phrases.
        let mut sequence: Vec<Word> = vec![];
        let mut stem = String::new();
        let mut all = words(text);
        while let Some(word) = all.advance() {
            if let Some(clause) = self.clause(word, &mut stem) {
                found.push(Mark { range: word.range.clone(), clause });
            }
            if word.form != Form::Whole && !self.phrases.is_empty() {
                sequence.push(word.clone());
            }
        }
        for phrase in &self.phrases {
            phrase.find(&sequence, &mut found);
        }
        apart(found)
    }

    /// The clause that a word matches.
    fn clause(&self, word: &Word, stem: &mut String) -> Option<usize> {
        if let Some(clause) = self.words.get(&word.text) {
            return Some(*clause);
        }
        let begun = self.beginnings.iter().find(|(start, _)| word.text.starts_with(start));
        if let Some((_, clause)) = begun {
            return Some(*clause);
        }
        // Words of one stem begin alike, and few words begin like what is looked for.
        let start = word.text.get(..ALIKE);
        let is_near = self.stems.keys().any(|known| known.get(..ALIKE) == start);
        if word.form != Form::Part || start.is_none() || !is_near {
            return None;
        }
        stem_into(&word.text, stem);
        self.stems.get(stem.as_str()).copied()
    }

    /// How many different clauses are marked in `text`.
    pub fn count(&self, text: &str) -> usize {
        self.find(text).into_iter().map(|mark| mark.clause).collect::<HashSet<_>>().len()
    }
}

impl Phrase {
    fn find(&self, sequence: &[Word], found: &mut Vec<Mark>) {
        for words in sequence.windows(self.words.len().max(1)) {
            if let (true, Some(first), Some(last)) =
                (self.matches(words), words.first(), words.last())
            {
                let range = first.range.start..last.range.end;
                found.push(Mark { range, clause: self.clause });
            }
        }
    }

    fn matches(&self, words: &[Word]) -> bool {
        words.iter().zip(&self.words).enumerate().all(|(at, (word, wanted))| {
            let may_go_on = self.ending == Ending::Open && at + 1 == self.words.len();
            word.text == *wanted || (may_go_on && word.text.starts_with(wanted))
        })
    }
}

/// In order, the longer one where two overlap.
fn apart(mut found: Vec<Mark>) -> Vec<Mark> {
    found.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
    let mut end = 0;
    found.retain(|mark| {
        let is_apart = mark.range.start >= end;
        if is_apart {
            end = mark.range.end;
        }
        is_apart
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(marks: &Marks, text: &str) -> Vec<String> {
        marks.find(text).iter().map(|it| text.get(it.range.clone()).unwrap().to_owned()).collect()
    }

    #[test]
    fn words_stems_beginnings_and_phrases_are_marked() {
        let mut marks = Marks::default();
        marks.word("replicate", 0);
        marks.beginning("cons", 1);
        marks.phrase(&["read".into(), "repair".into()], Ending::Complete, 2);
        let text = "Replication is consistent after read-repair, not after a read.";
        assert_eq!(found(&marks, text), ["Replication", "consistent", "read-repair"]);
        assert_eq!(marks.count(text), 3);
    }
}
