//! What the parts of a row become together, once they are read.

use crate::math::node::{Class, Node};

/// Puts what stands between delimiters of a size into one node, when its last delimiter was
/// read: they are as high as it.
pub(crate) fn close(nodes: &mut Vec<Node>, open: &mut Vec<usize>) {
    let sign = |node: Option<&Node>, wanted: Class| match node {
        Some(Node::Symbol { text, class }) if *class == wanted => text.chars().next(),
        _ => None,
    };
    let Some(start) = open.last().copied() else { return };
    let left = sign(nodes.get(start), Class::Open);
    let right = match nodes.last() {
        Some(Node::Script { base, .. }) => sign(Some(base), Class::Close),
        last => sign(last, Class::Close),
    };
    let (Some(left), Some(right)) = (left, right) else { return };
    let Some(last) = nodes.pop() else { return };
    let body = Box::new(Node::Row(bars(nodes.drain(start..).skip(1).collect())));
    open.pop();
    let fenced = Node::Fenced { open: Some(left), close: Some(right), body };
    nodes.push(match last {
        Node::Script { sub, sup, limits, .. } => {
            Node::Script { base: Box::new(fenced), sub, sup, limits }
        }
        _ => fenced,
    });
}

/// Dots beside a comma stand on the line.
pub(crate) fn dots(nodes: &mut [Node]) {
    let is_comma = |node: Option<&Node>| node.is_some_and(|it| it.class() == Class::Punctuation);
    for at in 0..nodes.len() {
        let before = at.checked_sub(1).and_then(|before| nodes.get(before));
        let beside = is_comma(before) || is_comma(nodes.get(at + 1));
        if let Some(Node::Symbol { text, .. }) = nodes.get_mut(at).filter(|_| beside)
            && text == "⋯"
        {
            "…".clone_into(text);
        }
    }
}

/// Gives bars of a size what they belong to: two of them stand around it, one alone behind it
/// says where it is looked at, as in `f(x) |ₓ₌₀`. Others stand between delimiters.
pub(crate) fn bars(nodes: Vec<Node>) -> Vec<Node> {
    let mut out: Vec<Node> = vec![];
    let mut open: Option<(usize, char)> = None;
    for node in nodes {
        let (sign, has_script) = match (&node, bar(&node)) {
            (Node::Script { .. }, sign) => (sign, true),
            (_, sign) => (sign, false),
        };
        match (sign, open) {
            (Some(sign), Some((start, opened))) if sign == opened => {
                let body = Node::Row(out.drain(start..).skip(1).collect());
                out.push(dressed(node, Some(sign), sign, body));
                open = None;
            }
            (Some(sign), _) if has_script => {
                let before = out.iter().rposition(|it| !matches!(it, Node::Space(_)));
                let body = before.map_or(Node::Row(vec![]), |at| out.remove(at));
                out.push(dressed(node, None, sign, body));
            }
            (Some(sign), None) => {
                open = Some((out.len(), sign));
                out.push(node);
            }
            _ => out.push(node),
        }
    }
    out
}

/// The sign of a bar, with or without a script.
fn bar(node: &Node) -> Option<char> {
    match node {
        Node::Bar(sign) => Some(*sign),
        Node::Script { base, .. } => bar(base.bare()),
        _ => None,
    }
}

/// The body between its bars, with the script of the last one.
fn dressed(last: Node, open: Option<char>, close: char, body: Node) -> Node {
    let fenced = Node::Fenced { open, close: Some(close), body: Box::new(body) };
    match last {
        Node::Script { sub, sup, limits, .. } => {
            Node::Script { base: Box::new(fenced), sub, sup, limits }
        }
        _ => fenced,
    }
}
