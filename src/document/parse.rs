//! Markdown text to [`Document`]. The only module that knows the Markdown parser.
//!
//! It is total and takes time in proportion to the text: nothing recurses, and nesting deeper
//! than a page can show is flattened.

mod abbreviations;
mod displays;
mod fences;
mod frames;
mod html;
mod inline;
mod leaves;
mod notes;
mod summaries;
mod table;
mod tags;
mod urls;

pub use fences::{Fenced, fences};

use std::ops::Range;

use pulldown_cmark::{
    BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd,
};

use crate::document::parse::abbreviations::Abbreviations;
use crate::document::parse::frames::Frames;
use crate::document::parse::inline::{Inlines, Running};
use crate::document::parse::leaves::Leaves;
use crate::document::parse::notes::Notes;
use crate::document::parse::table::Rows;
use crate::document::parse::tags::{Bit, Sets};
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
    let (markdown, abbreviations) = abbreviations::taken_out(markdown);
    let markdown = displays::joined(&markdown);
    let mut builder = Builder { markdown: &markdown, abbreviations, ..Builder::default() };
    for (event, source) in Parser::new_ext(&markdown, FLAGS).into_offset_iter() {
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
    abbreviations: Abbreviations,
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
            Tag::Link { link_type: LinkType::Email, dest_url, title, .. } => {
                self.running(&source).link(&format!("mailto:{dest_url}"), &title);
            }
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
        let running = self.inlines.finish(&mut self.leaves.links, &self.abbreviations);
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
                html::Piece::Text(text) => self.set_html(&text),
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

    /// Text with tags that say how it is set; other HTML is shown as it is written.
    fn set_html(&mut self, html: &str) {
        let Some(bits) = tags::bits(html) else { return self.html(html) };
        for bit in bits {
            let tag = match bit {
                Bit::Text(text) => {
                    self.inlines.html_text(text);
                    continue;
                }
                Bit::Tag(tag) => tag,
            };
            match tag.sets() {
                Some(Sets::Block | Sets::Heading(_)) => {
                    self.end_running();
                    if let (Some(Sets::Heading(level)), false) = (tag.sets(), tag.closes) {
                        self.open = Open::Heading(level, None);
                    }
                }
                Some(Sets::Rule) => {
                    self.end_running();
                    self.leaf(BlockKind::Rule, self.source.clone());
                }
                _ => self.inlines.html(tag.written()),
            }
        }
        self.end_running();
    }

    fn html(&mut self, text: &str) {
        let text = Safe::code(html::broken(text).trim_matches('\n').trim_end());
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
        document.abbreviations = self.abbreviations.into_list();
        self.notes.settle(&mut document, broken);
        summaries::insert(&mut document);
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

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test that cuts a character has failed")]
mod tests {
    use crate::document::{LEAF_BYTES, LinkKind, Mark, Prose};

    use super::*;

    /// A line for each leaf: `=` if it is set close, what it stands in, what it is.
    fn shape(markdown: &str) -> Vec<String> {
        let document = parse(markdown);
        let leaf = |(index, block): (usize, &crate::document::Block)| {
            let mut around: Vec<String> = document
                .around(index)
                .map(|(_, container)| container_name(&container.kind))
                .collect();
            around.reverse();
            let kind = match &block.kind {
                BlockKind::Heading { level, prose, anchor } => {
                    format!("h{level} {} #{anchor}", shown(prose))
                }
                BlockKind::Paragraph(prose) => format!("p {}", shown(prose)),
                BlockKind::Summary(prose) => format!("s {}", shown(prose)),
                BlockKind::Code(code) => {
                    format!("code {}|{}|{}", code.language, code.info, code.text)
                }
                BlockKind::Math(text) => format!("math {text}"),
                BlockKind::Html(text) => format!("html {text}"),
                BlockKind::Rule => "rule".to_owned(),
                BlockKind::Table(table) => format!(
                    "table {:?} {:?}",
                    table.columns,
                    table
                        .rows
                        .iter()
                        .map(|row| row.iter().map(shown).collect())
                        .collect::<Vec<Vec<_>>>()
                ),
            };
            format!("{}{}{kind}", if block.tight { "=" } else { "" }, around.concat())
        };
        document.blocks.iter().enumerate().map(leaf).collect()
    }

    fn container_name(kind: &ContainerKind) -> String {
        match kind {
            ContainerKind::Quote => "> ".to_owned(),
            ContainerKind::Alert(alert) => format!("!{alert:?} "),
            ContainerKind::Bullet { depth, task } => format!("*{depth}{} ", task_name(*task)),
            ContainerKind::Number { number, width, task } => {
                format!("{number}.{width}{} ", task_name(*task))
            }
            ContainerKind::Footnote { number, label } => format!("^{number}{label} "),
            ContainerKind::Details(summary) => format!("({}) ", shown(summary)),
        }
    }

    fn task_name(task: Option<bool>) -> &'static str {
        task.map_or("", |done| if done { "x" } else { "o" })
    }

    /// The text with its marks in brackets.
    fn shown(prose: &Prose) -> String {
        let mut shown = String::new();
        for (at, c) in prose.text.char_indices().chain([(prose.text.len(), '\0')]) {
            for mark in prose.marks.iter().rev().filter(|mark| mark.range.end == at) {
                shown.extend(['}', sign(mark)]);
            }
            for _ in prose.marks.iter().filter(|mark| mark.range.start == at) {
                shown.push('{');
            }
            shown.extend((c != '\0').then_some(if c == '\n' { '⏎' } else { c }));
        }
        shown
    }

    fn sign(mark: &Mark) -> char {
        match mark.kind {
            MarkKind::Emphasis => 'e',
            MarkKind::Strong => 's',
            MarkKind::Strikethrough => '~',
            MarkKind::Code => 'c',
            MarkKind::Math => 'm',
            MarkKind::Link(_) => 'l',
            MarkKind::Image(_) => 'i',
            MarkKind::Footnote(_) => 'f',
            MarkKind::Html => 'h',
            MarkKind::Abbreviation(_) => 'a',
        }
    }

    #[test]
    fn marks_nest_and_cover_exactly_their_text() {
        assert_eq!(shape("a *b **c** d* `e` ~~f~~"), ["p a {b {c}s d}e {e}c {f}~"]);
        assert_eq!(shape("***a***"), ["p {{a}s}e"]);
        assert_eq!(shape("[*a*](b) ![c *d*](e)"), ["p {{a}e}l {c d}i"]);
        assert_eq!(shape("costs $5, $x^2$ and `$y$`"), ["p costs $5, {$x^2$}m and {$y$}c"]);
    }

    #[test]
    fn headings_have_anchors() {
        assert_eq!(
            shape("# A `b`\n## A b\nC\n--- \n### D {#own .x}\n# E[^1]\n\n[^1]: f"),
            ["h1 A {b}c #a-b", "h2 A b #a-b-1", "h2 C #c", "h3 D #own", "h1 E{[1]}f #e", "^11 p f"]
        );
        assert_eq!(parse("a\n\n## B").anchors.get("b"), Some(&1));
    }

    #[test]
    fn tight_lists_are_set_close_and_loose_ones_apart() {
        assert_eq!(
            shape("a\n- b\n- c\n  - d\n- e\n\nf"),
            ["p a", "*0 p b", "=*0 p c", "=*0 *1 p d", "=*0 p e", "p f"]
        );
        assert_eq!(
            shape("- b\n\n- c\n  - d\n  - e"),
            ["*0 p b", "*0 p c", "*0 *1 p d", "=*0 *1 p e"]
        );
        assert_eq!(shape("- b\n\n  c\n- d"), ["*0 p b", "*0 p c", "*0 p d"]);
        assert_eq!(shape("- a\n  ```\n  b\n  ```\n- c"), ["*0 p a", "=*0 code ||b", "=*0 p c"]);
    }

    #[test]
    fn lists_of_code_are_loose_when_a_blank_line_parts_them() {
        let fence = "- ```\n  a\n  ```\n";
        assert_eq!(shape(&fence.repeat(2)), ["*0 code ||a", "=*0 code ||a"]);
        assert_eq!(shape(&format!("{fence}\n{fence}")), ["*0 code ||a", "*0 code ||a"]);
        assert_eq!(
            shape("> - ```\n>   a\n>\n>   b\n> - ```\n>   c"),
            ["> *0 code ||a\n\nb", "=> *0 code ||c"]
        );
    }

    #[test]
    fn numbers_line_up_and_empty_items_are_seen() {
        assert_eq!(shape("9. a\n10. b\n11."), ["9.3 p a", "=10.3 p b", "=11.3 p "]);
        assert_eq!(shape("- [ ] a\n- [x] b\n1. [X] c"), ["*0o p a", "=*0x p b", "1.2x p c"]);
    }

    #[test]
    fn quotes_and_alerts_stand_around_their_text() {
        assert_eq!(shape("> a\nb\n>\n> > c\n\n> [!TIP]\n> d"), ["> p a b", "> > p c", "!Tip p d"]);
        assert_eq!(shape(">"), Vec::<String>::new());
    }

    #[test]
    fn code_has_a_language_and_the_rest_of_the_info_string() {
        assert_eq!(
            shape("```Python run=3 alt=\"a b\"\nx\n\n```\n\n    y\n\n```rust,ignore\n```"),
            ["code python|run=3 alt=\"a b\"|x\n", "code ||y", "code rust|ignore|"]
        );
        assert_eq!(shape("```\nopen"), ["code ||open"]);
    }

    #[test]
    fn tables_have_a_cell_for_every_column() {
        assert_eq!(
            shape("|a|b|c|\n|:-|:-:|-:|\n|`d`|\n|e|f\\|g|h|i|"),
            [
                "table [Left, Center, Right] [[\"a\", \"b\", \"c\"], [\"{d}c\", \"\", \"\"], [\"e\", \"f|g\", \"h\"]]"
            ]
        );
    }

    #[test]
    fn footnotes_are_numbered_as_they_are_met_and_stand_at_the_end() {
        let markdown = "[^unused]: u\n\n[^b]: note b\n\n    more\n\na[^c] d[^b] e[^c]\n\n[^c]: note c[^b]\n\nend [^none]";
        assert_eq!(
            shape(markdown),
            [
                "p a{[1]}f d{[2]}f e{[1]}f",
                "p end [^none]",
                "^1c p note c{[2]}f",
                "=^2b p note b",
                "^2b p more",
                "=^3unused p u"
            ]
        );
        let document = parse(markdown);
        assert_eq!(document.footnotes.get("b"), Some(&3));
        let link = document.links.iter().find(|link| link.kind == LinkKind::Footnote).unwrap();
        assert_eq!((link.target.as_str(), link.block, link.range.clone()), ("c", 0, 1..4));
    }

    #[test]
    fn details_open_and_close() {
        assert_eq!(
            shape(
                "<details><summary>Why `a` &amp; <b>b</b>? 1. c</summary>\n\nBecause *d*.\n\n- e\n\n</details>\n\nf"
            ),
            [
                "(Why {a}c & b? 1. c) s Why {a}c & b? 1. c",
                "=(Why {a}c & b? 1. c) p Because {d}e.",
                "(Why {a}c & b? 1. c) *0 p e",
                "p f"
            ]
        );
        assert_eq!(
            shape("<details>\n\n<summary>1. a</summary>\n\nb\n\n</details>"),
            ["(1. a) s 1. a", "=(1. a) p b"]
        );
        assert_eq!(
            shape("<details>\nraw\n</details>\nafter"),
            ["() s Details", "=() html raw", "html after"]
        );
        assert_eq!(shape("<details><summary>a</summary></details>"), ["(a) s a", "=(a) p "]);
    }

    #[test]
    fn unbalanced_details_are_inert_text() {
        assert_eq!(
            shape("a\n\n<details><summary>s</summary>\n\nb\n\n> c"),
            ["p a", "html <details>", "p b", "> p c"]
        );
        assert_eq!(shape("a\n\n</details>\n\nb"), ["p a", "html </details>", "p b"]);
        assert_eq!(
            shape("- <details>\n\n  a\n\n</details>\n\n## b\n\n[^1]: c"),
            ["*0 html <details>", "*0 p a", "html </details>", "h2 b #b", "^11 p c"]
        );
        assert_eq!(parse("<details>\n\n## b").anchors.get("b"), Some(&1));
    }

    #[test]
    fn a_line_of_a_formula_is_no_heading_and_no_list() {
        let shown = shape("$$\na\n=\nb\n- 1\n$$\n\nc");
        assert_eq!(shown, ["math a = b - 1", "p c"]);
    }

    #[test]
    fn tags_that_say_how_text_is_set_do_and_others_are_shown() {
        assert_eq!(
            shape("<h1 align=center>A &amp; b</h1>\n<p>c<br><img alt=d src=e.png> f</p>"),
            ["h1 A & b #a--b", "p c⏎{d}i f"]
        );
        assert_eq!(shape("<p>a</p><hr/><p>b</p>"), ["p a", "rule", "p b"]);
        assert_eq!(shape("<hr>\n\na <hr> b"), ["rule", "p a {<hr>}h b"]);
        assert_eq!(
            shape("<table><tr><td>a</td></tr></table>"),
            ["html <table><tr><td>a</td></tr></table>"]
        );
        assert_eq!(shape("H<sub>2</sub>O Vec<b> x"), ["p H₂O Vec{<b>}h x"]);
        assert_eq!(shape("*a <b>c* d</b>"), ["p {a {<b>}hc}e d{</b>}h"]);
        assert_eq!(shape("<a name=x></a>y <a href=z>w</a>"), ["p y {w}l"]);
    }

    #[test]
    fn html_is_inert_and_comments_are_not_shown() {
        assert_eq!(
            shape("<div>\n*a*\n</div>\n\nb <i>c</i> <!-- d --> e<br/> f"),
            ["p *a*", "p b {c}e e⏎f"]
        );
        assert_eq!(shape("<!-- a\n\nb -->\n\n<br>"), Vec::<String>::new());
    }

    #[test]
    fn line_breaks_are_hard_or_spaces() {
        assert_eq!(shape("a\nb  \nc\\\nd&#10;e"), ["p a b⏎c⏎d e"]);
    }

    #[test]
    fn displayed_formulas_stand_alone_only_when_they_do() {
        assert_eq!(shape("$$\na\nb\n$$\n\nc $$d$$"), ["math a\nb", "p c {$$d$$}m"]);
    }

    #[test]
    fn links_know_their_target_and_their_place() {
        let document = parse(
            "[a](b \"t\") <x@y.z> https://c.example/d_e_f. **www.g.example**\n\n- [[h#i|j]] ![](k/l.png) [](m)",
        );
        let links: Vec<_> = document
            .links
            .iter()
            .map(|link| {
                let text = document.blocks[link.block].text()[link.range.clone()].to_owned();
                (link.target.to_string(), text)
            })
            .collect();
        let expected = [
            ("b", "a"),
            ("mailto:x@y.z", "x@y.z"),
            ("https://c.example/d_e_f", "https://c.example/d_e_f"),
            ("https://www.g.example", "www.g.example"),
            ("h#i", "j"),
            ("k/l.png", "l.png"),
            ("m", ""),
        ];
        let mut found = links.clone();
        found.sort();
        let mut wanted: Vec<_> = expected.map(|(a, b)| (a.to_owned(), b.to_owned())).into();
        wanted.sort();
        assert_eq!(found, wanted);
        assert_eq!(document.links[0].title.as_str(), "t");
    }

    #[test]
    fn links_in_tables_count_from_the_beginning_of_the_table() {
        let document = parse("|a|b|\n|-|-|\n|c|[d](e)|");
        let link = &document.links[0];
        assert_eq!(&document.blocks[0].text()[link.range.clone()], "d");
    }

    #[test]
    fn what_could_drive_a_terminal_is_defused_after_entities_are_decoded() {
        let document =
            parse("a&#27;[31m `b\u{1b}` \u{202e}c\n\n```\n\u{9b}d\n```\n\n[e](<f\u{7}g>)");
        assert_eq!(shape("a&#27;[31m `b\u{1b}` \u{202e}c"), ["p a\u{fffd}[31m {b␛}c \u{fffd}c"]);
        assert_eq!(document.blocks[1].text(), "⟦U+009B⟧d");
        assert_eq!(document.links[0].target.as_str(), "f\u{fffd}g");
        assert_eq!(document.hidden, 4);
        assert_eq!(parse("plain — ünï 🎉").hidden, 0);
    }

    #[test]
    fn long_leaves_are_split_where_a_reader_does_not_see_it() {
        let text = "word ".repeat(LEAF_BYTES / 2);
        let document = parse(&format!("*{}*", text.trim()));
        assert!(document.blocks.len() > 2);
        assert_eq!(document.plain(), text.trim());
        for (index, block) in document.blocks.iter().enumerate() {
            assert_eq!((block.continued, block.tight), (index > 0, index > 0));
            let BlockKind::Paragraph(prose) = &block.kind else { panic!() };
            assert!(prose.text.len() <= LEAF_BYTES && prose.marks.len() == 1);
        }
        let lines = "let x = 1;\n".repeat(LEAF_BYTES / 4);
        assert_eq!(parse(&format!("```\n{lines}```")).plain(), lines.trim_end());
        let rows = format!("|a|\n|-|\n{}", "|some text|\n".repeat(LEAF_BYTES / 4));
        assert_eq!(parse(&rows).plain().lines().count(), LEAF_BYTES / 4 + 1);
    }

    #[test]
    fn sources_tell_where_a_leaf_was_written() {
        let markdown = "# a\n\n- b\n- c\n\n```\nd\n```\n";
        let parts = parse(markdown).blocks;
        let sources: Vec<&str> =
            parts.iter().map(|block| &markdown[block.source.clone()]).collect();
        assert_eq!(sources, ["# a\n", "b", "c", "```\nd\n```"]);
    }
}
