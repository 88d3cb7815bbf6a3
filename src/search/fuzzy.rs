//! Fuzzy finding over titles, headings, tags, categories and labs, on the caller's thread.
//!
//! A keystroke over ten thousand entries takes about a millisecond, so there is no worker: it
//! would cost a frame of delay, and needs threads that a one-core machine does not have.

mod entry;

use std::cmp::Reverse;

use nucleo::Matcher;
use nucleo::pattern::{AtomKind, CaseMatching, Normalization, Pattern};

use crate::library::Catalog;
use crate::search::fuzzy::entry::Entry;
use crate::text::Safe;

/// Words of so many letters are scattered in nearly every text: they match only as they are.
const SHORT: usize = 2;

/// The longest query, in characters; more is ignored.
const QUERY: usize = 100;

/// What can be found in a catalog, ready to be searched.
pub struct Index {
    entries: Vec<Entry>,
    matcher: Matcher,
    total: usize,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// What kind of thing.
    pub kind: Kind,
    /// Which: an index into the catalog's articles (also for a heading), categories or labs.
    pub index: usize,
    /// For a heading: its anchor.
    pub anchor: Option<String>,
    /// Its name: a title or a heading.
    pub text: Safe,
    /// The graphemes of `text` that the query matched, in order; none when it matched elsewhere.
    pub matched: Vec<u32>,
    /// What the query matched, when that is not the name.
    pub context: Option<Context>,
    /// How well it matched; comparable within one query.
    pub score: u32,
    /// Its category: an index into the catalog's categories.
    pub category: usize,
}

/// The text that a query matched beside the name.
#[derive(Debug, Clone, PartialEq)]
pub struct Context {
    /// What it is.
    pub field: Field,
    /// The text.
    pub text: Safe,
    /// The graphemes of it that the query matched, in order.
    pub matched: Vec<u32>,
}

/// The kinds of things that can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An article.
    Article,
    /// A heading of an article.
    Heading,
    /// A category.
    Category,
    /// A lab.
    Lab,
}

/// The parts of a thing that a query is compared with, from the one that says most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The title or the heading.
    Name,
    /// Category and slug.
    Path,
    /// The tags.
    Tags,
    /// The summary, the description or the question.
    Summary,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("entries", &self.entries.len()).finish_non_exhaustive()
    }
}

/// A match before its letters are known.
#[derive(Clone, Copy)]
struct Match {
    entry: usize,
    score: u32,
}

impl Index {
    /// Everything in `catalog` that has a name.
    pub fn new(catalog: &Catalog) -> Self {
        let matcher = Matcher::new(nucleo::Config::DEFAULT);
        Self { entries: entry::all(catalog), matcher, total: 0 }
    }

    /// How many things the last query matched, listed or not.
    pub fn total(&self) -> usize {
        self.total
    }

    /// How many texts a query is compared with.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The best `limit` hits, best first; each article, category and lab at most once, and each
    /// article's best heading. Without a query: the articles, in reading order.
    ///
    /// Words may be in any order; `^` and `$` hold a word to the beginning or end, `'` takes it
    /// literally, `!` excludes it.
    pub fn find(&mut self, query: &str, limit: usize) -> Vec<Hit> {
        let query: String = query.chars().take(QUERY).collect();
        if query.trim().is_empty() {
            return self.list(limit);
        }
        let fuzzy = Pattern::parse(&query, CaseMatching::Smart, Normalization::Smart);
        let fuzzy = literal(fuzzy, SHORT);
        let literal = literal(fuzzy.clone(), QUERY);
        let mut best = self.matches(&fuzzy, &literal);
        self.total = best.len();
        let order = |it: &Match| (Reverse(it.score), it.entry);
        if limit < best.len() && limit > 0 {
            best.select_nth_unstable_by_key(limit - 1, order);
        }
        best.truncate(limit);
        best.sort_unstable_by_key(order);
        best.iter().filter_map(|found| self.hit(*found, &fuzzy, &literal)).collect()
    }

    fn list(&mut self, limit: usize) -> Vec<Hit> {
        let is_listed = |it: &&Entry| (it.kind, it.field) == (Kind::Article, Field::Name);
        let articles = self.entries.iter().filter(is_listed);
        self.total = articles.clone().count();
        articles.take(limit).map(|it| it.hit(0)).collect()
    }

