//! The cards that are asked today: of the articles that were read to their end.

use crate::calendar::{Calendar, Day};
use crate::library::{Library, Text};
use crate::review::{self, Card, Learnt};
use crate::state::{Memory, Name};

/// What is asked today.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Deck {
    /// In the order in which they are asked.
    pub cards: Vec<Asked>,
    /// How many are due beyond those, which wait for another day.
    pub later: usize,
    /// Articles that were read to their end.
    pub read: usize,
    /// The first day after today on which a card is due.
    pub next: Option<Day>,
}

/// A card that is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The question and its answer.
    pub card: Card,
    /// Its article: an index into the catalog.
    pub article: usize,
    /// How well it is known; nothing when it was never asked.
    pub learnt: Option<Learnt>,
}

/// The cards that are asked on `today`. An article whose text cannot be read gives none.
pub fn deck(library: &Library, memory: &Memory, calendar: &Calendar, today: Day) -> Deck {
    let mut cards: Vec<(usize, Card)> = vec![];
    let mut read = 0;
    for (article, it) in library.catalog.articles.iter().enumerate() {
        let progress = Name::of_article(library, article).and_then(|name| {
            let progress = memory.progress(&name)?;
            progress.finished
        });
        if progress.is_none() {
            continue;
        }
        read += 1;
        let source = library.text(Text::Article(article)).unwrap_or_default();
        let found = review::cards(&it.slug, &source);
        cards.extend(found.into_iter().map(|card| (article, card)));
    }
    let keys: Vec<&str> = cards.iter().map(|(_, card)| card.key.as_str()).collect();
    let queue = review::queue(&keys, &memory.records, calendar, today);
    let learnt = |key: &str| memory.records.learnt(key, calendar);
    let next = keys.iter().filter_map(|key| Some(learnt(key)?.due));
    let next = next.filter(|due| *due > today).min();
    let asked = queue.cards.iter().filter_map(|at| cards.get(*at)).map(|(article, card)| Asked {
        learnt: learnt(&card.key),
        article: *article,
        card: card.clone(),
    });
    Deck { cards: asked.collect(), later: queue.later, read, next }
}
