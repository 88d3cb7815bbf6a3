//! Code of articles is run and compared, and can harm nothing while it runs.
//!
//! What a kernel does not offer is told by the program; the tests then hold it to what is left.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own files has failed")]
#![cfg(target_os = "linux")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use library_tui::check::run::{Fence, Limits, Outcome, Protections, Runner, Settings, update};
use serde_json::json;

/// Settings with a folder for what fences leave behind, which is nothing.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("temp")).unwrap();
        // Who is not root any more has to get in.
        let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(folder.path(), open).unwrap();
        Self { folder }
    }

    fn temp(&self) -> PathBuf {
        self.folder.path().join("temp")
    }

    fn settings(&self) -> Settings {
        let program = PathBuf::from(env!("CARGO_BIN_EXE_library-tui"));
        Settings::new(program, env::var_os("PATH").unwrap(), self.temp())
    }

    fn run(&self, settings: Settings, source: &str) -> Vec<Outcome> {
        let outcomes = Runner::new(settings).run(&Fence::of("a.md", source), &mut |_, _| ());
        assert_eq!(fs::read_dir(self.temp()).unwrap().count(), 0, "a folder is left behind");
        outcomes
    }
}

fn outcome(language: &str, code: &str) -> Outcome {
    let place = Place::new();
    let source = format!("```{language} run\n{code}\n```\n");
    place.run(place.settings(), &source).remove(0)
}

fn ran(stdout: &str) -> Outcome {
    Outcome::Ran { stdout: stdout.to_owned(), cached: false }
}

#[test]
fn every_language_runs() {
    for (language, code, stdout) in [
        (
            "python",
            "import sys, os\nprint(sys.version_info[0], os.listdir(), len(os.environ))",
            "3 [] 6\n",
        ),
        ("python", "print(hash('x') == hash('x'), {'b', 'a', 'c'} and 'é')", "True é\n"),
        (
            "javascript",
            "console.log([1, 2].map(n => n * 2), require('fs').readdirSync('.'))",
            "[ 2, 4 ] []\n",
        ),
        ("javascript", "import fs from 'node:fs';\nconsole.log(fs.readdirSync('.').length)", "0\n"),
        ("rust", "fn main() { println!(\"{}\", (1..=4u64).product::<u64>()); }", "24\n"),
        ("sql", "CREATE TABLE t(a); INSERT INTO t VALUES (1), (2);\nSELECT sum(a) FROM t;", "3\n"),
        ("sh", "printf '%s\\n' \"$LANG\" b a | sort; ls; cat", "C.UTF-8\na\nb\n"),
    ] {
        assert_eq!(outcome(language, code), ran(stdout), "{language}: {code}");
    }
}

#[test]
fn fences_compile_or_tell_why_not() {
    let place = Place::new();
    for (language, good, bad) in [
        ("python", "def f():\n    return open('x')", "return 1"),
        ("javascript", "const x = await_ => 1;", "let = ;"),
        ("javascript", "import x from 'y';", "export let ="),
        ("rust", "fn f() -> u8 { 1 }", "fn f() -> u8 { \"\" }"),
        ("sh", "no_such_command | x", "if true; then"),
        ("sql", "SELECT a FROM nowhere;\nSELECT 1;", "SELEC 1;"),
        ("json", "[1]", "[1"),
        ("yaml", "a: 1", "a: ["),
        ("toml", "a = 1", "a = "),
    ] {
        let source =
            format!("```{language} compile\n{good}\n```\n\n```{language} compile\n{bad}\n```\n");
        let outcomes = place.run(place.settings(), &source);
        assert_eq!(outcomes[0], Outcome::Compiled, "{language}");
        assert!(matches!(outcomes[1], Outcome::Failed { .. }), "{language}: {:?}", outcomes[1]);
    }
}

