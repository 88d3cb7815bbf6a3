//! Formulas as `MathML`. What the writer of `math` made is taken apart and written again from
//! known tags and attributes; what has others is shown in its source.

use crate::html::markup::Markup;
use crate::math::{Setting, mathml};

/// The tags of `MathML` Core that formulas are made of.
const TAGS: [&str; 25] = [
    "math",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "ms",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
];

/// Their attributes that can do nothing but set.
const ATTRIBUTES: [&str; 20] = [
    "accent",
    "accentunder",
    "class",
    "columnspan",
    "depth",
    "display",
    "displaystyle",
    "fence",
    "height",
    "largeop",
    "linethickness",
    "lspace",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "rspace",
    "scriptlevel",
    "stretchy",
    "width",
];

/// A formula without its dollar signs; in its source where the reader shows that, too.
pub(crate) fn formula(latex: &str, source: &str, setting: Setting) -> Markup {
    let made = mathml(latex, setting).ok().and_then(|made| checked(&made));
    made.unwrap_or_else(|| {
        let mut html = Markup::default();
        html.element("code", &[("class", "source")], source);
        html
    })
}

/// Tags that hold exactly so many others.
const PLACES: [(&str, usize); 8] = [
    ("mfrac", 2),
    ("mover", 2),
    ("mroot", 2),
    ("msub", 2),
    ("msubsup", 3),
    ("msup", 2),
    ("munder", 2),
    ("munderover", 3),
];

/// A tag that is open, and how many stand in it.
struct Open {
    tag: &'static str,
    children: usize,
    /// Whether it was put around a space and what follows it, which belong together.
    added: bool,
}

/// `MathML` while it is written anew.
#[derive(Default)]
struct Checked {
    html: Markup,
    open: Vec<Open>,
}

/// The same `MathML` written anew; None when it is not well-formed, has an unknown tag, or one
/// that holds too few or too many.
fn checked(made: &str) -> Option<Markup> {
    // An operator that is not seen, and for which the browser leaves room all the same.
    let made = made.replace("<mo>\u{2061}</mo>", "");
    let mut checked = Checked::default();
    let mut rest = made.as_str();
    while !rest.is_empty() {
        let (text, tag, after) = next(rest)?;
        checked.html.text(&words(text));
        rest = after;
        match tag {
            Some(tag) if tag.starts_with('/') => checked.close(tag.get(1..)?)?,
            Some(tag) => checked.tag(tag, rest)?,
            None => {}
        }
    }
    checked.open.is_empty().then_some(checked.html)
}

impl Checked {
    fn tag(&mut self, tag: &str, rest: &str) -> Option<()> {
        let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let name = TAGS.iter().find(|known| **known == name)?;
        let mut attributes = named(attributes)?;
        if *name == "mo" && BARS.iter().any(|bar| rest.starts_with(bar)) {
            attributes.extend([("lspace", "0"), ("rspace", "0")]);
        }
        if *name == "mspace" && self.open.last().is_some_and(|open| places(open.tag).is_some()) {
            self.begin("mrow", &[]);
            if let Some(open) = self.open.last_mut() {
                open.added = true;
            }
        }
        if !is_empty {
            self.begin(name, &attributes);
            return Some(());
        }
        self.count();
        self.html.empty(name, &attributes);
        Some(())
    }

    fn count(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.children += 1;
        }
    }

    fn begin(&mut self, tag: &'static str, attributes: &[(&'static str, &str)]) {
        self.count();
        self.html.open(tag, attributes);
        self.open.push(Open { tag, children: 0, added: false });
    }

    fn close(&mut self, name: &str) -> Option<()> {
        let open = self.open.pop().filter(|open| open.tag == name)?;
        places(open.tag).is_none_or(|places| places == open.children).then_some(())?;
        self.html.close(open.tag);
        if let Some(around) = self.open.pop_if(|around| around.added) {
            self.html.close(around.tag);
        }
        Some(())
    }
}

fn places(tag: &str) -> Option<usize> {
    PLACES.iter().find(|(known, _)| *known == tag).map(|(_, places)| *places)
}

/// Bars around something: what browsers take for relations has room on both sides.
const BARS: [&str; 2] = ["|</mo>", "‖</mo>"];

/// The text before the next tag, the tag without its brackets, and what follows it.
fn next(rest: &str) -> Option<(&str, Option<&str>, &str)> {
    let begins = |after: &str| after.starts_with(|c: char| c == '/' || c.is_ascii_alphabetic());
    let mut from = 0;
    while let Some(found) = rest.get(from..)?.find('<') {
        let at = from + found;
        let after = rest.get(at + 1..)?;
        if begins(after) {
            let (tag, after) = after.split_once('>')?;
            return Some((rest.get(..at)?, Some(tag), after));
        }
        // A sign of the formula that was not escaped.
        from = at + 1;
    }
    Some((rest, None, ""))
}

/// Known attributes and their values; None when they cannot be told apart.
fn named(attributes: &str) -> Option<Vec<(&'static str, &str)>> {
    let mut found = vec![];
    let mut rest = attributes.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        if let Some(known) = ATTRIBUTES.iter().find(|known| **known == name.trim()) {
            found.push((*known, value));
        }
        rest = after.trim_start();
    }
    Some(found)
}

/// Text of the writer as it is to be seen: partly escaped, with spaces as commands in the names
/// of functions.
fn words(text: &str) -> String {
    let text = ["\\,", "\\;", "\\:", "\\ "]
        .iter()
        .fold(text.to_owned(), |it, space| it.replace(space, " "));
    let known = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ];
    known.iter().fold(text, |it, (escaped, sign)| it.replace(escaped, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(latex: &str) -> String {
        formula(latex, latex, Setting::Inline).into_string()
    }

    #[test]
    fn signs_that_mean_something_in_html_are_escaped() {
        assert!(shown("a < b").contains("<mo>&lt;</mo>"), "{}", shown("a < b"));
        assert!(
            shown("\\text{a <b> & c}").contains("a &lt;b&gt; &amp; c")
                || shown("\\text{a <b> & c}").starts_with("<code")
        );
    }

    #[test]
    fn a_name_that_looks_like_a_tag_never_becomes_one() {
        for name in ["<script>", "<mi onclick=x>", "</math>", "<img src=x>", "<mtext title=\"x\">"]
        {
            let html = shown(&format!("\\operatorname{{{name}}} x"));
            let tags =
                html.split('<').skip(1).map(|tag| tag.split(['>', ' ', '/']).next().unwrap());
            let known = |tag: &str| TAGS.contains(&tag) || matches!(tag, "code" | "");
            assert!(tags.into_iter().all(known), "{html}");
            assert!(!html.contains("<mi onclick") && !html.contains("<mtext title"), "{html}");
        }
    }

    #[test]
    fn a_function_with_an_index_keeps_its_space_and_its_index() {
        let html = shown("p \\log_2 p");
        let base = "<msub><mrow><mspace width=\"0.1667em\"/><mi>log</mi></mrow><mn>2</mn></msub>";
        assert!(html.contains(base) && !html.contains("<mo></mo>"), "{html}");
    }

    #[test]
    fn what_the_reader_cannot_set_is_its_source() {
        assert_eq!(shown("\\frob<x>"), "<code class=\"source\">\\frob&lt;x&gt;</code>");
    }
}