    /// The best match of every thing. The texts of one thing stand together.
    fn matches(&mut self, fuzzy: &Pattern, literal: &Pattern) -> Vec<Match> {
        let mut best: Vec<(Kind, usize, Match)> = vec![];
        let excludes = fuzzy.atoms.iter().any(|atom| atom.negative);
        for (index, entry) in self.entries.iter().enumerate() {
            // What a name does not say, another text of the thing may: only names exclude.
            if excludes && entry.field != Field::Name {
                continue;
            }
            let pattern = if entry.field.is_long() { literal } else { fuzzy };
            let Some(score) = pattern.score(entry.haystack.slice(..), &mut self.matcher) else {
                continue;
            };
            let found = Match { entry: index, score: entry.weigh(score) };
            match best.last_mut() {
                Some((kind, thing, known)) if (*kind, *thing) == (entry.kind, entry.index) => {
                    if known.score < found.score {
                        *known = found;
                    }
                }
                _ => best.push((entry.kind, entry.index, found)),
            }
        }
        best.into_iter().map(|(_, _, found)| found).collect()
    }

    fn hit(&mut self, found: Match, fuzzy: &Pattern, literal: &Pattern) -> Option<Hit> {
        let entry = self.entries.get(found.entry)?;
        let pattern = if entry.field.is_long() { literal } else { fuzzy };
        let mut matched = vec![];
        pattern.indices(entry.haystack.slice(..), &mut self.matcher, &mut matched);
        matched.sort_unstable();
        matched.dedup();
        let mut hit = entry.hit(found.score);
        if entry.field == Field::Name {
            hit.matched = matched;
        } else {
            let text = Safe::line(&entry.haystack.to_string());
            hit.context = Some(Context { field: entry.field, text, matched });
        }
        Some(hit)
    }
}

impl Field {
    /// Whether it is so long that scattered letters would match by chance.
    fn is_long(self) -> bool {
        matches!(self, Self::Tags | Self::Summary)
    }
}

