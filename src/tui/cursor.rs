//! A selection in a list, and the part of the list in sight.

/// One of the two ways through things in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Towards the end.
    Forward,
    /// Towards the beginning.
    Back,
}

impl Way {
    /// The number after `at`, or before it, of `count`, around the ends.
    pub fn around(self, at: usize, count: usize) -> usize {
        match self {
            Self::Forward => (at + 1) % count.max(1),
            Self::Back => (at + count.saturating_sub(1)) % count.max(1),
        }
    }
}

/// The selected row of a list and the first row shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The selected row.
    pub at: usize,
    /// The first row in sight.
    pub top: usize,
}

impl Cursor {
    /// Moves by `rows`, stopping at the ends of a list of `count`.
    pub fn step(&mut self, rows: isize, count: usize) {
        self.at = self.at.saturating_add_signed(rows).min(count.saturating_sub(1));
    }

    /// Keeps the selection in a list of `count`, and in sight in `height` rows.
    pub fn fit(&mut self, count: usize, height: usize) {
        self.at = self.at.min(count.saturating_sub(1));
        let height = height.max(1);
        let lowest = self.at.saturating_sub(height - 1);
        let last = count.saturating_sub(height);
        self.top = self.top.clamp(lowest.min(self.at), self.at).min(last);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_selection_is_always_in_the_list_and_in_sight(
            steps in prop::collection::vec(-30isize..30, 0..40), count in 0usize..60, height in 0usize..20,
        ) {
            let mut cursor = Cursor::default();
            for step in steps {
                cursor.step(step, count);
                cursor.fit(count, height);
                prop_assert!(count == 0 || cursor.at < count);
                prop_assert!(cursor.top <= cursor.at && cursor.at < cursor.top + height.max(1));
            }
        }
    }
}
