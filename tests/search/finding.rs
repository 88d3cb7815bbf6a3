//! What a query means, on texts that are small enough to know by heart.

use library_tui::search::text::{Answer, Collection, Entry, Index, Key, Listed, Store, Wanted};
use proptest::prelude::*;

/// Texts in memory.
struct Texts(Vec<Entry>);

impl Collection for Texts {
    fn version(&self) -> u64 {
        0
    }

    fn list(&self) -> Vec<Listed> {
        self.0.iter().map(|it| Listed { key: it.key.clone(), stamp: 1 }).collect()
    }

    fn entry(&self, key: &Key) -> Option<Entry> {
        self.0.iter().find(|it| it.key == *key).cloned()
    }
}

/// The same of a later version.
struct Versioned(Texts);

impl Collection for Versioned {
    fn version(&self) -> u64 {
        1
    }

    fn list(&self) -> Vec<Listed> {
        self.0.list()
    }

    fn entry(&self, key: &Key) -> Option<Entry> {
        self.0.entry(key)
    }
}

fn entry(name: &str, title: &str, tags: &[&str], body: &str) -> Entry {
    Entry {
        key: Key::Article(name.to_owned()),
        title: title.to_owned(),
        tags: tags.iter().map(ToString::to_string).collect(),
        category: name.split('/').next().unwrap().to_owned(),
        level: "deep".to_owned(),
        labs: vec!["a-lab".to_owned()],
        body: body.to_owned(),
        ..Entry::default()
    }
}

fn texts() -> Texts {
    Texts(vec![
        entry(
            "db/quorum",
            "Quorums",
            &["replication"],
            "A write is replicated to every node.\n\n## Overlap\n\nWhen `R + W > N`, sets meet.\n\n\
             ## Repair\n\nA read-repair mends what a read finds, within 10 ms. It costs 4,096 bytes.",
        ),
        entry(
            "db/raft",
            "Raft",
            &["consensus"],
            "The leader keeps consistency.\n\n```rust\nlet max_tokens = KVCache::new(16);\n```\n\n\
             ## Élection\n\nA candidate asks for votes. Kubernetes does so as well, and PostgreSQL does not.",
        ),
        entry(
            "net/tcp",
            "TCP",
            &["network"],
            "Segments are sent again.\n\n## Leader\n\nThere is none.\n\n## Read\n\nThen repair.",
        ),
    ])
}

fn index() -> Index {
    let same = |names: &[&str]| names.iter().map(ToString::to_string).collect();
    let synonyms = [same(&["k8s", "Kubernetes"]), same(&["pg", "PostgreSQL"])];
    let index = Index::in_memory(&synonyms).unwrap();
    index.refresh(&texts(), &mut |_| true).unwrap();
    index
}

fn ask(index: &Index, query: &str) -> Answer {
    let wanted = Wanted { query: query.to_owned(), limit: 20, ..Wanted::default() };
    index.search(&wanted).unwrap()
}

/// The hits as `name#anchor`, the best first.
fn places(answer: &Answer) -> Vec<String> {
    let told = |hit: &library_tui::search::text::Hit| {
        let anchor = hit.place.anchor.as_ref().map_or(String::new(), |it| format!("#{it}"));
        format!("{}{anchor}", hit.place.key.name())
    };
    answer.hits.iter().map(told).collect()
}

#[test]
fn every_way_to_write_a_thing_finds_it() {
    let index = index();
    for (query, place) in [
        ("repl", "db/quorum"),
        ("replicate", "db/quorum"),
        ("replication", "db/quorum"),
        ("nodes every", "db/quorum"),
        ("R + W > N", "db/quorum#overlap"),
        ("R+W>N", "db/quorum#overlap"),
        ("code:\"R + W\"", "db/quorum#overlap"),
        ("read-repair", "db/quorum#repair"),
        ("readrepair", "db/quorum#repair"),
        ("\"read repair\"", "db/quorum#repair"),
        ("read-rep", "db/quorum#repair"),
        ("10ms", "db/quorum#repair"),
        ("10 ms", "db/quorum#repair"),
        ("4096", "db/quorum#repair"),
        ("max_tokens", "db/raft"),
        ("maxTokens", "db/raft"),
        ("tokens", "db/raft"),
        ("KVCache", "db/raft"),
        ("kv cache", "db/raft"),
        ("kvcache", "db/raft"),
        ("election", "db/raft#élection"),
        ("élection", "db/raft#élection"),
        ("consistancy", "db/raft"),
        ("conssitency", "db/raft"),
        ("consistenc", "db/raft"),
        ("consistanc", "db/raft"),
        ("k8s", "db/raft#élection"),
        ("pg votes", "db/raft#élection"),
        ("raft candidate", "db/raft#élection"),
        ("tag:consensus", "db/raft"),
        ("tag:cons leader", "db/raft"),
        ("category:net leader", "net/tcp#leader"),
        ("title:tcp", "net/tcp"),
        ("heading:lead", "net/tcp#leader"),
        ("leader -raft", "net/tcp#leader"),
        ("leader -category:db", "net/tcp#leader"),
        ("lab:a-lab tcp", "net/tcp"),
        ("level:deep quorums", "db/quorum"),
    ] {
        let found = places(&ask(&index, query));
        assert_eq!(found.first().map(String::as_str), Some(place), "{query}: {found:?}");
    }
}