/// The same words, those of at most `length` letters to be found as they are.
fn literal(mut pattern: Pattern, length: usize) -> Pattern {
    for atom in &mut pattern.atoms {
        if atom.kind == AtomKind::Fuzzy && atom.needle_text().len() <= length {
            atom.kind = AtomKind::Substring;
        }
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Article, Category, Lab, Section};

    fn article(slug: &str, title: &str, summary: &str, headings: &[&str]) -> Article {
        let section = |title: &&str| Section {
            level: 2,
            title: (*title).into(),
            anchor: title.to_lowercase().replace(' ', "-"),
        };
        Article {
            slug: slug.into(),
            category: 0,
            title: title.into(),
            summary: summary.into(),
            level: None,
            tags: vec!["consensus".into(), "quorum".into()],
            labs: vec![],
            see: vec![],
            verified: String::new(),
            versions: vec![],
            minutes: 1,
            runs: 0,
            headings: headings.iter().map(section).collect(),
        }
    }

    fn catalog() -> Catalog {
        let articles = vec![
            article(
                "raft-log-replication",
                "Raft Log Replication",
                "Follow an entry from the leader to every log.",
                &["When an entry is committed", "Why the election needs the log"],
            ),
            article(
                "raft-leader-election",
                "Raft Leader Election",
                "How five servers agree on one.",
                &["Timeouts that do not collide", "What an election costs"],
            ),
            article("naive-cafe", "The Naïve Café", "Accents.", &["日本語の見出し"]),
        ];
        Catalog {
            categories: vec![Category {
                slug: "distributed".into(),
                title: "Distributed Systems".into(),
                description: "Clocks, quorums, Raft and Paxos".into(),
                articles: vec![0, 1, 2],
                ..Category::default()
            }],
            articles,
            labs: vec![Lab {
                slug: "raft-election".into(),
                category: 0,
                title: "Raft: Who Leads?".into(),
                question: "How do they agree on exactly one leader?".into(),
                minutes: 8,
                level: 2,
                articles: vec![],
                takeaway: String::new(),
            }],
            ..Catalog::default()
        }
    }

    fn found(query: &str) -> Vec<Hit> {
        Index::new(&catalog()).find(query, 20)
    }

    fn names(query: &str) -> Vec<String> {
        found(query).iter().map(|it| it.text.to_string()).collect()
    }

    #[test]
    fn a_title_comes_before_a_heading_and_a_heading_before_a_summary() {
        let names = names("election");
        assert_eq!(names.first().map(String::as_str), Some("Raft Leader Election"));
        let kinds: Vec<Kind> = found("leader").iter().map(|it| it.kind).collect();
        assert_eq!(kinds.first(), Some(&Kind::Article));
        let hits = found("collide");
        assert_eq!(hits.len(), 1);
        assert_eq!(hits[0].anchor.as_deref(), Some("timeouts-that-do-not-collide"));
    }

    #[test]
    fn matched_letters_are_graphemes_of_the_text() {
        let hit = &found("ledel")[0];
        let letters: String =
            hit.matched.iter().filter_map(|at| hit.text.chars().nth(*at as usize)).collect();
        assert_eq!(letters.to_lowercase(), "ledel");
        let hit = &found("cafe")[0];
        assert_eq!(
            (hit.text.as_str(), hit.matched.as_slice()),
            ("The Naïve Café", &[10, 11, 12, 13][..])
        );
        assert_eq!(found("見出し")[0].matched, [4, 5, 6]);
    }

    #[test]
    fn an_article_is_found_by_what_surrounds_it() {
        let by = |query: &str| {
            let hits = found(query);
            let hit = hits.iter().find(|it| it.kind == Kind::Article).unwrap();
            (hit.text.to_string(), hit.context.as_ref().map(|it| it.field))
        };
        assert_eq!(by("distributed naive").1, Some(Field::Path));
        assert_eq!(by("accents").0, "The Naïve Café");
        assert_eq!(by("quorum").1, Some(Field::Tags));
        let hits = found("servers agree");
        let context = hits[0].context.as_ref().unwrap();
        assert_eq!(
            (context.field, context.text.as_str()),
            (Field::Summary, "How five servers agree on one.")
        );
        assert_eq!(context.matched.first(), Some(&9));
    }

    #[test]
    fn scattered_letters_do_not_match_a_summary() {
        assert_eq!(names("hwfvsrvrs"), Vec::<String>::new());
    }

    #[test]
    fn each_thing_is_listed_once_and_all_are_counted() {
        let mut index = Index::new(&catalog());
        let hits = index.find("raft", 20);
        let mut things: Vec<(Kind, usize)> = hits.iter().map(|it| (it.kind, it.index)).collect();
        things.sort_unstable();
        things.dedup();
        assert_eq!(things.len(), hits.len());
        let total = index.total();
        assert_eq!(total, hits.len());
        assert_eq!((index.find("raft", 1).len(), index.total()), (1, total));
        assert_eq!((index.find("raft", 0).len(), index.total()), (0, total));
    }

    #[test]
    fn without_a_query_the_articles_are_listed_in_reading_order() {
        let titles = ["Raft Log Replication", "Raft Leader Election", "The Naïve Café"];
        assert_eq!(names(""), titles);
        assert_eq!(names("  "), titles);
        let mut index = Index::new(&catalog());
        assert_eq!((index.find("", 2).len(), index.total()), (2, 3));
    }

    #[test]
    fn categories_and_labs_are_found() {
        let hits = found("distributed systems");
        assert_eq!((hits[0].kind, hits[0].index), (Kind::Category, 0));
        let hits = found("who leads");
        assert_eq!((hits[0].kind, hits[0].index), (Kind::Lab, 0));
    }

    #[test]
    fn any_query_is_answered() {
        let mut index = Index::new(&catalog());
        let long = "x".repeat(10_000);
        for query in [
            "!",
            "^",
            "$",
            "'",
            "\\",
            "\u{1b}[2J",
            "a\u{301}",
            "🏴\u{e0067}",
            "!raft",
            "^raft election$",
            &long,
        ] {
            let hits = index.find(query, 5);
            assert!(hits.len() <= 5 && hits.len() <= index.total());
        }
        assert_eq!(Index::new(&Catalog::default()).find("x", 5), []);
    }
}
