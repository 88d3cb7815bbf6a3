//! Words that are short for others.

use std::ops::Range;

use crate::document::{Block, BlockKind, Document, MarkKind, Prose};
use crate::text::Safe;

/// A word and what it is short for.
#[derive(Debug, Clone, PartialEq)]
pub struct Abbreviation {
    /// As it stands in the text.
    pub short: Safe,
    /// The words.
    pub long: Safe,
}

impl Document {
    /// Writes each long form behind the first place of its short form: `HTML (Hyper Text Markup
    /// Language)`. The places of links are those of before.
    pub fn write_out(&mut self) {
        let mut written = vec![false; self.abbreviations.len()];
        if written.is_empty() {
            return;
        }
        for prose in self.blocks.iter_mut().flat_map(Block::proses_mut) {
            let marks: Vec<(usize, usize)> = short(prose).map(|(it, at)| (at, it.end)).collect();
            // From the end, so that places before stay.
            let mut first = vec![];
            for (at, end) in marks {
                if written.get_mut(at).is_some_and(|written| !std::mem::replace(written, true)) {
                    first.push((at, end));
                }
            }
            for (at, end) in first.into_iter().rev() {
                let long = self.abbreviations.get(at).map(|it| it.long.clone());
                prose.insert(end, &long.unwrap_or_default());
            }
        }
    }
}

impl Block {
    /// Where short forms stand in its text, and which they are: indices into
    /// [`Document::abbreviations`].
    pub fn abbreviations(&self) -> Vec<(Range<usize>, usize)> {
        let moved = |(prose, by): (&Prose, usize)| {
            let marks = short(prose).map(|(range, at)| (range.start + by..range.end + by, at));
            marks.collect::<Vec<_>>()
        };
        match &self.kind {
            BlockKind::Heading { prose, .. }
            | BlockKind::Paragraph(prose)
            | BlockKind::Summary(prose) => moved((prose, 0)),
            BlockKind::Table(table) => {
                let cells = table.rows.iter().flatten();
                cells.zip(table.offsets().into_iter().flatten()).flat_map(moved).collect()
            }
            _ => vec![],
        }
    }
}

fn short(prose: &Prose) -> impl Iterator<Item = (Range<usize>, usize)> {
    prose.marks.iter().filter_map(|mark| match mark.kind {
        MarkKind::Abbreviation(at) => Some((mark.range.clone(), at)),
        _ => None,
    })
}

impl Prose {
    /// Adds words in parentheses at byte `at`; marks that end there do not cover them.
    fn insert(&mut self, at: usize, long: &Safe) {
        let added = Safe::from(" (").then(long).then(&Safe::from(")"));
        let rest = self.text.slice(at..self.text.len());
        self.text = self.text.slice(0..at).then(&added).then(&rest);
        for mark in &mut self.marks {
            if mark.range.start >= at {
                mark.range.start += added.len();
            }
            if mark.range.end > at {
                mark.range.end += added.len();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{BlockKind, parse};

    #[test]
    fn long_forms_are_written_out_once_and_marks_keep_their_words() {
        let mut document = parse("A and *B* `c` A *x B y*\n\n|B|\n|-|\n|A|\n\n*[A]: Aa\n*[B]: Bb");
        document.write_out();
        assert_eq!(document.plain(), "A (Aa) and B (Bb) c A x B y\n\nB\nA");
        let BlockKind::Paragraph(prose) = &document.blocks[0].kind else { panic!() };
        let marked = prose.marks.iter().map(|it| prose.text.slice(it.range.clone()).to_string());
        assert_eq!(marked.collect::<Vec<_>>(), ["A", "B", "B", "c", "A", "x B y", "B"]);
    }

    #[test]
    fn short_forms_in_tables_count_from_the_beginning_of_the_table() {
        let document = parse("|x|\n|-|\n|an A|\n\n*[A]: Aa");
        assert_eq!(document.blocks[0].abbreviations(), [(6..7, 0)]);
    }
}
