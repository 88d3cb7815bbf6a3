//! When a card is asked again: FSRS-6 with its published weights.
//!
//! The only file that names the scheduler. Jarrett Ye, "A Stochastic Shortest Path Algorithm for
//! Optimizing Spaced Repetition Scheduling", KDD 2022; formulas and weights of version 6 at
//! <https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm>.

use fsrs::{FSRS, FSRS6_DEFAULT_DECAY, ItemState, MemoryState, current_retrievability};

use crate::calendar::{Calendar, Day};

/// How likely a card is known when it is asked again.
pub const RETENTION: f32 = 0.9;
/// No card waits longer than ten years.
const LONGEST: u16 = 3650;

/// How well an answer was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Not known.
    Again,
    /// Known with trouble.
    Hard,
    /// Known.
    Good,
    /// Known at once.
    Easy,
}

impl Grade {
    /// All, in the order of their numbers.
    pub const ALL: [Self; 4] = [Self::Again, Self::Hard, Self::Good, Self::Easy];

    /// 1 to 4, as FSRS counts them.
    pub fn number(self) -> u8 {
        match self {
            Self::Again => 1,
            Self::Hard => 2,
            Self::Good => 3,
            Self::Easy => 4,
        }
    }

    /// The grade of a number.
    pub fn of_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|grade| grade.number() == number)
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Again => "again",
            Self::Hard => "hard",
            Self::Good => "good",
            Self::Easy => "easy",
        }
    }
}

/// One grade that was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Graded {
    /// When, in seconds since 1970, UTC.
    pub at: i64,
    /// The grade.
    pub grade: Grade,
}

/// How well a card is known, and when it is asked again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Learnt {
    /// Days until it is known with a likelihood of 90 %.
    pub stability: f32,
    /// How hard it is, 1 to 10.
    pub difficulty: f32,
    /// The day of the last grade.
    pub last: Day,
    /// The day on which it is asked again.
    pub due: Day,
}

impl Learnt {
    /// How likely it is known on `day`, 0 to 1.
    pub fn likelihood(&self, day: Day) -> f32 {
        current_retrievability(self.memory(), float(day.since(self.last)), FSRS6_DEFAULT_DECAY)
    }

    fn memory(&self) -> MemoryState {
        MemoryState { stability: self.stability, difficulty: self.difficulty }
    }
}

/// Days until a card is asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval(pub u32);

impl std::fmt::Display for Interval {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            0 => f.write_str("today"),
            1 => f.write_str("tomorrow"),
            days @ 2..=29 => write!(f, "{days} days"),
            days @ 30..=44 => write!(f, "{days} days"),
            days @ 45..=729 => write!(f, "{} months", (f64::from(days) / 30.44).round()),
            days => write!(f, "{:.1} years", f64::from(days) / 365.25),
        }
    }
}

/// What each grade would lead to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Next {
    learnt: [Learnt; 4],
}

impl Next {
    /// What `grade` leads to.
    pub fn after(&self, grade: Grade) -> Learnt {
        let [again, hard, good, easy] = self.learnt;
        match grade {
            Grade::Again => again,
            Grade::Hard => hard,
            Grade::Good => good,
            Grade::Easy => easy,
        }
    }

    /// How long a card of `grade` waits. One that was not known is asked again at once, and is
    /// due tomorrow should the session end before.
    pub fn interval(&self, grade: Grade) -> Interval {
        let after = self.after(grade);
        if grade == Grade::Again { Interval(0) } else { Interval(after.due.since(after.last)) }
    }
}

/// What each grade would lead to when a card that is known as `before` is graded on `day`.
pub fn next(before: Option<&Learnt>, day: Day) -> Next {
    let elapsed = before.map_or(0, |before| day.since(before.last));
    let states = FSRS::default().next_states(before.map(Learnt::memory), RETENTION, elapsed);
    let fallback = |days: u32| Learnt {
        stability: float(days),
        difficulty: 5.0,
        last: day,
        due: day.plus(i64::from(days)),
    };
    let learnt = |state: &ItemState| {
        #[expect(clippy::cast_sign_loss, reason = "it is one at least")]
        let days = state.interval.round().clamp(1.0, f32::from(LONGEST)) as u32;
        Learnt {
            stability: state.memory.stability,
            difficulty: state.memory.difficulty,
            ..fallback(days)
        }
    };
    match states {
        Ok(states) => {
            Next { learnt: [&states.again, &states.hard, &states.good, &states.easy].map(learnt) }
        }
        // Only what no grade leads to is refused: a number that is none.
        Err(_) => Next { learnt: [1, 1, 2, 8].map(fallback) },
    }
}

/// Days as the scheduler counts them; more than 179 years are that many.
fn float(days: u32) -> f32 {
    f32::from(u16::try_from(days).unwrap_or(u16::MAX))
}

