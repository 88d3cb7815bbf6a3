//! Which interpreters there are, what they need to read, and how to install what is missing.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

/// What runs a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tool {
    /// `python3`.
    Python,
    /// `node`.
    Node,
    /// `rustc`.
    Rust,
    /// `sqlite3`.
    Sqlite,
    /// `sh`.
    Shell,
    /// `postgres`, with `initdb` and `psql` beside it.
    Postgres,
}

/// An interpreter that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Interpreter {
    /// Its file itself, behind all links and starters.
    pub(super) program: PathBuf,
    /// What it reads beside the system.
    pub(super) readable: Vec<PathBuf>,
    /// What results depend on.
    pub(super) version: String,
}

/// Tells its file and what belongs to it, a line each, the version last.
const PYTHON: &str = "import sys
from importlib import metadata
print(sys.executable, sys.prefix, sys.base_prefix, sep='\\n')
try: extra = 'numpy ' + metadata.version('numpy')
except metadata.PackageNotFoundError: extra = ''
print(' '.join(sys.version.split()), extra)";

const NODE: &str = "console.log(process.execPath + '\\n' + process.version)";

/// Where Debian keeps a `PostgreSQL` that is not on `PATH`.
const POSTGRES: &str = "/usr/lib/postgresql";

/// Parts of an installation that are read; the rest of a folder like `~/.local` is not.
const PARTS: &[&str] = &["bin", "lib", "lib64", "libexec", "share/postgresql", "pyvenv.cfg"];

impl Tool {
    /// Its file on `PATH`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Python => "python3",
            Self::Node => "node",
            Self::Rust => "rustc",
            Self::Sqlite => "sqlite3",
            Self::Shell => "sh",
            Self::Postgres => "postgres",
        }
    }

    /// The Debian packages that bring it.
    fn package(self) -> &'static str {
        match self {
            Self::Python => "python3 python3-numpy",
            Self::Node => "nodejs",
            Self::Rust => "rustc",
            Self::Sqlite => "sqlite3",
            Self::Shell => "dash",
            Self::Postgres => "postgresql",
        }
    }

    /// How to install it.
    pub(super) fn mend(self) -> String {
        let (name, package) = (self.name(), self.package());
        format!("put `{name}` on PATH; on Debian and Ubuntu: apt install {package}")
    }
}

/// The interpreters of a `PATH`, looked for when they are needed.
#[derive(Debug)]
pub(super) struct Interpreters {
    path: OsString,
    known: Mutex<BTreeMap<Tool, Option<Interpreter>>>,
}

impl Interpreters {
    /// None is looked for yet.
    pub(super) fn new(path: OsString) -> Self {
        Self { path, known: Mutex::default() }
    }

    /// The interpreter, when there is one.
    pub(super) fn find(&self, tool: Tool) -> Option<Interpreter> {
        let Ok(mut known) = self.known.lock() else {
            return self.identify(tool);
        };
        known.entry(tool).or_insert_with(|| self.identify(tool)).clone()
    }

    /// Asks it about itself, in the environment of this program: it is what its owner starts.
    fn identify(&self, tool: Tool) -> Option<Interpreter> {
        let found = on_path(&self.path, tool.name());
        match tool {
            Tool::Python => described(&ask(&found?, &["-I", "-c", PYTHON])?),
            Tool::Node => described(&ask(&found?, &["-e", NODE])?),
            Tool::Rust => rust(&found?),
            Tool::Sqlite => plain(&found?, &["--version"]),
            // It has no version to tell; its file's size and time stand for it.
            Tool::Shell => shell(&found?),
            Tool::Postgres => plain(&found.or_else(newest_postgres)?, &["--version"]),
        }
    }
}

/// The first executable file of that name.
fn on_path(path: &OsStr, name: &str) -> Option<PathBuf> {
    let folders = path.as_bytes().split(|byte| *byte == b':').map(OsStr::from_bytes);
    let files = folders.map(|folder| Path::new(folder).join(name));
    files.filter(|file| file.is_absolute()).find(|file| is_program(file))
}

fn is_program(file: &Path) -> bool {
    fs::metadata(file).is_ok_and(|it| it.is_file() && it.permissions().mode() & 0o111 != 0)
}

fn newest_postgres() -> Option<PathBuf> {
    let versions = fs::read_dir(POSTGRES).ok()?.flatten();
    let number = |path: &Path| path.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = versions.map(|it| it.path()).max_by_key(|path| number(path))?;
    Some(newest.join("bin/postgres")).filter(|file| is_program(file))
}

fn ask(program: &Path, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir("/").stdin(Stdio::null()).stderr(Stdio::null());
    let output = command.output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// From its file and its folders, a line each, and its version.
fn described(told: &str) -> Option<Interpreter> {
    let mut lines: Vec<&str> = told.lines().collect();
    let version = lines.pop()?.to_owned();
    let program = PathBuf::from(lines.first()?);
    let folders = lines.iter().skip(1).map(PathBuf::from);
    let prefixes = folders.chain(prefix(&program));
    // A link may lead out of its installation.
    let real = fs::canonicalize(&program).ok()?;
    let readable = parts(prefixes.chain(prefix(&real))).chain([program.clone(), real]);
    Some(Interpreter { readable: canonical(readable), program, version })
}

fn rust(found: &Path) -> Option<Interpreter> {
    let sysroot = PathBuf::from(ask(found, &["--print", "sysroot"])?);
    let version = ask(found, &["-vV"])?;
    let own = sysroot.join("bin/rustc");
    let program = if is_program(&own) { own } else { fs::canonicalize(found).ok()? };
    let readable = canonical(parts([sysroot].into_iter()).chain([program.clone()]));
    Some(Interpreter { program, readable, version })
}

fn plain(found: &Path, arguments: &[&str]) -> Option<Interpreter> {
    let version = ask(found, arguments)?;
    let program = fs::canonicalize(found).ok()?;
    let readable = canonical(parts(prefix(&program).into_iter()).chain([program.clone()]));
    Some(Interpreter { program, readable, version })
}

fn shell(found: &Path) -> Option<Interpreter> {
    let program = fs::canonicalize(found).ok()?;
    let about = fs::metadata(&program).ok()?;
    let version = format!("{} {} {:?}", program.display(), about.len(), about.modified().ok());
    Some(Interpreter { readable: vec![program.clone()], program, version })
}

/// `/opt/x` for `/opt/x/bin/y`.
fn prefix(program: &Path) -> Option<PathBuf> {
    let folder = program.parent().filter(|folder| folder.ends_with("bin"))?;
    folder.parent().map(Path::to_owned)
}

fn parts(prefixes: impl Iterator<Item = PathBuf>) -> impl Iterator<Item = PathBuf> {
    prefixes.flat_map(|prefix| PARTS.iter().map(move |part| prefix.join(part)))
}

/// What is there, by names without links; links themselves too, for what names them.
fn canonical(paths: impl Iterator<Item = PathBuf>) -> Vec<PathBuf> {
    let both = paths.filter_map(|path| Some([fs::canonicalize(&path).ok()?, path]));
    let mut all: Vec<_> = both.flatten().collect();
    all.sort();
    all.dedup();
    all
}
