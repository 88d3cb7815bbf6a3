//! Footnotes: numbered as they are first referred to, defined at the end. Here the leaves take
//! their final places.

use std::collections::BTreeMap;

use crate::document::parse::frames::Broken;
use crate::document::{Block, BlockKind, Container, ContainerKind, Document};
use crate::text::Safe;

/// The numbers that were given, by key.
#[derive(Default)]
pub(super) struct Notes {
    numbers: BTreeMap<String, usize>,
}

/// Labels differ neither by case nor by how much white space is in them.
pub(super) fn key(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Notes {
    /// The number of a label.
    pub(super) fn number(&mut self, label: &str) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry(key(label)).or_insert(next)
    }

    /// Numbers the definitions, moves them to the end in that order, and puts the tags of
    /// broken `<details>` where they stood.
    pub(super) fn settle(mut self, document: &mut Document, broken: Vec<Broken>) {
        for container in &mut document.containers {
            if let ContainerKind::Footnote { number, label } = &mut container.kind {
                *number = self.number(label);
            }
        }
        if !broken.is_empty() {
            take_out(&broken, document);
        }
        let notes = notes(&document.containers);
        if !broken.is_empty() || notes.iter().any(Option::is_some) {
            reorder(document, &notes, broken);
            set_footnotes(document, &notes);
        }
    }
}

/// Lets what stands in broken `<details>` stand in what is around them.
fn take_out(broken: &[Broken], document: &mut Document) {
    let mut home: Vec<Option<usize>> = (0..document.containers.len()).map(Some).collect();
    let mut depths: Vec<usize> = vec![0; home.len()];
    for gone in broken {
        if let Some(home) = home.get_mut(gone.container) {
            *home = None;
        }
    }
    for (index, container) in document.containers.iter_mut().enumerate() {
        let parent = container.parent.and_then(|parent| home.get(parent).copied().flatten());
        let depth = parent.and_then(|parent| depths.get(parent)).map_or(0, |depth| depth + 1);
        (container.parent, container.depth) = (parent, depth);
        if let (Some(own), Some(home)) = (depths.get_mut(index), home.get_mut(index)) {
            *own = depth;
            *home = home.or(parent);
        }
    }
    for block in &mut document.blocks {
        block.container =
            block.container.and_then(|container| home.get(container).copied().flatten());
    }
}

/// The footnote's definition that each container is or stands in.
fn notes(containers: &[Container]) -> Vec<Option<usize>> {
    let mut notes: Vec<Option<usize>> = Vec::with_capacity(containers.len());
    for (index, container) in containers.iter().enumerate() {
        let note = match container.kind {
            ContainerKind::Footnote { .. } => Some(index),
            _ => container.parent.and_then(|parent| notes.get(parent).copied().flatten()),
        };
        notes.push(note);
    }
    notes
}

fn note_of(container: Option<usize>, notes: &[Option<usize>]) -> Option<usize> {
    container.and_then(|container| notes.get(container).copied().flatten())
}

fn reorder(document: &mut Document, notes: &[Option<usize>], broken: Vec<Broken>) {
    let number = |container, containers: &[Container]| {
        let note = note_of(container, notes).and_then(|note| containers.get(note));
        match note.map(|note| &note.kind) {
            Some(ContainerKind::Footnote { number, .. }) => *number,
            _ => 0,
        }
    };
    let blocks = std::mem::take(&mut document.blocks);
    let mut moved = vec![0; blocks.len()];
    let tags = broken.into_iter().map(|broken| {
        let container = document.containers.get(broken.container).and_then(|gone| gone.parent);
        ((broken.block, 0), tag(&broken.tag, container))
    });
    let blocks = blocks.into_iter().enumerate().map(|(index, block)| ((index, 1), block));
    let mut all: Vec<((usize, i32), Block)> = tags.chain(blocks).collect();
    all.sort_by_key(|(place, block)| (number(block.container, &document.containers), *place));
    for (index, (place, block)) in all.into_iter().enumerate() {
        if let ((before, 1), moved) = (place, &mut moved)
            && let Some(moved) = moved.get_mut(before)
        {
            *moved = index;
        }
        document.blocks.push(block);
    }
    let moved = |block: usize| moved.get(block).copied().unwrap_or(block);
    document.anchors.values_mut().for_each(|block| *block = moved(*block));
    document.links.iter_mut().for_each(|link| link.block = moved(link.block));
}

fn tag(tag: &str, container: Option<usize>) -> Block {
    let kind = BlockKind::Html(Safe::code(tag.trim()));
    Block { kind, container, source: 0..0, tight: false, continued: false }
}

/// Names the first leaf of each definition; definitions stand close together.
fn set_footnotes(document: &mut Document, notes: &[Option<usize>]) {
    let mut above = None;
    for (index, block) in document.blocks.iter_mut().enumerate() {
        let note = note_of(block.container, notes);
        if let Some(note) = note.filter(|_| note != above) {
            block.tight = above.is_some();
            if let Some(ContainerKind::Footnote { label, .. }) =
                document.containers.get(note).map(|note| &note.kind)
            {
                document.footnotes.entry(label.to_string()).or_insert(index);
            }
        }
        above = note;
    }
}
