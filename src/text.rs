//! Graphemes, cell widths, and text made safe for a terminal.
//!
//! One rule: text is measured and cut by whole graphemes. The width of a text is the sum over
//! its graphemes, never the width of the string, which differs when joiners are involved.

mod safe;

pub use safe::{Safe, hidden};

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many terminal cells `text` takes.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true).map(grapheme_width).sum()
}

/// How many cells one grapheme takes: 0, 1 or 2.
///
/// No terminal draws a cluster wider than two cells, whatever the sum of its characters.
pub fn grapheme_width(grapheme: &str) -> usize {
    if matches!(grapheme.as_bytes(), [b' '..=b'~']) {
        return 1;
    }
    UnicodeWidthStr::width(grapheme).min(2)
}

/// The graphemes of `text` and the byte each begins at.
pub fn graphemes(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let rest = text.get(start..)?;
        // What stands between two ASCII characters needs no tables.
        let length = match *rest.as_bytes() {
            [] => return None,
            [b' '..=b'~'] | [b' '..=b'~', ..=b'~', ..] => 1,
            _ => rest.graphemes(true).next()?.len(),
        };
        at += length;
        Some((start, text.get(start..at)?))
    })
}

/// `place`, or the end of the grapheme that it would cut.
pub fn whole(text: &str, place: usize) -> usize {
    let around = place.checked_sub(1).and_then(|before| text.as_bytes().get(before..=place));
    if around.is_none_or(|around| around.iter().all(|byte| matches!(byte, b' '..=b'~'))) {
        return place;
    }
    let from = text.floor_char_boundary(place.saturating_sub(64));
    let ends = graphemes(text.get(from..).unwrap_or_default())
        .map(|(start, grapheme)| from + start + grapheme.len());
    ends.into_iter().find(|end| *end >= place).unwrap_or(place)
}

/// The sentences of `text`, as ranges of bytes without the blanks around them.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.split_sentence_bound_indices().filter_map(|(start, sentence)| {
        let from = start + sentence.len() - sentence.trim_start().len();
        let range = from..from + sentence.trim().len();
        (!range.is_empty()).then_some(range)
    })
}

/// `cells` as a coordinate; larger values saturate.
pub fn cells(cells: usize) -> u16 {
    u16::try_from(cells).unwrap_or(u16::MAX)
}

/// The length in bytes of the beginning of `text` that fits in `cells`, in whole graphemes.
pub fn fitting(text: &str, cells: usize) -> usize {
    if text.is_ascii() {
        return text.len().min(cells);
    }
    let mut used = 0;
    for (start, grapheme) in graphemes(text) {
        used += grapheme_width(grapheme);
        if used > cells {
            return start;
        }
    }
    text.len()
}

/// The beginning of `text` that fits in `cells`, in whole graphemes.
pub fn clip(text: &str, cells: usize) -> &str {
    text.get(..fitting(text, cells)).unwrap_or_default()
}

/// `text` folded for comparison: lower case, without the commonest accents.
pub fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_is_the_sum_over_graphemes() {
        for (text, cells) in [
            ("abc", 3),
            ("日本", 4),
            ("e\u{301}", 1),
            ("👩\u{200d}👩\u{200d}👧", 2),
            ("🇩🇪", 2),
            ("", 0),
        ] {
            assert_eq!(width(text), cells, "{text}");
        }
    }

    #[test]
    fn the_quick_way_to_graphemes_finds_the_same_ones() {
        for text in [
            "ab e\u{301}c",
            "a\u{301}",
            "a\r\nb",
            "👩\u{200d}👧 x",
            "1\u{fe0f}\u{20e3}2",
            "\n\u{301}",
            "ก็a",
            "~\u{7f}a",
        ] {
            let slow: Vec<_> = text.grapheme_indices(true).collect();
            assert_eq!(graphemes(text).collect::<Vec<_>>(), slow, "{text:?}");
        }
    }

    #[test]
    fn a_place_in_a_grapheme_moves_to_its_end() {
        assert_eq!([0, 1, 3, 4].map(|place| whole("e\u{301}x", place)), [0, 3, 3, 4]);
        assert_eq!(whole("ab", 1), 1);
        let family = "日👩\u{200d}👧";
        assert_eq!([3, 7, 10].map(|place| whole(family, place)), [3, family.len(), family.len()]);
    }

    #[test]
    fn sentences_are_told_apart_without_their_blanks() {
        let text = " One is 3.5 cm. Two?  Three";
        let all: Vec<&str> = sentences(text).filter_map(|range| text.get(range)).collect();
        assert_eq!(all, ["One is 3.5 cm.", "Two?", "Three"]);
        assert_eq!(sentences("  ").count(), 0);
    }

    #[test]
    fn text_is_cut_between_graphemes() {
        assert_eq!(clip("日本語", 5), "日本");
        assert_eq!(clip("ae\u{301}b", 2), "ae\u{301}");
        assert_eq!(clip("日", 1), "");
        assert_eq!(clip("abc", 9), "abc");
    }
}
