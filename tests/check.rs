//! The checks of content: what is wrong is found, where it is, and nothing else is.
//!
//! `UPDATE=1 cargo test --test check` writes the README's table of the library.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own files has failed")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use library_tui::check::run::{Fence, Outcome, Runner, Settings};
use library_tui::check::{self, Finding, Memory, RULES, Report, Scope};

const CONTENT: &str = "content";
const FIXTURES: &str = "tests/fixtures/check";

/// The broken articles: each is named after the one rule that it breaks, in this line.
const BROKEN: &[(&str, usize)] = &[
    ("acronym", 116),
    ("banned-word", 34),
    ("characters", 24),
    ("chart", 76),
    ("code-length", 36),
    ("concrete", 25),
    ("details", 132),
    ("diagram", 19),
    ("fence", 154),
    ("fence-info", 36),
    ("footnote", 152),
    ("front-matter", 4),
    ("generic-heading", 122),
    ("heading-level", 28),
    ("headings", 11),
    ("identifier", 152),
    ("image", 28),
    ("length", 11),
    ("link", 24),
    ("math", 30),
    ("opening", 11),
    ("output", 68),
    ("paragraph", 24),
    ("provenance", 100),
    ("recall", 130),
    ("run", 36),
    ("run-share", 36),
    ("sentence", 24),
    ("silence", 90),
    ("sources", 151),
];

/// Rules that no single article breaks, and the tests that show them instead.
const ELSEWHERE: &[&str] =
    &["file", "category-file", "reading-order", "unique", "pair", "lab", "lab-proof", "overlap"];

/// A library of one article, `subject`, and another that it refers to.
struct Shelf {
    root: tempfile::TempDir,
}

impl Shelf {
    fn new(subject: &str) -> Self {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("content/alpha");
        fs::create_dir_all(&folder).unwrap();
        let library = "title = \"L\"\ndescription = \"D\"\ncategories = [\"alpha\"]\nstart = []\n";
        fs::write(root.path().join("content/library.toml"), library).unwrap();
        let category = "title = \"A\"\ndescription = \"D\"\nintro = \"I\"\n\
                        articles = [\"subject\", \"other\"]\nlabs = []\n";
        fs::write(folder.join("category.toml"), category).unwrap();
        fs::write(folder.join("subject.md"), subject).unwrap();
        fs::write(folder.join("other.md"), "---\ntitle: Other\n---\nText.\n").unwrap();
        Self { root }
    }

    fn content(&self) -> PathBuf {
        self.root.path().join("content")
    }

    fn subject(&self) -> PathBuf {
        self.content().join("alpha/subject.md")
    }

    /// What is found in the subject alone.
    fn check(&self) -> Report {
        let mut checks = check::gather(&[self.subject()]).unwrap();
        let fences = checks.fences();
        let outcomes = runner().run(&fences, &mut |_, _| ());
        checks.add_outcomes(&fences, &outcomes);
        checks.check();
        checks.report()
    }
}

/// Runs code with results remembered beside the build.
fn runner() -> Runner {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_library-tui"));
    let path = std::env::var_os("PATH").unwrap();
    let mut settings = Settings::new(program, path, std::env::temp_dir());
    settings.cache = Some(Path::new(env!("CARGO_TARGET_TMPDIR")).join("runs"));
    Runner::new(settings)
}

fn fixture(name: &str) -> String {
    fs::read_to_string(Path::new(FIXTURES).join(name).with_extension("md")).unwrap()
}

fn told(report: &Report) -> String {
    let line = |it: &Finding| format!("{}: {}", it.rule.name, it.problem);
    report.failures().map(line).collect::<Vec<_>>().join("\n")
}

fn checked(path: &Path) -> Report {
    let mut checks = check::gather(&[path.to_owned()]).unwrap();
    checks.check();
    checks.report()
}

#[test]
fn the_library_keeps_every_rule_of_form_and_craft() {
    let report = checked(Path::new(CONTENT));
    assert!(report.failures().next().is_none(), "\n{}", told(&report));
    assert!(report.articles > 0 && report.labs > 0);
    for finding in &report.findings {
        assert!(finding.silenced.is_some());
    }
}

#[test]
fn the_code_of_the_library_prints_what_is_shown() {
    let mut checks = check::gather(&[PathBuf::from(CONTENT)]).unwrap();
    let fences = checks.fences();
    let outcomes = runner().run(&fences, &mut |_, _| ());
    checks.add_outcomes(&fences, &outcomes);
    let report = checks.report();
    assert!(report.failures().next().is_none(), "\n{}", told(&report));
    assert_eq!(report.runs.unwrap().passed, fences.len());
}

