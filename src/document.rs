//! What a Markdown article says, free of how it looks.
//!
//! A document is a flat list of *leaf* blocks: paragraphs, headings, code, tables. What stands
//! around a leaf (list items, quotes, alerts) is a chain of [`Container`]s. So every place is a
//! leaf and an offset, however deep it is nested, and a leaf can be laid out by itself.
//!
//! Parsing is total: any text yields a [`Document`]. Mistakes in an article are found by
//! `library::check`, not by the reader.

mod abbreviation;
mod anchor;
mod chart;
mod fence;
mod front;
mod parse;
mod picture;
mod plain;

pub use abbreviation::Abbreviation;
pub use anchor::Anchors;
pub use chart::{Axis, Chart, ChartError, ChartKind, Note, Rule, Series, chart};
pub use front::{FrontError, FrontMatter, Level, Split, split_front_matter};
pub use parse::{Fenced, fences, parse};
pub use picture::{Kind, Picture};

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::text::Safe;

/// The longest text of one leaf, in bytes; longer ones are split, so that laying out one leaf
/// is always quick.
pub const LEAF_BYTES: usize = 32 * 1024;

/// A parsed article body.
#[derive(Debug, Default, PartialEq)]
pub struct Document {
    /// The leaves, top to bottom.
    pub blocks: Vec<Block>,
    /// What the leaves stand in; a container comes after its parent.
    pub containers: Vec<Container>,
    /// The targets that [`MarkKind::Link`] and [`MarkKind::Image`] name, as written.
    pub links: Vec<Link>,
    /// The block that each anchor names: headings and explicit ids.
    pub anchors: BTreeMap<String, usize>,
    /// The first block of each footnote, by label.
    pub footnotes: BTreeMap<String, usize>,
    /// What is known of the files that images name, by index into the links. Parsing knows
    /// nothing of files: whoever may read them fills this in.
    pub pictures: BTreeMap<usize, Picture>,
    /// The abbreviations that [`MarkKind::Abbreviation`] names.
    pub abbreviations: Vec<Abbreviation>,
    /// Length of the source in bytes.
    pub bytes: usize,
    /// Characters of the source that are not shown as they are (see [`crate::text::hidden`]).
    pub hidden: usize,
}

/// A leaf of the document.
#[derive(Debug, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The innermost container it stands in, an index into [`Document::containers`].
    pub container: Option<usize>,
    /// Where it stands in the source, in bytes.
    pub source: Range<usize>,
    /// Whether it follows the leaf above without a blank row: a tight list, or the rest of a
    /// split leaf.
    pub tight: bool,
    /// Whether it goes on with the leaf above, which was split because of its size.
    pub continued: bool,
}

/// What a leaf is.
#[derive(Debug, PartialEq)]
pub enum BlockKind {
    /// A heading and the anchor that links to it.
    Heading {
        /// 1 to 6.
        level: u8,
        /// The text.
        prose: Prose,
        /// The slug that `#links` name, unique in the document.
        anchor: String,
    },
    /// A paragraph.
    Paragraph(Prose),
    /// What stands over `<details>`: the first leaf in it.
    Summary(Prose),
    /// Fenced or indented code.
    Code(Code),
    /// A displayed formula, LaTeX without its dollar signs.
    Math(Safe),
    /// A table.
    Table(Table),
    /// A thematic break.
    Rule,
    /// HTML that is shown as inert text.
    Html(Safe),
}

/// A code block.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Code {
    /// The first word of the info string, in lower case; empty when there is none.
    pub language: Safe,
    /// The rest of the info string: `run`, `alt="…"`.
    pub info: Safe,
    /// The text, without the line feed at its end.
    pub text: Safe,
}

/// A table. Every row has as many cells as there are columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// One for each column.
    pub columns: Vec<Align>,
    /// The head row first.
    pub rows: Vec<Vec<Prose>>,
}

/// How a table's column is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Align {
    /// At the left.
    #[default]
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
}

/// Running text: one string and what its parts mean.
///
/// A hard line break is a line feed in the text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Prose {
    /// The text.
    pub text: Safe,
    /// Sorted by where they begin; an outer mark before the marks in it.
    pub marks: Vec<Mark>,
}

/// What a part of a [`Prose`] means.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The meaning.
    pub kind: MarkKind,
}

/// The meanings of parts of running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Struck through.
    Strikethrough,
    /// Code.
    Code,
    /// A formula, LaTeX with its dollar signs.
    Math,
    /// A link: an index into [`Document::links`].
    Link(usize),
    /// An image, shown as its alternative text: an index into [`Document::links`].
    Image(usize),
    /// A footnote reference: an index into [`Document::links`], whose target is the label.
    Footnote(usize),
    /// Inline HTML, inert.
    Html,
    /// A word that is short for others: an index into [`Document::abbreviations`].
    Abbreviation(usize),
}

/// Where a link or an image points to.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// As written, entities decoded; not yet resolved, not yet trusted.
    pub target: Safe,
    /// The title, empty when there is none.
    pub title: Safe,
    /// What kind of reference it is.
    pub kind: LinkKind,
    /// The block it stands in.
    pub block: usize,
    /// Where in the block's text, in bytes (see [`Block::text`]).
    pub range: Range<usize>,
}

