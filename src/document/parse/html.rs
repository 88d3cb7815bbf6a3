//! Blocks of HTML: comments vanish, `<details>` opens and closes, the rest is text.

use std::borrow::Cow;

/// A part of an HTML block.
#[derive(Debug, PartialEq)]
pub(super) enum Piece<'a> {
    /// Shown as it is written.
    Text(Cow<'a, str>),
    /// `<details>`, perhaps with its summary.
    Open { summary: Option<String>, tag: &'a str },
    /// `<summary>` that does not follow its `<details>` directly.
    Summary { summary: String, tag: &'a str },
    /// `</details>`.
    Close(&'a str),
}

/// Whether an inline tag is a line break.
pub(super) fn is_break(tag: &str) -> bool {
    let name = tag.trim_start_matches('<').trim_end_matches(['>', '/', ' ']);
    name.eq_ignore_ascii_case("br")
}

/// Whether an inline tag is a comment.
pub(super) fn is_comment(tag: &str) -> bool {
    tag.starts_with("<!--") && tag.ends_with("-->")
}

/// The parts of an HTML block, in order.
pub(super) fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = vec![];
    let mut scan = Scan { rest: html, text: String::new(), closes_summary: true };
    while let Some(piece) = scan.next() {
        scan.flush(&mut pieces);
        pieces.push(piece);
    }
    scan.flush(&mut pieces);
    pieces
}

/// HTML that is shown as it is written, but for its line breaks.
pub(super) fn broken(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let end = if is_tag(from, "br") { from.find('>') } else { Some(0) };
        let Some(end) = end else { return out + from };
        out.push_str(if end > 0 { "\n" } else { "<" });
        rest = from.get(end + 1..).unwrap_or_default();
    }
    out + rest
}

struct Scan<'a> {
    rest: &'a str,
    text: String,
    /// Whether a `</summary>` may still come; looked for in vain only once.
    closes_summary: bool,
}

impl<'a> Scan<'a> {
    fn flush(&mut self, pieces: &mut Vec<Piece<'a>>) {
        let text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            pieces.push(Piece::Text(Cow::Owned(text)));
        }
    }

    /// The next part that is not text; the text before it is kept in `text`.
    fn next(&mut self) -> Option<Piece<'a>> {
        while let Some(tag) = self.rest.find('<') {
            self.keep(tag);
            if self.rest.starts_with("<!--") {
                let Some(end) = comment_end(self.rest) else { break };
                self.skip(end);
            } else if is_tag(self.rest, "details") {
                let Some(tag) = self.tag() else { break };
                return Some(self.opened(tag));
            } else if is_tag(self.rest, "/details") {
                let Some(tag) = self.tag() else { break };
                return Some(Piece::Close(tag));
            } else if let Some((summary, tag)) = self.summary() {
                return Some(Piece::Summary { summary, tag });
            } else {
                self.keep(1);
            }
        }
        self.keep(self.rest.len());
        None
    }

    fn opened(&mut self, tag: &'a str) -> Piece<'a> {
        let before = self.rest;
        self.rest = self.rest.trim_start();
        if let Some((summary, _)) = self.summary() {
            return Piece::Open { summary: Some(summary), tag };
        }
        self.rest = before;
        Piece::Open { summary: None, tag }
    }

    fn summary(&mut self) -> Option<(String, &'a str)> {
        if !self.closes_summary || !is_tag(self.rest, "summary") {
            return None;
        }
        let start = self.rest.find('>')? + 1;
        let Some(end) = find_tag(self.rest, "/summary") else {
            self.closes_summary = false;
            return None;
        };
        let summary = self.rest.get(start..end)?.to_owned();
        let length = end + self.rest.get(end..)?.find('>')? + 1;
        let tag = self.rest.get(..length)?;
        self.skip(length);
        Some((summary, tag))
    }

    /// Takes the tag that the rest begins with.
    fn tag(&mut self) -> Option<&'a str> {
        let end = self.rest.find('>')? + 1;
        let tag = self.rest.get(..end);
        self.skip(end);
        tag
    }

    fn keep(&mut self, bytes: usize) {
        self.text.push_str(self.rest.get(..bytes).unwrap_or_default());
        self.skip(bytes);
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }
}

/// The length of the comment that `html` begins with; `<!-->` is a whole one.
fn comment_end(html: &str) -> Option<usize> {
    let short = ["<!-->", "<!--->"].into_iter().find(|short| html.starts_with(short));
    short.map(str::len).or_else(|| html.find("-->").map(|end| end + 3))
}

/// Whether `html` begins with the tag `name`.
fn is_tag(html: &str, name: &str) -> bool {
    let Some(tag) = html.strip_prefix('<') else { return false };
    let named = tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    let after = tag.get(name.len()..).and_then(|rest| rest.chars().next());
    named && after.is_some_and(|c| c.is_whitespace() || matches!(c, '>' | '/'))
}

fn find_tag(html: &str, name: &str) -> Option<usize> {
    let starts = html.match_indices('<').map(|(start, _)| start);
    starts.into_iter().find(|start| html.get(*start..).is_some_and(|rest| is_tag(rest, name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Piece<'_> {
        Piece::Text(Cow::Borrowed(text))
    }

    #[test]
    fn details_and_their_summary_are_found() {
        assert_eq!(
            pieces("<details>\n<Summary class=x>Why <b>so</b>?</summary>\nBecause.\n</DETAILS>\n"),
            [
                Piece::Open { summary: Some("Why <b>so</b>?".to_owned()), tag: "<details>" },
                text("\nBecause.\n"),
                Piece::Close("</DETAILS>"),
            ]
        );
    }

    #[test]
    fn comments_vanish_and_an_unclosed_one_is_text() {
        assert_eq!(pieces("a<!-- <details> -->b"), [text("ab")]);
        assert_eq!(pieces("a<!-- b"), [text("a<!-- b")]);
        assert_eq!(pieces("<!-- a -->\n"), []);
    }

    #[test]
    fn half_a_tag_is_text() {
        for html in ["<details", "<", "<details-x>", "<summary>no end", "a < b"] {
            assert_eq!(pieces(html), [text(html)], "{html}");
        }
    }

    #[test]
    fn many_unclosed_tags_are_read_once() {
        for tag in ["<summary>", "<details><summary>", "<!--", "</details", "<details "] {
            assert!(!pieces(&tag.repeat(20_000)).is_empty());
        }
    }
}
