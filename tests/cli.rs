//! The command line as a person or a script meets it: output, messages, exit codes.

#![expect(clippy::unwrap_used, reason = "a test that cannot start the program has failed")]
#![cfg(unix)]

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::Write;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use library_tui::text;
use serde_json::Value;

/// What the program did.
#[derive(Debug)]
struct Done {
    code: Option<i32>,
    out: String,
    err: String,
}

/// The program, in an environment that is the same everywhere.
fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_library-tui"));
    command.args(arguments).env_clear().stdin(Stdio::null());
    command.env("LANG", "C.UTF-8").env("TERM", "xterm-256color").env("LIBRARY_TUI_EMBEDDED", "1");
    command
}

fn finish(command: &mut Command) -> Done {
    let output = command.output().unwrap();
    Done {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn run(arguments: &[&str]) -> Done {
    finish(&mut program(arguments))
}

fn fed(arguments: &[&str], input: &[u8]) -> Done {
    let mut command = program(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // The program may stop reading early.
    let _ = stdin.write_all(input);
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    Done {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Fails when a character could act on a terminal or hide what is said.
fn assert_harmless(text: &str) {
    let acts = |c: char| c.is_control() && c != '\n';
    let hidden = text.lines().map(text::hidden).sum::<usize>();
    assert!(!text.contains(acts) && hidden == 0, "{text:?}");
}

fn file(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn help_leads_with_examples() {
    let help = run(&["--help"]);
    assert_eq!((help.code, help.err.as_str()), (Some(0), ""));
    let place = |words: &str| help.out.find(words).unwrap();
    assert!(place("Examples:") < place("Usage:") && place("Usage:") < place("Options:"));
    assert!(place("Examples:") < 200);
    assert_eq!(run(&["-V"]).out, format!("library-tui {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn an_article_is_printed_under_its_title() {
    let done = run(&["read", "four-primitives"]);
    assert_eq!((done.code, done.err.as_str()), (Some(0), ""));
    assert!(done.out.starts_with("The Four Primitives"), "{}", done.out);
    assert!(done.out.contains("Transformer Math · foundation · "));
    assert_harmless(&done.out);
    assert!(done.out.lines().all(|line| text::width(line) <= 80));
    assert_eq!(run(&["read", "transformer-math/four-primitives"]).out, done.out);
    assert_eq!(run(&["read", "four-primitives", "--plain"]).out, done.out);
}

#[test]
fn a_picture_is_printed_as_its_text_and_the_size_that_its_file_tells() {
    let folder = tempfile::tempdir().unwrap();
    let header = |width: u32, height: u32| {
        [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &width.to_be_bytes(), &height.to_be_bytes()]
            .concat()
    };
    file(folder.path(), "a b.png", &header(640, 480));
    file(folder.path(), "bomb.png", &header(100_000, 100_000));
    file(folder.path(), "bad.jpg", b"\xff\xd8 garbage");
    let text =
        "![A](a%20b.png)\n\n![B](bomb.png)\n\n![C](bad.jpg)\n\n![D](none.png) ![E](../e.png)\n";
    let name = file(folder.path(), "a.md", text.as_bytes());
    let wanted = "[image: A] (a%20b.png, PNG 640×480)\n\n\
        [image: B] (bomb.png, not drawn: PNG of 100000 by 100000 pixels, more than\n40 million)\n\n\
        [image: C] (bad.jpg, not drawn: its JPEG header is damaged)\n\n\
        [image: D] (none.png) [image: E] (../e.png)\n";
    for arguments in [vec!["read", &name], vec!["read", "--plain", &name]] {
        let done = finish(program(&arguments).env("LC_ALL", "C.UTF-8"));
        assert_eq!((done.code, done.out.as_str()), (Some(0), wanted));
    }
    let ascii = finish(program(&["read", &name]).env("LC_ALL", "C"));
    assert!(ascii.out.contains("PNG 640x480"), "{}", ascii.out);
}

#[test]
fn the_width_is_what_was_asked_for_or_what_the_shell_says() {
    for width in [20, 33, 57] {
        let done = run(&["read", "four-primitives", "--width", &width.to_string()]);
        let widest = done.out.lines().map(text::width).max();
        assert!(widest <= Some(width), "{widest:?} of {width}");
    }
    let narrow = finish(program(&["read", "four-primitives"]).env("COLUMNS", "44"));
    assert_eq!(narrow.out, run(&["read", "four-primitives", "--width", "44"]).out);
}

#[test]
fn any_markdown_file_is_printed_and_so_is_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "notes.md", b"# Notes\n\nSome *words*.\n");
    let done = run(&["read", &path]);
    assert_eq!((done.code, done.err.as_str()), (Some(0), ""));
    assert!(done.out.contains("Notes") && done.out.contains("Some words."), "{}", done.out);
    assert_eq!(fed(&["read", "-"], b"# Notes\n\nSome *words*.\n").out, done.out);
    assert_eq!(fed(&["read", "-"], b"").out, "");
    let short = fed(&["read", "-"], b"AI, and AI.\n\n*[AI]: artificial intelligence\n");
    assert_eq!(short.out, "AI (artificial intelligence), and AI.\n");
    let relative = finish(program(&["read", "./notes.md"]).current_dir(folder.path()));
    assert_eq!(relative.out, done.out);
}

#[test]
fn a_file_is_shown_under_the_title_that_it_gives_itself() {
    let done = fed(&["read", "-"], b"---\ntitle: My title\nlayout: post\n---\nText.\n");
    assert!(done.out.starts_with("My title\n"), "{}", done.out);
    let broken = fed(&["read", "-"], b"---\ntitle: [\n---\nText.\n");
    assert_eq!((broken.code, broken.out.as_str()), (Some(0), "Text.\n"));
    assert!(broken.err.contains("front matter"), "{}", broken.err);
}

#[test]
fn an_unknown_name_is_answered_with_the_nearest() {
    for (arguments, near) in [
        (["read", "raft-leader-electon"], "raft-leader-election"),
        (["list", "casandra"], "cassandra"),
        (["lab", "kv-cache-grow"], "kv-cache-growth"),
    ] {
        let done = run(&arguments);
        assert_eq!((done.code, done.out.as_str()), (Some(1), ""));
        assert!(done.err.contains(near), "{}", done.err);
    }
    let names = run(&["read", "raft"]).err;
    assert_eq!(names.split("the nearest are").nth(1).unwrap().split(',').count(), 3, "{names}");
}

#[test]
fn a_missing_file_is_not_taken_for_an_article() {
    for name in ["missing.md", "./missing", "/no/such/file"] {
        let done = run(&["read", name]);
        assert_eq!(done.code, Some(1), "{done:?}");
        assert!(done.err.contains("no such file"), "{}", done.err);
    }
}

#[test]
fn what_is_no_text_is_refused_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let inside = |name: &str, bytes: &[u8]| file(folder.path(), name, bytes);
    let huge = folder.path().join("huge.md");
    File::create(&huge).unwrap().set_len(1 << 30).unwrap();
    for (path, reason) in [
        (inside("program", b"\x7fELF\0\0\0"), "binary, 7 bytes"),
        (inside("wide.md", b"\xff\xfeh\0i\0"), "UTF-16"),
        (huge.to_str().unwrap().to_owned(), "too long"),
        (folder.path().to_str().unwrap().to_owned(), "is a folder"),
        ("/dev/zero".to_owned(), "binary"),
    ] {
        let started = Instant::now();
        let done = run(&["read", &path]);
        assert_eq!((done.code, done.out.as_str()), (Some(2), ""), "{path}: {done:?}");
        assert!(done.err.contains(reason), "{path}: {}", done.err);
        assert!(started.elapsed() < Duration::from_secs(20), "{path}");
    }
}

#[test]
fn a_file_that_may_not_be_read_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "closed.md", b"text");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    let done = run(&["read", &path]);
    // The superuser reads it all the same.
    assert!(done.code == Some(0) || (done.code == Some(2) && done.err.contains("closed.md")));
}

#[test]
fn a_pipe_can_be_read_like_a_file() {
    let mut shell = Command::new("bash");
    shell.args(["-c", "exec \"$0\" read <(printf '# From a pipe')"]);
    let done = finish(shell.arg(env!("CARGO_BIN_EXE_library-tui")).stdin(Stdio::null()));
    assert_eq!((done.code, done.out.trim()), (Some(0), "From a pipe"), "{}", done.err);
}

#[test]
fn bytes_that_are_no_text_are_replaced_and_told() {
    let done = fed(&["read", "-"], b"caf\xe9 au lait\n");
    assert_eq!((done.code, done.out.as_str()), (Some(0), "caf\u{fffd} au lait\n"));
    assert!(done.err.contains("not UTF-8"), "{}", done.err);
}

#[test]
fn names_that_are_no_text_are_no_trouble() {
    let folder = tempfile::tempdir().unwrap();
    let name = OsString::from_vec(b"caf\xe9\x1b[2J.md".to_vec());
    fs::write(folder.path().join(&name), "Text.\n").unwrap();
    let read = |name: &OsStr| finish(program(&["read"]).arg(name).current_dir(folder.path()));
    let done = read(&name);
    assert_eq!((done.code, done.out.as_str()), (Some(0), "Text.\n"));
    for arguments in [&["read"][..], &["list"], &["lab"], &[], &["--theme"], &["--width"]] {
        let mut command = program(arguments);
        let done = finish(command.arg(OsStr::from_bytes(b"\xff\x1b]0;x\x07")));
        assert!(matches!(done.code, Some(1 | 2)), "{done:?}");
        assert_harmless(&done.err);
    }
}

/// Characters that act on a terminal, or hide or reverse what it shows.
const ATTACK: &str = "\u{1b}[2J\u{1b}]52;c;aGk=\u{7}\u{9b}31m\u{90}x\u{9c}\u{202e}\u{2066}\
                      \u{e0041}\u{200b}\u{7f}\u{8}\r";

#[test]
fn nothing_in_a_file_acts_on_the_terminal() {
    let encoded =
        ATTACK.chars().fold(String::new(), |all, c| all + &format!("&#{};", u32::from(c)));
    for attack in [ATTACK, &encoded] {
        let text = format!(
            "---\ntitle: \"T {}\"\n---\n# H {attack}\n\ntext {attack} `code {attack}` \
             [link {attack}](http://x/{attack}) ![image {attack}](y)\n\n```rust {attack}\n{attack}\n\
             ```\n\n    {attack}\n\n| {attack} | b |\n|---|---|\n| {attack} | d |\n\n<b>{attack}</b>\n\n\
             note[^1]\n\n[^1]: {attack}\n\n> [!NOTE]\n> {attack}\n\n- [ ] {attack}\n\n$$ {attack} $$\n\n\
             <details><summary>{attack}</summary>\n\n{attack}\n\n</details>\n",
            "\\e[2J\\u202e",
        );
        for arguments in [&["read", "-"][..], &["read", "-", "--width", "20"]] {
            let done = fed(arguments, text.as_bytes());
            assert_eq!(done.code, Some(0), "{}", done.err);
            assert_harmless(&done.out);
            assert_harmless(&done.err);
        }
    }
}

#[test]
fn nothing_in_a_name_acts_on_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let name = format!("{}\n.md", ATTACK.replace('\r', ""));
    fs::create_dir(folder.path().join(&name)).unwrap();
    for arguments in [
        vec!["read", &name],
        vec!["read", ATTACK],
        vec!["list", ATTACK],
        vec!["lab", ATTACK],
        vec!["labs", ATTACK],
        vec!["--theme", ATTACK],
        vec!["--width", ATTACK],
        vec![ATTACK, "--nothing"],
        vec!["lab", "x", ATTACK],
        vec!["open-in-browser", ATTACK],
    ] {
        let done = finish(program(&arguments).current_dir(folder.path()));
        assert!(matches!(done.code, Some(1 | 2)), "{done:?}");
        assert!(!done.err.is_empty());
        assert_harmless(&done.err);
        assert_harmless(&done.out);
    }
}

#[test]
fn a_library_that_attacks_is_listed_without_harm() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("content/a");
    fs::create_dir_all(&folder).unwrap();
    let attack = "T \\u001b[2J\\u009b1m\\u202e\\u007f";
    let category = format!("title = \"{attack}\"\ndescription = \"{attack}\"\narticles = [\"x\"]");
    fs::write(folder.join("category.toml"), category).unwrap();
    let article =
        "---\ntitle: \"\\e[2J\\u202eX\"\nsummary: \"\\x9b1m\"\ntags: [\"\\e\"]\n---\nText.\n";
    fs::write(folder.join("x.md"), article).unwrap();
    for arguments in [&["list"][..], &["list", "--json"], &["read", "x"], &["list", "b"]] {
        let mut command = program(arguments);
        let done = finish(command.env("LIBRARY_TUI_CONTENT", root.path().join("content")));
        assert!(!done.out.is_empty() || !done.err.is_empty());
        assert_harmless(&done.out);
        assert_harmless(&done.err);
    }
}

#[test]
fn the_interface_needs_a_terminal() {
    for arguments in [&[][..], &["four-primitives"], &["raft", "election"]] {
        let done = run(arguments);
        assert_eq!((done.code, done.out.as_str()), (Some(2), ""));
        assert!(done.err.contains("needs a terminal"), "{}", done.err);
    }
}

#[test]
fn wrong_usage_is_exit_code_two() {
    for arguments in [&["--nothing"][..], &["read"], &["read", "a", "b"], &["--width", "0"]] {
        let done = run(arguments);
        assert_eq!((done.code, done.out.as_str()), (Some(2), ""), "{done:?}");
        assert!(done.err.starts_with("library-tui: "), "{}", done.err);
    }
}

#[test]
fn the_lists_name_every_category_article_and_lab() {
    let list = run(&["list"]);
    assert_eq!(list.code, Some(0));
    assert_eq!(
        list.out.lines().filter(|line| !line.starts_with(' ') && !line.is_empty()).count(),
        25
    );
    assert!(list.out.contains("(misc): no articles yet"), "{}", list.out);
    assert!(run(&["list", "cassandra"]).out.contains("partition-key-contract"));
    assert!(run(&["labs"]).out.contains("kv-cache-growth"));
    let none = run(&["labs", "misc"]);
    assert_eq!((none.code, none.out.as_str()), (Some(0), "Miscellany (misc): no labs yet\n"));
}

#[test]
fn json_is_one_object_a_line_with_the_documented_fields() {
    let fields = |kind: &str| match kind {
        "category" => vec!["slug", "title", "description", "intro", "articles", "labs"],
        "article" => vec![
            "slug",
            "category",
            "title",
            "summary",
            "level",
            "tags",
            "minutes",
            "verified",
            "versions",
            "labs",
            "see",
            "related",
            "backlinks",
        ],
        _ => vec![
            "slug", "category", "title", "question", "level", "minutes", "articles", "takeaway",
        ],
    };
    let mut counts = [0, 0, 0];
    for line in (run(&["list", "--json"]).out + &run(&["labs", "--json"]).out).lines() {
        let object: Value = serde_json::from_str(line).unwrap();
        let kind = object["kind"].as_str().unwrap();
        let mut wanted = fields(kind);
        wanted.extend(["schema", "kind"]);
        wanted.sort_unstable();
        let mut found: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
        found.sort_unstable();
        assert_eq!(found, wanted);
        assert_eq!(object["schema"], 1);
        let place = ["category", "article", "lab"].iter().position(|it| *it == kind).unwrap();
        counts[place] += 1;
    }
    assert_eq!(counts[0], 25);
    assert!(counts[1] >= 12 && counts[2] >= 3, "{counts:?}");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    for arguments in [&["read", "four-primitives"][..], &["list"], &["list", "--json"], &["--help"]]
    {
        let mut command = program(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
    }
}

#[test]
fn output_that_cannot_be_written_is_a_failure() {
    for arguments in [
        &["read", "four-primitives"][..],
        &["read", "-"],
        &["list"],
        &["list", "--json"],
        &["labs"],
        &["labs", "--json"],
        &["lab", "kv-cache-growth"],
        &["lab", "kv-cache-growth", "--print"],
        &["--help"],
        &["--version"],
    ] {
        let mut command = program(arguments);
        let input = File::open("README.md").or_else(|_| File::open("Cargo.toml")).unwrap();
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = command.stdin(input).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains("cannot write the output: "), "{told}");
    }
}

#[test]
fn closed_descriptors_are_no_trouble() {
    for script in [
        "list >&-",
        "list <&-",
        "read four-primitives 2>&-",
        "read nothing 2>&-",
        "list nothing 2>/dev/full",
    ] {
        let mut shell = Command::new("bash");
        shell.args(["-c", &format!("\"$0\" {script}")]).arg(env!("CARGO_BIN_EXE_library-tui"));
        let done = finish(shell.env("LIBRARY_TUI_EMBEDDED", "1"));
        assert!(matches!(done.code, Some(0 | 1)), "{script}: {done:?}");
        assert!(!done.err.contains("panicked"), "{}", done.err);
    }
}

#[test]
fn it_runs_from_an_empty_folder_without_a_home() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_library-tui"));
    command.args(["read", "four-primitives"]).env_clear().current_dir(folder.path());
    let done = finish(command.stdin(Stdio::null()));
    assert_eq!(done.code, Some(0), "{}", done.err);
    // Without a locale that has them, ornaments are ASCII.
    assert!(done.out.contains("Transformer Math - foundation - "), "{}", done.out);
    let fence = done.out.lines().find(|line| line.contains(" python ")).unwrap();
    assert!(fence.is_ascii(), "{fence}");
}

