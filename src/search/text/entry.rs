//! A text as the index takes it, and its documents.

use std::hash::{DefaultHasher, Hash, Hasher};

use tantivy::TantivyDocument;

use crate::document;
use crate::search::text::schema::Fields;
use crate::search::text::section::{Section, sections};

/// What stands between the headings of a path.
pub(crate) const BETWEEN: char = '\u{1f}';

/// A text that can be found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entry {
    /// What it is, and which.
    pub key: Key,
    /// The title.
    pub title: String,
    /// One line on what it says.
    pub summary: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// The slug of its category.
    pub category: String,
    /// How much it presumes.
    pub level: String,
    /// The slugs of its labs; of a lab, its own.
    pub labs: Vec<String>,
    /// The Markdown, without front matter.
    pub body: String,
}

/// Which text it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// An article of the library, `category/slug`.
    Article(String),
    /// A lab of the library, `category/slug`.
    Lab(String),
    /// A file, by its path below the folder that is searched.
    File(String),
}

impl Default for Key {
    fn default() -> Self {
        Self::File(String::new())
    }
}

impl Key {
    /// What kind of text it is: `article`, `lab` or `file`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Article(_) => "article",
            Self::Lab(_) => "lab",
            Self::File(_) => "file",
        }
    }

    /// Its name within its kind.
    pub fn name(&self) -> &str {
        match self {
            Self::Article(name) | Self::Lab(name) | Self::File(name) => name,
        }
    }

    /// As the index writes it: `article:category/slug`.
    pub(crate) fn written(&self) -> String {
        format!("{}:{}", self.kind(), self.name())
    }

    /// What [`Self::written`] wrote.
    pub(crate) fn read(written: &str) -> Option<Self> {
        let (kind, name) = written.split_once(':')?;
        let make = match kind {
            "article" => Self::Article,
            "lab" => Self::Lab,
            "file" => Self::File,
            _ => return None,
        };
        Some(make(name.to_owned()))
    }

    /// A number that tells it from every other key.
    pub(crate) fn hash(&self) -> u64 {
        hashed(&self.written())
    }
}

/// A number that tells a value from others, the same in every run.
pub(crate) fn hashed(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The documents of a text: one for each section, the first with what is said of the whole.
pub(crate) fn documents(entry: &Entry, stamp: u64, fields: &Fields) -> Vec<TantivyDocument> {
    let parsed = document::parse(&entry.body);
    let sections = sections(&parsed);
    let mut documents = Vec::with_capacity(sections.len());
    for (part, section) in sections.iter().enumerate() {
        let mut made = TantivyDocument::default();
        made.add_text(fields.key, entry.key.written());
        made.add_u64(fields.hash, entry.key.hash());
        made.add_u64(fields.stamp, stamp);
        made.add_u64(fields.part, part as u64);
        made.add_text(fields.name, &entry.title);
        if part == 0 {
            add_head(&mut made, entry, fields);
        }
        add_section(&mut made, section, fields);
        documents.push(made);
    }
    documents
}

fn add_head(made: &mut TantivyDocument, entry: &Entry, fields: &Fields) {
    made.add_text(fields.kind, entry.key.kind());
    made.add_text(fields.category, &entry.category);
    made.add_text(fields.level, &entry.level);
    made.add_text(fields.title, &entry.title);
    made.add_text(fields.summary, &entry.summary);
    let name = entry.key.name().rsplit('/').next().unwrap_or_default();
    made.add_text(fields.tags, name.strip_suffix(".md").unwrap_or(name));
    for tag in &entry.tags {
        made.add_text(fields.tag, tag.to_lowercase());
        made.add_text(fields.tags, tag);
    }
    for lab in &entry.labs {
        made.add_text(fields.lab, lab);
    }
}

fn add_section(made: &mut TantivyDocument, section: &Section, fields: &Fields) {
    if let Some(heading) = &section.heading {
        made.add_text(fields.heading, heading);
    }
    if let Some(anchor) = &section.anchor {
        made.add_text(fields.anchor, anchor);
    }
    made.add_text(fields.path, section.path.join(&BETWEEN.to_string()));
    made.add_u64(fields.block, section.block as u64);
    let prose = if section.is_notes { fields.notes } else { fields.body };
    made.add_text(prose, &section.prose);
    made.add_text(fields.code, &section.code);
    made.add_text(fields.text, &section.text);
}
