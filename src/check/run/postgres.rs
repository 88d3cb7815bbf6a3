//! A throw-away `PostgreSQL`: one cluster for a run, in a folder of its own, reached through a
//! socket there, locked up like any fence. It ends when this program does, however that ends.
//!
//! `psql` prints as it does for a person (`-X -q`, aligned, no pager), stops at the first error,
//! and reads the fence as a file, so that its own commands (`\pset`, `\echo`) work. A fence
//! connects as the superuser `postgres` to an empty database of its own.

use std::fs;
use std::path::PathBuf;
use std::process::ChildStdin;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::check::run::child::{self, Done, End};
use crate::check::run::interpreter::Interpreter;
use crate::check::run::job::{Bench, COMPILER, limited};
use crate::check::run::room::Room;
use crate::check::run::sandbox::{Confinement, Sockets};

/// How long a cluster may take to start.
const PATIENCE: Duration = Duration::from_secs(30);

/// Longer than any run; the cluster is ended, it does not time out.
const FOR_EVER: Duration = Duration::from_hours(24);

/// It has to know the name of the user that it runs as.
const NAMES: &[&str] = &["/etc/passwd", "/etc/nsswitch.conf"];

/// What makes a cluster: nothing is to survive, so nothing is written for sure.
const MAKE: &[&str] =
    &["-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"];

/// A small cluster without a network, whose results depend on no machine.
const START: &[&str] = &[
    "-D",
    "data",
    "-c",
    "listen_addresses=",
    "-c",
    "fsync=off",
    "-c",
    "full_page_writes=off",
    "-c",
    "timezone=UTC",
    "-c",
    "dynamic_shared_memory_type=mmap",
    "-c",
    "log_min_messages=fatal",
];

const QUERY: &[&str] = &["-X", "-q", "-v", "ON_ERROR_STOP=1", "-P", "pager=off", "-U", "postgres"];

/// A cluster that is running.
#[derive(Debug)]
pub(super) struct Cluster {
    /// Where its data and its socket are.
    folder: PathBuf,
    psql: PathBuf,
    /// Closing it ends the cluster.
    lifeline: Option<ChildStdin>,
    ended: Option<JoinHandle<std::io::Result<Done>>>,
    /// Databases that there were.
    count: usize,
    /// Removed last.
    _room: Room,
}

impl Cluster {
    /// Makes one and waits until it answers.
    pub(super) fn start(bench: &Bench, server: &Interpreter) -> Result<Self, String> {
        let plain = |error: std::io::Error| format!("PostgreSQL does not start: {error}");
        let room = bench.room().map_err(plain)?;
        let folder = room.add("cluster").map_err(plain)?;
        let owned = |arguments: &[&str]| arguments.iter().map(|it| (*it).to_owned()).collect();
        let make = server.program.with_file_name("initdb");
        let start = bench.confinement(&room, folder.clone(), make, owned(MAKE));
        let start = Confinement { readable: readable(server), ..shared(start) };
        let done = bench.process(&start, &COMPILER)?;
        if done.end != End::Code(0) {
            return Err(format!("initdb failed: {}", room.unnamed(&done.stderr).trim()));
        }
        let mut arguments: Vec<String> = owned(START);
        arguments.extend(["-k".to_owned(), folder.display().to_string()]);
        let start = Confinement {
            program: server.program.clone(),
            arguments,
            sockets: Sockets::Local,
            cpu: None,
            ..start
        };
        let settings = &bench.settings;
        let mut child = child::start(&settings.program, &settings.path, &start).map_err(plain)?;
        let lifeline = child.stdin.take();
        let ended = thread::spawn(move || child::finish(child, FOR_EVER, COMPILER.output));
        let psql = server.program.with_file_name("psql");
        let cluster = Self { folder, psql, lifeline, ended: Some(ended), count: 0, _room: room };
        cluster.await_answer()?;
        Ok(cluster)
    }

    fn await_answer(&self) -> Result<(), String> {
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE {
            let state = fs::read_to_string(self.folder.join("data/postmaster.pid"));
            // The eighth line is `ready` from when on connections are taken.
            if state.is_ok_and(|text| text.lines().nth(7).is_some_and(|it| it.trim() == "ready")) {
                return Ok(());
            }
            if self.has_ended() {
                return Err("PostgreSQL ended at once".to_owned());
            }
            thread::sleep(Duration::from_millis(10));
        }
        Err(format!("PostgreSQL did not start within {} s", PATIENCE.as_secs()))
    }

    /// Whether it is gone, which it should not be before its time.
    pub(super) fn has_ended(&self) -> bool {
        self.ended.as_ref().is_some_and(JoinHandle::is_finished)
    }

    /// Adds an empty database and returns its name.
    pub(super) fn add(&mut self, bench: &Bench) -> Result<String, String> {
        self.count += 1;
        let name = format!("fence{}", self.count);
        self.tell(bench, &format!("CREATE DATABASE {name} TEMPLATE template0"))?;
        Ok(name)
    }

    /// Removes a database and ends what still uses it.
    pub(super) fn remove(&mut self, bench: &Bench, name: &str) -> Result<(), String> {
        self.tell(bench, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    }

    fn tell(&self, bench: &Bench, sql: &str) -> Result<(), String> {
        let plain = |error: std::io::Error| error.to_string();
        let room = bench.room().map_err(plain)?;
        let folder = room.add("work").map_err(plain)?;
        let start = bench.confinement(&room, folder, PathBuf::new(), vec![]);
        let mut start = self.query(start, "postgres");
        start.arguments.truncate(start.arguments.len() - 2);
        start.arguments.extend(["-c".to_owned(), sql.to_owned()]);
        let done = bench.process(&start, &COMPILER)?;
        if done.end == End::Code(0) {
            return Ok(());
        }
        Err(format!("PostgreSQL: {}", String::from_utf8_lossy(&done.stderr).trim()))
    }

    /// The process that runs the file `main.sql` in a database.
    pub(super) fn query(&self, start: Confinement, database: &str) -> Confinement {
        let mut arguments: Vec<String> = QUERY.iter().map(|it| (*it).to_owned()).collect();
        arguments.extend(["-h".to_owned(), self.folder.display().to_string()]);
        arguments.extend(["-d".to_owned(), database.to_owned()]);
        arguments.extend(["-f".to_owned(), "../main.sql".to_owned()]);
        let mut start = Confinement { program: self.psql.clone(), arguments, ..start };
        start.sockets = Sockets::Local;
        start.readable.push(self.folder.clone());
        start
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.lifeline = None;
        if let Some(ended) = self.ended.take() {
            let _ = ended.join();
        }
    }
}

fn readable(server: &Interpreter) -> Vec<PathBuf> {
    server.readable.iter().cloned().chain(NAMES.iter().map(PathBuf::from)).collect()
}

/// With the limits of a compiler, and files that others see.
fn shared(start: Confinement) -> Confinement {
    Confinement { scratch: None, address: None, ..limited(start, &COMPILER) }
}
