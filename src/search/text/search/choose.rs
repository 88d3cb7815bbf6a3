//! Which of the sections that were found are told, and in what order.

use std::collections::HashMap;

use tantivy::DocId;

use crate::search::text::sheet::Candidate;

/// How much each further section of an article that is among the hits already is put back.
const AGAIN: f32 = 0.6;
/// Sections of one article among the hits at most.
const OF_ONE: usize = 3;

/// How many of the best candidates `choose` needs: more than can be shown, as many may be of one
/// article.
pub(crate) fn many(limit: usize) -> usize {
    limit.saturating_mul(8).max(200)
}

/// The best candidates: few of one article, and later ones of an article further down.
/// `name` orders those that fit equally well.
pub(crate) fn choose(
    mut found: Vec<Candidate>,
    limit: usize,
    name: &dyn Fn(&Candidate) -> (u64, u64),
) -> Vec<Candidate> {
    let order = |one: &Candidate, other: &Candidate| other.score.total_cmp(&one.score);
    found.sort_by_cached_key(name);
    found.sort_by(order);
    let mut seen: HashMap<(usize, DocId), usize> = HashMap::new();
    found.retain_mut(|it| {
        let before = seen.entry((it.segment, it.article)).or_default();
        it.score *= (0..*before).fold(1.0, |factor, _| factor * AGAIN);
        *before += 1;
        *before <= OF_ONE
    });
    found.sort_by(order);
    found.truncate(limit);
    found
}
