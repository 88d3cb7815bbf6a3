//! A formula on one line.

use crate::math::node::{Accent, Class, Node, Side};
use crate::math::script::{is_small, subscript, superscript};
use crate::math::spacing::spaced;

/// The formula as text.
pub(crate) fn text(node: &Node) -> String {
    match node {
        Node::Symbol { text, .. } => text.clone(),
        Node::Row(nodes) => row(nodes),
        Node::Fraction { over, under, bar: true } => ratio(over, under),
        Node::Fraction { over, under, bar: false } => {
            format!("{} over {}", text(over), text(under))
        }
        Node::Root { index, of } => root(index.as_deref(), of),
        Node::Script { base, sub, sup, .. } => script(base, sub.as_deref(), sup.as_deref()),
        Node::Accent { base, accent } => accented(&text(base), *accent),
        Node::Fenced { open, close, body } => {
            let mut out: String = open.iter().collect();
            let inside = text(body);
            // `a x/y|` could be read as a x over y|.
            if open.is_none() && *close == Some('}') {
                out.push_str(&format!("{{{inside}"));
            } else if open.is_none() && close.is_some() && !body.is_atom() {
                out.push_str(&format!("({inside})"));
            } else {
                out.push_str(&inside);
            }
            // Cases have no brace at their end; a line needs one.
            let missing = (*open == Some('{') && close.is_none()).then_some('}');
            out.extend(close.or(missing));
            out
        }
        Node::Bar(sign) => sign.to_string(),
        Node::Table { rows, columns, .. } => {
            let matrix = columns.first() == Some(&Side::Center) || columns.len() == 1;
            let cells = |row: &Vec<Node>| {
                let cells: Vec<String> = row.iter().map(text).filter(|it| !it.is_empty()).collect();
                cells.join(if matrix { ", " } else { " " })
            };
            rows.iter().map(cells).collect::<Vec<_>>().join("; ")
        }
        Node::Space(cells) => " ".repeat(*cells),
    }
}

fn row(nodes: &[Node]) -> String {
    let mut out = String::new();
    let spaced = spaced(nodes);
    for (at, (space, node)) in spaced.iter().enumerate() {
        let joins = |other: Option<&(usize, &Node)>| {
            other.is_some_and(|(_, it)| {
                !matches!(
                    it.class(),
                    Class::Binary | Class::Relation | Class::Close | Class::Punctuation
                )
            })
        };
        let fraction = matches!(node.bare(), Node::Fraction { .. });
        let mut shown = text(node);
        // `1/n x` could be read as one over n x.
        if fraction && joins(spaced.get(at + 1)) && shown.chars().count() > 1 {
            shown = format!("({shown})");
        }
        let runs_on = out.chars().next_back().is_some_and(char::is_alphanumeric)
            && shown.chars().next().is_some_and(char::is_alphanumeric)
            && at.checked_sub(1).and_then(|at| spaced.get(at)).is_some_and(|(_, it)| has_word(it));
        out.push_str(&" ".repeat((*space).max(usize::from(runs_on))));
        out.push_str(&shown);
    }
    out
}

/// Whether its text ends in a script of several letters that Unicode does not have, as `d_ff`.
fn has_word(node: &Node) -> bool {
    let Node::Script { sub, sup, .. } = node.bare() else { return false };
    let plain = |node: &Node, small: fn(&str) -> Option<String>| small(&text(node)).is_none();
    sup.as_deref().is_some_and(|sup| plain(sup, superscript))
        || sub.as_deref().is_some_and(|sub| plain(sub, subscript))
}

fn ratio(over: &Node, under: &Node) -> String {
    let (above, below) = (text(over), text(under));
    if let Some(vulgar) = vulgar(&above, &below) {
        return vulgar.to_string();
    }
    let one = |node: &Node, text: &str| {
        node.is_atom() || matches!(node.bare(), Node::Root { .. }) || is_enclosed(text)
    };
    let simple = one(over, &above) || !above.contains([' ', '/']);
    let simple = simple && !has_slash(&above);
    let derivative = under.is_differential() && above.starts_with('d');
    let dividend = if simple { above } else { format!("({above})") };
    // `b(m + n)` is a product rather than a function.
    let sum = !below.starts_with('(') && (below.contains(" + ") || below.contains(" − "));
    let whole =
        (derivative || one(under, &below)) && (!sum || under.is_atom()) && !has_slash(&below);
    let divisor = if whole { below } else { format!("({below})") };
    format!("{dividend}/{divisor}")
}

/// Whether a slash stands outside of all parentheses: `FLOP/s`.
fn has_slash(text: &str) -> bool {
    let mut open = 0_usize;
    text.chars().any(|c| {
        match c {
            '(' | '[' | '{' => open += 1,
            ')' | ']' | '}' => open = open.saturating_sub(1),
            _ => {}
        }
        c == '/' && open == 0
    })
}

