//! How well our articles are found: `tests/search/judgements.toml`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use library_tui::library::Library;
use library_tui::search::text::{Index, LibraryTexts, Wanted};

/// Queries there are at least.
const QUERIES: usize = 150;

/// One in so many queries is never used for tuning.
const HELD_OUT: usize = 3;

/// A query, and where an article that answers it stands among the hits, from 1.
struct Judged {
    query: String,
    place: Option<usize>,
}

fn judged() -> Vec<Judged> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let library = Arc::new(Library::open(Some(&root.join("content"))).unwrap());
    let index = Index::in_memory(&library.catalog.synonyms).unwrap();
    let texts = LibraryTexts::new(Arc::clone(&library));
    index.refresh(&texts, &mut |_| true).unwrap();
    let file = include_str!("judgements.toml");
    let judgements: BTreeMap<String, Vec<String>> = toml::from_str(file).unwrap();
    let mut queries: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (slug, typed) in &judgements {
        assert!(library.catalog.article(slug).is_some(), "there is no article {slug}");
        for query in typed {
            queries.entry(query).or_default().push(slug);
        }
    }
    let judge = |(query, slugs): (&&str, &Vec<&str>)| {
        let wanted = Wanted {
            query: (*query).to_owned(),
            kind: Some("article"),
            limit: 50,
            ..Wanted::default()
        };
        let mut names: Vec<String> = vec![];
        for hit in index.search(&wanted).unwrap().hits {
            let name = hit.place.key.name().rsplit('/').next().unwrap().to_owned();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let place = names.iter().position(|name| slugs.contains(&name.as_str()));
        Judged { query: (*query).to_owned(), place: place.map(|at| at + 1) }
    };
    queries.iter().map(judge).collect()
}

/// Mean reciprocal rank, and the share of queries answered among the first five articles.
fn figures<'a>(judged: impl Iterator<Item = &'a Judged>) -> (f64, f64, usize) {
    let places: Vec<Option<usize>> = judged.map(|it| it.place).collect();
    let count = f64::from(u32::try_from(places.len()).unwrap());
    let reciprocal = |place: &usize| 1.0 / f64::from(u32::try_from(*place).unwrap());
    let ranks: f64 = places.iter().flatten().map(reciprocal).sum();
    let found = places.iter().flatten().filter(|place| **place <= 5).count();
    (ranks / count, f64::from(u32::try_from(found).unwrap()) / count, places.len())
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are what the test is for")]
fn what_engineers_type_finds_the_article_that_answers_it() {
    let judged = judged();
    assert!(judged.len() >= QUERIES, "{} queries", judged.len());
    let held = |(at, _): &(usize, &Judged)| at % HELD_OUT == 0;
    let tuned = judged.iter().enumerate().filter(|it| !held(it)).map(|(_, it)| it);
    let held = judged.iter().enumerate().filter(held).map(|(_, it)| it);
    let mut missed = String::new();
    for it in tuned.clone().filter(|it| it.place != Some(1)) {
        let place = it.place.map_or("-".to_owned(), |place| place.to_string());
        let _ = writeln!(missed, "{place:>2}  {}", it.query);
    }
    let told =
        [("all", figures(judged.iter())), ("tuned", figures(tuned)), ("held out", figures(held))];
    for (name, (rank, recall, count)) in told {
        println!("{name:<9} {count:>4} queries  MRR {rank:.3}  recall@5 {recall:.3}");
    }
    println!("of those tuned, not first:\n{missed}");
    let (rank, recall, _) = figures(judged.iter());
    assert!(rank >= 0.85, "MRR {rank:.3}");
    assert!(recall >= 0.95, "recall@5 {recall:.3}");
}
