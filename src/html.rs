//! A document as a web page, and the whole library as a static site.
//!
//! A page is one file: no scripts, nothing from elsewhere, and no HTML of a document's own.
//! Everything that reaches it goes through [`Markup`], which escapes it. Layout is the browser's.

mod article;
mod blocks;
mod charts;
mod code;
mod formula;
mod href;
mod markup;
mod notes;
mod page;
mod prose;
mod site;
mod tables;

pub use article::{article, file, pictures, title};
pub use href::{Reach, page_path};
pub use markup::Markup;
pub use page::MARK;
pub use site::{SitePage, category, folder, index, labs};

/// A document as HTML without a page around it, as a reader's own file has it.
pub fn fragment(document: &crate::document::Document) -> Markup {
    let catalog = crate::library::Catalog::default();
    let place =
        href::Place { catalog: &catalog, article: None, up: 0, path: "", reach: Reach::Alone };
    blocks::blocks(document, place, 0)
}
