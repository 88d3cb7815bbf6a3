//! The text of a formula before it is parsed: what it may be, and what the parser does not know
//! said in words that it does.

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

/// What the parser does not know, and what says the same.
const KNOWN: [(&str, &str); 14] = [
    ("\\argmax", "\\operatorname{arg\\,max}"),
    ("\\argmin", "\\operatorname{arg\\,min}"),
    ("\\mbox", "\\text"),
    ("\\smash", ""),
    ("\\pmb", "\\boldsymbol"),
    ("\\bm", "\\boldsymbol"),
    ("\\mathscr", "\\mathcal"),
    ("\\LaTeX", "\\text{LaTeX}"),
    ("\\TeX", "\\text{TeX}"),
    ("\\boxed", ""),
    ("\\label", "\\phantom"),
    ("\\nonumber", ""),
    ("\\notag", ""),
    ("\\displaylimits", ""),
];

/// What the parser reads without showing all of it.
pub(crate) const HALF_READ: [&str; 1] = ["\\sideset"];

/// How many braces and environments are open at once, at most.
pub(crate) fn depth(latex: &str) -> usize {
    let mut open = 0_usize;
    let mut deepest = 0;
    for (at, c) in latex.char_indices() {
        let rest = latex.get(at..).unwrap_or_default();
        let opens = c == '{' || rest.starts_with("\\begin") || rest.starts_with("\\left");
        let closes = c == '}' || rest.starts_with("\\end") || rest.starts_with("\\right");
        if opens {
            open += 1;
        } else if closes {
            open = open.saturating_sub(1);
        }
        deepest = deepest.max(open);
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

/// The formula in words that the parser knows.
pub(crate) fn rewritten(latex: &str) -> String {
    let mut out = String::with_capacity(latex.len());
    let latex = latex.replace("{eqnarray*}", "{aligned}").replace("{eqnarray}", "{aligned}");
    let mut rest = latex.as_str();
    while let Some(at) = rest.find('\\') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let letters = from.bytes().skip(1).take_while(u8::is_ascii_alphabetic).count();
        // A backslash and one character, which may be a backslash.
        let sign = from.chars().nth(1).map_or(0, char::len_utf8);
        let (command, after) = from.split_at(1 + if letters > 0 { letters } else { sign });
        let known = KNOWN.iter().find(|(name, _)| *name == command);
        out.push_str(known.map_or(command, |(_, same)| same));
        rest = after;
        if command == "\\operatorname" {
            rest = after.strip_prefix('*').unwrap_or(after);
        }
        if command == "\\tag"
            && let Some((number, after)) = after.strip_prefix('{').and_then(|it| it.split_once('}'))
        {
            out.truncate(out.len() - command.len());
            out.push_str(&format!("\\qquad\\text{{({number})}}"));
            rest = after;
        }
    }
    out.push_str(rest);
    out
}
