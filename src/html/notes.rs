//! Footnotes: their numbers, and the ids by which a reference and its note find each other.

use std::collections::BTreeMap;

use crate::document::{ContainerKind, Document};

/// The footnotes of one document.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    numbers: BTreeMap<String, usize>,
    /// How often each was referred to so far.
    references: BTreeMap<usize, usize>,
}

impl Notes {
    pub(crate) fn of(document: &Document) -> Self {
        let numbers = document.containers.iter().filter_map(|container| match &container.kind {
            ContainerKind::Footnote { number, label } => Some((label.to_string(), *number)),
            _ => None,
        });
        Self { numbers: numbers.collect(), references: BTreeMap::new() }
    }

    /// The id of a note. No heading has a colon in its own.
    pub(crate) fn id(number: usize) -> String {
        format!("note:{number}")
    }

    /// The id of the first reference to a note.
    pub(crate) fn back(number: usize) -> String {
        format!("ref:{number}")
    }

    /// The number of the note that is referred to, and the id of this reference.
    pub(crate) fn reference(&mut self, label: &str) -> Option<(usize, String)> {
        let number = *self.numbers.get(label)?;
        let count = self.references.entry(number).or_default();
        *count += 1;
        let id = Self::back(number);
        Some((number, if *count == 1 { id } else { format!("{id}:{count}") }))
    }

    /// Whether a note was referred to so far.
    pub(crate) fn is_referred_to(&self, number: usize) -> bool {
        self.references.contains_key(&number)
    }
}
