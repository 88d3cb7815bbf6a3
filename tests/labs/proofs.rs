//! Every lab proves what it says, and a lab that says something wrong does not.

use std::fmt::Write;
use std::path::Path;
use std::{fs, thread};

use library_tui::labs::prove::{self, Failure, What};

use crate::{page, pages};

const CHECKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/labs/checks");

pub(crate) fn figures(slug: &str) -> Option<String> {
    fs::read_to_string(Path::new(CHECKS).join(slug).with_extension("json")).ok()
}

fn failures(slug: &str, html: &str) -> Vec<Failure> {
    prove::prove(html, figures(slug).as_deref(), prove::SEEDS)
}

fn slug(path: &Path) -> String {
    path.file_stem().unwrap().to_str().unwrap().to_owned()
}

/// What fails in the page at `path`, a line for each.
fn told(path: &Path) -> String {
    let found = failures(&slug(path), &fs::read_to_string(path).unwrap());
    found.iter().fold(String::new(), |mut told, failure| {
        let _ = writeln!(told, "{}:{}: {failure}", path.display(), failure.line);
        told
    })
}

#[test]
fn every_lab_proves_what_it_says() {
    let pages = pages();
    let told: String = thread::scope(|scope| {
        let halves = pages.chunks(pages.len().div_ceil(2));
        let workers = halves.map(|half| scope.spawn(|| half.iter().map(|it| told(it)).collect()));
        let workers: Vec<_> = workers.collect();
        workers.into_iter().map(|it| -> String { it.join().unwrap() }).collect()
    });
    assert!(told.is_empty(), "\n{told}");
}

#[test]
fn every_lab_has_the_figures_of_the_catalogue() {
    for path in pages() {
        assert!(figures(&slug(&path)).is_some(), "{}", path.display());
    }
    for list in fs::read_dir(CHECKS).unwrap() {
        let slug = slug(&list.unwrap().path());
        assert!(pages().iter().any(|page| page.ends_with(format!("{slug}.html"))), "{slug}");
    }
}

#[test]
fn a_wrong_figure_is_told_in_words() {
    let html = page("kv-cache-growth");
    let figures = r#"[{"check":"8B","set":{},"expect":[["tok","=",131073]]}, {"check":"nothing"}]"#;
    let told = prove::prove(&html, Some(figures), 1);
    let told: Vec<String> = told.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "figure: figure `nothing` expects nothing",
            "figure: figure `8B`: `tok` = 131073, but it is 131072"
        ]
    );
    let told = prove::prove(&html, Some("["), 1);
    assert!(told.iter().any(|it| it.sentence.starts_with("the list of figures is not JSON")));
}

#[test]
fn a_page_that_is_no_lab_proves_nothing() {
    for html in ["", "<p>", "id=\"lab-meta\">{}</script>"] {
        assert!(prove::prove(html, None, 1).iter().any(|it| it.what == What::Form));
    }
    let newer = page("kv-cache-growth").replace("\"contract\": 1", "\"contract\": 7");
    let told = prove::prove(&newer, None, 1);
    assert!(told.iter().any(|it| it.sentence.contains("version 7 of the contract")), "{told:?}");
    let endless = page("kv-cache-growth").replace("view(c) {", "view(c) { for (;;) ;");
    let told = prove::prove(&endless, None, 1);
    assert!(told.iter().any(|it| it.what == What::Engine), "{told:?}");
}