/// How well a card is known after `grades`, sorted by their time. None without one.
pub fn learnt(grades: &[Graded], calendar: &Calendar) -> Option<Learnt> {
    grades.iter().fold(None, |before: Option<Learnt>, graded| {
        let day = calendar.day(graded.at);
        Some(next(before.as_ref(), day).after(graded.grade))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The weights of FSRS-6, from the wiki page "The Algorithm".
    const W: [f64; 21] = [
        0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
        1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
    ];

    /// The formulas of that page, in double precision: (stability, difficulty) after a grade.
    fn published(before: Option<(f64, f64)>, elapsed: u32, grade: Grade) -> (f64, f64) {
        let g = f64::from(grade.number());
        let initial = |g: f64| (W[4] - (W[5] * (g - 1.0)).exp() + 1.0).clamp(1.0, 10.0);
        let Some((s, d)) = before else {
            return (W[usize::from(grade.number()) - 1], initial(g));
        };
        let delta = -W[6] * (g - 3.0) * (10.0 - d) / 9.0;
        let easiest = W[4] - (W[5] * 3.0).exp() + 1.0;
        let difficulty = (W[7] * easiest + (1.0 - W[7]) * (d + delta)).clamp(1.0, 10.0);
        let factor = 0.9_f64.powf(-1.0 / W[20]) - 1.0;
        let r = (1.0 + factor * f64::from(elapsed) / s).powf(-W[20]);
        let stability = if elapsed == 0 {
            let change = (W[17] * (g - 3.0 + W[18])).exp() * s.powf(-W[19]);
            s * if g >= 2.0 { change.max(1.0) } else { change }
        } else if grade == Grade::Again {
            let forgot =
                W[11] * d.powf(-W[12]) * ((s + 1.0).powf(W[13]) - 1.0) * (W[14] * (1.0 - r)).exp();
            forgot.min(s / (W[17] * W[18]).exp())
        } else {
            let hard = if grade == Grade::Hard { W[15] } else { 1.0 };
            let easy = if grade == Grade::Easy { W[16] } else { 1.0 };
            let grown = W[8].exp() * (11.0 - d) * s.powf(-W[9]) * ((W[10] * (1.0 - r)).exp() - 1.0);
            s * (1.0 + grown * hard * easy)
        };
        (stability, difficulty)
    }

    fn at(day: i64) -> i64 {
        day * 86_400 + 12 * 3600
    }

    #[test]
    fn first_intervals_are_those_of_the_published_weights() {
        let next = next(None, Day(0));
        let intervals = Grade::ALL.map(|grade| next.interval(grade).0);
        assert_eq!(intervals, [0, 1, 2, 8]);
        assert_eq!(next.after(Grade::Again).due, Day(1));
    }

    #[test]
    fn every_course_of_five_grades_agrees_with_the_published_formulas() {
        let mut courses = 0;
        for course in 0..4_u32.pow(5) {
            let grades = (0..5).map(|step| Grade::ALL[(course / 4_u32.pow(step) % 4) as usize]);
            for elapsed in [0, 1, 7, 40] {
                agree(grades.clone(), elapsed);
                courses += 1;
            }
        }
        assert_eq!(courses, 4096);
    }

    fn agree(grades: impl Iterator<Item = Grade>, elapsed: u32) {
        let (mut own, mut theirs, mut day) = (None::<Learnt>, None, Day(0));
        for grade in grades {
            own = Some(next(own.as_ref(), day).after(grade));
            theirs = Some(published(theirs, elapsed, grade));
            day = day.plus(i64::from(elapsed));
            let (own, (s, d)) = (own.unwrap(), theirs.unwrap());
            let apart = |a: f32, b: f64| (f64::from(a) - b).abs() / b;
            assert!(apart(own.stability, s) < 1e-3, "{elapsed}: {own:?} {s}");
            assert!(apart(own.difficulty, d) < 1e-3, "{elapsed}: {own:?} {d}");
        }
    }

    #[test]
    fn a_card_is_due_when_it_is_known_with_the_wanted_likelihood() {
        let after = learnt(
            &[
                Graded { at: at(0), grade: Grade::Good },
                Graded { at: at(2), grade: Grade::Good },
                Graded { at: at(13), grade: Grade::Easy },
            ],
            &Calendar::default(),
        );
        let after = after.unwrap();
        assert!(after.due > Day(60), "{after:?}");
        assert!((after.likelihood(after.due) - RETENTION).abs() < 0.01, "{after:?}");
        assert!((after.likelihood(after.last) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn the_same_grades_always_lead_to_the_same_day() {
        let grades: Vec<Graded> = (0..1000)
            .zip(Grade::ALL.into_iter().cycle())
            .map(|(index, grade)| Graded { at: at(index * 3), grade })
            .collect();
        let (once, twice) =
            (learnt(&grades, &Calendar::default()), learnt(&grades, &Calendar::default()));
        assert_eq!(once, twice);
        assert!(learnt(&[], &Calendar::default()).is_none());
    }

    #[test]
    fn hostile_times_lead_to_a_day_all_the_same() {
        for times in [[i64::MIN, i64::MAX], [i64::MAX, i64::MIN], [0, 0]] {
            let grades = times.map(|at| Graded { at, grade: Grade::Good });
            let after = learnt(&grades, &Calendar::default()).unwrap();
            assert!(after.stability.is_finite() && after.due >= after.last, "{after:?}");
        }
    }

    #[test]
    fn an_interval_is_told_in_its_own_unit() {
        let told = [0, 1, 8, 44, 60, 400, 3650].map(|days| Interval(days).to_string());
        assert_eq!(
            told,
            ["today", "tomorrow", "8 days", "44 days", "2 months", "13 months", "10.0 years"]
        );
    }

    #[test]
    fn grades_have_numbers_from_one_to_four() {
        assert_eq!(Grade::ALL.map(|grade| Grade::of_number(grade.number())), Grade::ALL.map(Some));
        assert_eq!((Grade::of_number(0), Grade::of_number(5)), (None, None));
    }
}