#[test]
fn a_library_elsewhere_is_read_when_it_is_named() {
    let mut command = program(&["list"]);
    let done = finish(command.env("LIBRARY_TUI_CONTENT", "tests/fixtures/broken/content"));
    assert!(done.out.contains("Alpha (alpha): "), "{done:?}");
    let missing = finish(program(&["list"]).env("LIBRARY_TUI_CONTENT", "/no/such"));
    assert_eq!(missing.code, Some(2));
    assert!(missing.err.contains("/no/such"), "{}", missing.err);
}

#[test]
fn a_lab_is_described_printed_or_written_to_a_private_file() {
    let told = run(&["lab", "kv-cache-growth"]).out;
    assert!(told.contains("KV Cache Growth") && told.contains("kv-cache-growth --open"), "{told}");
    let page = run(&["lab", "transformer-math/kv-cache-growth", "--print"]).out;
    assert!(page.starts_with("<!doctype html>"));
    let folder = tempfile::tempdir().unwrap();
    let done = finish(program(&["lab", "kv-cache-growth", "--path"]).env("TMPDIR", folder.path()));
    let path = Path::new(done.out.trim_end());
    assert_eq!(fs::read_to_string(path).unwrap(), page);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(path), mode(path.parent().unwrap())), (0o600, 0o700));
    let nowhere = finish(program(&["lab", "kv-cache-growth", "--path"]).env("TMPDIR", "/no/such"));
    assert_eq!((nowhere.code, nowhere.out.as_str()), (Some(2), ""));
}
