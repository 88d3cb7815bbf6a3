//! The leaves that were read, none longer than [`LEAF_BYTES`].

use std::collections::BTreeMap;
use std::ops::Range;

use crate::document::parse::inline::UNPLACED;
use crate::document::parse::table;
use crate::document::{
    Anchors, Block, BlockKind, Code, Container, Document, LEAF_BYTES, Link, Mark, MarkKind, Prose,
};
use crate::text::{self, Safe};

#[derive(Default)]
pub(super) struct Leaves {
    pub(super) blocks: Vec<Block>,
    pub(super) links: Vec<Link>,
    names: Anchors,
    anchors: BTreeMap<String, usize>,
    /// Links before this one have their place.
    placed: usize,
}

impl Leaves {
    /// The anchor of a heading that is pushed next.
    pub(super) fn anchor(&mut self, prose: &Prose, id: Option<String>) -> String {
        let name = match id {
            Some(id) => self.names.explicit(&id),
            None => self.names.next(&title(prose)),
        };
        self.anchors.insert(name.clone(), self.blocks.len());
        name
    }

    /// Adds a leaf, in parts if it is too long.
    pub(super) fn push(&mut self, kind: BlockKind, container: Option<usize>, source: Range<usize>) {
        for (part, kind) in parts(kind).into_iter().enumerate() {
            let (tight, continued) = (part > 0, part > 0);
            self.place_links(&kind);
            self.blocks.push(Block { kind, container, source: source.clone(), tight, continued });
        }
        let block = self.blocks.len().saturating_sub(1);
        for link in self.links.iter_mut().skip(self.placed).filter(|link| link.block == UNPLACED) {
            link.block = block;
        }
        self.placed = self.links.len();
    }

    /// Takes the blank row above `block` away.
    pub(super) fn tighten(&mut self, block: usize) {
        if let Some(block) = self.blocks.get_mut(block) {
            block.tight = true;
        }
    }

    fn place_links(&mut self, kind: &BlockKind) {
        match kind {
            BlockKind::Heading { prose, .. } | BlockKind::Paragraph(prose) => self.place(prose, 0),
            BlockKind::Table(table) => {
                let offsets = table.offsets();
                let cells = table.rows.iter().flatten().zip(offsets.into_iter().flatten());
                for (cell, offset) in cells {
                    self.place(cell, offset);
                }
            }
            _ => {}
        }
    }

    fn place(&mut self, prose: &Prose, offset: usize) {
        let block = self.blocks.len();
        for mark in &prose.marks {
            let (MarkKind::Link(link) | MarkKind::Image(link) | MarkKind::Footnote(link)) =
                mark.kind
            else {
                continue;
            };
            if let Some(link) = self.links.get_mut(link).filter(|link| link.block == UNPLACED) {
                link.block = block;
                link.range = mark.range.start + offset..mark.range.end + offset;
            }
        }
    }

    pub(super) fn into_document(mut self, containers: Vec<Container>) -> Document {
        match self.blocks.len().checked_sub(1) {
            Some(last) => self.links.iter_mut().for_each(|link| link.block = link.block.min(last)),
            None => self.links.clear(),
        }
        Document {
            blocks: self.blocks,
            containers,
            links: self.links,
            anchors: self.anchors,
            ..Document::default()
        }
    }
}

/// A heading's text without the numbers of footnotes.
fn title(prose: &Prose) -> String {
    let mut title = prose.text.to_string();
    for mark in prose.marks.iter().rev().filter(|mark| matches!(mark.kind, MarkKind::Footnote(_))) {
        title.replace_range(mark.range.clone(), "");
    }
    title
}

fn parts(kind: BlockKind) -> Vec<BlockKind> {
    match kind {
        BlockKind::Paragraph(prose) if prose.text.len() > LEAF_BYTES => {
            prose_parts(prose).map(BlockKind::Paragraph).collect()
        }
        BlockKind::Heading { level, prose, anchor } if prose.text.len() > LEAF_BYTES => {
            let mut parts = prose_parts(prose);
            let prose = parts.next().unwrap_or_default();
            let head = BlockKind::Heading { level, prose, anchor };
            std::iter::once(head).chain(parts.map(BlockKind::Paragraph)).collect()
        }
        BlockKind::Code(code) if code.text.len() > LEAF_BYTES => {
            let Code { language, info, text } = code;
            let part = |text| Code { language: language.clone(), info: info.clone(), text };
            line_parts(&text).into_iter().map(|text| BlockKind::Code(part(text))).collect()
        }
        BlockKind::Html(text) if text.len() > LEAF_BYTES => {
            line_parts(&text).into_iter().map(BlockKind::Html).collect()
        }
        BlockKind::Table(table) => table::parts(table).into_iter().map(BlockKind::Table).collect(),
        kind => vec![kind],
    }
}

fn prose_parts(prose: Prose) -> impl Iterator<Item = Prose> {
    let cuts = cuts(&prose.text, [' ', '\n']);
    let mut marks = prose.marks.into_iter().peekable();
    let mut open: Vec<Mark> = vec![];
    cuts.into_iter().map(move |part| {
        open.retain(|mark| mark.range.end > part.start);
        while let Some(mark) = marks.next_if(|mark| mark.range.start < part.end) {
            open.push(mark);
        }
        let clipped = |at: usize| at.clamp(part.start, part.end) - part.start;
        let marks = open.iter().map(|mark| Mark {
            range: clipped(mark.range.start)..clipped(mark.range.end),
            kind: mark.kind,
        });
        Prose {
            marks: marks.filter(|mark| !mark.range.is_empty()).collect(),
            text: prose.text.slice(part.clone()),
        }
    })
}

/// Parts of `text` without the line feeds between them.
fn line_parts(text: &Safe) -> Vec<Safe> {
    let parts = cuts(text, ['\n', '\n']);
    let last = parts.len().saturating_sub(1);
    let part = |(number, range): (usize, Range<usize>)| {
        let feed =
            number < last && text.get(range.clone()).is_some_and(|part| part.ends_with('\n'));
        text.slice(range.start..range.end - usize::from(feed))
    };
    parts.into_iter().enumerate().map(part).collect()
}

/// Ranges of at most [`LEAF_BYTES`], which end after one of `ends` where there is one.
fn cuts(text: &str, ends: [char; 2]) -> Vec<Range<usize>> {
    let mut parts = vec![];
    let mut at = 0;
    while text.len() - at > LEAF_BYTES {
        let limit = text.floor_char_boundary(at + LEAF_BYTES);
        let window = text.get(at..limit).unwrap_or_default();
        let end = window.rfind(ends).map(|end| at + end + 1);
        let end = end.unwrap_or_else(|| whole_graphemes(text, at, limit));
        parts.push(at..end);
        at = end;
    }
    parts.push(at..text.len());
    parts
}

/// The last edge of a grapheme before `limit`.
fn whole_graphemes(text: &str, at: usize, limit: usize) -> usize {
    let from = text.floor_char_boundary(limit.saturating_sub(256).max(at + 1));
    let window = text.get(from..limit).unwrap_or_default();
    text::graphemes(window)
        .last()
        .map(|(start, _)| from + start)
        .filter(|cut| *cut > at)
        .unwrap_or(limit)
}