#[test]
fn postgres_runs_each_fence_in_a_database_of_its_own() {
    let place = Place::new();
    let source = "```sql run=postgres\nCREATE TABLE t(a int);\nSELECT 1 AS one;\n```\n\
        ```output\n one \n-----\n   1\n(1 row)\n\n```\n\
        ```sql run=postgres\nSELECT * FROM t;\n```\n\
        ```sql run=postgres\nSELECT current_setting('TimeZone'), version() LIKE 'PostgreSQL%';\n```\n";
    let outcomes = place.run(place.settings(), source);
    assert!(matches!(&outcomes[0], Outcome::Ran { .. }), "{outcomes:?}");
    let Outcome::Failed { stderr, .. } = &outcomes[1] else { panic!("{outcomes:?}") };
    assert!(stderr.contains("main.sql:1: ERROR:  relation \"t\" does not exist"), "{stderr}");
    assert!(matches!(&outcomes[2], Outcome::Ran { .. }), "{outcomes:?}");
}

/// What a hostile fence comes to, with all that the kernel has and without namespaces; no
/// process that has `marker` among its arguments is left.
fn stopped(language: &str, code: &str, marker: &str, check: impl Fn(&Stopped)) {
    stopped_after(20, language, code, marker, check);
}

fn stopped_after(seconds: u64, language: &str, code: &str, marker: &str, check: impl Fn(&Stopped)) {
    for namespaces in [true, false] {
        let place = Place::new();
        let limits = Limits {
            wall: Duration::from_secs(seconds),
            cpu: Duration::from_secs(2),
            processes: 40,
            ..Limits::default()
        };
        let settings = Settings { namespaces, limits, ..place.settings() };
        let runner = Runner::new(settings);
        let protections = runner.protections().clone();
        assert_eq!(protections.trouble, None);
        let source = format!("```{language} run\n{code}\n```\n");
        let outcome = runner.run(&Fence::of("a.md", &source), &mut |_, _| ()).remove(0);
        assert_eq!(fs::read_dir(place.temp()).unwrap().count(), 0, "a folder is left behind");
        assert_eq!(with_argument(marker), 0, "a process is left behind ({protections})");
        let Outcome::Failed { why, mend, stderr } = outcome else {
            check(&Stopped { protections, why: format!("{outcome:?}"), ..Stopped::default() });
            continue;
        };
        check(&Stopped { protections, why, mend, stderr });
    }
}

#[derive(Debug, Default)]
struct Stopped {
    protections: Protections,
    why: String,
    mend: String,
    stderr: String,
}

/// What nothing has among its arguments.
const NONE: &str = "no such argument";

/// A word that no other process has among its arguments; the length of a sleep.
fn marker(number: u32) -> String {
    format!("{number}{}", std::process::id())
}

fn with_argument(marker: &str) -> usize {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let arguments = processes.filter_map(|it| fs::read(it.path().join("cmdline")).ok());
    arguments.filter(|it| it.split(|byte| *byte == 0).any(|it| it == marker.as_bytes())).count()
}

#[test]
fn postgres_is_locked_up_like_any_fence_and_ends_with_the_run() {
    let marker = marker(35);
    let place = Place::new();
    let source = format!(
        "```sql run=postgres\nCOPY (SELECT 1) TO PROGRAM 'cat; setsid sleep {marker} >/dev/null 2>&1 &';\n```\n\
         ```sql run=postgres\nSELECT pg_read_file('/etc/shadow');\n```\n\
         ```sql run=postgres\nCOPY (SELECT 1) TO '/var/tmp/library-runs-postgres';\n```\n\
         ```sql run=postgres\nCOPY (SELECT 1) TO PROGRAM 'kill -9 `head -1 postmaster.pid`';\n```\n\
         ```sql run=postgres\nSELECT 1;\n```\n"
    );
    for namespaces in [true, false] {
        let settings = Settings { namespaces, jobs: 1, ..place.settings() };
        let outcomes = place.run(settings, &source);
        assert!(matches!(&outcomes[0], Outcome::Ran { .. }), "{outcomes:?}");
        for refused in &outcomes[1..3] {
            let Outcome::Failed { stderr, .. } = refused else { panic!("{outcomes:?}") };
            let is_hidden = stderr.contains("No such file") || stderr.contains("Permission denied");
            assert!(is_hidden, "{stderr}");
        }
        // Whoever ends the server ends it for itself.
        assert!(matches!(&outcomes[4], Outcome::Ran { .. }), "{outcomes:?}");
        assert_eq!(with_argument(&marker), 0);
    }
    assert!(!Path::new("/var/tmp/library-runs-postgres").exists());
}

