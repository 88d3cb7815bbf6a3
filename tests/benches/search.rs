//! Search at full size: 469 articles, and a folder of files beside `ripgrep`.
//!
//! `cargo bench --bench search`; `FILES=100000 cargo bench --bench search` for more than 10,000.
//! The texts are made of the paragraphs of our articles, so that words are as frequent as in
//! real ones; each paragraph stands in many texts, which makes snippets and marks no easier.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a bench that cannot go on has failed, and its output is what it is for"
)]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use library_tui::search::text::{
    Collection, Entry, FolderTexts, Index, Key, Listed, Store, Wanted,
};

/// Articles of a full library, and their bytes.
const ARTICLES: usize = 469;
const ARTICLE: usize = 13_000;
/// Files of a reader's own, and the bytes of each.
const FILES: usize = 10_000;
const FILE: usize = 10_700;

/// What is typed, letter by letter.
const TYPED: &[&str] = &[
    "raft leader election",
    "consistancy level",
    "softmax overflow nan",
    "\"partition key\" hot",
    "max_tokens stop sequence",
    "why does attention divide by sqrt d",
    "code:np.exp layernorm variance",
    "vector clock sibling -raft",
    "R + W > N",
    "tokenizer round trip byte",
];

fn main() {
    if let (Some(cache), Some(folder)) = (std::env::var_os("SEARCH"), std::env::args_os().nth(1)) {
        let store = Store::of_folder(Some(Path::new(&cache)), Path::new(&folder));
        let index = store.open(&[]).unwrap().index;
        let start = Instant::now();
        index.warm();
        println!("  before any key   {:>9.1} ms", milliseconds(start.elapsed()));
        keystrokes(&index);
        println!("  memory while searching: {}", status(&["VmHWM", "RssAnon", "RssFile"]));
        return;
    }
    let paragraphs = paragraphs();
    library(&paragraphs);
    let files = std::env::var("FILES").ok().and_then(|it| it.parse().ok()).unwrap_or(FILES);
    folder(&paragraphs, files);
}

/// The full library: the first index, the time until it is ready again, and each keystroke.
fn library(paragraphs: &[String]) {
    let texts = Texts((0..ARTICLES).map(|at| article(paragraphs, at)).collect());
    let bytes: usize = texts.0.iter().map(|it| it.body.len()).sum();
    println!("library: {ARTICLES} articles, {}", megabytes(bytes));
    let cache = tempfile::tempdir().unwrap();
    let store = Store::of_folder(Some(cache.path()), Path::new("library"));
    let start = Instant::now();
    let mut opened = store.open(&[]).unwrap();
    opened.refresh(&texts, &[], &mut |_| true).unwrap();
    println!("  first index      {:>9.1} ms", milliseconds(start.elapsed()));
    drop(opened);
    let mut ready: Vec<Duration> = (0..21)
        .map(|_| {
            let start = Instant::now();
            let opened = store.open(&[]).unwrap();
            assert!(opened.is_current(&texts));
            start.elapsed()
        })
        .collect();
    tell("ready", &mut ready);
    keystrokes(&store.open(&[]).unwrap().index);
}

/// A folder of files: indexing, keystrokes, memory, and the same words by `ripgrep`.
fn folder(paragraphs: &[String], count: usize) {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = 0;
    for at in 0..count {
        let place = folder.path().join(format!("{:03}", at / 100));
        fs::create_dir_all(&place).unwrap();
        let text = text(paragraphs, at, FILE);
        bytes += text.len();
        fs::write(place.join(format!("file-{at}.md")), text).unwrap();
    }
    println!("folder: {count} files, {}", megabytes(bytes));
    let cache = tempfile::tempdir().unwrap();
    let store = Store::of_folder(Some(cache.path()), folder.path());
    let texts = FolderTexts::new(folder.path());
    let (start, before) = (Instant::now(), processor());
    let mut first = None;
    let mut opened = store.open(&[]).unwrap();
    opened
        .refresh(&texts, &[], &mut |progress| {
            if progress.is_stage && first.is_none() {
                first = Some(start.elapsed());
            }
            true
        })
        .unwrap();
    let took = start.elapsed();
    let used = processor().saturating_sub(before).as_secs_f64();
    let (took, size) = (took.as_secs_f64(), bytes as f64 / 1e6);
    println!("  index            {took:>9.1} s, {:.1} MB/s", size / took);
    println!("  of the processor {used:>9.1} s, {:.1} MB/s on two of them", 2.0 * size / used);
    println!("  most memory      {}", status(&["VmHWM"]));
    if let Some(first) = first {
        println!("  first results    {:>9.1} s", first.as_secs_f64());
    }
    drop(opened);
    let size: u64 = sizes(cache.path());
    println!("  index on disk    {}", megabytes(usize::try_from(size).unwrap()));
    let start = Instant::now();
    let mut opened = store.open(&[]).unwrap();
    println!("  ready            {:>9.1} ms", milliseconds(start.elapsed()));
    let start = Instant::now();
    opened.refresh(&texts, &[], &mut |_| true).unwrap();
    println!("  nothing changed  {:>9.1} ms", milliseconds(start.elapsed()));
    drop(opened);
    searching(folder.path(), cache.path());
    forget_pages(folder.path());
    for word in ["election", "partition key", "con"] {
        ripgrep(word, folder.path());
    }
}

/// Searches in a process of its own, whose memory is that of searching alone.
fn searching(folder: &Path, cache: &Path) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let done = command.env("SEARCH", cache).arg(folder).status().unwrap();
    assert!(done.success());
}

