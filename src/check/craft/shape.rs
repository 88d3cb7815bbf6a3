//! The shape of an article: how it opens, how long it is, how it is divided, how it ends.

use crate::check::Finding;
use crate::check::craft::argument::{self, Argument};
use crate::check::draft::Draft;
use crate::check::form::proses;
use crate::check::rules;
use crate::document::{BlockKind, ContainerKind, LinkKind};
use crate::text;

/// The most words of the first paragraph.
const OPENING: usize = 80;

/// The most words before something concrete.
const CONCRETE: usize = 250;

/// How many words an argument has.
const WORDS: std::ops::RangeInclusive<usize> = 900..=1800;

/// How an article does not begin.
const OPENERS: [&str; 20] = [
    "as we all know",
    "by the end of this",
    "ever wondered",
    "have you ever",
    "imagine a world",
    "in a world",
    "in this article",
    "in this guide",
    "in this post",
    "in this tutorial",
    "in today's",
    "in recent years",
    "in the world of",
    "let's",
    "nowadays",
    "this article",
    "this guide",
    "this post",
    "welcome to",
    "when it comes to",
];

/// Headings that would fit any article.
const GENERIC: [&str; 40] = [
    "advantages",
    "background",
    "basics",
    "benefits",
    "best practices",
    "challenges",
    "conclusion",
    "conclusions",
    "considerations",
    "definition",
    "details",
    "disadvantages",
    "discussion",
    "example",
    "examples",
    "faq",
    "final thoughts",
    "further reading",
    "getting started",
    "how it works",
    "introduction",
    "key concepts",
    "key points",
    "key takeaways",
    "limitations",
    "motivation",
    "next steps",
    "notes",
    "overview",
    "prerequisites",
    "pros and cons",
    "references",
    "sources",
    "summary",
    "takeaways",
    "the basics",
    "tl;dr",
    "use cases",
    "what is it",
    "wrapping up",
];

/// The first paragraph says who has which problem, shortly.
pub(crate) fn opening(draft: &Draft, argument: &Argument, found: &mut Vec<Finding>) {
    let first = argument.paragraphs.first().filter(|it| it.block == 0);
    let Some(first) = first else {
        let message = "the text does not begin with a paragraph".to_owned();
        found.push(draft.finding(&rules::OPENING, draft.first_line(), message));
        return;
    };
    let Some(block) = draft.document.blocks.first() else { return };
    if first.words > OPENING {
        let message =
            format!("the first paragraph has {} words, of {OPENING} at most", first.words);
        found.push(draft.finding(&rules::OPENING, draft.line_of(block), message));
    }
    let Some(sentence) = first.sentences.first() else { return };
    let start = text::fold(&sentence.text).replace('’', "'");
    if let Some(opener) = OPENERS.iter().find(|opener| start.starts_with(**opener)) {
        let message = format!("the text opens with “{opener}”");
        found.push(draft.finding(&rules::OPENING, draft.place(block, &sentence.text), message));
    } else if sentence.text.ends_with('?') {
        let message = "the text opens with a question".to_owned();
        found.push(draft.finding(&rules::OPENING, draft.place(block, &sentence.text), message));
    }
}

/// Something concrete stands near the beginning.
pub(crate) fn concrete(draft: &Draft, argument: &Argument, found: &mut Vec<Finding>) {
    let mut words = 0;
    for (index, block) in argument.blocks(draft) {
        let pictures = draft.document.links.iter();
        let picture =
            pictures.into_iter().any(|it| it.kind == LinkKind::Image && it.block == index);
        let kind = &block.kind;
        if picture || matches!(kind, BlockKind::Code(_) | BlockKind::Table(_) | BlockKind::Math(_))
        {
            return;
        }
        let own: usize =
            proses(block).into_iter().map(|it| argument::count(&argument::clean(it))).sum();
        words += own;
        if words > CONCRETE {
            let message = format!("nothing concrete within {words} words");
            found.push(draft.finding(&rules::CONCRETE, draft.line_of(block), message));
            return;
        }
    }
    let message = "the article has nothing concrete".to_owned();
    found.push(draft.finding(&rules::CONCRETE, draft.first_line(), message));
}

/// The argument is neither short nor long.
pub(crate) fn length(draft: &Draft, argument: &Argument, found: &mut Vec<Finding>) {
    if !WORDS.contains(&argument.words) {
        let message = format!("the argument has {} words", argument.words);
        found.push(draft.finding(&rules::LENGTH, draft.first_line(), message));
    }
}

/// There are neither few nor many headings, and each tells something.
pub(crate) fn headings(draft: &Draft, argument: &Argument, found: &mut Vec<Finding>) {
    let (headings, words) = (argument.headings, argument.words.max(1));
    if headings * 1000 < words * 3 || headings * 1000 > words * 8 {
        let message = format!("{headings} headings for {words} words");
        found.push(draft.finding(&rules::HEADINGS, draft.first_line(), message));
    }
    for heading in draft.document.outline() {
        let title = text::fold(&heading.title).replace('’', "'");
        let title = title.trim_end_matches([':', '.', '?', '!']).trim();
        if let Some(block) = draft.document.blocks.get(heading.block)
            && GENERIC.contains(&title)
        {
            let message = format!("the heading “{}” would fit any article", heading.title);
            found.push(draft.finding(&rules::GENERIC_HEADING, draft.line_of(block), message));
        }
    }
}

/// The article ends with questions and their answers.
pub(crate) fn recall(draft: &Draft, found: &mut Vec<Finding>) {
    let Some(start) = argument::questions(draft) else {
        let last = draft.document.blocks.last().map_or(1, |block| draft.line_of(block));
        let message = "there is no section `## Check yourself`".to_owned();
        found.push(draft.finding(&rules::RECALL, last, message));
        return;
    };
    let line = draft.document.blocks.get(start).map_or(1, |block| draft.line_of(block));
    if let Some(after) = draft.document.outline().find(|it| it.block > start) {
        let message = format!("the section “{}” stands after the questions", after.title);
        found.push(draft.finding(&rules::RECALL, line, message));
    }
    let mut questions: Vec<usize> = vec![];
    for (index, _) in draft.body_blocks().skip(start) {
        let around = draft.document.around(index);
        questions.extend(
            around
                .filter(|(_, it)| matches!(it.kind, ContainerKind::Details(_)))
                .map(|(container, _)| container),
        );
    }
    questions.dedup();
    if !(3..=5).contains(&questions.len()) {
        let message = format!("{} questions with answers", questions.len());
        found.push(draft.finding(&rules::RECALL, line, message));
    }
}
