//! Days as a reader counts them: local, and not over before four in the morning.
//!
//! It reads no clock: every time is given, in seconds since 1970, UTC.

/// Seconds in a day.
const DAY: i64 = 86_400;
/// Who reads past midnight is still in the evening before.
const ROLLOVER: i64 = 4 * 3600;

/// A day: how many there are from 1970-01-01 to it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i64);

/// A day's date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// The year.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// The time zone of a reader: from which second on the clock is how many seconds ahead of UTC.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Sorted by the second that they begin at; before the first one its offset holds too.
    offsets: Vec<(i64, i32)>,
}

impl Calendar {
    /// A calendar of `offsets`: from a second on, so many seconds ahead of UTC. None is UTC.
    pub fn new(mut offsets: Vec<(i64, i32)>) -> Self {
        offsets.sort_unstable();
        Self { offsets }
    }

    /// The day that `seconds` belong to.
    pub fn day(&self, seconds: i64) -> Day {
        let at = self.offsets.partition_point(|(from, _)| *from <= seconds);
        let offset = self.offsets.get(at.saturating_sub(1)).map_or(0, |(_, offset)| *offset);
        let local = seconds.saturating_add(i64::from(offset)).saturating_sub(ROLLOVER);
        Day(local.div_euclid(DAY))
    }
}

impl Day {
    /// How many days there are from `earlier` to this one; none when it is not earlier.
    pub fn since(self, earlier: Self) -> u32 {
        u32::try_from(self.0.saturating_sub(earlier.0).max(0)).unwrap_or(u32::MAX)
    }

    /// The day `days` later; earlier when negative.
    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> usize {
        // 1970-01-01 was a Thursday.
        usize::try_from(self.0.saturating_add(3).rem_euclid(7)).unwrap_or(0)
    }

    /// Its date in the Gregorian calendar.
    ///
    /// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
    pub fn date(self) -> Date {
        // Far beyond any year that matters, so that nothing below overflows.
        let days = self.0.clamp(-1_000_000_000, 1_000_000_000) + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        Date {
            year: year + era * 400 + i64::from(month <= 2),
            month: u8::try_from(month).unwrap_or(1),
            day: u8::try_from(day).unwrap_or(1),
        }
    }
}

impl Date {
    /// The month's name, cut to three letters.
    pub fn month_name(self) -> &'static str {
        const NAMES: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        NAMES.get(usize::from(self.month.saturating_sub(1))).copied().unwrap_or("")
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.date().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_their_dates_and_weekdays() {
        for (day, date, weekday) in [
            (0, "1970-01-01", 3),
            (-1, "1969-12-31", 2),
            (11_016, "2000-02-29", 1),
            (20_778, "2026-11-21", 5),
            (47_540, "2100-02-28", 6),
            (47_541, "2100-03-01", 0),
        ] {
            assert_eq!((Day(day).to_string().as_str(), Day(day).weekday()), (date, weekday));
        }
        for extreme in [i64::MIN, i64::MAX] {
            assert!(!Day(extreme).to_string().is_empty());
            let _ = (Day(extreme).weekday(), Day(extreme).plus(1), Day(extreme).since(Day(0)));
        }
    }

    #[test]
    fn a_day_ends_at_four_in_the_morning_where_the_reader_is() {
        let noon = 20_778 * DAY + 12 * 3600;
        let night = noon + 15 * 3600;
        assert_eq!(Calendar::default().day(noon), Day(20_778));
        assert_eq!(Calendar::default().day(night), Day(20_778), "three in the morning");
        assert_eq!(Calendar::default().day(night + 3600), Day(20_779));
        let berlin = Calendar::new(vec![(0, 3600)]);
        assert_eq!(berlin.day(night), Day(20_779), "four in the morning");
        let _ = berlin.day(i64::MAX).since(berlin.day(i64::MIN));
    }

    #[test]
    fn a_time_has_the_offset_of_its_own_season() {
        let calendar = Calendar::new(vec![(1000 * DAY, 7200), (100 * DAY, 3600)]);
        let at = |day: i64| day * DAY + 2 * 3600;
        assert_eq!(calendar.day(at(50)), Day(49), "before the first");
        assert_eq!(calendar.day(at(500)), Day(499));
        assert_eq!(calendar.day(at(2000)), Day(2000));
    }
}
