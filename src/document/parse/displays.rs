//! Displayed formulas whose lines Markdown would take for something else: `=` under a line makes
//! a heading of it, `- 1` a list. Formulas come first, as where Markdown with formulas is read.

use std::borrow::Cow;

/// Lines that a formula has at most.
const LONGEST: usize = 100;

/// The text with such formulas on one line each, as long as before.
pub(super) fn joined(markdown: &str) -> Cow<'_, str> {
    if !markdown.contains("\n$$") && !markdown.starts_with("$$") {
        return Cow::Borrowed(markdown);
    }
    let lines: Vec<&str> = markdown.split_inclusive('\n').collect();
    let mut out = String::with_capacity(markdown.len());
    let mut fence: Option<&str> = None;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let count = if fence.is_none() { formula(lines.get(at..).unwrap_or_default()) } else { 1 };
        for (place, line) in lines.iter().skip(at).take(count).enumerate() {
            match line.strip_suffix('\n') {
                Some(line) if place + 1 < count => {
                    let text = line.trim_end_matches('\r');
                    out.push_str(text);
                    out.push_str(&" ".repeat(line.len() + 1 - text.len()));
                }
                _ => out.push_str(line),
            }
        }
        fence = fenced(fence, line.trim());
        at += count;
    }
    Cow::Owned(out)
}

/// The fence that is open after a line.
fn fenced<'a>(open: Option<&'a str>, line: &'a str) -> Option<&'a str> {
    let mark = ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark));
    match (open, mark) {
        (None, mark) => mark,
        (Some(open), Some(mark)) if open == mark && line.trim_matches(['`', '~']).is_empty() => {
            None
        }
        (open, _) => open,
    }
}

/// How many lines the formula has that the first line begins, when they must be one; else 1.
fn formula(lines: &[&str]) -> usize {
    let Some(first) = lines.first() else { return 1 };
    let indent = first.len() - first.trim_start_matches(' ').len();
    let first = first.trim();
    if indent > 3 || !first.starts_with("$$") || first.matches("$$").count() != 1 {
        return 1;
    }
    let inside = lines.iter().skip(1).take(LONGEST);
    let Some(end) = inside.clone().position(|line| line.contains("$$")) else { return 1 };
    let mut inside = inside.take(end + 1);
    let closes = lines.get(end + 1).is_some_and(|line| line.matches("$$").count() == 1);
    let whole = inside.clone().all(|line| !line.trim().is_empty() && !line.contains('%'));
    let breaks = inside.any(|line| is_block(line.trim()));
    if closes && whole && breaks { end + 2 } else { 1 }
}

/// Whether a line in a paragraph would begin something else.
fn is_block(line: &str) -> bool {
    let underlines = ["=", "-"].iter().any(|sign| line.replace(sign, "").is_empty());
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let item = |rest: &str, signs: &[char]| {
        let rest = rest.strip_prefix(signs);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    };
    let numbered = rest.len() < line.len() && item(rest, &['.', ')']);
    underlines || numbered || item(line, &['-', '+', '*', '#']) || line.starts_with(['>', '<'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_one_line_where_markdown_would_see_something_else_in_it() {
        assert_eq!(joined("$$\na\n=\nb\n- 1\n$$\n\nc\n"), "$$ a = b - 1 $$\n\nc\n");
        assert_eq!(joined("$$\r\na\r\n=\r\n$$\r\n"), "$$  a  =  $$\r\n");
        assert_eq!(joined("x\n\n$$a\n+ b$$\n"), "x\n\n$$a + b$$\n");
    }

    #[test]
    fn all_other_text_stays_as_it_is() {
        for text in [
            "$$\na\n= b\n$$\n",
            "```\n$$\n=\n$$\n```\n",
            "$$\n- a\n",
            "$$\na\n\n- b\n$$\n",
            "$$\na % left out\n- b\n$$\n",
            "$$x$$\n- b\n$$y$$\n",
            "    $$\n    -\n    $$\n",
        ] {
            assert_eq!(joined(text), text);
        }
    }
}
