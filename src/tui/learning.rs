//! What review and statistics are made of, as the reader has it at hand.

use crate::calendar::Calendar;
use crate::state::statistics::{Statistics, Streaks};
use crate::tui::model::Showing;
use crate::tui::reading::Reading;
use crate::tui::review::Review;

/// Review and statistics.
#[derive(Debug)]
pub struct Learning {
    /// The review that was begun last.
    pub review: Option<Review>,
    /// Statistics as they are shown.
    pub sheet: Option<Reading>,
    /// What they say.
    pub counted: Option<Statistics>,
    /// Cards that are due, as far as is known.
    pub due: usize,
    /// The days of this place.
    pub calendar: Calendar,
    /// Whether days in a row are told.
    pub streaks: Streaks,
    /// The screen that is shown as soon as it is known what is remembered.
    pub wanted: Option<Showing>,
}

impl Learning {
    /// Nothing yet, in the days of this place.
    pub fn new(calendar: Calendar, streaks: Streaks) -> Self {
        let (review, sheet, counted, wanted) = (None, None, None, None);
        Self { review, sheet, counted, due: 0, calendar, streaks, wanted }
    }
}
