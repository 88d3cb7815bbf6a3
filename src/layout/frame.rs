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
            let mut part = part(container, measure);
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

fn part(container: &Container, measure: Measure) -> Part {
    let ornaments = Ornaments::of(measure);
    match &container.kind {
        ContainerKind::Quote => bar(Role::QuoteBar, ornaments),
        ContainerKind::Alert(alert) => {
            let (role, sign, name) = alert_name(*alert);
            let mut head = Flow::default();
            let sign = if measure.ascii { "" } else { sign };
            head.ornament(&Safe::from(sign).then(&Safe::from(name)), role);
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
        ContainerKind::Details(_) => hanging((Safe::from(ornaments.unfolded), Role::Marker)),
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

/// How an alert is told: its role, a sign that no terminal takes for an emoji, its word.
fn alert_name(alert: Alert) -> (Role, &'static str, &'static str) {
    match alert {
        Alert::Note => (Role::AlertNote, "✎ ", "Note"),
        Alert::Tip => (Role::AlertTip, "✦ ", "Tip"),
        Alert::Important => (Role::AlertImportant, "◆ ", "Important"),
        Alert::Warning => (Role::AlertWarning, "▲ ", "Warning"),
        Alert::Caution => (Role::AlertCaution, "✖ ", "Caution"),
    }
}

#[cfg(test)]
mod tests {
    use crate::layout::Measure;
    use crate::layout::tests::{page, roles, shown};

    #[test]
    fn markers_hang() {
        assert_eq!(
            shown("- aa bb\n  - cc\n    - dd\n      - ee", 40),
            "• aa bb\n  ◦ cc\n    ▪ dd\n      • ee\n"
        );
        assert_eq!(shown("- aa bb", 5), "• aa\n  bb\n");
        assert_eq!(shown("9. aa bb\n10. cc", 8), " 9. aa\n    bb\n10. cc\n");
        assert_eq!(shown("- [x] a\n- [ ] b\n1. [ ] c", 20), "[x] a\n[ ] b\n\n1. [ ] c\n");
        assert_eq!(shown("- ## a\n- ```\n  b\n  ```", 10), "• a\n• ────────\n  b\n  ────────\n");
    }

    #[test]
    fn a_marker_stands_only_before_the_first_row_of_its_item() {
        assert_eq!(shown("- a\n\n  b\n\n- c", 20), "• a\n\n  b\n\n• c\n");
        assert_eq!(shown("- > a\n  >\n  > b", 20), "• │ a\n  │\n  │ b\n");
    }

    #[test]
    fn bars_go_through_the_blank_rows_of_a_quote() {
        assert_eq!(
            shown("> a\n>\n> > b\n>\n> c\n\nd\n\n> e", 20),
            "│ a\n│\n│ │ b\n│\n│ c\n\nd\n\n│ e\n"
        );
        assert_eq!(roles("> a *b*", 20), ["¹QuoteBar(│ ) Quote(a ) Emphasis(b)"]);
    }

    #[test]
    fn an_alert_says_by_a_sign_and_a_word_what_it_is() {
        assert_eq!(shown("> [!WARNING]\n> a\n>\n> b", 20), "│ ▲ Warning\n│ a\n│\n│ b\n");
        assert_eq!(
            roles("> [!TIP]\n> a", 20),
            ["¹AlertTip(│ ) ¹AlertTip(✦ Tip)", "¹AlertTip(│ ) Text(a)"]
        );
        assert_eq!(shown("- > [!NOTE]\n  > a", 20), "• │ ✎ Note\n  │ a\n");
    }

    #[test]
    fn details_show_their_summary_over_their_text() {
        let markdown =
            "<details><summary>Why `so`?</summary>\n\nBecause.\n\n- a\n\n</details>\n\nb";
        assert_eq!(shown(markdown, 20), "▾ Why so?\n  Because.\n\n  • a\n\nb\n");
        assert_eq!(shown("<details>\n\na\n\n</details>", 20), "▾ Details\n  a\n");
    }

    #[test]
    fn footnotes_stand_under_a_short_rule_close_together() {
        let markdown = "a[^1] b[^2]\n\n[^1]: cc dd\n[^2]: ee\n\n    ff";
        assert_eq!(shown(markdown, 9), "a[1] b[2]\n\n────────\n[1] cc dd\n[2] ee\n\n    ff\n");
    }

    #[test]
    fn ornaments_can_be_ascii() {
        let markdown = "> - a\n\n<details><summary>b</summary>\n\n```sh run\nc\n```\n\n</details>";
        let page = page(markdown, Measure { width: 20, ascii: true });
        assert_eq!(page, "| * a\n\nv b\n  -- sh (ran) ------\n  c\n  ------------------\n");
        assert!(page.is_ascii());
    }

    #[test]
    fn prefixes_give_way_where_there_is_no_room() {
        let deep = "> ".repeat(30) + "text";
        assert_eq!(shown(&deep, 20), format!("{}text\n", "│ ".repeat(5)));
        assert_eq!(shown(&deep, 3), "tex\nt\n");
        assert_eq!(shown("- a", 1), "a\n");
    }
}
