//! Gives each summary of `<details>` a leaf of its own before what it sums up, so that it can be
//! found, selected and pressed.

use crate::document::{Block, BlockKind, ContainerKind, Document, Link, LinkKind, MarkKind, Prose};
use crate::text::Safe;

/// Puts the summaries in.
pub(super) fn insert(document: &mut Document) {
    let firsts = firsts(document);
    if firsts.is_empty() {
        return;
    }
    let moved = |block: usize| block + firsts.partition_point(|(first, _)| *first <= block);
    for block in document.anchors.values_mut().chain(document.footnotes.values_mut()) {
        *block = moved(*block);
    }
    for link in &mut document.links {
        link.block = moved(link.block);
    }
    let blocks = std::mem::take(&mut document.blocks);
    let mut rest = firsts.as_slice();
    for (index, mut block) in blocks.into_iter().enumerate() {
        while let Some(((first, container), later)) = rest.split_first()
            && *first == index
        {
            let summary = summary(document, *container);
            let source = block.source.start..block.source.start;
            let (tight, length) = (block.tight, summary.text.len());
            document.links.push(Link {
                target: Safe::default(),
                title: Safe::default(),
                kind: LinkKind::Fold(*container),
                block: document.blocks.len(),
                range: 0..length,
            });
            document.blocks.push(Block {
                kind: BlockKind::Summary(summary),
                container: Some(*container),
                source,
                tight,
                continued: false,
            });
            block.tight = true;
            rest = later;
        }
        document.blocks.push(block);
    }
    sort_links(document);
}

/// The first leaf in each `<details>`, and which; outer ones before those in them.
fn firsts(document: &Document) -> Vec<(usize, usize)> {
    let mut firsts = vec![];
    let mut told = 0;
    for block in 0..document.blocks.len() {
        let mut new: Vec<usize> = document
            .around(block)
            .map(|(index, _)| index)
            .take_while(|index| *index >= told)
            .collect();
        told = new.first().map_or(told, |index| told.max(index + 1));
        new.reverse();
        let is_details = |index: &usize| {
            let kind = document.containers.get(*index).map(|container| &container.kind);
            matches!(kind, Some(ContainerKind::Details(_)))
        };
        firsts.extend(new.into_iter().filter(is_details).map(|container| (block, container)));
    }
    firsts
}

fn summary(document: &Document, container: usize) -> Prose {
    match document.containers.get(container).map(|container| &container.kind) {
        Some(ContainerKind::Details(prose)) if !prose.text.is_empty() => Prose {
            text: prose.text.clone(),
            marks: prose.marks.iter().filter(|mark| !leads(mark.kind)).cloned().collect(),
        },
        _ => Prose { text: Safe::from("Details"), marks: vec![] },
    }
}

/// A summary is pressed as a whole, so nothing in it leads elsewhere.
fn leads(kind: MarkKind) -> bool {
    matches!(kind, MarkKind::Link(_) | MarkKind::Image(_) | MarkKind::Footnote(_))
}

/// Links in the order of the page, and the marks that name them.
fn sort_links(document: &mut Document) {
    let mut order: Vec<usize> = (0..document.links.len()).collect();
    let place = |at: &usize| document.links.get(*at).map(|link| (link.block, link.range.start));
    order.sort_by_key(place);
    let mut new = vec![0; order.len()];
    for (to, from) in order.iter().enumerate() {
        if let Some(place) = new.get_mut(*from) {
            *place = to;
        }
    }
    let mut links: Vec<Option<Link>> =
        std::mem::take(&mut document.links).into_iter().map(Some).collect();
    document.links =
        order.iter().filter_map(|from| links.get_mut(*from).and_then(Option::take)).collect();
    let renamed = |link: usize| new.get(link).copied().unwrap_or(link);
    for block in &mut document.blocks {
        for prose in block.proses_mut() {
            for mark in &mut prose.marks {
                mark.kind = match mark.kind {
                    MarkKind::Link(link) => MarkKind::Link(renamed(link)),
                    MarkKind::Image(link) => MarkKind::Image(renamed(link)),
                    MarkKind::Footnote(link) => MarkKind::Footnote(renamed(link)),
                    kind => kind,
                };
            }
        }
    }
}
