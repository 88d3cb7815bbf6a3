//! What layout draws that is not in the text, in Unicode and in ASCII.

use crate::layout::Measure;

/// Bullets, bars and rules; each one cell wide but for words.
pub(super) struct Ornaments {
    /// Beside a quote.
    pub(super) bar: &'static str,
    /// Repeated to a rule.
    pub(super) rule: &'static str,
    /// Where a rule crosses the line between columns.
    pub(super) cross: &'static str,
    /// Between columns.
    pub(super) column: &'static str,
    /// Of nested lists, outermost first.
    pub(super) bullets: [&'static str; 3],
    /// Before a summary whose text is shown.
    pub(super) unfolded: &'static str,
    /// Before a summary whose text is not shown; as wide.
    pub(super) folded: &'static str,
    /// Before the rest of a line of code that was cut.
    pub(super) continues: &'static str,
    /// After the language of code that ran.
    pub(super) ran: &'static str,
}

const UNICODE: Ornaments = Ornaments {
    bar: "│",
    rule: "─",
    cross: "┼",
    column: "│",
    bullets: ["•", "◦", "▪"],
    unfolded: "▾",
    folded: "▸",
    continues: "↳",
    ran: " ✓ ran",
};

const ASCII: Ornaments = Ornaments {
    bar: "|",
    rule: "-",
    cross: "+",
    column: "|",
    bullets: ["*", "-", "+"],
    unfolded: "v",
    folded: ">",
    continues: "\\",
    ran: " (ran)",
};

impl Ornaments {
    pub(super) fn of(measure: Measure) -> &'static Self {
        if measure.ascii { &ASCII } else { &UNICODE }
    }

    /// The bullet of a list with `depth` lists around it.
    pub(super) fn bullet(&self, depth: usize) -> &'static str {
        let [first, second, third] = self.bullets;
        match depth % 3 {
            0 => first,
            1 => second,
            _ => third,
        }
    }
}
