//! Text that can do nothing to a terminal but be shown.
//!
//! Everything that reaches a cell, a title, standard output or an escape sequence has this
//! type, so a forgotten filter is a compile error. The rules are applied after entities are
//! decoded, because `&#27;` becomes an escape character only then.

use std::fmt;
use std::ops::{Deref, Range};

/// Combining characters kept on one base; more are dropped (a cell holds one grapheme).
const MARKS: usize = 8;

/// Text without control, bidirectional-override or invisible characters.
///
/// A line feed is kept, as the one control character that layout understands.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Safe(String);

impl Safe {
    /// Prose: what must not be shown becomes U+FFFD, what cannot be seen anyway is dropped;
    /// tabs become four spaces.
    pub fn prose(text: &str) -> Self {
        Self::filter(text, &mut [], |_| Form::Prose)
    }

    /// Code: what must not be shown gets a visible form (`␛`, `⟦U+202E⟧`), because hiding an
    /// attack in code is worse than ugliness.
    pub fn code(text: &str) -> Self {
        Self::filter(text, &mut [], |_| Form::Code)
    }

    /// Prose with code in it: the ranges of `code`, which are sorted and apart, are filtered
    /// as code. `places` are sorted offsets in `text`; they become offsets in the result.
    pub fn mixed(text: &str, code: &[Range<usize>], places: &mut [usize]) -> Self {
        let mut rest = code;
        Self::filter(text, places, |at| {
            while let Some((range, later)) = rest.split_first()
                && range.end <= at
            {
                rest = later;
            }
            let inside = rest.first().is_some_and(|range| range.contains(&at));
            if inside { Form::Code } else { Form::Prose }
        })
    }

    fn filter(text: &str, places: &mut [usize], mut form: impl FnMut(usize) -> Form) -> Self {
        if is_plain(text) {
            return Self(text.to_owned());
        }
        let mut out = String::with_capacity(text.len());
        let mut places = places.iter_mut().peekable();
        let mut marks = 0;
        let mut rest = text.char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            while let Some(place) = places.next_if(|place| **place <= at) {
                *place = out.len();
            }
            if matches!(c, ' '..='~') {
                marks = 0;
                out.push(c);
                continue;
            }
            let after = rest.peek().map(|(_, c)| *c);
            marks = if is_mark(c) { marks + 1 } else { 0 };
            match c {
                '\r' if after == Some('\n') => {}
                '\t' => out.push_str("    "),
                _ if marks > MARKS => {}
                _ if is_joiner(c) && joins(out.chars().next_back(), after) => out.push(c),
                _ if is_joiner(c) || (c != '\n' && is_hidden(c)) => form(at).replace(&mut out, c),
                _ => out.push(c),
            }
        }
        for place in places {
            *place = out.len();
        }
        Self(out)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A part of the text; empty when `range` is not on character borders.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        Self(self.0.get(range).unwrap_or_default().to_owned())
    }

    /// Appends `other`.
    pub fn push(&mut self, other: &Self) {
        self.0.push_str(&other.0);
    }

    /// Appends a part of `other`; nothing when `range` is not on character borders.
    pub fn push_part(&mut self, other: &Self, range: Range<usize>) {
        self.0.push_str(other.0.get(range).unwrap_or_default());
    }

    /// This text followed by `other`.
    #[must_use]
    pub fn then(mut self, other: &Self) -> Self {
        self.push(other);
        self
    }

    /// `count` copies of `text`.
    #[must_use]
    pub fn repeat(text: &'static str, count: usize) -> Self {
        Self(text.repeat(count))
    }

    /// On one line: line feeds become spaces. For titles, list rows and status lines.
    #[must_use]
    pub fn line(text: &str) -> Self {
        let mut line = Self::prose(text);
        if line.0.contains('\n') {
            line.0 = line.0.replace('\n', " ");
        }
        line
    }
}

/// What a filtered character leaves behind.
#[derive(Clone, Copy)]
enum Form {
    Prose,
    Code,
}

impl Form {
    fn replace(self, out: &mut String, c: char) {
        match self {
            Self::Code => push_visible(out, c),
            Self::Prose if is_unseen(c) => {}
            Self::Prose => out.push('\u{fffd}'),
        }
    }
}

/// Whether the character takes no room even where it is not filtered.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte == b'\n' || (b' '..0x7f).contains(&byte))
}

