//! How fast a reader reads, measured.

/// Milliseconds in a minute.
const MINUTE: u64 = 60_000;
/// Words that are to be passed before a measurement counts.
const WINDOW: u64 = 120;
/// Words per minute that are reading: slower is a pause, faster is looking for something.
const PLAUSIBLE: std::ops::RangeInclusive<u64> = 40..=900;
/// Words that a pace needs to be believed.
const ENOUGH: u64 = 600;
/// The pace that the minutes of articles are counted at, in words per minute.
const USUAL: u64 = 220;

/// Words that were read, and the time that it took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pace {
    /// Words.
    pub words: u64,
    /// Milliseconds.
    pub spent: u64,
}

impl Pace {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            words: self.words.saturating_add(other.words),
            spent: self.spent.saturating_add(other.spent),
        }
    }

    /// Words per minute, once enough was read to know.
    pub fn per_minute(self) -> Option<u64> {
        let enough = self.words >= ENOUGH && self.spent > 0;
        enough.then(|| self.words.saturating_mul(MINUTE) / self.spent)
    }

    /// How long something takes this reader that is said to take so many minutes.
    pub fn minutes(self, usual: usize) -> usize {
        match self.per_minute() {
            Some(pace) => {
                let words = (usual as u64).saturating_mul(USUAL);
                usize::try_from(words.div_ceil(pace.max(1))).unwrap_or(usual)
            }
            None => usual,
        }
    }

    /// Takes what was passed so far for reading, when there is enough of it and it was neither a
    /// pause nor a search; what is left over begins anew.
    #[must_use]
    pub fn measured(&mut self) -> Self {
        if self.words < WINDOW {
            return Self::default();
        }
        let window = std::mem::take(self);
        let pace = (window.words * MINUTE).checked_div(window.spent);
        if pace.is_some_and(|pace| PLAUSIBLE.contains(&pace)) { window } else { Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pace_is_believed_when_enough_was_read() {
        assert_eq!(Pace { words: 599, spent: MINUTE }.per_minute(), None);
        let fast = Pace { words: 1_200, spent: 3 * MINUTE };
        assert_eq!((fast.per_minute(), fast.minutes(8)), (Some(400), 5));
        assert_eq!(Pace::default().minutes(8), 8);
    }

    #[test]
    fn pauses_and_searches_are_not_reading() {
        let mut searching = Pace { words: 500, spent: 900 };
        assert_eq!(searching.measured(), Pace::default());
        let mut pausing = Pace { words: 130, spent: 60 * MINUTE };
        assert_eq!(pausing.measured(), Pace::default());
        let reading = Pace { words: 240, spent: MINUTE };
        let mut window = reading;
        assert_eq!((window.measured(), window), (reading, Pace::default()));
        let mut short = Pace { words: 50, spent: 9_000 };
        assert_eq!((short.measured(), short.words), (Pace::default(), 50));
    }
}
