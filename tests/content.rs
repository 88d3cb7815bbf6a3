//! The library itself: it is complete, its links lead somewhere, it can be laid out, and the
//! program holds exactly what is on the disk. And every mistake in content is found.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the content has failed")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use library_tui::document;
use library_tui::layout::Measure;
use library_tui::library::{self, Library, Text};
use library_tui::paint;
use library_tui::text;
use library_tui::theme::{Depth, Palette, Theme};

const CONTENT: &str = "content";
const BROKEN: &str = "tests/fixtures/broken/content";

fn on_disk() -> Library {
    Library::open(Some(Path::new(CONTENT))).unwrap()
}

#[test]
fn the_library_has_no_problems() {
    let problems = library::check(Path::new(CONTENT));
    let told = problems.iter().fold(String::new(), |mut told, problem| {
        let _ = writeln!(told, "{problem}");
        told
    });
    assert!(problems.is_empty(), "\n{told}");
}

#[test]
fn every_category_is_there_and_says_what_it_is() {
    let catalog = on_disk().catalog;
    assert_eq!(catalog.categories.len(), 25);
    for category in &catalog.categories {
        assert!(Path::new(CONTENT).join(&category.slug).is_dir(), "{}", category.slug);
        assert!(!category.title.is_empty() && !category.intro.is_empty(), "{}", category.slug);
        let described = category.description.chars().count();
        assert!((1..=100).contains(&described), "{}: {described}", category.slug);
    }
    let start: Vec<&str> =
        catalog.start.iter().map(|index| catalog.articles[*index].slug.as_str()).collect();
    assert_eq!(start, ["four-primitives", "partition-key-contract", "raft-leader-election"]);
}

#[test]
fn the_program_holds_what_is_on_the_disk() {
    let (embedded, disk) = (Library::embedded().unwrap(), on_disk());
    assert_eq!(embedded.catalog, disk.catalog);
    let articles = (0..disk.catalog.articles.len()).map(Text::Article);
    for text in articles.chain((0..disk.catalog.labs.len()).map(Text::Lab)) {
        assert_eq!(embedded.text(text).unwrap(), disk.text(text).unwrap(), "{text:?}");
    }
    assert!(embedded.text(Text::Article(usize::MAX)).is_err());
}

#[test]
fn every_article_is_laid_out_at_every_width() {
    let library = on_disk();
    let theme = Theme::new(Palette::Ansi, Depth::None);
    for (index, article) in library.catalog.articles.iter().enumerate() {
        let source = library.text(Text::Article(index)).unwrap();
        let document = document::parse(document::split_front_matter(&source).body);
        for width in (20..=200).step_by(3) {
            let printed = paint::print(&document, Measure { width, ascii: false }, &theme, 0);
            let widest = printed.lines().map(text::width).max().unwrap_or(0);
            assert!(widest <= width, "{}: {widest} cells at {width}", article.slug);
        }
    }
}

#[test]
fn every_article_and_lab_is_counted() {
    let catalog = on_disk().catalog;
    for article in &catalog.articles {
        assert!(article.minutes > 1 && article.runs > 0, "{}", article.slug);
        assert!(article.headings.iter().all(|it| !it.anchor.is_empty()), "{}", article.slug);
    }
    for lab in &catalog.labs {
        assert!(!lab.question.is_empty() && !lab.takeaway.is_empty(), "{}", lab.slug);
        for markup in ["</", "<b>", "&lt;", "&gt;", "&amp;", "&nbsp;", "&#"] {
            assert!(!lab.takeaway.contains(markup), "{}: {}", lab.slug, lab.takeaway);
        }
    }
}

/// Every mistake of the broken library: where, and a part of what is said.
const MISTAKES: &[(&str, &str)] = &[
    ("content/alpha/bad-utf8.md:10", "is not UTF-8"),
    ("content/alpha/broken-yaml.md:", "front matter"),
    ("content/alpha/category.toml:3", "`intro` has to be a text"),
    ("content/alpha/category.toml:6", "`missing`, but there is no `alpha/missing.md`"),
    ("content/alpha/category.toml:8", "`good` twice"),
    ("content/alpha/category.toml:24", "no `alpha/missing-lab.html`"),
    ("content/alpha/dead-links.md:11", "`nothing.md` leads nowhere"),
    ("content/alpha/dead-links.md:13", "names no heading of"),
    ("content/alpha/dead-links.md:15", "names no heading here"),
    ("content/alpha/dead-links.md:17", "etc/passwd` leads nowhere"),
    ("content/alpha/dead-links.md:19", "`javascript:alert(1)` leads nowhere"),
    ("content/alpha/lab-nothing.md:8", "`nothing`, which is no lab"),
    ("content/alpha/lab-silent.md:8", "whose page does not name this article"),
    ("content/alpha/long-summary.md:3", "161 characters"),
    ("content/alpha/no-front.md:1", "no front matter"),
    ("content/alpha/nul.md:10", "NUL"),
    ("content/alpha/see-nothing.md:6", "`nobody`, which is no article"),
    ("content/alpha/unknown-key.md:8", "unknown field `author`"),
    ("content/alpha/unknown-level.md:4", "expert"),
    ("content/alpha/unlisted.md:1", "is not in `articles`"),
    ("content/alpha/wrong-month.md:7", "`soon`"),
    ("content/beta/category.toml:2", "mend the TOML"),
    ("content/beta/twin.md:1", "another article has the slug `twin`"),
    ("content/library.toml:3", "unknown field `colour`"),
    ("content/library.toml:7", "`alpha` twice"),
    ("content/library.toml:8", "no `gone/category.toml`"),
    ("content/library.toml:10", "`nobody`, which is no article"),
    ("content/unnamed/category.toml:1", "not in library.toml"),
    ("labs/alpha/bad-json.html:5", "not JSON"),
    ("labs/alpha/bench.html:12", "`good`, whose `labs` does not name this lab"),
    ("labs/alpha/elsewhere.html:8", "but the file is in `alpha`"),
    ("labs/alpha/no-meta.html:1", "no metadata"),
    ("labs/alpha/no-meta.html:1", "no takeaway"),
    ("labs/alpha/unlisted-lab.html:1", "is not in `labs`"),
    ("labs/alpha/unlisted-lab.html:9", "`level` is not 1, 2 or 3"),
    ("labs/alpha/wrong-id.html:5", "`id` is not the file's name"),
    ("labs/delta/stray.html:1", "`delta` is not a category"),
];

