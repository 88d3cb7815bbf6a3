//! Where a document's text goes at a given width.
//!
//! Layout names a [`Role`] for every span and never a colour, so a change of theme repaints
//! without laying out again. Every leaf is laid out by itself, so a [`Page`] lays out only what
//! is looked at: a megabyte opens as fast as a page.

mod code;
mod flow;
mod frame;
mod highlight;
mod math;
mod ornament;
mod page;
mod prose;
mod table;

pub use highlight::highlight;
pub use page::{Page, Row};

use crate::document::{Block, BlockKind, Document};
use crate::layout::flow::Flow;
use crate::layout::frame::Frame;
use crate::layout::ornament::Ornaments;
use crate::text::{self, Safe};

/// What a span means to the reader; [`crate::theme`] says how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Running text.
    Text,
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Emphasis and strong emphasis at once.
    StrongEmphasis,
    /// Struck through.
    Strikethrough,
    /// Code in running text.
    Code,
    /// A formula.
    Math,
    /// A link.
    Link,
    /// Code that is a link.
    CodeLink,
    /// An image's alternative text.
    Image,
    /// A footnote's number or label.
    Footnote,
    /// HTML shown as text.
    Html,
    /// A heading of the first level.
    Title,
    /// A heading of the second level.
    Heading,
    /// A heading of the third level and below.
    Subheading,
    /// A list's bullet or number.
    Marker,
    /// A task that is done.
    Done,
    /// A task that is open.
    Open,
    /// The bar beside a quote.
    QuoteBar,
    /// Quoted text.
    Quote,
    /// The word and bar of a note.
    AlertNote,
    /// The word and bar of a tip.
    AlertTip,
    /// The word and bar of something important.
    AlertImportant,
    /// The word and bar of a warning.
    AlertWarning,
    /// The word and bar of a caution.
    AlertCaution,
    /// Rules and borders: of tables, of code.
    Rule,
    /// A code block's language and notes.
    CodeLabel,
    /// Text of a code block.
    CodeText,
    /// A comment in code.
    CodeComment,
    /// A string in code.
    CodeString,
    /// A number or constant in code.
    CodeNumber,
    /// A keyword in code.
    CodeKeyword,
    /// A function's name in code.
    CodeFunction,
    /// A type's name in code.
    CodeType,
    /// A name in code that carries meaning: key, attribute, tag, variable.
    CodeName,
    /// An added line of a diff.
    CodeAdded,
    /// A removed line of a diff.
    CodeRemoved,
    /// A table's head.
    TableHead,
    /// A folded passage's summary.
    Summary,
}

/// A run of text with one role, on one line.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// The text.
    pub text: Safe,
    /// Its meaning.
    pub role: Role,
    /// The byte of the block's text that it begins at; none for what layout adds (markers,
    /// borders, padding). The text is that part of the block's text, letter for letter.
    pub at: Option<usize>,
}

/// One row of cells.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    /// The text, left to right.
    pub spans: Vec<Span>,
    /// The byte of the block's text that the row begins at.
    pub start: usize,
}

/// A place in a document that no change of width moves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Which leaf.
    pub block: usize,
    /// How many bytes into the leaf's text.
    pub offset: usize,
}

/// What a reader may choose about the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// The width of the text in cells; at least 1.
    pub width: usize,
    /// Ornaments of ASCII only, for terminals and locales without Unicode.
    pub ascii: bool,
}

impl Span {
    /// Something that layout adds.
    fn ornament(text: Safe, role: Role) -> Self {
        Self { text, role, at: None }
    }
}

impl Line {
    /// How many cells it takes.
    pub fn width(&self) -> usize {
        self.spans.iter().map(|span| text::width(&span.text)).sum()
    }
}

/// Lays out one leaf: the blank rows above it and its own rows.
///
/// The rows' starts never decrease, and no row is wider than `measure.width`.
pub fn lay_out(document: &Document, block: usize, measure: Measure) -> Vec<Line> {
    let Some(leaf) = document.blocks.get(block) else { return vec![] };
    let measure = Measure { width: measure.width.max(1), ..measure };
    let frame = Frame::around(document, block, measure);
    let inner = Measure { width: frame.inner_width(), ..measure };
    let mut own = rows(document, block, leaf, inner);
    if let Some(first) = own.first_mut() {
        first.start = 0;
    }
    frame.rows(gap(document, block, leaf), own)
}

/// The rows of a leaf without what it stands in; at least one.
fn rows(document: &Document, block: usize, leaf: &Block, measure: Measure) -> Vec<Line> {
    let base = frame::base_role(document, block);
    match &leaf.kind {
        BlockKind::Heading { level, prose, .. } => {
            let flow = Flow::of(document, prose, heading_role(*level));
            prose::rows(&flow, measure.width)
        }
        BlockKind::Paragraph(prose) => prose::rows(&Flow::of(document, prose, base), measure.width),
        BlockKind::Code(code) => code::rows(document, block, code, measure),
        BlockKind::Math(text) => math::rows(text, measure.width),
        BlockKind::Table(table) => table::rows(document, table, measure),
        BlockKind::Rule => vec![rule(measure)],
        BlockKind::Html(text) => prose::rows(&Flow::plain(text, Role::Html), measure.width),
    }
}

fn heading_role(level: u8) -> Role {
    match level {
        1 => Role::Title,
        2 => Role::Heading,
        _ => Role::Subheading,
    }
}

/// A thematic break: short and centred, so that it does not look like a border.
fn rule(measure: Measure) -> Line {
    let length = (measure.width / 3).max(1);
    let space = Safe::repeat(" ", (measure.width - length) / 2);
    let rule = Safe::repeat(Ornaments::of(measure).rule, length);
    let spans = vec![Span::ornament(space, Role::Text), Span::ornament(rule, Role::Rule)];
    Line { spans: spans.into_iter().filter(|span| !span.text.is_empty()).collect(), start: 0 }
}

/// How many blank rows stand above a leaf.
fn gap(document: &Document, block: usize, leaf: &Block) -> usize {
    match leaf.kind {
        _ if block == 0 || leaf.tight => 0,
        BlockKind::Heading { level: ..=2, .. } if leaf.container.is_none() => 2,
        BlockKind::Code(_) if code::is_tied(document, block) => 0,
        _ => 1,
    }
}
