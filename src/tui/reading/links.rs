//! Selecting links, and where they are on the screen.

use crate::document::{Abbreviation, Block, Link};
use crate::layout::{Line, Position, Row};
use crate::text;
use crate::tui::cursor::Way;
use crate::tui::reading::Reading;

impl Reading {
    /// Selects the next link, or the one before; the first on the screen when none is selected.
    pub fn select_link(&mut self, way: Way) {
        let count = self.document.links.len();
        let mut next = match self.link {
            _ if count == 0 => None,
            Some(at) => Some(way.around(at, count)),
            None => self.first_link(way),
        };
        // What is folded away is not walked through.
        for _ in 0..count {
            let hidden = next.filter(|link| self.is_folded_away(*link));
            next = hidden.map(|link| way.around(link, count)).or(next);
        }
        self.link = next;
        let place = next.and_then(|link| self.document.links.get(link)).map(place);
        if let Some(place) = place {
            self.reveal(place);
        }
    }

    /// The first link on the screen (or the last), else the next one below it.
    fn first_link(&self, way: Way) -> Option<usize> {
        let shown = self.links_on_screen();
        let seen = if way == Way::Forward { shown.first() } else { shown.last() };
        seen.map(|(link, ..)| *link).or_else(|| {
            let top = self.position();
            self.document.links.iter().position(|link| place(link) >= top).or(Some(0))
        })
    }

    fn is_folded_away(&mut self, link: usize) -> bool {
        let block = self.document.links.get(link).map(|link| link.block);
        block.is_some_and(|block| self.page.rows(&self.document, block).is_empty())
    }

    /// The selected link, if it is on the screen.
    pub fn selected_link(&self) -> Option<&Link> {
        self.document.links.get(self.link?)
    }

    /// The links on the screen: which, its row counted from the top, and its first column.
    pub fn links_on_screen(&self) -> Vec<(usize, usize, usize)> {
        let mut found = vec![];
        for (index, link) in self.document.links.iter().enumerate() {
            let range = self.visible().iter().map(|row| row.block);
            if !range.clone().any(|block| block == link.block) {
                continue;
            }
            let cell = self.cell_of(place(link));
            found.extend(cell.map(|(row, column)| (index, row, column)));
        }
        found.sort_by_key(|(_, row, column)| (*row, *column));
        found
    }

    /// What is short for other words on the screen, each once, as they are met.
    pub fn abbreviations_on_screen(&self) -> Vec<Abbreviation> {
        let mut met: Vec<usize> = vec![];
        let mut blocks: Vec<usize> = self.visible().iter().map(|row| row.block).collect();
        blocks.dedup();
        for block in blocks {
            let marks = self.document.blocks.get(block).map(Block::abbreviations);
            for (range, at) in marks.unwrap_or_default() {
                let place = Position { block, offset: range.start };
                if !met.contains(&at) && self.cell_of(place).is_some() {
                    met.push(at);
                }
            }
        }
        met.iter().filter_map(|at| self.document.abbreviations.get(*at).cloned()).collect()
    }

    /// Where a place is on the screen: its row from the top, and its column in the text.
    pub fn cell_of(&self, position: Position) -> Option<(usize, usize)> {
        let rows = self.visible().iter().enumerate();
        let mut rows = rows.filter(|(_, row)| row.block == position.block);
        rows.find_map(|(y, row)| Some((y, column(self.line(*row)?, position.offset)?)))
    }

    /// The link at a cell of the text: its row from the top of the screen, and its column.
    pub fn link_at(&self, y: usize, column: usize) -> Option<usize> {
        let row = self.visible().get(y)?;
        let offset = offset_at(self.line(*row)?, column)?;
        self.document
            .links
            .iter()
            .position(|link| link.block == row.block && link.range.contains(&offset))
    }

    /// The row of the page that a row of the screen shows.
    pub fn row_at(&self, y: usize) -> Option<Row> {
        self.visible().get(y).copied()
    }
}

/// Where a link stands.
fn place(link: &Link) -> Position {
    Position { block: link.block, offset: link.range.start }
}

/// The column of the line at which the byte `offset` of the block's text stands.
fn column(line: &Line, offset: usize) -> Option<usize> {
    let mut column = 0;
    for span in &line.spans {
        let inside = span.at.and_then(|at| offset.checked_sub(at));
        if let Some(before) = inside.and_then(|inside| span.text.get(..inside))
            && inside < Some(span.text.len())
        {
            return Some(column + text::width(before));
        }
        column += text::width(&span.text);
    }
    None
}

/// The byte of the block's text at a column of the line.
fn offset_at(line: &Line, column: usize) -> Option<usize> {
    let mut left = 0;
    for span in &line.spans {
        let width = text::width(&span.text);
        if column < left + width {
            return Some(span.at? + text::fitting(&span.text, column - left));
        }
        left += width;
    }
    None
}
