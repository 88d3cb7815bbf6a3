//! The words of an index: which of them a word that was typed may mean, and where they stand.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, TermInfo};
use tantivy::query::{EnableScoring, FuzzyTermQuery, PhrasePrefixQuery, PhraseQuery, Query};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, Searcher, SegmentReader, TERMINATED, Term};

use crate::search::fold::stem;
use crate::search::query::{Clause, Ending, Within};
use crate::search::text::schema::{Fields, STEM};
use crate::search::text::sheet::{Found, Rooms, Sheet};

/// How much a form of a word says, beside the word itself.
const STEMMED: f32 = 0.6;
const BEGUN: f32 = 0.5;
/// How much a word says that is one typing mistake away.
pub(crate) const MISTYPED: f32 = 0.6;

/// A beginning shorter than this, in bytes, is looked for in titles, headings and tags only.
const SHORT_BEGINNING: usize = 3;
/// Words that go on from a beginning, the most frequent ones of each field.
const MOST_BEGUN: usize = 60;
/// Words of the index that are looked at for one beginning.
const MOST_SEEN: usize = 40_000;
/// The shortest word that may have a typing mistake in it, in letters.
const MISTAKABLE: usize = 5;
/// How often a phrase counts where it stands.
const PHRASE: f32 = 2.5;

/// A field that is searched.
pub(crate) struct Part {
    field: Field,
    /// How much it says that a word stands here.
    weight: f32,
    /// How much its length takes away, 0 to 1.
    length: f32,
    /// How many words it usually has; none for what differs from library to library.
    usual: Option<f32>,
    within: Option<Within>,
    /// Whether it is short: a name of something.
    is_name: bool,
    /// Whether it is said of the whole article.
    is_head: bool,
}

/// The fields that are searched.
pub(crate) fn parts(fields: &Fields) -> [Part; 7] {
    let part = |field, (weight, length, usual), within, is_name| Part {
        field,
        weight,
        length,
        usual,
        within,
        is_name,
        is_head: field == fields.title || field == fields.summary || field == fields.tags,
    };
    [
        part(fields.title, (5.0, 0.4, Some(9.0)), Some(Within::Title), true),
        part(fields.heading, (3.0, 0.3, Some(7.0)), Some(Within::Heading), true),
        part(fields.summary, (2.0, 0.3, Some(28.0)), None, false),
        part(fields.tags, (2.5, 0.2, Some(12.0)), None, true),
        part(fields.body, (1.0, 0.5, None), None, false),
        part(fields.notes, (0.25, 0.5, None), None, false),
        part(fields.code, (0.5, 0.6, None), Some(Within::Code), false),
    ]
}

/// A form of a word, and how much it says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Form {
    /// This term of the index.
    Term(String, f32),
    /// Every word that begins so.
    Beginning(String),
}

/// The forms of a folded word: itself, and whatever has its stem.
pub(crate) fn forms(word: &str) -> Vec<Form> {
    let stem = stem(word);
    let mut forms = vec![Form::Term(word.to_owned(), 1.0)];
    if stem != word {
        forms.push(Form::Term(stem.clone(), STEMMED));
    }
    forms.push(Form::Term(format!("{STEM}{stem}"), STEMMED));
    forms
}

/// Whether a word is long enough to be mistyped.
pub(crate) fn is_mistakable(word: &str) -> bool {
    word.chars().count() >= MISTAKABLE && word.chars().all(char::is_alphabetic)
}

/// One segment, ready to be asked.
pub(crate) struct Segment<'a> {
    /// The sums.
    pub(crate) sheet: Sheet<'a>,
    /// Its number in the index.
    pub(crate) number: usize,
    /// What was found in it.
    pub(crate) found: Found,
    parts: Vec<OpenPart>,
}

struct OpenPart {
    part: Part,
    inverted: Arc<InvertedIndexReader>,
    norms: FieldNormReader,
    average: f32,
}

impl<'a> Segment<'a> {
    /// Opens the segments of an index. How long a field usually is, is that of all of them: a
    /// text weighs the same in whichever segment it came to be.
    pub(crate) fn open_all(
        readers: &'a [SegmentReader],
        fields: &Fields,
        rooms: &Rooms,
    ) -> tantivy::Result<Vec<Self>> {
        let mut segments: Vec<Self> = readers
            .iter()
            .enumerate()
            .map(|(number, reader)| Self::open(number, reader, fields, rooms))
            .collect::<tantivy::Result<_>>()?;
        let sections: u64 = readers.iter().map(|it| u64::from(it.max_doc())).sum();
        for at in 0..parts(fields).len() {
            let opened = || segments.iter().filter_map(|it| it.parts.get(at));
            let words: u64 = opened().map(|it| it.inverted.total_num_tokens()).sum();
            let average = ratio(words, sections).max(1.0);
            for part in segments.iter_mut().filter_map(|it| it.parts.get_mut(at)) {
                part.average = part.part.usual.unwrap_or(average);
            }
        }
        Ok(segments)
    }

    fn open(
        number: usize,
        reader: &'a SegmentReader,
        fields: &Fields,
        rooms: &Rooms,
    ) -> tantivy::Result<Self> {
        let open = |part: Part| {
            let inverted = reader.inverted_index(part.field)?;
            let norms = reader.get_fieldnorms_reader(part.field)?;
            Ok(OpenPart { part, inverted, norms, average: 1.0 })
        };
        let parts = parts(fields).into_iter().map(open).collect::<tantivy::Result<_>>()?;
        let sheet = Sheet::new(reader, rooms.take(reader.segment_id()))?;
        Ok(Self { number, sheet, parts, found: Found::default() })
    }

