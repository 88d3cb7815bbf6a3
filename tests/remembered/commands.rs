//! `stats`, `notes`, `state` and `review --plain`, as a person or a script meets them.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use library_tui::state::store::Store;
use library_tui::state::{Change, Finished, Highlight, Name, Place};

/// What the program did.
#[derive(Debug)]
struct Done {
    code: Option<i32>,
    out: String,
    err: String,
}

/// The program, with its state below `home`.
fn program(home: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_library-tui"));
    command.args(arguments).env_clear().env("LANG", "C.UTF-8").env("TZ", "UTC");
    command.env("HOME", home).env("LIBRARY_TUI_EMBEDDED", "1");
    command
}

fn finish(command: &mut Command, input: &str) -> Done {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // The program may stop reading early.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Done {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn run(home: &Path, arguments: &[&str]) -> Done {
    finish(&mut program(home, arguments), "")
}

/// A home in which one article was read to its end, and noted on.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".local/state/library-tui");
    let mut store = Store::open(Some(&folder)).unwrap().store;
    let name = Name::article("raft-leader-election");
    let place = |anchor: &str, quote: &str| Place {
        anchor: anchor.into(),
        quote: quote.into(),
        ..Place::default()
    };
    let noted = |quote: &str, note: &str| {
        let highlight = Highlight::new(name.clone(), place("", quote));
        Change::SetHighlight(Highlight { note: note.into(), made: 1_795_190_000, ..highlight })
    };
    let changes = [
        Change::Finish(name.clone(), Finished::Yes),
        noted("is not in the text\u{1b}[31m", "A *note*.\n\nOf two lines."),
        noted("nor is this", ""),
    ];
    store.write(&changes).unwrap();
    home
}

#[test]
fn notes_are_exported_with_quotes_and_links() {
    let home = home();
    let done = run(home.path(), &["notes", "export"]);
    assert_eq!((done.code, done.err.as_str()), (Some(0), ""));
    let parts = [
        "## Raft Leader Election: Terms, Votes and Timeouts\n",
        "> is not in the text\u{fffd}[31m\n\nA *note*.\n\nOf two lines.\n",
        "(<distributed/raft-leader-election.md>), 2026-11-20, no longer in the text\n",
        "> nor is this\n\n[",
    ];
    for part in parts {
        assert!(done.out.contains(part), "{part:?} in {}", done.out);
    }
    let lines = run(home.path(), &["notes", "export", "raft-leader-election", "--json"]).out;
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(first["kind"], "highlight");
    assert_eq!(first["text"], "article:raft-leader-election");
    assert_eq!((lines.lines().count(), &first["orphaned"]), (2, &true.into()));
    assert_eq!(run(home.path(), &["notes", "export", "four-primitives"]).code, Some(1));
    let unknown = run(home.path(), &["notes", "export", "raft-leader-electoin"]);
    assert!(unknown.err.contains("nearest are raft-leader-election"), "{}", unknown.err);
}

#[test]
fn a_state_is_carried_to_another_machine_and_both_sides_are_kept() {
    let (here, there) = (home(), tempfile::tempdir().unwrap());
    let carried = run(here.path(), &["state", "export"]).out;
    assert!(!carried.contains('\u{1b}'));
    let take = |arguments: &[&str]| finish(&mut program(there.path(), arguments), &carried);
    let trial = take(&["state", "import", "--dry-run", "-"]);
    assert!(trial.out.ends_with("Nothing was changed: this was a trial.\n"), "{trial:?}");
    assert!(run(there.path(), &["notes", "export"]).code == Some(1), "it was a trial");
    let taken = take(&["state", "import", "-"]);
    assert!(taken.out.contains("highlights            2 new"), "{taken:?}");
    assert!(taken.out.ends_with("Saved.\n"), "{taken:?}");
    let again = take(&["state", "import", "-"]);
    assert!(again.out.ends_with("Everything in it is known here already.\n"), "{again:?}");
    let both = run(there.path(), &["notes", "export"]).out;
    assert_eq!(both, run(here.path(), &["notes", "export"]).out);
}

