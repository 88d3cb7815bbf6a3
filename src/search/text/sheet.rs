//! Sums over the sections of one segment: how much each clause is found in each section, and in
//! the article that the section is of.
//!
//! The weight of a clause in a section is the sum over fields of how often it stands there, each
//! field weighted and set off against its length; then it saturates (BM25F: Robertson, Zaragoza,
//! Taylor, "Simple BM25 extension to multiple weighted fields", 2004). Sections of one article
//! follow each other in a segment, so an article is the number of its first section.

pub(crate) mod enough;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tantivy::columnar::Column;
use tantivy::index::SegmentId;
use tantivy::{DocId, SegmentReader};

use crate::search::text::sheet::enough::Enough;

/// How much the article's score adds to that of each of its sections.
const SHARE: f32 = 0.5;

/// How soon a word said again adds nothing.
const SATURATION: f32 = 1.2;

/// How much of what is said of the whole article counts for its first section. When all that is
/// asked for is said of the whole, it leads there; else the section that is meant is found.
const FIRST: f32 = 0.04;

/// How much it says, beside all else, that a clause stands in what is said of the whole article:
/// its text may say it ever so often and yet be about something else.
const NAMED: f32 = 1.0;

/// Room for the sums of one segment, which one search after the other may use: it is as large as
/// the segment has sections, and empty between two searches.
#[derive(Debug, Default)]
pub(crate) struct Room {
    /// The number of the first section of the article that each section is of.
    article: Vec<DocId>,
    /// The weight of the present clause, by section.
    weight: Vec<f32>,
    /// The part of it that comes from what is said of the whole article.
    head: Vec<f32>,
    /// The sections that have the present clause.
    touched: Vec<DocId>,
    /// The score, by section.
    score: Vec<f32>,
    /// The clauses that were found, by section.
    found: Vec<u32>,
    /// The sections that have any clause.
    any: Vec<DocId>,
    /// The present clause's best score in any section of the article.
    best: Vec<f32>,
    /// The clauses found in what is said of the article.
    head_found: Vec<u32>,
    article_score: Vec<f32>,
    article_found: Vec<u32>,
    /// What is left out, by article.
    refused: Vec<bool>,
}

/// Rooms that are not in use, by their segments.
#[derive(Debug, Default)]
pub(crate) struct Rooms(Mutex<HashMap<SegmentId, Room>>);

impl Rooms {
    /// The room of a segment, unless another search is in it.
    pub(crate) fn take(&self, segment: SegmentId) -> Option<Room> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&segment)
    }

    /// Keeps these rooms, and no others: segments that are gone need none.
    pub(crate) fn keep(&self, rooms: impl Iterator<Item = (SegmentId, Room)>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = rooms.collect();
    }
}

/// The sums of one segment.
pub(crate) struct Sheet<'a> {
    /// The segment.
    pub(crate) reader: &'a SegmentReader,
    part: Column<u64>,
    hash: Column<u64>,
    room: Room,
}

/// A section that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Candidate {
    /// How well it fits.
    pub(crate) score: f32,
    /// Its segment.
    pub(crate) segment: usize,
    /// Its number in the segment.
    pub(crate) doc: DocId,
    /// The number of its article's first section.
    pub(crate) article: DocId,
}

/// Sections that were found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The best of them, in no order.
    pub(crate) best: Vec<Candidate>,
    /// How many there are.
    pub(crate) total: usize,
    /// Whether the article of any has all that is wanted.
    pub(crate) has_all: bool,
}

impl Found {
    /// Takes in what another segment has.
    pub(crate) fn add(&mut self, other: Self) {
        self.best.extend(other.best);
        self.total += other.total;
        self.has_all |= other.has_all;
    }

    /// Keeps the best `most`.
    pub(crate) fn keep(&mut self, most: usize) {
        if self.best.len() > most {
            let order = |one: &Candidate, other: &Candidate| other.score.total_cmp(&one.score);
            self.best.select_nth_unstable_by(most, order);
            self.best.truncate(most);
        }
    }
}

