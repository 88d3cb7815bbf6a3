//! A formula in two dimensions.

use crate::math::drawing::Drawing;
use crate::math::line;
use crate::math::node::{Accent, Class, Node};
use crate::math::script::{subscript, superscript};
use crate::math::spacing::spaced;
use crate::math::symbol::tall;
use crate::math::table;
use crate::text;

/// The drawing's rows when it fits into `width` cells, broken before relations if it must be.
pub(crate) fn fitting(node: &Node, width: usize) -> Option<Vec<String>> {
    let whole = drawing(node);
    if whole.width <= width {
        return Some(whole.rows);
    }
    let Node::Row(nodes) = node.bare() else { return None };
    let mut rows = vec![];
    for (at, part) in broken(nodes, width)?.iter().enumerate() {
        let indent = if at == 0 { 0 } else { INDENT };
        rows.extend(part.padded(indent, 0).rows);
    }
    Some(rows)
}

/// Cells before what goes on.
const INDENT: usize = 4;

/// A row in parts that fit, each but the first beginning with a relation, or with a sign
/// between terms where relations are too far apart.
fn broken(nodes: &[Node], width: usize) -> Option<Vec<Drawing>> {
    let mut parts: Vec<Drawing> = vec![];
    let mut rest = nodes;
    while !rest.is_empty() {
        let room = if parts.is_empty() { width } else { width.saturating_sub(INDENT) };
        let fits = |end: &usize| rest.get(..*end).is_some_and(|nodes| part(nodes).width <= room);
        let at = |class: Class| {
            let places = rest.iter().enumerate().skip(1);
            let places = places.filter(move |(_, node)| node.class() == class).map(|(at, _)| at);
            places.take_while(|end| fits(end)).last()
        };
        let end = Some(rest.len()).filter(|end| fits(end));
        let end = end.or_else(|| at(Class::Relation)).or_else(|| at(Class::Binary))?;
        parts.push(part(rest.get(..end)?));
        rest = rest.get(end..)?;
    }
    Some(parts)
}

/// A row that may begin with the sign it was broken before.
fn part(nodes: &[Node]) -> Drawing {
    match nodes.split_first() {
        Some((sign, rest)) if sign.class() == Class::Binary && !rest.is_empty() => {
            let mut out = drawing(sign);
            out.space(1);
            out.beside(&row(rest));
            out
        }
        _ => row(nodes),
    }
}

/// The formula as rows of equal width.
pub(crate) fn drawing(node: &Node) -> Drawing {
    match node {
        Node::Symbol { text, .. } => Drawing::line(text.clone()),
        Node::Row(nodes) => row(nodes),
        Node::Fraction { over, under, bar: true } => fraction(over, under, "─"),
        Node::Fraction { over, under, bar: false } => fraction(over, under, " "),
        Node::Root { index, of } => root(index.as_deref(), of),
        Node::Script { base, sub, sup, limits } => {
            let (sub, sup) = (sub.as_deref(), sup.as_deref());
            if *limits { limited(base, sub, sup) } else { scripted(base, sub, sup) }
        }
        Node::Accent { base, accent } => accented(base, *accent),
        Node::Fenced { open, close, body } => fenced(*open, &drawing(body), *close),
        Node::Bar(sign) => Drawing::line(sign.to_string()),
        Node::Table { rows, columns, gap, lines } => table::drawn(rows, columns, *gap, lines),
        Node::Space(cells) => Drawing::line(" ".repeat(*cells)),
    }
}

fn row(nodes: &[Node]) -> Drawing {
    let mut out = Drawing::line("");
    let mut parts = vec![];
    for (space, node) in spaced(nodes) {
        let part = drawing(node);
        out.grow(part.base, part.below());
        parts.push((space, node, part));
    }
    // Bars are as high as what they stand between.
    let (base, height) = (out.base, out.height());
    for (space, node, part) in parts {
        out.space(space);
        match node {
            Node::Bar(sign) => out.beside(&Drawing::column(&tall(*sign, height, base), base)),
            _ => out.beside(&part),
        }
    }
    out
}

