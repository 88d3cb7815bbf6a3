//! Pictures that a reader's own Markdown names: which files they are, what their headers say,
//! and, with the feature `images`, their pixels.
//!
//! A file is not trusted. Its header is read by a few lines of ours, and what it promises is
//! held to limits before anything is decoded. Nothing is ever fetched.

#[cfg(feature = "images")]
mod decode;
#[cfg(not(feature = "images"))]
#[path = "pictures/absent.rs"]
mod decode;
mod file;
mod header;

pub use decode::{Pixels, decode};
pub use file::{bytes, look};

use crate::document::{Document, LinkKind};
use crate::library;

/// Whether this build can draw pictures.
pub const ARE_DRAWN: bool = cfg!(feature = "images");

/// The largest file that is looked at, in bytes.
pub const FILE_BYTES: u64 = 32 << 20;
/// The largest SVG that is looked at, in bytes.
pub const SVG_BYTES: u64 = 4 << 20;
/// The most pixels that are decoded.
pub const PIXELS: u64 = 40_000_000;
/// Pictures of one document that are looked at; the others keep their text.
const COUNT: usize = 500;

/// The images of a document of the reader's own that are files beside it: the link of each, and
/// its path from the document's folder. A path that leaves the folder is none, nor is an address.
pub fn local(document: &Document) -> Vec<(usize, String)> {
    let links = document.links.iter().enumerate();
    let images = links.filter(|(_, link)| link.kind == LinkKind::Image);
    let files = images.filter_map(|(at, link)| Some((at, library::beside(&link.target)?)));
    files.take(COUNT).collect()
}
