//! Work on labs at the command line: the kit, new labs, and what a lab says in a pipe.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use library_tui::labs::engine::Engine;
use library_tui::labs::file::LabFile;
use library_tui::labs::kit::{Kit, stripped};
use library_tui::labs::{new_page, prove, sentences};

use crate::{LABS, page, pages};

/// The program in a folder of its own, which has a `labs`.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_library-tui"));
    command.args(arguments).env_clear().env("LANG", "C.UTF-8").current_dir(folder);
    command.output().unwrap()
}

fn told(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn the_kit_in_the_program_is_the_one_of_the_repository() {
    let mut files = vec![];
    for kind in ["js", "css"] {
        let folder = Path::new(LABS).join("kit/min").join(kind);
        for entry in fs::read_dir(folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            files.push(format!("{kind}/{name}"));
        }
    }
    let kit = Kit::embedded();
    let mut names: Vec<&str> = kit.names().collect();
    names.sort_unstable();
    files.sort_unstable();
    assert_eq!(names, files);
}

#[test]
fn every_lab_has_the_current_kit() {
    let kit = Kit::embedded();
    for path in pages() {
        let html = fs::read_to_string(&path).unwrap();
        let told = "run `cargo run -- labs sync`";
        assert!(kit.inlined(&html).as_ref() == Ok(&html), "{}: {told}", path.display());
        assert!(kit.inlined(&stripped(&html)).as_ref() == Ok(&html), "{}", path.display());
    }
}

#[test]
fn a_new_lab_proves_what_it_says() {
    let html = new_page(&Kit::embedded(), "distributed", "little-s-law").unwrap();
    let lab = LabFile::parse(&html).unwrap();
    assert_eq!((lab.id.as_str(), lab.title.as_str()), ("little-s-law", "Little s law"));
    assert_eq!(prove::prove(&html, None, 3), []);
}

#[test]
fn a_lab_is_started_and_kept_current() {
    let folder = tempfile::tempdir().unwrap();
    let labs = folder.path().join("labs");
    assert_eq!(run(folder.path(), &["labs", "sync"]).status.code(), Some(2));
    fs::create_dir(&labs).unwrap();
    let (code, out, err) = told(&run(folder.path(), &["labs", "new", "queues/first-lab"]));
    assert_eq!((code, out.as_str()), (Some(0), "labs/queues/first-lab.html\n"), "{err}");
    let path = labs.join("queues/first-lab.html");
    let html = fs::read_to_string(&path).unwrap();
    assert_eq!(prove::prove(&html, None, 1), []);
    let (code, _, err) = told(&run(folder.path(), &["labs", "new", "queues/first-lab"]));
    assert_eq!((code, err.contains("is there")), (Some(2), true), "{err}");
    for place in ["lab", "../x/lab", "a/b/c", "A/b", "a/", "/b", "a/-b", "a/b.html"] {
        assert_eq!(run(folder.path(), &["labs", "new", place]).status.code(), Some(2), "{place}");
    }

    assert_eq!(
        told(&run(folder.path(), &["labs", "sync", "--check"])),
        (Some(0), String::new(), String::new())
    );
    fs::write(&path, stripped(&html)).unwrap();
    let (code, out, err) = told(&run(folder.path(), &["labs", "sync", "--check"]));
    assert_eq!(
        (code, out.as_str()),
        (Some(1), "out of date: labs/queues/first-lab.html\n"),
        "{err}"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), stripped(&html));
    let (code, out, err) = told(&run(folder.path(), &["labs", "sync"]));
    assert_eq!((code, out.as_str()), (Some(0), "updated: labs/queues/first-lab.html\n"), "{err}");
    assert_eq!(fs::read_to_string(&path).unwrap(), html);
    fs::write(&path, html.replace("formula bars", "formula wheel")).unwrap();
    let (code, _, err) = told(&run(folder.path(), &["labs", "sync"]));
    assert_eq!((code, err.contains("uses the module `wheel`")), (Some(2), true), "{err}");
}

#[test]
fn a_lab_says_in_sentences_what_it_shows() {
    let lab = LabFile::parse(&page("kv-cache-growth")).unwrap();
    let session = Engine::new().open(&lab).unwrap();
    let text = sentences(&lab, session.picture());
    let (code, out, err) = told(&run(Path::new(LABS), &["lab", "kv-cache-growth", "--text"]));
    assert_eq!((code, out, err), (Some(0), text.clone(), String::new()));
    for line in [
        "16 sequences × 8,192 tokens × 131,072 bytes = 16 GiB of cache, 1.07 times the weights. It fits in 16 GiB, with no room for another.",
        "Tokens per sequence: 8,192",
        "Weights: 14.96 GiB",
        "Tokens that fit: 8,192 (in each sequence)",
        "Cost of one token: 2 times 32 layers times 8 KV heads times 128 times 2 bytes is 131,072 bytes per token",
    ] {
        assert!(text.lines().any(|it| it == line), "{line}\nnot in\n{text}");
    }
    assert!(
        text.contains("\nKey takeaway: ") && text.contains("\nTry 1: ") && text.contains("\na) ")
    );
    assert!(!text.contains("Custom: layers"), "a control without a meaning is not named");
}
