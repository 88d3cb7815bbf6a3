//! Selecting a passage by keys: a sentence at a time, or from letter to letter.

use crate::layout::{Line, Position, Row};
use crate::text;
use crate::tui::cursor::Way;
use crate::tui::reading::Reading;

/// What is being selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selection {
    /// The end that moves: the letter that it begins with is selected too.
    pub caret: Position,
    /// The end that stays; none while whole sentences are selected.
    pub fixed: Option<Position>,
}

/// A way for the caret to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A letter.
    Letter(Way),
    /// A word, to its beginning.
    Word(Way),
    /// To the last letter of a word.
    WordEnd,
    /// A sentence, to its beginning.
    Sentence(Way),
    /// A paragraph, to its beginning.
    Paragraph(Way),
    /// To the first letter of the paragraph, or the last one.
    Edge(Way),
    /// A row of the screen.
    Row(Way),
}

impl Reading {
    /// Begins to select: at the link or the hit that the reader is at, else with the first words
    /// on the screen. False when there is no text on it.
    pub fn begin_select(&mut self) -> bool {
        let link =
            self.selected_link().map(|it| Position { block: it.block, offset: it.range.start });
        let hit = self.find.as_ref().and_then(|find| find.hits.get(find.current?));
        let hit = hit.map(|hit| Position { block: hit.block, offset: hit.range.start });
        let asked = hit.or(link).filter(|at| self.cell_of(*at).is_some());
        let caret = asked.or_else(|| self.first_on_screen());
        self.selection = caret.map(|caret| Selection { caret, fixed: None });
        self.selection.is_some()
    }

    /// The first text on the screen that begins there.
    fn first_on_screen(&self) -> Option<Position> {
        let rows = self.visible().iter();
        let mut texts = rows.filter_map(|row| Some((*row, offset_near(self.line(*row)?, 0)?)));
        let (row, offset) = texts.next()?;
        Some(Position { block: row.block, offset })
    }

    /// Fixes the end that does not move at the caret; or lets it go again.
    pub fn extend_selection(&mut self) {
        if let Some(selection) = &mut self.selection {
            selection.fixed = match selection.fixed {
                Some(_) => None,
                None => Some(selection.caret),
            };
        }
    }

    /// Goes to the other end of what is selected.
    pub fn swap_ends(&mut self) {
        if let Some(Selection { caret, fixed: Some(fixed) }) = &mut self.selection {
            std::mem::swap(caret, fixed);
        }
    }

    /// What is selected, from and to.
    pub fn selected(&self) -> Option<(Position, Position)> {
        let Selection { caret, fixed } = self.selection?;
        let Some(fixed) = fixed else {
            let range = self.sentence_at(caret)?;
            let at = |offset| Position { offset, ..caret };
            return Some((at(range.start), at(range.end)));
        };
        let (start, last) = (caret.min(fixed), caret.max(fixed));
        let text = self.text_of(last.block);
        let letter = text.get(last.offset..).and_then(|rest| text::graphemes(rest).next());
        let offset = last.offset + letter.map_or(0, |(_, grapheme)| grapheme.len());
        Some((start, Position { offset, ..last }))
    }

    fn text_of(&self, block: usize) -> String {
        self.document.blocks.get(block).map_or_else(String::new, |it| it.text().into_owned())
    }

    /// The sentence around a position; in code, its line.
    fn sentence_at(&self, at: Position) -> Option<std::ops::Range<usize>> {
        let sentences = self.sentences(at.block);
        let around = sentences.partition_point(|it| it.start <= at.offset).checked_sub(1);
        sentences.get(around.unwrap_or(0)).cloned()
    }

    fn sentences(&self, block: usize) -> Vec<std::ops::Range<usize>> {
        let text = self.text_of(block);
        let is_prose = self.document.blocks.get(block).is_some_and(|it| !it.is_verbatim());
        if is_prose {
            return text::sentences(&text).collect();
        }
        let mut at = 0;
        let lines = text.split_inclusive('\n').map(|line| {
            at += line.len();
            at - line.len()..at - line.len() + line.trim_end().len()
        });
        lines.filter(|line| !line.is_empty()).collect()
    }

