//! The library in the program itself.

use crate::library::{Library, SourceError, archive};

/// Written by `build.rs` from `content` and `labs`.
static ARCHIVE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/library.bin"));

/// Opens it.
pub(crate) fn open() -> Result<Library, SourceError> {
    let (catalog, archive) = archive::open(ARCHIVE)?;
    Ok(Library::new(catalog, Box::new(archive)))
}