impl Room {
    /// Room for the segment that `part`, the number of each section in its article, is of.
    fn new(part: &Column<u64>, count: DocId) -> Self {
        let size = count as usize;
        let first = |doc: DocId| {
            let before = part.first(doc).unwrap_or_default();
            doc.saturating_sub(DocId::try_from(before).unwrap_or_default())
        };
        Self {
            article: (0..count).map(first).collect(),
            weight: vec![0.0; size],
            head: vec![0.0; size],
            score: vec![0.0; size],
            found: vec![0; size],
            best: vec![0.0; size],
            head_found: vec![0; size],
            article_score: vec![0.0; size],
            article_found: vec![0; size],
            ..Self::default()
        }
    }

    fn article(&self, doc: DocId) -> DocId {
        self.article.get(doc as usize).copied().unwrap_or(doc)
    }

    /// Forgets what was summed up.
    fn clear(&mut self) {
        for doc in std::mem::take(&mut self.touched) {
            take(&mut self.weight, doc as usize);
            take(&mut self.head, doc as usize);
        }
        let any = std::mem::take(&mut self.any);
        for doc in &any {
            let (at, article) = (*doc as usize, self.article(*doc) as usize);
            take(&mut self.score, at);
            take(&mut self.found, at);
            take(&mut self.head_found, at);
            take(&mut self.article_score, article);
            take(&mut self.article_found, article);
        }
        self.any = any;
        self.any.clear();
        self.refused.clear();
    }
}

impl<'a> Sheet<'a> {
    /// An empty sheet of a segment, in the room that an earlier search has left for it.
    pub(crate) fn new(reader: &'a SegmentReader, room: Option<Room>) -> tantivy::Result<Self> {
        let part = reader.fast_fields().u64("part")?;
        let hash = reader.fast_fields().u64("hash")?;
        let room = room.unwrap_or_else(|| Room::new(&part, reader.max_doc()));
        Ok(Self { reader, part, hash, room })
    }

    /// The room, for the next search.
    pub(crate) fn into_room(mut self) -> (SegmentId, Room) {
        self.room.clear();
        (self.reader.segment_id(), self.room)
    }

    /// Numbers that name the text that a section is of, and the section in it.
    pub(crate) fn name(&self, doc: DocId) -> (u64, u64) {
        let hash = self.hash.first(doc).unwrap_or_default();
        (hash, self.part.first(doc).unwrap_or_default())
    }

    /// The number of the first section of the article that a section is of.
    pub(crate) fn article(&self, doc: DocId) -> DocId {
        self.room.article(doc)
    }

    /// Adds to the weight of the present clause in a section.
    pub(crate) fn add(&mut self, doc: DocId, weight: f32) {
        let at = doc as usize;
        if let (Some(sum), Some(head)) = (self.room.weight.get_mut(at), self.room.head.get(at)) {
            if *sum == 0.0 && *head == 0.0 {
                self.room.touched.push(doc);
            }
            *sum += weight;
        }
    }

    /// Adds to the weight of the present clause in what is said of an article, whose first
    /// section this is.
    pub(crate) fn add_head(&mut self, doc: DocId, weight: f32) {
        let at = doc as usize;
        if let (Some(sum), Some(head)) = (self.room.weight.get(at), self.room.head.get_mut(at)) {
            if *sum == 0.0 && *head == 0.0 {
                self.room.touched.push(doc);
            }
            *head += weight;
        }
    }

    /// How many sections have the present clause.
    pub(crate) fn count(&self) -> usize {
        self.room.touched.len()
    }

    /// Ends the present clause: its weights become scores, worth `rarity`, and are forgotten.
    /// `bits` are the clauses that it stands for.
    pub(crate) fn settle(&mut self, rarity: f32, bits: u32) {
        let touched = std::mem::take(&mut self.room.touched);
        let mut articles = vec![];
        for doc in &touched {
            let at = *doc as usize;
            let (weight, head) = (take(&mut self.room.weight, at), take(&mut self.room.head, at));
            let score = rarity * saturated(weight + FIRST * head);
            let whole = rarity * (saturated(weight + head) + NAMED * saturated(head));
            let article = self.article(*doc) as usize;
            if let (Some(sum), Some(found)) =
                (self.room.score.get_mut(at), self.room.found.get_mut(at))
            {
                if *found == 0 && *sum == 0.0 {
                    self.room.any.push(*doc);
                }
                *sum += score;
                *found |= bits;
            }
            if let Some(found) = self.room.head_found.get_mut(at).filter(|_| head > 0.0) {
                *found |= bits;
            }
            if let Some(best) = self.room.best.get_mut(article) {
                if *best == 0.0 {
                    articles.push(article);
                }
                *best = best.max(whole);
            }
            if let Some(found) = self.room.article_found.get_mut(article) {
                *found |= bits;
            }
        }
        for article in articles {
            let best = take(&mut self.room.best, article);
            if let Some(sum) = self.room.article_score.get_mut(article) {
                *sum += best;
            }
        }
        self.room.touched = touched;
        self.room.touched.clear();
    }

