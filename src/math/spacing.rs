//! The cells between the parts of a row.

use crate::math::node::{Class, Node};

/// What stands in a row, and how many cells before it.
pub(crate) fn spaced(nodes: &[Node]) -> Vec<(usize, &Node)> {
    let mut out: Vec<(usize, &Node)> = vec![];
    let mut asked = 0;
    let mut before: Option<Class> = None;
    let shown: Vec<&Node> = nodes.iter().filter(|node| !node.is_empty()).collect();
    for (at, node) in shown.iter().enumerate() {
        if let Node::Space(cells) = node {
            asked += cells;
            continue;
        }
        let after = shown.iter().skip(at + 1).find(|it| !matches!(it, Node::Space(_)));
        let class = class(node, before, after.map(|after| after.class()));
        let own = before.map_or(0, |before| between(before, class));
        // What stands over two relations would run into each other.
        let is_dressed = |node: &Node| matches!(node, Node::Script { limits: true, .. });
        let dressed = before == Some(Class::Relation)
            && class == Class::Relation
            && (is_dressed(node) || out.last().is_some_and(|(_, last)| is_dressed(last)));
        let own = own.max(usize::from(dressed));
        let stands = out.last().is_some_and(|(_, last)| apart(last, node));
        out.push((own.max(asked).max(usize::from(stands)), node));
        // A sign stands close to what follows it.
        let after = match (node.class(), class) {
            (Class::Binary, Class::Ordinary) => Class::Open,
            (Class::Open, _) if !matches!(node, Node::Symbol { .. }) => Class::Close,
            (_, class) => class,
        };
        (asked, before) = (0, Some(after));
    }
    out
}

/// A binary sign without something to bind is a sign of its own: `−x`.
fn class(node: &Node, before: Option<Class>, after: Option<Class>) -> Class {
    let lonely =
        matches!(
            before,
            None | Some(
                Class::Binary
                    | Class::Relation
                    | Class::Open
                    | Class::Punctuation
                    | Class::Operator
                    | Class::Large
            )
        ) || matches!(after, None | Some(Class::Relation | Class::Close | Class::Punctuation));
    match node.class() {
        Class::Binary if lonely => Class::Ordinary,
        class => class,
    }
}

fn between(left: Class, right: Class) -> usize {
    use Class::{Binary, Close, Large, Open, Operator, Ordinary, Punctuation, Relation};
    match (left, right) {
        (Open, _) | (_, Close | Punctuation) | (Operator, Open) | (Relation, Relation) => 0,
        (Relation | Binary | Punctuation | Large, _) | (_, Relation | Binary | Large) => 1,
        (Operator, Ordinary | Operator) | (Ordinary | Close, Operator) => 1,
        _ => 0,
    }
}

/// Whether two things would run into each other: a fraction and what stands beside it, and a
/// script that Unicode does not have before a letter.
fn apart(left: &Node, right: &Node) -> bool {
    let plain =
        |node: &Node| matches!(node.class(), Class::Ordinary | Class::Operator | Class::Large);
    (ends_wide(left) && plain(right)) || (begins_wide(right) && plain(left))
}

/// Whether a fraction stands at its left edge.
fn begins_wide(node: &Node) -> bool {
    match node.bare() {
        Node::Fraction { .. } => true,
        Node::Fenced { open: None, body, .. } => begins_wide(body),
        Node::Script { base, .. } => begins_wide(base),
        Node::Row(nodes) => nodes.first().is_some_and(begins_wide),
        _ => false,
    }
}

/// Whether a fraction stands at its right edge.
fn ends_wide(node: &Node) -> bool {
    match node.bare() {
        Node::Fraction { .. } => true,
        Node::Fenced { close: None, body, .. } => ends_wide(body),
        Node::Row(nodes) => nodes.last().is_some_and(ends_wide),
        _ => false,
    }
}
