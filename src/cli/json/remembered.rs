//! What is remembered as JSON, one object a line.

use serde::Serialize;

use crate::calendar::Calendar;
use crate::cli::json::line;
use crate::cli::notes::Noted;
use crate::state::statistics::Statistics;

#[derive(Serialize)]
struct ReadingFields {
    spent_seconds: u64,
    finished: usize,
    begun: usize,
    articles: usize,
}

#[derive(Serialize)]
struct DayFields {
    day: String,
    spent_seconds: u64,
}

#[derive(Serialize)]
struct OfCategoryFields<'a> {
    slug: &'a str,
    spent_seconds: u64,
    finished: usize,
    articles: usize,
}

#[derive(Serialize)]
struct RecentFields<'a> {
    name: &'a str,
    title: &'a str,
    read: i64,
    day: String,
    percent: u8,
    spent_seconds: u64,
}

#[derive(Serialize)]
struct ReviewFields {
    cards: usize,
    due: usize,
    grades: usize,
    today: usize,
    returned: usize,
    retention_percent: Option<usize>,
    streak: u32,
}

#[derive(Serialize)]
struct HighlightFields<'a> {
    id: &'a str,
    text: &'a str,
    title: &'a str,
    path: &'a str,
    anchor: &'a str,
    heading: Option<&'a str>,
    quote: &'a str,
    note: &'a str,
    made: i64,
    changed: i64,
    orphaned: bool,
}

/// Statistics as lines.
pub(crate) fn statistics(statistics: &Statistics, calendar: &Calendar) -> String {
    let seconds = |milliseconds: u64| milliseconds / 1000;
    let reading = ReadingFields {
        spent_seconds: seconds(statistics.spent),
        finished: statistics.finished,
        begun: statistics.begun,
        articles: statistics.articles,
    };
    let mut out = line("reading", reading);
    for (day, spent) in &statistics.days {
        let (day, spent_seconds) = (day.to_string(), seconds(*spent));
        out.push_str(&line("day", DayFields { day, spent_seconds }));
    }
    for it in &statistics.categories {
        let fields = OfCategoryFields {
            slug: &it.slug,
            spent_seconds: seconds(it.spent),
            finished: it.finished,
            articles: it.articles,
        };
        out.push_str(&line("of-category", fields));
    }
    for it in &statistics.recent {
        let fields = RecentFields {
            name: it.name.as_str(),
            title: &it.title,
            read: it.read,
            day: calendar.day(it.read).to_string(),
            percent: it.percent,
            spent_seconds: seconds(it.spent),
        };
        out.push_str(&line("recent", fields));
    }
    let figures = &statistics.review;
    let review = ReviewFields {
        cards: figures.cards,
        due: figures.due,
        grades: figures.grades,
        today: figures.today,
        returned: figures.returned,
        retention_percent: figures.retention,
        streak: figures.streak.0,
    };
    out + &line("review", review)
}

/// The highlights of a text as lines.
pub(crate) fn noted(noted: &Noted<'_>) -> String {
    let lines = noted.passages.iter().map(|passage| {
        let highlight = passage.highlight;
        let fields = HighlightFields {
            id: &highlight.id,
            text: noted.name.as_str(),
            title: &noted.title,
            path: &noted.path,
            anchor: &highlight.place.anchor,
            heading: passage.heading.as_deref(),
            quote: &highlight.place.quote,
            note: &highlight.note,
            made: highlight.made,
            changed: highlight.changed,
            orphaned: passage.orphaned,
        };
        line("highlight", fields)
    });
    lines.collect()
}
