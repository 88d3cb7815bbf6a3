//! How well our articles and labs are found: `tests/search/judgements.toml`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use library_tui::library::Library;
use library_tui::search::text::{Index, LibraryTexts, Wanted};

/// Queries there are at least.
const QUERIES: usize = 150;

/// One in so many queries of the first part is never used for tuning.
const HELD_OUT: usize = 3;

/// Mean reciprocal rank and recall among the first five that each part has at least: what it has
/// now, rounded down. A change that lowers it is no better.
const FIRST: (f64, f64) = (0.94, 0.98);
const LATER: (f64, f64) = (0.87, 0.95);
const FRESH: (f64, f64) = (0.92, 0.97);
const LABS: (f64, f64) = (0.93, 0.94);

/// What was typed, by the slugs of what answers it.
type Judgements = BTreeMap<String, Vec<String>>;

/// The parts of the file.
#[derive(serde::Deserialize)]
struct Parts {
    /// Queries that were written later, by somebody who had not read the first.
    later: Judgements,
    /// Short queries, written last, which were answered with MRR 0.907 and recall@5 0.968 before
    /// anything was mended for them.
    fresh: Judgements,
    /// Queries for labs.
    labs: Judgements,
    /// Those the search was made with.
    #[serde(flatten)]
    first: Judgements,
}

/// A query, and where what answers it stands among the hits, from 1.
struct Judged {
    query: String,
    place: Option<usize>,
}

/// Our library, ready to be asked.
struct Asked {
    library: Arc<Library>,
    index: Index,
}

impl Asked {
    fn new() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let library = Arc::new(Library::open(Some(&root.join("content"))).unwrap());
        let index = Index::in_memory(&library.catalog.synonyms).unwrap();
        index.refresh(&LibraryTexts::new(Arc::clone(&library)), &mut |_| true).unwrap();
        Self { library, index }
    }

    /// Where the queries of `judgements` find what answers them among texts of one kind.
    fn judge(&self, judgements: &Judgements, kind: &'static str) -> Vec<Judged> {
        let mut queries: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (slug, typed) in judgements {
            let catalog = &self.library.catalog;
            let is_lab = catalog.labs.iter().any(|lab| lab.slug == *slug);
            assert!(is_lab || catalog.article(slug).is_some(), "there is no {kind} {slug}");
            for query in typed {
                queries.entry(query).or_default().push(slug);
            }
        }
        let judge = |(query, slugs): (&&str, &Vec<&str>)| {
            let names = self.names(query, kind);
            let place = names.iter().position(|name| slugs.contains(&name.as_str()));
            Judged { query: (*query).to_owned(), place: place.map(|at| at + 1) }
        };
        queries.iter().map(judge).collect()
    }

    /// The slugs of what a query finds, the best first, each once.
    fn names(&self, query: &str, kind: &'static str) -> Vec<String> {
        let wanted =
            Wanted { query: query.to_owned(), kind: Some(kind), limit: 50, ..Wanted::default() };
        let mut names: Vec<String> = vec![];
        for hit in self.index.search(&wanted).unwrap().hits {
            let name = hit.place.key.name().rsplit('/').next().unwrap().to_owned();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

/// Mean reciprocal rank, and the share of queries answered among the first five.
fn figures<'a>(judged: impl Iterator<Item = &'a Judged>) -> (f64, f64, usize) {
    let places: Vec<Option<usize>> = judged.map(|it| it.place).collect();
    let count = f64::from(u32::try_from(places.len()).unwrap());
    let reciprocal = |place: &usize| 1.0 / f64::from(u32::try_from(*place).unwrap());
    let ranks: f64 = places.iter().flatten().map(reciprocal).sum();
    let found = places.iter().flatten().filter(|place| **place <= 5).count();
    (ranks / count, f64::from(u32::try_from(found).unwrap()) / count, places.len())
}

/// The queries that do not find what answers them first, and where they find it.
fn missed<'a>(judged: impl Iterator<Item = &'a Judged>) -> String {
    let mut told = String::new();
    for it in judged.filter(|it| it.place != Some(1)) {
        let place = it.place.map_or("-".to_owned(), |place| place.to_string());
        let _ = writeln!(told, "{place:>2}  {}", it.query);
    }
    told
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are what the test is for")]
fn what_engineers_type_finds_the_article_that_answers_it() {
    let parts: Parts = toml::from_str(include_str!("judgements.toml")).unwrap();
    let asked = Asked::new();
    let first = asked.judge(&parts.first, "article");
    let later = asked.judge(&parts.later, "article");
    let fresh = asked.judge(&parts.fresh, "article");
    let labs = asked.judge(&parts.labs, "lab");
    assert!(first.len() >= QUERIES, "{} queries", first.len());
    let held = |(at, _): &(usize, &Judged)| at % HELD_OUT == 0;
    let tuned = first.iter().enumerate().filter(|it| !held(it)).map(|(_, it)| it);
    let held = first.iter().enumerate().filter(held).map(|(_, it)| it);
    let told = [
        ("first", figures(first.iter())),
        ("- tuned", figures(tuned.clone())),
        ("- held out", figures(held)),
        ("later", figures(later.iter())),
        ("fresh", figures(fresh.iter())),
        ("labs", figures(labs.iter())),
    ];
    for (name, (rank, recall, count)) in told {
        println!("{name:<10} {count:>4} queries  MRR {rank:.3}  recall@5 {recall:.3}");
    }
    println!("of those tuned, not first:\n{}", missed(tuned));
    println!("of the fresh, not first:\n{}", missed(fresh.iter()));
    for (name, part, (least_rank, least_recall)) in [
        ("first", &first, FIRST),
        ("later", &later, LATER),
        ("fresh", &fresh, FRESH),
        ("labs", &labs, LABS),
    ] {
        let (rank, recall, _) = figures(part.iter());
        assert!(rank >= least_rank, "{name}: MRR {rank:.3}");
        assert!(recall >= least_recall, "{name}: recall@5 {recall:.3}");
    }
}
