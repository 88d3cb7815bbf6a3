//! Statistics as they are told.

use library_tui::calendar::Day;
use library_tui::review::{Figures, Streak};
use library_tui::state::Name;
use library_tui::state::statistics::{Manner, Statistics, Streaks, told};
use library_tui::state::statistics::{OfCategory, Recent};

const TODAY: Day = Day(20_778);

fn some() -> Statistics {
    let recent = |slug: &str, ago: i64, percent| Recent {
        name: Name::article(slug),
        title: format!("On *{slug}* | a_b"),
        read: 0,
        day: TODAY.plus(-ago),
        percent,
        spent: 125_000,
    };
    Statistics {
        today: TODAY,
        spent: 45_600_000,
        finished: 3,
        begun: 1,
        articles: 62,
        days: [
            (0, 4_000),
            (1, 600_000),
            (2, 1_800_000),
            (3, 3_600_000),
            (30, 9_000_000),
            (370, 60_000),
        ]
        .map(|(ago, spent)| (TODAY.plus(-ago), spent))
        .into(),
        categories: vec![OfCategory {
            slug: "a".into(),
            title: "A".into(),
            spent: 7_500_000,
            finished: 3,
            articles: 33,
        }],
        recent: vec![recent("raft", 0, 62), recent("ring", 1, 100), recent("old", 40, 100)],
        review: Figures {
            cards: 12,
            due: 5,
            grades: 40,
            today: 2,
            retention: Some(91),
            returned: 11,
            streak: Streak(4),
        },
    }
}

#[test]
fn statistics_read_without_colour() {
    let manner = Manner { width: 76, ascii: false, streaks: Streaks::Told };
    insta::assert_snapshot!("wide", told(&some(), manner));
    let manner = Manner { width: 36, ascii: true, streaks: Streaks::Untold };
    insta::assert_snapshot!("narrow", told(&some(), manner));
}

#[test]
fn nothing_read_is_said_in_a_sentence() {
    let manner = Manner { width: 76, ascii: false, streaks: Streaks::Told };
    assert!(told(&Statistics::default(), manner).contains("Nothing yet."));
}

#[test]
fn statistics_fit_into_any_width() {
    for width in 1..200 {
        let told = told(&some(), Manner { width, ascii: true, streaks: Streaks::Untold });
        let mut code = told.split("```");
        let widest = code.nth(1).unwrap().lines().filter(|line| !line.contains("none"));
        let widest = widest.map(str::len).max().unwrap();
        assert!(widest <= width.max(9), "{width}: {told}");
    }
}
