//! Running text on its way into rows: what is read and what layout adds, each with its role.

use std::ops::Range;

use crate::document::{Document, Mark, MarkKind, Prose};
use crate::layout::{Measure, Role, math};
use crate::text::{self, Safe};

/// Cells of an image's target that are shown.
const TARGET: usize = 48;

/// Whether an image lies on another machine: its address says less than its text.
fn is_elsewhere(document: &Document, link: usize) -> bool {
    let target = document.links.get(link).map_or("", |link| link.target.as_str());
    ["http://", "https://", "//", "data:"].iter().any(|begin| target.starts_with(begin))
}

/// Text with roles.
#[derive(Default)]
pub(super) struct Flow {
    pub(super) text: Safe,
    /// One after the other, without gaps.
    pub(super) segments: Vec<Segment>,
}

/// A part of a flow with one role.
#[derive(Debug, PartialEq)]
pub(super) struct Segment {
    /// Bytes of the flow's text.
    pub(super) range: Range<usize>,
    pub(super) role: Role,
    /// Where in the leaf's text it begins; none for what layout adds.
    pub(super) at: Option<usize>,
}

impl Flow {
    /// A leaf's whole text with one role.
    pub(super) fn plain(text: &Safe, role: Role) -> Self {
        let mut flow = Self::default();
        flow.push(text, 0..text.len(), role, Some(0));
        flow
    }

    /// A prose that is the leaf's whole text.
    pub(super) fn of(document: &Document, prose: &Prose, base: Role, measure: Measure) -> Self {
        let mut flow = Self::default();
        flow.prose((document, measure), prose, base, Some(0));
        flow
    }

    /// Adds a prose that begins at byte `at` of the leaf's text.
    pub(super) fn prose(
        &mut self,
        within: (&Document, Measure),
        prose: &Prose,
        base: Role,
        at: Option<usize>,
    ) {
        self.marked(within, prose, base, at);
        if let Some(title) = caption(within.0, prose) {
            self.ornament(&Safe::prose("\n"), Role::Text);
            self.ornament(title, Role::Emphasis);
        }
    }

    /// The same without the caption of a picture.
    pub(super) fn marked(
        &mut self,
        (document, measure): (&Document, Measure),
        prose: &Prose,
        base: Role,
        at: Option<usize>,
    ) {
        let mut edges: Vec<(usize, bool, &Mark)> = prose
            .marks
            .iter()
            .flat_map(|mark| [(mark.range.start, true, mark), (mark.range.end, false, mark)])
            .map(|(place, begins, mark)| (text::whole(&prose.text, place), begins, mark))
            .collect();
        // A mark may end inside a grapheme, but a cell has one role.
        // Stable, so that an outer mark begins before an inner one; ends come before begins.
        edges.sort_by_key(|(place, begins, _)| (*place, *begins));
        let mut active = Active::default();
        let mut done = 0;
        for (place, begins, mark) in edges {
            let part = done..place.max(done);
            self.push(&prose.text, part, active.role(base), at.map(|at| at + done));
            done = done.max(place);
            let open = active.of(mark.kind);
            *open = if begins { *open + 1 } else { open.saturating_sub(1) };
            match mark.kind {
                MarkKind::Image(_) if begins => self.ornament(&Safe::from("[image: "), Role::Image),
                MarkKind::Image(link) => {
                    self.ornament(&Safe::from("]"), Role::Image);
                    if mark.range.is_empty() || !is_elsewhere(document, link) {
                        self.image_target((document, measure), link);
                    }
                }
                MarkKind::Math if begins => done = self.formula(prose, mark, measure).max(done),
                _ => {}
            }
        }
        let rest = done..prose.text.len();
        self.push(&prose.text, rest, active.role(base), at.map(|at| at + done));
    }

    /// Sets a formula, and says up to which byte of the prose that is.
    fn formula(&mut self, prose: &Prose, mark: &Mark, measure: Measure) -> usize {
        let source = prose.text.get(mark.range.clone()).unwrap_or_default();
        let Some(line) = math::inline(source, measure) else { return mark.range.start };
        self.ornament(&line, Role::Math);
        text::whole(&prose.text, mark.range.end)
    }

