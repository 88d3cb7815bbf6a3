//! The cards of an article: the questions under its heading `Check yourself`.

use sha2::{Digest, Sha256};

use crate::document::{BlockKind, ContainerKind, Document, Heading, parse, split_front_matter};

/// The heading that questions stand under.
const HEADING: &str = "check yourself";
/// Bytes of a digest that a key holds.
const DIGEST: usize = 8;

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Its name: the article's slug, `#`, and a digest of the words of the question. It stays
    /// when the answer, the order, emphasis or punctuation change.
    pub key: String,
    /// The question, in Markdown.
    pub question: String,
    /// The answer, in Markdown.
    pub answer: String,
}

impl Card {
    /// The slug of the article that a card of this key belongs to.
    pub fn article(key: &str) -> &str {
        key.split_once('#').map_or(key, |(slug, _)| slug)
    }
}

/// The cards of the article `slug`, whose file holds `source`, in their order.
pub fn cards(slug: &str, source: &str) -> Vec<Card> {
    let body = split_front_matter(source).body;
    let document = parse(body);
    let Some((from, to)) = section(&document) else { return vec![] };
    let mut cards: Vec<Card> = vec![];
    for details in document.details() {
        let blocks = blocks_in(&document, details);
        if blocks.first().is_none_or(|first| !(from..to).contains(first)) {
            continue;
        }
        let Some((question, words, answer)) = parts(&document, body, details, &blocks) else {
            continue;
        };
        let stem = format!("{slug}#{}", digest(&words));
        let same = cards.iter().filter(|card| card.key.starts_with(&stem)).count();
        let key = if same == 0 { stem } else { format!("{stem}-{}", same + 1) };
        cards.push(Card { key, question, answer });
    }
    cards
}

/// The blocks below the heading, to the next one that is not deeper.
fn section(document: &Document) -> Option<(usize, usize)> {
    let mut headings = document.outline();
    let own = headings.by_ref().find(|it| it.title.trim().to_lowercase() == HEADING)?;
    let ends = |next: &Heading| next.level <= own.level;
    let end = headings.find(ends).map_or(document.blocks.len(), |next| next.block);
    Some((own.block + 1, end))
}

fn blocks_in(document: &Document, details: usize) -> Vec<usize> {
    let is_in = |block: &usize| document.around(*block).any(|(around, _)| around == details);
    (0..document.blocks.len()).filter(is_in).collect()
}

/// The question as Markdown and as plain words, and the answer. None when one of them is empty.
fn parts(
    document: &Document,
    body: &str,
    details: usize,
    blocks: &[usize],
) -> Option<(String, String, String)> {
    let ContainerKind::Details(summary) = &document.containers.get(details)?.kind else {
        return None;
    };
    let told = blocks.iter().filter_map(|block| document.blocks.get(*block));
    let mut told = told.filter(|block| !matches!(block.kind, BlockKind::Summary(_))).peekable();
    let start = told.peek()?.source.start;
    let end = told.map(|block| block.source.end).max()?;
    let before = body.get(..start)?;
    let open = before.rfind("<summary")?;
    let summary_text = before.get(open..)?.split_once('>')?.1;
    let (question, after) = summary_text.split_once("</summary>")?;
    // From its first line's beginning, so that the marker of a list is in it.
    let start = start - after.rsplit('\n').next().map_or(0, str::len);
    let answer = body.get(start..end)?.trim_matches('\n').trim_end();
    let question = question.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = summary.text.to_string();
    (!question.is_empty() && !answer.is_empty()).then(|| (question, words, answer.to_owned()))
}

/// Of the words alone: case and punctuation do not count.
fn digest(question: &str) -> String {
    let words = question.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words = words.map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    let bytes = Sha256::digest(words.as_bytes());
    bytes.iter().take(DIGEST).fold(String::new(), |digest, byte| digest + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARTICLE: &str = "---\ntitle: A\n---\n\n## One\n\n<details><summary>Aside</summary>\n\nNo card.\n\n</details>\n\n\
        ## Check yourself\n\n\
        <details><summary>Why is `R + W > N` *enough*?</summary>\n\nThe sets **overlap**.\n\n- one\n- two\n\n```sh\nls\n```\n\n</details>\n\n\
        <details>\n<summary>A second\nquestion?</summary>\n\n1. first\n2. [link](x.md)\n\n</details>\n\n\
        ## Afterwards\n\n<details><summary>Another aside</summary>\n\nNo card.\n\n</details>\n\n[^a]: note\n";

    fn keys(source: &str) -> Vec<String> {
        cards("a", source).into_iter().map(|card| card.key).collect()
    }

    #[test]
    fn questions_and_answers_keep_their_markdown() {
        let cards = cards("quorum", ARTICLE);
        let told: Vec<(&str, &str)> =
            cards.iter().map(|card| (card.question.as_str(), card.answer.as_str())).collect();
        assert_eq!(
            told,
            [
                (
                    "Why is `R + W > N` *enough*?",
                    "The sets **overlap**.\n\n- one\n- two\n\n```sh\nls\n```"
                ),
                ("A second question?", "1. first\n2. [link](x.md)"),
            ]
        );
        assert!(cards.iter().all(|card| Card::article(&card.key) == "quorum"));
    }

    #[test]
    fn a_key_survives_edits_of_all_but_the_words_of_the_question() {
        let own = keys(ARTICLE);
        assert_eq!(own.len(), 2);
        for (from, to) in [
            ("The sets **overlap**.", "They share a replica."),
            ("*enough*?", "**enough**"),
            ("## One", "## One\n\nNew text.\n\n## Two"),
            ("A second\nquestion?", "A second question"),
            ("Why is", "why is"),
        ] {
            assert_eq!(keys(&ARTICLE.replace(from, to)), own, "{to}");
        }
        let other = keys(&ARTICLE.replace("A second", "A third"));
        assert_eq!((&other[0], other[1] == own[1]), (&own[0], false));
    }

    #[test]
    fn equal_questions_are_two_cards() {
        let one = "<details><summary>Why?</summary>\n\nSo.\n\n</details>\n\n";
        let keys = keys(&format!("## Check yourself\n\n{one}{one}{one}"));
        assert_eq!(keys.len(), 3);
        assert_eq!(keys[1], format!("{}-2", keys[0]));
        assert_eq!(keys[2], format!("{}-3", keys[0]));
    }

    #[test]
    fn what_is_half_a_card_is_none() {
        for source in [
            "",
            "## Check yourself",
            "<details><summary>Q</summary>\n\nA\n\n</details>",
            "## Check yourself\n\n<details><summary>Q</summary>\n\n</details>",
            "## Check yourself\n\n<details><summary></summary>\n\nA\n\n</details>",
            "## Check yourself\n\n<details>\n\nA\n\n</details>",
            "## Check yourself\n\n<details><summary>Q",
            "## Check yourself\n\n<details><summary>Q</summary>\n\nA",
        ] {
            assert_eq!(cards("a", source), [], "{source:?}");
        }
    }
}
