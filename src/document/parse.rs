//! Markdown text to [`Document`]. The only module that knows the Markdown parser.
//!
//! It is total and takes time in proportion to the text: nothing recurses, and nesting deeper
//! than a page can show is flattened.

mod frames;
mod html;
mod inline;
mod leaves;
mod notes;
mod table;
mod urls;

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

use crate::document::parse::frames::Frames;
use crate::document::parse::inline::{Inlines, Running};
use crate::document::parse::leaves::Leaves;
use crate::document::parse::notes::Notes;
use crate::document::parse::table::Rows;
use crate::document::{Alert, BlockKind, Code, ContainerKind, Document, MarkKind};
use crate::text::{self, Safe};

const FLAGS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_MATH)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_WIKILINKS);

/// Parses Markdown; the front matter is split off before.
pub fn parse(markdown: &str) -> Document {
    let mut builder = Builder { markdown, ..Builder::default() };
    for (event, source) in Parser::new_ext(markdown, FLAGS).into_offset_iter() {
        builder.event(event, source);
    }
    builder.finish()
}

/// The leaf that is being read.
#[derive(Default)]
enum Open {
    #[default]
    Nothing,
    /// Text that stands in a tight item, without a paragraph of its own.
    Bare,
    Paragraph,
    Heading(u8, Option<String>),
    Code(Safe, Safe),
    Html,
    Cell,
}

