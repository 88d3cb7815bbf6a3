//! The library in the program itself.

use crate::library::{Library, Provenance, SourceError, archive};

/// Written by `build.rs` from `content` and `labs`.
static ARCHIVE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/library.bin"));

/// A hash of it, by `build.rs`.
const FINGERPRINT: &str = env!("LIBRARY_FINGERPRINT");

/// Opens it.
pub(crate) fn open() -> Result<Library, SourceError> {
    let (catalog, archive) = archive::open(ARCHIVE)?;
    let origin = Provenance::Program(FINGERPRINT.parse().unwrap_or_default());
    Ok(Library::new(catalog, Box::new(archive)).with_origin(origin))
}