#[test]
fn a_good_article_has_no_findings() {
    let report = Shelf::new(&fixture("good")).check();
    assert!(report.findings.is_empty(), "\n{}", told(&report));
    assert_eq!(report.rows[0].score().as_deref(), Some("20.0"));
}

#[test]
fn each_broken_article_breaks_its_one_rule_in_its_one_line() {
    for (name, line) in BROKEN {
        let report = Shelf::new(&fixture(name)).check();
        let found: Vec<(&str, usize)> =
            report.failures().map(|it| (it.rule.name, it.problem.line)).collect();
        assert_eq!(found, [(*name, *line)], "{name}:\n{}", told(&report));
    }
}

#[test]
fn every_rule_is_shown_by_an_article_that_breaks_it() {
    for rule in RULES {
        let shown = BROKEN.iter().any(|(name, _)| *name == rule.name);
        assert!(shown || ELSEWHERE.contains(&rule.name), "{}", rule.name);
    }
    for file in fs::read_dir(FIXTURES).unwrap() {
        let name = file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(name == "good" || BROKEN.iter().any(|(it, _)| *it == name), "{name}");
    }
}

#[test]
fn an_article_that_copies_another_is_told() {
    let shelf = Shelf::new(&fixture("good"));
    let copy = fixture("good").replace("Retries Without a Storm", "Another Title");
    fs::write(shelf.content().join("alpha/other.md"), copy.replace("[other]", "[subject]"))
        .unwrap();
    let report = checked(&shelf.content());
    let overlaps = report.failures().filter(|it| it.rule.name == "overlap").count();
    assert_eq!(overlaps, 2, "\n{}", told(&report));
}

#[test]
fn what_is_wrong_with_a_library_has_its_rule() {
    let report = checked(Path::new("tests/fixtures/broken/content"));
    for (rule, place) in [
        ("file", "content/alpha/nul.md:10:"),
        ("category-file", "content/alpha/category.toml:3:"),
        ("reading-order", "content/alpha/category.toml:6:"),
        ("unique", "content/beta/twin.md:1:"),
        ("pair", "labs/alpha/bench.html:12:"),
        ("lab", "labs/alpha/bad-json.html:5:"),
        ("link", "content/alpha/dead-links.md:11:"),
        ("front-matter", "content/alpha/long-summary.md:3:"),
    ] {
        let place = format!("tests/fixtures/broken/{place}");
        let found = report
            .failures()
            .any(|it| it.rule.name == rule && it.problem.to_string().starts_with(&place));
        assert!(found, "{rule} at {place}\n{}", told(&report));
    }
}

#[test]
#[cfg(feature = "labs")]
fn a_lab_with_a_wrong_figure_is_told() {
    let root = tempfile::tempdir().unwrap();
    let copy = |from: &str| {
        let to = root.path().join(from);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap();
    };
    copy("content/library.toml");
    copy("content/transformer-math/category.toml");
    copy("labs/transformer-math/kv-cache-growth.html");
    let figures = root.path().join("tests/labs/checks/kv-cache-growth.json");
    fs::create_dir_all(figures.parent().unwrap()).unwrap();
    fs::write(figures, r#"[{"check":"8B","set":{},"expect":[["tok","=",131073]]}]"#).unwrap();
    let mut checks = check::gather(&[root.path().join("labs")]).unwrap();
    checks.prove_labs(None);
    let report = checks.report();
    let found: Vec<&Finding> = report.failures().filter(|it| it.rule.name == "lab-proof").collect();
    assert_eq!(found.len(), 1, "\n{}", told(&report));
    assert!(found[0].problem.message.contains("131073"), "{}", found[0].problem);
}

/// The last figure of a shown output, with another last digit.
fn mutated(text: &str, shown: usize) -> Option<(String, usize)> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let end = lines.iter().skip(shown).position(|line| line.starts_with("```"))? + shown;
    for at in (shown..end).rev() {
        let digit = lines[at].rfind(|c: char| c.is_ascii_digit());
        if let Some(digit) = digit {
            let other = if lines[at].as_bytes()[digit] == b'7' { "8" } else { "7" };
            lines[at].replace_range(digit..=digit, other);
            return Some((lines.join("\n") + "\n", at + 1));
        }
    }
    None
}