#[test]
fn the_same_fence_prints_the_same_every_time() {
    for (language, code) in [
        (
            "python",
            "import os, time\nprint({'a', 'b', 'c', 'd'}, hash('x'), os.getuid(), time.tzname)",
        ),
        ("javascript", "console.log(process.getuid(), new Date(0).toString())"),
        ("sh", "pwd | wc -c; date -d @0; id -u"),
    ] {
        let first = outcome(language, code);
        assert!(matches!(first, Outcome::Ran { .. }), "{first:?}");
        assert_eq!(outcome(language, code), first);
    }
}

#[test]
fn a_fence_that_sleeps_or_turns_in_circles_is_stopped() {
    let marker = marker(31);
    stopped_after(2, "sh", &format!("sleep {marker}"), &marker, |it| {
        assert_eq!(it.why, "it was still running after 2 s");
    });
    stopped("python", "while True: pass", &marker, |it| {
        assert_eq!(it.why, "it used more than 2 s of processor time");
    });
    let ignores = format!("trap '' TERM HUP INT XCPU; sleep {marker}; sleep {marker}");
    stopped_after(2, "sh", &ignores, &marker, |it| {
        assert_eq!(it.why, "it was still running after 2 s");
    });
}

#[test]
fn a_fork_bomb_is_contained_and_ends() {
    let marker = marker(32);
    let bomb = format!(
        "import os, subprocess, time\n\
         for _ in range(60): subprocess.Popen(['sleep', '{marker}'])\n\
         print('no limit')"
    );
    stopped("python", &bomb, &marker, |it| {
        if it.protections.count {
            assert!(it.why.starts_with("it ended with status"), "{it:?}");
            assert!(it.mend.contains("40 processes"), "{it:?}");
        }
    });
    let bomb = format!("bomb() {{ bomb | bomb & }}; bomb; sleep {marker}");
    // A kernel that does not count must not be brought down by a test.
    let settings = Settings { namespaces: false, ..Place::new().settings() };
    if Runner::new(settings).protections().count {
        stopped_after(3, "sh", &bomb, &marker, |it| assert!(!it.why.contains("Ran"), "{it:?}"));
    }
}

#[test]
fn a_daemon_ends_with_its_fence() {
    let marker = marker(33);
    let code =
        format!("setsid sh -c 'setsid sleep {marker} >/dev/null 2>&1 &' &\nsleep 0.3; echo done");
    stopped("sh", &code, &marker, |it| assert!(it.why.contains("done"), "{it:?}"));
    let code = format!(
        "import os, signal\n\
         if os.fork() == 0:\n    os.setsid()\n    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n    \
         if os.fork(): os._exit(0)\n    os.execvp('sleep', ['sleep', '{marker}'])\n\
         os.wait()\nos.kill(os.getpid(), signal.SIGKILL)"
    );
    stopped("python", &code, &marker, |it| assert!(it.why.contains("status 137"), "{it:?}"));
}

#[test]
fn a_flood_is_cut_off() {
    stopped("sh", "while :; do echo yes yes yes yes; done", NONE, |it| {
        assert_eq!(it.why, "it printed more than 1 MiB");
    });
    stopped("sh", "yes >&2", NONE, |it| {
        assert_eq!(it.why, "it printed more than 1 MiB");
        assert!(it.stderr.len() <= 4096, "{}", it.stderr.len());
    });
}