#[test]
fn what_is_not_there_is_not_found() {
    let index = index();
    for query in [
        "zebra",
        "\"repair read\"",
        "\"consistancy\"",
        "category:none leader",
        "code:candidate",
        "title:leader",
        "",
        "\"",
        "- \" :",
    ] {
        assert_eq!(places(&ask(&index, query)), Vec::<String>::new(), "{query}");
    }
}

#[test]
fn words_of_a_phrase_stand_together_and_words_of_a_query_need_not() {
    let index = index();
    assert_eq!(places(&ask(&index, "\"read repair\"")), ["db/quorum#repair"]);
    let found = places(&ask(&index, "repair read"));
    assert!(found.iter().any(|it| it.starts_with("net/tcp")), "{found:?}");
}

#[test]
fn a_snippet_marks_what_was_found() {
    let answer = ask(&index(), "replication node");
    let snippet = &answer.hits[0].snippet;
    let marked: Vec<_> =
        snippet.hits.iter().map(|it| snippet.text.get(it.clone()).unwrap()).collect();
    assert_eq!(marked, ["replicated", "node"]);
    assert_eq!(snippet.text.as_str(), "A write is replicated to every node.");
}

#[test]
fn a_query_finds_what_has_most_of_its_words_and_says_so() {
    for query in ["error: candidate asks votes xyzzy ", "candidate zebra"] {
        let answer = ask(&index(), query);
        assert!(answer.is_partial, "{query}");
        assert_eq!(places(&answer), ["db/raft#élection"], "{query}");
    }
    assert!(!ask(&index(), "candidate votes").is_partial);
}

#[test]
fn a_title_with_one_of_two_words_does_not_hide_what_has_the_other() {
    let answer = ask(&index(), "tcp candidate");
    let found = places(&answer);
    assert!(answer.is_partial);
    assert!(found.contains(&"db/raft#élection".to_owned()), "{found:?}");
    assert!(found.iter().any(|it| it.starts_with("net/tcp")), "{found:?}");
}

#[test]
fn nothing_makes_up_for_a_phrase_or_for_a_word_of_a_field() {
    let index = index();
    for query in ["\"repair read\" raft", "title:leader candidate", "code:candidate votes raft"] {
        assert_eq!(places(&ask(&index, query)), Vec::<String>::new(), "{query}");
    }
    assert_eq!(places(&ask(&index, "\"read repair\" zebra")), ["db/quorum#repair"]);
}

#[test]
fn a_synonym_of_one_part_does_not_stand_for_all_of_a_formula() {
    let index = Index::in_memory(&[["pg", "PostgreSQL"].map(str::to_owned).to_vec()]).unwrap();
    let texts = Texts(vec![
        entry("db/sum", "Sum", &[], "The sum is `x + pg`."),
        entry("db/post", "PostgreSQL", &[], "PostgreSQL is a database."),
    ]);
    index.refresh(&texts, &mut |_| true).unwrap();
    assert_eq!(places(&ask(&index, "x + pg")), ["db/sum"]);
}

#[test]
fn options_of_programs_are_looked_for() {
    let index = Index::in_memory(&[]).unwrap();
    let body = "Build with `-march=native`.\n\n## Threads\n\nStart it with `-t 4`.";
    let texts = Texts(vec![entry("cpu/simd", "SIMD", &[], body)]);
    index.refresh(&texts, &mut |_| true).unwrap();
    assert_eq!(places(&ask(&index, "-march=native")), ["cpu/simd"]);
    assert_eq!(places(&ask(&index, "start -t 4")), ["cpu/simd#threads"]);
    assert_eq!(places(&ask(&index, "start -simd")), Vec::<String>::new());
}

#[test]
fn words_of_a_title_that_follow_each_other_say_more_than_words_all_over_an_article() {
    let index = Index::in_memory(&[]).unwrap();
    let scattered = "Tokens, per head. ".to_owned() + &"A second of tokens. ".repeat(9);
    let texts = Texts(vec![
        entry(
            "ai/cost",
            "Cost of tokens in a second",
            &[],
            &format!("{scattered} Estimate per day."),
        ),
        entry(
            "ai/roof",
            "Predict tokens per second",
            &[],
            "Divide tokens per second. An estimate.",
        ),
    ]);
    index.refresh(&texts, &mut |_| true).unwrap();
    assert!(places(&ask(&index, "tokens per second estimate"))[0].starts_with("ai/roof"));
}

#[test]
fn a_word_of_a_title_says_more_than_the_same_word_all_over_another_text() {
    let index = Index::in_memory(&[]).unwrap();
    let often = "FP16 fails. ".repeat(9) + "\n\n## FP16\n\n" + &"FP16 again. ".repeat(9);
    let texts = Texts(vec![
        entry("ai/batch", "Big batches in small memory", &[], &often),
        entry(
            "ai/floats",
            "FP32, BF16, FP16: where the bits go and where sums go wrong",
            &[],
            "Three fields.",
        ),
    ]);
    index.refresh(&texts, &mut |_| true).unwrap();
    assert_eq!(places(&ask(&index, "fp16"))[0], "ai/floats");
}

