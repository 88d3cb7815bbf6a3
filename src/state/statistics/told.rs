//! Statistics as Markdown: for the screen, for a terminal, and for a pipe.

use std::fmt::Write;

use crate::calendar::Day;
use crate::state::statistics::Statistics;

/// Cells beside the weeks of the year: names of days, and the frame around code.
const BESIDE: usize = 8;
/// Weeks in a year.
const WEEKS: usize = 53;
/// From how many minutes a day has which sign.
const MINUTES: [u64; 4] = [1, 10, 30, 60];
const SIGNS: [&str; 5] = ["·", "░", "▒", "▓", "█"];
const PLAIN_SIGNS: [&str; 5] = [".", "-", "+", "*", "#"];

/// How it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// The width of the text, in cells.
    pub width: usize,
    /// Signs of ASCII only.
    pub ascii: bool,
    /// Whether days in a row are told.
    pub streaks: Streaks,
}

/// Whether days in a row are told: not unless a reader asked for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Streaks {
    /// They are not.
    #[default]
    Untold,
    /// They are.
    Told,
}

/// The statistics as Markdown.
pub fn told(statistics: &Statistics, manner: Manner) -> String {
    if statistics.recent.is_empty() && statistics.review.grades == 0 {
        return "# What you read\n\nNothing yet. What you read is counted here, on this machine \
            only.\n"
            .to_owned();
    }
    let mut out = format!("# What you read\n\n{}\n", totals(statistics));
    let _ = write!(out, "\n## The last year\n\n{}", year(statistics, manner));
    if !statistics.categories.is_empty() {
        let _ = write!(out, "\n## By category\n\n{}", categories(statistics));
    }
    if !statistics.recent.is_empty() {
        let _ = write!(out, "\n## Read last\n\n{}", recent(statistics));
    }
    let _ = write!(out, "\n## Review\n\n{}\n", review(statistics, manner));
    out
}

fn totals(statistics: &Statistics) -> String {
    let Statistics { finished, begun, articles, days, .. } = statistics;
    format!(
        "**{}** of reading. {finished} of {articles} articles read to the end, {begun} begun. \
         Something was read on {} of the last 53 weeks.",
        duration(statistics.spent),
        counted(days.len(), "day"),
    )
}

/// `1 day`, `3 days`.
fn counted(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}

/// A row for each day of the week, a column for each week.
fn year(statistics: &Statistics, manner: Manner) -> String {
    let weeks = manner.width.saturating_sub(BESIDE).clamp(1, WEEKS);
    let signs = if manner.ascii { PLAIN_SIGNS } else { SIGNS };
    let today = statistics.today;
    let weekday = i64::try_from(today.weekday()).unwrap_or(0);
    let back = i64::try_from(weeks - 1).unwrap_or(0);
    let first = today.plus(-weekday - 7 * back);
    let mut out = String::from("```text\n");
    out.push_str(&months(first, weeks));
    for (row, name) in (0..7).zip(["Mon", "", "Wed", "", "Fri", "", "Sun"]) {
        let mut line = format!("{name:<4}");
        for week in 0..=back {
            let day = first.plus(7 * week + row);
            let sign = if day > today { " " } else { sign(statistics, day, signs) };
            line.push_str(sign);
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
    let [none, some, ten, thirty, sixty] = signs;
    let _ = writeln!(
        out,
        "\n    {none} none  {some} under 10 min  {ten} 10  {thirty} 30  {sixty} 60 and more"
    );
    out.push_str("```\n");
    out
}

fn sign<'a>(statistics: &Statistics, day: Day, signs: [&'a str; 5]) -> &'a str {
    let spent = statistics.days.get(&day).copied().unwrap_or(0);
    // What was opened at all counts as a minute.
    let minutes = if spent > 0 { (spent / 60_000).max(1) } else { 0 };
    let level = MINUTES.iter().filter(|from| minutes >= **from).count();
    signs.get(level).copied().unwrap_or(" ")
}

/// The names of the months over the weeks that they begin in. A month that only its end is
/// shown of makes room for the next one.
fn months(first: Day, weeks: usize) -> String {
    let month = |week: usize| first.plus(7 * i64::try_from(week).unwrap_or(0)).date();
    let begins = |week: &usize| *week == 0 || month(*week).month != month(*week - 1).month;
    let mut begun: Vec<usize> = (0..weeks).filter(begins).collect();
    if begun.get(1).is_some_and(|second| *second < 4) {
        begun.remove(0);
    }
    let mut line = String::new();
    for week in begun.into_iter().filter(|week| week + 3 <= weeks) {
        let column = 4 + week;
        line.push_str(&" ".repeat(column.saturating_sub(line.len())));
        line.push_str(month(week).month_name());
    }
    line + "\n"
}

fn categories(statistics: &Statistics) -> String {
    let mut out = String::from("| Category | Time | Read |\n| --- | ---: | ---: |\n");
    for it in &statistics.categories {
        let (title, time) = (escaped(&it.title), unbroken(it.spent));
        let _ = writeln!(out, "| {title} | {time} | {} of {} |", it.finished, it.articles);
    }
    out
}

fn recent(statistics: &Statistics) -> String {
    let mut out = String::from("| When | What | Read | Time |\n| --- | --- | ---: | ---: |\n");
    for it in &statistics.recent {
        let when = match statistics.today.since(it.day) {
            0 => "today".to_owned(),
            1 => "yesterday".to_owned(),
            _ => it.day.to_string(),
        };
        let (title, time) = (escaped(&it.title), unbroken(it.spent));
        let _ = writeln!(out, "| {when} | {title} | {}\u{a0}% | {time} |", it.percent);
    }
    out
}

fn review(statistics: &Statistics, manner: Manner) -> String {
    let figures = &statistics.review;
    if figures.grades == 0 {
        return "No cards yet. They are the questions at the end of the articles that you read \
            to the end: `library-tui review`."
            .to_owned();
    }
    let retention = match figures.retention {
        Some(percent) => format!(
            "of {} that came back in the last 30 days, {percent} % were known",
            figures.returned
        ),
        None => "none has come back yet".to_owned(),
    };
    let streak = match figures.streak.0 {
        _ if manner.streaks == Streaks::Untold => String::new(),
        1 => " 1 day in a row.".to_owned(),
        days => format!(" {days} days in a row."),
    };
    format!(
        "{}, {} due, {} asked today; {retention}.{streak}",
        counted(figures.cards, "card"),
        figures.due,
        figures.today
    )
}

/// `4 min`, `12 h 40 min`.
pub(super) fn duration(milliseconds: u64) -> String {
    match milliseconds / 60_000 {
        0 if milliseconds > 0 => "under 1 min".to_owned(),
        minutes @ 0..60 => format!("{minutes} min"),
        minutes => format!("{} h {} min", minutes / 60, minutes % 60),
    }
}

/// The same, to stand in a table: it is not broken.
fn unbroken(milliseconds: u64) -> String {
    duration(milliseconds).replace(' ', "\u{a0}")
}

/// Text that says in Markdown what it says.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() && !matches!(c, '.' | ',' | ':' | '\'' | '/' | '-') {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}