    /// Makes the present clause a bonus: it adds to sections that were found, or to the article
    /// where it stands in what is said of the whole, and is forgotten.
    pub(crate) fn reward(&mut self, bonus: f32) {
        for doc in std::mem::take(&mut self.room.touched) {
            let head = take(&mut self.room.head, doc as usize);
            let weight = take(&mut self.room.weight, doc as usize) + FIRST * head;
            let article = self.article(doc) as usize;
            if let Some(score) = self.room.article_score.get_mut(article).filter(|it| **it > 0.0) {
                *score += bonus * head;
            }
            if let Some(score) = self.room.score.get_mut(doc as usize).filter(|score| **score > 0.0)
            {
                *score += bonus * weight;
            }
        }
    }

    /// Makes the present clause unwanted: the articles that have it are refused.
    pub(crate) fn refuse(&mut self) {
        let mut refused = std::mem::take(&mut self.room.refused);
        refused.resize(self.room.weight.len(), false);
        for doc in std::mem::take(&mut self.room.touched) {
            take(&mut self.room.weight, doc as usize);
            take(&mut self.room.head, doc as usize);
            if let Some(refused) = refused.get_mut(self.article(doc) as usize) {
                *refused = true;
            }
        }
        self.room.refused = refused;
    }

    /// Refuses every article but those (`keeps`), or those, that `has`.
    pub(crate) fn refuse_where(&mut self, refused: impl Fn(DocId) -> bool) {
        self.room.refused.resize(self.room.weight.len(), false);
        for (doc, known) in self.room.refused.iter_mut().enumerate() {
            *known |= DocId::try_from(doc).is_ok_and(&refused);
        }
    }

    /// Makes every article's first section a section that was found.
    pub(crate) fn take_all(&mut self) {
        for doc in 0..self.reader.max_doc() {
            if self.article(doc) == doc {
                self.add(doc, 1.0);
            }
        }
        self.settle(1.0, 0);
    }

    /// The best of the sections found whose article has what `wanted` takes for enough.
    pub(crate) fn candidates(&self, segment: usize, wanted: &Enough<'_>, most: usize) -> Found {
        let mut all = Found::default();
        // What the best so far have at least.
        let mut least = 0.0;
        for doc in &self.room.any {
            let article = self.article(*doc);
            let at = article as usize;
            let found = self.room.article_found.get(at).copied().unwrap_or_default();
            let is_refused = self.room.refused.get(at).copied().unwrap_or_default();
            let head = self.room.head_found.get(at).copied().unwrap_or_default();
            let factor = if is_refused { None } else { wanted.factor(found, head) };
            let Some(factor) = factor.filter(|_| !self.reader.is_deleted(*doc)) else { continue };
            let here = self.room.found.get(*doc as usize).copied().unwrap_or_default() & wanted.all;
            let covered = fraction(here.count_ones(), wanted.all.count_ones());
            let whole = self.room.article_score.get(at).copied().unwrap_or_default();
            let leads = *doc == article && head & wanted.all == wanted.all;
            let own = self.room.score.get(*doc as usize).copied().unwrap_or_default();
            let own = if leads { own.max(whole) } else { own };
            let score = (own * (0.7 + 0.3 * covered) + SHARE * whole) * factor;
            all.total += 1;
            all.has_all |= found & wanted.all == wanted.all;
            if score < least {
                continue;
            }
            all.best.push(Candidate { score, segment, doc: *doc, article });
            if all.best.len() > most.saturating_mul(2) {
                all.keep(most);
                least = all.best.iter().map(|it| it.score).fold(f32::INFINITY, f32::min);
            }
        }
        all
    }
}

fn saturated(weight: f32) -> f32 {
    weight / (SATURATION + weight)
}

fn take<T: Default>(values: &mut [T], at: usize) -> T {
    values.get_mut(at).map(std::mem::take).unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "small counts")]
fn fraction(part: u32, whole: u32) -> f32 {
    if whole == 0 { 1.0 } else { part as f32 / whole as f32 }
}
