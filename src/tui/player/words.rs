//! Words of a lab in lines.

use ratatui::layout::Rect;

use crate::text::{self, Safe};

/// `text` in lines of at most `width` cells, broken at blanks; `rows` lines at most, the last one
/// as long as what is left, so that it is cut where it is drawn.
pub(super) fn wrap(text: &str, width: u16, rows: u16) -> Vec<Safe> {
    let text = Safe::line(text);
    let (width, rows) = (usize::from(width.max(1)), usize::from(rows));
    let mut lines = vec![];
    let mut start = 0;
    while lines.len() + 1 < rows {
        let rest = text.get(start..).unwrap_or_default();
        let fits = text::fitting(rest, width);
        if fits == rest.len() {
            break;
        }
        // A blank just behind the last cell is as good a place as one inside.
        let reach = rest.get(fits..).and_then(|it| it.starts_with(' ').then_some(fits + 1));
        let head = rest.get(..reach.unwrap_or(fits)).unwrap_or_default();
        let end = head.rfind(' ').map_or(fits.max(first(rest)), |blank| blank + 1);
        lines
            .push(text.slice(start..start + head.get(..end).map_or(end, |it| it.trim_end().len())));
        start += end;
    }
    if rows > 0 && start < text.len() {
        lines.push(text.slice(start..text.len()));
    }
    lines
}

/// The length of the first grapheme, so that a line always takes something.
fn first(text: &str) -> usize {
    text::graphemes(text).next().map_or(1, |(_, grapheme)| grapheme.len())
}

/// The first rows of `area`, taken off it.
pub(super) fn take_top(area: &mut Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    let top = Rect { height: rows, ..*area };
    *area = Rect { y: area.y + rows, height: area.height - rows, ..*area };
    top
}

/// The last rows of `area`, taken off it.
pub(super) fn take_bottom(area: &mut Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    area.height -= rows;
    Rect { y: area.bottom(), height: rows, ..*area }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(text: &str, width: u16, rows: u16) -> Vec<String> {
        wrap(text, width, rows).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn lines_break_at_blanks_and_the_last_keeps_the_rest() {
        assert_eq!(lines("one two three", 7, 9), ["one two", "three"]);
        assert_eq!(lines("one two three", 8, 9), ["one two", "three"]);
        assert_eq!(lines("one two three", 4, 2), ["one", "two three"]);
        assert_eq!(lines("abcdefgh", 3, 9), ["abc", "def", "gh"]);
        assert_eq!(lines("日本語", 1, 9), ["日", "本", "語"]);
        assert_eq!(lines("", 5, 2), [""; 0]);
        assert_eq!(lines("x", 5, 0), [""; 0]);
    }

    proptest! {
        #[test]
        fn no_word_is_lost(text in "[a-z日 ]{0,60}", width in 2u16..30) {
            let joined: String = wrap(&text, width, 100).iter().map(|it| it.replace(' ', "")).collect();
            prop_assert_eq!(joined, text.replace(' ', ""));
            prop_assert!(wrap(&text, width, 100).iter().all(|it| text::width(it) <= usize::from(width)));
        }
    }
}
