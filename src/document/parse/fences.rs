//! The fenced code of an article to the byte, for those who run it rather than show it.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::document::parse::FLAGS;

/// A fenced code block as it was written: unlike [`crate::document::Code`] nothing is made safe
/// to show, and nothing is split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fenced {
    /// The whole info string.
    pub info: String,
    /// The text between the fences, with the line feed at its end.
    pub code: String,
    /// Where it stands in the Markdown, in bytes: from its opening fence on.
    pub source: Range<usize>,
}

/// The fenced code blocks of Markdown, top to bottom; its front matter is split off before.
pub fn fences(markdown: &str) -> Vec<Fenced> {
    let mut found = vec![];
    let mut open: Option<Fenced> = None;
    for (event, source) in Parser::new_ext(markdown, FLAGS).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                open = Some(Fenced { info: info.to_string(), code: String::new(), source });
            }
            Event::Text(text) => {
                if let Some(fence) = &mut open {
                    fence.code.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => found.extend(open.take()),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markdown: &str, expected: &[(&str, &str, &str)]) {
        let found = fences(markdown);
        let found: Vec<_> = found
            .iter()
            .map(|it| {
                (it.info.as_str(), it.code.as_str(), markdown.get(it.source.clone()).unwrap())
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn fences_are_those_of_commonmark() {
        check("```py run\na\n\n b\n```\n", &[("py run", "a\n\n b\n", "```py run\na\n\n b\n```")]);
        check("~~~~ x\n```\n~~~\n~~~~\n", &[("x", "```\n~~~\n", "~~~~ x\n```\n~~~\n~~~~")]);
        check("    ```\n    no\n", &[]);
        check("a `` ```x `` b\n\n<!--\n```py\n```\n-->\n", &[]);
        check("```\nunclosed", &[("", "unclosed", "```\nunclosed")]);
    }

    #[test]
    fn what_a_fence_stands_in_is_no_part_of_its_code() {
        check("> ```x\n> a\n>\n> b\n> ```\n", &[("x", "a\n\nb\n", "```x\n> a\n>\n> b\n> ```")]);
        check(
            "1. one\n   ```x\n   a\n     b\n   ```\n",
            &[("x", "a\n  b\n", "```x\n   a\n     b\n   ```")],
        );
    }

    #[test]
    fn controls_are_kept_and_lines_end_with_a_line_feed() {
        check("```x\r\na\x1b\r\n```\r\n", &[("x", "a\x1b\n", "```x\r\na\x1b\r\n```")]);
    }
}
