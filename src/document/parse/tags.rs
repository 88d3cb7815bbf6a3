//! Tags that say how text is set. They are read, never run: of their attributes only addresses
//! and an image's text mean something. Others are inert text.

use crate::document::MarkKind;

/// A tag, with what stands between its brackets.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tag<'a> {
    /// In small letters.
    pub(super) name: String,
    pub(super) closes: bool,
    raw: &'a str,
}

/// What a tag does to the text after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sets {
    /// It is marked.
    Mark(MarkKind),
    /// It is an exponent, an index.
    Raised,
    Lowered,
    /// It leads to `href`, if there is one.
    Link,
    /// It stands by itself.
    Block,
    /// As a heading of this level.
    Heading(u8),
    /// A line across, which nothing closes.
    Rule,
    /// Nothing that a terminal shows.
    Nothing,
}

/// A part of HTML that is a page's text: what begins with it, tags and text.
#[derive(Debug, PartialEq)]
pub(super) enum Bit<'a> {
    Text(&'a str),
    Tag(Tag<'a>),
}

impl<'a> Tag<'a> {
    /// The tag that is written like this; None when it is none.
    pub(super) fn read(raw: &'a str) -> Option<Self> {
        let inside = raw.strip_prefix('<')?.strip_suffix('>')?;
        let (closes, inside) = match inside.strip_prefix('/') {
            Some(inside) => (true, inside),
            None => (false, inside),
        };
        let end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let name = inside.get(..end)?.to_ascii_lowercase();
        let after = inside.get(end..)?.chars().next();
        let ends = after.is_none_or(|c| c.is_whitespace() || c == '/');
        (!name.is_empty() && ends).then_some(Self { name, closes, raw })
    }

    /// The tag as it is written.
    pub(super) fn written(&self) -> &'a str {
        self.raw
    }

    /// The value of an attribute.
    pub(super) fn value(&self, wanted: &str) -> Option<&'a str> {
        let mut rest = self.raw.get(1 + self.name.len()..)?;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'))?;
            let (name, after) = rest.split_at_checked(end)?;
            let Some(value) = after.trim_start().strip_prefix('=') else {
                rest = after.get(usize::from(end == 0)..)?;
                continue;
            };
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (value, after) = match quote {
                Some(quote) => value.get(1..)?.split_once(quote)?,
                None => {
                    value.split_at_checked(value.find(|c: char| c.is_whitespace() || c == '>')?)?
                }
            };
            if name.eq_ignore_ascii_case(wanted) {
                return Some(value);
            }
            rest = after;
        }
    }

    /// What it does; None for tags that are shown as they are written.
    pub(super) fn sets(&self) -> Option<Sets> {
        Some(match self.name.as_str() {
            "b" | "strong" => Sets::Mark(MarkKind::Strong),
            "i" | "em" | "cite" | "var" | "dfn" => Sets::Mark(MarkKind::Emphasis),
            "s" | "del" | "strike" => Sets::Mark(MarkKind::Strikethrough),
            "kbd" | "code" | "samp" | "tt" => Sets::Mark(MarkKind::Code),
            "sup" => Sets::Raised,
            "sub" => Sets::Lowered,
            "a" => Sets::Link,
            "p" | "div" | "center" | "section" | "article" | "header" | "footer" | "figure"
            | "figcaption" => Sets::Block,
            "hr" if !self.closes => Sets::Rule,
            "h1" => Sets::Heading(1),
            "h2" => Sets::Heading(2),
            "h3" => Sets::Heading(3),
            "h4" => Sets::Heading(4),
            "h5" => Sets::Heading(5),
            "h6" => Sets::Heading(6),
            "span" | "font" | "u" | "ins" | "mark" | "small" | "big" | "picture" | "nobr" => {
                Sets::Nothing
            }
            _ => return None,
        })
    }

    /// Whether nothing closes it, and nothing is shown of it.
    pub(super) fn is_void(&self) -> bool {
        matches!(self.name.as_str(), "wbr" | "source" | "br")
    }
}