    /// Adds the weight of a form of a word, wherever it stands.
    pub(crate) fn add_form(&mut self, form: &Form, within: Option<Within>) -> tantivy::Result<()> {
        for part in &self.parts {
            if within.is_none() || within == part.part.within {
                for (term, weight) in part.terms(form)? {
                    part.add(&term, weight, &mut self.sheet)?;
                }
            }
        }
        Ok(())
    }

    /// Adds the weight of a phrase wherever its words follow each other, `slop` words between.
    pub(crate) fn add_phrase(
        &mut self,
        searcher: &Searcher,
        clause: &Clause,
        slop: u32,
    ) -> tantivy::Result<()> {
        for part in &self.parts {
            if clause.within.is_some() && clause.within != part.part.within {
                continue;
            }
            let field = part.part.field;
            let terms = clause.parts.iter().map(|word| Term::from_field_text(field, word));
            let terms: Vec<Term> = terms.collect();
            let query: Box<dyn Query> = if clause.is_open() {
                Box::new(PhrasePrefixQuery::new(terms))
            } else {
                let mut query = PhraseQuery::new(terms);
                query.set_slop(slop);
                Box::new(query)
            };
            let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
            let mut docs = weight.scorer(self.sheet.reader, 1.0)?;
            let mut doc = docs.doc();
            while doc != TERMINATED {
                part.put(doc, part.part.weight * PHRASE, &mut self.sheet);
                doc = docs.advance();
            }
        }
        Ok(())
    }

    /// In how many sections a word stands at most, as it is written.
    pub(crate) fn frequency(&self, word: &str) -> tantivy::Result<u32> {
        let counts = self.parts.iter().map(|part| Ok(part.inverted.terms().get(word)?));
        let counts = counts.collect::<tantivy::Result<Vec<Option<TermInfo>>>>()?;
        Ok(counts.into_iter().flatten().map(|info| info.doc_freq).max().unwrap_or_default())
    }

    /// The most frequent words that differ from `word` by one typing mistake.
    pub(crate) fn mended(&self, word: &str, ending: Ending) -> tantivy::Result<Vec<(String, u32)>> {
        let mut found = vec![];
        for part in &self.parts {
            let term = Term::from_field_text(part.part.field, word);
            let query = if ending == Ending::Open {
                FuzzyTermQuery::new_prefix(term, 1, true)
            } else {
                FuzzyTermQuery::new(term, 1, true)
            };
            let terms = part.inverted.terms();
            let mut stream = terms.search(query.automaton()?).into_stream()?;
            while let Some((key, info)) = stream.next() {
                if let Ok(word) = std::str::from_utf8(key)
                    && !word.starts_with(STEM)
                {
                    found.push((word.to_owned(), info.doc_freq));
                }
            }
        }
        Ok(found)
    }
}

impl OpenPart {
    /// The terms of the index that a form means here.
    fn terms(&self, form: &Form) -> tantivy::Result<Vec<(TermInfo, f32)>> {
        let terms = self.inverted.terms();
        let weighted = |info: TermInfo, weight| vec![(info, weight)];
        match form {
            Form::Term(term, weight) => {
                Ok(terms.get(term)?.map_or(vec![], |info| weighted(info, *weight)))
            }
            Form::Beginning(word) if word.len() < SHORT_BEGINNING && !self.part.is_name => {
                Ok(vec![])
            }
            Form::Beginning(word) => self.begun(word),
        }
    }

    fn begun(&self, word: &str) -> tantivy::Result<Vec<(TermInfo, f32)>> {
        let mut end = word.as_bytes().to_vec();
        end.push(0xff);
        let terms = self.inverted.terms();
        let mut stream = terms.range().gt(word).lt(&end).into_stream()?;
        let mut found = vec![];
        while found.len() < MOST_SEEN && stream.advance() {
            found.push((stream.value().clone(), BEGUN));
        }
        if found.len() > MOST_BEGUN {
            found.select_nth_unstable_by_key(MOST_BEGUN, |(info, _)| {
                std::cmp::Reverse(info.doc_freq)
            });
            found.truncate(MOST_BEGUN);
        }
        Ok(found)
    }

    fn add(&self, term: &TermInfo, weight: f32, sheet: &mut Sheet<'_>) -> tantivy::Result<()> {
        let option = IndexRecordOption::WithFreqs;
        let mut postings = self.inverted.read_postings_from_terminfo(term, option)?;
        let factor = weight * self.part.weight;
        let (base, slope) = (1.0 - self.part.length, self.part.length / self.average);
        let mut doc = postings.doc();
        while doc != TERMINATED {
            let length = ratio(u64::from(self.norms.fieldnorm(doc)), 1);
            let times = ratio(u64::from(postings.term_freq()), 1);
            self.put(doc, factor * times / (base + slope * length), sheet);
            doc = postings.advance();
        }
        Ok(())
    }

    fn put(&self, doc: DocId, weight: f32, sheet: &mut Sheet<'_>) {
        if self.part.is_head {
            sheet.add_head(doc, weight);
        } else {
            sheet.add(doc, weight);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts, which are weighed and not told")]
fn ratio(part: u64, whole: u64) -> f32 {
    part as f32 / whole.max(1) as f32
}
