//! The argument of an article: what it says before its questions and notes, in words.

use std::ops::Range;

use crate::check::draft::Draft;
use crate::check::form::proses;
use crate::document::{Block, BlockKind, MarkKind, Prose};

/// Stands for code and formulas, which count as one word.
const PIECE: char = '\u{fffc}';

/// What an article says before its questions.
pub(crate) struct Argument {
    /// Words of prose, headings, lists and tables.
    pub(crate) words: usize,
    /// The paragraphs that stand by themselves, not in lists, quotes or tables.
    pub(crate) paragraphs: Vec<Paragraph>,
    /// The block after its last.
    pub(crate) end: usize,
    /// How many headings it has.
    pub(crate) headings: usize,
}

/// A paragraph of the argument.
pub(crate) struct Paragraph {
    /// The block of the document.
    pub(crate) block: usize,
    /// How many words it has.
    pub(crate) words: usize,
    /// Its sentences.
    pub(crate) sentences: Vec<Sentence>,
}

/// A sentence, as it is read: code and formulas are one word each.
pub(crate) struct Sentence {
    /// The words, footnotes left out.
    pub(crate) text: String,
    /// How many.
    pub(crate) words: usize,
}

impl Argument {
    /// The argument of an article.
    pub(crate) fn of(draft: &Draft) -> Self {
        let end = questions(draft).unwrap_or_else(|| draft.body_blocks().count());
        let mut argument = Self { words: 0, paragraphs: vec![], end, headings: 0 };
        for (index, block) in draft.body_blocks().take(end) {
            argument.words += proses(block).into_iter().map(|it| count(&clean(it))).sum::<usize>();
            match &block.kind {
                BlockKind::Heading { .. } => argument.headings += 1,
                BlockKind::Paragraph(prose) if block.container.is_none() => {
                    argument.paragraphs.push(paragraph(index, prose));
                }
                _ => {}
            }
        }
        argument
    }

    /// Its blocks.
    pub(crate) fn blocks<'a>(
        &self,
        draft: &'a Draft,
    ) -> impl Iterator<Item = (usize, &'a Block)> + use<'a> {
        draft.body_blocks().take(self.end)
    }
}

/// The block that the questions begin with.
pub(crate) fn questions(draft: &Draft) -> Option<usize> {
    draft.document.outline().find(|it| it.anchor == "check-yourself").map(|it| it.block)
}

fn paragraph(block: usize, prose: &Prose) -> Paragraph {
    let text = clean(prose);
    let sentence = |range: Range<usize>| {
        let text = text.get(range).unwrap_or_default().trim().to_owned();
        Sentence { words: count(&text), text }
    };
    let sentences = sentences(&text).into_iter().map(sentence).filter(|it| it.words > 0).collect();
    Paragraph { block, words: count(&text), sentences }
}

/// Running text without its footnotes, with one character for each piece of code and formula.
pub(crate) fn clean(prose: &Prose) -> String {
    let mut text = String::with_capacity(prose.text.len());
    let mut at = 0;
    for mark in &prose.marks {
        let piece = match mark.kind {
            MarkKind::Code | MarkKind::Math | MarkKind::Html => Some(PIECE),
            MarkKind::Footnote(_) => None,
            _ => continue,
        };
        if mark.range.start < at {
            continue;
        }
        text.push_str(prose.text.get(at..mark.range.start).unwrap_or_default());
        text.extend(piece);
        at = mark.range.end;
    }
    text.push_str(prose.text.get(at..).unwrap_or_default());
    text
}

/// How many words there are.
pub(crate) fn count(text: &str) -> usize {
    let is_word = |word: &&str| word.contains(|c: char| c.is_alphanumeric() || c == PIECE);
    text.split_whitespace().filter(is_word).count()
}

/// Words that end with a full stop inside a sentence.
const ABBREVIATIONS: [&str; 22] = [
    "al.", "approx.", "ca.", "cf.", "ch.", "Dr.", "e.g.", "ed.", "eq.", "Eq.", "etc.", "fig.",
    "Fig.", "i.e.", "Inc.", "Mr.", "Ms.", "No.", "no.", "p.", "pp.", "vs.",
];

/// Where each sentence is.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = vec![];
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if matches!(c, '.' | '!' | '?') && ends(text, start, end) {
            found.push(start..end);
            start = end;
        }
    }
    found.push(start..text.len());
    found
}

fn ends(text: &str, start: usize, end: usize) -> bool {
    let rest = text.get(end..).unwrap_or_default();
    let rest = rest.trim_start_matches(['"', '”', '’', ')', '*']);
    let begins = |c: char| {
        c.is_uppercase() || c.is_numeric() || matches!(c, '"' | '“' | '‘' | '(' | '*' | PIECE)
    };
    let next = rest.trim_start();
    if next.len() == rest.len() || !next.chars().next().is_some_and(begins) {
        return false;
    }
    let last = text.get(start..end).unwrap_or_default().split_whitespace().next_back();
    let last = last.unwrap_or_default().trim_start_matches(['(', '"', '“']);
    let initial = last.len() == 2 && last.starts_with(char::is_uppercase);
    !ABBREVIATIONS.contains(&last) && !initial
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences_of(text: &str) -> Vec<(String, usize)> {
        let draft = Draft::new("x.md".into(), text.into());
        let argument = Argument::of(&draft);
        let all = argument.paragraphs.into_iter().flat_map(|it| it.sentences);
        all.map(|it| (it.text.replace(PIECE, "@"), it.words)).collect()
    }

    #[test]
    fn sentences_end_where_the_next_one_begins() {
        let told = sentences_of(
            "One `a.b` two.[^n] Three, e.g. Four (cf. Five). 6 is next! Is it? “Yes.” vs. No. 7 $x$ a.\n\n[^n]: N.",
        );
        let texts: Vec<&str> = told.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "One @ two.",
                "Three, e.g. Four (cf. Five).",
                "6 is next!",
                "Is it?",
                "“Yes.” vs. No. 7 @ a."
            ]
        );
        assert_eq!(told[0].1, 3);
    }

    #[test]
    fn words_are_counted_without_punctuation_and_notes() {
        let text = "## A b\n\nOne — two[^n].\n\n- three\n\n| four | – |\n|---|---|\n\n```x\nno\n```\n\n\
                    $$n$$\n\n## Check yourself\n\nFive.\n\n[^n]: Six.\n";
        let draft = Draft::new("x.md".into(), text.into());
        let argument = Argument::of(&draft);
        assert_eq!((argument.words, argument.headings), (6, 1));
        assert_eq!(argument.paragraphs.len(), 1);
    }
}
