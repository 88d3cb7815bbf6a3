//! Running text with its marks.

use std::ops::Range;

use crate::document::{Document, Link, Mark, MarkKind, Prose};
use crate::html::formula::formula;
use crate::html::href::{Href, Place, Reach};
use crate::html::markup::Markup;
use crate::html::notes::Notes;
use crate::library::Catalog;
use crate::math::Setting;

/// Writes the running text of one document.
pub(crate) struct Writer<'a> {
    pub(crate) document: &'a Document,
    pub(crate) place: Place<'a>,
    pub(crate) notes: Notes,
}

/// A mark that is open.
struct Open<'m> {
    mark: &'m Mark,
    /// What closes it, outermost first.
    tags: Vec<&'static str>,
    /// Whether something else is shown in place of its text.
    hides: bool,
}

impl Writer<'_> {
    /// The whole of a running text.
    pub(crate) fn prose(&mut self, html: &mut Markup, prose: &Prose) {
        let mut stack: Vec<Open<'_>> = vec![];
        let mut done = 0;
        let edges = edges(prose);
        for (at, (place, begins, mark)) in edges.iter().copied().enumerate() {
            words(html, prose, done..place.max(done), &stack);
            done = done.max(place);
            if begins && mark.kind == MarkKind::Math && !stack.iter().any(|open| open.hides) {
                // What ends the sentence must not begin the next line.
                let free = edges.iter().skip(at + 2).map(|(place, ..)| *place).next();
                let end = sign_after(prose, mark.range.end, free.unwrap_or(prose.text.len()));
                html.raw("<span class=\"nobr\">");
                let open = self.begin(html, prose, mark, &stack);
                words(html, prose, mark.range.end..end, &stack);
                html.raw("</span>");
                done = end;
                stack.push(open);
            } else if begins {
                let open = self.begin(html, prose, mark, &stack);
                stack.push(open);
            } else {
                self.end(html, prose, mark, &mut stack);
            }
        }
        words(html, prose, done..prose.text.len(), &stack);
        self.caption(html, prose);
    }

    /// Opens a mark that stands in others.
    fn begin<'m>(
        &mut self,
        html: &mut Markup,
        prose: &Prose,
        mark: &'m Mark,
        around: &[Open<'_>],
    ) -> Open<'m> {
        let shown = Open { mark, tags: vec![], hides: false };
        let instead = Open { mark, tags: vec![], hides: true };
        if around.iter().any(|open| open.hides) {
            return shown;
        }
        let words = prose.text.get(mark.range.clone()).unwrap_or_default();
        let tag = match mark.kind {
            MarkKind::Emphasis => "em",
            MarkKind::Strong => "strong",
            MarkKind::Strikethrough => "del",
            MarkKind::Code => "code",
            MarkKind::Math => {
                html.push(&formula(words.trim_matches('$'), words, Setting::Inline));
                return instead;
            }
            // A link holds no other link.
            MarkKind::Link(_) | MarkKind::Footnote(_) if around.iter().any(Open::is_link) => {
                return shown;
            }
            MarkKind::Link(link) => return Open { tags: self.link(html, link), ..shown },
            MarkKind::Image(link) => {
                self.image(html, link, words);
                return instead;
            }
            MarkKind::Footnote(link) => {
                self.reference(html, link, words);
                return instead;
            }
            MarkKind::Html => "span",
            MarkKind::Abbreviation(at) => {
                let long = self.document.abbreviations.get(at).map_or("", |it| &it.long);
                html.open("abbr", &[("title", long)]);
                return Open { tags: vec!["abbr"], ..shown };
            }
        };
        let class: &[_] = if mark.kind == MarkKind::Html { &[("class", "html")] } else { &[] };
        html.open(tag, class);
        Open { tags: vec![tag], ..shown }
    }

    /// Closes a mark, and what crosses its end for a moment.
    fn end<'m>(
        &mut self,
        html: &mut Markup,
        prose: &Prose,
        mark: &'m Mark,
        stack: &mut Vec<Open<'m>>,
    ) {
        let Some(at) = stack.iter().rposition(|open| std::ptr::eq(open.mark, mark)) else { return };
        for open in stack.iter().skip(at).rev() {
            open.tags.iter().rev().for_each(|tag| html.close(tag));
        }
        stack.remove(at);
        let crossing: Vec<&Mark> = stack.drain(at..).map(|open| open.mark).collect();
        for mark in crossing {
            let open = self.begin(html, prose, mark, stack);
            stack.push(open);
        }
    }

    fn target(&self, link: usize) -> Option<&Link> {
        self.document.links.get(link)
    }

    fn link(&self, html: &mut Markup, link: usize) -> Vec<&'static str> {
        let Some(it) = self.target(link) else { return vec![] };
        if let Some(href) = self.place.link(&it.target) {
            let title = [("title", it.title.as_str())];
            html.link(&href, if it.title.is_empty() { &[] } else { &title });
            return vec!["a"];
        }
        html.open("span", &[("class", "inert"), ("title", &it.target)]);
        vec!["span"]
    }

    fn image(&self, html: &mut Markup, link: usize, alt: &str) {
        let Some(it) = self.target(link) else { return };
        match self.place.image(&it.target) {
            Some(href) => html.image(&href, &[("alt", alt), ("loading", "lazy")]),
            None => html.element("span", &[("class", "image")], &format!("[image: {alt}]")),
        }
    }

    /// The caption of a picture that stands alone: its title.
    fn caption(&self, html: &mut Markup, prose: &Prose) {
        let [Mark { range, kind: MarkKind::Image(link) }] = prose.marks.as_slice() else { return };
        let title = self.target(*link).map_or("", |link| &link.title);
        if !title.is_empty() && *range == (0..prose.text.len()) {
            html.raw("<br/>");
            html.element("em", &[], title);
        }
    }

    fn reference(&mut self, html: &mut Markup, link: usize, words: &str) {
        let label = self.target(link).map(|it| it.target.to_string()).unwrap_or_default();
        let Some((number, id)) = self.notes.reference(&label) else {
            html.text(words);
            return;
        };
        html.open("sup", &[("class", "note")]);
        let to = Href::anchor(&Notes::id(number));
        let name = format!("Note {number}");
        html.link(&to, &[("id", id.as_str()), ("aria-label", &name)]);
        html.text(&number.to_string());
        html.raw("</a></sup>");
    }
}

