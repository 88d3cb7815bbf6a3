//! An article that is open: its document, its page at the present width, and where the reader
//! is in it.

mod find;
mod folds;
mod highlights;
mod hints;
mod links;
mod progress;
mod select;

pub use find::Find;
pub use folds::Folds;
pub use highlights::Shown;
pub use hints::Hints;
pub use progress::{Telling, Track};
pub use select::{Selection, Step};

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::path::PathBuf;

use crate::document::{self, BlockKind, Code, Document, Heading};
use crate::layout::{self, Line, Manner, Measure, Page, Position, Role, Row, Spacing, Span};
use crate::text::Safe;
use crate::tui::Effect;
use crate::tui::cursor::Way;
use crate::tui::picture::Gallery;

/// What is being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// An article of the library: an index into the catalog.
    Article(usize),
    /// A Markdown file of the reader's own.
    File(PathBuf),
}

/// What a screen begins with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Top {
    /// The text.
    pub position: Position,
    /// Rows above the text that belong to it: blank ones, the rule above code.
    pub above: usize,
}

/// An open article.
#[derive(Debug)]
pub struct Reading {
    /// What it is.
    pub subject: Subject,
    /// Tells this opening from every other one, for work in the background.
    pub opening: u64,
    /// What it says.
    pub document: Document,
    /// Its headings.
    pub outline: Vec<Heading>,
    /// What is being found in it.
    pub find: Option<Find>,
    /// The selected link: an index into the document's links.
    pub link: Option<usize>,
    /// Letters over the links on the screen.
    pub hints: Option<Hints>,
    /// What is being selected in it.
    pub selection: Option<Selection>,
    /// The highlights in it.
    pub highlights: Vec<Shown>,
    /// What was read of it so far.
    pub track: Track,
    /// Its pictures.
    pub gallery: Gallery,
    page: Page,
    top: Row,
    present: usize,
    height: usize,
    visible: Vec<Row>,
    colours: HashMap<usize, Vec<(Range<usize>, Role)>>,
    asked: HashSet<usize>,
}

impl Reading {
    /// Opens `markdown`, set as `measure` says, at its beginning.
    pub fn new(subject: Subject, opening: u64, markdown: &str, measure: Measure) -> Self {
        let document = document::parse(markdown);
        let outline = outline(&document, measure);
        let mut page = Page::new(&document, measure);
        page.fold(document.details().collect());
        Self {
            subject,
            opening,
            document,
            outline,
            find: None,
            link: None,
            hints: None,
            selection: None,
            highlights: vec![],
            track: Track::of(opening),
            gallery: Gallery::default(),
            page,
            top: Row::default(),
            present: 0,
            height: 0,
            visible: vec![],
            colours: HashMap::new(),
            asked: HashSet::new(),
        }
    }

    /// Fits the page to a column of `measure` and `height` rows; the place stays.
    pub fn fit(&mut self, measure: Measure, height: usize) {
        if self.page.measure() != measure {
            let top = self.top();
            let (folded, manner) = (self.page.folded().clone(), self.page.manner());
            self.page = Page::new(&self.document, measure);
            self.page.fold(folded);
            self.page.set_in(manner);
            self.top = self.row_of(top);
        }
        self.height = height;
        self.settle();
    }

    /// How the page is set.
    pub fn measure(&self) -> Measure {
        self.page.measure()
    }

    /// How code and tables are set.
    pub fn manner(&self) -> Manner {
        self.page.manner()
    }

    /// Sets code and tables in another manner; the place stays.
    pub fn set_in(&mut self, manner: Manner) {
        let top = self.top();
        self.page.set_in(manner);
        self.top = self.row_of(top);
        self.settle();
    }

    /// The code that most of the screen shows.
    pub fn code_on_screen(&self) -> Option<&Code> {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for row in &self.visible {
            *counts.entry(row.block).or_default() += 1;
        }
        let code = |block: usize| match self.document.blocks.get(block).map(|it| &it.kind) {
            Some(BlockKind::Code(code)) => Some(code),
            _ => None,
        };
        let most = counts.iter().filter(|(block, _)| code(**block).is_some());
        let most = most.max_by_key(|(block, count)| (**count, Reverse(**block)));
        most.and_then(|(block, _)| code(*block))
    }

    /// Where the reader is: what the row at the top begins with.
    pub fn position(&self) -> Position {
        self.page.position_of(self.top)
    }

