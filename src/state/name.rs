//! What a text is called in the state: the same after an update, a move of the program, or in
//! another folder.

use std::path::{Path, PathBuf};

use crate::library::Library;

const ARTICLE: &str = "article:";
const FILE: &str = "file:";
const BYTES: &str = "bytes:";

/// The name of a text: an article of the program's own library by its slug, every other text by
/// the canonical path of its file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(String);

impl Name {
    /// An article of the program's own library.
    pub fn article(slug: &str) -> Self {
        Self(format!("{ARTICLE}{slug}"))
    }

    /// An article of a library: of the program's own by its slug, else by its file.
    pub fn of_article(library: &Library, article: usize) -> Option<Self> {
        let slug = &library.catalog.articles.get(article)?.slug;
        let file = library.file_of(article);
        Some(file.map_or_else(|| Self::article(slug), |file| Self::file(&file)))
    }

    /// The article of a library that has this name: an index into the catalog.
    pub fn article_in(&self, library: &Library) -> Option<usize> {
        let path = self.path();
        let slug = match &path {
            Some(path) => path.file_stem().and_then(|stem| stem.to_str())?,
            None => self.slug()?,
        };
        let article = library.catalog.article(slug)?;
        (Self::of_article(library, article).as_ref() == Some(self)).then_some(article)
    }

    /// A file, by its canonical path. A path that is not UTF-8 is written in hexadecimal.
    pub fn file(path: &Path) -> Self {
        if let Some(path) = path.to_str() {
            return Self(format!("{FILE}{path}"));
        }
        let bytes = path.as_os_str().as_encoded_bytes().iter();
        let hex = bytes.fold(BYTES.to_owned(), |hex, byte| hex + &format!("{byte:02x}"));
        Self(hex)
    }

    /// The name that is written so; none when nothing has that name.
    pub fn parse(written: &str) -> Option<Self> {
        let known = [ARTICLE, FILE, BYTES];
        let rest = known.into_iter().find_map(|kind| written.strip_prefix(kind))?;
        (!rest.is_empty()).then(|| Self(written.to_owned()))
    }

    /// As it is written: `article:raft-election`, `file:/home/ada/notes.md`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The slug, of an article of the program's own library.
    pub fn slug(&self) -> Option<&str> {
        self.0.strip_prefix(ARTICLE)
    }

    /// The path, of a file.
    pub fn path(&self) -> Option<PathBuf> {
        self.0.strip_prefix(FILE).map(PathBuf::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_as_they_are_written() {
        let names = [Name::article("raft"), Name::file(Path::new("/a b/c.md"))];
        for name in names {
            assert_eq!(Name::parse(name.as_str()), Some(name.clone()));
        }
        assert_eq!(Name::article("raft").slug(), Some("raft"));
        assert_eq!(Name::file(Path::new("/a")).path(), Some(PathBuf::from("/a")));
        assert_eq!([Name::parse("raft"), Name::parse("article:")], [None, None]);
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_not_utf_8_has_a_name() {
        use std::os::unix::ffi::OsStrExt;
        let path = Path::new(std::ffi::OsStr::from_bytes(b"/a\xff"));
        assert_eq!(Name::file(path).as_str(), "bytes:2f61ff");
    }
}
