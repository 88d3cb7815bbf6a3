//! The visible text of a document, without layout: for search, counts and previews.

use crate::document::{BlockKind, Document};
use crate::text;

/// Words of prose that are read in a minute.
const WORDS_A_MINUTE: usize = 220;
/// A line of code takes as long as this many words.
const WORDS_A_CODE_LINE: usize = 3;

impl Document {
    /// The visible text: leaves on lines of their own, a blank line between those that layout
    /// sets apart. Markers and numbers of lists are not text.
    pub fn plain(&self) -> String {
        let mut plain = String::new();
        for (index, block) in self.blocks.iter().enumerate() {
            match (&block.kind, block.continued) {
                _ if index == 0 => {}
                (BlockKind::Paragraph(_), true) => {}
                _ if block.tight => plain.push('\n'),
                _ => plain.push_str("\n\n"),
            }
            match &block.kind {
                BlockKind::Table(table) => {
                    // The rest of a split table begins with its head again.
                    let head = usize::from(block.continued);
                    let rows = table.rows.iter().skip(head).map(|row| {
                        row.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("\t")
                    });
                    plain.push_str(&rows.collect::<Vec<_>>().join("\n"));
                }
                _ => plain.push_str(&block.text()),
            }
        }
        plain
    }

    /// How many words of prose there are: code is not counted. Two ideographs make a word.
    pub fn words(&self) -> usize {
        self.blocks
            .iter()
            .map(|block| if is_code(&block.kind) { 0 } else { words(&block.text()) })
            .sum()
    }

    /// How many minutes it takes to read, at least one.
    pub fn minutes(&self) -> usize {
        let code = self.blocks.iter().filter(|block| is_code(&block.kind));
        let lines: usize = code.map(|block| block.text().lines().count()).sum();
        (self.words() + lines * WORDS_A_CODE_LINE).div_ceil(WORDS_A_MINUTE).max(1)
    }
}

fn is_code(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::Code(_) | BlockKind::Math(_) | BlockKind::Html(_))
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).map(length).sum()
}

fn length(word: &str) -> usize {
    let wide =
        word.chars().filter(|c| *c >= '\u{2e80}' && text::width(c.encode_utf8(&mut [0; 4])) == 2);
    wide.count().div_ceil(2).max(1)
}

#[cfg(test)]
mod tests {
    use crate::document::parse;

    #[test]
    fn plain_text_has_no_markup_and_keeps_paragraphs_apart() {
        let markdown = "# A *b*\n\n- c\n- d\n\n|e|f|\n|-|-|\n|g|h|\n\n<details><summary>i</summary>\n\nj\n\nk\n\n</details>\n\nl[^1]\n\n[^1]: m";
        assert_eq!(parse(markdown).plain(), "A b\n\nc\nd\n\ne\tf\ng\th\n\ni\nj\n\nk\n\nl[1]\n\nm");
        assert_eq!(parse("").plain(), "");
    }

    #[test]
    fn words_are_those_of_prose() {
        assert_eq!(
            parse("one two — three-four\n\n```\nfive six\n```\n\n| seven |\n|-|").words(),
            4
        );
        assert_eq!(parse("日本語です").words(), 3);
    }

    #[test]
    fn minutes_are_at_least_one_and_count_code_lightly() {
        assert_eq!(parse("").minutes(), 1);
        assert_eq!(parse(&"word ".repeat(441)).minutes(), 3);
        assert_eq!(parse(&format!("```\n{}```", "a = b(c, d, e)\n".repeat(220))).minutes(), 3);
    }
}
