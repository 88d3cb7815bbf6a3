//! One fence: its folder, its processes, and what they come to.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};
use std::time::Duration;

use crate::check::run::cache::{Cache, Key};
use crate::check::run::child::{self, Done};
use crate::check::run::fence::Fence;
use crate::check::run::interpreter::{Interpreter, Interpreters, Tool};
use crate::check::run::postgres::Cluster;
use crate::check::run::recipe::{self, Kind, Plan, Recipe};
use crate::check::run::room::Room;
use crate::check::run::sandbox::Confinement;
use crate::check::run::{Limits, Outcome, Protections, Settings, parse, verdict};

/// A compiler may use more than what it compiles.
pub(super) const COMPILER: Limits = Limits {
    cpu: Duration::from_mins(1),
    wall: Duration::from_mins(1),
    memory: 2 << 30,
    output: 1 << 20,
    file: 256 << 20,
    processes: 256,
};

/// Everything that running fences needs.
#[derive(Debug)]
pub(super) struct Bench {
    pub(super) settings: Settings,
    cache: Cache,
    interpreters: Interpreters,
    protections: OnceLock<Protections>,
    cluster: Mutex<Option<Result<Cluster, String>>>,
}

impl Bench {
    pub(super) fn new(settings: Settings) -> Self {
        Self {
            cache: Cache::new(settings.cache.as_deref()),
            interpreters: Interpreters::new(settings.path.clone()),
            protections: OnceLock::new(),
            cluster: Mutex::default(),
            settings,
        }
    }

    /// What becomes of a fence.
    pub(super) fn outcome(&self, fence: &Fence) -> Outcome {
        let Some(task) = fence.task() else {
            return verdict::failed("it claims nothing", "add `run` or `compile` to the fence", "");
        };
        match recipe::plan(fence, &task) {
            Plan::Refuse(why, mend) => verdict::failed(&why, &mend, ""),
            Plan::Parse => match parse::problem(&fence.language, &fence.code) {
                Some(why) => verdict::failed(&why, "mend it, or mark it as `fragment`", ""),
                None => Outcome::Compiled,
            },
            Plan::Start(recipe) => match self.interpreters.find(recipe.tool) {
                Some(interpreter) => self.remembered(fence, &recipe, &interpreter),
                None => Outcome::NoInterpreter {
                    language: fence.language.clone(),
                    mend: recipe.tool.mend(),
                },
            },
        }
    }

    fn remembered(&self, fence: &Fence, recipe: &Recipe, interpreter: &Interpreter) -> Outcome {
        let key = Key::of(&[&fence.language, &fence.info, &fence.code, &interpreter.version]);
        if let Some(stdout) = self.cache.find(&key) {
            return verdict::compared(fence, recipe.kind, stdout).remembered();
        }
        match self.printed(fence, recipe, interpreter) {
            Ok(stdout) => {
                self.cache.keep(&key, &stdout);
                verdict::compared(fence, recipe.kind, stdout)
            }
            Err(failed) => failed,
        }
    }

    /// What it prints, or why it does not.
    fn printed(
        &self,
        fence: &Fence,
        recipe: &Recipe,
        interpreter: &Interpreter,
    ) -> Result<String, Outcome> {
        let troubled = |error: std::io::Error| verdict::troubled(&error.to_string());
        let room = self.room().map_err(troubled)?;
        room.write(recipe.file, &fence.code).map_err(troubled)?;
        let folder = room.add("work").map_err(troubled)?;
        let arguments = recipe.arguments.iter().map(|it| (*it).to_owned()).collect();
        let start = self.confinement(&room, folder, interpreter.program.clone(), arguments);
        let mut start = Confinement { readable: interpreter.readable.clone(), ..start };
        if recipe.tool == Tool::Postgres {
            return self.queried(&room, start, interpreter);
        }
        // V8 and compilers reserve far more addresses than they use memory.
        start.address = start.address.filter(|_| !matches!(recipe.tool, Tool::Node | Tool::Rust));
        if recipe.kind != Kind::Build {
            let limits = if recipe.kind == Kind::Run { self.settings.limits } else { COMPILER };
            return self.finished(&room, recipe.kind, start, &limits);
        }
        let build = room.add("build").map_err(troubled)?;
        let program = build.join("main");
        let compiler = Confinement { folder: build, scratch: None, ..start.clone() };
        self.finished(&room, Kind::Build, compiler, &COMPILER)?;
        let start = Confinement { program, arguments: vec![], readable: vec![], ..start };
        self.finished(&room, Kind::Run, start, &self.settings.limits)
    }

