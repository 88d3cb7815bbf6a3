//! The text of a formula before it is parsed: what it may be, and its parts.

/// Commands that program TeX. A formula needs none, and the parser breaks on some of them.
pub(crate) const PROGRAMS: [&str; 14] = [
    "\\catcode",
    "\\char",
    "\\def",
    "\\edef",
    "\\futurelet",
    "\\gdef",
    "\\global",
    "\\let",
    "\\long",
    "\\newcommand",
    "\\outer",
    "\\providecommand",
    "\\renewcommand",
    "\\xdef",
];

/// What the parser reads without showing all of it.
pub(crate) const HALF_READ: [&str; 1] = ["\\sideset"];

/// Things in things, at most.
pub(crate) const DEEPEST: usize = 48;

/// How many braces and environments are open at once, at most.
pub(crate) fn depth(latex: &str) -> usize {
    const PAIRS: [(&str, &str); 3] = [("{", "}"), ("\\begin", "\\end"), ("\\left", "\\right")];
    let mut open = vec![];
    let mut deepest = 0;
    let mut rest = latex;
    while let Some((first, after)) = token(rest) {
        if let Some((_, close)) = PAIRS.iter().find(|(open, _)| *open == first) {
            open.push(*close);
        } else if open.last() == Some(&first) {
            open.pop();
        }
        deepest = deepest.max(open.len());
        rest = after;
    }
    deepest
}

/// The names of commands in a formula: a backslash and letters.
pub(crate) fn commands(formula: &str) -> impl Iterator<Item = &str> {
    formula.match_indices('\\').filter_map(|(at, _)| {
        let rest = formula.get(at + 1..)?;
        let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        formula.get(at..=at + letters).filter(|_| letters > 0)
    })
}

/// The first command, group's brace or character, and what follows it.
pub(crate) fn token(text: &str) -> Option<(&str, &str)> {
    let first = text.chars().next()?;
    let letters = text.bytes().skip(1).take_while(u8::is_ascii_alphabetic).count();
    let length = match first {
        '\\' if letters > 0 => 1 + letters,
        // A backslash and one character, which may be a backslash.
        '\\' => 1 + text.chars().nth(1).map_or(0, char::len_utf8),
        first => first.len_utf8(),
    };
    text.split_at_checked(length)
}

/// What a command takes: a group without its braces or one thing; and what follows it.
pub(crate) fn argument(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    match text.strip_prefix('{') {
        Some(inside) => closed(inside, "}"),
        None => token(text).filter(|(first, _)| *first != "}"),
    }
}

/// What a command takes in brackets, and what follows them.
pub(crate) fn option(text: &str) -> Option<(&str, &str)> {
    closed(text.trim_start().strip_prefix('[')?, "]")
}

/// What stands before the sign that closes, and what follows it.
fn closed<'a>(inside: &'a str, close: &str) -> Option<(&'a str, &'a str)> {
    let mut open = 0_usize;
    let mut rest = inside;
    while let Some((first, after)) = token(rest) {
        if open == 0 && first == close {
            return Some((inside.get(..inside.len() - rest.len())?, after));
        }
        match first {
            "{" => open += 1,
            "}" => open = open.checked_sub(1)?,
            _ => {}
        }
        rest = after;
    }
    None
}

/// Without what stands behind a percent sign, up to its line's end. A sign that no line follows
/// is one: `50%`.
pub(crate) fn uncommented(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = token(rest) {
        rest = match (first, after.split_once('\n')) {
            ("%", Some((_, next))) => next,
            ("%", None) => {
                out.push_str("\\%");
                after
            }
            _ => {
                out.push_str(first);
                after
            }
        };
    }
    out
}