/// One over the other; a line of `between` is longer than both.
fn fraction(over: &Node, under: &Node, between: &str) -> Drawing {
    let (over, under) = (drawing(over), drawing(under));
    let longer = if between == " " { 0 } else { 2 };
    let line = Drawing::line(between.repeat(over.width.max(under.width) + longer));
    Drawing::stack(&[&over, &line, &under], 1)
}

fn root(index: Option<&Node>, of: &Node) -> Drawing {
    let index = index.map(line::text).filter(|index| index != "2");
    if of.is_atom() && drawing(of).height() == 1 {
        let of = of.clone();
        let index = index.map(|index| Box::new(Node::symbol(index, Class::Ordinary)));
        return Drawing::line(line::text(&Node::Root { index, of: Box::new(of) }));
    }
    let body = drawing(of);
    let mut sign = vec!['⎟'; body.height()];
    if let Some(foot) = sign.last_mut() {
        *foot = '√';
    }
    let mut out = Drawing::column(&sign, body.base);
    if let Some(index) = index {
        let small = superscript(&index).unwrap_or(index);
        let mut before = Drawing::line(small);
        before.base = 0;
        let lower = body.below();
        before.grow(0, lower);
        let mut joined = before;
        joined.beside(&out);
        out = joined;
    }
    let margin = out.width;
    out.beside(&body);
    let roof = format!("{}{}", " ".repeat(margin), "_".repeat(body.width));
    out.rows.insert(0, roof);
    out.base += 1;
    out
}

/// Scripts at the right.
fn scripted(base: &Node, sub: Option<&Node>, sup: Option<&Node>) -> Drawing {
    let mut out = drawing(base);
    let (sub, sup) = (sub.map(line::tight), sup.map(line::tight));
    if out.height() == 1 {
        let lowered = sub.as_deref().map_or(Some(String::new()), subscript);
        let raised = sup.as_deref().map_or(Some(String::new()), superscript);
        if let (Some(lowered), Some(raised)) = (lowered, raised) {
            out.beside(&Drawing::line(lowered + &raised));
            return out;
        }
    }
    let width = [&sub, &sup].into_iter().flatten().map(|it| text::width(it)).max();
    let width = width.unwrap_or(0);
    let pad = |text: &str| format!("{text}{}", " ".repeat(width - text::width(text)));
    let above = usize::from(sup.is_some());
    let below = usize::from(sub.is_some());
    let tall = out.height() > 1;
    if !tall {
        out.grow(above, below);
    }
    let last = out.rows.len().saturating_sub(1);
    for (at, row) in out.rows.iter_mut().enumerate() {
        let script = match (at, &sup, &sub) {
            (0, Some(sup), _) => pad(sup),
            (_, _, Some(sub)) if at == last => pad(sub),
            _ => " ".repeat(width),
        };
        row.push_str(&script);
    }
    out.width += width;
    out
}

/// Scripts straight above and below.
fn limited(base: &Node, sub: Option<&Node>, sup: Option<&Node>) -> Drawing {
    let body = drawing(base);
    let small = |node: &Node| match node.bare() {
        Node::Table { .. } => drawing(node),
        node => Drawing::line(line::tight(node)),
    };
    let (sup, sub) = (sup.map(small), sub.map(small));
    let widest = [&sup, &sub].into_iter().flatten().map(|it| it.width).max().unwrap_or(0);
    let body = arrow(base, widest).unwrap_or(body);
    let mut parts: Vec<&Drawing> = vec![];
    parts.extend(sup.as_ref());
    parts.push(&body);
    parts.extend(sub.as_ref());
    Drawing::stack(&parts, usize::from(sup.is_some()))
}

