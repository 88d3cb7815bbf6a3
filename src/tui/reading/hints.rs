//! Letters over every link on the screen.

use crate::tui::reading::Reading;

/// The letters of hints, the easiest to reach first.
const LETTERS: &str = "asdfghjklqwertyuiopzxcvbnm";

/// Letters over links, and those typed so far.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// The links that can still be meant.
    pub labels: Vec<Label>,
    /// The letters typed.
    pub typed: String,
}

/// The letters of one link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The letters that follow the link.
    pub letters: String,
    /// The link: an index into the document's links.
    pub link: usize,
    /// Its row, counted from the top of the screen.
    pub row: usize,
    /// Its first column in the text.
    pub column: usize,
}

impl Reading {
    /// Shows a label over every link on the screen; false when there is none.
    pub fn show_hints(&mut self) -> bool {
        let shown = self.links_on_screen();
        let labels = labels(shown.len()).into_iter().zip(shown);
        let labels =
            labels.map(|(letters, (link, row, column))| Label { letters, link, row, column });
        let hints = Hints { labels: labels.collect(), typed: String::new() };
        let any = !hints.labels.is_empty();
        self.hints = any.then_some(hints);
        any
    }

    /// Takes a letter of a label; the link when it is complete. A letter of no label ends it.
    pub fn type_hint(&mut self, letter: char) -> Option<usize> {
        let mut hints = self.hints.take()?;
        hints.typed.push(letter);
        hints.labels.retain(|label| label.letters.starts_with(&hints.typed));
        let meant = hints.labels.iter().find(|label| label.letters == hints.typed);
        if let Some(label) = meant {
            return Some(label.link);
        }
        self.hints = (!hints.labels.is_empty()).then_some(hints);
        None
    }
}

/// `count` labels, none of which begins another.
fn labels(count: usize) -> Vec<String> {
    let singles = LETTERS.chars().map(String::from);
    if count <= LETTERS.len() {
        return singles.take(count).collect();
    }
    let pairs = LETTERS.chars().flat_map(|a| LETTERS.chars().map(move |b| format!("{a}{b}")));
    pairs.take(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_label_begins_another() {
        for count in [1, 26, 27, 600] {
            let labels = labels(count);
            assert_eq!(labels.len(), count);
            for (at, label) in labels.iter().enumerate() {
                assert!(!labels.iter().skip(at + 1).any(|other| other.starts_with(label)));
            }
        }
    }
}