    /// Runs SQL in a database of its own.
    fn queried(
        &self,
        room: &Room,
        start: Confinement,
        interpreter: &Interpreter,
    ) -> Result<String, Outcome> {
        let add = || self.with_cluster(interpreter, |cluster| cluster.add(self));
        // A fence may have ended the cluster just now; there is another then.
        let name = add().or_else(|_| add()).map_err(|trouble| verdict::troubled(&trouble))?;
        let asked = self.with_cluster(interpreter, |cluster| Ok(cluster.query(start, &name)));
        let asked = asked.map_err(|trouble| verdict::troubled(&trouble))?;
        let printed = self.finished(room, Kind::Run, asked, &self.settings.limits);
        let _ = self.with_cluster(interpreter, |cluster| cluster.remove(self, &name));
        printed
    }

    fn with_cluster<T>(
        &self,
        interpreter: &Interpreter,
        work: impl FnOnce(&mut Cluster) -> Result<T, String>,
    ) -> Result<T, String> {
        let mut cluster = self.cluster.lock().map_err(|_| "PostgreSQL was lost".to_owned())?;
        // A fence may have ended it; the next one gets another.
        if matches!(&*cluster, Some(Ok(cluster)) if cluster.has_ended()) {
            *cluster = None;
        }
        let cluster = cluster.get_or_insert_with(|| Cluster::start(self, interpreter));
        work(cluster.as_mut().map_err(|trouble| trouble.clone())?)
    }

    fn finished(
        &self,
        room: &Room,
        kind: Kind,
        start: Confinement,
        limits: &Limits,
    ) -> Result<String, Outcome> {
        let start = limited(start, limits);
        let done = self.process(&start, limits).map_err(|trouble| verdict::troubled(&trouble))?;
        verdict::printed(&done, &room.unnamed(&done.stderr), kind, limits)
    }

    /// Runs a locked-up process to its end.
    pub(super) fn process(&self, start: &Confinement, limits: &Limits) -> Result<Done, String> {
        if let Some(trouble) = &self.protections().trouble {
            return Err(trouble.clone());
        }
        let Settings { program, path, .. } = &self.settings;
        let child = child::start(program, path, start).map_err(|error| error.to_string())?;
        let done = child::finish(child, limits.wall, limits.output);
        let done = done.map_err(|error| error.to_string())?;
        done.trouble().map_or(Ok(done), Err)
    }

    /// A new folder.
    pub(super) fn room(&self) -> std::io::Result<Room> {
        Room::new(&self.settings.temp_dir)
    }

    /// A process that starts in `folder` of `room`, with the limits of a fence.
    pub(super) fn confinement(
        &self,
        room: &Room,
        folder: PathBuf,
        program: PathBuf,
        arguments: Vec<String>,
    ) -> Confinement {
        let limits = &self.settings.limits;
        let start = Confinement {
            program,
            arguments,
            folder,
            holder: room.path().to_owned(),
            scratch: Some(limits.file * Limits::FILES),
            namespaces: self.protections().processes,
            address: Some(limits.memory * 4),
            ..Confinement::default()
        };
        limited(start, limits)
    }

    /// What is active; asked of a process that is locked up and then tells.
    pub(super) fn protections(&self) -> &Protections {
        self.protections.get_or_init(|| {
            let without = Confinement::default();
            let told = if self.settings.namespaces {
                let with = Confinement { namespaces: true, ..Confinement::default() };
                self.probe(with).or_else(|_| self.probe(without))
            } else {
                self.probe(without)
            };
            told.unwrap_or_else(|trouble| Protections {
                trouble: Some(trouble),
                ..Protections::default()
            })
        })
    }

    fn probe(&self, asked: Confinement) -> Result<Protections, String> {
        let plain = |error: std::io::Error| error.to_string();
        let room = self.room().map_err(plain)?;
        let folder = room.add("work").map_err(plain)?;
        let holder = room.path().to_owned();
        let probe = Confinement { folder, holder, scratch: Some(1 << 20), ..asked };
        let limits = self.settings.limits;
        let probe = limited(probe, &limits);
        let Settings { program, path, .. } = &self.settings;
        let child = child::start(program, path, &probe).map_err(plain)?;
        let done = child::finish(child, limits.wall, limits.output).map_err(plain)?;
        if let Some(trouble) = done.trouble() {
            return Err(trouble);
        }
        serde_json::from_slice(&done.stdout).map_err(|_| {
            let said = room.unnamed(&done.stderr);
            format!("{} cannot lock itself up: {said}", Path::new(program).display())
        })
    }

    /// Ends what fences shared.
    pub(super) fn clear(&self) {
        if let Ok(mut cluster) = self.cluster.lock() {
            *cluster = None;
        }
    }
}

/// The same process within `limits`.
pub(super) fn limited(start: Confinement, limits: &Limits) -> Confinement {
    Confinement {
        cpu: Some(limits.cpu.as_secs().max(1)),
        memory: limits.memory,
        file: limits.file,
        processes: limits.processes,
        ..start
    }
}
