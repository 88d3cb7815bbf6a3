//! Addresses that are written out in running text.

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};

use crate::document::{Mark, MarkKind};

/// An address.
#[derive(Debug, PartialEq)]
pub(super) struct Url {
    pub(super) range: Range<usize>,
    pub(super) target: String,
}

/// The addresses in `text` outside links, images, code, formulas and tags. None crosses the
/// edge of a mark, so marks stay nested.
pub(super) fn bare(text: &str, marks: &[Mark]) -> Vec<Url> {
    if !text.contains("://") && !text.contains("www.") && !text.contains('@') {
        return vec![];
    }
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(false);
    open_ranges(text, marks).into_iter().flat_map(|range| found(&finder, text, range)).collect()
}

fn found(finder: &LinkFinder, text: &str, range: Range<usize>) -> Vec<Url> {
    let part = text.get(range.clone()).unwrap_or_default();
    let links = finder.links(part).filter_map(|link| {
        let address = link.as_str();
        let target = match link.kind() {
            LinkKind::Email => format!("mailto:{address}"),
            _ if address.contains("://") => address.to_owned(),
            _ if address.starts_with("www.") => format!("https://{address}"),
            _ => return None,
        };
        Some(Url { range: range.start + link.start()..range.start + link.end(), target })
    });
    links.collect()
}

/// The passages between the edges of marks in which an address may stand.
fn open_ranges(text: &str, marks: &[Mark]) -> Vec<Range<usize>> {
    let mut edges: Vec<(usize, i32)> = vec![(0, 0), (text.len(), 0)];
    for mark in marks {
        let closed = match mark.kind {
            MarkKind::Emphasis | MarkKind::Strong | MarkKind::Strikethrough => 0,
            _ => 1,
        };
        edges.push((mark.range.start, closed));
        edges.push((mark.range.end, -closed));
    }
    edges.sort_unstable();
    let mut closed = 0;
    let mut ranges = vec![];
    for (from, to) in edges.iter().zip(edges.iter().skip(1)) {
        closed += from.1;
        if closed == 0 && from.0 < to.0 {
            ranges.push(from.0..to.0);
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets(text: &str) -> Vec<String> {
        bare(text, &[]).into_iter().map(|url| url.target).collect()
    }

    #[test]
    fn addresses_end_before_the_punctuation_of_the_sentence() {
        assert_eq!(targets("See https://a.example/x_(y)."), ["https://a.example/x_(y)"]);
        assert_eq!(
            targets("(www.a.example), a@b.example!"),
            ["https://www.a.example", "mailto:a@b.example"]
        );
    }

    #[test]
    fn file_names_are_not_addresses() {
        assert_eq!(targets("main.rs, a.b.c and foo.com @ 3:4 //x www."), Vec::<String>::new());
    }

    #[test]
    fn code_and_links_are_left_alone() {
        let text = "https://a.example https://b.example";
        let mark = Mark { range: 0..17, kind: MarkKind::Code };
        assert_eq!(bare(text, &[mark]).len(), 1);
    }
}
