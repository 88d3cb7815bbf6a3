//! A library in folders on a disk, read anew whenever a text is opened.

use std::path::Path;

use crate::library::files::Folders;
use crate::library::format::{self, Reading, Root};
use crate::library::{Library, Provenance, Source, SourceError, Text};

/// Where the texts of a catalog are.
#[derive(Debug)]
struct Directory {
    folders: Folders,
    articles: Vec<String>,
    labs: Vec<String>,
}

/// Opens the library in the folder `content`, with the folder `labs` beside it.
pub(crate) fn open(content: &Path) -> Result<Library, SourceError> {
    let Reading { catalog, articles, labs, .. } = read(content);
    if catalog.categories.is_empty() {
        return Err(SourceError::Unreadable {
            path: content.display().to_string(),
            reason: "there is no library in it (no library.toml, no category)".to_owned(),
        });
    }
    let directory = Directory {
        folders: Folders::new(content),
        articles: articles.into_iter().map(|it| it.path).collect(),
        labs: labs.into_iter().map(|it| it.path).collect(),
    };
    let origin = Provenance::Folder(content.to_owned());
    Ok(Library::new(catalog, Box::new(directory)).with_origin(origin))
}

/// Reads the library in the folder `content`, with the folder `labs` beside it.
pub(crate) fn read(content: &Path) -> Reading {
    let mut found = Folders::new(content).gather();
    let mut reading = format::read(&found.files);
    reading.problems.append(&mut found.problems);
    reading.problems.sort();
    reading
}

impl Source for Directory {
    fn text(&self, text: Text) -> Result<String, SourceError> {
        let (root, path) = match text {
            Text::Article(index) => (Root::Content, self.articles.get(index)),
            Text::Lab(index) => (Root::Labs, self.labs.get(index)),
        };
        let unknown = || SourceError::Unreadable {
            path: format!("{text:?}"),
            reason: "not in the library".to_owned(),
        };
        let path = path.ok_or_else(unknown)?;
        let bytes = self.folders.read(root, path).map_err(|error| SourceError::Unreadable {
            path: self.folders.path(root, path).display().to_string(),
            reason: error.to_string(),
        })?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}
