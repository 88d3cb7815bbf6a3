//! What names what: articles, their labs, what to see next, and where to start.

use std::collections::BTreeMap;

use crate::library::Catalog;
use crate::library::format::article::ReadArticle;
use crate::library::format::fields::Entry;
use crate::library::format::lab::ReadLab;
use crate::library::format::problem::{About, Problem, line_of};
use crate::text;

/// A library whose articles and labs are read but do not know each other yet.
pub(crate) struct Joiner<'a> {
    pub(crate) catalog: Catalog,
    pub(crate) articles: Vec<ReadArticle>,
    pub(crate) labs: Vec<ReadLab>,
    pub(crate) problems: &'a mut Vec<Problem>,
}

impl Joiner<'_> {
    /// Turns names into indices. `start` are the articles that `library.toml`, at the path
    /// `shown`, starts with.
    pub(crate) fn join(&mut self, start: &[Entry], shown: &str) {
        self.catalog.articles = self.articles.iter().map(|it| it.article.clone()).collect();
        self.catalog.labs = self.labs.iter().map(|it| it.lab.clone()).collect();
        self.find_twins();
        self.find_misplaced();
        for index in 0..self.articles.len() {
            self.join_article(index);
        }
        for index in 0..self.labs.len() {
            self.join_lab(index);
        }
        self.join_start(start, shown);
    }

    fn find_twins(&mut self) {
        let articles = self.articles.iter().map(|it| (it.article.slug.as_str(), it.shown.as_str()));
        let labs = self.labs.iter().map(|it| (it.lab.slug.as_str(), it.shown.as_str()));
        let mut told = twins(articles, "article");
        told.extend(twins(labs, "lab"));
        self.problems.append(&mut told);
        self.find_same_titles();
    }

    fn find_same_titles(&mut self) {
        let mut first: BTreeMap<String, &str> = BTreeMap::new();
        for read in &self.articles {
            if let Some(other) = first.get(&text::fold(&read.article.title)) {
                let message = format!("another article has this title: {other}");
                let line = read.line_of("title");
                let mend = "say what is different about this one";
                self.problems.push(Problem::new(About::Twin, &read.shown, line, message, mend));
            } else {
                first.insert(text::fold(&read.article.title), &read.shown);
            }
        }
    }

    fn find_misplaced(&mut self) {
        for lab in &self.labs {
            let folder = lab.path.split('/').next().unwrap_or_default();
            if !lab.category.is_empty() && lab.category != folder {
                let line = line_of(&lab.text, "\"category\"");
                let message =
                    format!("`category` is `{}`, but the file is in `{folder}`", lab.category);
                self.problems.push(Problem::new(
                    About::Lab,
                    &lab.shown,
                    line,
                    message,
                    "make them agree",
                ));
            }
        }
    }

    fn join_article(&mut self, index: usize) {
        let Some(read) = self.articles.get(index) else { return };
        let mut told = vec![];
        let mut tell = |about: About, key: &str, message: String, mend: &str| {
            told.push(Problem::new(about, &read.shown, read.line_of(key), message, mend));
        };
        let mut see = vec![];
        for name in &read.see {
            match self.catalog.article(name) {
                Some(other) if other == index => {
                    tell(
                        About::FrontMatter,
                        "see",
                        "`see` names the article itself".to_owned(),
                        "name another",
                    );
                }
                Some(other) => see.push(other),
                None => tell(
                    About::FrontMatter,
                    "see",
                    format!("`see` names `{name}`, which is no article"),
                    "write it, or take it out",
                ),
            }
        }
        let mut labs = vec![];
        for name in &read.labs {
            let Some(lab) = self.catalog.lab(name) else {
                tell(
                    About::Pair,
                    "labs",
                    format!("`labs` names `{name}`, which is no lab"),
                    "write it, or take it out",
                );
                continue;
            };
            labs.push(lab);
            let named_back =
                self.labs.get(lab).is_some_and(|lab| lab.articles.contains(&read.article.slug));
            if !named_back {
                let message =
                    format!("`labs` names `{name}`, whose page does not name this article");
                tell(About::Pair, "labs", message, "add it to `articles` in the lab's metadata");
            }
        }
        self.problems.append(&mut told);
        if let Some(article) = self.catalog.articles.get_mut(index) {
            article.see = see;
            article.labs = labs;
        }
    }

    /// A lab may name articles that are still to be written; they appear when they are.
    fn join_lab(&mut self, index: usize) {
        let Some(read) = self.labs.get(index) else { return };
        let mut articles = vec![];
        for name in &read.articles {
            let Some(article) = self.catalog.article(name) else { continue };
            articles.push(article);
            let named_back =
                self.articles.get(article).is_some_and(|it| it.labs.contains(&read.lab.slug));
            if !named_back {
                let line = line_of(&read.text, "\"articles\"");
                let message =
                    format!("names the article `{name}`, whose `labs` does not name this lab");
                self.problems.push(Problem::new(
                    About::Pair,
                    &read.shown,
                    line,
                    message,
                    "make both name each other",
                ));
            }
        }
        if let Some(lab) = self.catalog.labs.get_mut(index) {
            lab.articles = articles;
        }
    }

    fn join_start(&mut self, start: &[Entry], shown: &str) {
        for Entry { text: name, line } in start {
            if let Some(article) = self.catalog.article(name) {
                self.catalog.start.push(article);
            } else {
                let message = format!("`start` names `{name}`, which is no article");
                self.problems.push(Problem::new(
                    About::Category,
                    shown,
                    *line,
                    message,
                    "write it, or take it out",
                ));
            }
        }
    }
}

fn twins<'a>(named: impl Iterator<Item = (&'a str, &'a str)>, kind: &str) -> Vec<Problem> {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    let mut told = vec![];
    for (slug, shown) in named {
        if let Some(other) = first.get(slug) {
            let message = format!("another {kind} has the slug `{slug}`: {other}");
            told.push(Problem::new(
                About::Twin,
                shown,
                1,
                message,
                "give one of them another name",
            ));
        } else {
            first.insert(slug, shown);
        }
    }
    told
}
