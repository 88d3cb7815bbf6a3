//! Writes what fences printed into the article.

use std::ops::Range;

use crate::check::run::Outcome;
use crate::check::run::fence;

/// The article's source with the output that each fence printed in place of the one that
/// differs; `outcomes` are those of [`super::Fence::of`] this source, in its order.
pub fn update(path: &str, source: &str, outcomes: &[Outcome]) -> String {
    let mut text = source.to_owned();
    let placed = fence::placed(path, source);
    for (placed, outcome) in placed.iter().zip(outcomes).rev() {
        if let (Outcome::Differs { actual, .. }, Some(range)) = (outcome, &placed.shown) {
            let fence = rewritten(source, range, actual);
            text.replace_range(range.clone(), &fence);
        }
    }
    text
}

/// The fence at `range` around another text. It is lengthened when the text has lines like it,
/// and what stands before each of its lines is kept.
fn rewritten(source: &str, range: &Range<usize>, text: &str) -> String {
    let before = source.get(..range.start).unwrap_or_default();
    let prefix: String =
        before.rsplit('\n').next().unwrap_or_default().chars().map(blank).collect();
    let fence = source.get(range.clone()).unwrap_or_default();
    let opening = fence.lines().next().unwrap_or_default();
    let mark = opening.chars().next().unwrap_or('`');
    let leading = |line: &str| line.chars().take_while(|c| *c == mark).count();
    let longest = text.lines().map(|line| leading(line.trim_start())).max().unwrap_or_default();
    let length = leading(opening);
    let marks = mark.to_string().repeat(if longest < length { length } else { longest + 1 });
    let end = if fence.contains("\r\n") { "\r\n" } else { "\n" };
    let mut written = format!("{marks}{}{end}", opening.trim_start_matches(mark));
    for line in text.lines() {
        let row = format!("{prefix}{line}");
        written.push_str(if line.is_empty() { row.trim_end() } else { &row });
        written.push_str(end);
    }
    written + &prefix + &marks
}

/// What a line within a container begins with; the marker of a list item stands on its first
/// line only.
fn blank(c: char) -> char {
    if c == '>' { c } else { ' ' }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::run::Fence;

    fn check(source: &str, printed: &str, expected: &str) {
        let differs = Outcome::Differs { expected: String::new(), actual: printed.to_owned() };
        let updated = update("a.md", source, &[differs]);
        assert_eq!(updated, expected);
        let shown = Fence::of("a.md", &updated).into_iter().find_map(|fence| fence.shown);
        assert_eq!(shown.map(|shown| shown.text).as_deref(), Some(printed), "{updated}");
    }

    #[test]
    fn what_was_printed_takes_the_place_of_what_is_shown() {
        check(
            "---\ntitle: x\n---\n```sh run\n:\n```\n\n```output x\nold\nold\n```\nEnd",
            "new\n",
            "---\ntitle: x\n---\n```sh run\n:\n```\n\n```output x\nnew\n```\nEnd",
        );
        check(
            "```sh run\n```\n```output\n```\n",
            "a\n\nb\n",
            "```sh run\n```\n```output\na\n\nb\n```\n",
        );
        check("~~~sh run\n~~~\n~~~csv\n1\n~~~\n", "", "~~~sh run\n~~~\n~~~csv\n~~~\n");
    }

    #[test]
    fn a_fence_grows_around_fences() {
        check(
            "```sh run\n```\n```output\n```\n",
            "```x\n````\n",
            "```sh run\n```\n`````output\n```x\n````\n`````\n",
        );
    }

    #[test]
    fn lists_quotes_and_line_ends_are_kept() {
        check(
            "- ```sh run\n  ```\n- ```output\n  x\n  ```\n",
            "a\n\n  b\n",
            "- ```sh run\n  ```\n- ```output\n  a\n\n    b\n  ```\n",
        );
        check(
            "> ```sh run\n> ```\n> ```output\n> x\n> ```\n",
            "a\n\nb\n",
            "> ```sh run\n> ```\n> ```output\n> a\n>\n> b\n> ```\n",
        );
        check(
            "```sh run\r\n```\r\n```output\r\n```\r\n",
            "a\n",
            "```sh run\r\n```\r\n```output\r\na\r\n```\r\n",
        );
    }

    #[test]
    fn what_does_not_differ_is_left_alone() {
        let source = "```sh run\n```\n```output\n1\n```\n```sh run\n```\n";
        let ran = Outcome::Ran { stdout: "2\n".to_owned(), cached: false };
        assert_eq!(update("a.md", source, &[ran, Outcome::Compiled]), source);
    }
}
