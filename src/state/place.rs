//! A place in a text that survives edits of the text: found again by heading, quote and offset.

use std::ops::Range;

use crate::document::Document;
use crate::layout::Position;

/// Bytes of the text that are quoted where nothing is selected.
const QUOTED: usize = 80;
/// Characters at both ends of a quote that find a passage whose middle was edited.
const EDGE: usize = 24;
/// Places that are compared at most when a quote stands in many.
const MOST: usize = 1_000;

/// A place in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// The heading that it stands under; empty above the first one.
    pub anchor: String,
    /// Leaves below that heading, or from the top.
    pub block: usize,
    /// Bytes into the text of the leaf.
    pub offset: usize,
    /// Rows of the screen above the text that belong to it.
    pub above: usize,
    /// What stands there. A passage is quoted whole, leaves parted by line feeds.
    pub quote: String,
}

/// The text of a document as one string, for quotes to be looked up in.
#[derive(Debug, Default)]
pub struct Whole {
    text: String,
    /// Where each leaf begins in the text.
    starts: Vec<usize>,
    /// Headings: anchor and leaf.
    sections: Vec<(String, usize)>,
}

impl Whole {
    /// The text of `document`.
    pub fn new(document: &Document) -> Self {
        let mut whole = Self { text: String::with_capacity(document.bytes), ..Self::default() };
        for block in &document.blocks {
            whole.starts.push(whole.text.len());
            whole.text.push_str(&block.text());
            whole.text.push('\n');
        }
        whole.sections = document.outline().map(|it| (it.anchor, it.block)).collect();
        whole
    }

    /// What stands between two positions.
    pub fn between(&self, start: Position, end: Position) -> &str {
        self.text.get(self.flat(start)..self.flat(end)).unwrap_or_default()
    }

    /// The words between two positions.
    pub fn words(&self, start: Position, end: Position) -> usize {
        self.between(start, end).split_whitespace().count()
    }

    /// The byte of the whole text.
    pub fn flat(&self, position: Position) -> usize {
        let start = self.starts.get(position.block).copied().unwrap_or(self.text.len());
        (start + position.offset).min(self.text.len())
    }

    /// The position of a byte of the whole text.
    pub fn position(&self, flat: usize) -> Position {
        let block = self.starts.partition_point(|start| *start <= flat).saturating_sub(1);
        let start = self.starts.get(block).copied().unwrap_or(0);
        Position { block, offset: flat.saturating_sub(start) }
    }

    /// The bytes of the leaf.
    fn leaf(&self, block: usize) -> Range<usize> {
        let start = self.starts.get(block).copied().unwrap_or(self.text.len());
        let end = self.starts.get(block + 1).map_or(self.text.len(), |next| *next);
        start..end.saturating_sub(1).max(start)
    }

    /// The heading that a leaf stands under, and the leaf of that heading.
    fn section(&self, block: usize) -> (&str, usize) {
        let at = self.sections.partition_point(|(_, heading)| *heading <= block);
        let found = at.checked_sub(1).and_then(|at| self.sections.get(at));
        found.map_or(("", 0), |(anchor, block)| (anchor, *block))
    }

    /// The leaves below a heading; none when it is gone.
    fn blocks_of(&self, anchor: &str) -> Option<Range<usize>> {
        let next = |at: usize| self.sections.get(at).map_or(self.starts.len(), |(_, block)| *block);
        if anchor.is_empty() {
            return Some(0..next(0));
        }
        let at = self.sections.iter().position(|(known, _)| known == anchor)?;
        Some(self.sections.get(at)?.1..next(at + 1))
    }

    /// The place of a position, quoted by what follows in its leaf.
    pub fn place(&self, position: Position) -> Place {
        let start = self.flat(position);
        let end = self.leaf(position.block).end;
        let end = self.text.floor_char_boundary(end.min(start + QUOTED));
        self.passage(position, self.position_at(end.max(start), position.block))
    }

