//! The containers that are open while a document is read.

use std::ops::Range;

use crate::document::{Container, ContainerKind, Prose};

/// Containers in containers, beyond which leaves stand in the one above.
const DEPTH: usize = 32;

/// Open containers, and all that were opened.
#[derive(Default)]
pub(super) struct Frames {
    stack: Vec<Frame>,
    containers: Vec<Container>,
    broken: Vec<Broken>,
    /// Bulleted lists that are open.
    bullets: usize,
}

/// `<details>` that was not closed where it was opened: its tag is shown as text.
pub(super) struct Broken {
    pub(super) container: usize,
    pub(super) tag: String,
    /// The block before which the tag stood.
    pub(super) block: usize,
}

struct Frame {
    kind: FrameKind,
    container: Option<usize>,
    depth: usize,
    /// Whether a leaf stands in it.
    filled: bool,
    source: Range<usize>,
}

enum FrameKind {
    Plain,
    /// A footnote's definition is taken out of what it stands in.
    Footnote,
    Item,
    List(List),
    Details {
        tag: String,
        block: usize,
        named: bool,
    },
}

#[derive(Default)]
struct List {
    /// The number of the next item.
    next: Option<u64>,
    items: Vec<usize>,
    /// Whether it has an item.
    begun: bool,
    /// Whether it is loose, when an item with text has told.
    loose: Option<bool>,
    /// Whether an item stands below a blank line.
    spaced: bool,
    /// Leaves that follow another leaf of this list.
    followers: Vec<usize>,
}

impl Frames {
    /// The container that a leaf stands in now.
    pub(super) fn container(&self) -> Option<usize> {
        self.stack.last().and_then(|frame| frame.container)
    }

    pub(super) fn open(&mut self, kind: ContainerKind) {
        let footnote = matches!(kind, ContainerKind::Footnote { .. });
        let frame = if footnote { FrameKind::Footnote } else { FrameKind::Plain };
        self.push(frame, Some(kind), 0..0);
    }

    pub(super) fn open_list(&mut self, start: Option<u64>) {
        self.bullets += usize::from(start.is_none());
        self.push(FrameKind::List(List { next: start, ..List::default() }), None, 0..0);
    }

    pub(super) fn open_item(&mut self, source: Range<usize>) {
        let depth = self.bullets.saturating_sub(1);
        let kind = match self.list() {
            Some(list) => list.next_item(depth),
            None => ContainerKind::Bullet { depth, task: None },
        };
        let before = self.containers.len();
        self.push(FrameKind::Item, Some(kind), source);
        let added = before..self.containers.len();
        if let Some(list) = self.list() {
            list.items.extend(added);
        }
    }

    /// The next item stands below a blank line.
    pub(super) fn space_items(&mut self) {
        if let Some(list) = self.list() {
            list.spaced |= list.begun;
        }
    }

    /// Opens `<details>`; false where nesting is too deep to show it.
    pub(super) fn open_details(&mut self, summary: Option<Prose>, tag: &str, block: usize) -> bool {
        if self.depth() >= DEPTH {
            return false;
        }
        let named = summary.is_some();
        let kind = ContainerKind::Details(summary.unwrap_or_default());
        let tag = tag.to_owned();
        self.push(FrameKind::Details { tag, block, named }, Some(kind), 0..0);
        true
    }

    /// Names the `<details>` that were opened last; false if there are none without a name.
    pub(super) fn summarise(&mut self, summary: Prose) -> bool {
        let Some(frame) = self.stack.last_mut().filter(|frame| !frame.filled) else { return false };
        let FrameKind::Details { named, .. } = &mut frame.kind else { return false };
        let container = frame.container.and_then(|container| self.containers.get_mut(container));
        match container {
            Some(container) if !*named => {
                *named = true;
                container.kind = ContainerKind::Details(summary);
                true
            }
            _ => false,
        }
    }

    /// Whether the innermost open thing is `<details>`.
    pub(super) fn in_details(&self) -> bool {
        matches!(self.stack.last(), Some(Frame { kind: FrameKind::Details { .. }, .. }))
    }

    pub(super) fn close_details(&mut self) {
        self.stack.pop();
    }

    fn push(&mut self, kind: FrameKind, container: Option<ContainerKind>, source: Range<usize>) {
        let footnote = matches!(kind, FrameKind::Footnote);
        let (parent, depth) = if footnote { (None, 0) } else { (self.container(), self.depth()) };
        let mut frame = Frame { kind, container: parent, depth, filled: false, source };
        if let Some(kind) = container.filter(|_| depth < DEPTH) {
            frame.container = Some(self.containers.len());
            frame.depth = depth + 1;
            self.containers.push(Container { kind, parent, depth });
        }
        self.stack.push(frame);
    }

    fn depth(&self) -> usize {
        self.stack.last().map_or(0, |frame| frame.depth)
    }