/// An arrow as long as what stands over or under it.
fn arrow(base: &Node, cells: usize) -> Option<Drawing> {
    let Node::Symbol { text, class: Class::Relation } = base.bare() else { return None };
    let line = "─".repeat(cells);
    match text.as_str() {
        "→" if cells > 1 => Some(Drawing::line(format!("{line}→"))),
        "←" if cells > 1 => Some(Drawing::line(format!("←{line}"))),
        "↔" if cells > 1 => Some(Drawing::line(format!("←{line}→"))),
        "↦" if cells > 1 => Some(Drawing::line(format!("├{line}→"))),
        "⇒" if cells > 1 => Some(Drawing::line(format!("{}⇒", "═".repeat(cells)))),
        "⇐" if cells > 1 => Some(Drawing::line(format!("⇐{}", "═".repeat(cells)))),
        _ => None,
    }
}

fn accented(base: &Node, accent: Accent) -> Drawing {
    let body = drawing(base);
    let short = body.height() == 1 && body.width == 1;
    let brace = |left: &str, middle: &str, right: &str| {
        let rest = body.width.saturating_sub(3);
        let (before, after) = (rest / 2, rest - rest / 2);
        Drawing::line(match body.width {
            ..2 => middle.to_owned(),
            2 => format!("{left}{right}"),
            _ => format!("{left}{}{middle}{}{right}", "─".repeat(before), "─".repeat(after)),
        })
    };
    match accent {
        Accent::Mark(..) | Accent::Over if short => {
            let base = base.clone();
            Drawing::line(line::text(&Node::Accent { base: Box::new(base), accent }))
        }
        Accent::Mark('\u{338}', _) => {
            let struck = Drawing::line("╱".repeat(body.width));
            Drawing::stack(&[&struck, &body], 1)
        }
        Accent::Mark(mark, _) => {
            Drawing::stack(&[&Drawing::line(sign(mark, body.width)), &body], 1)
        }
        Accent::Below(arrow, _) => {
            Drawing::stack(&[&body, &Drawing::line(long(arrow, body.width))], 0)
        }
        Accent::Over => Drawing::stack(&[&Drawing::line("_".repeat(body.width)), &body], 1),
        Accent::Under => Drawing::stack(&[&body, &Drawing::line("‾".repeat(body.width))], 0),
        Accent::BraceOver => Drawing::stack(&[&brace("╭", "┴", "╮"), &body], 1),
        Accent::BraceUnder => Drawing::stack(&[&body, &brace("╰", "┬", "╯")], 0),
    }
}

/// A combining character by itself, over so many cells.
fn sign(mark: char, cells: usize) -> String {
    match mark {
        '\u{302}' => "^".to_owned(),
        '\u{303}' => "~".to_owned(),
        '\u{20d7}' | '\u{20d1}' => long('→', cells),
        '\u{20d6}' => long('←', cells),
        '\u{20e1}' => long('↔', cells),
        '\u{307}' => ".".to_owned(),
        '\u{308}' => "¨".to_owned(),
        '\u{20db}' => "...".to_owned(),
        '\u{20dc}' => "....".to_owned(),
        '\u{300}' => "`".to_owned(),
        '\u{301}' => "´".to_owned(),
        '\u{306}' => "˘".to_owned(),
        '\u{30a}' => "°".to_owned(),
        _ => "ˇ".to_owned(),
    }
}

/// An arrow of so many cells.
fn long(arrow: char, cells: usize) -> String {
    match arrow {
        '←' => format!("←{}", "─".repeat(cells.saturating_sub(1))),
        '↔' if cells > 1 => format!("←{}→", "─".repeat(cells.saturating_sub(2))),
        '→' => format!("{}→", "─".repeat(cells.saturating_sub(1))),
        arrow => arrow.to_string(),
    }
}

fn fenced(open: Option<char>, body: &Drawing, close: Option<char>) -> Drawing {
    let mut out = Drawing { rows: vec![String::new(); body.height()], width: 0, base: body.base };
    let side = |delimiter: Option<char>| {
        delimiter.map(|it| Drawing::column(&tall(it, body.height(), body.base), body.base))
    };
    if let Some(open) = side(open) {
        out.beside(&open);
    }
    out.beside(body);
    if let Some(close) = side(close) {
        out.beside(&close);
    }
    out
}