#[test]
fn what_cannot_be_taken_in_changes_nothing() {
    let home = home();
    let before = run(home.path(), &["notes", "export"]).out;
    let carried = run(home.path(), &["state", "export"]).out;
    let later = carried.replace("\"schema\": 1", "\"schema\": 2");
    let half: String = carried.chars().take(carried.len() / 2).collect();
    for (text, reason) in [
        ("", "this is no JSON"),
        ("{}", "this is not what `library-tui state export` writes"),
        (&half, "this is no JSON"),
        (&later, "a later version of the program (schema 2"),
    ] {
        let refused = finish(&mut program(home.path(), &["state", "import", "-"]), text);
        assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""));
        assert!(refused.err.contains(reason), "{}", refused.err);
        assert!(refused.err.contains("nothing was changed"), "{}", refused.err);
    }
    assert_eq!(run(home.path(), &["state", "import", "/nowhere.json"]).code, Some(2));
    assert_eq!(run(home.path(), &["notes", "export"]).out, before);
}

#[test]
fn what_nobody_would_write_in_the_file_does_no_harm() {
    let home = home();
    let file = home.path().join(".local/state/library-tui/state.db");
    let odd = "UPDATE progress SET percent = 900, spent = -5, read = 9223372036854775807;
        INSERT INTO graded VALUES ('raft-leader-election#1', -9223372036854775808, 77);
        INSERT INTO graded VALUES ('raft-leader-election#1', 9223372036854775807, 3);
        INSERT INTO visit VALUES (90, 'raft', 1, -1, -1, -1, -1);
        INSERT INTO visit VALUES (91, 'article:raft', -9223372036854775808, 1, 500, 0, 0);
        INSERT INTO mark VALUES ('%', '', 'article:raft', '', 0, 0, 0, '', 0);
        INSERT INTO list VALUES ('', 1, 1)";
    rusqlite::Connection::open(&file).unwrap().execute_batch(odd).unwrap();
    for arguments in [&["stats"][..], &["stats", "--json"], &["review", "--plain"]] {
        let done = run(home.path(), arguments);
        assert_eq!((done.code, done.err.as_str()), (Some(0), ""), "{arguments:?}");
    }
    let carried = run(home.path(), &["state", "export"]).out;
    let there = tempfile::tempdir().unwrap();
    let taken = finish(&mut program(there.path(), &["state", "import", "-"]), &carried);
    assert_eq!(taken.code, Some(0), "{taken:?}");
}

#[test]
fn nothing_is_forgotten_without_a_yes() {
    let home = home();
    for answer in ["", "n\n", "maybe\n"] {
        let done = finish(&mut program(home.path(), &["state", "clear"]), answer);
        assert_eq!((done.code, done.out.as_str()), (Some(2), ""));
        assert!(done.err.contains("1 text read, 2 highlights, 1 note would be"), "{}", done.err);
        assert!(done.err.contains("nothing was forgotten"), "{}", done.err);
    }
    let done = finish(&mut program(home.path(), &["state", "clear"]), "yes\n");
    assert_eq!((done.code, done.out.as_str()), (Some(0), "Everything is forgotten.\n"));
    assert_eq!(run(home.path(), &["state", "clear"]).out, "Nothing is remembered.\n");
    let file = home.path().join(".local/state/library-tui/state.db");
    let bytes = fs::read(file).unwrap();
    let told = b"Of two lines.";
    assert!(!bytes.windows(told.len()).any(|it| it == told), "its words are still in the file");
}

