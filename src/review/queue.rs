//! What is asked today: what is due, then a few new cards. Never more than five minutes' worth.

use crate::calendar::{Calendar, Day};
use crate::review::record::Records;
use crate::review::schedule::Learnt;

/// Cards a day: at twenty seconds each, five minutes.
pub const CARDS_A_DAY: usize = 15;
/// Of those, cards that were never asked before.
pub const NEW_A_DAY: usize = 5;

/// The cards that are asked, by their places in what was given to [`queue`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Queue {
    /// In the order in which they are asked.
    pub cards: Vec<usize>,
    /// How many are due beyond those.
    pub later: usize,
}

/// Chooses among the cards of the articles that were read, `keys`, in reading order.
///
/// What was asked today already counts against both limits, so that a second session goes on
/// where the first one stopped. What is most likely forgotten comes first.
pub fn queue(keys: &[&str], records: &Records, calendar: &Calendar, today: Day) -> Queue {
    let asked = asked_on(records, calendar, today);
    let mut due: Vec<(f32, usize)> = vec![];
    let mut new = vec![];
    for (index, key) in keys.iter().enumerate() {
        match records.learnt(key, calendar) {
            Some(learnt) if is_due(&learnt, today) => due.push((learnt.likelihood(today), index)),
            Some(_) => {}
            None => new.push(index),
        }
    }
    due.sort_by(|(a, one), (b, other)| a.total_cmp(b).then(one.cmp(other)));
    let room = CARDS_A_DAY.saturating_sub(asked.all);
    let all = due.len();
    let mut cards: Vec<usize> = due.into_iter().map(|(_, index)| index).take(room).collect();
    let later = all - cards.len();
    let fresh = NEW_A_DAY.saturating_sub(asked.new).min(room - cards.len());
    cards.extend(new.into_iter().take(fresh));
    Queue { cards, later }
}

fn is_due(learnt: &Learnt, today: Day) -> bool {
    learnt.due <= today && learnt.last != today
}

struct Asked {
    all: usize,
    new: usize,
}

/// The cards that were graded on `day`, and those of them for the first time.
fn asked_on(records: &Records, calendar: &Calendar, day: Day) -> Asked {
    let mut asked = Asked { all: 0, new: 0 };
    for (_, grades) in records.iter() {
        let is_that = |at: i64| calendar.day(at) == day;
        asked.all += usize::from(grades.iter().any(|graded| is_that(graded.at)));
        asked.new += usize::from(grades.first().is_some_and(|graded| is_that(graded.at)));
    }
    asked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::schedule::{Grade, Graded};

    const KEYS: [&str; 4] = ["a#1", "a#2", "b#1", "b#2"];

    fn grade(records: &mut Records, key: &str, day: i64, grade: Grade) {
        records.add(key, Graded { at: day * 86_400 + 43_200, grade });
    }

    fn cards(keys: &[&str], records: &Records, today: i64) -> Vec<usize> {
        queue(keys, records, &Calendar::default(), Day(today)).cards
    }

    #[test]
    fn new_cards_come_in_reading_order_and_a_few_a_day() {
        let keys: Vec<String> = (0..30).map(|index| format!("a#{index:02}")).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let mut records = Records::default();
        assert_eq!(cards(&keys, &records, 9), [0, 1, 2, 3, 4]);
        grade(&mut records, keys[0], 9, Grade::Good);
        grade(&mut records, keys[1], 9, Grade::Good);
        assert_eq!(cards(&keys, &records, 9), [2, 3, 4]);
        assert_eq!(cards(&keys, &records, 10), [2, 3, 4, 5, 6]);
    }

    #[test]
    fn what_is_most_likely_forgotten_is_asked_first() {
        let mut records = Records::default();
        grade(&mut records, "a#1", 0, Grade::Easy);
        grade(&mut records, "a#2", 0, Grade::Hard);
        grade(&mut records, "b#1", 0, Grade::Again);
        assert_eq!(cards(&KEYS, &records, 20), [2, 1, 0, 3]);
        assert_eq!(cards(&KEYS, &records, 0), [3], "not twice on a day");
    }

    #[test]
    fn no_more_than_five_minutes_are_asked_and_the_rest_is_told() {
        let keys: Vec<String> = (0..40).map(|index| format!("a#{index:02}")).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let mut records = Records::default();
        for key in &keys {
            grade(&mut records, key, 0, Grade::Good);
        }
        let first = queue(&keys, &records, &Calendar::default(), Day(9));
        assert_eq!((first.cards.len(), first.later), (CARDS_A_DAY, 25));
        for index in &first.cards {
            grade(&mut records, keys[*index], 9, Grade::Good);
        }
        let second = queue(&keys, &records, &Calendar::default(), Day(9));
        assert_eq!((second.cards.len(), second.later), (0, 25));
    }

    #[test]
    fn cards_of_articles_that_are_gone_are_not_asked() {
        let mut records = Records::default();
        grade(&mut records, "gone#1", 0, Grade::Again);
        assert!(cards(&[], &records, 5).is_empty());
    }
}
