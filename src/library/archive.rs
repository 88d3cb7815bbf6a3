//! A library in one piece of memory: a table, then each text deflated by itself.
//!
//! Opening reads the table only; a text is inflated when it is asked for. Of a lab only the
//! author's part is kept; the kit is put in again, byte for byte. Written by the build script,
//! read by the program. Damaged bytes are an error, never a panic.

use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use serde::{Deserialize, Serialize};

use crate::labs::kit::{Kit, stripped};
use crate::library::format::{Origin, Reading};
use crate::library::{Catalog, Source, SourceError, Text};

/// What an archive begins with; the number is the version of its format.
const MAGIC: &[u8; 8] = b"library\x03";

/// The strongest compression.
const LEVEL: u8 = 9;

/// An archive, open.
#[derive(Debug)]
pub(crate) struct Archive {
    articles: Vec<Blob>,
    labs: Vec<Blob>,
    blobs: &'static [u8],
}

#[derive(Serialize, Deserialize)]
struct Table {
    catalog: Catalog,
    articles: Vec<Blob>,
    labs: Vec<Blob>,
}

/// Where a text is, in bytes after the table.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Blob {
    start: usize,
    length: usize,
    /// The length of the text as it is kept.
    inflated: usize,
    /// Whether the kit was taken out.
    has_kit: bool,
}

/// The library as an archive.
pub(crate) fn pack(reading: &Reading) -> Vec<u8> {
    let kit = Kit::embedded();
    let mut blobs = vec![];
    let mut add = |origin: &Origin| {
        let start = blobs.len();
        let own = without_kit(&kit, &origin.text);
        let text = own.as_ref().unwrap_or(&origin.text);
        blobs.extend(compress_to_vec_zlib(text.as_bytes(), LEVEL));
        let length = blobs.len() - start;
        Blob { start, length, inflated: text.len(), has_kit: own.is_some() }
    };
    let table = Table {
        catalog: reading.catalog.clone(),
        articles: reading.articles.iter().map(&mut add).collect(),
        labs: reading.labs.iter().map(&mut add).collect(),
    };
    // Plain data always encodes; an empty table would be seen as damage when it is opened.
    let table = postcard::to_stdvec(&table).unwrap_or_default();
    let length = u32::try_from(table.len()).unwrap_or_default().to_le_bytes();
    [MAGIC.as_slice(), &length, &table, &blobs].concat()
}

/// The author's part of a lab, when the kit makes the same page of it again.
fn without_kit(kit: &Kit, text: &str) -> Option<String> {
    let own = stripped(text);
    (own != text && kit.inlined(&own).as_deref() == Ok(text)).then_some(own)
}

/// Opens an archive; the catalog, and the source of its texts.
pub(crate) fn open(bytes: &'static [u8]) -> Result<(Catalog, Archive), SourceError> {
    let damaged = || SourceError::Damaged { name: "the catalog".to_owned() };
    let rest = bytes.strip_prefix(MAGIC).ok_or_else(damaged)?;
    let (length, rest) = rest.split_first_chunk().ok_or_else(damaged)?;
    let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| damaged())?;
    let (table, blobs) = rest.split_at_checked(length).ok_or_else(damaged)?;
    let Table { catalog, articles, labs } = postcard::from_bytes(table).map_err(|_| damaged())?;
    if articles.len() != catalog.articles.len() || labs.len() != catalog.labs.len() {
        return Err(damaged());
    }
    Ok((catalog, Archive { articles, labs, blobs }))
}

impl Archive {
    fn inflate(&self, blob: Blob) -> Option<String> {
        let deflated = self.blobs.get(blob.start..blob.start.checked_add(blob.length)?)?;
        let bytes = decompress_to_vec_zlib_with_limit(deflated, blob.inflated).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        if blob.has_kit { Kit::embedded().inlined(&text).ok() } else { Some(text) }
    }
}

impl Source for Archive {
    fn text(&self, text: Text) -> Result<String, SourceError> {
        let (kind, index, blobs) = match text {
            Text::Article(index) => ("article", index, &self.articles),
            Text::Lab(index) => ("lab", index, &self.labs),
        };
        let found = blobs.get(index).and_then(|blob| self.inflate(*blob));
        found.ok_or_else(|| SourceError::Damaged { name: format!("{kind} {index}") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::format::{self, File, Root};

    fn packed() -> Vec<u8> {
        packed_with("<p>lab</p>")
    }

    fn packed_with(lab: &str) -> Vec<u8> {
        let file = |root, path: &str, text: &str| File {
            root,
            path: path.into(),
            shown: path.into(),
            bytes: text.into(),
        };
        pack(&format::read(&[
            file(Root::Content, "library.toml", "title = \"T\"\ncategories = [\"a\"]\n"),
            file(Root::Content, "a/category.toml", "title = \"A\"\narticles = [\"x\"]\n"),
            file(Root::Content, "a/x.md", "---\ntitle: X\n---\nText of x.\n"),
            file(Root::Labs, "a/y.html", lab),
        ]))
    }

    fn open_copy(bytes: &[u8]) -> Result<(Catalog, Archive), SourceError> {
        open(Box::leak(bytes.to_vec().into_boxed_slice()))
    }

    #[test]
    fn what_is_packed_comes_out_again() {
        let (catalog, archive) = open_copy(&packed()).unwrap();
        assert_eq!((catalog.title.as_str(), catalog.articles.len()), ("T", 1));
        assert_eq!(archive.text(Text::Article(0)).unwrap(), "---\ntitle: X\n---\nText of x.\n");
        assert_eq!(archive.text(Text::Lab(0)).unwrap(), "<p>lab</p>");
        assert!(archive.text(Text::Lab(1)).is_err());
    }

    #[test]
    fn a_lab_is_kept_without_its_kit_and_comes_out_with_it() {
        let own = "<meta name=\"lab-kit\" content=\"log\">/*kit:css*//*kit:end*/\
            /*kit:core*//*kit:end*//*kit:js*//*kit:end*/";
        let current = Kit::embedded().inlined(own).unwrap();
        for lab in [current.clone(), current.replace("log", "time"), own.to_owned()] {
            let kept = without_kit(&Kit::embedded(), &lab);
            assert_eq!(kept.is_some(), lab == current);
            let packed = packed_with(&lab);
            assert_eq!(packed.len() < 800, kept.is_some() || lab == own, "{}", packed.len());
            assert_eq!(open_copy(&packed).unwrap().1.text(Text::Lab(0)).unwrap(), lab);
        }
    }

    #[test]
    fn a_cut_archive_is_an_error_and_never_a_panic() {
        let bytes = packed();
        for length in 0..bytes.len() {
            if let Ok((_, archive)) = open_copy(bytes.get(..length).unwrap()) {
                let _ = (archive.text(Text::Article(0)), archive.text(Text::Lab(0)));
                assert!(archive.text(Text::Lab(0)).is_err(), "cut at {length}");
            }
        }
    }

    #[test]
    fn a_changed_byte_never_makes_a_panic_and_never_changes_a_text() {
        let bytes = packed();
        for place in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[place] ^= 0x55;
            if let Ok((_, archive)) = open_copy(&damaged) {
                let texts = [archive.text(Text::Article(0)), archive.text(Text::Lab(0))];
                let is_whole = |text: &String| text.contains("Text of x.") || text == "<p>lab</p>";
                assert!(texts.iter().flatten().all(is_whole), "{place}");
            }
        }
    }
}
