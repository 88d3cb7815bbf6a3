//! What stands around a leaf: hanging markers of lists and footnotes, bars beside quotes, the
//! words over alerts, summaries.
//!
//! Prefixes take at most half of the page; where nesting is deeper, the outer ones go first.

use crate::document::{Alert, Container, ContainerKind, Document};
use crate::layout::flow::Flow;
use crate::layout::ornament::Ornaments;
use crate::layout::{Line, Measure, Role, Span, prose};
use crate::text::{self, Safe};

/// The surroundings of one leaf.
pub(super) struct Frame {
    measure: Measure,
    /// Outermost first.
    parts: Vec<Part>,
    /// Whether it is the first leaf of all footnotes.
    notes: bool,
}

/// What one container adds to the rows.
struct Part {
    /// Before the first row of the container.
    first: Span,
    /// Before the others.
    rest: Span,
    /// A row of its own above the leaf.
    head: Option<Flow>,
    /// Whether the leaf above stands in it too.
    shared: bool,
}

impl Frame {
    pub(super) fn around(document: &Document, block: usize, measure: Measure) -> Self {
        let above: Vec<usize> = match block.checked_sub(1) {
            Some(above) => document.around(above).map(|(index, _)| index).collect(),
            None => vec![],
        };
        let mut room = measure.width / 2;
        let mut parts = vec![];
        for (index, container) in document.around(block) {
            let mut part = part(document, container, measure);
            if above.contains(&index) {
                (part.shared, part.head) = (true, None);
            }
            let cells = text::width(&part.rest.text);
            if cells > room {
                (part.first, part.rest) = (nothing(), nothing());
            }
            room = room.saturating_sub(cells);
            parts.push(part);
        }
        parts.reverse();
        let notes = in_footnote(document, block)
            && block.checked_sub(1).is_none_or(|above| !in_footnote(document, above));
        Self { measure, parts, notes }
    }

    /// Cells that are left for the leaf.
    pub(super) fn inner_width(&self) -> usize {
        self.measure.width - self.prefix_width(self.parts.len())
    }

    fn prefix_width(&self, parts: usize) -> usize {
        self.parts.iter().take(parts).map(|part| text::width(&part.rest.text)).sum()
    }

    /// The whole of the leaf: `gap` blank rows, the words over it, its own rows.
    pub(super) fn rows(self, gap: usize, own: Vec<Line>) -> Vec<Line> {
        let mut rows: Vec<Line> = (0..gap).map(|_| self.blank()).collect();
        if self.notes {
            rows.push(notes_rule(self.measure));
        }
        let mut begun: Vec<bool> = self.parts.iter().map(|part| part.shared).collect();
        for (level, part) in self.parts.iter().enumerate() {
            let Some(head) = &part.head else { continue };
            let width = self.measure.width - self.prefix_width(level + 1);
            for line in prose::rows(head, width) {
                rows.push(self.prefixed(level + 1, line, &mut begun));
            }
        }
        for line in own {
            rows.push(self.prefixed(self.parts.len(), line, &mut begun));
        }
        rows
    }

    fn prefixed(&self, parts: usize, line: Line, begun: &mut [bool]) -> Line {
        let mut spans = vec![];
        for (part, begun) in self.parts.iter().zip(begun).take(parts) {
            let first = !std::mem::replace(begun, true);
            let prefix = if first { &part.first } else { &part.rest };
            if !prefix.text.is_empty() {
                spans.push(prefix.clone());
            }
        }
        if line.spans.is_empty() {
            trim(&mut spans);
        }
        spans.extend(line.spans);
        Line { spans, start: line.start }
    }

    /// A blank row: only bars go on through it.
    fn blank(&self) -> Line {
        let shared = self.parts.iter().take_while(|part| part.shared);
        let mut spans: Vec<Span> = shared.map(|part| part.rest.clone()).collect();
        spans.retain(|span| !span.text.is_empty());
        trim(&mut spans);
        Line { spans, start: 0 }
    }
}

