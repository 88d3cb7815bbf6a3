//! How each language is run and compiled.
//!
//! A fence's code is the file `main.*` in a folder that it may read. It starts in the empty folder
//! beside, which is its home and the only place that it may write.

use crate::check::run::fence::{Fence, Task};
use crate::check::run::interpreter::Tool;
use crate::check::run::parse;

/// How a fence is run or compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Recipe {
    /// With what.
    pub(super) tool: Tool,
    /// What its code is called.
    pub(super) file: &'static str,
    /// With which arguments.
    pub(super) arguments: &'static [&'static str],
    /// What that does.
    pub(super) kind: Kind,
}

/// What a tool does with a fence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It runs it.
    Run,
    /// It makes the program `main`, which runs it.
    Build,
    /// It only looks at it.
    Compile,
    /// It looks at SQL, where names that are not there are no mistake.
    Syntax,
}

/// What is to be done with a fence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Plan {
    /// Something is started.
    Start(Recipe),
    /// It is parsed here.
    Parse,
    /// It cannot be done: why, and what to do about it.
    Refuse(String, String),
}

const PYTHON_RUN: &[&str] = &["-s", "-X", "utf8", "../main.py"];
const PYTHON_COMPILE: &[&str] =
    &["-I", "-X", "utf8", "-c", "compile(open('../main.py').read(), 'main.py', 'exec')"];
const RUST_RUN: &[&str] =
    &["--edition", "2021", "-O", "--crate-name", "main", "-o", "main", "../main.rs"];
const RUST_COMPILE: &[&str] = &[
    "--edition",
    "2021",
    "--crate-type",
    "lib",
    "--crate-name",
    "main",
    "--emit",
    "metadata",
    "../main.rs",
];
const SQLITE_RUN: &[&str] = &["-batch", "-bail", ":memory:", ".read ../main.sql"];
const SQLITE_COMPILE: &[&str] = &["-batch", ":memory:", ".read ../main.sql"];

/// What is to be done with `fence`, which claims `task`.
pub(super) fn plan(fence: &Fence, task: &Task) -> Plan {
    let language = fence.language.as_str();
    let run =
        |tool, file, arguments| Plan::Start(Recipe { tool, file, arguments, kind: Kind::Run });
    let compile =
        |tool, file, arguments| Plan::Start(Recipe { tool, file, arguments, kind: Kind::Compile });
    let module = is_module(&fence.code);
    match (language, task) {
        ("python", Task::Run(None)) => run(Tool::Python, "main.py", PYTHON_RUN),
        ("javascript", Task::Run(None)) if module => run(Tool::Node, "main.mjs", &["../main.mjs"]),
        ("javascript", Task::Run(None)) => run(Tool::Node, "main.js", &["../main.js"]),
        ("sql", Task::Run(None)) => run(Tool::Sqlite, "main.sql", SQLITE_RUN),
        ("sql", Task::Run(Some(engine))) if engine == "postgres" => {
            run(Tool::Postgres, "main.sql", &[])
        }
        ("sh", Task::Run(None)) => run(Tool::Shell, "main.sh", &["../main.sh"]),
        ("rust", Task::Run(None)) => Plan::Start(Recipe {
            tool: Tool::Rust,
            file: "main.rs",
            arguments: RUST_RUN,
            kind: Kind::Build,
        }),
        ("python", Task::Compile) => compile(Tool::Python, "main.py", PYTHON_COMPILE),
        ("javascript", Task::Compile) if module => {
            compile(Tool::Node, "main.mjs", &["--check", "../main.mjs"])
        }
        ("javascript", Task::Compile) => compile(Tool::Node, "main.js", &["--check", "../main.js"]),
        ("rust", Task::Compile) => compile(Tool::Rust, "main.rs", RUST_COMPILE),
        ("sh", Task::Compile) => compile(Tool::Shell, "main.sh", &["-n", "../main.sh"]),
        ("sql", Task::Compile) => Plan::Start(Recipe {
            tool: Tool::Sqlite,
            file: "main.sql",
            arguments: SQLITE_COMPILE,
            kind: Kind::Syntax,
        }),
        (data, Task::Compile) if parse::LANGUAGES.contains(&data) => Plan::Parse,
        (language, task) => refuse(language, task),
    }
}

fn refuse(language: &str, task: &Task) -> Plan {
    let (what, known) = match task {
        Task::Run(Some(engine)) => {
            let what = format!("`{language}` cannot be run on `{engine}`");
            return Plan::Refuse(what, "the one engine to name is `sql run=postgres`".to_owned());
        }
        Task::Run(None) => ("run", "python, javascript, rust, sql and sh"),
        Task::Compile => ("compiled", "python, javascript, rust, sql, sh, json, yaml and toml"),
    };
    let why = format!("`{language}` cannot be {what}: the languages that can be are {known}");
    Plan::Refuse(why, "mark what is only shown as `fragment`".to_owned())
}

/// Whether JavaScript has to be a module.
fn is_module(code: &str) -> bool {
    let words = ["import ", "import{", "export ", "export{"];
    code.lines().any(|line| words.iter().any(|word| line.starts_with(word)))
}
