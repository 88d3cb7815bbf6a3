//! Where a document's text goes at a given width.
//!
//! Layout names a [`Role`] for every span and never a colour, so a change of theme repaints
//! without laying out again. Every leaf is laid out by itself, so a [`Page`] lays out only what
//! is looked at: a megabyte opens as fast as a page.

mod chart;
mod code;
mod flow;
mod frame;
mod highlight;
mod math;
mod ornament;
mod page;
mod picture;
mod prose;
mod sideways;
mod table;

pub use highlight::highlight;
pub use math::{formula, line};
pub use page::{Page, Row};
pub use picture::{Cells, Pictures, Place, picture};
pub use sideways::{Lines, Manner, Numbers, Spacing};

use std::ops::Range;

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
    /// A word whose long form can be peeked at.
    Abbreviation,
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
    /// The first series of a chart.
    SeriesA,
    /// The second.
    SeriesB,
    /// The third.
    SeriesC,
    /// The fourth.
    SeriesD,
    /// The fifth.
    SeriesE,
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
    fn coloured(&self, parts: &[(Range<usize>, Role)]) -> Vec<Self> {
        let Some(at) = self.at.filter(|_| self.role == Role::CodeText) else {
            return vec![self.clone()];
        };
        let end = at + self.text.len();
        let mut spans = vec![];
        let mut done = at;
        let first = parts.partition_point(|(range, _)| range.end <= at);
        let within = parts.iter().skip(first).take_while(|(range, _)| range.start < end);
        for (range, role) in within {
            spans.push(self.part(done..range.start, Role::CodeText));
            let start = range.start.max(at);
            done = range.end.min(end);
            spans.push(self.part(start..done, *role));
        }
        spans.push(self.part(done..end, Role::CodeText));
        spans.retain(|span| !span.text.is_empty());
        spans
    }

    /// A part of the span, by bytes of the leaf's text.
    fn part(&self, range: Range<usize>, role: Role) -> Self {
        let at = self.at.unwrap_or(0);
        let text = self.text.slice(range.start.saturating_sub(at)..range.end.saturating_sub(at));
        Self { text, role, at: Some(range.start) }
    }

    /// Something that layout adds.
    fn ornament(text: Safe, role: Role) -> Self {
        Self { text, role, at: None }
    }
}

impl Line {
    /// This row of code in the colours that [`highlight`] found.
    #[must_use]
    pub fn coloured(&self, parts: &[(Range<usize>, Role)]) -> Self {
        let spans = self.spans.iter().flat_map(|span| span.coloured(parts));
        Self { spans: spans.collect(), start: self.start }
    }

    /// How many cells it takes.
    pub fn width(&self) -> usize {
        self.spans.iter().map(|span| text::width(&span.text)).sum()
    }
}

/// Lays out one leaf: the blank rows above it and its own rows.
///
/// The rows' starts never decrease, and no row is wider than `measure.width`.
pub fn lay_out(document: &Document, block: usize, measure: Measure) -> Vec<Line> {
    lay_out_in(document, block, measure, Manner::default())
}

/// The same, with code and tables set in a manner of the reader's.
pub fn lay_out_in(
    document: &Document,
    block: usize,
    measure: Measure,
    manner: Manner,
) -> Vec<Line> {
    let Some(leaf) = document.blocks.get(block) else { return vec![] };
    let measure = Measure { width: measure.width.max(1), ..measure };
    let frame = Frame::around(document, block, measure);
    let inner = Measure { width: frame.inner_width(), ..measure };
    let pictured = picture::rows((document, block), inner, manner);
    let is_pictured = pictured.is_some();
    let mut own = pictured.unwrap_or_else(|| rows(document, block, inner, manner));
    if let Some(first) = own.first_mut() {
        first.start = 0;
    }
    let gap = gap(document, block, leaf);
    if manner.spacing == Spacing::Single {
        return frame.rows(gap, own);
    }
    if is_pictured {
        return frame.rows(gap + 1, own);
    }
    // Paragraphs stand further apart than their rows.
    frame.rows(if block > 0 { gap + 1 } else { gap }, spaced(leaf, own))
}

/// Rows of prose with a blank one between two.
fn spaced(leaf: &Block, rows: Vec<Line>) -> Vec<Line> {
    let is_prose = matches!(
        leaf.kind,
        BlockKind::Paragraph(_) | BlockKind::Summary(_) | BlockKind::Heading { .. }
    );
    if !is_prose {
        return rows;
    }
    let mut out: Vec<Line> = Vec::with_capacity(2 * rows.len());
    for row in rows {
        if !out.is_empty() {
            // It belongs to the row below, so that a place is never found in it.
            out.push(Line { spans: vec![], start: row.start });
        }
        out.push(row);
    }
    out
}

