//! Running text: one string and its marks, collected event by event.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::document::parse::abbreviations::Abbreviations;
use crate::document::parse::{FLAGS, html, urls};
use crate::document::{LEAF_BYTES, Link, LinkKind, Mark, MarkKind, Prose};
use crate::text::{self, Safe};

/// Marks in marks, beyond which the inner ones are not noted.
const NESTED: usize = 16;
/// The block of a link whose leaf is not pushed yet.
pub(super) const UNPLACED: usize = usize::MAX;

/// What became of the text of one leaf.
pub(super) struct Running {
    pub(super) prose: Prose,
    /// The formula, when the text is one displayed formula and nothing else.
    pub(super) display: Option<Safe>,
    pub(super) hidden: usize,
}

/// The text of the open leaf, not yet filtered.
#[derive(Default)]
pub(super) struct Inlines {
    text: String,
    marks: Vec<Mark>,
    /// Marks that have not ended; none for those that are not noted.
    open: Vec<Option<usize>>,
    /// How many images are open: their text is alternative text, which has no marks.
    images: usize,
    links: Vec<Link>,
    display: Option<String>,
    /// Whether the space after a comment would be a second one.
    spaced: bool,
}

impl Inlines {
    pub(super) fn text(&mut self, text: &str) {
        let spaced = std::mem::take(&mut self.spaced) || self.text.ends_with('\n');
        let text = if spaced { text.trim_start_matches(' ') } else { text };
        if text.contains(['\n', '\r']) {
            self.text.extend(text.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }));
        } else {
            self.text.push_str(text);
        }
    }

    pub(super) fn soft_break(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
    }

    pub(super) fn hard_break(&mut self) {
        if self.images > 0 {
            return self.soft_break();
        }
        self.text.truncate(self.text.trim_end_matches(' ').len());
        self.text.push('\n');
    }

    pub(super) fn code(&mut self, code: &str) {
        self.marked(MarkKind::Code, code);
    }

    pub(super) fn math(&mut self, math: &str) {
        self.marked(MarkKind::Math, &format!("${}$", math.trim()));
    }

    pub(super) fn display(&mut self, math: &str) {
        if self.text.is_empty() && math.len() < LEAF_BYTES {
            self.display = Some(math.to_owned());
        }
        self.marked(MarkKind::Math, &format!("$${}$$", math.trim()));
    }

    /// A tag is shown as it is written, a comment not at all.
    pub(super) fn html(&mut self, tag: &str) {
        if html::is_break(tag) {
            self.hard_break();
        } else if html::is_comment(tag) {
            self.spaced = self.text.ends_with(' ');
        } else {
            self.marked(MarkKind::Html, tag);
        }
    }

    pub(super) fn footnote(&mut self, label: &str, number: usize) {
        let link = self.add_link(label, "", LinkKind::Footnote);
        self.marked(MarkKind::Footnote(link), &format!("[{number}]"));
    }

    fn marked(&mut self, kind: MarkKind, text: &str) {
        self.open(kind);
        self.text(text);
        self.close();
    }

    pub(super) fn link(&mut self, target: &str, title: &str) {
        let link = self.add_link(target, title, LinkKind::Link);
        self.open(MarkKind::Link(link));
    }

    pub(super) fn image(&mut self, target: &str, title: &str) {
        let link = self.add_link(target, title, LinkKind::Image);
        self.open(MarkKind::Image(link));
        self.images += 1;
    }

    pub(super) fn close_image(&mut self) {
        self.images = self.images.saturating_sub(1);
        let mark = self.open.last().copied().flatten().and_then(|mark| self.marks.get(mark));
        if let Some(Mark { range, kind: MarkKind::Image(link) }) = mark
            && range.start == self.text.len()
        {
            let name =
                self.links.get(*link).map_or_else(String::new, |link| file_name(&link.target));
            self.text(&name);
        }
        self.close();
    }

    /// The number of the link among those of this text.
    fn add_link(&mut self, target: &str, title: &str, kind: LinkKind) -> usize {
        let (target, title) = (Safe::line(target), Safe::line(title));
        self.links.push(Link { target, title, kind, block: UNPLACED, range: 0..0 });
        self.links.len() - 1
    }

    pub(super) fn open(&mut self, kind: MarkKind) {
        let at = self.text.len();
        let noted = self.images == 0 && self.open.len() < NESTED;
        self.open.push(noted.then_some(self.marks.len()));
        if noted {
            self.marks.push(Mark { range: at..at, kind });
        }
    }

    pub(super) fn close(&mut self) {
        let end = self.text.len();
        if let Some(mark) = self.open.pop().flatten().and_then(|mark| self.marks.get_mut(mark)) {
            mark.range.end = end;
        }
    }

    /// Ends the text; its links go to the end of `links`.
    pub(super) fn finish(
        &mut self,
        links: &mut Vec<Link>,
        abbreviations: &Abbreviations,
    ) -> Running {
        let mut all = std::mem::take(self);
        all.trim();
        for url in urls::bare(&all.text, &all.marks) {
            let link = all.add_link(&url.target, "", LinkKind::Link);
            all.marks.push(Mark { range: url.range, kind: MarkKind::Link(link) });
        }
        all.marks.retain(|mark| !mark.range.is_empty());
        all.sort();
        let short = abbreviations.find(&all.text, &all.marks);
        if !short.is_empty() {
            all.marks.extend(short);
            all.sort();
        }
        for mark in &mut all.marks {
            mark.kind = renumbered(mark.kind, links.len());
        }
        links.append(&mut all.links);
        let hidden = text::hidden(&all.text);
        let display = all.display_alone().map(|math| Safe::code(math.trim()));
        Running { prose: filtered(&all.text, all.marks), display, hidden }
    }

    fn sort(&mut self) {
        self.marks.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
    }

    fn display_alone(&self) -> Option<&str> {
        let alone = matches!(self.marks.as_slice(), [Mark { range, kind: MarkKind::Math }]
            if range.len() == self.text.len());
        self.display.as_deref().filter(|math| alone && !math.trim().is_empty())
    }

    /// White space at the ends is not text.
    fn trim(&mut self) {
        let end = self.text.trim_end_matches([' ', '\n', '\t']).len();
        self.text.truncate(end);
        let start = end - self.text.trim_start_matches([' ', '\n', '\t']).len();
        if start > 0 {
            self.text.drain(..start);
        }
        let moved = |at: usize| at.min(end).saturating_sub(start);
        for mark in &mut self.marks {
            mark.range = moved(mark.range.start)..moved(mark.range.end);
        }
    }
}

