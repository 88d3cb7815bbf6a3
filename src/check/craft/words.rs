//! Sentences, paragraphs and words.

use crate::check::Finding;
use crate::check::craft::argument::{Argument, clean};
use crate::check::draft::Draft;
use crate::check::form::proses;
use crate::check::rules;
use crate::text;

/// The most words of a sentence, and of the middle one.
const SENTENCE: (usize, f64) = (33, 20.0);

/// The most words of a paragraph, and of the middle one.
const PARAGRAPH: (usize, f64) = (90, 50.0);

/// What is not written.
const BANNED: [&str; 38] = [
    "at its core",
    "cutting edge",
    "cutting-edge",
    "delve",
    "delved",
    "delves",
    "delving",
    "dive deep into",
    "game changer",
    "game-changer",
    "game-changing",
    "in this article",
    "in today's world",
    "it is important to note",
    "it's important to note",
    "it's worth noting",
    "landscape",
    "landscapes",
    "let's dive in",
    "let's explore",
    "leverage",
    "leveraged",
    "leverages",
    "leveraging",
    "powerful",
    "powerfully",
    "realm",
    "realms",
    "robust",
    "robustly",
    "robustness",
    "seamless",
    "seamlessly",
    "supercharge",
    "unlock",
    "unlocked",
    "unlocking",
    "unlocks",
];

/// Sentences are short, most of them shorter.
pub(crate) fn sentences(draft: &Draft, argument: &Argument, found: &mut Vec<Finding>) {
    let mut lengths = vec![];
    for paragraph in &argument.paragraphs {
        let Some(block) = draft.document.blocks.get(paragraph.block) else { continue };
        for sentence in &paragraph.sentences {
            lengths.push(sentence.words);
            if sentence.words > SENTENCE.0 {
                let (words, most) = (sentence.words, SENTENCE.0);
                let message = format!("a sentence of {words} words, of {most} at most");
                let place = draft.place(block, &sentence.text);
                found.push(draft.finding(&rules::SENTENCE, place, message));
            }
        }
    }
    if let Some(middle) = median(&mut lengths).filter(|middle| *middle > SENTENCE.1) {
        let message = format!("half of the sentences have {middle} words or more");
        found.push(draft.finding(&rules::SENTENCE, draft.first_line(), message));
    }
}

/// Paragraphs are short, most of them shorter.
pub(crate) fn paragraphs(draft: &Draft, argument: &Argument, found: &mut Vec<Finding>) {
    for paragraph in argument.paragraphs.iter().filter(|it| it.words > PARAGRAPH.0) {
        let Some(block) = draft.document.blocks.get(paragraph.block) else { continue };
        let (words, most) = (paragraph.words, PARAGRAPH.0);
        let message = format!("a paragraph of {words} words, of {most} at most");
        found.push(draft.finding(&rules::PARAGRAPH, draft.line_of(block), message));
    }
    let mut lengths: Vec<usize> = argument.paragraphs.iter().map(|it| it.words).collect();
    if let Some(middle) = median(&mut lengths).filter(|middle| *middle > PARAGRAPH.1) {
        let message = format!("half of the paragraphs have {middle} words or more");
        found.push(draft.finding(&rules::PARAGRAPH, draft.first_line(), message));
    }
}

/// The middle of the lengths; between two when there is none.
fn median(lengths: &mut [usize]) -> Option<f64> {
    lengths.sort_unstable();
    let upper = *lengths.get(lengths.len() / 2)?;
    let lower = *lengths.get((lengths.len() - 1) / 2)?;
    let number = |length: usize| u32::try_from(length).ok().map(f64::from);
    Some(f64::midpoint(number(lower)?, number(upper)?))
}

/// No word of advertising or filler.
pub(crate) fn banned(draft: &Draft, found: &mut Vec<Finding>) {
    for (_, block) in draft.body_blocks() {
        for prose in proses(block) {
            let text = text::fold(&clean(prose)).replace('’', "'");
            let said = BANNED.iter().copied().filter(|word| has_word(&text, word));
            // The longest of words that begin alike.
            let said: Vec<&str> = said.collect();
            let longest = |word: &&&str| !said.iter().any(|it| it != *word && it.contains(**word));
            for word in said.iter().filter(longest) {
                let message = format!("says “{word}”");
                found.push(draft.finding(&rules::BANNED_WORD, draft.place(block, word), message));
            }
        }
    }
}

fn has_word(text: &str, word: &str) -> bool {
    let edge = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|text| text.chars().next());
        edge(before) && edge(after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_that_of_the_sorted_lengths() {
        assert_eq!(median(&mut [3, 1, 2]), Some(2.0));
        assert_eq!(median(&mut [4, 1]), Some(2.5));
        assert_eq!(median(&mut []), None);
    }

    #[test]
    fn banned_words_are_whole_words() {
        assert!(has_word("a robust lock", "robust") && has_word("robust", "robust"));
        assert!(!has_word("robustious", "robust") && !has_word("pthread_unlock", "unlock"));
    }
}