/// HTML in its parts, when all of its tags say how text is set; None for a table, a form or a
/// script, and for a bracket that is none.
pub(super) fn bits(html: &str) -> Option<Vec<Bit<'_>>> {
    let mut bits = vec![];
    let mut rest = html;
    while let Some((text, _)) = rest.split_once('<') {
        let (_, from) = rest.split_at_checked(text.len())?;
        let end = tag_end(from)?;
        let (raw, after) = from.split_at_checked(end)?;
        let tag = Tag::read(raw)?;
        let is_known = tag.sets().is_some() || tag.is_void() || tag.name == "img";
        if !is_known {
            return None;
        }
        bits.push(Bit::Text(text));
        bits.push(Bit::Tag(tag));
        rest = after;
    }
    bits.push(Bit::Text(rest));
    bits.iter().any(|bit| matches!(bit, Bit::Tag(_))).then_some(bits)
}

/// Where the tag ends that `html` begins with.
fn tag_end(html: &str) -> Option<usize> {
    let mut quote = None;
    let end = html.char_indices().find(|(_, c)| {
        match (quote, *c) {
            (None, '"' | '\'') => quote = Some(*c),
            (Some(open), c) if c == open => quote = None,
            (None, '>') => return true,
            _ => {}
        }
        false
    });
    end.map(|(at, _)| at + 1)
}

/// Text as exponents, or as indices, where Unicode has all of it; else after its sign when it is
/// one word.
pub(super) fn small(text: &str, sets: Sets) -> String {
    let digit = |c: char| {
        Some(match (c, sets) {
            ('1', Sets::Raised) => '¹',
            ('2', Sets::Raised) => '²',
            ('3', Sets::Raised) => '³',
            ('0' | '4'..='9', Sets::Raised) => {
                char::from_u32(u32::from('⁰') + u32::from(c) - u32::from('0'))?
            }
            ('0'..='9', _) => char::from_u32(u32::from('₀') + u32::from(c) - u32::from('0'))?,
            ('+', Sets::Raised) => '⁺',
            ('+', _) => '₊',
            ('-' | '−', Sets::Raised) => '⁻',
            ('-' | '−', _) => '₋',
            ('n', Sets::Raised) => 'ⁿ',
            ('i', Sets::Raised) => 'ⁱ',
            ('i', _) => 'ᵢ',
            _ => return None,
        })
    };
    // 1st and 2nd read as they are.
    if matches!(text, "st" | "nd" | "rd" | "th" | "TM") {
        return text.to_owned();
    }
    let is_word = text.chars().count() <= 8 && text.chars().all(char::is_alphanumeric);
    let sign = if sets == Sets::Raised { '^' } else { '_' };
    let small: Option<String> = text.chars().map(digit).collect();
    small.unwrap_or_else(|| if is_word { format!("{sign}{text}") } else { text.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_have_values_however_they_are_quoted() {
        let tag = Tag::read("<IMG alt='a > b' hidden src=x.png width = \"1\"/>").unwrap();
        assert_eq!(tag.name, "img");
        assert_eq!(tag.value("alt"), Some("a > b"));
        assert_eq!(tag.value("src"), Some("x.png"));
        assert_eq!(tag.value("WIDTH"), Some("1"));
        assert_eq!(tag.value("height"), None);
    }

    #[test]
    fn half_a_tag_and_one_that_acts_are_text() {
        for html in ["a < b", "<b", "<script>x</script>", "<b2>", "<p><table></table></p>", "x"] {
            assert_eq!(bits(html), None, "{html}");
        }
        assert!(bits("<p align=\"center\">a <b>b</b></p>").is_some());
    }

    #[test]
    fn small_letters_are_those_of_unicode() {
        assert_eq!(small("2", Sets::Lowered), "₂");
        assert_eq!(small("-10", Sets::Raised), "⁻¹⁰");
        assert_eq!(small("k", Sets::Raised), "^k");
        assert_eq!(small("th", Sets::Raised), "th");
        assert_eq!(small("a long note", Sets::Lowered), "a long note");
    }
}