#[test]
fn cards_are_asked_on_plain_lines() {
    let home = home();
    let review = |input: &str| finish(&mut program(home.path(), &["review", "--plain"]), input);
    let done = review("\n3\ns\n\n9\n1\nq\n");
    assert_eq!((done.code, done.err.as_str()), (Some(0), ""));
    let choices = "1 again (today), 2 hard (tomorrow), 3 good (2 days), 4 easy (8 days): ";
    assert_eq!(done.out.matches(choices).count(), 3, "{}", done.out);
    assert_eq!(done.out.matches("Saved.").count(), 2);
    let stats = run(home.path(), &["stats"]).out;
    assert!(stats.contains("2 cards, 0 due, 2 asked today"), "{stats}");
    // What was skipped comes again, what was asked does not.
    assert!(review("q").out.starts_with("1 of 2: "));
}

#[test]
fn without_articles_read_there_are_no_cards() {
    let home = tempfile::tempdir().unwrap();
    let done = run(home.path(), &["review", "--plain"]);
    assert_eq!((done.code, done.out.as_str()), (Some(1), ""));
    assert!(done.err.contains("no cards yet"), "{}", done.err);
    assert!(run(home.path(), &["stats"]).out.contains("Nothing yet."));
}

#[test]
fn statistics_are_told_as_json() {
    let home = home();
    let done = run(home.path(), &["stats", "--json"]);
    let lines: Vec<serde_json::Value> =
        done.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let kinds: Vec<&str> = lines.iter().map(|line| line["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["reading", "of-category", "recent", "review"]);
    assert_eq!((&lines[0]["finished"], &lines[2]["percent"]), (&1.into(), &100.into()));
}

/// Puts a file where the state is.
fn file(home: &Path, bytes: &[u8]) {
    let folder = home.join(".local/state/library-tui");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("state.db"), bytes).unwrap();
}

/// Homes in which nothing can be remembered, or nothing that was.
fn hostile() -> Vec<(&'static str, tempfile::TempDir)> {
    let with = |prepare: fn(&Path)| {
        let home = tempfile::tempdir().unwrap();
        prepare(home.path());
        home
    };
    vec![
        ("a missing home", with(|home| fs::remove_dir(home).unwrap())),
        ("a file for a folder", with(|home| fs::write(home.join(".local"), "").unwrap())),
        (
            "a folder for a file",
            with(|home| {
                fs::create_dir_all(home.join(".local/state/library-tui/state.db")).unwrap();
            }),
        ),
        ("garbage", with(|home| file(home, b"garbage"))),
        ("zeros", with(|home| file(home, &[0; 9_000]))),
        ("nothing in the file", with(|home| file(home, b""))),
        ("half a header", with(|home| file(home, b"SQLite format 3\0"))),
        (
            "a dangling link",
            with(|home| {
                std::os::unix::fs::symlink("/nowhere/at/all", home.join(".local")).unwrap();
            }),
        ),
        (
            "a link to a device",
            with(|home| {
                let folder = home.join(".local/state/library-tui");
                fs::create_dir_all(&folder).unwrap();
                std::os::unix::fs::symlink("/dev/full", folder.join("state.db")).unwrap();
            }),
        ),
    ]
}

#[test]
fn reading_goes_on_in_a_hostile_home() {
    let mut runs = 0;
    for (at, (what, home)) in hostile().iter().enumerate() {
        // Searching makes an index, which takes its time.
        let search = [&["search", "raft"][..]].into_iter().filter(|_| at < 2);
        for arguments in [&["read", "four-primitives"][..], &["list"]].into_iter().chain(search) {
            let done = run(home.path(), arguments);
            assert_eq!(done.code, Some(0), "{what}: {arguments:?}: {}", done.err);
            runs += 1;
        }
        for arguments in [&["stats"][..], &["state", "export"], &["review", "--plain"]] {
            let done = run(home.path(), arguments);
            let told = done.err.lines().filter(|line| line.starts_with("library-tui: ")).count();
            let told_enough = told > 0 || done.code == Some(0);
            assert!(told_enough && told <= 2, "{what}: {arguments:?}: {}", done.err);
            assert!(!done.err.contains("panicked"), "{what}: {}", done.err);
            runs += 1;
        }
    }
    assert_eq!(runs, 47);
}
