//! From a query to ranked sections.

mod choose;
mod mend;
mod other;
mod side;

use std::collections::VecDeque;

use tantivy::schema::Value;
use tantivy::{DocId, DocSet, Searcher, TERMINATED, TantivyDocument};

use crate::search::query::{About, Clause, Ending, Filter, Query};
use crate::search::text::entry::{BETWEEN, Key};
use crate::search::text::marks::Marks;
use crate::search::text::schema::Fields;
use crate::search::text::search::choose::{choose, many};
use crate::search::text::search::other::{alternatives, apart};
use crate::search::text::search::side::each;
use crate::search::text::sheet::enough::Enough;
use crate::search::text::sheet::{Candidate, Found, Rooms};
use crate::search::text::snippet::snippet;
use crate::search::text::terms::{Form, Segment, forms};
use crate::search::text::{Answer, Hit, Place};

/// How much a synonym says, beside the word itself.
const SYNONYM: f32 = 0.7;
/// How much it adds that two words stand beside each other.
const BESIDE: f32 = 0.12;
/// Words found in more sections than this are not looked for beside each other.
const COMMON: usize = 25_000;
/// An index of more sections than this is worked on by several threads.
const LARGE: f32 = 60_000.0;
/// Queries of so many words are also answered by articles that have most of them.
const LONG: usize = 3;
/// How much of what a long query's words are worth is most of it.
const MOST: f32 = 0.5;
/// An article whose title has so much of it need not have the rest.
const HALF: f32 = 0.4;
/// How much is enough when no article has more.
const SOME: f32 = 0.25;
/// How much it adds to what a word is worth here that it is rare.
const RARE: f32 = 0.2;

/// A search that is under way.
pub(crate) struct Search<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    segments: Vec<Segment<'a>>,
    marks: Marks,
    corrected: Vec<(String, String)>,
    /// How much each clause is worth.
    rarity: Vec<f32>,
    counts: Vec<usize>,
    sections: f32,
}

/// Answers `query` with at most `limit` hits.
pub(crate) fn search(
    searcher: &Searcher,
    fields: &Fields,
    synonyms: &[Vec<String>],
    rooms: &Rooms,
    (query, limit): (Query, usize),
) -> tantivy::Result<Answer> {
    if query.is_empty() {
        return Ok(Answer::default());
    }
    let segments = Segment::open_all(searcher.segment_readers(), fields, rooms)?;
    let sections: u32 =
        searcher.segment_readers().iter().map(tantivy::SegmentReader::max_doc).sum();
    let mut search = Search {
        searcher,
        fields,
        segments,
        marks: Marks::default(),
        corrected: vec![],
        rarity: vec![],
        counts: vec![],
        sections: count(sections as usize),
    };
    let answer = search.answer(query, synonyms, limit)?;
    rooms.keep(search.segments.into_iter().map(|it| it.sheet.into_room()));
    Ok(answer)
}