/// Takes away spaces that end a row.
fn trim(spans: &mut Vec<Span>) {
    while spans.last().is_some_and(|span| span.text.trim().is_empty()) {
        spans.pop();
    }
}

fn notes_rule(measure: Measure) -> Line {
    let rule = Safe::repeat(Ornaments::of(measure).rule, measure.width.min(8));
    Line { spans: vec![Span::ornament(rule, Role::Rule)], start: 0 }
}

/// The role of running text where this leaf stands.
pub(super) fn base_role(document: &Document, block: usize) -> Role {
    let quoted = document.around(block).any(|(_, around)| around.kind == ContainerKind::Quote);
    if quoted { Role::Quote } else { Role::Text }
}

fn in_footnote(document: &Document, block: usize) -> bool {
    let outermost = document.around(block).last();
    matches!(outermost, Some((_, Container { kind: ContainerKind::Footnote { .. }, .. })))
}

fn part(document: &Document, container: &Container, measure: Measure) -> Part {
    let ornaments = Ornaments::of(measure);
    match &container.kind {
        ContainerKind::Quote => bar(Role::QuoteBar, ornaments),
        ContainerKind::Alert(alert) => {
            let (role, name) = alert_name(*alert);
            let mut head = Flow::default();
            head.ornament(&Safe::from(name), role);
            Part { head: Some(head), ..bar(role, ornaments) }
        }
        ContainerKind::Bullet { depth, task } => {
            hanging(marker(Safe::from(ornaments.bullet(*depth)), *task))
        }
        ContainerKind::Number { number, width, task } => {
            let number = Safe::line(&format!("{number:>0$}.", width.saturating_sub(1)));
            let (mark, role) = marker(Safe::default(), *task);
            let space = Safe::repeat(" ", usize::from(task.is_some()));
            hanging((number.then(&space).then(&mark), role))
        }
        ContainerKind::Footnote { number, .. } => {
            hanging((Safe::line(&format!("[{number}]")), Role::Footnote))
        }
        ContainerKind::Details(summary) => {
            let mut head = Flow::default();
            head.prose(document, summary, Role::Summary, None);
            if summary.text.is_empty() {
                head.ornament(&Safe::from("Details"), Role::Summary);
            }
            Part { head: Some(head), ..hanging((Safe::from(ornaments.fold), Role::Marker)) }
        }
    }
}

/// What stands in place of a bullet.
fn marker(bullet: Safe, task: Option<bool>) -> (Safe, Role) {
    match task {
        None => (bullet, Role::Marker),
        Some(true) => (Safe::from("[x]"), Role::Done),
        Some(false) => (Safe::from("[ ]"), Role::Open),
    }
}

/// A marker in front of the first row, and as much space in front of the others.
fn hanging((marker, role): (Safe, Role)) -> Part {
    let first = marker.then(&Safe::from(" "));
    let space = Safe::repeat(" ", text::width(&first));
    let rest = Span::ornament(space, Role::Text);
    Part { first: Span::ornament(first, role), rest, head: None, shared: false }
}

fn bar(role: Role, ornaments: &Ornaments) -> Part {
    let bar = Span::ornament(Safe::from(ornaments.bar).then(&Safe::from(" ")), role);
    Part { first: bar.clone(), rest: bar, head: None, shared: false }
}

fn nothing() -> Span {
    Span::ornament(Safe::default(), Role::Text)
}

fn alert_name(alert: Alert) -> (Role, &'static str) {
    match alert {
        Alert::Note => (Role::AlertNote, "Note"),
        Alert::Tip => (Role::AlertTip, "Tip"),
        Alert::Important => (Role::AlertImportant, "Important"),
        Alert::Warning => (Role::AlertWarning, "Warning"),
        Alert::Caution => (Role::AlertCaution, "Caution"),
    }
}