    /// A position within `block`, even at its very end.
    fn position_at(&self, flat: usize, block: usize) -> Position {
        let start = self.starts.get(block).copied().unwrap_or(0);
        Position { block, offset: flat.saturating_sub(start) }
    }

    /// The place of everything between two positions.
    pub fn passage(&self, start: Position, end: Position) -> Place {
        let (anchor, heading) = self.section(start.block);
        Place {
            anchor: anchor.to_owned(),
            block: start.block - heading.min(start.block),
            offset: start.offset,
            above: 0,
            quote: self.between(start, end).to_owned(),
        }
    }

    /// Where a place is expected, as long as its heading is there.
    fn expected(&self, place: &Place) -> Option<Position> {
        let blocks = self.blocks_of(&place.anchor)?;
        let block = (blocks.start + place.block).min(blocks.end.saturating_sub(1));
        Some(Position { block, offset: place.offset })
    }

    /// Where a place is now: from and to. None when its quote does not stand in the text.
    pub fn find(&self, place: &Place) -> Option<(Position, Position)> {
        if place.quote.is_empty() {
            return None;
        }
        let expected = self.expected(place).map(|it| self.flat(it));
        let quote = place.quote.as_str();
        let exact =
            expected.filter(|at| self.text.get(*at..).is_some_and(|it| it.starts_with(quote)));
        let at = exact.map(|at| at..at + quote.len()).or_else(|| {
            let blocks = self.blocks_of(&place.anchor).unwrap_or_default();
            let section = self.flat(Position { block: blocks.start, offset: 0 })
                ..self.flat(Position { block: blocks.end, offset: 0 });
            let near = expected.unwrap_or(0);
            self.nearest(quote, section, near)
                .or_else(|| self.nearest(quote, 0..self.text.len(), near))
                .or_else(|| self.edited(quote, near))
        })?;
        let start = self.position(at.start);
        let last = self.position(at.end.saturating_sub(1));
        Some((start, Position { block: last.block, offset: last.offset + 1 }))
    }

    /// The occurrence of `quote` within `range` that is nearest to `near`.
    fn nearest(&self, quote: &str, range: Range<usize>, near: usize) -> Option<Range<usize>> {
        let within = self.text.get(range.clone())?;
        let found = within.match_indices(quote).take(MOST).map(|(at, _)| range.start + at);
        let at = found.min_by_key(|at| at.abs_diff(near))?;
        Some(at..at + quote.len())
    }

    /// A passage that begins and ends as `quote` does, and is about as long.
    fn edited(&self, quote: &str, near: usize) -> Option<Range<usize>> {
        let count = quote.chars().count();
        if count < 2 * EDGE {
            return None;
        }
        let head: String = quote.chars().take(EDGE).collect();
        let tail: String = quote.chars().skip(count - EDGE).collect();
        let longest = quote.len() + quote.len() / 2;
        let heads = self.text.match_indices(&head).take(MOST);
        let passages = heads.filter_map(|(at, _)| {
            let limit = self.text.floor_char_boundary((at + longest).min(self.text.len()));
            let rest = self.text.get(at + head.len()..limit)?;
            let end = rest.find(&tail)?;
            Some(at..at + head.len() + end + tail.len())
        });
        passages.min_by_key(|range| range.start.abs_diff(near))
    }

    /// Where to go for a place: its quote, else its heading, else the top.
    pub fn nearest_to(&self, place: &Place) -> Position {
        if let Some((start, _)) = self.find(place) {
            return start;
        }
        let Some(expected) = self.expected(place) else { return Position::default() };
        if place.quote.is_empty() {
            let leaf = self.leaf(expected.block);
            return Position { offset: expected.offset.min(leaf.len()), ..expected };
        }
        let heading = self.blocks_of(&place.anchor).unwrap_or_default().start;
        Position { block: heading, offset: 0 }
    }
}

#[cfg(test)]
mod tests {
    use crate::document;

    use super::*;

