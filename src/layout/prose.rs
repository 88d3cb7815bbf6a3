//! Running text broken into rows.
//!
//! Paragraphs of a usual size are broken as a whole, so that their edge is even; long ones row
//! by row. Breaks fall after spaces, between ideographs, after hyphens between letters, and
//! inside a word only when it is wider than the page.

use std::ops::Range;

use textwrap::core::Fragment;
use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};

use crate::layout::flow::{Flow, Segment};
use crate::layout::{Line, Span};
use crate::text::{self, Safe};

/// Paragraphs longer than this many bytes are broken row by row.
const EVEN: usize = 4096;

/// Few rows first, then an even edge; never a row that is too wide.
const PENALTIES: Penalties = Penalties {
    nline_penalty: 4000,
    overflow_penalty: 1_000_000_000,
    short_last_line_fraction: 6,
    short_last_line_penalty: 600,
    hyphen_penalty: 25,
};

/// Breaks `flow` into rows of `width` cells; at least one row.
pub(super) fn rows(flow: &Flow, width: usize) -> Vec<Line> {
    let mut segments = flow.segments.as_slice();
    let mut start = 0;
    let mut rows = vec![];
    for row in breaks(&flow.text, width) {
        segments = reached(segments, row.start);
        let spans = spans(flow, segments, &row, width);
        start = spans.iter().find_map(|span| span.at).unwrap_or(start);
        rows.push(Line { spans, start });
    }
    rows
}

/// The segments that do not end before `place`.
fn reached(segments: &[Segment], place: usize) -> &[Segment] {
    let done = segments.iter().take_while(|segment| segment.range.end <= place).count();
    segments.get(done..).unwrap_or_default()
}

fn spans(flow: &Flow, segments: &[Segment], row: &Range<usize>, width: usize) -> Vec<Span> {
    let mut spans = vec![];
    for segment in segments.iter().take_while(|segment| segment.range.start < row.end) {
        let part = segment.range.start.max(row.start)..segment.range.end.min(row.end);
        let at = segment.at.map(|at| at + part.start - segment.range.start);
        let text = flow.text.slice(part);
        if !text.is_empty() {
            spans.push(fitted(Span { text, role: segment.role, at }, width));
        }
    }
    spans
}

/// On a page one cell wide, a grapheme of two cells is replaced by a mark.
fn fitted(span: Span, width: usize) -> Span {
    if width > 1 || text::width(&span.text) <= 1 {
        return span;
    }
    Span { text: Safe::from("?"), at: None, ..span }
}

/// The bytes of each row, without the spaces at its end.
fn breaks(text: &str, width: usize) -> Vec<Range<usize>> {
    let mut rows = vec![];
    let mut at = 0;
    for line in text.split('\n') {
        let words = with_units(words(line, at, width), line, at, width);
        at += line.len() + 1;
        if words.is_empty() {
            rows.push(at - 1..at - 1);
        }
        rows.extend(fill(&words, line.len(), width));
    }
    rows
}

fn fill(words: &[Word], bytes: usize, width: usize) -> Vec<Range<usize>> {
    let cells = f64::from(u32::try_from(width).unwrap_or(u32::MAX));
    let even = (bytes <= EVEN).then(|| wrap_optimal_fit(words, &[cells], &PENALTIES).ok());
    let even = even.flatten().filter(|rows| rows.iter().all(|row| cells_of(row) <= width));
    let rows = even.unwrap_or_else(|| wrap_first_fit(words, &[cells]));
    rows.into_iter()
        .filter_map(|row| Some(row.first()?.bytes.start..row.last()?.bytes.end))
        .collect()
}

fn cells_of(row: &[Word]) -> usize {
    let all: usize = row.iter().map(|word| word.cells + word.space).sum();
    all - row.last().map_or(0, |word| word.space)
}

/// What no row is broken in.
#[derive(Debug)]
struct Word {
    bytes: Range<usize>,
    cells: usize,
    /// Cells of the spaces after it.
    space: usize,
}

impl Fragment for Word {
    fn width(&self) -> f64 {
        f64::from(text::cells(self.cells))
    }

