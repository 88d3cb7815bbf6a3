//! Opening and closing `<details>`.

use std::collections::BTreeSet;

use crate::document::BlockKind;
use crate::layout::Position;
use crate::tui::reading::Reading;

impl Reading {
    /// Opens closed `<details>`, closes open ones; their summary stays where it is.
    pub fn turn_fold(&mut self, container: usize) {
        let mut folded = self.page.folded().clone();
        if !folded.remove(&container) {
            folded.insert(container);
        }
        self.fold(folded);
    }

    /// Opens all `<details>`, or closes them when all are open; None when there are none.
    pub fn turn_folds(&mut self) -> Option<Folds> {
        let all: BTreeSet<usize> = self.document.details().collect();
        if all.is_empty() {
            return None;
        }
        let open = self.page.folded().is_empty();
        self.fold(if open { all } else { BTreeSet::new() });
        Some(if open { Folds::Closed } else { Folds::Open })
    }

    /// Opens what a leaf is folded away in.
    pub(super) fn unfold_to(&mut self, block: usize) {
        let leaf = self.document.blocks.get(block);
        let is_summary = leaf.is_some_and(|it| matches!(it.kind, BlockKind::Summary(_)));
        // A summary is seen as long as what is around its own `<details>` is open.
        let hiding = self.document.around(block).skip(usize::from(is_summary));
        let hiding: Vec<usize> = hiding.map(|(container, _)| container).collect();
        let mut folded = self.page.folded().clone();
        let before = folded.len();
        folded.retain(|container| !hiding.contains(container));
        if folded.len() < before {
            self.fold(folded);
        }
    }

    fn fold(&mut self, folded: BTreeSet<usize>) {
        let selected = self.link.and_then(|link| self.document.links.get(link));
        let kept = selected
            .filter(|link| self.visible().iter().any(|row| row.block == link.block))
            .map(|link| Position { block: link.block, offset: link.range.start });
        let row = kept.and_then(|place| self.cell_of(place)).map_or(0, |(row, _)| row);
        let top = kept.unwrap_or_else(|| self.position());
        self.page.fold(folded);
        let place = self.page.row_of(&self.document, top);
        let above = isize::try_from(row).unwrap_or(0);
        self.top = self.page.step(&self.document, place, -above);
        self.settle();
    }
}

/// What became of all `<details>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folds {
    /// Their texts are shown.
    Open,
    /// Only their summaries are shown.
    Closed,
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use crate::document::LinkKind;
    use crate::layout::Measure;
    use crate::tui::cursor::Way;
    use crate::tui::reading::Subject;

    use super::*;

    const TEXT: &str = "a\n\n<details><summary>q1</summary>\n\none [x](y)\n\n</details>\n\n\
        <details><summary>q2</summary>\n\n## two {#two}\n\n</details>\n\n[end](z)";

    fn reading() -> Reading {
        let measure = Measure { width: 40, ascii: false };
        let mut reading = Reading::new(Subject::File(PathBuf::new()), 0, TEXT, measure);
        reading.fit(measure, 20);
        reading
    }

    fn shown(reading: &Reading) -> Vec<String> {
        let lines = reading.visible().iter().filter_map(|row| reading.line(*row));
        let text = |line: &crate::layout::Line| {
            line.spans.iter().map(|it| it.text.as_str()).collect::<String>()
        };
        lines.map(text).filter(|line| !line.is_empty()).collect()
    }

    #[test]
    fn answers_are_closed_and_open_one_by_one() {
        let mut reading = reading();
        assert_eq!(shown(&reading), ["a", "▸ q1", "▸ q2", "end"]);
        reading.select_link(Way::Forward);
        let Some(LinkKind::Fold(container)) = reading.selected_link().map(|it| it.kind) else {
            panic!("the first link is the first summary")
        };
        reading.turn_fold(container);
        assert_eq!(shown(&reading), ["a", "▾ q1", "  one x", "▸ q2", "end"]);
        reading.turn_fold(container);
        assert_eq!(shown(&reading), ["a", "▸ q1", "▸ q2", "end"]);
    }

    #[test]
    fn links_that_are_folded_away_are_not_walked_through() {
        let mut reading = reading();
        for kind in ["q1", "q2", "end"] {
            reading.select_link(Way::Forward);
            let link = reading.selected_link().unwrap();
            assert!(reading.document.blocks[link.block].text().contains(kind));
        }
        assert_eq!(shown(&reading), ["a", "▸ q1", "▸ q2", "end"]);
    }

    #[test]
    fn a_jump_opens_what_it_leads_into() {
        let mut reading = reading();
        assert!(reading.go_to_anchor("two"));
        assert_eq!(shown(&reading), ["a", "▸ q1", "▾ q2", "  two", "end"]);
        assert_eq!(reading.turn_folds(), Some(Folds::Open));
        assert_eq!(reading.turn_folds(), Some(Folds::Closed));
    }
}