#[test]
fn every_mistake_is_found_with_its_path_and_line() {
    let told: Vec<String> =
        library::check(Path::new(BROKEN)).iter().map(ToString::to_string).collect();
    for (place, said) in MISTAKES {
        let place = format!("tests/fixtures/broken/{place}");
        let found = told.iter().any(|it| it.starts_with(&place) && it.contains(said));
        assert!(found, "{place}: {said}\nnot in\n{}", told.join("\n"));
    }
}

#[test]
fn nothing_is_told_that_is_no_mistake() {
    for problem in library::check(Path::new(BROKEN)) {
        let told = problem.to_string();
        let known = MISTAKES.iter().any(|(place, said)| {
            told.starts_with(&format!("tests/fixtures/broken/{place}")) && told.contains(said)
        });
        assert!(known, "{told}");
    }
}

#[test]
fn a_broken_library_can_still_be_read() {
    let library = Library::open(Some(Path::new(BROKEN))).unwrap();
    let catalog = &library.catalog;
    let categories: Vec<&str> = catalog.categories.iter().map(|it| it.slug.as_str()).collect();
    assert_eq!(categories, ["alpha", "beta", "gone", "unnamed"]);
    assert_eq!(catalog.start.len(), 1);
    for (index, article) in catalog.articles.iter().enumerate() {
        assert!(!article.title.is_empty());
        assert!(!library.text(Text::Article(index)).unwrap().is_empty(), "{}", article.slug);
    }
    let broken = catalog.article("broken-yaml").unwrap();
    assert_eq!(catalog.articles[broken].title, "broken-yaml");
    assert_eq!(catalog.article("beta/twin"), Some(catalog.articles.len() - 1));
}

#[test]
#[cfg(unix)]
fn a_link_out_of_the_library_is_a_problem_and_is_not_read() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("content/alpha");
    fs::create_dir_all(&folder).unwrap();
    fs::write(root.path().join("secret.md"), "secret").unwrap();
    fs::write(root.path().join("content/library.toml"), "categories = [\"alpha\"]").unwrap();
    fs::write(folder.join("category.toml"), "title = \"A\"\narticles = [\"x\"]").unwrap();
    std::os::unix::fs::symlink("../../secret.md", folder.join("x.md")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", folder.join("y.md")).unwrap();
    std::os::unix::fs::symlink("z.md", folder.join("z.md")).unwrap();
    let content = root.path().join("content");
    let told = library::check(&content);
    let refused = told.iter().filter(|it| it.message.contains("leads out of")).count();
    assert_eq!(refused, 2, "{told:?}");
    assert_eq!(Library::open(Some(&content)).unwrap().catalog.articles, []);
}

#[test]
#[cfg(unix)]
fn a_text_that_is_swapped_for_a_link_out_is_not_read() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("content/alpha");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("category.toml"), "title = \"A\"\narticles = [\"x\"]").unwrap();
    fs::write(folder.join("x.md"), "---\ntitle: X\n---\nText.\n").unwrap();
    let library = Library::open(Some(&root.path().join("content"))).unwrap();
    assert!(library.text(Text::Article(0)).is_ok());
    fs::remove_file(folder.join("x.md")).unwrap();
    let gone = library.text(Text::Article(0)).unwrap_err().to_string();
    assert!(gone.contains("x.md"), "{gone}");
    std::os::unix::fs::symlink("/etc/hostname", folder.join("x.md")).unwrap();
    let swapped = library.text(Text::Article(0)).unwrap_err().to_string();
    assert!(swapped.contains("leads out of"), "{swapped}");
}

#[test]
fn a_folder_without_a_library_says_so() {
    let empty = tempfile::tempdir().unwrap();
    let error = Library::open(Some(empty.path())).unwrap_err().to_string();
    assert!(error.contains("no library in it"), "{error}");
}