#[test]
fn a_disk_is_not_filled() {
    stopped("sh", "dd if=/dev/zero of=big bs=1M count=100", NONE, |it| {
        assert!(it.mend.starts_with("write less: a file may have 16 MiB"), "{it:?}");
    });
    let many = "for i in range(20):\n    open(str(i), 'wb').write(bytes(8 << 20))";
    stopped("python", many, NONE, |it| {
        if it.protections.mounts {
            assert!(it.mend.starts_with("write less"), "{it:?}");
        }
    });
}

#[test]
fn memory_is_bounded() {
    stopped("python", "x = bytearray(3 << 30)", NONE, |it| {
        assert!(it.mend.contains("1024 MiB"), "{it:?}");
    });
    // V8 may look for room until its time is up.
    stopped(
        "javascript",
        "const x = []; for (;;) x.push(Buffer.alloc(64 << 20, 1));",
        NONE,
        |it| {
            assert!(it.why.contains("ended") || it.why.contains("processor time"), "{it:?}");
        },
    );
}

#[test]
fn what_people_keep_is_not_read() {
    let home = tempfile::tempdir_in(env::var_os("HOME").unwrap()).unwrap();
    let secret = home.path().join("secret");
    fs::write(&secret, "open sesame").unwrap();
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    for path in [Path::new("/etc/shadow"), Path::new("/etc/passwd"), &secret, &content] {
        let code = format!("cat {}", path.display());
        stopped("sh", &code, NONE, |it| {
            let is_hidden = it.protections.mounts && path == secret;
            if it.protections.files || is_hidden || path == Path::new("/etc/shadow") {
                assert!(it.why.starts_with("it ended with status 1"), "{it:?}");
                // What lies below a folder that is hidden whole, as /tmp is, is not there at all.
                let is_missing = it.stderr.contains("No such file");
                assert!(is_missing || !is_hidden, "{it:?}");
                assert!(is_missing || it.mend.contains("reads nothing but"), "{it:?}");
            }
        });
    }
    stopped("sh", "ls /proc/1/fd /proc/1/root; cat /proc/1/environ", NONE, |it| {
        assert!(it.why.contains("ended") || it.protections.mounts, "{it:?}");
    });
}

#[test]
fn nothing_is_written_outside() {
    let outside = tempfile::tempdir().unwrap();
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o777);
    fs::set_permissions(outside.path(), open).unwrap();
    let places = [outside.path().join("x"), "/var/tmp/library-runs-x".into(), "../x".into()];
    for place in places {
        stopped("sh", &format!("echo x > {}", place.display()), NONE, |it| {
            if it.protections.files || it.protections.mounts {
                assert!(it.why.contains("ended with status 2"), "{it:?}");
                assert!(place.is_relative() || !place.exists(), "{it:?}");
            }
        });
    }
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
}

#[test]
fn no_network_is_reached_not_even_this_machine() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let connect = format!("import socket\nsocket.create_connection(('127.0.0.1', {port}), 2)");
    let datagram = format!(
        "import socket\nsocket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', {port}))"
    );
    let serve = "import socket\nsocket.create_server(('127.0.0.1', 0))".to_owned();
    let local = "import socket\nsocket.socket(socket.AF_UNIX).bind('s')".to_owned();
    for code in [connect, datagram, serve, local] {
        stopped("python", &code, NONE, |it| {
            assert!(it.protections.is_offline(), "no protection is active: {}", it.protections);
            assert!(it.why == "it ended with status 1", "{it:?}");
            assert!(it.mend.starts_with("a fence has no network"), "{it:?}");
        });
    }
    stopped("python", "import socket\na, b = socket.socketpair()\na.send(b'x')", NONE, |it| {
        assert!(it.why.contains("Ran"), "{it:?}");
    });
}

#[test]
fn a_fence_cannot_harm_the_processes_around_it() {
    let id = std::process::id();
    stopped("sh", &format!("kill -9 {id} || exit 3"), NONE, |it| {
        assert!(it.why.contains("status 3"), "{it:?}");
    });
    stopped("sh", "kill -9 $PPID; kill -9 -1; echo alive", NONE, |it| {
        assert!(it.why.contains("alive") || it.why.contains("ended"), "{it:?}");
    });
}

