//! The one reader of a library's files: `library.toml`, `category.toml`, articles and labs.
//!
//! Strict in what it says, lenient in what it gives: every mistake is a [`Problem`], and what can
//! be read is in the catalog all the same. Reads no disk. Also compiled into the build script.

mod article;
mod check;
mod fields;
mod join;
mod lab;
mod problem;
mod related;

pub(crate) use article::is_kebab;
pub use problem::{About, Problem};

use std::collections::{BTreeMap, BTreeSet};

use crate::library::format::article::ReadArticle;
use crate::library::format::fields::{Entry, Fields};
use crate::library::format::lab::ReadLab;
use crate::library::{Catalog, Category};

/// The two folders that a library's files are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Root {
    /// `content`: the library, its categories and articles.
    Content,
    /// `labs`, beside it.
    Labs,
}

/// A file of a library.
#[derive(Debug)]
pub(crate) struct File {
    /// The folder that its path starts in.
    pub(crate) root: Root,
    /// `library.toml`, `synonyms.toml`, `<category>/category.toml`, `<category>/<slug>.md`, `<category>/<slug>.html`.
    pub(crate) path: String,
    /// The path as problems name it.
    pub(crate) shown: String,
    /// What is in it.
    pub(crate) bytes: Vec<u8>,
}

/// A library that was read.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// What is known without opening a text.
    pub(crate) catalog: Catalog,
    /// The text of each article of the catalog.
    pub(crate) articles: Vec<Origin>,
    /// The text of each lab of the catalog.
    pub(crate) labs: Vec<Origin>,
    /// The mistakes, by path and line.
    pub(crate) problems: Vec<Problem>,
}

/// Where a text comes from, and the text.
#[derive(Debug)]
pub(crate) struct Origin {
    /// The path below its folder.
    pub(crate) path: String,
    /// The text; what is not UTF-8 in it is replaced.
    pub(crate) text: String,
}

/// Reads a library from its files.
pub(crate) fn read(files: &[File]) -> Reading {
    let mut reader = Reader::new(files);
    let start = reader.read_library();
    reader.read_synonyms();
    let (articles, labs) = reader.read_categories();
    let Reader { catalog, mut problems, shown, .. } = reader;
    let mut joiner = join::Joiner { catalog, articles, labs, problems: &mut problems };
    joiner.join(&start, &shown);
    let join::Joiner { mut catalog, articles, labs, .. } = joiner;
    check::links(&catalog, &articles, &mut problems);
    catalog.related = related::related(&catalog, &articles);
    problems.sort();
    let texts = |path: String, text: String| Origin { path, text };
    Reading {
        catalog,
        articles: articles.into_iter().map(|it| texts(it.path, it.text)).collect(),
        labs: labs.into_iter().map(|it| texts(it.path, it.text)).collect(),
        problems,
    }
}

