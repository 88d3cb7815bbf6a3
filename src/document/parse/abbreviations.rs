//! Abbreviations: lines such as `*[HTML]: Hyper Text Markup Language`, as PHP Markdown Extra has
//! them. They are no text; the short form is marked wherever it stands.
//!
//! Finding takes time in proportion to the text, however many abbreviations there are.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use crate::document::parse::{FLAGS, inline};
use crate::document::{Abbreviation, Mark, MarkKind};
use crate::text::Safe;

/// Longer short forms, in bytes, are none.
const SHORT: usize = 100;

/// What was defined, and how it is found.
#[derive(Default)]
pub(super) struct Abbreviations {
    list: Vec<Abbreviation>,
    /// A tree of the short forms by their bytes: from a node to the next.
    steps: HashMap<(usize, u8), usize>,
    /// The nodes at which a short form ends, and which.
    ends: HashMap<usize, usize>,
}

/// The text with blanks in place of its definitions, and these.
pub(super) fn taken_out(markdown: &str) -> (Cow<'_, str>, Abbreviations) {
    let mut found = Abbreviations::default();
    if !markdown.contains("*[") {
        return (Cow::Borrowed(markdown), found);
    }
    let defined: Vec<(usize, &str, &str, &str)> = lines(markdown)
        .filter_map(|(at, line)| definition(line).map(|(short, long)| (at, line, short, long)))
        .collect();
    if defined.is_empty() {
        return (Cow::Borrowed(markdown), found);
    }
    let verbatim = verbatim(markdown);
    let mut out = String::with_capacity(markdown.len());
    for (at, line, short, long) in defined {
        let before = verbatim.partition_point(|range| range.end <= at);
        if verbatim.get(before).is_some_and(|range| range.start <= at) {
            continue;
        }
        found.define(short, long);
        out.push_str(markdown.get(out.len()..at).unwrap_or_default());
        out.push_str(&" ".repeat(line.len()));
    }
    out.push_str(markdown.get(out.len()..).unwrap_or_default());
    (Cow::Owned(out), found)
}

/// The lines of a text without their ends, and where each begins.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

/// The short and the long form that a line defines.
fn definition(line: &str) -> Option<(&str, &str)> {
    let from = line.trim_start_matches(' ');
    let (short, long) = from.strip_prefix("*[")?.split_once("]:")?;
    let (short, long) = (short.trim(), long.trim());
    let fits = line.len() - from.len() < 4 && short.len() <= SHORT;
    (fits && !short.is_empty() && !long.is_empty() && !short.contains(['[', ']']))
        .then_some((short, long))
}

/// Where the text means itself, or lines are rows.
fn verbatim(markdown: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = vec![];
    for (event, range) in Parser::new_ext(markdown, FLAGS).into_offset_iter() {
        let is_verbatim = matches!(
            event,
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Table(_))
                | Event::Code(_)
                | Event::InlineMath(_)
                | Event::DisplayMath(_)
                | Event::InlineHtml(_)
        );
        if is_verbatim && ranges.last().is_none_or(|last| last.end <= range.start) {
            ranges.push(range);
        }
    }
    ranges
}

impl Abbreviations {
    pub(super) fn into_list(self) -> Vec<Abbreviation> {
        self.list
    }

    /// The first definition of a short form holds.
    fn define(&mut self, short: &str, long: &str) {
        let mut node = 0;
        for byte in short.bytes() {
            let next = self.steps.len() + 1;
            node = *self.steps.entry((node, byte)).or_insert(next);
        }
        let (short, long) = (Safe::line(short), inline::of_html(long).text);
        if !self.ends.contains_key(&node) && !long.is_empty() {
            self.ends.insert(node, self.list.len());
            self.list.push(Abbreviation { short, long });
        }
    }