#[test]
fn failures_are_told_in_plain_words() {
    stopped("sh", "echo no >&2; exit 1", NONE, |it| {
        assert_eq!((it.why.as_str(), it.stderr.as_str()), ("it ended with status 1", "no\n"));
        assert!(it.mend.starts_with("make it end with status 0"));
    });
    stopped("python", "import sys\nsys.stdout.buffer.write(b'ab\\xff')", NONE, |it| {
        assert_eq!(it.why, "what it printed is not UTF-8, at byte 2");
    });
    stopped("python", "raise ValueError('x')", NONE, |it| {
        assert_eq!(
            it.stderr,
            "Traceback (most recent call last):\n  File \"main.py\", line 1, in <module>\n    \
             raise ValueError('x')\nValueError: x\n"
        );
    });
    stopped("rust", "fn main() { let x: u8 = \"\"; }", NONE, |it| {
        assert_eq!(it.why, "it does not compile");
        assert!(it.stderr.contains("main.rs:1:25"), "{it:?}");
    });
    stopped("sh", "kill -SEGV $$", NONE, |it| {
        assert_eq!(it.why, "it was ended by a memory access that is not allowed (status 139)");
    });
    stopped("sql", "SELECT 1;\nSELECT * FROM nowhere;", NONE, |it| {
        assert!(it.stderr.contains("no such table: nowhere"), "{it:?}");
    });
    stopped("go", "package main", NONE, |it| {
        assert!(it.why.contains("python, javascript, rust, sql and sh"), "{it:?}");
    });
}

#[test]
fn output_is_compared_to_the_byte_and_written_back() {
    let place = Place::new();
    let source = "---\ntitle: x\n---\n```sh run\necho a\n```\n\n```output\na\n```\n\n\
        ```sh run\necho 'b '\n```\n```csv\nb\n```\n\n```sh run\nprintf x\n```\n```output\nx\n```\n";
    let outcomes = place.run(place.settings(), source);
    assert_eq!(outcomes[0], ran("a\n"));
    let differs = Outcome::Differs { expected: "b\n".to_owned(), actual: "b \n".to_owned() };
    assert_eq!(outcomes[1], differs);
    let Outcome::Failed { why, .. } = &outcomes[2] else { panic!("{outcomes:?}") };
    assert_eq!(why, "what it printed does not end with a line feed");
    let updated = update("a.md", source, &outcomes);
    assert_eq!(updated, source.replace("```csv\nb\n", "```csv\nb \n"));
    assert_eq!(place.run(place.settings(), &updated)[1], ran("b \n"));
}

#[test]
fn a_fence_that_did_not_change_is_not_run_again() {
    let place = Place::new();
    let cache = Some(place.folder.path().join("cache"));
    let settings = || Settings { cache: cache.clone(), ..place.settings() };
    let source = "```python run\nimport time\nprint(time.time_ns())\n```\n```sh run\nexit 1\n```\n";
    let first = place.run(settings(), source);
    let Outcome::Ran { stdout, cached: false } = &first[0] else { panic!("{first:?}") };
    let second = place.run(settings(), source);
    assert_eq!(second[0], Outcome::Ran { stdout: stdout.clone(), cached: true });
    assert_eq!(first[1], second[1]);
    let changed = place.run(settings(), &source.replace("time_ns()", "time_ns() "));
    assert!(matches!(changed[0], Outcome::Ran { cached: false, .. }));
    for entry in fs::read_dir(cache.as_ref().unwrap()).unwrap().flatten() {
        fs::write(entry.path(), "damaged").unwrap();
    }
    assert!(matches!(place.run(settings(), source)[0], Outcome::Ran { cached: false, .. }));
}