/// Running text without links: for what is a link itself.
pub(crate) fn inline(html: &mut Markup, prose: &Prose) {
    let leads = |mark: &&Mark| {
        !matches!(mark.kind, MarkKind::Link(_) | MarkKind::Image(_) | MarkKind::Footnote(_))
    };
    let marks = prose.marks.iter().filter(leads).cloned().collect();
    let (document, catalog) = (Document::default(), Catalog::default());
    let place = Place { catalog: &catalog, article: None, up: 0, path: "", reach: Reach::Alone };
    let mut writer = Writer { document: &document, place, notes: Notes::default() };
    writer.prose(html, &Prose { text: prose.text.clone(), marks });
}

impl Open<'_> {
    fn is_link(&self) -> bool {
        matches!(self.mark.kind, MarkKind::Link(_))
    }
}

/// The end of the punctuation that follows a place, up to another one.
fn sign_after(prose: &Prose, place: usize, free: usize) -> usize {
    let rest = prose.text.get(place..free.max(place)).unwrap_or_default();
    let signs = rest.bytes().take_while(|byte| b",.;:!?)%".contains(byte));
    place + signs.count()
}

/// Text between two edges; marks that show something else in its place keep it back.
fn words(html: &mut Markup, prose: &Prose, part: Range<usize>, stack: &[Open<'_>]) {
    if stack.iter().any(|open| open.hides) {
        return;
    }
    let text = prose.text.get(part).unwrap_or_default();
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            html.raw("<br/>\n");
        }
        html.text(line);
    }
}

/// Where marks begin and end, in order; an outer mark begins before an inner one, and ends after
/// it.
fn edges(prose: &Prose) -> Vec<(usize, bool, &Mark)> {
    let mut edges: Vec<(usize, bool, usize, &Mark)> = vec![];
    for (order, mark) in prose.marks.iter().enumerate() {
        edges.push((mark.range.start, true, order, mark));
        edges.push((mark.range.end.max(mark.range.start), false, usize::MAX - order, mark));
    }
    // Ends come before begins, so that what touches does not cross; but an empty mark begins first.
    let is_empty = |mark: &Mark| mark.range.is_empty();
    edges.sort_by_key(|(place, begins, order, mark)| {
        let rank = match (begins, is_empty(mark)) {
            (false, false) => 0,
            (true, _) => 1,
            (false, true) => 2,
        };
        (*place, rank, *order)
    });
    edges.into_iter().map(|(place, begins, _, mark)| (place, begins, mark)).collect()
}
