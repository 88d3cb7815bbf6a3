//! An index: filled from a collection, asked by queries.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{PoisonError, RwLock};

use tantivy::schema::Schema;
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyError, Term};

use crate::search::query::{About, Filter, Query};
use crate::search::text::collection::{Collection, Listed};
use crate::search::text::fill::{Amount, fill, prepare};
use crate::search::text::schema::{Fields, VERSION, WORDS, WordTokenizer, schema};
use crate::search::text::search::search;
use crate::search::text::sheet::Rooms;
use crate::search::text::{Answer, Wanted};
use crate::search::words::{Form, words};

/// An index in memory takes so many bytes of text.
const ROOM: usize = 64 << 20;
/// After so many bytes of text, what is indexed so far can be found; after twice as many for
/// the second time, and so on, because each time leaves small pieces that are put together later.
const STAGE: usize = 32 << 20;

/// The files of an index are opened anew after so many searches.
const MAPPED: usize = 24;

/// An index that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// Another process writes it.
    #[error("another process is indexing")]
    Busy,
    /// It is of another version of this program, or of another program.
    #[error("it was not written by this version of the program")]
    Foreign,
    /// There is no room in memory for more texts.
    #[error("only {done} of {total} texts fit into memory")]
    Full {
        /// Texts that are in it.
        done: usize,
        /// Texts that there are.
        total: usize,
    },
    /// It was given up before it was whole.
    #[error("indexing was given up")]
    Stopped,
    /// It is damaged, or cannot be read or written.
    #[error("{0}")]
    Failed(String),
}

impl From<TantivyError> for IndexError {
    fn from(error: TantivyError) -> Self {
        match error {
            TantivyError::LockFailure(..) => Self::Busy,
            TantivyError::SchemaError(_) | TantivyError::IncompatibleIndex(_) => Self::Foreign,
            error => Self::Failed(error.to_string()),
        }
    }
}

/// How far indexing is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Texts that were looked at.
    pub done: usize,
    /// Texts that there are.
    pub total: usize,
    /// Whether more can be found than before.
    pub is_stage: bool,
}

/// An index of texts.
pub struct Index {
    inner: tantivy::Index,
    /// Where it is on the disk.
    folder: Option<PathBuf>,
    reader: RwLock<IndexReader>,
    /// How often it was searched.
    asked: AtomicUsize,
    fields: Fields,
    synonyms: Vec<Vec<String>>,
    rooms: Rooms,
    /// How many bytes of text it takes at most; none when it is on a disk.
    room: Option<usize>,
}

impl Index {
    /// An empty index in memory.
    pub fn in_memory(synonyms: &[Vec<String>]) -> Result<Self, IndexError> {
        let index = Self::over(tantivy::Index::create_in_ram(schema().0), synonyms)?;
        Ok(Self { room: Some(ROOM), ..index })
    }

    /// The index in an existing folder; a new one when there is none in it.
    pub(crate) fn in_folder(folder: &Path, synonyms: &[Vec<String>]) -> Result<Self, IndexError> {
        let directory = tantivy::directory::MmapDirectory::open(folder)
            .map_err(|error| IndexError::Failed(error.to_string()))?;
        let index = tantivy::Index::open_or_create(directory, schema().0)?;
        Ok(Self { folder: Some(folder.to_owned()), ..Self::over(index, synonyms)? })
    }

    fn over(index: tantivy::Index, synonyms: &[Vec<String>]) -> Result<Self, IndexError> {
        let (expected, fields): (Schema, Fields) = schema();
        if index.schema() != expected || !is_ours(&index)? {
            return Err(IndexError::Foreign);
        }
        index.tokenizers().register(WORDS, TextAnalyzer::from(WordTokenizer::default()));
        let reader = reader_of(&index)?;
        let group = |group: &Vec<String>| group.iter().map(|name| plain(name)).collect();
        Ok(Self {
            inner: index,
            folder: None,
            reader: RwLock::new(reader),
            asked: AtomicUsize::new(0),
            fields,
            synonyms: synonyms.iter().map(group).collect(),
            rooms: Rooms::default(),
            room: None,
        })
    }

    /// What is found of `wanted`.
    pub fn search(&self, wanted: &Wanted) -> Result<Answer, IndexError> {
        let mut query = Query::parse(&wanted.query);
        if query.is_empty() {
            return Ok(Answer::default());
        }
        let filter = |about, value: &str| {
            let value = value.to_owned();
            Filter { about, value, is_unwanted: false, is_whole: true }
        };
        query.filters.extend(wanted.category.as_ref().map(|it| filter(About::Category, it)));
        query.filters.extend(wanted.kind.map(|it| filter(About::Kind, it)));
        let searcher = self.reader().searcher();
        let (fields, synonyms) = (&self.fields, &self.synonyms);
        let answer = || search(&searcher, fields, synonyms, &self.rooms, (query, wanted.limit));
        // Damaged files make the library that reads them panic.
        let answer = match catch_unwind(AssertUnwindSafe(answer)) {
            Ok(answer) => answer?,
            Err(_) => return Err(IndexError::Failed("the index is damaged".to_owned())),
        };
        if self.asked.fetch_add(1, Ordering::Relaxed) % MAPPED == MAPPED - 1 {
            // Where it cannot be opened again, it stays open.
            let _ = self.open_again();
        }
        Ok(answer)
    }