#[test]
fn a_missing_interpreter_is_named_with_its_package() {
    let place = Place::new();
    let source = "```python run\n```\n```javascript run\n```\n```rust compile\n```\n\
        ```sql run\n```\n```sh run\n```\n";
    let settings = Settings { path: place.temp().into(), ..place.settings() };
    let outcomes = place.run(settings, source);
    let packages = ["python3", "nodejs", "rustc", "sqlite3", "dash"];
    for (outcome, package) in outcomes.iter().zip(packages) {
        let Outcome::NoInterpreter { mend, .. } = outcome else { panic!("{outcome:?}") };
        assert!(mend.contains(&format!("apt install {package}")), "{mend}");
    }
}

#[test]
fn a_fence_ends_and_its_folder_goes_when_the_program_is_killed() {
    for namespaces in [true, false] {
        let (place, marker) = (Place::new(), marker(34));
        let holder = place.temp().join("holder");
        fs::create_dir_all(holder.join("work")).unwrap();
        let start = json!({
            "program": "/bin/sh", "arguments": ["-c", format!("setsid sleep {marker} & sleep {marker}")],
            "folder": holder.join("work"), "holder": holder, "scratch": null, "readable": [],
            "sockets": "none", "namespaces": namespaces, "cpu": 5, "memory": 1 << 30,
            "address": null, "file": 1 << 20, "processes": 50,
        });
        let mut child = Command::new(env!("CARGO_BIN_EXE_library-tui"))
            .args(["sandbox-exec", "supervise", &start.to_string()])
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let begin = Instant::now();
        while with_argument(&marker) < 2 && begin.elapsed() < Duration::from_secs(10) {
            std::thread::sleep(Duration::from_millis(5));
        }
        assert_eq!(with_argument(&marker), 2);
        // This is what the kernel does when a program is killed.
        drop(child.stdin.take());
        child.wait().unwrap();
        assert_eq!((with_argument(&marker), holder.exists()), (0, false));
    }
}

#[test]
fn outcomes_keep_the_order_of_the_fences_and_progress_is_told() {
    let place = Place::new();
    let source: String = (0..6).fold(String::new(), |text, n| {
        text + &format!("```sh run\nsleep 0.{}; echo {n}\n```\n", 5 - n)
    });
    let mut told = vec![];
    let outcomes = Runner::new(place.settings())
        .run(&Fence::of("a.md", &source), &mut |done, total| told.push((done, total)));
    assert_eq!(outcomes, (0..6).map(|n| ran(&format!("{n}\n"))).collect::<Vec<_>>());
    assert_eq!(told, (0..=6).map(|done| (done, 6)).collect::<Vec<_>>());
}

/// Not a check but a figure: `cargo test --release --test runs -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn how_long_the_library_takes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut fences = vec![];
    for folder in fs::read_dir(root).unwrap().flatten().filter(|it| it.path().is_dir()) {
        for file in fs::read_dir(folder.path()).unwrap().flatten() {
            let name = file.path().display().to_string();
            if file.path().extension().is_some_and(|it| it == "md") {
                fences.extend(Fence::of(&name, &fs::read_to_string(file.path()).unwrap()));
            }
        }
    }
    measure("the library", &fences);
    let many: String = (0..469).fold(String::new(), |text, n| {
        text + &format!("```python run\nprint(sum(range({n})))\n```\n")
    });
    measure("469 small fences", &Fence::of("many.md", &many));
}

#[expect(clippy::print_stdout, reason = "its result is what it prints")]
fn measure(what: &str, fences: &[Fence]) {
    let place = Place::new();
    let cache = Some(place.folder.path().join("cache"));
    for round in ["from nothing", "remembered"] {
        let runner = Runner::new(Settings { cache: cache.clone(), ..place.settings() });
        let begin = Instant::now();
        let outcomes = runner.run(fences, &mut |_, _| ());
        println!("{what}, {} fences, {round}: {:.2?}", fences.len(), begin.elapsed());
        for (fence, outcome) in fences.iter().zip(&outcomes) {
            if !matches!(outcome, Outcome::Ran { .. } | Outcome::Compiled) {
                println!("{}:{} {outcome:?}", fence.path, fence.line);
            }
        }
    }
    println!("{}", Runner::new(place.settings()).protections());
}