impl Search<'_> {
    fn answer(
        &mut self,
        query: Query,
        synonyms: &[Vec<String>],
        limit: usize,
    ) -> tantivy::Result<Answer> {
        for filter in &query.filters {
            self.filter(filter)?;
        }
        for clause in &query.unwanted {
            self.weigh_plainly(clause)?;
            self.segments.iter_mut().for_each(|segment| segment.sheet.refuse());
        }
        let wanted = self.weigh_all(query.wanted, synonyms)?;
        if wanted.is_empty() {
            self.segments.iter_mut().for_each(|segment| segment.sheet.take_all());
        }
        self.reward_neighbours(&wanted)?;
        let all = 1u32.checked_shl(wanted.len() as u32).unwrap_or(0).wrapping_sub(1);
        let worth = self.worth();
        let enough = if wanted.len() < LONG { 1.0 } else { MOST };
        let needed = needed(&wanted);
        let wanted_of = |share, in_head| Enough { all, needed, worth: &worth, share, in_head };
        let most = many(limit);
        let mut found = self.candidates(&wanted_of(enough, HALF), most)?;
        if !found.has_all && wanted.len() > 1 {
            found = self.candidates(&wanted_of(SOME, 2.0), most)?;
        }
        let is_partial = !found.has_all;
        let total = found.total;
        let chosen = choose(found.best, limit, &|it| self.name(it));
        let hits = chosen.iter().map(|it| self.hit(it)).collect::<tantivy::Result<Vec<_>>>()?;
        Ok(Answer {
            hits: hits.into_iter().flatten().collect(),
            total,
            is_partial: is_partial && total > 0,
            marks: std::mem::take(&mut self.marks),
            corrected: std::mem::take(&mut self.corrected),
        })
    }

    /// What each clause is worth of all that they are worth together; one that is nowhere, as much
    /// as the others.
    fn worth(&self) -> Vec<f32> {
        let known = self.rarity.iter().zip(&self.counts).filter(|(_, count)| **count > 0);
        let known: Vec<f32> = known.map(|(worth, _)| *worth).collect();
        let usual = known.iter().sum::<f32>() / count(known.len().max(1));
        let worth = self.rarity.iter().zip(&self.counts);
        let worth = worth.map(|(worth, count)| if *count == 0 { usual } else { *worth });
        // That a word is there says more than how rare it is.
        let worth: Vec<f32> = worth.map(|worth| 1.0 + RARE * worth).collect();
        let all: f32 = worth.iter().sum();
        worth.into_iter().map(|worth| worth / all).collect()
    }

    fn candidates(&mut self, wanted: &Enough<'_>, most: usize) -> tantivy::Result<Found> {
        self.each(&|segment| {
            segment.found = segment.sheet.candidates(segment.number, wanted, most);
            Ok(())
        })?;
        let mut all = Found::default();
        self.segments.iter_mut().for_each(|segment| all.add(std::mem::take(&mut segment.found)));
        all.keep(most);
        Ok(all)
    }

    /// Weighs every clause; those that have to be taken apart come back as several.
    fn weigh_all(
        &mut self,
        clauses: Vec<Clause>,
        synonyms: &[Vec<String>],
    ) -> tantivy::Result<Vec<Clause>> {
        let mut wanted: Vec<Clause> = vec![];
        let mut waiting: VecDeque<Clause> = clauses.into();
        while let Some(clause) = waiting.pop_front() {
            let bit = wanted.len();
            if bit >= 31 {
                break;
            }
            self.weigh(&clause, bit)?;
            let has_synonym = !alternatives(std::slice::from_ref(&clause), synonyms).is_empty();
            if self.count() == 0 && !clause.is_exact && !has_synonym {
                if let Some(apart) = apart(&clause) {
                    apart.into_iter().rev().for_each(|clause| waiting.push_front(clause));
                    continue;
                }
                if clause.parts.len() == 1 {
                    self.mend(&clause, bit)?;
                }
            }
            self.settle(1 << bit, 1.0);
            wanted.push(clause);
        }
        self.weigh_synonyms(&wanted, synonyms)?;
        Ok(wanted)
    }

    /// How many sections have the present clause.
    fn count(&self) -> usize {
        self.segments.iter().map(|segment| segment.sheet.count()).sum()
    }

    /// Ends the present clause, which stands for the clauses of `bits`.
    fn settle(&mut self, bits: u32, factor: f32) {
        let found = self.count();
        let rarity = (1.0 + (self.sections - count(found) + 0.5) / (count(found) + 0.5)).ln();
        if bits.is_power_of_two() && self.rarity.len() == bits.trailing_zeros() as usize {
            self.rarity.push(rarity);
            self.counts.push(found);
        }
        let worth = self.rarity.iter().enumerate().filter(|(bit, _)| bits & (1 << bit) != 0);
        let known = worth.map(|(_, worth)| *worth).sum::<f32>();
        let worth = if factor < 1.0 { rarity.max(known) } else { rarity };
        // Nothing in it can fail.
        let _ = self.each(&|segment| {
            segment.sheet.settle(worth * factor, bits);
            Ok(())
        });
    }

    /// Does `work` on each segment, side by side when there is much to do.
    fn each(
        &mut self,
        work: &(dyn Fn(&mut Segment<'_>) -> tantivy::Result<()> + Sync),
    ) -> tantivy::Result<()> {
        if self.sections < LARGE {
            return self.segments.iter_mut().try_for_each(work);
        }
        each(&mut self.segments, &|segment| work(segment))
    }

    /// Weighs a clause as it is written, with the forms of its words.
    fn weigh(&mut self, clause: &Clause, bit: usize) -> tantivy::Result<()> {
        if let ([word], false) = (clause.parts.as_slice(), clause.is_exact) {
            self.marks.word(word, bit);
            self.add_forms(&forms(word), clause)?;
            if clause.is_open() {
                self.marks.beginning(word, bit);
                self.add_forms(&[Form::Beginning(word.clone())], clause)?;
            }
            return Ok(());
        }
        self.weigh_exactly(clause)?;
        match clause.parts.as_slice() {
            [word] if clause.is_open() => self.marks.beginning(word, bit),
            [word] => self.marks.exactly(word, bit),
            parts => self.marks.phrase(parts, clause.ending, bit),
        }
        if let Some(whole) = &clause.whole {
            self.marks.word(whole, bit);
            if clause.is_open() {
                self.marks.beginning(whole, bit);
            }
        }
        Ok(())
    }

    /// Weighs a clause where its words stand as they are written.
    fn weigh_exactly(&mut self, clause: &Clause) -> tantivy::Result<()> {
        let mut forms = vec![];
        forms.extend(clause.whole.iter().map(|whole| Form::Term(whole.clone(), 2.0)));
        forms
            .extend(clause.whole.iter().filter(|_| clause.is_open()).cloned().map(Form::Beginning));
        if let [word] = clause.parts.as_slice() {
            forms.push(Form::Term(word.clone(), 1.0));
            if clause.is_open() {
                forms.push(Form::Beginning(word.clone()));
            }
        } else {
            let searcher = self.searcher;
            self.each(&|segment| segment.add_phrase(searcher, clause, 0))?;
        }
        self.add_forms(&forms, clause)
    }

    /// Weighs what must not be there: never a beginning, nothing mended.
    fn weigh_plainly(&mut self, clause: &Clause) -> tantivy::Result<()> {
        let clause = Clause { ending: Ending::Complete, ..clause.clone() };
        match clause.parts.as_slice() {
            [word] if !clause.is_exact => self.add_forms(&forms(word), &clause),
            _ => self.weigh_exactly(&clause),
        }
    }

    fn add_forms(&mut self, forms: &[Form], clause: &Clause) -> tantivy::Result<()> {
        self.each(&|segment| {
            forms.iter().try_for_each(|form| segment.add_form(form, clause.within))
        })
    }

    /// Adds what means the same as a word, or as several that follow each other.
    fn weigh_synonyms(
        &mut self,
        wanted: &[Clause],
        synonyms: &[Vec<String>],
    ) -> tantivy::Result<()> {
        for (bits, other) in alternatives(wanted, synonyms) {
            let bit = bits.trailing_zeros() as usize;
            self.weigh(&other, bit)?;
            if self.count() > 0 {
                self.settle(bits, SYNONYM);
            }
        }
        Ok(())
    }

    /// Adds to the score of sections where words of the query follow each other.
    fn reward_neighbours(&mut self, wanted: &[Clause]) -> tantivy::Result<()> {
        for (at, pair) in wanted.windows(2).enumerate() {
            let [one, other] = pair else { continue };
            let is_plain = |it: &Clause| it.parts.len() == 1 && !it.is_exact && it.within.is_none();
            let counts = self.counts.get(at..at + 2).unwrap_or_default();
            let rare = counts.iter().any(|count| *count > COMMON);
            if !is_plain(one) || !is_plain(other) || rare || counts.contains(&0) {
                continue;
            }
            let parts = one.parts.iter().chain(&other.parts).cloned().collect();
            let phrase = Clause { parts, ..Clause::default() };
            let searcher = self.searcher;
            self.each(&|segment| segment.add_phrase(searcher, &phrase, 1))?;
            let worth: f32 = self.rarity.get(at..at + 2).unwrap_or_default().iter().sum();
            self.segments.iter_mut().for_each(|it| it.sheet.reward(BESIDE * worth / 2.0));
        }
        Ok(())
    }

    /// Leaves out what `filter` does not accept.
    fn filter(&mut self, filter: &Filter) -> tantivy::Result<()> {
        let field = match filter.about {
            About::Category => self.fields.category,
            About::Tag => self.fields.tag,
            About::Level => self.fields.level,
            About::Lab => self.fields.lab,
            About::Kind => self.fields.kind,
        };
        for segment in &mut self.segments {
            let inverted = segment.sheet.reader.inverted_index(field)?;
            let mut end = filter.value.as_bytes().to_vec();
            if !filter.is_whole {
                end.push(0xff);
            }
            let mut has = vec![false; segment.sheet.reader.max_doc() as usize];
            let mut terms = inverted.terms().range().ge(&filter.value).le(&end).into_stream()?;
            while terms.advance() {
                let option = tantivy::schema::IndexRecordOption::Basic;
                let mut docs = inverted.read_postings_from_terminfo(terms.value(), option)?;
                while docs.doc() != TERMINATED {
                    has.get_mut(docs.doc() as usize).iter_mut().for_each(|has| **has = true);
                    docs.advance();
                }
            }
            let is_it = |doc: DocId| has.get(doc as usize).copied().unwrap_or_default();
            segment.sheet.refuse_where(|doc| is_it(doc) == filter.is_unwanted);
        }
        Ok(())
    }

    /// What orders candidates that fit equally well, the same in every index: numbers that name
    /// the text and the section.
    fn name(&self, candidate: &Candidate) -> (u64, u64) {
        self.segments.get(candidate.segment).map_or((0, 0), |it| it.sheet.name(candidate.doc))
    }

    /// A candidate as it is told.
    fn hit(&self, candidate: &Candidate) -> tantivy::Result<Option<Hit>> {
        let segment = u32::try_from(candidate.segment).unwrap_or_default();
        let address = tantivy::DocAddress::new(segment, candidate.doc);
        let document: TantivyDocument = self.searcher.doc(address)?;
        let text = |field| document.get_first(field).and_then(|value| value.as_str());
        let Some(key) = text(self.fields.key).and_then(Key::read) else { return Ok(None) };
        let block = document.get_first(self.fields.block).and_then(|value| value.as_u64());
        let path = text(self.fields.path).unwrap_or_default();
        Ok(Some(Hit {
            place: Place {
                key,
                anchor: text(self.fields.anchor).map(str::to_owned),
                block: block.and_then(|it| usize::try_from(it).ok()).unwrap_or_default(),
            },
            title: text(self.fields.name).unwrap_or_default().to_owned(),
            path: path.split(BETWEEN).filter(|it| !it.is_empty()).map(str::to_owned).collect(),
            snippet: snippet(text(self.fields.text).unwrap_or_default(), &self.marks),
            score: candidate.score,
        }))
    }
}

/// The bits of the clauses that have to be there: what stands in quotation marks or has a field.
fn needed(wanted: &[Clause]) -> u32 {
    let is_needed = |it: &Clause| it.is_exact || it.within.is_some();
    wanted
        .iter()
        .enumerate()
        .filter(|(_, it)| is_needed(it))
        .fold(0, |bits, (at, _)| bits | 1 << at)
}

#[expect(clippy::cast_precision_loss, reason = "counts, which are weighed and not told")]
fn count(number: usize) -> f32 {
    number as f32
}
