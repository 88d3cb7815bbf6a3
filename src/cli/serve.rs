//! Every lab on loopback, with a page that names them.

use std::fmt::Write;
use std::sync::Arc;

use crate::cli::environment::Environment;
use crate::cli::lab;
use crate::cli::output::Stop;
use crate::labs::LabLink;
use crate::library::{Catalog, Library, Text};
use crate::text::Safe;

/// The page that names the labs, without them.
const PAGE: &str = include_str!("serve.html");

/// Serves the labs until the program is stopped, or nobody asked for one for half an hour.
pub(crate) fn serve(
    library: Library,
    is_meant: lab::Meant,
    environment: &Environment,
) -> Result<(), Stop> {
    lab::confirm(&library, is_meant)?;
    let library = Arc::new(library);
    let pages = move |page: &str| match page {
        "" => Some(list(&library.catalog)),
        // The names as the list writes them, and no others.
        slug if !slug.contains('/') => library.text(Text::Lab(library.catalog.lab(slug)?)).ok(),
        _ => None,
    };
    let start = LabLink { slug: String::new(), state: None };
    lab::serve(&start, Box::new(pages), lab::Started::Nothing, environment)
}

/// The labs by category, as a page.
fn list(catalog: &Catalog) -> String {
    let mut labs = String::new();
    for category in catalog.categories.iter().filter(|category| !category.labs.is_empty()) {
        let _ = writeln!(labs, "<h2>{}</h2>\n<ul>", escaped(&category.title));
        for lab in category.labs.iter().filter_map(|lab| catalog.labs.get(*lab)) {
            let (slug, title) = (escaped(&lab.slug), escaped(&lab.title));
            let (question, minutes) = (escaped(&lab.question), lab.minutes);
            let _ = writeln!(
                labs,
                "<li><a href=\"./{slug}\">{title}</a> · {minutes} min<p>{question}</p></li>"
            );
        }
        labs.push_str("</ul>\n");
    }
    PAGE.replace("{title}", &escaped(&catalog.title)).replace("{labs}", &labs)
}

/// `text` as HTML shows it.
fn escaped(text: &str) -> String {
    let text = Safe::line(text);
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Category, Lab};

    #[test]
    fn the_list_shows_what_is_written_and_runs_nothing() {
        let attack = "</h2><script>alert(1)</script>\"&\u{202e}".to_owned();
        let lab = Lab {
            slug: attack.clone(),
            category: 0,
            title: attack.clone(),
            question: attack.clone(),
            minutes: 8,
            level: 1,
            articles: vec![],
            takeaway: String::new(),
        };
        let category = Category { title: attack.clone(), labs: vec![0], ..Category::default() };
        let empty = Category { title: "Nothing here".into(), ..Category::default() };
        let catalog = Catalog {
            title: attack,
            categories: vec![category, empty],
            labs: vec![lab],
            ..Catalog::default()
        };
        let page = list(&catalog);
        assert!(!page.contains("<script") && !page.contains('\u{202e}'), "{page}");
        assert!(page.contains("&lt;/h2&gt;&lt;script&gt;") && !page.contains("Nothing here"));
        assert_eq!(page.matches("<h2>").count(), 1);
    }
}
