//! Which articles are alike, and which link to which.
//!
//! Alike is what shares rare words in title, tags, headings and summary (cosine over tf-idf).
//! The texts themselves are not counted: this runs whenever a library in a folder is opened.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::LinkKind;
use crate::library::format::article::ReadArticle;
use crate::library::{Article, Catalog, Destination, Related, resolve};
use crate::text;

/// Articles told as alike at most.
const MOST: usize = 5;
/// Below this cosine, two articles have nothing to do with each other.
const LEAST: f64 = 0.08;

/// The words of an article and how much each says; its length is 1.
type Vector = BTreeMap<String, f64>;

/// What each article is related to, in the order of the catalog.
pub(crate) fn related(catalog: &Catalog, articles: &[ReadArticle]) -> Vec<Related> {
    let vectors = vectors(&catalog.articles);
    let mut related: Vec<Related> = vec![];
    for (index, article) in catalog.articles.iter().enumerate() {
        let near = nearest(index, article, &vectors);
        related.push(Related { near, backlinks: vec![] });
    }
    for (index, article) in articles.iter().enumerate() {
        for target in targets(catalog, index, article) {
            if let Some(it) = related.get_mut(target).filter(|_| target != index) {
                it.backlinks.push(index);
            }
        }
    }
    related
}

/// The articles that an article links to.
fn targets(catalog: &Catalog, index: usize, article: &ReadArticle) -> BTreeSet<usize> {
    let links = article.document.links.iter().filter(|link| link.kind == LinkKind::Link);
    let targets = links.filter_map(|link| match resolve(catalog, Some(index), &link.target) {
        Destination::Article { article, .. } => Some(article),
        _ => None,
    });
    targets.collect()
}

/// The articles most like the one at `index`, without those that it names itself.
fn nearest(index: usize, article: &Article, vectors: &[Vector]) -> Vec<usize> {
    let Some(own) = vectors.get(index) else { return vec![] };
    let others = vectors.iter().enumerate().filter(|(at, _)| *at != index);
    let others = others.filter(|(at, _)| !article.see.contains(at));
    let likeness = |other: &Vector| -> f64 {
        own.iter().filter_map(|(word, weight)| Some(weight * other.get(word)?)).sum()
    };
    let mut near: Vec<(f64, usize)> =
        others.map(|(at, other)| (likeness(other), at)).filter(|(it, _)| *it >= LEAST).collect();
    near.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    near.into_iter().take(MOST).map(|(_, at)| at).collect()
}

fn vectors(articles: &[Article]) -> Vec<Vector> {
    let mut vectors: Vec<Vector> = articles.iter().map(counted).collect();
    let mut found: BTreeMap<String, f64> = BTreeMap::new();
    for word in vectors.iter().flat_map(BTreeMap::keys) {
        *found.entry(word.clone()).or_default() += 1.0;
    }
    let all = f64::from(u32::try_from(articles.len()).unwrap_or(u32::MAX));
    for vector in &mut vectors {
        for (word, weight) in vector.iter_mut() {
            *weight *= (1.0 + all / found.get(word).copied().unwrap_or(1.0)).ln();
        }
        let length = vector.values().map(|it| it * it).sum::<f64>().sqrt().max(f64::EPSILON);
        for weight in vector.values_mut() {
            *weight /= length;
        }
    }
    vectors
}

/// How often each word stands in what is said of an article, each place weighed.
fn counted(article: &Article) -> Vector {
    let mut vector = Vector::new();
    let mut add = |text: &str, weight: f64| {
        for word in words(text) {
            *vector.entry(word).or_default() += weight;
        }
    };
    add(&article.title, 3.0);
    add(&article.summary, 1.0);
    article.tags.iter().for_each(|tag| add(tag, 3.0));
    article.headings.iter().for_each(|it| add(&it.title, 0.5));
    vector
}

/// Words of three letters or more, folded, without the ending of a plural.
fn words(text: &str) -> impl Iterator<Item = String> {
    let folded = text::fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= 3);
    let words = words.map(|word| word.strip_suffix('s').unwrap_or(word).to_owned());
    words.collect::<Vec<_>>().into_iter()
}
