//! Sums over the sections of one segment: how much each clause is found in each section, and in
//! the article that the section is of.
//!
//! The weight of a clause in a section is the sum over fields of how often it stands there, each
//! field weighted and set off against its length; then it saturates (BM25F: Robertson, Zaragoza,
//! Taylor, "Simple BM25 extension to multiple weighted fields", 2004). Sections of one article
//! follow each other in a segment, so an article is the number of its first section.

use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

/// How soon a word said again adds nothing.
const SATURATION: f32 = 1.2;

/// How much of what is said of the whole article counts for its first section. When all that is
/// asked for is said of the whole, it leads there; else the section that is meant is found.
const FIRST: f32 = 0.04;

/// The sums of one segment.
pub(crate) struct Sheet<'a> {
    /// The segment.
    pub(crate) reader: &'a SegmentReader,
    part: Column<u64>,
    hash: Column<u64>,
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
    /// The clauses found in the article.
    pub(crate) found: u32,
}

impl<'a> Sheet<'a> {
    /// An empty sheet.
    pub(crate) fn new(reader: &'a SegmentReader) -> tantivy::Result<Self> {
        let count = reader.max_doc() as usize;
        Ok(Self {
            reader,
            part: reader.fast_fields().u64("part")?,
            hash: reader.fast_fields().u64("hash")?,
            weight: vec![0.0; count],
            head: vec![0.0; count],
            touched: vec![],
            score: vec![0.0; count],
            found: vec![0; count],
            any: vec![],
            best: vec![0.0; count],
            head_found: vec![0; count],
            article_score: vec![0.0; count],
            article_found: vec![0; count],
            refused: vec![],
        })
    }

    /// Numbers that name the text that a section is of, and the section in it.
    pub(crate) fn name(&self, doc: DocId) -> (u64, u64) {
        let hash = self.hash.first(doc).unwrap_or_default();
        (hash, self.part.first(doc).unwrap_or_default())
    }

    /// The number of the first section of the article that a section is of.
    pub(crate) fn article(&self, doc: DocId) -> DocId {
        let part = self.part.first(doc).unwrap_or_default();
        doc.saturating_sub(DocId::try_from(part).unwrap_or_default())
    }

    /// Adds to the weight of the present clause in a section.
    pub(crate) fn add(&mut self, doc: DocId, weight: f32) {
        let at = doc as usize;
        if let (Some(sum), Some(head)) = (self.weight.get_mut(at), self.head.get(at)) {
            if *sum == 0.0 && *head == 0.0 {
                self.touched.push(doc);
            }
            *sum += weight;
        }
    }

    /// Adds to the weight of the present clause in what is said of an article, whose first
    /// section this is.
    pub(crate) fn add_head(&mut self, doc: DocId, weight: f32) {
        let at = doc as usize;
        if let (Some(sum), Some(head)) = (self.weight.get(at), self.head.get_mut(at)) {
            if *sum == 0.0 && *head == 0.0 {
                self.touched.push(doc);
            }
            *head += weight;
        }
    }

    /// How many sections have the present clause.
    pub(crate) fn count(&self) -> usize {
        self.touched.len()
    }

    /// Ends the present clause: its weights become scores, worth `rarity`, and are forgotten.
    /// `bits` are the clauses that it stands for.
    pub(crate) fn settle(&mut self, rarity: f32, bits: u32) {
        let touched = std::mem::take(&mut self.touched);
        let mut articles = vec![];
        for doc in &touched {
            let at = *doc as usize;
            let (weight, head) = (take(&mut self.weight, at), take(&mut self.head, at));
            let score = rarity * saturated(weight + FIRST * head);
            let whole = rarity * saturated(weight + head);
            let article = self.article(*doc) as usize;
            if let (Some(sum), Some(found)) = (self.score.get_mut(at), self.found.get_mut(at)) {
                if *found == 0 && *sum == 0.0 {
                    self.any.push(*doc);
                }
                *sum += score;
                *found |= bits;
            }
            if let Some(found) = self.head_found.get_mut(at).filter(|_| head > 0.0) {
                *found |= bits;
            }
            if let Some(best) = self.best.get_mut(article) {
                if *best == 0.0 {
                    articles.push(article);
                }
                *best = best.max(whole);
            }
            if let Some(found) = self.article_found.get_mut(article) {
                *found |= bits;
            }
        }
        for article in articles {
            let best = take(&mut self.best, article);
            if let Some(sum) = self.article_score.get_mut(article) {
                *sum += best;
            }
        }
        self.touched = touched;
        self.touched.clear();
    }

    /// Makes the present clause a bonus: it adds to sections that were found, and is forgotten.
    pub(crate) fn reward(&mut self, bonus: f32) {
        for doc in std::mem::take(&mut self.touched) {
            let head = take(&mut self.head, doc as usize);
            let weight = take(&mut self.weight, doc as usize) + FIRST * head;
            if let Some(score) = self.score.get_mut(doc as usize).filter(|score| **score > 0.0) {
                *score += bonus * weight;
            }
        }
    }

    /// Makes the present clause unwanted: the articles that have it are refused.
    pub(crate) fn refuse(&mut self) {
        let mut refused = std::mem::take(&mut self.refused);
        refused.resize(self.weight.len(), false);
        for doc in std::mem::take(&mut self.touched) {
            take(&mut self.weight, doc as usize);
            take(&mut self.head, doc as usize);
            if let Some(refused) = refused.get_mut(self.article(doc) as usize) {
                *refused = true;
            }
        }
        self.refused = refused;
    }

    /// Refuses every article but those (`keeps`), or those, that `has`.
    pub(crate) fn refuse_where(&mut self, refused: impl Fn(DocId) -> bool) {
        self.refused.resize(self.weight.len(), false);
        for (doc, known) in self.refused.iter_mut().enumerate() {
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

    /// The sections found whose article has the clauses that `suffice` accepts. `wanted` are all
    /// clauses, and an article adds `share` of its own score to that of each of its sections.
    pub(crate) fn candidates(
        &self,
        segment: usize,
        (wanted, share): (u32, f32),
        suffice: impl Fn(u32, u32) -> bool,
        out: &mut Vec<Candidate>,
    ) {
        for doc in &self.any {
            let article = self.article(*doc);
            let at = article as usize;
            let found = self.article_found.get(at).copied().unwrap_or_default();
            let is_refused = self.refused.get(at).copied().unwrap_or_default();
            let head = self.head_found.get(at).copied().unwrap_or_default();
            if is_refused || !suffice(found, head) || self.reader.is_deleted(*doc) {
                continue;
            }
            let here = self.found.get(*doc as usize).copied().unwrap_or_default() & wanted;
            let covered = fraction(here.count_ones(), wanted.count_ones());
            let whole = self.article_score.get(at).copied().unwrap_or_default();
            let leads = *doc == article && head & wanted == wanted;
            let own = self.score.get(*doc as usize).copied().unwrap_or_default();
            let own = if leads { own.max(whole) } else { own };
            let score = own * (0.7 + 0.3 * covered) + share * whole;
            out.push(Candidate { score, segment, doc: *doc, article, found });
        }
    }
}

fn saturated(weight: f32) -> f32 {
    weight / (SATURATION + weight)
}

fn take(values: &mut [f32], at: usize) -> f32 {
    values.get_mut(at).map(std::mem::take).unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "small counts")]
fn fraction(part: u32, whole: u32) -> f32 {
    if whole == 0 { 1.0 } else { part as f32 / whole as f32 }
}