#[test]
fn ten_figures_that_are_changed_in_real_articles_are_told_with_their_lines() {
    let checks = check::gather(&[PathBuf::from(CONTENT)]).unwrap();
    let fences = checks.fences();
    let mut tried = 0;
    for fence in fences.iter().step_by(fences.len().div_ceil(14)) {
        let Some(shown) = fence.shown.as_ref().filter(|it| it.kind == "output") else { continue };
        let text = fs::read_to_string(&fence.path).unwrap();
        let Some((text, line)) = mutated(&text, shown.line) else { continue };
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("article.md");
        fs::write(&file, &text).unwrap();
        let mut checks = check::gather(&[file]).unwrap();
        let own = Fence::of(&fences_path(&checks), &text);
        let own: Vec<Fence> = own.into_iter().filter(|it| it.line == fence.line).collect();
        let outcomes = runner().run(&own, &mut |_, _| ());
        assert!(matches!(outcomes.as_slice(), [Outcome::Differs { .. }]), "{outcomes:?}");
        checks.add_outcomes(&own, &outcomes);
        let report = checks.report();
        let found: Vec<(&str, usize)> =
            report.failures().map(|it| (it.rule.name, it.problem.line)).collect();
        assert_eq!(found, [("output", line)], "{}", fence.path);
        tried += 1;
    }
    assert!(tried >= 10, "{tried} figures");
}

fn fences_path(checks: &check::Checks) -> String {
    checks.fences().first().unwrap().path.clone()
}

#[test]
fn strangers_markdown_is_held_to_form_alone() {
    let root = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(root.path().join(name), text).unwrap();
    write("a.md", "# A\n\n## B c\n\n[b](b.md#there) [c](#b-c) [[b]] <https://x.example>\n");
    write("b.md", "# There\n\n```whatever\nx\n```\n\nSee <a id=\"x\"></a>[x](#x), [a](./a.md).\n");
    let report = checked(root.path());
    assert!(report.findings.is_empty(), "\n{}", told(&report));
    assert_eq!((report.files, report.articles), (2, 0));
    write("a.md", "# A\n\n### B\n\n[b](b.md#gone) [c](c.md)\n[d](#e) ![f](f.png)\n");
    let report = checked(&root.path().join("a.md"));
    let found: Vec<(&str, usize)> =
        report.failures().map(|it| (it.rule.name, it.problem.line)).collect();
    assert_eq!(found, [("heading-level", 3), ("link", 5), ("link", 5), ("link", 6), ("image", 6)]);
}

#[test]
fn a_part_of_the_library_is_checked_against_the_whole() {
    let report = checked(Path::new("content/cassandra"));
    assert!(report.failures().next().is_none(), "\n{}", told(&report));
    assert_eq!(report.rows.len(), 1);
    assert_eq!((report.labs, report.files), (0, 0));
    let labs = Path::new("labs/distributed");
    let report = checked(labs);
    assert_eq!((report.articles, report.labs), (0, fs::read_dir(labs).unwrap().count()));
}

#[test]
fn what_was_clean_is_left_out_until_it_changes() {
    let shelf = Shelf::new(&fixture("good"));
    let cache = shelf.root.path().join("cache");
    let again = || {
        let mut memory = Memory::open(&cache);
        let mut checks = check::gather(&[shelf.subject()]).unwrap();
        checks.skip_clean(&memory);
        checks.check();
        let report = checks.report();
        memory.learn(&report).unwrap();
        (report.articles, report.failures().count())
    };
    assert_eq!(again(), (1, 0));
    assert_eq!(again(), (0, 0));
    fs::write(shelf.subject(), fixture("opening")).unwrap();
    assert_eq!(again(), (1, 1));
    assert_eq!(again(), (1, 1), "what is broken is told until it is mended");
    fs::write(shelf.subject(), fixture("good")).unwrap();
    assert_eq!(again(), (1, 0));
    fs::write(cache.join("clean"), b"\xff not a cache").unwrap();
    assert_eq!(again(), (1, 0));
}

#[test]
fn nothing_is_checked_where_there_is_nothing() {
    let empty = tempfile::tempdir().unwrap();
    let failed = |path: &Path| check::gather(&[path.to_owned()]).err().unwrap().to_string();
    assert!(failed(empty.path()).contains("no Markdown in it"));
    assert!(failed(&empty.path().join("gone.md")).contains("gone.md"));
}

#[test]
fn silencing_costs_a_point_and_is_counted() {
    let reason = "<!-- check: allow sentence because the sentence is quoted -->";
    let text = fixture("sentence")
        .replace("\n---\n\nA service", &format!("\n---\n\n{reason}\n\nA service"));
    let report = Shelf::new(&text).check();
    assert!(report.failures().next().is_none(), "\n{}", told(&report));
    assert_eq!(report.silenced(), 1);
    assert_eq!(report.rows[0].score().as_deref(), Some("19.0"));
    assert!(report.summary().ends_with("1 silenced with a reason"), "{}", report.summary());
}

fn program(arguments: &[&str]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_library-tui"));
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache");
    program.env("XDG_CACHE_HOME", cache).env_remove("LIBRARY_TUI_CONTENT").args(arguments);
    program
}

