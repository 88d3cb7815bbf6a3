//! A document as its sections, which are found one by one.

use crate::document::{BlockKind, ContainerKind, Document, MarkKind, Prose};
use crate::layout;

/// A longer section is several, in bytes.
const LONGEST: usize = 6_000;

/// A heading and what stands below it, or a piece of that.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Section {
    /// The headings around it and its own, outermost first.
    pub(crate) path: Vec<String>,
    /// Its own heading in its source, when it begins with one.
    pub(crate) heading: Option<String>,
    /// The anchor of its heading; none before the first one.
    pub(crate) anchor: Option<String>,
    /// How many blocks after its heading it begins.
    pub(crate) block: usize,
    /// What it says, as it is shown.
    pub(crate) text: String,
    /// The prose alone.
    pub(crate) prose: String,
    /// Whether it is footnotes: where things come from, not what is said.
    pub(crate) is_notes: bool,
    /// The code alone: blocks, formulas, and code within prose.
    pub(crate) code: String,
}

/// The sections of `document`; at least one. A single heading of the first level is the title,
/// not a section.
pub(crate) fn sections(document: &Document) -> Vec<Section> {
    let mut maker = Maker { done: vec![], now: Section::default(), path: vec![], block: 0 };
    for (index, block) in document.blocks.iter().enumerate() {
        if let BlockKind::Heading { level, prose, anchor } = &block.kind {
            maker.begin(*level, prose, anchor);
            continue;
        }
        maker.part_notes(document, index);
        match &block.kind {
            BlockKind::Paragraph(prose) | BlockKind::Summary(prose) => maker.prose(prose),
            BlockKind::Table(table) => {
                table.rows.iter().flatten().for_each(|cell| maker.prose(cell));
            }
            BlockKind::Code(code) => maker.code(&code.text),
            BlockKind::Math(text) => maker.formula(text),
            BlockKind::Html(text) => add(&mut maker.now.text, text),
            BlockKind::Heading { .. } | BlockKind::Rule => {}
        }
        maker.block += 1;
        maker.split();
    }
    maker.done.push(maker.now);
    maker.done
}

struct Maker {
    done: Vec<Section>,
    now: Section,
    path: Vec<(u8, String)>,
    /// Blocks since the heading.
    block: usize,
}

impl Maker {
    fn begin(&mut self, level: u8, title: &Prose, anchor: &str) {
        self.path.retain(|(above, _)| *above < level);
        self.path.push((level, layout::line(title).to_string()));
        let next = Section {
            path: self.path.iter().map(|(_, title)| title.clone()).collect(),
            heading: Some(title.text.to_string()),
            anchor: Some(anchor.to_owned()),
            ..Section::default()
        };
        let last = std::mem::replace(&mut self.now, next);
        // What stands before the first heading is there only when it says something, or when
        // there is nothing else.
        if !(last.text.is_empty() && last.path.is_empty()) {
            self.done.push(last);
        }
        self.block = 0;
    }

    /// Goes on in a new section when this one is long.
    fn split(&mut self) {
        if self.now.text.len() > LONGEST {
            self.go_on();
        }
    }

    /// Footnotes and what is no footnote are different sections.
    fn part_notes(&mut self, document: &Document, block: usize) {
        let is_note = |kind: &ContainerKind| matches!(kind, ContainerKind::Footnote { .. });
        let is_notes = document.around(block).any(|(_, container)| is_note(&container.kind));
        if is_notes != self.now.is_notes {
            self.go_on();
            self.now.is_notes = is_notes;
        }
    }

    /// Goes on below the same heading in a new section.
    fn go_on(&mut self) {
        let next = Section {
            path: self.now.path.clone(),
            anchor: self.now.anchor.clone(),
            block: self.block,
            ..Section::default()
        };
        let last = std::mem::replace(&mut self.now, next);
        if !(last.text.is_empty() && self.block == 0 && self.done.is_empty()) {
            self.done.push(last);
        }
    }

    fn prose(&mut self, prose: &Prose) {
        add(&mut self.now.text, &layout::line(prose));
        add(&mut self.now.prose, &prose.text);
        for mark in &prose.marks {
            if matches!(mark.kind, MarkKind::Code | MarkKind::Math)
                && let Some(code) = prose.text.get(mark.range.clone())
            {
                add(&mut self.now.code, code);
            }
        }
    }

    fn formula(&mut self, text: &str) {
        let set = layout::formula(text);
        add(&mut self.now.text, set.as_deref().unwrap_or(text));
        add(&mut self.now.code, text);
    }

    fn code(&mut self, text: &str) {
        add(&mut self.now.text, text);
        add(&mut self.now.code, text);
    }
}

fn add(text: &mut String, more: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(more);
}

#[cfg(test)]
mod tests {
    use crate::document::parse;

    use super::*;

    #[test]
    fn each_heading_begins_a_section_with_its_path() {
        let found =
            sections(&parse("Intro `x`.\n\n## A\n\na\n\n### B\n\n```\nb = 1\n```\n\n## C\n"));
        let told: Vec<_> = found
            .iter()
            .map(|it| (it.path.join("/"), it.anchor.as_deref(), it.text.as_str(), it.code.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (String::new(), None, "Intro x.", "x"),
                ("A".into(), Some("a"), "a", ""),
                ("A/B".into(), Some("b"), "b = 1", "b = 1"),
                ("C".into(), Some("c"), "", ""),
            ]
        );
        assert_eq!(sections(&parse("")).len(), 1);
    }

    #[test]
    fn formulas_are_shown_set_and_found_by_their_source() {
        let found =
            sections(&parse("## Why $\\sqrt{d}$\n\nDivide $x_i^2$ by it.\n\n$$\\alpha = 1$$"));
        assert_eq!(found[0].path, ["Why √d"]);
        assert_eq!(found[0].text, "Divide xᵢ² by it.\nα = 1");
        assert!(found[0].code.contains("x_i^2") && found[0].code.contains("\\alpha"));
    }

    #[test]
    fn a_long_section_is_several_that_know_where_they_begin() {
        let found = sections(&parse(&format!("## A\n\n{}", "word word word\n\n".repeat(1_000))));
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].block, 0);
        assert!(found[1].block > 300 && found[1].anchor.as_deref() == Some("a"));
    }

    #[test]
    fn questions_of_details_are_found() {
        let found = sections(&parse("<details><summary>Why?</summary>\n\nBecause.\n\n</details>"));
        assert_eq!(found[0].text, "Why?\nBecause.");
    }
}