/// A library that is being read.
struct Reader<'a> {
    files: BTreeMap<(Root, &'a str), &'a File>,
    texts: BTreeMap<(Root, &'a str), String>,
    catalog: Catalog,
    problems: Vec<Problem>,
    /// The path of `library.toml`, as problems name it.
    shown: String,
}

impl<'a> Reader<'a> {
    fn new(files: &'a [File]) -> Self {
        let mut problems = vec![];
        let by_path = files.iter().map(|file| ((file.root, file.path.as_str()), file));
        let texts = files.iter().map(|file| {
            (
                (file.root, file.path.as_str()),
                problem::text(&file.shown, &file.bytes, &mut problems),
            )
        });
        let texts = texts.collect();
        Self {
            files: by_path.collect(),
            texts,
            catalog: Catalog::default(),
            problems,
            shown: "library.toml".to_owned(),
        }
    }

    fn text<'b>(&'b self, root: Root, path: &'b str) -> &'b str {
        self.texts.get(&(root, path)).map_or("", String::as_str)
    }

    /// Reads `library.toml` into the catalog's head and its categories' names; returns the
    /// articles to start with.
    fn read_library(&mut self) -> Vec<Entry> {
        let Some(file) = self.files.get(&(Root::Content, "library.toml")) else {
            let mend = "write one: title, description, categories, start";
            self.problems.push(Problem::new(
                About::Category,
                &self.shown,
                1,
                "is missing".to_owned(),
                mend,
            ));
            self.add_categories(&[]);
            return vec![];
        };
        self.shown.clone_from(&file.shown);
        let mut problems = vec![];
        let text = self.text(Root::Content, "library.toml");
        let mut fields = Fields::read(&file.shown, text, &mut problems);
        let title = fields.text("title");
        let description = fields.text("description");
        let categories = fields.list("categories");
        let start = fields.list("start");
        fields.finish();
        self.problems.append(&mut problems);
        self.catalog.title = title;
        self.catalog.description = description;
        self.add_categories(&categories);
        start
    }

    /// Reads `synonyms.toml`, which a library may have.
    fn read_synonyms(&mut self) {
        let name = "synonyms.toml";
        let Some(file) = self.files.get(&(Root::Content, name)) else { return };
        let mut problems = vec![];
        let mut fields = Fields::read(&file.shown, self.text(Root::Content, name), &mut problems);
        let groups = fields.list("same");
        fields.finish();
        for Entry { text, line } in groups {
            let names: Vec<String> = text.split('=').map(|name| name.trim().to_owned()).collect();
            if names.len() > 1 && names.iter().all(|name| !name.is_empty()) {
                self.catalog.synonyms.push(names);
                continue;
            }
            let message = format!("`{text}` does not name one thing twice");
            let mend = "write `k8s = Kubernetes`";
            problems.push(Problem::new(About::Category, &file.shown, line, message, mend));
        }
        self.problems.append(&mut problems);
    }

    /// Adds the categories that are named, then those that only have a folder.
    fn add_categories(&mut self, named: &[Entry]) {
        let mut added = BTreeSet::new();
        for Entry { text: slug, line } in named {
            let file = format!("{slug}/category.toml");
            if !added.insert(slug.clone()) {
                self.problem(*line, format!("names the category `{slug}` twice"), "name it once");
            } else if self.files.contains_key(&(Root::Content, file.as_str())) {
                self.catalog
                    .categories
                    .push(Category { slug: slug.clone(), ..Category::default() });
            } else {
                let message = format!("names the category `{slug}`, which has no `{file}`");
                self.problem(*line, message, "write that file, or take the name out");
                self.catalog
                    .categories
                    .push(Category { slug: slug.clone(), ..Category::default() });
            }
        }
        let unnamed: Vec<(String, String)> = self
            .files
            .iter()
            .filter_map(|((root, path), file)| {
                let (folder, name) = path.split_once('/')?;
                let is_category = *root == Root::Content && name == "category.toml";
                (is_category && !added.contains(folder))
                    .then(|| (folder.to_owned(), file.shown.clone()))
            })
            .collect();
        for (slug, shown) in unnamed {
            let message = format!("the category `{slug}` is not in library.toml");
            self.problems.push(Problem::new(
                About::Order,
                &shown,
                1,
                message,
                "add it to `categories`",
            ));
            self.catalog.categories.push(Category { slug, ..Category::default() });
        }
    }

    fn problem(&mut self, line: usize, message: String, mend: &str) {
        self.problems.push(Problem::new(About::Category, &self.shown, line, message, mend));
    }

    /// Reads every category's file, articles and labs, in order.
    fn read_categories(&mut self) -> (Vec<ReadArticle>, Vec<ReadLab>) {
        let (mut articles, mut labs) = (vec![], vec![]);
        for category in 0..self.catalog.categories.len() {
            let Some(slug) = self.catalog.categories.get(category).map(|it| it.slug.clone()) else {
                continue;
            };
            let (order, lab_order) = self.read_category(category, &slug);
            let first = articles.len();
            for path in self.in_order(Root::Content, &slug, &order) {
                articles.push(self.read_article(category, &path));
            }
            let first_lab = labs.len();
            for path in self.in_order(Root::Labs, &slug, &lab_order) {
                labs.push(self.read_lab(category, &path));
            }
            if let Some(category) = self.catalog.categories.get_mut(category) {
                category.articles = (first..articles.len()).collect();
                category.labs = (first_lab..labs.len()).collect();
            }
        }
        self.find_strays();
        (articles, labs)
    }

    /// Reads a `category.toml`; returns the order of its articles and of its labs.
    fn read_category(&mut self, category: usize, slug: &str) -> (Vec<Entry>, Vec<Entry>) {
        let path = format!("{slug}/category.toml");
        let Some(file) = self.files.get(&(Root::Content, path.as_str())) else {
            return (vec![], vec![]);
        };
        let mut problems = vec![];
        let mut fields = Fields::read(&file.shown, self.text(Root::Content, &path), &mut problems);
        let title = fields.text("title");
        let description = fields.text("description");
        let intro = fields.text("intro");
        let order = (fields.list("articles"), fields.list("labs"));
        fields.finish();
        self.problems.append(&mut problems);
        if let Some(category) = self.catalog.categories.get_mut(category) {
            category.title = if title.is_empty() { slug.to_owned() } else { title };
            category.description = description;
            category.intro = intro;
        }
        order
    }

    /// The paths of a category's articles or labs: those in `order` that exist, then the rest.
    fn in_order(&mut self, root: Root, category: &str, order: &[Entry]) -> Vec<String> {
        let (key, ending) = match root {
            Root::Content => ("articles", "md"),
            Root::Labs => ("labs", "html"),
        };
        let own = format!("{category}/category.toml");
        let list = self.files.get(&(Root::Content, own.as_str())).map(|it| it.shown.clone());
        let list = list.unwrap_or_else(|| self.shown.clone());
        let mut paths: Vec<String> = vec![];
        for Entry { text: slug, line } in order {
            let path = format!("{category}/{slug}.{ending}");
            if paths.contains(&path) {
                let message = format!("`{key}` names `{slug}` twice");
                self.problems.push(Problem::new(
                    About::Order,
                    &list,
                    *line,
                    message,
                    "name it once",
                ));
            } else if self.files.contains_key(&(root, path.as_str())) {
                paths.push(path);
            } else {
                let message = format!("`{key}` names `{slug}`, but there is no `{path}`");
                let mend = "write that file, or take the name out";
                self.problems.push(Problem::new(About::Order, &list, *line, message, mend));
            }
        }
        let folder = format!("{category}/");
        let files = self
            .files
            .iter()
            .filter(|((of, path), _)| *of == root && path.starts_with(&folder) && **path != own);
        for ((_, path), file) in files {
            if !paths.iter().any(|known| known == path) {
                let message = format!("is not in `{key}` of {list}");
                self.problems.push(Problem::new(
                    About::Order,
                    &file.shown,
                    1,
                    message,
                    "add its name there",
                ));
                paths.push((*path).to_owned());
            }
        }
        paths
    }

    fn read_article(&mut self, category: usize, path: &str) -> ReadArticle {
        let shown = self.shown_path(Root::Content, path);
        let text = self.text(Root::Content, path).to_owned();
        article::read(article::Source { category, path, shown, text }, &mut self.problems)
    }

    fn read_lab(&mut self, category: usize, path: &str) -> ReadLab {
        let shown = self.shown_path(Root::Labs, path);
        let text = self.text(Root::Labs, path).to_owned();
        lab::read(article::Source { category, path, shown, text }, &mut self.problems)
    }

    fn shown_path(&self, root: Root, path: &str) -> String {
        self.files.get(&(root, path)).map_or_else(|| path.to_owned(), |file| file.shown.clone())
    }

    /// Articles and labs in folders that are no category.
    fn find_strays(&mut self) {
        for ((_, path), file) in &self.files {
            let Some((folder, _)) = path.split_once('/') else { continue };
            if self.catalog.category(folder).is_none() {
                let message = format!("`{folder}` is not a category");
                let mend = "move the file, or add the category to library.toml";
                self.problems.push(Problem::new(About::Order, &file.shown, 1, message, mend));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn file(root: Root, path: &str, bytes: Vec<u8>) -> File {
        File { root, path: path.into(), shown: path.into(), bytes }
    }

    proptest! {
        #[test]
        fn any_bytes_in_any_file_are_read_without_a_panic(
            library in any::<Vec<u8>>(), category in any::<Vec<u8>>(),
            article in any::<Vec<u8>>(), lab in any::<Vec<u8>>(),
        ) {
            let reading = read(&[
                file(Root::Content, "library.toml", library),
                file(Root::Content, "a/category.toml", category),
                file(Root::Content, "a/x.md", article),
                file(Root::Labs, "a/y.html", lab),
            ]);
            prop_assert_eq!(reading.articles.len(), 1);
            prop_assert_eq!(reading.labs.len(), 1);
            prop_assert!(!reading.problems.is_empty());
        }

        #[test]
        fn any_front_matter_is_read_without_a_panic(yaml in "[a-z:\\[\\]{}\"'&*!|> \n-]{0,200}") {
            let article = format!("---\n{yaml}\n---\nText.\n").into_bytes();
            let category = file(Root::Content, "a/category.toml", vec![]);
            let reading = read(&[category, file(Root::Content, "a/x.md", article)]);
            prop_assert_eq!(reading.articles.len(), 1);
        }
    }

    #[test]
    fn no_files_are_a_library_with_one_problem() {
        let reading = read(&[]);
        assert_eq!(reading.catalog, Catalog::default());
        assert_eq!(reading.problems.len(), 1);
    }
}
