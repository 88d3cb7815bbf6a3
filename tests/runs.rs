//! Code of articles is run and compared, and can harm nothing while it runs.
//!
//! What a kernel does not offer is told by the program; the tests then hold it to what is left.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own files has failed")]
#![cfg(target_os = "linux")]

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use library_tui::check::run::{self, Fence, Limits, Outcome, Runner, Settings};

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

/// With a wall limit that tests can wait for.
fn quick(settings: Settings) -> Settings {
    let limits = Limits { wall: Duration::from_secs(5), ..settings.limits };
    Settings { limits, ..settings }
}

fn outcome(language: &str, code: &str) -> Outcome {
    let place = Place::new();
    let source = format!("```{language} run\n{code}\n```\n");
    place.run(quick(place.settings()), &source).remove(0)
}

fn ran(stdout: &str) -> Outcome {
    Outcome::Ran { stdout: stdout.to_owned(), cached: false }
}

#[test]
fn every_language_runs() {
    for (language, code, stdout) in [
        ("python", "import sys, os\nprint(sys.version_info[0], os.listdir(), len(os.environ))", "3 [] 6\n"),
        ("python", "print(hash('x') == hash('x'), {'b', 'a', 'c'} and 'é')", "True é\n"),
        ("javascript", "console.log([1, 2].map(n => n * 2), require('fs').readdirSync('.'))", "[ 2, 4 ] []\n"),
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

/// Not a check but a figure: `cargo test --release --test runs -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn how_long_the_library_takes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut fences = vec![];
    for folder in fs::read_dir(root).unwrap().flatten().filter(|it| it.path().is_dir()) {
        for file in fs::read_dir(folder.path()).unwrap().flatten() {
            let name = file.path().display().to_string();
            if name.ends_with(".md") {
                fences.extend(Fence::of(&name, &fs::read_to_string(file.path()).unwrap()));
            }
        }
    }
    let place = Place::new();
    let cache = Some(place.folder.path().join("cache"));
    for round in ["from nothing", "remembered"] {
        let runner = Runner::new(Settings { cache: cache.clone(), ..place.settings() });
        let begin = Instant::now();
        let outcomes = runner.run(&fences, &mut |_, _| ());
        println!("{} fences {round}: {:.2?}; {}", fences.len(), begin.elapsed(), runner.protections());
        for (fence, outcome) in fences.iter().zip(&outcomes) {
            if !matches!(outcome, Outcome::Ran { .. } | Outcome::Compiled) {
                println!("{}:{} {outcome:?}", fence.path, fence.line);
            }
        }
    }
}