fn renumbered(kind: MarkKind, before: usize) -> MarkKind {
    match kind {
        MarkKind::Link(link) => MarkKind::Link(link + before),
        MarkKind::Image(link) => MarkKind::Image(link + before),
        MarkKind::Footnote(link) => MarkKind::Footnote(link + before),
        kind => kind,
    }
}

/// What an image without alternative text is called.
fn file_name(target: &str) -> String {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    if name.is_empty() || name.len() > 80 { "image".to_owned() } else { name.to_owned() }
}

/// Safe text; the marks keep their places in it.
fn filtered(text: &str, mut marks: Vec<Mark>) -> Prose {
    let code: Vec<Range<usize>> = marks
        .iter()
        .filter(|mark| mark.kind == MarkKind::Code)
        .map(|mark| mark.range.clone())
        .collect();
    let mut ends: Vec<&mut usize> =
        marks.iter_mut().flat_map(|mark| [&mut mark.range.start, &mut mark.range.end]).collect();
    ends.sort();
    let mut places: Vec<usize> = ends.iter().map(|end| **end).collect();
    let text = Safe::mixed(text, &code, &mut places);
    for (end, place) in ends.into_iter().zip(places) {
        *end = place;
    }
    marks.retain(|mark| !mark.range.is_empty());
    Prose { text, marks }
}

/// No text at all.
pub(super) fn nothing() -> Prose {
    Prose::default()
}

/// Text that stands in an HTML element: entities and emphasis mean something, tags are dropped.
pub(super) fn of_html(html: &str) -> Prose {
    let mut inlines = Inlines::default();
    // The word in front keeps `1.` or `#` from becoming a list or a heading.
    let line = format!("x {}", html.split_whitespace().collect::<Vec<_>>().join(" "));
    for event in Parser::new_ext(&line, FLAGS) {
        match event {
            Event::Text(text) => inlines.text(&text),
            Event::Code(code) => inlines.code(&code),
            Event::InlineMath(math) => inlines.math(&math),
            Event::Start(Tag::Emphasis) => inlines.open(MarkKind::Emphasis),
            Event::Start(Tag::Strong) => inlines.open(MarkKind::Strong),
            Event::Start(Tag::Strikethrough) => inlines.open(MarkKind::Strikethrough),
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {
                inlines.close();
            }
            _ => {}
        }
    }
    inlines.text.replace_range(..inlines.text.len().min(1), " ");
    inlines.finish(&mut vec![], &Abbreviations::default()).prose.without_links()
}

impl Prose {
    fn without_links(mut self) -> Self {
        self.marks.retain(|mark| !matches!(mark.kind, MarkKind::Link(_)));
        self
    }
}
