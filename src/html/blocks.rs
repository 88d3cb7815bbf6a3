//! The leaves of a document one after the other, and what they stand in around them.

use crate::document::{Alert, BlockKind, ContainerKind, Document, Prose, Table};
use crate::html::code;
use crate::html::formula::formula;
use crate::html::href::{Href, Place};
use crate::html::markup::Markup;
use crate::html::notes::Notes;
use crate::html::prose::Writer;
use crate::html::tables;
use crate::math::Setting;

/// What is open around the next leaf.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Open {
    /// A container of the document, and its tag.
    Container(usize, &'static str),
    /// A list, which the document does not have as a thing: its tag, and the number of its last
    /// item.
    List(&'static str, u64),
    /// The notes at the end.
    Notes,
}

/// Writes a document's leaves in order.
pub(crate) struct Blocks<'a> {
    writer: Writer<'a>,
    open: Vec<Open>,
    /// The level of the heading before.
    level: u8,
}

/// A document as HTML, below a heading of `level` (0 for none).
pub(crate) fn blocks(document: &Document, place: Place<'_>, level: u8) -> Markup {
    let writer = Writer { document, place, notes: Notes::of(document) };
    let mut blocks = Blocks { writer, open: vec![], level };
    let mut html = Markup::default();
    let mut block = 0;
    while block < document.blocks.len() {
        block = blocks.leaf(&mut html, block);
    }
    blocks.close_to(&mut html, 0);
    html
}