    /// What the screen begins with, to come back to exactly.
    pub fn top(&self) -> Top {
        let position = self.position();
        let below = (self.top.row + 1..).map(|row| Row { row, ..self.top });
        let same = below.map_while(|row| self.page.line(row).map(|line| line.start));
        Top { position, above: same.take_while(|start| *start == position.offset).count() }
    }

    fn row_of(&mut self, top: Top) -> Row {
        let mut row = self.page.row_of(&self.document, top.position);
        for _ in 0..top.above {
            let above = row.row.checked_sub(1).map(|above| Row { row: above, ..row });
            match above {
                Some(above) if self.page.position_of(above) == top.position => row = above,
                _ => break,
            }
        }
        row
    }

    /// Puts `top` at the top of the screen again.
    pub fn come_back(&mut self, top: Top) {
        self.unfold_to(top.position.block);
        self.top = self.row_of(top);
        self.settle();
    }

    /// The rows of the head of the table that the screen begins in, when it is above the screen;
    /// none where rows are records.
    pub fn table_head(&self) -> Vec<&Line> {
        let block = self.document.blocks.get(self.top.block);
        let Some(BlockKind::Table(table)) = block.map(|it| &it.kind) else { return vec![] };
        let offsets = table.offsets();
        let Some(body) = offsets.get(1).and_then(|row| row.first()) else { return vec![] };
        let rows = (0..self.top.row).map(|row| Row { row, ..self.top });
        let rows = rows.filter_map(|row| self.page.line(row)).filter(|it| !it.spans.is_empty());
        let is_head = |line: &Line| {
            let ours = |span: &Span| span.at.map_or(span.role == Role::TableHead, |at| at < *body);
            line.spans.iter().any(ours) && line.spans.iter().all(|it| it.at < Some(*body))
        };
        rows.take_while(|line| is_head(line)).take(self.height / 4).collect()
    }

    /// The rows on the screen, top to bottom.
    pub fn visible(&self) -> &[Row] {
        &self.visible
    }

    /// A row on the screen.
    pub fn line(&self, row: Row) -> Option<&Line> {
        self.page.line(row)
    }

    /// Moves by `rows`, down or up.
    pub fn scroll(&mut self, rows: isize) {
        self.top = self.page.step(&self.document, self.top, rows);
        self.settle();
    }

    /// The present row: how many rows below the top of the screen it is.
    pub fn present(&self) -> usize {
        self.present.min(self.visible.len().saturating_sub(1))
    }

    /// Moves the present row. It stays in the upper third while the article can move instead.
    pub fn move_present(&mut self, rows: isize) {
        for _ in 0..rows.unsigned_abs() {
            let (at, third) = (self.present(), self.height / 3);
            self.present = at;
            if rows > 0 && (at < third || self.at_end()) {
                self.present = at + 1;
            } else if rows < 0 && (at > third || self.top == Row::default()) {
                self.present = at.saturating_sub(1);
            } else {
                self.scroll(rows.signum());
            }
            self.present = self.present();
        }
    }

    /// Sets the rows of paragraphs apart, or not; the place stays.
    pub fn space(&mut self, spacing: Spacing) {
        if self.manner().spacing != spacing {
            self.set_in(Manner { spacing, ..self.manner() });
        }
    }

    /// Moves by whole pages, keeping two rows in sight.
    pub fn turn(&mut self, pages: isize) {
        let page = isize::try_from(self.height.saturating_sub(2).max(1)).unwrap_or(1);
        self.scroll(pages * page);
        // The head of a table that is repeated covers no row that was not in sight.
        let covered = self.table_head().len().saturating_sub(1);
        if pages > 0 && !self.at_end() {
            self.scroll(-isize::try_from(covered).unwrap_or(0));
        }
    }

    /// Moves by half a page.
    pub fn half_turn(&mut self, halves: isize) {
        let half = isize::try_from((self.height / 2).max(1)).unwrap_or(1);
        self.scroll(halves * half);
    }

    /// To the beginning.
    pub fn to_start(&mut self) {
        self.top = Row::default();
        self.settle();
    }

    /// To the end.
    pub fn to_end(&mut self) {
        self.top = self.page.last(&self.document);
        self.settle();
    }

    /// Puts `position` at the top of the screen.
    pub fn go(&mut self, position: Position) {
        self.unfold_to(position.block);
        self.top = self.page.row_of(&self.document, position);
        self.settle();
    }