#[test]
fn a_root_is_found_by_its_sign_and_by_its_name() {
    let index = Index::in_memory(&[]).unwrap();
    let texts = Texts(vec![
        entry("ai/named", "Why scores are divided by sqrt(d)", &[], "Variance."),
        entry("ai/other", "Derivatives", &[], "The width d, and d again."),
    ]);
    index.refresh(&texts, &mut |_| true).unwrap();
    for query in ["√d", "sqrt(d)", "q·k / √d"] {
        assert_eq!(places(&ask(&index, query)), ["ai/named"], "{query}");
    }
}

#[test]
fn texts_rank_the_same_in_whatever_pieces_they_were_indexed() {
    let at_once = index();
    let piecewise = Index::in_memory(&[]).unwrap();
    for count in 1..=3 {
        let some = Texts(texts().0.into_iter().rev().take(count).collect());
        piecewise.refresh(&some, &mut |_| true).unwrap();
    }
    for query in ["leader", "read", "repair read", "a", "code:max", "there kubernetes"] {
        let (one, other) = (ask(&at_once, query), ask(&piecewise, query));
        assert_eq!(places(&one), places(&other), "{query}");
        let scores = |it: &Answer| it.hits.iter().map(|hit| hit.score).collect::<Vec<_>>();
        assert_eq!(scores(&one), scores(&other), "{query}");
    }
}

#[test]
fn a_search_leaves_nothing_behind_for_the_next() {
    let queries = [
        "leader",
        "read repair -raft",
        "\"read repair\"",
        "consistancy",
        "category:db",
        "k8s votes",
        "R + W > N",
        "title:quorums",
        "nowhere",
        "le",
        "-tcp",
        "replication 4,096",
        "kind:article",
    ];
    let fresh: Vec<Answer> = queries.iter().map(|query| ask(&index(), query)).collect();
    assert!(fresh.iter().filter(|it| it.total > 0).count() >= 10);
    let index = index();
    for _ in 0..2 {
        for (query, fresh) in queries.iter().zip(&fresh).rev() {
            assert_eq!(ask(&index, query), *fresh, "{query}");
        }
    }
}

#[test]
fn an_index_on_disk_answers_the_same_however_often_it_is_asked() {
    let cache = tempfile::tempdir().unwrap();
    let store = Store::of_folder(Some(cache.path()), std::path::Path::new("texts"));
    let mut opened = store.open(&[]).unwrap();
    opened.refresh(&texts(), &[], &mut |_| true).unwrap();
    let first = ask(&opened.index, "leader");
    assert_eq!(first.total, 2);
    for _ in 0..60 {
        assert_eq!(ask(&opened.index, "leader"), first);
    }
    // Another process takes the index over to a collection without one of the texts.
    let mut other = store.open(&[]).unwrap();
    let mut fewer = texts();
    fewer.0.retain(|it| it.key != Key::Article("net/tcp".to_owned()));
    other.refresh(&Versioned(fewer), &[], &mut |_| true).unwrap();
    opened.index.reload().unwrap();
    for _ in 0..60 {
        assert_eq!(places(&ask(&opened.index, "leader")), ["db/raft"]);
    }
}

#[test]
fn a_word_that_was_mended_is_told() {
    let corrected = ask(&index(), "consitency").corrected;
    assert_eq!(corrected, [("consitency".to_owned(), "consistency".to_owned())]);
}

#[test]
fn queries_that_nobody_means_are_answered_with_what_can_be_found() {
    let index = index();
    let plain = places(&ask(&index, "read repair"));
    assert!(!plain.is_empty());
    for query in ["\"read repair", "read repair\"", "(read repair", "read\u{1b}[31m \0repair\u{7}"]
    {
        assert!(places(&ask(&index, query)).contains(&plain[0]), "{query:?}");
    }
    let long = "read repair ".repeat(10 << 10);
    assert!(places(&ask(&index, &long)).contains(&plain[0]));
    for query in ["- + * ( ) : \"", "\"\"", "-", "\u{1b}[2J"] {
        assert_eq!(places(&ask(&index, query)), <[&str; 0]>::default(), "{query:?}");
    }
    for bomb in ["(a+)+$", "(.*){9}", "a{99999}{99999}", "[[[[", "\\"] {
        assert!(ask(&index, &bomb.repeat(2_000)).hits.len() <= 20, "{bomb}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_query_is_answered(query in "([a-z]{1,9}|[ \"\\-+*():\u{1b}\0éß日]|read|repair|tag:|\\.\\*){0,2000}") {
        let index = index();
        let answer = ask(&index, &query);
        prop_assert!(answer.hits.len() <= 20);
        for hit in &answer.hits {
            for marked in &hit.snippet.hits {
                prop_assert!(hit.snippet.text.get(marked.clone()).is_some());
            }
        }
    }
}