/// The kinds of references.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// An inline, reference, bare or wiki link.
    Link,
    /// An image.
    Image,
    /// A footnote reference; the target is its label.
    Footnote,
    /// The summary of `<details>`, which opens and closes them: an index into
    /// [`Document::containers`].
    Fold(usize),
}

/// What leaves stand in.
#[derive(Debug, PartialEq)]
pub struct Container {
    /// What it is.
    pub kind: ContainerKind,
    /// The container around it; always a smaller index.
    pub parent: Option<usize>,
    /// How many containers are around it.
    pub depth: usize,
}

/// The kinds of containers.
#[derive(Debug, PartialEq)]
pub enum ContainerKind {
    /// A block quote.
    Quote,
    /// A GFM alert.
    Alert(Alert),
    /// An item of a bulleted list.
    Bullet {
        /// How many bulleted lists are around its list.
        depth: usize,
        /// For a task: whether it is done.
        task: Option<bool>,
    },
    /// An item of a numbered list.
    Number {
        /// Its number.
        number: u64,
        /// Cells of the widest marker in its list, so that the texts line up.
        width: usize,
        /// For a task: whether it is done.
        task: Option<bool>,
    },
    /// A footnote's definition.
    Footnote {
        /// What its references show, from 1.
        number: usize,
        /// What its references name: the key in [`Document::footnotes`].
        label: Safe,
    },
    /// `<details>` with its summary as written; the first leaf in it shows that.
    Details(Prose),
}

/// The kinds of GFM alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alert {
    /// Worth knowing.
    Note,
    /// Advice.
    Tip,
    /// Needed for success.
    Important,
    /// Needs attention at once.
    Warning,
    /// May do harm.
    Caution,
}

/// A heading in the outline of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The text without marks.
    pub title: Safe,
    /// The slug that `#links` name.
    pub anchor: String,
    /// The block it is.
    pub block: usize,
}

impl Document {
    /// The headings, top to bottom.
    pub fn outline(&self) -> impl Iterator<Item = Heading> {
        self.blocks.iter().enumerate().filter_map(|(block, leaf)| match &leaf.kind {
            BlockKind::Heading { level, prose, anchor } => Some(Heading {
                level: *level,
                title: Safe::line(&prose.text),
                anchor: anchor.clone(),
                block,
            }),
            _ => None,
        })
    }

    /// All `<details>`: indices into [`Document::containers`].
    pub fn details(&self) -> impl Iterator<Item = usize> {
        let containers = self.containers.iter().enumerate();
        let details = containers.filter(|(_, it)| matches!(it.kind, ContainerKind::Details(_)));
        details.map(|(container, _)| container)
    }

    /// The containers of `block`, innermost first, with their indices.
    pub fn around(&self, block: usize) -> impl Iterator<Item = (usize, &Container)> {
        let mut next = self.blocks.get(block).and_then(|block| block.container);
        std::iter::from_fn(move || {
            let index = next?;
            let container = self.containers.get(index)?;
            next = container.parent;
            Some((index, container))
        })
    }
}

impl Block {
    /// The text that offsets in this block count in. Cells of a table are followed by a tab,
    /// its rows by a line feed.
    pub fn text(&self) -> Cow<'_, str> {
        match &self.kind {
            BlockKind::Heading { prose, .. }
            | BlockKind::Paragraph(prose)
            | BlockKind::Summary(prose) => Cow::Borrowed(&prose.text),
            BlockKind::Code(code) => Cow::Borrowed(&code.text),
            BlockKind::Math(text) | BlockKind::Html(text) => Cow::Borrowed(text),
            BlockKind::Table(table) => Cow::Owned(table.text()),
            BlockKind::Rule => Cow::Borrowed(""),
        }
    }
}

impl Block {
    /// Whether its text stands as it was written: code, a formula, HTML.
    pub fn is_verbatim(&self) -> bool {
        matches!(self.kind, BlockKind::Code(_) | BlockKind::Math(_) | BlockKind::Html(_))
    }
}

impl Block {
    /// Everything in it that is running text.
    fn proses_mut(&mut self) -> Vec<&mut Prose> {
        match &mut self.kind {
            BlockKind::Heading { prose, .. }
            | BlockKind::Paragraph(prose)
            | BlockKind::Summary(prose) => vec![prose],
            BlockKind::Table(table) => table.rows.iter_mut().flatten().collect(),
            _ => vec![],
        }
    }
}

impl Table {
    fn text(&self) -> String {
        let mut text = String::new();
        for row in &self.rows {
            for cell in row {
                text.push_str(&cell.text);
                text.push('\t');
            }
            text.push('\n');
        }
        text
    }

    /// Where the text of each cell begins in [`Block::text`], row by row.
    pub fn offsets(&self) -> Vec<Vec<usize>> {
        let mut at = 0;
        let mut rows = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let mut cells = Vec::with_capacity(row.len());
            for cell in row {
                cells.push(at);
                at += cell.text.len() + 1;
            }
            rows.push(cells);
            at += 1;
        }
        rows
    }
}