    const TEXT: &str = "# Title\n\nOne two three. Four five six.\n\n## Second\n\nThe quick brown \
        fox jumps over the lazy dog, and then it rests a while.\n\nOne two three. Seven.\n\n\
        ## Third\n\n- a\n- b\n";

    fn whole(text: &str) -> Whole {
        Whole::new(&document::parse(text))
    }

    fn passage(whole: &Whole, quote: &str) -> Place {
        let at = whole.text.find(quote).unwrap();
        let (start, end) = (whole.position(at), whole.position(at + quote.len()));
        whole.passage(start, end)
    }

    fn found(text: &str, place: &Place) -> Option<String> {
        let whole = whole(text);
        whole.find(place).map(|(start, end)| whole.between(start, end).to_owned())
    }

    #[test]
    fn a_place_is_found_again_in_the_same_text() {
        let whole = whole(TEXT);
        for quote in ["Four five six", "lazy dog", "Seven", "b"] {
            let place = passage(&whole, quote);
            let (start, end) = whole.find(&place).unwrap();
            assert_eq!(whole.between(start, end), quote);
            assert_eq!(whole.nearest_to(&place), start);
        }
    }

    #[test]
    fn a_place_moves_with_its_text() {
        let place = passage(&whole(TEXT), "lazy dog");
        let above = TEXT.replace("## Second", "## New\n\nMore words.\n\n## Second");
        assert_eq!(found(&above, &place).as_deref(), Some("lazy dog"));
        let renamed = TEXT.replace("## Second", "## Another");
        assert_eq!(found(&renamed, &place).as_deref(), Some("lazy dog"));
        let moved = TEXT.replace("The quick", "In the morning the quick");
        assert_eq!(found(&moved, &place).as_deref(), Some("lazy dog"));
    }

    #[test]
    fn of_the_same_words_those_nearest_by_are_meant() {
        let text = whole(TEXT);
        let second = text.text.rfind("One two three").unwrap();
        let start = text.position(second);
        let place = text.passage(start, Position { offset: start.offset + 13, ..start });
        let edited = TEXT.replace("it rests a while.", "it rests.\n\nA new paragraph.");
        let again = whole(&edited);
        let (now, _) = again.find(&place).unwrap();
        assert_eq!(again.flat(now), again.text.rfind("One two three").unwrap());
    }

    #[test]
    fn a_passage_that_was_edited_in_its_middle_is_found_by_its_ends() {
        let quote = "The quick brown fox jumps over the lazy dog, and then it rests a while";
        let place = passage(&whole(TEXT), quote);
        let edited = TEXT.replace("over the lazy", "across a lazy");
        let expected = quote.replace("over the lazy", "across a lazy");
        assert_eq!(found(&edited, &place), Some(expected));
    }

    #[test]
    fn a_passage_that_is_gone_is_not_found_and_its_heading_is_gone_to() {
        let place = passage(&whole(TEXT), "Seven");
        let edited = TEXT.replace("Seven.", "Eight.");
        assert_eq!(found(&edited, &place), None);
        let edited = whole(&edited);
        assert_eq!(edited.nearest_to(&place), Position { block: 2, offset: 0 });
        assert_eq!(whole("nothing").nearest_to(&place), Position::default());
        assert_eq!(whole("").nearest_to(&place), Position::default());
    }

    #[test]
    fn a_place_without_text_is_found_by_its_number() {
        let text = "## A\n\none\n\n***\n\ntwo";
        let whole = whole(text);
        let place = whole.place(Position { block: 2, offset: 0 });
        assert_eq!((place.quote.as_str(), place.block), ("", 2));
        assert_eq!(whole.nearest_to(&place), Position { block: 2, offset: 0 });
    }

    #[test]
    fn a_selection_may_go_over_several_leaves() {
        let whole = whole(TEXT);
        let place = passage(&whole, "a\nb");
        let (start, end) = whole.find(&place).unwrap();
        assert_eq!((start.block + 1, end.offset), (end.block, 1));
    }
}
