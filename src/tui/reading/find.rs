//! Finding text in an open article.

use std::ops::Range;

use crate::document::Document;
use crate::layout::Position;
use crate::search::text::Marks;
use crate::tui::cursor::Way;
use crate::tui::input::Input;
use crate::tui::reading::{Reading, Top};
use crate::tui::search::Target;

/// Hits counted and marked at most; a pattern of one letter in a large file has more.
const MOST: usize = 10_000;

/// A pattern and where it occurs.
#[derive(Debug)]
pub struct Find {
    /// The pattern as typed.
    pub input: Input,
    /// Whether it is still being typed.
    pub typing: bool,
    /// Where it occurs, in order.
    pub hits: Vec<Hit>,
    /// The hit that the reader is at: an index into `hits`.
    pub current: Option<usize>,
    /// Where finding began.
    from: Top,
}

/// One place that matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The block.
    pub block: usize,
    /// Bytes of its text.
    pub range: Range<usize>,
}

impl Reading {
    /// Begins to find; the screen stays until a letter is typed.
    pub fn begin_find(&mut self) {
        let from = self.top();
        self.find =
            Some(Find { input: Input::default(), typing: true, hits: vec![], current: None, from });
    }

    /// Finds the pattern of `find` again, after it changed, from where finding began.
    pub fn refresh_find(&mut self) {
        let Some(find) = &mut self.find else { return };
        find.hits = hits(&self.document, find.input.text());
        let from = find.from;
        let start = from.position;
        let key = |hit: &Hit| (hit.block, hit.range.end) > (start.block, start.offset);
        find.current = find.hits.iter().position(key).or((!find.hits.is_empty()).then_some(0));
        self.come_back(from);
        self.show_hit();
    }

    /// Goes to a hit of search, and marks everything that was found; `n` and `N` walk on.
    ///
    /// The hit is the leaf of its section that has the most of what was looked for.
    pub fn show_target(&mut self, target: &Target) {
        let from = self.top();
        let start = target.place.anchor.as_ref().and_then(|it| self.document.anchors.get(it));
        let start = start.map_or(0, |block| *block);
        self.go(Position { block: start, offset: 0 });
        let hits = marked(&self.document, &target.marks);
        let end = self.outline.iter().map(|it| it.block).find(|block| *block > start);
        let end = end.unwrap_or(self.document.blocks.len());
        let section = start + target.place.block..end.max(start + target.place.block + 1);
        let best = self.best_block(&target.marks, &hits, section);
        let current = best.and_then(|block| hits.iter().position(|hit| hit.block == block));
        let input = Input::new(&target.query);
        self.find = Some(Find { input, typing: false, hits, current, from });
        self.show_hit();
    }

    /// The leaf of a section with the most different clauses in it; the first one of those.
    fn best_block(&self, marks: &Marks, hits: &[Hit], section: Range<usize>) -> Option<usize> {
        let mut blocks: Vec<usize> = hits.iter().map(|hit| hit.block).collect();
        blocks.dedup();
        let blocks = blocks.into_iter().filter(|block| section.contains(block));
        let count = |block: &usize| {
            self.document.blocks.get(*block).map_or(0, |leaf| marks.count(&leaf.text()))
        };
        blocks.max_by_key(|block| (count(block), std::cmp::Reverse(*block)))
    }

    /// Ends the typing. An empty pattern ends the finding.
    pub fn accept_find(&mut self) {
        match &mut self.find {
            Some(find) if !find.input.text().is_empty() => find.typing = false,
            _ => self.find = None,
        }
    }

    /// Gives up finding and goes back to where it began.
    pub fn cancel_find(&mut self) {
        if let Some(find) = self.find.take() {
            self.come_back(find.from);
        }
    }

    /// To the next hit, or the one before; around the ends.
    pub fn turn_to_hit(&mut self, way: Way) {
        let Some(find) = &mut self.find else { return };
        let count = find.hits.len();
        find.current = match find.current {
            _ if count == 0 => None,
            None => Some(0),
            Some(at) => Some(way.around(at, count)),
        };
        self.show_hit();
    }

    fn show_hit(&mut self) {
        let Some(find) = &self.find else { return };
        let hit = find.current.and_then(|at| find.hits.get(at));
        if let Some(hit) = hit {
            let position = Position { block: hit.block, offset: hit.range.start };
            self.reveal(position);
        }
    }
}

/// What `marks` mark.
fn marked(document: &Document, marks: &Marks) -> Vec<Hit> {
    let mut hits = vec![];
    for (block, leaf) in document.blocks.iter().enumerate() {
        let found = marks.find(&leaf.text()).into_iter();
        hits.extend(found.map(|it| Hit { block, range: it.range }).take(MOST - hits.len()));
        if hits.len() == MOST {
            break;
        }
    }
    hits
}

/// Where `pattern` occurs. Small letters match both cases; a capital makes case count.
fn hits(document: &Document, pattern: &str) -> Vec<Hit> {
    if pattern.is_empty() {
        return vec![];
    }
    let mut hits = vec![];
    for (block, leaf) in document.blocks.iter().enumerate() {
        let text = leaf.text();
        let ranges = ranges(&text, pattern);
        hits.extend(ranges.map(|range| Hit { block, range }).take(MOST - hits.len()));
        if hits.len() == MOST {
            break;
        }
    }
    hits
}

fn ranges(text: &str, pattern: &str) -> impl Iterator<Item = Range<usize>> {
    let exact = pattern.chars().any(char::is_uppercase);
    let mut from = 0;
    std::iter::from_fn(move || {
        let range = if exact {
            let at = from + text.get(from..)?.find(pattern)?;
            at..at + pattern.len()
        } else {
            folded(text, pattern, from)?
        };
        from = range.end;
        Some(range)
    })
}

/// The first match of `pattern` at or after `from`, whatever the case.
fn folded(text: &str, pattern: &str, from: usize) -> Option<Range<usize>> {
    let first = pattern.chars().next()?.to_lowercase().next()?;
    let rest = text.get(from..)?;
    rest.char_indices().find_map(|(at, c)| {
        if c.to_lowercase().next() != Some(first) {
            return None;
        }
        let length = folded_prefix(rest.get(at..)?, pattern)?;
        Some(from + at..from + at + length)
    })
}

/// The length of the beginning of `text` that equals `pattern`, whatever the case.
fn folded_prefix(text: &str, pattern: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    for wanted in pattern.chars() {
        let (_, c) = chars.next()?;
        if c != wanted && !c.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    Some(chars.next().map_or(text.len(), |(at, _)| at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, pattern: &str) -> Vec<String> {
        ranges(text, pattern).map(|range| text.get(range).unwrap().to_owned()).collect()
    }

    #[test]
    fn small_letters_match_both_cases_and_a_capital_matches_itself() {
        assert_eq!(found("Raft, raft and RAFT", "raft"), ["Raft", "raft", "RAFT"]);
        assert_eq!(found("Raft, raft and RAFT", "Raft"), ["Raft"]);
        assert_eq!(found("Élection élection", "élec"), ["Élec", "élec"]);
        assert_eq!(found("aaa", "aa"), ["aa"]);
        assert!(found("abc", "abcd").is_empty());
    }
}
