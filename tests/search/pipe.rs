//! `library-tui search` as a script meets it.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// What a disk does to a file.
type Damage = fn(&[u8]) -> Vec<u8>;

/// What another program does to what is written of an index.
type Change = fn(&mut Value);

/// What the program did: exit code, output, messages.
fn run(cache: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_library-tui"));
    command.args(arguments).env_clear().stdin(Stdio::null());
    command.env("LANG", "C.UTF-8").env("XDG_CACHE_HOME", cache).env("LIBRARY_TUI_EMBEDDED", "1");
    let done = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.code(), text(done.stdout), text(done.stderr))
}

#[test]
fn hits_are_told_with_their_place_and_their_words() {
    let cache = tempfile::tempdir().unwrap();
    let (code, out, err) = run(cache.path(), &["search", "raft leader election"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.contains("distributed/raft-leader-election"), "{out}");
    assert!(!out.contains('\u{1b}') && out.lines().all(|line| line.chars().count() <= 140));
    // The second time, the index is there.
    assert!(cache.path().join("library-tui/search").is_dir());
    assert_eq!(run(cache.path(), &["search", "raft leader election"]).1, out);
}

#[test]
fn json_has_one_hit_a_line_and_marks_in_characters() {
    let cache = tempfile::tempdir().unwrap();
    let (code, out, _) = run(cache.path(), &["search", "--json", "--limit", "5", "softmax"]);
    assert_eq!(code, Some(0));
    assert_eq!(out.lines().count(), 5);
    for line in out.lines() {
        let hit: Value = serde_json::from_str(line).unwrap();
        assert_eq!((&hit["schema"], &hit["kind"]), (&1.into(), &"hit".into()));
        let snippet: Vec<char> = hit["snippet"].as_str().unwrap().chars().collect();
        for mark in hit["marks"].as_array().unwrap() {
            let range = [0, 1].map(|end| usize::try_from(mark[end].as_u64().unwrap()).unwrap());
            let marked: String = snippet[range[0]..range[1]].iter().collect();
            assert!(marked.to_lowercase().contains("softmax"), "{marked}");
        }
    }
}

#[test]
fn category_and_labs_narrow_the_search() {
    let cache = tempfile::tempdir().unwrap();
    let kinds = |arguments: &[&str], field: &str| -> Vec<String> {
        let (_, out, _) = run(cache.path(), &[&["search", "--json"], arguments].concat());
        let hits = out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        hits.map(|hit| hit[field].as_str().unwrap().to_owned()).collect()
    };
    let categories = kinds(&["--category", "cassandra", "token"], "category");
    assert!(!categories.is_empty() && categories.iter().all(|it| it == "cassandra"));
    let labs = kinds(&["--labs", "election"], "of");
    assert!(!labs.is_empty() && labs.iter().all(|it| it == "lab"));
    let (code, _, err) = run(cache.path(), &["search", "--category", "casandra", "token"]);
    assert_eq!(code, Some(1));
    assert!(err.contains("cassandra"), "{err}");
}

#[test]
fn nothing_found_is_exit_code_1() {
    let cache = tempfile::tempdir().unwrap();
    for query in ["zxqvzxqv", "\"", "-", "category:none x"] {
        let (code, out, err) = run(cache.path(), &["search", query]);
        assert_eq!((code, out.as_str()), (Some(1), ""), "{query}");
        assert_eq!(err, "library-tui: nothing found\n");
    }
    assert_eq!(run(cache.path(), &["search"]).0, Some(2));
}

#[test]
fn a_cache_that_cannot_be_written_is_told_and_search_works() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let (code, out, err) = run(&file, &["search", "raft election"]);
    assert_eq!(code, Some(0));
    assert!(out.contains("raft-leader-election"));
    assert!(err.contains("cannot be kept") && err.lines().count() == 1, "{err}");
}

/// Searches in a shell after `before`, which changes what a process may do.
fn after(before: &str, cache: &Path, query: &str) -> (Option<i32>, String, String) {
    let mut command = Command::new("sh");
    let script = format!("{before} && exec \"$0\" search \"$1\"");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_library-tui"), query]);
    command.env_clear().stdin(Stdio::null()).env("XDG_CACHE_HOME", cache);
    command.env("LIBRARY_TUI_EMBEDDED", "1");
    command.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").env("CACHE", cache);
    let done = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.code(), text(done.stdout), text(done.stderr))
}