    fn reader(&self) -> IndexReader {
        self.reader.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Opens the files of an index anew. What was read of them stays in the memory of this
    /// process for as long as they are open, however long ago that was.
    fn open_again(&self) -> Result<(), IndexError> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let reader = reader_of(&tantivy::Index::open_in_dir(folder)?)?;
        *self.reader.write().unwrap_or_else(PoisonError::into_inner) = reader;
        Ok(())
    }

    /// Has the system read what every search reads, so that the first does not wait for the disk.
    pub fn warm(&self) {
        let query = "e".to_owned();
        // A search that fails now fails again when somebody asks, and is told then.
        let _ = self.search(&Wanted { query, limit: 1, ..Wanted::default() });
    }

    /// How many sections there are.
    pub fn sections(&self) -> u64 {
        self.reader().searcher().num_docs()
    }

    /// Finds what was indexed meanwhile, here or by another process.
    pub fn reload(&self) -> Result<(), IndexError> {
        Ok(self.reader().reload()?)
    }

    /// Whether it holds exactly the collection of this version.
    pub(crate) fn is_current(&self, version: u64) -> bool {
        let payload = self.inner.load_metas().ok().and_then(|metas| metas.payload);
        payload == Some(payload_of(Some(version)))
    }

    /// Whether its files are as they were written. Reads all of them.
    pub(crate) fn is_whole(&self) -> bool {
        self.inner.validate_checksum().is_ok_and(|damaged| damaged.is_empty())
    }

    /// Takes over what has changed in `collection`. `tell` is told how far it is, and says
    /// whether to go on.
    pub fn refresh(
        &self,
        collection: &dyn Collection,
        tell: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<(), IndexError> {
        let listed = collection.list();
        let total = listed.len();
        let mut known = self.known()?;
        let is_new = |it: &Listed| known.remove(&it.key.hash()) != Some(it.stamp);
        let changed: Vec<Listed> = listed.into_iter().filter(is_new).collect();
        let amount = Amount::of(changed.len());
        let (threads, memory) = (amount.threads(), amount.memory());
        let mut writer = self.inner.writer_with_num_threads(threads, threads * memory)?;
        let mut progress = Progress { done: total - changed.len(), total, is_stage: false };
        let (mut bytes, mut stage) = (0, STAGE);
        fill(&changed, threads, &|it| prepare(collection, it, &self.fields), &mut |text| {
            if self.room.is_some_and(|room| bytes > room) {
                return Ok(ControlFlow::Break(()));
            }
            bytes += text.bytes;
            writer.run(text.operations)?;
            progress.done += 1;
            progress.is_stage = bytes > stage;
            if progress.is_stage {
                stage = bytes.saturating_mul(2);
                self.stage(&mut writer)?;
            }
            if tell(progress) { Ok(ControlFlow::Continue(())) } else { Err(IndexError::Stopped) }
        })?;
        self.forget(&writer, &known);
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&payload_of(Some(collection.version())));
        commit.commit()?;
        writer.wait_merging_threads()?;
        self.reload()?;
        let Progress { done, total, .. } = progress;
        if done < total { Err(IndexError::Full { done, total }) } else { Ok(()) }
    }

    /// Makes what is in it so far to be found.
    fn stage(&self, writer: &mut IndexWriter) -> Result<(), IndexError> {
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&payload_of(None));
        commit.commit()?;
        self.reload()
    }

    /// Takes texts out that are not there any more, by the hashes of their keys.
    fn forget(&self, writer: &IndexWriter, gone: &HashMap<u64, u64>) {
        for hash in gone.keys() {
            writer.delete_term(Term::from_field_u64(self.fields.hash, *hash));
        }
    }

    /// The hashes of the keys of all texts in it, and their stamps.
    fn known(&self) -> Result<HashMap<u64, u64>, IndexError> {
        let mut known = HashMap::new();
        for segment in self.reader().searcher().segment_readers() {
            let fast = segment.fast_fields();
            let (hash, stamp) = (fast.u64("hash")?, fast.u64("stamp")?);
            for doc in segment.doc_ids_alive() {
                if let (Some(hash), Some(stamp)) = (hash.first(doc), stamp.first(doc)) {
                    known.insert(hash, stamp);
                }
            }
        }
        Ok(known)
    }
}

fn reader_of(index: &tantivy::Index) -> tantivy::Result<IndexReader> {
    index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()
}

/// What is written beside an index: the version of its form, and of the collection when it is
/// whole.
fn payload_of(version: Option<u64>) -> String {
    format!("{VERSION}:{}", version.map_or("-".to_owned(), |version| format!("{version:x}")))
}

/// Whether an index has the form that this program writes. What holds nothing has any form.
fn is_ours(index: &tantivy::Index) -> Result<bool, IndexError> {
    let metas = index.load_metas()?;
    let form = metas.payload.as_deref().and_then(|it| it.split_once(':')).map(|(form, _)| form);
    Ok(form == Some(VERSION.to_string().as_str()) || metas.segments.is_empty())
}

/// A name as its words, one blank between two.
fn plain(name: &str) -> String {
    let mut parts = vec![];
    let mut all = words(name);
    while let Some(word) = all.advance() {
        if word.form != Form::Whole {
            parts.push(word.text.clone());
        }
    }
    parts.join(" ")
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("sections", &self.sections()).finish_non_exhaustive()
    }
}