    fn image_target(&mut self, (document, measure): (&Document, Measure), link: usize) {
        let Some(target) = document.links.get(link).map(|link| &link.target) else { return };
        if !target.is_empty() {
            let cut = text::fitting(target, TARGET);
            let more = if cut < target.len() { "..." } else { "" };
            let mut shown = Safe::from(" (").then(&target.slice(0..cut)).then(&Safe::from(more));
            if let Some(picture) = document.pictures.get(&link) {
                shown = shown.then(&Safe::from(", ")).then(&picture.about(if measure.ascii {
                    'x'
                } else {
                    '×'
                }));
            }
            self.ornament(&shown.then(&Safe::from(")")), Role::Rule);
        }
    }

    /// Adds something that is not in the leaf's text.
    pub(super) fn ornament(&mut self, text: &Safe, role: Role) {
        self.push(text, 0..text.len(), role, None);
    }

    /// Adds another flow.
    pub(super) fn append(&mut self, other: Self) {
        for Segment { range, role, at } in other.segments {
            self.push(&other.text, range, role, at);
        }
    }

    fn push(&mut self, text: &Safe, part: Range<usize>, role: Role, at: Option<usize>) {
        if part.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_part(text, part);
        let end = self.text.len();
        if let Some(last) = self.segments.last_mut()
            && last.role == role
            && last.at.map(|at| at + last.range.len()) == at
        {
            last.range.end = end;
            return;
        }
        self.segments.push(Segment { range: start..end, role, at });
    }
}

/// The link of the picture that is all of a prose.
pub(super) fn lone_image(prose: &Prose) -> Option<usize> {
    let [Mark { range, kind: MarkKind::Image(link) }] = prose.marks.as_slice() else { return None };
    (*range == (0..prose.text.len())).then_some(*link)
}

/// The caption of a picture that stands alone: its title.
pub(super) fn caption<'a>(document: &'a Document, prose: &Prose) -> Option<&'a Safe> {
    let link = document.links.get(lone_image(prose)?)?;
    Some(&link.title).filter(|title| !title.is_empty())
}

/// How many marks of each kind are open.
#[derive(Default)]
struct Active {
    emphasis: usize,
    strong: usize,
    struck: usize,
    code: usize,
    math: usize,
    link: usize,
    image: usize,
    footnote: usize,
    html: usize,
    short: usize,
}

impl Active {
    fn of(&mut self, kind: MarkKind) -> &mut usize {
        match kind {
            MarkKind::Emphasis => &mut self.emphasis,
            MarkKind::Strong => &mut self.strong,
            MarkKind::Strikethrough => &mut self.struck,
            MarkKind::Code => &mut self.code,
            MarkKind::Math => &mut self.math,
            MarkKind::Link(_) => &mut self.link,
            MarkKind::Image(_) => &mut self.image,
            MarkKind::Footnote(_) => &mut self.footnote,
            MarkKind::Html => &mut self.html,
            MarkKind::Abbreviation(_) => &mut self.short,
        }
    }

    /// The role that tells the reader most. A heading or a table's head is one thing to the
    /// eye: emphasis in it does not show.
    fn role(&self, base: Role) -> Role {
        let plain = matches!(base, Role::Text | Role::Quote);
        match self {
            Self { image: 1.., .. } => Role::Image,
            Self { footnote: 1.., .. } => Role::Footnote,
            Self { code: 1.., link: 1.., .. } => Role::CodeLink,
            Self { code: 1.., .. } => Role::Code,
            Self { math: 1.., .. } => Role::Math,
            Self { html: 1.., .. } => Role::Html,
            Self { link: 1.., .. } => Role::Link,
            Self { struck: 1.., .. } => Role::Strikethrough,
            Self { emphasis: 1.., strong: 1.., .. } if plain => Role::StrongEmphasis,
            Self { strong: 1.., .. } if plain => Role::Strong,
            Self { emphasis: 1.., .. } if plain => Role::Emphasis,
            Self { short: 1.., .. } if plain => Role::Abbreviation,
            _ => base,
        }
    }
}