/// Has the system read the files anew from the disk, where it lets us say so.
fn forget_pages(folder: &Path) {
    let _ = Command::new("sync").status();
    let forgot = fs::write("/proc/sys/vm/drop_caches", "1").is_ok();
    println!("  {} of {}", if forgot { "cold first" } else { "warm" }, folder.display());
}

/// Types each query, and tells how long each answer took.
fn keystrokes(index: &Index) {
    let mut times = vec![];
    let mut hits = 0;
    let mut slowest = (Duration::ZERO, 0, "");
    for typed in TYPED {
        let ends = typed.char_indices().map(|(at, c)| at + c.len_utf8());
        for end in ends {
            let query = typed.get(..end).unwrap().to_owned();
            let wanted = Wanted { query, limit: 30, ..Wanted::default() };
            let start = Instant::now();
            hits += index.search(&wanted).unwrap().hits.len();
            times.push(start.elapsed());
            slowest = slowest.max((start.elapsed(), end, typed));
        }
    }
    assert!(hits > 0);
    println!("  slowest          {}", slowest.2.get(..slowest.1).unwrap());
    tell("keystroke", &mut times);
}

/// `rg` over the same files: ignoring case, counting, as it would be asked for hits.
fn ripgrep(word: &str, folder: &Path) {
    let mut times: Vec<Duration> = vec![];
    for _ in 0..5 {
        let start = Instant::now();
        let mut command = Command::new("rg");
        let Ok(done) = command.args(["-i", "-c", "--", word]).arg(folder).output() else {
            println!("  rg is not installed");
            return;
        };
        assert!(done.status.success());
        times.push(start.elapsed());
    }
    println!("  rg {word:<13} {:>9.2} ms the first time", milliseconds(times[0]));
    tell(&format!("rg {word}"), &mut times);
}

fn tell(name: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |share: f64| milliseconds(times[((times.len() - 1) as f64 * share) as usize]);
    println!(
        "  {name:<16} {:>9.2} ms median, {:.2} ms p95, {:.2} ms worst",
        at(0.5),
        at(0.95),
        at(1.0)
    );
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn megabytes(bytes: usize) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

/// The time that the process has used of all processors.
fn processor() -> Duration {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::try_from(used).unwrap()
}

/// Lines of what the system says of the process: what memory is its own, what is mapped.
fn status(wanted: &[&str]) -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let lines = status.lines().filter(|line| wanted.iter().any(|it| line.starts_with(it)));
    lines
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join(", ")
}

fn sizes(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).unwrap().flatten();
    entries
        .map(|it| if it.path().is_dir() { sizes(&it.path()) } else { it.metadata().unwrap().len() })
        .sum()
}

/// The paragraphs of our articles, headings and code included.
fn paragraphs() -> Vec<String> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let folders = fs::read_dir(content).unwrap().flatten().filter(|it| it.path().is_dir());
    let files = folders.flat_map(|it| fs::read_dir(it.path()).unwrap().flatten());
    let articles = files.filter(|it| it.path().extension().is_some_and(|it| it == "md"));
    let texts = articles.map(|it| fs::read_to_string(it.path()).unwrap());
    let mut paragraphs: Vec<String> =
        texts.flat_map(|text| split(text.splitn(3, "---\n").nth(2).unwrap())).collect();
    paragraphs.sort();
    paragraphs
}

/// The paragraphs of a text; code with blank lines in it is one.
fn split(body: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = vec![];
    let mut is_open = false;
    for part in body.split("\n\n") {
        match paragraphs.last_mut().filter(|_| is_open) {
            Some(code) => code.push_str(&format!("\n\n{part}")),
            None => paragraphs.push(part.to_owned()),
        }
        is_open ^= part.matches("```").count() & 1 == 1;
    }
    paragraphs
}

/// A text of about so many bytes; another one for each number.
fn text(paragraphs: &[String], number: usize, bytes: usize) -> String {
    let mut state = number as u64 * 2_654_435_761 + 1;
    let mut random = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap()
    };
    let mut text = String::new();
    while text.len() < bytes {
        let part = &paragraphs[random() % paragraphs.len()];
        text.push_str(part);
        // A word that is nowhere else, as names and numbers are.
        if random() % 4 == 0 {
            text.push_str(&format!(" It is item{:x}.", random()));
        }
        text.push_str("\n\n");
    }
    text
}

fn article(paragraphs: &[String], at: usize) -> Entry {
    let body = text(paragraphs, at + 1_000_000, ARTICLE);
    let words: Vec<&str> = body.split_whitespace().filter(|it| it.len() > 3).take(7).collect();
    Entry {
        key: Key::Article(format!("category-{}/article-{at}", at % 25)),
        title: words.join(" "),
        summary: body.chars().filter(|c| *c != '\n').take(150).collect(),
        tags: words.iter().map(|it| (*it).to_lowercase()).collect(),
        category: format!("category-{}", at % 25),
        body,
        ..Entry::default()
    }
}

/// Texts in memory.
struct Texts(Vec<Entry>);

impl Collection for Texts {
    fn version(&self) -> u64 {
        1
    }

    fn list(&self) -> Vec<Listed> {
        self.0.iter().map(|it| Listed { key: it.key.clone(), stamp: 1 }).collect()
    }

    fn entry(&self, key: &Key) -> Option<Entry> {
        self.0.iter().find(|it| it.key == *key).cloned()
    }
}
