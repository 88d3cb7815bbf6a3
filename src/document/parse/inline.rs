//! Running text: one string and its marks, collected event by event.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag as Markup, TagEnd};

use crate::document::parse::abbreviations::Abbreviations;
use crate::document::parse::tags::{self, Sets, Tag};
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
    /// Tags that wait for what closes them.
    tags: Vec<Waiting>,
}

/// A tag that is not closed yet.
struct Waiting {
    name: String,
    /// As it is written: what nothing closes is shown.
    written: String,
    sets: Sets,
    /// Where its text begins.
    at: usize,
    /// How many marks were open.
    depth: usize,
    /// How many marks there were: later ones stand in its text.
    first: usize,
    link: Option<usize>,
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

    /// A tag that says how text is set does so, others are shown as they are written; a comment
    /// is not shown at all.
    pub(super) fn html(&mut self, tag: &str) {
        if html::is_break(tag) {
            self.hard_break();
        } else if html::is_comment(tag) {
            self.spaced = self.text.ends_with(' ');
        } else if !self.set(tag) {
            self.marked(MarkKind::Html, tag);
        }
    }

    /// Text between tags: entities mean something, and nothing else does.
    pub(super) fn html_text(&mut self, html: &str) {
        let text = html.split_whitespace().collect::<Vec<_>>().join(" ");
        if html.starts_with(char::is_whitespace) {
            self.soft_break();
        }
        let plain = |c: char| !c.is_ascii_punctuation() || matches!(c, '&' | ';' | '#');
        let escaped: String =
            text.chars().flat_map(|c| (!plain(c)).then_some('\\').into_iter().chain([c])).collect();
        // The word in front keeps `#` from becoming a heading.
        let mut first = true;
        for event in Parser::new(&format!("x{escaped}")) {
            if let Event::Text(text) = event {
                self.text(if first { text.get(1..).unwrap_or_default() } else { &text });
                first = false;
            }
        }
        if !text.is_empty() && html.ends_with(char::is_whitespace) {
            self.soft_break();
        }
    }

    /// Does what a tag says; whether it says something.
    fn set(&mut self, written: &str) -> bool {
        let Some(tag) = Tag::read(written).filter(|_| self.images == 0) else { return false };
        if tag.name == "img" && !tag.closes {
            self.image(
                tag.value("src").unwrap_or_default(),
                tag.value("title").unwrap_or_default(),
            );
            self.html_text(tag.value("alt").unwrap_or_default());
            self.close_image();
            return true;
        }
        if tag.closes {
            let depth = self.open.len();
            let last = self.tags.pop_if(|it| it.name == tag.name && it.depth == depth);
            return last.map(|waiting| self.ends(&waiting)).is_some();
        }
        let Some(sets) = tag.sets().filter(|_| self.tags.len() < NESTED) else {
            return tag.is_void();
        };
        if sets == Sets::Rule {
            return false;
        }
        let target = tag.value("href").filter(|_| sets == Sets::Link);
        let link = target.map(|target| self.add_link(target, "", LinkKind::Link));
        self.tags.push(Waiting {
            name: tag.name.clone(),
            written: written.to_owned(),
            sets,
            at: self.text.len(),
            depth: self.open.len(),
            first: self.marks.len(),
            link,
        });
        true
    }

    /// The text since a tag is set as it said.
    fn ends(&mut self, waiting: &Waiting) {
        let range = waiting.at.min(self.text.len())..self.text.len();
        match (waiting.sets, waiting.link) {
            (Sets::Mark(kind), _) => self.marks.push(Mark { range, kind }),
            (Sets::Link, Some(link)) => {
                self.marks.push(Mark { range, kind: MarkKind::Link(link) });
            }
            (Sets::Raised | Sets::Lowered, _) => {
                let is_plain = self.marks.len() == waiting.first;
                let text = self.text.get(range.clone()).unwrap_or_default();
                if is_plain && !text.is_empty() {
                    let small = tags::small(text, waiting.sets);
                    self.text.replace_range(range, &small);
                }
            }
            _ => {}
        }
    }

    /// A tag that nothing closed is shown as it is written.
    fn show(&mut self, waiting: &Waiting) {
        let (at, length) = (waiting.at.min(self.text.len()), waiting.written.len());
        self.text.insert_str(at, &waiting.written);
        for mark in self.marks.iter_mut().skip(waiting.first) {
            mark.range = mark.range.start + length..mark.range.end + length;
        }
        self.marks.push(Mark { range: at..at + length, kind: MarkKind::Html });
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
        let closed = self.open.pop().flatten();
        while let Some(waiting) = self.tags.pop_if(|it| it.depth > self.open.len()) {
            self.show(&waiting);
        }
        let end = self.text.len();
        if let Some(mark) = closed.and_then(|mark| self.marks.get_mut(mark)) {
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
        while let Some(waiting) = all.tags.pop() {
            all.show(&waiting);
        }
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
            Event::Start(Markup::Emphasis) => inlines.open(MarkKind::Emphasis),
            Event::Start(Markup::Strong) => inlines.open(MarkKind::Strong),
            Event::Start(Markup::Strikethrough) => inlines.open(MarkKind::Strikethrough),
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