    /// Moves the caret, and keeps it in sight.
    pub fn step_selection(&mut self, step: Step) {
        let Some(Selection { caret, fixed }) = self.selection else { return };
        let to = match step {
            Step::Row(way) => self.row_away(caret, way),
            Step::Letter(way) => {
                self.beside(caret, way, &|text| text::graphemes(text).map(|(at, _)| at).collect())
            }
            Step::Word(way) => self.beside(caret, way, &words),
            Step::Sentence(way) => self.away(caret, way, &|reading, block| {
                reading.sentences(block).into_iter().map(|it| it.start).collect()
            }),
            Step::Paragraph(way) => self.away(caret, way, &|_, _| vec![0]),
            Step::WordEnd => self.beside(caret, Way::Forward, &word_ends),
            Step::Edge(Way::Back) => Some(Position { offset: 0, ..caret }),
            Step::Edge(Way::Forward) => {
                let text = self.text_of(caret.block);
                let last = text::graphemes(&text).map(|(at, _)| at).last();
                last.map(|offset| Position { offset, ..caret })
            }
        };
        if let Some(caret) = to {
            self.selection = Some(Selection { caret, fixed });
            self.reveal(caret);
        }
    }

    fn beside(
        &mut self,
        from: Position,
        way: Way,
        stops: &dyn Fn(&str) -> Vec<usize>,
    ) -> Option<Position> {
        self.away(from, way, &|reading, block| stops(&reading.text_of(block)))
    }

    /// The next stop after a position, or the one before: in its leaf, else in the next leaf
    /// that is shown and has one.
    fn away(
        &mut self,
        from: Position,
        way: Way,
        stops: &dyn Fn(&Self, usize) -> Vec<usize>,
    ) -> Option<Position> {
        let here = stops(self, from.block);
        let next = match way {
            Way::Forward => here.into_iter().find(|at| *at > from.offset),
            Way::Back => here.into_iter().rev().find(|at| *at < from.offset),
        };
        if let Some(offset) = next {
            return Some(Position { offset, ..from });
        }
        let mut block = from.block;
        loop {
            block = match way {
                Way::Forward => block + 1,
                Way::Back => block.checked_sub(1)?,
            };
            if block >= self.document.blocks.len() {
                return None;
            }
            let is_shown = !self.page.rows(&self.document, block).is_empty();
            if !is_shown || self.text_of(block).trim().is_empty() {
                continue;
            }
            let stops = stops(self, block);
            let stop = if way == Way::Forward { stops.first() } else { stops.last() };
            if let Some(offset) = stop {
                return Some(Position { block, offset: *offset });
            }
        }
    }

    /// The place in the next row with text, or in the one before, near the same column.
    fn row_away(&mut self, from: Position, way: Way) -> Option<Position> {
        self.reveal(from);
        let (_, column) = self.cell_of(from)?;
        let mut row = self.page.row_of(&self.document, from);
        loop {
            row = self.row_beside(row, way)?;
            let offset = self.page.line(row).and_then(|line| offset_near(line, column));
            if let Some(offset) = offset {
                return Some(Position { block: row.block, offset });
            }
        }
    }

    fn row_beside(&mut self, row: Row, way: Way) -> Option<Row> {
        match way {
            Way::Forward => self.page.below(&self.document, row),
            Way::Back => self.page.above(&self.document, row),
        }
    }
}

/// Where words begin.
fn words(text: &str) -> Vec<usize> {
    let mut stops = vec![];
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if !c.is_whitespace() && before.is_whitespace() {
            stops.push(at);
        }
        before = c;
    }
    stops
}

/// The last letters of words.
fn word_ends(text: &str) -> Vec<usize> {
    let letters: Vec<(usize, &str)> = text::graphemes(text).collect();
    let blank = |at: usize| letters.get(at).is_none_or(|(_, it)| it.trim().is_empty());
    let ends = (0..letters.len()).filter(|at| !blank(*at) && blank(at + 1));
    ends.filter_map(|at| letters.get(at).map(|(start, _)| *start)).collect()
}

/// The byte of the leaf's text in a row that is nearest to a column; none in a row without text.
fn offset_near(line: &Line, column: usize) -> Option<usize> {
    let mut left = 0;
    let mut nearest = None;
    for span in &line.spans {
        let width = text::width(&span.text);
        if let Some(at) = span.at.filter(|_| !span.text.is_empty()) {
            let inside = column.saturating_sub(left).min(width.saturating_sub(1));
            let offset = at + text::fitting(&span.text, inside);
            let away = (left + inside).abs_diff(column);
            if nearest.is_none_or(|(_, least)| away < least) {
                nearest = Some((offset, away));
            }
        }
        left += width;
    }
    nearest.map(|(offset, _)| offset)
}