#[test]
fn a_full_disk_is_told_and_search_works() {
    let cache = tempfile::tempdir().unwrap();
    // A file that may not grow fails as a disk does that has no room; 64 blocks are 32 KiB.
    let (code, out, err) = after("trap '' XFSZ; ulimit -f 64", cache.path(), "raft election");
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains("raft-leader-election"), "{out}");
    assert!(err.contains("cannot be kept") && err.lines().count() == 1, "{err}");
    let left = fs::read_dir(cache.path().join("library-tui/search")).unwrap().count();
    assert_eq!(left, 0, "what could not be kept is taken away");
}

#[test]
fn a_cache_that_may_only_be_read_is_told_and_search_works() {
    let cache = tempfile::tempdir().unwrap();
    let (_, wanted, _) = run(cache.path(), &["search", "raft election"]);
    let script = "mount --bind \"$CACHE\" \"$CACHE\" && mount -o remount,ro,bind \"$CACHE\"";
    let inside = |script: &str| {
        let script = format!("{script} && XDG_CACHE_HOME=\"$CACHE\" \"$0\" search 'raft election'");
        let mut command = Command::new("unshare");
        command.args(["-rm", "sh", "-c", &script, env!("CARGO_BIN_EXE_library-tui")]);
        command.env("LIBRARY_TUI_EMBEDDED", "1");
        command.stdin(Stdio::null()).env("CACHE", cache.path()).output()
    };
    let Ok(done) = inside(script) else { return };
    let err = String::from_utf8(done.stderr).unwrap();
    if err.contains("unshare:") || err.contains("mount:") {
        // Without namespaces there is no way to take the right to write from root.
        return;
    }
    assert_eq!(done.status.code(), Some(0), "{err}");
    assert_eq!(String::from_utf8(done.stdout).unwrap(), wanted);
    assert!(
        err.is_empty() || (err.contains("cannot be kept") && err.lines().count() == 1),
        "{err}"
    );
}

#[test]
fn without_a_home_search_says_so_and_works() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_library-tui"));
    let done = command.args(["search", "raft election"]).env_clear().output().unwrap();
    assert_eq!(done.status.code(), Some(0));
    let err = String::from_utf8(done.stderr).unwrap();
    assert!(err.contains("HOME") && err.lines().count() == 1, "{err}");
}

#[test]
fn several_readers_at_once_find_the_same() {
    let cache = tempfile::tempdir().unwrap();
    let found: Vec<_> = std::thread::scope(|scope| {
        let reader = || run(cache.path(), &["search", "raft election"]);
        let readers: Vec<_> = (0..4).map(|_| scope.spawn(reader)).collect();
        readers.into_iter().map(|it| it.join().unwrap()).collect()
    });
    for (code, out, err) in &found {
        assert_eq!((*code, out, err.as_str()), (Some(0), &found[0].1, ""));
    }
}

#[test]
fn a_folder_of_files_is_searched_and_what_changes_is_seen() {
    let cache = tempfile::tempdir().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    fs::create_dir(folder.path().join("sub")).unwrap();
    write("one.md", "# One\n\nA zebra.\n\n## Part\n\nIts stripes.\n");
    write("sub/two.txt", "Another zebra.");
    write("three.rs", "a zebra in no text");
    write(".hidden.md", "a hidden zebra");
    write("binary.md", "zebra\0");
    let names = |query: &str| -> Vec<String> {
        let path = folder.path().to_str().unwrap();
        let (_, out, _) = run(cache.path(), &["search", "--json", "--in", path, query]);
        let hits = out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let name = |hit: Value| {
            format!("{}/{}", hit["category"].as_str().unwrap(), hit["slug"].as_str().unwrap())
        };
        let mut names: Vec<String> = hits.map(name).collect();
        names.sort();
        names
    };
    assert_eq!(names("zebra"), ["/one.md", "sub/two.txt"]);
    assert_eq!(names("stripes"), ["/one.md"]);
    write("one.md", "# One\n\nA horse.\n");
    write("four.md", "The fourth zebra.");
    fs::remove_file(folder.path().join("sub/two.txt")).unwrap();
    assert_eq!(names("zebra"), ["/four.md"]);
    assert_eq!(names("horse"), ["/one.md"]);
    write("five.md", "---\ntitle: Five\nlevel: deep\ntags: [Farm]\nlabs: [a-lab]\n---\n\nA cow.\n");
    for query in ["level:deep", "tag:farm", "lab:a-lab cow", "title:five -level:working"] {
        assert_eq!(names(query), ["/five.md"], "{query}");
    }
}