    /// Puts the block of `anchor` at the top; false when there is no such anchor.
    pub fn go_to_anchor(&mut self, anchor: &str) -> bool {
        let block = self.document.anchors.get(anchor).copied();
        if let Some(block) = block {
            self.go(Position { block, offset: 0 });
        }
        block.is_some()
    }

    /// Moves only as far as it takes to have `position` on the screen.
    pub fn reveal(&mut self, position: Position) {
        self.unfold_to(position.block);
        let row = self.page.row_of(&self.document, position);
        if self.visible.contains(&row) {
            return;
        }
        let above = isize::try_from(self.height / 3).unwrap_or(0);
        self.top = self.page.step(&self.document, row, -above);
        self.settle();
    }

    /// To the next heading below the top row, or the one above it.
    pub fn turn_to_heading(&mut self, way: Way) {
        let top = self.position();
        let at_top = |block: usize| block == top.block && top.offset == 0;
        let target = if way == Way::Forward {
            self.outline.iter().find(|it| it.block > top.block && !at_top(it.block))
        } else {
            self.outline.iter().rev().find(|it| it.block < top.block)
        };
        match target.map(|heading| heading.block) {
            Some(block) => self.go(Position { block, offset: 0 }),
            None if way == Way::Forward => self.to_end(),
            None => self.to_start(),
        }
    }

    /// The heading that the reader is under: an index into the outline.
    pub fn section(&self) -> Option<usize> {
        let third = self.visible.get(self.visible.len() / 3).or(self.visible.last())?;
        let at = if self.at_end() { self.visible.last()?.block } else { third.block };
        self.outline.partition_point(|heading| heading.block <= at).checked_sub(1)
    }

    /// Whether the last row is on the screen.
    pub fn at_end(&self) -> bool {
        let last = self.document.blocks.len().checked_sub(1);
        self.visible.last().is_none_or(|row| {
            Some(row.block) == last && self.page.line(Row { row: row.row + 1, ..*row }).is_none()
        })
    }

    /// How far the reader has come, in per cent of the source down to the foot of the screen.
    pub fn percent(&self) -> usize {
        if self.at_end() {
            return 100;
        }
        let Some(row) = self.visible.last() else { return 0 };
        let Some(block) = self.document.blocks.get(row.block) else { return 0 };
        let length = block.source.len();
        let offset = self.page.position_of(*row).offset.min(length);
        let read = block.source.start + offset;
        (read * 100 / self.document.bytes.max(1)).min(99)
    }

    /// Keeps the top where the screen stays full, and lays out what is on it.
    fn settle(&mut self) {
        let window = self.page.window(&self.document, self.top, self.height);
        if window.len() < self.height {
            let last = self.page.last(&self.document);
            let up = isize::try_from(self.height.saturating_sub(1)).unwrap_or(0);
            self.top = self.page.step(&self.document, last, -up);
            self.visible = self.page.window(&self.document, self.top, self.height);
        } else {
            self.visible = window;
        }
        self.hints = None;
    }

    /// Asks for the colours of the code on the screen that has none yet.
    pub fn ask_for_colours(&mut self) -> Vec<Effect> {
        let mut effects = vec![];
        for row in &self.visible {
            let Some(block) = self.document.blocks.get(row.block) else { continue };
            if let BlockKind::Code(code) = &block.kind
                && !code.language.is_empty()
                && self.asked.insert(row.block)
            {
                let (opening, block) = (self.opening, row.block);
                effects.push(Effect::Colour { opening, block, code: code.clone() });
            }
        }
        effects
    }

    /// Takes the colours of a code block.
    pub fn colour(&mut self, block: usize, roles: Vec<(Range<usize>, Role)>) {
        self.colours.insert(block, roles);
    }

    /// The colours of a code block, as far as they are known.
    pub fn colours(&self, block: usize) -> &[(Range<usize>, Role)] {
        self.colours.get(&block).map_or(&[], Vec::as_slice)
    }
}

/// The headings of a document, their formulas set where the terminal has the letters.
fn outline(document: &Document, measure: Measure) -> Vec<Heading> {
    let mut outline: Vec<Heading> = document.outline().collect();
    for heading in outline.iter_mut().filter(|_| !measure.ascii) {
        let block = document.blocks.get(heading.block).map(|block| &block.kind);
        if let Some(BlockKind::Heading { prose, .. }) = block {
            heading.title = Safe::line(&layout::line(prose));
        }
    }
    outline
}