#[test]
fn the_command_tells_as_compilers_do_and_ends_with_one() {
    let shelf = Shelf::new(&fixture("sentence"));
    let subject = shelf.subject();
    let output = program(&["check", subject.to_str().unwrap()]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    for part in [
        "error[sentence]: a sentence of 44 words, of 33 at most\n",
        "subject.md:24:",
        "24 | …",
        "= why: A long sentence has to be read twice.\n",
        "= mend: split it: at most 33 words, half of them at most 20\n",
        "1 article: 0 passed, 1 failed; 1 finding\n",
    ] {
        assert!(text.contains(part), "{part}\nnot in\n{text}");
    }
    assert!(!text.contains('\u{1b}'));
    assert_eq!(program(&["check"]).output().unwrap().status.code(), Some(0));
    assert_eq!(program(&["check", "nothing.md"]).output().unwrap().status.code(), Some(2));
}

#[test]
fn json_has_an_object_for_each_finding_and_one_for_the_sum() {
    let shelf = Shelf::new(&fixture("opening"));
    let subject = shelf.subject();
    let output = program(&["check", "--json", subject.to_str().unwrap()]).output().unwrap();
    let lines: Vec<serde_json::Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!((&lines[0]["kind"], &lines[0]["rule"]), (&"finding".into(), &"opening".into()));
    assert_eq!((&lines[0]["line"], &lines[0]["silenced"]), (&11.into(), &serde_json::Value::Null));
    assert_eq!((&lines[1]["kind"], &lines[1]["failed"]), (&"summary".into(), &1.into()));
    assert_eq!(lines[1]["categories"][0]["score"], "19.0");
}

#[test]
fn strangers_code_is_not_run_without_a_yes() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("x.md");
    fs::write(&file, "# X\n\n```sh run\necho a\n```\n\n```output\nb\n```\n").unwrap();
    let path = file.to_str().unwrap();
    let refused = program(&["check", "--run", path]).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("add --yes"), "{refused:?}");
    let ran = program(&["check", "--run", "--yes", path]).output().unwrap();
    let text = String::from_utf8(ran.stdout).unwrap();
    assert_eq!(ran.status.code(), Some(1), "{text}");
    assert!(text.contains("error[output]: the code prints `a` here"), "{text}");
    assert!(text.contains("protections: active: "), "{text}");
    let updated = program(&["check", "--run", "--yes", "--update", path]).output().unwrap();
    assert_eq!(updated.status.code(), Some(0), "{updated:?}");
    assert!(fs::read_to_string(&file).unwrap().ends_with("```output\na\n```\n"));
}

#[test]
fn what_is_written_in_content_cannot_act_on_a_terminal() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("x.md");
    fs::write(&file, "# X\n\n[a](b\u{1b}]52;c;x\u{7}.md) \u{202e} \u{9b}31m\n").unwrap();
    for json in [&["check"][..], &["check", "--json"]] {
        let output = program(&[json, &[file.to_str().unwrap()]].concat()).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(!text.contains(['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}']), "{text:?}");
    }
}

#[test]
fn a_new_article_needs_only_its_words() {
    let shelf = Shelf::new(&fixture("good"));
    let content = shelf.content();
    let new = |name: &str| {
        program(&["new", "article", name]).env("LIBRARY_TUI_CONTENT", &content).output().unwrap()
    };
    let output = new("alpha/vector-clocks");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let report = checked(&content.join("alpha/vector-clocks.md"));
    for finding in report.failures() {
        let todo = finding.excerpt.to_lowercase().contains("todo");
        let form = matches!(finding.rule.scope, Scope::Markdown | Scope::Library);
        assert!(todo || !form, "{}", finding.problem);
    }
    let order = fs::read_to_string(content.join("alpha/category.toml")).unwrap();
    assert!(order.contains("\"vector-clocks\""), "{order}");
    assert_eq!(new("alpha/vector-clocks").status.code(), Some(2));
}

#[test]
fn the_readme_has_the_table_of_the_library() {
    let (begin, end) = ("<!-- library -->\n", "<!-- /library -->");
    let readme = fs::read_to_string("README.md").unwrap();
    let (before, rest) = readme.split_once(begin).unwrap();
    let (_, after) = rest.split_once(end).unwrap();
    let table = checked(Path::new(CONTENT)).markdown();
    let written = [before, begin, &table, end, after].concat();
    if std::env::var_os("UPDATE").is_some() {
        fs::write("README.md", &written).unwrap();
    } else {
        assert_eq!(readme, written, "run `UPDATE=1 cargo test --test check`");
    }
}
