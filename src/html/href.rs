//! Addresses that a page may name: of three schemes, or relative and below its own folder or
//! among the pages of one export.

use crate::library::{self, Catalog, Destination};

/// An address that a link or an image may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Href(String);

impl Href {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// A place on the same page.
    pub(crate) fn anchor(id: &str) -> Self {
        Self(format!("#{}", fragment(id)))
    }

    /// A file, by names below this page's folder or, after `up` folders, beside it.
    pub(crate) fn path(up: usize, path: &str, anchor: Option<&str>) -> Self {
        let mut address = "../".repeat(up);
        let names: Vec<String> = path.split('/').map(encoded).collect();
        address.push_str(&names.join("/"));
        if let Some(anchor) = anchor {
            address.push('#');
            address.push_str(&fragment(anchor));
        }
        Self(address)
    }

    /// A lab's page, in a state.
    fn lab(up: usize, path: &str, state: Option<&str>) -> Self {
        let mut href = Self::path(up, path, None);
        if let Some(state) = state {
            href.0.push('#');
            // A lab reads its state as it is written.
            state.chars().for_each(|c| push(&mut href.0, c, |c| c.is_ascii_graphic()));
        }
        href
    }

    /// An address on the web that was found to be one.
    fn web(address: &str) -> Self {
        let mut href = Self(String::new());
        address
            .chars()
            .for_each(|c| push(&mut href.0, c, |c| !c.is_ascii() || c.is_ascii_graphic()));
        href
    }
}

/// Everything but letters, digits and a few signs as percent signs.
fn encoded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.~!*()@,;=+$".contains(c);
    name.chars().for_each(|c| push(&mut out, c, plain));
    out
}

/// The same after `#`, where a colon makes no scheme.
fn fragment(id: &str) -> String {
    encoded(id).replace("%3A", ":")
}

fn push(out: &mut String, c: char, plain: impl Fn(char) -> bool) {
    if plain(c) {
        out.push(c);
        return;
    }
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        out.push_str(&format!("%{byte:02X}"));
    }
}

/// Which other pages there are beside the one that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach<'a> {
    /// All of the library, in their folders.
    Site,
    /// None: links to other articles and labs are text.
    Alone,
    /// Those of a reader's own folder: paths of its Markdown files and pictures.
    Folder(&'a [String]),
}

/// Where a page stands, which says where its links lead.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) catalog: &'a Catalog,
    /// The article that the page is of; none for a reader's own file.
    pub(crate) article: Option<usize>,
    /// How many folders the page is below the site's own.
    pub(crate) up: usize,
    /// The path of a reader's own file in its folder.
    pub(crate) path: &'a str,
    pub(crate) reach: Reach<'a>,
}

impl Place<'_> {
    /// Where a link leads; none when it is text only.
    pub(crate) fn link(&self, target: &str) -> Option<Href> {
        match library::resolve(self.catalog, self.article, target) {
            Destination::Web(address) => Some(Href::web(&address)),
            Destination::Anchor(id) => Some(Href::anchor(&id)),
            Destination::Article { article, anchor } => self.article(article, anchor.as_deref()),
            Destination::Lab { lab, state } => self.lab(lab, state.as_deref()),
            Destination::File { path, anchor } => self.file(&path, anchor.as_deref()),
            Destination::Inert(_) => None,
        }
    }

    /// Where the picture is that a reader's own file names.
    pub(crate) fn image(&self, target: &str) -> Option<Href> {
        match library::resolve(self.catalog, self.article, target) {
            Destination::File { path, .. } if picture(&path) => Some(Href::path(0, &path, None)),
            _ => None,
        }
    }

    /// Another article's page.
    pub(crate) fn article(&self, article: usize, anchor: Option<&str>) -> Option<Href> {
        if self.article == Some(article) {
            return Some(anchor.map_or_else(|| Href::anchor(""), Href::anchor));
        }
        let path = article_path(self.catalog, article)?;
        (self.reach == Reach::Site).then(|| Href::path(self.up, &path, anchor))
    }

    /// A lab's page.
    pub(crate) fn lab(&self, lab: usize, state: Option<&str>) -> Option<Href> {
        let path = lab_path(self.catalog, lab)?;
        (self.reach == Reach::Site).then(|| Href::lab(self.up, &path, state))
    }

    fn file(&self, path: &str, anchor: Option<&str>) -> Option<Href> {
        let Reach::Folder(files) = self.reach else {
            return Some(Href::path(0, path, anchor));
        };
        let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let whole = if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
        let named = |file: &&String| **file == whole || **file == format!("{whole}.md");
        let found = files.iter().find(named)?;
        let below = found.strip_prefix(folder)?.trim_start_matches('/');
        Some(Href::path(0, &page_path(below), anchor))
    }
}

/// Whether a file is a picture by its ending.
pub(crate) fn picture(path: &str) -> bool {
    let endings = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"];
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    endings.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// The page of a Markdown file; other files are their own.
pub fn page_path(path: &str) -> String {
    match path.rsplit_once('.') {
        Some((stem, "md" | "markdown")) => format!("{stem}.html"),
        _ => path.to_owned(),
    }
}

/// The path of an article's page in the site.
pub(crate) fn article_path(catalog: &Catalog, article: usize) -> Option<String> {
    let article = catalog.articles.get(article)?;
    let category = catalog.categories.get(article.category)?;
    Some(format!("{}/{}.html", category.slug, article.slug))
}

/// The path of a lab's page in the site.
pub(crate) fn lab_path(catalog: &Catalog, lab: usize) -> Option<String> {
    let lab = catalog.labs.get(lab)?;
    let category = catalog.categories.get(lab.category)?;
    Some(format!("labs/{}/{}.html", category.slug, lab.slug))
}

/// The path of a category's page in the site.
pub(crate) fn category_path(catalog: &Catalog, category: usize) -> Option<String> {
    Some(format!("{}/index.html", catalog.categories.get(category)?.slug))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(target: &str, reach: Reach<'_>) -> Option<String> {
        let catalog = Catalog::default();
        let place = Place { catalog: &catalog, article: None, up: 0, path: "a/b.md", reach };
        place.link(target).map(|href| href.0)
    }

    #[test]
    fn only_three_schemes_and_files_below_are_linked() {
        let alone = |target| own(target, Reach::Alone);
        assert_eq!(alone("https://a.example/x?y=\"z\"").unwrap(), "https://a.example/x?y=\"z\"");
        assert_eq!(alone("c d.md#e").unwrap(), "c%20d.md#e");
        assert_eq!(alone("#größe").unwrap(), "#gr%C3%B6%C3%9Fe");
        for target in ["javascript:x", "data:text/html,x", "../x.md", "/x", "//x.example/y"] {
            assert_eq!(alone(target), None, "{target}");
        }
    }

    #[test]
    fn in_a_folder_links_lead_to_the_pages_of_its_files() {
        let files = ["a/b.md", "a/c/d.md", "e.md"].map(str::to_owned);
        let within = |target| own(target, Reach::Folder(&files));
        assert_eq!(within("c/d.md#f").unwrap(), "c/d.html#f");
        assert_eq!(within("c/d").unwrap(), "c/d.html");
        assert_eq!(within("gone.md"), None);
    }
}
