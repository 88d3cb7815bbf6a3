//! Every article and lab on loopback, as the pages of an export, each made when it is asked for.

use std::sync::Arc;

use crate::cli::environment::Environment;
use crate::cli::output::Stop;
use crate::cli::{export, lab};
use crate::html::SitePage;
use crate::labs::LabLink;
use crate::library::{Library, Text};

/// Serves the library until the program is stopped, or nobody asked for a page for half an hour.
pub(crate) fn serve(
    library: Library,
    is_meant: lab::Meant,
    environment: &Environment,
) -> Result<(), Stop> {
    lab::confirm(&library, is_meant)?;
    let library = Arc::new(library);
    let start = LabLink { slug: String::new(), state: None };
    let pages = move |asked: &str| page(&library, asked);
    lab::serve(&start, Box::new(pages), lab::Started::Nothing, environment)
}

/// The page at a path: those of the site as it names them, a lab also by its name alone, and no
/// others.
fn page(library: &Library, asked: &str) -> Option<String> {
    let catalog = &library.catalog;
    let path = if asked.is_empty() || asked.ends_with('/') {
        format!("{asked}index.html")
    } else {
        asked.to_owned()
    };
    if let Some(page) = SitePage::at(catalog, &path) {
        return export::site_page(library, page);
    }
    let lab = catalog.lab(asked).filter(|_| !asked.contains('/'))?;
    library.text(Text::Lab(lab)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_those_of_the_site_and_labs_by_their_names() {
        let library = Library::embedded().unwrap();
        let begins = |asked: &str| page(&library, asked).is_some_and(|it| it.contains("<h1"));
        for asked in ["", "index.html", "distributed/", "distributed/index.html", "raft-election"] {
            assert!(begins(asked), "{asked}");
        }
        let index = page(&library, "distributed/").unwrap();
        assert!(index.contains("href=\"../labs/distributed/raft-election.html\""), "{index}");
        assert!(begins("labs/distributed/raft-election.html"));
        for asked in ["../index.html", "distributed", "distributed/raft-election", "x.html", "//"] {
            assert_eq!(page(&library, asked), None, "{asked}");
        }
    }
}
