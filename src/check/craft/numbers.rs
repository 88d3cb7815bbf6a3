//! Quantities: that each is computed, cited, measured, or marked as illustrative.
//!
//! A quantity is a number with a unit. It has a provenance when the article's code, output,
//! formulas or tables hold the same number (rounded, or as a percentage), when a footnote stands
//! in its paragraph, when the paragraph supposes it, or when it was said before.

mod quantity;

use crate::check::Finding;
use crate::check::craft::argument::{Argument, clean};
use crate::check::craft::numbers::quantity::{Quantity, numbers, quantities};
use crate::check::draft::Draft;
use crate::check::form::proses;
use crate::check::rules;
use crate::document::{Block, BlockKind, Document, MarkKind};
use crate::text;

/// Words that say a number is an example, or where it was measured.
const SUPPOSED: [&str; 22] = [
    "assume",
    "assumed",
    "assumes",
    "assuming",
    "benchmark",
    "call",
    "example",
    "given",
    "hypothetical",
    "illustrative",
    "illustration",
    "imagine",
    "let",
    "measured",
    "pretend",
    "say",
    "suppose",
    "supposed",
    "supposing",
    "take",
    "takes",
    "want",
];

/// The most numbers of a paragraph whose sums are looked at.
const BESIDE: usize = 40;

/// Words after which a number is only near the one that was computed.
const NEARLY: [&str; 10] =
    ["about", "almost", "around", "nearly", "roughly", "some", "over", "under", "≈", "~"];

/// Reports quantities that come from nowhere.
pub(crate) fn provenance(draft: &Draft, argument: &Argument, found: &mut Vec<Finding>) {
    let known = Known::of(draft, argument);
    for (_, block) in argument.blocks(draft) {
        if matches!(block.kind, BlockKind::Table(_)) || is_given(block) {
            continue;
        }
        for prose in proses(block) {
            let text = clean(prose);
            let mut beside = vec![];
            numbers(&text, &mut beside);
            beside.truncate(BESIDE);
            for quantity in quantities(&text) {
                if !known.holds(&quantity) && !is_sum(&quantity, &beside) {
                    let place = draft.place(block, &quantity.text);
                    let message = format!("“{}” comes from nowhere", quantity.text);
                    found.push(draft.finding(&rules::PROVENANCE, place, message));
                }
            }
        }
    }
}

/// Whether a quantity is the sum or the difference of two other numbers of its paragraph.
fn is_sum(quantity: &Quantity, beside: &[f64]) -> bool {
    let near = |value: f64| (value - quantity.value).abs() <= quantity.step * 0.501;
    let mut pairs = beside
        .iter()
        .enumerate()
        .flat_map(|(index, one)| beside.iter().skip(index + 1).map(move |other| (*one, *other)));
    let exact = quantity.value / quantity.step >= 9.5;
    exact
        && pairs.any(|(one, other)| {
            !near(one) && !near(other) && (near(one + other) || near((one - other).abs()))
        })
}

/// Whether a footnote stands in the block, or it only supposes.
fn is_given(block: &Block) -> bool {
    proses(block).iter().any(|prose| {
        let noted = prose.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Footnote(_)));
        let text = text::fold(&clean(prose));
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        noted || words.any(|word| SUPPOSED.contains(&word))
    })
}

/// The numbers that an article accounts for.
struct Known {
    /// Ascending.
    numbers: Vec<f64>,
}

impl Known {
    fn of(draft: &Draft, argument: &Argument) -> Self {
        let mut all = vec![];
        for block in &draft.document.blocks {
            match &block.kind {
                BlockKind::Code(_) | BlockKind::Math(_) | BlockKind::Table(_) => {
                    numbers(&block.text(), &mut all);
                }
                _ => Self::of_prose(block, &mut all),
            }
        }
        for (_, block) in argument.blocks(draft).filter(|(_, block)| is_given(block)) {
            numbers(&block.text(), &mut all);
        }
        Self::of_notes(&draft.document, &mut all);
        all.retain(|number| number.is_finite());
        all.sort_by(f64::total_cmp);
        all.dedup();
        Self { numbers: all }
    }

    /// The numbers in code and formulas of running text.
    fn of_prose(block: &Block, all: &mut Vec<f64>) {
        for prose in proses(block) {
            for mark in &prose.marks {
                if matches!(mark.kind, MarkKind::Code | MarkKind::Math) {
                    numbers(prose.text.get(mark.range.clone()).unwrap_or_default(), all);
                }
            }
        }
    }

    fn of_notes(document: &Document, all: &mut Vec<f64>) {
        let first = document.footnotes.values().min().copied().unwrap_or(usize::MAX);
        for block in document.blocks.iter().skip(first) {
            numbers(&block.text(), all);
        }
    }

    fn holds(&self, quantity: &Quantity) -> bool {
        let nearly = if NEARLY.contains(&quantity.before.as_str()) { 0.06 } else { 0.0 };
        quantity.scales().iter().any(|scale| {
            let value = quantity.value * scale;
            let half = (quantity.step / 2.0 * scale).max(value.abs() * nearly);
            let from = value - half * 1.001;
            let at = self.numbers.partition_point(|number| *number < from);
            self.numbers.get(at).is_some_and(|number| *number <= value + half * 1.001)
        })
    }
}
