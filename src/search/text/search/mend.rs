//! A word that is nowhere, as what it may have been meant as.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::search::query::{Clause, Ending, is_stop};
use crate::search::text::search::Search;
use crate::search::text::terms::{Form, MISTYPED, is_mistakable};

/// Spellings tried for a mistyped word.
const SPELLINGS: usize = 3;

impl Search<'_> {
    /// A word that is nowhere: as a beginning, as two words, with one typing mistake.
    pub(crate) fn mend(&mut self, clause: &Clause, bit: usize) -> tantivy::Result<()> {
        let Some(word) = clause.parts.first().cloned() else { return Ok(()) };
        if word.len() >= 3 && !clause.is_open() {
            self.add_forms(&[Form::Beginning(word.clone())], clause)?;
            if self.count() > 0 {
                self.marks.beginning(&word, bit);
                return Ok(());
            }
        }
        if let Some((one, other)) = self.halves(&word)? {
            let parts = vec![one, other];
            let phrase = Clause { parts, ..clause.clone() };
            self.weigh_exactly(&phrase)?;
            if self.count() > 0 {
                self.marks.phrase(&phrase.parts, clause.ending, bit);
                return Ok(());
            }
        }
        for spelling in self.spellings(&word, clause.ending)? {
            self.add_forms(&[Form::Term(spelling.clone(), MISTYPED)], clause)?;
            self.marks.exactly(&spelling, bit);
            self.corrected.push((word.clone(), spelling));
        }
        Ok(())
    }

    /// Two words of the index that make `word` together: the two that are not rare.
    fn halves(&self, word: &str) -> tantivy::Result<Option<(String, String)>> {
        if word.len() < 5 || !word.is_ascii() {
            return Ok(None);
        }
        let mut best = (0, None);
        for at in 2..word.len() - 1 {
            let Some((one, other)) = word.split_at_checked(at) else { continue };
            let rarer = self.frequency(one)?.min(self.frequency(other)?);
            if rarer > best.0 {
                best = (rarer, Some((one.to_owned(), other.to_owned())));
            }
        }
        Ok(best.1)
    }

    fn frequency(&self, word: &str) -> tantivy::Result<u32> {
        self.segments.iter().map(|segment| segment.frequency(word)).sum()
    }

    /// The likeliest words that a mistyped one may mean.
    fn spellings(&self, word: &str, ending: Ending) -> tantivy::Result<Vec<String>> {
        if !is_mistakable(word) {
            return Ok(vec![]);
        }
        let mut found: HashMap<String, u32> = HashMap::new();
        for ending in [Ending::Complete, ending] {
            if !found.is_empty() {
                break;
            }
            for segment in &self.segments {
                for (spelling, frequency) in segment.mended(word, ending)? {
                    *found.entry(spelling).or_default() += frequency;
                }
            }
            found.retain(|spelling, _| !is_stop(spelling));
        }
        let mut found: Vec<_> = found.into_iter().collect();
        // The first letter is seldom the mistake.
        let first = word.chars().next();
        found.sort_by_key(|(it, frequency)| {
            (it.chars().next() != first, Reverse(*frequency), it.clone())
        });
        Ok(found.into_iter().take(SPELLINGS).map(|(spelling, _)| spelling).collect())
    }
}