    fn whitespace_width(&self) -> f64 {
        f64::from(text::cells(self.space))
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// The words of a line that begins at byte `start`, none wider than `width`.
fn words(line: &str, start: usize, width: usize) -> Vec<Word> {
    let mut words: Vec<Word> = vec![];
    let mut before = ("", "");
    for (at, grapheme) in text::graphemes(line) {
        let end = start + at + grapheme.len();
        let cells = text::grapheme_width(grapheme).min(width);
        let space = is_space(grapheme);
        match words.last_mut() {
            Some(word) if space && !is_space_only(line, start, word) => word.space += cells,
            Some(word)
                if word.space == 0
                    && !may_break(before, grapheme)
                    && word.cells + cells <= width =>
            {
                word.bytes.end = end;
                word.cells += cells;
            }
            Some(word)
                if word.space == 0
                    && word.cells + cells > width
                    && !may_break(before, grapheme) =>
            {
                let rest = cut(word, line, start, width);
                let rest =
                    Word { bytes: rest.bytes.start..end, cells: rest.cells + cells, space: 0 };
                words.push(rest);
            }
            _ => words.push(Word { bytes: start + at..end, cells, space: 0 }),
        }
        before = (before.1, grapheme);
    }
    words
}

/// A number stays with its unit, and with what it counts: `128 KiB` and `p. 3` are one word,
/// where that fits.
fn with_units(words: Vec<Word>, line: &str, start: usize, width: usize) -> Vec<Word> {
    let text = |word: &Word| line.get(word.bytes.start - start..word.bytes.end - start);
    let mut joined: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        let belongs = |before: &Word| match (text(before), text(&word)) {
            (Some(number), Some(unit)) if is_unit(unit) => {
                number.ends_with(|c: char| c.is_ascii_digit())
            }
            (Some(counted), Some(number)) if number.starts_with(|c: char| c.is_ascii_digit()) => {
                COUNTED.contains(&counted.trim_start_matches(['(', '[']))
            }
            _ => false,
        };
        match joined.last_mut() {
            Some(number)
                if number.space == 1
                    && number.cells + 1 + word.cells <= width.min(UNITS)
                    && belongs(number) =>
            {
                number.bytes.end = word.bytes.end;
                number.cells += 1 + word.cells;
                number.space = word.space;
            }
            _ => joined.push(word),
        }
    }
    joined
}

/// What stands before a number.
const COUNTED: [&str; 16] = [
    "p.", "pp.", "§", "§§", "Fig.", "Figs.", "Figure", "Table", "Eq.", "Sec.", "Section", "Ch.",
    "Chapter", "Vol.", "No.", "no.",
];

/// Cells up to which a number and its unit are one word.
const UNITS: usize = 20;

fn is_unit(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',', ';', ':', ')', '?', '!']);
    let units = [
        "%", "B", "KB", "MB", "GB", "TB", "PB", "KiB", "MiB", "GiB", "TiB", "PiB", "bit", "bits",
        "byte", "bytes", "kB", "ns", "µs", "μs", "us", "ms", "s", "min", "h", "d", "Hz", "kHz",
        "MHz", "GHz", "dB", "dBFS", "LU", "LUFS", "FLOP", "FLOPs", "kFLOP", "MFLOP", "GFLOP",
        "TFLOP", "PFLOP", "FLOP/s", "GFLOP/s", "TFLOP/s", "GB/s", "GiB/s", "MB/s", "MiB/s",
        "kbit/s", "Mbit/s", "Gbit/s", "tokens/s", "W", "kW", "V", "km", "m", "cm", "mm", "°C",
    ];
    units.contains(&word)
}

/// Whether the word is the spaces that a line begins with, which are kept.
fn is_space_only(line: &str, start: usize, word: &Word) -> bool {
    let text = line.get(word.bytes.start - start..word.bytes.end - start).unwrap_or_default();
    word.bytes.start == start && text.bytes().all(|byte| byte == b' ')
}

/// Takes from a word that fills the row what is better off in the next one: what stands after
/// the last punctuation, if the row stays half full. The rest may be empty.
fn cut(word: &mut Word, line: &str, start: usize, width: usize) -> Word {
    let text = line.get(word.bytes.start - start..word.bytes.end - start).unwrap_or_default();
    let place = text
        .rfind(['/', '.', ',', ';', ':', '=', '&', '?', '_', '-'])
        .map_or(text.len(), |at| at + 1);
    let rest = text::width(text.get(place..).unwrap_or_default());
    if rest * 2 >= width {
        return Word { bytes: word.bytes.end..word.bytes.end, cells: 0, space: 0 };
    }
    let middle = word.bytes.start + place;
    let rest = Word { bytes: middle..word.bytes.end, cells: rest, space: 0 };
    word.bytes.end = middle;
    word.cells -= rest.cells;
    rest
}

/// Spaces at which a row may end. Others, as U+00A0, hold words together.
fn is_space(grapheme: &str) -> bool {
    matches!(grapheme, " " | "\u{1680}" | "\u{205f}" | "\u{3000}")
        || matches!(
            grapheme.chars().next(),
            Some('\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200a}')
        )
}

/// Whether a row may end between two graphemes that no space parts.
fn may_break(before: (&str, &str), grapheme: &str) -> bool {
    let letter = |text: &str| text.chars().next().is_some_and(char::is_alphabetic);
    match before {
        (_, "") => false,
        (letters, "-") => letter(letters) && letter(grapheme),
        (_, "—") => letter(grapheme),
        (_, last) => {
            (is_wide(last) || is_wide(grapheme)) && !is_opening(last) && !is_closing(grapheme)
        }
    }
}

