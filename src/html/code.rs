//! Code in colours, what it printed right below it, diagrams and charts.

use std::ops::Range;

use crate::document::{self, BlockKind, Code, Document};
use crate::html::charts;
use crate::html::markup::Markup;
use crate::layout::{self, Role};

/// Writes code with the leaves that go on with it; returns the leaf after them.
pub(crate) fn code(html: &mut Markup, document: &Document, block: usize) -> usize {
    let parts: Vec<&Code> = parts(document, block).collect();
    let after = block + parts.len().max(1);
    let Some(first) = parts.first() else { return after };
    match (first.language.as_str(), parts.len()) {
        ("chart", 1) => match document::chart(&first.text) {
            Ok(chart) => charts::figure(html, &chart),
            Err(error) => {
                let message = format!("This chart cannot be drawn. {error}");
                html.element("p", &[("class", "problem")], &message);
                html.raw("\n");
                pre(html, &parts, "code");
            }
        },
        ("diagram", _) => diagram(html, &parts),
        _ => {
            let tied = document.is_printed(block);
            let ran = first.is_run();
            pre(
                html,
                &parts,
                match (tied, ran) {
                    (true, _) => "code printed",
                    (_, true) => "code ran",
                    _ => "code",
                },
            );
        }
    }
    after
}

/// A leaf of code and those that go on with it.
fn parts(document: &Document, block: usize) -> impl Iterator<Item = &Code> {
    let rest = document.blocks.iter().skip(block).enumerate();
    let same = rest.take_while(|(at, leaf)| *at == 0 || leaf.continued);
    same.map_while(|(_, leaf)| match &leaf.kind {
        BlockKind::Code(code) => Some(code),
        _ => None,
    })
}

fn diagram(html: &mut Markup, parts: &[&Code]) {
    let alt = parts.first().map_or("", |code| code.alt());
    let name = if alt.is_empty() { "Diagram" } else { alt };
    html.open("pre", &[("class", "diagram"), ("role", "img"), ("aria-label", name)]);
    for code in parts {
        html.text(&code.text);
    }
    html.raw("</pre>\n");
}

fn pre(html: &mut Markup, parts: &[&Code], class: &str) {
    let Some(first) = parts.first() else { return };
    html.open("div", &[("class", class)]);
    let mut label = first.language.to_string();
    if first.is_run() {
        label.push_str(" ✓ ran");
    }
    if label == "mermaid" {
        label.push_str(", in its source");
    }
    if !label.is_empty() {
        html.element("p", &[("class", "label")], &label);
    }
    html.open("pre", &[("tabindex", "0")]);
    html.raw("<code>");
    for (at, code) in parts.iter().enumerate() {
        html.raw(if at > 0 { "\n" } else { "" });
        coloured(html, code);
    }
    html.raw("</code></pre></div>\n");
}

fn coloured(html: &mut Markup, code: &Code) {
    let text = |range: Range<usize>| code.text.get(range).unwrap_or_default();
    let mut done = 0;
    for (range, role) in layout::highlight(code, &mut || true).unwrap_or_default() {
        let Some(class) = class(role) else { continue };
        html.text(text(done..range.start.max(done)));
        done = range.end.max(done);
        html.element("span", &[("class", class)], text(range));
    }
    html.text(text(done..code.text.len()));
}

fn class(role: Role) -> Option<&'static str> {
    Some(match role {
        Role::CodeComment => "co",
        Role::CodeString => "st",
        Role::CodeNumber => "nu",
        Role::CodeKeyword => "kw",
        Role::CodeFunction => "fn",
        Role::CodeType => "ty",
        Role::CodeName => "na",
        Role::CodeAdded => "ad",
        Role::CodeRemoved => "re",
        _ => return None,
    })
}