impl Blocks<'_> {
    /// Writes a leaf with those that go on with it; returns the next one.
    fn leaf(&mut self, html: &mut Markup, block: usize) -> usize {
        let document = self.writer.document;
        let Some(leaf) = document.blocks.get(block) else { return block + 1 };
        self.enter(html, block);
        self.anchors(html, block);
        let tight: &[_] = if leaf.tight { &[("class", "tight")] } else { &[] };
        match &leaf.kind {
            BlockKind::Heading { level, prose, anchor } => {
                self.heading(html, *level, prose, anchor);
            }
            BlockKind::Paragraph(prose) => self.paragraph(html, ("p", tight), prose),
            BlockKind::Summary(prose) => self.paragraph(html, ("summary", &[]), prose),
            BlockKind::Code(_) => return code::code(html, document, block),
            BlockKind::Math(latex) => {
                html.open("div", &[("class", "math")]);
                html.push(&formula(latex, latex, Setting::Display));
                html.raw("</div>\n");
            }
            BlockKind::Table(table) => self.table(html, table),
            BlockKind::Rule => html.raw("<hr/>\n"),
            BlockKind::Html(text) => {
                html.element("pre", &[("class", "html")], text);
                html.raw("\n");
            }
        }
        block + 1
    }

    fn paragraph(
        &mut self,
        html: &mut Markup,
        (tag, attributes): (&'static str, &[(&'static str, &str)]),
        prose: &Prose,
    ) {
        html.open(tag, attributes);
        self.writer.prose(html, prose);
        html.close(tag);
        html.raw("\n");
    }

    /// A heading is at most one level below the one before it, as readers of outlines expect.
    fn heading(&mut self, html: &mut Markup, level: u8, prose: &Prose, anchor: &str) {
        let least = if self.level == 0 { 1 } else { 2 };
        let level = level.clamp(least.min(self.level + 1), self.level + 1);
        self.level = level;
        let tag = ["h1", "h2", "h3", "h4", "h5", "h6"];
        let tag = tag.get(usize::from(level.clamp(1, 6)) - 1).copied().unwrap_or("h6");
        self.paragraph(html, (tag, &[("id", anchor)]), prose);
    }

    /// The ids that are not those of headings.
    fn anchors(&self, html: &mut Markup, block: usize) {
        let document = self.writer.document;
        let own = match document.blocks.get(block).map(|leaf| &leaf.kind) {
            Some(BlockKind::Heading { anchor, .. }) => anchor.as_str(),
            _ => "",
        };
        for (id, _) in document.anchors.iter().filter(|(id, at)| **at == block && *id != own) {
            html.element("span", &[("id", id)], "");
        }
    }

    fn table(&mut self, html: &mut Markup, table: &Table) {
        let writer = &mut self.writer;
        tables::table(html, table, &mut |html, prose| writer.prose(html, prose));
    }

    /// Closes what the leaf does not stand in, and opens what it stands in.
    fn enter(&mut self, html: &mut Markup, block: usize) {
        let document = self.writer.document;
        let mut around: Vec<usize> = document.around(block).map(|(index, _)| index).collect();
        around.reverse();
        let mut kept = 0;
        let mut shared = 0;
        for open in &self.open {
            match open {
                Open::Container(index, _) if around.get(shared) == Some(index) => shared += 1,
                Open::Container(..) => break,
                // A list or the notes stay open as long as what they are in does.
                Open::List(..) | Open::Notes => {}
            }
            kept += 1;
        }
        self.close_to(html, kept);
        for index in around.into_iter().skip(shared) {
            self.container(html, index);
        }
        if matches!(self.open.last(), Some(Open::List(..) | Open::Notes)) {
            self.close_to(html, self.open.len() - 1);
        }
    }

    fn container(&mut self, html: &mut Markup, index: usize) {
        let document = self.writer.document;
        let Some(container) = document.containers.get(index) else { return };
        match &container.kind {
            ContainerKind::Bullet { task, .. } => {
                self.list(html, "ul", 0);
                item(html, *task);
                self.open.push(Open::Container(index, "li"));
                return;
            }
            ContainerKind::Number { number, task, .. } => {
                self.list(html, "ol", *number);
                item(html, *task);
                self.open.push(Open::Container(index, "li"));
                return;
            }
            ContainerKind::Footnote { number, .. } => {
                self.note(html, *number);
                self.open.push(Open::Container(index, "li"));
                return;
            }
            _ => {}
        }
        if matches!(self.open.last(), Some(Open::List(..) | Open::Notes)) {
            self.close_to(html, self.open.len() - 1);
        }
        let tag = match &container.kind {
            ContainerKind::Alert(alert) => {
                let (class, sign, name) = alert_name(*alert);
                html.open("aside", &[("class", class), ("aria-label", name)]);
                html.open("p", &[("class", "sign")]);
                html.element("span", &[("aria-hidden", "true")], sign);
                html.text(&format!(" {name}"));
                html.raw("</p>\n");
                "aside"
            }
            ContainerKind::Details(_) => {
                html.open("details", &[]);
                "details"
            }
            _ => {
                html.open("blockquote", &[]);
                "blockquote"
            }
        };
        self.open.push(Open::Container(index, tag));
    }

    /// A list that the next item goes on with, or a new one.
    fn list(&mut self, html: &mut Markup, tag: &'static str, number: u64) {
        match self.open.last_mut() {
            Some(Open::List(same, last))
                if *same == tag && (tag == "ul" || *last + 1 == number) =>
            {
                *last = number;
                return;
            }
            Some(Open::List(..) | Open::Notes) => self.close_to(html, self.open.len() - 1),
            _ => {}
        }
        let start = number.to_string();
        let attributes = [("start", start.as_str())];
        html.open(tag, if tag == "ol" && number != 1 { &attributes } else { &[] });
        self.open.push(Open::List(tag, number));
    }

    fn note(&mut self, html: &mut Markup, number: usize) {
        if self.open.last() != Some(&Open::Notes) {
            self.close_to(html, 0);
            html.raw("<section class=\"notes\" aria-label=\"Notes\">\n<ol>\n");
            self.open.push(Open::Notes);
        }
        html.open("li", &[("id", &Notes::id(number)), ("value", &number.to_string())]);
        if self.writer.notes.is_referred_to(number) {
            let back = Href::anchor(&Notes::back(number));
            let name = format!("Back to reference {number}");
            html.link(&back, &[("class", "back"), ("aria-label", &name)]);
            html.raw("↩</a>");
        }
    }

    fn close_to(&mut self, html: &mut Markup, count: usize) {
        while self.open.len() > count {
            match self.open.pop() {
                Some(Open::Container(_, tag) | Open::List(tag, _)) => html.close(tag),
                Some(Open::Notes) => html.raw("</ol></section>"),
                None => return,
            }
            html.raw("\n");
        }
    }
}

/// An item, with what says whether its task is done.
fn item(html: &mut Markup, task: Option<bool>) {
    let Some(done) = task else {
        html.raw("<li>");
        return;
    };
    html.raw("<li class=\"task\">");
    let name = if done { "done" } else { "open" };
    let mut attributes = vec![("type", "checkbox"), ("disabled", ""), ("aria-label", name)];
    if done {
        attributes.push(("checked", ""));
    }
    html.empty("input", &attributes);
}

/// How an alert is told: its classes, a sign, its word.
fn alert_name(alert: Alert) -> (&'static str, &'static str, &'static str) {
    match alert {
        Alert::Note => ("alert note", "✎", "Note"),
        Alert::Tip => ("alert tip", "✦", "Tip"),
        Alert::Important => ("alert important", "◆", "Important"),
        Alert::Warning => ("alert warning", "▲", "Warning"),
        Alert::Caution => ("alert caution", "✖", "Caution"),
    }
}