/// The rows of a leaf without what it stands in; at least one.
fn rows(document: &Document, block: usize, measure: Measure, manner: Manner) -> Vec<Line> {
    let Some(leaf) = document.blocks.get(block) else { return vec![] };
    let base = frame::base_role(document, block);
    match &leaf.kind {
        BlockKind::Heading { level, prose, .. } => {
            let flow = Flow::of(document, prose, heading_role(*level), measure);
            prose::rows(&flow, measure.width)
        }
        BlockKind::Summary(prose) => {
            prose::rows(&Flow::of(document, prose, Role::Summary, measure), measure.width)
        }
        BlockKind::Paragraph(prose) => {
            prose::rows(&Flow::of(document, prose, base, measure), measure.width)
        }
        BlockKind::Code(code) => code::rows((document, block), code, measure, manner),
        BlockKind::Math(text) => math::rows(text, measure),
        BlockKind::Table(table) if manner.lines == Lines::Cut => {
            let natural = Measure { width: NATURAL, ..measure };
            let rows = table::rows(document, table, natural);
            rows.iter().map(|row| sideways::cut(row, manner.shift, measure)).collect()
        }
        BlockKind::Table(table) => table::rows(document, table, measure),
        BlockKind::Rule => vec![rule(measure)],
        BlockKind::Html(text) => prose::rows(&Flow::plain(text, Role::Html), measure.width),
    }
}

/// Wider than any table has to be.
const NATURAL: usize = 4096;

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
        BlockKind::Code(_) if document.is_printed(block) => 0,
        _ => 1,
    }
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test that cuts a character has failed")]
mod tests {
    use crate::document;

    use super::*;

    /// The page as text, with ornaments.
    pub(super) fn shown(markdown: &str, width: usize) -> String {
        page(markdown, Measure { width, ascii: false })
    }

    pub(super) fn page(markdown: &str, measure: Measure) -> String {
        let document = document::parse(markdown);
        let lines = (0..document.blocks.len()).flat_map(|block| lay_out(&document, block, measure));
        let rows = lines.map(|line| {
            let text: String = line.spans.iter().map(|span| span.text.as_str()).collect();
            text.trim_end().to_owned() + "\n"
        });
        rows.collect()
    }

    /// Texts and roles of all rows; `¹` before what layout adds.
    pub(super) fn roles(markdown: &str, width: usize) -> Vec<String> {
        let document = document::parse(markdown);
        let measure = Measure { width, ascii: false };
        let lines = (0..document.blocks.len()).flat_map(|block| lay_out(&document, block, measure));
        let name = |span: &Span| {
            let added = if span.at.is_none() { "¹" } else { "" };
            format!("{added}{:?}({})", span.role, span.text)
        };
        lines.map(|line| line.spans.iter().map(name).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn blank_rows_set_leaves_apart() {
        assert_eq!(shown("# a\n\nb\n\n## c\n\nd\n\n### e", 20), "a\n\nb\n\n\nc\n\nd\n\ne\n");
        assert_eq!(shown("## a\n\nb", 20), "a\n\nb\n");
        assert_eq!(shown("a\n- b\n- c\n\nd", 20), "a\n\n• b\n• c\n\nd\n");
    }

    #[test]
    fn headings_have_a_role_by_their_level_and_keep_code_and_links() {
        assert_eq!(
            roles("# a *b* `c` [d](e)\n### f\n##### g", 40),
            ["Title(a b ) Code(c) Title( ) Link(d)", "", "Subheading(f)", "", "Subheading(g)"]
        );
    }

    #[test]
    fn marks_become_roles() {
        assert_eq!(
            roles("a *b **c*** ~~d~~ `e` [`f`](g) $h$ <i> i[^1]\n\n[^1]: j", 80),
            [
                "Text(a ) Emphasis(b ) StrongEmphasis(c) Text( ) Strikethrough(d) Text( ) Code(e) \
                 Text( ) CodeLink(f) Text( ) ¹Math(h) Text( ) Html(<i>) Text( i) Footnote([1])",
                "",
                "¹Rule(────────)",
                "¹Footnote([1] ) Text(j)",
            ]
        );
    }

    #[test]
    fn an_image_is_its_text_and_its_target() {
        // Of one on another machine the address says less than the text.
        assert_eq!(shown("![a](https://b.example/c.svg)", 40), "[image: a]\n");
        assert_eq!(shown("![](https://b.example/c.svg)", 40), "[image: c.svg]\n");
        assert_eq!(shown("![a *b*](c.png)", 40), "[image: a b] (c.png)\n");
        let long = format!("![a]({})", "x".repeat(500));
        assert_eq!(shown(&long, 80), format!("[image: a] ({}...)\n", "x".repeat(48)));
    }

    #[test]
    fn a_thematic_break_is_short_and_centred() {
        assert_eq!(shown("***", 12), "    ────\n");
        assert_eq!(page("***", Measure { width: 3, ascii: true }), " -\n");
    }

    #[test]
    fn colours_part_a_row_of_code_and_keep_its_places() {
        let document = document::parse("```python\nx = 1 # y\n```");
        let BlockKind::Code(code) = &document.blocks[0].kind else { panic!() };
        let parts = highlight(code, &mut || true).unwrap();
        for width in [3, 8, 40] {
            let lines = lay_out(&document, 0, Measure { width, ascii: false });
            for line in lines {
                let spans = line.coloured(&parts).spans;
                assert!(
                    spans.iter().all(|span| span
                        .at
                        .is_none_or(|at| code.text[at..].starts_with(&*span.text)))
                );
                let text =
                    |spans: &[Span]| spans.iter().map(|it| it.text.to_string()).collect::<String>();
                assert_eq!(text(&spans), text(&line.spans));
            }
        }
        let line = &lay_out(&document, 0, Measure { width: 40, ascii: false })[1];
        let roles: Vec<Role> = line.coloured(&parts).spans.iter().map(|span| span.role).collect();
        assert_eq!(roles, [Role::CodeText, Role::CodeNumber, Role::CodeText, Role::CodeComment]);
    }
}
