//! The grades of all cards, and what they say of a reader: retention, what is due, days in a row.

use std::collections::BTreeMap;

use crate::calendar::{Calendar, Day};
use crate::review::schedule::{Grade, Graded, Learnt, learnt};

/// The days that retention is counted over.
const WINDOW: i64 = 30;

/// All grades that were given, by card.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Records {
    grades: BTreeMap<String, Vec<Graded>>,
}

impl Records {
    /// Adds a grade of the card `key`; grades may come in any order. One of the same second takes
    /// the place of the other.
    pub fn add(&mut self, key: &str, graded: Graded) {
        let known = self.grades.entry(key.to_owned()).or_default();
        let at = known.partition_point(|other| other.at < graded.at);
        match known.get_mut(at).filter(|other| other.at == graded.at) {
            Some(other) => *other = graded,
            None => known.insert(at, graded),
        }
    }

    /// Whether no grade was given yet.
    pub fn is_empty(&self) -> bool {
        self.grades.is_empty()
    }

    /// How well the card `key` is known.
    pub fn learnt(&self, key: &str, calendar: &Calendar) -> Option<Learnt> {
        learnt(self.grades.get(key)?, calendar)
    }

    /// Whether the card `key` has a grade.
    pub fn contains(&self, key: &str) -> bool {
        self.grades.contains_key(key)
    }

    /// The grades, by card and time.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[Graded])> {
        self.grades.iter().map(|(key, grades)| (key.as_str(), grades.as_slice()))
    }
}

/// What the grades say of a reader.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Cards that were graded at least once.
    pub cards: usize,
    /// Cards that are asked today or should have been before.
    pub due: usize,
    /// Grades in all.
    pub grades: usize,
    /// Grades today.
    pub today: usize,
    /// Of the cards that came back in the last 30 days, how many were known, in per cent; none
    /// without one. The first grade of a card, and more on the same day, do not count.
    pub retention: Option<usize>,
    /// How many cards came back in the last 30 days.
    pub returned: usize,
    /// Days in a row on which a card was graded, to today or yesterday.
    pub streak: Streak,
}

/// Days in a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Streak(pub u32);

/// What `records` say on `today`.
pub fn figures(records: &Records, calendar: &Calendar, today: Day) -> Figures {
    let mut figures = Figures::default();
    let (mut known, mut days) = (0_usize, vec![]);
    for (_, grades) in records.iter() {
        figures.cards += 1;
        figures.grades += grades.len();
        let due = learnt(grades, calendar).is_some_and(|learnt| learnt.due <= today);
        figures.due += usize::from(due);
        let mut before: Option<Day> = None;
        for graded in grades {
            let day = calendar.day(graded.at);
            figures.today += usize::from(day == today);
            let is_return = before.is_some_and(|before| before < day);
            if is_return && day <= today && day > today.plus(-WINDOW) {
                figures.returned += 1;
                known += usize::from(graded.grade != Grade::Again);
            }
            before = Some(day);
            days.push(day);
        }
    }
    figures.retention = (known * 100 + figures.returned / 2).checked_div(figures.returned);
    figures.streak = streak(days, today);
    figures
}

fn streak(mut days: Vec<Day>, today: Day) -> Streak {
    days.sort_unstable();
    days.dedup();
    let mut wanted = if days.binary_search(&today).is_ok() { today } else { today.plus(-1) };
    let mut length = 0;
    while days.binary_search(&wanted).is_ok() {
        length += 1;
        wanted = wanted.plus(-1);
    }
    Streak(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(grades: &[(&str, i64, Grade)]) -> Records {
        let mut records = Records::default();
        // Each at a second of its own, so that a card can be graded twice a day.
        for (second, (key, day, grade)) in (0..).zip(grades) {
            records.add(key, Graded { at: day * 86_400 + 43_200 + second, grade: *grade });
        }
        records
    }

    fn told(grades: &[(&str, i64, Grade)], today: i64) -> Figures {
        figures(&records(grades), &Calendar::default(), Day(today))
    }

    #[test]
    fn nothing_graded_is_nothing_told() {
        assert_eq!(told(&[], 100), Figures::default());
    }

    #[test]
    fn retention_counts_what_came_back_on_another_day() {
        let figures = told(
            &[
                ("a", 90, Grade::Again),
                ("a", 92, Grade::Good),
                ("a", 92, Grade::Again),
                ("b", 90, Grade::Good),
                ("b", 93, Grade::Again),
                ("c", 10, Grade::Good),
                ("c", 20, Grade::Again),
            ],
            100,
        );
        assert_eq!((figures.returned, figures.retention), (2, Some(50)));
        assert_eq!((figures.cards, figures.grades, figures.due), (3, 7, 3));
    }

    #[test]
    fn a_streak_lasts_until_a_whole_day_is_missed() {
        let days = |days: &[i64], today| {
            let grades: Vec<_> = days.iter().map(|day| ("a", *day, Grade::Good)).collect();
            told(&grades, today).streak.0
        };
        assert_eq!(days(&[7, 8, 9], 9), 3);
        assert_eq!(days(&[7, 8, 9], 10), 3, "today is not over");
        assert_eq!(days(&[7, 8, 9], 11), 0);
        assert_eq!(days(&[7, 9], 9), 1);
    }

    #[test]
    fn records_of_two_places_are_put_together_in_any_order() {
        let (one, other) = (("a", 1, Grade::Good), ("a", 5, Grade::Hard));
        let add = |order: &[(&str, i64, Grade)]| {
            let mut records = Records::default();
            for (key, at, grade) in order {
                records.add(key, Graded { at: *at, grade: *grade });
            }
            records
        };
        assert_eq!(add(&[one, other]), add(&[other, one, one, other]));
        assert_eq!(records(&[one]).learnt("b", &Calendar::default()), None);
    }
}