/// The folder of the only index in a cache.
fn index_in(cache: &Path) -> std::path::PathBuf {
    let search = cache.join("library-tui/search");
    fs::read_dir(&search).unwrap().next().unwrap().unwrap().path()
}

#[test]
fn an_index_of_another_version_is_set_aside_and_made_anew() {
    let cache = tempfile::tempdir().unwrap();
    let (_, wanted, _) = run(cache.path(), &["search", "raft election"]);
    let meta = index_in(cache.path()).join("meta.json");
    let written: Value = serde_json::from_slice(&fs::read(&meta).unwrap()).unwrap();
    let changes: [(&str, Change); 3] = [
        ("future", |meta| meta["payload"] = "999:1".into()),
        ("past", |meta| meta["payload"] = Value::Null),
        ("foreign", |meta| drop(meta["schema"].as_array_mut().unwrap().pop())),
    ];
    for (what, change) in changes {
        let mut other = written.clone();
        change(&mut other);
        fs::write(&meta, other.to_string()).unwrap();
        let (code, out, err) = run(cache.path(), &["search", "raft election"]);
        assert_eq!((code, out.as_str()), (Some(0), wanted.as_str()), "{what}: {err}");
        assert!(err.contains("set aside") && err.lines().count() == 1, "{what}: {err}");
        assert_eq!(run(cache.path(), &["search", "raft election"]).2, "", "{what}");
    }
}

#[test]
fn damage_in_a_large_index_is_seen_when_it_is_read_and_mended() {
    let cache = tempfile::tempdir().unwrap();
    let (_, wanted, _) = run(cache.path(), &["search", "raft election"]);
    let index = index_in(cache.path());
    // What has more than 32 MB is not read over when it is opened.
    let large = fs::File::create(index.join("large")).unwrap();
    large.set_len(33 << 20).unwrap();
    let names = fs::read_dir(&index).unwrap().map(|it| it.unwrap().path());
    let stores = names.filter(|it| it.extension().is_some_and(|it| it == "store"));
    for store in stores {
        let mut bytes = fs::read(&store).unwrap();
        let end = bytes.len() - 1_000;
        bytes[..end].iter_mut().for_each(|byte| *byte ^= 0x5a);
        fs::write(&store, bytes).unwrap();
    }
    let (code, out, err) = run(cache.path(), &["search", "raft election"]);
    assert_eq!((code, out.as_str()), (Some(0), wanted.as_str()), "{err}");
    assert!(err.contains("set aside") && err.lines().count() == 1, "{err}");
    assert_eq!(run(cache.path(), &["search", "raft election"]).2, "");
}

#[test]
fn a_damaged_index_is_set_aside_and_made_anew() {
    let cache = tempfile::tempdir().unwrap();
    let (_, wanted, _) = run(cache.path(), &["search", "raft election"]);
    let index = index_in(cache.path());
    let damages: [(&str, Damage); 4] = [
        ("truncated", |bytes| bytes[..bytes.len() / 2].to_vec()),
        ("emptied", |_| vec![]),
        ("foreign", |_| b"{\"not\": \"an index\"}".to_vec()),
        ("flipped", |bytes| {
            let mut bytes = bytes.to_vec();
            let middle = bytes.len() / 3;
            bytes[middle] ^= 0x55;
            bytes
        }),
    ];
    for (what, damage) in damages {
        let files: Vec<_> = fs::read_dir(&index).unwrap().map(|it| it.unwrap().path()).collect();
        for file in files.iter().filter(|it| it.metadata().unwrap().len() > 0) {
            fs::write(file, damage(&fs::read(file).unwrap())).unwrap();
        }
        let (code, out, err) = run(cache.path(), &["search", "raft election"]);
        assert_eq!((code, out.as_str()), (Some(0), wanted.as_str()), "{what}: {err}");
        assert!(err.contains("set aside") && err.lines().count() == 1, "{what}: {err}");
        assert_eq!(run(cache.path(), &["search", "raft election"]).2, "", "{what}");
    }
}