/// Whether a text is one thing because of its parentheses: `f(x)`, `(a + b)²`.
fn is_enclosed(text: &str) -> bool {
    let Some((name, rest)) = text.split_once('(') else { return false };
    let mut open = 1_usize;
    let end = rest.char_indices().find(|(_, c)| {
        open = match c {
            '(' => open + 1,
            ')' => open.saturating_sub(1),
            _ => open,
        };
        open == 0
    });
    let Some((end, _)) = end else { return false };
    let after = rest.get(end + 1..).unwrap_or_default();
    name.chars().all(|c| c.is_alphanumeric() || c == '_') && !after.contains([' ', '/', '('])
}

fn vulgar(over: &str, under: &str) -> Option<char> {
    Some(match (over, under) {
        ("1", "2") => '½',
        ("1", "3") => '⅓',
        ("2", "3") => '⅔',
        ("1", "4") => '¼',
        ("3", "4") => '¾',
        ("1", "8") => '⅛',
        _ => return None,
    })
}

fn root(index: Option<&Node>, of: &Node) -> String {
    let index = index.map(text).filter(|index| index != "2");
    let sign = match index.as_deref() {
        None => "√".to_owned(),
        Some("3") => "∛".to_owned(),
        Some("4") => "∜".to_owned(),
        Some(index) => {
            superscript(index).map_or_else(|| format!("root[{index}]"), |small| small + "√")
        }
    };
    let body = text(of);
    if of.is_atom() { sign + &body } else { format!("{sign}({body})") }
}

fn script(base: &Node, sub: Option<&Node>, sup: Option<&Node>) -> String {
    if let Some(braced) = braced(base, sub, sup) {
        return braced;
    }
    let mut out = text(base);
    let plain = base.is_atom() || matches!(base.bare(), Node::Table { .. }) || base.is_empty();
    if !plain {
        out = format!("({out})");
    }
    if let Some(sub) = sub {
        let shown = small(&tight(sub), '_', subscript);
        // `x_abⁿ` could be read as b to the n.
        let word = sup.is_some_and(|sup| superscript(&tight(sup)).is_some())
            && shown.starts_with('_')
            && !shown.ends_with(')')
            && shown.chars().count() > 2;
        out.push_str(&if word { format!("_({})", tight(sub)) } else { shown });
    }
    if let Some(sup) = sup {
        out.push_str(&small(&tight(sup), '^', superscript));
    }
    out
}

/// What a brace says of what it stands at, which is no power and no index.
fn braced(base: &Node, sub: Option<&Node>, sup: Option<&Node>) -> Option<String> {
    let (name, label, other) = match base.bare() {
        Node::Accent { accent: Accent::BraceOver, .. } => ("overbrace", sup?, sub),
        Node::Accent { accent: Accent::BraceUnder, .. } => ("underbrace", sub?, sup),
        _ => return None,
    };
    let out = format!("{name}({}, {})", text(base), text(label));
    let whole = Node::symbol(out.clone(), Class::Ordinary);
    let (sub, sup) = if name == "overbrace" { (other, None) } else { (None, other) };
    Some(other.map_or(out, |_| script(&whole, sub, sup)))
}

/// A script's text: without spaces where that stays readable.
pub(crate) fn tight(node: &Node) -> String {
    let shown = text(node);
    let letters = |c: char| c.is_alphanumeric();
    let words = shown.split(' ').collect::<Vec<_>>();
    let joinable = words.windows(2).all(|pair| match pair {
        [left, right] => !(left.ends_with(letters) && right.starts_with(letters)),
        _ => true,
    });
    if joinable { words.concat() } else { shown }
}

/// A script as Unicode has it; else after its sign, in parentheses unless it is a word.
fn small(text: &str, sign: char, form: fn(&str) -> Option<String>) -> String {
    if let Some(small) = form(text) {
        return small;
    }
    let letters = text.chars().all(|c| c.is_ascii_alphanumeric());
    let one = text.chars().count() == 1 && text.chars().all(|c| c.is_alphanumeric() || c == '∞');
    // `2^nR` could be read as two to the n, times R.
    let word = one && !text.chars().any(is_small) || letters && sign == '_' && !text.is_empty();
    let enclosed = text.starts_with('(') && text.ends_with(')') && text.matches('(').count() == 1;
    if word || enclosed { format!("{sign}{text}") } else { format!("{sign}({text})") }
}

fn accented(base: &str, accent: Accent) -> String {
    let short = base.chars().count() == 1;
    match accent {
        Accent::Mark(mark, _) if short => format!("{base}{mark}"),
        Accent::Mark(_, name) => format!("{name}({base})"),
        Accent::Over if short => format!("{base}\u{304}"),
        Accent::Over => format!("bar({base})"),
        Accent::Under => format!("underline({base})"),
        Accent::Below(_, name) => format!("{name}({base})"),
        Accent::BraceOver | Accent::BraceUnder => base.to_owned(),
    }
}