    /// Closes the innermost container that the parser knows of.
    pub(super) fn close(&mut self) {
        self.break_details();
        self.stack.pop();
    }

    /// Closes a list; the leaves that follow the one above without a blank row.
    pub(super) fn close_list(&mut self) -> Vec<usize> {
        self.break_details();
        let Some(Frame { kind: FrameKind::List(list), .. }) = self.stack.pop() else {
            return vec![];
        };
        if list.next.is_none() {
            self.bullets = self.bullets.saturating_sub(1);
        }
        self.align(&list);
        if list.loose.unwrap_or(list.spaced) { vec![] } else { list.followers }
    }

    /// Gives all items of a numbered list the width of the widest number.
    fn align(&mut self, list: &List) {
        let Some(next) = list.next else { return };
        let widest = next.saturating_sub(1).to_string().len() + 1;
        for item in &list.items {
            let kind = self.containers.get_mut(*item).map(|container| &mut container.kind);
            if let Some(ContainerKind::Number { width, .. }) = kind {
                *width = widest;
            }
        }
    }

    /// Closes `<details>` that what is around them does not leave open.
    fn break_details(&mut self) {
        while self.in_details() {
            let Some(frame) = self.stack.pop() else { return };
            if let (FrameKind::Details { tag, block, .. }, Some(container)) =
                (frame.kind, frame.container)
            {
                self.broken.push(Broken { container, tag, block });
            }
        }
    }

    /// Notes that the leaf `block` stands in all that is open.
    ///
    /// The innermost container in which it is not the first decides whether it is set apart
    /// from the leaf above. Each frame is filled once, so this takes no time on the whole.
    pub(super) fn fill(&mut self, block: usize) {
        for frame in self.stack.iter_mut().rev() {
            let first = !std::mem::replace(&mut frame.filled, true);
            match &mut frame.kind {
                FrameKind::Item => {}
                FrameKind::List(list) if !first => {
                    list.followers.push(block);
                    break;
                }
                FrameKind::Footnote => break,
                _ if !first => break,
                _ => {}
            }
        }
    }

    /// Where the innermost container is in the source, if no leaf stands in it.
    pub(super) fn empty(&self) -> Option<Range<usize>> {
        let frame = self.stack.last().filter(|frame| !frame.filled)?;
        let quote = frame.container.and_then(|container| self.containers.get(container));
        let seen = !matches!(quote, Some(Container { kind: ContainerKind::Quote, .. }) | None);
        seen.then(|| frame.source.clone())
    }

    /// The item's text is a paragraph: its list is loose.
    pub(super) fn loosen(&mut self) {
        if let Some(list) = self.list_of_text() {
            list.loose = Some(true);
        }
    }

    /// The item's text stands by itself: its list is tight.
    pub(super) fn tighten(&mut self) {
        if let Some(list) = self.list_of_text() {
            list.loose.get_or_insert(false);
        }
    }

    /// The list whose item's text begins now.
    fn list_of_text(&mut self) -> Option<&mut List> {
        let item = matches!(self.stack.last(), Some(Frame { kind: FrameKind::Item, .. }));
        self.list().filter(|_| item)
    }

    /// The innermost list, if nothing but its item is in it.
    fn list(&mut self) -> Option<&mut List> {
        let lists = self.stack.iter_mut().rev().take(2);
        lists.into_iter().find_map(|frame| match &mut frame.kind {
            FrameKind::List(list) => Some(list),
            _ => None,
        })
    }

    /// What the item that was just opened says about being a task.
    pub(super) fn task(&mut self) -> Option<&mut Option<bool>> {
        let container = self.container().and_then(|container| self.containers.get_mut(container));
        match &mut container?.kind {
            ContainerKind::Bullet { task, .. } | ContainerKind::Number { task, .. } => Some(task),
            _ => None,
        }
    }

    /// All containers, and the `<details>` that must not be.
    pub(super) fn finish(mut self) -> (Vec<Container>, Vec<Broken>) {
        self.break_details();
        (self.containers, self.broken)
    }
}

impl List {
    fn next_item(&mut self, depth: usize) -> ContainerKind {
        self.begun = true;
        match &mut self.next {
            Some(next) => {
                let number = *next;
                *next = number.saturating_add(1);
                ContainerKind::Number { number, width: 0, task: None }
            }
            None => ContainerKind::Bullet { depth, task: None },
        }
    }
}

/// Whether the line above the one with `at` is blank, but for the marks of quotes.
pub(super) fn blank_above(markdown: &str, at: usize) -> bool {
    let before = markdown.get(..at).unwrap_or_default().trim_end_matches([' ', '\t', '>']);
    let above =
        before.strip_suffix('\n').map(|before| before.trim_end_matches([' ', '\t', '>', '\r']));
    above.is_some_and(|above| above.ends_with('\n'))
}
