//! A text that is being checked: its source, its document, and where things are in it.

use std::ops::Range;

use crate::check::Finding;
use crate::check::fence::{Fence, fences};
use crate::check::rules::Rule;
use crate::document::{self, Block, BlockKind, Document, FrontMatter, LinkKind};
use crate::library::{About, Problem};

/// An article or any Markdown file, parsed once for all rules.
pub(crate) struct Draft {
    /// The file, as findings name it.
    pub(crate) path: String,
    /// The whole file.
    pub(crate) text: String,
    /// Where the body begins in it, in bytes.
    pub(crate) body: usize,
    /// What it says about itself; empty when that cannot be read.
    pub(crate) front: FrontMatter,
    /// The body.
    pub(crate) document: Document,
    /// Its fences, top to bottom.
    pub(crate) fences: Vec<Fence>,
    /// Where each line begins in `text`.
    starts: Vec<usize>,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The line, from 1.
    pub(crate) line: usize,
    /// Which part of the line, in bytes; all of it when none is given.
    pub(crate) part: Option<Range<usize>>,
}

impl From<usize> for Place {
    fn from(line: usize) -> Self {
        Self { line, part: None }
    }
}

impl Draft {
    /// Parses a file.
    pub(crate) fn new(path: String, text: String) -> Self {
        let split = document::split_front_matter(&text);
        let body = split.offset;
        let front = split.front.and_then(Result::ok).unwrap_or_default();
        let document = document::parse(split.body);
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
        let starts = starts.collect();
        let mut draft = Self { path, text, body, front, document, fences: vec![], starts };
        draft.fences = fences(&draft);
        draft
    }

    /// The line, from 1, of the byte `offset` of the file.
    pub(crate) fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).max(1)
    }

    /// A line of the file, from 1, without its line feed.
    pub(crate) fn line_text(&self, line: usize) -> &str {
        let start = line.checked_sub(1).and_then(|index| self.starts.get(index));
        let rest = start.and_then(|start| self.text.get(*start..)).unwrap_or_default();
        rest.lines().next().unwrap_or_default()
    }

    /// The lines of the file, from 1.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines())
    }

    /// Where a block begins in the file, in bytes, and its source.
    pub(crate) fn source(&self, block: &Block) -> (usize, &str) {
        let range = self.body + block.source.start..self.body + block.source.end;
        (range.start, self.text.get(range).unwrap_or_default())
    }

    /// The line that a block begins in.
    pub(crate) fn line_of(&self, block: &Block) -> usize {
        self.line(self.body + block.source.start)
    }

    /// The line that the text begins in, for findings about the whole of it.
    pub(crate) fn first_line(&self) -> usize {
        self.document.blocks.first().map_or(1, |block| self.line_of(block))
    }

    /// The place of `words` of a block's text in the file; as near as their markup allows.
    pub(crate) fn place(&self, block: &Block, words: &str) -> Place {
        let (start, source) = self.source(block);
        let found = prefixes(words).find_map(|part| Some((source.find(part)?, part.len())));
        let Some((at, length)) = found else { return self.line_of(block).into() };
        self.span(start + at..start + at + length)
    }

    /// A range of the file as a place: what of it is on its first line.
    pub(crate) fn span(&self, range: Range<usize>) -> Place {
        let line = self.line(range.start);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let end = (range.end - start).min(self.line_text(line).len());
        let from = (range.start - start).min(end);
        Place { line, part: (from < end).then_some(from..end) }
    }

    /// Something that breaks `rule`.
    pub(crate) fn finding(
        &self,
        rule: &'static Rule,
        place: impl Into<Place>,
        message: String,
    ) -> Finding {
        let place = place.into();
        let path = &self.path;
        let problem = Problem::new(About::Content, path, place.line, message, rule.mend);
        let excerpt = self.line_text(place.line).to_owned();
        Finding { rule, problem, part: place.part, silenced: None, excerpt }
    }

    /// The blocks that are not in a footnote's definition.
    pub(crate) fn body_blocks(&self) -> impl Iterator<Item = (usize, &Block)> {
        let notes = self.document.footnotes.values().min().copied().unwrap_or(usize::MAX);
        self.document.blocks.iter().enumerate().take_while(move |(index, _)| *index < notes)
    }

    /// How many references to the footnote `label` there are.
    pub(crate) fn references(&self, label: &str) -> usize {
        let links = self.document.links.iter();
        links.filter(|it| it.kind == LinkKind::Footnote && it.target.as_str() == label).count()
    }

    /// Whether the line is inside a fence or an indented block, or is a fence's own.
    pub(crate) fn is_code(&self, line: usize) -> bool {
        let code = self.document.blocks.iter().filter(|it| matches!(it.kind, BlockKind::Code(_)));
        code.into_iter().any(|block| {
            let last = self.line(self.body + block.source.end.saturating_sub(1));
            (self.line_of(block)..=last).contains(&line)
        })
    }
}

/// `words`, then shorter and shorter beginnings of them.
fn prefixes(words: &str) -> impl Iterator<Item = &str> {
    let words = words.trim();
    let shorter = words.rmatch_indices(' ').filter_map(|(at, _)| words.get(..at));
    std::iter::once(words).chain(shorter).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        let text = "---\ntitle: T\n---\nOne two\n**three** four.\n\n```python run\nx\n```\n";
        Draft::new("x.md".into(), text.into())
    }

    #[test]
    fn words_are_placed_in_the_file() {
        let draft = draft();
        let block = &draft.document.blocks[0];
        let place = |words| draft.place(block, words);
        assert_eq!(place("two three"), Place { line: 4, part: Some(4..7) });
        assert_eq!(place("four."), Place { line: 5, part: Some(10..15) });
        assert_eq!(place("nothing"), Place { line: 4, part: None });
        assert_eq!(draft.line_text(5), "**three** four.");
    }

    #[test]
    fn code_is_known_by_its_lines() {
        let draft = draft();
        let code: Vec<usize> = (1..=10).filter(|line| draft.is_code(*line)).collect();
        assert_eq!(code, [7, 8, 9]);
    }
}
