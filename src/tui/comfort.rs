//! How comfortably an article is read: what is left out, dimmed, underlined, and how fast it
//! moves by itself. Plain data, which is remembered under the names that stand here.

use crate::layout::Spacing;

/// Rows a minute that an article moves by itself, from the slowest pace to the fastest.
const PACES: [u32; 9] = [10, 15, 20, 28, 38, 50, 70, 100, 150];
/// The pace at first.
const USUAL: usize = 3;

/// What a reader may choose about reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comfort {
    /// Whether nothing but the text is shown.
    pub zen: bool,
    /// Whether all but the present paragraph is dimmed.
    pub focus: bool,
    /// The row that is read.
    pub ruler: Ruler,
    /// The rows of a paragraph.
    pub spacing: Spacing,
    /// How fast an article moves by itself: an index into the paces.
    pace: usize,
}

/// What shows the row that is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Ruler {
    /// Nothing.
    #[default]
    Hidden,
    /// A line below it.
    Shown,
}

impl Default for Comfort {
    fn default() -> Self {
        let (ruler, spacing) = (Ruler::Hidden, Spacing::Single);
        Self { zen: false, focus: false, ruler, spacing, pace: USUAL }
    }
}

impl Comfort {
    /// Whether there is a present row, which keys move through the text.
    pub fn has_place(&self) -> bool {
        self.focus || self.ruler == Ruler::Shown
    }

    /// How fast an article moves by itself, in rows a minute.
    pub fn pace(&self) -> u32 {
        PACES.get(self.pace).copied().unwrap_or(PACES[USUAL])
    }

    /// Moves faster, or slower, by so many paces.
    pub fn quicken(&mut self, by: isize) {
        self.pace = self.pace.saturating_add_signed(by).min(PACES.len() - 1);
    }

    /// What is remembered: a name and a value for all that is not as usual, and a name alone for
    /// the rest.
    pub fn settings(&self) -> [(&'static str, Option<String>); 5] {
        let on = |it: bool| it.then(|| "on".to_owned());
        [
            ("zen", on(self.zen)),
            ("focus", on(self.focus)),
            ("ruler", on(self.ruler == Ruler::Shown)),
            ("spacing", on(self.spacing == Spacing::Open)),
            ("pace", (self.pace != USUAL).then(|| self.pace.to_string())),
        ]
    }

    /// What was remembered. Values that mean nothing are as usual.
    pub fn remembered<'a>(setting: impl Fn(&str) -> Option<&'a str>) -> Self {
        let on = |name: &str| setting(name) == Some("on");
        let pace = setting("pace").and_then(|it| it.parse().ok()).unwrap_or(USUAL);
        Self {
            zen: on("zen"),
            focus: on("focus"),
            ruler: if on("ruler") { Ruler::Shown } else { Ruler::Hidden },
            spacing: if on("spacing") { Spacing::Open } else { Spacing::Single },
            pace: pace.min(PACES.len() - 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_comes_back_and_what_means_nothing_is_as_usual() {
        let mut comfort = Comfort { zen: true, spacing: Spacing::Open, ..Comfort::default() };
        comfort.quicken(3);
        let settings = comfort.settings();
        let known = |name: &str| {
            settings.iter().find(|(known, _)| *known == name).and_then(|(_, it)| it.as_deref())
        };
        assert_eq!(Comfort::remembered(known), comfort);
        assert_eq!(Comfort::remembered(|_| Some("-7")), Comfort::default());
        comfort.quicken(-99);
        assert_eq!(comfort.pace(), 10);
    }
}
