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
    let body = Box::new(Node::Row(nodes.drain(start..).skip(1).collect()));
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
