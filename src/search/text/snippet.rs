//! The few words of a section that show best why it was found.

use std::collections::HashSet;
use std::ops::Range;

use crate::search::text::marks::{Mark, Marks};
use crate::text::Safe;

/// How long a snippet is, in bytes.
const LENGTH: usize = 180;
/// How much of it stands before the first mark at most, in bytes.
const BEFORE: usize = 50;

/// Some words of a section, the matches marked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Snippet {
    /// The words, in one line.
    pub text: Safe,
    /// Bytes of it that the query matches, in order.
    pub hits: Vec<Range<usize>>,
    /// Whether the section has more before it.
    pub is_cut_before: bool,
    /// Whether the section goes on after it.
    pub is_cut_after: bool,
}

/// The snippet of a section's `text`; its beginning when nothing is marked.
pub(crate) fn snippet(text: &str, marks: &Marks) -> Snippet {
    let found = marks.find(text);
    let window = window(text, &found);
    let is_cut_before = window.start > 0;
    let is_cut_after = window.end < text.trim_end().len();
    let mut out = Snippet { is_cut_before, is_cut_after, ..Snippet::default() };
    let mut at = window.start;
    for mark in found.iter().filter(|mark| mark.range.start >= window.start) {
        if mark.range.end > window.end {
            break;
        }
        out.text.push(&line(text, at..mark.range.start));
        let start = out.text.len();
        out.text.push(&line(text, mark.range.clone()));
        out.hits.push(start..out.text.len());
        at = mark.range.end;
    }
    out.text.push(&line(text, at..window.end));
    out
}

/// A piece of the text with its line feeds and tabs as blanks.
fn line(text: &str, range: Range<usize>) -> Safe {
    let piece = text.get(range).unwrap_or_default();
    let mut out = String::with_capacity(piece.len());
    for c in piece.chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    // `Safe::line` trims, and pieces stand beside each other.
    let (start, end) = (out.starts_with(' '), out.len() > 1 && out.ends_with(' '));
    let mut safe = if start { Safe::from(" ") } else { Safe::default() };
    safe.push(&Safe::line(out.trim()));
    if end {
        safe.push(&Safe::from(" "));
    }
    safe
}

/// The bytes of the text where the most clauses are marked.
fn window(text: &str, found: &[Mark]) -> Range<usize> {
    let best = (0..found.len())
        .max_by_key(|at| (worth(found.get(*at..).unwrap_or_default()), std::cmp::Reverse(*at)));
    let first = best.and_then(|at| found.get(at)).map_or(0, |mark| mark.range.start);
    let start = start_of(text, first);
    let end = text.floor_char_boundary(start + LENGTH);
    let blank = |at: &usize| text.as_bytes().get(*at).is_some_and(u8::is_ascii_whitespace);
    let last = found.iter().map(|mark| mark.range.end).take_while(|it| *it <= end).last();
    let end = if end >= text.len() {
        text.len()
    } else {
        let floor = last.unwrap_or(start).max(start + LENGTH / 2);
        (floor..=end).rev().find(blank).unwrap_or(end)
    };
    start..end.max(start)
}

/// Where a snippet begins that shows what is at `place`: at its line, or at a word near before.
fn start_of(text: &str, place: usize) -> usize {
    let before = text.get(..place).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    if place - line <= BEFORE {
        return line;
    }
    let near = text.ceil_char_boundary(place - BEFORE);
    let blank = before.get(near..).and_then(|near| near.find(' '));
    blank.map_or(near, |at| near + at + 1)
}

/// How much the marks say that fit in one snippet from the first one on.
fn worth(marks: &[Mark]) -> usize {
    let Some(first) = marks.first() else { return 0 };
    let near = marks.iter().take_while(|it| it.range.end <= first.range.start + LENGTH - BEFORE);
    let mut clauses = HashSet::new();
    let mut worth = 0;
    for mark in near {
        worth += if clauses.insert(mark.clause) { 10 } else { 1 };
    }
    worth
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marks(words: &[&str]) -> Marks {
        let mut marks = Marks::default();
        for (clause, word) in words.iter().enumerate() {
            marks.word(word, clause);
        }
        marks
    }

    #[test]
    fn a_snippet_shows_where_the_words_stand_together() {
        let text = format!(
            "A leader is one.\n{}\nThe leader sends a log.\n{}",
            "x y z ".repeat(60),
            "b ".repeat(200)
        );
        let made = snippet(&text, &marks(&["leader", "log"]));
        assert!(made.text.starts_with("The leader sends a log. b b"), "{}", made.text);
        let hits: Vec<_> =
            made.hits.iter().map(|it| made.text.slice(it.clone()).to_string()).collect();
        assert_eq!(hits, ["leader", "log"]);
        assert!(made.is_cut_before && made.is_cut_after && made.text.len() < LENGTH + 20);
    }

    #[test]
    fn without_marks_it_is_the_beginning() {
        assert_eq!(snippet("One two.\nThree.", &marks(&["x"])).text.as_str(), "One two. Three.");
        assert_eq!(snippet("", &marks(&["x"])), Snippet::default());
    }

    proptest! {
        #[test]
        fn any_text_has_a_snippet_of_bounded_length(text in "[a-c é日\n\t\u{1b}]{0,600}") {
            let made = snippet(&text, &marks(&["a", "bc"]));
            prop_assert!(made.text.chars().count() <= LENGTH + 12);
            for hit in &made.hits {
                prop_assert!(made.text.get(hit.clone()).is_some_and(|it| !it.is_empty()));
            }
        }
    }
}
