//! `export` as a person or a script meets it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::markup::elements;

fn export(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_library-tui"));
    command.arg("export").args(arguments).env_clear().env("LANG", "C.UTF-8");
    command.env("LIBRARY_TUI_EMBEDDED", "1");
    command.stdin(Stdio::null()).output().unwrap()
}

fn refused(arguments: &[&str]) -> String {
    let output = export(arguments);
    assert!(!output.status.success() && output.stdout.is_empty(), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

fn shown(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn an_article_and_a_file_are_printed_or_written_as_pages() {
    let folder = tempfile::tempdir().unwrap();
    let page = export(&["raft-leader-election"]);
    let html = String::from_utf8(page.stdout).unwrap();
    assert!(html.contains("<h1>Raft Leader Election") && elements(&html).is_ok());
    assert!(!html.contains("href=\"../"), "a page alone has no page to lead to");
    let (source, out) = (folder.path().join("a.md"), folder.path().join("a.html"));
    fs::write(&source, "# Own\n\ntext").unwrap();
    assert!(export(&[shown(&source), "--out", shown(&out)]).status.success());
    assert!(fs::read_to_string(&out).unwrap().contains("<title>Own</title>"));
    assert!(export(&[shown(&source), "--out", shown(&out)]).status.success());
    let message = refused(&["raft-leader-election", "--out", shown(&source)]);
    assert!(message.contains("is there already and no exported page"), "{message}");
    assert_eq!(fs::read_to_string(&source).unwrap(), "# Own\n\ntext");
}

#[test]
fn wrong_usage_is_told_with_what_to_do() {
    assert!(refused(&[]).contains("say what to export"));
    assert!(refused(&["--all"]).contains("add --out DIR"));
    assert!(refused(&["raft-leader-elction"]).contains("the nearest are raft-leader-election"));
    assert!(refused(&["gone.md"]).contains("there is no such file"));
}

#[test]
fn the_library_is_a_site_with_labs_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    let output = export(&["--all", "--out", shown(&site)]);
    assert!(output.status.success(), "{output:?}");
    assert!(site.join("index.html").exists() && site.join("video/index.html").exists());
    let lab = fs::read(site.join("labs/distributed/raft-election.html")).unwrap();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("labs/distributed/raft-election.html");
    assert_eq!(lab, fs::read(own).unwrap());
    fs::remove_file(site.join(".library-tui-export")).unwrap();
    let message = refused(&["--all", "--out", shown(&site)]);
    assert!(message.contains("is not empty, and holds no earlier export"), "{message}");
}

#[test]
fn a_folder_of_markdown_becomes_pages_that_lead_to_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let (notes, site) = (folder.path().join("notes"), folder.path().join("site"));
    fs::create_dir_all(notes.join("deep")).unwrap();
    fs::write(notes.join("a.md"), "# A\n\n[to b](deep/b.md#b) [out](../secret.md)").unwrap();
    fs::write(notes.join("deep/b.md"), "# B\n\n![p](p.png) ![q](q.png)").unwrap();
    fs::write(notes.join("deep/p.png"), "picture").unwrap();
    fs::write(folder.path().join("secret.png"), "secret").unwrap();
    std::os::unix::fs::symlink(folder.path().join("secret.png"), notes.join("deep/q.png")).unwrap();
    assert!(export(&[shown(&notes), "--out", shown(&site)]).status.success());
    let a = fs::read_to_string(site.join("a.html")).unwrap();
    assert!(
        a.contains("<a href=\"deep/b.html#b\">to b</a>") && !a.contains("href=\"../secret"),
        "{a}"
    );
    assert_eq!(fs::read(site.join("deep/p.png")).unwrap(), b"picture");
    assert!(!site.join("deep/q.png").exists(), "a link leads out of the folder");
    let index = fs::read_to_string(site.join("index.html")).unwrap();
    assert!(index.contains("<a href=\"deep/b.html\">B</a>"), "{index}");
}
