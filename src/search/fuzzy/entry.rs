//! What a query is compared with.

use nucleo::Utf32String;

use crate::library::{Article, Catalog};
use crate::search::fuzzy::{Field, Hit, Kind};
use crate::text::Safe;

/// A text that a query is compared with, and the thing it belongs to.
pub(crate) struct Entry {
    pub(crate) kind: Kind,
    pub(crate) field: Field,
    pub(crate) index: usize,
    pub(crate) haystack: Utf32String,
    name: Safe,
    anchor: Option<String>,
    category: usize,
}

impl Entry {
    /// The score of a match with this text, in the order of what says most.
    pub(crate) fn weigh(&self, score: u32) -> u32 {
        let percent = match (self.field, self.kind) {
            (Field::Name, Kind::Article) => 100,
            (Field::Name, Kind::Category) => 99,
            (Field::Name, Kind::Lab) => 97,
            (Field::Name, Kind::Heading) => 88,
            (Field::Path, _) => 85,
            (Field::Tags, _) => 75,
            (Field::Summary, _) => 60,
        };
        // Of equal matches, the text with less beside it says more.
        let beside = u32::try_from(self.haystack.len().min(100)).unwrap_or_default();
        score * percent + 100 - beside
    }

    /// The thing as a hit whose letters are not known.
    pub(crate) fn hit(&self, score: u32) -> Hit {
        Hit {
            kind: self.kind,
            index: self.index,
            anchor: self.anchor.clone(),
            text: self.name.clone(),
            matched: vec![],
            context: None,
            score,
            category: self.category,
        }
    }
}

/// What belongs to every text of one thing.
struct Thing<'a> {
    kind: Kind,
    index: usize,
    category: usize,
    name: &'a str,
}

impl Thing<'_> {
    fn entry(&self, field: Field, text: &str) -> Entry {
        Entry {
            kind: self.kind,
            field,
            index: self.index,
            haystack: Utf32String::from(Safe::line(text).as_str()),
            name: Safe::line(self.name),
            anchor: None,
            category: self.category,
        }
    }
}

/// Every text of `catalog`, articles first, in reading order.
pub(crate) fn all(catalog: &Catalog) -> Vec<Entry> {
    let mut entries = vec![];
    for (index, article) in catalog.articles.iter().enumerate() {
        add_article(catalog, index, article, &mut entries);
    }
    for (index, category) in catalog.categories.iter().enumerate() {
        let thing = Thing { kind: Kind::Category, index, category: index, name: &category.title };
        entries.push(thing.entry(Field::Name, &category.title));
        entries.push(thing.entry(Field::Path, &category.slug));
        entries.push(thing.entry(Field::Summary, &category.description));
    }
    for (index, lab) in catalog.labs.iter().enumerate() {
        let category = lab.category;
        let thing = Thing { kind: Kind::Lab, index, category, name: &lab.title };
        entries.push(thing.entry(Field::Name, &lab.title));
        entries.push(thing.entry(Field::Path, &path(catalog, category, &lab.slug)));
        entries.push(thing.entry(Field::Summary, &lab.question));
    }
    entries
}

fn add_article(catalog: &Catalog, index: usize, article: &Article, entries: &mut Vec<Entry>) {
    let category = article.category;
    let thing = Thing { kind: Kind::Article, index, category, name: &article.title };
    entries.push(thing.entry(Field::Name, &article.title));
    entries.push(thing.entry(Field::Path, &path(catalog, category, &article.slug)));
    entries.push(thing.entry(Field::Tags, &article.tags.join(" ")));
    entries.push(thing.entry(Field::Summary, &article.summary));
    for section in &article.headings {
        let thing = Thing { kind: Kind::Heading, index, category, name: &section.title };
        let mut entry = thing.entry(Field::Name, &section.title);
        entry.anchor = Some(section.anchor.clone());
        entries.push(entry);
    }
}

fn path(catalog: &Catalog, category: usize, slug: &str) -> String {
    let folder = catalog.categories.get(category).map_or("", |it| it.slug.as_str());
    format!("{folder}/{slug}")
}
