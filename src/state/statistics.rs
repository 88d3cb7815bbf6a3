//! What a reader did, in numbers: from what is remembered, and nothing else.

mod told;

pub use told::{Manner, Streaks, told};

use std::collections::BTreeMap;

use crate::calendar::{Calendar, Day};
use crate::library::Library;
use crate::review::{self, Figures};
use crate::state::{Memory, Name, Stamp, Visit};

/// Days that are looked back on: 53 weeks.
const DAYS: i64 = 53 * 7;
/// Texts that are named as read of late.
const RECENT: usize = 10;

/// What a reader did.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Statistics {
    /// The day that it is told on.
    pub today: Day,
    /// Time spent reading in all, in milliseconds.
    pub spent: u64,
    /// Articles of the library that were read to their end.
    pub finished: usize,
    /// Articles that were begun and not finished.
    pub begun: usize,
    /// Articles that there are.
    pub articles: usize,
    /// Time spent reading on each day of the last 53 weeks on which something was read, in
    /// milliseconds.
    pub days: BTreeMap<Day, u64>,
    /// The categories that something was read of, in the library's order.
    pub categories: Vec<OfCategory>,
    /// What was read last, the last one first, each text once.
    pub recent: Vec<Recent>,
    /// How reviews go.
    pub review: Figures,
}

/// What was read of a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfCategory {
    /// Its slug.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Time spent, in milliseconds.
    pub spent: u64,
    /// Articles that were read to their end.
    pub finished: usize,
    /// Articles that there are.
    pub articles: usize,
}

/// A text that was read of late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recent {
    /// What it is called in the state.
    pub name: Name,
    /// The article's title, or the path of the file.
    pub title: String,
    /// When it was read last.
    pub read: Stamp,
    /// The day of that.
    pub day: Day,
    /// How far it was read, in per cent.
    pub percent: u8,
    /// Time spent on it in all, in milliseconds.
    pub spent: u64,
}

/// The first second that visits are wanted from at `now`.
pub fn since(now: Stamp) -> Stamp {
    now.saturating_sub((DAYS + 1) * 86_400)
}

/// What was done, at `now`. `visits` are those from [`since`] on.
pub fn statistics(
    library: &Library,
    memory: &Memory,
    visits: &[Visit],
    (calendar, now): (&Calendar, Stamp),
) -> Statistics {
    let today = calendar.day(now);
    let mut days = BTreeMap::new();
    for visit in visits {
        let day = calendar.day(visit.began);
        if day > today.plus(-DAYS) && day <= today {
            *days.entry(day).or_default() += visit.spent;
        }
    }
    let articles = &library.catalog.articles;
    let progress = |article: usize| memory.progress(&Name::of_article(library, article)?);
    let all = (0..articles.len()).filter_map(progress);
    let finished = all.clone().filter(|it| it.finished.is_some()).count();
    let begun = all.filter(|it| it.finished.is_none() && it.percent > 0).count();
    let categories = library.catalog.categories.iter().map(|category| {
        let read = category.articles.iter().filter_map(|article| progress(*article));
        OfCategory {
            slug: category.slug.clone(),
            title: category.title.clone(),
            spent: read.clone().map(|it| it.spent).sum(),
            finished: read.filter(|it| it.finished.is_some()).count(),
            articles: category.articles.len(),
        }
    });
    Statistics {
        today,
        spent: memory.progress.values().map(|it| it.spent).sum(),
        finished,
        begun,
        articles: articles.len(),
        days,
        categories: categories.filter(|it| it.spent > 0 || it.finished > 0).collect(),
        recent: recent(library, memory, calendar),
        review: review::figures(&memory.records, calendar, today),
    }
}

fn recent(library: &Library, memory: &Memory, calendar: &Calendar) -> Vec<Recent> {
    let mut read: Vec<_> = memory.progress.iter().collect();
    read.sort_by(|(a, one), (b, other)| (other.read, *a).cmp(&(one.read, *b)));
    let read = read.into_iter().take(RECENT).map(|(name, progress)| Recent {
        name: name.clone(),
        title: title(library, name),
        read: progress.read,
        day: calendar.day(progress.read),
        percent: if progress.finished.is_some() { 100 } else { progress.percent },
        spent: progress.spent,
    });
    read.collect()
}

/// What a text is called for people: an article's title, a file's path.
pub fn title(library: &Library, name: &Name) -> String {
    match name.article_in(library).and_then(|article| library.catalog.articles.get(article)) {
        Some(article) => article.title.clone(),
        None => match (name.slug(), name.path()) {
            (Some(slug), _) => slug.to_owned(),
            (_, Some(path)) => path.display().to_string(),
            _ => name.as_str().to_owned(),
        },
    }
}