fn is_wide(grapheme: &str) -> bool {
    !grapheme.is_ascii() && text::grapheme_width(grapheme) == 2
}

fn is_opening(grapheme: &str) -> bool {
    let opening = "([{〈《「『【〔〖〘〚（［｛｟“‘$#«";
    grapheme.chars().next().is_some_and(|c| opening.contains(c))
}

/// What must not begin a row: closing punctuation, small kana, marks of repetition.
fn is_closing(grapheme: &str) -> bool {
    let closing = ")]}.,;:!?%”’»、。，．・：；？！ー々〻ゝゞヽヾ〉》」』】〕〗〙〛）］｝｠～…‥\u{a0}\
                   ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ";
    grapheme.chars().next().is_some_and(|c| closing.contains(c))
}

#[cfg(test)]
mod tests {
    use crate::layout::tests::shown;
    use crate::text;

    #[test]
    fn rows_are_few_and_their_edge_is_even() {
        let text = "To be, or not to be: that is the question";
        assert_eq!(shown(text, 10), "To be,\nor not to\nbe: that\nis the\nquestion\n");
        assert_eq!(shown("aaa bb cc ddddd", 6), "aaa\nbb cc\nddddd\n");
    }

    #[test]
    fn a_long_paragraph_is_filled_row_by_row() {
        let text = "word ".repeat(2000);
        let rows = shown(&text, 24);
        assert!(rows.lines().take(100).all(|row| row == "word word word word word"));
    }

    #[test]
    fn overlong_words_are_cut_after_punctuation_or_between_graphemes() {
        assert_eq!(shown("a abcdefghijkl b", 5), "a\nabcde\nfghij\nkl b\n");
        assert_eq!(shown("https://a.example/path/to", 18), "https://a.example/\npath/to\n");
        assert_eq!(shown("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}e\u{301}\ne\u{301}\n");
    }

    #[test]
    fn ideographs_may_part_but_not_from_their_punctuation() {
        assert_eq!(shown("日本語。日本", 6), "日本\n語。日\n本\n");
        assert_eq!(shown("日本「語」", 6), "日本\n「語」\n");
        assert_eq!(shown("ab日本", 4), "ab日\n本\n");
    }

    #[test]
    fn a_space_that_holds_words_together_does() {
        assert_eq!(shown("a 100\u{a0}MB b", 7), "a\n100\u{a0}MB\nb\n");
    }

    #[test]
    fn a_number_stays_with_its_unit() {
        assert_eq!(shown("it takes 128 KiB.", 14), "it takes\n128 KiB.\n");
        assert_eq!(shown("in 128 rows", 6), "in 128\nrows\n");
        assert_eq!(shown("1 KiB", 3), "1\nKiB\n");
        assert_eq!(shown("see it (p. 3)", 12), "see it\n(p. 3)\n");
        assert_eq!(shown("it is in Fig. 4", 13), "it is in\nFig. 4\n");
    }

    #[test]
    fn no_short_word_stands_alone_in_the_last_row_where_the_paragraph_can_be_set_better() {
        let text = "every token sees the tokens before it, and the rows of the table are mixed \
                    row by row, so they are shuffled too, and";
        let page = shown(text, 40);
        assert!(page.lines().last().unwrap().len() > 6, "{page}");
        assert_eq!(page.lines().count(), 3);
        assert_eq!(shown("aaaa bbbb cccc d", 14), "aaaa bbbb\ncccc d\n");
        // Never at the price of one more row.
        assert_eq!(shown("aaaaaaaaaaaa b", 12), "aaaaaaaaaaaa\nb\n");
    }

    #[test]
    fn a_row_may_end_after_a_hyphen_between_letters() {
        assert_eq!(shown("grouped-query", 9), "grouped-\nquery\n");
        assert_eq!(shown("a --flag -1", 6), "a\n--flag\n-1\n");
    }

    #[test]
    fn a_mark_that_ends_in_a_word_does_not_break_it() {
        assert_eq!(shown("aa **bb**cc", 5), "aa\nbbcc\n");
        assert_eq!(shown("e**\u{301}x** a", 2), "e\u{301}x\na\n");
    }

    #[test]
    fn hard_breaks_end_a_row() {
        assert_eq!(shown("a  \nb\\\nc", 20), "a\nb\nc\n");
    }

    #[test]
    fn one_cell_is_enough_for_a_page() {
        assert_eq!(shown("ab 日", 1), "a\nb\n?\n");
    }

    #[test]
    fn no_row_is_too_wide_even_where_that_would_look_better() {
        let text = format!("{} b", "x".repeat(60));
        for width in 1..200 {
            assert!(shown(&text, width).lines().all(|row| text::width(row) <= width));
        }
    }
}