    /// Marks the short forms in a text: whole words, not in code, links and the like, and never
    /// across the border of a mark. `marks` are sorted.
    pub(super) fn find(&self, text: &str, marks: &[Mark]) -> Vec<Mark> {
        let mut found = vec![];
        if self.list.is_empty() {
            return found;
        }
        let mut borders: Vec<usize> =
            marks.iter().flat_map(|mark| [mark.range.start, mark.range.end]).collect();
        borders.sort_unstable();
        let mut marks = marks.iter().peekable();
        let (mut free, mut before) = (0, ' ');
        for (at, c) in text.char_indices() {
            let begins = !before.is_alphanumeric();
            before = c;
            while let Some(mark) = marks.next_if(|mark| mark.range.start <= at) {
                free = if is_open(mark.kind) { free } else { free.max(mark.range.end) };
            }
            if !begins || at < free {
                continue;
            }
            let border = borders.partition_point(|border| *border <= at);
            let limit = borders.get(border).copied().unwrap_or(text.len());
            if let Some((end, which)) = self.longest(text, at..limit) {
                found.push(Mark { range: at..end, kind: MarkKind::Abbreviation(which) });
                free = end;
            }
        }
        found
    }

    /// The end of the longest short form that a part of the text begins with as a whole word, and
    /// which it is.
    fn longest(&self, text: &str, part: Range<usize>) -> Option<(usize, usize)> {
        let (mut node, mut best) = (0, None);
        for (byte, end) in text.get(part.clone())?.bytes().zip(part.start + 1..) {
            let Some(next) = self.steps.get(&(node, byte)) else { break };
            node = *next;
            let Some(which) = self.ends.get(&node) else { continue };
            let after = text.get(end..).and_then(|after| after.chars().next());
            if after.is_none_or(|c| !c.is_alphanumeric()) {
                best = Some((end, *which));
            }
        }
        best
    }
}

/// Whether words in such a mark are words of the text.
fn is_open(kind: MarkKind) -> bool {
    matches!(kind, MarkKind::Emphasis | MarkKind::Strong | MarkKind::Strikethrough)
}

#[cfg(test)]
mod tests {
    use crate::document::{Block, BlockKind, MarkKind, parse};

    /// The texts of the leaves, short forms in brackets; and what they are short for.
    fn shown(markdown: &str) -> (Vec<String>, Vec<String>) {
        let document = parse(markdown);
        let leaf = |block: &Block| {
            let (BlockKind::Paragraph(prose) | BlockKind::Heading { prose, .. }) = &block.kind
            else {
                return block.text().into_owned();
            };
            let mut text = prose.text.to_string();
            for mark in prose.marks.iter().rev() {
                if matches!(mark.kind, MarkKind::Abbreviation(_)) {
                    text.insert(mark.range.end, ']');
                    text.insert(mark.range.start, '[');
                }
            }
            text
        };
        let list = document.abbreviations.iter().map(|it| format!("{}={}", it.short, it.long));
        (document.blocks.iter().map(leaf).collect(), list.collect())
    }

    #[test]
    fn a_definition_is_no_text_and_its_word_is_marked_wherever_it_stands() {
        assert_eq!(
            shown("# HTML\n\nThe HTML of\n*[HTML]: Hyper *Text* &amp; more\nXHTML, HTMLs.\n"),
            (
                vec!["[HTML]".into(), "The [HTML] of".into(), "XHTML, HTMLs.".into()],
                vec!["HTML=Hyper Text & more".into()]
            )
        );
    }

    #[test]
    fn the_longest_short_form_and_the_first_definition_hold() {
        assert_eq!(
            shown("A C++ B, C\n\n*[C]: one\n*[C++ B]: two\n*[C]: three"),
            (vec!["A [C++ B], [C]".into()], vec!["C=one".into(), "C++ B=two".into()])
        );
    }

    #[test]
    fn code_links_and_the_borders_of_marks_are_left_alone() {
        assert_eq!(
            shown("`A` [A](b) $A$ *A* *A* B ![A](c) **A B**\n\n*[A]: a\n*[A B]: ab").0,
            ["A A $A$ [A] [A] B A [A B]"]
        );
        assert_eq!(shown("```\n*[A]: a\n```\n\n    *[A]: a\n").0, ["*[A]: a", "*[A]: a"]);
        assert_eq!(shown("|x|\n|-|\n*[A]: a").0, ["x\t\n*[A]: a\t\n"]);
    }

    #[test]
    fn what_defines_nothing_is_text() {
        for text in ["*[]: a", "*[A]:", "*[A] a", "*[A[b]: c", "a *[A]: b"] {
            assert_eq!(shown(text), (vec![text.into()], vec![]), "{text}");
        }
        let long = format!("*[{}]: b", "a".repeat(101));
        assert_eq!(shown(&long), (vec![long.clone()], vec![]));
    }
}