/// How many characters of `text` [`Safe`] would not show as they are.
pub fn hidden(text: &str) -> usize {
    if is_plain(text) {
        return 0;
    }
    text.chars().filter(|c| !matches!(c, '\n' | '\r' | '\t') && is_hidden(*c)).count()
}

fn push_visible(out: &mut String, c: char) {
    match c {
        '\0'..='\u{1f}' => out.extend(char::from_u32(0x2400 + u32::from(c))),
        '\u{7f}' => out.push('␡'),
        _ => out.extend(["⟦U+", &format!("{:04X}", u32::from(c)), "⟧"]),
    }
}

/// Controls, bidirectional marks and overrides, invisible fillers, tags, interlinear marks.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{ad}' | '\u{34f}' | '\u{180e}'
            | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}')
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Whether a joiner between these two belongs to an emoji sequence or a joining script.
fn joins(before: Option<char>, after: Option<char>) -> bool {
    let joining = |c: char| {
        matches!(c, '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{fb50}'..='\u{fdff}'
            | '\u{fe0f}' | '\u{fe70}'..='\u{fefc}' | '\u{2190}'..='\u{2bff}'
            | '\u{1f000}'..='\u{1faff}')
    };
    before.is_some_and(joining) && after.is_some_and(joining)
}

impl Deref for Safe {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Safe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Safe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Text of the program itself.
impl From<&'static str> for Safe {
    fn from(text: &'static str) -> Self {
        Self(text.to_owned())
    }
}

impl<'a> FromIterator<&'a Safe> for Safe {
    fn from_iter<T: IntoIterator<Item = &'a Self>>(parts: T) -> Self {
        let mut all = Self::default();
        for part in parts {
            all.push(part);
        }
        all
    }
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test that cuts a character has failed")]
mod tests {
    use super::*;

    #[test]
    fn prose_replaces_what_would_act_and_drops_what_is_not_seen() {
        assert_eq!(
            Safe::prose("a\u{1b}[m\u{9b}\u{202e}b").as_str(),
            "a\u{fffd}[m\u{fffd}\u{fffd}b"
        );
        assert_eq!(Safe::prose("so\u{ad}ft\u{200b}ly\u{feff}").as_str(), "softly");
        assert_eq!(Safe::prose("a\tb\r\nc\rd").as_str(), "a    b\nc\u{fffd}d");
    }

    #[test]
    fn code_shows_what_would_act() {
        assert_eq!(
            Safe::code("a\u{1b}\0\u{7f}\u{202e}\u{e0041}").as_str(),
            "a␛␀␡⟦U+202E⟧⟦U+E0041⟧"
        );
    }

    #[test]
    fn joiners_stay_only_where_they_join() {
        let family = "👩\u{200d}👧";
        assert_eq!(Safe::prose(family).as_str(), family);
        assert_eq!(Safe::prose("a\u{200d}b").as_str(), "ab");
        assert_eq!(Safe::code("a\u{200d}b").as_str(), "a⟦U+200D⟧b");
    }

    #[test]
    fn a_letter_keeps_a_few_combining_marks() {
        assert_eq!(Safe::prose(&format!("a{}b", "\u{301}".repeat(1000))).len(), 2 + 2 * MARKS);
    }

    #[test]
    fn mixed_text_filters_code_as_code_and_moves_places() {
        let text = "é\u{1b}x\u{1b}y";
        let mut places = [0, 2, 3, 4, 5, 6];
        let safe = Safe::mixed(text, std::slice::from_ref(&(3..5)), &mut places);
        assert_eq!(safe.as_str(), "é\u{fffd}x␛y");
        let parts: Vec<&str> = places.windows(2).map(|ends| &safe[ends[0]..ends[1]]).collect();
        assert_eq!(parts, ["é", "\u{fffd}", "x", "␛", "y"]);
    }

    #[test]
    fn no_character_that_is_filtered_stays() {
        for c in '\0'..=char::MAX {
            let text = format!("a{c}b");
            assert_eq!(hidden(&Safe::prose(&text)), 0, "{c:?}");
            assert_eq!(hidden(&Safe::code(&text)), 0, "{c:?}");
        }
    }

    #[test]
    fn a_line_has_no_line_feeds() {
        assert_eq!(Safe::line("a\nb").as_str(), "a b");
    }
}