#[derive(Default)]
struct Builder<'a> {
    markdown: &'a str,
    leaves: Leaves,
    frames: Frames,
    notes: Notes,
    inlines: Inlines,
    rows: Rows,
    open: Open,
    /// Where the open leaf stands in the source.
    source: Range<usize>,
    /// The text of open code or HTML.
    raw: String,
    hidden: usize,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, source: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, source),
            Event::End(end) => self.end(end),
            Event::Rule => {
                self.end_bare();
                self.leaf(BlockKind::Rule, source);
            }
            Event::TaskListMarker(done) => {
                if let Some(task) = self.frames.task() {
                    *task = Some(done);
                }
            }
            Event::Text(text) => self.text(&text, &source),
            Event::Html(html) => self.raw.push_str(&html),
            inline => self.inline(inline, &source),
        }
    }

    fn text(&mut self, text: &str, source: &Range<usize>) {
        match self.open {
            Open::Code(..) | Open::Html => self.raw.push_str(text),
            _ => self.running(source).text(text),
        }
    }

    fn inline(&mut self, event: Event<'_>, source: &Range<usize>) {
        let number = match &event {
            Event::FootnoteReference(label) => self.notes.number(label),
            _ => 0,
        };
        let inlines = self.running(source);
        match event {
            Event::Code(code) => inlines.code(&code),
            Event::InlineMath(math) => inlines.math(&math),
            Event::DisplayMath(math) => inlines.display(&math),
            Event::InlineHtml(html) => inlines.html(&html),
            Event::FootnoteReference(label) => inlines.footnote(&notes::key(&label), number),
            Event::SoftBreak => inlines.soft_break(),
            Event::HardBreak => inlines.hard_break(),
            _ => {}
        }
    }

    /// The running text; opens a leaf for text that has none.
    fn running(&mut self, source: &Range<usize>) -> &mut Inlines {
        if matches!(self.open, Open::Nothing) {
            self.open = Open::Bare;
            self.source = source.clone();
        }
        if matches!(self.open, Open::Bare) {
            self.source.end = self.source.end.max(source.end);
        }
        &mut self.inlines
    }

    fn start(&mut self, tag: Tag<'_>, source: Range<usize>) {
        match tag {
            Tag::Emphasis => self.running(&source).open(MarkKind::Emphasis),
            Tag::Strong => self.running(&source).open(MarkKind::Strong),
            Tag::Strikethrough => self.running(&source).open(MarkKind::Strikethrough),
            Tag::Link { dest_url, title, .. } => self.running(&source).link(&dest_url, &title),
            Tag::Image { dest_url, title, .. } => self.running(&source).image(&dest_url, &title),
            Tag::TableRow | Tag::TableHead => self.rows.begin(),
            Tag::TableCell => self.open = Open::Cell,
            tag => {
                self.end_bare();
                self.start_block(tag, source);
            }
        }
    }

    fn start_block(&mut self, tag: Tag<'_>, source: Range<usize>) {
        match tag {
            Tag::BlockQuote(kind) => self.frames.open(quote(kind)),
            Tag::List(start) => self.frames.open_list(start),
            Tag::Item => {
                if frames::blank_above(self.markdown, source.start) {
                    self.frames.space_items();
                }
                self.frames.open_item(source);
            }
            Tag::FootnoteDefinition(label) => {
                let label = Safe::line(&notes::key(&label));
                self.frames.open(ContainerKind::Footnote { number: 0, label });
            }
            Tag::Table(columns) => self.rows.open(&columns, source),
            Tag::Paragraph => {
                self.frames.loosen();
                self.open(Open::Paragraph, source);
            }
            Tag::Heading { level, id, .. } => {
                let id = id.map(CowStr::into_string);
                self.open(Open::Heading(level as u8, id), source);
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                let (language, info) = split_info(&info);
                self.open(Open::Code(language, info), source);
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                self.open(Open::Code(Safe::default(), Safe::default()), source);
            }
            Tag::HtmlBlock => self.open(Open::Html, source),
            _ => {}
        }
    }

    fn open(&mut self, open: Open, source: Range<usize>) {
        self.open = open;
        self.source = source;
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => {
                self.inlines.close();
            }
            TagEnd::Image => self.inlines.close_image(),
            TagEnd::Paragraph | TagEnd::Heading(_) => self.end_running(),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::TableCell => {
                let running = self.take_running();
                self.rows.cell(running.prose);
                self.open = Open::Nothing;
            }
            TagEnd::Table => self.end_table(),
            TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition | TagEnd::Item => {
                self.end_bare();
                self.fill_empty();
                self.frames.close();
            }
            TagEnd::List(_) => self.close_list(),
            _ => {}
        }
    }

    fn end_bare(&mut self) {
        if matches!(self.open, Open::Bare) {
            self.frames.tighten();
            self.end_running();
        }
    }

    fn end_running(&mut self) {
        let running = self.take_running();
        let source = self.source.clone();
        match std::mem::take(&mut self.open) {
            Open::Heading(level, id) => {
                let anchor = self.leaves.anchor(&running.prose, id);
                self.leaf(BlockKind::Heading { level, prose: running.prose, anchor }, source);
            }
            _ => match running.display {
                Some(math) => self.leaf(BlockKind::Math(math), source),
                None if running.prose.text.is_empty() => {}
                None => self.leaf(BlockKind::Paragraph(running.prose), source),
            },
        }
    }

    fn take_running(&mut self) -> Running {
        let running = self.inlines.finish(&mut self.leaves.links);
        self.hidden += running.hidden;
        running
    }

    fn end_code(&mut self) {
        let raw = std::mem::take(&mut self.raw);
        self.hidden += text::hidden(&raw);
        if let Open::Code(language, info) = std::mem::take(&mut self.open) {
            let text = Safe::code(raw.strip_suffix('\n').unwrap_or(&raw));
            self.leaf(BlockKind::Code(Code { language, info, text }), self.source.clone());
        }
    }

    fn end_html(&mut self) {
        self.open = Open::Nothing;
        let raw = std::mem::take(&mut self.raw);
        self.hidden += text::hidden(&raw);
        for piece in html::pieces(&raw) {
            match piece {
                html::Piece::Text(text) => self.html(&text),
                html::Piece::Open { summary, tag } => {
                    let summary = summary.map(|summary| inline::of_html(&summary));
                    let at = self.leaves.blocks.len();
                    if !self.frames.open_details(summary, tag, at) {
                        self.html(tag);
                    }
                }
                html::Piece::Summary { summary, tag } => {
                    if !self.frames.summarise(inline::of_html(&summary)) {
                        self.html(tag);
                    }
                }
                html::Piece::Close(tag) => self.close_details(tag),
            }
        }
    }

    fn close_details(&mut self, tag: &str) {
        if self.frames.in_details() {
            self.fill_empty();
            self.frames.close_details();
        } else {
            self.html(tag);
        }
    }

    fn html(&mut self, text: &str) {
        let text = Safe::code(text.trim_matches('\n').trim_end());
        if !text.trim().is_empty() {
            self.leaf(BlockKind::Html(text), self.source.clone());
        }
    }

    fn end_table(&mut self) {
        let (table, source) = self.rows.close();
        self.open = Open::Nothing;
        for kind in table::fitted(table) {
            self.leaf(kind, source.clone());
        }
    }

    fn close_list(&mut self) {
        self.end_bare();
        for block in self.frames.close_list() {
            self.leaves.tighten(block);
        }
    }

    /// A container without a leaf would not be seen.
    fn fill_empty(&mut self) {
        if let Some(source) = self.frames.empty() {
            self.leaf(BlockKind::Paragraph(inline::nothing()), source);
        }
    }

    fn leaf(&mut self, kind: BlockKind, source: Range<usize>) {
        self.frames.fill(self.leaves.blocks.len());
        self.leaves.push(kind, self.frames.container(), source);
    }

    fn finish(mut self) -> Document {
        self.end_bare();
        let (containers, broken) = self.frames.finish();
        let mut document = self.leaves.into_document(containers);
        document.bytes = self.markdown.len();
        document.hidden = self.hidden;
        self.notes.settle(&mut document, broken);
        document
    }
}

fn quote(kind: Option<BlockQuoteKind>) -> ContainerKind {
    let alert = match kind {
        None => return ContainerKind::Quote,
        Some(BlockQuoteKind::Note) => Alert::Note,
        Some(BlockQuoteKind::Tip) => Alert::Tip,
        Some(BlockQuoteKind::Important) => Alert::Important,
        Some(BlockQuoteKind::Warning) => Alert::Warning,
        Some(BlockQuoteKind::Caution) => Alert::Caution,
    };
    ContainerKind::Alert(alert)
}

/// The language of an info string, and the rest of it.
fn split_info(info: &str) -> (Safe, Safe) {
    let info = info.trim();
    let ends = |c: char| c.is_whitespace() || c == ',';
    let (language, rest) = info.split_once(ends).unwrap_or((info, ""));
    (Safe::line(&language.to_lowercase()), Safe::line(rest.trim()))
}
