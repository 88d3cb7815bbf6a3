//! What is indexed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::document;
use crate::library::{Catalog, Library, Text};
use crate::search::text::entry::{Entry, Key, hashed};

/// A text of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Which text.
    pub key: Key,
    /// A number that changes when the text changes.
    pub stamp: u64,
}

/// Texts to be found.
pub trait Collection: Send + Sync {
    /// A number that changes when any text changes; 0 when that is not known without looking.
    fn version(&self) -> u64;

    /// Every text.
    fn list(&self) -> Vec<Listed>;

    /// A text; none when it cannot be read.
    fn entry(&self, key: &Key) -> Option<Entry>;
}

/// The articles and labs of a library.
#[derive(Debug)]
pub struct LibraryTexts {
    library: Arc<Library>,
    places: HashMap<Key, Text>,
    /// Texts that were read to be listed and are likely to be asked for next.
    read: Mutex<HashMap<Key, String>>,
}

impl LibraryTexts {
    /// Those of `library`.
    pub fn new(library: Arc<Library>) -> Self {
        let catalog = &library.catalog;
        let articles = (0..catalog.articles.len()).map(Text::Article);
        let labs = (0..catalog.labs.len()).map(Text::Lab);
        let places = articles.chain(labs).map(|text| (key(catalog, text), text)).collect();
        Self { library, places, read: Mutex::default() }
    }

    fn source(&self, text: Text) -> String {
        match text {
            Text::Article(_) => self.library.text(text).unwrap_or_default(),
            // What a lab says stands in the catalog.
            Text::Lab(_) => String::new(),
        }
    }

    fn taken(&self, key: &Key) -> Option<String> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).remove(key)
    }
}

/// What names a text of a library.
fn key(catalog: &Catalog, text: Text) -> Key {
    let name = |category: usize, slug: &str| {
        let category = catalog.categories.get(category).map_or("", |it| it.slug.as_str());
        format!("{category}/{slug}")
    };
    match text {
        Text::Article(at) => Key::Article(
            catalog.articles.get(at).map_or(String::new(), |it| name(it.category, &it.slug)),
        ),
        Text::Lab(at) => {
            Key::Lab(catalog.labs.get(at).map_or(String::new(), |it| name(it.category, &it.slug)))
        }
    }
}

impl Collection for LibraryTexts {
    fn version(&self) -> u64 {
        self.library.fingerprint()
    }

    fn list(&self) -> Vec<Listed> {
        let mut listed = vec![];
        for (key, text) in &self.places {
            let source = self.source(*text);
            let head = described(&self.library.catalog, *text);
            listed.push(Listed { key: key.clone(), stamp: hashed(&(head, &source)) });
            let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
            read.insert(key.clone(), source);
        }
        // The order is that of the library, whatever the map's.
        listed.sort_by_key(|it| match self.places.get(&it.key) {
            Some(Text::Article(at)) => (0, *at),
            Some(Text::Lab(at)) => (1, *at),
            None => (2, 0),
        });
        listed
    }

    fn entry(&self, key: &Key) -> Option<Entry> {
        let text = *self.places.get(key)?;
        let source = self.taken(key).unwrap_or_else(|| self.source(text));
        let catalog = &self.library.catalog;
        let category = |at: usize| catalog.categories.get(at).map_or("", |it| it.slug.as_str());
        Some(match text {
            Text::Article(at) => {
                let it = catalog.articles.get(at)?;
                let labs = it.labs.iter().filter_map(|lab| catalog.labs.get(*lab));
                Entry {
                    key: key.clone(),
                    title: it.title.clone(),
                    summary: it.summary.clone(),
                    tags: it.tags.clone(),
                    category: category(it.category).to_owned(),
                    level: it.level.map_or("", |level| level.name()).to_owned(),
                    labs: labs.map(|lab| lab.slug.clone()).collect(),
                    body: document::split_front_matter(&source).body.to_owned(),
                }
            }
            Text::Lab(at) => {
                let it = catalog.labs.get(at)?;
                Entry {
                    key: key.clone(),
                    title: it.title.clone(),
                    summary: it.question.clone(),
                    tags: lab_tags(catalog, at),
                    category: category(it.category).to_owned(),
                    level: level(it.level).to_owned(),
                    labs: vec![it.slug.clone()],
                    body: format!("{}\n\n{}", it.question, it.takeaway),
                }
            }
        })
    }
}

fn level(number: u8) -> &'static str {
    match number {
        1 => "foundation",
        2 => "working",
        _ => "deep",
    }
}

/// What the catalog says of a text, as one string.
fn described(catalog: &Catalog, text: Text) -> String {
    match text {
        Text::Article(at) => format!("{:?}", catalog.articles.get(at)),
        Text::Lab(at) => format!("{:?}{:?}", catalog.labs.get(at), lab_tags(catalog, at)),
    }
}

/// The tags of the articles that a lab stands in: a lab says little, and has none of its own.
fn lab_tags(catalog: &Catalog, lab: usize) -> Vec<String> {
    let articles = catalog.articles.iter().filter(|it| it.labs.contains(&lab));
    let mut tags: Vec<String> = articles.flat_map(|it| it.tags.iter().cloned()).collect();
    tags.sort_unstable();
    tags.dedup();
    tags
}
