//! Checking a library of the size that this one is to have: form and craft of 469 articles.

#![expect(clippy::unwrap_used, reason = "a bench that cannot write its articles has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use divan::Bencher;
use library_tui::check;

/// As many articles as the catalogue has.
const ARTICLES: usize = 469;

/// Articles in a category.
const CATEGORY: usize = 19;

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn form_and_craft_of_469_articles(bencher: Bencher) {
    let root = tempfile::tempdir().unwrap();
    let content = library(root.path());
    bencher.bench(|| checked(&content));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn form_and_craft_of_this_library(bencher: Bencher) {
    bencher.bench(|| checked(Path::new("content")));
}

fn checked(content: &Path) -> check::Report {
    let mut checks = check::gather(&[content.to_owned()]).unwrap();
    checks.check();
    checks.report()
}

/// Writes a library of copies of the real articles, each in words of its own.
fn library(root: &Path) -> PathBuf {
    let content = root.join("content");
    let sources = articles(Path::new("content"));
    let names: Vec<String> = (0..ARTICLES.div_ceil(CATEGORY)).map(|it| format!("c{it}")).collect();
    fs::create_dir_all(&content).unwrap();
    let quoted = |names: &[String]| format!("{names:?}");
    let head = "title = \"L\"\ndescription = \"D\"\nstart = []\n";
    fs::write(content.join("library.toml"), format!("{head}categories = {}\n", quoted(&names)))
        .unwrap();
    for (category, name) in names.iter().enumerate() {
        let folder = content.join(name);
        fs::create_dir_all(&folder).unwrap();
        let own = category * CATEGORY..((category + 1) * CATEGORY).min(ARTICLES);
        let slugs: Vec<String> = own.clone().map(|article| format!("a{article}")).collect();
        for (article, slug) in own.zip(&slugs) {
            let source = &sources[article % sources.len()];
            fs::write(folder.join(format!("{slug}.md")), reworded(source, article)).unwrap();
        }
        let category = "title = \"C\"\ndescription = \"D\"\nintro = \"I\"\nlabs = []\n";
        fs::write(
            folder.join("category.toml"),
            format!("{category}articles = {}\n", quoted(&slugs)),
        )
        .unwrap();
    }
    content
}

fn articles(folder: &Path) -> Vec<String> {
    let mut found = vec![];
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            found.extend(articles(&path));
        } else if path.extension().is_some_and(|it| it == "md") {
            found.push(fs::read_to_string(path).unwrap());
        }
    }
    found
}

/// The article with another title and other long words, so that no two of them overlap.
fn reworded(source: &str, copy: usize) -> String {
    let ending: String =
        format!("{copy:03}").bytes().map(|it| char::from(it - b'0' + b'k')).collect();
    let mut code = false;
    let mut text = String::with_capacity(source.len() * 2);
    for (number, line) in source.lines().enumerate() {
        code ^= line.starts_with("```");
        let prose = !code && number > 10 && line.starts_with(char::is_alphabetic);
        let key = line.split(':').next().unwrap_or_default();
        match key {
            "title" if number < 10 => text.push_str(&format!("title: Article {copy}")),
            "see" if number < 10 => text.push_str(&format!("see: [a{}]", (copy + 1) % ARTICLES)),
            "labs" if number < 10 => continue,
            _ if prose => {
                let words = line.split(' ').map(|word| {
                    let plain = word.len() > 3 && word.chars().all(|c| c.is_ascii_lowercase());
                    if plain { format!("{word}{ending}") } else { word.to_owned() }
                });
                text.push_str(&words.collect::<Vec<_>>().join(" "));
            }
            _ => text.push_str(line),
        }
        text.push('\n');
    }
    text
}
