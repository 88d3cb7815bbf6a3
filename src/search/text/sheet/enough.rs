//! How much of what is wanted an article must have.

/// Sums of the same numbers may differ by this much.
const EDGE: f32 = 1e-3;

/// How much of what is wanted an article must have.
pub(crate) struct Enough<'a> {
    /// The clauses that are wanted.
    pub(crate) all: u32,
    /// Those of them that nothing makes up for: phrases, and words of one field.
    pub(crate) needed: u32,
    /// What each clause is worth, of all that they are worth together.
    pub(crate) worth: &'a [f32],
    /// The share of the worth that is enough, 0 to 1.
    pub(crate) share: f32,
    /// The share that is enough where what is said of the whole article has as much of it.
    pub(crate) in_head: f32,
}

impl Enough<'_> {
    /// What the score of an article's sections is multiplied by; none where it has too little.
    pub(crate) fn factor(&self, found: u32, head: u32) -> Option<f32> {
        let share = self.share_of(found);
        let is_enough = share >= self.share - EDGE
            || (share >= self.in_head && self.share_of(head) >= self.in_head);
        (is_enough && found & self.needed == self.needed).then_some(share)
    }

    /// How much of what all clauses are worth these are worth.
    fn share_of(&self, clauses: u32) -> f32 {
        if clauses & self.all == self.all {
            return 1.0;
        }
        let has = self.worth.iter().enumerate();
        has.filter(|(bit, _)| clauses & self.all & (1 << bit) != 0).map(|(_, worth)| worth).sum()
    }
}
